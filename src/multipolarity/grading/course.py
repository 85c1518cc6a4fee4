"""Where the graded set lies: source notebooks, keys, rubrics, and the cohort's salt.

The folder `exercises/graded` is an nbgrader course. Only instructors have it; the package that
students install finds none and says so.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from multipolarity import problem_sets
from multipolarity.grading.items import Item
from multipolarity.grading.listing import Missing, rows

if TYPE_CHECKING:
    from multipolarity.grading.read_only import Twin

SALT_FILE = "salt.txt"
FINGERPRINT_FILE = "salt.fingerprint"
ROSTER = "students.csv"
ROUTES = ("code", "read")


def hidden_from_git(folder: Path) -> Path:
    """The folder, made, and so that git takes nothing in it: students' names, work and marks."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / ".gitignore").exists():
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    return folder


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and never through a link."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)


@dataclass(frozen=True)
class Course:
    """The graded set in one folder."""

    folder: Path

    @classmethod
    def here(cls, folder: str | Path = "exercises/graded") -> Course:
        """The course in this folder; raises Missing if there is none."""
        path = Path(folder)
        if not (path / "source").is_dir():
            raise Missing(
                f"No graded set in {path}. Run the command in the repository's top folder, or "
                "name the folder with --course."
            )
        return cls(path)

    @staticmethod
    def known(name: str) -> None:
        """Raises Missing if there is no such set."""
        if name not in problem_sets.names():
            raise Missing(f"No set {name!r}. The sets: {', '.join(problem_sets.names())}.")

    def source(self, name: str) -> dict:
        """The source notebook of a set, with its model answers."""
        self.known(name)
        path = self.folder / "source" / name / f"{name}.ipynb"
        return json.loads(path.read_text(encoding="utf-8"))

    def items(self, name: str, task: dict[str, Any]) -> list[Item]:
        """The key of a set for one student's numbers, and for the form in which it was given."""
        twins = {twin.name: twin for twin in self.twins(name, task)}
        return [
            twins[item.name].item(item.points) if item.name in twins else item
            for item in self._module("keys", name).items(task)
        ]

    def twins(self, name: str, task: dict[str, Any]) -> list[Twin]:
        """What a student reads in place of coding; [] for one who codes, or if nothing is coded."""
        if task.get("route") != "read" or not (self.folder / "read" / f"{name}.py").is_file():
            return []
        return self._module("read", name).twins(task, self._module("keys", name))

    def _module(self, folder: str, name: str) -> ModuleType:
        path = self.folder / folder / f"{name}.py"
        spec = importlib.util.spec_from_file_location(f"multipolarity_{folder}_{name}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


@dataclass(frozen=True)
class Cohort:
    """One group of students in one term: a folder with students.csv and salt.txt."""

    folder: Path

    @classmethod
    def open(cls, folder: str | Path) -> Cohort:
        path = Path(folder)
        if not (path / ROSTER).is_file():
            raise Missing(
                f"{path / ROSTER} was not found. Make the folder and in it a file {ROSTER} whose "
                "first line is `student` and whose other lines are the students' ids."
            )
        return cls(path)

    @cached_property
    def _routes(self) -> dict[str, str]:
        """Each id with its route, "code" or "read", in the order of the file."""
        path = self.folder / ROSTER
        routes: dict[str, str] = {}
        for row in rows(path, ["student"]):
            name, route = row["student"], row.get("route", "").lower() or "code"
            if route not in ROUTES:
                raise Missing(f"{path}: the route of {name} is {route!r}; write code or read.")
            if name and not _plain(name):
                raise Missing(
                    f"An id must be usable as the name of a folder; this is not: {name!r}."
                )
            if routes.get(name, route) != route:
                raise Missing(f"{path} lists {name} twice, with different routes.")
            if name:
                routes[name] = route
        if not routes:
            raise Missing(f"{path} lists no student.")
        return routes

    def students(self) -> list[str]:
        """The ids, as the folders of the submissions are named."""
        return list(self._routes)

    def make_salt(self) -> None:
        """Choose the secret at the first release; a cohort keeps it, for all its marks rest on it.

        A fingerprint beside it tells later that it was lost or is another one.
        """
        path = self.folder / SALT_FILE
        if path.exists() or (self.folder / FINGERPRINT_FILE).exists():
            return
        hidden_from_git(self.folder)
        path.touch(mode=0o600)
        salt = secrets.token_hex(16)
        path.write_text(salt + "\n", encoding="utf-8")
        (self.folder / FINGERPRINT_FILE).write_text(_fingerprint(salt) + "\n", encoding="utf-8")

    def salt(self) -> str:
        """The secret that, with the id, chooses a student's numbers."""
        path = self.folder / SALT_FILE
        if not path.is_file():
            raise Missing(
                f"{path} was not found. Put back the one with which you handed out the archives: with "
                "another, everybody would be marked by other numbers. The first release makes it."
            )
        salt = path.read_text(encoding="utf-8").strip()
        if len(salt) < 16:
            raise Missing(f"{path} holds no salt of 16 characters or more.")
        made = self.folder / FINGERPRINT_FILE
        if made.is_file() and made.read_text(encoding="utf-8").strip() != _fingerprint(salt):
            raise Missing(
                f"{path} is not the salt with which this cohort began. Put that one back."
            )
        return salt

    def own(self, folder: Path) -> None:
        """Mark a folder as this cohort's; raises Missing if it is another's."""
        mark, mine = hidden_from_git(folder) / ".cohort", _fingerprint(self.salt())
        if mark.is_file() and mark.read_text(encoding="utf-8").strip() != mine:
            raise Missing(
                f"{folder} belongs to another cohort, or to this one with another salt. Give each cohort "
                "folders of its own."
            )
        mark.write_text(mine + "\n", encoding="utf-8")

    def task(self, name: str, student: str) -> dict[str, Any]:
        """One student's numbers in a set, and the route if it is not the usual one."""
        drawn = problem_sets.draw(name, self.salt(), student)
        return {**drawn, "route": "read"} if self._routes.get(student) == "read" else drawn


def _fingerprint(salt: str) -> str:
    return hashlib.sha256(salt.encode()).hexdigest()[:12]


def _plain(name: str) -> bool:
    odd = name in (".", "..") or set(name) & set('/\\:*?"<>|') or not name.isprintable()
    return not odd and 0 < len(name.encode()) <= 200
