"""Takes a submission in: one regular, readable notebook, of which only the sources are used.

The notebook is rebuilt from the released one. From the student come the answer cells and whatever
cells were added between them; everything else (metadata, outputs, tags, the cells that check the
form) comes from the release, so editing it changes nothing.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from multipolarity import problem_sets
from multipolarity.grading.course import ROUTES
from multipolarity.grading.listing import decoded

LABEL = "multipolarity"  # where a released notebook says for which set and form it is
LARGEST = 10 * 2**20  # bytes of a notebook file
MOST_CELLS = 1_000
LONGEST_SOURCE = 200_000  # characters of one cell


class Refused(Exception):
    """A submission that cannot be marked; its text is the sentence for the student."""


@dataclass(frozen=True)
class Submission:
    """What is taken from a student.

    cells    code to run, in order
    places   where among them each answer cell with code stands
    answers  the answer cells by grade id
    written  the texts among them, and for each task cell the cells below it as one text
    beside   the other cells that the student added, by the cell above them: (kind, source)
    """

    student: str
    cells: list[str]
    places: dict[str, int]
    answers: dict[str, str]
    written: dict[str, str]
    beside: dict[str, list[tuple[str, str]]]
    notes: list[str] = field(default_factory=list)


def read(folder: Path, student: str, name: str) -> dict[str, Any]:
    """A submitted notebook's `cells` and `metadata`, whatever version it was written in."""
    place = folder / student / name
    for path in (folder / student, place):
        if path.is_symlink():
            raise Refused("The folder of the submission is a link. Hand in the files themselves.")
    if not place.is_dir():
        raise Refused(f"There is no folder {name} in the submission.")
    found = sorted(path.name for path in place.iterdir() if path.suffix.lower() == ".ipynb")
    wanted = f"{name}.ipynb"
    if wanted not in found:
        if len(found) != 1:
            raise Refused(
                f"{wanted} was not found in the submission"
                + (f"; {len(found)} other notebooks were." if found else ".")
                + " Hand the notebook in under the name it came with."
            )
        wanted = found[0]  # one notebook under another name: no doubt which is meant
    return _notebook(_text(_bytes(place / wanted)))


def _bytes(path: Path) -> bytes:
    """The content of a regular file that is not a link and not too large."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        raise Refused(
            "The notebook is a link or cannot be opened. Hand in the file itself."
        ) from error
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode):
        os.close(descriptor)
        raise Refused("The notebook is not a regular file.")
    with os.fdopen(descriptor, "rb") as file:
        if about.st_nlink > 1:
            raise Refused("The notebook is a hard link to another file. Hand in a copy.")
        if about.st_size > LARGEST:
            raise Refused(
                f"The notebook has {about.st_size / 2**20:.0f} MB; the limit is "
                f"{LARGEST // 2**20} MB. Clear its outputs (Kernel, Restart and Clear Outputs), "
                "save, and hand it in again."
            )
        return file.read(LARGEST + 1)


def _text(content: bytes) -> str:
    if not content.strip():
        raise Refused("The notebook is empty (0 bytes). Save it again and hand it in.")
    try:
        return decoded(content)
    except UnicodeDecodeError:
        reason = "The notebook is not a text file. Hand in the .ipynb file itself."
        raise Refused(reason) from None


def _notebook(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
        if not isinstance(data, dict):
            raise ValueError
        worksheets = data.get("worksheets")
        cells = data.get("cells")
        if isinstance(worksheets, list) and worksheets:  # the format before version 4
            cells = [_lifted(cell) for sheet in worksheets for cell in sheet.get("cells", [])]
        if not isinstance(cells, list):
            raise ValueError
    except Refused:
        raise
    except RecursionError as error:
        raise Refused("The notebook is nested too deeply to be read.") from error
    except Exception as error:
        raise Refused(
            "The file is not a notebook (its JSON cannot be read). Open it in JupyterLab, save it, "
            "and hand it in again."
        ) from error
    _not_too_many(len(cells))
    cells = [cell for cell in cells if isinstance(cell, dict)]
    return {"cells": cells, "metadata": data.get("metadata")}


def _lifted(cell: dict) -> dict:
    """A cell of the older format: its code is called input, and headings are a kind of their own."""
    kind = "markdown" if cell.get("cell_type") == "heading" else cell.get("cell_type")
    return {**cell, "cell_type": kind, "source": cell.get("input", cell.get("source", ""))}


def _not_too_many(cells: int) -> None:
    if cells > MOST_CELLS:
        raise Refused(f"The notebook has {cells} cells; the limit is {MOST_CELLS}.")


def source_of(cell: dict) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    source = source if isinstance(source, str) else ""
    if len(source) > LONGEST_SOURCE:
        raise Refused(f"A cell has {len(source)} characters; the limit is {LONGEST_SOURCE}.")
    return source.encode("utf-8", "replace").decode()  # half a character cannot be written


def grade_id(cell: dict) -> str:
    """The cell's name in the problem set, "" for a cell that is not from the release."""
    metadata: Any = cell.get("metadata")
    grading = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = grading.get("grade_id") if isinstance(grading, dict) else None
    return name if isinstance(name, str) else ""


