"""What a submission can do to the marks, the grader, the neighbours and the marker.

Every case below is one student of one class, marked in one batch by the real grader: the batch must
end, each student must have exactly the points expected and the sentence that goes with them, and
the honest ones (between the hostile ones) must keep their marks.
"""

import copy
import json
import os
from pathlib import Path

import psutil
import pytest
import stock_course

from multipolarity import problem_sets
from multipolarity.grading import batch, export, feedback_page, gradebook, similar
from multipolarity.grading.carry import pack
from multipolarity.grading.course import Cohort, Course
from multipolarity.grading.intake import grade_id
from multipolarity.grading.release import released
from multipolarity.grading.sandbox import Limits, Worker, available, request

COURSE = Course.here(Path(__file__).parents[1] / "exercises" / "graded")
NAME = "ps5"
FULL = 10
LIMITS = Limits(seconds=6)
SALT = "the same numbers in every run"  # else a guess such as gap = 0 is right by chance

pytestmark = pytest.mark.skipif(bool(available()), reason=available() or "no sandbox")


def solved() -> dict:
    """A student's notebook with the model answers in it."""
    return stock_course.solved(NAME)


def stubs() -> dict:
    return released(COURSE.source(NAME))


def place(notebook: dict, name: str) -> int:
    return [grade_id(cell) for cell in notebook["cells"]].index(name)


def with_answer(notebook: dict, name: str, source: str) -> dict:
    notebook["cells"][place(notebook, name)]["source"] = source
    return notebook


def added(notebook: dict, source: str, before: str = "totals_form", kind: str = "code") -> dict:
    cell = {"cell_type": kind, "metadata": {}, "source": source}
    notebook["cells"].insert(place(notebook, before), cell)
    return notebook


