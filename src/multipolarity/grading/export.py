"""Writes the results: results.csv, and the sheets that Canvas and Moodle import."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
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


def results(path: Path, outcomes: Sequence[Outcome], absent: Iterable[str] = ()) -> Path:
    """One row for each student and item; one that says why for who is refused or absent."""
    rows = [(student, "", 0, "", "absent", "Nothing was handed in.") for student in absent]
    for outcome in outcomes:
        if outcome.refused:
            rows.append((outcome.student, "", 0, "", "refused", outcome.refused))
        rows += [
            (outcome.student, m.item, number(m.points), number(m.most), m.status, m.message)
            for m in outcome.marks
        ]
    return write(path, RESULTS, rows)


def sheet(
    path: Path, who: str, outcomes: Sequence[Outcome], title: str, numbers: Mapping[str, str] | None
) -> Path:
    """What a platform imports: the id, and a column for the set or for each item.

    who      the heading under which the platform looks for the id
    numbers  item -> the number of its question, for a column for each; None for one column
    """
    marked = [outcome for outcome in outcomes if not outcome.refused]
    if numbers is None:
        return write(path, [who, title], ([o.student, number(o.points)] for o in marked))
    items = list(dict.fromkeys(mark.item for outcome in marked for mark in outcome.marks))
    columns = [f"{title} · {named(item, numbers)}" for item in items]

    def points(outcome: Outcome) -> list[float]:
        given = {mark.item: mark.points for mark in outcome.marks}
        return [number(given.get(item, 0)) for item in items]

    return write(path, [who, *columns], ([o.student, *points(o)] for o in marked))


def named(item: str, numbers: Mapping[str, str]) -> str:
    """An item as people find it in the notebook: "1a totals"."""
    return f"{numbers.get(item, '')} {item}".strip()
