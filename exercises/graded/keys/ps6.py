"""Key of problem set 6. For the instructor only: it is in no archive and not in the book."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from multipolarity import measures
from multipolarity.exercise import Misconception
from multipolarity.grading.items import Item, Maker
from multipolarity.problem_sets import ps6
from multipolarity.units import u06_propaganda as unit

LISTS = [  # pairs of coders
    [["joke", "threat", "news", "news"], ["joke", "news", "news", "threat"]],
    [["a", "a", "a", "b"], ["a", "b", "b", "b"]],
    [["a", "a", "a"], ["a", "a", "a"]],  # both use one code only
    [["a", "a"], ["b", "b"]],  # no code in common
    [["a", "b", "c", "d"], ["a", "a", "a", "a"]],
    [[0, 0, 0, 0, 1], [0, 0, 1, 0, 0]],  # numbers as codes
    [["x", "y", "y", "y", "z"], ["y", "y", "y", "z", "z"]],
]
CHAIN = {"a": ["b"], "b": ["a", "c"], "c": ["b", "d"], "d": ["c"]}
STAR = {"hub": ["p", "q", "r", "s"], **{leaf: ["hub"] for leaf in "pqrs"}}
MIXED = {
    "a": ["b", "c"],
    "b": ["a", "c", "d"],
    "c": ["a", "b", "d", "e"],
    "d": ["b", "c"],
    "e": ["c"],
    "f": [],  # without a friend
}
NETWORKS = [
    [friends, {name: name in on for name in friends}, theta]
    for friends, on, theta in (
        (CHAIN, ["a"], 0.5),  # exactly the share; the next one joins a step later
        (CHAIN, ["a", "b"], 0.75),
        (STAR, ["hub"], 1.0),
        (STAR, ["p", "q"], 0.5),
        (STAR, ["p"], 0.5),
        (MIXED, ["a", "d"], 0.5),
        (MIXED, ["b", "c"], 0.5),
        (MIXED, ["a", "b", "c", "d", "e"], 0.25),
        (MIXED, ["f"], 0.25),
    )
]


def lists(task: dict[str, Any]) -> list[list]:
    """The cases above, and A's and B's frames for the student's posts."""
    frames = _codes(task, "frame")
    return [*LISTS, [list(frames["A"]), list(frames["B"])]]


def networks(task: dict[str, Any]) -> list[list]:
    """The cases above, and the network of unit 6 when the friends of the student's start take part."""
    friends = {name: list(names) for name, names in unit.friends().items()}
    on = {name: name in friends[task["before"]["start"]] for name in friends}
    return [*NETWORKS, [friends, on, task["before"]["gamma"]]]


def _codes(task: dict[str, Any], variable: str) -> pd.DataFrame:
    return unit.codes(variable).loc[task["posts"]]


def _each(measure: Callable, task: dict[str, Any]) -> dict[str, float]:
    return {v: measure(_codes(task, v)["A"], _codes(task, v)["B"]) for v in ps6.VARIABLES}


def agreement(task: dict[str, Any]) -> dict[str, float]:
    return _each(measures.percent_agreement, task)


def kappa(task: dict[str, Any]) -> dict[str, float]:
    return _each(measures.cohen_kappa, task)


def chance_agreement(first: list, second: list) -> float:
    return unit.chance(pd.Series(first), pd.Series(second))


def chance_of_first(first: list, second: list) -> float:
    return unit.chance(pd.Series(first), pd.Series(first))


def chance_of_equal_codes(first: list, second: list) -> float:
    return 1 / len({*first, *second})


def observed(first: list, second: list) -> float:
    return measures.percent_agreement(first, second)


def three(task: dict[str, Any]) -> pd.DataFrame:
    table = unit.codes("technique").astype(object)
    table["C"] = pd.Series(task["third"], dtype=object)
    return table


def alpha(task: dict[str, Any]) -> float:
    return measures.krippendorff_alpha(three(task))


def alpha_without(task: dict[str, Any], all_posts: bool = False) -> dict[str, float]:
    table = three(task) if all_posts else three(task).loc[task["posts"]]
    return {c: measures.krippendorff_alpha(table.drop(columns=c)) for c in ps6.CODERS}


def runs(task: dict[str, Any]) -> dict[str, pd.Series]:
    return {case: unit.spread(**task[case]) for case in ps6.CASES}