def code(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


# Name -> (how the notebook is made, points expected, a part of some message or of the refusal).
CASES: dict[str, tuple] = {}


def case(points: float, says: str = ""):
    def keep(make):
        CASES[make.__name__.replace("_", "-")] = (make, points, says)
        return make

    return keep


def runs(name: str, source: str, points: float, says: str = "", base=stubs) -> None:
    """A case that only adds one code cell before the first answer is checked."""
    CASES[name] = (lambda: added(base(), source), points, says)


def answers(name: str, source: str, points: float, says: str = "") -> None:
    """A case that only answers the first item, in its own way."""
    CASES[name] = (lambda: with_answer(stubs(), "totals", source), points, says)


# --- Honest students keep their marks -------------------------------------------------------------

CASES["honest"] = (solved, FULL, "Right.")
runs("honest-warns", "import warnings\nwarnings.warn('old')", FULL, base=solved)
runs("honest-prints-much", "for i in range(20000): print(i)", FULL, base=solved)
runs("honest-writes-to-stderr", "import sys\nprint('oh', file=sys.stderr)", FULL, base=solved)
runs("honest-plots", "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nplt.show()",
     FULL, base=solved)  # fmt: skip
TOTALS = 'totals = codes.groupby("organisation")["code"].sum()'
for number, magic in enumerate([
    "%matplotlib inline", "%matplotlib notebook", "%matplotlib widget", "%matplotlib", "%pylab inline",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.figure()\nplt.show()",
    "%config InlineBackend.figure_format = 'retina'", "%load_ext autoreload\n%autoreload 2",
    "%time 1 + 1", "%timeit -n 1 -r 1 1 + 1", "!echo hello", "%who", "%precision 3", "%pip list", "pd?",
    "%env A=1", "%%time", "%%capture out",
]):  # fmt: skip
    # In the answer cell itself, where what fails would cost the points.
    answers(f"honest-magic-{number}", f"{magic}\n{TOTALS}", 2, "Right.")
runs(
    "honest-displays",
    "from IPython.display import display, Markdown\ndisplay(Markdown('x'), codes)",
    FULL,
    base=solved,
)
runs("honest-awaits", "import asyncio\nawait asyncio.sleep(0.01)", FULL, base=solved)
runs("honest-one-cell-fails", "undefined_name", FULL, base=solved)
runs("honest-asks-for-input", "name = input('Your name? ')", FULL, base=solved)
runs("honest-syntax-error", "for x in", FULL, base=solved)
runs("honest-slow", "import time\ntime.sleep(2)", FULL, base=solved)
runs("honest-not-ascii", "größe = 'Österreich, Україна, 上海'\nprint(größe)", FULL, base=solved)
runs("honest-quits", "quit()", FULL, base=solved)
runs("honest-saves-a-file", "codes.to_csv('mine.csv')\npd.read_csv('mine.csv')", FULL, base=solved)
runs(
    "honest-starts-a-thread",
    "import threading\nt = threading.Thread(target=print)\nt.start()\nt.join()",
    FULL,
    base=solved,
)


@case(FULL)
def honest_deleted_checks():
    notebook = solved()
    notebook["cells"] = [cell for cell in notebook["cells"] if not grade_id(cell).endswith("_form")]
    return notebook


@case(FULL)
def honest_deleted_setup():
    notebook = solved()
    del notebook["cells"][place(notebook, "setup")]
    return notebook


@case(FULL, "twice")
def honest_split_cell():
    """JupyterLab gives both halves of a split cell the name of the whole."""
    notebook = solved()
    whole = notebook["cells"][place(notebook, "totals")]
    first = {**copy.deepcopy(whole), "source": "grouped = codes.groupby('organisation')"}
    whole["source"] = "totals = grouped['code'].sum()"
    notebook["cells"].insert(place(notebook, "totals"), first)
    return notebook


@case(FULL, "twice")
def honest_duplicated_cell():
    notebook = solved()
    notebook["cells"].append(copy.deepcopy(notebook["cells"][place(notebook, "gap")]))
    return notebook


@case(FULL, "twice")
def honest_copy_of_an_empty_cell():
    notebook = solved()
    notebook["cells"].append(stubs()["cells"][place(stubs(), "gap")])
    return notebook


@case(FULL - 3, "kappa")
def honest_deleted_answer_cell():
    notebook = solved()
    del notebook["cells"][place(notebook, "kappa")]
    return notebook


@case(FULL)
def honest_without_metadata():
    notebook = solved()
    del notebook["metadata"]
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    return notebook


@case(FULL)
def honest_old_format():
    cells = [
        {"cell_type": "code", "input": c["source"], "metadata": c["metadata"], "outputs": [],
         "language": "python", "collapsed": False}
        for c in code(solved())
    ]  # fmt: skip
    return {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": cells}],
    }


@case(FULL)
def honest_sources_as_lists():
    notebook = solved()
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    return notebook


@case(FULL)
def honest_answer_in_an_added_cell():
    notebook = with_answer(solved(), "gap", "gap = ...")
    return added(notebook, "gap = totals[mine['pair'][0]] - totals[mine['pair'][1]]", "gap_form")


@case(FULL)
def honest_numpy_dict_and_other_order():
    notebook = added(
        solved(),
        "import numpy as np\ngap = np.float32(gap)\ntotals = dict(totals[::-1])",
        "own_code_task",
    )
    return added(
        notebook,
        "weighted = weighted.to_frame('w')\nweakest = weakest.astype(object)",
        "own_code_task",
    )


@case(6, "quadratic weights")
def honest_one_wrong_way():
    source = solved()["cells"][place(solved(), "kappa")]["source"].replace(
        'weights="quadratic", ', ""
    )
    notebook = with_answer(solved(), "kappa", source)
    return with_answer(notebook, "gap", "gap = 1000")


@case(1, "agree")
def honest_half_right():
    source = 'totals = codes.groupby("organisation")["code"].sum()\ntotals.iloc[:3] += 1'
    return with_answer(stubs(), "totals", source)


# --- Full marks without solving -------------------------------------------------------------------


@case(0)
def rewrites_the_check_cells():
    notebook = stubs()
    for cell in notebook["cells"]:
        if grade_id(cell).endswith("_form"):
            cell["source"] = "2"
    return notebook


@case(0)
def raises_its_points():
    notebook = stubs()
    for cell in notebook["cells"]:
        cell["metadata"]["nbgrader"].update(points=1000, max_score=1000)
    return notebook


@case(0)
def ungrades_its_cells():
    notebook = stubs()
    for cell in notebook["cells"]:
        cell["metadata"]["nbgrader"].update(grade=False, locked=False, solution=True)
    return notebook


@case(0)
def brings_outputs():
    notebook = stubs()
    for cell in code(notebook):
        cell["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "2"}, "metadata": {},
                            "execution_count": 1}]  # fmt: skip
    return notebook


