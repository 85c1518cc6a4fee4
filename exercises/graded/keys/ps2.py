"""Key of problem set 2. For the instructor only: it is in no archive and not in the book."""

from __future__ import annotations

from typing import Any

import pandas as pd

from multipolarity import measures
from multipolarity.exercise import Misconception
from multipolarity.grading.items import Item, Maker
from multipolarity.problem_sets import ps2
from multipolarity.tables import load
from multipolarity.units import u02_russia as unit

UN_MEMBERS = 193


def planted(task: dict[str, Any]) -> dict[str, str]:
    """The fault, found by comparing the student's table with the whole one."""
    given = ps2.states(task)
    whole = ps2.full_table(task["year"]).set_index("country")
    double = given["country"].duplicated()
    if double.any():
        return {"kind": "doubled", "country": given.loc[double, "country"].iloc[0]}
    missing = sorted(set(whole.index) - set(given["country"]))
    if missing:
        return {"kind": "missing", "country": missing[0]}
    ratio = given.set_index("country")["gdp_usd_bn"] / whole["gdp_usd_bn"]
    return {"kind": "unit", "country": ratio.idxmax()}


def other_kind(task: dict[str, Any]) -> dict[str, str]:
    """A row counted twice read as a slip of the unit, and the other way round."""
    right = planted(task)
    return {**right, "kind": "unit" if right["kind"] == "doubled" else "doubled"}


def ginis(task: dict[str, Any], faulty: bool = False, number: int = 0) -> dict[str, float]:
    table = ps2.states(task) if faulty else ps2.full_table(task["year"])
    return {
        name: measures.gini(table[column].dropna().nlargest(number or task["number"]))
        for name, column in ps2.COLUMNS.items()
    }


def shared(task: dict[str, Any], on: str = "", any_role: bool = False) -> pd.Series:
    focus = task["pair"][0]
    return unit.shared(on or task["after"], any_role)[focus].drop(focus)


def _partners(task: dict[str, Any], which: str, any_role: bool = False, states: Any = None):
    """Shared seats of the two states with all others on one of the two days."""
    return unit.shared(task[which], any_role, states)[task["pair"]]


def degree(task: dict[str, Any], itself: int = 1, **how: Any) -> pd.DataFrame:
    found = {which: (_partners(task, which, **how) > 0).sum() - itself for which in ps2.TIMES}
    return pd.DataFrame(found)


def seats_added_up(task: dict[str, Any]) -> pd.DataFrame:
    def added(which: str) -> dict[str, int]:
        ties = _partners(task, which)
        return {state: int(ties[state].drop(state).sum()) for state in task["pair"]}

    return pd.DataFrame({which: added(which) for which in ps2.TIMES})


def days_turned(task: dict[str, Any]) -> pd.DataFrame:
    return degree({**task, "before": task["after"], "after": task["before"]})


def list_share(task: dict[str, Any], faulty: bool = False, whole: str = "world") -> dict:
    """Shares in the world of the entries that are left.

    whole  "world", or "table" for the wrong whole, the sum of the table
    """
    entries = load("sanctions").query("country not in @task['without']")
    table = ps2.states(task) if faulty else ps2.full_table(task["year"])
    columns = ["population_m", "gdp_usd_bn"]
    ours = table.loc[table["iso3"].isin(entries["iso3"]), columns].sum()
    world = load("world_totals").set_index("year").loc[task["year"], columns]
    people, output = ours / (world if whole == "world" else table[columns].sum())
    in_un = entries["iso3"].isin(load("un_votes")["iso3"]).sum()
    return {"states": in_un / UN_MEMBERS, "people": people, "output": output}


def all_entries(task: dict[str, Any]) -> dict[str, float]:
    return list_share({**task, "without": []})


def entries_for_members(task: dict[str, Any]) -> dict[str, float]:
    """The wrong count: every entry of the list taken for a member of the United Nations."""
    entries = len(load("sanctions")) - len(task["without"])
    return {**list_share(task), "states": entries / UN_MEMBERS}


def off_list(task: dict[str, Any], listed: bool = False, absent: bool = True) -> pd.Series:
    votes = load("un_votes").query("resolution == @task['resolution']")
    on_list = votes["iso3"].isin(load("sanctions")["iso3"])
    counts = votes.loc[on_list == listed, "vote"].value_counts().reindex(ps2.BALLOTS, fill_value=0)
    if not absent:
        counts["absent"] = 0
    return counts / counts.sum()


