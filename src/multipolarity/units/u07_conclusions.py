"""Unit 7, conclusions and capstone: guesses scored, a break test, a scorecard and a dossier.

Every reference below is computed from the tables when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from textwrap import fill

import numpy as np
import pandas as pd

from multipolarity import claims, measures, record, units
from multipolarity.exercise import Exercise, Misconception
from multipolarity.forms import Choices, Dossier, Essay, Number, Numbers, Ordering
from multipolarity.tables import load, members
from multipolarity.units.shared import (
    VERDICTS,
    essay,
    first_guess,
    letter_question,
    second_guess,
)

# --- guesses of the units -------------------------------------------------------------------

STATEMENTS = {  # unit -> the statement of its first guess, in short
    "1": "two thirds of UN members voted more like the US than like Russia",
    "2": "states on Russia's list held over half of world output in 2022",
    "3": "EU imports from Russia were worth less in 2022 than in 2021",
    "4": "more Russian arms to China a year in 2022-23 than in 2012-21",
    "5": "the SCO's texts reach at least half of NATO's total",
    "6": "two coders give two posts in three the same main frame",
}
INVENTED = {"1": 40, "2": 60, "3": 70, "4": 80, "5": 30, "6": 50}  # the demonstration's guesses


def outcomes() -> pd.Series:
    """Did the statement of each unit's first guess come true? 1 or 0; units not there are left out.

    Unit 0 is not scored: no single table decides whether the world of 2022 was multipolar.
    """
    found = {}
    for unit in STATEMENTS:
        name = units.modules().get(unit)
        module = name and import_module(f"multipolarity.units.{name}")
        if hasattr(module, "first_guess_came_true"):
            found[unit] = int(module.first_guess_came_true())
    return pd.Series(found, name="came true", dtype=int)


def own_guesses() -> pd.DataFrame:
    """Your first guesses (0 to 1) beside the outcomes; an invented set if the record has none."""
    came_true = outcomes()
    kept = {unit: record.entry(f"{unit}.prior")["kept"] for unit in came_true.index}
    kept = {unit: guess for unit, guess in kept.items() if isinstance(guess, (int, float))}
    whose = "yours" if kept else "INVENTED"
    guesses = kept or {unit: INVENTED[unit] for unit in came_true.index}
    table = pd.DataFrame(
        {
            "whose": whose,
            "statement": pd.Series(STATEMENTS),
            "guess": pd.Series(guesses, dtype=float) / 100,
            "came true": came_true,
        }
    ).dropna(subset=["guess"])
    return table.rename_axis("unit").astype({"came true": int})


def still_missing() -> str:
    """A sentence on the units without a guess or without an outcome."""
    known = outcomes().index
    absent = [unit for unit in STATEMENTS if unit not in known]
    blank = [unit for unit in known if record.entry(f"{unit}.prior")["kept"] is None]
    parts = [f"unit {', '.join(absent)} is not there yet"] if absent else []
    parts += [f"no guess of yours in unit {', '.join(blank)}"] if blank else []
    return "; ".join([*parts, "unit 0 is not scored"]) + "."


def demonstration() -> pd.DataFrame:
    """The worked example: four invented guesses and their invented outcomes."""
    return pd.DataFrame(
        {"guess": [0.9, 0.6, 0.3, 0.8], "outcome": [1, 0, 0, 1]}, index=["A", "B", "C", "D"]
    )


def practice() -> pd.DataFrame:
    """Five invented guesses (in percent) about the statements of units 1 to 5, and what came true."""
    table = pd.DataFrame(
        {
            "statement": pd.Series(STATEMENTS),
            "guess": pd.Series(INVENTED),
            "came true": outcomes(),
        }
    )
    return table.loc[list("12345")].rename_axis("unit").astype({"came true": int})


def practice_scores(power: int = 2, scale: float = 1.0) -> dict[str, float]:
    """Mean error of the invented guesses and of "always 50 %"; power 1, scale 100: wrong ways."""
    table = practice()
    said = {"invented guesses": table["guess"] / 100, "always 50 %": 0.5}
    return {
        name: float(((scale * p - table["came true"]).abs() ** power).mean())
        for name, p in said.items()
    }


def luck(guesses: int = 6, draws: int = 10_000, seed: int = 7) -> float:
    """How often somebody who knows nothing (each statement true by a coin) beats "always 50 %".

    Each guess is 0.3 or 0.7 and each outcome 0 or 1, all by fair coins.
    """
    rng = np.random.default_rng(seed)
    said = rng.choice([0.3, 0.7], (draws, guesses))
    outcome = rng.integers(0, 2, (draws, guesses))
    return float((((said - outcome) ** 2).mean(axis=1) < 0.25).mean())


# --- verdicts -------------------------------------------------------------------------------

HELD = ("supported", "supported_with_caveat")
FAILED = ("contradicted", "internally_inconsistent")


def verdict_counts() -> pd.DataFrame:
    """Claims of the register by verdict (rows) and text (columns)."""
    table = claims.register()
    return pd.crosstab(table["verdict"], table["unit"]).reindex(VERDICTS, fill_value=0)


def held_share(whole: tuple[str, ...] = HELD + FAILED) -> dict[str, float]:
    """Share of claims that held, of those with a verdict out of `whole`, by text."""
    counts = verdict_counts()
    return (counts.loc[list(HELD)].sum() / counts.loc[list(whole)].sum()).to_dict()


def supported_only() -> dict[str, float]:
    """The wrong numerator: claims that held with a caveat counted as failed."""
    counts = verdict_counts()
    return (counts.loc["supported"] / counts.loc[list(HELD + FAILED)].sum()).to_dict()


def by_type() -> pd.DataFrame:
    """Claims of the register by type (rows) and verdict (columns), the largest type first."""
    table = claims.register()
    counts = pd.crosstab(table["type"], table["verdict"]).reindex(
        columns=list(VERDICTS), fill_value=0
    )
    return counts.loc[counts.sum(axis=1).sort_values(ascending=False).index]


# --- forecasts ------------------------------------------------------------------------------


def _in(organisation: str, country: str, day: pd.Timestamp) -> int:
    return int(country in set(members(organisation, on=f"{day:%Y-%m-%d}")["country"]))


def _outside_nato(day: pd.Timestamp) -> int:
    """EU members outside NATO on a day."""
    eu, nato = (set(members(o, on=f"{day:%Y-%m-%d}")["iso3"]) for o in ("EU", "NATO"))
    return len(eu - nato)


def _code(organisation: str, dimension: str) -> int:
    rows = load("commitments").merge(load("commitment_dimensions"))
    rows = rows[(rows["organisation"] == organisation) & (rows["dimension"] == dimension)]
    return int(rows["code"].iloc[0])


DECIDE = {  # forecast -> a function of its deadline that returns 1 or 0
    "F1": lambda day: _in("NATO", "Finland", day),
    "F2": lambda day: _in("NATO", "Sweden", day),
    "F3": lambda day: int(_outside_nato(day) < _outside_nato(pd.Timestamp("2022-02-23"))),
    "F4": lambda day: _in("SCO", "Iran", day),
    "F5": lambda day: _in("SCO", "Belarus", day),
    "F6": lambda day: _in("SCO", "Mongolia", day),
    "F7": lambda day: int(_code("SCO", "mutual_defence") > 0),
    "F8": lambda day: int(_code("SCO", "integrated_military") >= 2),
}


def forecasts() -> pd.DataFrame:
    """The table of forecasts with the outcome (1 or 0) that the tables give."""
    table = load("forecasts").set_index("forecast")
    came = [DECIDE[name](deadline) for name, deadline in table["deadline"].items()]
    return table.assign(outcome=came)


NO_CHANGE = 0.10  # what the forecaster "nothing changes" says of every change


def forecaster_scores(power: int = 2, scale: float = 1.0) -> dict[str, float]:
    """Mean error of two simple forecasters; power 1 and scale 100 are two known wrong ways."""
    outcome = forecasts()["outcome"]
    said = {"always 50 %": 0.5, "nothing changes": NO_CHANGE}
    return {name: float(((scale * p - outcome).abs() ** power).mean()) for name, p in said.items()}


def score(mine: Mapping[str, float]) -> pd.DataFrame:
    """Brier score of your forecasts beside the two simple forecasters; blank while they are open."""
    table = pd.Series(forecaster_scores(), name="Brier score").to_frame()
    numbers = pd.to_numeric(pd.Series(dict(mine), dtype=object), errors="coerce")
    if numbers.notna().all() and numbers.between(0, 1).all():
        outcome = forecasts()["outcome"].reindex(numbers.index)
        table.loc["you"] = measures.brier_score(numbers, outcome)
    return table.round(3)


# --- break test -----------------------------------------------------------------------------

INVASION_YEAR = 2022
MOST_CHANGES = 10  # so many earlier changes are looked at
LEAST_CHANGES = 5  # with fewer the rule is not applied
FACTOR = 2  # a break is a change beyond so many standard deviations
INDICATORS = {  # name -> (unit, table); the order of all tables and figures of the unit
    "states, market GDP": ("effective number", "country_year"),
    "states, purchasing power": ("effective number", "country_year"),
    "Russia-US distance, UN": ("ideal points", "un_ideal_points"),
    "Russia-China trade": ("log USD", "trade_ru_cn"),
    "Russian pipeline gas": ("share of EU gas", "eu_gas_flows"),
    "European NATO burden": ("% of GDP", "defence_burden_groups"),
}


def effective_states(column: str, first: int = 2000, last: int = 2023) -> pd.Series:
    """Effective number by year over the states that have a value in every year."""
    rows = load("country_year").query("@first <= year <= @last")
    wide = rows.pivot(index="country", columns="year", values=column).dropna()
    return wide.apply(lambda year: measures.effective_number(measures.shares(year)))


def un_distance(first: str = "USA", second: str = "RUS") -> pd.Series:
    points = load("un_ideal_points").pivot(index="year", columns="iso3", values="ideal_point")
    return (points[first] - points[second]).abs()


def gas_share() -> pd.Series:
    """Russian pipeline gas as a share of all gas that entered the EU, by year."""
    table = load("eu_gas_flows").pivot_table(
        index="year", columns="supplier", values="volume_bcm", aggfunc="sum"
    )
    return table["Russia"] / table.sum(axis=1)


def indicators() -> pd.DataFrame:
    """Six yearly indicators: rows years from 2000 on, columns indicators, gaps where no value is."""
    trade = load("trade_ru_cn").query("reporter == 'China' and period_type == 'year'")
    trade = (
        trade.groupby("year")[["china_to_russia_usd_bn", "russia_to_china_usd_bn"]].mean().dropna()
    )
    burden = load("defence_burden_groups").query("group == 'NATO Europe and Canada'")
    found = [
        effective_states("gdp_usd_bn"),
        effective_states("gdp_ppp_bn"),
        un_distance(),
        np.log(trade.sum(axis=1)),
        gas_share(),
        burden.set_index("year")["share_of_gdp_percent"],
    ]
    return pd.DataFrame(dict(zip(INDICATORS, found, strict=True))).loc[2000:2024]


def ratio(values: pd.Series, year: int = INVASION_YEAR, ddof: int = 1) -> float:
    """Change into `year` over the standard deviation of up to ten changes before it; NaN if too few."""
    changes = values.diff().dropna()
    before = changes.loc[: year - 1].tail(MOST_CHANGES)
    if year not in changes.index or len(before) < LEAST_CHANGES:
        return np.nan
    return float(changes[year] / before.std(ddof=ddof))


def break_table(year: int = INVASION_YEAR) -> pd.DataFrame:
    """The rule applied to every indicator for one year."""
    table = indicators()
    rows = {}
    for name, values in table.items():
        changes = values.diff().dropna()
        before = changes.loc[: year - 1].tail(MOST_CHANGES)
        rows[name] = {
            "changes before": len(before),
            "their SD": before.std(),
            "change": changes.get(year, np.nan),
            "ratio": ratio(values, year),
        }
    found = pd.DataFrame(rows).T
    return found.assign(verdict=np.where(found["ratio"].abs() > FACTOR, "break", "no break"))


def all_ratios(first: int = 2000, last: int = 2024) -> pd.DataFrame:
    """The ratio of every indicator in every year to which the rule can be applied."""
    return pd.DataFrame(
        {
            name: {year: ratio(values, year) for year in range(first, last + 1)}
            for name, values in indicators().items()
        }
    )


def false_alarms() -> pd.DataFrame:
    """How often the rule cries "break" before 2022: tries and alarms by indicator."""
    quiet = all_ratios(last=INVASION_YEAR - 1)
    table = pd.DataFrame({"tries": quiet.notna().sum(), "alarms": (quiet.abs() > FACTOR).sum()})
    table.loc["all"] = table.sum()
    return table


def alarm_share() -> float:
    total = false_alarms().loc["all"]
    return float(total["alarms"] / total["tries"])


def rung_together() -> pd.Series:
    """In how many indicators the rule cries "break", for each year before 2022 with a try."""
    quiet = all_ratios(last=INVASION_YEAR - 1).dropna(how="all")
    return (quiet.abs() > FACTOR).sum(axis=1).rename("alarms")


def _four_rules(values: pd.Series, year: int) -> dict[str, bool]:
    """What four rules say of one year; the same earlier years are the yardstick of each."""
    changes = values.diff().dropna()
    before = changes.loc[: year - 1].tail(MOST_CHANGES)
    levels = values.dropna().loc[: year - 1].tail(MOST_CHANGES + 1)
    change, spread = changes[year], before.std()
    return {
        "this page: size above 2 SD": abs(change) > 2 * spread,
        "stricter: size above 3 SD": abs(change) > 3 * spread,
        "drift: more than 2 SD from the mean change": abs(change - before.mean()) > 2 * spread,
        "level: outside all levels before": not levels.min() <= values[year] <= levels.max(),
    }


def four_rules() -> pd.DataFrame:
    """Four rules for a break side by side: breaks in 2022, and alarms in the years before."""
    tried, values = all_ratios(last=INVASION_YEAR).stack().dropna().index, indicators()
    table = pd.DataFrame([_four_rules(values[name], year) for year, name in tried])
    now = np.array([year == INVASION_YEAR for year, _ in tried])
    return pd.DataFrame(
        {
            "breaks in 2022": table[now].sum(),
            "of": now.sum(),
            "alarms before": table[~now].sum(),
            "of tries": (~now).sum(),
        }
    ).assign(share=(table[~now].mean()))


def rule_after_data() -> dict[str, float]:
    """The wrong yardstick: a standard deviation that holds the change of 2022 itself."""
    found = {}
    for name, values in indicators().items():
        changes = values.diff().dropna().loc[:INVASION_YEAR].tail(MOST_CHANGES + 1)
        found[name] = float(changes[INVASION_YEAR] / changes.std())
    return found


def levels_not_changes() -> dict[str, float]:
    """The wrong yardstick: the standard deviation of the levels before 2022."""
    found = {}
    for name, values in indicators().items():
        before = values.dropna().loc[: INVASION_YEAR - 1].tail(MOST_CHANGES + 1)
        found[name] = float(values.diff()[INVASION_YEAR] / before.std())
    return found


def first_guess_came_true() -> bool:
    """Does the rule find a break in 2022 in at least four of the six indicators?"""
    return bool((break_table()["verdict"] == "break").sum() >= 4)


# --- scorecard ------------------------------------------------------------------------------

SCORECARD = {  # indicator -> +1 if a rise is read as more multipolar, -1 if a fall is
    "states, market GDP": 1,
    "states, purchasing power": 1,
    "states, military spending": 1,
    "US share of military spending": -1,
    "distance from the US, UN": 1,
}
DRAWS, SEED = 1_000, 7


def scorecard_values(first: int = 2001, last: int = 2022) -> pd.DataFrame:
    """The five indicators in two years."""
    spending = load("military_spending").pivot(
        index="country", columns="year", values="spending_usd_m"
    )
    military = (
        spending.dropna()
        .astype(float)
        .apply(lambda year: measures.effective_number(measures.shares(year)))
    )
    world = load("world_totals").set_index("year")["spending_usd_m"].astype(float)
    points = load("un_ideal_points").pivot(index="year", columns="iso3", values="ideal_point")
    away = points.drop(columns="USA").sub(points["USA"], axis=0).abs().mean(axis=1)
    found = [
        effective_states("gdp_usd_bn"),
        effective_states("gdp_ppp_bn"),
        military,
        spending.loc["United States"].astype(float) / world,
        away,
    ]
    table = pd.DataFrame(dict(zip(SCORECARD, found, strict=True)))
    return table.loc[[first, last]].T


def turned(first: int = 2001, last: int = 2022, directions: Mapping[str, int] = SCORECARD):
    """Log change of each indicator, turned so that plus means more multipolar."""
    values = scorecard_values(first, last)
    return np.log(values[last] / values[first]) * pd.Series(directions)


def weightings(draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Random weights: a row per draw, a column per indicator, each row adds up to 1."""
    raw = np.random.default_rng(seed).exponential(size=(draws, len(SCORECARD)))
    return pd.DataFrame(raw / raw.sum(axis=1, keepdims=True), columns=list(SCORECARD))