@case(0)
def brings_tags():
    notebook = stubs()
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception", "hide"]
    return notebook


EVIL = "class Yes{base}:\n    def __eq__(self, other): return True\n    __hash__ = None\n"
answers("equal-to-everything", EVIL.format(base="") + "totals = Yes()", 0, "type Yes")
answers(
    "a-float-equal-to-everything",
    EVIL.format(base="(float)") + "totals = dict.fromkeys(codes.organisation, Yes(1))",
    0,
)
answers(
    "a-dict-that-lies",
    "class D(dict):\n    def items(self): raise SystemExit\ntotals = D(NATO=1)",
    0,
)
answers("a-lying-type", "class L:\n    __class__ = dict\ntotals = L()", 0)
answers(
    "a-pickle-bomb",
    "class P:\n    def __reduce__(self): return (eval, ('1',))\ntotals = P()",
    0,
    "type P",
)
answers("all-the-same", "totals = dict.fromkeys(codes.organisation.unique(), 14)", 0)
answers(
    "not-a-number", "totals = dict.fromkeys(codes.organisation.unique(), float('nan'))", 0, "NaN"
)
answers(
    "infinite", "totals = dict.fromkeys(codes.organisation.unique(), float('inf'))", 0, "infinite"
)
answers("enormous-number", "totals = dict.fromkeys(codes.organisation.unique(), 10**400)", 0)
answers("a-function", "totals = lambda: 1", 0)
answers("a-generator", "totals = (x for x in range(10))", 0)
answers("contains-itself", "totals = []\ntotals.append(totals)", 0, "nested")
answers("nested-deeply", "totals = 1\nfor _ in range(500): totals = {'NATO': totals}", 0, "nested")
answers("a-million-values", "totals = list(range(10**6))", 0, "values")
answers("a-long-text", "totals = 'x' * 10**8", 0)
answers("script-in-labels", "totals = {'<script>alert(1)</script>': 1}", 0)
answers("surrogates", "totals = {'\\ud800': 1}", 0)
runs(
    "patches-the-exercise",
    "import multipolarity.exercise as e\ne.Exercise.check = lambda self, a: True",
    0,
)
runs(
    "patches-the-forms",
    "from multipolarity import forms\nforms.Numbers.same = lambda *a: True\ntotals = {}",
    0,
)
runs(
    "patches-pack",
    "from multipolarity.grading import carry\ncarry.pack = lambda v, d=0: {'points': 9}",
    0,
)
runs(
    "patches-json",
    'import json\njson.dumps = lambda *a, **k: \'{"values": {"totals": {"points": 9}}}\'',
    0,
)
runs("patches-builtins", "import builtins\nbuiltins.isinstance = lambda a, b: True", 0)
runs("patches-the-tables", "from multipolarity import tables\ntables.load = None", 0)
runs(
    "forges-the-result",
    'import os\nos.write(3, b\'{"status": "ran", "values": {}, "marks": [10]}\\n\')\nos._exit(0)',
    0,
    "has no value",
)
runs(
    "forges-the-kind-of-an-error",
    "import os\nfailed = b','.join(b'[%d, \"=\\\\ud800<b>\"]' % n for n in range(20))\n"
    "os.write(3, b'{\"values\": {}, \"failed\": [' + failed + b']}\\n')\nos._exit(0)",
    0,
    "ended with =?<b>",
)
runs("writes-rubbish-as-result", "import os\nos.write(3, b'{{{{')\nos._exit(0)", 0, "Python ended")
runs("nests-the-result", "import os\nos.write(3, b'[' * 100000)\nos._exit(0)", 0, "Python ended")
runs("floods-the-result", "import os\nos.write(3, b'x' * 10**8)", 0, "too large")
KEY = str((COURSE.folder / "keys" / "ps5.py").resolve())
runs("reads-the-key", f"exec(open({KEY!r}).read())\ntotals = totals(mine)", 0)
runs(
    "searches-the-disk",
    "import os\nfound = [f for r, d, fs in os.walk('/') for f in fs if f in ('ps5.ipynb', 'salt.txt', 'gradebook.db')]\ntotals = {'NATO': found[0]}",
    0,
)
runs(
    "asks-the-grader-for-the-key",
    "from multipolarity.grading.course import Course\ntotals = Course.here('/').items('ps5', mine)",
    0,
)
runs(
    "looks-at-other-processes",
    "import os\ntotals = {p: open(f'/proc/{p}/environ').read() for p in os.listdir('/proc')}",
    0,
)

