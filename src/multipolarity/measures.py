"""The field's measures as plain functions.

Concentration:  shares, hhi, effective_number, concentration_con, lorenz, gini
Combination:    weighted_sum, asymmetry
Growth:         compound_growth
Overlap:        jaccard, pairwise_jaccard, weighted_jaccard
Reliability:    percent_agreement, cohen_kappa, krippendorff_alpha
Votes:          rice_index, agreement_index, pairwise_agreement
Forecasts:      brier_score

Two rules hold for all of them:

* Input that cannot be right (text, a negative amount, a missing value, unequal lengths) raises a
  ValueError (DataError) whose one sentence says what was found, what was expected, what to do.
* Input that is right but leaves a measure undefined (0 divided by 0) gives NaN, never a made-up 0
  or 1. Each docstring names the case.

A key such as [@cohen1960coefficient] is an entry of the course's list of references.
"""

from numbers import Real

import numpy as np
import pandas as pd

from multipolarity.tables import DataError

# Shares rounded to two decimals seldom add up to exactly 1: three thirds give 0.99.
SUM_TOLERANCE = 0.01

NUMBER = (Real, np.bool_)


# --- Concentration -------------------------------------------------------------------------------


def shares(values):
    """Each unit's share of the total.

    Formula: s_i = x_i / (x_1 + ... + x_N).
    Takes: values, N amounts of 0 or more in one common unit (list, array, Series or dict).
    Gives: Series of N shares, each 0 to 1, that add up to 1; a Series keeps its index.
    Errors: ValueError for empty, missing, negative or text values, and for a total of 0.
    Source: textbook definition.

    >>> shares({"A": 50, "B": 30, "C": 20}).to_dict()
    {'A': 0.5, 'B': 0.3, 'C': 0.2}
    """
    amounts = _numbers(values, "values", low=0)
    if amounts.sum() == 0:
        _refuse("values", "a total of 0", "a total above 0", "Nothing can be shared out.")
    return amounts / amounts.sum()


def hhi(shares):
    """Herfindahl-Hirschman index: how concentrated a total is.

    Formula: HHI = sum of s_i squared.
    Takes: shares, N shares from 0 to 1 that add up to 1 (within 0.01 for rounding; such shares are
        then rescaled to add up to exactly 1). For amounts write hhi(shares(amounts)).
    Gives: float, 1/N (all equal) to 1 (one unit has all). Antitrust practice squares percents
        instead and so uses a scale up to 10,000: multiply by 10,000 to compare.
    Errors: ValueError for empty, missing, negative or text shares, and for another sum than 1.
    Source: Hirschman 1964 [@hirschman1964paternity].

    >>> round(hhi([0.5, 0.3, 0.2]), 2)
    0.38
    """
    return float((_shares(shares) ** 2).sum())


def effective_number(shares):
    """Effective number (of poles, of suppliers): so many equal units would be as concentrated.

    Formula: N_eff = 1 / HHI.
    Takes: shares that add up to 1, as for hhi.
    Gives: float, 1 (one unit has all) to N (all equal).
    Errors: as for hhi.
    Source: reciprocal of the index in Hirschman 1964 [@hirschman1964paternity].

    >>> round(effective_number([0.5, 0.3, 0.2]), 2)
    2.63
    """
    return 1 / hhi(shares)


def concentration_con(shares):
    """Concentration index CON: HHI freed from the number of units N.

    Formula: CON = square root of (HHI - 1/N) / (1 - 1/N).
    Takes: shares that add up to 1, as for hhi. A unit with share 0 counts in N: say who is in the
        set, because CON depends on it.
    Gives: float, 0 (all equal) to 1 (one unit has all).
    Errors: as for hhi; also ValueError for a single unit, where 1 - 1/N is 0.
    Source: Singer, Bremer and Stuckey 1972 [@singer1972capability].

    >>> round(concentration_con([0.5, 0.3, 0.2]), 3)
    0.265
    """
    n = len(_shares(shares))
    if n < 2:
        _refuse("shares", "one unit", "two or more", "Concentration compares units.")
    # Rounding in the last digit may push equal shares a hair below 0.
    return float(np.sqrt(max(hhi(shares) - 1 / n, 0) / (1 - 1 / n)))


