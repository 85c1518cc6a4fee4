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
# Pairs of states and years in which their distance fell, so that the sign counts, and by so much that
# it matters whether the year itself is among the ten.
FALLS = {
    ("USA", "CHN"): (2013, 2015, 2023),
    ("USA", "IND"): (2015, 2019),
    ("USA", "BRA"): (2015, 2017, 2019, 2020, 2022),
    ("USA", "RUS"): (2015, 2016, 2023),
    ("RUS", "IND"): (2015, 2017, 2020, 2023),
    ("RUS", "KAZ"): (2016, 2018, 2020, 2022),
    ("CHN", "RUS"): (2013, 2015, 2017, 2021, 2023),
    ("CHN", "IND"): (2013, 2017, 2021, 2023),
}
# A first year and later ones; between the two the measures do not all say the same.
SPANS = {
    2001: (2005, 2010, 2017, 2020, 2021, 2022),
    2005: (2014, 2017, 2020, 2021, 2022),
    2010: (2014, 2017, 2020, 2021, 2022),
    2020: (2022,),
}
# No weight is the sum of the two others (a score of 0 has no direction) or the mean of the three (the
# weighted mean would be the plain one).
WEIGHTS = ((1, 2, 4), (1, 2, 5), (1, 3, 6), (2, 3, 6))
VERDICTS = ("break", "no break", "cannot say")


def draw(rng: random.Random) -> dict[str, Any]:
    """Eight invented forecasts, a pair of states and a year, two years and weights."""
    probabilities = rng.choices([0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9], k=8)
    happened = [1, 0, *(int(rng.random() < p) for p in probabilities[2:])]
    pair = rng.choice(list(FALLS))
    first, last = rng.choice([(first, last) for first in SPANS for last in SPANS[first]])
    return {
        "forecasts": [list(pair) for pair in zip(probabilities, happened, strict=True)],
        "pair": list(pair),
        "year": rng.choice(FALLS[pair]),
        "first": first,
        "last": last,
        "weights": dict(zip(MEASURES, rng.sample(rng.choice(WEIGHTS), 3), strict=True)),
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
