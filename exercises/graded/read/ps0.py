"""Problem set 0 to read: tables in place of code. For the instructor only; students get the cells."""

from __future__ import annotations

import json
import random
from types import ModuleType
from typing import Any

import pandas as pd

from multipolarity import measures
from multipolarity.grading.read_only import Question, Twin, table
from multipolarity.problem_sets import ps0
from multipolarity.tables import load

CON = "CON is the square root of (HHI − 1/N) / (1 − 1/N), for a list of N units."
CLEAR = 0.002  # a smaller difference of two indices is no clear difference


def twins(task: dict[str, Any], key: ModuleType) -> list[Twin]:
    """In the order of the notebook; `key` is the set's key."""
    return [
        _world_share(task, key),
        _own_share(task, key),
        _hhi(task, key),
        _effective(task, key),
        _con(task, key),
        _con_bloc(task, key),
        _polarity(task, key),
    ]


def _billions(task: dict[str, Any], key: ModuleType) -> tuple[pd.Series, float]:
    """The amounts of the five and the world's in the base year, in billion dollars."""
    column = ps0.COLUMNS[task["measure"]][1]
    unit = 1000 if column.endswith("_m") else 1
    world = load("world_totals").set_index("year").at[task["year"], column]
    return key.amounts(task, task["year"])[task["states"]] / unit, float(world) / unit


def _which(difference: float, more: str, less: str) -> Any:
    """The word for a difference; both are right where it is not clear."""
    if abs(difference) < CLEAR:
        return frozenset({more, less})
    return more if difference > 0 else less


def _world_share(task: dict[str, Any], key: ModuleType) -> Twin:
    five, world = _billions(task, key)
    share = 100 * key.world_share(task)
    state = task["bloc"][0]
    shown = pd.DataFrame({"billion dollars": five, "percent of the world": share}).astype(object)
    shown.loc[state, "percent of the world"] = "?"
    shown.loc["world"] = [world, 100]
    return Twin(
        "world_share",
        f"Your five states and the world in {task['year']}, measured by {task['measure']}.\n\n"
        + table(shown, digits=3, index="state"),
        {
            "a": Question(f"The share of {state} in the world, in percent.", share[state]),
            "b": Question("What percentage of the world do the five have together?", share.sum()),
            "c": Question(
                "Somebody divides by the sum of the five instead of the world's total. How many times "
                "as large does each share become?",
                world / five.sum(),
            ),
        },
    )


def _own_share(task: dict[str, Any], key: ModuleType) -> Twin:
    share = 100 * key.own_share(task)
    state = task["bloc"][1]
    return Twin(
        "own_share",
        "Now the shares of the five *among themselves*, in the same year. Use the table above.",
        {
            "a": Question(
                f"The share of {state} in the sum of the five, in percent.", share[state]
            ),
            "b": Question(
                "How many of the five have more than an equal part of this sum?",
                int((share > 20).sum()),
            ),
        },
    )


def _hhi(task: dict[str, Any], key: ModuleType) -> Twin:
    year, last = str(task["year"]), str(ps0.LAST_YEAR)
    hhi, share = key.hhi(task), key.own_share({**task, "year": ps0.LAST_YEAR})
    shown = pd.DataFrame({"share": share, "squared": share**2}).astype(object)
    shown.loc[task["bloc"][0], "squared"] = "?"
    return Twin(
        "hhi",
        f"The shares of the five among themselves in {last}, from 0 to 1, and the same numbers squared. "
        f"The HHI is the sum of the squares. In {year} it was {hhi[year]:.3f}.\n\n"
        + table(shown, digits=4, index="state"),
        {
            "a": Question(f"The HHI in {last}.", hhi[last]),
            "b": Question(
                f"Are the five more or less concentrated in {last} than in {year}?",
                _which(hhi[last] - hhi[year], "more", "less"),
                ("more", "less"),
            ),
        },
    )


def _effective(task: dict[str, Any], key: ModuleType) -> Twin:
    year, last = str(task["year"]), str(ps0.LAST_YEAR)
    effective = key.effective(task)
    change = effective[last] - effective[year]
    shown = pd.DataFrame(
        {
            "HHI": {y: 1 / number for y, number in effective.items()},
            "effective number": {year: "?", last: effective[last]},
        },
        dtype=object,
    )
    return Twin(
        "effective",
        f"*All* states of the table with a value of {task['measure']} in both years: the HHI, and the "
        "effective number of states, which is 1 divided by the HHI.\n\n"
        + table(shown, digits=5, index="year"),
        {
            "a": Question(f"The effective number in {year}.", effective[year]),
            "b": Question(
                f"By how much has it changed by {last}? Write a fall with a minus.", change
            ),
            "c": Question(
                "So the shares of the states have become ...",
                _which(change, "more even", "less even"),
                ("more even", "less even"),
            ),
        },
    )


