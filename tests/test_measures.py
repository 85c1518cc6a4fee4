"""The measures against other people's code, published examples and formulas written out by hand.

A reader of the course cannot see a slip in a formula: these tests are the second pair of eyes.
"""

import doctest
import inspect
import math
import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import krippendorff
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import auc, brier_score_loss, cohen_kappa_score, jaccard_score

from multipolarity import measures as m

BY_HAND = pd.Series({"A": 0.5, "B": 0.3, "C": 0.2})
SEEDS = range(20)

PUBLIC = {
    name: function
    for name, function in inspect.getmembers(m, inspect.isfunction)
    if function.__module__ == m.__name__ and not name.startswith("_")
}


def draw(seed):
    """A random generator and a handy size."""
    rng = np.random.default_rng(seed)
    return rng, int(rng.integers(4, 40))


def from_table(counts, labels):
    """Two coders' codes from a contingency table (rows: first coder)."""
    cells = [(labels[i], labels[j]) for i, j in np.ndindex(len(labels), len(labels))
             for _ in range(counts[i][j])]
    return [a for a, _ in cells], [b for _, b in cells]


# --- Documentation -------------------------------------------------------------------------------


def test_the_worked_examples_in_the_docstrings_are_right():
    result = doctest.testmod(m)
    assert result.failed == 0
    assert result.attempted >= len(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_each_measure_says_formula_input_range_errors_and_source(name):
    text = PUBLIC[name].__doc__
    for part in ("Formula:", "Takes:", "Gives:", "Errors:", "Source:", ">>>"):
        assert part in text, f"{name} lacks {part}"


def test_each_source_is_in_the_list_of_references():
    bib = Path(__file__).parents[1] / "notebooks" / "references.bib"
    known = set(re.findall(r"^@\w+\{([^,\s]+),", bib.read_text(encoding="utf-8"), re.M))
    cited = set(re.findall(r"\[@([^\]]+)\]", Path(m.__file__).read_text(encoding="utf-8")))
    assert len(cited) >= 9
    assert cited <= known, f"not in references.bib: {sorted(cited - known)}"


def test_the_module_loads_no_heavy_library():
    code = ("import sys, multipolarity.measures;"
            "print(sorted({'scipy', 'sklearn', 'krippendorff', 'networkx'} & set(sys.modules)))")
    environment = os.environ | {"PYTHONPATH": str(Path(m.__file__).parents[1])}
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                         env=environment, check=True).stdout
    assert out.strip() == "[]"


# --- Concentration -------------------------------------------------------------------------------


def test_concentration_by_hand():
    assert m.shares([50, 30, 20]).tolist() == [0.5, 0.3, 0.2]
    assert m.hhi(BY_HAND) == pytest.approx(0.38)
    assert m.effective_number(BY_HAND) == pytest.approx(2.63, abs=0.005)
    # (0.38 - 1/3) / (2/3) = 0.07
    assert m.concentration_con(BY_HAND) == pytest.approx(math.sqrt(0.07))


def test_shares_keep_the_names_of_the_units():
    assert m.shares({"X": 1, "Y": 3}).to_dict() == {"X": 0.25, "Y": 0.75}
    assert list(m.shares(pd.Series([2, 2], index=["SCO", "NATO"])).index) == ["SCO", "NATO"]


@pytest.mark.parametrize("n", [2, 3, 20, 193])  # at 20, rounding takes HHI below 1/N
def test_range_of_the_concentration_measures(n):
    equal, alone = [1 / n] * n, [1] + [0] * (n - 1)
    assert m.hhi(equal) == pytest.approx(1 / n)
    assert m.effective_number(equal) == pytest.approx(n)
    assert m.concentration_con(equal) == pytest.approx(0, abs=1e-6)
    assert m.gini(equal) == pytest.approx(0, abs=1e-12)
    assert m.hhi(alone) == m.effective_number(alone) == m.concentration_con(alone) == 1
    assert m.gini(alone) == pytest.approx((n - 1) / n)


