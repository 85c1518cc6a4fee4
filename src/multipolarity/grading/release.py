"""Builds what a student receives, and proves that nothing else is in it."""

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from multipolarity.grading import read_only
from multipolarity.grading.course import Cohort, Course
from multipolarity.grading.intake import LABEL, grade_id, source_of
from multipolarity.problem_sets import TASK_FILE

SOLUTION = re.compile(r"### BEGIN SOLUTION\n.*?### END SOLUTION\n?", re.S)
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS\n?", re.S)
SCHEME = re.compile(r"=== BEGIN MARK SCHEME ===.*?=== END MARK SCHEME ===\n?", re.S)
MARKERS = re.compile(r"BEGIN SOLUTION|HIDDEN TESTS|MARK SCHEME")
STUB = "# Your answer: replace the three dots.\n"


class Leak(Exception):
    """Something in an archive that a student must not see."""


def released(source: dict) -> dict:
    """The student's version of a source notebook, as nbgrader's generate_assignment makes it."""
    notebook = copy.deepcopy(source)
    for cell in notebook["cells"]:
        text = source_of(cell)
        if cell["metadata"]["nbgrader"].get("solution"):
            stub = STUB + _stub(grade_id(cell), "".join(SOLUTION.findall(text)))
            text = SOLUTION.sub(lambda _, stub=stub: stub, text)
        text = SCHEME.sub("", HIDDEN.sub("", text))
        cell["source"] = text.rstrip("\n")
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def model_answers(source: dict) -> dict[str, str]:
    """The code of the model answers by item."""
    answers = {grade_id(cell): SOLUTION.search(source_of(cell)) for cell in source["cells"]}
    return {item: re.sub("### .*", "", found.group()) for item, found in answers.items() if found}


def question_numbers(source: dict) -> dict[str, str]:
    """Item -> the number under which the notebook asks it: "1a", or "4" for an undivided question."""
    numbers = {}
    for cell in source["cells"]:
        name, text = grade_id(cell), source_of(cell)
        found = re.search(r"\*\*(\d+[a-z])\*\*", text) or re.search(r"^## Question (\d+)", text)
        if found and name.endswith("_task"):
            numbers[name.removesuffix("_task")] = found[1]
    return numbers


@dataclass(frozen=True)
class Handout:
    """A released notebook and the numbers that lie beside it."""

    notebook: dict
    task: dict[str, Any]


def handout(course: Course, name: str, task: dict[str, Any]) -> Handout:
    """What a student with these numbers is given, to code or to read."""
    notebook, twins = released(course.source(name)), course.twins(name, task)
    notebook["metadata"][LABEL] = {"set": name, "form": "read" if twins else "code"}
    if not twins:
        return Handout(notebook, task)
    asked = {twin.name: twin.asked() for twin in twins}
    return Handout(read_only.notebook(notebook, twins), {**task, "read": asked})


def _stub(name: str, solution: str) -> str:
    """`name = ...`, or the first line of the function `name` with a body of three dots."""
    head = re.search(rf"^def {name}\(.*?\).*?:$", solution, re.M | re.S)
    return f"{head.group()}\n    ...\n" if head else f"{name} = ...\n"


def archive(notebook: dict, name: str, task: dict[str, Any]) -> bytes:
    """A zip with the notebook and the student's numbers; the same input gives the same bytes."""
    files = {
        f"{name}/{name}.ipynb": json.dumps(notebook, indent=1, ensure_ascii=False) + "\n",
        f"{name}/{TASK_FILE}": json.dumps(task, indent=1, ensure_ascii=False) + "\n",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path, text in files.items():
            zipped.writestr(zipfile.ZipInfo(path), text.encode())
    return buffer.getvalue()


def secrets_of(course: Course, name: str) -> set[str]:
    """Lines that only the instructor's files hold: of solutions, hidden tests, schemes, keys."""
    texts = [source_of(cell) for cell in course.source(name)["cells"]]
    kept = [
        block
        for text in texts
        for rule in (SOLUTION, HIDDEN, SCHEME)
        for block in rule.findall(text)
    ]
    keys = [course.folder / folder / f"{name}.py" for folder in ("keys", "read")]
    kept += [key.read_text(encoding="utf-8") for key in keys if key.is_file()]
    public = "\n".join(source_of(cell) for cell in released(course.source(name))["cells"])
    lines = {line.strip() for block in kept for line in block.splitlines()}
    return {line for line in lines if len(line) >= 16 and line not in public}


def prove_clean(content: bytes, secrets: set[str], salt: str) -> None:
    """Raise Leak if a zip holds a secret line, a marker or the salt, in any of its files."""
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        for path in zipped.namelist():
            text = zipped.read(path).decode()
            for wanted in (text, _sources(text)):
                if salt in wanted:
                    raise Leak(f"{path} holds the cohort's salt.")
                if found := MARKERS.search(wanted):
                    raise Leak(f"{path} holds the marker {found.group()!r}.")
                if line := next((line for line in secrets if line in wanted), None):
                    raise Leak(f"{path} holds a line of the key: {line[:60]!r}.")


def _sources(text: str) -> str:
    """A notebook's cells and outputs as plain text, so that no escaping hides a line."""
    data = json.loads(text)
    if not isinstance(data, dict):
        return ""
    return "\n".join(
        source_of(cell) + "\n" + str(cell.get("outputs", "")) for cell in data.get("cells", [])
    )


def release(course: Course, name: str, cohort: Cohort, out: Path) -> list[Path]:
    """Write one archive per student, `out/<student>/<name>.zip`; nothing if one of them leaks."""
    cohort.make_salt()
    secrets, salt = secrets_of(course, name), cohort.salt()
    archives = {}
    for student in cohort.students():
        given = handout(course, name, cohort.task(name, student))
        content = archive(given.notebook, name, given.task)
        prove_clean(content, secrets, salt)
        archives[out / student / f"{name}.zip"] = content
    cohort.own(out)
    for path, content in archives.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(archives)
