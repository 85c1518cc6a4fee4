"""Packs one file for each student so that Moodle hands it to the right one.

Moodle's assignment takes such an archive under "Upload multiple feedback files in a zip". It looks
for the participant's number, the second of the parts between underscores in a folder's name.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from multipolarity.grading.listing import Missing, rows


def pack(
    folder: Path, worksheet: Path, roster: frozenset[str], to: Path
) -> tuple[list[str], list[str]]:
    """Write the archive from `folder/<student>/*` or `folder/<student>.*`; who got a file, who not.

    worksheet  Moodle's grading worksheet of the assignment: the first column ends in the
               participant's number, another holds the ids of students.csv
    Raises Missing if it is not such a list.
    """
    numbers = _numbers(worksheet, roster)
    given, without = [], []
    to.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for student in sorted(roster):
            files = _files_of(student, folder) if student in numbers else []
            for file in files:
                archive.write(file, f"student_{numbers[student]}_assignfeedback_file_/{file.name}")
            (given if files else without).append(student)
    return given, without


def _files_of(student: str, folder: Path) -> list[Path]:
    own = folder / student
    files = own.iterdir() if own.is_dir() else (p for p in folder.iterdir() if p.stem == student)
    return sorted(path for path in files if path.is_file())


def _numbers(worksheet: Path, roster: frozenset[str]) -> dict[str, str]:
    """Student -> Moodle's number."""
    numbers = {}
    for row in rows(worksheet):
        first, *others = row.values()
        number = re.search(r"\d+$", first)
        if number:
            numbers.update({cell: number[0] for cell in others if cell in roster})
    if not numbers:
        raise Missing(
            f"{worksheet} is no grading worksheet of Moodle with the ids of students.csv in one column: "
            "its first column must end in the participants' numbers."
        )
    return numbers