def draws_of(first: int = 2001, last: int = 2022, directions: Mapping[str, int] = SCORECARD):
    """The weighted sum of the turned changes in each draw."""
    return weightings() @ turned(first, last, directions)


def share_more(first: int = 2001, last: int = 2022, directions: Mapping[str, int] = SCORECARD):
    """Share of the weightings by which the later year is more multipolar."""
    return float((draws_of(first, last, directions) > 0).mean())


def without_one(first: int = 2001, last: int = 2022) -> pd.Series:
    """`share_more` with all five indicators, then with each of them left out in turn."""
    changes, weights = turned(first, last), weightings()
    found = {"all five": share_more(first, last)}
    for name in SCORECARD:
        rest = changes.drop(name)
        found[f"without {name}"] = float((weights[rest.index] @ rest > 0).mean())
    return pd.Series(found, name="more multipolar")


def who_moved(first: int = 2014, last: int = 2022) -> pd.Series:
    """Change of the mean distance from the US, and what each side alone would have made of it.

    Only states with an ideal point in both years enter.
    """
    points = load("un_ideal_points").pivot(index="year", columns="iso3", values="ideal_point")
    points = points.loc[[first, last]].dropna(axis=1)
    us, others = points["USA"], points.drop(columns="USA")

    def distance(year_of_us: int, year_of_others: int) -> float:
        return float((others.loc[year_of_others] - us[year_of_us]).abs().mean())

    start = distance(first, first)
    found = {
        "all as they moved": distance(last, last) - start,
        "only the United States moved": distance(last, first) - start,
        "only the others moved": distance(first, last) - start,
    }
    return pd.Series(found, name="change of the mean distance")


