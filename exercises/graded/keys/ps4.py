"""Key of problem set 4. For the instructor only: it is in no archive and not in the book."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from multipolarity import measures
from multipolarity.exercise import Misconception
from multipolarity.grading.items import Item, Maker
from multipolarity.problem_sets import ps4
from multipolarity.tables import load
from multipolarity.units import u04_russia_china as unit

COLUMNS = {name: column for column, name in unit.FLOWS.items()}
STEPS = pd.Series({2001: 10, 2002: 20, 2003: 30, 2004: 30, 2005: 60, 2006: 15})
WINDOWS = [  # values, year, k
    [STEPS, 2003, 1],
    [STEPS, 2003, 2],
    [STEPS, 2006, 1],  # a fall
    [STEPS.iloc[[3, 0, 5, 1, 4, 2]], 2004, 2],  # years not in order
    [STEPS.drop(2002), 2003, 2],  # a year without an entry
    [STEPS.astype(float).replace({20: np.nan}), 2003, 2],  # a year without a value
    [STEPS, 2005, 4],  # the end comes before the window is full
    [STEPS, 2002, 3],  # so does the beginning
    [STEPS.drop(2003), 2003, 2],  # the year itself has no entry
]


def arms_sums(task: dict[str, Any]) -> dict[str, float]:
    first, last = task["arms"]
    pairs = {
        "flow": ("Russia", task["buyer"]),
        "buyer": ("World", task["buyer"]),
        "Russia": ("Russia", "World"),
    }
    return {name: float(unit.arms(*pair).loc[first:last].sum()) for name, pair in pairs.items()}


def dependence(task: dict[str, Any]) -> dict[str, float]:
    sums = arms_sums(task)
    return {side: sums["flow"] / sums[side] for side in ps4.SIDES}


def swapped(task: dict[str, Any]) -> dict[str, float]:
    return dict(zip(ps4.SIDES, reversed(dependence(task).values()), strict=True))


def mean_of_shares(task: dict[str, Any]) -> dict[str, float]:
    """The wrong order: divide year by year, then take the mean."""
    first = task["arms"][0]
    years = [dependence({**task, "arms": [year, year]}) for year in range(first, first + 4)]
    return {side: float(np.mean([year[side] for year in years])) for side in ps4.SIDES}


def asymmetry(task: dict[str, Any]) -> float:
    return measures.asymmetry(*(dependence(task)[side] for side in ps4.SIDES))


def difference(task: dict[str, Any]) -> float:
    shares = dependence(task)
    return shares["buyer"] - shares["Russia"]


def growth(task: dict[str, Any], extra_step: int = 0) -> dict[str, float]:
    first, last = task["growth"]
    trade = unit.trade()
    return {
        flow: measures.compound_growth(
            trade.at[first, flow], trade.at[last, flow], last - first + extra_step
        )
        for flow in ps4.FLOWS
    }


def whole_growth(task: dict[str, Any], divide: bool) -> dict[str, float]:
    first, last = task["growth"]
    trade = unit.trade()
    steps = last - first if divide else 1
    return {f: (trade.at[last, f] / trade.at[first, f] - 1) / steps for f in ps4.FLOWS}


def other_book(task: dict[str, Any], flow: str = "", book: str = "Russia") -> float:
    """Growth of the student's flow in the book of Russia."""
    first, last = task["growth"]
    rows = load("trade_ru_cn").query("basis == 'imf_dots' and reporter == @book")
    values = rows.set_index("year")[COLUMNS[flow or task["flow"]]]
    return measures.compound_growth(values[first], values[last], last - first)


def other_flow(task: dict[str, Any]) -> float:
    return other_book(task, next(flow for flow in ps4.FLOWS if flow != task["flow"]))


def _sides(values: pd.Series, year: int, k: int, shift: int = 0) -> tuple[pd.Series, pd.Series]:
    values, year = values.dropna().sort_index(), year + shift
    return values.loc[year - k : year - 1], values.loc[year : year + k - 1]


def window_change(values: pd.Series, year: int, k: int) -> float:
    before, after = _sides(values, year, k)
    return float(after.mean() / before.mean() - 1)


def year_counts_as_before(values: pd.Series, year: int, k: int) -> float:
    before, after = _sides(values, year, k, shift=1)
    return float(after.mean() / before.mean() - 1) if len(after) else 0.0


def part_of_the_mean_after(values: pd.Series, year: int, k: int) -> float:
    before, after = _sides(values, year, k)
    return float(1 - before.mean() / after.mean())


