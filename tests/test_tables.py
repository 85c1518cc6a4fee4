"""load, about, members and tables: right from anywhere, and kind to a slip of the pen."""

import datetime
import os
import shutil
import subprocess
import sys
import time
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from multipolarity import tables
from multipolarity.tables import DataError, about, data_folder, load, members

NAMES = list(tables.tables()["table"])


# --- load --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_types_are_those_of_the_dictionary(name):
    table = load(name)
    assert len(table) > 0
    described = about(name).fields.set_index("column")["type"]
    assert list(table.columns) == list(described.index)
    for column, kind in described.items():
        found = table[column].dtype
        if kind == "integer":
            assert str(found) == ("Int64" if table[column].isna().any() else "int64"), column
        elif kind == "number":
            assert str(found) == "float64", column
        elif kind == "date":
            assert str(found).startswith("datetime64"), column
        elif kind == "boolean":
            assert str(found) in ("bool", "boolean"), column
        else:
            assert found == pd.Series(["text"]).dtype, column


def test_each_load_is_a_copy_of_its_own():
    first = load("countries")
    first.loc[0, "country"] = "changed"
    first.columns.name = first.index.name = "changed"
    second = load("countries")
    assert second["country"].ne("changed").all()
    assert second.columns.name is None and second.index.name is None


def test_only_an_empty_cell_is_missing(tmp_path, monkeypatch):
    shutil.copytree(data_folder(), tmp_path / "data")
    path = tmp_path / "data" / "countries.csv"
    path.write_text("iso3,country\nNAM,NA\nNUL,\n", encoding="utf-8")
    monkeypatch.setattr(tables, "data_folder", lambda: tmp_path / "data")
    assert load("countries")["country"].tolist()[0] == "NA"
    assert load("countries")["country"].isna().tolist() == [False, True]


def run(code, folder, **environment):
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_data_is_found_from_any_working_directory(tmp_path):
    source = Path(tables.__file__).parents[1]
    done = run(
        "from multipolarity.tables import load; print(len(load('countries')))",
        tmp_path,
        PYTHONPATH=str(source),
    )
    assert done.stdout.strip() == str(len(load("countries"))), done.stderr


def test_data_is_found_beside_an_installed_module(tmp_path):
    # The wheel puts the tables into multipolarity/data; nothing of the repository is near.
    package = tmp_path / "site" / "multipolarity"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    shutil.copy(tables.__file__, package)
    code = "from multipolarity.tables import data_folder, load; load('countries')"
    alone = run(code, tmp_path, PYTHONPATH=str(package.parent))
    assert "data folder was not found" in alone.stderr
    shutil.copytree(data_folder(), package / "data")
    done = run(code + "; print(data_folder())", tmp_path, PYTHONPATH=str(package.parent))
    assert done.stdout.strip() == str((package / "data").resolve()), done.stderr


def test_time_to_load_is_reported(capsys, record_property):
    """Measured and shown, not asserted: a busy machine must not fail the tests."""
    spent = {}
    tables._read.cache_clear()
    for name in NAMES:
        start = time.perf_counter()
        load(name)
        spent[name] = 1000 * (time.perf_counter() - start)
    slowest = max(spent, key=spent.get)
    line = f"loading: slowest {slowest} {spent[slowest]:.0f} ms, all {sum(spent.values()):.0f} ms"
    record_property("loading", line)
    with capsys.disabled():
        print(f"\n{line}")


# --- about and tables --------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_about_shows_everything_in_both_forms(name):
    page = about(name)
    text, html = repr(page), page._repr_html_()
    for column in load(name).columns:
        assert column in text and f">{column}</td>" in html
    for label in ("Compiled", "Source", "Licence", "Vintage", "Coverage", "Known gaps"):
        assert f"{label}:" in text and f"<dt>{label}</dt>" in html
    assert page.title in text
    for meaning in page.fields["meaning"]:  # whole: pandas may shorten long cells
        assert meaning in text and meaning in unescape(html)


def test_about_states_the_allowed_values():
    assert "(string, member | candidate | " in repr(about("memberships"))
    assert "(integer, code 0-3, 0 to 3)" in repr(about("commitments"))
    assert "(number, USD bn, current, 0 or more)" in repr(about("sco_trade_pairs"))


