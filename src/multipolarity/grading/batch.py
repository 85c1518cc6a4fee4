"""Marks all submissions of a set: several sandboxes at once, one writer, resumable.

A result is kept as one small file as soon as it is there, under the hash of everything it depends
on. A batch that was ended in the middle starts again where it stopped, and a submission that was
handed in anew is marked anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from multipolarity import problem_sets
from multipolarity.grading import runners
from multipolarity.grading.carry import pack
from multipolarity.grading.course import Cohort, Course
from multipolarity.grading.intake import Refused, Submission, read, rebuild, refuse_another
from multipolarity.grading.items import Item, Mark, mark, printable
from multipolarity.grading.lateness import Late
from multipolarity.grading.release import Handout, handout
from multipolarity.grading.runners import Crew
from multipolarity.grading.sandbox import Limits, NoSandbox, available, request
from multipolarity.problem_sets import TASK_FILE

READY = 16  # outcomes that wait to be recorded
STOPPED = {
    "seconds": "Your notebook ran longer than {seconds:g} seconds and was stopped. Look for a loop that "
    "does not end.",
    "memory": "Your notebook used more than {memory_mb:g} MB of memory and was stopped.",
    "processes": "Your notebook started too many processes and was stopped.",
    "answer_bytes": "The answers in your notebook are too large to be read.",
    "died": "Python ended in the middle of your notebook. Restart the kernel, run all cells and see "
    "which one ends it.",
}


@dataclass(frozen=True)
class Outcome:
    """One marked or refused submission.

    answers, written, beside  as in `Submission`
    given                     what the student was given; None if refused
    """

    student: str
    marks: list[Mark]
    refused: str
    notes: list[str]
    answers: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    beside: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    given: Handout | None = None

    @property
    def points(self) -> float:
        return sum(mark.points for mark in self.marks)

    def without_texts(self) -> Outcome:
        """The same without the texts, of which only the names are kept, so that memory stays flat."""
        names = dict.fromkeys(self.written, "")
        return replace(self, answers={}, written=names, beside={}, given=None)

    def with_late(self, late: Late) -> Outcome:
        """The same with what handing in late costs."""
        cost = None if self.refused else late.mark(self.student, self.points)
        return replace(self, marks=[*self.marks, cost]) if cost else self


def students_in(folder: Path, name: str) -> list[str]:
    """The students' folders of nbgrader's layout, in order; without those that hold other sets only."""
    return sorted(
        entry.name
        for entry in os.scandir(folder)
        if entry.is_symlink() or (entry.is_dir() and not _holds_others_only(Path(entry), name))
    )


def _holds_others_only(folder: Path, name: str) -> bool:
    try:
        sets = {path.name for path in folder.iterdir()} & set(problem_sets.names())
    except OSError:  # it is refused when it is taken in
        return False
    return bool(sets) and name not in sets


@dataclass(frozen=True)
class Batch:
    """One set of one cohort: turns a student's folder into a request, and an answer into marks."""

    course: Course
    name: str
    cohort: Cohort
    submitted: Path
    cache: Path
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def roster(self) -> frozenset[str]:
        return frozenset(self.cohort.students())

    def prepare(self, student: str) -> Prepared:
        """Read one submission; raises Refused."""
        if student not in self.roster:
            raise Refused(f"{student} is not in the list of students.")
        found = read(self.submitted, student, self.name)
        given = handout(self.course, self.name, self.cohort.task(self.name, student))
        refuse_another(found, given.notebook)
        submission = rebuild(student, found["cells"], given.notebook)
        items = self.course.items(self.name, given.task)
        asked = question(submission.cells, items, given.task, self.limits)
        key = hashlib.sha256(json.dumps([student, asked]).encode("utf-8", "surrogatepass"))
        return Prepared(submission, given, items, asked, self.cache / f"{key.hexdigest()}.json")

    def finish(self, prepared: Prepared, answer: dict) -> Outcome:
        """Mark what the sandbox gave back."""
        taken = prepared.submission
        failed = _failed(answer)
        marks = [
            mark_item(item, answer, self.limits, failed.get(taken.places.get(item.name, -1), ""))
            for item in prepared.items
        ]
        return Outcome(
            taken.student,
            marks,
            "",
            taken.notes,
            taken.answers,
            taken.written,
            taken.beside,
            prepared.given,
        )


@dataclass(frozen=True)
class Prepared:
    """A submission that can be run.

    submission  what was taken in
    given       what the student had been given
    request     what the sandbox is asked
    kept        where its answer is kept
    """

    submission: Submission
    given: Handout
    items: list[Item]
    request: dict
    kept: Path


