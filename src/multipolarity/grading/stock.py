"""The same key under nbgrader's own autograder: what the hidden line of each check cell calls.

Here the verdict falls in the student's process, so use it only for work that you trust, and to
compare: on an honest set both give the same marks.
"""

from __future__ import annotations

import os
from typing import Any

from multipolarity import problem_sets
from multipolarity.grading.carry import Uncarried, pack
from multipolarity.grading.course import Course
from multipolarity.grading.items import mark

COURSE = "MULTIPOLARITY_COURSE"  # the folder exercises/graded, for the kernels that nbgrader starts


def points(name: str, answer: Any) -> float:
    """The points of one item; nbgrader takes the last value of a check cell as its score."""
    task = problem_sets.task()
    items = {item.name: item for item in Course.here(os.environ[COURSE]).items(task["set"], task)}
    item = items[name]
    if item.inputs:
        results = {str(i): _called(answer, args) for i, args in enumerate(item.inputs, 1)}
        return mark(item, {"value": pack(results)}).points
    try:
        return mark(item, {"value": pack(answer)}).points
    except Uncarried:
        return 0.0


def _called(function: Any, arguments: Any) -> Any:
    try:
        return function(*arguments)
    except Exception:
        return None
