"""A platform's download becomes nbgrader's layout; nobody hands in as somebody else."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from multipolarity.cli import main
from multipolarity.grading import moodle
from multipolarity.grading.collect import LARGEST_ARCHIVE, collect
from multipolarity.grading.listing import Missing

NAME = "ps5"
ROSTER = frozenset({"s001", "s002", "s003"})
MOODLE_LIST = (
    "Identifier,Full name,ID number,Status\n"
    "Participant 4711,Ada L,s001,Submitted\n"
    "Participant 4712,Bo_1 M,s002,Submitted\n"
    "Participant 4713,Cy N,s003,-\n"
)
CANVAS_LIST = (
    "Student,ID,SIS User ID,Section\n"
    "    Points Possible,,,\n"
    '"L, Ada",501,s001,A\n"M, Bo",502,s002,A\n"N, Cy",503,s003,A\n'
)


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sorted_out(root: Path, files: dict[str, bytes], listing: str = ""):
    (root / "download.zip").write_bytes(zipped(files))
    if listing:
        (root / "list.csv").write_text(listing)
    return collect(
        root / "download.zip", NAME, ROSTER, root / "in", root / "list.csv" if listing else None
    )


def content(root: Path, student: str) -> bytes:
    return (root / "in" / student / NAME / f"{NAME}.ipynb").read_bytes()


def test_moodle_with_folders_and_an_archive_of_the_student(tmp_path):
    done = sorted_out(
        tmp_path,
        {
            "Ada L_4711_assignsubmission_file_/ps5.ipynb": b"ada",
            "Ada L_4711_assignsubmission_file_/.ipynb_checkpoints/ps5.ipynb": b"old",
            "Bo_1 M_4712_assignsubmission_file_/ps5.zip": zipped(
                {"ps5/ps5.ipynb": b"bo", "ps5/task.json": b"{}", "__MACOSX/ps5/._ps5.ipynb": b"x"}
            ),
        },
        MOODLE_LIST,
    )
    assert (done.taken, done.without, done.unknown) == (["s001", "s002"], [], [])
    assert (content(tmp_path, "s001"), content(tmp_path, "s002")) == (b"ada", b"bo")


def test_moodle_without_folders_and_canvas(tmp_path):
    flat = {"Ada L_4711_assignsubmission_file_my work.ipynb": b"ada"}
    assert sorted_out(tmp_path, flat, MOODLE_LIST).taken == ["s001"]
    canvas = {"lada_501_9001_ps5.ipynb": b"a", "mbo_LATE_502_9002_ps5-1.ipynb": b"b"}
    assert sorted_out(tmp_path, canvas, CANVAS_LIST).taken == ["s001", "s002"]
    assert (content(tmp_path, "s001"), content(tmp_path, "s002")) == (b"a", b"b")


def test_a_download_that_holds_the_ids_needs_no_list(tmp_path):
    files = {
        "term/ps5/s001/ps5.ipynb": b"1",
        "term/ps5/Bo_M_s002_77/answers.ipynb": b"2",
        "term/ps5/s003_ps5.ipynb": b"3",
    }
    assert sorted_out(tmp_path, files).taken == ["s001", "s002", "s003"]
    for path, text in files.items():
        (tmp_path / "folder" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / path).write_bytes(text)
    again = collect(tmp_path / "folder", NAME, ROSTER, tmp_path / "in2")
    assert again.taken == ["s001", "s002", "s003"]


@pytest.mark.parametrize(
    "name, listing",
    [
        ("Mal_4712_assignsubmission_file_x_4711_assignsubmission_y.ipynb", MOODLE_LIST),
        ("mal_502_9_x_501_assignsubmission_.ipynb", CANVAS_LIST),
        ("mal_9999_9_s001.ipynb", CANVAS_LIST),
        ("Mal_99_assignsubmission_file_s001.ipynb", ""),
        ("mal_work_s001.ipynb", ""),
        ("mal_501_502_9001_ps5.ipynb", CANVAS_LIST),
        ("s001_x_502_9001_ps5.ipynb", CANVAS_LIST),
        ("Mal_4711_assignsubmission_4712_assignsubmission_file_", MOODLE_LIST),
    ],
)
def test_nobody_hands_in_as_somebody_else(tmp_path, name, listing):
    honest = "lada_501_1_ps5.ipynb" if listing == CANVAS_LIST else "A_4711_assignsubmission_f.ipynb"
    files = {honest: b"ada"} if listing else {"s002/ps5.ipynb": b"bo"}
    forged = name if name.endswith(".ipynb") else f"{name}/ps5.ipynb"
    done = sorted_out(tmp_path, {**files, forged: b"forged"}, listing)
    assert not listing or content(tmp_path, "s001") == b"ada"
    assert "s001" in done.taken or not listing
    for student in done.taken:  # at most as oneself
        assert content(tmp_path, student) != b"forged" or student == "s002"


@pytest.mark.parametrize("inner", ["s001/ps5.ipynb", "s001_ps5.ipynb"])
def test_the_only_one_who_handed_in_is_named_by_the_platform(tmp_path, inner):
    assert sorted_out(tmp_path, {f"term/ps5/Mal_M_s002_x/{inner}": b"m"}).taken == ["s002"]


def test_a_students_number_in_a_name_does_not_choose_the_column(tmp_path):
    files = {
        "A_4711_assignsubmission_file_ps5.ipynb": b"a",
        "M_4712_assignsubmission_file_x_2026_assignsubmission_.ipynb": b"m",
    }
    rows = [f"Participant {n},Seminar 2026,s00{i}" for i, n in enumerate((4711, 4712, 4713), 1)]
    listing = "\n".join(["Identifier,Group,ID number", *rows])
    assert sorted_out(tmp_path, files, listing).taken == ["s001", "s002"]


def test_the_longest_id_wins(tmp_path):
    roster = frozenset({"anna", "anna_m"})
    names = ["anna_m_ps5.ipynb", "anna_ps5.ipynb"]
    (tmp_path / "got.zip").write_bytes(zipped({name: name.encode() for name in names}))
    assert collect(tmp_path / "got.zip", NAME, roster, tmp_path / "in").taken == ["anna", "anna_m"]
    assert content(tmp_path, "anna_m") == b"anna_m_ps5.ipynb"
    (tmp_path / "got.zip").write_bytes(zipped({"anna_m/ps5.ipynb": b"1", "x/y.txt": b""}))
    assert collect(tmp_path / "got.zip", NAME, roster, tmp_path / "in").taken == ["anna_m"]


def hostile_archives() -> dict[str, bytes]:
    """Archives of a student that broke a sorter of archives, or kept it busy."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("ps5.ipynb", b"x" * 1000)
    bent = bytearray(packed.getvalue())
    bent[60] ^= 0xFF
    nameless = zipped({"a": b""}).replace(b"a", b"\0")
    many = zipped({f"{number}.ipynb": b"x" for number in range(30_000)})
    zeros = io.BytesIO()
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(21):
            archive.writestr(f"{number}.ipynb", b"\0" * 10**7)
    whole = zipped({"ps5/ps5.ipynb": b"x"})
    return {
        "lzma": bytes(bent),
        "nameless": nameless,
        "many": many,
        "zeros": zeros.getvalue(),
        "no end": whole[:-22],
        "huge offset": whole[:-6] + b"\xff" * 6,
    }


