"""A class of honest students in nbgrader's own layout, for comparisons with nbgrader alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

from multipolarity import problem_sets
from multipolarity.grading.course import Cohort, Course
from multipolarity.grading.intake import grade_id
from multipolarity.grading.release import SOLUTION, handout, released

COURSE = Course.here(Path(__file__).parents[1] / "exercises" / "graded")
CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "stock"
c.ExecutePreprocessor.timeout = 120
"""


def solved(name: str, leave_out: tuple[str, ...] = ()) -> dict:
    """A student's notebook with the model answers in it, but for the items in leave_out."""
    source = COURSE.source(name)
    notebook = released(source)
    for cell, model in zip(notebook["cells"], source["cells"], strict=True):
        marks = model["metadata"]["nbgrader"]
        found = SOLUTION.search(model["source"])
        if marks["solution"] and found and marks["grade_id"] not in leave_out:
            cell["source"] = found.group().split("\n", 1)[1].rsplit("###", 1)[0].strip()
    return notebook


def read_and_answered(name: str, task: dict) -> dict:
    """The notebook of a student who reads, with every answer right."""
    notebook = handout(COURSE, name, task).notebook
    items = {item.name: item for item in COURSE.items(name, task)}
    for cell in notebook["cells"]:
        if item := items.get(grade_id(cell)):
            cell["source"] = f"{item.name} = {_right(item)!r}"
    return notebook


def _right(item) -> dict:
    """One right answer for each letter, where several are accepted, as plain Python values."""
    return {
        letter: sorted(answer)[0] if isinstance(answer, frozenset)
        else answer.item() if hasattr(answer, "item") else answer
        for letter, answer in item.exercise.answer.items()
    }  # fmt: skip


def lay_out(
    root: Path, name: str, students: list[str], notebook_of, readers: tuple[str, ...] = ()
) -> tuple[Cohort, Path]:
    """Write the cohort and submitted/<student>/<set>/ with each student's own task.json."""
    folder = root / "cohort"
    folder.mkdir(parents=True)
    rows = [f"{student},{'read' if student in readers else 'code'}" for student in students]
    (folder / "students.csv").write_text("\n".join(["student,route", *rows]) + "\n")
    cohort = Cohort.open(folder)
    cohort.make_salt()
    for student in students:
        given = handout(COURSE, name, cohort.task(name, student))
        place = root / "submitted" / student / name
        place.mkdir(parents=True)
        (place / f"{name}.ipynb").write_text(json.dumps(notebook_of(student, given.task)))
        (place / problem_sets.TASK_FILE).write_text(json.dumps(given.task))
    return cohort, root / "submitted"


def prepare(root: Path, name: str) -> None:
    """nbgrader's own preparation of the set."""
    (root / "source" / name).mkdir(parents=True)
    (root / "source" / name / f"{name}.ipynb").write_text(json.dumps(COURSE.source(name)))
    (root / "nbgrader_config.py").write_text(CONFIG)
    nbgrader(root, "generate_assignment", name, "--create")


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "MULTIPOLARITY_COURSE": str(COURSE.folder),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONWARNINGS": "ignore",
        "JUPYTER_PREFER_ENV_PATH": "1",
    }


def nbgrader(root: Path, *words: str) -> str:
    """What one nbgrader command in the course folder says; raises with its last lines if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=root, env=environment(), capture_output=True,
        text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def stock_marks(root: Path, name: str) -> dict[str, dict[str, float]]:
    """Student -> item -> points in nbgrader's gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "stock") as book:
        return {
            submission.student.id: {
                grade.cell.name.removesuffix("_form"): grade.auto_score or 0.0
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.cell.name.endswith("_form")
            }
            for submission in book.assignment_submissions(name)
        }
