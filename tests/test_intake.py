"""What a student wrote reaches the marker, in whatever cell it stands."""

import copy

import pytest
from stock_course import COURSE, solved

from multipolarity.grading.intake import grade_id, rebuild
from multipolarity.grading.release import released

NAME = "ps5"
STUB = "*Write here, in place of this line.*"


def place(notebook: dict, name: str) -> int:
    return [grade_id(cell) for cell in notebook["cells"]].index(name)


def own(text: str, kind: str = "markdown") -> dict:
    return {"cell_type": kind, "metadata": {}, "source": text}


def taken(notebook: dict):
    return rebuild("anna", notebook["cells"], released(COURSE.source(NAME)))


def written_in_its_cell(notebook):
    notebook["cells"][place(notebook, "own_code")]["source"] = "One.\n\nTwo."


def split_in_two(notebook):
    at = place(notebook, "own_code")
    notebook["cells"][at]["source"] = "Two."
    notebook["cells"].insert(at, {**copy.deepcopy(notebook["cells"][at]), "source": "One."})


def copied_by_mistake(notebook):
    written_in_its_cell(notebook)
    at = place(notebook, "own_code")
    notebook["cells"].insert(at, copy.deepcopy(notebook["cells"][at]))


def below_the_placeholder(notebook):
    at = place(notebook, "own_code")
    notebook["cells"][at + 1 : at + 1] = [own("One."), own("Two.")]


def in_place_of_the_cell(notebook):
    notebook["cells"][place(notebook, "own_code")] = own("One.\n\nTwo.")


def above_and_below(notebook):
    at = place(notebook, "own_code")
    notebook["cells"][at + 1 : at + 1] = [own("Two.")]
    notebook["cells"].insert(at, own("One."))


def merged_into_the_task(notebook):
    at = place(notebook, "own_code")
    notebook["cells"][at - 1]["source"] += "\n\nOne.\n\nTwo."
    del notebook["cells"][at]


def all_names_dropped(notebook):
    written_in_its_cell(notebook)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)


def changed_to_code(notebook):
    written_in_its_cell(notebook)
    notebook["cells"][place(notebook, "own_code")]["cell_type"] = "code"


@pytest.mark.parametrize(
    "change",
    [
        written_in_its_cell,
        split_in_two,
        copied_by_mistake,
        below_the_placeholder,
        in_place_of_the_cell,
        above_and_below,
        merged_into_the_task,
        all_names_dropped,
        changed_to_code,
    ],
    ids=lambda change: change.__name__,
)
def test_a_text_arrives(change):
    notebook = solved(NAME)
    change(notebook)
    submission = taken(notebook)
    assert submission.written["own_code"] == "One.\n\nTwo."
    assert submission.written["two_claims"] == STUB
    assert any("totals = codes.groupby" in cell for cell in submission.cells)


def test_what_belongs_to_no_answer_is_kept_in_its_place():
    notebook = solved(NAME)
    notebook["cells"].insert(place(notebook, "gap_task"), own("A thought."))
    notebook["cells"].insert(place(notebook, "gap_task"), own("x = 1", "code"))
    notebook["cells"].insert(0, own("Anna"))
    beside = taken(notebook).beside
    assert beside["totals_form"] == [("markdown", "A thought."), ("code", "x = 1")]
    assert beside[""] == [("markdown", "Anna")]


def test_an_untouched_notebook_brings_no_text():
    submission = taken(solved(NAME))
    assert submission.written == {"own_code": STUB, "two_claims": STUB}
    assert not any(submission.beside.values()) and submission.notes == []
