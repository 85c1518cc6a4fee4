"""Unit 6, propaganda, digital diplomacy, meme wars: its exercises, tables and drawings.

Every reference below is computed from the tables when it is asked for. The runs of the spread
model are seeded one by one, so that they give the same numbers everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from multipolarity import claims, measures
from multipolarity.exercise import Exercise, Misconception
from multipolarity.forms import (
    Choices,
    Essay,
    Grid,
    Number,
    Numbers,
    Ordering,
    is_open,
    read_option,
)
from multipolarity.tables import load
from multipolarity.units.shared import (
    VERDICTS,
    essay,
    first_guess,
    letter_question,
    second_guess,
)

INVENTED = "*Invented: none of these states, places, persons and posts exists.*"
CAMPS = ("Velmora-aligned", "Tarsolia-aligned", "third party")
VARIABLES = ("technique", "frame", "call_to_act")
TWENTY = (  # seven posts of each warring camp, six of third parties
    *("P02", "P04", "P06", "P09", "P10", "P12", "P13"),
    *("P22", "P25", "P26", "P29", "P30", "P32", "P37"),
    *("P43", "P45", "P50", "P54", "P55", "P58"),
)
MILD = (  # the same numbers of posts, without insult and threat
    *("P01", "P05", "P08", "P10", "P14", "P16", "P18"),
    *("P21", "P22", "P24", "P27", "P29", "P30", "P36"),
    *("P42", "P45", "P47", "P49", "P54", "P57"),
)
BY_RULE = ("P12", "P25", "P35", "P37", "P38", "P51")  # persons branded, or a thing coloured?
RUNS = 400


# --- posts and codes ------------------------------------------------------------------------


def posts() -> pd.DataFrame:
    return load("teaching_posts").set_index("post_id")


def show(numbers: Sequence[str]):
    """The posts with these numbers, one to a paragraph, under the banner of the invented world."""
    from IPython.display import Markdown

    words = posts()["description"]
    return Markdown("\n\n".join([INVENTED, *(f"**{n}** · {words[n]}" for n in numbers)]))


def codebook(variable: str, second: bool = False) -> pd.DataFrame:
    """The rules of one variable; `second=True`: those that were sharpened, before and after."""
    rows = load("teaching_codebook").query("variable == @variable").set_index("code")
    if second:
        return rows.dropna(subset=["second_rule"])[["rule", "second_rule"]]
    return rows[["rule"]]


def codes(variable: str, reading: int = 1) -> pd.DataFrame:
    """One row per post, one column per coder. reading 1: first rules; 2: sharper rules."""
    table = load("teaching_codes" if reading == 1 else "teaching_recodes")
    return table.pivot(index="post_id", columns="coder", values=variable)


def recoded_where_disputed() -> pd.DataFrame:
    """The second reading for the posts that were disputed, the first for all others."""
    first, second = codes("technique"), codes("technique", reading=2)
    return first.where(first["A"] == first["B"], second)


def steps(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """For each table of two coders: posts, observed agreement, and chance as kappa and alpha see it.

    Kappa takes chance from each coder's own frequencies, alpha from all codes in one urn, drawn
    without putting back; for two coders without gaps both are (observed - chance) / (1 - chance).
    """
    rows = {}
    for name, table in tables.items():
        urn = pd.concat([table["A"], table["B"]]).value_counts()
        rows[name] = {
            "posts": len(table),
            "observed": agreement(table),
            "chance (kappa)": chance(table["A"], table["B"]),
            "chance (alpha)": (urn * (urn - 1)).sum() / (urn.sum() * (urn.sum() - 1)),
        }
    return pd.DataFrame(rows).T.astype({"posts": int}).round(4)


def agreement(table: pd.DataFrame) -> float:
    return measures.percent_agreement(table["A"], table["B"])


def kappa(table: pd.DataFrame) -> float:
    return measures.cohen_kappa(table["A"], table["B"])


def chance(first: pd.Series, second: pd.Series) -> float:
    """Agreement to be expected by chance from two coders' frequencies."""
    one, two = first.value_counts(normalize=True), second.value_counts(normalize=True)
    return float((one * two).sum())


def jokes() -> pd.Series:
    return posts()["humour"] == 1


def _my_codes(mine) -> pd.Series:
    """The filled cells of a coding sheet; whatever is no known code counts as not coded."""
    options = tuple(load("teaching_codebook").query("variable == 'technique'")["code"])
    found = {}
    if isinstance(mine, (Mapping, pd.Series)):
        for post, code in mine.items():
            try:
                if not is_open(code):
                    found[post] = read_option(code, options, "")
            except Exception:  # an odd entry stops no table
                continue
    return pd.Series(found, dtype="str").reindex(posts().index)


def by_camp(mine=None) -> pd.DataFrame:
    """Posts with a technique by camp: both coders over all posts and, if coded, yours."""
    table = (codes("technique") != "none").groupby(posts()["side"]).sum().loc[list(CAMPS)]
    table.columns = [f"coder {c}" for c in table.columns]
    table.insert(0, "posts", posts()["side"].value_counts())
    own = _my_codes(mine).dropna()
    if len(own):
        side = posts()["side"].loc[own.index]
        table["you"] = (own != "none").groupby(side).sum().reindex(table.index, fill_value=0)
        table["you coded"] = side.value_counts().reindex(table.index, fill_value=0)
    return table.rename_axis(index=None, columns=None)


def three_coders(mine=None) -> pd.DataFrame:
    """The technique codes of A and B and, where you coded, yours: gaps are NaN."""
    table = codes("technique").astype(object)
    own = _my_codes(mine).astype(object)
    if own.notna().any():
        table["you"] = own.where(own.notna(), np.nan)
    return table.rename_axis(columns=None)


# --- the network ----------------------------------------------------------------------------


def network():
    """The invented accounts and their ties as a graph of networkx."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(load("toy_accounts")["account_id"])
    graph.add_edges_from(load("toy_edges")[["source", "target"]].itertuples(index=False))
    return graph


def centrality() -> pd.DataFrame:
    """Number of ties and betweenness of each account."""
    import networkx as nx

    graph = network()
    return pd.DataFrame(
        {"ties": dict(graph.degree), "betweenness": nx.betweenness_centrality(graph)}
    )


@lru_cache
def friends(without: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """Each account's neighbours, in the order of the table; `without`: accounts taken away."""
    ties = {name: [] for name in load("toy_accounts")["account_id"] if name not in without}
    for one, other in load("toy_edges")[["source", "target"]].itertuples(index=False):
        if one in ties and other in ties:
            ties[one].append(other)
            ties[other].append(one)
    return {name: tuple(sorted(names)) for name, names in ties.items()}


def one_run(start: str, run: int, beta: float, gamma: float, without: tuple[str, ...]) -> int:
    """Accounts reached by one run of the SIR model. The seed is 1000 + run."""
    ties, rng = friends(without), np.random.default_rng(1000 + run)
    sharing, reached = {start}, {start}
    while sharing:
        new = set()
        for account in ties:
            heard = 0 if account in reached else sum(f in sharing for f in ties[account])
            if heard and rng.random() < 1 - (1 - beta) ** heard:
                new.add(account)
        sharing = {a for a in ties if a in sharing and rng.random() >= gamma} | new
        reached |= new
    return len(reached)


@lru_cache
def _runs(start: str, beta: float, gamma: float, runs: int, without: tuple[str, ...]) -> tuple:
    return tuple(one_run(start, run, beta, gamma, without) for run in range(runs))