@pytest.mark.parametrize("kind", hostile_archives())
def test_one_archive_stops_nobody(tmp_path, kind):
    files = {"s001/ps5.zip": hostile_archives()[kind], "s002/ps5.ipynb": b"honest"}
    start = time.monotonic()
    done = sorted_out(tmp_path, files)
    assert (done.taken, done.without) == (["s002"], ["s001"])
    assert time.monotonic() - start < 60  # not hours: no measure of speed


def test_the_whole_course_folder_is_taken(tmp_path):
    files = {f"course/notebooks/{number}.ipynb": b"n" for number in range(40)}
    archive = zipped({**files, "course/ps5/ps5.ipynb": b"mine"})
    assert sorted_out(tmp_path, {"s001/all.zip": archive, "s002/x.ipynb": b""}).taken[0] == "s001"
    assert content(tmp_path, "s001") == b"mine"


@pytest.mark.parametrize("path", ["../../../evil.ipynb", "/evil.ipynb", "s001/../../x/ps5.ipynb"])
def test_nothing_in_an_archive_chooses_where_it_goes(tmp_path, path):
    sorted_out(tmp_path, {path: b"x", "s002/ps5.ipynb": b"y"})
    written = [p for p in tmp_path.rglob("*.ipynb")]
    assert {p.name for p in written} == {"ps5.ipynb"}
    assert all(p.parent.parent.parent == tmp_path / "in" for p in written)


