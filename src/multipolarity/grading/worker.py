"""Runs notebooks one after another inside the sandbox, each in a process forked from a warm one.

It reads one request (JSON) a line on its standard input and answers with one line. Importing
pandas, matplotlib and IPython once and forking saves most of what a notebook costs. Each
forked process enters namespaces of its own, so that it sees neither its neighbours nor what they
left behind. It holds no key: what it returns are data.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import re
import resource
import select
import signal
import sys
import tempfile
import time
from typing import Any

# From <linux/sched.h>, <sys/mount.h> and <linux/prctl.h>.
NEWNS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x20000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
NOSUID, NODEV, REC, PRIVATE = 2, 4, 16384, 1 << 18
SET_NO_NEW_PRIVS = 38
CAPSET_VERSION = 0x20080522
LIBC = ctypes.CDLL(None, use_errno=True)

DEEPEST = 60  # an honest answer of carry.DEEPEST levels needs about half
HOME = "/sandbox"  # the one place to write; not /tmp, where the course itself may lie
LOOK_EVERY = 0.05  # seconds between two looks at a running notebook
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def serve(isolated: bool) -> None:
    """Answer requests until standard input ends."""
    shell = warm()
    print(json.dumps({"status": "ready"}), flush=True)
    while True:
        child = os.fork()  # this process itself never holds a request: forks could read it there
        if child == 0:
            code = 1
            try:
                if line := sys.stdin.buffer.readline():
                    answer = supervise(shell, json.loads(line), isolated)
                    print(json.dumps(answer), flush=True)
                    code = 0
            finally:
                os._exit(code)
        if os.waitpid(child, 0)[1] != 0:
            return


def warm() -> Any:
    """Import what notebooks use and make the shell that every fork inherits."""
    import gc

    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot
    import pandas  # noqa: F401
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    import multipolarity
    from multipolarity import figures, measures, problem_sets, tables  # noqa: F401
    from multipolarity.grading import carry  # noqa: F401

    class Shell(InteractiveShell):
        """Keeps no copy of what is printed: a notebook that prints without end costs no memory."""

        @contextlib.contextmanager
        def _tee(self, channel):
            yield

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config)
    assert multipolarity.load("commitments") is not None  # the lazy names are looked up once
    gc.collect()
    gc.freeze()
    return shell


def supervise(shell: Any, request: dict, isolated: bool) -> dict:
    """Run one request in a forked process within its budgets; what it did is data or a reason."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            os.chdir(folder)  # in the sandbox a private one is mounted over it
            _child(shell, request, writer, isolated)
        os.close(writer)
        return _watch(child, reader, request["limits"])


def _watch(child: int, reader: int, limits: dict) -> dict:
    end = time.monotonic() + limits["seconds"]
    chunks, size, reason, looked = [], 0, "", 0.0
    while not reason:
        ready, _, _ = select.select([reader], [], [], LOOK_EVERY)
        if ready:
            chunk = os.read(reader, 65536)
            if not chunk:
                break
            chunks.append(chunk)
            size += len(chunk)
            if size > limits["answer_bytes"]:
                reason = "answer_bytes"
        now = time.monotonic()
        if now > end:
            reason = reason or "seconds"
        elif (
            not ready or now - looked > LOOK_EVERY
        ):  # also of a notebook that writes without a pause
            reason, looked = reason or _too_much(child, limits), now
    os.close(reader)
    _end(child)
    if reason:
        return {"status": "stopped", "reason": reason}
    try:
        answer = json.loads(b"".join(chunks))
        shallow = not _deeper(answer, DEEPEST)
        if shallow and isinstance(answer, dict) and isinstance(answer.get("values"), dict):
            return {**answer, "status": "ran"}
    except (ValueError, RecursionError):
        pass
    return {"status": "stopped", "reason": "died"}


def _deeper(data: Any, levels: int) -> bool:
    """Is it nested so deeply that writing or reading it again could fail?"""
    if not isinstance(data, (list, dict)):
        return False
    parts = data.values() if isinstance(data, dict) else data
    return levels == 0 or any(_deeper(part, levels - 1) for part in parts)


def _end(child: int) -> None:
    """End the process and, through its process namespace, all that it started."""
    for pid in [*_descendants(child), child]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    os.waitpid(child, 0)


