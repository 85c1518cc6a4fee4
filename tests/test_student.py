"""check, hint and progress: the record never breaks a lesson, and nothing leaves the machine."""

import json
import socket
import subprocess
import sys

import pytest
from filelock import FileLock

from multipolarity import check, hint, progress, record, units
from multipolarity.feedback import LABELS, Feedback


@pytest.fixture(autouse=True)
def own_record(tmp_path, monkeypatch):
    monkeypatch.setenv("MULTIPOLARITY_HOME", str(tmp_path))
    record._memory.clear()
    yield tmp_path / "progress.json"
    record._memory.clear()


def right(exercise_id):
    return units.find(exercise_id).answer


def test_attempts_are_counted_and_the_same_answer_counts_once(own_record):
    check("5.6b", 1.5)
    check("5.6b", 1.5)
    check("5.6b", 2.5)
    check("5.6b", ...)
    assert json.loads(own_record.read_text())["5.6b"]["attempts"] == 2


def test_third_try_names_the_example_and_fifth_offers_the_solution():
    seen = [check("5.6b", 1.5 + i) for i in range(5)]
    assert not seen[1].see and seen[2].see
    assert "solutions" not in seen[3].hint and "exercises/solutions/05_sco.ipynb" in seen[4].hint
    assert check("5.6b", right("5.6b")).status == "right"


def test_hints_go_from_general_to_particular_and_stay_at_the_last():
    exercise = units.find("5.3")
    texts = [hint("5.3").message for _ in range(4)]
    for text, expected in zip(texts, [*exercise.hints, exercise.hints[-1]], strict=True):
        assert expected in text
    assert [("solutions/05_sco.ipynb" in text) for text in texts] == [False, False, False, True]
    assert "your own judgement" in hint("5.11b").message


def test_kept_answers_are_in_the_record(own_record):
    check("5.prior", 70)
    check("5.1", {"NATO": 30, "CSTO": 20, "SCO": 10})
    entries = json.loads(own_record.read_text())
    assert entries["5.prior"]["kept"] == 70
    assert entries["5.1"]["kept"] == {"NATO": 30, "CSTO": 20, "SCO": 10}


def test_slips_of_the_hand_get_a_sentence():
    assert "Write a decimal with a point" in check("0.prior", 60, 5).message
    assert "There is no exercise" in check().message and "There is no exercise" in hint().message
    assert "Did you mean 0.3?" in check("O.3", 1).message
    assert "See" not in repr([check("0.prior", n) for n in ("a", "b", "c", "d")][-1])
    assert "<code>a</code>" in Feedback("info", "t", "the cell `a`")._repr_html_()


def test_progress_of_all_units_is_a_line_each():
    table = progress()
    assert list(table.columns) == ["done", "tried", "open"] and len(table) == len(units.modules())
    assert table.to_numpy().sum() == len(units.exercises())


def test_progress_table():
    check("5.peer", "c")
    check("5.6b", 1.5)
    table = progress(5)
    assert table.loc["5.peer", "state"] == "done" and table.loc["5.6b", "state"] == "tried"
    assert table.loc["5.3", "state"] == "open" and len(table) == len(units.exercises(5))


def test_unknown_unit_gets_a_sentence():
    with pytest.raises(ValueError, match="There is no unit"):
        progress(77)


@pytest.mark.parametrize("content", ["{", "[1, 2]", '{"5.3": 4}', "\x00\xff", ""])
def test_broken_record_is_set_aside(own_record, content):
    own_record.write_text(content)
    assert check("5.peer", "c").status == "right"
    assert (own_record.parent / "progress.unreadable.json").read_text() == content
    assert json.loads(own_record.read_text())["5.peer"]["done"]


def test_record_that_cannot_be_written_is_kept_in_memory(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be")
    monkeypatch.setenv("MULTIPOLARITY_HOME", str(blocked))
    assert check("5.peer", "c").status == "right"
    assert progress(5).loc["5.peer", "state"] == "done"


def test_two_notebooks_at_once_lose_no_entry(own_record):
    code = "import sys; from multipolarity import record\n"
    code += "for i in range(20): record.update(f'{sys.argv[1]}.{i}', attempts=1)"
    others = [subprocess.Popen([sys.executable, "-c", code, name]) for name in ("a", "b")]
    assert [other.wait() for other in others] == [0, 0]
    assert len(json.loads(own_record.read_text())) == 40


def test_a_lock_that_stays_taken_costs_no_feedback(own_record, monkeypatch):
    monkeypatch.setattr(record, "SECONDS_TO_WAIT", 0)
    with FileLock(own_record.with_name("progress.lock")):
        assert check("5.peer", "c").status == "right"
    assert not own_record.exists() and progress(5).loc["5.peer", "state"] == "done"


def test_odd_values_in_the_record_do_not_break_a_check(own_record):
    own_record.write_text(json.dumps({"5.3": {"attempts": "many", "hints": None}}))
    assert check("5.3", right("5.3")).status == "right"
    assert hint("5.3").message


def test_nothing_leaves_the_machine(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a check opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    check("5.3", right("5.3"))
    hint("5.3")
    progress()


@pytest.mark.parametrize("status", LABELS)
def test_feedback_reads_as_text_and_html(status):
    feedback = Feedback(status, "Exercise <1>", "a < b & c", hint="h", see="s")
    assert LABELS[status] in repr(feedback) and "a < b & c" in repr(feedback)
    html = feedback._repr_html_()
    assert LABELS[status] in html and "a &lt; b &amp; c" in html and "<1>" not in html


def test_check_without_answer_and_with_odd_ids():
    assert check("5.3").status == "open"
    for odd in (5.2, None, "", "5.", "five", ("5.2",)):
        assert check(odd, 1).status == "info"


def test_a_record_that_cannot_be_read_is_not_written_over(own_record, monkeypatch):
    check("5.prior", 70)
    before = own_record.read_bytes()

    def locked(*_, **__):
        raise PermissionError("locked")

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.read_text", locked)
        patch.setattr("pathlib.Path.read_bytes", locked)
        assert check("5.peer", "c").status == "right"
    assert own_record.read_bytes() == before
    assert progress(5).loc["5.peer", "state"] == "done"
