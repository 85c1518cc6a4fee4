"""Key of problem set 1. For the instructor only: it is in no archive and not in the book."""

from __future__ import annotations

from typing import Any

import pandas as pd

from multipolarity import measures
from multipolarity.exercise import Misconception
from multipolarity.grading.items import Item, Maker
from multipolarity.problem_sets import ps1
from multipolarity.tables import load, members

LATER = "2025-12-31"  # a day after every vote, for the wrong members


def _rows(task: dict[str, Any]) -> pd.DataFrame:
    return load("un_votes").query("resolution == @task['resolution']")


def _count(rows: pd.DataFrame) -> pd.Series:
    return rows["vote"].value_counts().reindex(ps1.BALLOTS, fill_value=0).astype(int)


def tally(task: dict[str, Any]) -> pd.Series:
    return _count(_rows(task))


def group_tally(task: dict[str, Any], on: str = "") -> pd.DataFrame:
    rows = _rows(task)
    day = on or load("un_resolutions").set_index("resolution")["date"][task["resolution"]]
    inside = {group: set(members(group, on=day)["iso3"]) for group in task["groups"]}
    return pd.DataFrame(
        {group: _count(rows[rows["iso3"].isin(states)]) for group, states in inside.items()}
    ).T


def cohesion(task: dict[str, Any], treatment: str, on: str = "") -> pd.Series:
    counts = group_tally(task, on)
    yes, no, abstain, absent = (counts[ballot] for ballot in ps1.BALLOTS)
    if treatment == "dropped":
        return measures.agreement_index(yes, no, abstain)
    if treatment == "as abstention":
        return measures.agreement_index(yes, no, abstain + absent)
    return measures.agreement_index(yes, no, abstain, absent)


def dropped(task: dict[str, Any]) -> pd.Series:
    return cohesion(task, "dropped")


def counted(task: dict[str, Any]) -> pd.Series:
    return cohesion(task, task["treatment"])


def other_treatment(task: dict[str, Any]) -> pd.Series:
    return cohesion(task, next(t for t in ps1.TREATMENTS if t != task["treatment"]))


def largest_share(task: dict[str, Any]) -> pd.Series:
    """The wrong index: the share of the largest option."""
    votes = group_tally(task)[["yes", "no", "abstain"]]
    return votes.max(axis=1) / votes.sum(axis=1)


# --- the function -------------------------------------------------------------------------------


def _index(largest: int, total: int) -> float:
    return (largest - (total - largest) / 2) / total


def bounds(yes: int, no: int, abstain: int, absent: int) -> dict[str, float]:
    """Every way to spread the absent over three options, tried out."""
    found = [
        _index(max(yes + a, no + b, abstain + absent - a - b), yes + no + abstain + absent)
        for a in range(absent + 1)
        for b in range(absent + 1 - a)
    ]
    return {"lowest": min(found), "highest": max(found)}


def all_to_one(yes: int, no: int, abstain: int, absent: int) -> dict[str, float]:
    """The absent move as one body only."""
    counts = [yes, no, abstain]
    found = [
        measures.agreement_index(*(n + absent * (i == k) for i, n in enumerate(counts)))
        for k in range(3)
    ]
    return {"lowest": min(found), "highest": max(found)}


def highest_stays(yes: int, no: int, abstain: int, absent: int) -> dict[str, float]:
    """The index without the absent taken for the highest."""
    cast = yes + no + abstain
    plain = _index(max(yes, no, abstain), cast) if cast else 1.0
    return {**bounds(yes, no, abstain, absent), "highest": plain}


def largest_stays(yes: int, no: int, abstain: int, absent: int) -> dict[str, float]:
    """The lowest as if the largest option never had to grow; may fall below 0."""
    low = _index(max(yes, no, abstain), yes + no + abstain + absent)
    return {**bounds(yes, no, abstain, absent), "lowest": max(low, 0.0)}


