"""Each problem set: the model solution earns every point, the empty notebook none, for any student."""

import json

import pytest
from stock_course import COURSE, read_and_answered

from multipolarity import problem_sets
from multipolarity.grading.batch import mark_item, question
from multipolarity.grading.carry import pack
from multipolarity.grading.intake import grade_id, rebuild, source_of
from multipolarity.grading.items import mark
from multipolarity.grading.release import archive, handout, prove_clean, released, secrets_of
from multipolarity.grading.sandbox import Limits, Worker, available

SETS = problem_sets.names()
STUDENTS = ("anna", "björn", "s003")
LIMITS = Limits()


def task(name: str, student: str) -> dict:
    return problem_sets.draw(name, "a salt for the tests", student)


@pytest.fixture(scope="module")
def worker():
    with Worker(sandboxed=not available()) as started:
        yield started


def marks_of(worker: Worker, name: str, notebook: dict, student: str) -> list:
    mine = task(name, student)
    items = COURSE.items(name, mine)
    submission = rebuild(student, notebook["cells"], released(COURSE.source(name)))
    answer = worker.run(question(submission.cells, items, mine, LIMITS))
    return [mark_item(item, answer, LIMITS) for item in items]


@pytest.mark.parametrize("student", STUDENTS)
@pytest.mark.parametrize("name", SETS)
def test_the_model_solution_earns_every_point(worker, name, student):
    marks = marks_of(worker, name, COURSE.source(name), student)
    assert [m for m in marks if m.status != "right"] == []


@pytest.mark.parametrize("name", SETS)
def test_the_untouched_notebook_earns_nothing_and_breaks_nothing(worker, name):
    marks = marks_of(worker, name, released(COURSE.source(name)), "anna")
    assert {m.status for m in marks} == {"open"}
    assert sum(m.points for m in marks) == 0


@pytest.mark.parametrize("name", SETS)
def test_the_sheets_name_a_set_as_its_notebook_does(name):
    title = source_of(COURSE.source(name)["cells"][0]).split("\n")[0]
    assert title == f"# {problem_sets.problem_set(name).TITLE}"


@pytest.mark.parametrize("name", SETS)
def test_points_in_the_notebook_are_those_of_the_key_and_make_the_total(name):
    cells = [cell["metadata"]["nbgrader"] for cell in COURSE.source(name)["cells"]]
    auto = {
        c["grade_id"].removesuffix("_form"): c["points"]
        for c in cells
        if c["grade"] and not c["solution"]
    }
    written = [c["points"] for c in cells if (c["grade"] and c["solution"]) or c["task"]]
    items = COURSE.items(name, task(name, "anna"))
    assert auto == {item.name: item.points for item in items}
    assert sum(auto.values()) + sum(written) == problem_sets.problem_set(name).POINTS


@pytest.mark.parametrize("name", SETS)
def test_students_get_different_numbers(name):
    drawn = {json.dumps(task(name, f"s{number}")) for number in range(50)}
    assert len(drawn) >= 12


@pytest.mark.parametrize("name", SETS)
def test_each_misconception_gets_its_message_and_not_the_points(name):
    """For at least one of the students: for some numbers a wrong way gives the right result."""
    unseen = {}
    for student in STUDENTS:
        for item in COURSE.items(name, task(name, student)):
            for wrong in item.exercise.misconceptions:
                answer = wrong.wrong() if wrong.wrong else wrong.example()
                given = mark(item, {"value": pack(answer)})
                seen = given.message == wrong.message and given.points < item.points
                key = f"{item.name}: {wrong.name}"
                unseen[key] = unseen.get(key, True) and not seen
    assert [key for key, missed in unseen.items() if missed] == []


@pytest.mark.parametrize("name", SETS)
def test_forms_and_items_have_the_same_names(name):
    mine = task(name, "anna")
    assert list(problem_sets.problem_set(name).forms(mine)) == [
        i.name for i in COURSE.items(name, mine)
    ]


