"""Reads the lists that an instructor gives: students, times, a platform's own list."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

LONGEST_CELL = 10**7  # characters: platforms put whole texts into a cell


class Missing(Exception):
    """Something the instructor has to provide; the text says what."""


def rows(path: Path, wanted: Iterable[str] = ()) -> list[dict[str, str]]:
    """The rows of a CSV file by its headings, in small letters; cells without spaces around them.

    Takes what spreadsheets write: commas, semicolons or tabs; UTF-8, UTF-16 or Windows' encoding.
    Raises Missing if a wanted column is not there.
    """
    text = re.sub(r"\Asep=.\s*\n", "", _text(path))  # a line of Excel's own
    head = next((line for line in text.split("\n") if line.strip()), "")
    mark = max(",;\t", key=head.count)
    csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        table = [[cell.strip() for cell in row] for row in reader]
    except csv.Error as error:
        raise Missing(f"{path} cannot be read as CSV ({error}). Save it anew.") from None
    table = [row for row in table if any(row)]
    names = [name.casefold() for name in table[0]] if table else []
    if absent := [name for name in wanted if name not in names]:
        found = f"it has {', '.join(table[0])[:200]}" if table else "it is empty"
        raise Missing(f"{path} has no column `{absent[0]}`: {found}.")
    return [dict(zip(names, row + [""] * len(names), strict=False)) for row in table[1:]]


def platform_numbers(
    path: Path, roster: Iterable[str], is_number: Callable[[str], bool]
) -> dict[str, str]:
    """The platform's number -> the student, from its list.

    The columns are those with the most different ids and numbers: headings differ with the platform
    and its language, and what single students can write into a list decides nothing.
    is_number  is this a number that the platform uses? Asked of what stands at the end of a cell
    Raises Missing if there are no such columns, or if they contradict themselves.
    """
    table = rows(path)
    by_name = {folded(student): student for student in roster}
    ids = _fullest(table, lambda cell: by_name.get(folded(cell), ""))
    numbers = _fullest(table, lambda cell: n if is_number(n := ending_number(cell)) else "")
    if not ids or not numbers or ids == numbers:
        what = "the platform's numbers" if ids else "the ids of students.csv"
        raise Missing(
            f"{path} has no column with {what}. As ids, take what the platform shows beside its "
            "numbers, such as the e-mail address."
        )
    found: dict[str, str] = {}
    for row in table:
        student, number = by_name.get(folded(row[ids])), ending_number(row[numbers])
        if student and number and found.setdefault(number, student) != student:
            raise Missing(f"{path} gives the number {number} to {found[number]} and to {student}.")
    if len(set(found.values())) != len(found):
        twice = next(s for s in found.values() if list(found.values()).count(s) > 1)
        raise Missing(f"{path} gives {twice} two numbers.")
    return found


def ending_number(cell: str) -> str:
    """The number in "4711" or "Participant 4711"; "" for any other text."""
    found = re.fullmatch(r"\D*(\d+)", cell)
    return found[1] if found else ""


def folded(name: str) -> str:
    """A name without capitals, and with one way to write ö: systems differ in both."""
    return unicodedata.normalize("NFC", name).casefold()


def _fullest(table: list[dict[str, str]], fits: Callable[[str], str]) -> str:
    """The column with the most different cells that fit; "" if none does in any."""
    columns = table[0] if table else {}
    counts = {column: len({fits(row[column]) for row in table} - {""}) for column in columns}
    best = max(counts, key=counts.__getitem__, default="")
    return best if best and counts[best] else ""


def _text(path: Path) -> str:
    content = path.read_bytes()
    if content[:2] == b"PK":
        raise Missing(f"{path} is a spreadsheet or an archive. Save it as CSV.")
    try:
        return decoded(content)
    except UnicodeDecodeError:
        raise Missing(f"{path} cannot be read as text. Save it as CSV in UTF-8.") from None


def decoded(content: bytes) -> str:
    """Text as editors and spreadsheets save it: UTF-8, UTF-16 or Windows' encoding."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")