def lorenz(values):
    """Points of the Lorenz curve: what share of the total the smallest units hold together.

    Formula: sort ascending; L(k/N) = sum of the k smallest shares.
    Takes: values, N amounts of 0 or more in one common unit.
    Gives: Series of N + 1 cumulative shares of the total (0 to 1), indexed by the cumulative
        share of units (0 to 1). Equal amounts give the diagonal.
    Errors: as for shares.
    Source: textbook definition.

    >>> lorenz([10, 20, 30, 40]).round(2).to_dict()
    {0.0: 0.0, 0.25: 0.1, 0.5: 0.3, 0.75: 0.6, 1.0: 1.0}
    """
    parts = np.sort(shares(values).to_numpy())
    units = np.linspace(0, 1, len(parts) + 1)
    return pd.Series(np.append(0, parts.cumsum()), index=pd.Index(units, name="share of units"))


def gini(values):
    """Gini coefficient: inequality of amounts over units.

    Formula: G = sum over all pairs of |x_i - x_j| / (2 N squared times the mean); the same as 1
        minus twice the area under the Lorenz curve.
    Takes: values, N amounts of 0 or more in one common unit; every unit counts once.
    Gives: float, 0 (all equal) to (N - 1)/N (one unit has all).
    Errors: as for shares.
    Source: textbook definition.

    >>> round(gini([10, 20, 30, 40]), 2)
    0.25
    """
    curve = lorenz(values).to_numpy()
    heights = (curve[1:] + curve[:-1]) / 2
    return float(1 - 2 * heights.mean())


# --- Combination ---------------------------------------------------------------------------------


def weighted_sum(scores, weights, normalise=True):
    """One number per unit from several dimensions.

    Formula: W_u = sum over dimensions of w_d * score_ud.
    Takes: scores, DataFrame (rows = units, columns = dimensions); weights, Series or dict with one
        weight of 0 or more for each column. With normalise=True the weights are first divided by
        their sum, so W is a weighted mean on the scale of the scores and results under different
        weights can be compared. With normalise=False they are used as they stand: weights of 1
        give the plain total.
    Gives: Series, one value per row, in the units of the scores; keeps the rows' index.
    Errors: ValueError for a missing or text score (not found is not the same as 0), for weights
        that are negative or all 0, and for weights whose names differ from the columns.
    Source: textbook definition.

    >>> table = pd.DataFrame({"defence": [3, 0], "trade": [1, 2]}, index=["X", "Y"])
    >>> weighted_sum(table, {"defence": 3, "trade": 1}).to_dict()
    {'X': 2.5, 'Y': 0.5}
    >>> weighted_sum(table, {"defence": 1, "trade": 1}, normalise=False).to_dict()
    {'X': 4.0, 'Y': 2.0}
    """
    table = _table(scores, "scores")
    if not isinstance(weights, (dict, pd.Series)):
        _refuse(
            "weights",
            f"a {type(weights).__name__}",
            "a Series or dict",
            "Name each weight: names guard against a wrong order.",
        )
    weight = _numbers(weights, "weights", low=0)
    differ = set(weight.index) ^ set(table.columns)
    if differ:
        _refuse(
            "weights",
            f"no match for {_some(differ)}",
            "one weight for each column of scores",
            "Use the same names in both.",
        )
    if weight.sum() == 0:
        _refuse("weights", "only zeros", "at least one weight above 0", "Choose what counts.")
    if normalise:
        weight = weight / weight.sum()
    return table @ weight.loc[table.columns]


def asymmetry(dependence_a, dependence_b):
    """Asymmetry of two mutual dependences.

    Formula: (d_a - d_b) / (d_a + d_b).
    Takes: two dependences of 0 or more on one scale (for example the partner's share in a state's
        trade): two numbers, or two Series (one item per year).
    Gives: float or Series, -1 (only b depends) through 0 (equal) to 1 (only a depends). NaN where
        both are 0.
    Errors: ValueError for negative, missing or text values, or Series with different labels.
    Source: course formula; the idea of unequal dependence is in Hirschman 1945
        [@hirschman1945national] and Keohane and Nye 1977 [@keohane1977power].

    >>> round(asymmetry(0.3, 0.1), 2)
    0.5
    """
    a, b = _items({"dependence_a": dependence_a, "dependence_b": dependence_b})
    return _as_given((a - b) / (a + b), dependence_a, dependence_b)


