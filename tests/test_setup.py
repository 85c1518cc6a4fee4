"""Set-up: locks, installation, quick imports, clear sentences, notebooks that run offline."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest

from multipolarity import execute
from multipolarity.kernels import checked_kernels

ROOT = Path(__file__).parents[1]
LOCKS = [ROOT / place / "requirements.txt" for place in (".", "exercises/graded", "tests")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


# ----------------------------------------------------------------------------------- locks


def pins(lock):
    """{name: {version, ...}}; a package may have one version for each Python."""
    found = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==([\w.]+)", lock.read_text(), re.M):
        found.setdefault(name.lower().replace("_", "-"), set()).add(version)
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_lock_has_hashes_and_no_addresses(lock):
    text = lock.read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[\w])", text.strip())
    assert len(entries) > 20
    assert not [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]
    assert not re.search(r"://|--index|--find-links| @ |/", text)


def test_locks_agree():
    course, grading, tests = map(pins, LOCKS)
    for one, other in ((course, grading), (course, tests), (grading, tests)):
        assert not {name for name in one.keys() & other.keys() if one[name] != other[name]}
    assert all(
        version < (4, 25)
        for version in (tuple(map(int, v.split(".")))[:2] for v in course["jsonschema"])
    )


def test_locks_hold_what_the_package_declares():
    def names(requirements):
        return {re.match(r"[\w.-]+", r)[0].lower().replace("_", "-") for r in requirements}

    extras = PROJECT["optional-dependencies"]
    student = names(PROJECT["dependencies"] + extras["install"] + extras["lab"] + extras["book"])
    assert student <= pins(LOCKS[0]).keys()
    assert names(extras["grade"]) <= pins(LOCKS[1]).keys() | pins(LOCKS[0]).keys()
    assert names(extras["test"] + extras["dask"]) <= pins(LOCKS[2]).keys()
    only_tests = {"pytest", "playwright", "scikit-learn", "frictionless", "nbval"}
    assert not only_tests & pins(LOCKS[0]).keys(), "a student's install holds only their needs"


# ---------------------------------------------------------------------------- installation


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """An installed wheel in a folder of its own, away from the repository."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "wheel", *offline, "--wheel-dir", folder, ROOT], check=True)
    wheel = next(folder.glob("multipolarity-*.whl"))
    subprocess.run([*pip, "install", *offline, "--target", folder / "site", wheel], check=True)
    return folder / "site"


def test_wheel_finds_its_data_from_anywhere(installed, tmp_path):
    code = (
        "import multipolarity as m; from multipolarity import load, check, hint, figures, measures;"
        "print(m.__file__); print(len(load('countries')))"
    )
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    file, rows = done.stdout.split()
    assert Path(file).is_relative_to(installed)
    assert int(rows) > 100
    for part in ("book_assets/course.css", "data/datapackage.json"):
        assert (installed / "multipolarity" / part).is_file()


def test_import_loads_nothing_heavy():
    code = (
        "import sys, pandas, multipolarity; multipolarity.load, multipolarity.check;"
        "assert not {'matplotlib', 'networkx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_wrong_name_is_answered_with_the_right_ones():
    import multipolarity

    with pytest.raises(AttributeError, match="It offers: about, load"):
        multipolarity.laod  # noqa: B018


# ------------------------------------------------------------------- sentences of the Makefile


def make(*arguments, **environment):
    if os.name == "nt" or not shutil.which("make"):
        pytest.skip("make is not installed here")
    done = subprocess.run(
        ["make", "--no-print-directory", "-C", ROOT, *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr


def pretend(folder, script):
    """A stand-in for a Python interpreter."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_python_is_missing(tmp_path):
    said = make("PYTHON=python0.0", f"VENV={tmp_path}/v", "book")
    assert "python0.0 was not found. Install Python 3.11, 3.12 or 3.13." in said


def test_python_is_too_old(tmp_path):
    python = pretend(tmp_path, 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac')
    said = make(f"PYTHON={python}", f"VENV={tmp_path}/v", "book")
    assert "Python 3.9.2 is not supported. Choose 3.11, 3.12 or 3.13" in said


def test_venv_is_missing(tmp_path):
    python = pretend(tmp_path, 'case "$2" in *ensurepip*) exit 1;; esac')
    said = make(f"PYTHON={python}", f"VENV={tmp_path}/v", "book")
    assert "lacks the module venv" in said and "python3-venv" in said


def test_network_is_missing(tmp_path):
    said = make(
        f"PYTHON={sys.executable}",
        f"VENV={tmp_path}/v",
        "book",
        PIP_NO_INDEX="1",
        PIP_FIND_LINKS=str(tmp_path),
        PIP_CONFIG_FILE=os.devnull,
    )
    assert "The packages could not be installed" in said and "network" in said


# --------------------------------------------------------------------- running the notebooks


def notebook(folder, *sources):
    path = folder / "page.ipynb"
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    path.write_text(execute.serialise(made), encoding="utf-8")
    return path


def run(path, capsys):
    failed = execute.main([str(path)])
    return failed, capsys.readouterr().out


def test_a_cell_cannot_reach_the_network(tmp_path, capsys):
    path = notebook(tmp_path, "import socket", "socket.create_connection(('192.0.2.1', 80), 1)")
    failed, said = run(path, capsys)
    assert failed == 1
    assert "cell 2" in said and "The course works offline" in said and "192.0.2.1" in said


def test_a_cell_cannot_ask_for_an_address(tmp_path, capsys):
    path = notebook(tmp_path, "import pandas as pd\npd.read_csv('http://example.org/a.csv')")
    failed, said = run(path, capsys)
    assert failed == 1 and "tried to reach 'example.org'" in said


def test_a_cell_may_use_this_machine(tmp_path, capsys):
    code = "import socket\ns = socket.create_server(('127.0.0.1', 0))\n"
    code += "socket.create_connection(s.getsockname(), 1)"
    assert run(notebook(tmp_path, code), capsys)[0] == 0


def test_each_notebook_starts_without_a_past(tmp_path, capsys):
    path = notebook(tmp_path, "import os\nsorted(os.listdir(os.environ['MULTIPOLARITY_HOME']))")
    assert run(path, capsys)[0] == 0
    assert "'[]'" in repr(nbformat.read(path, as_version=4).cells[0].outputs)


def test_running_twice_gives_the_same_bytes(tmp_path, capsys):
    code = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    path = notebook(tmp_path, code, "{'b', 'a', 'c'}")
    assert "changed" in run(path, capsys)[1]
    before = path.read_bytes()
    assert "unchanged" in run(path, capsys)[1]
    assert path.read_bytes() == before


def test_a_failing_notebook_is_named_and_left_alone(tmp_path, capsys):
    path = notebook(tmp_path, "1 + 1", "1 / 0")
    before = path.read_bytes()
    failed, said = run(path, capsys)
    assert failed == 1 and "ZeroDivisionError: division by zero" in said and "cell 2" in said
    assert path.read_bytes() == before


def test_a_missing_notebook_is_named(capsys):
    assert execute.main(["no.ipynb"]) == 1
    assert "There is no notebook no.ipynb" in capsys.readouterr().out


def test_environment_is_restored():
    before = dict(os.environ)
    with checked_kernels() as folder:
        assert os.environ["IPYTHONDIR"].startswith(str(folder))
    assert dict(os.environ) == before and not folder.exists()