@pytest.mark.parametrize("seed", SEEDS)
def test_con_is_the_relative_spread_of_the_shares(seed):
    # Algebra: CON = coefficient of variation / sqrt(N - 1), a form without HHI.
    rng, n = draw(seed)
    x = rng.lognormal(size=n)
    assert m.concentration_con(m.shares(x)) == pytest.approx(x.std() / x.mean() / math.sqrt(n - 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_hhi_is_the_chance_to_draw_the_same_unit_twice(seed):
    rng, n = draw(seed)
    x = rng.integers(0, 50, size=n) + 1
    same = sum(a * b for i, a in enumerate(x) for j, b in enumerate(x) if i == j)
    assert m.hhi(m.shares(x)) == pytest.approx(same / x.sum() ** 2)


def test_con_depends_on_who_is_in_the_set():
    assert m.concentration_con([0.5, 0.5]) == 0
    assert m.concentration_con([0.5, 0.5, 0]) == pytest.approx(0.5)


def test_rounded_shares_count_as_shares():
    assert m.hhi([0.33, 0.33, 0.33]) == pytest.approx(1 / 3)
    assert m.concentration_con([0.333, 0.333, 0.333]) == pytest.approx(0, abs=1e-6)
    with pytest.raises(ValueError):
        m.hhi([0.33, 0.33, 0.32])


@pytest.mark.parametrize("seed", SEEDS)
def test_gini_and_lorenz(seed):
    rng, n = draw(seed)
    x = rng.lognormal(size=n)
    pairs = sum(abs(a - b) for a in x for b in x)
    assert m.gini(x) == pytest.approx(pairs / (2 * n**2 * x.mean()))
    curve = m.lorenz(x)
    assert m.gini(x) == pytest.approx(1 - 2 * auc(curve.index, curve.to_numpy()))
    assert len(curve) == n + 1
    assert curve.iloc[-1] == pytest.approx(1)
    assert (curve <= curve.index + 1e-12).all()


# --- Combination ---------------------------------------------------------------------------------

SCORES = pd.DataFrame({"defence": [3, 0], "trade": [1, 2]}, index=["X", "Y"])


@pytest.mark.parametrize("seed", SEEDS)
def test_weighted_sum_is_numpys_weighted_average(seed):
    rng, n = draw(seed)
    table = pd.DataFrame(rng.integers(0, 4, size=(n, 5)), columns=list("abcde"))
    weights = pd.Series(rng.random(5), index=list("edcba"))  # another order: names decide
    expected = np.average(table, axis=1, weights=weights[list("abcde")])
    assert m.weighted_sum(table, weights).tolist() == pytest.approx(expected)
    plain = m.weighted_sum(table, dict.fromkeys("abcde", 1), normalise=False)
    assert plain.tolist() == table.sum(axis=1).tolist()


def test_weighted_sum_keeps_the_units_and_the_scale():
    result = m.weighted_sum(SCORES, {"trade": 1, "defence": 3})
    assert result.to_dict() == {"X": 2.5, "Y": 0.5}
    assert m.weighted_sum(SCORES, {"trade": 10, "defence": 30}).equals(result)
    assert m.weighted_sum(-SCORES, {"trade": 1, "defence": 3}).equals(-result)  # z-scores


def test_asymmetry():
    assert m.asymmetry(0.3, 0.1) == pytest.approx(0.5)
    assert m.asymmetry(0.1, 0.3) == pytest.approx(-0.5)
    assert m.asymmetry(0, 0.2) == -1
    assert m.asymmetry(0.2, 0.2) == 0
    assert math.isnan(m.asymmetry(0, 0))
    years = m.asymmetry(pd.Series({2013: 0.1, 2022: 0.3}), pd.Series({2022: 0.1, 2013: 0.1}))
    assert years.to_dict() == pytest.approx({2013: 0, 2022: 0.5})


# --- Growth --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_compound_growth_step_by_step_and_by_numpy(seed):
    rng, n = draw(seed)
    first, last, steps = rng.uniform(1, 9), rng.uniform(1, 9), n
    rate = m.compound_growth(first, last, steps)
    value = first
    for _ in range(steps):
        value *= 1 + rate
    assert value == pytest.approx(last)
    assert rate == pytest.approx(np.geomspace(first, last, steps + 1)[1] / first - 1)


def test_compound_growth():
    assert m.compound_growth(100, 121, 2) == pytest.approx(0.1)
    assert m.compound_growth(100, 81, 2) == pytest.approx(-0.1)
    assert m.compound_growth(5, 0, 3) == -1
    flows = m.compound_growth(pd.Series({"a": 1, "b": 4}), pd.Series({"b": 1, "a": 4}), 2)
    assert flows.to_dict() == pytest.approx({"a": 1, "b": -0.5})


# --- Overlap -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_jaccard_against_scikit_learn_and_networkx(seed):
    rng, n = draw(seed)
    matrix = pd.DataFrame(rng.random((6, n)) < 0.4, index=list("ABCDEF")).astype(int)
    matrix[n] = 1  # no empty row: the libraries return 0 there
    graph = nx.Graph((unit, f"label {label}") for unit, row in matrix.iterrows()
                     for label in row.index[row == 1])
    pairs = list(combinations(matrix.index, 2))
    network = {(u, v): j for u, v, j in nx.jaccard_coefficient(graph, pairs)}
    result = m.pairwise_jaccard(matrix)
    for u, v in pairs:
        a, b = matrix.loc[u], matrix.loc[v]
        assert m.jaccard(a, b) == pytest.approx(jaccard_score(a, b))
        assert m.jaccard(a.astype(bool), [*b[:-1], True]) == pytest.approx(network[u, v])
        assert m.jaccard(set(graph[u]), set(graph[v])) == pytest.approx(network[u, v])
        assert result.loc[u, v] == result.loc[v, u] == pytest.approx(network[u, v])
    assert (np.diag(result) == 1).all()


def test_two_empty_sets_have_no_jaccard_index():
    assert math.isnan(m.jaccard(set(), set()))
    assert math.isnan(m.jaccard([0, 0], [0, 0]))
    assert m.jaccard(set(), {"economy"}) == 0
    result = m.pairwise_jaccard(pd.DataFrame([[0, 0], [0, 0], [1, 0]], index=list("ABC")))
    assert math.isnan(result.loc["A", "B"])
    assert result.loc["A", "C"] == 0
    assert result.loc["C", "C"] == 1


def test_jaccard_does_not_count_what_both_lack():
    assert m.jaccard([1, 0, 0, 0], [1, 1, 0, 0]) == 0.5
    assert m.jaccard(pd.Series([True, False], dtype="boolean"), [True, True]) == 0.5


def test_weighted_jaccard():
    assert m.weighted_jaccard([2, 1, 0], [1, 1, 2]) == pytest.approx(2 / 5)
    assert m.weighted_jaccard([2, 1], [2, 1]) == 1
    assert m.weighted_jaccard([1, 0, 1], [1, 1, 0]) == m.jaccard([1, 0, 1], [1, 1, 0])
    assert math.isnan(m.weighted_jaccard([0, 0], [0, 0]))


# --- Reliability: published examples -------------------------------------------------------------

# Krippendorff, "Computing Krippendorff's alpha-reliability": 4 observers, 12 units, 7 gaps.
KRIPPENDORFF = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    },
    index=[f"unit {u}" for u in range(1, 13)],
)