# --- Harm to the grader, the disk, the neighbours, the network ------------------------------------

LIMITED = {
    "never-ends": ("while True: pass", "seconds"),
    "sleeps": ("import time\ntime.sleep(999)", "seconds"),
    "swallows-interrupts": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "seconds",
    ),
    "stops-itself": (
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nimport time\ntime.sleep(99)",
        "seconds",
    ),
    "prints-without-end": ("while True: print('x' * 10**6)", "seconds"),
    "eats-memory": ("x = []\nwhile True: x.append(bytearray(10**7))", "memory"),
    "forks-without-end": ("import os\nwhile True: os.fork()", "was stopped"),
    "leaves-the-process": ("import os\nos._exit(0)", "Python ended"),
    "crashes-python": ("import ctypes\nctypes.string_at(0)", "Python ended"),
}
for name, (source, says) in LIMITED.items():
    runs(name, source, 0, says, base=solved)
runs("asks-for-too-much-memory", "x = bytearray(10**11)", FULL, base=solved)
runs("recurses", "def f(): f()\nf()", FULL, base=solved)
runs("starts-many-threads", "import threading, time\nfor _ in range(5000): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()",
     FULL, base=solved)  # fmt: skip
runs(
    "fills-the-disk",
    "with open('big', 'wb') as f:\n    while True: f.write(bytes(10**6))",
    FULL,
    base=solved,
)
runs("makes-many-files", "for i in range(20000): open(str(i), 'w').write('x')", FULL, base=solved)
runs("kills-its-group", "import os, signal\nos.kill(0, signal.SIGKILL)", FULL, base=solved)
runs("kills-everybody", "import os, signal\nos.kill(-1, signal.SIGKILL)", FULL, base=solved)
runs(
    "kills-its-parent",
    "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
    FULL,
    base=solved,
)
runs(
    "leaves-a-process-behind",
    "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(600)",
    FULL,
    base=solved,
)
runs(
    "leaves-a-file",
    "for p in ('/sandbox/left', '/dev/shm/left'): open(p, 'w').write('x')",
    FULL,
    base=solved,
)
runs(
    "finds-no-file",
    "import os\nassert not os.path.exists('/sandbox/left') and not os.path.exists('/dev/shm/left')\ndone = 1",
    FULL,
    base=solved,
)
runs(
    "changes-the-course",
    "import multipolarity\nopen(multipolarity.__file__, 'a').write('1/0')",
    FULL,
    base=solved,
)
runs(
    "changes-a-table",
    "from multipolarity import tables\nopen(tables.data_folder() / 'commitments.csv', 'w').write('')",
    FULL,
    base=solved,
)
runs(
    "goes-to-the-network",
    "import socket\nsocket.create_connection(('1.1.1.1', 80), 2)\ndel totals",
    FULL,
    base=solved,
)
runs(
    "listens",
    "import socket\ns = socket.socket()\ns.bind(('0.0.0.0', 8888))\ns.listen()",
    FULL,
    base=solved,
)
runs(
    "mounts",
    "import ctypes\nr = ctypes.CDLL(None).mount(b'none', b'/usr', b'tmpfs', 0, b'')\nassert r == -1\ndone = 1",
    FULL,
    base=solved,
)
runs(
    "leaves-its-namespace",
    "import ctypes, os\nl = ctypes.CDLL(None)\nl.unshare(0x10000000 | 0x20000)\nl.umount2(b'/proc', 2)\nos.listdir('/proc')",
    FULL,
    base=solved,
)
runs("closes-its-channels", "import os\nos.closerange(0, 100)", 0, "Python ended", base=solved)
runs("at-exit", "import atexit, time\natexit.register(time.sleep, 99)", FULL, base=solved)
runs(
    "hides-memory-in-files-without-a-name",
    "import os\ntry:\n    os.memfd_create('x')\n    codes = None\nexcept PermissionError:\n    pass",
    FULL,
    base=solved,
)
runs(
    "shares-memory-the-old-way",
    "import ctypes\nlibc = ctypes.CDLL(None)\n"
    "if libc.shmget(0, 2**20, 0o1666) >= 0 or libc.msgget(0, 0o1666) >= 0: codes = None",
    FULL,
    base=solved,
)
runs("leaves-a-device", "open('/dev/left', 'w')", FULL, base=solved)
runs(
    "makes-a-namespace",
    "import ctypes\nif ctypes.CDLL(None).unshare(0x10000000) == 0: totals = 0",
    FULL,
    base=solved,
)
runs(
    "eats-memory-while-it-writes",
    "import os, threading, time\n"
    "def drip():\n    while True: os.write(3, b' '); time.sleep(0.005)\n"
    "threading.Thread(target=drip, daemon=True).start()\nx = []\n"
    "for _ in range(150): x.append(b'1' * 10**7)\ntime.sleep(99)",
    0,
    "memory",
)
for depth in (900, 960, 980, 990):
    runs(
        f"nests-the-result-{depth}",
        "import os\n"
        f"os.write(3, b'{{\"values\": {{}}, \"x\": ' + b'[' * {depth} + b']' * {depth} + b'}}')\n"
        "os._exit(0)",
        0,
        "Python ended",
    )