# --- Growth --------------------------------------------------------------------------------------


def compound_growth(first, last, steps):
    """Compound growth rate: the one rate which, applied at every step, leads from first to last.

    Formula: g = (last / first) to the power of 1 / steps, less 1.
    Takes: first, a value above 0; last, a value of 0 or more, in the same unit; steps, how many
        times something grew: from 2013 to 2021 that is 8, not the 9 years in the list. first and
        last may be two numbers or two Series with the same labels.
    Gives: float or Series, a share per step: 0.05 is 5 % a year if the steps are years.
    Errors: ValueError for negative, missing or text values, for a first value of 0, and for steps
        that are not above 0.
    Source: textbook definition.

    >>> round(compound_growth(100, 121, 2), 2)
    0.1
    """
    start, end = _items({"first": first, "last": last})
    if (start == 0).any():
        _refuse("first", "a value of 0", "values above 0", "Nothing grows from nothing by a rate.")
    n = _numbers([steps], "steps", low=0).iloc[0]
    if n == 0:
        _refuse("steps", "0", "a number above 0", "Count the steps between the two values.")
    return _as_given((end / start) ** (1 / n) - 1, first, last)


# --- Overlap -------------------------------------------------------------------------------------


def jaccard(a, b):
    """Jaccard index: how far two sets overlap.

    Formula: J = |A and B| / |A or B|, over the union of these two sets only.
    Takes: two sets of labels; or two 0/1 (False/True) columns of equal length, one entry per label.
    Gives: float, 0 (nothing in common) to 1 (same set). NaN if both sets are empty.
    Errors: ValueError for a set beside a column, unequal lengths, and entries other than 0 and 1.
    Source: textbook definition.

    >>> jaccard({"economy", "dialogue", "security"}, {"economy", "security", "balance"})
    0.5
    """
    sets = [isinstance(values, (set, frozenset)) for values in (a, b)]
    if all(sets):
        return len(a & b) / len(a | b) if a | b else float("nan")
    if any(sets):
        _refuse("a and b", "one set and one column", "two of a kind", "Wrap labels in set(...).")
    for name, values in {"a": a, "b": b}.items():
        _zero_one(_series(values, name), name, "Wrap labels in set(...) to compare two sets.")
    return weighted_jaccard(a, b)


def pairwise_jaccard(matrix):
    """Jaccard index of every pair of rows.

    Formula: J_ij = labels that rows i and j share / labels that at least one of them has.
    Takes: matrix, DataFrame of 0/1 (rows = units, columns = labels).
    Gives: symmetric DataFrame (units x units), 0 to 1, diagonal 1. NaN where neither of the two
        rows has any label.
    Errors: ValueError for an empty table, missing values, and entries other than 0 and 1.
    Source: textbook definition.

    >>> table = pd.DataFrame({"economy": [1, 1], "dialogue": [1, 0]}, index=["X", "Y"])
    >>> pairwise_jaccard(table).loc["X"].to_dict()
    {'X': 1.0, 'Y': 0.5}
    """
    table = _table(matrix, "matrix")
    entries = pd.Series(table.to_numpy().ravel())
    _zero_one(entries, "matrix", "A count becomes 0/1 with (matrix > 0).astype(int).")
    both = table @ table.T
    sizes = table.sum(axis=1).to_numpy()
    return both / (sizes[:, None] + sizes[None, :] - both)


