"""Problem set 1 · Order and votes: tallies, cohesion, agreement."""

from __future__ import annotations

import random
from typing import Any

from multipolarity.forms import Grid, Numbers
from multipolarity.problem_sets import Function
from multipolarity.tables import load

TITLE = "Problem set 1 · Order and votes"
POINTS = 20
BALLOTS = ("yes", "no", "abstain", "absent")
RESOLUTIONS = (
    *("A/RES/68/262", "A/RES/74/17", "A/RES/74/168"),
    *("A/RES/ES-11/1", "A/RES/ES-11/3"),
)
TREATMENTS = ("as abstention", "own category")
STATES = (
    *("Algeria", "Argentina", "Armenia", "Brazil", "China", "Colombia", "Cuba", "Egypt"),
    *("Ethiopia", "Germany", "Hungary", "India", "Indonesia", "Iran", "Israel", "Japan"),
    *("Kazakhstan", "Kenya", "Mexico", "Nigeria", "Pakistan", "Philippines", "Russia"),
    *("Saudi Arabia", "Serbia", "South Africa", "Türkiye", "United States", "Viet Nam"),
)
# Absent three times each: whichever two resolutions are left out, an absence stays.
AWAY = ("Djibouti", "Rwanda", "Senegal", "Tajikistan", "Tanzania", "Uzbekistan")
ANCHORS = (
    ("Germany", "Brazil"),
    ("Mexico", "China"),
    ("Japan", "South Africa"),
    ("Türkiye", "Kazakhstan"),
    ("Philippines", "Viet Nam"),
    ("Serbia", "Indonesia"),
    ("Argentina", "Pakistan"),
)
ENDS = ("lowest", "highest")


def draw(rng: random.Random) -> dict[str, Any]:
    """A resolution, four groups, a treatment of absence; six states, two texts left out, a pair."""
    pair = list(rng.choice(ANCHORS))
    return {
        "resolution": rng.choice(RESOLUTIONS),
        "groups": ["SCO", "CSTO", rng.choice(["ASEAN", "BRICS"]), rng.choice(["EU", "NATO"])],
        "treatment": rng.choice(TREATMENTS),
        "states": sorted([*rng.sample(STATES, 4), *rng.sample(AWAY, 2)]),
        "left_out": _two_texts(rng, pair),
        "pair": pair,
    }


def _two_texts(rng: random.Random, pair: list[str]) -> list[str]:
    """Two resolutions to leave out; the pair differed on one of them, or nothing would change."""
    votes = load("un_votes").set_index(["country", "resolution"])["vote"]
    first, second = (votes[state].sort_index() for state in pair)
    apart = rng.choice(list(first.index[first != second]))
    others = [name for name in first.index if name != apart]
    return sorted([apart, rng.choice(others)])


def forms(task: dict[str, Any]) -> dict[str, Any]:
    """The form of each item's answer."""

    def named(labels: tuple[str, ...], what: str, **limits: Any) -> Numbers:
        example = str({label: 0.1 * n for n, label in enumerate(labels[:2], 1)})
        return Numbers(labels=lambda: labels, what=what, example=example, **limits)

    groups, states = tuple(task["groups"]), tuple(task["states"])
    index = {"tolerance": 0.001, "low": 0, "high": 1}
    return {
        "tally": named(BALLOTS, "ballot", tolerance=1e-9, low=0, high=193),
        "group_tally": Grid(
            rows=lambda: groups,
            columns=lambda: BALLOTS,
            tolerance=1e-9,
            example="a DataFrame with a row per group and a column per ballot",
        ),
        "dropped": named(groups, "group", **index),
        "counted": named(groups, "group", **index),
        "bounds": Function(named(ENDS, "end", **index), [4, 1, 2, 1]),
        "matrix": Grid(
            rows=lambda: states,
            columns=lambda: states,
            tolerance=0.001,
            share=True,
            example="a DataFrame with your six states as rows and as columns",
        ),
        "nearer": named((*task["pair"], "level"), "answer", tolerance=1e-9, low=0, high=193),
    }
