"""Problem set 5 to read: tables in place of code. For the instructor only; students get the cells."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd

from multipolarity.grading.read_only import Question, Twin, table

MORE = ("larger", "smaller", "the same")
HIGHER = ("higher", "lower", "the same")
ORDER = ("the same", "the other", "neither")


def twins(task: dict[str, Any], key: ModuleType) -> list[Twin]:
    """In the order of the notebook; `key` is the set's key."""
    return [
        _totals(task, key),
        _gap(task, key),
        _weighted(task, key),
        _weakest(task, key),
        _kappa(task, key),
    ]


def _the(organisation: str) -> str:
    return organisation if organisation in ("NATO", "ANZUS", "AUKUS") else f"the {organisation}"


def _compared(difference: float) -> str:
    return HIGHER[2] if abs(difference) < 1e-9 else HIGHER[0] if difference > 0 else HIGHER[1]


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
            "a": Question(f"The sum of {_the(first)} without that dimension.", eleven[first]),
            "b": Question(f"The sum of {_the(second)} without that dimension.", eleven[second]),
            "c": Question(
                "For how many of the six organisations does the sum stay the same without it?",
                int((eleven == all_twelve).sum()),
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
            "a": Question(
                f"{first} minus {second}, both without the dimension that you leave out.", gap
            ),
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
    shown = means.assign(equal=equal, yours=weighted).round(3).astype(object)
    shown.loc[hidden, "yours"] = "?"
    weights = ", ".join(f"{family} {weight}" for family, weight in task["weights"].items())
    return Twin(
        "weighted",
        f"The mean code of each family, then the mean of the four: with equal weights and with "
        f"yours ({weights}). Differences of 0.001 are due to rounding.\n\n"
        + table(shown, digits=3),
        {
            "a": Question(f"The value that is missing, that of {_the(hidden)}.", weighted[hidden]),
            "b": Question(
                f"Do your weights give {_the(hidden)} a higher or a lower value than equal ones, or the same?",
                _compared(weighted[hidden] - equal[hidden]),
                HIGHER,
            ),
        },
    )


def _weakest(task: dict[str, Any], key: ModuleType) -> Twin:
    means, weakest = key.family_means(task), key.weakest(task)
    first, second = task["pair"]
    equal = means.mean(axis=1)
    by_mean, by_link = equal[first] - equal[second], weakest[first] - weakest[second]
    order = ORDER[2] if abs(by_link) < 1e-9 else ORDER[0] if by_mean * by_link > 0 else ORDER[1]
    return Twin(
        "weakest",
        '"A chain is as strong as its weakest link": the lowest of the four family means. Use the '
        "table of question 2a.",
        {
            "a": Question(
                f"The weakest link of {_the(first)}: the mean of that family.", weakest[first]
            ),
            "b": Question(
                f"The weakest link of {_the(second)}: the mean of that family.", weakest[second]
            ),
            "c": Question(
                f"By the column `equal` one of the two, {first} or {second}, stands higher. Does the same "
                "one stand higher by its weakest link, the other, or neither?",
                order,
                ORDER,
            ),
        },
    )


def _kappa(task: dict[str, Any], key: ModuleType) -> Twin:
    both = key.both_coders(task)
    first, second = both["first_code"], both["code_second"]
    counts = pd.crosstab(first, second)
    steps = (first - second).abs()
    return Twin(
        "kappa",
        "Two coders coded the same provisions, each alone; your dimension is left out. Rows are the first "
        "coder's codes, columns the second's; each number counts pairs of codes.\n\n"
        + table(counts, index="first coder")
        + f"\n\nCohen's kappa is {key.kappa(task, None):.2f} if every disagreement counts alike, and "
        f"{key.kappa(task):.2f} with quadratic weights: a disagreement by one step counts 1, by two steps 4, "
        "by three steps 9.",
        {
            "a": Question(
                "How many pairs of codes are exactly one step apart?", int((steps == 1).sum())
            ),
            "b": Question(
                "The share of pairs on which the two agree exactly, from 0 to 1.",
                (first == second).mean(),
            ),
            "c": Question(
                "How much do all disagreements of the table count together, with quadratic weights?",
                int((steps**2).sum()),
            ),
        },
    )