runs(
    "forges-half-a-character",
    "import os\n"
    r"""os.write(3, b'{"values": {"totals": {"reason": "\\ud800"}}}')"""
    "\nos._exit(0)",
    0,
)
answers(
    "nearly-all-the-same",
    "totals = dict.fromkeys(codes.organisation.unique(), 10)\ntotals['NATO'] = 11",
    0,
)
answers(
    "all-the-same-but-for-a-hair",
    "totals = {o: 10 + n / 10**9 for n, o in enumerate(codes.organisation.unique())}",
    0,
)


# --- Files that are no submission -----------------------------------------------------------------


def raw(name: str, content: bytes, points: float, says: str) -> None:
    CASES[name] = (content, points, says)


HONEST = json.dumps(solved(), ensure_ascii=False)
raw("empty-file", b"", 0, "empty")
raw("only-spaces", b"   \n", 0, "empty")
raw("not-json", b"hello", 0, "not a notebook")
raw("half-a-notebook", HONEST.encode()[:2000], 0, "not a notebook")
raw("a-list", b"[]", 0, "not a notebook")
raw("a-number", b"1", 0, "not a notebook")
raw("without-cells", b'{"nbformat": 4}', 0, "not a notebook")
raw("cells-are-a-text", b'{"cells": "all"}', 0, "not a notebook")
raw("nested-json", b"[" * 200_000, 0, "nested")
raw("binary", bytes(range(256)) * 50, 0, "not a")
raw("a-zip", b"PK\x03\x04" + bytes(500), 0, "not a")
raw("utf-16", HONEST.encode("utf-16"), FULL, "")
raw("with-byte-order-mark", b"\xef\xbb\xbf" + HONEST.encode(), FULL, "")
raw("large-file", b'{"cells": [], "x": "' + b"x" * (11 * 2**20) + b'"}', 0, "MB")
raw(
    "odd-cells",
    json.dumps({"cells": [1, None, [], {}, {"cell_type": 5, "source": 7, "metadata": 3}]}).encode(),
    0,
    "",
)
raw("many-cells", json.dumps({"cells": [{}] * 1001}).encode(), 0, "cells")
raw(
    "a-huge-cell",
    json.dumps({"cells": [{"cell_type": "code", "source": "#" * 300_000}]}).encode(),
    0,
    "characters",
)
raw("nul-bytes", json.dumps(with_answer(stubs(), "totals", "totals = '\0'")).encode(), 0, "")
raw(
    "huge-number",
    HONEST.replace('"nbformat": 4', '"nbformat": ' + "9" * 5000).encode(),
    0,
    "not a notebook",
)
raw(
    "many-cells-in-the-old-format",
    json.dumps({"nbformat": 3, "worksheets": [{"cells": [{}] * 100_000}]}).encode(),
    0,
    "cells",
)
raw("a-list-as-cell-id", json.dumps({"cells": [{"id": []}, {"id": {}}]}).encode(), 0, "")


