"""Sorts a learning platform's download into nbgrader's layout, one notebook per student.

A platform names what it hands over by a number or a name of its own. Its list of the participants
holds these and the ids of `students.csv` side by side. Only notebooks are taken, each is written
under its student's id and the set's name, and nothing in an archive chooses where it goes.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from multipolarity.grading.course import hidden_from_git
from multipolarity.grading.intake import LARGEST
from multipolarity.grading.listing import Missing, rows

# "Ada Lovelace_4711_assignsubmission_file_/ps5.ipynb" of Moodle, with or without the folder
MOODLE = re.compile(r"_(\d+)_assignsubmission_")
# "lovelaceada_4711_815_ps5.ipynb" of Canvas: the student's number and the submission's
CANVAS = re.compile(r"^[^_]+_(?:LATE_)?(\d+)_\d+_")
LARGEST_ARCHIVE = 5 * LARGEST  # bytes of a student's own archive
MOST_NOTEBOOKS = 20  # looked at in one submission

File = tuple[str, Callable[[], bytes]]  # the path in the download, and how to read it


@dataclass
class Collected:
    """What was done with a download.

    taken     students of whom there is a notebook in the download
    replaced  those of them in whose place another notebook lay before
    without   students whose submission holds no notebook, or more than one that may be meant
    unknown   names in the download that belong to no student
    """

    taken: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def collect(
    download: Path, name: str, roster: frozenset[str], submitted: Path, listing: Path | None = None
) -> Collected:
    """Write `submitted/<student>/<name>/<name>.ipynb` for each student found in the download.

    download  the platform's zip, or the folder into which it was unpacked
    listing   the platform's list of participants, as CSV; without it the download must hold the ids
    Raises Missing if the download or the list cannot be read.
    """
    by_name = {_folded(one): one for one in sorted(roster)}
    files = _below_common_folders(list(_files(download)), by_name)
    tops = {path.split("/")[0] for path, _ in files}
    whose = _by_number(listing, roster, tops) if listing else {one: one for one in roster}
    found: dict[str, list[File]] = defaultdict(list)
    unknown = set()
    for path, read in files:
        if student := _student(path, by_name, whose):
            found[student].append((path, read))
        else:
            unknown.add(path.split("/")[0])
    hidden_from_git(submitted)
    done = Collected(unknown=sorted(unknown))
    for student, theirs in sorted(found.items()):
        path = submitted / student / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        content = _notebook(theirs, name)
        if content is None:
            done.without.append(student)
            continue
        done.taken.append(student)
        if path.is_file() and path.read_bytes() != content:
            done.replaced.append(student)
        path.write_bytes(content)
    return done


def _files(download: Path) -> Iterator[File]:
    """The regular files of the download."""
    if download.is_dir():
        for path in sorted(download.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(download).as_posix(), partial(_start, path)
        return
    try:
        archive = zipfile.ZipFile(download)
    except (zipfile.BadZipFile, OSError):
        raise Missing(f"{download} is neither a folder nor a zip archive.") from None
    yield from _members(archive)


def _members(archive: zipfile.ZipFile) -> Iterator[File]:
    for member in archive.infolist():
        if not member.is_dir():
            yield member.filename, partial(_start, member, archive)


def _start(what: Path | zipfile.ZipInfo, archive: zipfile.ZipFile | None = None) -> bytes:
    """What is read of a file, bounded also where an archive promises less than it holds."""
    with archive.open(what) if archive else open(what, "rb") as file:
        return file.read(LARGEST_ARCHIVE + 1)


def _below_common_folders(files: list[File], by_name: Mapping[str, str]) -> list[File]:
    """Without the folders in which the whole download lies."""
    while len({path.split("/")[0] for path, _ in files}) == 1:
        top = files[0][0].split("/")[0]
        if _folded(top) in by_name or _numbers(top) or not all("/" in path for path, _ in files):
            break
        files = [(path.split("/", 1)[1], read) for path, read in files]
    return files


def _numbers(name: str) -> set[str]:
    """The platform's numbers in a name; more than one if the student wrote another into it."""
    return {*MOODLE.findall(name), *CANVAS.findall(name)}


def _student(path: str, by_name: Mapping[str, str], whose: Mapping[str, str]) -> str:
    """To whom a file of the download belongs; "" if that is not clear.

    The name of a folder is the platform's, of a loose file only its beginning: students choose the
    rest, and nobody may hand in as somebody else.
    """
    top, *below = path.split("/")
    if numbers := _numbers(top):
        students = {whose.get(number, "") for number in numbers}
    else:
        parts = top.split("_") if below else [top.rsplit(".", 1)[0], top.split("_")[0]]
        folded = {_folded(part) for part in (top, *parts)}
        students = {by_name[part] for part in folded if part in by_name}
    return students.pop() if len(students) == 1 else ""


def _folded(name: str) -> str:
    """A name without capitals, and with one way to write ö: systems differ in both."""
    return unicodedata.normalize("NFC", name).casefold()


def _by_number(listing: Path, roster: frozenset[str], tops: set[str]) -> dict[str, str]:
    """The platform's number of each student: from whichever columns hold these and the ids.

    The headings differ with the platform and its language, the contents do not.
    """
    table = rows(listing)
    seen = {number for top in tops for number in _numbers(top)}
    ids = _column(table, lambda cell: cell in roster)
    numbers = _column(table, lambda cell: _digits(cell) in seen)
    if not ids or not numbers:
        what = "the ids of students.csv" if not ids else "the numbers in the names of the download"
        raise Missing(
            f"{listing} has no column with {what}. As ids, take what the platform shows beside its "
            "numbers, such as the e-mail address."
        )
    return {_digits(row[numbers]): row[ids] for row in table if row[ids] in roster}


def _column(table: list[dict[str, str]], fits: Callable[[str], bool]) -> str:
    """The column in which most cells fit; "" if none does in any."""
    columns = table[0] if table else {}
    counts = {column: sum(fits(row[column]) for row in table) for column in columns}
    best = max(counts, key=counts.__getitem__, default="")
    return best if best and counts[best] else ""


def _digits(cell: str) -> str:
    """The number in "4711" or "Participant 4711"; "" for any other text."""
    found = re.fullmatch(r"\D*(\d+)", cell)
    return found[1] if found else ""


def _notebook(files: Iterable[File], name: str) -> bytes | None:
    """The one notebook that is meant, also from an archive; None if none or more may be.

    What browsers and platforms make of the name is the name: "ps5 (1).ipynb", "ps5-1.ipynb".
    """
    found = dict(islice(_notebooks(files), MOST_NOTEBOOKS))
    named = re.compile(rf"(.*[/_])?{name}([ _-]*(\(\d+\)|\d+|copy\d*))?\.ipynb", re.IGNORECASE)
    meant = [content for path, content in found.items() if named.fullmatch(path)]
    contents = set(meant or found.values())
    return contents.pop() if len(contents) == 1 else None


def _notebooks(files: Iterable[File], inner: bool = False) -> Iterator[tuple[str, bytes]]:
    for path, read in files:
        if {".ipynb_checkpoints", "__MACOSX"} & set(path.split("/")):
            continue
        kind = Path(path.lower()).suffix
        try:
            if kind == ".ipynb":
                yield path, read()[: LARGEST + 1]  # what is too large is refused in marking
            elif kind == ".zip" and not inner and len(content := read()) <= LARGEST_ARCHIVE:
                members = _members(zipfile.ZipFile(io.BytesIO(content)))
                yield from _notebooks(members, inner=True)
        except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError, ValueError):
            continue  # damaged or locked: as if it held nothing
