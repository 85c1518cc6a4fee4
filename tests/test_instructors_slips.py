"""What goes wrong at an instructor's desk gets a sentence; no mark goes wrong without a word."""

import json
import shutil

import pytest
from filelock import FileLock
from stock_course import COURSE, lay_out, read_and_answered, solved
from test_grading import NAME, grade, needs_sandbox, notebook_of, results

from multipolarity.grading import gradebook, lateness
from multipolarity.grading.course import Cohort
from multipolarity.grading.listing import Missing
from multipolarity.grading.release import release

PAIR = ["anna", "björn"]


@pytest.fixture
def desk(tmp_path):
    lay_out(tmp_path, NAME, PAIR, notebook_of)
    return tmp_path


def notebook(desk, student="anna"):
    return desk / "submitted" / student / NAME / f"{NAME}.ipynb"


def hand_in_essay(desk, text):
    made = solved(NAME)
    cell = next(c for c in made["cells"] if c["metadata"]["nbgrader"]["grade_id"] == "own_code")
    cell["source"] = text
    notebook(desk).write_text(json.dumps(made))


# --- The folder of the results ---------------------------------------------------------------------


@needs_sandbox
def test_two_sets_or_two_cohorts_do_not_share_a_folder(desk):
    assert grade(desk).exit_code == 0
    before = (desk / "out" / "results.csv").read_bytes()
    kept = json.loads((desk / "out" / "marking.json").read_text())
    (desk / "out" / "marking.json").write_text(json.dumps({**kept, "set": "ps4"}))
    done = grade(desk)
    assert done.exit_code == 1 and "holds the results of ps4. Give each set" in done.output
    (desk / "out" / "marking.json").write_text(json.dumps(kept))
    (desk / "out" / ".cohort").write_text("another\n")
    done = grade(desk)
    assert done.exit_code == 1 and "another cohort, or to this one with another salt" in done.output
    assert (desk / "out" / "results.csv").read_bytes() == before


@needs_sandbox
def test_two_runs_do_not_write_into_one_folder(desk):
    (desk / "out").mkdir()
    with FileLock(desk / "out" / ".lock"):
        done = grade(desk)
    assert done.exit_code == 1 and "Another run is marking into" in done.output


# --- Late work -------------------------------------------------------------------------------------


@needs_sandbox
def test_the_rule_for_late_work_is_kept_until_it_is_taken_back(desk):
    stamp = desk / "submitted" / "anna" / NAME / "timestamp.txt"
    stamp.write_text("2026-12-01 23:00:00 UTC")
    assert "no rule, nothing is taken off" in grade(desk).output
    said = grade(desk, "--due", "2026-12-01T12:00", "--late-per-day", "20").output
    assert "due 2026-12-01 12:00" in said and "20% of the points" in said
    assert results(desk)["anna", "late"]["points"] == "-2"
    again = grade(desk, "--per-question")
    assert "due 2026-12-01 12:00" in again.output
    assert results(desk)["anna", "late"]["message"] == "1 day late: 20% taken off."
    head, anna, bjorn = (desk / "out" / "moodle.csv").read_text().splitlines()
    assert "1a totals" in head and head.endswith("late")
    assert anna.endswith(",-2") and bjorn.endswith(",0")
    assert "no rule" in grade(desk, "--no-late").output
    assert ("anna", "late") not in results(desk)
    assert "no rule" in grade(desk).output


@needs_sandbox
def test_times_need_a_deadline_and_name_students(desk):
    times = desk / "times.csv"
    times.write_text("Student;Time\nanna;2026-12-01T10:00\nbjorn;2026-12-01T10:00\n")
    assert "need the deadline: --due" in grade(desk, "--received", str(times)).output
    said = grade(desk, "--received", str(times), "--due", "2026-12-01T12:00").output
    assert "In the list of times, but no student: 1 (bjorn)" in said
    times.unlink()
    assert "was not found" in grade(desk).output


@needs_sandbox
def test_who_hands_in_again_after_the_list_of_times_is_named(desk):
    times = desk / "times.csv"
    times.write_text("student,time\nanna,2026-12-01T10:00\nbjörn,2026-12-01T10:00\n")
    said = grade(desk, "--due", "2026-12-01T12:00", "--received", str(times)).output
    assert "Changed since" not in said
    notebook(desk).write_text(json.dumps(solved(NAME, ("kappa",))))
    assert "give a new one with --received: 1 (anna)" in grade(desk).output
    assert "Changed since" not in grade(desk, "--received", str(times)).output


