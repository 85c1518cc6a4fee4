"""Problem set 3 to read: tables in place of code. For the instructor only; students get the cells."""

from __future__ import annotations

import random
from types import ModuleType
from typing import Any

import pandas as pd

from multipolarity.grading.read_only import Question, Twin, table
from multipolarity.problem_sets import ps3
from multipolarity.tables import load
from multipolarity.units import u03_decoupling as unit

PIPES = tuple(s for s in sorted(load("eu_gas_flows")["supplier"].unique()) if s != ps3.LNG)


def twins(task: dict[str, Any], key: ModuleType) -> list[Twin]:
    """In the order of the notebook; `key` is the set's key."""
    return [
        _planted(task, key),
        _share_changes(task, key),
        _hhi(task, key),
        _hhi_by_origin(task, key),
        _log_changes(task, key),
        _parts(task, key),
        _shortfall(task, key),
    ]


def _planted(task: dict[str, Any], key: ModuleType) -> Twin:
    fault = key.planted(task)
    quarters = [*task["before"], *task["after"]]
    given = ps3.flows(task)
    shown = given[given["period"].isin(quarters) & given["supplier"].isin(ps3.SPOILT)]
    shown = shown.sort_values(["supplier", "period"])[["supplier", "period", "volume_bcm"]]
    shown["volume_bcm"] = shown["volume_bcm"].map(lambda volume: f"{volume:.3f}")
    return Twin(
        "planted",
        "Gas that entered the EU from three suppliers in your four quarters, in billion cubic metres (bcm). "
        "Each has a row in each quarter, but there is one fault: a row stands there twice (`doubled`), a "
        "volume is in million (`unit`), or a row is not there (`missing`).\n\n"
        + table(shown.set_index("supplier")),
        {
            "a": Question("What kind of fault is it?", fault["kind"], ps3.FAULTS),
            "b": Question("Which supplier has it?", fault["supplier"], ps3.SPOILT),
            "c": Question("In which quarter?", fault["period"], quarters),
        },
    )


def _amounts(task: dict[str, Any], key: ModuleType) -> pd.DataFrame:
    """Gas of the two half-years by supplier, from the sound table."""
    return pd.DataFrame({which: key.volumes(task, which) for which in ps3.TIMES}).fillna(0.0)


def _share_changes(task: dict[str, Any], key: ModuleType) -> Twin:
    amounts, change = _amounts(task, key), 100 * key.share_changes(task)
    shown = amounts.copy()
    shown.loc["all"] = amounts.sum()
    return Twin(
        "share_changes",
        f"The two half-years without the fault, in bcm. *Before* is {' and '.join(task['before'])}, *after* "
        f"is {' and '.join(task['after'])}.\n\n" + table(shown, digits=3, index="supplier"),
        {
            "a": Question(
                "By how many percentage points did the share of Russia change? (Its share after less "
                "its share before; a fall has a minus.)",
                change["Russia"],
            ),
            "b": Question("By how many did that of Norway change?", change["Norway"]),
            "c": Question(
                "Which supplier by pipe gained most, in percentage points?",
                change.drop(ps3.LNG).idxmax(),
                PIPES,
            ),
        },
    )


def _hhi(task: dict[str, Any], key: ModuleType) -> Twin:
    hhi = {which: 100 * index for which, index in key.hhi(task).items()}
    squares = (100 * key.gas_shares(task, "after") ** 2).rename("squared share, times 100")
    squares = squares.astype(object)
    squares[ps3.LNG] = "?"
    return Twin(
        "hhi",
        "The Herfindahl-Hirschman index (HHI) is the sum of the squared shares, with shares from 0 to 1. "
        f"Here all is times 100. *Before* the HHI was {hhi['before']:.3f}. *After*:\n\n"
        + table(squares, digits=3, index="supplier"),
        {
            "a": Question(
                "The HHI *after*, times 100. (The missing number comes from the table of 1b.)",
                hhi["after"],
            ),
            "b": Question(
                "The effective number of suppliers *after*: 100 divided by this.",
                100 / hhi["after"],
            ),
            "c": Question(
                "By how much did the HHI, times 100, change? (A fall has a minus.)",
                hhi["after"] - hhi["before"],
            ),
        },
    )


