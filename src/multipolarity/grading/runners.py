"""Runs prepared submissions on this machine or, in the same shards, on a Dask cluster.

Submissions travel as data and answers come back as data; no runner sees a key, the gradebook or
another student's answer.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

from multipolarity.grading.sandbox import NoSandbox, Worker

SHARD = 8  # submissions in one parcel that travels to another machine
AHEAD = 2  # parcels in hand for each worker: enough to keep it busy, too few to fill the memory
WAIT = 15  # seconds for a worker to report

_mine = threading.local()  # the sandbox of this thread, kept warm between parcels
_started: list[Worker] = []


def run_shard(requests: list[tuple[str, dict]], sandboxed: bool) -> list[tuple[str, dict]]:
    """Run one parcel after another in this thread's sandbox."""
    worker = getattr(_mine, "worker", None)
    if worker is None or worker.sandboxed != sandboxed:
        worker = _mine.worker = Worker(sandboxed)
        _started.append(worker)
    return [(student, worker.run(request)) for student, request in requests]


class Crew:
    """Hands out submissions and gives the answers as they arrive.

    threads  how many run at once
    shard    submissions in one parcel
    """

    def __init__(self, executor: Executor, threads: int, sandboxed: bool, shard: int) -> None:
        self._executor, self._sandboxed, self._shard = executor, sandboxed, shard
        self._most = AHEAD * threads
        self._running: set[Future] = set()
        self._parcel: list[tuple[str, dict]] = []

    @property
    def busy(self) -> bool:
        """Is enough in hand? Asked before `add`, it keeps memory flat in a large class."""
        return len(self._running) >= self._most

    def add(self, student: str, request: dict) -> None:
        self._parcel.append((student, request))
        if len(self._parcel) == self._shard:
            self._send()

    def _send(self) -> None:
        parcel, self._parcel = self._parcel, []
        self._running.add(self._executor.submit(run_shard, parcel, self._sandboxed))

    def answers(self) -> list[tuple[str, dict]]:
        """The answers of the next parcels that end; waits for them. [] if nothing was added."""
        if self._parcel and not self.busy:
            self._send()
        done, self._running = wait(self._running, return_when=FIRST_COMPLETED)
        return [answer for future in done for answer in future.result()]


@contextmanager
def local(workers: int, sandboxed: bool) -> Iterator[Crew]:
    """A pool of threads, each with a sandbox of its own."""
    try:
        with ThreadPoolExecutor(workers) as pool:
            yield Crew(pool, workers, sandboxed, shard=1)
    finally:
        while _started:
            _started.pop().close()


@contextmanager
def dask(address: str, sandboxed: bool) -> Iterator[Crew]:
    """The threads of a Dask scheduler's workers; address as "tcp://127.0.0.1:8786".

    Each machine needs this package, bubblewrap and the same data.
    """
    try:
        from distributed import Client
    except ImportError:
        raise NoSandbox(
            "Dask is not installed: .venv/bin/python -m pip install 'distributed'. Without --dask the "
            "same work is done on this machine."
        ) from None
    try:
        client = Client(address, timeout=5)
    except OSError:
        raise NoSandbox(
            f"No Dask scheduler answers at {address}. Start one (dask scheduler) and the workers "
            "(dask worker ADDRESS), or leave out --dask."
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=WAIT)
        except TimeoutError:
            raise NoSandbox(
                f"The Dask scheduler at {address} has no worker. Start one: dask worker {address}"
            ) from None
        threads = max(1, sum(client.nthreads().values()))
        yield Crew(client.get_executor(pure=False), threads, sandboxed, SHARD)
