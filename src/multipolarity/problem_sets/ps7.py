"""Problem set 7 · Forecasts, breaks and scorecards."""

from __future__ import annotations

import random
from typing import Any

from multipolarity.forms import Choice, Number, Numbers
from multipolarity.problem_sets import Function

TITLE = "Problem set 7 · Forecasts, breaks and scorecards"
POINTS = 20
FORECASTERS = ("mine", "always half", "base rate")
MEASURES = ("GDP", "GDP at purchasing power", "military spending")
PAIRS = (
    ("USA", "CHN"),
    ("USA", "IND"),
    ("USA", "BRA"),
    ("RUS", "IND"),
    ("RUS", "KAZ"),
    ("CHN", "RUS"),
)
FIRST = (2001, 2005, 2010, 2020)  # from these to 2022 the measures do not all say the same
VERDICTS = ("break", "no break", "cannot say")


def draw(rng: random.Random) -> dict[str, Any]:
    """Eight invented forecasts, a pair of states and a year, a first year and weights."""
    probabilities = rng.choices([0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9], k=8)
    happened = [1, 0, *(int(rng.random() < p) for p in probabilities[2:])]
    return {
        "forecasts": [list(pair) for pair in zip(probabilities, happened, strict=True)],
        "pair": list(rng.choice(PAIRS)),
        "year": rng.choice([2014, 2016, 2017, 2020, 2022]),
        "first": rng.choice(FIRST),
        "weights": dict(zip(MEASURES, rng.sample([1, 2, 3, 5], 3), strict=True)),
        "most": rng.choice([4, 5, 6, 7]),
    }


def forms(task: dict[str, Any]) -> dict[str, Any]:
    """The form of each item's answer."""
    steady = {str(year): 0.01 * (year % 3) for year in range(2000, 2020)}
    measures = {"labels": lambda: MEASURES, "what": "measure", "example": "{'GDP': -0.01}"}
    return {
        "brier": Numbers(lambda: FORECASTERS, "forecaster", 0.0005, low=0, high=1,
                         example="{'mine': 0.2}"),
        "ratio": Number(tolerance=0.005, low=-100, high=100),
        "is_break": Function(Choice(VERDICTS), (steady, 2015, 2)),
        "hhi_change": Numbers(**measures, tolerance=5e-5, low=-1, high=1),
        "score": Number(tolerance=0.0005, low=-1, high=1),
        "share_of_weightings": Number(tolerance=0.0005, share=True, low=0, high=100),
    }  # fmt: skip
