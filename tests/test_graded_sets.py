"""Each problem set: the model solution earns every point, the empty notebook none, for any student."""

import json
from collections.abc import Iterator
from functools import cache

import pytest
from stock_course import COURSE, read_and_answered

from multipolarity import problem_sets, tables
from multipolarity.grading.batch import mark_item, question
from multipolarity.grading.carry import pack
from multipolarity.grading.intake import grade_id, rebuild, source_of
from multipolarity.grading.items import mark
from multipolarity.grading.release import archive, handout, prove_clean, released, secrets_of
from multipolarity.grading.sandbox import Limits, Worker, available
from multipolarity.units import u02_russia, u04_russia_china

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


DRAWS = 24
SLOW = {  # looked at for the first draws only
    "ps1": ("bounds",),  # nearly the same hidden inputs for everybody
    "ps6": ("reach", "large"),  # many runs of a model
}
TABLES = (
    *((tables, "members"), (u02_russia, "seats"), (u02_russia, "indicators")),
    *((u02_russia, "random_weights"), (u04_russia_china, "trade"), (u04_russia_china, "arms")),
)


@pytest.fixture
def computed_once(monkeypatch):
    """Tables that the keys make from the same arguments for every student."""
    for module, made in TABLES:
        monkeypatch.setattr(module, made, cache(getattr(module, made)))


@pytest.mark.parametrize("name", SETS)
def test_each_misconception_gets_its_message_and_not_the_points(computed_once, name):
    """For at least one of the students: for some numbers two wrong ways give the same result."""
    unseen: set[str] = set()
    for number, student in enumerate([*STUDENTS, *(f"s{n}" for n in range(10, 40))]):
        missed = set(without_their_message(name, student))
        unseen = unseen & missed if number else missed
        if not unseen:
            break
    assert unseen == set()


def without_their_message(name: str, student: str) -> Iterator[str]:
    for item in COURSE.items(name, task(name, student)):
        for wrong in item.exercise.misconceptions:
            answer = wrong.wrong() if wrong.wrong else wrong.example()
            given = mark(item, {"value": pack(answer)})
            if given.message != wrong.message or given.points == item.points:
                yield f"{item.name}: {wrong.name}"


def wrong_ways_taken_for_right(name: str, mine: dict, skip: tuple[str, ...]) -> list[str]:
    return [
        f"{item.name}: {message}"
        for item in COURSE.items(name, mine)
        if item.name not in skip
        for wrong, message in item.exercise.known_wrong
        if item.exercise.form.same(wrong, item.exercise.answer)
    ]


@pytest.mark.parametrize("name", SETS)
def test_no_wrong_way_gives_the_right_answer_for_any_draw(computed_once, name):
    """Points by luck are no points for understanding: the draws leave such numbers out."""
    for number in range(DRAWS):
        skip = SLOW.get(name, ()) if number > 2 else ()
        found = wrong_ways_taken_for_right(name, task(name, f"s{number}"), skip)
        assert found == [], f"s{number}"


def touched_by_the_fault(name: str, mine: dict) -> set[str]:
    """Items whose answer rests on the row that was spoilt."""
    if name == "ps2":
        return {"ginis", "list_share"}
    supplied = tables.load("eu_gas_flows").loc[mine["fault"][1], "period"]
    after_only = {"hhi_by_origin"} if supplied in mine["after"] else set()
    return {"share_changes", "hhi", "log_changes", "parts"} | after_only


@pytest.mark.parametrize("name", ("ps2", "ps3"))
def test_the_key_knows_the_fault_left_in_wherever_it_counts(name):
    """With the test above: whoever forgets the planted fault is wrong in each of these items."""
    for number in range(DRAWS):
        mine = task(name, f"s{number}")
        known = {
            item.name
            for item in COURSE.items(name, mine)
            for wrong in item.exercise.misconceptions
            if wrong.name in ("fault", "as-found")
        }
        assert known == touched_by_the_fault(name, mine)


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