def weighted_jaccard(a, b):
    """Jaccard index for codes with degrees (0, 1, 2, ...).

    Formula: J = sum of min(a_i, b_i) / sum of max(a_i, b_i); with 0/1 codes the plain index.
    Takes: two columns of numbers of 0 or more, of equal length, one entry per label.
    Gives: float, 0 (no overlap) to 1 (same codes). NaN if all entries of both are 0.
    Errors: ValueError for empty, negative, missing or text values, unequal lengths or labels.
    Source: textbook definition.

    >>> weighted_jaccard([2, 1, 0], [1, 1, 2])
    0.4
    """
    a, b = _pair(_numbers(a, "a", low=0), _numbers(b, "b", low=0))
    common, union = np.minimum(a, b).sum(), np.maximum(a, b).sum()
    return float(common / union) if union else float("nan")


# --- Reliability ---------------------------------------------------------------------------------


def percent_agreement(a, b):
    """Observed agreement of two coders, without any correction for chance.

    Formula: p_o = units with the same code / all units.
    Takes: two columns of codes (text or numbers), one entry per unit, same order or same labels.
    Gives: float, 0 to 1: a share, not a number up to 100.
    Errors: ValueError for empty columns, missing codes, unequal lengths or labels, and text codes
        beside numbers.
    Source: Cohen 1960 [@cohen1960coefficient], who shows why it does not suffice.

    >>> percent_agreement(["yes", "no", "yes", "no"], ["yes", "no", "no", "no"])
    0.75
    """
    a, b = _codes(a, b)
    return float((a == b).mean())


def cohen_kappa(a, b, weights=None, categories=None):
    """Cohen's kappa: agreement of two coders beyond chance.

    Formula: kappa = (p_o - p_e) / (1 - p_e), where p_e is the agreement to be expected from both
        coders' own frequencies. With weights: 1 - (observed / expected mean disagreement), where
        codes that lie d apart disagree by d ("linear") or d squared ("quadratic").
    Takes: two columns of codes, one entry per unit. For weights the codes are numbers and d is
        their difference, so a code that nobody used keeps its place; or categories lists all
        codes from low to high and d is the distance in that list.
    Gives: float up to 1; 0 = as by chance, below 0 = less than by chance. NaN if both coders use
        one and the same code throughout: chance then explains all agreement (0/0), and the codes
        cannot show whether the coders would tell anything apart.
    Errors: as for percent_agreement; also ValueError for unknown weights, weights on text codes
        without categories, and codes that are not in categories.
    Source: Cohen 1960 [@cohen1960coefficient]; verbal bands for kappa are a convention of Landis
        and Koch 1977 [@landis1977measurement], not a test.

    >>> a, b = [0, 0, 1, 1], [0, 1, 1, 1]
    >>> cohen_kappa(a, b)
    0.5
    >>> round(cohen_kappa([0, 1, 2, 3], [0, 1, 3, 1], weights="linear"), 3)
    0.4
    """
    power = _choice(weights, "weights", {None: 0, "linear": 1, "quadratic": 2})
    a, b = _codes(a, b)
    found = sorted(set(a) | set(b))
    if categories is None:
        if power and not isinstance(found[0], NUMBER):
            _refuse(
                "codes",
                repr(found[0]),
                "numbers, or categories for the order",
                "Give categories=[...] with all codes from low to high.",
            )
        place = {code: code for code in found}
    else:
        place = {code: i for i, code in enumerate(_series(categories, "categories"))}
        if set(found) - set(place):
            _refuse(
                "categories",
                f"no {_some(set(found) - set(place))}",
                "every code that a coder used",
                "Add it, or mend the code.",
            )
    observed = np.zeros((len(found), len(found)))
    np.add.at(observed, tuple([found.index(code) for code in codes] for codes in (a, b)), 1)
    observed /= len(a)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    apart = _distances([place[code] for code in found], power)
    return _one_minus((observed * apart).sum(), (expected * apart).sum())