@needs_sandbox
def test_a_slip_in_the_options_is_not_remembered(desk):
    assert "need the deadline: --due" in grade(desk, "--late-per-day", "5").output
    assert grade(desk).exit_code == 0
    assert "Say one" in grade(desk, "--no-late", "--due", "2026-12-01T12:00").output
    for kept in ("[]", "{", '{"late": 3}', '{"late": {"due": 7}}'):
        (desk / "out" / "marking.json").write_text(kept)
        done = grade(desk)
        assert done.exit_code == 1 and "cannot be read" in done.output, kept


@pytest.mark.parametrize(
    "listed, seen",
    [
        ("anna,2026-12-05T10:00\nanna,2026-11-20T10:00\n", 5),  # the later counts
        ("anna,\nbjörn,-\nanna,2026-12-05T10:00\n", 5),
    ],
)
def test_lists_of_times_as_platforms_write_them(tmp_path, listed, seen):
    (tmp_path / "times.csv").write_text(f"student,time\n{listed}")
    times = lateness.listed(tmp_path / "times.csv")
    assert set(times) == {"anna"} and times["anna"].day == seen
    (tmp_path / "times.csv").write_text("student,time\nanna,2026-12-01\n")
    with pytest.raises(Missing, match="cannot be read"):
        lateness.listed(tmp_path / "times.csv")


def test_results_do_not_lie_among_the_submissions(desk):
    (desk / "out").symlink_to(desk / "submitted")
    assert "cannot lie in the folder of the submissions" in grade(desk).output


# --- What comes back -------------------------------------------------------------------------------


@needs_sandbox
def test_a_notebook_of_another_set_or_form_is_refused(desk):
    cohort = Cohort.open(desk / "cohort")
    labelled = solved(NAME)
    labelled["metadata"]["multipolarity"] = {"set": "ps4", "form": "code"}
    notebook(desk).write_text(json.dumps(labelled))
    notebook(desk, "björn").write_text(json.dumps(solved("ps4")))  # by its cells alone
    said = grade(desk).output
    assert "anna: This is the notebook of ps4, not of ps5" in said
    assert "björn: None of the notebook's questions is of ps5" in said
    task = {**cohort.task(NAME, "anna"), "route": "read"}
    notebook(desk).write_text(json.dumps(read_and_answered(NAME, task)))
    assert "the form of the set to read; you are listed for the form to code" in grade(desk).output


@needs_sandbox
@pytest.mark.parametrize("label", [None, 3, [], {"set": ["ps5"], "form": {}}, {"set": "no such"}])
def test_a_label_that_says_nothing_costs_nothing(desk, label):
    odd = solved(NAME)
    odd["metadata"]["multipolarity"] = label
    notebook(desk).write_text(json.dumps(odd))
    assert grade(desk).exit_code == 0
    assert results(desk)["anna", "totals"]["status"] == "right"


@needs_sandbox
def test_who_is_missing_is_in_the_results(desk):
    shutil.rmtree(desk / "submitted" / "björn")
    assert grade(desk).exit_code == 0
    assert results(desk)["björn", ""]["status"] == "absent"


@needs_sandbox
def test_who_handed_in_other_sets_only_is_absent_and_not_refused(desk):
    (notebook(desk, "björn").parent).rename(desk / "submitted" / "björn" / "ps4")
    said = grade(desk).output
    assert "1 marked, 0 refused" in said and "Not handed in: 1 (björn)" in said
    assert not (desk / "out" / "feedback" / "björn.html").exists()


@needs_sandbox
def test_an_answer_taken_back_asks_for_a_second_look(desk):
    hand_in_essay(desk, "Article 5 binds.")
    grade(desk)
    with gradebook._open(desk / "out") as book:
        book.find_grade("own_code", NAME, NAME, "anna").manual_score = 4
        book.find_grade("own_code", NAME, NAME, "anna").needs_manual_grade = False
        book.db.commit()
    notebook(desk).write_text(json.dumps(solved(NAME)))
    grade(desk)
    row = results(desk)["anna", "own_code"]
    assert (row["points"], row["status"]) == ("4", "waiting") and "changed" in row["message"]


