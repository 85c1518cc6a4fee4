"""Problem set 5 to read: tables in place of code. For the instructor only; students get the cells."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd

from multipolarity.grading.read_only import Question, Twin, table
from multipolarity.problem_sets import ps5

MORE = ("larger", "smaller", "the same")


def twins(task: dict[str, Any], key: ModuleType) -> list[Twin]:
    """In the order of the notebook; `key` is the set's key."""
    return [
        _totals(task, key),
        _gap(task, key),
        _weighted(task, key),
        _weakest(task, key),
        _kappa(task, key),
    ]


def _totals(task: dict[str, Any], key: ModuleType) -> Twin:
    everything = {**task, "left_out": []}
    codes = key._codes(everything)
    all_twelve, eleven = codes.sum(axis=1), key.totals(task)
    first, second = task["pair"]
    return Twin(
        "totals",
        f"The codes of each organisation in all twelve dimensions. Your task leaves out "
        f"**{task['left_out']}**.\n\n" + table(codes.assign(sum=all_twelve)),
        {
            "a": Question(f"The sum of {first} without that dimension.", eleven[first]),
            "b": Question(f"The sum of {second} without that dimension.", eleven[second]),
            "c": Question(
                "Does leaving it out change which of the six organisations has the lowest sum?",
                "no" if eleven.idxmin() == all_twelve.idxmin() else "yes",
                ("yes", "no"),
            ),
        },
    )


def _gap(task: dict[str, Any], key: ModuleType) -> Twin:
    gap, with_all = key.gap(task), key.gap({**task, "left_out": []})
    first, second = task["pair"]
    bigger = (
        MORE[0] if abs(with_all) > abs(gap) else MORE[1] if abs(with_all) < abs(gap) else MORE[2]
    )
    return Twin(
        "gap",
        "Use the table above.",
        {
            "a": Question(f"{first} minus {second}, both without the dimension left out.", gap),
            "b": Question(
                "Put the dimension back in: is the distance between the two then larger, smaller or "
                "the same?",
                bigger,
                MORE,
            ),
        },
    )


def _weighted(task: dict[str, Any], key: ModuleType) -> Twin:
    means, weighted = key.family_means(task), key.weighted(task)
    hidden = task["pair"][1]
    equal = means.mean(axis=1)
    shown = means.assign(equal=equal, yours=weighted).round(2).astype(object)
    shown.loc[hidden, "yours"] = "?"
    weights = ", ".join(f"{family} {weight}" for family, weight in task["weights"].items())
    return Twin(
        "weighted",
        f"The mean code of each family, then the mean of the four: with equal weights and with "
        f"yours ({weights}).\n\n" + table(shown),
        {
            "a": Question(f"The value that is missing, of {hidden}.", weighted[hidden]),
            "b": Question(
                f"For {hidden}: are your weights kinder or harsher than equal ones?",
                "kinder" if weighted[hidden] > equal[hidden] else "harsher",
                ("kinder", "harsher"),
            ),
        },
    )


def _weakest(task: dict[str, Any], key: ModuleType) -> Twin:
    means, weakest = key.family_means(task), key.weakest(task)
    first, second = task["pair"]
    lowest = means.index[weakest == weakest.min()]
    return Twin(
        "weakest",
        '"A chain is as strong as its weakest link": the lowest of the four family means. Use the '
        "table of question 2a.",
        {
            "a": Question(f"The weakest link of {first}: its mean.", weakest[first]),
            "b": Question(f"The weakest link of {second}: its mean.", weakest[second]),
            "c": Question(
                "By this rule, which organisation has the weakest link of all? If several do, name "
                "one of them.",
                frozenset(lowest),
                ps5.ORGANISATIONS,
            ),
        },
    )


def _kappa(task: dict[str, Any], key: ModuleType) -> Twin:
    both = key.both_coders(task)
    first, second = both["first_code"], both["code_second"]
    counts = pd.crosstab(first, second)
    near = "disagree mostly by one step"
    return Twin(
        "kappa",
        "Two coders coded the same provisions, each alone. Rows are the first coder's codes, columns the second's; "
        "each number counts pairs of codes.\n\n"
        + table(counts, index="first coder")
        + f"\n\nCohen's kappa is {key.kappa(task, None):.2f} if every disagreement counts alike, and "
        f"{key.kappa(task):.2f} with quadratic weights.",
        {
            "a": Question("How many pairs of codes are there in all?", len(both)),
            "b": Question(
                "The share of pairs on which the two agree exactly, from 0 to 1.",
                (first == second).mean(),
            ),
            "c": Question(
                "The second kappa is higher because the coders ...",
                near,
                ("agree mostly by chance", near, "use all codes equally often"),
            ),
        },
    )
