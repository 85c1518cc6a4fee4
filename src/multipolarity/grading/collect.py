"""Sorts a learning platform's download into nbgrader's layout, one notebook per student.

A platform names what it hands over by a number or a name of its own. Its list of the participants
holds these and the ids of `students.csv` side by side. Only notebooks are taken, each is written
under its student's id and the set's name, and nothing in an archive chooses where it goes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from multipolarity.grading.course import hidden_from_git, write_whole
from multipolarity.grading.intake import LARGEST
from multipolarity.grading.listing import Missing, folded, platform_numbers

# "Ada Lovelace_4711_assignsubmission_file_/ps5.ipynb" of Moodle, with or without the folder, and
# "lovelaceada_4711_815_ps5.ipynb" of Canvas: the student's number and the submission's.
NUMBERS = re.compile(r"_(\d+)(?=_assignsubmission_|_\d+_)")
LARGEST_ARCHIVE = 5 * LARGEST  # bytes of a student's own archive
LARGEST_DIRECTORY = 2**20  # bytes of its table of contents
MOST_NOTEBOOKS = 20  # read in one submission

File = tuple[str, Callable[[int], bytes]]  # the path in the download; how to read its first bytes


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
    by_name = {folded(one): one for one in sorted(roster)}
    files = _below_common_folders(list(_files(download)), by_name)
    whose = _by_number(listing, roster, {path.split("/")[0] for path, _ in files})
    found: dict[str, list[File]] = defaultdict(list)
    unknown = set()
    for path, read in files:
        if student := _by_list(path, whose) if listing else _by_id(path, by_name):
            found[student].append((path, read))
        else:
            unknown.add(path.split("/")[0])
    hidden_from_git(submitted)
    done = Collected(unknown=sorted(unknown))
    for student, theirs in sorted(found.items()):
        _take(student, theirs, name, submitted, done)
    return done


def _take(student: str, files: list[File], name: str, submitted: Path, done: Collected) -> None:
    path = submitted / student / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = _notebook(files, name)
    if content is None:
        done.without.append(student)
        return
    done.taken.append(student)
    if path.is_file() and path.read_bytes() != content:
        done.replaced.append(student)
    write_whole(path, content)


# --- Whose it is -----------------------------------------------------------------------------------


def _by_number(listing: Path | None, roster: frozenset[str], tops: set[str]) -> dict[str, str]:
    """The platform's number -> the student."""
    found = [NUMBERS.findall(top) for top in tops]
    clear = {numbers[0] for numbers in found if len(numbers) == 1}
    seen = clear or {number for numbers in found for number in numbers}
    return platform_numbers(listing, roster, seen.__contains__) if listing else {}


def _by_list(path: str, whose: Mapping[str, str]) -> str:
    """The student whose number stands in the name; "" if none or several do.

    Students choose parts of the name: whoever writes another's number into it belongs to nobody.
    """
    students = {whose[n] for n in NUMBERS.findall(path.split("/")[0]) if n in whose}
    return students.pop() if len(students) == 1 else ""


def _by_id(path: str, by_name: Mapping[str, str]) -> str:
    """The student whose id is the name or stands in it between underscores; "" if that is not clear.

    The name of a folder is the platform's, of a loose file only its beginning.
    """
    top, *below = path.split("/")
    stem = folded(top if below else top.rsplit(".", 1)[0])
    if stem in by_name:
        return by_name[stem]
    if NUMBERS.search(top):  # Moodle or Canvas: without their list nobody can say
        return ""
    parts = stem.split("_")
    runs = [
        (start, end)
        for start in range(len(parts) if below else 1)
        for end in range(start + 1, len(parts) + 1)
        if "_".join(parts[start:end]) in by_name
    ]
    widest = [
        run for run in runs if not any(o != run and o[0] <= run[0] and run[1] <= o[1] for o in runs)
    ]
    students = {by_name["_".join(parts[start:end])] for start, end in widest}
    return students.pop() if len(students) == 1 else ""


# --- What is in it ---------------------------------------------------------------------------------


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
            yield member.filename, partial(_start_of_member, archive, member)


def _start(path: Path, most: int) -> bytes:
    with open(path, "rb") as file:
        return file.read(most)


def _start_of_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError("packed in a way that no usual program uses")
    with archive.open(member) as file:
        return file.read(most)


def _below_common_folders(files: list[File], by_name: Mapping[str, str]) -> list[File]:
    """Without the folders in which the whole download lies."""
    while len({path.split("/")[0] for path, _ in files}) == 1:
        top = files[0][0].split("/")[0]
        named = NUMBERS.search(top) or _by_id(f"{top}/", by_name)
        if named or not all("/" in path for path, _ in files):
            break
        files = [(path.split("/", 1)[1], read) for path, read in files]
    return files


def _notebook(files: list[File], name: str) -> bytes | None:
    """The one notebook that is meant, also from an archive; None if none or more may be.

    What browsers and platforms make of the name is the name: "ps5 (1).ipynb", "ps5-1.ipynb".
    """
    found = list(_notebooks(files))
    named = re.compile(rf"(.*[/_])?{name}([ _-]*(\(\d+\)|\d+|copy\d*))?\.ipynb", re.IGNORECASE)
    meant = [read for path, read in found if named.fullmatch(path)] or [read for _, read in found]
    if len(meant) > MOST_NOTEBOOKS:
        return None
    contents = set()
    for read in meant:
        try:
            contents.add(read(LARGEST + 1))  # what is too large is refused when it is marked
        except Exception:  # damaged or locked, in one of many ways: as if it were not there
            continue
    return contents.pop() if len(contents) == 1 else None


def _notebooks(files: list[File], inner: bool = False) -> Iterator[File]:
    for path, read in files:
        if {".ipynb_checkpoints", "__MACOSX"} & set(path.split("/")):
            continue
        kind = Path(path.lower()).suffix
        if kind == ".ipynb":
            yield path, read
        elif kind == ".zip" and not inner:
            yield from _notebooks(_in_archive(read), inner=True)


def _in_archive(read: Callable[[int], bytes]) -> list[File]:
    """The files in a student's own archive; [] if it is damaged, locked or immodest."""
    try:
        content = read(LARGEST_ARCHIVE + 1)
        if len(content) > LARGEST_ARCHIVE or _directory_size(content) > LARGEST_DIRECTORY:
            return []
        return list(_members(zipfile.ZipFile(io.BytesIO(content))))
    except Exception:  # made by a student: it may break in any way, and harms only itself
        return []


def _directory_size(content: bytes) -> int:
    """Bytes of an archive's table of contents, as its end says; read before it takes memory."""
    end = content.rfind(b"PK\x05\x06", -(2**16 + 22))
    if end < 0 or b"PK\x06\x07" in content[max(0, end - 20) : end]:  # none, or for huge archives
        return LARGEST_DIRECTORY + 1
    return int.from_bytes(content[end + 12 : end + 16], "little")