@needs_sandbox
def test_a_run_that_ends_before_the_marks_are_kept_asks_for_a_second_look(desk, monkeypatch):
    hand_in_essay(desk, "Article 5 binds.")
    grade(desk)
    with gradebook._open(desk / "out") as book:
        written = book.find_grade("own_code", NAME, NAME, "anna")
        written.manual_score, written.needs_manual_grade = 5, False
        book.db.commit()
    hand_in_essay(desk, "Nothing binds.")

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(gradebook, "_record_one", killed)
        grade(desk)
    with monkeypatch.context() as patch:
        patch.setattr(gradebook, "write_whole", killed)
        grade(desk)
    grade(desk)
    assert results(desk)["anna", "own_code"]["status"] == "waiting"


@needs_sandbox
def test_a_correction_asks_for_a_second_look_when_the_answer_changes(desk):
    grade(desk)
    with gradebook._open(desk / "out") as book:
        book.find_grade("gap_form", NAME, NAME, "anna").manual_score = 0.5
        book.db.commit()
    grade(desk)
    assert results(desk)["anna", "gap"]["status"] == "marked"
    made = solved(NAME)
    cell = next(c for c in made["cells"] if c["metadata"]["nbgrader"]["grade_id"] == "gap")
    cell["source"] += "\n# once more"
    notebook(desk).write_text(json.dumps(made))
    said = grade(desk).output
    row = results(desk)["anna", "gap"]
    assert (row["points"], row["status"]) == ("0.5", "waiting") and "changed" in row["message"]
    assert "wait for your mark: 1." in said


@needs_sandbox
def test_the_marker_sees_the_students_numbers_and_the_page_says_where(desk):
    grade(desk)
    task = Cohort.open(desk / "cohort").task(NAME, "anna")
    marked = json.loads((desk / "out/autograded/anna/ps5/ps5.ipynb").read_text())
    assert task["left_out"] in marked["cells"][1]["source"]
    assert "1a totals" in (desk / "out" / "feedback" / "anna.html").read_text()


def test_a_lost_salt_is_not_replaced_by_a_release(desk):
    cohort = Cohort.open(desk / "cohort")
    salt = desk / "cohort" / "salt.txt"
    first = salt.read_text()
    release(COURSE, NAME, cohort, desk / "handout")
    salt.unlink()
    with pytest.raises(Missing, match="Put back the one"):
        release(COURSE, NAME, cohort, desk / "handout")
    salt.write_text("0123456789abcdef0123\n")
    with pytest.raises(Missing, match="not the salt with which this cohort began"):
        release(COURSE, NAME, cohort, desk / "handout")
    (desk / "cohort" / "salt.fingerprint").unlink()  # all of the cohort is lost and made anew
    with pytest.raises(Missing, match="belongs to another cohort"):
        release(COURSE, NAME, cohort, desk / "handout")
    salt.write_text(first)
    release(COURSE, NAME, cohort, desk / "handout")


# --- The list of students --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"student,route\nanna,read\n007,\n",
        b"sep=;\nstudent;route\nanna;read\n007;\n",
        "Student;Route\nanna;read\n007;\n\n".encode("utf-8-sig"),
        "student\troute\nanna\tread\n007\t\n".encode("utf-16"),
        'Name,STUDENT,route\n"Müller, A.",anna,Read\nB,007\n'.encode("cp1252"),
    ],
)
def test_lists_as_spreadsheets_write_them(tmp_path, content):
    (tmp_path / "students.csv").write_bytes(content)
    cohort = Cohort.open(tmp_path)
    cohort.make_salt()
    assert cohort.students() == ["anna", "007"]
    assert cohort.task(NAME, "anna")["route"] == "read"


@pytest.mark.parametrize(
    "content, says",
    [
        (b"", "it is empty"),
        (b"student\n", "lists no student"),
        (b"name,id\nanna,1\n", "has no column `student`: it has name, id"),
        (b"PK\x03\x04", "spreadsheet or an archive"),
        (b"student,route\nanna,read\nanna,code\n", "lists anna twice"),
        (b'student\n"anna\nbob\ncarl\n', "cannot be read as CSV"),
        ("student\nanna\u200b\n".encode(), "name of a folder"),
        (b"student\n" + b"x" * 300, "name of a folder"),
    ],
)
def test_lists_that_are_none_get_a_sentence(tmp_path, content, says):
    (tmp_path / "students.csv").write_bytes(content)
    with pytest.raises(Missing, match=says):
        Cohort.open(tmp_path).students()