def refuse_another(notebook: dict[str, Any], released: dict[str, Any]) -> None:
    """Raises Refused for a notebook of another set, or of the set's other form.

    By mistake it would be marked as if nothing were answered. One without a label is taken by its
    cells: an editor may have dropped what the release wrote into it.
    """
    label, wanted = _label(notebook), _label(released)
    if label.get("set", wanted["set"]) != wanted["set"]:
        raise Refused(
            f"This is the notebook of {label['set']}, not of {wanted['set']}. Hand in that of "
            f"{wanted['set']}."
        )
    if label.get("form", wanted["form"]) != wanted["form"]:
        raise Refused(
            f"This is the form of the set to {label['form']}; you are listed for the form to "
            f"{wanted['form']}. Hand that in, or ask your instructor to change the list."
        )
    ours = {grade_id(cell) for cell in released["cells"]}
    theirs = {grade_id(cell) for cell in notebook["cells"]} - {""}
    if theirs and not theirs & (ours - {"title", "setup"}):
        raise Refused(
            f"None of the notebook's questions is of {wanted['set']}. Hand in the notebook of this set."
        )


def _label(notebook: dict[str, Any]) -> dict[str, str]:
    """The set and the form for which a notebook was released; {} if it does not say."""
    metadata = notebook["metadata"]
    label = metadata.get(LABEL) if isinstance(metadata, dict) else None
    label = label if isinstance(label, dict) else {}
    forms = {"set": problem_sets.names(), "form": ROUTES}
    return {key: label[key] for key, values in forms.items() if label.get(key) in values}


def rebuild(student: str, cells: list[dict], released: dict) -> Submission:
    """The released notebook with the student's answers and added cells in their places.

    Nothing that a student wrote is dropped: a cell that was split or copied counts with all its parts,
    and text in a cell of the student's own belongs to the written answer beside it.
    """
    release = released["cells"]
    names = {grade_id(cell): cell for cell in release}
    parts: dict[str, list[str]] = {}  # of the answer cells, as far as they are filled
    added: dict[str, list[str]] = {}  # code to run before the named cell
    beside: dict[str, list[tuple[str, str]]] = {}  # the student's own cells below it
    waiting: list[str] = []
    notes: list[str] = []
    above = ""
    for name, kind, source in _placed(cells, release):
        if not name:
            if source.strip():
                beside.setdefault(above, []).append((kind, source))
                waiting += [source] * (kind == "code")
            continue
        above = name
        if is_answer(names[name]):
            filled = source.strip() not in ("", source_of(names[name]).strip())
            if name in parts:
                notes.append(f"The answer cell {name} was there twice; what stands in both counts.")
            before = parts.setdefault(name, [])
            if before and filled and names[name]["cell_type"] == "code":
                waiting.insert(0, before.pop())  # a cell that was split: both halves run
            before += [source] * (filled and source not in before)  # a copy says nothing new
        elif text := _written_into(source, names[name]):
            beside.setdefault(name, []).append(("markdown", text))
        added.setdefault(name, []).extend(waiting)
        waiting = []
    answers: dict[str, str] = {}
    written: dict[str, str] = {}
    code: list[str] = []
    places: dict[str, int] = {}
    for cell in release:
        name = grade_id(cell)
        code += added.get(name, [])
        if is_answer(cell):
            texts = parts.get(name, [])
            if cell["cell_type"] == "markdown":
                own = _taken_text(beside, name, source_of(cell))
                if own:
                    notes.append(f"Text in cells of your own was taken as part of {name}.")
                texts = [*texts, *own]
            if texts or name in parts:
                answers[name] = "\n\n".join(texts) or source_of(cell)
            if cell["cell_type"] == "markdown":
                written[name] = answers.get(name, source_of(cell))
        elif is_task(cell):
            written[name] = "\n\n".join(text for _, text in beside.get(name, []))
        if cell["cell_type"] == "code":
            places[name] = len(code)
            code.append(answers.get(name, source_of(cell)))
    missing = [name for name, cell in names.items() if is_answer(cell) and name not in answers]
    if missing:
        notes.append(f"Answer cells that were not in your notebook: {', '.join(missing)}.")
    return Submission(student, [*code, *waiting], places, answers, written, beside, notes)


def _placed(cells: list[dict], release: list[dict]) -> Iterator[tuple[str, str, str]]:
    """Name, kind and source of each cell; name "" for a cell of the student's own.

    An editor may have dropped the names: then the cell's id tells, or the text of a cell that is not
    for answers.
    """
    names = {grade_id(cell) for cell in release}
    by_id = {cell.get("id"): grade_id(cell) for cell in release if cell.get("id")}
    by_text = {_plain(source_of(cell)): grade_id(cell) for cell in release if not is_answer(cell)}
    for cell in cells:
        source = source_of(cell)
        name = grade_id(cell)
        if name not in names:
            name = by_id.get(str(cell.get("id")), "") or by_text.get(_plain(source), "")
        yield name, "code" if cell.get("cell_type") == "code" else "markdown", source


def _plain(text: str) -> str:
    return " ".join(text.split())


def _written_into(source: str, cell: dict) -> str:
    """What a student wrote into the text of a task, "" if nothing."""
    given = source_of(cell).strip()
    if cell["cell_type"] == "code" or _plain(source) == _plain(given):
        return ""
    if given in source:
        return source.replace(given, "", 1).strip()
    return source if len(source) > len(given) else ""


def _taken_text(beside: dict[str, list[tuple[str, str]]], name: str, stub: str) -> list[str]:
    """The texts in cells of the student's own around a written answer, taken out of `beside`."""
    taken = []
    for place in (f"{name}_task", name):
        own = beside.get(place, [])
        taken += [text for kind, text in own if kind == "markdown" and text.strip() != stub.strip()]
        beside[place] = [cell for cell in own if cell[0] == "code"]
    return taken


def is_answer(cell: dict) -> bool:
    """Is this cell of the release one that the student fills?"""
    return bool(cell["metadata"]["nbgrader"].get("solution"))


def is_task(cell: dict) -> bool:
    """Is this nbgrader's task cell, which is answered by cells that the student adds below it?"""
    return bool(cell["metadata"]["nbgrader"].get("task"))
