"""Unit 5, the SCO: its exercises and the blind coding cards.

Every reference below is computed from the tables when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from multipolarity import claims, measures
from multipolarity.exercise import Exercise, Misconception
from multipolarity.forms import (
    Choices,
    Codes,
    Essay,
    Grid,
    Indicators,
    Number,
    Numbers,
    Ordering,
    is_open,
)
from multipolarity.tables import load, members
from multipolarity.units.shared import (
    VERDICTS,
    essay,
    first_guess,
    letter_question,
    second_guess,
)

THREE = ("NATO", "CSTO", "SCO")
SAMARKAND = "2022-09-16"  # last day of the summit with which the chapter opens

# --- the coding cards -----------------------------------------------------------------------

# Letters that tell nothing: the text is to be coded, not the reputation.
LETTERS = {"K": "SCO", "M": "CSTO", "R": "NATO", "S": "ANZUS", "T": "EU", "V": "AUKUS"}
CORE_DIMENSIONS = ("D01", "D03", "D04", "D11")


def cards(dimension_id: str, letters: Iterable[str] = ("K", "M", "R")):
    """The articles behind one dimension, treaty by treaty, without any name.

    dimension_id  "D01" to "D12"
    letters       which treaties: K, M, R are the three of the unit; S, T, V three for contrast
    Returns Markdown for JupyterLab and the book.
    """
    from IPython.display import Markdown

    dimensions = load("commitment_dimensions").set_index("dimension_id")
    if dimension_id not in dimensions.index:
        return Markdown(f"There is no dimension {dimension_id!r}; use D01 to D12.")
    unknown = [letter for letter in letters if letter not in LETTERS]
    if unknown:
        return Markdown(f"There is no treaty {unknown[0]!r}; use {', '.join(LETTERS)}.")
    row = dimensions.loc[dimension_id]
    lines = [f"**{dimension_id} · {row['label']}.** {row['question']}", ""]
    lines += [f"- **{code}**: {row[f'anchor_{code}']}" for code in range(4)]
    evidence = load("commitment_evidence").merge(
        load("provisions"), on=["organisation", "provision_id"]
    )
    evidence = evidence[evidence["dimension_id"] == dimension_id]
    for letter in letters:
        texts = evidence.loc[evidence["organisation"] == LETTERS[letter], "blind_text"]
        lines += ["", f"**Treaty {letter}**", ""]
        lines += [f"- {text}" for text in texts] or ["- Nothing in the texts read."]
    return Markdown("\n".join(lines))


def compare_codes(sheet: Mapping | None = None) -> pd.DataFrame:
    """Your codes beside the key, its accepted band and the two coders behind it.

    sheet  {"D01": {"K": 0, ...}, ...}; open cells are left out, an empty sheet shows the rest
    Returns a DataFrame indexed by treaty and dimension.
    """
    key = commitment_codes()
    letter = {organisation: name for name, organisation in LETTERS.items()}
    key["treaty"] = key["organisation"].map(letter) + " = " + key["organisation"]
    mine = sheet_codes(sheet).to_dict()
    if odd := _no_codes(sheet):
        print(f"Left out, as no code from 0 to 3: {', '.join(odd)}.")
    key["mine"] = [
        mine.get(cell) for cell in zip(key["dimension_id"], key["organisation"], strict=True)
    ]
    wanted = (
        key[key["mine"].notna()]
        if mine
        else key[key["organisation"].isin(THREE) & key["dimension_id"].isin(CORE_DIMENSIONS)]
    )
    columns = ["mine"] * bool(mine) + ["key", "code_low", "code_high", "first", "second"]
    table = wanted.rename(columns={"code": "key"}).set_index(["label", "treaty"])[columns]
    return table.astype(int).sort_index()


def agreement_table(mine: Mapping | None = None, partner: Mapping | None = None) -> pd.DataFrame:
    """How far coders agree, pair by pair, on the cells that both have coded.

    mine, partner  coding sheets as in `compare_codes`; open or empty sheets are left out
    Returns a DataFrame: cells compared, percent agreement (0-1), kappa with quadratic weights.
    """
    key = commitment_codes(THREE).set_index(["dimension_id", "organisation"])
    core = key[key.index.get_level_values("dimension_id").isin(CORE_DIMENSIONS)]
    coders = {"you": sheet_codes(mine), "partner": sheet_codes(partner)}
    coders |= {"first coder": key["first"], "second coder": key["second"]}
    rows = {}
    for first, second in combinations(coders, 2):
        both = pd.concat([coders[first], coders[second]], axis=1, join="inner")
        if "coder" in first:  # the two of the course: on the core cells, as long as 5.2b is open
            both = both.loc[core.index]
        if not both.empty:
            pair = both.iloc[:, 0].to_numpy(), both.iloc[:, 1].to_numpy()
            rows[f"{first} and {second}"] = {
                "cells": len(both),
                "agreement": measures.percent_agreement(*pair),
                "weighted kappa": measures.cohen_kappa(
                    *pair, weights="quadratic", categories=[0, 1, 2, 3]
                ),
            }
    return pd.DataFrame(rows).T.astype({"cells": int}).round(2)


def sheet_codes(sheet: Mapping | None) -> pd.Series:
    """The filled cells of a coding sheet, indexed by dimension and organisation."""
    cells = {
        (dimension, LETTERS[letter]): int(code)
        for dimension, row in (sheet if isinstance(sheet, Mapping) else {}).items()
        if isinstance(row, Mapping)
        for letter, code in row.items()
        if letter in LETTERS and _is_code(code)
    }
    index = (
        pd.MultiIndex.from_tuples(cells, names=["dimension_id", "organisation"]) if cells else []
    )
    return pd.Series(list(cells.values()), index=index, dtype="int64")


def _is_code(code: object) -> bool:
    return isinstance(code, (int, float, np.number)) and code in (0, 1, 2, 3)


def _no_codes(sheet: Mapping | None) -> list[str]:
    """Cells that are filled, but not with a code: "D01 K"."""
    return [
        f"{dimension} {letter}"
        for dimension, row in (sheet if isinstance(sheet, Mapping) else {}).items()
        if isinstance(row, Mapping)
        for letter, code in row.items()
        if not (letter in LETTERS and _is_code(code)) and not is_open(code)
    ]


# --- references -----------------------------------------------------------------------------


def commitment_codes(organisations: Iterable[str] = tuple(LETTERS.values())) -> pd.DataFrame:
    """Both coders' codes (first, second), the key after they were compared (code) and its band.

    One row per organisation and dimension.
    """
    codes = load("commitments")
    codes = codes.rename(columns={"first_code": "first"})
    second = load("commitment_second_codes")[["organisation", "dimension_id", "code"]]
    codes = codes.merge(load("commitment_dimensions")[["dimension_id", "label"]], on="dimension_id")
    codes = codes.merge(
        second.rename(columns={"code": "second"}), on=["organisation", "dimension_id"]
    )
    columns = ["organisation", "dimension_id", "label"]
    columns += ["first", "second", "code", "code_low", "code_high"]
    return codes.loc[codes["organisation"].isin(list(organisations)), columns].reset_index(
        drop=True
    )


def wide_codes(column: str = "code") -> pd.DataFrame:
    """Organisations × dimensions, for the three organisations of the unit."""
    return commitment_codes(THREE).pivot(
        index="organisation", columns="dimension_id", values=column
    )


def totals(column: str = "code") -> pd.Series:
    return load("commitments").groupby("organisation")[column].sum()


def first_guess_came_true() -> bool:
    """Do the SCO's texts reach at least half of NATO's total?"""
    return bool(totals()["SCO"] >= totals()["NATO"] / 2)


def gap(first: str = "NATO", second: str = "SCO") -> pd.Series:
    wide = wide_codes()
    return wide.loc[first] - wide.loc[second]


def labels() -> dict[str, str]:
    """Dimension id -> its label in figures."""
    return load("commitment_dimensions").set_index("dimension_id")["label"].to_dict()


def dimension_names() -> dict[str, str]:
    """Every name of a dimension -> its id."""
    rows = load("commitment_dimensions")
    pairs = zip(rows["dimension_id"], rows["dimension"], rows["label"], strict=True)
    return {name: i for i, dimension, label in pairs for name in (dimension, label)}


def weightings() -> pd.DataFrame:
    """Weightings of the twelve dimensions: 3 for what a scheme stresses, 1 for the rest."""
    stress = {
        "equal": (),
        "promise": ("D01", "D02", "D11"),  # what members promise in case of attack
        "machinery": ("D04", "D05", "D06", "D12"),  # what stands ready in peacetime
        "restraint": ("D03", "D07", "D09"),  # what members may not do to each other
    }
    dimensions = load("commitment_dimensions")["dimension_id"]
    schemes = pd.DataFrame(
        {name: [3 if d in ids else 1 for d in dimensions] for name, ids in stress.items()},
        index=dimensions,
    ).T
    schemes.loc["without_D08"] = 1  # does the kind of regime belong to commitment at all?
    schemes.loc["without_D08", "D08"] = 0
    return schemes


def by_weighting(normalise: bool = True) -> pd.DataFrame:
    """Mean code of each organisation under the weightings, and its lowest code."""
    wide, weights = wide_codes(), weightings()
    table = weights @ wide.T
    if normalise:
        table = table.div(weights.sum(axis=1), axis=0)
    table.loc["minimum"] = wide.min(axis=1)
    return table


def maximum_row() -> pd.DataFrame:
    """The row `minimum` with the highest code of each organisation instead of its lowest."""
    return pd.DataFrame({"minimum": wide_codes().max(axis=1)}).T


def key_agreement() -> dict[str, float]:
    """Agreement of the key, instead of the first coder, with the second coder."""
    codes = commitment_codes(THREE)
    return {
        "agreement": measures.percent_agreement(codes["code"], codes["second"]),
        "kappa": measures.cohen_kappa(
            codes["code"], codes["second"], weights="quadratic", categories=[0, 1, 2, 3]
        ),
    }


def band_outcomes() -> dict[str, float]:
    """Exact chances of NATO ahead, level or CSTO ahead if every code in a band is equally likely."""
    chances = {}
    for organisation in ("NATO", "CSTO"):
        rows = commitment_codes((organisation,))
        distribution = np.ones(1)
        for low, high in zip(rows["code_low"], rows["code_high"], strict=True):
            step = np.zeros(4)
            step[low : high + 1] = 1 / (high - low + 1)
            distribution = np.convolve(distribution, step)
        chances[organisation] = distribution
    both = np.outer(chances["NATO"], chances["CSTO"])
    return {
        "NATO ahead": float(np.tril(both, -1).sum()),
        "level": float(np.trace(both)),
        "CSTO ahead": float(np.triu(both, 1).sum()),
    }


def coder_agreement(weights: str | None = "quadratic", organisations: Iterable[str] = THREE):
    codes = commitment_codes(organisations)
    return {
        "agreement": measures.percent_agreement(codes["first"], codes["second"]),
        "kappa": measures.cohen_kappa(
            codes["first"], codes["second"], weights=weights, categories=[0, 1, 2, 3]
        ),
    }


def world_shares(
    states: Iterable[str] | None = None, year: int = 2022, world_year: int | None = None
) -> dict[str, float]:
    """Share of the world's people and output held by a set of states (default: SCO, Sept 2022)."""
    if states is None:
        states = members("SCO", on=SAMARKAND)["iso3"]
    rows = load("country_year").query("year == @year and iso3 in @states")
    world = load("world_totals").set_index("year").loc[world_year or year]
    return {column: rows[column].sum() / world[column] for column in SHARE_COLUMNS}


