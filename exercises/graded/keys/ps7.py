"""Key of problem set 7. For the instructor only: it is in no archive and not in the book."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from multipolarity import measures
from multipolarity.exercise import Misconception
from multipolarity.grading.items import Item, Maker
from multipolarity.problem_sets import ps7
from multipolarity.tables import load

BEFORE = 10  # changes that the rule looks back on


def brier(task: dict[str, Any], power: float = 2, root: float = 1) -> dict[str, float]:
    record = pd.DataFrame(task["forecasts"], columns=["said", "happened"])
    made = {
        "mine": record["said"],
        "always half": 0.5,
        "base rate": record["happened"].mean(),
    }
    return {
        who: float((abs(p - record["happened"]) ** power).mean() ** root) for who, p in made.items()
    }


def distance(task: dict[str, Any]) -> pd.Series:
    points = load("un_ideal_points").pivot(index="year", columns="iso3", values="ideal_point")
    first, second = task["pair"]
    return (points[first] - points[second]).abs().dropna()


def ratio(task: dict[str, Any], ddof: int = 1, own: int = 0, levels: bool = False) -> float:
    values = distance(task)
    changes = values if levels else values.diff().dropna()
    before = changes.loc[: task["year"] - 1 + own].tail(BEFORE)
    return float(changes[task["year"]] / before.std(ddof=ddof))


def _verdict(
    changes: dict[str, float],
    year: int,
    factor: float,
    *,
    ddof: int = 1,
    most: int = BEFORE,
    least: int = BEFORE,
    own: int = 0,
) -> str:
    known = sorted((int(when), value) for when, value in changes.items())
    earlier = [value for when, value in known if when < year + own][-most:]
    if len(earlier) < least or str(year) not in changes:
        return "cannot say"
    spread = np.std(earlier, ddof=ddof)
    return "break" if abs(changes[str(year)]) > factor * spread else "no break"


def is_break(changes: dict[str, float], year: int, factor: float) -> str:
    return _verdict(changes, year, factor)


def rises_only(changes: dict[str, float], year: int, factor: float) -> str:
    found = is_break(changes, year, factor)
    return "no break" if found == "break" and changes[str(year)] < 0 else found


def from_the_line_on(changes: dict[str, float], year: int, factor: float) -> str:
    return is_break(changes, year, factor - 1e-9)


def population(changes: dict[str, float], year: int, factor: float) -> str:
    return _verdict(changes, year, factor, ddof=0)


def all_earlier(changes: dict[str, float], year: int, factor: float) -> str:
    return _verdict(changes, year, factor, most=1000)


def own_year(changes: dict[str, float], year: int, factor: float) -> str:
    return _verdict(changes, year, factor, own=1, most=BEFORE + 1)


def with_fewer(changes: dict[str, float], year: int, factor: float) -> str:
    return _verdict(changes, year, factor, least=2)


def always_two(changes: dict[str, float], year: int, factor: float) -> str:
    return is_break(changes, year, 2)


def cases(task: dict[str, Any]) -> list[list[Any]]:
    """Borders of the rule; the ten changes before have the student's own number as spread."""
    scale = task["year"] - 2012
    steps = [1.5, -1.5, 1.5, -1.5, 0, 0, 0, 0, 0, 0]
    calm = {str(year): scale * step for year, step in enumerate(steps, 2002)}
    wild = {str(year): scale * (50.0 if year % 2 else -50.0) for year in range(1990, 2000)}
    hole = {"2001" if year == "2006" else year: step for year, step in calm.items()}
    nine = {year: step for year, step in calm.items() if year != "2002"}

    def then(before: dict[str, float], size: float) -> dict[str, float]:
        return {**before, "2012": scale * size}

    return [
        [then(calm, 3), 2012, 2],
        [then(calm, -3), 2012, 2],  # a fall
        [then(calm, 1.5), 2012, 2],
        [then(calm, 2), 2012, 2],  # on the line
        [then(calm, 1.95), 2012, 2],  # beyond it with n in place of n - 1
        [then(calm, 2.3), 2012, 2],  # not beyond it if the year itself is counted in
        [then(calm, 1.5), 2012, 1],
        [then(calm, -3), 2012, 4],
        [then(calm, 3), 2013, 2],  # no change in the year
        [then(nine, 9), 2012, 2],  # nine changes before it
        [{**wild, **then(calm, 3)}, 2012, 2],  # more than ten
        [dict(reversed({**wild, **then(calm, 3)}.items())), 2012, 2],  # in another order
        [{**then(calm, 3), "2013": 99.0 * scale}, 2012, 2],  # later years
        [then(hole, 3), 2012, 2],  # a year without an entry
    ]


