"""Key of problem set 5. For the instructor only: it is in no archive and not in the book."""

from __future__ import annotations

from typing import Any

import pandas as pd

from multipolarity import measures
from multipolarity.exercise import Exercise, Misconception
from multipolarity.grading.items import Item
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


def weakest(task: dict[str, Any]) -> pd.Series:
    return family_means(task).min(axis=1)


def both_coders(task: dict[str, Any]) -> pd.DataFrame:
    """One row for each organisation and dimension: first_code, code, code_second."""
    keys = ["organisation", "dimension_id"]
    second = load("commitment_second_codes")
    both = load("commitments").merge(second, on=keys, suffixes=("", "_second"))
    return both.query("dimension_id != @task['left_out']")


def kappa(
    task: dict[str, Any], weights: str | None = "quadratic", column: str = "first_code"
) -> float:
    both = both_coders(task)
    return measures.cohen_kappa(
        both[column], both["code_second"], weights=weights, categories=[0, 1, 2, 3]
    )


def items(task: dict[str, Any]) -> list[Item]:
    """The autograded items of one student, 10 points."""
    all_dimensions = {**task, "left_out": []}
    forms = ps5.forms(task)

    def exercise(name: str, title: str, reference: Any, *misconceptions: Misconception) -> Exercise:
        return Exercise(name, title, "make", 3, forms[name], lambda: reference(task),
                        misconceptions=misconceptions)  # fmt: skip

    left_in = "You seem to have kept the dimension that your task leaves out."
    return [
        Item("totals", 2, exercise(
            "totals", "Totals", totals,
            Misconception("left-in", left_in, lambda: totals(all_dimensions)))),
        Item("gap", 1, exercise(
            "gap", "Gap", gap,
            Misconception("left-in", left_in, lambda: gap(all_dimensions)),
            Misconception(
                "turned", "The gap is the first organisation's total minus the second's.",
                lambda: -gap(task)))),
        Item("weighted", 2, exercise(
            "weighted", "Weighted mean", weighted,
            Misconception(
                "unweighted", "Every family seems to count the same: where are your weights?",
                lambda: family_means(task).mean(axis=1)))),
        Item("weakest", 2, exercise(
            "weakest", "Weakest family", weakest,
            Misconception(
                "single-code", "You seem to have taken the lowest code; the lowest family mean is "
                "asked for.", lambda: _codes(task).min(axis=1)))),
        Item("kappa", 3, exercise(
            "kappa", "Agreement of two coders", kappa,
            Misconception(
                "unweighted", "Your kappa treats every disagreement alike; the codes are ordered, "
                "and the task asks for quadratic weights.", lambda: kappa(task, None)),
            Misconception(
                "after", "You seem to have taken the codes after the two had been compared: they agree "
                "more by then.", lambda: kappa(task, column="code")))),
    ]  # fmt: skip
