"""Problem set 3 · Decoupling: two half-years of gas, and a table with a fault in it."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd

from multipolarity.forms import Choices, Number, Numbers
from multipolarity.problem_sets import Function
from multipolarity.tables import load

TITLE = "Problem set 3 · Two half-years of gas"
POINTS = 20
TIMES = ("before", "after")
FAULTS = ("doubled", "unit", "missing")
PARTS = ("price", "volume", "value", "others")
GOODS = ("coal", "fertilisers", "iron and steel", "petroleum oils")
SPOILT = ("Algeria", "Norway", "Russia")
NOT_DOUBLED = ("2024Q1", "2024Q2")  # doubling Russia's rows here leaves the answer of 2b as it is
LNG = "LNG (all origins)"
# Where the half-year after begins (from 2023 on LNG has one source), and years before it. In those
# that are missing the two quarters are so alike that a mean of them hides what adding them up shows.
YEARS = {
    (2023, 1): (2015, 2016, 2017, 2018, 2019),
    (2023, 2): (2015, 2016, 2017, 2018, 2019),
    (2023, 4): (2015, 2016, 2018, 2019),
    (2024, 1): (2015, 2019),
    (2024, 2): (2015, 2016, 2017, 2018),
    (2024, 3): (2016, 2017, 2019),
}


def half_year(year: int, quarter: int) -> list[str]:
    """The two quarters that begin with this one."""
    following = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    return [f"{y}Q{q}" for y, q in ((year, quarter), following)]


def draw(rng: random.Random) -> dict[str, Any]:
    """The same half of two years, a good of question 5, and a row of the table to spoil."""
    year, quarter = rng.choice(list(YEARS))
    before = half_year(rng.choice(YEARS[year, quarter]), quarter)
    after = half_year(year, quarter)
    table = load("eu_gas_flows")
    rows = table[table["period"].isin([*before, *after]) & table["supplier"].isin(SPOILT)]
    kind = rng.randrange(len(FAULTS))
    if FAULTS[kind] == "doubled":
        rows = rows[(rows["supplier"] != "Russia") | ~rows["period"].isin(NOT_DOUBLED)]
    return {
        "before": before,
        "after": after,
        "good": rng.choice(GOODS),
        "fault": [kind, rng.choice(list(rows.index))],
    }


def flows(task: dict[str, Any]) -> pd.DataFrame:
    """Gas that entered the EU by quarter and supplier, with one fault."""
    table = load("eu_gas_flows")[["period", "supplier", "volume_bcm"]]
    kind, row = task["fault"]
    if FAULTS[kind] == "doubled":
        table = pd.concat([table, table.loc[[row]]]).sort_index()
    elif FAULTS[kind] == "unit":
        table.loc[row, "volume_bcm"] *= 1000
    else:
        table = table.drop(row)
    return table.reset_index(drop=True)


def forms(task: dict[str, Any]) -> dict[str, Any]:
    """The form of each item's answer."""

    def named(labels: tuple[str, ...], what: str, **limits: Any) -> Numbers:
        example = str({label: 0.1 * n for n, label in enumerate(labels[:2], 1)})
        return Numbers(labels=lambda: labels, what=what, example=example, **limits)

    gas = load("eu_gas_flows")
    suppliers = tuple(sorted(gas["supplier"].unique()))
    words = [*FAULTS, *(s.replace(" ", "_") for s in suppliers if s != LNG), "LNG"]
    quarters = list(dict.fromkeys(gas["period"]))
    example = [{"Alba": 60, "Borea": 20, "Cadia": 20}, ["Alba"], 0.5]
    return {
        "planted": Choices(("kind", "supplier", "period"), [*words, *quarters], "part"),
        "share_changes": named(suppliers, "supplier", tolerance=0.0005, share=True),
        "hhi": named(TIMES, "half-year", tolerance=5e-5, low=0, high=1),
        "hhi_by_origin": Number(tolerance=5e-5, low=0, high=1),
        "log_changes": named(PARTS, "part", tolerance=0.001),
        "parts": named(("replaced", "less"), "part", tolerance=0.0005, share=True),
        "shortfall": Function(Number(tolerance=1e-6), example),
    }