def krippendorff_alpha(ratings, level="nominal"):
    """Krippendorff's alpha: agreement of two or more coders beyond chance, gaps allowed.

    Formula: alpha = 1 - D_o / D_e, the observed over the expected mean disagreement of all pairs
        of codes within a unit and of all pairs of codes at large. Two codes disagree by 1 unless
        equal (nominal), by the square of their difference (interval), or by the square of the
        number of codes given between them, half of each end included (ordinal).
    Takes: ratings, DataFrame or 2-D array (rows = units, columns = coders), NaN = not coded; units
        with fewer than two codes do not count. Ordinal and interval codes are numbers.
    Gives: float up to 1; 0 = as by chance, below 0 = less than by chance. NaN if only one code
        occurs in the whole table.
    Errors: ValueError for an unknown level, an empty table, text codes for an ordinal or interval
        level, text beside numbers, and if no unit has two codes.
    Source: Hayes and Krippendorff 2007 [@hayes2007answering].

    >>> ratings = pd.DataFrame({"A": [1, 2, 3, 3], "B": [1, 2, 3, 2], "C": [None, 2, 3, 3]})
    >>> round(krippendorff_alpha(ratings), 3)
    0.737
    """
    power = _choice(level, "level", {"nominal": 0, "ordinal": 2, "interval": 2})
    grid = np.asarray(ratings, dtype=object)
    if grid.ndim != 2:
        _refuse(
            "ratings",
            "no table",
            "a DataFrame or 2-D array",
            "Put one coder in each column, one unit in each row.",
        )
    codes = pd.DataFrame(grid).melt(ignore_index=False)["value"].dropna()
    codes = codes[codes.groupby(level=0).transform("size") > 1]
    if codes.empty:
        _refuse(
            "ratings",
            "no unit with two codes",
            "rows = units, columns = coders",
            "Turn the table with ratings.T if its columns are units.",
        )
    _one_kind(codes, "ratings")
    if power and not isinstance(codes.iloc[0], NUMBER):
        _refuse(
            "ratings",
            repr(codes.iloc[0]),
            f"numbers for the {level} level",
            "Replace the labels by numbers in their order.",
        )
    counts = pd.crosstab(codes.index.to_numpy(), codes.to_numpy())
    places = counts.columns.to_numpy()
    counts = counts.to_numpy().astype(float)
    total = counts.sum(axis=0)
    if level == "ordinal":
        places = total.cumsum() - total / 2  # mid-ranks: their gap counts the codes in between
    apart = _distances(places, power)
    # Pairs of codes within a unit, each unit weighted by its number of codes, not of pairs.
    within = counts / (counts.sum(axis=1, keepdims=True) - 1)
    observed = within.T @ counts - np.diag(within.sum(axis=0))
    expected = (np.outer(total, total) - np.diag(total)) / (total.sum() - 1)
    return _one_minus((observed * apart).sum(), (expected * apart).sum())


# --- Votes ---------------------------------------------------------------------------------------


def rice_index(yes, no):
    """Rice index: cohesion of a group that votes yes or no.

    Formula: |Y - N| / (Y + N). Abstentions do not enter: use agreement_index for them.
    Takes: counts of 0 or more: two numbers, or two Series (one item per group or vote).
    Gives: float or Series, 0 (split in half) to 1 (all alike). NaN where nobody voted yes or no.
    Errors: ValueError for negative, missing or text counts, or Series with different labels.
    Source: discussed in Hix, Noury and Roland 2005 [@hix2005power].

    >>> rice_index(yes=9, no=3)
    0.5
    """
    return agreement_index(yes, no)


def agreement_index(*counts):
    """Agreement index: cohesion of a group with two, three or more voting options.

    Formula: (M - (T - M) / (K - 1)) / T, with the largest count M, the total T and K options. For
        yes, no, abstain this is [max(Y,N,A) - ((Y+N+A) - max(Y,N,A)) / 2] / (Y+N+A); for yes, no
        it is the Rice index.
    Takes: one count of 0 or more for each option: numbers, or Series (one item per group or vote).
    Gives: float or Series, 0 (equal numbers for each option) to 1 (all alike). NaN where all
        counts are 0.
    Errors: ValueError for fewer than two options, negative, missing or text counts, or Series with
        different labels.
    Source: Hix, Noury and Roland 2005 [@hix2005power], for three options.

    >>> agreement_index(8, 1, 1)
    0.7
    """
    if len(counts) < 2:
        _refuse("counts", "fewer than two options", "two or more", "Write (yes, no, abstain).")
    options = _items({f"count {i}": count for i, count in enumerate(counts, start=1)})
    votes = pd.concat(options, axis=1)
    total, largest = votes.sum(axis=1), votes.max(axis=1)
    return _as_given((largest - (total - largest) / (len(counts) - 1)) / total, *counts)