def interval(state: str = "USA", years=(2014, 2021, 2022)) -> pd.DataFrame:
    """A state's ideal point with the lower and upper end of its 90 % interval."""
    rows = load("un_ideal_points").query("iso3 == @state and year in @years")
    return rows.set_index("year")[["q5", "ideal_point", "q95"]]


def distances_from(names=("USA", "CHN", "RUS"), years=(2014, 2021, 2022)) -> pd.DataFrame:
    """Mean distance of all other states from each of the named ones (states with all the years)."""
    points = load("un_ideal_points").pivot(index="year", columns="iso3", values="ideal_point")
    points = points.loc[list(years)].dropna(axis=1)
    return pd.DataFrame(
        {n: points.drop(columns=n).sub(points[n], axis=0).abs().mean(axis=1) for n in names}
    ).T.rename_axis("distance from")


def reversed_direction() -> dict[str, int]:
    """The wrong table of directions: every rise read as more multipolar."""
    return dict.fromkeys(SCORECARD, 1)


# --- evidence matrix ------------------------------------------------------------------------

CLAIMS = {  # name -> what is claimed; the first is "old wine", the others are two kinds of "new"
    "old": "old wine: by these numbers 2022 was no break",
    "since_2001": "new wine: 2022 was more multipolar than 2001",
    "since_2014": "new wine: 2022 was more multipolar than 2014",
}
WITNESSES = {  # name -> (the indicator of the break test, the indicator of the scorecard)
    "output": ("states, market GDP", "states, market GDP"),
    "military": (None, "states, military spending"),
    "votes": ("Russia-US distance, UN", "distance from the US, UN"),
    "gas": ("Russian pipeline gas", None),
}