def reach(task: dict[str, Any]) -> dict[str, float]:
    return {case: sizes.mean() for case, sizes in runs(task).items()}


def exchanged(task: dict[str, Any]) -> dict[str, float]:
    """beta and gamma in each other's place."""
    return {
        case: unit.spread(task[case]["start"], task[case]["gamma"], task[case]["beta"]).mean()
        for case in ps6.CASES
    }


def large(task: dict[str, Any], least: int = 10) -> dict[str, float]:
    return {case: (sizes >= least).mean() for case, sizes in runs(task).items()}


def newcomers(friends: dict, on: dict, theta: float) -> int:
    return sum(
        bool(names) and sum(on[f] for f in names) / len(names) >= theta
        for account, names in friends.items()
        if not on[account]
    )


def more_than(friends: dict, on: dict, theta: float) -> int:
    return newcomers(friends, on, theta + 1e-6)


def all_convinced(friends: dict, on: dict, theta: float) -> int:
    """Those who take part already are counted again."""
    shares = [sum(on[f] for f in names) / len(names) for names in friends.values() if names]
    return sum(share >= theta for share in shares)


def whole_cascade(friends: dict, on: dict, theta: float) -> int:
    reached = dict(on)
    while new := [a for a in friends if newcomers({a: friends[a]}, reached, theta)]:
        reached |= dict.fromkeys(new, True)
    return sum(reached.values()) - sum(on.values())


def items(task: dict[str, Any]) -> list[Item]:
    """The autograded items of one student, 13 points."""
    make = Maker(task, ps6.forms(task))
    everything = {**task, "posts": list(unit.codes("frame").index)}

    all_posts = "You seem to have taken all sixty posts; your task names twenty."
    dropped = "You seem to have kept only the posts that all three coded; alpha allows gaps."
    return [
        make.value(
            "agreement",
            1,
            agreement,
            Misconception("all-posts", all_posts, lambda: agreement(everything)),
        ),
        make.value(
            "kappa",
            2,
            kappa,
            Misconception("all-posts", all_posts, lambda: kappa(everything)),
            Misconception(
                "observed",
                "That is the observed agreement: take off what chance gives.",
                lambda: agreement(task),
            ),
        ),
        make.function(
            "chance_agreement",
            2,
            chance_agreement,
            lists(task),
            {
                chance_of_first: "Your function looks at one coder twice; chance needs the habits of both.",
                chance_of_equal_codes: "Your function treats all codes as equally common.",
                observed: "Your function gives the observed agreement, not the one that chance gives.",
            },
        ),
        make.value(
            "alpha",
            2,
            alpha,
            Misconception(
                "dropped", dropped, lambda: measures.krippendorff_alpha(three(task).dropna())
            ),
            Misconception(
                "filled",
                "A post that C has not coded is no post with the code none: leave the gap.",
                lambda: measures.krippendorff_alpha(three(task).fillna("none")),
            ),
            Misconception(
                "two-coders",
                "Coder C seems to be missing from your table.",
                lambda: alpha_without(task, all_posts=True)["C"],
            ),
        ),
        make.value(
            "alpha_without",
            1,
            alpha_without,
            Misconception(
                "all-posts",
                "Without C all sixty posts are left, with C twenty: compare on the twenty.",
                lambda: alpha_without(task, all_posts=True),
            ),
        ),
        make.value(
            "reach",
            2,
            reach,
            Misconception(
                "one-run",
                "That looks like a single run; the mean of all runs is asked for.",
                lambda: {case: sizes.iloc[0] for case, sizes in runs(task).items()},
            ),
            Misconception(
                "exchanged", "Beta and gamma seem to have changed places.", lambda: exchanged(task)
            ),
            Misconception(
                "no-change",
                "Both values are those of the first case: where is the change?",
                lambda: dict.fromkeys(ps6.CASES, reach(task)["before"]),
            ),
        ),
        make.value(
            "large",
            1,
            large,
            Misconception(
                "more-than",
                "You seem to have counted runs with more accounts than the least number "
                "that the task calls large.",
                lambda: large(task, 11),
            ),
        ),
        make.function(
            "newcomers",
            2,
            newcomers,
            networks(task),
            {
                more_than: "Whoever reaches the threshold exactly joins, too.",
                all_convinced: "Accounts that take part already are not new.",
                whole_cascade: "Your function goes on to the end; one step is asked for.",
            },
        ),
    ]