class Files:
    """A case that lays out its own files: build(folder) gets <student>/ as a Path."""

    def __init__(self, build):
        self.build = build


def files(name: str, points: float, says: str):
    def keep(build):
        CASES[name] = (Files(build), points, says)

    return keep


def _write(folder: Path, content: str = HONEST, name: str = f"{NAME}.ipynb") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


@files("a-link-to-a-file", 0, "link")
def _(student):
    target = _write(student.parent.parent / "elsewhere")
    (student / NAME).mkdir(parents=True)
    (student / NAME / f"{NAME}.ipynb").symlink_to(target)


@files("a-link-to-a-folder", 0, "link")
def _(student):
    target = _write(student.parent.parent / "elsewhere2").parent
    student.mkdir()
    (student / NAME).symlink_to(target)


@files("a-linked-student", 0, "link")
def _(student):
    _write(student.parent.parent / "elsewhere3" / NAME)
    student.symlink_to(student.parent.parent / "elsewhere3")


@files("a-hard-link", 0, "hard link")
def _(student):
    target = _write(student.parent.parent / "elsewhere4")
    (student / NAME).mkdir(parents=True)
    os.link(target, student / NAME / f"{NAME}.ipynb")


@files("a-pipe", 0, "not a regular file")
def _(student):
    (student / NAME).mkdir(parents=True)
    os.mkfifo(student / NAME / f"{NAME}.ipynb")


@files("a-folder-named-like-the-notebook", 0, "not a regular file")
def _(student):
    (student / NAME / f"{NAME}.ipynb").mkdir(parents=True)


@files("nothing-handed-in", 0, "no folder")
def _(student):
    student.mkdir()


@files("no-notebook", 0, "not found")
def _(student):
    _write(student / NAME, name="answers.docx")


@files("another-name", FULL, "")
def _(student):
    _write(student / NAME, name="ps5 (1).ipynb")


@files("two-other-names", 0, "2 other notebooks")
def _(student):
    _write(student / NAME, name="a.ipynb")
    _write(student / NAME, name="b.ipynb")


@files("modules-beside-the-notebook", FULL, "")
def _(student):
    _write(student / NAME)
    for name in ("pandas.py", "json.py", "sitecustomize.py", "multipolarity.py"):
        _write(student / NAME, "raise SystemExit", name)


@files("its-own-task-file", 0, "")
def _(student):
    easy = {"set": NAME, "left_out": "D01", "pair": ["NATO", "NATO"], "weights": {}}
    _write(student / NAME, json.dumps(with_answer(stubs(), "gap", "gap = 0")))
    _write(student / NAME, json.dumps(easy), "task.json")