@contextmanager
def grading(
    batch: Batch, workers: int = 2, sandboxed: bool = True, dask: str = ""
) -> Iterator[Iterator[Outcome]]:
    """Mark every student's folder; inside the `with`, one outcome for each as it arrives.

    The first submissions run at once, while the caller still opens what it needs.
    dask  the address of a scheduler; without it the work is done here
    Raises NoSandbox before the first submission is run; afterwards none stops another.
    """
    if sandboxed and not dask and (problem := available()):
        raise NoSandbox(problem)
    with runners.dask(dask, sandboxed) if dask else runners.local(workers, sandboxed) as crew:
        students = iter(students_in(batch.submitted, batch.name))
        running: dict[str, Prepared] = {}
        ready: deque[Outcome] = deque()  # few at a time, so that memory does not grow with a class

        def take() -> None:
            while not crew.busy and len(ready) < READY and (student := next(students, "")):
                _take(batch, student, crew, running, ready)

        def outcomes() -> Iterator[Outcome]:
            while running or ready:
                while ready:
                    yield ready.popleft()
                    take()
                for student, answer in crew.answers():
                    ready.append(_finished(batch, running.pop(student), answer))
                    take()

        take()
        yield outcomes()


def _take(
    batch: Batch, student: str, crew: Crew, running: dict[str, Prepared], ready: deque[Outcome]
) -> None:
    """Send one submission off to be run, unless it is refused or was run before."""
    try:
        one = batch.prepare(student)
        answer = _kept(one.kept)
        if answer is None:
            running[student] = one
            crew.add(student, one.request)
        else:
            ready.append(batch.finish(one, answer))
    except Refused as refused:
        ready.append(Outcome(student, [], str(refused), []))
    except Exception as error:
        ready.append(_our_fault(student, error))


def _finished(batch: Batch, one: Prepared, answer: dict) -> Outcome:
    try:
        _keep(one.kept, answer)
        return batch.finish(one, answer)
    except Exception as error:
        return _our_fault(one.submission.student, error)


def _our_fault(student: str, error: Exception) -> Outcome:
    """What the grader could not do is never the student's mistake, and is said as such."""
    reason = f"The grader failed on this submission ({type(error).__name__}); tell your instructor."
    return Outcome(student, [], reason, [])


def question(cells: list[str], items: list[Item], task: dict[str, Any], limits: Limits) -> dict:
    """What the sandbox is asked: the named values and the results of calls with hidden inputs."""
    calls = {
        item.name: {"function": item.name, "inputs": [pack(list(args)) for args in item.inputs]}
        for item in items
        if item.inputs
    }
    names = [item.name for item in items if not item.inputs]
    return request(cells, names, calls, {TASK_FILE: json.dumps(task)}, limits)


def _failed(answer: dict) -> dict[int, str]:
    """The number of each cell that failed, and the kind of error: words of the student's process."""
    try:
        return {int(place): printable(kind, 60) for place, kind in answer.get("failed", [])}
    except (TypeError, ValueError, OverflowError):
        return {}


def mark_item(item: Item, answer: dict, limits: Limits, failed: str = "") -> Mark:
    """failed: the kind of error with which the item's cell ended, if it did."""
    reason = answer.get("reason", "") if answer.get("status") != "ran" else None
    if item.inputs and reason is None:
        reason = answer.get("calls_stopped")
    if reason is not None:
        words = {"seconds": limits.seconds, "memory_mb": limits.memory / 2**20}
        message = STOPPED.get(reason, STOPPED["died"]).format(**words)
        return Mark(item.name, 0, item.points, "stopped", message)
    if not item.inputs:
        given = answer["values"].get(item.name)
        if failed and not given:
            message = (
                f"The cell of `{item.name}` ended with {failed}, so the name has no value. Restart the "
                "kernel and run all cells from top to bottom."
            )
            return Mark(item.name, 0, item.points, "open", message)
        return mark(item, given if isinstance(given, dict) else {})
    results = answer.get("calls", {}).get(item.name)
    return mark(item, _results(results if isinstance(results, list) else []))


def _results(results: list) -> dict:
    """The results of a function as one dict "1", "2", ...; a call that failed gives nothing."""
    pairs = [
        [str(number), result.get("value") if isinstance(result, dict) else {"kind": "nothing"}]
        for number, result in enumerate(results, 1)
    ]
    pairs = [[label, {"kind": "nothing"} if value is None else value] for label, value in pairs]
    return {"value": {"kind": "dict", "pairs": pairs}}


def _kept(path: Path) -> dict | None:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _keep(path: Path, answer: dict) -> None:
    """Write whole or not at all, so that an ended batch leaves no half result."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{threading.get_ident()}")
    part.write_text(json.dumps(answer), encoding="utf-8")
    part.replace(path)
