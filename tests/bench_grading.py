"""Times marking one set: nbgrader's command line, stock kernels in a pool, and this grader.

    make bench                       60 submissions of ps5; prints a table
    python tests/bench_grading.py 12 with another number of submissions

All sides mark the same submissions in one run, after one submission each to warm up. The packages
must be byte-compiled, which is checked first. Nothing here is asserted.
"""

import multiprocessing
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import nbclient
import nbformat
import stock_course

NAME = "ps5"
POOL = 4


def byte_compiled() -> bool:
    import pandas

    return any((Path(pandas.__file__).parent / "__pycache__").glob("__init__.*.pyc"))


def timed(work) -> tuple[float, float]:
    """Wall seconds, CPU seconds of the processes that ended meanwhile."""

    def cpu() -> float:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(u.ru_utime + u.ru_stime for u in used)

    start, before = time.perf_counter(), cpu()
    work()
    return time.perf_counter() - start, cpu() - before


def run_stock_kernel(path: str) -> None:
    """What a pool of stock kernels does for one submission: fill in the tests and run."""
    notebook = nbformat.read(path, 4)
    source = {
        c["metadata"]["nbgrader"]["grade_id"]: c for c in stock_course.COURSE.source(NAME)["cells"]
    }
    for cell in notebook.cells:
        marks = cell.metadata.nbgrader
        if marks.grade and not marks.solution:
            cell.source = source[marks.grade_id]["source"]
    nbclient.NotebookClient(
        notebook,
        timeout=120,
        allow_errors=True,
        resources={"metadata": {"path": str(Path(path).parent)}},
    ).execute()


def main(count: int) -> None:
    if not byte_compiled():
        sys.exit("The packages are not byte-compiled: run `make test` once, which does it.")
    os.environ.update(stock_course.environment())
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    students = [f"s{number:03}" for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        cohort, submitted = stock_course.lay_out(
            root, NAME, ["warm", *students], lambda student, task: stock_course.solved(NAME)
        )
        stock_course.prepare(root, NAME)
        paths = [str(submitted / s / NAME / f"{NAME}.ipynb") for s in students]

        def command_line(who: list[str]) -> None:
            for student in who:  # nbgrader takes one name or all: a pattern takes the rest
                stock_course.nbgrader(root, "autograde", NAME, "--student", student)

        def pool(which: list[str]) -> None:
            with multiprocessing.get_context("spawn").Pool(POOL) as workers:
                workers.map(run_stock_kernel, which, chunksize=1)

        def ours(out: str, *extra: str) -> None:
            import subprocess

            subprocess.run(
                [sys.executable, "-m", "multipolarity.cli", "grade", NAME, "--submitted", str(submitted),
                 "--out", str(root / out), "--cohort", str(cohort.folder), "--course",
                 str(stock_course.COURSE.folder), *extra],
                check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip

        command_line(["warm"])
        run_stock_kernel(str(submitted / "warm" / NAME / f"{NAME}.ipynb"))
        ours("warm")
        rows = [
            ("nbgrader autograde, one command", timed(lambda: command_line(["s*"]))),
            (f"stock kernels, pool of {POOL}, no gradebook", timed(lambda: pool(paths))),
            ("this grader, sandboxed, with gradebook and feedback", timed(lambda: ours("marked"))),
            ("the same again (nothing has changed)", timed(lambda: ours("marked"))),
        ]
    print(f"{count} submissions of {NAME}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(f"{'':52} {'wall s':>8} {'CPU s':>8} {'per s':>8} {'times':>7}")
    first = rows[0][1][0]
    for label, (wall, cpu) in rows:
        print(f"{label:52} {wall:8.1f} {cpu:8.1f} {count / wall:8.2f} {first / wall:7.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
