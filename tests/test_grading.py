"""Handing out and marking, end to end; what an instructor sees when something is missing."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from stock_course import COURSE, lay_out, solved

from multipolarity import problem_sets
from multipolarity.cli import main
from multipolarity.grading import export, gradebook, release, runners
from multipolarity.grading.course import Cohort, Course, Missing
from multipolarity.grading.lateness import Late, stamped
from multipolarity.grading.sandbox import Worker, available, request
from multipolarity.grading.similar import Seen

NAME = "ps5"
STUDENTS = ["anna", "björn", "chen", "dina"]
ROOT = Path(__file__).parents[1]
needs_sandbox = pytest.mark.skipif(bool(available()), reason=available() or "no sandbox")


def notebook_of(student: str, task: dict) -> dict:
    """Anna solves everything; the others leave out one item more each, and Chen writes."""
    items = [item.name for item in COURSE.items(NAME, problem_sets.draw(NAME, "x" * 16, student))]
    notebook = solved(NAME, tuple(items[: STUDENTS.index(student)]))
    if student == "chen":
        for cell in notebook["cells"]:
            if cell["metadata"]["nbgrader"]["grade_id"] == "own_code":
                cell["source"] = "Article 5 binds. <script>alert(1)</script>"
    return notebook


@pytest.fixture
def course(tmp_path):
    return lay_out(tmp_path, NAME, STUDENTS, notebook_of)


def grade(root: Path, *extra: str):
    return CliRunner().invoke(
        main,
        ["grade", NAME, "--submitted", str(root / "submitted"), "--out", str(root / "out"),
         "--cohort", str(root / "cohort"), "--course", str(COURSE.folder), *extra],
    )  # fmt: skip


def results(root: Path) -> dict[tuple[str, str], dict]:
    with open(root / "out" / "results.csv", encoding="utf-8") as file:
        return {(row["student"], row["item"]): row for row in csv.DictReader(file)}


# --- Handing out -----------------------------------------------------------------------------------


def test_a_release_has_one_archive_per_student_with_notebook_and_numbers(tmp_path, course):
    cohort, _ = course
    done = CliRunner().invoke(
        main,
        ["release", NAME, "--cohort", str(cohort.folder), "--out", str(tmp_path / "handout"),
         "--course", str(COURSE.folder)],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    for student in STUDENTS:
        with zipfile.ZipFile(tmp_path / "handout" / student / f"{NAME}.zip") as zipped:
            assert set(zipped.namelist()) == {f"{NAME}/{NAME}.ipynb", f"{NAME}/task.json"}
            assert json.loads(zipped.read(f"{NAME}/task.json")) == cohort.task(NAME, student)


@pytest.mark.parametrize("name", problem_sets.names())
def test_what_is_released_is_clean(name):
    salt = "0123456789abcdef0123"
    content = release.archive(release.released(COURSE.source(name)), name, {"set": name})
    release.prove_clean(content, release.secrets_of(COURSE, name), salt)


@pytest.mark.parametrize("leak", ["salt", "solution", "key", "marker", "output"])
def test_a_leak_is_found(leak):
    salt = "0123456789abcdef0123"
    secrets = release.secrets_of(COURSE, NAME)
    notebook = release.released(COURSE.source(NAME))
    solution = 'totals = codes.groupby("organisation")["code"].sum()'
    key = "return family_means(task).min(axis=1)"
    assert {solution, key} <= secrets
    planted = {
        "salt": salt,
        "solution": solution,
        "key": key,
        "marker": "# END SOLUTION BEGIN SOLUTION",
    }
    if leak == "output":
        output = {"output_type": "stream", "name": "stdout", "text": [solution]}
        notebook["cells"][1]["outputs"] = [output]
    else:
        notebook["cells"][1]["source"] += "\n" + planted[leak]
    with pytest.raises(release.Leak):
        release.prove_clean(release.archive(notebook, NAME, {}), secrets, salt)


@pytest.mark.parametrize("name", problem_sets.names())
def test_no_line_of_a_key_is_in_what_students_install_or_read(name):
    key = (COURSE.folder / "keys" / f"{name}.py").read_text(encoding="utf-8")
    lines = [line.strip() for line in key.splitlines()]
    lines = [line for line in lines if line.startswith("return ") and len(line) > 30]
    package = [p for p in (ROOT / "src").rglob("*.py") if "units" not in p.parts]
    pages = [*(ROOT / "notebooks").glob("*.*"), *package]
    text = "\n".join(path.read_text(encoding="utf-8") for path in pages)
    assert lines and [line for line in lines if line in text] == []


@needs_sandbox
def test_the_archive_runs_as_it_is_unpacked(tmp_path):
    """Every cell of the released notebook runs, and the form check says that it is not the mark."""
    cells = [c["source"] for c in solved(NAME)["cells"] if c["cell_type"] == "code"]
    task = problem_sets.draw(NAME, "x" * 16, "anna")
    last = 'said = repr(check_form("totals", totals))'
    with Worker() as worker:
        ran = worker.run(request([*cells, last], ["said"], files={"task.json": json.dumps(task)}))
    assert ran["failed"] == []
    assert problem_sets.NOT_THE_MARK in ran["values"]["said"]["value"]


# --- Marking ---------------------------------------------------------------------------------------


@needs_sandbox
def test_the_loop_from_submissions_to_sheets(tmp_path, course):
    done = grade(tmp_path)
    assert done.exit_code == 0, done.output
    assert "4 marked, 0 refused" in done.output
    rows = results(tmp_path)
    assert rows["anna", "totals"]["status"] == "right"
    assert rows["björn", "totals"]["status"] == "open"
    assert rows["chen", "own_code"]["status"] == "waiting"
    lines = (tmp_path / "out" / "moodle.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("ID number,Problem set 5") and lines[1] == "anna,10"
    lines = (tmp_path / "out" / "canvas.csv").read_text(encoding="utf-8").splitlines()
    # Without these columns Canvas takes a sheet for none.
    assert lines[0].startswith("Student,ID,SIS User ID,SIS Login ID,Section,Problem set 5")
    assert lines[1].split(",")[-1] == "20" and "Points Possible" in lines[1]
    assert lines[2] == ",,anna,anna,,10"
    page = (tmp_path / "out" / "feedback" / "björn.html").read_text(encoding="utf-8")
    assert "Not answered" in page and "anna" not in page


@needs_sandbox
def test_a_mark_given_by_a_person_survives_and_arrives_in_the_export(tmp_path, course):
    grade(tmp_path)
    out = tmp_path / "out"
    with gradebook._open(out) as book:
        written = book.find_grade("own_code", NAME, NAME, "chen")
        assert written.needs_manual_grade
        written.manual_score, written.needs_manual_grade = 4, False
        book.find_comment("own_code", NAME, NAME, "chen").manual_comment = "Well cited."
        book.db.commit()
    before = float(results(tmp_path)["chen", "kappa"]["points"])
    assert grade(tmp_path).exit_code == 0
    row = results(tmp_path)["chen", "own_code"]
    assert (row["points"], row["status"], row["message"]) == ("4", "marked", "Well cited.")
    assert float(results(tmp_path)["chen", "kappa"]["points"]) == before
    # A new text asks for a new look, and the old mark stays until then.
    path = tmp_path / "submitted" / "chen" / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text().replace("Article 5 binds", "Article 4 binds"))
    assert grade(tmp_path).exit_code == 0
    assert results(tmp_path)["chen", "own_code"]["status"] == "waiting"


@needs_sandbox
def test_an_essay_is_harmless_in_the_markers_browser(tmp_path, course):
    grade(tmp_path)
    path = tmp_path / "out" / "autograded" / "chen" / NAME / f"{NAME}.ipynb"
    assert "<script" not in path.read_text()
    assert (
        gradebook.harmless("a < b, [x](javascript:y) ![z](http://q) $\\href{a}$").count("\\") >= 6
    )


@needs_sandbox
def test_a_batch_that_was_ended_resumes_without_running_anything_twice(tmp_path):
    slow = [f"s{number}" for number in range(8)]

    def notebook(student: str, task) -> dict:
        made = solved(NAME)
        made["cells"][1]["source"] = made["cells"][1]["source"]
        cell = {"cell_type": "code", "metadata": {}, "source": "import time\ntime.sleep(0.7)"}
        made["cells"].insert(2, cell)
        return made

    lay_out(tmp_path, NAME, slow, notebook)
    command = [sys.executable, "-m", "multipolarity.cli", "grade", NAME, "--submitted",
               str(tmp_path / "submitted"), "--out", str(tmp_path / "out"), "--cohort",
               str(tmp_path / "cohort"), "--course", str(COURSE.folder), "--workers", "1"]  # fmt: skip
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    runs = tmp_path / "out" / "runs"
    while len(list(runs.glob("*.json"))) < 3:
        time.sleep(0.05)
    started.send_signal(signal.SIGKILL)
    started.wait()
    kept = {path: path.stat().st_mtime_ns for path in runs.glob("*.json")}
    assert 3 <= len(kept) < 8
    assert grade(tmp_path).exit_code == 0
    assert all(path.stat().st_mtime_ns == when for path, when in kept.items())
    assert len(results(tmp_path)) == 8 * 7


# --- What an instructor sees when something is missing ---------------------------------------------


def test_without_a_sandbox_it_refuses_with_a_sentence(tmp_path, course, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    done = grade(tmp_path)
    assert done.exit_code == 1
    assert "--no-sandbox" in done.output and "apt-get install bubblewrap" in done.output


def test_no_sandbox_says_so_loudly_and_marks(tmp_path, course):
    done = grade(tmp_path, "--no-sandbox")
    assert done.exit_code == 0, done.output
    assert "Without a sandbox" in done.output
    assert results(tmp_path)["anna", "kappa"]["status"] == "right"


def test_missing_things_are_named(tmp_path):
    with pytest.raises(Missing, match="No graded set"):
        Course.here(tmp_path)
    with pytest.raises(Missing, match="No set 'ps99'"):
        COURSE.source("ps99")
    with pytest.raises(Missing, match=r"students\.csv was not found"):
        Cohort.open(tmp_path)
    (tmp_path / "students.csv").write_text("name\nx\n")
    with pytest.raises(Missing, match="no column `student`"):
        Cohort.open(tmp_path).students()
    (tmp_path / "students.csv").write_text("student\n../x\n")
    with pytest.raises(Missing, match="name of a folder"):
        Cohort.open(tmp_path).students()


def test_the_salt_is_made_once_and_only_its_owner_reads_it(tmp_path):
    (tmp_path / "students.csv").write_text("student\nx\n")
    cohort = Cohort.open(tmp_path)
    with pytest.raises(Missing, match="Put back the one"):
        cohort.salt()
    cohort.make_salt()
    first = cohort.salt()
    cohort.make_salt()
    assert cohort.salt() == first
    assert (tmp_path / "salt.txt").stat().st_mode & 0o077 == 0


def test_a_stranger_is_refused_and_named(tmp_path, course):
    (tmp_path / "submitted" / "nobody").mkdir()
    done = grade(tmp_path, "--no-sandbox")
    assert "nobody is not in the list of students" in done.output
    assert done.exit_code == 0


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1"])
def test_formulas_are_escaped(text):
    assert export.safe(text).startswith("'")


def test_zip_is_the_same_each_time():
    made = [
        release.archive(release.released(COURSE.source(NAME)), NAME, {"a": 1}) for _ in range(2)
    ]
    assert made[0] == made[1]
    assert zipfile.ZipFile(io.BytesIO(made[0])).testzip() is None


def test_the_key_is_not_in_the_environment_of_a_worker():
    assert "MULTIPOLARITY_COURSE" not in os.environ


# --- Late, alike, elsewhere ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stamp, lost",
    [
        ("2026-12-01 11:59:00 UTC", 0),
        ("2026-12-01 12:01:00 UTC", 1),
        ("2026-12-03T12:01:00+00:00", 3),
        ("2027-01-01 00:00:00 UTC", 10),
        ("yesterday", 0),
        ("", 0),
    ],
)
def test_late_days(tmp_path, stamp, lost):
    place = tmp_path / "anna" / NAME
    place.mkdir(parents=True)
    (place / "timestamp.txt").write_text(stamp)
    late = Late(datetime(2026, 12, 1, 12, tzinfo=UTC), stamped(tmp_path, NAME), 0.1, 7)
    mark = late.mark("anna", 10)
    assert (mark.points if mark else 0) == -lost


@pytest.mark.parametrize("stamp", ["0001-01-01T00:00:00", "9999-12-31T23:59:59", "yesterday", ""])
def test_a_time_that_is_none_counts_as_unknown_or_as_a_time(tmp_path, stamp):
    (tmp_path / "anna" / NAME).mkdir(parents=True)
    (tmp_path / "anna" / NAME / "timestamp.txt").write_text(stamp)
    Late(datetime(2026, 12, 1, tzinfo=UTC), stamped(tmp_path, NAME)).mark("anna", 10)


@needs_sandbox
def test_a_late_submission_loses_points_in_every_sheet(tmp_path, course):
    (tmp_path / "submitted" / "anna" / NAME / "timestamp.txt").write_text("2026-12-02 23:00:00 UTC")
    assert grade(tmp_path, "--due", "2026-12-01T12:00").exit_code == 0
    assert results(tmp_path)["anna", "late"]["points"] == "-2"
    assert "anna,8" in (tmp_path / "out" / "moodle.csv").read_text(encoding="utf-8")


def test_a_route_is_code_or_read(tmp_path):
    (tmp_path / "students.csv").write_text("student,route\nanna,Read\nbo,\nchen,code\n")
    cohort = Cohort.open(tmp_path)
    cohort.make_salt()
    assert [cohort.task(NAME, s).get("route") for s in cohort.students()] == ["read", None, None]
    (tmp_path / "students.csv").write_text("student,route\nanna,swim\n")
    with pytest.raises(Missing, match="the route of anna is 'swim'; write code or read"):
        Cohort.open(tmp_path).students()


@needs_sandbox
def test_the_instructors_list_of_times_counts_more_than_the_students_file(tmp_path, course):
    place = tmp_path / "submitted" / "anna" / NAME
    (place / "timestamp.txt").write_text("2026-11-01 10:00:00 UTC")
    times = tmp_path / "times.csv"
    times.write_text("student,time\nanna,2026-12-02T11:00+00:00\nchen,2026-11-30T10:00\n")
    said = grade(tmp_path, "--due", "2026-12-01T12:00", "--received", str(times)).output
    assert results(tmp_path)["anna", "late"]["points"] == "-1"
    assert "Time of handing in not known, nothing taken off: 2 (björn, dina)" in said
    times.write_text("student,time\nanna,yesterday\n")
    said = grade(tmp_path, "--due", "2026-12-01T12:00", "--received", str(times)).output
    assert "the time of anna, 'yesterday', cannot be read" in said


def test_identical_long_answers_are_named_and_short_ones_are_not():
    seen = Seen({})
    long = "The SCO binds its members less than NATO does, since its charter holds no duty to help."
    for student in ("a", "b"):
        answers = {"own": long.upper() if student == "b" else long, "gap": "gap = 1"}
        seen.add(student, answers, {"cells": []})
        stub = "*Write here, in place of this line.* " * 3
        cell = {"metadata": {"nbgrader": {"grade_id": "two"}}, "source": stub}
        seen.add(student, {"two": stub}, {"cells": [cell]})
    assert list(seen.groups()) == [("own", ["a", "b"])]
    expected = Seen({"own": long})  # what the course teaches says nothing about its authors
    for student in ("a", "b"):
        expected.add(student, {"own": long}, {"cells": []})
    assert list(expected.groups()) == []


@needs_sandbox
def test_dask_gives_the_same_marks(tmp_path, course):
    """A scheduler and two worker processes on loopback."""
    assert grade(tmp_path).exit_code == 0
    here = results(tmp_path)
    shutil.rmtree(tmp_path / "out")
    python = [sys.executable, "-m"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    started = [
        subprocess.Popen(
            [*python, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
             "--no-dashboard", "--scheduler-file", str(tmp_path / "scheduler.json")],
            env=environment, stderr=subprocess.DEVNULL,
        )
    ]  # fmt: skip
    try:
        for _ in range(2):
            started.append(
                subprocess.Popen(
                    [*python, "distributed.cli.dask_worker", "--scheduler-file",
                     str(tmp_path / "scheduler.json"), "--nthreads", "1", "--no-dashboard",
                     "--no-nanny", "--local-directory", str(tmp_path)],
                    env=environment, stderr=subprocess.DEVNULL,
                )
            )  # fmt: skip
        while not (tmp_path / "scheduler.json").exists():
            time.sleep(0.1)
        address = json.loads((tmp_path / "scheduler.json").read_text())["address"]
        done = grade(tmp_path, "--dask", address)
        assert done.exit_code == 0, done.output
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()
    assert results(tmp_path) == here


@needs_sandbox
def test_a_dask_scheduler_without_a_worker_is_named(tmp_path, course, monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr(runners, "WAIT", 1)
    with LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1") as cluster:
        done = grade(tmp_path, "--dask", cluster.scheduler_address)
    assert done.exit_code == 1 and "has no worker" in done.output


def test_dask_that_is_not_there_is_named(tmp_path, course):
    done = grade(tmp_path, "--dask", "tcp://127.0.0.1:1")
    assert done.exit_code == 1
    assert "No Dask scheduler answers at tcp://127.0.0.1:1" in done.output


@needs_sandbox
def test_what_is_added_below_a_task_cell_waits_for_a_person_and_is_harmless(tmp_path):
    name, students = "capstone", ["anna", "bo"]

    def work(student: str, task: dict) -> dict:
        notebook = solved(name)
        if student == "anna":
            place = [c["metadata"]["nbgrader"]["grade_id"] for c in notebook["cells"]]
            code = {"cell_type": "code", "metadata": {}, "source": "# claim 1\nfirst = 1 + 1"}
            text = {
                "cell_type": "markdown",
                "metadata": {},
                "source": "claim 1: 2 <script>x</script>",
            }
            notebook["cells"].insert(place.index("computation") + 1, code)
            notebook["cells"].insert(place.index("computation") + 2, text)
        return notebook

    lay_out(tmp_path, name, students, work)
    command = ["grade", name, "--submitted", str(tmp_path / "submitted"), "--out",
               str(tmp_path / "out"), "--cohort", str(tmp_path / "cohort"), "--course",
               str(COURSE.folder)]  # fmt: skip
    assert CliRunner().invoke(main, command).exit_code == 0
    assert results(tmp_path)["anna", "computation"]["status"] == "waiting"
    assert results(tmp_path)["bo", "computation"]["status"] == "open"
    marked = (tmp_path / "out" / "autograded" / "anna" / name / f"{name}.ipynb").read_text()
    assert "first = 1 + 1" in marked and "&lt;script" in marked and "<script" not in marked
    with gradebook._open(tmp_path / "out") as book:
        grade = book.find_grade("computation", name, name, "anna")
        grade.manual_score, grade.needs_manual_grade = 3, False
        book.db.commit()
    assert CliRunner().invoke(main, command).exit_code == 0
    row = results(tmp_path)["anna", "computation"]
    assert (row["points"], row["status"]) == ("3", "marked"), row


@needs_sandbox
def test_without_the_salt_nobody_is_marked(tmp_path, course):
    (tmp_path / "cohort" / "salt.txt").unlink()
    done = grade(tmp_path)
    assert done.exit_code == 1 and "Put back the one" in done.output
    assert not (tmp_path / "cohort" / "salt.txt").exists()
    assert not (tmp_path / "out" / "results.csv").exists()


@needs_sandbox
def test_a_computers_mark_that_a_person_corrects_counts(tmp_path, course):
    grade(tmp_path)
    with gradebook._open(tmp_path / "out") as book:
        book.find_grade("totals_form", NAME, NAME, "dina").manual_score = 1.5
        book.find_comment("totals", NAME, NAME, "dina").manual_comment = "Right idea."
        book.db.commit()
    assert grade(tmp_path).exit_code == 0
    row = results(tmp_path)["dina", "totals"]
    assert (row["points"], row["status"], row["message"]) == ("1.5", "marked", "Right idea.")


@needs_sandbox
def test_who_is_missing_and_what_is_no_folder_is_said(tmp_path, course):
    shutil.rmtree(tmp_path / "submitted" / "dina")
    (tmp_path / "submitted" / "s006.zip").write_bytes(b"PK")
    said = grade(tmp_path).output
    assert "Not handed in: 1 (dina)" in said and "no student's folder: 1 (s006.zip)" in said
    shutil.rmtree(tmp_path / "submitted")
    (tmp_path / "submitted").mkdir()
    done = grade(tmp_path)
    assert done.exit_code == 1 and "holds no student's folder" in done.output
