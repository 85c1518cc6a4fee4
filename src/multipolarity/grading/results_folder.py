"""The folder with the results of one set of one cohort.

It remembers whose results they are and the rule for late work, so that a second run needs no option
again and two sets, cohorts or runs never mix.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from multipolarity.grading.course import Cohort, hidden_from_git, write_whole
from multipolarity.grading.listing import Missing

FILE = "marking.json"


@contextmanager
def results_folder(
    out: Path, name: str, cohort: Cohort, late: Mapping[str, Any] | None
) -> Iterator[dict[str, Any]]:
    """Keep others out of the folder, and give the rule for late work: the kept one and what is new.

    late  what was said this time; None forgets the rule
    Raises Missing if the folder is another set's or cohort's, or if somebody marks in it.
    """
    hidden_from_git(out)
    try:
        with FileLock(out / ".lock", timeout=0):
            cohort.own(out)
            kept = _kept(out / FILE)
            if kept.get("set", name) != name:
                raise Missing(
                    f"{out} holds the results of {kept['set']}. Give each set a folder of its own, such "
                    f"as {out.parent / name}."
                )
            yield {} if late is None else {**kept.get("late", {}), **late}
    except Timeout:
        raise Missing(f"Another run is marking into {out}. Wait until it has ended.") from None


def remember(out: Path, name: str, rule: Mapping[str, Any]) -> None:
    """Keep whose results these are, and the rule; whole or not at all."""
    write_whole(out / FILE, json.dumps({"set": name, "late": rule}, indent=1).encode())


def _kept(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        kept = None
    if not isinstance(kept, dict) or not isinstance(kept.get("late", {}), dict):
        raise Missing(f"{path} cannot be read. Delete it and repeat the options for late work.")
    return kept