@pytest.mark.parametrize(
    "level, published", [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_krippendorffs_own_example(level, published):
    assert m.krippendorff_alpha(KRIPPENDORFF, level) == pytest.approx(published, abs=0.0005)
    other = krippendorff.alpha(KRIPPENDORFF.T.to_numpy(), level_of_measurement=level)
    assert m.krippendorff_alpha(KRIPPENDORFF, level) == pytest.approx(other)


def test_cohens_own_example():
    # Two judges, 200 cases, three diagnoses; Cohen reports .492 (R package psych, cohen.kappa).
    diagnoses = ["personality disorder", "neurosis", "psychosis"]
    a, b = from_table([[88, 14, 18], [10, 40, 10], [2, 6, 12]], diagnoses)
    assert m.percent_agreement(a, b) == pytest.approx(0.70)
    assert m.cohen_kappa(a, b) == pytest.approx(0.492, abs=0.0005)


@pytest.mark.parametrize("weights, published", [(None, 0.4842), ("linear", 0.4701)])
def test_kappa_as_printed_by_sas(weights, published):
    # A SAS printout that the tests of statsmodels reproduce (statsmodels.stats.inter_rater).
    a, b = from_table([[0, 4, 1], [0, 8, 0], [0, 1, 5]], [1, 2, 3])
    assert m.cohen_kappa(a, b, weights) == pytest.approx(published, abs=0.00005)


@pytest.mark.parametrize(
    "weights, published", [(None, -0.006289308), ("linear", 0.1459075), ("quadratic", 0.2520325)]
)
def test_kappa_as_printed_by_r(weights, published):
    # Data set "anxiety" of R's irr, raters 2 and 3. Nobody used the code 5 and irr leaves it out
    # of the scale, so the scale is given.
    a = [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4]
    b = [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2]
    scale = [1, 2, 3, 4, 6]
    assert m.cohen_kappa(a, b, weights, categories=scale) == pytest.approx(published, abs=1e-7)


# --- Reliability: other libraries ----------------------------------------------------------------


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
@pytest.mark.parametrize("seed", SEEDS)
def test_kappa_against_scikit_learn(seed, weights):
    rng, n = draw(seed)
    a = rng.integers(0, 4, size=n)
    b = np.where(rng.random(n) < 0.6, a, rng.integers(0, 4, size=n))
    scale = [0, 1, 2, 3]
    expected = cohen_kappa_score(a, b, weights=weights, labels=scale)
    assert m.cohen_kappa(a, b, weights) == pytest.approx(expected)
    words = np.array(["none", "low", "middle", "high"])
    assert m.cohen_kappa(words[a], words[b], weights, list(words)) == pytest.approx(expected)
    assert m.percent_agreement(a, b) == pytest.approx(np.mean(a == b))


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_against_the_krippendorff_package(seed, level):
    rng, n = draw(seed)
    truth = rng.integers(0, 5, size=(n, 1))
    ratings = np.where(rng.random((n, 4)) < 0.6, truth, rng.integers(0, 5, size=(n, 4)))
    ratings = np.where(rng.random((n, 4)) < 0.2, np.nan, ratings)
    expected = krippendorff.alpha(ratings.T, level_of_measurement=level)
    assert m.krippendorff_alpha(ratings, level) == pytest.approx(expected)
    if level == "nominal":
        words = pd.DataFrame(ratings).map(lambda code: f"code {code}", na_action="ignore")
        assert m.krippendorff_alpha(words) == pytest.approx(expected)


def test_an_unused_code_keeps_its_place():
    a, b = [0, 1, 3, 3], [0, 3, 3, 1]
    assert m.cohen_kappa(a, b, "linear") == m.cohen_kappa(a, b, "linear", [0, 1, 2, 3])
    assert m.cohen_kappa(a, b, "linear") != m.cohen_kappa(a, b, "linear", [0, 1, 3])


def test_reliability_of_one_code_only_is_undefined():
    same = ["none"] * 5
    assert m.percent_agreement(same, same) == 1
    assert math.isnan(m.cohen_kappa(same, same))
    assert math.isnan(m.cohen_kappa([0, 0], [0, 0], "quadratic"))
    assert math.isnan(m.krippendorff_alpha(pd.DataFrame({"A": same, "B": same})))
    # One coder who tells apart is enough to define kappa.
    assert m.cohen_kappa(["none"] * 4, ["none", "none", "doubt", "doubt"]) == 0


def test_high_agreement_can_go_with_low_kappa():
    a, b = from_table([[90, 5], [5, 0]], [0, 1])
    assert m.percent_agreement(a, b) == 0.9
    assert m.cohen_kappa(a, b) < 0


def test_the_teaching_codes_give_the_courses_reference_values():
    from multipolarity.tables import load

    codes = load("teaching_codes")
    expected = pd.DataFrame(
        {
            "agreement": [0.733, 0.533, 0.933],
            "kappa": [0.689, 0.411, 0.298],
            "alpha": [0.690, 0.414, 0.304],
        },
        index=["technique", "frame", "call_to_act"],
    )
    for variable, row in expected.iterrows():
        table = codes.pivot(index="post_id", columns="coder", values=variable)
        assert m.percent_agreement(table["A"], table["B"]) == pytest.approx(row.agreement, abs=5e-4)
        assert m.cohen_kappa(table["A"], table["B"]) == pytest.approx(row.kappa, abs=5e-4)
        assert m.krippendorff_alpha(table) == pytest.approx(row.alpha, abs=5e-4)


def test_coders_are_compared_unit_by_unit():
    a = pd.Series({"P01": "doubt", "P02": "none"})
    assert m.percent_agreement(a, a[::-1]) == 1
    with pytest.raises(ValueError, match="different row labels"):
        m.percent_agreement(a, a.rename({"P02": "P03"}))


# --- Votes and forecasts -------------------------------------------------------------------------


def test_rice_and_agreement_index_by_hand():
    assert m.rice_index(9, 3) == pytest.approx(6 / 12)
    assert m.rice_index(5, 5) == 0
    assert m.agreement_index(8, 1, 1) == pytest.approx((8 - (10 - 8) / 2) / 10)
    assert m.agreement_index(4, 4, 4) == 0
    assert m.agreement_index(0, 0, 7) == 1
    assert m.agreement_index(3, 3, 3, 3) == 0
    assert math.isnan(m.rice_index(0, 0))
    assert math.isnan(m.agreement_index(0, 0, 0))


@pytest.mark.parametrize("seed", SEEDS)
def test_vote_indices_against_their_textbook_forms(seed):
    rng, n = draw(seed)
    votes = pd.DataFrame(rng.integers(0, 30, size=(n, 3)) + 1, columns=["yes", "no", "abstain"])
    y, n_, a = votes["yes"], votes["no"], votes["abstain"]
    total, largest = y + n_ + a, votes.max(axis=1)
    rice, agreement = m.rice_index(y, n_), m.agreement_index(y, n_, a)
    assert rice.tolist() == pytest.approx(((y - n_).abs() / (y + n_)).tolist())
    textbook = (largest - 0.5 * (total - largest)) / total
    assert agreement.tolist() == pytest.approx(textbook.tolist())
    # Attina's older index (largest - others) / total runs from -1/3 to 1; this one rescales it.
    attina = (largest - (total - largest)) / total
    assert agreement.tolist() == pytest.approx(((attina + 1 / 3) / (4 / 3)).tolist())


@pytest.mark.parametrize("seed", SEEDS)
def test_pairwise_agreement_vote_by_vote(seed):
    rng, n = draw(seed)
    options = np.array(["yes", "no", "abstain", None], dtype=object)
    votes = pd.DataFrame(options[rng.integers(0, 4, size=(5, n))], index=list("ABCDE"))
    result = m.pairwise_agreement(votes)
    for u, v in combinations(votes.index, 2):
        common = [(x, y) for x, y in zip(votes.loc[u], votes.loc[v], strict=True)
                  if pd.notna(x) and pd.notna(y)]
        alike = [x == y for x, y in common]
        assert result.loc[u, v] == result.loc[v, u]
        assert result.loc[u, v] == pytest.approx(np.mean(alike) if alike else math.nan, nan_ok=True)


def test_two_empty_chairs_agree_on_nothing():
    votes = pd.DataFrame([["yes", None], [None, None]], index=["X", "Y"])
    assert m.pairwise_agreement(votes).loc["X", "X"] == 1
    assert math.isnan(m.pairwise_agreement(votes).loc["X", "Y"])


@pytest.mark.parametrize("seed", SEEDS)
def test_brier_score_against_scikit_learn(seed):
    rng, n = draw(seed)
    p, o = rng.random(n), rng.integers(0, 2, size=n)
    o[:2] = 0, 1
    assert m.brier_score(p, o) == pytest.approx(brier_score_loss(o, p))
    assert m.brier_score([0.5] * n, o.astype(bool)) == 0.25


# --- Sentences for input that cannot be right ----------------------------------------------------

NAN = float("nan")
LABELLED = pd.Series([0.5, NAN], index=["Iran", "India"])
SENTENCES = [
    (m.shares, [[]], "values: found nothing, expected at least one value."),
    (m.shares, [7], "values: found only 7, expected a list, array or Series."),
    (m.shares, [None], "values: found only None, expected a list, array or Series."),
    (m.shares, [...], "values: found only Ellipsis, expected a list, array or Series."),
    (m.shares, [{1, 2}], "values: found a set, expected a list, array or Series."),
    (m.shares, [SCORES], "values: found a table, expected one column. Pick a column"),
    (m.shares, [np.ones((2, 2))], "values: found a table, expected one column."),
    (m.shares, [["1,200", 3]], "values: found text '1,200', expected numbers. Convert it"),
    (m.shares, [[[1], 3]], "values: found [1], expected numbers."),
    (m.shares, [LABELLED], "values: found a missing value at 'India', expected no gaps."),
    (m.shares, [[1, None]], "values: found a missing value at 1, expected no gaps."),
    (m.shares, [{"Iran": -3, "India": 5}], "values: found -3 at 'Iran', expected numbers of 0"),
    (m.shares, [[1, math.inf]], "values: found inf at 1"),
    (m.shares, [[0, 0]], "values: found a total of 0, expected a total above 0."),
    (m.lorenz, [[]], "values: found nothing"),
    (m.gini, [[-1, 2]], "values: found -1 at 0"),
    (m.hhi, [[50, 30, 20]], "shares: found a sum of 100, expected a sum of 1. Divide percents"),
    (m.hhi, [[0.5, 0.3]], "shares: found a sum of 0.8, expected a sum of 1. Turn amounts"),
    (m.hhi, [["a"]], "shares: found text 'a', expected numbers."),
    (m.hhi, [[1.2, -0.2]], "shares: found -0.2 at 1, expected numbers of 0 or more."),
    (m.effective_number, [[2, 3]], "shares: found a sum of 5, expected a sum of 1."),
    (m.concentration_con, [[1]], "shares: found one unit, expected two or more."),
    (m.weighted_sum, [SCORES, [3, 1]], "weights: found a list, expected a Series or dict. Name"),
    (m.weighted_sum, [SCORES, {"defence": 1}], "weights: found no match for 'trade'"),
    (m.weighted_sum, [SCORES, {"defence": 1, "trade": 1, "x": 1}], "found no match for 'x'"),
    (m.weighted_sum, [SCORES, {"defence": 1, "trade": -1}], "weights: found -1 at 'trade'"),
    (m.weighted_sum, [SCORES, {"defence": 0, "trade": 0}], "weights: found only zeros"),
    (m.weighted_sum, [SCORES["trade"], {}], "scores: found a Series, expected a DataFrame."),
    (m.weighted_sum, [SCORES.head(0), {}], "scores: found an empty table"),
    (m.weighted_sum, [SCORES.where(SCORES > 0), {"defence": 1, "trade": 1}],
     "scores, column 'defence': found a missing value at 'Y', expected no gaps. Decide what a gap"),
    (m.weighted_sum, [SCORES.astype(str), {"defence": 1, "trade": 1}],
     "scores, column 'defence': found text '3', expected numbers."),
    (m.asymmetry, [-1, 2], "dependence_a: found -1 at 0, expected numbers of 0 or more."),
    (m.asymmetry, [[1, 2], [1]], "dependence_a and dependence_b: found 2 and 1 entries"),
    (m.compound_growth, [0, 5, 2], "first: found a value of 0, expected values above 0."),
    (m.compound_growth, [-1, 5, 2], "first: found -1 at 0, expected numbers of 0 or more."),
    (m.compound_growth, [1, 5, 0], "steps: found 0, expected a number above 0."),
    (m.compound_growth, [1, "5", 2], "last: found text '5', expected numbers."),
    (m.jaccard, [{"a"}, ["a"]], "a and b: found one set and one column, expected two of a kind."),
    (m.jaccard, [["a", "b"], ["a", "c"]], "a: found 'a', expected only 0 and 1. Wrap labels"),
    (m.jaccard, [[1, 0], [1]], "a and b: found 2 and 1 entries, expected equal lengths."),
    (m.jaccard, [[1, 0], [1, NAN]], "b: found a missing value at 1"),
    (m.jaccard, [[1, 2], [1, 0]], "a: found 2, expected only 0 and 1."),
    (m.jaccard, ["ab", "ac"], "a: found only 'ab', expected a list"),
    (m.pairwise_jaccard, [pd.DataFrame({"x": [2, 0]})], "matrix: found 2.0, expected only 0 and 1"),
    (m.pairwise_jaccard, [pd.DataFrame({"x": [1, NAN]})], "matrix, column 'x': found a missing"),
    (m.pairwise_jaccard, [[[1, 0]]], "matrix: found a list, expected a DataFrame."),
    (m.pairwise_jaccard, [pd.DataFrame()], "matrix: found an empty table"),
    (m.weighted_jaccard, [[1], [-1]], "b: found -1 at 0"),
    (m.percent_agreement, [[], []], "a: found nothing"),
    (m.percent_agreement, [["x"], ["x", "y"]], "a and b: found 1 and 2 entries"),
    (m.percent_agreement, [["x", None], ["x", "y"]],
     "a: found a missing value at 1, expected no gaps. Keep the units that both coders coded."),
    (m.percent_agreement, [["1"], [1]], "a and b: found text beside numbers"),
    (m.percent_agreement, [pd.Series([1, 2]), pd.Series([1, 2], index=[0, 5])],
     "a and b: found different row labels, expected the same units in both."),
    (m.percent_agreement, [pd.Series([1, 2], index=[0, 0]), pd.Series([1, 2], index=[0, 1])],
     "a and b: found different row labels"),
    (m.cohen_kappa, [[1], [1], "square"], "weights: found 'square', expected None or 'linear' or"),
    (m.cohen_kappa, [[1], [1], [1, 2]], "weights: found [1, 2], expected None or 'linear'"),
    (m.cohen_kappa, [["low", "high"], ["low", "low"], "linear"],
     "codes: found 'high', expected numbers, or categories for the order. Give categories="),
    (m.cohen_kappa, [[0, 1], [0, 1], "linear", 4], "categories: found only 4, expected a list"),
    (m.cohen_kappa, [[0, 3], [0, 4], None, [0, 1, 2, 3]], "categories: found no 4, expected every"),
    (m.krippendorff_alpha, [KRIPPENDORFF, "ratio"], "level: found 'ratio', expected 'nominal' or"),
    (m.krippendorff_alpha, [[1, 2, 3]], "ratings: found no table, expected a DataFrame"),
    (m.krippendorff_alpha, [KRIPPENDORFF[["A"]]], "ratings: found no unit with two codes"),
    (m.krippendorff_alpha, [pd.DataFrame()], "ratings: found no unit with two codes"),
    (m.krippendorff_alpha, [[["a", "b"]], "ordinal"], "ratings: found 'a', expected numbers for"),
    (m.krippendorff_alpha, [[["1", 1]]], "ratings: found text beside numbers"),
    (m.rice_index, [-1, 3], "count 1: found -1 at 0"),
    (m.rice_index, ["9", 3], "count 1: found text '9', expected numbers."),
    (m.agreement_index, [3], "counts: found fewer than two options, expected two or more."),
    (m.agreement_index, [1, 2, NAN], "count 3: found a missing value"),
    (m.agreement_index, [pd.Series({"SCO": 1}), pd.Series({"EU": 1})],
     "count 1 and count 2: found different row labels"),
    (m.pairwise_agreement, [[["yes"]]], "votes: found a list, expected a DataFrame."),
    (m.pairwise_agreement, [pd.DataFrame()], "votes: found an empty table"),
    (m.brier_score, [[70, 20], [1, 0]],
     "probabilities: found 70 at 0, expected numbers of 0 or more, up to 1. Divide percents by"),
    (m.brier_score, [["0.7"], [1]], "probabilities: found text '0.7', expected numbers. Convert"),
    (m.brier_score, [[0.7], ["yes"]], "outcomes: found 'yes', expected only 0 and 1. Write 1 for"),
    (m.brier_score, [[0.7], [1, 0]], "probabilities and outcomes: found 1 and 2 entries"),
    (m.brier_score, [[0.7], [NAN]], "outcomes: found a missing value at 0"),
]


@pytest.mark.parametrize("measure, arguments, sentence", SENTENCES)
def test_a_sentence_for_input_that_cannot_be_right(measure, arguments, sentence):
    with pytest.raises(ValueError) as error:
        measure(*arguments)
    text = str(error.value)
    assert sentence in text
    assert re.fullmatch(r".+: found .+, expected .+\. .+\.", text, re.S)


def test_every_measure_refuses_something():
    assert set(PUBLIC.values()) == {measure for measure, *_ in SENTENCES}
