"""The exercises of each unit: module u05_sco for notebook 05_sco, and so on."""

from __future__ import annotations

import pkgutil
import re
from difflib import get_close_matches
from functools import cache
from importlib import import_module

from multipolarity.exercise import Exercise
from multipolarity.feedback import Feedback


@cache
def modules() -> dict[str, str]:
    """Unit ("5", "P") -> name of its module, without importing any."""
    names = [m.name for m in pkgutil.iter_modules(__path__) if re.match(r"u\d\d_|primer$", m.name)]
    return {_unit_of(name): name for name in sorted(names)}


def _unit_of(name: str) -> str:
    return str(int(name[1:3])) if name[1:3].isdigit() else name[0].upper()


def module_name(exercise_id: str) -> str:
    return modules()[exercise_id.split(".")[0]]


def exercises(unit: str | int | None = None) -> list[Exercise]:
    """All exercises of one unit, or of every unit, in the order of the page."""
    wanted = modules() if unit is None else {str(unit).upper(): modules().get(str(unit).upper())}
    if None in wanted.values():
        raise ValueError(f"There is no unit {unit!r}. The units are {', '.join(modules())}.")
    found = [import_module(f"{__name__}.{name}").EXERCISES for name in wanted.values()]
    return [exercise for group in found for exercise in group]


def find(exercise_id: str) -> Exercise | Feedback:
    """The exercise with this id, or a sentence that names the nearest ids."""
    wanted = str(exercise_id).strip()
    unit = wanted.split(".")[0].upper()
    if unit in modules():
        by_id = {exercise.id.casefold(): exercise for exercise in exercises(unit)}
        if wanted.casefold() in by_id:
            return by_id[wanted.casefold()]
        ids = [exercise.id for exercise in by_id.values()]
    else:
        ids = [exercise.id for exercise in exercises()]
    # "P1", "P 1" and "P,1" lack only the dot.
    near = [known for known in ids if _bare(known) == _bare(wanted)]
    near = near or get_close_matches(wanted, ids, n=3, cutoff=0.3) or ids[:3]
    return Feedback(
        "info",
        f"Exercise {wanted[:20]}",
        f"There is no exercise with this number. Did you mean {', '.join(near)}? "
        f'Write the number with its dot, in quotation marks: "{near[0]}".',
    )


def _bare(exercise_id: str) -> str:
    return re.sub(r"[^a-z0-9]", "", exercise_id.casefold()).replace(
        "o", "0"
    )  # the letter O for zero
