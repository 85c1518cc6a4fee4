"""Stock nbgrader opens every set, and on honest work it gives the marks that the grader gives."""

import csv

import pytest
import stock_course
from click.testing import CliRunner
from stock_course import COURSE, lay_out, read_and_answered, solved

from multipolarity import problem_sets
from multipolarity.cli import main
from multipolarity.grading.sandbox import available

STUDENTS = ["anna", "björn", "chen"]


def work_of(student: str, task: dict) -> dict:
    """Anna answers everything, Björn every second item, Chen the form to read, where there is one."""
    name = task["set"]
    if "read" in task:
        return read_and_answered(name, task)
    items = [item.name for item in COURSE.items(name, task)]
    return solved(name, tuple(items[::2]) if student == "björn" else ())


@pytest.mark.skipif(bool(available()), reason=available() or "no sandbox")
@pytest.mark.parametrize("name", problem_sets.names())
def test_marks_equal_those_of_nbgrader_alone(tmp_path, name):
    cohort, submitted = lay_out(tmp_path, name, STUDENTS, work_of, readers=("chen",))
    stock_course.prepare(tmp_path, name)
    one = submitted / "anna" / name / f"{name}.ipynb"
    assert "Success" in stock_course.nbgrader(tmp_path, "validate", str(one))
    stock_course.nbgrader(tmp_path, "autograde", name)
    theirs = stock_course.stock_marks(tmp_path, name)

    done = CliRunner().invoke(
        main,
        ["grade", name, "--submitted", str(submitted), "--out", str(tmp_path / "out"),
         "--cohort", str(cohort.folder), "--course", str(COURSE.folder)],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    with open(tmp_path / "out" / "results.csv", encoding="utf-8") as file:
        ours = {(row["student"], row["item"]): float(row["points"]) for row in csv.DictReader(file)}

    assert set(theirs) == set(STUDENTS)
    for student, items in theirs.items():
        assert items == {item: ours[student, item] for item in items}
    assert sum(theirs["chen"].values()) == sum(theirs["anna"].values()) > sum(theirs["björn"].values())