SHARE_COLUMNS = ("population_m", "gdp_usd_bn", "gdp_ppp_bn")


def sco_and_others(*roles: str, on: str = SAMARKAND) -> list[str]:
    """ISO codes of the SCO's members and of further roles on a date."""
    return [i for role in ("member", *roles) for i in members("SCO", on=on, role=role)["iso3"]]


def trade(year: int, states: Iterable[str]) -> float:
    """Trade among some states in USD bn, each pair counted once."""
    pairs = load("sco_trade_pairs").query("year == @year")
    inside = pairs["iso3_a"].isin(list(states)) & pairs["iso3_b"].isin(list(states))
    return float(pairs.loc[inside, "trade_usd_bn"].sum())


def eight() -> list[str]:
    return list(members("SCO", on="2019-12-31")["iso3"])


def six() -> list[str]:
    return list(members("SCO", on="2001-12-31")["iso3"])


def shares_by_circle() -> pd.DataFrame:
    """Shares of the world in 2022 by measure (rows) and by who is counted (columns)."""
    circles = {
        "8 members": sco_and_others(),
        "with Iran": [*sco_and_others(), "IRN"],
        "with all observers": sco_and_others("observer"),
    }
    table = pd.DataFrame({name: world_shares(states) for name, states in circles.items()})
    return table.set_axis(["Population", "GDP, market rates", "GDP, purchasing power"])


