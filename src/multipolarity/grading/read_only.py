"""The reading form of a problem set: for each coding item a table to read, for equal points.

An instructor gives it to students who take the course without programming. What a coding student
computes is printed here; the questions ask what it means, or for a step that can be done by hand.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from multipolarity.exercise import Exercise
from multipolarity.grading.intake import grade_id, source_of
from multipolarity.grading.items import Item
from multipolarity.problem_sets import reading_form

HOW = (
    "Write in place of the three dots: a number to two decimals, or one of the words with its "
    "quotation marks."
)
NOTICE = (
    "**Your form of this set is read, not coded.** Where others compute, you find a table and "
    "questions about it, for the same points. For the written tasks take numbers from these tables and "
    "from the unit's page."
)


@dataclass(frozen=True)
class Question:
    """One question about what is shown.

    answer   a number, or one of the options
    options  the words to choose from; none for a number
    """

    text: str
    answer: Any
    options: Sequence[str] = ()


@dataclass(frozen=True)
class Twin:
    """What stands in place of the coding item `name`: something to read and questions about it.

    shown      Markdown: a sentence that says what was computed, and a table (see `table`)
    questions  by the letter that the student writes
    """

    name: str
    shown: str
    questions: Mapping[str, Question]

    def asked(self) -> dict[str, list[str]]:
        """Each letter with its options, as the student's task.json holds them."""
        return {letter: list(question.options) for letter, question in self.questions.items()}

    def item(self, points: float) -> Item:
        reference = {letter: question.answer for letter, question in self.questions.items()}
        form = reading_form(self.asked())
        return Item(
            self.name, points, Exercise(self.name, self.name, "run", 1, form, lambda: reference)
        )

    def text(self, heading: str) -> str:
        """The cell that poses the questions; heading is the coding item's own first lines."""
        lines = [f"- **{letter}** {self._question(q)}" for letter, q in self.questions.items()]
        return "\n\n".join([heading, self.shown.strip(), "\n".join(lines), HOW])

    @staticmethod
    def _question(question: Question) -> str:
        options = ", ".join(f'`"{option}"`' for option in question.options)
        return question.text + (f" Choose from {options}." if options else "")

    def stub(self) -> str:
        letters = ", ".join(f'"{letter}": ...' for letter in self.questions)
        return f"{self.name} = {{{letters}}}"


def table(data: pd.DataFrame | pd.Series, digits: int = 2, index: str = "") -> str:
    """A Markdown table with rounded numbers; index is the heading of the first column."""
    frame = data.to_frame(data.name or "value") if isinstance(data, pd.Series) else data

    def cell(value: Any) -> str:
        if not isinstance(value, float):
            return str(value)
        return f"{value:.0f}" if value.is_integer() else f"{value:.{digits}f}"

    head = [index or str(frame.index.name or ""), *map(str, frame.columns)]
    rows = [
        [str(label), *map(cell, row)]
        for label, row in zip(frame.index, frame.to_numpy(dtype=object), strict=True)
    ]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def notebook(released: dict, twins: Sequence[Twin]) -> dict:
    """The released notebook with the twins in place of the coding items; same cells, same ids."""
    read = copy.deepcopy(released)
    by_name = {twin.name: twin for twin in twins}
    read["cells"][0]["source"] = source_of(read["cells"][0]) + f"\n\n{NOTICE}"
    for cell in read["cells"]:
        name = grade_id(cell)
        if name in by_name:
            cell["source"] = "# Your answer: replace the three dots.\n" + by_name[name].stub()
        elif (twin := by_name.get(name.removesuffix("_task"))) and name.endswith("_task"):
            cell["source"] = twin.text(_heading(source_of(cell)))
    return read


def _heading(task: str) -> str:
    """`## Question 1 · ...` and `**1a** (2 points)` of a coding item, without its text."""
    title = re.match(r"## .*", task)
    number = re.search(r"\*\*\d+[a-z]\*\* \([^)]*\)", task)
    return "\n\n".join(found.group() for found in (title, number) if found)