def test_about_escapes_what_a_browser_would_take_for_markup():
    resource = {
        "name": "x",
        "title": "a < b",
        "description": "<script>",
        "schema": {"fields": [{"name": "a", "type": "string", "description": "<b>"}]},
        **dict.fromkeys(("compiled", "vintage", "coverage"), "<i>"),
        **{key: [{"title": "<u>"}] for key in ("sources", "licenses")},
        "gaps": [],
    }
    html = tables.About(resource)._repr_html_()
    assert not any(mark in html for mark in ("<script>", "<b>", "<i>", "<u>"))
    assert "none known" in html


def test_list_of_tables():
    found = tables.tables()
    assert list(found.columns) == ["table", "title", "rows", "units"]
    rows = found.set_index("table")["rows"]
    assert rows["commitments"] == 72 and rows["memberships"] == len(load("memberships"))


# --- members -----------------------------------------------------------------------------------


def test_members_take_a_day_in_several_forms():
    days = ["2022-09-16", datetime.date(2022, 9, 16), pd.Timestamp("2022-09-16 18:00")]
    found = [members("SCO", on=day)["iso3"].tolist() for day in days]
    assert found[0] == found[1] == found[2] and len(found[0]) == 8
    assert members("SCO", "2022-09-16").index.tolist() == list(range(8))


def test_members_start_in_and_end_out():
    belarus = {
        role: set(members("SCO", on="2024-07-04", role=role)["iso3"])
        for role in ("member", "candidate", "observer")
    }
    assert "BLR" in belarus["member"]
    assert "BLR" not in belarus["candidate"] | belarus["observer"]
    assert "BLR" in set(members("SCO", on="2024-07-03", role="observer")["iso3"])
    assert "TUR" in set(members("SCO", on="2023-02-28", role="dialogue partner")["iso3"])


def test_no_member_is_an_empty_table_not_an_error():
    assert members("SCO", on="1990-01-01").empty
    assert members("NATO", on="2022-02-24", role="dialogue partner").empty


# --- Slips -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (lambda: load("membership"), ["no table", '"membership"', '"memberships"']),
        (lambda: load("Commitments"), ['"commitments"']),
        (lambda: about("sco_timelines"), ['"sco_timeline"']),
        (lambda: load("zzzzzz"), ["There is:", '"countries"']),
        (lambda: load(""), ["There is:"]),
        (lambda: load(7), ["in quotation marks"]),
        (lambda: load(pd.DataFrame()), ["in quotation marks"]),
        (lambda: members("nato", on="2022-02-24"), ['no organisation "nato"', '"NATO"']),
        (lambda: members("Shanghai", on="2022-02-24"), ["There is:", '"SCO"']),
        (lambda: members("SCO", on="2022-09-16", role="observers"), ["no role", '"observer"']),
        (lambda: members("SCO"), ["which day", "year-month-day"]),
        (lambda: members("SCO", on="16.9.2022"), ["'16.9.2022'", 'on="2022-09-16"']),
        (lambda: members("SCO", on="2022"), ["year-month-day"]),
        (lambda: members("SCO", on="2022-02-30"), ["year-month-day"]),
        (lambda: members("SCO", on=2022), ["year-month-day"]),
        (lambda: members("SCO", on=pd.NaT), ["year-month-day"]),
        (lambda: members("SCO", on="2030-01-01"), ["2025-12-31", "2030-01-01"]),
    ],
)
def test_a_slip_gets_a_sentence(question, parts):
    with pytest.raises(DataError) as caught:
        question()
    sentence = str(caught.value)
    assert all(part in sentence for part in parts), sentence
    assert sentence.endswith(".") and "\n" not in sentence


def test_in_a_notebook_only_the_sentence_is_shown(capsys):
    shell = InteractiveShell(config=Config(HistoryManager={"enabled": False}))
    shell.run_cell("from multipolarity.tables import load\nload('membership')")
    shown = capsys.readouterr()
    assert 'The nearest: "memberships"' in shown.out + shown.err
    assert "Traceback" not in shown.out + shown.err