def spread(
    start: str,
    beta: float = 0.10,
    gamma: float = 0.40,
    runs: int = RUNS,
    without: Collection[str] = (),
) -> pd.Series:
    """Simple contagion: how many accounts each of many runs reaches.

    beta   chance that a sharing friend passes the message on in one step
    gamma  chance that an account stops sharing after a step
    """
    without = (without,) if isinstance(without, str) else tuple(without)
    if start not in friends(without):
        raise ValueError(f"there is no account {start!r} to start from; use A00 to A44")
    return pd.Series(_runs(start, beta, gamma, runs, without), name=start)


def convinced(on: Collection[str], theta: float) -> set[str]:
    """Accounts outside `on` of whose friends at least the share theta is in `on`."""
    return {
        account
        for account, names in friends().items()
        if account not in on and sum(f in on for f in names) >= theta * len(names) - 1e-9
    }


def cascade(seeds: str | Collection[str], theta: float) -> int:
    """Complex contagion: how many accounts adopt in the end (Granovetter 1978, Watts 2002)."""
    on = {seeds} if isinstance(seeds, str) else set(seeds)
    while new := convinced(on, theta):
        on = on | new
    return len(on)


THETAS = (0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50)
DRAWS = 100


def seed_sets(close: bool, draws: int = DRAWS) -> list[tuple[str, ...]]:
    """Sets of five accounts, drawn by lot: one with four of its friends, or five without a tie.

    The seed of draw i is 5000 + i.
    """
    ties, found = friends(), []
    for draw in range(draws):
        rng = np.random.default_rng(5000 + draw)
        if close:
            popular = [name for name, names in ties.items() if len(names) >= 4]
            first = popular[rng.integers(len(popular))]
            order = rng.permutation(len(ties[first]))[:4]
            found.append((first, *(ties[first][i] for i in order)))
        else:
            chosen: list[str] = []
            for i in rng.permutation(len(ties)):
                name = list(ties)[i]
                if not any(name in ties[other] for other in chosen):
                    chosen.append(name)
            found.append(tuple(chosen[:5]))
    return found


@lru_cache
def _mean_cascades(close: bool) -> tuple[float, ...]:
    sets = seed_sets(close)
    return tuple(float(np.mean([cascade(seeds, t) for seeds in sets])) for t in THETAS)


def cascades() -> pd.DataFrame:
    """Accounts reached by threshold: from the hub, and means over many sets of five seeds."""
    table = {
        "hub A00 alone": [cascade("A00", t) for t in THETAS],
        f"five friends (mean of {DRAWS} sets)": _mean_cascades(close=True),
        f"five without ties (mean of {DRAWS} sets)": _mean_cascades(close=False),
    }
    return pd.DataFrame(table, index=pd.Index(THETAS, name="theta"))


# --- references -----------------------------------------------------------------------------


def first_guess_came_true() -> bool:
    """Did the two coders give the same main frame to at least two posts in three?"""
    return agreement(codes("frame")) >= 2 / 3


def defended(numbers: Sequence[str]) -> dict[str, set[str]]:
    """For each post the techniques that one of the coders gave it, in either reading."""
    tables = [codes("technique"), codes("technique", reading=2)]
    return {n: {t.at[n, c] for t in tables for c in "AB"} for n in numbers}


def agreements() -> dict[str, float]:
    return {v: agreement(codes(v)) for v in VARIABLES}


def ones() -> pd.DataFrame:
    """The 2 x 2 table of call_to_act: rows coder A, columns coder B."""
    table = codes("call_to_act")
    return pd.crosstab(table["A"], table["B"])


def kappa_in_steps() -> dict[str, float]:
    table = codes("call_to_act")
    return {
        "observed": agreement(table),
        "chance": chance(table["A"], table["B"]),
        "kappa": kappa(table),
    }


def coin_kappa() -> dict[str, float]:
    """The wrong chance: two codes, so one half."""
    return {"chance": 0.5, "kappa": (agreement(codes("call_to_act")) - 0.5) / 0.5}


def only_both_ones() -> float:
    """The wrong chance: the ones alone, without the zeros."""
    table = codes("call_to_act")
    return float((table["A"] == 1).mean() * (table["B"] == 1).mean())


def kappa_and_alpha() -> pd.DataFrame:
    rows = {v: codes(v) for v in VARIABLES}
    return pd.DataFrame(
        {
            "kappa": {v: kappa(t) for v, t in rows.items()},
            "alpha": {v: measures.krippendorff_alpha(t) for v, t in rows.items()},
        }
    )


def kappa_from_one_margin(coder: str = "A") -> dict[str, float]:
    """The wrong chance: one coder's frequencies squared."""
    found = {}
    for variable in ("technique", "frame"):
        table = codes(variable)
        expected = chance(table[coder], table[coder])
        found[variable] = (agreement(table) - expected) / (1 - expected)
    return found


def specific_agreement() -> dict[str, float]:
    """Of all codes 1 (or 0) given by both coders, the share that the other coder shares."""
    table = codes("call_to_act")
    same = table["A"] == table["B"]
    return {
        name: float(2 * (same & (table["A"] == code)).sum() / (table == code).sum().sum())
        for name, code in (("ones", 1), ("zeros", 0))
    }


def overlap_of_ones() -> float:
    """Posts that both call 1, over those that at least one calls 1."""
    table = codes("call_to_act") == 1
    return float(table.all(axis=1).sum() / table.any(axis=1).sum())


def apart(reading: int = 1) -> dict[str, float]:
    table = codes("technique", reading)
    return {"jokes": kappa(table[jokes()]), "others": kappa(table[~jokes()])}


def merged() -> dict[str, float]:
    """Kappa after two codes are made one, and after nine techniques are made one."""
    table = codes("technique")
    return {
        "two in one": kappa(table.replace("name_calling", "loaded_language")),
        "technique or none": kappa(table != "none"),
    }


def merged_agreement() -> dict[str, float]:
    table = codes("technique")
    return {
        "two in one": agreement(table.replace("name_calling", "loaded_language")),
        "technique or none": agreement(table != "none"),
    }


def by_rule() -> dict[str, set[str]]:
    """The codes of the second reading for the six posts of Exercise 6.6b."""
    table = codes("technique", reading=2).loc[list(BY_RULE)]
    return {post: set(row) for post, row in table.T.items()}


def new_kappas() -> dict[str, float]:
    return {
        "first reading": kappa(codes("technique")),
        "disputed posts only": kappa(recoded_where_disputed()),
        "all posts": kappa(codes("technique", reading=2)),
    }


STARTS = ("A00", "A03", "A11")  # a hub, a bridge, the edge
WATCHED = ("A00", "A03", "A35", "A11")


def mean_reach(runs: int = RUNS, beta: float = 0.10) -> dict[str, float]:
    return {start: float(spread(start, beta, runs=runs).mean()) for start in STARTS}


def first_runs() -> dict[str, float]:
    return {start: float(spread(start).iloc[0]) for start in STARTS}


def tipping_point(seeds: str = "A00") -> float:
    """The highest threshold of the list at which every account is reached."""
    everybody = len(friends())
    return max(theta for theta in THETAS if cascade(seeds, theta) == everybody)


def first_failure(seeds: str = "A00") -> float:
    everybody = len(friends())
    return min(theta for theta in THETAS if cascade(seeds, theta) < everybody)


REMOVED = {"nobody": (), "A00": ("A00",), "A15": ("A15",), "A03": ("A03",)}


def after_removal(start: str = "A07") -> dict[str, float]:
    """Mean reach of a message from A07 after one account has been taken away."""
    return {name: float(spread(start, without=gone).mean()) for name, gone in REMOVED.items()}


