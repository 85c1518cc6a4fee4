"""What stands around the units says what the units say: landing page, teachers' page, citation."""

import json
import re
import tomllib
from pathlib import Path

import notebook_rules as rules
import pytest
import yaml

from multipolarity import units

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
INDEX = (ROOT / "notebooks" / "index.md").read_text(encoding="utf-8")
SEMINAR = (ROOT / "notebooks" / "seminar.md").read_text(encoding="utf-8")
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
TITLE = "Multipolarity after Ukraine: a data course"
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


def first_cell(name):
    notebook = json.loads((ROOT / "notebooks" / name).read_text(encoding="utf-8"))
    return rules.source(notebook["cells"][0])


def row(name):
    """The line of the landing page's table about a notebook, cell by cell."""
    lines = [line for line in INDEX.splitlines() if re.match(rf"\| \[[^\]]+\]\({name}\)", line)]
    assert len(lines) == 1, f"{name} has {len(lines)} rows"
    return [cell.strip() for cell in lines[0].strip("|").split("|")]


# ------------------------------------------------------------------------- landing page


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_landing_page_knows_the_page(name):
    *_, times, chapter = row(name)
    assert "…" not in times, f"the time of {name} is missing"
    top = first_cell(name)
    if name[0].isdigit():
        assert chapter.rpartition(": ")[2] in top.casefold(), "another badge"
    stated = re.search(r"\*\*Time\*\*:.*", top)
    for amount in times.replace(" h", "").replace(" min", "").split(" / ") if stated else []:
        assert re.search(rf"\b{amount}(?: hours| minutes)", stated[0]), f"{amount}: {stated[0]}"


def test_table_of_contents_is_in_order_and_complete():
    parts = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    files = {p["caption"]: [chapter["file"] for chapter in p["chapters"]] for p in parts}
    names = ["primer", *(Path(n).stem for n in NOTEBOOKS if n[0].isdigit())]
    assert files["Units"] == [f"notebooks/{name}" for name in names]
    assert files["Solutions"] == [f"exercises/solutions/{name}" for name in names]
    assert files["For teachers"] == ["notebooks/seminar", "notebooks/instructors"]


# ------------------------------------------------------------------- page for teachers


def test_exercises_named_for_teachers_exist():
    named = set(re.findall(r"(?<![\d.])([0-7]\.\d{1,2}[a-d]?)(?![\d.\w])", SEMINAR))
    there = {e.id for number in units.modules() for e in exercises(number)}
    known = {str(number) for number in units.modules()}
    assert len(named) > 30
    assert not {one for one in named if one.split(".")[0] in known} - there


def exercises(number):
    from importlib import import_module

    return import_module(f"multipolarity.units.{units.modules()[number]}").EXERCISES


# ---------------------------------------------------------------------------- citation


def test_citation_says_what_the_project_says():
    preferred = CITATION["preferred-citation"]
    for part in (CITATION, preferred):
        assert part["title"] == TITLE
        assert part["version"] == PROJECT["version"]
        assert part["authors"] == [{"name": "The course authors"}]
    assert f"{TITLE} in Jupyter notebooks" == PROJECT["description"]
    assert f"# {TITLE}" == INDEX.splitlines()[0]
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert TITLE.startswith(config["title"])
    assert config["copyright"].startswith(str(preferred["year"]))


def test_pages_cite_the_same_version():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for page in (INDEX, readme):
        words = " ".join(page.split())
        assert f"*{TITLE}* (version {PROJECT['version']})" in words


def test_licences_agree():
    """Code: MIT. Text and figures: CC BY 4.0. Tables: their own, with what each asks for."""
    assert CITATION["license"] == "MIT"
    assert CITATION["preferred-citation"]["license"] == "CC-BY-4.0"
    assert PROJECT["license"] == "MIT AND CC-BY-4.0"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    text = (ROOT / "LICENSE-text").read_text(encoding="utf-8")
    assert "CC-BY-4.0" in text and "Creative Commons Attribution 4.0 International Public" in text


def test_each_table_states_its_licence():
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    known = {"CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "SIPRI-fair-use"}
    for table in package["resources"]:
        names = {licence["name"] for licence in table["licenses"]}
        assert names and names <= known, table["name"]
        assert all(one.get("path") and one.get("title") for one in table["licenses"])
        sources = " ".join(source["title"] for source in table["sources"])
        if "SIPRI" in sources:
            assert "SIPRI-fair-use" in names, f"{table['name']}: SIPRI has terms of its own"
        if "V-Dem" in sources:
            assert "CC-BY-SA-4.0" in names, table["name"]
    everything = json.dumps(package, ensure_ascii=False)
    assert not re.search(r"before print|from memory|TODO", everything), "a note to ourselves"