def _cell(claim: str, witness: str) -> dict[str, str]:
    """What one would see if the claim were false, what is seen, and the verdict that follows."""
    jump, spread = WITNESSES[witness]
    if claim == "old":
        expected = "a change of more than 2 SD"
        if jump is None:
            years = load("military_spending")["year"].nunique()
            seen = f"no answer: {years} years only, no yearly changes to compare with"
            return {"if false": expected, "seen": seen, "verdict": "no_test"}
        found = ratio(indicators()[jump])
        verdict = "against" if abs(found) > FACTOR else "survives"
        return {"if false": expected, "seen": f"{jump}: {found:+.1f} SD", "verdict": verdict}
    if spread is None:
        share = gas_share()
        seen = f"share of gas {share[2021]:.2f} in 2021, {share[2022]:.2f} in 2022"
        return {"if false": "high or low: both would fit", "seen": seen, "verdict": "no_test"}
    first = int(claim[-4:])
    found = turned(first)[spread]
    return {
        "if false": f"no rise since {first}",
        "seen": f"{spread}: {found:+.2f} (log change)",
        "verdict": "survives" if found > 0 else "against",
    }


def matrix() -> pd.DataFrame:
    """The evidence matrix: a row for each pair of claim and indicator, named "claim/indicator"."""
    return pd.DataFrame(
        {f"{claim}/{witness}": _cell(claim, witness) for claim in CLAIMS for witness in WITNESSES}
    ).T


def show_matrix() -> None:
    """Print the matrix without its verdicts."""
    table = matrix()
    for claim, text in CLAIMS.items():
        print(f"\n{text}")
        for row in table[table.index.str.startswith(f"{claim}/")].itertuples():
            print(f"  {row.Index}: if false, {row._1}\n      seen: {row.seen}")


def as_grid(answers: Mapping[str, str]) -> pd.DataFrame:
    """Your verdicts as a table: indicators in rows, claims in columns."""
    verdict = {name: value if isinstance(value, str) else "" for name, value in answers.items()}
    return pd.DataFrame({c: {w: verdict.get(f"{c}/{w}", "") for w in WITNESSES} for c in CLAIMS})


# --- drawings -------------------------------------------------------------------------------


