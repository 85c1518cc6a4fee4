"""The pages of the course: pattern, voices, honesty of quotations and numbers, links, outputs."""

import asyncio
import json
import os
import re
import sys
from importlib import import_module
from pathlib import Path

import notebook_rules as rules
import pytest
import yaml

from multipolarity import book, execute, units

ROOT = Path(__file__).parents[1]
NOTEBOOKS = execute.notebooks(ROOT)
UNITS = [path for path in NOTEBOOKS if path.parent.name == "notebooks" and path.name[0].isdigit()]
PAGES = sorted(ROOT.glob("notebooks/*.md"))
NUMBERS = ROOT / "tests" / "prose_numbers.yml"


def name(path):
    return path.relative_to(ROOT).as_posix()


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def text(path):
    return path.read_text(encoding="utf-8") if path.suffix == ".md" else rules.markdown(read(path))


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=name)


def kept(complaints):
    assert not complaints, "\n" + "\n".join(complaints)


@each([*PAGES, *NOTEBOOKS])
@pytest.mark.parametrize("rule", [rules.two_renderers, rules.voices, rules.short_quotations])
def test_page(path, rule):
    kept(rule(text(path)))


@each(NOTEBOOKS)
@pytest.mark.parametrize("rule", [rules.clean_cells, rules.figures, rules.outputs])
def test_notebook(path, rule):
    kept(rule(read(path)))


def test_no_two_figures_have_one_name():
    names = [
        cell["metadata"]["mystnb"]["figure"]["name"]
        for path in NOTEBOOKS
        for _, cell in rules.cells(read(path), "code")
        if "figure" in cell["metadata"].get("mystnb", {})
    ]
    assert len(names) > 30 and len(names) == len(set(names))


@each(UNITS)
def test_unit_has_its_ten_steps(path):
    kept(rules.page_pattern(read(path)))


@each(UNITS)
def test_unit_has_solutions(path):
    assert (ROOT / "exercises" / "solutions" / path.name).is_file()


@each([*PAGES, *NOTEBOOKS])
def test_quotations_are_in_the_report(path):
    report = os.environ.get("MULTIPOLARITY_REPORT")
    if not report:
        pytest.skip("MULTIPOLARITY_REPORT does not name the text of the report")
    kept(rules.true_quotations(text(path), Path(report).read_text(encoding="utf-8")))


# ------------------------------------------------------------------------ numbers in prose


def test_rows_of_prose_numbers_are_complete():
    for row in yaml.safe_load(NUMBERS.read_text(encoding="utf-8")):
        assert row.keys() == {"page", "phrase", "expression"}, row


@pytest.mark.parametrize(
    "row", yaml.safe_load(NUMBERS.read_text(encoding="utf-8")), ids=lambda row: row["phrase"]
)
def test_number_in_prose(row):
    page = " ".join(words_of(ROOT / row["page"]).split())
    assert row["phrase"] in page, f"{row['page']} no longer says {row['phrase']!r}"
    kept(wrong_number(row["phrase"], evaluate(row["expression"])))


def words_of(path):
    """The prose of a page with the alternative texts of its figures."""
    if path.suffix == ".md":
        return text(path)
    settings = [c.get("metadata", {}).get("mystnb", {}) for c in read(path)["cells"]]
    return "\n".join([text(path), *(s.get("image", {}).get("alt", "") for s in settings)])


def evaluate(expression):
    import pandas as pd

    from multipolarity import load, measures, members

    names = {"load": load, "members": members, "measures": measures, "pd": pd}
    names |= {n: import_module(f"multipolarity.units.{n}") for n in units.modules().values()}
    return eval(expression, names)


WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
WORDS |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12}


def wrong_number(phrase, value):
    """Compare the one number of a phrase with a value, to as many places as are printed."""
    in_words = [str(WORDS[w]) for w in re.findall(r"\w+", phrase.lower()) if w in WORDS]
    numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", phrase) + in_words
    if len(numbers) != 1:
        return [f"{phrase!r} must hold one number, not {len(numbers)}"]
    printed = numbers[0].rstrip(",").replace(",", "")
    places = len(printed.partition(".")[2])
    rounded = f"{float(value):.{places}f}"
    return [] if rounded == printed else [f"{phrase!r}: the data give {float(value)}"]


# ----------------------------------------------------------------------------------- links


@each([*PAGES, *NOTEBOOKS])
def test_links_inside_the_course(path):
    kept(broken_links(path, text(path)))


def broken_links(path, page):
    """Return the links of a page to files or headings that do not exist."""
    broken = []
    for target in rules.links(page):
        file, _, anchor = target.partition("#")
        to = (path.parent / file).resolve() if file else path
        if not to.is_file():
            broken.append(f"{target}: there is no such file")
        elif anchor and anchor not in places(to):
            broken.append(f"{target}: there is no such heading")
    return broken


def places(path):
    """The anchors of a page; the book adds tables to the data page, entries to the references."""
    known = rules.anchors(text(path))
    if path.name == "data.md":
        package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
        known |= {resource["name"] for resource in package["resources"]}
    elif path.name == "references.md":
        bibliography = path.with_suffix(".bib").read_text(encoding="utf-8")
        for key in re.findall(r"^@\w+\{([^,\s]+)", bibliography, re.MULTILINE):
            known |= {key, book.short_key(key)}
    return known


# ----------------------------------------------------------------------------- re-execution


def test_running_again_changes_nothing():
    """Under the lock's Python 3.11 on Linux each file stays the same, byte for byte.

    Elsewhere pictures and the printed form of some numbers may differ: there only the text of
    the results is compared.
    """
    results = asyncio.run(execute.run_all(NOTEBOOKS, write=False))
    assert not [error for _, error in results.values() if error]
    exact = sys.platform == "linux" and sys.version_info[:2] == (3, 11)
    for path, (now, _) in results.items():
        before = path.read_text(encoding="utf-8")
        if exact:
            assert now == before, f"{name(path)} changes when it is run: make execute"
        else:
            assert shown(json.loads(now)) == shown(json.loads(before)), name(path)


def shown(notebook):
    """The text results of a notebook, cell by cell."""
    return [
        ["".join(o.get("text", o.get("data", {}).get("text/plain", ""))) for o in cell["outputs"]]
        for _, cell in rules.cells(notebook, "code")
    ]