def of_all_members(task: dict[str, Any]) -> pd.Series:
    votes = load("un_votes").query("resolution == @task['resolution']")
    on_list = votes["iso3"].isin(load("sanctions")["iso3"])
    counts = votes.loc[~on_list, "vote"].value_counts().reindex(ps2.BALLOTS, fill_value=0)
    return counts / UN_MEMBERS


def closeness(task: dict[str, Any]) -> pd.Series:
    return measures.weighted_sum(unit.indicators(), task["weights"])


def in_top(task: dict[str, Any], number: int = 0, ascending: bool = False) -> pd.Series:
    totals = unit.indicators() @ unit.random_weights(200, seed=task["seed"]).T
    return (totals.rank(ascending=ascending) <= (number or task["closest"])).mean(axis=1)


def items(task: dict[str, Any]) -> list[Item]:
    """The autograded items of one student, 15 points."""
    make = Maker(task, ps2.forms(task))

    fault = "Your table seems to have its fault still: find and mend it first."
    any_role = "Observers, partners or candidates seem to be counted; members only are asked for."
    return [
        make.value(
            "planted",
            1,
            planted,
            Misconception(
                "other-kind",
                "The country is right. What exactly is wrong with its row?",
                lambda: other_kind(task),
            ),
        ),
        make.value(
            "ginis",
            2,
            ginis,
            Misconception("fault", fault, lambda: ginis(task, faulty=True)),
            Misconception(
                "whole-table",
                "You seem to have taken all states; your task says how many.",
                lambda: ginis(task, number=1000),
            ),
        ),
        make.value(
            "shared",
            2,
            shared,
            Misconception("any-role", any_role, lambda: shared(task, any_role=True)),
            Misconception(
                "other-day",
                "These are the seats of 28 February 2023; your task has its own day.",
                lambda: shared(task, on=unit.REPORT),
            ),
            Misconception(
                "earlier",
                "These are the seats of your earlier day; the later one is asked for.",
                lambda: shared(task, on=task["before"]),
            ),
        ),
        make.value(
            "degree",
            2,
            degree,
            Misconception(
                "itself", "A state is no partner of itself.", lambda: degree(task, itself=0)
            ),
            Misconception(
                "turned", "The two days seem to have changed places.", lambda: days_turned(task)
            ),
            Misconception("any-role", any_role, lambda: degree(task, any_role=True)),
            Misconception(
                "fifteen",
                "You seem to have looked among the fifteen states only.",
                lambda: degree(task, states=unit.FIFTEEN),
            ),
            Misconception(
                "added-up",
                "You seem to have added up shared seats; each partner counts once.",
                lambda: seats_added_up(task),
            ),
        ),
        make.value(
            "list_share",
            2,
            list_share,
            Misconception("fault", fault, lambda: list_share(task, faulty=True)),
            Misconception(
                "all-entries",
                "You seem to have kept the two entries that your task takes out.",
                lambda: all_entries(task),
            ),
            Misconception(
                "sum-of-table",
                "You divided by the sum of the table; the world is asked for.",
                lambda: list_share(task, whole="table"),
            ),
            Misconception(
                "no-member",
                "Not every entry of the list is a member of the United Nations.",
                lambda: entries_for_members(task),
            ),
        ),
        make.value(
            "off_list",
            2,
            off_list,
            Misconception(
                "listed",
                "These are the shares among those on the list.",
                lambda: off_list(task, listed=True),
            ),
            Misconception(
                "absent-left-out",
                "The absent seem to be missing from your denominator.",
                lambda: off_list(task, absent=False),
            ),
            Misconception(
                "all-members",
                "You divided by all members; those off the list are the whole here.",
                lambda: of_all_members(task),
            ),
        ),
        make.value(
            "closeness",
            2,
            closeness,
            Misconception(
                "equal",
                "Every indicator seems to count the same: where are your weights?",
                lambda: unit.indicators().mean(axis=1),
            ),
        ),
        make.value(
            "in_top",
            2,
            in_top,
            Misconception(
                "five",
                "You seem to have counted the five closest; your task says how many.",
                lambda: in_top(task, number=5),
            ),
            Misconception(
                "from-the-bottom",
                "You seem to have ranked from the bottom: rank 1 is the closest.",
                lambda: in_top(task, ascending=True),
            ),
            Misconception(
                "other-seed",
                "These look like the draws of the unit; your task has its own seed.",
                lambda: in_top({**task, "seed": 2023}),
            ),
        ),
    ]