def trade_factors() -> pd.Series:
    """Growth of trade among SCO members, 2019 over 2000, by who is counted in each year."""
    counts = {
        "same six founders": (six(), six()),
        "same eight members": (eight(), eight()),
        "eight over six": (eight(), six()),
    }
    return pd.Series(
        {name: trade(2019, late) / trade(2000, early) for name, (late, early) in counts.items()}
    )


def vote_shares(
    resolution: str = "A/RES/ES-11/1", on: str = "2022-03-02", organisation: str = "SCO"
) -> dict[str, float]:
    """Shares of an organisation's members on a date by their vote on a resolution."""
    states = members(organisation, on=on)["iso3"]
    votes = load("un_votes").query("resolution == @resolution").set_index("iso3")["vote"]
    votes = votes[votes.index.isin(states)]
    return votes.value_counts(normalize=True).reindex(VOTES, fill_value=0.0).to_dict()


VOTES = ("yes", "no", "abstain", "absent")


def force_cases() -> pd.DataFrame:
    """Cases of force between two members, with the organisations both belonged to at the time."""
    cases = load("force_between_members")
    shared = []
    for case in cases.itertuples():
        date = f"{case.start_date:%Y-%m-%d}"
        both = {case.iso3_a, case.iso3_b}
        shared.append(", ".join(o for o in THREE if both <= set(members(o, on=date)["iso3"])))
    return cases.assign(both_members_of=shared)


def motive_matrix() -> pd.DataFrame:
    """Members × motives, 1 where the chapter names the motive for the member."""
    motives = load("ch5_member_motives")
    return pd.crosstab(motives["country"], motives["motive"]).clip(upper=1)


def mean_jaccard(diagonal: bool = False, union_of_all: bool = False) -> float:
    matrix = motive_matrix()
    pairs = measures.pairwise_jaccard(matrix)
    if union_of_all:  # the wrong denominator: all motives of all members
        pairs = matrix @ matrix.T / matrix.shape[1]
    upper = np.triu_indices(len(pairs), k=0 if diagonal else 1)
    return float(pairs.to_numpy()[upper].mean())


def security_words(column: str, terms: Iterable[str] = ("securit*", "econom*", "trade")) -> float:
    counts = load("ch5_terms").set_index("term")[column]
    return float(counts["securit*"] / counts[list(terms)].sum())


def source_types(distinct: bool = True) -> pd.Series:
    notes = load("ch5_citations")
    if distinct:
        notes = notes[notes["repeat_of_note"].isna()]
    return notes["source_type"].value_counts(normalize=True)


CLAIMS = {  # name in the exercise -> row of the table claims
    "founded": "C06",
    "world_gdp": "C07",
    "rats": "C23",
    "trade": "C64",
    "external_forces": "C42",
    "iran_admitted": "C05",
    "iran_april": "C18",
    "interbank": "C66",
    "loans": "C68",
    "economy_first": "C74",
}


def accepted_verdicts() -> dict[str, set[str]]:
    rows = claims.register().set_index("claim_id").loc[list(CLAIMS.values())]
    also = rows["also_accepted"].fillna("").str.split()
    return {name: {rows.at[i, "verdict"], *also[i]} for name, i in CLAIMS.items()}


def code_bands() -> dict[tuple[str, str], tuple[int, int]]:
    """(dimension, letter) -> the band that a careful coder can defend."""
    letter = {organisation: name for name, organisation in LETTERS.items()}
    rows = load("commitments")
    return {
        (row.dimension_id, letter[row.organisation]): (row.code_low, row.code_high)
        for row in rows.itertuples()
    }


def glued(answer) -> bool:
    """True if the totals are digits in a row: text that was added instead of numbers."""
    values = answer.values() if isinstance(answer, Mapping) else np.ravel(answer)
    return any(isinstance(v, str) and v.isdigit() and len(v) == 12 for v in values)


def wide_all() -> pd.DataFrame:
    return load("commitments").pivot(index="organisation", columns="dimension_id", values="code")


def absent_as_abstain() -> dict[str, float]:
    shares = vote_shares()
    return shares | {"abstain": shares["abstain"] + shares["absent"], "absent": 0.0}


def claimed_trade() -> float:
    totals = load("sco_trade_totals")
    return float(
        totals.loc[
            totals["measure"].str.startswith("claim") & totals["year"].eq(2019), "trade_usd_bn"
        ].iloc[0]
    )


# --- exercises ------------------------------------------------------------------------------

TOTALS = Numbers(
    labels=lambda: sorted(load("commitments")["organisation"].unique()),
    what="organisation",
    low=0,
    high=36,
)

