"""Problem set 1 to read: tables in place of code. For the instructor only; students get the cells."""

from __future__ import annotations

import json
import random
from itertools import combinations
from types import ModuleType
from typing import Any

import pandas as pd

from multipolarity.grading.read_only import Question, Twin, table
from multipolarity.problem_sets import ps1
from multipolarity.tables import load

SHORT = {"yes": "Y", "no": "N", "abstain": "A", "absent": "–"}
INDEX = (
    "The agreement index of three options is (M − (T − M) / 2) / T, with M the largest of the counts of "
    "yes, no and abstain, and T their sum."
)


def twins(task: dict[str, Any], key: ModuleType) -> list[Twin]:
    """In the order of the notebook; `key` is the set's key."""
    return [
        _tally(task, key),
        _group_tally(task, key),
        _dropped(task, key),
        _counted(task, key),
        _bounds(task, key),
        _matrix(task, key),
        _nearer(task, key),
    ]


def _day(task: dict[str, Any]) -> str:
    day = load("un_resolutions").set_index("resolution")["date"][task["resolution"]]
    return f"{day.day} {day:%B %Y}"


def _own(task: dict[str, Any]) -> random.Random:
    """Chance that is the same for the same student."""
    return random.Random(json.dumps(task, sort_keys=True))


def _tally(task: dict[str, Any], key: ModuleType) -> Twin:
    tally = key.tally(task)
    hidden = _own(task).choice(ps1.BALLOTS)
    shown = tally.astype(object)
    shown[hidden] = "?"
    cast = tally.drop("absent").sum()
    return Twin(
        "tally",
        f"How the 193 members voted on {task['resolution']} ({_day(task)}). Each member stands in "
        f"one of the four columns.\n\n" + table(shown.to_frame("members").T, index="vote"),
        {
            "a": Question(f"The number that is missing, that of `{hidden}`.", int(tally[hidden])),
            "b": Question(
                "What percentage of the members that were present voted Yes?",
                100 * tally["yes"] / cast,
            ),
        },
    )


def _since(task: dict[str, Any]) -> pd.DataFrame:
    """Members of the SCO or the CSTO, on the day or later: since when, and how they voted."""
    rows = load("memberships").query("organisation in ['SCO', 'CSTO'] and role == 'member'")
    rows = rows[rows["end_date"].isna()]
    since = rows.pivot(index="country", columns="organisation", values="start_date")
    since = since.map(lambda day: "" if pd.isna(day) else f"{day:%d %b %Y}")
    votes = load("un_votes").query("resolution == @task['resolution']").set_index("country")["vote"]
    since = since.assign(vote=votes.reindex(since.index))[["SCO", "CSTO", "vote"]]
    return since.rename(columns={"SCO": "in the SCO since", "CSTO": "in the CSTO since"})


def _group_tally(task: dict[str, Any], key: ModuleType) -> Twin:
    change = key.group_tally(task, key.LATER) - key.group_tally(task)
    rows = _since(task)
    today = pd.Timestamp(_day(task))
    in_both = rows.iloc[:, :2].apply(pd.to_datetime, format="%d %b %Y").le(today).all(axis=1)
    voted = rows.loc[in_both, "vote"]
    ballot = voted.value_counts().index[0]
    return Twin(
        "group_tally",
        f"Members of the SCO and the CSTO, the day from which they are members, and how they voted on "
        f"{_day(task)}. Only those count that were members *on that day*.\n\n"
        + table(rows, index="state"),
        {
            "a": Question(
                "Somebody counts every state that has a date in the column of the SCO. By how many "
                "members is the SCO then too large?",
                int(change.loc["SCO"].sum()),
            ),
            "b": Question(
                "How many No-votes too many does the SCO then have?",
                int(change.loc["SCO", "no"]),
            ),
            "c": Question(
                f"How many states that were in both organisations on that day have the entry `{ballot}`?",
                int((voted == ballot).sum()),
            ),
        },
    )


def _dropped(task: dict[str, Any], key: ModuleType) -> Twin:
    counts, index = key.group_tally(task), key.dropped(task)
    shown = counts.assign(index=index).astype(object)
    shown.loc["SCO", "index"] = "?"
    return Twin(
        "dropped",
        f"The votes of your four groups. {INDEX} Absences are dropped.\n\n"
        + table(shown, digits=3, index="group"),
        {
            "a": Question("The index of the SCO.", index["SCO"]),
            "b": Question(
                "Which group is the least united by this index? If several are, name one.",
                frozenset(index.index[index < index.min() + 1e-9]),
                tuple(task["groups"]),
            ),
            "c": Question(
                "Somebody takes the share of the largest option, M / T. What would that be for the SCO?",
                key.largest_share(task)["SCO"],
            ),
        },
    )


def _with_absent(task: dict[str, Any], key: ModuleType) -> str:
    """One of two groups in which somebody was absent."""
    absent = key.group_tally(task)["absent"]
    return "CSTO" if absent["CSTO"] else "SCO"


