"""Each key term has an entry in the glossary, and the two know each other."""

import json
import re
from pathlib import Path

import notebook_rules as rules
import pytest

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
PAGES = {
    path.name: rules.markdown(json.loads(path.read_text(encoding="utf-8")))
    for path in sorted(NOTEBOOKS.glob("*.ipynb"))
}
GLOSSARY = (NOTEBOOKS / "glossary.md").read_text(encoding="utf-8")
ENTRIES = {
    part.split("\n", 1)[0].strip(): part.split("\n", 1)[1]
    for part in re.split(r"^## ", GLOSSARY, flags=re.MULTILINE)[1:]
}
BY_ANCHOR = {rules.slug(term): term for term in ENTRIES}


def key_terms(page):
    """(term, what it links to) for each row of the table of key terms; empty if there is none."""
    section = re.search(r"^## [^\n]*Key terms(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    if not section:
        return []
    table = re.search(r"(?:^\|.*\n)+", section[1], re.MULTILINE)
    first_cells = [row.split("|")[1].strip() for row in table[0].splitlines()[2:]]
    link = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
    return [found.groups() if (found := link.match(c)) else (c, "") for c in first_cells]


def uses(entry):
    """The pages that an entry names in its last sentence, "Used in ...".

    A unit's number must be that of its file: [unit 5](05_sco.ipynb).
    """
    sentence = re.search(r"Used in (.+)\.\s*$", entry)
    return re.findall(r"\[([^\]]+)\]\(([^)]+)\)", sentence[1]) if sentence else []


UNITS = [name for name, page in PAGES.items() if key_terms(page)]


def test_units_have_key_terms():
    assert {name for name in PAGES if name[0].isdigit()} == set(UNITS)


@pytest.mark.parametrize("unit", UNITS)
def test_key_term_links_to_an_entry_that_names_the_unit(unit):
    wrong = []
    for term, target in key_terms(PAGES[unit]):
        page, _, anchor = target.partition("#")
        if page != "glossary.md" or anchor not in BY_ANCHOR:
            wrong.append(f"{term}: links to {target or 'nothing'}, not to an entry")
        elif BY_ANCHOR[anchor].casefold() != term.casefold():
            wrong.append(f"{term}: its entry is called {BY_ANCHOR[anchor]}")
        elif unit not in [file for _, file in uses(ENTRIES[BY_ANCHOR[anchor]])]:
            wrong.append(f"{term}: its entry does not say that {unit} uses it")
    assert not wrong


@pytest.mark.parametrize("term", ENTRIES)
def test_entry_is_used_where_it_says(term):
    named = uses(ENTRIES[term])
    assert named, "the entry does not end with 'Used in [unit N](NN_name.ipynb).'"
    for label, file in named:
        number = re.fullmatch(r"unit (\d)", label)
        assert file in PAGES, f"there is no page {file}"
        assert not number or file.startswith(f"0{number[1]}_"), f"{label} is not {file}"
        assert f"glossary.md#{rules.slug(term)})" in PAGES[file], f"{file} does not link here"


def test_each_page_that_links_to_an_entry_is_named_by_it():
    missing = [
        f"{term}: {name}"
        for term, entry in ENTRIES.items()
        for name, page in PAGES.items()
        if f"glossary.md#{rules.slug(term)})" in page and f"({name})" not in entry
    ]
    assert not missing


def test_entries_are_in_alphabetical_order():
    """Word by word: De-risking stands before Decoupling."""
    terms = [re.sub(r"[^\w ]", "", term.replace("-", " ")).casefold() for term in ENTRIES]
    assert terms == sorted(terms)


def test_no_entry_stands_twice():
    headings = re.findall(r"^## (.+)$", GLOSSARY, re.MULTILINE)
    assert len(headings) == len(set(map(rules.slug, headings)))
    assert not re.search(r"\S\n## ", GLOSSARY), "a heading needs an empty line before it"
    assert not [term for term, entry in ENTRIES.items() if entry.count("Used in ") > 1]