def from_the_hub() -> dict[str, float]:
    """The wrong start: the message begins at the hub itself."""
    gone = {name: gone for name, gone in REMOVED.items() if name != "A00"}
    return {name: float(spread("A00", without=out).mean()) for name, out in gone.items()}


def language_rules() -> dict[str, float]:
    """Share of articles that two rules label as their source did."""
    table = load("euvsdisinfo_language")
    sorts = table[["disinformation", "trustworthy"]]
    return {
        "by language": float(sorts.max(axis=1).sum() / table["total"].sum()),
        "always the same": float(sorts.sum().max() / table["total"].sum()),
    }


def mean_of_languages() -> float:
    """The wrong mean: every language counts the same, whatever its number of articles."""
    table = load("euvsdisinfo_language")
    return float((table[["disinformation", "trustworthy"]].max(axis=1) / table["total"]).mean())


def three_languages() -> float:
    """The unfinished sum: only the languages that the task spells out."""
    table = load("euvsdisinfo_language").set_index("language")
    larger = table[["disinformation", "trustworthy"]].max(axis=1)
    return float(larger[["English", "Russian", "Arabic"]].sum() / table["total"].sum())


TWO_CAMPS = pd.DataFrame(  # invented: accounts by camp and by what a classifier says
    {"bots": [160, 80], "not bots": [640, 120]}, index=["for Alba", "for Borea"]
)


def four_headlines() -> dict[str, float]:
    rows, columns = TWO_CAMPS.sum(axis=1), TWO_CAMPS.sum()
    return {
        "bots among Alba's": TWO_CAMPS.at["for Alba", "bots"] / rows["for Alba"],
        "bots among Borea's": TWO_CAMPS.at["for Borea", "bots"] / rows["for Borea"],
        "Alba's among bots": TWO_CAMPS.at["for Alba", "bots"] / columns["bots"],
        "Borea's among bots": TWO_CAMPS.at["for Borea", "bots"] / columns["bots"],
    }


def shares_of_all() -> dict[str, float]:
    """The wrong whole: all accounts."""
    whole = TWO_CAMPS.to_numpy().sum()
    return {
        "bots among Alba's": TWO_CAMPS.at["for Alba", "bots"] / whole,
        "bots among Borea's": TWO_CAMPS.at["for Borea", "bots"] / whole,
    }


def conditional_turned() -> dict[str, float]:
    right = four_headlines()
    return {
        "bots among Borea's": right["Borea's among bots"],
        "Borea's among bots": right["bots among Borea's"],
    }


STUDY_FACTS = {
    "one side": "geissler",
    "both sides": "smart",
    "two weeks": "smart",
    "classifier": "both",
    "minds": "neither",
    "all platforms": "neither",
}


def war_verdicts() -> dict[str, set[str]]:
    register = claims.register().set_index("claim_id")
    return {
        "label": {register.at["I27", "verdict"]},
        "first": {"not_testable_with_our_data"},
        "fifth": {"supported", "supported_with_caveat"},
        "russian": {"not_testable_with_our_data"},
        "ukrainian": {"not_testable_with_our_data"},
        "minds": {"not_testable_with_our_data"},
    }


# --- drawings -------------------------------------------------------------------------------


def draw_prevalence(source: str):
    """Kappa against how common a code is, at the agreement of call_to_act, equal margins."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    observed = agreement(codes("call_to_act"))
    share = np.linspace(0.045, 0.955, 200)
    curve = 1 - (1 - observed) / (2 * share * (1 - share))
    found = (codes("call_to_act") == 1).mean().mean()
    fig, ax = plt.subplots(figsize=(8, 4.4))
    ax.plot(share * 100, curve, color=f.BLUE)
    ax.plot(found * 100, kappa(codes("call_to_act")), "s", color=f.VERMILION, ms=9)
    ax.annotate(
        "call_to_act\nin our table",
        (found * 100, kappa(codes("call_to_act"))),
        xytext=(16, -4),
        textcoords="offset points",
        fontsize=9.5,
    )
    ax.axhline(observed, color=f.GREY, ls="--", lw=1)
    ax.text(50, observed + 0.02, "percent agreement, the same everywhere", ha="center", fontsize=9)
    ax.set_ylim(0, 1.02)
    ax.set_xlim(0, 100)
    title = "One agreement, many kappas"
    return f.finish(ax, title, "How common the code 1 is (% of posts)", "Cohen's kappa", source)


def draw_pairs_of_codes(source: str):
    """Coder A against coder B: a number in each cell, a ring where a joke is among the posts."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    order = list(codebook("technique").index)
    both = codes("technique")
    table = pd.crosstab(both["A"], both["B"]).reindex(index=order, columns=order, fill_value=0)
    funny = both[jokes()]
    laughs = pd.crosstab(funny["A"], funny["B"]).reindex(index=order, columns=order, fill_value=0)
    fig, ax = plt.subplots(figsize=(8.2, 6.4))
    for y, row in enumerate(order):
        for x, column in enumerate(order):
            number = table.at[row, column]
            if not number:
                continue
            same = row == column
            look = {"color": "#BBD9EC" if same else "#F6D3C3", "marker": "s", "s": 720}
            ax.scatter(x, y, **look)
            if laughs.at[row, column]:
                ax.scatter(x, y, marker="o", s=430, facecolors="none", edgecolors="black", lw=1.5)
            ax.text(x, y, number, ha="center", va="center", fontsize=10)
    names = [name.replace("_", " ") for name in order]
    names = [name.replace("exaggeration minimisation", "exaggeration") for name in names]
    ax.set_xticks(range(len(order)), names, rotation=40, ha="right")
    ax.set_yticks(range(len(order)), names)
    ax.set_xlim(-0.6, len(order) - 0.4)
    ax.set_ylim(len(order) - 0.4, -0.6)
    title = "Same post, two coders (ring: a joke is among the posts)"
    return f.finish(ax, title, "Coder B", "Coder A", source)


def places() -> dict[str, tuple[float, float]]:
    """A place for each account: three discs, the hub in the middle, its friends around it."""
    groups = load("toy_accounts").groupby("community", sort=False)["account_id"]
    ties = friends()
    centres = {"V": (0.0, 0.0), "T": (5.2, 0.0), "X": (2.6, -4.3)}
    found = {}
    for community, names in groups:
        names = list(names)
        hub = max(names, key=lambda n: len(ties[n]))
        rest = [n for n in names if n != hub]
        out = [n for n in rest if any(f not in names for f in ties[n])]
        inner = [n for n in rest if n in ties[hub]]
        x, y = centres[community]
        middle = np.mean(list(centres.values()), axis=0)
        towards = np.arctan2(middle[1] - y, middle[0] - x) + {"V": -0.12, "T": 0.15}.get(
            community, 0
        )
        rest.sort(key=lambda n: (n not in out, n))
        spots = sorted(range(len(rest)), key=lambda i: min(i, len(rest) - i))
        found[hub] = (x, y)
        for name, spot in zip(rest, spots, strict=True):
            angle = towards + 2 * np.pi * spot / len(rest)
            radius = 1.35 if name in inner else 1.85
            found[name] = (x + radius * np.cos(angle), y + radius * np.sin(angle))
    return found


