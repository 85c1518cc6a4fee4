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
SET_NO_NEW_PRIVS, SET_THP_DISABLE = 38, 41
CAPSET_VERSION = 0x20080522
LIBC = ctypes.CDLL(None, use_errno=True)

DEEPEST = 60  # an honest answer of carry.DEEPEST levels needs about half
HOME = "/sandbox"  # the one place to write; not /tmp, where the course itself may lie
RESULT, CALLS = 3, 4  # where a notebook hands over what it found, and reads hidden inputs
LOOK_EVERY = 0.05  # seconds between two looks at a running notebook
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
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
                    supervise(shell, json.loads(line), isolated)
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

        def enable_gui(self, gui=None):
            """`%matplotlib inline` and its kin: there is no window, and figures go nowhere."""

        def enable_matplotlib(self, gui=None):
            return None, "agg"

        def enable_pylab(self, gui=None, import_all=True):
            exec("import numpy as np\nimport matplotlib.pyplot as plt", self.user_ns)
            return None, "agg", []

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


def supervise(shell: Any, request: dict, isolated: bool) -> None:
    """Run one request in a forked process within its budgets; say what came of it, a line each.

    First the values of the named answers. Only when they are here, and so cannot change any more,
    are the hidden inputs of functions read and passed on: no answer can hold one of them.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        reader, writer = os.pipe()
        calls, hand_on = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            os.close(hand_on)
            os.chdir(folder)  # in the sandbox a private one is mounted over it
            _child(shell, request, writer, calls, isolated)
        os.close(writer)
        os.close(calls)
        watch = Watch(child, reader, request["limits"])
        answer = watch.answer("values")
        print(json.dumps(answer), flush=True)
        if request["calls_follow"] and answer["status"] == "ran":
            watch.hand_on(hand_on, sys.stdin.buffer.readline())
            print(json.dumps(watch.answer("calls")), flush=True)
        watch.end()


class Watch:
    """Looks at one running notebook until it has answered or broken a budget."""

    def __init__(self, child: int, reader: int, limits: dict) -> None:
        self.child, self.reader, self.limits = child, reader, limits
        # The budget is processor time; whoever is slowed down by a neighbour has twice as long.
        self.until = time.monotonic() + 2 * limits["seconds"]
        self.came = b""

    def answer(self, what: str) -> dict:
        """The next line, a dict that holds `what`, as {"status": "ran", ...}; or why there is none."""
        reason = self._fill()
        if reason:
            return {"status": "stopped", "reason": reason}
        line, _, self.came = self.came.partition(b"\n")
        try:
            answer = json.loads(line)
            shallow = not _deeper(answer, DEEPEST)
            if shallow and isinstance(answer, dict) and isinstance(answer.get(what), dict):
                return {what: answer[what], "failed": answer.get("failed", []), "status": "ran"}
        except (ValueError, RecursionError):
            pass
        return {"status": "stopped", "reason": "died"}

    def hand_on(self, writer: int, line: bytes) -> None:
        """Give a line to the notebook, as fast as it reads; a notebook that does not must not stop us."""
        os.set_blocking(writer, False)
        rest = memoryview(line)
        while rest and time.monotonic() < self.until:
            if select.select([], [writer], [], LOOK_EVERY)[1]:
                try:
                    rest = rest[os.write(writer, rest) :]
                except BlockingIOError:
                    continue
                except OSError:
                    break
        os.close(writer)

    def _fill(self) -> str:
        """Wait for a whole line; "" or the budget that was broken."""
        looked = 0.0
        while b"\n" not in self.came:
            ready, _, _ = select.select([self.reader], [], [], LOOK_EVERY)
            if ready:
                chunk = os.read(self.reader, 65536)
                if not chunk:
                    return "died"
                self.came += chunk
                if len(self.came) > self.limits["answer_bytes"]:
                    return "answer_bytes"
            now = time.monotonic()
            if now > self.until:
                return "seconds"
            # Also of a notebook that writes without a pause.
            if not ready or now - looked > LOOK_EVERY:
                if reason := _too_much(self.child, self.limits):
                    return reason
                looked = now
        return ""

    def end(self) -> None:
        """End the process and, through its process namespace, all that it started."""
        os.close(self.reader)
        for pid in [*_descendants(self.child), self.child]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        os.waitpid(self.child, 0)


def _deeper(data: Any, levels: int) -> bool:
    """Is it nested so deeply that writing or reading it again could fail?"""
    if not isinstance(data, (list, dict)):
        return False
    parts = data.values() if isinstance(data, dict) else data
    return levels == 0 or any(_deeper(part, levels - 1) for part in parts)


def _descendants(root: int) -> dict[int, float]:
    """The processes below one, from /proc, with the processor seconds each has used."""
    parents, used = {}, {}
    try:
        names = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return {}
    for name in names:
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
            pid = int(name)
            parents[pid], used[pid] = int(fields[1]), sum(map(int, fields[11:15])) / TICKS
        except (OSError, IndexError, ValueError):
            continue
    found, stack = {}, [root]
    while stack:
        above = stack.pop()
        below = [pid for pid, parent in parents.items() if parent == above]
        found |= {pid: used[pid] for pid in below}
        stack += below
    return found


def _too_much(child: int, limits: dict) -> str:
    below = _descendants(child)
    if len(below) > limits["processes"] + 1:
        return "processes"
    if sum(below.values()) > limits["seconds"]:
        return "seconds"
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


def _child(shell: Any, request: dict, writer: int, calls: int, isolated: bool) -> None:
    """The forked side: shut the doors, fork once more into the new process namespace, run."""
    code = 1
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        if calls == RESULT:
            calls = os.dup(calls)
        os.dup2(writer, RESULT)
        os.dup2(calls, CALLS)
        os.closerange(CALLS + 1, 4096)
        if isolated:
            enter_namespaces()
        inner = os.fork()
        if inner == 0:
            try:
                os.setsid()  # a signal to "the whole group" must not reach the worker
                if isolated:
                    settle(request["limits"])
                _limit(request["limits"], isolated)
                execute(shell, request)
            finally:
                os._exit(0)
        os.close(RESULT)
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
    _mount("tmpfs", "/dev/shm", "tmpfs", NOSUID | NODEV, "size=1m,nr_inodes=100")
    _mount("tmpfs", "/proc", "tmpfs", NOSUID | NODEV, "size=4k,nr_inodes=10,mode=0555")
    os.mkdir(f"{HOME}/work")
    os.chdir(f"{HOME}/work")
    LIBC.prctl(SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    LIBC.prctl(SET_THP_DISABLE, 1, 0, 0, 0)  # no small object keeps a large page
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


def execute(shell: Any, request: dict) -> None:
    """Run the cells, hand over the named answers, then call the functions that are asked for.

    A cell that fails does not end the run: the others may still earn their points.
    Writes {"values": {name: packed}, "failed": [[cell, kind]]} and, if calls follow,
    {"calls": {item: [packed]}}.
    """
    import random

    import numpy as np

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
    values = {
        name: _carried(lambda name=name: space[name]) for name in request["names"] if name in space
    }
    _hand_over({"values": values, "failed": failed})
    if request["calls_follow"]:
        with open(CALLS, "rb") as file:
            _hand_over({"calls": _called(space, json.loads(file.readline()))})


def _called(space: dict, asked: dict) -> dict[str, list[dict]]:
    from multipolarity.grading.carry import unpack

    return {
        item: [
            _carried(lambda f=call["function"], a=arguments: space[f](*unpack(a)))
            for arguments in call["inputs"]
        ]
        for item, call in asked.items()
    }


def _carried(make: Any) -> dict:
    from multipolarity.grading.carry import Uncarried, pack

    try:
        return {"value": pack(make())}
    except Uncarried as reason:
        return {"reason": str(reason)}
    except BaseException as error:
        return {"error": type(error).__name__}


def _hand_over(answer: dict) -> None:
    content = memoryview(json.dumps(answer).encode() + b"\n")
    while content:
        content = content[os.write(RESULT, content) :]
