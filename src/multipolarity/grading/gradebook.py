"""nbgrader's gradebook and marking page, fed by one writer with what the grader found.

The results folder is an nbgrader course: `gradebook.db` and `autograded/<student>/<set>/`. Written
answers are marked there in formgrader; a mark given by a person is never overwritten.
"""

from __future__ import annotations

import copy
import hashlib
import html
import json
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from multipolarity.grading.batch import Outcome
from multipolarity.grading.course import Course, write_whole
from multipolarity.grading.intake import grade_id, is_task, source_of
from multipolarity.grading.items import Mark
from multipolarity.grading.release import released

CONFIG = """\
# Written by the grader: this folder is an nbgrader course for the marking page.
from pathlib import Path

from nbgrader.server_extensions.formgrader.handlers import template_path

c = get_config()
c.CourseDirectory.course_id = "multipolarity"
c.HTMLExporter.extra_template_basedirs = [str(Path(__file__).parent / "templates"), template_path]
"""
# The marking page loads MathJax from a third party and waits for it. In the answers no formula is
# alive, so this stands in its place: it says at once that it is ready.
NO_MATHJAX = """\
{%- macro mathjax() -%}
<script>
window.MathJax = {Hub: {Config() {}, Queue() {}, Startup: {signal: {
  Interest(ready) { setTimeout(() => ready("End")); }}}}};
</script>
<style>pre { white-space: pre-wrap; }</style>
{%- endmacro %}
"""
DIGESTS = "multipolarity_written"  # where a marked notebook keeps what it was marked for
CHANGED = "The answer changed after it was marked; the points are those of the earlier one."
NO_RESPONSE = "No response."  # nbgrader's own words for an untouched answer


@contextmanager
def writer(course: Course, name: str, out: Path) -> Iterator[Callable[[Outcome], None]]:
    """The one writer of the gradebook: a function that records an outcome, refused ones left out."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    template = out / "templates" / "formgrade" / "mathjax.html.j2"
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text(NO_MATHJAX, encoding="utf-8")
    release = _with_checksums(released(course.source(name)))
    source = out / "source" / name / f"{name}.ipynb"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(json.dumps(course.source(name), indent=1), encoding="utf-8")
    with _open(out) as book:
        _prepare(book, out, name, release)

        def write(outcome: Outcome) -> None:
            if not outcome.refused:
                path = out / "autograded" / outcome.student / name / f"{name}.ipynb"
                _record_one(book, name, outcome, _digests(path))
                book.db.commit()
                # Only now does the notebook say for which answers the marks are: if the run ends in
                # between, they are looked at once more.
                write_whole(path, json.dumps(_marked_notebook(outcome), indent=1).encode())
                book.db.expunge_all()  # memory stays flat however large the class

        yield write


@contextmanager
def _open(out: Path) -> Iterator[Any]:
    """The gradebook in this folder; made if it is not there."""
    from nbgrader.api import Gradebook

    before = os.environ.get("PATH", "")
    # nbgrader calls the program alembic, which lies beside this Python.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{before}"
    try:
        warnings.filterwarnings("ignore", module="nbgrader.api")  # of SQLAlchemy, about nbgrader
        with Gradebook(_url(out), "multipolarity") as book:
            yield book
    finally:
        os.environ["PATH"] = before


def _url(out: Path) -> str:
    return f"sqlite:///{(out / 'gradebook.db').resolve()}"


def _with_checksums(notebook: dict) -> nbformat.NotebookNode:
    from nbgrader.preprocessors import ComputeChecksums

    node = nbformat.from_dict(notebook)
    return ComputeChecksums().preprocess(node, {})[0]


def _prepare(book, out: Path, name: str, release: nbformat.NotebookNode) -> None:
    """The rows of the set and its cells, made by nbgrader itself."""
    from nbgrader.preprocessors import SaveCells

    book.update_or_create_assignment(name)
    where = {"notebook": name, "assignment": name, "db_url": _url(out)}
    SaveCells().preprocess(copy.deepcopy(release), {"nbgrader": where})
    book.db.expire_all()


def _record_one(book, name: str, outcome: Outcome, before: dict[str, str]) -> None:
    """before: digests of the answers for which the present marks were given."""
    book.update_or_create_student(outcome.student)
    grades, comments = _rows(book.update_or_create_submission(name, outcome.student))
    for mark in outcome.marks:
        grade = grades[f"{mark.item}_form"]
        grade.auto_score = mark.points
        changed = before.get(mark.item) != _digest(outcome.answers.get(mark.item, ""))
        if not _by_hand(grade) or changed:
            grade.needs_manual_grade = _by_hand(grade)
        comments[mark.item].auto_comment = harmless(mark.message)
    for cell in outcome.given.notebook["cells"]:
        gid = grade_id(cell)
        if gid in outcome.written:
            untouched = outcome.written[gid].strip() in ("", source_of(cell).strip())
            changed = before.get(gid) != _digest(outcome.written[gid])
            grades[gid].auto_score = 0 if untouched else None
            if not _by_hand(grades[gid]):
                grades[gid].needs_manual_grade = not untouched
            elif changed:
                grades[gid].needs_manual_grade = True
            comments[gid].auto_comment = NO_RESPONSE if untouched else None


def _rows(submission) -> tuple[dict[str, Any], dict[str, Any]]:
    """A submission's grades and comments by the name of the cell: two queries for all of them."""
    from nbgrader.api import Comment, Grade
    from sqlalchemy.orm import joinedload, object_session

    notebook = submission.notebooks[0]
    grades, comments = (
        object_session(submission).query(kind).filter_by(notebook_id=notebook.id)
        .options(joinedload(kind.cell)) for kind in (Grade, Comment)
    )  # fmt: skip
    return {row.cell.name: row for row in grades}, {row.cell.name: row for row in comments}


