"""The graded problem sets as a student sees them: your own numbers, and a check of the form.

The key and the mark scheme are not here; the course keeps them apart from what it installs.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from multipolarity.feedback import Feedback
from multipolarity.forms import Choice, Misread, Number, Parts, Unfinished, is_open, kind

TASK_FILE = "task.json"
NOT_THE_MARK = "This says that your answer can be read. It is not the mark."


@dataclass(frozen=True)
class Function:
    """The form of a function that the student writes: it is called once, with `example`."""

    result: Any
    example: Sequence[Any]

    def read(self, answer: Any) -> Any:
        if not callable(answer):
            raise Misread(f"You gave {kind(answer)}; a function is wanted: def name(...): ...")
        try:
            given = answer(*self.example)
        except Exception as error:
            raise Misread(
                f"Your function ended with {type(error).__name__}: {str(error)[:200]}. It was called "
                "with an example of the kind that the task describes."
            ) from error
        if given is None:
            raise Misread("Your function gives nothing back: is a `return` missing?")
        return self.result.read(given)


def problem_set(name: str) -> ModuleType:
    """The public part of a set, "ps5": TITLE, POINTS, draw(rng), forms(task)."""
    if name not in names():
        raise ValueError(f"There is no set {name!r}. The sets are {', '.join(names())}.")
    return import_module(f"{__name__}.{name}")


def names() -> list[str]:
    return sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def draw(name: str, salt: str, student: str) -> dict[str, Any]:
    """The numbers of one student: the same for the same cohort salt, set and student id."""
    seed = hashlib.sha256(f"{salt}\n{name}\n{student}".encode()).hexdigest()
    return {"set": name, **problem_set(name).draw(random.Random(seed))}


def task() -> dict[str, Any]:
    """Your own numbers, read from task.json beside the notebook."""
    path = Path(TASK_FILE)
    if not path.is_file():
        raise SystemExit(
            "task.json was not found beside this notebook. Unpack the whole archive into one "
            "folder and open the notebook there."
        )
    return json.loads(path.read_text(encoding="utf-8"))


def reading_form(asked: dict[str, list[str]]) -> Parts:
    """The form of an item that is read, not coded: a number or one of the options per letter."""
    return Parts({k: Choice(options) if options else Number(0.011) for k, options in asked.items()})


def forms(task: dict[str, Any]) -> dict[str, Any]:
    """The form of each item's answer, as this student was given the set."""
    read = {item: reading_form(asked) for item, asked in task.get("read", {}).items()}
    return {**problem_set(task["set"]).forms(task), **read}


def check_form(item: str, answer: Any) -> Feedback:
    """Say whether an answer can be read; raises nothing and knows no solution."""
    heading = f"Item {item}"
    given = task()
    known = forms(given)
    if item not in known:
        return Feedback(
            "info", heading, f"There is no such item. The items are {', '.join(known)}."
        )
    if is_open(answer):
        return Feedback("open", heading, "Replace the three dots by your answer.")
    try:
        known[item].read(answer)
    except Unfinished as unfinished:
        return Feedback("open", heading, str(unfinished))
    except Misread as misread:
        return Feedback("retry", heading, str(misread))
    except Exception as error:
        return Feedback(
            "retry", heading, f"Your answer could not be read ({type(error).__name__})."
        )
    return Feedback("noted", heading, NOT_THE_MARK)
