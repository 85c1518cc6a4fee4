"""Key of problem set 0. For the instructor only: it is in no archive and not in the book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any

import pandas as pd

from multipolarity import measures
from multipolarity.exercise import Misconception
from multipolarity.grading.items import Item, Maker
from multipolarity.problem_sets import ps0
from multipolarity.tables import load


def amounts(task: dict[str, Any], year: int) -> pd.Series:
    """What each state of the table has of the student's measure, largest first."""
    table, column = ps0.COLUMNS[task["measure"]]
    rows = load(table).query("year == @year").set_index("country")[column]
    return rows.dropna().astype(float).sort_values(ascending=False)


def _years(task: dict[str, Any]) -> tuple[int, int]:
    return task["year"], ps0.LAST_YEAR


def _by_year(task: dict[str, Any], measure: Callable[[pd.Series], float]) -> dict[str, float]:
    """One measure of the amounts of the five, for both years."""
    return {str(year): measure(amounts(task, year)[task["states"]]) for year in _years(task)}


def world_share(task: dict[str, Any]) -> pd.Series:
    column = ps0.COLUMNS[task["measure"]][1]
    world = load("world_totals").set_index("year").at[task["year"], column]
    return amounts(task, task["year"])[task["states"]] / float(world)


def share_of_table(task: dict[str, Any]) -> pd.Series:
    """The wrong whole: the sum of the table in the place of the world."""
    return measures.shares(amounts(task, task["year"]))[task["states"]]


def own_share(task: dict[str, Any]) -> pd.Series:
    return measures.shares(amounts(task, task["year"])[task["states"]])


def hhi(task: dict[str, Any]) -> dict[str, float]:
    return _by_year(task, lambda values: measures.hhi(measures.shares(values)))


def effective(task: dict[str, Any]) -> dict[str, float]:
    first, last = (amounts(task, year) for year in _years(task))
    both = first.index.intersection(last.index)
    return {
        str(year): measures.effective_number(measures.shares(values[both]))
        for year, values in zip(_years(task), (first, last), strict=True)
    }


def effective_of_five(task: dict[str, Any]) -> dict[str, float]:
    return _by_year(task, lambda values: measures.effective_number(measures.shares(values)))


def con(task: dict[str, Any], measure: Callable = measures.concentration_con) -> dict[str, float]:
    ranked = amounts(task, task["year"])
    lists = (ranked[task["states"]], ranked.head(10), ranked.head(40))
    return {
        name: measure(measures.shares(values))
        for name, values in zip(ps0.LISTS, lists, strict=True)
    }


def together(task: dict[str, Any], values: pd.Series) -> pd.Series:
    return pd.concat([values.drop(task["bloc"]), pd.Series({"bloc": values[task["bloc"]].sum()})])


def con_bloc(task: dict[str, Any]) -> dict[str, float]:
    return _by_year(
        task,
        lambda values: measures.concentration_con(measures.shares(together(task, values))),
    )


def con_apart(task: dict[str, Any]) -> dict[str, float]:
    return _by_year(task, lambda values: measures.concentration_con(measures.shares(values)))


def con_with_empty_seat(task: dict[str, Any]) -> dict[str, float]:
    """The wrong N: five units, one of them empty."""

    def measure(values: pd.Series) -> float:
        united = together(task, values)
        united["gone"] = 0
        return measures.concentration_con(measures.shares(united))

    return _by_year(task, measure)


# --- the function; its thresholds are the student's -----------------------------------------------


NEAR = 1e-9  # a sum of decimals may miss a threshold by less than this
AWAY = 1e-6


def merged(shares: dict[str, float], bloc: Sequence[str]) -> list[float]:
    inside = [share for name, share in shares.items() if name in bloc]
    outside = [share for name, share in shares.items() if name not in bloc]
    return [*outside, sum(inside)]


def word(shares: Sequence[float], rule: dict[str, float]) -> str:
    def at_least(name: str) -> int:
        return sum(share >= rule[name] - NEAR for share in shares)

    if at_least("unipolar"):
        return "unipolar"
    if at_least("bipolar") == 2:
        return "bipolar"
    return "multipolar" if at_least("multipolar") >= 3 else "unclear"


def polarity(rule: dict[str, float], shares: dict[str, float], bloc: Sequence[str]) -> str:
    return word(merged(shares, bloc), rule)


def more_than(rule: dict[str, float], shares: dict[str, float], bloc: Sequence[str]) -> str:
    return polarity({name: value + AWAY for name, value in rule.items()}, shares, bloc)


def no_bloc(rule: dict[str, float], shares: dict[str, float], bloc: Sequence[str]) -> str:
    return polarity(rule, shares, [])


def members_stay(rule: dict[str, float], shares: dict[str, float], bloc: Sequence[str]) -> str:
    inside = sum(share for name, share in shares.items() if name in bloc)
    return word([*shares.values(), inside], rule)


