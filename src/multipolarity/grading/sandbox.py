"""Starts workers inside bubblewrap: no network, no files but the course, nothing to write on.

Where bubblewrap is missing the grader refuses, unless the instructor says `--no-sandbox`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import multipolarity
from multipolarity import tables
from multipolarity.grading import seccomp
from multipolarity.grading.worker import HOME

# What a Python from the system needs beside its own folders.
SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/etc/ld.so.cache", "/etc/fonts")

MOST_CALLS = 60_000  # bytes of hidden inputs: what a pipe takes at once


@dataclass(frozen=True)
class Limits:
    """Budgets of one whole notebook: seconds, bytes, bytes, bytes, processes."""

    seconds: float = 60
    memory: int = 700 * 2**20
    disk: int = 16 * 2**20
    answer_bytes: int = 2 * 2**20
    processes: int = 16


class NoSandbox(Exception):
    """There is no sandbox here; the text says what to do."""


def available() -> str:
    """'' if bubblewrap works here, otherwise a sentence that says what to do."""
    program = shutil.which("bwrap")
    if not program:
        return (
            "bubblewrap was not found, and without it a student's code could read your files. "
            "Debian, Ubuntu: sudo apt-get install bubblewrap. Or, for work that you trust: "
            "--no-sandbox."
        )
    probe = subprocess.run(
        [program, "--unshare-all", "--ro-bind", "/", "/", "true"], capture_output=True, text=True
    )
    if probe.returncode:
        return (
            f"bubblewrap is installed but cannot start here ({probe.stderr.strip()[:200]}). Often "
            "user namespaces are switched off: ask the administrator. Or, for work that you "
            "trust: --no-sandbox."
        )
    return ""


def _filter() -> int:
    """A file descriptor from which bubblewrap reads the filter of system calls; -1 if none fits."""
    content = seccomp.program(os.uname().machine)
    if not content:
        return -1
    reader, writer = os.pipe()
    with open(writer, "wb") as file:
        file.write(content)  # far less than a pipe holds
    return reader


def _command(isolated: bool, filter_from: int = -1) -> list[str]:
    package = Path(multipolarity.__file__).parent.resolve()
    start = (
        f"import sys; sys.path.insert(0, {str(package.parent)!r}); "
        "from multipolarity.grading.worker import serve; "
        f"serve({isolated})"
    )
    python = [sys.executable, "-E", "-s", "-c", start]
    if not isolated:
        return python
    shown = [package, Path(tables.data_folder()), Path(sys.prefix), Path(sys.base_prefix)]
    binds: list[str] = []
    for path in [*map(str, shown), *SYSTEM]:
        binds += ["--ro-bind-try", path, path]
    shut = ["--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    own = ["--tmpfs", "/tmp", "--tmpfs", HOME, "--proc", "/proc", "--dev", "/dev"]
    still = ["--chdir", HOME]
    for path in ("/tmp", "/dev", "/"):
        still += ["--remount-ro", path]
    settings = [part for name, value in ENVIRONMENT.items() for part in ("--setenv", name, value)]
    calls = ["--seccomp", str(filter_from)] if filter_from >= 0 else []
    return ["bwrap", *shut, *own, *binds, *settings, *still, *calls, "--", *python]


ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": HOME,
    "TMPDIR": HOME,
    "MPLCONFIGDIR": f"{HOME}/mpl",
    "MPLBACKEND": "Agg",
    "IPYTHONDIR": f"{HOME}/ipython",
    "MULTIPOLARITY_HOME": f"{HOME}/home",
    "PYTHONHASHSEED": "0",
    # Threads do not survive a fork, and a student's notebook needs one.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


def _open_environment() -> dict[str, str]:
    """The environment of a worker without a sandbox: what it writes goes where others write."""
    own = {name: value.replace(HOME, tempfile.gettempdir()) for name, value in ENVIRONMENT.items()}
    return {**os.environ, **own, "PATH": os.environ.get("PATH", "")}


def request(
    cells: list[str],
    names: list[str],
    calls: Mapping[str, Any] | None = None,
    files: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> dict[str, Any]:
    """What a worker is asked: cells to run, names to look up, functions to call with inputs."""
    return {
        "cells": cells,
        "names": names,
        "calls": dict(calls or {}),
        "files": dict(files or {}),
        "limits": asdict(limits or Limits()),
    }


class Worker:
    """One sandbox with a warm Python in it; runs one notebook at a time.

    Ask `available` first: a sandbox that cannot start raises NoSandbox at the first run.
    """

    def __init__(self, sandboxed: bool = True) -> None:
        self.sandboxed = sandboxed
        self.process: subprocess.Popen | None = None

    def _start(self) -> None:
        filter_from = _filter() if self.sandboxed else -1
        self.process = subprocess.Popen(
            _command(self.sandboxed, filter_from),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=None if self.sandboxed else _open_environment(),
            pass_fds=[filter_from] if filter_from >= 0 else [],
        )
        if filter_from >= 0:
            os.close(filter_from)
        if self._read().get("status") != "ready":
            raise NoSandbox("The sandbox started but Python did not come up in it.")

    def _read(self) -> dict:
        line = self.process.stdout.readline()
        return json.loads(line) if line else {}

    def run(self, request: Mapping[str, Any]) -> dict:
        """Run one notebook's cells; see `request` for what goes in, `worker.execute` for the answer.

        A notebook that breaks the budgets or kills its process costs only itself: the answer then
        has the status "stopped" and a reason. If that happens in a function that is called with
        hidden inputs, the other answers count: `calls_stopped` then holds the reason.
        """
        if self.process is None:
            self._start()  # only now: a batch that was marked before needs no sandbox
        calls = request["calls"]
        if len(json.dumps(calls)) > MOST_CALLS:
            raise ValueError("The hidden inputs of this set are too large: make them smaller.")
        first = {name: value for name, value in request.items() if name != "calls"}
        answer = self._ask({**first, "calls_follow": bool(calls)})
        if not calls or answer["status"] != "ran":
            return answer
        called = self._ask(calls)
        if called["status"] == "ran":
            return {**answer, "calls": called["calls"]}
        return {**answer, "calls": {}, "calls_stopped": called["reason"]}

    def _ask(self, question: Mapping[str, Any]) -> dict:
        try:
            self.process.stdin.write(json.dumps(question).encode() + b"\n")
            self.process.stdin.flush()
            if answer := self._read():
                return answer
        except (OSError, ValueError, RecursionError):
            pass
        self.close()
        return {"status": "stopped", "reason": "died"}

    def close(self) -> None:
        """End the sandbox and everything in it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process.stdin.close()
            self.process.stdout.close()
            self.process = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