COLUMNS = {
    "GDP": ("country_year", "gdp_usd_bn"),
    "GDP at purchasing power": ("country_year", "gdp_ppp_bn"),
    "military spending": ("military_spending", "spending_usd_m"),
}


def hhis(task: dict[str, Any], each_year_alone: bool = False) -> pd.DataFrame:
    """Measures by the two years: HHI among the states with a value in both, or in each."""
    years = [task["first"], task["last"]]
    found = {}
    for name, (table, column) in COLUMNS.items():
        wide = load(table).pivot(index="iso3", columns="year", values=column)[years]
        wide = wide if each_year_alone else wide.dropna()
        found[name] = [measures.hhi(measures.shares(wide[year].dropna())) for year in years]
    return pd.DataFrame(found, index=years).T


def hhi_change(task: dict[str, Any], sign: int = 1, each_year_alone: bool = False) -> pd.Series:
    found = hhis(task, each_year_alone)
    return sign * (found[task["last"]] - found[task["first"]])


def score(task: dict[str, Any], direction: int = -1, weighted: bool = True) -> float:
    signs = direction * np.sign(hhi_change(task))
    weights = pd.Series(task["weights"]) if weighted else pd.Series(1, index=ps7.MEASURES)
    return float((signs * weights).sum() / weights.sum())


def share_of_weightings(task: dict[str, Any], direction: int = -1, ties: bool = False) -> float:
    signs = (direction * np.sign(hhi_change(task)))[list(ps7.MEASURES)].to_numpy()
    scores = [float(signs @ np.array(w)) for w in product(range(1, task["most"] + 1), repeat=3)]
    return float(np.mean([s >= 0 if ties else s > 0 for s in scores]))


def items(task: dict[str, Any]) -> list[Item]:
    """The autograded items of one student, 13 points."""
    make = Maker(task, ps7.forms(task))
    inputs = cases(task)

    wrong_ways = {
        rises_only: "A fall can be a break as well: what does the rule say about the sign?",
        from_the_line_on: "On the line is not beyond it: the rule says more than.",
        population: "Your standard deviation divides by n; the rule says n - 1.",
        all_earlier: "Your spread takes in more changes than the rule names.",
        own_year: "The change of the year itself seems to be part of its own yardstick.",
        with_fewer: "Your function gives a verdict on too short a past; when can it not say?",
        always_two: "Your function seems to use one fixed number in the place of factor.",
    }
    return [
        make.value(
            "brier",
            3,
            brier,
            Misconception(
                "not-squared",
                "You seem to have taken the distance itself: the Brier score squares it.",
                lambda: brier(task, power=1),
            ),
            Misconception(
                "root",
                "You seem to have taken a root at the end; the Brier score is the mean of the "
                "squares.",
                lambda: brier(task, root=0.5),
            ),
        ),
        make.value(
            "ratio",
            2,
            ratio,
            Misconception(
                "levels",
                "You seem to have used the distances; the rule is about their yearly changes.",
                lambda: ratio(task, levels=True),
            ),
            Misconception(
                "own-year",
                "The year itself seems to be among the ten years before it.",
                lambda: ratio(task, own=1),
            ),
            Misconception(
                "population",
                "Your standard deviation divides by n: std() of pandas, with n - 1, is asked for.",
                lambda: ratio(task, ddof=0),
            ),
            Misconception(
                "unsigned",
                "The size is right, the sign is missing: did the distance grow or shrink?",
                lambda: abs(ratio(task)),
            ),
        ),
        make.function("is_break", 3, is_break, inputs, wrong_ways),
        make.value(
            "hhi_change",
            2,
            hhi_change,
            Misconception(
                "turned",
                "Your changes run from the last year to the first.",
                lambda: hhi_change(task, sign=-1),
            ),
            Misconception(
                "two-sets",
                "Your two years seem to compare different states: keep those that have a value "
                "in both.",
                lambda: hhi_change(task, each_year_alone=True),
            ),
        ),
        make.value(
            "score",
            1.5,
            score,
            Misconception(
                "reversed",
                "A higher concentration is less multipolar: is a direction reversed?",
                lambda: score(task, direction=1),
            ),
            Misconception(
                "unweighted",
                "Every measure seems to count the same: where are your weights?",
                lambda: score(task, weighted=False),
            ),
        ),
        make.value(
            "share_of_weightings",
            1.5,
            share_of_weightings,
            Misconception(
                "reversed",
                "A higher concentration is less multipolar: is a direction reversed?",
                lambda: share_of_weightings(task, direction=1),
            ),
            Misconception(
                "ties",
                "A score of zero is not above zero.",
                lambda: share_of_weightings(task, ties=True),
            ),
        ),
    ]