def _descendants(root: int) -> list[int]:
    """The processes below one, from /proc; none where there is no /proc."""
    parents = {}
    try:
        names = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []
    for name in names:
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                parents[int(name)] = int(file.read().rpartition(b")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue
    found, stack = [], [root]
    while stack:
        above = stack.pop()
        below = [pid for pid, parent in parents.items() if parent == above]
        found += below
        stack += below
    return found


def _too_much(child: int, limits: dict) -> str:
    below = _descendants(child)
    if len(below) > limits["processes"] + 1:
        return "processes"
    memory = sum(_resident(pid) for pid in below)
    if memory > limits["memory"]:  # forks share pages: counted exactly only when it matters
        memory = sum(_own(pid) for pid in below)
    return "memory" if memory > limits["memory"] else ""


def _resident(pid: int) -> int:
    """Bytes of a process that are in memory, shared ones included; 0 if it has ended."""
    try:
        with open(f"/proc/{pid}/statm") as file:
            return int(file.read().split()[1]) * PAGE
    except (OSError, IndexError, ValueError):
        return 0


def _own(pid: int) -> int:
    """The same with shared pages divided among those who share them."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:"))
    except (OSError, StopIteration, ValueError):
        return _resident(pid)


def _child(shell: Any, request: dict, writer: int, isolated: bool) -> None:
    """The forked side: shut the doors, fork once more into the new process namespace, run."""
    code = 1
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        writer = os.dup2(writer, 3)
        os.closerange(4, 4096)
        if isolated:
            enter_namespaces()
        inner = os.fork()
        if inner == 0:
            try:
                os.setsid()  # a signal to "the whole group" must not reach the worker
                if isolated:
                    settle(request["limits"])
                _limit(request["limits"], isolated)
                answer = execute(shell, request)
                with os.fdopen(writer, "wb") as file:
                    file.write(json.dumps(answer).encode())
            finally:
                os._exit(0)
        os.close(writer)
        os.waitpid(inner, 0)
        code = 0
    finally:
        os._exit(code)


def enter_namespaces() -> None:
    """New user, mount, process, IPC and network namespaces for what this process forks next."""
    uid, gid = os.getuid(), os.getgid()
    _do(LIBC.unshare(NEWUSER | NEWNS | NEWPID | NEWIPC | NEWNET), "unshare")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {uid} 1"),
        ("gid_map", f"{gid} {gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)
    # No namespaces below this one: in them, a student could mount again.
    none = "/proc/sys/user/max_user_namespaces"
    with contextlib.suppress(OSError), open(none, "w") as file:
        file.write("0")


def settle(limits: dict) -> None:
    """A private, bounded place to write; no view of other processes; no privilege left."""
    _mount("none", "/", None, REC | PRIVATE)
    _mount(
        "tmpfs", HOME, "tmpfs", NOSUID | NODEV, f"size={limits['disk']},nr_inodes=5000,mode=0777"
    )
    _mount("tmpfs", "/dev/shm", "tmpfs", NOSUID | NODEV, "size=1m")
    _mount("tmpfs", "/proc", "tmpfs", NOSUID | NODEV, "size=4k,mode=0555")
    os.mkdir(f"{HOME}/work")
    os.chdir(f"{HOME}/work")
    LIBC.prctl(SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPSET_VERSION, 0)
    _do(LIBC.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def _mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    encoded = [text.encode() if text is not None else None for text in (source, target, kind)]
    _do(LIBC.mount(*encoded, ctypes.c_ulong(flags), options.encode()), f"mount {target}")


def _do(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _linux() -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", os.uname().release)[:2])


def _limit(limits: dict, isolated: bool) -> None:
    def cap(kind: int, value: int) -> None:
        resource.setrlimit(kind, (value, value))

    cap(resource.RLIMIT_CORE, 0)
    cap(resource.RLIMIT_NOFILE, 128)
    cap(resource.RLIMIT_FSIZE, limits["disk"])
    cap(resource.RLIMIT_AS, limits["memory"] + 2 * 2**30)  # address space, not memory in use
    # Linux counts processes for each user namespace since 5.14; before, all of the user's.
    if isolated and _linux() >= (5, 14):
        cap(resource.RLIMIT_NPROC, 4 * limits["processes"])  # threads count, too
    cap(resource.RLIMIT_CPU, int(limits["seconds"]) + 5)


def execute(shell: Any, request: dict) -> dict:
    """Run the cells, then look up the named answers and call the named functions.

    A cell that fails does not end the run: the others may still earn their points.
    Returns {"values": {name: packed}, "calls": {item: [packed]}, "failed": [[cell, kind]]}.
    """
    import random

    import numpy as np

    from multipolarity.grading.carry import Uncarried, pack, unpack

    random.seed()
    np.random.seed()
    for name, text in request.get("files", {}).items():
        with open(name, "w", encoding="utf-8") as file:
            file.write(text)
    failed = []
    for number, source in enumerate(request["cells"]):
        try:
            result = shell.run_cell(source, store_history=False, silent=False)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as raised:
            error = raised
        if error is not None:
            failed.append([number, type(error).__name__])
    space = shell.user_ns

    def carried(make: Any) -> Any:
        try:
            return {"value": pack(make())}
        except Uncarried as reason:
            return {"reason": str(reason)}
        except BaseException as error:
            return {"error": type(error).__name__}

    values = {
        name: carried(lambda name=name: space[name]) for name in request["names"] if name in space
    }
    calls = {
        item: [
            carried(lambda f=call["function"], a=arguments: space[f](*unpack(a)))
            for arguments in call["inputs"]
        ]
        for item, call in request.get("calls", {}).items()
    }
    return {"values": values, "calls": calls, "failed": failed}
