"""What a student types: `check`, `hint`, `progress`."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pandas as pd

from multipolarity import record, units
from multipolarity.exercise import Exercise
from multipolarity.feedback import Feedback

POINT_TO_EXAMPLE = 3  # failed tries after which the worked example is named
OFFER_SOLUTION = 5  # and the solutions notebook offered


def check(exercise_id: str = "", answer: Any = None, *more: Any) -> Feedback:
    """Look at an answer and say what is right about it and what to try next.

    exercise_id  the number in the heading, as text: "5.2"
    answer       a number, Series, dict, DataFrame ... as the task says
    Returns a Feedback; never raises, never shows the answer, sends nothing anywhere.
    """
    exercise = units.find(exercise_id)
    if isinstance(exercise, Feedback):
        return exercise
    if more:
        said = (
            "You gave several answers with commas between them. Write a decimal with a point: 60.5."
        )
        return Feedback("retry", exercise.heading, said)
    feedback = exercise.check(answer)
    try:
        return _with_record(exercise, answer, feedback)
    except Exception:  # the record must never cost a student the feedback
        return feedback


def _with_record(exercise: Exercise, answer: Any, feedback: Feedback) -> Feedback:
    if feedback.status == "open":
        return feedback
    entry = record.entry(exercise.id)
    # The same answer twice is one try: running all cells again costs nothing, on another day, too.
    last = sha256(repr(answer)[:2000].encode()).hexdigest()[:16]
    attempts = entry["attempts"] + (last != entry["last"])
    kept = exercise.form.read(answer) if feedback.status == "noted" else entry["kept"]
    record.update(
        exercise.id,
        attempts=attempts,
        last=last,
        done=entry["done"] or feedback.ok,
        kept=kept if isinstance(kept, (float, dict, str)) else None,
    )
    if feedback.ok:
        return replace(feedback, message=f"{feedback.message}{look_back(exercise)}")
    if attempts < POINT_TO_EXAMPLE:
        return feedback
    solution = f" {_solution(exercise)}" if attempts >= OFFER_SOLUTION else ""
    return replace(
        feedback,
        hint=(f'hint("{exercise.id}") gives a hint.' * bool(exercise.hints) + solution).strip(),
        see=exercise.see or ("the worked example above the task" if exercise.reference else ""),
    )


def look_back(exercise: Exercise) -> str:
    """What the student wrote earlier, where an exercise comes back to it."""
    kept = record.entry(exercise.looks_back)["kept"]
    if kept is None:
        return ""
    if isinstance(kept, dict):
        kept = ", ".join(f"{name} {value:g}" for name, value in kept.items())
    return f" Your earlier answer was: {kept if isinstance(kept, str) else f'{kept:g}'}."


def hint(exercise_id: str = "") -> Feedback:
    """Give the next hint, from general to particular; the last one is repeated."""
    exercise = units.find(exercise_id)
    if isinstance(exercise, Feedback):
        return exercise
    if not exercise.hints:
        return Feedback("info", exercise.heading, "There is no hint: this is your own judgement.")
    try:
        seen = record.entry(exercise.id)["hints"]
        record.update(exercise.id, hints=seen + 1)
    except Exception:
        seen = 0
    number = min(int(seen), len(exercise.hints) - 1)
    last = "" if int(seen) <= number else f" This was the last hint. {_solution(exercise)}"
    return Feedback(
        "info",
        exercise.heading,
        f"Hint {number + 1} of {len(exercise.hints)}: {exercise.hints[number]}{last}",
    )


def _solution(exercise: Exercise) -> str:
    page = units.module_name(exercise.id).removeprefix("u")
    return f"The model answer and its reasons are in exercises/solutions/{page}.ipynb."


def progress(unit: str | int | None = None) -> pd.DataFrame:
    """A table of the exercises of one unit: title, stage, tries, state; of all units, a line each.

    It reads the record on this machine; delete the file that `multipolarity.record.path()` names
    to start afresh.
    """
    entries = record.read()
    rows = [
        {
            "exercise": e.id,
            "title": e.title,
            "stage": e.stage,
            "tries": entries.get(e.id, record.EMPTY)["attempts"],
            "state": _state(entries.get(e.id, record.EMPTY)),
        }
        for e in units.exercises(unit)
    ]
    table = pd.DataFrame(rows, columns=["exercise", "title", "stage", "tries", "state"])
    if unit is not None:
        return table.set_index("exercise")
    by_unit = table["exercise"].str.split(".").str[0].rename("unit")
    counts = pd.crosstab(by_unit, table["state"])
    states = counts.reindex(columns=["done", "tried", "open"], fill_value=0)
    return states.reindex(by_unit.unique()).rename_axis(columns=None)


def _state(entry: dict[str, Any]) -> str:
    if entry["done"]:
        return "done"
    return "tried" if entry["attempts"] else "open"
