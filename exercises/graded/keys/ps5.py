"""Key of problem set 5. For the instructor only: it is in no archive and not in the book."""

from __future__ import annotations

from typing import Any

import pandas as pd

from multipolarity import measures
from multipolarity.exercise import Misconception
from multipolarity.grading.items import Item, Maker
from multipolarity.problem_sets import ps5
from multipolarity.tables import load


def _codes(task: dict[str, Any]) -> pd.DataFrame:
    """Organisations by dimensions, without the dimension this student leaves out."""
    wide = load("commitments").pivot(index="organisation", columns="dimension_id", values="code")
    return wide.drop(columns=task["left_out"])


def totals(task: dict[str, Any]) -> pd.Series:
    return _codes(task).sum(axis=1)


def gap(task: dict[str, Any]) -> float:
    first, second = task["pair"]
    return float(totals(task)[first] - totals(task)[second])


def family_means(task: dict[str, Any]) -> pd.DataFrame:
    family = load("commitment_dimensions").set_index("dimension_id")["family"]
    return _codes(task).T.groupby(family).mean().T


def weighted(task: dict[str, Any]) -> pd.Series:
    weights = pd.Series(task["weights"])
    return family_means(task).mul(weights).sum(axis=1) / weights.sum()


def by_dimension(task: dict[str, Any]) -> pd.Series:
    """The wrong order: each code with the weight of its family, in place of the family's mean."""
    codes = _codes(task)
    family = load("commitment_dimensions").set_index("dimension_id")["family"]
    weights = family.map(task["weights"])[codes.columns]
    return codes.mul(weights).sum(axis=1) / weights.sum()


def weakest(task: dict[str, Any]) -> pd.Series:
    return family_means(task).min(axis=1)


def both_coders(task: dict[str, Any]) -> pd.DataFrame:
    """One row for each organisation and dimension: first_code, code, code_second."""
    keys = ["organisation", "dimension_id"]
    second = load("commitment_second_codes")
    both = load("commitments").merge(second, on=keys, suffixes=("", "_second"))
    return both.query("dimension_id != @task['left_out']")


def kappa(
    task: dict[str, Any],
    weights: str | None = "quadratic",
    one: str = "first_code",
    other: str = "code_second",
) -> float:
    both = both_coders(task)
    return measures.cohen_kappa(both[one], both[other], weights=weights, categories=[0, 1, 2, 3])


def items(task: dict[str, Any]) -> list[Item]:
    """The autograded items of one student, 10 points."""
    all_dimensions = {**task, "left_out": []}
    make = Maker(task, ps5.forms(task))

    left_in = "You seem to have kept the dimension that your task leaves out."
    return [
        make.value(
            "totals", 2, totals, Misconception("left-in", left_in, lambda: totals(all_dimensions))
        ),
        make.value(
            "gap",
            1,
            gap,
            Misconception("left-in", left_in, lambda: gap(all_dimensions)),
            Misconception(
                "turned",
                "The gap is the first organisation's total minus the second's.",
                lambda: -gap(task),
            ),
        ),
        make.value(
            "weighted",
            2,
            weighted,
            Misconception(
                "unweighted",
                "Every family seems to count the same: where are your weights?",
                lambda: family_means(task).mean(axis=1),
            ),
            Misconception(
                "by-dimension",
                "A family with more dimensions seems to count more: take the mean of each family "
                "first.",
                lambda: by_dimension(task),
            ),
            Misconception("left-in", left_in, lambda: weighted(all_dimensions)),
        ),
        make.value(
            "weakest",
            2,
            weakest,
            Misconception(
                "single-code",
                "You seem to have taken the lowest code; the lowest family mean is asked for.",
                lambda: _codes(task).min(axis=1),
            ),
            Misconception("left-in", left_in, lambda: weakest(all_dimensions)),
        ),
        make.value(
            "kappa",
            3,
            kappa,
            Misconception(
                "unweighted",
                "Your kappa treats every disagreement alike; the codes are ordered, "
                "and the task asks for quadratic weights.",
                lambda: kappa(task, None),
            ),
            Misconception(
                "after",
                "You seem to have taken the codes after the two had been compared: they agree "
                "more by then.",
                lambda: kappa(task, one="code"),
            ),
            Misconception(
                "one-coder",
                "You seem to have compared the first coder's codes with what became of them; the "
                "second coder has a table of their own.",
                lambda: kappa(task, other="code"),
            ),
            Misconception("left-in", left_in, lambda: kappa(all_dimensions)),
        ),
    ]