@pytest.mark.parametrize(
    "files",
    [
        {"s001/essay.pdf": b"%PDF"},
        {"s001/a.ipynb": b"a", "s001/b.ipynb": b"b"},
        {"s001/ps5.ipynb": b"a", "s001/ps5 (1).ipynb": b"b"},
        {"s001/ps5-1.ipynb": b"a", "s001/ps5-Copy1.ipynb": b"b"},
        {"s001/ps5.zip": b"PK no archive"},
        {"s001/ps5.zip": zipped({"in.zip": zipped({"ps5.ipynb": b"x"})})},
        {"s001/ps5.zip": b"0" * (LARGEST_ARCHIVE + 1)},
    ],
)
def test_what_holds_no_clear_notebook_is_named_and_refused_later(tmp_path, files):
    done = sorted_out(tmp_path, {**files, "s002/ps5.ipynb": b"y"})
    assert (done.taken, done.without) == (["s002"], ["s001"])
    assert (tmp_path / "in" / "s001" / NAME).is_dir()


def test_the_same_notebook_twice_is_clear(tmp_path):
    archive = zipped({"ps5/ps5.ipynb": b"x"})
    assert sorted_out(tmp_path, {"s001/ps5.zip": archive, "s001/ps5.ipynb": b"x"}).taken == ["s001"]


def test_a_scratch_notebook_beside_the_set_does_no_harm(tmp_path):
    files = {"s001/ps5.zip": zipped({"ps5/ps5 (2).ipynb": b"x", "ps5/scratch.ipynb": b"y"})}
    assert sorted_out(tmp_path, files).taken == ["s001"]
    assert content(tmp_path, "s001") == b"x"


def test_five_thousand_students_are_sorted_at_once(tmp_path):
    many = [f"s{number}" for number in range(5000)]
    (tmp_path / "many.zip").write_bytes(zipped({f"{one}/ps5.ipynb": b"x" for one in many}))
    done = collect(tmp_path / "many.zip", NAME, frozenset(many), tmp_path / "in")
    assert len(done.taken) == 5000


def test_one_way_to_write_a_name_is_as_good_as_another(tmp_path):
    (tmp_path / "got.zip").write_bytes(zipped({"bjo\u0308rn/ps5.ipynb": b"x"}))
    done = collect(tmp_path / "got.zip", NAME, frozenset({"bj\u00f6rn"}), tmp_path / "in")
    assert done.taken == ["bj\u00f6rn"]


def test_what_is_replaced_is_named_and_capitals_do_not_matter(tmp_path):
    assert sorted_out(tmp_path, {"S001/ps5.ipynb": b"1", "s002/ps5.ipynb": b"1"}).replaced == []
    again = sorted_out(tmp_path, {"s001/ps5.ipynb": b"2", "s002/ps5.ipynb": b"1"})
    assert again.replaced == ["s001"] and content(tmp_path, "s001") == b"2"


