"""Every exercise of the library stands on its page and in the solutions, as the library knows it."""

import json
import re
from pathlib import Path

import pytest
from notebook_rules import cells, markdown, source

from multipolarity import forms, units

ROOT = Path(__file__).parents[1]
EXERCISES = units.exercises()
WITHOUT_HEADING = r"\.(prior|exit|peer)$|-(read|guess)$"  # parts of another step or exercise
WITHOUT_SOLUTION = r"\.(prior|exit)$"  # the student's own numbers


def notebook(exercise, folder):
    name = units.module_name(exercise.id).removeprefix("u")
    return json.loads((ROOT / folder / f"{name}.ipynb").read_text(encoding="utf-8"))


def checked(page):
    """{id: what the check said} for every check cell of a page."""
    found = {}
    for _, cell in cells(page, "code"):
        for exercise_id in re.findall(r'^check\("([^"]+)"', source(cell), re.MULTILINE):
            texts = ["".join(o.get("data", {}).get("text/plain", "")) for o in cell["outputs"]]
            found.setdefault(exercise_id, "".join(texts))
    return found


def section(page, exercise):
    """The Markdown from the exercise's heading to the next heading."""
    start = rf"^#+ Exercise {re.escape(exercise.id)} · "
    found = re.search(rf"{start}.*?(?=^#+ |\Z)", markdown(page), re.MULTILINE | re.DOTALL)
    assert found, f"there is no heading 'Exercise {exercise.id} · ...' on the page"
    return found[0]


def by_id(exercises):
    return pytest.mark.parametrize("exercise", exercises, ids=lambda e: e.id)


HEADED = [e for e in EXERCISES if not re.search(WITHOUT_HEADING, e.id)]
SOLVED = [e for e in EXERCISES if not re.search(WITHOUT_SOLUTION, e.id)]
MARKED = [e for e in EXERCISES if e.reference is not None]


@by_id(EXERCISES)
def test_page_checks_it_and_holds_no_answer(exercise):
    said = checked(notebook(exercise, "notebooks"))
    assert exercise.id in said, f'the page has no cell check("{exercise.id}", ...)'
    assert said[exercise.id].startswith("○"), "an answer was left on the students' page"


@by_id(SOLVED)
def test_solution_passes_its_own_check(exercise):
    said = checked(notebook(exercise, "exercises/solutions"))
    assert exercise.id in said, f'the solutions have no cell check("{exercise.id}", ...)'
    assert said[exercise.id].startswith(("✓", "✎")), f"the model answer gets: {said[exercise.id]}"


@by_id(HEADED)
def test_heading_and_stage_stand_on_the_page(exercise):
    text = section(notebook(exercise, "notebooks"), exercise)
    assert text.splitlines()[0].lstrip("# ") == exercise.heading
    tag = f"*{exercise.stage.capitalize()}, difficulty {exercise.difficulty}"
    assert tag in text, f"the section does not open with {tag}, ...*"
    solution = markdown(notebook(exercise, "exercises/solutions"))
    for title in re.findall(rf"^#+ (Exercise {re.escape(exercise.id)} · .*)$", solution, re.MULTILINE):
        assert title == exercise.heading, "the solutions give another title"


@by_id([e for e in HEADED if e in MARKED and not isinstance(e.form, forms.Ordering)])
def test_there_is_a_route_without_code(exercise):
    assert "*Read it*" in section(notebook(exercise, "notebooks"), exercise)


@by_id(MARKED)
def test_help_is_complete(exercise):
    assert exercise.hints, "give at least one hint"
    assert exercise.see, "say where the idea is explained"
    assert exercise.misconceptions, "name at least one misconception"


def test_pages_check_no_unknown_exercise():
    known = {e.id for e in EXERCISES}
    for folder in ("notebooks", "exercises/solutions"):
        for path in (ROOT / folder).glob("*.ipynb"):
            page = json.loads(path.read_text(encoding="utf-8"))
            assert set(checked(page)) <= known, path.name
