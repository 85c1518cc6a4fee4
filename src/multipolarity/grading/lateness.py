"""What handing in late costs, by rules that the instructor states."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from multipolarity.grading.course import Missing
from multipolarity.grading.items import Mark

STAMP = "timestamp.txt"  # nbgrader's exchange writes it beside the notebook


@dataclass(frozen=True)
class Late:
    """When a set was due and what a late day costs.

    received  a student's id -> when the work came in, None if nobody knows
    per_day   share of the points lost for each day begun
    days      days after which nothing counts
    """

    due: datetime
    received: Callable[[str], datetime | None]
    per_day: float = 0.1
    days: int = 7

    def mark(self, student: str, points: float) -> Mark | None:
        """The deduction as a mark below zero; None if in time, or if no time is known."""
        when = self.received(student)
        if when is None or when <= self.due:
            return None
        days = math.ceil((when - self.due).total_seconds() / 86_400)
        if days > self.days:
            return Mark("late", -points, 0, "late", f"{days} days late; {self.days} are accepted.")
        lost = min(1.0, days * self.per_day)
        said = f"{days} days late: {lost:.0%} of the points."
        return Mark("late", -round(points * lost, 2), 0, "late", said)


def stamped(submitted: Path, name: str) -> Callable[[str], datetime | None]:
    """The times in nbgrader's files. A student who hands in a whole folder can write one, too."""

    def received(student: str) -> datetime | None:
        path = submitted / student / name / STAMP
        if path.is_symlink() or not path.is_file():
            return None
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                return _time(file.read(100))
        except OSError:
            return None

    return received


def listed(path: Path) -> Callable[[str], datetime | None]:
    """The times in a CSV file with the columns `student` and `time`. Raises Missing."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"student", "time"} <= set(rows[0]):
        raise Missing(f"{path} needs the columns `student` and `time`, and a row for each student.")
    times = {row["student"].strip(): _time(row["time"] or "") for row in rows}
    unread = next((row for row in rows if times[row["student"].strip()] is None), None)
    if unread:
        raise Missing(
            f"{path}: the time of {unread['student']}, {unread['time']!r}, cannot be read. Write it "
            "as 2026-12-01T23:59, in this machine's time, or with a zone: 2026-12-01T23:59+01:00."
        )
    return times.get


def _time(text: str) -> datetime | None:
    """A moment; without a zone it is this machine's time, and nbgrader writes UTC."""
    text = text.strip()
    try:
        when = datetime.fromisoformat(text.removesuffix(" UTC"))
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC) if text.endswith(" UTC") else when.astimezone()
        return when.astimezone(UTC)
    except (ValueError, OverflowError, OSError):  # no time, or one outside of what can be reckoned
        return None
