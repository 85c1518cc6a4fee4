"""Writes the results: results.csv, and the sheets that Canvas and Moodle import."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Sheet:
    """The marks as platforms import them: a column for the set, or one for each item.

    columns   the headings
    possible  the points that each column can bring
    points    student -> what each column brought; refused and absent students are left out
    """

    columns: list[str]
    possible: list[float]
    points: dict[str, list[float]]

    def canvas(self, path: Path) -> Path:
        """Canvas's gradebook, with all the columns without which it takes none.

        The id stands under the number and under the login of the student system: either may be it.
        """
        head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
        rows = [["    Points Possible", "", "", "", "", *map(number, self.possible)]]
        for student, points in self.points.items():
            rows.append(["", "", student, student, "", *map(number, points)])
        return write(path, [*head, *self.columns], rows)

    def moodle(self, path: Path) -> Path:
        """Moodle's grade import: the id under "ID number"."""
        rows = ([student, *map(number, points)] for student, points in self.points.items())
        return write(path, ["ID number", *self.columns], rows)


def sheet(outcomes: Sequence[Outcome], title: str, numbers: Mapping[str, str] | None) -> Sheet:
    """numbers: item -> the number of its question, for a column for each item; None for one column."""
    marked = [outcome for outcome in outcomes if not outcome.refused]
    most = {mark.item: mark.most for outcome in marked for mark in outcome.marks}
    if numbers is None:
        points = {outcome.student: [outcome.points] for outcome in marked}
        return Sheet([title], [sum(most.values())], points)
    given = {o.student: {mark.item: mark.points for mark in o.marks} for o in marked}
    return Sheet(
        [f"{title.split(' · ')[0]} · {named(item, numbers)}" for item in most],
        list(most.values()),
        {student: [points.get(item, 0) for item in most] for student, points in given.items()},
    )


def named(item: str, numbers: Mapping[str, str]) -> str:
    """An item as people find it in the notebook: "1a totals"."""
    return f"{numbers.get(item, '')} {item}".strip()