def two_or_more(rule: dict[str, float], shares: dict[str, float], bloc: Sequence[str]) -> str:
    found = polarity(rule, shares, bloc)
    many = sum(share >= rule["bipolar"] for share in merged(shares, bloc)) >= 2
    return "bipolar" if many and found != "unipolar" else found


def course_rule(rule: dict[str, float], shares: dict[str, float], bloc: Sequence[str]) -> str:
    """The thresholds of unit 0 in the place of the student's."""
    return polarity({"unipolar": 0.5, "bipolar": 0.25, "multipolar": 0.05}, shares, bloc)


def cases(task: dict[str, Any]) -> list[list]:
    """Ties, one state, blocs; and the world of the student's year.

    Ties are of single states or of halves and doubles, so that `>=` alone gives the same words.
    """
    a, b, c = (task["rule"][name] for name in ("unipolar", "bipolar", "multipolar"))
    low = c - 0.01
    column = ps0.COLUMNS[task["measure"]][1]
    total = float(load("world_totals").set_index("year").at[task["year"], column])
    world = {name: value / total for name, value in amounts(task, task["year"]).items()}
    return [
        [{"A": 1.0}, []],
        [{"A": a, "B": low, "C": low}, []],
        [{"A": a - 0.01, "B": low, "C": low}, []],
        [{"A": b, "B": b, "C": c, "D": low}, []],
        [{"A": b, "B": b, "C": b}, []],
        [{"A": b, "B": b - 0.01, "C": low}, []],
        [{"A": c, "B": c, "C": c, "D": low}, []],
        [{"A": c, "B": c, "C": low, "D": low}, []],
        [{f"S{n}": low for n in range(12)}, []],
        [{"A": a / 2, "B": a / 2, "C": low}, ["A", "B"]],
        [{"A": b, "B": b / 2, "C": b / 2}, ["C", "B"]],
        [{"A": c + 0.02, "B": c, "C": c}, ["B", "C"]],
        [{"A": b, "B": c, "C": c}, ["A", "Z"]],  # Z is not in the list
        [{"A": low, "B": low, "C": low}, ["A", "B", "C"]],
        [world, []],
        [world, task["bloc"]],
    ]


def items(task: dict[str, Any]) -> list[Item]:
    """The autograded items of one student, 14 points."""
    make = Maker(task, ps0.forms(task))
    later = {**task, "year": ps0.LAST_YEAR}
    first, last = map(str, _years(task))

    def by_rule(function: Callable) -> Callable:
        """With the student's thresholds, which the student's own function holds."""
        return wraps(function)(partial(function, task["rule"]))

    def turned(found: dict[str, float]) -> dict[str, float]:
        return {first: found[last], last: found[first]}

    other_year = "These look like the values of the later year; your base year is asked for."
    wrong_ways = {
        more_than: "A share that reaches a threshold exactly counts: 'at least' is >=.",
        no_bloc: "Your function does not seem to look at the bloc.",
        members_stay: "The members of a bloc seem to be counted twice: by themselves and in it.",
        two_or_more: "The rule says exactly two; your function takes two or more.",
        course_rule: "These look like the thresholds of unit 0; your task has its own.",
    }
    return [
        make.value(
            "world_share",
            2,
            world_share,
            Misconception(
                "among-five",
                "You divided by the sum of the five; the world is asked for.",
                lambda: own_share(task),
            ),
            Misconception(
                "sum-of-table",
                "You divided by the sum of the table, which does not hold all states.",
                lambda: share_of_table(task),
            ),
            Misconception("other-year", other_year, lambda: world_share(later)),
        ),
        make.value(
            "own_share",
            1,
            own_share,
            Misconception("other-year", other_year, lambda: own_share(later)),
        ),
        make.value(
            "hhi",
            1,
            hhi,
            Misconception(
                "turned", "The two years seem to have changed places.", lambda: turned(hhi(task))
            ),
        ),
        make.value(
            "effective",
            2,
            effective,
            Misconception(
                "five",
                "These look like the numbers of your five states; all states with a value in "
                "both years are asked for.",
                lambda: effective_of_five(task),
            ),
            Misconception(
                "turned",
                "The two years seem to have changed places.",
                lambda: turned(effective(task)),
            ),
        ),
        make.value(
            "con",
            2,
            con,
            Misconception(
                "hhi",
                "That looks like the HHI; CON takes off what the number of states gives.",
                lambda: con(task, measures.hhi),
            ),
            Misconception("other-year", other_year, lambda: con(later)),
        ),
        make.value(
            "con_bloc",
            2,
            con_bloc,
            Misconception(
                "apart",
                "The two states of your bloc seem to be counted by themselves.",
                lambda: con_apart(task),
            ),
            Misconception(
                "empty-seat",
                "How many units are left once two states count as one? N follows.",
                lambda: con_with_empty_seat(task),
            ),
        ),
        make.function(
            "polarity",
            4,
            by_rule(polarity),
            cases(task),
            {by_rule(way): message for way, message in wrong_ways.items()},
        ),
    ]
