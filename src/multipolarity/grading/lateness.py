"""What handing in late costs, by rules that the instructor states."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from multipolarity.grading.items import Mark

STAMP = "timestamp.txt"  # nbgrader's exchange writes it beside the notebook


@dataclass(frozen=True)
class Late:
    """due with its time zone; share of the points lost for each day begun; days accepted at all."""

    due: datetime
    per_day: float = 0.1
    days: int = 7

    def mark(self, folder: Path, student: str, name: str, points: float) -> Mark | None:
        """The deduction as a mark below zero; None if in time, or if no time is known."""
        when = handed_in(folder / student / name / STAMP)
        if when is None or when <= self.due:
            return None
        days = math.ceil((when - self.due).total_seconds() / 86_400)
        if days > self.days:
            return Mark("late", -points, 0, "late", f"{days} days late; {self.days} are accepted.")
        lost = min(1.0, days * self.per_day)
        return Mark(
            "late",
            -round(points * lost, 2),
            0,
            "late",
            f"{days} days late: {lost:.0%} of the points.",
        )


def handed_in(path: Path) -> datetime | None:
    """The time in a timestamp file; None where there is none that can be read."""
    if path.is_symlink() or not path.is_file():
        return None
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read(100).strip().removesuffix(" UTC")
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
