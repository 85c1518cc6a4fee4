"""One autograded item: the course's `Exercise`, points, and where the answer comes from."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from multipolarity.exercise import Exercise, Misconception
from multipolarity.forms import Misread, is_open
from multipolarity.grading.carry import Uncarried, unpack

STEP = 0.25  # points are given in quarters
LONGEST_MESSAGE = 500  # characters
MOST_PARTS = 200  # of an answer that cannot be read as a whole


@dataclass(frozen=True)
class Item:
    """points for the answer in the variable `exercise.id`.

    inputs  for a function: the hidden inputs, each a list of arguments. The exercise then has the
            form `Results`, and its reference gives {"1": result, "2": result, ...}
    """

    name: str
    points: float
    exercise: Exercise
    inputs: Sequence[Sequence[Any]] = ()


@dataclass(frozen=True)
class Results:
    """The form of what a student's function gave for the hidden inputs "1", "2", ...

    No sentence names an input, so that none is told to the students.
    """

    result: Any

    def read(self, answer: Any, partial: bool = False) -> dict[str, Any]:
        read = {}
        for number, value in dict(answer).items():
            try:
                read[number] = self.result.read(value)
            except Misread:
                continue
        if not read and not partial:
            raise Misread("Your function gave no result that can be read. Try it on examples.")
        return read

    def same(self, a: dict[str, Any], b: dict[str, Any]) -> bool:
        return all(number in a and self.result.same(a[number], part) for number, part in b.items())

    def diagnose(self, answer: dict[str, Any], reference: dict[str, Any]) -> str:
        agree = sum(self.same(answer, {number: part}) for number, part in reference.items())
        return (
            f"Your function gives what was expected in {agree} of {len(reference)} cases. Try it on "
            "the borders of its rule, on ties and on unusual input."
        )


@dataclass(frozen=True)
class Maker:
    """Makes the items of a key: for one student's numbers, in the forms that students have, too."""

    task: dict[str, Any]
    forms: Mapping[str, Any]

    def value(self, name: str, points: float, reference: Callable, *wrong: Misconception) -> Item:
        """An item whose answer is a value; reference(task) computes it."""
        return Item(
            name, points, self._exercise(name, self.forms[name], self._of(reference), wrong)
        )

    def function(
        self,
        name: str,
        points: float,
        right: Callable,
        inputs: Sequence[Sequence[Any]],
        wrong: Mapping[Callable, str],
    ) -> Item:
        """An item whose answer is a function, called with hidden inputs.

        wrong  functions that go wrong in a known way, each with its sentence
        """

        def results(function: Callable) -> Callable:
            return lambda: {str(n): function(*given) for n, given in enumerate(inputs, 1)}

        known = [
            Misconception(way.__name__, message, results(way)) for way, message in wrong.items()
        ]
        form = Results(self.forms[name].result)
        return Item(name, points, self._exercise(name, form, results(right), known), inputs)

    def _of(self, reference: Callable) -> Callable:
        return lambda: reference(self.task)

    @staticmethod
    def _exercise(
        name: str, form: Any, reference: Callable, wrong: Sequence[Misconception]
    ) -> Exercise:
        return Exercise(name, name, "make", 3, form, reference, misconceptions=wrong)


@dataclass(frozen=True)
class Mark:
    """What one item earned. status: right, partial, wrong, open or unreadable."""

    item: str
    points: float
    most: float
    status: str
    message: str


def mark(item: Item, answer: dict) -> Mark:
    """Compare what the student's process handed back with the reference; raises nothing."""

    def given(points: float, status: str, message: str) -> Mark:
        return Mark(item.name, points, item.points, status, printable(message, LONGEST_MESSAGE))

    if not answer:
        return given(0, "open", f"The name `{item.name}` has no value at the end of your notebook.")
    if "value" not in answer:
        reason = answer.get("reason") or f"Reading it ended with {answer.get('error')}."
        return given(0, "unreadable", str(reason))
    try:
        value = unpack(answer.get("value"))
        if is_open(value):
            return given(0, "open", "Not answered.")
        feedback = item.exercise.check(value)
        if feedback.status == "right":
            return given(item.points, "right", "Right.")
        share = _share(item, value)
        status = _status(item, value, share, feedback.status)
        return given(_quarters(share * item.points), status, feedback.message)
    except Uncarried as reason:
        return given(0, "unreadable", str(reason))
    except Exception:
        return given(0, "unreadable", "Your answer could not be read.")


def printable(text: Any, most: int) -> str:
    """Words from a student's process: cut, without control characters or half characters."""
    text = str(text)[:most].encode("utf-8", "replace").decode()
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text)


def _status(item: Item, value: Any, share: float, said: str) -> str:
    if share:
        return "partial"
    if said == "open":
        return "open"
    try:
        item.exercise.form.read(value)
    except Misread:
        return "unreadable"
    return "wrong"


def _share(item: Item, value: Any) -> float:
    """How much of a many-part answer agrees; an answer in one piece is right or not."""
    form, reference = item.exercise.form, item.exercise.answer
    if not isinstance(reference, dict):
        return 0
    read, given = _parts(form, value)
    most = max(len(reference) // 2, *(_times(form, reference, label) for label in reference))
    agree = sum(
        form.same(read, {label: part}) and _times(form, read, label) <= most
        for label, part in reference.items()
    )  # a value given nearly everywhere agrees somewhere by chance
    return agree / max(len(reference), given)


def _parts(form: Any, value: Any) -> tuple[dict, int]:
    """The parts of an answer as the form reads them, and how many were given.

    A part that is open, missing, too much or unreadable costs itself and not the others.
    """
    try:
        read = form.read(value)
        return (read, len(read)) if isinstance(read, dict) else ({}, 0)
    except Misread:
        pass
    pairs = list(value.items()) if isinstance(value, (Mapping, pd.Series)) else []
    if len(pairs) > MOST_PARTS:
        return {}, 0
    labels = Counter(str(label) for label, _ in pairs)
    read: dict = {}
    for label, part in pairs:
        if labels[str(label)] == 1 and not is_open(part):
            with contextlib.suppress(Misread, LookupError, TypeError, ValueError):
                read.update(form.read({label: part}, partial=True))
    return read, len(pairs)


def _times(form: Any, parts: dict, label: Any) -> int:
    """How many parts hold what the part `label` holds, as the form compares them."""
    return sum(form.same({label: part}, {label: parts[label]}) for part in parts.values())


def _quarters(points: float) -> float:
    return int(points / STEP + 1e-9) * STEP
