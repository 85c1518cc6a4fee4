"""Writes the results: results.csv, and the sheets that Canvas and Moodle import."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from multipolarity.grading.batch import Outcome

RESULTS = ("student", "item", "points", "max", "status", "message")


def safe(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula, even one that splits at semicolons."""
    if not isinstance(value, str):
        return value
    if value.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r"):
        value = f"'{value}"
    return re.sub(r"([;\t\r\n]\W{0,20}?)([=+@-])", r"\1'\2", value)


def number(points: float) -> float:
    """Points without a needless .0; kept a number, so that a minus sign is no formula."""
    return int(points) if points == int(points) else round(points, 2)


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    """A CSV file, whole or not at all."""
    part = path.with_suffix(path.suffix + ".part")
    with open(part, "w", newline="", encoding="utf-8", errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([safe(value) for value in row] for row in rows)
    part.replace(path)
    return path


def results(path: Path, outcomes: Sequence[Outcome]) -> Path:
    """One row for each student and item; a refused submission has one row that says why."""
    rows = []
    for outcome in outcomes:
        if outcome.refused:
            rows.append((outcome.student, "", 0, "", "refused", outcome.refused))
        rows += [
            (outcome.student, m.item, number(m.points), number(m.most), m.status, m.message)
            for m in outcome.marks
        ]
    return write(path, RESULTS, rows)


def canvas(path: Path, outcomes: Sequence[Outcome], title: str, items: bool = False) -> Path:
    """Canvas: the id in "SIS User ID", one column for the set, or one for each item."""
    return _sheet(path, "SIS User ID", outcomes, title, items)


def moodle(path: Path, outcomes: Sequence[Outcome], title: str, items: bool = False) -> Path:
    """Moodle's grade import: the id in "ID number"."""
    return _sheet(path, "ID number", outcomes, title, items)


def _sheet(path: Path, who: str, outcomes: Sequence[Outcome], title: str, items: bool) -> Path:
    marked = [outcome for outcome in outcomes if not outcome.refused]
    names = [m.item for m in marked[0].marks if m.item != "late"] if marked and items else []
    columns = [f"{title} · {name}" for name in names] or [title]

    def points(outcome: Outcome) -> list[float]:
        if not names:
            return [number(outcome.points)]
        return [number(mark.points) for mark in outcome.marks if mark.item != "late"]

    return write(path, [who, *columns], ([o.student, *points(o)] for o in marked))
