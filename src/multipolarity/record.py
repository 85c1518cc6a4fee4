"""The student's own record: attempts, hints seen and kept answers, in one small JSON file.

It lives in the user's data folder (or where the environment variable MULTIPOLARITY_HOME points)
and is sent nowhere. A broken or read-only file never stops a lesson: what cannot be read is set
aside under another name, what cannot be written is kept in memory until the session ends.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from filelock import FileLock

SECONDS_TO_WAIT = 2  # for another notebook that is writing
EMPTY = {"attempts": 0, "hints": 0, "done": False, "kept": None, "last": None}

_memory: dict[str, dict[str, Any]] = {}


def path() -> Path:
    """Where the record is kept."""
    home = os.environ.get("MULTIPOLARITY_HOME")
    if home:
        return Path(home) / "progress.json"
    from platformdirs import user_data_path

    return user_data_path("multipolarity", appauthor=False) / "progress.json"


def read() -> dict[str, dict[str, Any]]:
    """All entries by exercise id; {} where there are none yet."""
    try:
        entries = json.loads(path().read_text(encoding="utf-8"))
        if not isinstance(entries, dict) or not all(isinstance(e, dict) for e in entries.values()):
            raise ValueError("not a record")
    except FileNotFoundError:
        entries = {}
    except ValueError:  # broken JSON or text: keep it, start anew
        _set_aside()
        entries = {}
    except OSError:
        entries = {}
    return {key: {**EMPTY, **entry} for key, entry in {**entries, **_memory}.items()}


def entry(exercise_id: str) -> dict[str, Any]:
    """The entry of one exercise, an empty one where there is none yet."""
    return {**EMPTY, **read().get(exercise_id, {})}


def update(exercise_id: str, **changes: Any) -> None:
    """Change one entry; what cannot be written is kept in memory until the session ends."""
    try:
        path().parent.mkdir(parents=True, exist_ok=True)
        # Two notebooks may be open at once: neither may write over what the other has just added.
        with FileLock(path().with_name("progress.lock"), timeout=SECONDS_TO_WAIT):
            # A file that cannot be read just now must not be written over.
            if path().exists():
                path().read_bytes()
            _write(_changed(exercise_id, changes))
        _memory.clear()
    except OSError:  # a lock that does not come free in time is one, too
        _memory[exercise_id] = _changed(exercise_id, changes)[exercise_id]


def _changed(exercise_id: str, changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    entries = read()
    return {**entries, exercise_id: {**EMPTY, **entries.get(exercise_id, {}), **changes}}


def _write(entries: dict[str, Any]) -> None:
    target = path()
    # Written beside the old file and then moved, so that a crash leaves one of the two whole.
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".progress-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(entries, file, ensure_ascii=False, indent=1)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _set_aside() -> None:
    try:
        os.replace(path(), path().with_name("progress.unreadable.json"))
    except OSError:
        pass