def draw_verdicts(table: pd.DataFrame, title: str, source: str):
    """Stacked bars: claims by type, a hatch and a colour for each verdict."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    looks = [
        (f.GREEN, ""),
        (f.SKY, "//"),
        (f.VERMILION, "xx"),
        (f.ORANGE, "\\\\"),
        (f.PURPLE, "oo"),
        ("#DDDDDD", ".."),
    ]
    fig, ax = plt.subplots(figsize=(8.6, 4.8))
    base = np.zeros(len(table))
    for verdict, (colour, hatch) in zip(table.columns, looks, strict=True):
        look = {"color": colour, "hatch": hatch, "edgecolor": "white"}
        label = verdict.replace("_", " ")
        ax.barh(table.index, table[verdict], left=base, label=label, **look)
        base += table[verdict].to_numpy()
    ax.bar_label(ax.containers[-1], [f" {int(n)}" for n in base])
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    ax.legend(loc="upper center", bbox_to_anchor=(0.45, -0.13), ncols=3, fontsize=9)
    return f.finish(ax, title, "Number of claims", "", source)


def draw_ratios(title: str, source: str):
    """One row per indicator: the ratio in each earlier year as a ring, in 2022 as a diamond."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    table = all_ratios(last=INVASION_YEAR).clip(-6, 6)
    fig, ax = plt.subplots(figsize=(8.6, 4.8))
    ax.axvspan(-FACTOR, FACTOR, color="#EEEEEE", zorder=0)
    for row, name in enumerate(table):
        before = table[name].loc[: INVASION_YEAR - 1]
        ax.plot(before, [row] * len(before), "o", mfc="none", mec=f.BLUE, ms=8)
        ax.plot(table.at[INVASION_YEAR, name], row, "D", color=f.VERMILION, ms=10)
        for year in before[before.abs() > FACTOR].index:
            where = {"xytext": (0, 8), "textcoords": "offset points", "ha": "center"}
            if year in (2006, 2009) or name.startswith("European"):
                ax.annotate(f"{year}", (before[year], row), fontsize=8, **where)
    ax.plot([], [], "o", mfc="none", mec=f.BLUE, label="a year before 2022")
    ax.plot([], [], "D", color=f.VERMILION, label="2022")
    ax.set_yticks(range(len(table.columns)), table.columns)
    ax.set_xticks(range(-6, 7, 2), ["−6\nor less", "−4", "−2", "0", "2", "4", "6\nor more"])
    ax.set_ylim(len(table.columns) - 0.5, -0.6)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.19), ncols=2)
    xlabel = "Change divided by the standard deviation of the changes before it"
    return f.finish(ax, title, xlabel, "", source)


def draw_weightings(windows, title: str, source: str):
    """One histogram of the weighted sums for each window of years."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    fig, axes = plt.subplots(1, len(windows), figsize=(9, 4.2), sharey=True, sharex=True)
    for ax, (first, last) in zip(axes, windows, strict=True):
        sums = draws_of(first, last)
        bins = np.arange(-0.3, 0.31, 0.02)
        ax.hist(sums[sums <= 0], bins, color=f.VERMILION, hatch="//", edgecolor="white")
        ax.hist(sums[sums > 0], bins, color=f.BLUE, edgecolor="white")
        ax.axvline(0, color="black", lw=1)
        for side, where, share in (("less", 0.03, sums <= 0), ("more", 0.97, sums > 0)):
            look = {"transform": ax.transAxes, "ha": "left" if side == "less" else "right"}
            ax.text(where, 0.9, f"{side}:\n{share.mean():.0%}", **look)
        ax.set_title(f"{first} to {last}", fontsize=10.5)
    axes[0].set_ylim(0, 340)
    axes[0].set_ylabel("Number of weightings")
    fig.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    fig.supxlabel("Weighted sum of log changes (plus: more multipolar)", fontsize=10)
    fig.text(0.01, -0.02, f.SOURCE + source, fontsize=8.5, color="#444444", va="top")
    fig.tight_layout()
    return axes


def draw_forecasts(mine: Mapping[str, float], title: str, source: str):
    """Forecasts as a row each: outcome 0 or 1, the two simple forecasters, and yours if given."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    table = forecasts()
    fig, ax = plt.subplots(figsize=(8.6, 4.4))
    rows = np.arange(len(table))
    ax.plot(table["outcome"], rows, "s", color="black", ms=9, label="outcome")
    ax.axvline(0.5, color=f.BLUE, ls="--", label="always 50 %")
    ax.axvline(NO_CHANGE, color=f.ORANGE, ls=":", lw=2, label="nothing changes")
    said = pd.to_numeric(pd.Series(dict(mine), dtype=object), errors="coerce").reindex(table.index)
    if said.notna().any():
        ax.plot(said, rows, "D", color=f.VERMILION, ms=8, label="you")
    labels = [fill(f"{n}  {t}", 40) for n, t in table["statement"].items()]
    ax.set_yticks(rows, labels, fontsize=9)
    ax.invert_yaxis()
    ax.set_xlim(-0.05, 1.05)
    ax.legend(loc="upper center", bbox_to_anchor=(0.3, -0.15), ncols=4)
    return f.finish(ax, title, "Probability", "", source)


# --- exercises ------------------------------------------------------------------------------

BY_HAND = ("A", "B", "C", "D")
PERCENT_KEPT = (
    "Your numbers are far above 1. The rule wants probabilities from 0 to 1, and you have "
    "percent: divide by 100 before you square."
)
NOT_SQUARED = (
    "These are mean distances. The Brier score squares each distance first and takes the mean "
    "after that."
)

DOSSIER = Dossier(
    columns=(
        "claim",
        "page",
        "type",
        "indicator",
        "why_it_fits",
        "cell",
        "verdict",
        "confidence",
        "what_would_change_it",
    ),
    options={
        "type": ("descriptive", "causal", "predictive", "evaluative"),
        "verdict": VERDICTS,
    },
    numbers={"page": (5, 126), "confidence": (0, 100)},
    words={"claim": 25},
)

