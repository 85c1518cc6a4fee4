"""What handing in late costs, by rules that the instructor states."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from multipolarity.grading.intake import LARGEST
from multipolarity.grading.items import Mark
from multipolarity.grading.listing import Missing, rows

STAMP = "timestamp.txt"  # nbgrader's exchange writes it beside the notebook
PER_DAY, DAYS = 10.0, 7  # percent for each day begun, and days accepted, if nothing else is said


@dataclass(frozen=True)
class Late:
    """When a set was due and what a late day costs.

    received  a student's id -> when the work came in, None if nobody knows
    listed    the ids in the instructor's list of times
    seen      student -> digest of the notebook that lay there when the list was given
    per_day   share of the points lost for each day begun
    days      days after which nothing counts
    """

    due: datetime
    received: Callable[[str], datetime | None]
    per_day: float = PER_DAY / 100
    days: int = DAYS
    listed: Collection[str] = ()
    seen: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def by(cls, rule: Mapping[str, Any], submitted: Path, name: str) -> Late | None:
        """By a rule as it is kept: `due`, `per_day` (percent), `days`, `received`; None for {}.

        Raises Missing if the deadline or the list of times is not there.
        """
        if not rule:
            return None
        if "due" not in rule:
            raise Missing("--received, --late-per-day and --late-days need the deadline: --due.")
        times = listed(Path(rule["received"])) if "received" in rule else {}
        received = times.get if "received" in rule else stamped(submitted, name)
        try:
            due = datetime.fromisoformat(rule["due"]).astimezone()
        except (TypeError, ValueError):
            raise Missing("The kept deadline cannot be read. Say it again with --due.") from None
        percent, days = rule.get("per_day", PER_DAY), rule.get("days", DAYS)
        return cls(due, received, percent / 100, days, times, rule.get("seen", {}))

    def changed(self, submitted: Path, name: str) -> list[str]:
        """Whose notebook is another than when the list of times was given, so that its time is old."""
        now = digests(submitted, name, self.seen)
        return sorted(student for student, before in self.seen.items() if now[student] != before)

    def strangers(self, roster: Collection[str]) -> list[str]:
        """Who is in the list of times but not among the students."""
        return sorted(set(self.listed) - set(roster))

    def __str__(self) -> str:
        return (
            f"due {self.due:%Y-%m-%d %H:%M %Z}, {self.per_day:.0%} of the points for each day begun, "
            f"nothing after {self.days} days"
        )

    def mark(self, student: str, points: float) -> Mark | None:
        """The deduction as a mark below zero; None if in time, or if no time is known."""
        when = self.received(student)
        if when is None or when <= self.due or not points:
            return None
        days = math.ceil((when - self.due).total_seconds() / 86_400)
        said = "1 day late" if days == 1 else f"{days} days late"
        if days > self.days:
            return Mark("late", -points, 0, "late", f"{said}: nothing counts after {self.days}.")
        lost = min(1.0, days * self.per_day)
        return Mark("late", -round(points * lost, 2), 0, "late", f"{said}: {lost:.0%} taken off.")


def digests(submitted: Path, name: str, students: Iterable[str]) -> dict[str, str]:
    """Student -> what lies in the folder of the set, as one digest."""
    found = {}
    for student in students:
        digest = hashlib.sha256()
        for path in sorted((submitted / student / name).glob("*.ipynb")):
            if path.is_file() and not path.is_symlink():
                with open(path, "rb") as file:
                    digest.update(file.read(LARGEST + 1))
        found[student] = digest.hexdigest()[:16]
    return found


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


def listed(path: Path) -> dict[str, datetime]:
    """The times in a CSV file with the columns `student` and `time`. Raises Missing."""
    if not path.is_file():
        raise Missing(f"{path}, the list of the times of handing in, was not found.")
    times: dict[str, datetime] = {}
    for row in rows(path, ["student", "time"]):
        if row["time"] in ("", "-", "–"):  # a platform's row for who handed in nothing
            continue
        when = _time(row["time"])
        if when is None:
            raise Missing(
                f"{path}: the time of {row['student']}, {row['time']!r}, cannot be read. Write it as "
                "2026-12-01T23:59, in this machine's time, or with a zone: 2026-12-01T23:59+01:00."
            )
        times[row["student"]] = max(when, times.get(row["student"], when))  # the last one counts
    return times


def _time(text: str) -> datetime | None:
    """A moment; without a zone it is this machine's time, and nbgrader writes UTC."""
    text = text.strip()
    if ":" not in text:  # a day alone would be its first minute
        return None
    try:
        when = datetime.fromisoformat(text.removesuffix(" UTC"))
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC) if text.endswith(" UTC") else when.astimezone()
        return when.astimezone(UTC)
    except (ValueError, OverflowError, OSError):  # no time, or one outside of what can be reckoned
        return None