def test_what_cannot_be_read_gets_a_sentence(tmp_path):
    (tmp_path / "download.zip").write_bytes(b"nothing")
    with pytest.raises(Missing, match="neither a folder nor a zip"):
        collect(tmp_path / "download.zip", NAME, ROSTER, tmp_path / "in")
    moodle = {"A_4711_assignsubmission_file_/ps5.ipynb": b"x"}
    with pytest.raises(Missing, match=r"no column with the ids of students\.csv"):
        sorted_out(tmp_path, moodle, "Identifier,Name\nParticipant 4711,Ada\n")
    with pytest.raises(Missing, match="no column with the platform's numbers"):
        sorted_out(tmp_path, moodle, "Student,Name\ns001,Ada\n")


def test_the_command_says_what_it_did(tmp_path):
    (tmp_path / "students.csv").write_text("student\ns001\ns002\ns003\n")
    (tmp_path / "got.zip").write_bytes(
        zipped({"s001/ps5.ipynb": b"x", "s002/ps5.pdf": b"", "else/ps5.ipynb": b"z"})
    )
    done = CliRunner().invoke(
        main, ["collect", NAME, "--from", str(tmp_path / "got.zip"), "--cohort", str(tmp_path),
               "--submitted", str(tmp_path / "in")],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    for line in (
        ": 1.",
        "what lay there stays: 1 (s002)",
        "add their list with --list): 1 (else)",
        "Not handed in: 1 (s003)",
    ):
        assert line in done.output


# --- Back to Moodle --------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["s001.html", "s001/ps5.zip"])
def test_moodle_gets_a_file_for_each_student(tmp_path, layout):
    """Moodle takes the number between the first two underscores and the plugin after it."""
    file = tmp_path / "out" / layout
    file.parent.mkdir(parents=True)
    file.write_text("for ada")
    (tmp_path / "students.csv").write_text("student\ns001\ns002\n")
    (tmp_path / "list.csv").write_text(MOODLE_LIST)
    done = CliRunner().invoke(
        main, ["moodle", NAME, str(tmp_path / "out"), "--list", str(tmp_path / "list.csv"), "--cohort",
               str(tmp_path), "--to", str(tmp_path / "up.zip")],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "Files for 1 students" in done.output and "1 (s002)" in done.output
    with zipfile.ZipFile(tmp_path / "up.zip") as archive:
        (name,) = archive.namelist()
        assert archive.read(name) == b"for ada"
    _, number, kind, plugin, rest = name.split("_", 4)
    assert (number, kind, plugin, rest) == (
        "4711",
        "assignfeedback",
        "file",
        f"/{NAME}{file.suffix}",
    )


@pytest.mark.parametrize(
    "listing, says",
    [
        ("Name,ID number\nAda,s001\n", "no grading worksheet"),
        ("Full name,ID number\nAda 2,s001\nBo 7,s002\n", "no grading worksheet"),
        ("Id,ID number\nParticipant 4711,s001\nParticipant 4712,s001\n", "s001 two numbers"),
        ("Id,Name\nParticipant 4711,Ada\n", "no column with the ids"),
    ],
)
def test_another_list_is_not_taken_for_a_worksheet(tmp_path, listing, says):
    (tmp_path / "list.csv").write_text(listing)
    with pytest.raises(Missing, match=says):
        moodle.pack(tmp_path, NAME, tmp_path / "list.csv", ROSTER, tmp_path / "up.zip")


def test_what_a_student_writes_into_the_worksheet_brings_no_other_page(tmp_path):
    (tmp_path / "list.csv").write_text(
        "Identifier,Full name,ID number,Online text\n"
        "Participant 4711,Ada,s001,x\nParticipant 4712,s001,s002,s001\n"
    )
    for student in ("s001", "s002"):
        (tmp_path / f"{student}.html").write_text(student)
    moodle.pack(tmp_path, NAME, tmp_path / "list.csv", ROSTER, tmp_path / "up.zip")
    with zipfile.ZipFile(tmp_path / "up.zip") as archive:
        pages = {name.split("_")[1]: archive.read(name) for name in archive.namelist()}
    assert pages == {"4711": b"s001", "4712": b"s002"}