@files("=cmd()", FULL, "")
def _(student):
    _write(student / NAME)


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) ![x](http://x.test/p.png)"


@case(FULL)
def script_in_an_essay():
    return with_answer(solved(), "own_code", SCRIPT)


@case(FULL)
def half_a_character_in_an_essay():
    return with_answer(solved(), "own_code", "half \ud800")


# --- The class -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """The whole class, marked in one batch."""
    root = tmp_path_factory.mktemp("hostile")
    submitted, cohort = root / "submitted", root / "cohort"
    submitted.mkdir()
    cohort.mkdir()
    (cohort / "students.csv").write_text("\n".join(["student", *CASES]) + "\n", encoding="utf-8")
    (cohort / "salt.txt").write_text(SALT, encoding="utf-8")
    for student, (made, _, _) in CASES.items():
        if isinstance(made, Files):
            made.build(submitted / student)
        elif isinstance(made, bytes):
            (submitted / student / NAME).mkdir(parents=True)
            (submitted / student / NAME / f"{NAME}.ipynb").write_bytes(made)
        else:
            _write(submitted / student / NAME, json.dumps(made(), ensure_ascii=True))
    before = sorted(os.listdir("/tmp"))
    marking = batch.Batch(COURSE, NAME, Cohort.open(cohort), submitted, root / "runs", LIMITS)
    with batch.grading(marking) as arriving:
        outcomes = list(arriving)
    assert [name for name in set(os.listdir("/tmp")) - set(before) if "left" in name] == []
    return root, {outcome.student: outcome for outcome in outcomes}


def old_format(cells: list) -> bytes:
    return json.dumps(
        {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    ).encode()


CASES["a-giant-heading-in-the-old-format"] = (
    old_format([{"cell_type": "heading", "level": 10**9, "source": "x", "metadata": {}}] * 3),
    0,
    "Not answered",
)
FORGE = "import json, os\ndef forge(values, **more):\n    line = json.dumps({'values': values, 'failed': [], **more}).encode() + b'\\n'\n    while line:\n        line = line[os.write(3, line):]\n    os._exit(0)\n"
runs(
    "a-table-that-multiplies",
    FORGE
    + "forge({'totals': {'value': {'kind': 'table', 'index': [0] * 30000, 'names': [0] * 4000, 'columns': [''] * 4000}}})",
    0,
    "values",
)
runs(
    "a-series-that-spreads",
    FORGE
    + "forge({'totals': {'value': {'kind': 'series', 'index': list(range(1500)), 'values': 'x' * 9}}})",
    0,
    "could not be read back",
)
runs(
    "keys-with-one-hash",
    FORGE
    + "forge({'totals': {'value': {'kind': 'dict', 'pairs': [[k * (2**61 - 1), 0] for k in range(15000)]}}})",
    0,
    "values",
)
runs(
    "stages-a-fault-of-the-grader",
    FORGE + "forge({}, calls_stopped=[], marks=7, reason=[1])",
    0,
    "has no value",
)
runs(
    "speaks-with-control-characters",
    FORGE + "forge({'totals': {'reason': 'a\\x00b<img src=x>\\x07'}})",
    0,
    "a b<img",
)
answers("labels-without-end", "totals = {';' * 19000: 1}", 0)
runs(
    "keeps-large-pages-in-pipes",
    "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\nr, w = os.pipe()\n"
    "class Vector(ctypes.Structure):\n    _fields_ = [('base', ctypes.c_void_p), ('size', ctypes.c_size_t)]\n"
    "page = ctypes.create_string_buffer(4096)\nv = Vector(ctypes.addressof(page), 4096)\n"
    "if libc.vmsplice(w, ctypes.byref(v), 1, 0) >= 0: codes = None",
    FULL,
    base=solved,
)
runs(
    "makes-files-in-shared-memory",
    "import os\nmade = 0\nfor n in range(2000):\n    try:\n        os.mknod(f'/dev/shm/{n}')\n        made += 1\n    except OSError:\n        break\nif made > 100: codes = None",
    FULL,
    base=solved,
)

SECRET = 8_675_309
SPY = """
import gc, os, select, sys
found = [str(o) for o in gc.get_objects() if isinstance(o, (dict, list)) and "8675309" in repr(o)]
frame = sys._getframe()
while frame:
    found += [repr(v) for v in list(frame.f_locals.values()) if "8675309" in repr(v)[:9999]]
    frame = frame.f_back
if select.select([4], [], [], 0.2)[0]:
    found.append(os.read(4, 9999).decode())
totals = {str(text)[:40]: 1 for text in found if "SPY" not in text and "sys._getframe" not in text}

def twice(x):
    return 2 * x

def endless(x):
    while True: pass
"""


def test_hidden_inputs_come_only_after_the_answers_were_handed_over():
    def called(function: str) -> dict:
        return {function: {"function": function, "inputs": [pack([SECRET])]}}

    quick = Limits(seconds=4)
    with Worker() as worker:
        answer = worker.run(request([SPY], ["totals"], called("twice"), limits=quick))
        assert answer["values"]["totals"] == {"value": {"kind": "dict", "pairs": []}}
        assert answer["calls"] == {"twice": [{"value": pack(2 * SECRET)}]}
        answer = worker.run(request([SPY], ["totals"], called("endless"), limits=quick))
        assert answer["status"] == "ran" and answer["calls_stopped"] == "seconds"


def test_there_are_at_least_sixty_cases():
    assert len([name for name in CASES if not name.startswith("honest")]) >= 60


def test_every_student_has_an_outcome(marked):
    assert set(marked[1]) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_points_and_message(marked, name):
    _, points, says = CASES[name]
    outcome = marked[1][name]
    said = " ".join([outcome.refused, *(m.message for m in outcome.marks), *outcome.notes])
    assert outcome.points == points, said
    assert says in said
    assert "grader failed" not in said


def test_no_sentence_tells_an_expected_value_or_a_traceback(marked):
    for name, outcome in marked[1].items():
        said = " ".join([outcome.refused, *(m.message for m in outcome.marks)])
        assert "Traceback" not in said and "/work" not in said and str(COURSE.folder) not in said, (
            name
        )


def test_feedback_pages_hold_no_living_script(marked):
    for outcome in marked[1].values():
        page = feedback_page.page(outcome, "Set", {})
        assert "<script" not in page and "onerror" not in page.replace("&lt;", "")


def test_no_half_character_reaches_the_gradebook(marked):
    for outcome in marked[1].values():
        texts = [*outcome.answers.values(), *outcome.written.values()]
        "".join([*texts, *(m.message for m in outcome.marks)]).encode()


@pytest.mark.parametrize("text", ["$x$", r"\(x\)", r"\[x\]", r"\begin{equation}x\end{equation}"])
def test_no_formula_in_an_essay_is_alive(text):
    from nbconvert.filters import markdown2html

    shown = markdown2html(gradebook.harmless(text))
    assert not any(sign in shown for sign in ("$", r"\(", r"\[", r"\begin"))


def test_a_semicolon_starts_no_formula():
    assert export.safe('of ";=cmd()"') == 'of ";\'=cmd()"'


def test_odd_text_is_compared_quickly():
    assert len(similar._plain((" " * 100 + "$") * 1900)) < similar.LONGEST


def test_no_cell_of_a_sheet_is_a_formula(marked):
    root, outcomes = marked
    sheet = export.sheet(list(outcomes.values()), problem_sets.problem_set(NAME).TITLE, {})
    paths = [
        export.results(root / "r.csv", list(outcomes.values())),
        sheet.canvas(root / "c.csv"),
        sheet.moodle(root / "m.csv"),
    ]
    for path in paths:
        rows = path.read_text(encoding="utf-8").splitlines()
        assert [row for row in rows if row.lstrip('"')[:1] in "=+-@"] == []


def test_the_sandbox_leaves_no_process(marked):
    left = [process.name() for process in psutil.Process().children(recursive=True)]
    assert [name for name in left if name == "bwrap"] == []
