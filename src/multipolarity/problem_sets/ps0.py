"""Problem set 0 · Polarity: shares, concentration and a rule for one word."""

from __future__ import annotations

import random
from typing import Any

from multipolarity.forms import Choice, Numbers
from multipolarity.problem_sets import Function

TITLE = "Problem set 0 · Polarity"
POINTS = 20
COLUMNS = {  # measure -> table, column (world_totals has the same columns)
    "market GDP": ("country_year", "gdp_usd_bn"),
    "purchasing power": ("country_year", "gdp_ppp_bn"),
    "military spending": ("military_spending", "spending_usd_m"),
}
BASE_YEARS = (2001, 2005, 2010, 2014)
LAST_YEAR = 2022
TWENTY = (
    *("Australia", "Brazil", "Canada", "China", "France", "Germany", "India", "Indonesia"),
    *("Italy", "Japan", "Mexico", "Poland", "Russia", "Saudi Arabia", "South Africa"),
    *("South Korea", "Spain", "Türkiye", "United Kingdom", "United States"),
)
LABELS = ("unipolar", "bipolar", "multipolar", "unclear")
LISTS = ("own", "top 10", "top 40")


def draw(rng: random.Random) -> dict[str, Any]:
    """Five states, two of them as a bloc, a measure, a base year, thresholds of the rule."""
    states = sorted(rng.sample(TWENTY, 5))
    return {
        "states": states,
        "bloc": sorted(rng.sample(states, 2)),
        "measure": rng.choice(list(COLUMNS)),
        "year": rng.choice(BASE_YEARS),
        "rule": {
            "unipolar": rng.choice([0.45, 0.55, 0.6]),  # never the one of unit 0
            "bipolar": rng.choice([0.2, 0.25, 0.3]),
            "multipolar": rng.choice([0.05, 0.06, 0.08, 0.1]),
        },
    }


def forms(task: dict[str, Any]) -> dict[str, Any]:
    """The form of each item's answer."""

    def named(labels: tuple[str, ...], what: str, **limits: Any) -> Numbers:
        example = str({label: 0.1 * n for n, label in enumerate(labels[:2], 1)})
        return Numbers(labels=lambda: labels, what=what, example=example, **limits)

    states = tuple(task["states"])
    years = (str(task["year"]), str(LAST_YEAR))
    share = {"tolerance": 0.0001, "share": True, "low": 0, "high": 100}
    index = {"tolerance": 0.001, "low": 0, "high": 1}
    return {
        "world_share": named(states, "state", **share),
        "own_share": named(states, "state", **share),
        "hhi": named(years, "year", **{**index, "tolerance": 5e-5}),
        "effective": named(years, "year", tolerance=0.005, low=1, high=100),
        "con": named(LISTS, "list", **index),
        "con_bloc": named(years, "year", **index),
        "polarity": Function(Choice(LABELS), [{"Alba": 0.7, "Borea": 0.2, "Cadia": 0.1}, []]),
    }