def sums_in_place_of_means(values: pd.Series, year: int, k: int) -> float:
    before, after = _sides(values, year, k)
    return float(after.sum() / before.sum() - 1)


def windows(task: dict[str, Any]) -> list[list]:
    """The cases above, and the student's flow at the student's date."""
    values = unit.trade()[task["flow"]].astype(float)
    return [*WINDOWS, [values, task["date"], task["window"]]]


def false_dates(task: dict[str, Any], touching: bool = False) -> list[int]:
    """Years whose two windows lie before the date (or, `touching`, that lie before it themselves)."""
    last = task["date"] - 1 if touching else task["date"] - task["window"]
    return list(range(2000 + task["window"], last + 1))


def _compared(real: float, false: list[float]) -> dict[str, float]:
    share = np.mean([change >= real for change in false])
    return {"change": real, "share": float(share), "mean": float(np.mean(false))}


def placebo(task: dict[str, Any], touching: bool = False) -> dict[str, float]:
    values, k = unit.trade()[task["flow"]], task["window"]
    real = window_change(values, task["date"], k)
    false = [window_change(values, year, k) for year in false_dates(task, touching)]
    return _compared(real, false)


def smaller(task: dict[str, Any]) -> dict[str, float]:
    found = placebo(task)
    return {**found, "share": 1 - found["share"]}


def without_sign(task: dict[str, Any]) -> dict[str, float]:
    """A fall counts like a rise of the same size."""
    values, k = unit.trade()[task["flow"]], task["window"]
    real = window_change(values, task["date"], k)
    return _compared(real, [abs(window_change(values, year, k)) for year in false_dates(task)])


def real_among_false(task: dict[str, Any]) -> dict[str, float]:
    values, k = unit.trade()[task["flow"]], task["window"]
    years = [*false_dates(task), task["date"]]
    changes = [window_change(values, year, k) for year in years]
    return _compared(changes[-1], changes)


def items(task: dict[str, Any]) -> list[Item]:
    """The autograded items of one student, 10 points."""
    make = Maker(task, ps4.forms(task))

    wrong_ways = {
        year_counts_as_before: "The year itself is the first year after, not the last year before.",
        part_of_the_mean_after: "Divide by the mean before, not by the mean after.",
        sums_in_place_of_means: "A sum over fewer years is smaller for that reason alone: take means.",
    }
    return [
        make.value(
            "dependence",
            2,
            dependence,
            Misconception(
                "swapped",
                "The two shares seem to have changed places: which whole belongs to whom?",
                lambda: swapped(task),
            ),
            Misconception(
                "mean-of-shares",
                "Add up the four years first, then divide.",
                lambda: mean_of_shares(task),
            ),
        ),
        make.value(
            "asymmetry",
            1,
            asymmetry,
            Misconception(
                "turned",
                "The buyer comes first: plus means that the buyer depends more.",
                lambda: -asymmetry(task),
            ),
            Misconception(
                "difference",
                "That is the difference of the shares; the index divides it by their sum.",
                lambda: difference(task),
            ),
        ),
        make.value(
            "growth",
            2,
            growth,
            Misconception(
                "one-step-more",
                "Count the steps, not the years in the list.",
                lambda: growth(task, extra_step=1),
            ),
            Misconception(
                "whole",
                "That is the growth over the whole time; the rate per year is asked for.",
                lambda: whole_growth(task, divide=False),
            ),
            Misconception(
                "divided",
                "The whole growth divided by the years leaves out that growth grows.",
                lambda: whole_growth(task, divide=True),
            ),
        ),
        make.value(
            "other_book",
            1,
            other_book,
            Misconception(
                "china",
                "That looks like China's book; the task asks for Russia's.",
                lambda: other_book(task, book="China"),
            ),
            Misconception(
                "other-flow",
                "That looks like the flow in the other direction.",
                lambda: other_flow(task),
            ),
        ),
        make.function("window_change", 2, window_change, windows(task), wrong_ways),
        make.value(
            "placebo",
            2,
            placebo,
            Misconception(
                "touching",
                "Some of your false dates have windows that reach into the real one.",
                lambda: placebo(task, touching=True),
            ),
            Misconception(
                "smaller",
                "Your share seems to count the changes that are smaller than the real one.",
                lambda: smaller(task),
            ),
            Misconception(
                "without-sign",
                "You seem to have compared sizes: with their signs, a fall is less than any rise.",
                lambda: without_sign(task),
            ),
            Misconception(
                "real-among-false",
                "The real date seems to be among your false dates.",
                lambda: real_among_false(task),
            ),
        ),
    ]
