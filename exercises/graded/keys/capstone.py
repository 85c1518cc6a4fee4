"""Key of the capstone. For the instructor only: it is in no archive and not in the book.

The computer looks at the form of the dossier; quotations, indicators and verdicts are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from multipolarity.exercise import Exercise, Misconception
from multipolarity.grading.items import Item
from multipolarity.problem_sets import capstone

PARTS = (*(f"entry {number}" for number in range(1, capstone.ENTRIES + 1)), capstone.WHOLE)


@dataclass(frozen=True)
class Parts:
    """The same look as the students' form takes, part by part: each part is worth the same."""

    form: capstone.Entries

    def read(self, answer: Any, partial: bool = False) -> dict[str, str]:
        return self.form.problems(answer)

    def same(self, a: Mapping[str, str], b: Mapping[str, str]) -> bool:
        return all(a.get(part) == text for part, text in b.items())

    def diagnose(self, answer: Mapping[str, str], reference: Mapping[str, str]) -> str:
        return capstone.in_words(answer)


def example(task: dict[str, Any]) -> list[dict[str, Any]]:
    """Five entries in the right form, without content."""
    return [
        {
            "claim": f"words of the book, number {number}",
            "page": 10 + number,
            "claim_id": name,
            "type": "descriptive",
            "about": "text",
            "expected": "yes",
            "indicator": "what was measured, unit, year",
            "why_it_fits": "one sentence of some words",
            "tables": "country_year, memberships",
            "cell": f"claim {number}",
            "verdict": capstone.VERDICTS[0],
            "confidence": 70,
            "what_would_change_it": "another number in another year",
        }
        for number, name in enumerate([*task["claims"], *[capstone.OWN] * 3], 1)
    ]


def items(task: dict[str, Any]) -> list[Item]:
    """The one item that the computer marks, 6 points: one for each entry, one for all together."""

    def all_have(**cells: Any) -> Any:
        return lambda: [{**entry, **cells} for entry in example(task)]

    def column(answer: Any, name: str) -> list:
        return list(answer[name]) if hasattr(answer, "columns") else [e[name] for e in answer]

    return [
        Item("dossier", 6, Exercise(
            "dossier", "The dossier", "make", 5, Parts(capstone.forms(task)["dossier"]),
            lambda: dict.fromkeys(PARTS, ""),
            misconceptions=[
                Misconception(
                    "share", "All your values of confidence look like shares; the scale is 0 to 100.",
                    sees=lambda answer: max(column(answer, "confidence")) < 1,
                    example=all_have(confidence=0.7)),
                Misconception(
                    "register", "The register of claims is what you test yourself against; name the "
                    "tables that hold your indicators.",
                    sees=lambda answer: set(column(answer, "tables")) == {"claims"},
                    example=all_have(tables="claims")),
            ])),
    ]  # fmt: skip
