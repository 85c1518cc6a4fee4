"""Runs prepared submissions on this machine or, in the same shards, on a Dask cluster.

Submissions travel as data and answers come back as data; no runner sees a key, the gradebook or
another student's answer.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice

from multipolarity.grading.sandbox import NoSandbox, Worker

SHARD = 8  # submissions in one parcel
AHEAD = 2  # parcels in hand for each worker: enough to keep it busy, too few to fill the memory

_mine = threading.local()  # the sandbox of this thread, kept warm between parcels
_started: list[Worker] = []


def run_shard(requests: list[tuple[str, dict]], sandboxed: bool) -> list[tuple[str, dict]]:
    """Run one parcel after another in this thread's sandbox."""
    worker = getattr(_mine, "worker", None)
    if worker is None or worker.sandboxed != sandboxed:
        worker = _mine.worker = Worker(sandboxed)
        _started.append(worker)
    return [(student, worker.run(request)) for student, request in requests]


def run_all(
    requests: Iterable[tuple[str, dict]],
    executor: Executor,
    workers: int,
    sandboxed: bool,
    shard: int,
) -> Iterator[tuple[str, dict]]:
    """Every answer as it arrives; requests are taken only as fast as they are run."""
    requests = iter(requests)
    running = set()
    while True:
        while len(running) < AHEAD * workers and (parcel := list(islice(requests, shard))):
            running.add(executor.submit(run_shard, parcel, sandboxed))
        if not running:
            return
        done, running = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            yield from future.result()


@contextmanager
def local(workers: int) -> Iterator[Executor]:
    """A pool of threads, each with a sandbox of its own."""
    try:
        with ThreadPoolExecutor(workers) as pool:
            yield pool
    finally:
        while _started:
            _started.pop().close()


@contextmanager
def dask(address: str) -> Iterator[tuple[Executor, int]]:
    """The executor of a Dask scheduler ("tcp://127.0.0.1:8786") and its number of threads.

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
        yield client.get_executor(pure=False), max(1, sum(client.nthreads().values()))
