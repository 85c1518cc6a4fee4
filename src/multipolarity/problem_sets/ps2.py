"""Problem set 2 · Russia: uneven capabilities, shared seats, isolation, weights."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from multipolarity.forms import Grid, Misread, Numbers, Unfinished, is_open, kind, read_option
from multipolarity.tables import load
from multipolarity.units import u02_russia as unit

TITLE = "Problem set 2 · Russia in a multipolar world"
POINTS = 20
YEARS = (2020, 2021, 2022)
NUMBERS = (20, 25, 30, 35)
FAULTS = ("doubled", "unit", "missing")
COLUMNS = {
    "military spending": "spending_usd_m",
    "market GDP": "gdp_usd_bn",
    "purchasing power": "gdp_ppp_bn",
    "population": "population_m",
}
FOCUS = ("Belarus", "Brazil", "China", "India", "Kazakhstan", "South Africa")
BEFORE = ("2014-06-30", "2018-06-30", "2021-12-31")  # days before and after 24 February 2022
AFTER = ("2024-06-30", "2024-12-31", "2025-06-30")
TIMES = ("before", "after")
REMOVABLE = (
    *("Australia", "Canada", "Japan", "Norway", "Singapore", "South Korea", "Switzerland"),
    *("Ukraine", "United Kingdom"),
)
# Without those whose draws put each state among the closest as often as the unit's own seed does.
SEEDS = sorted(
    {*range(1000, 1300)}
    - {1020, 1046, 1062, 1086, 1092, 1096, 1114, 1117, 1191, 1204, 1261, 1267, 1271, 1280, 1289}
)
INDICATORS = ("Ukraine votes", "all votes 2019", "organisations", "not listed")
BALLOTS = ("yes", "no", "abstain", "absent")
VIEWS = ("states", "people", "output")


def draw(rng: random.Random) -> dict[str, Any]:
    """A year with a faulty table, list sizes, two states and two days, a vote, weights, a seed."""
    focus = rng.choice(FOCUS)
    # Belarus joined the SCO in July 2024; until then all its days give the same seats.
    after = AFTER[1:] if focus == "Belarus" else AFTER
    return {
        "year": rng.choice(YEARS),
        "table": rng.randrange(10**6),
        "number": rng.choice(NUMBERS),
        "pair": [focus, "Russia"],
        "before": rng.choice(BEFORE),
        "after": rng.choice(after),
        "without": sorted(rng.sample(REMOVABLE, 2)),
        "resolution": rng.choice(unit.ES_11),
        "weights": dict(zip(INDICATORS, rng.sample([1, 2, 3, 4], 4), strict=True)),
        "seed": rng.choice(SEEDS),
        "closest": rng.choice([3, 4, 6]),
    }


def full_table(year: int) -> pd.DataFrame:
    """Country, output, people and military spending of one year, without a fault."""
    columns = ["country", "year", "spending_usd_m"]
    arms = load("military_spending")[columns].astype({"spending_usd_m": float})
    rows = load("country_year").merge(arms, on=["country", "year"], how="left")
    return rows.query("year == @year").reset_index(drop=True)


def states(task: Mapping[str, Any]) -> pd.DataFrame:
    """The table of your year with one fault, in one of the larger states.

    It is one that question 3a counts, so that the fault alters questions 1b and 3a.
    """
    rng = random.Random(task["table"])
    table = full_table(task["year"])
    large = table.loc[table["gdp_usd_bn"].nlargest(14).index]
    listed = load("sanctions").query("country not in @task['without']")["iso3"]
    row = rng.choice(list(large.index[large["iso3"].isin(listed)]))
    fault = rng.choice(FAULTS)
    if fault == "doubled":
        table = pd.concat([table, table.loc[[row]]])
    elif fault == "unit":
        table.loc[row, "gdp_usd_bn"] *= 1000
    else:
        table = table.drop(index=row)
    return table.sort_values("country").reset_index(drop=True)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a table: one of three kinds, and the country of the row."""

    def read(self, answer: Any, partial: bool = False) -> dict[str, str]:
        if not isinstance(answer, Mapping) or set(answer) != {"kind", "country"}:
            raise Misread(
                f"You gave {kind(answer)}; a dict with the two names kind and country is wanted."
            )
        still = [name for name, value in answer.items() if is_open(value)]
        if still:
            raise Unfinished(f"Still open: {', '.join(still)}.")
        known = {name.casefold(): name for name in load("countries")["country"]}
        country = known.get(str(answer["country"]).strip().casefold())
        if country is None:
            raise Misread("Your country is not in the table `countries`; use its spelling.")
        return {"kind": read_option(answer["kind"], FAULTS, "Your kind"), "country": country}

    def same(self, a: Mapping[str, str], b: Mapping[str, str]) -> bool:
        return all(a.get(name) == value for name, value in b.items())

    def diagnose(self, answer: Mapping[str, str], reference: Mapping[str, str]) -> str:
        good = [name for name in reference if answer[name] == reference[name]]
        part = f"The {good[0]} is right, the other is not. " if good else ""
        return f"{part}Count the rows of each country, sort the output, and ask which large state you miss."


def forms(task: dict[str, Any]) -> dict[str, Any]:
    """The form of each item's answer."""

    def named(labels: tuple[str, ...], what: str, **limits: Any) -> Numbers:
        example = str({label: 0.1 * n for n, label in enumerate(labels[:2], 1)})
        return Numbers(labels=lambda: labels, what=what, example=example, **limits)

    share = {"tolerance": 0.0005, "share": True, "low": 0, "high": 100}
    others = tuple(state for state in unit.FIFTEEN if state != task["pair"][0])
    return {
        "planted": Fault(),
        "ginis": named(tuple(COLUMNS), "capability", tolerance=0.001, low=0, high=1),
        "shared": named(others, "state", tolerance=1e-9, low=0, high=11),
        "degree": Grid(
            rows=lambda: tuple(task["pair"]),
            columns=lambda: TIMES,
            tolerance=1e-9,
            example="a DataFrame with a row per state and the columns before and after",
        ),
        "list_share": named(VIEWS, "view", **share),
        "off_list": named(BALLOTS, "ballot", **share),
        "closeness": named(unit.OTHERS, "state", tolerance=0.001, low=0, high=1),
        "in_top": named(unit.OTHERS, "state", **share),
    }