def _con(task: dict[str, Any], key: ModuleType) -> Twin:
    con, hhi = key.con(task), key.con(task, measures.hhi)
    shown = pd.DataFrame(
        {"N": dict(zip(ps0.LISTS, (5, 10, 40), strict=True)), "HHI": hhi, "CON": con}, dtype=object
    )
    shown.loc["own", "CON"] = "?"
    return Twin(
        "con",
        f"Three lists in {task['year']}: your five states, the 10 and the 40 largest by "
        f"{task['measure']}. {CON}\n\n" + table(shown, digits=4, index="list"),
        {
            "a": Question("CON of your own list.", con["own"]),
            "b": Question(
                "Which list has the highest CON?",
                frozenset(name for name, value in con.items() if value > max(con.values()) - CLEAR),
                ps0.LISTS,
            ),
            "c": Question(
                "From the 10 to the 40 largest: by how much does CON change? A fall has a minus.",
                con["top 40"] - con["top 10"],
            ),
        },
    )


def _con_bloc(task: dict[str, Any], key: ModuleType) -> Twin:
    year, bloc = ps0.LAST_YEAR, task["bloc"]
    share = key.own_share({**task, "year": year})
    united = measures.shares(key.together(task, share))
    shown = pd.DataFrame({"share": share, "squared": share**2}).astype(object)
    shown.loc[bloc, "squared"] = ""
    shown.loc["bloc"] = ["?", "?"]
    return Twin(
        "con_bloc",
        f"Now {' and '.join(bloc)} count as *one* unit beside the other three, in {year}. This "
        "is an exercise, not a claim that the two are allied.\n\n"
        + table(shown, digits=5, index="unit"),
        {
            "a": Question("The share of the bloc, in percent.", 100 * united["bloc"]),
            "b": Question("The HHI of the four units, from 0 to 1.", measures.hhi(united)),
            "c": Question(
                "CON of the four units, by the rule above. Do not round in between.",
                key.con_bloc(task)[str(year)],
            ),
        },
    )


CASES = (  # shares of A to D; states of the bloc
    ((0.50, 0.20, 0.05, 0.01), ()),
    ((0.28, 0.22, 0.08, 0.06), ("B", "C")),
)


def _case(shares: tuple[float, ...], bloc: tuple[str, ...]) -> str:
    named = ", ".join(f"{name} {share:g}" for name, share in zip("ABCD", shares, strict=False))
    return f"{named}; " + (f"{' and '.join(bloc)} form a bloc" if bloc else "no bloc")


def _three(task: dict[str, Any], key: ModuleType) -> tuple[pd.DataFrame, str]:
    """Three cases with the words of the rule, and the one in which "two or more" gives another."""
    a, b, c = (task["rule"][name] for name in ("unipolar", "bipolar", "multipolar"))
    found = [(b + 0.03, b + 0.02, b, 0.01), (a, b, c, 0.01), (b + 0.01, c, c - 0.01, 0.01)]
    random.Random(json.dumps(task, sort_keys=True)).shuffle(found)
    rows, other = {}, ""
    for number, shares in enumerate(found, 1):
        amounts = dict(zip("ABCD", shares, strict=True))
        word = key.polarity(task["rule"], amounts, [])
        rows[f"case {number}"] = {**{n: f"{s:.2f}" for n, s in amounts.items()}, "word": word}
        if key.two_or_more(task["rule"], amounts, []) != word:
            other = f"case {number}"
    return pd.DataFrame(rows).T, other


def _polarity(task: dict[str, Any], key: ModuleType) -> Twin:
    rule, last = task["rule"], ps0.LAST_YEAR
    column = ps0.COLUMNS[task["measure"]][1]
    world = load("world_totals").set_index("year").at[last, column]
    shares = key.amounts(task, last) / float(world)
    listed = shares.index[(shares >= 0.03) | shares.index.isin(task["bloc"])]
    cases, other = _three(task, key)
    words = [
        key.polarity(rule, dict(zip("ABCD", given, strict=True)), bloc) for given, bloc in CASES
    ]
    numbers = {
        "unipolar": "at least one unit has",
        "bipolar": "exactly two units have",
        "multipolar": "at least three units have",
    }
    lines = [
        f"- `{name}`: {number} {rule[name]:g} of the world or more"
        for name, number in numbers.items()
    ]
    word = key.polarity(rule, shares.to_dict(), [])
    parts = [
        "A rule for one word, tested in this order. A unit is a state, or a bloc, which counts as one. "
        "If none of the three lines holds, the word is `unclear`.",
        "\n".join(lines),
        "Three cases without a bloc:",
        table(cases, index="case"),
        f"The world of {last} by {task['measure']}: every state with 0.03 or more, and the states of "
        f'your bloc. Your rule gives "{word}" without the bloc.',
        table(shares[listed].rename("share"), digits=4, index="state"),
    ]
    return Twin(
        "polarity",
        "\n\n".join(parts),
        {
            "a": Question(f"The word for {_case(*CASES[0])}.", words[0], ps0.LABELS),
            "b": Question(f"The word for {_case(*CASES[1])}.", words[1], ps0.LABELS),
            "c": Question(
                'Somebody writes "two or more" in place of "exactly two". Which of the three cases '
                "gets another word?",
                other,
                tuple(cases.index),
            ),
            "d": Question(
                f"The word for the world of {last} if {' and '.join(task['bloc'])} form a bloc.",
                key.polarity(rule, shares.to_dict(), task["bloc"]),
                ps0.LABELS,
            ),
        },
    )
