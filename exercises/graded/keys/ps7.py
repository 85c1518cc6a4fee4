"""Key of problem set 7. For the instructor only: it is in no archive and not in the book."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from multipolarity import measures
from multipolarity.exercise import Exercise, Misconception
from multipolarity.forms import Choice
from multipolarity.grading.items import Item, Results
from multipolarity.problem_sets import ps7
from multipolarity.tables import load

LAST = 2022
BEFORE = 10  # changes that the rule looks back on


def brier(task: dict[str, Any], power: int = 2) -> dict[str, float]:
    record = pd.DataFrame(task["forecasts"], columns=["said", "happened"])
    made = {
        "mine": record["said"],
        "always half": 0.5,
        "base rate": record["happened"].mean(),
    }
    return {who: float((abs(p - record["happened"]) ** power).mean()) for who, p in made.items()}


def distance(task: dict[str, Any]) -> pd.Series:
    points = load("un_ideal_points").pivot(index="year", columns="iso3", values="ideal_point")
    first, second = task["pair"]
    return (points[first] - points[second]).abs().dropna()


def ratio(task: dict[str, Any], ddof: int = 1, own: int = 0, levels: bool = False) -> float:
    values = distance(task)
    changes = values if levels else values.diff().dropna()
    before = changes.loc[: task["year"] - 1 + own].tail(BEFORE)
    return float(changes[task["year"]] / before.std(ddof=ddof))


def is_break(changes: dict[str, float], year: int, factor: float) -> str:
    earlier = [value for when, value in sorted(changes.items()) if int(when) < year][-BEFORE:]
    if len(earlier) < BEFORE or str(year) not in changes:
        return "cannot say"
    return "break" if abs(changes[str(year)]) > factor * np.std(earlier, ddof=1) else "no break"


def cases(task: dict[str, Any]) -> list[list[Any]]:
    """Borders of the rule, with a scale that is the student's own."""
    scale = task["year"] - 2012
    calm = {str(y): scale * (1 if y % 2 else -1) for y in range(2000, 2012)}
    spread = float(np.std(list(calm.values())[-BEFORE:], ddof=1))

    def with_last(value: float) -> dict[str, float]:
        return {**calm, "2012": value}

    wild = {str(y): 50.0 * scale for y in range(1990, 2000)}
    return [
        [with_last(3 * spread), 2012, 2],
        [with_last(-3 * spread), 2012, 2],
        [with_last(1.5 * spread), 2012, 2],
        [with_last(1.99 * spread), 2012, 2],
        [with_last(3 * spread), 2013, 2],
        [{k: v for k, v in with_last(9 * spread).items() if int(k) >= 2004}, 2012, 2],
        [{**wild, **with_last(3 * spread)}, 2012, 2],
        [{**with_last(3 * spread), "2013": 99.0 * scale}, 2012, 2],
    ]


def hhi_change(task: dict[str, Any], sign: int = 1) -> pd.Series:
    economy = load("country_year")
    force = load("military_spending")
    columns = {
        "GDP": (economy, "gdp_usd_bn"),
        "GDP at purchasing power": (economy, "gdp_ppp_bn"),
        "military spending": (force, "spending_usd_m"),
    }

    def hhi(table: pd.DataFrame, column: str, year: int) -> float:
        values = table.loc[table["year"] == year].set_index("iso3")[column].dropna()
        return measures.hhi(measures.shares(values))

    return pd.Series(
        {
            name: sign * (hhi(*where, LAST) - hhi(*where, task["first"]))
            for name, where in columns.items()
        }
    )


def score(task: dict[str, Any], direction: int = -1, weighted: bool = True) -> float:
    signs = direction * np.sign(hhi_change(task))
    weights = pd.Series(task["weights"]) if weighted else pd.Series(1, index=ps7.MEASURES)
    return float((signs * weights).sum() / weights.sum())


def share_of_weightings(task: dict[str, Any], direction: int = -1, ties: bool = False) -> float:
    signs = (direction * np.sign(hhi_change(task)))[list(ps7.MEASURES)].to_numpy()
    scores = [float(signs @ np.array(w)) for w in product(range(1, 6), repeat=3)]
    return float(np.mean([s >= 0 if ties else s > 0 for s in scores]))


def items(task: dict[str, Any]) -> list[Item]:
    """The autograded items of one student, 13 points."""
    forms = ps7.forms(task)
    inputs = cases(task)

    def exercise(name: str, title: str, reference: Any, *known: Misconception) -> Exercise:
        return Exercise(name, title, "make", 4, forms[name], lambda: reference(task),
                        misconceptions=known)  # fmt: skip

    return [
        Item("brier", 3, exercise(
            "brier", "Brier scores", brier,
            Misconception(
                "not-squared", "You seem to have taken the distance itself: the Brier score squares it.",
                lambda: brier(task, power=1)))),
        Item("ratio", 2, exercise(
            "ratio", "Change against spread", ratio,
            Misconception(
                "levels", "You seem to have used the distances; the rule is about their yearly changes.",
                lambda: ratio(task, levels=True)),
            Misconception(
                "own-year", "The year itself seems to be among the ten years before it.",
                lambda: ratio(task, own=1)),
            Misconception(
                "population", "Your standard deviation divides by n: std() of pandas, with n - 1, is asked "
                "for.", lambda: ratio(task, ddof=0)))),
        Item("is_break", 3, Exercise(
            "is_break", "A rule as a function", "make", 4, Results(Choice(ps7.VERDICTS)),
            lambda: {str(i): is_break(*case) for i, case in enumerate(inputs, 1)}),
            inputs=inputs),
        Item("hhi_change", 2, exercise(
            "hhi_change", "Concentration", hhi_change,
            Misconception(
                "turned", "Your changes run from the last year to the first.",
                lambda: hhi_change(task, sign=-1)))),
        Item("score", 1.5, exercise(
            "score", "Your scorecard", score,
            Misconception(
                "reversed", "A higher concentration is less multipolar: is a direction reversed?",
                lambda: score(task, direction=1)))),
        Item("share_of_weightings", 1.5, exercise(
            "share_of_weightings", "All weightings", share_of_weightings,
            Misconception(
                "reversed", "A higher concentration is less multipolar: is a direction reversed?",
                lambda: share_of_weightings(task, direction=1)))),
    ]  # fmt: skip
