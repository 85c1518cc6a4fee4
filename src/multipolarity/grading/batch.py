"""Marks all submissions of a set: several sandboxes at once, one writer, resumable.

A result is kept as one small file as soon as it is there, under the hash of everything it depends
on. A batch that was ended in the middle starts again where it stopped, and a submission that was
handed in anew is marked anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from multipolarity.grading.carry import pack
from multipolarity.grading.course import Cohort, Course
from multipolarity.grading.intake import Refused, Submission, read, rebuild
from multipolarity.grading.items import Item, Mark, mark
from multipolarity.grading.release import released
from multipolarity.grading.sandbox import Limits, NoSandbox, Worker, available
from multipolarity.problem_sets import TASK_FILE

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
    """One marked or refused submission."""

    student: str
    marks: list[Mark]
    refused: str
    notes: list[str]
    answers: dict[str, str]
    written: dict[str, str]

    @property
    def points(self) -> float:
        return sum(mark.points for mark in self.marks)


def students_in(folder: Path) -> list[str]:
    """The students' folders of nbgrader's layout, in order."""
    return sorted(
        entry.name
        for entry in os.scandir(folder)
        if entry.is_dir(follow_symlinks=False) or entry.is_symlink()
    )


def grade(
    course: Course,
    name: str,
    cohort: Cohort,
    submitted: Path,
    cache: Path,
    workers: int = 2,
    sandboxed: bool = True,
    limits: Limits | None = None,
    told: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Mark every student's folder in `submitted`; one outcome for each, in order.

    told is called once for each outcome as it arrives. Raises NoSandbox or Missing before the first
    submission is run; afterwards no submission stops another.
    """
    limits = limits or Limits()
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    names = students_in(submitted)
    for student in names:
        waiting.put(student)
    release = released(course.source(name))
    outcomes: dict[str, Outcome] = {}
    lock = threading.Lock()

    if sandboxed and (problem := available()):
        raise NoSandbox(problem)

    def work() -> None:
        with Worker(sandboxed) as worker:
            for student in _until_empty(waiting):
                outcome = _one(
                    course, name, cohort, submitted, cache, release, student, worker, limits
                )
                with lock:
                    outcomes[student] = outcome
                    told(outcome)

    count = max(1, min(workers, len(names)))
    threads = [threading.Thread(target=work, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcomes[student] for student in names if student in outcomes]


def _until_empty(waiting: queue.SimpleQueue) -> Iterator[str]:
    while True:
        try:
            yield waiting.get_nowait()
        except queue.Empty:
            return


def _one(
    course: Course,
    name: str,
    cohort: Cohort,
    submitted: Path,
    cache: Path,
    release: dict,
    student: str,
    worker: Worker,
    limits: Limits,
) -> Outcome:
    """One submission from file to marks; whatever goes wrong becomes its own sentence."""
    try:
        task = cohort.task(name, student)
        items = course.items(name, task)
        if student not in cohort.students():
            raise Refused(f"{student} is not in the list of students.")
        submission = rebuild(student, read(submitted, student, name), release)
        kept = cache / f"{_key(course, name, task, submission, limits)}.json"
        answer = _kept(kept)
        if answer is None:
            answer = run(worker, submission, items, task, limits)
            _keep(kept, answer)
        marks = [_mark(item, answer, limits) for item in items]
        return Outcome(student, marks, "", submission.notes, submission.answers, submission.written)
    except Refused as refused:
        return Outcome(student, [], str(refused), [], {}, {})
    except Exception as error:  # our own fault, never the student's: said as such
        reason = (
            f"The grader failed on this submission ({type(error).__name__}); tell your instructor."
        )
        return Outcome(student, [], reason, [], {}, {})


def run(
    worker: Worker, submission: Submission, items: list[Item], task: dict[str, Any], limits: Limits
) -> dict:
    """Run a submission; the named values and the results of calls with hidden inputs."""
    calls = {
        item.name: {"function": item.name, "inputs": [pack(list(args)) for args in item.inputs]}
        for item in items
        if item.inputs
    }
    return worker.run(
        submission.cells,
        [item.name for item in items if not item.inputs],
        calls,
        {TASK_FILE: json.dumps(task)},
        limits,
    )


def _mark(item: Item, answer: dict, limits: Limits) -> Mark:
    if answer.get("status") != "ran":
        words = {"seconds": limits.seconds, "memory_mb": limits.memory / 2**20}
        message = STOPPED.get(answer.get("reason", ""), STOPPED["died"]).format(**words)
        return Mark(item.name, 0, item.points, "stopped", message)
    if not item.inputs:
        given = answer["values"].get(item.name)
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


def _key(course: Course, name: str, task: dict, submission: Submission, limits: Limits) -> str:
    parts = [task, submission.cells, submission.student, asdict(limits)]
    parts += [(course.folder / "keys" / f"{name}.py").read_text(encoding="utf-8")]
    return hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()


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