EXERCISES = [
    first_guess(
        "5.prior",
        "Kept on your machine. You will meet this number again at the end of the page.",
    ),
    Exercise(
        id="5.1",
        title="Guess the totals",
        stage="predict",
        difficulty=1,
        form=Numbers(
            labels=lambda: THREE,
            what="organisation",
            low=0,
            high=36,
            example="{'NATO': 10, 'CSTO': 10, 'SCO': 10}",
        ),
        why="Kept. Exercise 5.3 will bring your guesses back.",
    ),
    Exercise(
        id="5.2a",
        title="Code the treaties blind",
        stage="investigate",
        difficulty=3,
        form=Codes(
            core=CORE_DIMENSIONS,
            items=("K", "M", "R"),
            groups=[f"D{number:02d}" for number in range(1, 13)],
        ),
        reference=code_bands,
        why="Every code can be defended. Inside the band does not mean equal to the key: compare the "
        "two below, and note for each difference which words carry your code.",
        misconceptions=(
            Misconception(
                "everything is strong",
                "You gave the top code to every treaty on mutual defence. Read the cards again: is "
                "help promised in each of them, or is the matter not mentioned at all?",
                wrong=lambda: {"D01": {"K": 3, "M": 3, "R": 3}},
            ),
            Misconception(
                "membership read as defence",
                "Treaty K gets a defence duty from you. Which of its lines promises help after an "
                "attack? Working together against crime and terrorism is not such a promise.",
                wrong=lambda: {"D01": {"K": 1}},
            ),
            Misconception(
                "strong defence duty read into treaty K",
                "Treaty K gets a firm defence duty from you. Which of its lines promises help after "
                "an attack? Working together against crime and terrorism is not such a promise.",
                wrong=lambda: {"D01": {"K": 2}},
            ),
            Misconception(
                "exercises read as command",
                "Joint exercises and meetings of ministers need no standing staff. For treaty K, "
                "look on the cards for a body with troops or officers of its own.",
                wrong=lambda: {"D04": {"K": 2}},
            ),
        ),
        hints=(
            "Code one dimension for all three treaties before you go to the next.",
            "Underline the verb: may, will try, shall, shall at once. It carries most of the code.",
            "If two anchors fit, take the lower one. If no card mentions the matter, it is absent.",
        ),
        see="the codebook rules above the cards",
    ),
    Exercise(
        id="5.2b",
        title="How far do two coders agree?",
        stage="investigate",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("agreement", "kappa"),
            what="measure",
            tolerance=0.006,
            example="{'agreement': 0.5, 'kappa': 0.5}",
        ),
        reference=coder_agreement,
        why="Two careful coders of the same lines differ in several cells. A weighted kappa near "
        "its upper end still means that totals one or two points apart tell nothing.",
        misconceptions=(
            Misconception(
                "percent",
                "Give the agreement as a share between 0 and 1, so that both measures share a scale.",
                wrong=lambda: {"agreement": coder_agreement()["agreement"] * 100},
            ),
            Misconception(
                "plain kappa",
                "Your kappa treats 0 against 3 and 2 against 3 as equally wrong. Codes have an order: "
                'use weights="quadratic".',
                wrong=lambda: {"kappa": coder_agreement(None)["kappa"]},
            ),
            Misconception(
                "linear weights",
                'You used linear weights; the task asks for weights="quadratic". Both are honest: '
                "say which one you report.",
                wrong=lambda: {"kappa": coder_agreement("linear")["kappa"]},
            ),
            Misconception(
                "key instead of first coder",
                "You compared the key with the second coder. The key was made after both had been "
                "compared, so it agrees too well: take the columns first and second.",
                wrong=key_agreement,
            ),
            Misconception(
                "all six organisations",
                "You used all six organisations; the task asks for NATO, CSTO and SCO. Many easy "
                "zeros of the other three change the result: that is worth a remark of its own.",
                wrong=lambda: coder_agreement("quadratic", LETTERS.values()),
            ),
        ),
        hints=(
            "Both measures take two columns of equal length: the first coder's codes and the second's.",
            "measures.percent_agreement(a, b) and measures.cohen_kappa(a, b, weights=...).",
            'Store both in a dict with the names "agreement" and "kappa".',
        ),
        see="the worked example with ten invented cells",
    ),
    letter_question(
        "5.2b-read",
        "Two coders, read from the table",
        "b",
        "Nearly all cells stand on the diagonal or right beside it.",
        {
            "a": (
                "same order, same codes",
                "Both put the SCO last, but look at the cells beside the diagonal: those are "
                "differences.",
            ),
            "c": (
                "differences are chance",
                "Chance would fill the corners of the table as well. Are they filled?",
            ),
            "d": (
                "only the formula tells",
                "The formula sums up what the table shows cell by cell. Where do most counts stand?",
            ),
        },
        "Put a finger on the diagonal: how many counts stand off it, and how far?",
        "the table of both coders above the task",
    ),
    Exercise(
        id="5.3",
        title="Totals of the commitment table",
        stage="run",
        difficulty=1,
        form=TOTALS,
        reference=totals,
        looks_back="5.1",
        why="You added twelve codes per organisation. Keep in mind that a total treats a duty to "
        "help in war and a budget line as the same kind of thing.",
        misconceptions=(
            Misconception(
                "text added",
                "Your total is text glued together, digit after digit. Codes must be numbers "
                "before they are added: .astype(int).",
                sees=glued,
                example=lambda: wide_all().astype(str).agg("".join, axis=1),
            ),
            Misconception(
                "mean for sum",
                "Your values look like the mean code of each organisation. A total adds: .sum().",
                wrong=lambda: load("commitments").groupby("organisation")["code"].mean(),
            ),
            Misconception(
                "rows counted",
                "You counted rows, and every organisation has one row for each dimension. "
                "Add the codes: .sum(), not .count() or .size().",
                wrong=lambda: load("commitments").groupby("organisation").size(),
            ),
            Misconception(
                "upper bounds",
                "You added the column code_high, the most generous reading. The task asks for the "
                "column code.",
                wrong=lambda: totals("code_high"),
            ),
            Misconception(
                "lower bounds",
                "You added the column code_low, the strictest reading. The task asks for the column "
                "code.",
                wrong=lambda: totals("code_low"),
            ),
        ),
        hints=(
            "Each organisation has twelve rows. Which verb collects the rows of one organisation?",
            'Group by "organisation", pick the column "code", then add.',
            'The pattern is table.groupby("a")["b"].sum(), with your own two column names.',
        ),
        see="'From concept to measure', where three invented treaties are added up by hand",
    ),
    Exercise(
        id="5.4",
        title="Where the gap is",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=lambda: list(load("commitment_dimensions")["dimension_id"]),
            what="dimension",
            low=-3,
            high=3,
            other_names=dimension_names,
            example="a Series with D01 to D12 as index",
        ),
        reference=gap,
        why="The difference of the two totals hides that some dimensions point the other way. Equal "
        "totals can hide opposite profiles, too: look at NATO and CSTO.",
        misconceptions=(
            Misconception(
                "sign turned round",
                "You took SCO minus NATO. Positive should mean: NATO's text binds more.",
                wrong=lambda: gap("SCO", "NATO"),
            ),
            Misconception(
                "absolute gap",
                "You took the size without the sign. Then nobody can see where the SCO's texts go "
                "further than NATO's.",
                wrong=lambda: gap().abs(),
            ),
            Misconception(
                "example unchanged",
                "This is still the gap between CSTO and SCO, the worked example. Which name in it has "
                "to change?",
                wrong=lambda: gap("CSTO", "SCO"),
            ),
            Misconception(
                "CSTO for SCO",
                "These are the gaps between NATO and the CSTO. The names differ by one letter; the "
                "organisations differ by more.",
                wrong=lambda: gap("NATO", "CSTO"),
            ),
        ),
        hints=(
            "A wide table has one row per organisation. A row is picked with .loc[name].",
            "Subtract one row from the other: the result has one value per dimension.",
        ),
        see="the worked pair of organisations just above the task",
    ),
    Exercise(
        id="5.5a",
        title="Five weightings and the minimum rule",
        stage="modify",
        difficulty=4,
        form=Grid(
            rows=lambda: (*weightings().index, "minimum"),
            columns=lambda: THREE,
            tolerance=0.006,
            example="a DataFrame with a row per weighting and a column per organisation",
        ),
        reference=by_weighting,
        why="First place changes hands with the weights: ties and two different leaders come out of the "
        "same codes. The SCO is third in each weighting, and level with the CSTO under the minimum "
        "rule. Report all rows.",
        misconceptions=(
            Misconception(
                "not divided by the weights",
                "Your values are weighted sums. A scheme with larger weights then gives larger values "
                "to everybody. Divide each row by the sum of its weights.",
                wrong=lambda: by_weighting(normalise=False).drop("minimum"),
            ),
            Misconception(
                "divided by twelve",
                "You divided by the number of dimensions. With weights of 3 the weights no longer add "
                "up to that number: divide by their sum.",
                wrong=lambda: by_weighting(normalise=False).loc[["promise"]] / 12,
            ),
            Misconception(
                "minimum of each dimension",
                "Your row minimum has one value per dimension (D01, D02, ...). Wanted is one per "
                "organisation: .min(axis=1) goes along the rows.",
                sees=lambda answer: "D01" in answer["minimum"],
                example=lambda: {
                    "equal": by_weighting().loc["equal"],
                    "minimum": wide_codes().min(),
                },
            ),
            Misconception(
                "maximum for minimum",
                "Your last row holds the highest code of each organisation. The minimum rule asks for "
                "its weakest commitment: .min(axis=1).",
                wrong=maximum_row,
            ),
        ),
        hints=(
            "A weighted mean is: code times weight, added up, divided by the sum of the weights.",
            "wide @ weights.loc['promise'] adds code times weight for all organisations at once.",
            "Then divide by weights.loc['promise'].sum(); the other three schemes go the same way.",
        ),
        see="the weighted mean worked out for the scheme 'equal'",
    ),
    Exercise(
        id="5.5b",
        title="Let the disputed codes vary",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("NATO ahead", "level", "CSTO ahead"),
            what="outcome",
            tolerance=0.04,
            share=True,
            example="{'NATO ahead': 0.3, 'level': 0.4, 'CSTO ahead': 0.3}",
        ),
        reference=band_outcomes,
        why="'NATO and CSTO tie' is one of many results that careful coders could have reached, and "
        "not even the most likely one. The bands decide, not the totals.",
        misconceptions=(
            Misconception(
                "ties counted as wins",
                "A tie seems to be counted as a win (>= where > is meant). The three shares must add "
                "up to 1 without counting any draw twice.",
                wrong=lambda: {
                    "NATO ahead": band_outcomes()["NATO ahead"] + band_outcomes()["level"]
                },
            ),
            Misconception(
                "counts for shares",
                "These are counts of draws. Divide by the number of draws: .mean() of True and False "
                "does it.",
                sees=lambda answer: sum(dict(answer).values()) > 101,
                example=lambda: {k: round(2000 * v) for k, v in band_outcomes().items()},
            ),
            Misconception(
                "one draw only",
                "One outcome has everything: that is a single draw, or the totals without the bands. "
                "One draw is an anecdote; repeat it 2,000 times.",
                sees=lambda answer: sorted(dict(answer).values()) == [0, 0, 1],
                example=lambda: {"NATO ahead": 0.0, "level": 1.0, "CSTO ahead": 0.0},
            ),
        ),
        hints=(
            "The cell above draws totals for SCO. What has to change for the other two?",
            "(nato > csto).mean() is the share of draws in which the first is larger.",
        ),
        see="the cell that draws 2,000 totals for the SCO",
    ),
    letter_question(
        "5.5b-read",
        "The ranking, read from the figure",
        "c",
        "The lead depends on the weights; the distance of the third does so much less.",
        {
            "a": (
                "always NATO",
                "Look at the row 'promise' on the left: which marker stands furthest to the right?",
            ),
            "b": (
                "the SCO often first",
                "Look at the third bar on the right. How often does that happen?",
            ),
            "d": (
                "a tie is sameness",
                "Equal totals can hide opposite profiles. Look at the profile figure again.",
            ),
        },
        "Look at the left panel for (a) and (d), at the right panel for (b) and (c).",
        "the figure above the task",
    ),
    Exercise(
        id="5.6a",
        title="Half of the world?",
        stage="fact-check",
        difficulty=3,
        form=Numbers(
            labels=lambda: SHARE_COLUMNS,
            what="measure",
            tolerance=0.0015,
            share=True,
            low=0,
            high=100,
            example="{'population_m': 0.1, 'gdp_usd_bn': 0.1, 'gdp_ppp_bn': 0.1}",
        ),
        reference=world_shares,
        why="The same eight states hold three different shares of the world. Neither page of the "
        "chapter names its measure; one of the two comes close by one of them.",
        misconceptions=(
            Misconception(
                "members of today",
                "You used the members of a later date. The chapter speaks of 2022-23: "
                'members("SCO", on="2022-09-16").',
                wrong=lambda: world_shares(members("SCO", on="2025-01-01")["iso3"]),
            ),
            Misconception(
                "Iran counted in",
                "Iran seems to be in your sum. On the day of the Samarkand summit it was not yet a "
                "member, whatever the chapter's first page says.",
                wrong=lambda: world_shares(members("SCO", on="2023-07-04")["iso3"]),
            ),
            Misconception(
                "observers counted in",
                "Observers seem to be in your sum. They take part in meetings; they are not members.",
                wrong=lambda: world_shares(sco_and_others("observer")),
            ),
            Misconception(
                "world of another year",
                "Your states are those of one year, your world total is that of another: take the row "
                "of world_totals for the same year.",
                wrong=lambda: world_shares(world_year=2001),
            ),
            Misconception(
                "the year of the founding",
                "Your shares are those of another year. The text speaks of the present of 2022: "
                "year == 2022.",
                wrong=lambda: world_shares(year=2001),
            ),
        ),
        hints=(
            'members("SCO", on="2022-09-16")["iso3"] gives the list of states.',
            "Keep the rows of country_year with year 2022 and .isin(that list), then add up.",
            "Divide by the row of world_totals of the same year, column by column.",
        ),
        see="'Measures of size' above, where the founders' shares of 2001 are computed",
    ),
    Exercise(
        id="5.6b",
        title="Twenty times the trade?",
        stage="fact-check",
        difficulty=3,
        form=Number(tolerance=0.06, low=0, high=1000),
        reference=lambda: trade(2019, eight()) / trade(2000, eight()),
        why="With the same eight states in both years, trade grew a great deal and yet far less than "
        "printed. The printed factor needs different states in the two years.",
        misconceptions=(
            Misconception(
                "membership mixed",
                "You divided eight members of the later year by six of the earlier. That mixes the "
                "growth of trade with the growth of the club: use the same states in both years.",
                wrong=lambda: trade(2019, eight()) / trade(2000, six()),
            ),
            Misconception(
                "six founders",
                "This is the factor for the six founders. It is an honest number, but the task asks "
                "for the eight members of 2019 in both years.",
                wrong=lambda: trade(2019, six()) / trade(2000, six()),
            ),
            Misconception(
                "the claim's own base",
                "You divided the printed total by our sum for 2000. Both values must come from one "
                "source, counted one way: the printed total seems to count each flow at both ends.",
                wrong=lambda: claimed_trade() / trade(2000, eight()),
            ),
            Misconception(
                "upside down",
                "You divided the earlier year by the later one.",
                wrong=lambda: trade(2000, eight()) / trade(2019, eight()),
            ),
        ),
        hints=(
            "Each row of sco_trade_pairs is one pair of states in one year, counted once.",
            "Add the pairs of 2019, add the pairs of 2000, divide.",
        ),
        see="the table of pairs above the task",
    ),
    Exercise(
        id="5.6c",
        title="Ten verdicts",
        stage="fact-check",
        difficulty=3,
        form=Choices(items=tuple(CLAIMS), options=VERDICTS),
        reference=accepted_verdicts,
        why="Ten defensible verdicts, among them plain 'supported' ones. Checking is not hunting for "
        "slips: a fact-checker who never confirms anything is as biased as one who always does.",
        misconceptions=(
            Misconception(
                "founding: one page only",
                "founded: you followed one page. Another page of the same chapter, and the count of "
                "summits on p. 77 itself, give another year.",
                wrong=lambda: {"founded": "supported"},
            ),
            Misconception(
                "founding: outdated",
                "founded: a founding year does not go out of date. 'Outdated' is for what changed "
                "after February 2023.",
                wrong=lambda: {"founded": "outdated_since_publication"},
            ),
            Misconception(
                "half of GDP: supported",
                "world_gdp: by which measure would it be half? Go back to your three shares, and to "
                "p. 93, where the chapter gives another figure.",
                wrong=lambda: {"world_gdp": "supported"},
            ),
            Misconception(
                "half of GDP: wider circle",
                "world_gdp: a caveat must name a reading that makes the sentence true. Does even the "
                "widest circle of observers and partners reach it?",
                wrong=lambda: {"world_gdp": "supported_with_caveat"},
            ),
            Misconception(
                "RATS: supported",
                "rats: compare the opening of the Secretariat and of the anti-terrorist structure in "
                "sco_bodies and sco_timeline. How many years lie between them?",
                wrong=lambda: {"rats": "supported"},
            ),
            Misconception(
                "RATS: outdated",
                "rats: both bodies had opened long before the book was printed, so time cannot have "
                "overtaken the sentence.",
                wrong=lambda: {"rats": "outdated_since_publication"},
            ),
            Misconception(
                "trade: supported",
                "trade: your own factor for the same eight states is not near the printed one. What "
                "must a reader be told before the sentence holds?",
                wrong=lambda: {"trade": "supported"},
            ),
            Misconception(
                "external forces: sense for wording",
                "external_forces: the sentence says 'explicitly' and puts two words in quotation "
                "marks. Are those words in the treaties? Sense and wording are two tests.",
                wrong=lambda: {"external_forces": "supported"},
            ),
            Misconception(
                "RATS: other page",
                "rats: does another page of the chapter give another year? If not, the text agrees "
                "with itself, and only the record can disagree.",
                wrong=lambda: {"rats": "internally_inconsistent"},
            ),
            Misconception(
                "Iran: admitted with a caveat",
                "iran_admitted: a caveat adds a condition under which the sentence holds. Is there a "
                "reading of 'formally admitted' that fits p. 80 and the date of membership?",
                wrong=lambda: {"iran_admitted": "supported_with_caveat"},
            ),
            Misconception(
                "Iran: a plan is not an event",
                "iran_april: the plan is reported rightly. But a reader of today asks whether it came "
                "about then; compare the date in memberships.",
                wrong=lambda: {"iran_april": "supported"},
            ),
            Misconception(
                "Iran: admitted",
                "iran_admitted: compare with p. 80 of the same chapter and with the date in "
                "memberships. Signing a memorandum is not yet membership.",
                wrong=lambda: {"iran_admitted": "supported"},
            ),
            Misconception(
                "Iran: contradicted by the future",
                "iran_april: the text reports a plan and could not know July 2023. Keep what was "
                "wrong apart from what time overtook.",
                wrong=lambda: {"iran_april": "contradicted"},
            ),
            Misconception(
                "caveat for safety",
                "interbank: a caveat needs a reason. Does anything in the record qualify this year?",
                wrong=lambda: {"interbank": "supported_with_caveat"},
            ),
            Misconception(
                "loans: doubt without a reason",
                "loans: the numbers were checked against the bank's own report. Suspicion of a source "
                "is no verdict: name what is wrong with the sentence, or let it stand.",
                wrong=lambda: {"loans": "supported_with_caveat"},
            ),
            Misconception(
                "importance counted",
                "economy_first: which of our tables measures importance? Name the measure before the "
                "verdict; if you can choose it freely, the verdict is yours and not the data's.",
                wrong=lambda: {"economy_first": "supported"},
            ),
            Misconception(
                "importance refuted by counts",
                "economy_first: more words or more bodies for security do not refute a judgement "
                "about importance. Which measure would both sides accept?",
                wrong=lambda: {"economy_first": "contradicted"},
            ),
        ),
        hints=(
            "Read each sentence as a lawyer would: which words carry the claim?",
            "Two questions decide most cases. Does the book say something else on another page? "
            "Could the authors have known it in February 2023?",
        ),
        see="the six verdicts, explained above the task",
    ),
    Exercise(
        id="5.7a",
        title="Put five lines in order",
        stage="investigate",
        difficulty=2,
        form=Ordering(labels=("A", "B", "C", "D", "E")),
        reference=lambda: ("B", "A", "C", "D", "E"),
        why="Load, reshape, compare, choose the pairs, average: most analyses have this skeleton.",
        misconceptions=(
            Misconception(
                "table before load",
                "The first line of yours uses the name motives before any line has made it.",
                wrong=lambda: ("A", "B", "C", "D", "E"),
            ),
            Misconception(
                "pairs chosen too early",
                "D asks for the size of the table of pairs before that table exists.",
                wrong=lambda: ("B", "A", "D", "C", "E"),
            ),
        ),
        hints=("Ask of each line: which name does it need, and which line makes that name?",),
        see="the five lines above the task",
    ),
    Exercise(
        id="5.7b",
        title="In the eye of the beholder",
        stage="make",
        difficulty=4,
        form=Number(tolerance=0.002, low=0, high=1),
        reference=mean_jaccard,
        why="On average two members share less than a third of their motives as the chapter tells "
        "them, and no motive is named for all: this fits the first thesis. The list is ours, "
        "made from two pages: another coder could split or join motives.",
        misconceptions=(
            Misconception(
                "union of all motives",
                "You divided by all motives in the table. Jaccard divides by the union of these two "
                "members' motives only.",
                wrong=lambda: mean_jaccard(union_of_all=True),
            ),
            Misconception(
                "members compared with themselves",
                "The diagonal is in your mean: every member is perfectly like itself. Take the cells "
                "above the diagonal only.",
                wrong=lambda: mean_jaccard(diagonal=True),
            ),
            Misconception(
                "whole square averaged",
                "You averaged the whole square: each pair twice and each member with itself. Take the "
                "cells above the diagonal only.",
                wrong=lambda: float(measures.pairwise_jaccard(motive_matrix()).to_numpy().mean()),
            ),
        ),
        hints=(
            "pairwise_jaccard gives a square table; each pair stands in it twice.",
            "np.triu_indices(n, k=1) names the cells above the diagonal.",
        ),
        see="the Jaccard index worked out for China and Kazakhstan",
    ),
    letter_question(
        "5.7b-read",
        "Motives, read from the figure",
        "d",
        "No column is full, and many pairs of rows have no square in the same column.",
        {
            "a": (
                "one motive for all",
                "Such a motive would be a column with a square in every row. Is there one?",
            ),
            "b": (
                "most is shared",
                "Take three pairs at random and count what they share. Is it more than half each time?",
            ),
            "c": (
                "India and Pakistan apart",
                "Look at their two rows: is there no column in which both have a square?",
            ),
        },
        "Test each sentence against the columns first, then against two rows.",
        "the figure above the task",
    ),
    Exercise(
        id="5.8",
        title="What the chapter talks about",
        stage="investigate",
        difficulty=2,
        form=Numbers(
            labels=lambda: ("count_body", "count_with_notes"),
            what="column",
            tolerance=0.006,
            share=True,
            low=0,
            high=100,
            example="{'count_body': 0.5, 'count_with_notes': 0.5}",
        ),
        reference=lambda: {c: security_words(c) for c in ("count_body", "count_with_notes")},
        why="A chapter that calls security secondary uses the word more than all economic words "
        "together. It has to: it argues against those who put security first. Frequency is not "
        "importance.",
        misconceptions=(
            Misconception(
                "all terms in the denominator",
                "Your denominator holds every term of the table. The task compares security words "
                "with economic words only.",
                wrong=lambda: {
                    c: security_words(c, load("ch5_terms")["term"])
                    for c in ("count_body", "count_with_notes")
                },
            ),
            Misconception(
                "ratio instead of share",
                "You divided security words by economic words. A share divides by both together.",
                wrong=lambda: {
                    c: 1 / (1 / security_words(c) - 1) for c in ("count_body", "count_with_notes")
                },
            ),
        ),
        hints=(
            "terms.loc[...] picks rows by name: one for the numerator, three for the denominator.",
            "Security words divided by the sum of security words and the two economic terms.",
        ),
        see="the table of counts above the task",
    ),
    Exercise(
        id="5.9",
        title="Who is quoted?",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: sorted(load("ch5_citations")["source_type"].unique()),
            what="source type",
            tolerance=0.006,
            share=True,
            example="a Series with a share for each source type",
        ),
        reference=source_types,
        why="Academic work and think tanks make up most of the sources, official pages and "
        "state-funded media a quarter. The table does not say from where an author writes: to "
        "test the aim of p. 78, to listen to local actors, you would have to add that column.",
        misconceptions=(
            Misconception(
                "repeats counted",
                "You counted citations, not sources: several notes cite a source named before. Keep "
                "the rows whose repeat_of_note is empty.",
                wrong=lambda: source_types(distinct=False),
            ),
            Misconception(
                "counts for shares",
                "These are counts. A share divides by the total: value_counts(normalize=True).",
                wrong=lambda: (
                    load("ch5_citations")
                    .query("repeat_of_note.isna()")["source_type"]
                    .value_counts()
                ),
            ),
        ),
        hints=(
            "An empty cell is not the text ''. Ask for it with .isna().",
            "notes['repeat_of_note'].isna() is True for a source named for the first time.",
            "value_counts(normalize=True) counts and divides in one step.",
        ),
        see="the note on citations and sources above the task",
    ),
    Exercise(
        id="5.10",
        title="Two indicators of your own",
        stage="make",
        difficulty=5,
        form=Indicators(columns=("security", "economic"), first_year=2001, last_year=2022),
        why="The table has the right form: two indicators, the same years, nothing missing. Whether "
        "they measure what you say is for you and your partner to argue; the rubric helps.",
        hints=(
            "Choose what one unit of 'security' is (an exercise? a body? an event?) and write it down "
            "before you count.",
            ".groupby('year').size() counts; .reindex(range(2001, 2023), fill_value=0) brings back "
            "years without any.",
            "The same unit on both sides makes the two columns comparable.",
        ),
        see="the three tables listed above the task",
    ),
    Exercise(
        id="5.12",
        title="Do members vote alike?",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: VOTES,
            what="vote",
            tolerance=0.006,
            share=True,
            low=0,
            high=100,
            example="{'yes': 0.25, 'no': 0.25, 'abstain': 0.25, 'absent': 0.25}",
        ),
        reference=vote_shares,
        why="The members stayed together in not condemning, and apart in how: one against, most "
        "abstaining, one away. That is some likeness of outlook and no common line. One vote on one "
        "question is a thin test of a thesis about norms.",
        misconceptions=(
            Misconception(
                "members of today",
                "You used the members of a later date. The vote was on 2 March 2022.",
                wrong=lambda: vote_shares(on="2024-12-31"),
            ),
            Misconception(
                "absent counted as abstaining",
                "An absent state seems to be counted as abstaining. An abstention is a recorded act.",
                wrong=lambda: absent_as_abstain(),
            ),
            Misconception(
                "another organisation",
                "These are the votes of NATO's members, the worked example.",
                wrong=lambda: vote_shares(organisation="NATO"),
            ),
        ),
        hints=(
            "Change the organisation in the example; the date stays.",
            "value_counts leaves out a vote that nobody cast: .reindex([...], fill_value=0) adds it.",
        ),
        see="the example with NATO's members above the task",
    ),
    letter_question(
        "5.peer",
        "Peer question",
        "c",
        "It is costly, specific, public, and it names the adversary: aims against NATO, adopted by "
        "all. The promise in (b) would make the SCO more like NATO in form, which is another thing.",
        {
            "a": (
                "a joint exercise",
                "An exercise is cheap and can be aimed at rebels as well as at armies. Does it bind "
                "anybody on the day of an attack, and does it name an adversary?",
            ),
            "b": (
                "like NATO, not against NATO",
                "Such a promise would make the SCO like NATO in form. The CSTO has one. Is the CSTO "
                "against NATO for that reason? Ask about the aim, not about the form.",
            ),
            "d": (
                "a title",
                "A title tells what an analyst thinks. The claim is about what the organisation is "
                "and does.",
            ),
        },
        "Two questions: what would it cost the members, and at whom is it aimed?",
        "the note on being like NATO and being against NATO, before the data lab",
        difficulty=2,
    ),
    Exercise(
        id="5.11a",
        title="Who makes what a matter of security?",
        stage="write",
        difficulty=3,
        form=Essay(least_words=8, parts=("NATO 1949", "CST 1992", "SCO Charter 2002")),
        why="Kept. Compare with the model table in the solutions: where you differ, who reads the "
        "text more closely?",
    ),
    essay("5.11b"),
    second_guess("5.exit", looks_back="5.prior"),
]