def cases(task: dict[str, Any]) -> list[list[int]]:
    """Nobody absent, everybody absent, room to even out or not; and the student's groups."""
    groups = group_tally(task)
    return [
        [5, 1, 0, 0],
        [1, 0, 0, 0],
        [0, 0, 0, 6],
        [0, 0, 0, 1],
        [3, 3, 3, 1],
        [3, 3, 3, 2],
        [0, 1, 6, 1],
        [2, 2, 0, 5],
        [10, 0, 0, 4],
        [2, 1, 0, 3],
        [0, 4, 1, 9],
        [7, 2, 2, 3],
        *([int(n) for n in groups.loc[group]] for group in ("SCO", "CSTO")),
    ]


# --- agreement ----------------------------------------------------------------------------------


def roll_calls(
    task: dict[str, Any], absent: bool = False, everything: bool = False
) -> pd.DataFrame:
    wide = load("un_votes").pivot(index="country", columns="resolution", values="vote")
    wide = wide if everything else wide.drop(columns=task["left_out"])
    return wide if absent else wide.where(wide != "absent")


def matrix(task: dict[str, Any], **wrong: bool) -> pd.DataFrame:
    return measures.pairwise_agreement(roll_calls(task, **wrong).loc[task["states"]])


def nearer(task: dict[str, Any], keep_pair: bool = False, **wrong: bool) -> dict[str, int]:
    first, second = task["pair"]
    table = measures.pairwise_agreement(roll_calls(task, **wrong))[[first, second]]
    if not keep_pair:
        table = table.drop([first, second])
    return {
        first: int((table[first] > table[second]).sum()),
        second: int((table[first] < table[second]).sum()),
        "level": int((table[first] == table[second]).sum()),
    }


def items(task: dict[str, Any]) -> list[Item]:
    """The autograded items of one student, 12 points."""
    make = Maker(task, ps1.forms(task))

    later = "You seem to have taken the members of a later day; those of the day of the vote count."
    eleven = "You seem to have kept the two resolutions that your task leaves out."
    seats = "Absences seem to count as a vote: two empty seats agree on nothing."
    wrong_ways = {
        all_to_one: "Absent members need not vote alike: they may spread over the three options.",
        highest_stays: "For the highest value, too, the absent members must vote somehow.",
        largest_stays: "When the smaller options are filled up, the largest has to grow as well.",
    }
    return [
        make.value(
            "tally",
            1,
            tally,
            Misconception(
                "shares",
                "These are shares; numbers of states are asked for.",
                lambda: tally(task) / tally(task).sum(),
            ),
        ),
        make.value(
            "group_tally",
            2,
            group_tally,
            Misconception("later", later, lambda: group_tally(task, LATER)),
        ),
        make.value(
            "dropped",
            2,
            dropped,
            Misconception("later", later, lambda: cohesion(task, "dropped", LATER)),
            Misconception(
                "counted",
                "Absences seem to be counted; here they are dropped.",
                lambda: counted(task),
            ),
            Misconception(
                "largest-share",
                "That is the share of the largest option; the index takes off half of the others.",
                lambda: largest_share(task),
            ),
        ),
        make.value(
            "counted",
            1,
            counted,
            Misconception("dropped", "Absences still seem to be dropped.", lambda: dropped(task)),
            Misconception(
                "other-treatment",
                "You counted absences in another way than your task says.",
                lambda: other_treatment(task),
            ),
        ),
        make.function("bounds", 2, bounds, cases(task), wrong_ways),
        make.value(
            "matrix",
            2,
            matrix,
            Misconception("eleven", eleven, lambda: matrix(task, everything=True)),
            Misconception("seats", seats, lambda: matrix(task, absent=True)),
        ),
        make.value(
            "nearer",
            2,
            nearer,
            Misconception("eleven", eleven, lambda: nearer(task, everything=True)),
            Misconception("seats", seats, lambda: nearer(task, absent=True)),
            Misconception(
                "pair-kept",
                "The two states of the pair seem to be counted themselves.",
                lambda: nearer(task, keep_pair=True),
            ),
        ),
    ]
