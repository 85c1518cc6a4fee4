"""Reads the lists that an instructor gives: students, times, a platform's own list."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path


class Missing(Exception):
    """Something the instructor has to provide; the text says what."""


def rows(path: Path, wanted: Iterable[str] = ()) -> list[dict[str, str]]:
    """The rows of a CSV file by its headings, in small letters; cells without spaces around them.

    Takes what spreadsheets write: commas, semicolons or tabs; UTF-8, UTF-16 or Windows' encoding.
    Raises Missing if a wanted column is not there.
    """
    lines = _text(path).splitlines()
    head = next((line for line in lines if line.strip()), "")
    mark = max(",;\t", key=head.count)
    try:
        table = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=mark)]
    except csv.Error as error:
        raise Missing(f"{path} cannot be read as CSV ({error}). Save it anew.") from None
    table = [row for row in table if any(row)]
    names = [name.casefold() for name in table[0]] if table else []
    if absent := [name for name in wanted if name not in names]:
        found = f"it has {', '.join(table[0])}" if table else "it is empty"
        raise Missing(f"{path} has no column `{absent[0]}`: {found}.")
    return [dict(zip(names, row + [""] * len(names), strict=False)) for row in table[1:]]


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