EXERCISES = [
    first_guess(
        "7.prior",
        "Kept on your machine. Exercise 7.4b settles it; then look at this number again.",
    ),
    Exercise(
        id="7.terms",
        title="Four words, four cases",
        stage="investigate",
        difficulty=1,
        form=Choices(
            items=("rain", "weights", "level", "date"),
            options=("calibration", "robustness", "structural_break", "pre_registration"),
            what="case",
        ),
        reference=lambda: {
            "rain": {"calibration"},
            "weights": {"robustness"},
            "level": {"structural_break"},
            "date": {"pre_registration"},
        },
        why=(
            "Two of the words are about what we do (fixing a test, trying other choices), one "
            "about us, one about the world."
        ),
        misconceptions=(
            Misconception(
                "a match read as a stable result",
                "rain: nothing is done a second time with other choices. What is compared "
                "with what?",
                wrong=lambda: {"rain": "robustness"},
            ),
            Misconception(
                "a stable result read as a lasting change",
                "weights: does the series change, or does the person who weighs it?",
                wrong=lambda: {"weights": "structural_break"},
            ),
            Misconception(
                "a plan read as a match",
                "date: no frequency is known yet. What was fixed, and before what?",
                wrong=lambda: {"date": "calibration"},
            ),
        ),
        hints=("Ask of each case: is it about a forecaster, a choice, a series or a plan?",),
        see="the table of key terms",
    ),
    Exercise(
        id="7.1",
        title="Score the guesses",
        stage="run",
        difficulty=2,
        form=Numbers(
            labels=lambda: ("invented guesses", "always 50 %"), what="forecaster", tolerance=0.0051
        ),
        reference=practice_scores,
        why=(
            "Whoever always says 50 % gets the same score whatever happens. To score worse "
            "takes confidence in the wrong direction, and the square makes it dear."
        ),
        misconceptions=(
            Misconception(
                "percent in place of probabilities",
                PERCENT_KEPT,
                wrong=lambda: {"invented guesses": practice_scores(scale=100)["invented guesses"]},
            ),
            Misconception("distance not squared", NOT_SQUARED, wrong=lambda: practice_scores(1)),
            Misconception(
                "outcome turned round",
                "Your values fit outcomes that are turned round: 1 stands for a statement "
                "that came true. Which of the two columns did you subtract?",
                wrong=lambda: {
                    "invented guesses": float(
                        ((practice()["guess"] / 100 - 1 + practice()["came true"]) ** 2).mean()
                    )
                },
            ),
            Misconception(
                "sum in place of mean",
                "These are sums. The score is a mean, so that five guesses can be compared "
                "with fifty.",
                wrong=lambda: {name: 5 * value for name, value in practice_scores().items()},
            ),
        ),
        hints=(
            "Three steps for each statement: guess as a probability, minus the outcome, squared.",
            "`measures.brier_score(probabilities, outcomes)` does it for a whole column.",
        ),
        see="Section 5, the sum by hand",
    ),
    letter_question(
        "7.1-read",
        "What five guesses prove",
        "b",
        "A third of all coin-tossers beat the 50 % forecaster over six statements. "
        "Calibration is a question for hundreds of guesses.",
        {
            "a": (
                "a bad score read as bad judgement",
                "How often would luck alone give such a score? The cell above the question "
                "tosses coins.",
            ),
            "c": (
                "a score read as a share of right answers",
                "A score is a mean of squared distances. Can it be read as a part of the answers?",
            ),
            "d": (
                "50 % taken for the best",
                "Compute the score of somebody who says 90 for what comes true and 10 for "
                "what does not.",
            ),
        },
        "Look at the share that the coins give, then at the number of guesses.",
        "the cell that tosses coins",
    ),
    Exercise(
        id="7.2",
        title="How much of the text held",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=lambda: ("introduction", "chapter_5"),
            what="text",
            tolerance=0.0051,
            share=True,
            low=0,
            high=100,
        ),
        reference=held_share,
        why=(
            "Most of what can be tested held, often under a condition that the sentence does "
            "not name. The register lists checkable statements, so this is no mark for a whole "
            "argument."
        ),
        misconceptions=(
            Misconception(
                "all claims in the denominator",
                "Your whole holds all claims, also those that no table can decide and those"
                " that time has overtaken. A claim that cannot be tested has not failed.",
                wrong=lambda: held_share(VERDICTS),
            ),
            Misconception(
                "outdated counted as failed",
                "You counted the outdated claims as tested and failed. A text of February "
                "2023 could not know what came later.",
                wrong=lambda: held_share((*HELD, *FAILED, "outdated_since_publication")),
            ),
            Misconception(
                "caveat counted as failed",
                "You counted only what held without a condition. A claim with a caveat "
                "holds, under a condition that is worth naming.",
                wrong=supported_only,
            ),
        ),
        hints=(
            "Four of the six verdicts enter: two above the line of the fraction, four below it.",
            "`counts.loc[held].sum()` adds the two rows for each text.",
        ),
        see="the cell that prints the counts",
    ),
    Exercise(
        id="7.3a",
        title="Words into numbers",
        stage="predict",
        difficulty=2,
        form=Numbers(
            labels=lambda: tuple(DECIDE), what="forecast", low=0, high=1, example="{'F1': 0.8}"
        ),
        why="Kept. You know more than the authors could in February 2023: note where you used it.",
    ),
    Exercise(
        id="7.3b",
        title="Two simple forecasters",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("always 50 %", "nothing changes"), what="forecaster", tolerance=0.0051
        ),
        reference=forecaster_scores,
        why=(
            "Every statement of the list is a change. Who bets on no change is nearly right "
            "five times and very wrong three times, and the square makes the three count."
        ),
        misconceptions=(
            Misconception(
                "percent in place of probabilities",
                PERCENT_KEPT,
                wrong=lambda: forecaster_scores(scale=100),
            ),
            Misconception("distance not squared", NOT_SQUARED, wrong=lambda: forecaster_scores(1)),
            Misconception(
                "root of the mean",
                "You took the root at the end. The Brier score leaves the mean of the "
                "squares as it is.",
                wrong=lambda: {n: float(np.sqrt(v)) for n, v in forecaster_scores().items()},
            ),
            Misconception(
                "probability of no change",
                "nothing changes: your value fits somebody who gives each change nine "
                "chances in ten. The column holds the probability that the statement comes "
                "true.",
                wrong=lambda: {
                    "nothing changes": float(((1 - NO_CHANGE - forecasts()["outcome"]) ** 2).mean())
                },
            ),
        ),
        hints=(
            "`table['nothing changes'] = 0.10` makes a column that holds one number in every row.",
            "The outcomes are the column table['outcome'].",
        ),
        see="Section 5, the sum by hand",
    ),
    Exercise(
        id="7.4a",
        title="Change over spread",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("Russia-US distance, UN", "Russia-China trade", "Russian pipeline gas"),
            what="indicator",
            tolerance=0.051,
        ),
        reference=lambda: {
            name: ratio(indicators()[name])
            for name in ("Russia-US distance, UN", "Russia-China trade", "Russian pipeline gas")
        },
        why=(
            "A change is large or small beside the changes that went before. The same rule, "
            "three yardsticks."
        ),
        misconceptions=(
            Misconception(
                "rule after data",
                "Your spread holds the change of 2022 itself: the largest change makes its "
                "own yardstick longer. Date your rule: only changes up to 2021 may enter.",
                wrong=lambda: {
                    name: rule_after_data()[name]
                    for name in (
                        "Russia-US distance, UN",
                        "Russia-China trade",
                        "Russian pipeline gas",
                    )
                },
            ),
            Misconception(
                "spread of levels",
                "You divided by the spread of the levels. The rule compares a change with "
                "earlier changes: .diff() comes before .std().",
                wrong=lambda: {
                    name: levels_not_changes()[name]
                    for name in (
                        "Russia-US distance, UN",
                        "Russia-China trade",
                        "Russian pipeline gas",
                    )
                },
            ),
        ),
        hints=(
            "One indicator after the other: write its name in the place of the one in the "
            "worked example.",
            "Gas has fewer than ten earlier changes; .tail(10) then takes all there are.",
        ),
        see="the worked example above the task",
    ),
    Exercise(
        id="7.4b",
        title="Break or no break",
        stage="investigate",
        difficulty=2,
        form=Choices(
            items=("gdp", "ppp", "un", "trade", "gas", "burden"),
            options=("break", "no_break"),
            what="indicator",
        ),
        reference=lambda: {
            item: {verdict.replace(" ", "_")}
            for item, verdict in zip(
                ("gdp", "ppp", "un", "trade", "gas", "burden"),
                break_table()["verdict"],
                strict=True,
            )
        },
        why=(
            "The breaks are in what states do to each other, not in how capability is spread. "
            "The rule looks at one year: a slow change, or one that begins later, is not in it."
        ),
        misconceptions=(
            Misconception(
                "growth read as a break",
                "trade: the change of 2022 is large, and so were many before it. Compare it"
                " with twice their spread.",
                wrong=lambda: {"trade": "break"},
            ),
            Misconception(
                "news read as a break",
                "burden: which year does the rule look at, and what did the printed share "
                "do in it?",
                wrong=lambda: {"burden": "break"},
            ),
            Misconception(
                "sign of the ratio",
                "gas: the rule takes the size of the ratio, whatever its sign. A large fall"
                " counts as much as a large rise.",
                wrong=lambda: {"gas": "no_break"},
            ),
        ),
        hints=("Take the size of the ratio, without its sign, and compare it with 2.",),
        see="the rule in Section 5",
    ),
    Exercise(
        id="7.4c",
        title="False alarms",
        stage="make",
        difficulty=3,
        form=Number(tolerance=0.0051, share=True, low=0, high=100),
        reference=alarm_share,
        why=(
            "A rule that rings in about a fifth of the quiet years is a poor witness when it "
            "rings once. The next cell counts how often several rang together."
        ),
        misconceptions=(
            Misconception(
                "the total counted as a row",
                "Your value fits a mean of the shares of the indicators. A row with one or "
                "two tries would weigh as much as one with sixteen: divide all alarms by "
                "all tries.",
                wrong=lambda: float(
                    (false_alarms()["alarms"] / false_alarms()["tries"]).drop("all").mean()
                ),
            ),
            Misconception(
                "alarms over indicators",
                "Your value is above 1: alarms divided by indicators. What is one try of the rule?",
                wrong=lambda: float(false_alarms().at["all", "alarms"] / len(INDICATORS)),
            ),
        ),
        hints=("One try is one indicator in one year. The last row has both sums.",),
        see="the printed table of tries and alarms",
    ),
    Exercise(
        id="7.4d",
        title="Put the test in order",
        stage="investigate",
        difficulty=2,
        form=Ordering(labels=("A", "B", "C", "D", "E")),
        reference=lambda: ("C", "E", "A", "D", "B"),
        why="The rule is dated before the data are loaded: nobody can bend it to the result.",
        misconceptions=(
            Misconception(
                "rule after data",
                "The threshold stands after the result is known. What could somebody do who"
                " dislikes the result?",
                wrong=lambda: ("E", "A", "D", "C", "B"),
            ),
            Misconception(
                "spread before changes",
                "The spread is taken before the changes exist. Which line makes the name "
                "`changes`?",
                wrong=lambda: ("C", "E", "D", "A", "B"),
            ),
        ),
        hints=("The first line needs no data at all.",),
        see="the worked example above the task",
    ),
    Exercise(
        id="7.5a",
        title="Which way is more",
        stage="investigate",
        difficulty=2,
        form=Choices(
            items=("market", "ppp", "military", "share", "un"),
            options=("rise", "fall"),
            what="indicator",
        ),
        reference=lambda: {
            item: {"rise" if sign > 0 else "fall"}
            for item, sign in zip(
                ("market", "ppp", "military", "share", "un"), SCORECARD.values(), strict=True
            )
        },
        why=(
            "A sum of indicators needs one direction. The direction is a judgement: write it "
            "down before you add."
        ),
        misconceptions=(
            Misconception(
                "direction of a share reversed",
                "share: if one state holds more of the world's military spending, is "
                "capability spread more widely or less?",
                wrong=lambda: {"share": "rise"},
            ),
            Misconception(
                "effective number taken for concentration",
                "market: an effective number is 1 over the index of concentration. Which "
                "way does it go when shares become more equal?",
                wrong=lambda: {"market": "fall"},
            ),
        ),
        hints=("Ask: what would the number be if one state held everything?",),
        see="the list of the five indicators",
    ),
    Exercise(
        id="7.5b",
        title="A thousand weightings",
        stage="make",
        difficulty=4,
        form=Number(tolerance=0.0051, share=True, low=0, high=100),
        reference=share_more,
        why=(
            "The share is about our weightings, not about the world: other indicators, years or"
            " scales give another one."
        ),
        misconceptions=(
            Misconception(
                "direction reversed",
                "Your share fits a sum in which every rise counts as more multipolar. One "
                "of the five must be turned before you add.",
                wrong=lambda: share_more(directions=reversed_direction()),
            ),
            Misconception(
                "share of the other side",
                "Your share fits the weightings with a sum below 0. Which side of 0 means "
                "more multipolar?",
                wrong=lambda: 1 - share_more(),
            ),
            Misconception(
                "share of indicators",
                "You counted indicators. Wanted is the part of the thousand weighted sums.",
                wrong=lambda: float((turned() > 0).mean()),
            ),
        ),
        hints=(
            "`sums > 0` is True or False for each weighting.",
            "The mean of True and False is the share of True.",
        ),
        see="the cell that makes the weightings",
    ),
    Exercise(
        id="7.5c",
        title="Another first year",
        stage="modify",
        difficulty=3,
        form=Number(tolerance=0.0051, low=0, high=1),
        reference=lambda: share_more(2014),
        why=(
            "All five indicators moved to the other side after 2014. One start date makes the "
            "sentence, another unmakes it."
        ),
        misconceptions=(
            Misconception(
                "the old window",
                "That is the share of the window from 2001. Have both cells been run again "
                "with 2014?",
                wrong=share_more,
            ),
            Misconception(
                "direction reversed",
                "Your share fits a sum in which every rise counts as more multipolar. Use "
                "`turned`, not the plain changes.",
                wrong=lambda: share_more(2014, directions=reversed_direction()),
            ),
        ),
        hints=("Only the first year changes: unit.turned(2014, 2022).",),
        see="Exercise 7.5b",
    ),
    Exercise(
        id="7.5d",
        title="The evidence matrix",
        stage="investigate",
        difficulty=3,
        form=Choices(
            items=tuple(f"{claim}/{witness}" for claim in CLAIMS for witness in WITNESSES),
            options=("against", "survives", "no_test"),
            what="cell",
        ),
        reference=lambda: {name: {verdict} for name, verdict in matrix()["verdict"].items()},
        why=(
            "No claim comes through every test that it meets, and each has a row that cannot test "
            "it. A claim that survives is not proved: it was not caught here."
        ),
        misconceptions=(
            Misconception(
                "no result read as a result",
                "old/military: the rule could not be applied. If there had been a jump in 2022, "
                "would this row have shown it?",
                wrong=lambda: {"old/military": "survives"},
            ),
            Misconception(
                "any number read as a test",
                "Look at the row of gas under the two claims of new wine: would the share look "
                "different if the claim were false? A number that fits both cases tests neither.",
                sees=lambda answer: any(
                    answer[f"{claim}/gas"] in ("against", "survives")
                    for claim in CLAIMS
                    if claim != "old"
                ),
                example=lambda: matrix()["verdict"].to_dict() | {"since_2014/gas": "against"},
            ),
            Misconception(
                "sign of the ratio",
                "old/gas: the rule takes the size of the ratio. A fall is a break, too.",
                wrong=lambda: {"old/gas": "survives"},
            ),
            Misconception(
                "movement read as support",
                "since_2014: a minus means less multipolar by this number. Is "
                "that what one would see if the claim were false, or if it were true?",
                wrong=lambda: {"since_2014/output": "survives"},
            ),
            Misconception(
                "one first year for both claims",
                "since_2001: your verdict fits the other first year. The claims differ in one "
                "number only; read the sign under each.",
                wrong=lambda: {"since_2001/output": "against"},
            ),
        ),
        hints=(
            "Cover the claim. Read first what one would see if it were false, then what is seen: "
            "do they agree?",
            "Two questions for each cell: could this row have caught the claim? If yes, did it?",
        ),
        see="the printed matrix above the task",
    ),
    letter_question(
        "7.peer",
        "Your finding in one sentence",
        "c",
        "The share counts choices of ours. It says how robust the finding is, and over what.",
        {
            "a": (
                "a majority of weightings read as a fact",
                "Would the sentence survive another start year? Exercise 7.5c tried one.",
            ),
            "b": (
                "weightings read as chances",
                "What was drawn at random: the world, or our weights?",
            ),
            "d": (
                "uncertain taken for empty",
                "A finding that depends on a choice is a finding about that choice. Can it "
                "be said?",
            ),
        },
        "What exactly was varied a thousand times, and what was left as it was?",
        "Exercise 7.5b",
    ),
    Exercise(
        id="7.6",
        title="Three conclusions of your own",
        stage="write",
        difficulty=3,
        form=Essay(least_words=25, parts=("first", "second", "third")),
        why=(
            "Kept. Now read the chapter in the book (from p. 117) and mark each of your three: "
            "said there too, said otherwise, not said."
        ),
    ),
    Exercise(
        id="7.7",
        title="The dossier",
        stage="make",
        difficulty=5,
        form=DOSSIER,
        why=(
            "The form is complete: five claims, every cell filled, verdicts from the scale. "
            "Whether the verdicts hold is for your reader."
        ),
    ),
    essay("7.8", title="Old wine, new bottles?", difficulty=5),
    second_guess("7.exit", looks_back=""),
]
