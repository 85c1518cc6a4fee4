"""Problem set 4 · Russia and China: who needs whom, how fast, and what came when?"""

from __future__ import annotations

import random
from typing import Any

import pandas as pd

from multipolarity.forms import Number, Numbers
from multipolarity.problem_sets import Function

TITLE = "Problem set 4 · Russia and China"
POINTS = 20
SIDES = ("buyer", "Russia")
FLOWS = ("China to Russia", "Russia to China")
PLACEBO = ("change", "share", "mean")
# A date and a window. Both flows rose at each of them and fell at a false date. With a window of one
# year no false date could reach into the real one.
DATES = (*((year, 2) for year in range(2017, 2023)), *((year, 3) for year in range(2018, 2022)))
CARDS = ("B", "C", "D", "E", "F", "G", "K")


def draw(rng: random.Random) -> dict[str, Any]:
    """A buyer of arms and four years, years of growth, a flow with a date and a window, a ladder."""
    start, first = rng.choice(range(2000, 2020)), rng.choice(range(2001, 2008))
    date, window = rng.choice(DATES)
    return {
        "buyer": rng.choice(["China", "India"]),
        "arms": [start, start + 3],
        "growth": [first, first + rng.choice(range(7, 13))],
        "flow": rng.choice(FLOWS),
        "date": date,
        "window": window,
        "ladder": [rng.choice([2003, 2007, 2010]), rng.choice([2014, 2018, 2020])],
        "card": rng.choice(CARDS),
    }


def forms(task: dict[str, Any]) -> dict[str, Any]:
    """The form of each item's answer."""

    def named(labels: tuple[str, ...], what: str, **limits: Any) -> Numbers:
        example = str({label: 0.1 * n for n, label in enumerate(labels, 1)})
        return Numbers(labels=lambda: labels, what=what, example=example, **limits)

    values = pd.Series({2001: 10, 2002: 20, 2003: 30})
    return {
        "dependence": named(SIDES, "side", tolerance=0.0005, share=True, low=0, high=100),
        "asymmetry": Number(tolerance=0.0005, low=-1, high=1),
        "growth": named(FLOWS, "flow", tolerance=0.0005, share=True),
        "other_book": Number(tolerance=0.0005, share=True),
        "window_change": Function(Number(tolerance=1e-6), [values, 2003, 1]),
        "placebo": named(PLACEBO, "part", tolerance=0.0005),
    }
