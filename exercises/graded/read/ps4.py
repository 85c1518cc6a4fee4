"""Problem set 4 to read: tables in place of code. For the instructor only; students get the cells."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd

from multipolarity.grading.read_only import Question, Twin, table
from multipolarity.problem_sets import ps4
from multipolarity.units import u04_russia_china as unit


def twins(task: dict[str, Any], key: ModuleType) -> list[Twin]:
    """In the order of the notebook; `key` is the set's key."""
    return [
        _dependence(task, key),
        _asymmetry(task, key),
        _growth(task, key),
        _other_book(task, key),
        _window_change(task, key),
        _placebo(task, key),
    ]


def _dependence(task: dict[str, Any], key: ModuleType) -> Twin:
    (first, last), buyer = task["arms"], task["buyer"]
    sums, shares = key.arms_sums(task), key.dependence(task)
    named = {
        f"Russia to {buyer}": sums["flow"],
        f"all suppliers to {buyer}": sums["buyer"],
        "Russia to all buyers": sums["Russia"],
    }
    shown = pd.Series({name: f"{value:.0f}" for name, value in named.items()}, name="volume")
    return Twin(
        "dependence",
        f"Deliveries of major arms, {first} to {last} added up, in million units of SIPRI's measure of "
        "volume.\n\n" + table(shown, index="from, to"),
        {
            "a": Question(f"The share of {buyer}'s imports that came from Russia, from 0 to 1.",
                          shares["buyer"]),
            "b": Question(f"The share of Russia's exports that went to {buyer}.", shares["Russia"]),
            "c": Question(
                "Who depends more on this flow?",
                "the buyer" if shares["buyer"] > shares["Russia"] else "Russia",
                ("the buyer", "Russia"),
            ),
        },
    )  # fmt: skip


def _asymmetry(task: dict[str, Any], key: ModuleType) -> Twin:
    shares = key.dependence(task)
    half = {**shares, "Russia": shares["Russia"] / 2}
    return Twin(
        "asymmetry",
        "Use your two shares, not rounded. The index of asymmetry is (buyer - Russia) divided by "
        "(buyer + Russia), from -1 to 1.",
        {
            "a": Question("The index, with its sign.", key.asymmetry(task)),
            "b": Question(
                "The index if Russia's share were half as large.",
                (half["buyer"] - half["Russia"]) / (half["buyer"] + half["Russia"]),
            ),
        },
    )


def _growth(task: dict[str, Any], key: ModuleType) -> Twin:
    first, last = task["growth"]
    trade, growth = unit.trade().loc[[first, last], list(ps4.FLOWS)], key.growth(task)
    times = trade.loc[last] / trade.loc[first]
    return Twin(
        "growth",
        f"Trade of the two by China's customs, in billion dollars.\n\n{table(trade, digits=3, index='year')}"
        f"\n\nBetween the two years lie {last - first} steps. The growth rate per year is the "
        f"{last - first}th root of (last divided by first), less 1: for China to Russia it is "
        f"{growth['China to Russia']:.3f}.",
        {
            "a": Question(
                f"The trade of {last} divided by that of {first}, from China to Russia.",
                times["China to Russia"],
            ),
            "b": Question("The same from Russia to China.", times["Russia to China"]),
            "c": Question(
                "Is the growth rate per year of Russia to China higher or lower than that of China to "
                "Russia?",
                "higher" if growth["Russia to China"] > growth["China to Russia"] else "lower",
                ("higher", "lower"),
            ),
        },
    )


def _other_book(task: dict[str, Any], key: ModuleType) -> Twin:
    rates = pd.Series(
        {"China's": key.other_book(task, book="China"), "Russia's": key.other_book(task)},
        name="growth per year, in per cent",
    )
    rates = 100 * rates
    return Twin(
        "other_book",
        f"The growth rate per year of the flow {task['flow']}, for the same two years, in the books of "
        "both.\n\n" + table(rates, digits=3, index="book"),
        {
            "a": Question("Russia's book less China's, in percentage points.",
                          rates["Russia's"] - rates["China's"]),
            "b": Question("In whose book does the trade grow faster?",
                          rates.idxmax(), ("China's", "Russia's")),
        },
    )  # fmt: skip


def _window_change(task: dict[str, Any], key: ModuleType) -> Twin:
    date, k = task["date"], task["window"]
    values = unit.trade()[task["flow"]].loc[date - k - 1 : date + k].rename("billion dollars")
    before, after = key._sides(values, date, k)
    return Twin(
        "window_change",
        f"The flow {task['flow']}, in billion dollars. Your date is {date} and your window is {k}: compare "
        f"the mean of the {k} year{'s' if k > 1 else ''} that begin{'' if k > 1 else 's'} with {date} with "
        "the mean of as many years before it. (The table holds a year more on each side.)\n\n"
        + table(values, digits=3, index="year"),
        {
            "a": Question("The mean before.", before.mean()),
            "b": Question("The mean after.", after.mean()),
            "c": Question(
                "The mean after divided by the mean before, less 1.",
                key.window_change(values, date, k),
            ),
        },
    )


def _placebo(task: dict[str, Any], key: ModuleType) -> Twin:
    values, k = unit.trade()[task["flow"]], task["window"]
    years = key.false_dates(task)
    changes = pd.Series({year: key.window_change(values, year, k) for year in years}, name="change")
    found = key.placebo(task)
    return Twin(
        "placebo",
        f"The same change at **false dates**: all years whose two windows lie wholly within the time from "
        f"2000 to {task['date'] - 1}. At the real date it is {found['change']:.3f}.\n\n"
        + table(changes, digits=3, index="false date"),
        {
            "a": Question(
                "The share of the false dates at which the change is equal to or greater than at the real "
                "one, from 0 to 1.",
                found["share"],
            ),
            "b": Question("The false date with the greatest change.", changes.idxmax()),
            "c": Question(
                "Is the change at the real date above or below the mean of those at the false dates?",
                "above" if found["change"] > changes.mean() else "below",
                ("above", "below"),
            ),
        },
    )