def draw_network(source: str):
    """The three communities; size by ties, a thick rim for the six most 'between' accounts."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    at, table = places(), centrality()
    community = load("toy_accounts").set_index("account_id")["community"]
    looks = {"V": ("#BBD9EC", "o"), "T": ("#F6D3C3", "s"), "X": ("#CFE8D8", "h")}
    between = set(table["betweenness"].nlargest(6).index)
    fig, ax = plt.subplots(figsize=(8.6, 6.8))
    for one, names in friends().items():
        for other in names:
            if one < other:
                cross = community[one] != community[other]
                look = {"color": "black" if cross else "#BBBBBB", "lw": 1.4 if cross else 0.8}
                ax.plot(*zip(at[one], at[other], strict=True), zorder=1, **look)
    for name, (x, y) in at.items():
        colour, marker = looks[community[name]]
        rim = 2.4 if name in between else 0.7
        size = 190 + 55 * table.at[name, "ties"]
        ax.scatter(x, y, s=size, marker=marker, color=colour, edgecolors="black", lw=rim, zorder=2)
        ax.text(x, y, name[1:], ha="center", va="center", fontsize=8, zorder=3)
    for letter, (x, y) in {"V": (-2.0, 2.05), "T": (6.4, 2.05), "X": (5.0, -5.6)}.items():
        ax.text(x, y, f"community {letter}", fontsize=10)
    ax.set_axis_off()
    ax.set_aspect("equal")
    return f.finish(ax, "Forty-five invented accounts and their ties", "", "", source)


def sizes_in_classes() -> pd.DataFrame:
    """Percent of the runs by accounts reached: rows classes of size, columns starts."""
    names = {"A00": "hub A00", "A03": "bridge A03", "A11": "edge A11"}
    edges, labels = [0, 1, 4, 9, 19, 45], ["1", "2-4", "5-9", "10-19", "20 or more"]
    table = {
        f"{names[start]} (mean {spread(start).mean():.1f})": pd.cut(
            spread(start), edges, labels=labels
        ).value_counts(normalize=True, sort=False)
        for start in STARTS
    }
    return pd.DataFrame(table) * 100


def draw_runs(source: str):
    """In how many of the runs how many accounts were reached, by start."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    table = sizes_in_classes()
    fig, ax = plt.subplots(figsize=(8.4, 4.6))
    looks = ((f.BLUE, ""), (f.GREEN, ".."), (f.ORANGE, "//"))
    x = np.arange(len(table))
    for step, (column, (colour, hatch)) in enumerate(zip(table.columns, looks, strict=True)):
        look = {"color": colour, "hatch": hatch, "edgecolor": "white", "label": column}
        bars = ax.bar(x + (step - 1) * 0.27, table[column], 0.26, **look)
        ax.bar_label(bars, [f"{v:.0f}" for v in table[column]], fontsize=9)
    ax.set_xticks(x, table.index)
    ax.set_ylim(0, 90)
    ax.grid(axis="x", visible=False)
    ax.legend(loc="upper right")
    title = f"{RUNS} runs of one message, by where it starts"
    return f.finish(ax, title, "Accounts reached", "Percent of the runs", source)


