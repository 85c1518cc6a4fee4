"""Packs one file for each student so that Moodle hands it to the right one.

Moodle's assignment takes such an archive under "Upload multiple feedback files in a zip". It looks
for the participant's number, the second of the parts between underscores in a folder's name.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from multipolarity.grading.listing import Missing, ending_number, platform_numbers, rows


def pack(
    folder: Path, name: str, worksheet: Path, roster: frozenset[str], to: Path
) -> tuple[list[str], list[str]]:
    """Write the archive from `folder/<student>/<name>.zip` or `folder/<student>.html`.

    worksheet  Moodle's grading worksheet of the assignment: its first column has the participants'
               numbers ("Participant 4711"), another the ids of students.csv
    Returns who got a file and who did not. Raises Missing if it is not such a list.
    """
    numbers = _numbers(worksheet, roster)
    given, without = [], []
    to.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for student in sorted(roster):
            file = next(filter(Path.is_file, _places(folder, student, name)), None)
            if file and student in numbers:
                inside = f"student_{numbers[student]}_assignfeedback_file_/{name}{file.suffix}"
                archive.write(file, inside)
                given.append(student)
            else:
                without.append(student)
    return given, without


def _places(folder: Path, student: str, name: str) -> list[Path]:
    return [folder / student / f"{name}.zip", folder / f"{student}.html"]


def _numbers(worksheet: Path, roster: frozenset[str]) -> dict[str, str]:
    """Student -> Moodle's number."""
    first = [next(iter(row.values())) for row in rows(worksheet)]
    numbers = {ending_number(cell) for cell in first} - {""}
    before = {cell.removesuffix(ending_number(cell)) for cell in first}
    if len(before) != 1 or len(numbers) != len(first):
        raise Missing(
            f"{worksheet} is no grading worksheet of Moodle: its first column must hold a participant's "
            "number in each row, such as Participant 4711."
        )
    found = platform_numbers(worksheet, roster, numbers.__contains__)
    return {student: number for number, student in found.items()}