def pairwise_agreement(votes):
    """Agreement of every pair of states over roll calls.

    Formula: votes cast alike / votes in which both took part.
    Takes: votes, DataFrame (rows = states, columns = roll calls) of any labels ("yes", "no",
        "abstain"); NaN = took no part. Two absences agree on nothing: they are left out.
    Gives: symmetric DataFrame (states x states), 0 to 1, diagonal 1. NaN for a pair without a
        common vote. Like percent agreement it is not corrected for chance.
    Errors: ValueError for an empty table or something other than a DataFrame.
    Source: share of identical votes; on chance see Häge and Hug 2016 [@hage2016consensus].

    >>> votes = pd.DataFrame([["yes", "no", None], ["yes", "yes", "no"]], index=["X", "Y"])
    >>> pairwise_agreement(votes).loc["X"].to_dict()
    {'X': 1.0, 'Y': 0.5}
    """
    _filled_table(votes, "votes")
    alike = 0
    for option in pd.Series(votes.to_numpy().ravel()).dropna().unique():
        chosen = (votes == option).astype(float)
        alike = alike + chosen @ chosen.T
    took_part = votes.notna().astype(float)
    return alike / (took_part @ took_part.T)


# --- Forecasts -----------------------------------------------------------------------------------


def brier_score(probabilities, outcomes):
    """Brier score: mean squared error of probability forecasts; lower is better.

    Formula: mean of (p_i - o_i) squared, with o = 1 if the event happened, else 0.
    Takes: probabilities from 0 to 1 and outcomes of 0 or 1 (False/True), of equal length.
    Gives: float, 0 (certain and right) to 1 (certain and wrong); always saying 0.5 scores 0.25.
        Brier's own sum over both answers, yes and no, is twice this number.
    Errors: ValueError for empty, missing or text values, probabilities outside 0 to 1 (percents),
        outcomes other than 0 and 1, unequal lengths or labels.
    Source: Brier 1950 [@brier1950verification].

    >>> round(brier_score([0.9, 0.6], [1, 0]), 3)
    0.185
    """
    p = _numbers(probabilities, "probabilities", low=0, high=1, do="Divide percents by 100.")
    o = _series(outcomes, "outcomes")
    _zero_one(o, "outcomes", "Write 1 for what happened and 0 for what did not.")
    p, o = _pair(p, o.astype(float), "probabilities and outcomes")
    return float(((p - o) ** 2).mean())


# --- Checks of what a student hands in -----------------------------------------------------------


def _refuse(name, found, expected, do):
    """The one place that raises: what was found, what was expected, what to do."""
    raise DataError(f"{name}: found {found}, expected {expected}. {do}")


def _some(labels):
    """Up to three labels for a sentence."""
    texts = sorted(repr(label) for label in labels)
    return ", ".join(texts[:3]) + (", ..." if len(texts) > 3 else "")


def _choice(value, name, options):
    if value not in list(options):
        _refuse(name, repr(value), " or ".join(map(repr, options)), "Choose one of these.")
    return options[value]


def _series(values, name):
    """Any one-dimensional input as a Series that is not empty."""
    if isinstance(values, pd.DataFrame) or getattr(values, "ndim", 1) > 1:
        _refuse(name, "a table", "one column", "Pick a column, or apply the function to each one.")
    if not pd.api.types.is_list_like(values, allow_sets=False):
        found = "a set" if isinstance(values, (set, frozenset)) else f"only {values!r}"
        _refuse(name, found, "a list, array or Series", "Give one entry for each unit.")
    series = pd.Series(values)
    if series.empty:
        _refuse(name, "nothing", "at least one value", "Look at your filter: it may keep no row.")
    return series


def _complete(series, name, do="Decide what a gap means, then fill or drop it."):
    if series.isna().any():
        where = series.index[series.isna()].tolist()[0]
        _refuse(name, f"a missing value at {where!r}", "no gaps", do)


