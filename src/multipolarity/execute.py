"""Run the notebooks and write their outputs: `python -m multipolarity.execute [notebook ...]`.

The result is the same, byte for byte, on every run under the same lock, so that a changed
file always means a changed result.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from .kernels import checked_kernels

FOLDERS = ("notebooks", "exercises/solutions")
AT_ONCE = 2  # more than two kernels do not pay on two cores
SECONDS_PER_CELL = 120


def notebooks(root: Path = Path()) -> list[Path]:
    """All notebooks of the book below the folder `root`, in order of their names."""
    return sorted(path for folder in FOLDERS for path in Path(root, folder).glob("*.ipynb"))


def serialise(notebook) -> str:
    """Return a notebook as text with nothing in it that varies from run to run."""
    import nbformat

    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata["kernelspec"] = kernel
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def joined(outputs: list) -> list:
    """Join neighbouring pieces of printed text: where a kernel cuts them depends on the clock."""
    whole: list = []
    for output in outputs:
        before = whole[-1] if whole else {}
        if output.output_type == "stream" == before.get("output_type") and (
            output.name == before["name"]
        ):
            before["text"] += output.text
        else:
            whole.append(output)
    return whole


async def execute(path: Path) -> tuple[str, str]:
    """Run one notebook in its folder; return its new text and a readable error ("" if none)."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # a merge conflict, say: name the file, go on with the others
        return "", f"not a notebook that can be read ({type(error).__name__})"
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        await client.async_execute()
    except CellExecutionError as error:
        return "", explain(notebook, f"{error.ename}: {error.evalue}")
    except (CellTimeoutError, DeadKernelError) as error:
        return "", explain(notebook, str(error).strip().splitlines()[0])
    return serialise(notebook), ""


def explain(notebook, what: str) -> str:
    """Say which cell of a stopped notebook failed, and how."""
    failed = next(
        (c for c in notebook.cells if any(o.output_type == "error" for o in c.get("outputs", []))),
        None,
    )
    if failed is None:
        return what
    source = "\n".join(f"      {line}" for line in failed.source.splitlines())
    number = notebook.cells.index(failed) + 1
    return f"cell {number} ({failed.get('id', 'no id')})\n{source}\n    {what}"


async def run_all(paths: list[Path], write: bool = True) -> dict[Path, tuple[str, str]]:
    """Run notebooks, two at a time; write each that ran to its end and changed."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(path: Path) -> tuple[str, str]:
        async with gate:
            text, error = await execute(path)
        changed = not error and text != path.read_text(encoding="utf-8")
        if changed and write:
            path.write_text(text, encoding="utf-8", newline="\n")
        state = f"FAILED in {error}" if error else "changed" if changed else "unchanged"
        print(f"{path.as_posix()}: {state}", flush=True)
        return text, error

    return dict(zip(paths, await asyncio.gather(*map(one, paths)), strict=True))


def main(arguments: list[str]) -> int:
    """Run the named notebooks, or all; return how many failed."""
    paths = [Path(name) for name in arguments] or notebooks()
    if missing := [path.as_posix() for path in paths if not path.is_file()]:
        print(f"There is no notebook {', '.join(missing)}. Try notebooks/05_sco.ipynb.")
        return 1
    with checked_kernels():
        results = asyncio.run(run_all(paths))
    failed = sum(bool(error) for _, error in results.values())
    print(f"{len(paths)} notebooks run, {failed} failed.")
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
