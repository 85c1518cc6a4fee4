"""The bibliography says what a reader needs and nothing that nobody has looked up."""

import re
from pathlib import Path

import pytest
from pybtex.database import parse_file

ENTRIES = parse_file(str(Path(__file__).parents[1] / "notebooks" / "references.bib")).entries
WORKING_NOTE = re.compile(r"\b(verified|seen|probably|confirm\w*|inferred|source text|TODO)\b")


@pytest.mark.parametrize("key", ENTRIES)
def test_entry(key):
    entry = ENTRIES[key]
    assert entry.fields["verified"] in ("doi", "record", "report"), "how do we know this work?"
    assert entry.fields.get("title") and (entry.persons.get("author") or entry.persons["editor"])
    assert not WORKING_NOTE.search(entry.fields.get("note", "")), "a note is for readers"
    if "doi" in entry.fields and entry.fields["verified"] != "report":
        assert entry.fields["verified"] == "doi", "a DOI is given only where it was seen"


def test_every_work_belongs_to_a_unit():
    assert not [key for key, entry in ENTRIES.items() if not entry.fields.get("keywords")]