def _numbers(values, name, low=-np.inf, high=np.inf, do="Look at that entry."):
    """Input as a Series of finite floats from low to high."""
    series = _series(values, name)
    _complete(series, name)
    other = [value for value in series if not isinstance(value, NUMBER)]
    if other:
        kind = "text " if isinstance(other[0], str) else ""
        _refuse(
            name,
            f"{kind}{other[0]!r}",
            "numbers",
            "Convert it first, for example with pd.to_numeric.",
        )
    series = series.astype(float)
    outside = series[(series < low) | (series > high) | np.isinf(series)]
    if len(outside):
        span = "finite numbers"
        if low > -np.inf:
            span = f"numbers of {low:g} or more" + (f", up to {high:g}" if high < np.inf else "")
        _refuse(name, f"{outside.iloc[0]:g} at {outside.index.tolist()[0]!r}", span, do)
    return series


def _shares(shares):
    """Shares that add up to 1, rescaled so that rounding leaves no trace."""
    parts = _numbers(shares, "shares", low=0)
    total = parts.sum()
    if round(abs(total - 1), 6) > SUM_TOLERANCE:
        do = "Turn amounts into shares with shares(values), and see that no unit is left out."
        if round(abs(total / 100 - 1), 6) <= SUM_TOLERANCE:
            do = "Divide percents by 100."
        _refuse("shares", f"a sum of {total:g}", "a sum of 1", do)
    return parts / total


def _filled_table(table, name):
    if not isinstance(table, pd.DataFrame):
        _refuse(name, f"a {type(table).__name__}", "a DataFrame", "Give rows and columns names.")
    if table.empty:
        _refuse(name, "an empty table", "rows and columns", "Look at your filter.")


def _table(table, name):
    """A DataFrame of finite floats without gaps."""
    _filled_table(table, name)
    return table.apply(lambda column: _numbers(column, f"{name}, column {column.name!r}"))


def _zero_one(series, name, do):
    _complete(series, name)
    other = [value for value in series if isinstance(value, str) or value not in (0, 1)]
    if other:
        _refuse(name, repr(other[0]), "only 0 and 1", do)


def _pair(a, b, name="a and b"):
    """Two Series, entry by entry for the same units: equal length, and the same labels if any."""
    if len(a) != len(b):
        _refuse(name, f"{len(a)} and {len(b)} entries", "equal lengths", "Compare the same units.")
    if a.index.equals(b.index):
        return a, b
    if set(a.index) != set(b.index) or not (a.index.is_unique and b.index.is_unique):
        # Comparing by position would pair different units without a word.
        _refuse(
            name,
            "different row labels",
            "the same units in both",
            "Put both in one table (pivot), or drop the labels with .to_numpy().",
        )
    return a, b.reindex(a.index)


def _one_kind(codes, name):
    if len({isinstance(code, str) for code in codes}) > 1:
        _refuse(name, "text beside numbers", "codes of one kind", "'3' is not the same code as 3.")


def _codes(a, b):
    """Two coders' codes for the same units."""
    a, b = _pair(_series(a, "a"), _series(b, "b"))
    for name, codes in {"a": a, "b": b}.items():
        _complete(codes, name, "Keep the units that both coders coded.")
    _one_kind([*a, *b], "a and b")
    return a.astype(object), b.astype(object)


def _items(inputs):
    """Numbers or Series of 0 or more as Series with the same labels."""
    first, *rest = (
        _numbers([value] if np.isscalar(value) else value, name, low=0)
        for name, value in inputs.items()
    )
    return [first] + [_pair(first, other, " and ".join(inputs))[1] for other in rest]


def _as_given(series, *inputs):
    """A float if the inputs were plain numbers, else the Series."""
    return float(series.iloc[0]) if all(map(np.isscalar, inputs)) else series


def _distances(places, power):
    """Disagreement of each pair of places: distance to a power; power 0: 1 unless the same."""
    if power == 0:
        return 1 - np.eye(len(places))
    places = np.asarray(places, dtype=float)
    return np.abs(np.subtract.outer(places, places)) ** power


def _one_minus(observed, expected):
    """Chance-corrected agreement; undefined where chance leaves nothing to disagree about."""
    return float(1 - observed / expected) if expected > 0 else float("nan")