def _counted(task: dict[str, Any], key: ModuleType) -> Twin:
    group = _with_absent(task, key)
    counted, dropped = key.counted(task)[group], key.dropped(task)[group]
    if task["treatment"] == "as abstention":
        how = "an absent member counts as one that abstained, in the index above"
    else:
        how = (
            "absent is a fourth option, and the index is (M − (T − M) / 3) / T, with M and T from all "
            "four counts"
        )
    words = ("higher", "lower", "the same")
    change = counted - dropped
    return Twin(
        "counted",
        f"Now absences count: {how}. Use the table above.",
        {
            "a": Question(f"The index of the {group}.", counted),
            "b": Question(
                f"Does the {group} look more or less united than with absences dropped? The index "
                "is ...",
                words[2] if abs(change) < 1e-9 else words[0] if change > 0 else words[1],
                words,
            ),
        },
    )


INVENTED = (  # yes, no, abstain, absent
    (4, 3, 1, 2),
    (5, 3, 2, 2),
    (1, 5, 3, 3),
    (0, 3, 6, 3),
    (3, 2, 0, 4),
    (2, 2, 0, 5),
    (4, 3, 1, 5),
    (1, 2, 2, 4),
)


def _bounds(task: dict[str, Any], key: ModuleType) -> Twin:
    group = _with_absent(task, key)
    counts = [int(n) for n in key.group_tally(task).loc[group]]
    invented = _own(task).choice(INVENTED)
    frame = pd.DataFrame([counts, invented], index=[group, "invented"], columns=ps1.BALLOTS)
    real, other = key.bounds(*counts), key.bounds(*invented)
    alike = key.all_to_one(*invented)
    lower = "yes" if alike["lowest"] > other["lowest"] + 1e-9 else "no"
    return Twin(
        "bounds",
        "Suppose that each absent member had voted yes, no or abstain, *whichever, and not necessarily "
        f"like the other absent members*. {INDEX} T now includes the absent. Find the way of voting "
        "that makes the index highest, and the one that makes it lowest.\n\n"
        + table(frame, index="group"),
        {
            "a": Question(f"The highest index of the {group}.", real["highest"]),
            "b": Question("The lowest index of the invented group.", other["lowest"]),
            "c": Question("The highest index of the invented group.", other["highest"]),
            "d": Question(
                "If all absent members of the invented group had to vote alike, would its lowest "
                "index be higher?",
                lower,
                ("yes", "no"),
            ),
        },
    )


def _common(votes: pd.DataFrame, first: str, second: str) -> tuple[int, int]:
    """How many votes two states have in common, and in how many of them they agree."""
    both = votes.loc[[first, second]].dropna(axis=1)
    return both.shape[1], int((both.loc[first] == both.loc[second]).sum())


def _matrix(task: dict[str, Any], key: ModuleType) -> Twin:
    states = task["states"]
    votes = key.roll_calls(task).loc[states]
    shown = key.roll_calls(task, absent=True).loc[states].replace(SHORT)
    shown.columns = [name.removeprefix("A/RES/") for name in shown.columns]
    others = [state for state in states if state not in task["pair"]]
    pairs = list(combinations(others, 2))  # 3b prints the shares of the two that are left out here
    _own(task).shuffle(pairs)

    def worth(pair: tuple[str, str]) -> tuple[bool, bool]:
        common, alike = _common(votes, *pair)
        return common < votes.shape[1], 0 < alike < common

    pairs = [pair for pair in pairs if _common(votes, *pair)[0]]
    (first, second), (third, fourth) = sorted(pairs, key=worth, reverse=True)[:2]
    common, alike = _common(votes, first, second)
    more, equal = _common(votes, third, fourth)
    return Twin(
        "matrix",
        "The votes of your six states on the resolutions that you keep: Y yes, N no, A abstain, – absent. "
        "An absence is no vote: two states have a vote in common only where both were present.\n\n"
        + table(shown, index="state"),
        {
            "a": Question(f"How many votes do {first} and {second} have in common?", common),
            "b": Question(
                "In what percentage of these did the two vote alike?", 100 * alike / common
            ),
            "c": Question(
                f"The same for {third} and {fourth}: in what percentage of their common votes did "
                "they vote alike?",
                100 * equal / more,
            ),
        },
    )


def _nearer(task: dict[str, Any], key: ModuleType) -> Twin:
    first, second = task["pair"]
    nearer = key.nearer(task)
    counted = sum(nearer.values())
    agreement = key.measures.pairwise_agreement(key.roll_calls(task))[[first, second]]
    some = agreement.loc[[s for s in task["states"] if s not in task["pair"]]].dropna()
    apart = (some[first] - some[second]).abs()
    farthest = frozenset(apart.index[apart > apart.max() - 1e-9])
    closer = int((some[second] > some[first]).sum())
    return Twin(
        "nearer",
        f"How often your states voted like {first} and like {second}, as shares of their common votes.\n\n"
        + table(some, digits=3, index="state")
        + f"\n\nOf all members, {counted} can be compared with both (the two themselves are left out): "
        f"{nearer[first]} voted more often like {first}, {nearer['level']} are level.",
        {
            "a": Question(f"How many of the states in the table are nearer to {second}?", closer),
            "b": Question(
                "For which state in the table are the two shares farthest apart? If for several, name "
                "one.",
                farthest,
                tuple(some.index),
            ),
            "c": Question(
                f"Of all that can be compared: how many voted more often like {second}?",
                nearer[second],
            ),
            "d": Question(
                f"What percentage of all that can be compared voted more often like {first}?",
                100 * nearer[first] / counted,
            ),
        },
    )
