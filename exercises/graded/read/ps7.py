"""Problem set 7 to read: tables in place of code. For the instructor only; students get the cells."""

from __future__ import annotations

from itertools import product
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from multipolarity.grading.read_only import Question, Twin, table
from multipolarity.problem_sets import ps7

FACTOR = 2.5


def twins(task: dict[str, Any], key: ModuleType) -> list[Twin]:
    """In the order of the notebook; `key` is the set's key."""
    return [
        _brier(task, key),
        _ratio(task, key),
        _is_break(task, key),
        _hhi_change(task, key),
        _score(task, key),
        _share_of_weightings(task, key),
    ]


def _brier(task: dict[str, Any], key: ModuleType) -> Twin:
    record = pd.DataFrame(task["forecasts"], columns=["said", "happened"])
    record.index = pd.RangeIndex(1, len(record) + 1, name="forecast")
    errors = (record["said"] - record["happened"]) ** 2
    shown = record.assign(**{"squared error": errors.round(2)}).astype(object)
    shown.loc[len(record), "squared error"] = "?"
    scores = key.brier(task)
    lowest = min(scores.values())
    return Twin(
        "brier",
        "Eight forecasts of an invented forecaster: the probability that was said, and 1 if the event "
        "happened, 0 if not. The Brier score is the mean of the squared errors; the lower, the "
        "better.\n\n" + table(shown) + "\n\nOne who always says the share of the eight events that "
        f"happened has a score of {scores['base rate']:.3f}.",
        {
            "a": Question("The squared error that is missing.", errors.iloc[-1]),
            "b": Question("The Brier score of this forecaster.", scores["mine"]),
            "c": Question(
                "Which of the three has the lowest score: this forecaster (`mine`), one who always says one "
                "half (`always half`), or one who always says that share (`base rate`)? If two are level, name one.",
                frozenset(who for who, score in scores.items() if score < lowest + 1e-9),
                ps7.FORECASTERS,
            ),
        },
    )


def _ratio(task: dict[str, Any], key: ModuleType) -> Twin:
    year, (first, second) = task["year"], task["pair"]
    distance, ratio = key.distance(task), key.ratio(task)
    changes = distance.diff()
    spread = changes.loc[: year - 1].tail(key.BEFORE).std()
    shown = distance.loc[year - 3 : year].rename("distance")
    return Twin(
        "ratio",
        f"How far {first} and {second} stand from each other in the UN General Assembly: the distance "
        "between their ideal points, without sign.\n\n" + table(shown, digits=4, index="year") +
        f"\n\nThe ten changes before {year} have a standard deviation of {spread:.4f}.",
        {
            "a": Question(f"The change in {year}, with its sign.", changes[year]),
            "b": Question("This change divided by the standard deviation, with its sign.", ratio),
            "c": Question(
                f"A rule calls it a break if the change, up or down, is more than {FACTOR:g} times the "
                "standard deviation. Where is the line, as a size without sign?",
                FACTOR * spread,
            ),
        },
    )  # fmt: skip


def _is_break(task: dict[str, Any], key: ModuleType) -> Twin:
    spread, factor = task["year"] - 2012, task["weights"]["GDP"]
    steps = [1.5, -1.5, 1.5, -1.5, 0, 0, 0, 0, 0, 0]
    before = {str(when): spread * step for when, step in enumerate(steps, 2002)}
    nine = {when: step for when, step in before.items() if when != "2002"}
    made = [(-task["most"], before, 1), (2 * spread, before, factor), (9 * spread, nine, 1)]
    turn = (task["year"] + task["most"] + factor) % 3
    names = ("first", "second", "third")
    cases = dict(zip(names, made[turn:] + made[:turn], strict=True))
    answers = {
        case: key.is_break({**known, "2012": float(change)}, 2012, times)
        for case, (change, known, times) in cases.items()
    }
    shown = pd.DataFrame(
        {
            "change in the year": {case: change for case, (change, _, _) in cases.items()},
            "earlier changes": {case: len(known) for case, (_, known, _) in cases.items()},
            "factor": {case: times for case, (_, _, times) in cases.items()},
        }
    )
    return Twin(
        "is_break",
        "A rule says `break` if the change in a year, up or down, is *more than* a factor times the "
        "standard deviation of the ten latest changes before it, and `no break` otherwise. With fewer "
        "than ten changes before the year, or none in the year itself, it says `cannot say`. In each "
        f"case the standard deviation of the earlier changes is {spread}.\n\n"
        + table(shown, index="case"),
        {
            letter: Question(
                f"What does the rule say in the {case} case?", answers[case], ps7.VERDICTS
            )
            for letter, case in zip("abc", cases, strict=True)
        },
    )


def _hhi_change(task: dict[str, Any], key: ModuleType) -> Twin:
    hhis, change = 100 * key.hhis(task), 100 * key.hhi_change(task)
    return Twin(
        "hhi_change",
        "The concentration (HHI) of three measures, times 100, among the states that have a value of "
        "the measure in both years.\n\n" + table(hhis, digits=3, index="measure"),
        {
            "a": Question(
                "The change for GDP: the last year minus the first, with its sign.", change["GDP"]
            ),
            "b": Question(
                "The change for military spending, with its sign.", change["military spending"]
            ),
            "c": Question(
                "For how many of the three did the concentration fall?", (change < 0).sum()
            ),
        },
    )


def _score(task: dict[str, Any], key: ModuleType) -> Twin:
    weights = ", ".join(f"{name} {weight}" for name, weight in task["weights"].items())
    return Twin(
        "score",
        "Use the table above. Each measure says +1 if its concentration fell (more multipolar), -1 if it "
        f"rose. Your weights: {weights}.",
        {
            "a": Question(
                "The weighted mean of the three: add up sign times weight and divide by the sum of the "
                "weights.",
                key.score(task),
            ),
            "b": Question("The mean with equal weights.", key.score(task, weighted=False)),
        },
    )


def _share_of_weightings(task: dict[str, Any], key: ModuleType) -> Twin:
    most, signs = task["most"], -np.sign(key.hhi_change(task))
    alone = signs.index[signs == -np.sign(signs.sum())][0]
    others = [name for name in signs.index if name != alone]
    sums = [a + b for a, b in product(range(1, most + 1), repeat=2)]
    rows = {
        weight: {
            "two weigh more": sum(both > weight for both in sums),
            "equal": sum(both == weight for both in sums),
            "two weigh less": sum(both < weight for both in sums),
        }
        for weight in range(1, most + 1)
    }
    ties = sum(row["equal"] for row in rows.values()) / most**3
    return Twin(
        "share_of_weightings",
        f"Let each weight be any whole number from 1 to {most}: {most**3} combinations. The sign of {alone} is "
        f"the opposite of that of {' and '.join(others)}. For each weight of {alone} the table counts the "
        "combinations in which the weights of the other two together are more, equal or less.\n\n"
        + table(pd.DataFrame(rows).T, index=f"weight of {alone}"),
        {
            "a": Question("The share of all combinations with a score above zero, from 0 to 1.",
                          key.share_of_weightings(task)),
            "b": Question("The share of all combinations with a score of exactly zero.", ties),
        },
    )  # fmt: skip
