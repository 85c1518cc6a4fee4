"""Problem set 4 to read: tables in place of code. For the instructor only; students get the cells."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd

from multipolarity.grading.read_only import Question, Twin, table
from multipolarity.problem_sets import ps4
from multipolarity.tables import load
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
        f"Deliveries of major arms, {first} to {last} added up, in millions of SIPRI's trend-indicator "
        "value, which measures volume and not money.\n\n" + table(shown, index="from, to"),
        {
            "a": Question(f"The share of {buyer}'s imports that came from Russia, from 0 to 1.",
                          shares["buyer"]),
            "b": Question(f"The share of Russia's exports that went to {buyer}.", shares["Russia"]),
            "c": Question(
                "The first share divided by the second, both not rounded. (Above 1 the buyer depends more "
                "on this flow, below 1 Russia does.)",
                shares["buyer"] / shares["Russia"],
            ),
        },
    )  # fmt: skip


def _asymmetry(task: dict[str, Any], key: ModuleType) -> Twin:
    shares = key.dependence(task)
    half = {**shares, "Russia": shares["Russia"] / 2}
    return Twin(
        "asymmetry",
        "Use your two shares of question 1a, not rounded. The index of asymmetry is (buyer - Russia) divided by "
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
    last, column = task["growth"][1], key.COLUMNS[task["flow"]]
    rows = load("trade_ru_cn").query("basis == 'imf_dots' and year == @last").set_index("reporter")
    china, russia = (rows.at[book, column] for book in ("China", "Russia"))
    rates = pd.Series(
        {"China's": key.other_book(task, book="China"), "Russia's": key.other_book(task)},
        name="growth per year, in percent",
    )
    rates = 100 * rates
    shown = pd.DataFrame({f"trade of {last}": {"China's": china, "Russia's": russia}}).join(rates)
    return Twin(
        "other_book",
        f"The flow {task['flow']} in the books of both, as the IMF publishes them (so China's figure can differ "
        "a little from that of question 2a): billion dollars in the later of the two years, and the growth "
        "rate per year from the earlier to the later.\n\n"
        + table(shown, digits=3, index="book"),
        {
            "a": Question("The growth rate of Russia's book less that of China's, in percentage points.",
                          rates["Russia's"] - rates["China's"]),
            "b": Question(f"By what percentage is Russia's figure for {last} above China's (plus) or below "
                          "it (minus)?", 100 * (russia / china - 1)),
        },
    )  # fmt: skip


def _window_change(task: dict[str, Any], key: ModuleType) -> Twin:
    date, k = task["date"], task["window"]
    values = unit.trade()[task["flow"]].loc[date - k - 1 : date + k].rename("billion dollars")
    before, after = key._sides(values, date, k)
    return Twin(
        "window_change",
        f"The flow {task['flow']}, in billion dollars. Your date is {date} and your window is {k}: compare "
        f"the mean of the {k} years from {date} on with the mean of the {k} years before {date}. "
        "The table holds more years than these.\n\n" + table(values, digits=3, index="year"),
        {
            "a": Question("The mean before.", before.mean()),
            "b": Question("The mean after.", after.mean()),
            "c": Question(
                "Does the result hang on the window? Take one year more *before*, and the same after: "
                f"the mean after divided by the mean of {date - k - 1} to {date - 1}, less 1.",
                after.mean() / values.loc[date - k - 1 : date - 1].mean() - 1,
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
        "The change is the mean after divided by the mean before, less 1, with your window on both sides. "
        f"At your date it is {found['change']:.4f}. The table has it at **false dates**: all years whose two "
        f"windows lie wholly within the time from 2000 to {task['date'] - 1}.\n\n"
        + table(changes, digits=4, index="false date"),
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