def _hhi_by_origin(task: dict[str, Any], key: ModuleType) -> Twin:
    ships = key.ships(task)
    both = key.volumes(task, "after").drop(ps3.LNG).add(ships, fill_value=0)
    return Twin(
        "hhi_by_origin",
        f"The LNG of the half-year *after* by origin, in bcm. The rest is in the table of 1b. If the LNG "
        f"counts state by state, with a state's gas by pipe and by ship added up, the HHI is "
        f"{key.hhi_by_origin(task):.3f}.\n\n"
        + table(ships.rename("bcm"), digits=3, index="origin"),
        {
            "a": Question("Russia's gas by pipe and by ship, in bcm.", both["Russia"]),
            "b": Question(
                "Its share in all gas of the half-year, in percent.",
                100 * both["Russia"] / both.sum(),
            ),
        },
    )


def _log_changes(task: dict[str, Any], key: ModuleType) -> Twin:
    quarters = [*task["before"], *task["after"]]
    gas = load("eu_gas_flows").query("supplier == 'Russia'").groupby("period")["volume_bcm"].sum()
    shown = pd.DataFrame(
        {"volume": gas[quarters], "price": unit.quarterly_prices()["gas"][quarters]}
    )
    after, log = key.two_times(task).loc["after"], key.log_changes(task)
    return Twin(
        "log_changes",
        "Russian pipeline gas by quarter: volume (bcm) and mean hub price (dollars per million Btu). The "
        "*value* of a half-year is volume times price, quarter by quarter, added up (leave its unit "
        "aside); its *price* is value divided by volume. A *log change* is the natural logarithm (ln) "
        "of *after* divided by *before*; those of price and volume add up to that of the value.\n\n"
        + table(shown, digits=4, index="quarter")
        + f"\n\nThe log change of the price is {log['price']:.4f}.",
        {
            "a": Question("The value of the half-year *after*.", after["value"]),
            "b": Question("The price of the half-year *after*.", after["price"]),
            "c": Question("The log change of the volume (a fall has a minus).", log["volume"]),
            "d": Question("The log change of the value.", log["value"]),
        },
    )


def _parts(task: dict[str, Any], key: ModuleType) -> Twin:
    amounts, parts = _amounts(task, key), key.parts(task)
    fall = amounts.at["Russia", "before"] - amounts.at["Russia", "after"]
    return Twin(
        "parts",
        "What replaced the Russian pipeline gas? Use the table of question 1b. All other suppliers together "
        "replaced one part of its fall; the other part was not bought at all. A part can be below 0 or "
        "above 100 percent.",
        {
            "a": Question("The fall of Russian pipeline gas, in bcm.", fall),
            "b": Question("The part replaced, in percent of the fall.", 100 * parts["replaced"]),
            "c": Question("The part not bought at all, in percent.", 100 * parts["less"]),
        },
    )


def _shortfall(task: dict[str, Any], key: ModuleType) -> Twin:
    before = key.volumes(task, "before").to_dict()
    after = key.volumes(task, "after").to_dict()
    own = random.Random(f"{task['before']} {task['after']} {task['fault']}")
    spare = own.choice([0.1, 0.15, 0.2, 0.25])
    total, rest = key._parts(before, ["Russia"])
    parts = [
        "Some suppliers stop selling. Each of the others can sell more by up to a *spare share* of its own "
        "amount (0.5: half as much again). The *shortfall* is the part of the former total that is "
        "still missing when the others have sold as much as needed and possible; it is never below 0.",
        "An example: A sells 60, B 20 and C 20. A stops, the spare share is 0.5. B and C can sell 30 each, "
        "so 40 of 100 are missing: 40 percent.",
        "Use the table of question 1b.",
    ]
    return Twin(
        "shortfall",
        "\n\n".join(parts),
        {
            "a": Question(
                "In your half-year *before* Russia stops selling by pipe; the spare share is 0.35. "
                "What percentage of all gas is missing?",
                100 * key.shortfall(before, ["Russia"], 0.35),
            ),
            "b": Question(
                f"In your half-year *after* Norway stops; the spare share is {spare:g}. What percentage "
                "of all gas is missing?",
                100 * key.shortfall(after, ["Norway"], spare),
            ),
            "c": Question(
                "Which spare share would the others need in the half-year *before* so that nothing is "
                "missing without Russia? Give it in percent (50 for 0.5).",
                100 * (total / rest - 1),
            ),
            "d": Question(
                "Somebody divides what is missing in (a) by the gas that Russia sold, not by all gas. "
                "What percentage does that give?",
                100 * key.of_the_lost(before, ["Russia"], 0.35),
            ),
        },
    )
