"""Capstone · A fact-check dossier of five claims. The computer looks at its form only."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from multipolarity.claims import VERDICTS
from multipolarity.forms import Dossier, Misread, kind, name_some
from multipolarity.tables import load, tables

TITLE = "Capstone · A fact-check dossier"
POINTS = 30
ENTRIES = 5
INTRODUCTION = ("I02", "I11", "I21", "I29", "I31", "I32")
CHAPTER_5 = ("C08", "C28", "C36", "C64", "C81", "C90")
WHOLE = "all together"
OWN = "own"  # instead of an id: a claim that is not in the register
KINDS = ("number", "text", "event")
ENTRY = Dossier(
    columns=(
        *("claim", "page", "claim_id", "type", "about", "expected", "indicator", "why_it_fits"),
        *("tables", "cell", "verdict", "confidence", "what_would_change_it"),
    ),
    options={
        "type": ("descriptive", "causal", "predictive", "evaluative"),
        "about": KINDS,
        "expected": ("yes", "no"),
        "verdict": VERDICTS,
    },
    numbers={"page": (5, 126), "confidence": (0, 100)},
    words={"claim": 25},
    rows=1,
)
LEAST_WORDS = {"claim": 5, "indicator": 3, "why_it_fits": 5, "what_would_change_it": 5}


def draw(rng: random.Random) -> dict[str, Any]:
    """Two claims of the register that must be among the five."""
    return {"claims": [rng.choice(INTRODUCTION), rng.choice(CHAPTER_5)]}


def forms(task: dict[str, Any]) -> dict[str, Any]:
    """The form of the dossier."""
    return {"dossier": Entries(tuple(task["claims"]))}


@dataclass(frozen=True)
class Entries:
    """The form of a whole dossier: five entries, and what they must hold together."""

    wanted: Sequence[str]

    def read(self, answer: Any, partial: bool = False) -> pd.DataFrame:
        found = self.problems(answer)
        if any(found.values()):
            raise Misread(in_words(found))
        return _table(answer)

    def problems(self, answer: Any) -> dict[str, str]:
        """For each of the five entries and for all together: what is not in order, or ""."""
        table = _table(answer)
        found = {}
        for number in range(1, ENTRIES + 1):
            row = table.iloc[[number - 1]] if number <= len(table) else None
            found[f"entry {number}"] = "it is missing." if row is None else _in_entry(row)
        quoted = [_plain(text) for text in table["claim"]]
        for number, text in enumerate(quoted[:ENTRIES], 1):
            if text in quoted[: number - 1]:
                found[f"entry {number}"] = "it has the quotation of another entry."
        return {**found, WHOLE: self._together(table)}

    def _together(self, table: pd.DataFrame) -> str:
        if len(table) != ENTRIES:
            return f"{len(table)} entries were found; {ENTRIES} are wanted."
        ids = [_plain(text) for text in table["claim_id"]]
        missing = [name for name in self.wanted if _plain(name) not in ids]
        if missing:
            return f"a claim that your task draws was not found: {', '.join(missing)}."
        if "yes" not in [_plain(text) for text in table["expected"]]:
            return "at least one claim must be one that you expected to hold (expected: yes)."
        if not {"text", "event"} & {_plain(text) for text in table["about"]}:
            return "at least one claim must be about a text or an event."
        return ""


def in_words(problems: Mapping[str, str], most: int = 3) -> str:
    """Up to three of the sentences, for the student."""
    first = sorted(
        problems.items(), key=lambda part: part[0] != WHOLE
    )  # of the whole before the parts
    open_ones = [f"{part}: {text}" for part, text in first if text]
    more = f" And {len(open_ones) - most} more." if len(open_ones) > most else ""
    sentences = " ".join(text[:1].upper() + text[1:] for text in open_ones[:most])
    return (
        f"{len(problems) - len(open_ones)} of {len(problems)} parts are in order. {sentences}{more}"
    )


def _table(answer: Any) -> pd.DataFrame:
    """One row per entry, small letters in the names, a list of tables as one text."""
    if isinstance(answer, (list, tuple)) and all(isinstance(entry, Mapping) for entry in answer):
        answer = pd.DataFrame(list(answer))
    if not isinstance(answer, pd.DataFrame):
        raise Misread(
            f"You gave {kind(answer)}; a list of {ENTRIES} dicts or a DataFrame of {ENTRIES} rows "
            "is wanted."
        )
    table = answer.rename(columns=lambda name: str(name).strip().casefold())
    if table.columns.has_duplicates:
        raise Misread("A column name stands in your dossier more than once.")
    missing = [column for column in ENTRY.columns if column not in table]
    if missing:
        raise Misread(f"Your dossier lacks the column {name_some(missing, 9)}.")
    joined = [", ".join(map(str, v)) if isinstance(v, list) else v for v in table["tables"]]
    return table.assign(tables=joined).reset_index(drop=True)


def _in_entry(row: pd.DataFrame) -> str:
    """The first thing in one entry that is not in order, or ""."""
    try:
        entry = ENTRY.read(row).iloc[0]
    except Misread as misread:
        return re.sub(r"^Row 1, (column \w+),?", r"\1", str(misread))
    for column, least in LEAST_WORDS.items():
        if len(str(entry[column]).split()) < least:
            return f"column {column} is too short; write {least} words or more."
    if float(entry["page"]) % 1:
        return "column page must be a whole number."
    if 0 < float(entry["confidence"]) < 1:
        return "column confidence goes from 0 to 100; a share was found."
    names = {_plain(name) for name in load("claims")["claim_id"]} | {OWN}
    if _plain(entry["claim_id"]) not in names:
        return f"column claim_id must be an id of the register, or {OWN!r}."
    return _in_tables(str(entry["tables"]))


def _in_tables(text: str) -> str:
    known = set(tables()["table"]) - {"claims"}  # a verdict is no indicator
    unknown = [
        name for name in _plain(text).replace(";", ",").split(",") if name.strip() not in known
    ]
    if not unknown:
        return ""
    return (
        f"column tables has {unknown[0].strip()[:40]!r}, which is no table for an indicator. "
        "tables() lists them; put a comma between two names."
    )


def _plain(value: Any) -> str:
    return " ".join(str(value).casefold().split())