def _by_hand(grade: Any) -> bool:
    """Did a person give points here?"""
    return grade.manual_score is not None or bool(grade.extra_credit)


def _digests(path: Path) -> dict[str, str]:
    """What was answered when this notebook was marked, by grade id."""
    if not path.is_file():
        return {}
    return json.loads(path.read_text(encoding="utf-8"))["metadata"].get(DIGESTS, {})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _marked_notebook(outcome: Outcome) -> nbformat.NotebookNode:
    """What was handed out with the student's answers, made harmless for the marker's browser."""
    notebook = _with_checksums(copy.deepcopy(outcome.given.notebook))
    notebook["metadata"][DIGESTS] = {
        gid: _digest(text) for gid, text in {**outcome.answers, **outcome.written}.items()
    }
    cells = _own_cells(outcome, "")
    for cell in notebook["cells"]:
        gid = grade_id(cell)
        cells.append(cell)
        if gid == "title":
            cells.append(_numbers(outcome.given.task))
        if gid in outcome.written and not is_task(cell):
            cell["source"] = harmless(outcome.written[gid])
        elif gid in outcome.answers:
            cell["source"] = outcome.answers[gid]
        cells += _own_cells(outcome, gid)
    notebook["cells"] = cells
    return notebook


def _numbers(task: dict[str, Any]) -> nbformat.NotebookNode:
    """What this student was asked about, for the marker to see beside the answers."""
    lines = [
        f"- {key}: {_short(value)}" for key, value in task.items() if key not in ("set", "read")
    ]
    return new_markdown_cell(harmless("\n".join(["**This student's numbers**", "", *lines])))


def _short(value: Any, most: int = 300) -> str:
    text = str(value)
    return text if len(text) <= most else f"{text[:most]} …"


def _own_cells(outcome: Outcome, above: str) -> list[nbformat.NotebookNode]:
    """The cells that the student added below the cell `above`."""
    return [
        new_code_cell(source) if kind == "code" else new_markdown_cell(harmless(source))
        for kind, source in outcome.beside.get(above, [])
    ]


def harmless(text: str) -> str:
    """Markdown in which no tag, link, image or formula is left alive.

    Whoever marks sees the characters as they were typed; nothing runs and nothing is fetched.
    """
    text = html.escape(text, quote=False).replace("&gt;", ">")
    # The page looks for formulas once more in what Markdown leaves: `$`, `\(` and `\begin{`.
    text = re.sub(r"\\(?=[(\[a-zA-Z])", "\\\\\u200b", text.replace("$", "\uff04"))
    text = re.sub(r"([\[\]!\\])", r"\\\1", text)
    return re.sub(r"(?i)\b(javascript|data|vbscript|https?)(:)", r"\1\\\2", text)


def with_written_marks(name: str, out: Path, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes with the marks that people gave; what nobody marked yet is `waiting`."""
    with _open(out) as book:
        return [
            outcome if outcome.refused else replace(outcome, marks=_by_people(book, name, outcome))
            for outcome in outcomes
        ]


def _by_people(book, name: str, outcome: Outcome) -> list[Mark]:
    """The computer's marks, where nobody corrected them, and those of the written answers."""
    grades, comments = _rows(book.find_submission(name, outcome.student))
    marks = [
        _corrected(mark, grades[f"{mark.item}_form"], comments[mark.item]) for mark in outcome.marks
    ]
    for gid in outcome.written:
        grade, comment = grades[gid], comments[gid]
        said = comment.manual_comment or comment.auto_comment or ""
        most, points = grade.cell.max_score, float(grade.score or 0)
        if grade.needs_manual_grade:
            said = CHANGED if _by_hand(grade) else "Not marked yet."
            marks.append(Mark(gid, points, most, "waiting", said))
        elif said == NO_RESPONSE and not _by_hand(grade):
            marks.append(Mark(gid, points, most, "open", "Not answered."))
        else:
            marks.append(Mark(gid, points, most, "marked", said))
    return marks


def _corrected(mark: Mark, grade: Any, comment: Any) -> Mark:
    """A computer's mark that a person changed in formgrader is that person's."""
    if not _by_hand(grade):
        return mark
    points = float(grade.score or 0)
    if grade.needs_manual_grade:
        return replace(mark, points=points, status="waiting", message=CHANGED)
    said = comment.manual_comment or mark.message
    return replace(mark, points=points, status="marked", message=said)
