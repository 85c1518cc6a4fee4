"""Key of problem set 3. For the instructor only: it is in no archive and not in the book."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from multipolarity import measures
from multipolarity.exercise import Misconception
from multipolarity.grading.items import Item, Maker
from multipolarity.problem_sets import ps3
from multipolarity.tables import load
from multipolarity.units import u03_decoupling as unit

THREE = {"a": 60, "b": 20, "c": 20}
CASES = [  # amounts, lost, spare
    [THREE, ["a"], 0.5],
    [THREE, ["b"], 0.25],  # just enough
    [THREE, ["b"], 1.0],  # more than enough
    [THREE, ["a", "b", "c"], 2.0],  # nobody is left
    [THREE, ["c", "c"], 0.1],  # a name twice
    [THREE, ["z"], 0.1],  # sold nothing
    [THREE, ["a", "z"], 0.0],
    [THREE, [], 0.0],
    [{"a": 0, "b": 0}, ["a"], 0.5],  # nothing was bought
]


def volumes(task: dict[str, Any], which: str, table: pd.DataFrame | None = None) -> pd.Series:
    """Gas of a half-year by supplier, in bcm, from the sound table (or another one)."""
    table = load("eu_gas_flows") if table is None else table
    rows = table[table["period"].isin(task[which])]
    return rows.groupby("supplier")["volume_bcm"].sum()


def gas_shares(task: dict[str, Any], which: str = "after", table: Any = None) -> pd.Series:
    return measures.shares(volumes(task, which, table))


def share_changes(task: dict[str, Any], table: Any = None) -> pd.Series:
    after = gas_shares(task, "after", table)
    return after.sub(gas_shares(task, "before", table), fill_value=0)


def first_quarters(task: dict[str, Any]) -> pd.Series:
    return share_changes({which: task[which][:1] for which in ps3.TIMES})


def hhi(task: dict[str, Any], table: Any = None) -> dict[str, float]:
    return {which: measures.hhi(gas_shares(task, which, table)) for which in ps3.TIMES}


def mean_of_quarters(task: dict[str, Any]) -> dict[str, float]:
    """The mean of the two quarters' indices in place of the index of the half-year."""
    single = [{which: [task[which][n]] for which in ps3.TIMES} for n in (0, 1)]
    return {which: float(np.mean([hhi(one)[which] for one in single])) for which in ps3.TIMES}


def ships(task: dict[str, Any]) -> pd.Series:
    rows = load("eu_lng_origin")
    return rows[rows["period"].isin(task["after"])].groupby("origin")["volume_bcm"].sum()


def hhi_by_origin(task: dict[str, Any], table: Any = None) -> float:
    pipes = volumes(task, "after", table).drop(ps3.LNG)
    return unit.hhi_of(pipes.add(ships(task), fill_value=0))


def russia_twice(task: dict[str, Any]) -> float:
    pipes = volumes(task, "after").drop(ps3.LNG)
    return unit.hhi_of(pd.concat([pipes, ships(task).rename({"Russia": "Russia, LNG"})]))


def lng_twice(task: dict[str, Any]) -> float:
    return unit.hhi_of(volumes(task, "after").add(ships(task), fill_value=0))


def two_times(task: dict[str, Any], plain: bool = False, table: Any = None) -> pd.DataFrame:
    """Volume, value and price of Russian pipeline gas in the two half-years, volume of all others.

    plain  the wrong price: the mean of the two quarters, however much gas came in each
    """
    table = load("eu_gas_flows") if table is None else table
    russia = table.query("supplier == 'Russia'").groupby("period")["volume_bcm"].sum()
    prices = unit.quarterly_prices()["gas"]
    rows = {}
    for which in ps3.TIMES:
        volume = russia.reindex(task[which]).fillna(0)
        price = prices[task[which]]
        worth = price.mean() * volume.sum() if plain else (volume * price).sum()
        rows[which] = {
            "volume": volume.sum(),
            "value": worth,
            "price": worth / volume.sum(),
            "others": volumes(task, which, table).drop("Russia").sum(),
        }
    return pd.DataFrame(rows).T


def log_changes(task: dict[str, Any], **how: Any) -> dict[str, float]:
    table = two_times(task, **how)
    return np.log(table.loc["after"] / table.loc["before"]).to_dict()


def percent(task: dict[str, Any]) -> dict[str, float]:
    table = two_times(task)
    return (table.loc["after"] / table.loc["before"] - 1).to_dict()


def parts(
    task: dict[str, Any], of_all: bool = False, growing: bool = False, table: Any = None
) -> dict[str, float]:
    before, after = (volumes(task, which, table) for which in ps3.TIMES)
    whole = before.sum() if of_all else before["Russia"] - after["Russia"]
    change = after.sub(before, fill_value=0).drop("Russia")
    others = change[change > 0].sum() if growing else change.sum()
    return {"replaced": others / whole, "less": (before.sum() - after.sum()) / whole}