def draw_cascades(source: str):
    """Accounts reached against the threshold, one line for each set of seeds."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    table = cascades()
    fig, ax = plt.subplots(figsize=(8, 4.6))
    looks = ((f.BLUE, "o", "-"), (f.GREEN, "D", "--"), (f.VERMILION, "s", ":"))
    for column, (colour, marker, line) in zip(table.columns, looks, strict=True):
        ax.plot(table.index, table[column], marker=marker, ls=line, color=colour, label=column)
    ax.set_ylim(0, 48)
    ax.set_xticks(THETAS, [f"{t:.2f}" for t in THETAS])
    ax.legend(loc="upper right")
    xlabel = "Threshold: share of friends that must share before one does"
    return f.finish(ax, "A tipping point", xlabel, "Accounts reached (of 45)", source)


# --- exercises ------------------------------------------------------------------------------

TECHNIQUES = (
    "loaded_language",
    "name_calling",
    "flag_waving",
    "appeal_to_fear",
    "exaggeration_minimisation",
    "doubt",
    "oversimplification",
    "whataboutism",
    "bandwagon",
    "none",
)
CASES = {
    "minister": "propaganda",
    "aunt": "misinformation",
    "forger": "disinformation",
    "editor": "agenda_setting",
    "headline": "framing",
    "cat": "meme",
}

CODING_WHY = (
    "Each of your codes is one that a coder of the course gave and could defend. That is not the same "
    "as one right answer: in several posts two codes are accepted."
)
EXERCISES = [
    first_guess("6.prior", why="Kept. Section 6 counts how often two coders gave the same frame."),
    Exercise(
        id="6.terms",
        title="Six words, six cases",
        stage="investigate",
        difficulty=1,
        form=Choices(items=tuple(CASES), options=tuple(sorted(set(CASES.values()))), what="case"),
        reference=lambda: {case: {word} for case, word in CASES.items()},
        why="Propaganda is defined by plan and purpose, disinformation by falsehood and intent, framing by "
        "selection, a meme by copying and change. None implies another.",
        misconceptions=(
            Misconception(
                "propaganda must be false",
                "minister: you call it false. Look again: is one of the figures wrong? What makes this "
                "case is a plan and a purpose.",
                wrong=lambda: {"minister": "disinformation"},
            ),
            Misconception(
                "error read as intent",
                "aunt: what she passes on is false. Does she know it, and does she want to deceive?",
                wrong=lambda: {"aunt": "disinformation"},
            ),
            Misconception(
                "intent overlooked",
                "forger: the content is false, and its maker knows it. Which of the two words asks for "
                "that?",
                wrong=lambda: {"forger": "misinformation"},
            ),
            Misconception(
                "topic and angle confused",
                "editor: she decides what people think about. The other word is for what they are led to "
                "see in it.",
                wrong=lambda: {"editor": "framing"},
            ),
            Misconception(
                "every joke on war is propaganda",
                "cat: nobody planned it, and it has no aim that we know of. What do thirty people do "
                "with it?",
                wrong=lambda: {"cat": "propaganda"},
            ),
        ),
        hints=(
            "Ask three questions of each case: is it false, is it planned, what does it select?",
            "Each word is used once. Begin with the two cases in which something is false.",
        ),
        see="the table of key terms",
    ),
    Exercise(
        id="6.1",
        title="Code twenty posts",
        stage="predict",
        difficulty=2,
        form=Choices(items=TWENTY, options=TECHNIQUES, what="post"),
        reference=lambda: defended(TWENTY),
        why=CODING_WHY,
        misconceptions=(
            Misconception(
                "coding the speaker",
                "P54: a government speaks, but code the words, not the speaker. Swap the sides: same "
                "code?",
                wrong=lambda: {"P54": "flag_waving"},
            ),
            Misconception(
                "need read as pressure",
                "P29: she asks for something that others need. Which words of the post make the reader "
                "afraid?",
                wrong=lambda: {"P29": "appeal_to_fear"},
            ),
            Misconception(
                "reasoned criticism",
                "P50: somebody's picture is called into question, but look for the reason. Does the rule "
                "allow one?",
                wrong=lambda: {"P50": "doubt"},
            ),
            Misconception(
                "counter-charge overlooked",
                "P32: what was the question, and is it answered? Read the rules for techniques that change "
                "the subject.",
                wrong=lambda: {"P32": "doubt"},
            ),
            Misconception(
                "strong word for label",
                "P02: the strong word stands for persons. Which of two neighbouring rules speaks of labels?",
                wrong=lambda: {"P02": "loaded_language"},
            ),
            Misconception(
                "invitation read as pride",
                "P10: the vlogger calls on a number of people, not on a nation's glory. What is the reason "
                "given to join?",
                wrong=lambda: {"P10": "flag_waving"},
            ),
        ),
        hints=(
            "Ask of each post: which words would I have to take out to make it plain?",
            "If no word has to go, look at the last rule of the codebook.",
            "For the jokes say the thing straight, without the joke. What does it claim?",
        ),
        see="the codebook above the posts",
    ),
    Exercise(
        id="6.1-mild",
        title="Twenty other posts",
        stage="predict",
        difficulty=2,
        form=Choices(items=MILD, options=TECHNIQUES, what="post"),
        reference=lambda: defended(MILD),
        why=CODING_WHY,
        misconceptions=(
            Misconception(
                "coding the speaker",
                "P05: a state channel speaks, but code the words, not the speaker. Swap the sides: same "
                "code?",
                wrong=lambda: {"P05": "exaggeration_minimisation"},
            ),
            Misconception(
                "a number of people read as size",
                "P16: does it make a thing larger, or does it tell the reader whom to follow?",
                wrong=lambda: {"P16": "exaggeration_minimisation"},
            ),
            Misconception(
                "praise of oneself",
                "P47: what is praised here, a nation or a package? Read the rule that speaks of size.",
                wrong=lambda: {"P47": "flag_waving"},
            ),
            Misconception(
                "news read as fear",
                "P24: bad news is not yet a threat. Which word of the post colours the report?",
                wrong=lambda: {"P24": "appeal_to_fear"},
            ),
        ),
        hints=(
            "Ask of each post: which words would I have to take out to make it plain?",
            "If no word has to go, look at the last rule of the codebook.",
        ),
        see="the codebook above the posts",
    ),
    letter_question(
        "6.2",
        "Which side does it more?",
        "c",
        "The posts were written so that each camp has fourteen with a technique. A count of this table "
        "measures its author's plan. Had a camp looked worse, that would have been the plan as well: a "
        "sample that nobody drew from anything says nothing about anybody.",
        {
            "a": (
                "one reader's margin",
                "You rest on one column. Compare it with the other coder's: do both show the gap?",
            ),
            "b": (
                "equality read as a finding",
                "Equal counts need an explanation, too. Where do the sixty posts come from?",
            ),
            "d": (
                "technique read as lie",
                "Read the codebook again: does any of its rules ask whether a post is true?",
            ),
        },
        "Read about('teaching_posts'): who chose how many posts of which kind there are?",
        "the printed table and about('teaching_posts')",
        difficulty=2,
    ),
    Exercise(
        id="6.3a",
        title="Percent agreement",
        stage="run",
        difficulty=1,
        form=Numbers(
            labels=lambda: VARIABLES,
            what="variable",
            tolerance=0.006,
            share=True,
            low=0,
            high=100,
        ),
        reference=agreements,
        why="The easiest-looking question has the highest number, the vaguest rules have the lowest.",
        misconceptions=(
            Misconception(
                "disagreement",
                "These are the shares of posts on which the coders differ. The other part is wanted.",
                wrong=lambda: {v: 1 - share for v, share in agreements().items()},
            ),
            Misconception(
                "second reading",
                "These look like the codes of the second reading. Exercise 6.3 is about the first.",
                wrong=lambda: {
                    v: agreement(codes(v, reading=2)) for v in ("technique", "call_to_act")
                },
            ),
            Misconception(
                "posts in place of shares",
                "These are numbers of posts. A share is wanted: divide by all the posts.",
                wrong=lambda: {v: round(60 * agreements()[v]) for v in ("frame", "call_to_act")},
            ),
            Misconception(
                "one variable three times",
                "All three values are those of the worked example. Change the name in quotation marks.",
                wrong=lambda: dict.fromkeys(VARIABLES, agreements()["technique"]),
            ),
        ),
        hints=("The worked example does technique. Only the name in quotation marks changes.",),
        see="the worked example above",
    ),
    Exercise(
        id="6.3b",
        title="Kappa by hand",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("observed", "chance", "kappa"),
            what="step",
            tolerance=0.006,
            example="{'observed': ..., 'chance': ..., 'kappa': ...}",
        ),
        reference=kappa_in_steps,
        why="Two coders who both say 0 nearly always agree nearly always, whatever they read. Kappa asks "
        "how much of the rest they got.",
        misconceptions=(
            Misconception(
                "chance is one half",
                "You took one half for chance, as with a coin. These coders do not toss coins: how often "
                "does each of them say 1?",
                wrong=coin_kappa,
            ),
            Misconception(
                "only the ones",
                "Chance can make two coders agree on 0 as well. Your second value has the ones alone.",
                wrong=lambda: {"chance": only_both_ones()},
            ),
            Misconception(
                "not divided",
                "You subtracted chance, but did not divide by what was left to reach. See the formula.",
                wrong=lambda: {"kappa": kappa_in_steps()["observed"] - kappa_in_steps()["chance"]},
            ),
            Misconception(
                "posts in place of shares",
                "Your first value counts posts. Divide by the number of posts.",
                wrong=lambda: {
                    "observed": float((codes("call_to_act").nunique(axis=1) == 1).sum())
                },
            ),
        ),
        hints=(
            "Observed: the two cells on the diagonal, divided by all posts.",
            "Chance: (A's share of 0 times B's share of 0) plus (A's share of 1 times B's share of 1).",
            "Kappa: (observed - chance) / (1 - chance).",
        ),
        see="the example by hand in Section 5",
    ),
    Exercise(
        id="6.3c",
        title="Kappa and alpha, three times",
        stage="modify",
        difficulty=3,
        form=Grid(
            rows=lambda: VARIABLES,
            columns=lambda: ("kappa", "alpha"),
            tolerance=0.0006,
            example="a dict of two dicts",
        ),
        reference=kappa_and_alpha,
        why="With two coders and no gap, kappa and alpha nearly agree. The variable with "
        "the highest agreement falls from the first place to the last.",
        misconceptions=(
            Misconception(
                "chance from one coder",
                "Chance needs both coders' margins. Your kappas use one coder's frequencies twice.",
                wrong=lambda: pd.DataFrame({"kappa": kappa_from_one_margin()}),
            ),
            Misconception(
                "percent agreement for kappa",
                "Your column kappa holds the plain agreement. Use measures.cohen_kappa.",
                wrong=lambda: pd.DataFrame({"kappa": agreements()}),
            ),
            Misconception(
                "columns swapped",
                "Kappa and alpha have changed places. They lie near each other, but each has its function.",
                wrong=lambda: kappa_and_alpha().set_axis(["alpha", "kappa"], axis=1),
            ),
        ),
        hints=(
            "measures.cohen_kappa takes two columns, measures.krippendorff_alpha the whole table.",
        ),
        see="the worked example above",
    ),
    Exercise(
        id="6.4",
        title="The few ones",
        stage="investigate",
        difficulty=3,
        form=Numbers(labels=lambda: ("ones", "zeros"), what="code", tolerance=0.006, share=True),
        reference=specific_agreement,
        why="The coders agree on the many zeros and hardly on the few ones. Percent agreement averages "
        "the two and hides the second, which is the one that we study.",
        misconceptions=(
            Misconception(
                "ones over posts",
                "You divided the common ones by all posts. Divide by the ones that the coders gave.",
                wrong=lambda: {"ones": 1 / 60},
            ),
            Misconception(
                "overlap of sets",
                "That is the overlap of the two sets (the Jaccard index of unit 2). Here a common post "
                "counts twice: it carries two ones.",
                wrong=lambda: {"ones": overlap_of_ones()},
            ),
            Misconception(
                "half counted",
                "You counted the common post once and the ones of both coders. It carries two of them.",
                wrong=lambda: {"ones": specific_agreement()["ones"] / 2},
            ),
        ),
        hints=(
            "How many ones did both coders give, taken together? How many of these lie in a common post?",
            "The same for the zeros, with the cell on the upper left.",
        ),
        see="the 2 x 2 table of Exercise 6.3b",
    ),
    letter_question(
        "6.4-read",
        "Is kappa broken?",
        "b",
        "Kappa measures how well coders tell posts apart. Where nearly all posts are alike, sixty posts "
        "hold little evidence on that, and kappa says so. It is not a verdict on the coders.",
        {
            "a": (
                "kappa is broken",
                "Look at the few ones before you blame the index: on how many of them do the coders meet?",
            ),
            "c": (
                "agreement is enough",
                "A machine that always says 0 would agree with coder A more often than B does. Hire it?",
            ),
            "d": (
                "careless coders",
                "Low kappa may come from few cases as well as from carelessness. Which does the table show?",
            ),
        },
        "Imagine a coder who sleeps and always writes 0. How often would she agree with coder A?",
        "Exercise 6.4 and the figure above",
        difficulty=2,
    ),
    Exercise(
        id="6.5",
        title="Jokes apart",
        stage="modify",
        difficulty=3,
        form=Numbers(labels=lambda: ("jokes", "others"), what="group", tolerance=0.0006),
        reference=apart,
        why="Without the jokes the scheme is good; on the jokes two coders agree less than chance. Irony "
        "says one thing and means another, and a rule for words does not say which to code.",
        misconceptions=(
            Misconception(
                "groups exchanged",
                "The two groups have changed places. The sign ~ turns True and False round.",
                wrong=lambda: {"jokes": apart()["others"], "others": apart()["jokes"]},
            ),
            Misconception(
                "plain agreement",
                "These are plain shares of agreement. The task asks for kappa.",
                wrong=lambda: {
                    "jokes": agreement(codes("technique")[jokes()]),
                    "others": agreement(codes("technique")[~jokes()]),
                },
            ),
            Misconception(
                "no filter",
                "Your second value is the kappa of all posts. Leave the jokes out.",
                wrong=lambda: {"others": kappa(codes("technique"))},
            ),
        ),
        hints=("technique[jokes] keeps the rows of the jokes, technique[~jokes] all others.",),
        see="the worked example in Exercise 6.3a",
    ),
    Exercise(
        id="6.5b",
        title="Fewer drawers",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("two in one", "technique or none"), what="scheme", tolerance=0.0006
        ),
        reference=merged,
        why="Merging two codes that are often exchanged helps a little. Merging all nine hardly helps: the "
        "jokes stay, and they are about whether there is a technique at all.",
        misconceptions=(
            Misconception(
                "plain agreement",
                "These are plain shares of agreement, and they always rise when codes are merged. Take "
                "kappa: chance rises, too.",
                wrong=merged_agreement,
            ),
            Misconception(
                "nothing merged",
                "Your first value is that of the ten codes as they were. Did replace change anything?",
                wrong=lambda: {"two in one": kappa(codes("technique"))},
            ),
        ),
        hints=(
            'technique.replace("name_calling", "loaded_language") makes one code of two.',
            'technique != "none" is a table of True and False: technique or none.',
        ),
        see="the explanation of replace in the task",
    ),
    Exercise(
        id="6.6a",
        title="Write two rules",
        stage="write",
        difficulty=3,
        form=Essay(least_words=15, parts=("label or coloured word", "jokes")),
        why="Kept. Compare with the course's rules below. Yours may be better: test them on a post that "
        "you have not used for writing them.",
    ),
    Exercise(
        id="6.6b",
        title="Six posts by the new rule",
        stage="investigate",
        difficulty=2,
        form=Choices(items=BY_RULE, options=("loaded_language", "name_calling"), what="post"),
        reference=by_rule,
        why="The rule asks what the word stands for, and a reader can look that up in the sentence. It "
        "does not ask which camp speaks, nor whether the label is deserved.",
        misconceptions=(
            Misconception(
                "by the first rule",
                "P12: whom does the cabinet consist of? The new rule asks what the noun stands for.",
                wrong=lambda: {"P12": "loaded_language"},
            ),
            Misconception(
                "adjective before noun",
                "P25: the adjective is strong, but there is a noun beside it. What goes before what?",
                wrong=lambda: {"P25": "loaded_language"},
            ),
            Misconception(
                "every insult is a label",
                "P35: is it a person that is called vile? Look for the noun behind the adjectives.",
                wrong=lambda: {"P35": "name_calling"},
            ),
            Misconception(
                "a noun for an event",
                "P38: the strong noun is there. Does it stand for persons?",
                wrong=lambda: {"P38": "name_calling"},
            ),
        ),
        hints=("Underline the strongest noun. Does it brand persons, or colour a thing?",),
        see="the second rule of name_calling, printed above",
    ),
    Exercise(
        id="6.6c",
        title="What a better rule is worth",
        stage="make",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("first reading", "disputed posts only", "all posts"),
            what="reading",
            tolerance=0.0006,
        ),
        reference=new_kappas,
        why="The rules help much. Whoever reads again only what was disputed can only win; whoever reads "
        "all sixty posts again also meets new disputes, and that is the number to report.",
        misconceptions=(
            Misconception(
                "plain agreement",
                "These are plain shares of agreement. The task asks for kappa.",
                wrong=lambda: {
                    "first reading": agreement(codes("technique")),
                    "all posts": agreement(codes("technique", reading=2)),
                },
            ),
            Misconception(
                "labels changed to agree",
                "You treat every disputed post as settled. Change the rule, then read again blind: some "
                "disputes stay.",
                wrong=lambda: {"disputed posts only": 1.0},
            ),
            Misconception(
                "part taken for the whole",
                "Your third value is that of the disputed posts. Which of the tables holds a second "
                "reading of everything?",
                wrong=lambda: {"all posts": kappa(recoded_where_disputed())},
            ),
        ),
        hints=(
            "Three tables: technique, mixed, second. One line for each, all three alike.",
            "measures.cohen_kappa takes the two columns of a table.",
        ),
        see="the cell above the task",
    ),
    Exercise(
        id="6.7a",
        title="Many ties, many paths",
        stage="modify",
        difficulty=3,
        form=Grid(
            rows=lambda: WATCHED,
            columns=lambda: ("ties", "betweenness"),
            tolerance=0.006,
            example="a table with a row per account",
        ),
        reference=lambda: centrality().loc[list(WATCHED)],
        why="Account A35 has three ties and stands on a fifth of all shortest paths: few ties, but the "
        "right ones. A hub is seen by many, a bridge joins those who would not meet.",
        misconceptions=(
            Misconception(
                "degree centrality",
                "Your ties are divided by 44: that is degree centrality. The task asks for their number.",
                wrong=lambda: centrality().loc[list(WATCHED), ["ties"]].div(len(friends()) - 1),
            ),
            Misconception(
                "paths counted, not shared",
                "Your betweenness is above 1: a count of paths. Leave normalized as it is.",
                wrong=lambda: centrality().loc[list(WATCHED), ["betweenness"]] * (44 * 43 / 2),
            ),
        ),
        hints=(
            "dict(graph.degree) has the number of ties, nx.betweenness_centrality(graph) the other.",
            "pd.DataFrame({'ties': ..., 'betweenness': ...}) makes a table; .loc[names] picks rows.",
        ),
        see="the worked example above",
    ),
    Exercise(
        id="6.7-guess",
        title="How far does it get?",
        stage="predict",
        difficulty=1,
        form=Numbers(labels=lambda: STARTS, what="start", low=1, high=45),
        why="Kept. The figure below has the answer, run by run.",
    ),
    Exercise(
        id="6.7b",
        title="A mean of many runs",
        stage="modify",
        difficulty=3,
        form=Numbers(labels=lambda: STARTS, what="start", tolerance=0.06, low=1, high=45),
        reference=mean_reach,
        why="Where a message starts matters, on average. In a single run it may matter little: many runs "
        "end early, a few go far.",
        misconceptions=(
            Misconception(
                "one run",
                "These are the sizes of the first run. One run is an anecdote: take the mean of all.",
                wrong=first_runs,
            ),
            Misconception(
                "too few runs",
                "Did you change the number of runs? With ten of them the mean still jumps about.",
                wrong=lambda: mean_reach(runs=10),
            ),
            Misconception(
                "medians",
                "These are medians, the middle run. The task asks for the mean. Why do they differ so "
                "much?",
                wrong=lambda: {start: float(spread(start).median()) for start in STARTS},
            ),
            Misconception(
                "another beta",
                "These runs have twice the chance of passing on. Leave beta at 0.10.",
                wrong=lambda: mean_reach(beta=0.20),
            ),
        ),
        hints=('unit.spread("A00") gives a Series of 400 sizes; .mean() its mean.',),
        see="the worked example above",
    ),
    letter_question(
        "6.7-read",
        "One run is an anecdote",
        "d",
        "Single cascades vary so much that one of them shows nothing about its start. That holds for "
        "real cascades as well: those we hear of were picked because they went far.",
        {
            "a": (
                "means read as every run",
                "A mean is about many runs. Compare single runs in the printed list: does the hub "
                "always win?",
            ),
            "b": (
                "one success as proof",
                "You picked the runs that went far. How many did not?",
            ),
            "c": (
                "chance read as equality",
                "Single runs overlap, but look at the bars for one account: are the three starts alike?",
            ),
        },
        "Read the two lines of single runs, number by number. Then look at the three means.",
        "the printed runs and the figure",
    ),
    Exercise(
        id="6.8a",
        title="Put six lines in order",
        stage="investigate",
        difficulty=2,
        form=Ordering(labels=("A", "B", "C", "D", "E", "F")),
        reference=lambda: ("C", "F", "B", "E", "A", "D"),
        why="Name the recipe, begin with the seeds, add the convinced as long as there are any, hand back "
        "the number. Only then can the recipe be used.",
        misconceptions=(
            Misconception(
                "use before the recipe",
                "Your order uses the function before it has been made.",
                wrong=lambda: ("D", "C", "F", "B", "E", "A"),
            ),
            Misconception(
                "loop before the seeds",
                "The loop asks who is on: which line says so at the beginning?",
                wrong=lambda: ("C", "B", "F", "E", "A", "D"),
            ),
            Misconception(
                "return too early",
                "return ends the function: the set has not grown yet.",
                wrong=lambda: ("C", "F", "A", "B", "E", "D"),
            ),
        ),
        hints=(
            "Which line opens the recipe, which one ends it? The loop needs its line under it.",
        ),
        see="the six lines above the task",
    ),
    Exercise(
        id="6.8b",
        title="The tipping point",
        stage="modify",
        difficulty=3,
        form=Number(tolerance=1e-6, low=0, high=1),
        reference=tipping_point,
        why="One step of the threshold, and a message that reached everybody hardly leaves one community; one "
        "more, and it stays with two accounts. Between 'everywhere' and 'nowhere' there is hardly a middle.",
        misconceptions=(
            Misconception(
                "first failure",
                "At this threshold not everybody is reached any more. Go one step back.",
                wrong=first_failure,
            ),
            Misconception(
                "the example again",
                "That is the tipping point of the worked example. Start from the other account.",
                wrong=lambda: tipping_point("A03"),
            ),
            Misconception(
                "low threshold read as stubborn",
                "You took the lowest line. Theta is the share of friends that one needs: who is harder to "
                "convince, somebody with a low or with a high one?",
                wrong=lambda: min(THETAS),
            ),
            Misconception(
                "number of accounts",
                "A number of accounts is not a threshold. Read the other column.",
                sees=lambda answer: float(answer) > 1,
                example=lambda: 45,
            ),
        ),
        hints=(
            "Read the table from the top: in which rows does the number of all accounts stand?",
            "The last of these rows is the one that is asked for.",
        ),
        see="the worked example above",
    ),
    letter_question(
        "6.8-read",
        "Simple or complex?",
        "b",
        "Where little is needed, spreading out reaches new places. Where much is needed, friends who "
        "confirm each other hold on longer. One network can be fast for a rumour and slow for a risky act.",
        {
            "a": (
                "more seeds, no matter where",
                "Both kinds have five seeds. Do their lines coincide at 0.30, and at 0.45?",
            ),
            "c": (
                "one law for all thresholds",
                "Look at both ends: who reaches more at 0.30, who at 0.45?",
            ),
            "d": (
                "hub always suffices",
                "Follow the line of the hub alone to the right. How many accounts are left?",
            ),
        },
        "Compare the two kinds of five seeds twice: at a threshold of 0.30 and at the right end.",
        "the figure above",
        difficulty=2,
    ),
    Exercise(
        id="6.9",
        title="Whom would you take off?",
        stage="make",
        difficulty=3,
        form=Numbers(
            labels=lambda: tuple(REMOVED), what="removed account", tolerance=0.06, low=1, high=45
        ),
        reference=after_removal,
        why="For this message the hub of its own community is what counts; the others hardly matter, and "
        "differences of a few tenths lie within the noise of 400 runs.",
        misconceptions=(
            Misconception(
                "another start",
                "Your message starts from A00. The task starts every message from A07.",
                wrong=from_the_hub,
            ),
            Misconception(
                "nobody removed",
                "All your values are the same: give without= the account that is taken away.",
                wrong=lambda: dict.fromkeys(REMOVED, after_removal()["nobody"]),
            ),
        ),
        hints=('unit.spread("A07", without="A00") runs the model without the account A00.',),
        see="the explanation of without in the task",
    ),
    letter_question(
        "6.9-read",
        "What a removal shows",
        "a",
        "The model names a trade-off that a platform would face: what works best hits the account that "
        "most people listen to, and their other messages with it.",
        {
            "b": (
                "small difference read as effect",
                "Compare the gap with the standard error in the table. Could it be chance?",
            ),
            "c": (
                "model read as platform",
                "What is missing in the model: who recommends, what is said, who joins? Say less.",
            ),
            "d": (
                "no effect at all",
                "One of the four means lies far below the others. Which?",
            ),
        },
        "Which gap is larger than three standard errors, and whom does that removal silence besides?",
        "the printed means with their standard errors",
    ),
    Exercise(
        id="6.10",
        title="The language trap",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("by language", "always the same"),
            what="rule",
            tolerance=0.006,
            share=True,
            low=0,
            high=100,
        ),
        reference=language_rules,
        why="A rule that has read no word of any article looks brilliant. It has learnt where the "
        "articles were collected. A classifier can learn the same and call it disinformation.",
        misconceptions=(
            Misconception(
                "mean of languages",
                "You averaged over languages: one with a single article counts as much as the largest. "
                "Add up articles first.",
                wrong=lambda: {"by language": mean_of_languages()},
            ),
            Misconception(
                "three languages only",
                "You added up the three languages of the example. The table has more rows than three.",
                wrong=lambda: {"by language": three_languages()},
            ),
            Misconception(
                "the other base",
                "Your second rule bets on the smaller sort. Somebody who bets blind takes the larger one.",
                wrong=lambda: {"always the same": 1 - language_rules()["always the same"]},
            ),
            Misconception(
                "counts",
                "These are numbers of articles. Divide by the number of all articles.",
                sees=lambda answer: min(float(v) for v in dict(answer).values()) > 100,
                example=lambda: {"by language": 16_000, "always the same": 10_000},
            ),
        ),
        hints=(
            "In each row the rule gets the larger of the two sorts right: .max(axis=1).",
            "Blind rule: the larger of the two column sums, divided by the sum of total.",
        ),
        see="the three languages worked out above the task",
    ),
    letter_question(
        "6.10-read",
        "What the 3,449 say",
        "c",
        "The set holds what a project's debunks link to: the outlets that it refutes, in many languages, "
        "and the sources that it trusts, which are mostly in English.",
        {
            "a": (
                "sample read as language",
                "Who chose these articles, and for what? Read the line 'gaps' of about(...).",
            ),
            "b": (
                "labels read as noise",
                "Whether single labels are right is another question. Suppose that all are: does the "
                "sentence follow?",
            ),
            "d": (
                "score read as skill",
                "The rule has read no article. What has it learnt instead?",
            ),
        },
        "Ask how an article came into the set, before you ask what it says.",
        "about('euvsdisinfo_language') and the printed rows",
    ),
    Exercise(
        id="6.11a",
        title="Two headlines from one table",
        stage="fact-check",
        difficulty=2,
        form=Numbers(
            labels=lambda: tuple(four_headlines()),
            what="share",
            tolerance=0.006,
            share=True,
            low=0,
            high=100,
        ),
        reference=four_headlines,
        why="Borea's supporters are bots twice as often, and two bots in three are Alba's. Both are true "
        "of one table. A share has a whole, and a headline seldom names it.",
        misconceptions=(
            Misconception(
                "whole of all accounts",
                "You divided by all accounts. 'Among Alba's' means: of the accounts for Alba.",
                wrong=shares_of_all,
            ),
            Misconception(
                "conditions exchanged",
                "Two of your values for Borea have changed places. In 'A among B' the whole is B.",
                wrong=conditional_turned,
            ),
        ),
        hints=("'Among' names the whole: the row total for a camp, the column total for bots.",),
        see="the printed table with its totals",
    ),
    Exercise(
        id="6.11b",
        title="Who can say what?",
        stage="fact-check",
        difficulty=3,
        form=Choices(
            items=tuple(STUDY_FACTS),
            options=("geissler", "smart", "both", "neither"),
            what="question",
        ),
        reference=lambda: {item: {who} for item, who in STUDY_FACTS.items()},
        why="A study answers the question that its sample can answer. One sentence that both teams could "
        "sign: among accounts that a classifier marks as bots, some spread messages for one side, some for "
        "the other, and how many of each depends on which messages were collected.",
        misconceptions=(
            Misconception(
                "one-sided sample",
                "both sides: what did Geissler and colleagues collect? A sample of one side cannot compare "
                "two.",
                wrong=lambda: {"both sides": "both"},
            ),
            Misconception(
                "hashtags are the debate",
                "all platforms: how many platforms did each team look at? Read the row 'platform'.",
                wrong=lambda: {"all platforms": "both"},
            ),
            Misconception(
                "reach read as effect",
                "minds: a retweet or a flow of words is counted. Who asked the people what they thought?",
                wrong=lambda: {"minds": "both"},
            ),
        ),
        hints=("Go through the rows of the table of the two studies, one by one.",),
        see="the table of the two studies",
    ),
    Exercise(
        id="6.11c",
        title="Six sentences on the war online",
        stage="fact-check",
        difficulty=3,
        form=Choices(
            items=("label", "first", "fifth", "russian", "ukrainian", "minds"), options=VERDICTS
        ),
        reference=war_verdicts,
        why="That a label was used can be looked up; whether it fits needs a definition first. And the "
        "same standard holds for both bot sentences: neither sample was drawn to answer them.",
        misconceptions=(
            Misconception(
                "label taken for the thing",
                "first: that many said so is one question, whether it was so is another. By which "
                "definition, and with which of our tables, would you decide it?",
                wrong=lambda: {"first": "supported"},
            ),
            Misconception(
                "an essay taken for a test",
                "first: an essayist calls it a myth. By which definition of such a war, and with which of "
                "our tables?",
                wrong=lambda: {"first": "contradicted"},
            ),
            Misconception(
                "label denied with the thing",
                "label: the sentence is about what the war was called, not about what it was.",
                wrong=lambda: {"label": "not_testable_with_our_data"},
            ),
            Misconception(
                "one side's sample as the world",
                "russian: of messages on one side a fifth of the spreaders were bots. What would you need "
                "to know about the other side?",
                wrong=lambda: {"russian": "supported"},
            ),
            Misconception(
                "the hashtags as the world",
                "ukrainian: six hashtags in English, two weeks, one platform. Is that the war online?",
                wrong=lambda: {"ukrainian": "supported"},
            ),
            Misconception(
                "one sample refutes the world",
                "russian: one sample may speak against it. Was it drawn from all that bots wrote on the "
                "war?",
                wrong=lambda: {"russian": "contradicted"},
            ),
            Misconception(
                "the other sample refutes the world",
                "ukrainian: one sample may speak against it. Was it drawn from all that bots wrote on the "
                "war?",
                wrong=lambda: {"ukrainian": "contradicted"},
            ),
            Misconception(
                "a caveat for the other side only",
                "russian: which caveat would turn it into a sentence about one sample? Then it is another "
                "sentence. Treat both bot sentences alike.",
                wrong=lambda: {"russian": "supported_with_caveat"},
            ),
            Misconception(
                "a caveat for one side only",
                "ukrainian: which caveat would turn it into a sentence about six hashtags? Then it is "
                "another sentence. Treat both bot sentences alike.",
                wrong=lambda: {"ukrainian": "supported_with_caveat"},
            ),
            Misconception(
                "reach read as effect",
                "minds: the studies counted messages, accounts and flows of words. Where is a mind "
                "measured?",
                wrong=lambda: {"minds": "supported"},
            ),
            Misconception(
                "another campaign's effect",
                "minds: a study of 2016 found no meaningful relation. Was it this war, and these readers?",
                wrong=lambda: {"minds": "contradicted"},
            ),
        ),
        hints=(
            "Ask of each sentence: who could know this, from which sample?",
            "Two sentences are about what was said or counted. The others go beyond a sample.",
        ),
        see="the table of the two studies and the printed row of the register",
    ),
    letter_question(
        "6.peer",
        "Peer question",
        "c",
        "If 95 posts in 100 carry one code, two sleepers agree that often. How common each code is comes "
        "first, then a measure that takes off chance.",
        {
            "a": (
                "agreement read as reliability",
                "Imagine two coders who always write 0, and a code that is rare. How often do they agree?",
            ),
            "b": (
                "chance always wins",
                "With ten codes, all common, it would be hard to agree so often by chance. Which fact is "
                "missing?",
            ),
            "d": (
                "experts cannot agree by chance",
                "Experts, too, can write 0 ninety-five times. What does the number itself not tell?",
            ),
        },
        "Invent two tables with the same agreement, one with a rare code, one with two equal codes.",
        "the figure 'One agreement, many kappas'",
    ),
    essay("6.12"),
    second_guess(
        "6.exit",
        why="Kept. Note how you would draw the posts, and who would code them.",
        title="A forecast",
    ),
]