@pytest.mark.parametrize("name", SETS)
def test_every_cell_has_a_name_and_the_release_holds_no_solution(name):
    source = COURSE.source(name)
    names = [grade_id(cell) for cell in source["cells"]]
    assert all(names) and len(set(names)) == len(names)
    text = "\n".join(source_of(cell) for cell in released(source)["cells"])
    assert "SOLUTION" not in text and "HIDDEN" not in text
    assert all(f"{item.name} = ..." in text or f"def {item.name}(" in text
               for item in COURSE.items(name, task(name, "anna")))  # fmt: skip


# --- The form to read ------------------------------------------------------------------------------

READ = sorted(path.stem for path in (COURSE.folder / "read").glob("*.py"))


def reading(name: str, student: str) -> dict:
    return {**task(name, student), "route": "read"}


@pytest.mark.parametrize("student", STUDENTS)
@pytest.mark.parametrize("name", READ)
def test_what_is_read_earns_as_much_as_what_is_coded(worker, name, student):
    mine = reading(name, student)
    given, items = handout(COURSE, name, mine), COURSE.items(name, mine)
    coded = COURSE.items(name, task(name, student))
    assert [(i.name, i.points) for i in items] == [(i.name, i.points) for i in coded]

    def marks(notebook: dict) -> list:
        submission = rebuild(student, notebook["cells"], given.notebook)
        answer = worker.run(question(submission.cells, items, given.task, LIMITS))
        return [mark_item(item, answer, LIMITS) for item in items]

    assert {m.status for m in marks(given.notebook)} == {"open"}
    done = read_and_answered(name, mine)
    assert [m for m in marks(done) if m.status != "right"] == []


@pytest.mark.parametrize("name", READ)
def test_the_form_to_read_is_clean_and_asks_what_can_be_answered(name):
    for student in STUDENTS:
        mine = reading(name, student)
        given = handout(COURSE, name, mine)
        prove_clean(archive(given.notebook, name, given.task), secrets_of(COURSE, name), "x" * 32)
        for twin in COURSE.twins(name, mine):
            for letter, asked in twin.questions.items():
                answers = asked.answer if isinstance(asked.answer, frozenset) else {asked.answer}
                assert not asked.options or answers <= set(asked.options), (twin.name, letter)
                assert asked.options or answers == {float(*answers)}, (twin.name, letter)
            assert f"{twin.name} = {{" in "\n".join(map(source_of, given.notebook["cells"]))


@pytest.mark.parametrize("name", READ)
def test_one_guess_for_all_earns_little(name):
    """No word may be right so often that guessing pays: each question's answers vary or are many."""
    found: dict[tuple, set] = {}
    for number in range(16):
        for twin in COURSE.twins(name, reading(name, f"s{number}")):
            for letter, asked in twin.questions.items():
                found.setdefault((twin.name, letter), set()).add(str(asked.answer))
    same = [place for place, answers in found.items() if len(answers) == 1]
    assert len(same) <= len(found) / 4, same


def test_a_part_that_cannot_be_read_costs_itself_only():
    """Dict, Series, and the letters of those who read: what is open, unreadable or too much."""
    mine = task("ps5", "anna")
    item = next(item for item in COURSE.items("ps5", mine) if item.name == "totals")
    right = dict(item.exercise.answer)
    first, second, *others = right
    for change, points in (
        ({first: "nine"}, 1.5),
        ({first: ...}, 1.5),
        ({first: "nine", second: None}, 1.25),
        ({name: ... for name in others}, 0.5),
    ):
        given = mark(item, {"value": pack({**right, **change})})
        assert (given.points, given.status) == (points, "partial"), given
        assert given.message != "Right."
    missing = mark(item, {"value": pack({first: right[first]})})
    assert (missing.points, missing.status) == (0.25, "partial")
    much = mark(item, {"value": pack({**right, **{f"x{n}": 1 for n in range(6)}})})
    assert (much.points, much.status) == (1, "partial") and "does not ask for" in much.message
    nothing = mark(item, {"value": pack({first: "nine"})})
    assert (nothing.points, nothing.status) == (0, "unreadable")
    still = mark(item, {"value": pack(dict.fromkeys(right, ...))})
    assert (still.points, still.status) == (0, "open")