def _parts(amounts: dict, lost: list) -> tuple[float, float]:
    rest = sum(amount for name, amount in amounts.items() if name not in lost)
    return sum(amounts.values()), rest


def shortfall(amounts: dict, lost: list, spare: float) -> float:
    total, rest = _parts(amounts, lost)
    return max(0.0, 1 - rest * (1 + spare) / total) if total else 0.0


def no_floor(amounts: dict, lost: list, spare: float) -> float:
    total, rest = _parts(amounts, lost)
    return 1 - rest * (1 + spare) / total if total else 0.0


def of_the_lost(amounts: dict, lost: list, spare: float) -> float:
    total, rest = _parts(amounts, lost)
    return max(0.0, 1 - rest * spare / (total - rest)) if total - rest else 0.0


def spare_of_all(amounts: dict, lost: list, spare: float) -> float:
    total, rest = _parts(amounts, lost)
    return max(0.0, 1 - (rest + total * spare) / total) if total else 0.0


def cases(task: dict[str, Any]) -> list[list]:
    """The cases above, and the student's later half-year without the largest pipe."""
    amounts = {name: float(amount) for name, amount in volumes(task, "after").items()}
    return [*CASES, [amounts, ["Norway"], 0.2], [amounts, ["Norway", "Russia"], 0.3]]


def planted(task: dict[str, Any]) -> dict[str, str]:
    kind, row = task["fault"]
    place = load("eu_gas_flows").loc[row]
    return {"kind": ps3.FAULTS[kind], "supplier": place["supplier"], "period": place["period"]}


def items(task: dict[str, Any]) -> list[Item]:
    """The autograded items of one student, 15 points."""
    make = Maker(task, ps3.forms(task))
    spoilt = ps3.flows(task)
    others = {**task, "fault": [(task["fault"][0] + 1) % 3, task["fault"][1]]}

    as_found = "You seem to have used the table as it came, with the fault in it."
    # A fault in the half-year before does not touch a question about the one after.
    touched = planted(task)["period"] in task["after"]
    by_origin = Misconception("as-found", as_found, lambda: hhi_by_origin(task, spoilt))
    wrong_ways = {
        no_floor: "Your function goes below zero where the others could send more than is needed.",
        of_the_lost: "Your share is of the amount lost; the former total is asked for.",
        spare_of_all: "The spare capacity is a share of what the others sell, not of all sales.",
    }
    return [
        make.value(
            "planted",
            1,
            planted,
            Misconception(
                "kind",
                "The place is right. Look again at what is wrong there.",
                lambda: planted(others),
            ),
        ),
        make.value(
            "share_changes",
            2,
            share_changes,
            Misconception("as-found", as_found, lambda: share_changes(task, spoilt)),
            Misconception(
                "one-quarter",
                "A half-year has two quarters; yours seems to have one.",
                lambda: first_quarters(task),
            ),
        ),
        make.value(
            "hhi",
            2,
            hhi,
            Misconception("as-found", as_found, lambda: hhi(task, spoilt)),
            Misconception(
                "mean-of-quarters",
                "Add up the two quarters of a half-year first, then take the index.",
                lambda: mean_of_quarters(task),
            ),
        ),
        make.value(
            "hhi_by_origin",
            1,
            hhi_by_origin,
            Misconception(
                "russia-twice",
                "One state seems to stand in your list as two suppliers.",
                lambda: russia_twice(task),
            ),
            Misconception(
                "lng-twice",
                "The ships seem to be counted twice: as a block and by origin.",
                lambda: lng_twice(task),
            ),
            *([by_origin] if touched else []),
        ),
        make.value(
            "log_changes",
            3,
            log_changes,
            Misconception(
                "percent",
                "Those are changes in percent of the beginning; log changes add up.",
                lambda: percent(task),
            ),
            Misconception(
                "plain-price",
                "Your price treats both quarters alike. Divide the value of a half-year by "
                "its volume.",
                lambda: log_changes(task, plain=True),
            ),
            Misconception("as-found", as_found, lambda: log_changes(task, table=spoilt)),
        ),
        make.value(
            "parts",
            2,
            parts,
            Misconception(
                "of-all",
                "Your parts are of all gas; parts of the fall are asked for.",
                lambda: parts(task, of_all=True),
            ),
            Misconception(
                "growing-only",
                "Suppliers that sold less belong to the others, too.",
                lambda: parts(task, growing=True),
            ),
            Misconception("as-found", as_found, lambda: parts(task, table=spoilt)),
        ),
        make.function("shortfall", 4, shortfall, cases(task), wrong_ways),
    ]
