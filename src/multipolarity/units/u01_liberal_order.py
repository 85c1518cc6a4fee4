"""Unit 1, the liberal order: votes on Ukraine, cohesion, agreement and a matrix of principles.

Every reference below is computed from the tables when it is asked for. The matrix of principles is
the course's own: teaching codes with reasons, open to dispute.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, product

import numpy as np
import pandas as pd

from multipolarity import claims, measures
from multipolarity.exercise import Exercise, Misconception
from multipolarity.forms import Choices, Essay, Grid, Numbers, Ordering, is_open
from multipolarity.tables import load, members
from multipolarity.units.shared import VERDICTS, essay, first_guess, letter_question, second_guess

BALLOTS = ("yes", "no", "abstain", "absent")
FIVE = ("NATO", "EU", "SCO", "CSTO", "BRICS")
TEN = (  # for the guess of Exercise 1.1
    "Brazil",
    "China",
    "Cuba",
    "Eritrea",
    "India",
    "Kenya",
    "Saudi Arabia",
    "Serbia",
    "South Africa",
    "Uzbekistan",
)
TWELVE = (  # chosen for contrast, not to represent the Assembly
    "United States",
    "Türkiye",
    "Israel",
    "Serbia",
    "Brazil",
    "Kenya",
    "South Africa",
    "India",
    "Kazakhstan",
    "China",
    "Iran",
    "Russia",
)
TREATMENTS = ("dropped", "as abstention", "own category")
FIRST, FIFTH = "A/RES/ES-11/1", "A/RES/ES-11/5"
YEAR_2019 = "A/RES/74/168"
SHORT = {  # resolution -> label for figures and tables
    "A/RES/68/262": "2014 Crimea, territory",
    "A/RES/72/190": "2017 Crimea, human rights",
    "A/RES/73/263": "2018 Crimea, human rights",
    "A/RES/74/17": "2019 Crimea, military",
    "A/RES/74/168": "2019 Crimea, human rights",
    "A/RES/ES-11/1": "2022 Mar, withdrawal",
    "A/RES/ES-11/2": "2022 Mar, humanitarian",
    "A/RES/ES-11/3": "2022 Apr, seat in council",
    "A/RES/ES-11/4": "2022 Oct, annexations",
    "A/RES/ES-11/5": "2022 Nov, reparations",
    "A/RES/ES-11/6": "2023 Feb, peace",
}

# --- votes ----------------------------------------------------------------------------------


def emergency() -> list[str]:
    """The resolutions of the eleventh emergency special session, in order of date."""
    return [name for name in load("un_resolutions")["resolution"] if "ES-11" in name]


def tally(organisation: str, resolution: str, on: str = "") -> pd.Series:
    """Yes, no, abstain, absent among the members on the day of the vote (or on another day)."""
    dates = load("un_resolutions").set_index("resolution")["date"]
    states = members(organisation, on=on or dates[resolution])["iso3"]
    votes = load("un_votes")
    rows = votes[votes["resolution"].eq(resolution) & votes["iso3"].isin(states)]
    return rows["vote"].value_counts().reindex(BALLOTS, fill_value=0)


def cohesion(resolution: str, treatment: str = "dropped", on: str = "") -> dict[str, float]:
    """Agreement index of the five groups under one treatment of absence."""
    found = {}
    for name in FIVE:
        yes, no, abstain, absent = (int(n) for n in tally(name, resolution, on))
        counts = {
            "dropped": (yes, no, abstain),
            "as abstention": (yes, no, abstain + absent),
            "own category": (yes, no, abstain, absent),
        }[treatment]
        found[name] = measures.agreement_index(*counts)
    return found


def treatments(resolution: str = YEAR_2019) -> pd.DataFrame:
    """Agreement index: rows the three treatments of absence, columns the five groups."""
    return pd.DataFrame({name: cohesion(resolution, name) for name in TREATMENTS}).T


def one_row(name: str, treatment: str) -> pd.DataFrame:
    """A table of treatments of which only one row is known, and wrong."""
    return pd.DataFrame({name: cohesion(YEAR_2019, treatment)}).T


def rice_and_agreement(organisation: str) -> pd.DataFrame:
    """Rice index and agreement index (absences dropped) of one group over all resolutions."""
    rows = {}
    for resolution in load("un_resolutions")["resolution"]:
        yes, no, abstain, _ = (int(n) for n in tally(organisation, resolution))
        rows[resolution] = {
            "Rice": measures.rice_index(yes, no),
            "agreement index": measures.agreement_index(yes, no, abstain),
        }
    return pd.DataFrame(rows).T


def rice_wrong(resolution: str, kind: str) -> float:
    """Two wrong Rice indices of the BRICS: abstentions as No, or in the denominator."""
    yes, no, abstain, _ = (int(n) for n in tally("BRICS", resolution))
    if kind == "as no":
        return abs(yes - no - abstain) / (yes + no + abstain)
    return abs(yes - no) / (yes + no + abstain)


def roll_calls(absent: bool = False) -> pd.DataFrame:
    """Country × resolution; an absence is a missing value unless `absent` is asked for."""
    wide = load("un_votes").pivot(index="country", columns="resolution", values="vote")
    wide = wide[load("un_resolutions")["resolution"]]
    return wide if absent else wide.where(wide != "absent")


def strip(states: Iterable[str] = TWELVE) -> pd.DataFrame:
    """Roll calls as letters for pencil work: Y yes, N no, A abstain, a dot for an empty seat."""
    letters = {"yes": "Y", "no": "N", "abstain": "A", "absent": "·"}
    table = roll_calls(absent=True).loc[list(states)].replace(letters)
    return table.rename(columns=lambda name: name.removeprefix("A/RES/")).rename_axis(
        index=None, columns=None
    )


def agreement(absent: bool = False, half: bool = False) -> pd.DataFrame:
    """Pairwise agreement of the twelve states (0 to 1)."""
    table = roll_calls(absent).loc[list(TWELVE)]
    if half:  # half a point where exactly one of the two abstained
        score = table.replace({"yes": 1.0, "abstain": 0.5, "no": 0.0}).astype(float)
        return pd.DataFrame(
            {a: {b: 1 - (score.loc[a] - score.loc[b]).abs().mean() for b in TWELVE} for a in TWELVE}
        )
    return measures.pairwise_agreement(table)


def nearer(
    absent: bool = False,
    keep_both: bool = False,
    states=None,
    against: str = "Russia",
    drop: Iterable[str] = (),
) -> dict[str, int]:
    """How many states voted more often like the United States, like Russia, or alike often.

    absent, keep_both, states, against, drop  five ways to go wrong: absences kept as a vote, the
    two themselves counted, only some states, another state in the place of Russia, others left out
    """
    pair = ["United States", against]
    matrix = measures.pairwise_agreement(roll_calls(absent))[pair]
    if not keep_both:
        matrix = matrix.drop(list(drop) or pair)
    if states is not None:
        matrix = matrix[matrix.index.isin(states)]
    us, other = matrix["United States"], matrix[against]
    return {
        "United States": int((us > other).sum()),
        "Russia": int((us < other).sum()),
        "level": int((us == other).sum()),
    }


def first_guess_came_true() -> bool:
    """Did at least two thirds of the UN's members vote more often like the United States?

    The United States and Russia count among the members, but not as voting like themselves.
    """
    return nearer()["United States"] >= 2 / 3 * load("un_votes")["iso3"].nunique()


def both_agendas(year: int = 2019) -> pd.DataFrame:
    """The same states on two agendas: all votes of one year, its Ukraine votes, the later ones."""
    wide = load("un_agreement").query("year == @year")
    wide = wide.pivot(index="country", columns="partner_iso3", values="agreement").dropna()
    dates = load("un_resolutions").set_index("resolution")["date"]
    pairs = {f"all votes of {year}": (wide["USA"], wide["RUS"])}
    for name, some in {
        f"Ukraine votes of {year}": dates.index[dates.dt.year == year],
        "Ukraine votes since 2022": emergency(),
    }.items():
        ours = measures.pairwise_agreement(roll_calls()[list(some)]).loc[wide.index]
        pairs[name] = (ours["United States"], ours["Russia"])
    return pd.DataFrame(
        {
            name: {
                "nearer to the United States": (us > russia).sum(),
                "nearer to Russia": (us < russia).sum(),
                "level": (us == russia).sum(),
                "no vote cast": us.isna().sum(),
            }
            for name, (us, russia) in pairs.items()
        }
    )


def higher_bars() -> pd.DataFrame:
    """States that voted Yes, No or neither: at least once, and in more than half of their votes."""
    table = roll_calls().drop(["United States", "Russia"]).dropna(how="all")
    cast, yes, no = (
        table.notna().sum(axis=1),
        table.eq("yes").sum(axis=1),
        table.eq("no").sum(axis=1),
    )
    rows = {
        "at least once": (yes > 0, no > 0),
        "in more than half": (yes > cast / 2, no > cast / 2),
    }
    return pd.DataFrame(
        {
            name: {
                "like the United States": like_us.sum(),
                "like Russia": like_russia.sum(),
                "neither": (~like_us & ~like_russia).sum(),
            }
            for name, (like_us, like_russia) in rows.items()
        }
    ).T


QUESTIONS = {  # resolution, or day of a vote without roll call -> question and year
    "A/RES/68/262": "territory 2014",
    "A/RES/ES-11/4": "territory 2022",
    "A/RES/72/190": "rights 2017",
    "2021-12-16": "rights 2021",
    "2022-12-15": "rights 2022",
    "A/RES/ES-11/1": "withdrawal 2022",
    "A/RES/ES-11/6": "withdrawal 2023",
    "A/RES/ES-11/3": "council seat 2022",
}


def by_question() -> pd.DataFrame:
    """Counts of the four ballots (columns) by question and year (rows)."""
    votes, later = load("un_votes"), load("un_crimea_rights")
    counts = pd.crosstab(votes["resolution"], votes["vote"])
    later = later.set_index(later["date"].dt.strftime("%Y-%m-%d"))
    counts = pd.concat([counts, later])[list(BALLOTS)].loc[list(QUESTIONS)].astype(int)
    return counts.rename(index=QUESTIONS).rename_axis(index=None, columns=None)


def challenge(not_yes: Iterable[str] = ("no", "abstain", "absent")) -> pd.DataFrame:
    """No-votes and votes that are not Yes, by question and year."""
    counts = by_question()
    return pd.DataFrame({"no": counts["no"], "not_yes": counts[list(not_yes)].sum(axis=1)})


def crosstab(merge_absent: bool = False) -> pd.DataFrame:
    """Votes × emergency resolutions; if asked, wrongly with absences among the abstentions."""
    votes = load("un_votes")
    table = pd.crosstab(votes["vote"], votes["resolution"])[emergency()].astype(float)
    if merge_absent:
        table.loc["abstain"] += table.loc["absent"]
        table.loc["absent"] = 0
    return table


def compare_votes(guess: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Your guesses beside the recorded votes on ES-11/1; without guesses the record alone."""
    record = roll_calls(absent=True).loc[list(TEN), FIRST].rename("recorded").rename_axis(None)
    if is_open(guess):
        return record.to_frame()
    mine = pd.Series({name: vote for name, vote in guess.items() if not is_open(vote)})
    mine = mine.str.strip().str.lower().reindex(record.index)
    table = pd.DataFrame({"your guess": mine, "recorded": record})
    table["hit"] = np.where(mine.isna(), "", np.where(mine == record, "yes", "no"))
    return table.fillna("")


def clear_moves(first: int, last: int) -> pd.DataFrame:
    """Ideal points whose 90 % intervals in two years do not overlap: who moved, which way."""
    wide = load("un_ideal_points").query("year in [@first, @last]")
    wide = wide.pivot(index="country", columns="year", values=["ideal_point", "q5", "q95"]).dropna()
    table = pd.DataFrame(
        {str(first): wide["ideal_point", first], str(last): wide["ideal_point", last]}
    )
    down = wide["q95", last] < wide["q5", first]
    up = wide["q5", last] > wide["q95", first]
    table["direction"] = np.select([down, up], ["away from the US end", "towards it"], "")
    return table[down | up].sort_values(["direction", str(last)]).rename_axis(None)


def ends_and_middle(years: Iterable[int] = (2019, 2021, 2022, 2023, 2024)) -> pd.DataFrame:
    """Ideal points of the two ends and of the states between, and three counts that hang on them.

    Counted are the states with a value in each of the years, without the United States and Russia.
    """
    wide = load("un_ideal_points").pivot(index="country", columns="year", values="ideal_point")
    wide = wide[list(years)].dropna()
    us, russia = wide.loc["United States"], wide.loc["Russia"]
    others = wide.drop(["United States", "Russia"])
    table = pd.DataFrame(
        {
            "United States": us.round(2),
            "Russia": russia.round(2),
            "halfway": ((us + russia) / 2).round(2),
            "median state": others.median().round(2),
            "nearer to the US": ((others - us).abs() < (others - russia).abs()).sum(),
            "below 0": (others < 0).sum(),
            "below -0.5": (others < -0.5).sum(),
        }
    )
    return table.rename_axis(index=None)


# --- the matrix of principles ---------------------------------------------------------------

ORDERS = ("Westphalian", "rules-based", "liberal")
PRINCIPLES = {  # principle -> codes for the three orders (0 none, 1 in part, 2 central), reason
    "sovereign equality": (
        (2, 2, 1),
        "The basis of coexistence, and of the UN Charter; a liberal order ranks states by regime "
        "in some clubs.",
    ),
    "non-intervention": (
        (2, 1, 0),
        "Near absolute for pluralists; rules allow exceptions; liberals claim a say in how states "
        "treat people.",
    ),
    "no conquest": (
        (1, 2, 2),
        "Classic sovereignty knew a right to war; both later orders forbid taking land by force.",
    ),
    "settled procedures": (
        (1, 2, 2),
        "Diplomacy and treaties in the first; courts, panels and organisations in the others.",
    ),
    "open markets": (
        (0, 1, 2),
        "Free trade is an aim of the liberal order; rules on trade need not make it free.",
    ),
    "human rights": (
        (0, 1, 2),
        "Central to the liberal order; among the agreed rules, but with weak enforcement.",
    ),
    "democracy as an aim": (
        (0, 0, 2),
        "Only the liberal order wants states to be democracies.",
    ),
    "great powers' special role": (
        (2, 1, 1),
        "Great powers manage the first; in the others they hold vetoes and lead, and have to "
        "justify it.",
    ),
}


def principles() -> pd.DataFrame:
    """The course's teaching codes: eight principles × three orders, with a reason for each row."""
    rows = {
        name: dict(zip(ORDERS, codes, strict=True)) | {"reason": reason}
        for name, (codes, reason) in PRINCIPLES.items()
    }
    return pd.DataFrame(rows).T.astype(dict.fromkeys(ORDERS, int))


def overlap(changes: Mapping[str, int] | None = None) -> pd.Series:
    """Weighted Jaccard of "rules-based" with the two others, after changes to its codes.

    changes  principle -> new code 0, 1 or 2 in the column "rules-based"
    """
    codes = principles()[list(ORDERS)]
    for name, code in (changes or {}).items():
        if name not in codes.index or code not in (0, 1, 2):
            known = ", ".join(codes.index)
            raise ValueError(f"{name!r}: {code!r}. Use a code 0, 1 or 2 for one of: {known}.")
        codes.loc[name, "rules-based"] = code
    ours = codes["rules-based"]
    return pd.Series(
        {name: measures.weighted_jaccard(ours, codes[name]) for name in ("Westphalian", "liberal")}
    )


def variants(number: int = 3) -> pd.DataFrame:
    """Both overlaps for every way to move `number` codes of "rules-based" by one step."""
    codes = principles()[list(ORDERS)].to_numpy()
    others = {"Westphalian": codes[:, 0], "liberal": codes[:, 2]}
    rows = []
    for chosen in combinations(range(len(codes)), number):
        for steps in product((-1, 1), repeat=number):
            ours = codes[:, 1].copy()
            ours[list(chosen)] += steps
            if ours.min() >= 0 and ours.max() <= 2:  # still on the scale
                rows.append({n: measures.weighted_jaccard(ours, o) for n, o in others.items()})
    return pd.DataFrame(rows)


def overlap_wrong(kind: str) -> dict[str, float]:
    """Overlaps computed in ways that the task does not mean."""
    codes = principles()[list(ORDERS)]
    ours = codes["rules-based"]
    found = {}
    for name in ("Westphalian", "liberal"):
        other = codes[name]
        if kind == "0/1":
            found[name] = measures.jaccard((ours > 0).astype(int), (other > 0).astype(int))
        elif kind == "same code":
            found[name] = measures.percent_agreement(ours, other)
        else:
            found[name] = float(np.minimum(ours, other).sum() / (ours.sum() + other.sum()))
    return found


CLAIMS = {
    "challengers": "I13",
    "shared_interest": "I16",
    "words": "I18",
}  # name in the exercise -> row of claims


def accepted_verdicts() -> dict[str, set[str]]:
    rows = claims.register().set_index("claim_id").loc[list(CLAIMS.values())]
    also = rows["also_accepted"].fillna("").str.split()
    return {name: {rows.at[i, "verdict"], *also[i]} for name, i in CLAIMS.items()}


# --- drawings -------------------------------------------------------------------------------

BALLOT_LOOKS = {  # colour, hatch
    "yes": ("#0072B2", ""),
    "abstain": ("#F0E0B0", ".."),
    "absent": ("#FFFFFF", ""),
    "no": ("#D55E00", "//"),
}


def draw_ballots(title: str, source: str):
    """One stacked bar of 193 seats for each resolution."""
    import matplotlib.pyplot as plt

    from multipolarity import figures

    counts = pd.crosstab(load("un_votes")["resolution"], load("un_votes")["vote"]).loc[list(SHORT)]
    _, ax = plt.subplots(figsize=(8, 5))
    left = np.zeros(len(counts))
    for name, (colour, hatch) in BALLOT_LOOKS.items():
        ax.barh(list(SHORT.values()), counts[name], left=left, color=colour, hatch=hatch, label=name,
                edgecolor="#333333", lw=0.5, height=0.7)  # fmt: skip
        left = left + counts[name].to_numpy()
    ax.axhline(4.5, color="black", lw=1, ls="--")
    ax.invert_yaxis()
    ax.set_xlim(0, 193)
    ax.grid(axis="y", visible=False)
    ax.legend(loc="upper center", bbox_to_anchor=(0.4, -0.13), ncols=4)
    return figures.finish(ax, title, "Number of states (of 193)", "", source)


def draw_cohesion(title: str, source: str):
    """Rice and agreement index side by side for three groups over all resolutions."""
    import matplotlib.pyplot as plt

    from multipolarity import figures

    _, axes = plt.subplots(1, 3, figsize=(9.6, 4.6), sharey=True)
    for ax, group in zip(axes, ("SCO", "CSTO", "BRICS"), strict=True):
        table = rice_and_agreement(group)
        y = np.arange(len(table))
        ax.hlines(y, table.min(axis=1), table.max(axis=1), color="#AAAAAA", lw=1.5)
        ax.plot(table["Rice"], y, "D", mfc="white", color=figures.VERMILION, label="Rice")
        ax.plot(table["agreement index"], y, "o", color=figures.BLUE, label="agreement index")
        ax.axhline(4.5, color="black", lw=0.8, ls="--")
        ax.set(xlim=(-0.08, 1.08), yticks=y, yticklabels=list(SHORT.values()))
        figures.finish(
            ax, group, "Index (0 split, 1 all alike)", "", source if ax is axes[0] else ""
        )
    axes[0].invert_yaxis()
    axes[1].legend(loc="upper center", bbox_to_anchor=(0.4, -0.15), ncols=2)
    axes[0].figure.suptitle(title, x=0.01, ha="left", fontweight="bold", y=1.03)
    return axes[0]


def draw_agreement(matrix: pd.DataFrame, title: str, source: str):
    """States × states; the larger and darker the square, the more votes alike."""
    import matplotlib.pyplot as plt

    from multipolarity import figures

    _, ax = plt.subplots(figsize=(7.4, 6.4))
    y, x = np.indices(matrix.shape)
    share = matrix.to_numpy().ravel()
    dots = ax.scatter(x.ravel(), y.ravel(), s=150 + 425 * share, c=share, marker="s", cmap="cividis_r",
                      vmin=0, vmax=1, edgecolors="#666666", lw=0.5)  # fmt: skip
    ax.set_xticks(range(len(matrix)), matrix.columns, rotation=55, ha="right")
    ax.set_yticks(range(len(matrix)), matrix.index)
    ax.set(xlim=(-0.7, len(matrix) - 0.3), ylim=(len(matrix) - 0.3, -0.7))
    for (row, column), value in np.ndenumerate(matrix.to_numpy()):
        ink = "white" if value > 0.55 else "black"
        ax.text(
            column, row, f"{100 * value:.0f}", ha="center", va="center", fontsize=7.5, color=ink
        )
    ax.grid(visible=False)
    ax.figure.colorbar(
        dots, label="Share of common votes cast alike (in the squares: percent)", shrink=0.8
    )
    return figures.finish(ax, title, "", "", source)


def draw_points(states: Iterable[str], title: str, source: str):
    """Ideal points by year with their 90 % intervals, one panel per state."""
    import matplotlib.pyplot as plt

    from multipolarity import figures

    rows = load("un_ideal_points").query("year >= 2010")
    fig, axes = plt.subplots(2, 4, figsize=(9.4, 5), sharex=True, sharey=True)
    for ax, state in zip(axes.flat, states, strict=True):
        line = rows[rows["country"] == state]
        ax.fill_between(line["year"], line["q5"], line["q95"], color=figures.SKY, alpha=0.5)
        ax.plot(line["year"], line["ideal_point"], color=figures.BLUE, lw=1.8)
        ax.axvline(2022, color="black", ls="--", lw=0.9)
        ax.set_title(state, fontsize=10.5)
        ax.set(xticks=[2012, 2017, 2022], ylim=(-2.2, 3))
    fig.suptitle(title, x=0.01, ha="left", fontweight="bold")
    fig.supylabel("Ideal point (scale points; up: nearer to the US end)", fontsize=9.5)
    fig.text(0.01, -0.02, figures.SOURCE + source, fontsize=8.5, color="#444444", va="top")
    fig.tight_layout()
    return axes


def draw_variants(table: pd.DataFrame, title: str, source: str):
    """Each variant of the codes as a dot; above the line "rules-based" is nearer to liberal."""
    import matplotlib.pyplot as plt

    from multipolarity import figures

    spots = table.round(4).value_counts().rename("n").reset_index()
    _, ax = plt.subplots(figsize=(6.6, 5.6))
    ax.scatter(spots["Westphalian"], spots["liberal"], s=14 * spots["n"], color=figures.SKY,
               edgecolors=figures.BLUE, alpha=0.7, label="three codes moved by one step")  # fmt: skip
    ax.plot(*overlap(), "X", color=figures.VERMILION, ms=13, label="the course's codes")
    ax.plot([0.2, 0.85], [0.2, 0.85], color="black", lw=1, ls="--")
    ax.text(0.22, 0.82, "nearer to liberal", fontsize=10)
    ax.text(0.62, 0.27, "nearer to Westphalian", fontsize=10)
    ax.set(xlim=(0.2, 0.85), ylim=(0.25, 0.85))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=2, fontsize=9)
    return figures.finish(ax, title, "Overlap with Westphalian-pluralist (0 to 1)",
                          "Overlap with liberal (0 to 1)", source)  # fmt: skip


# --- exercises ------------------------------------------------------------------------------


EXERCISES = [
    first_guess(
        "1.prior",
        "Kept. You will see it again at the end of the page.",
        title="Before the lesson",
    ),
    Exercise(
        id="1.1",
        title="Ten votes",
        stage="predict",
        difficulty=1,
        form=Choices(items=TEN, options=BALLOTS, what="state"),
        why="Kept. Run the next cell to see the record. Which miss surprised you most? Keep it for "
        "the essay.",
    ),
    Exercise(
        id="1.2",
        title="Tabulate the votes",
        stage="run",
        difficulty=1,
        form=Grid(
            rows=lambda: BALLOTS,
            columns=emergency,
            tolerance=0.01,
            example="a DataFrame with a row per vote and a column per resolution",
        ),
        reference=crosstab,
        why="Each column adds up to all members of the United Nations. The Yes column is high where "
        "the text names withdrawal or territory, and much lower where it asks for a step against "
        "Russia. The question moves the votes.",
        misconceptions=(
            Misconception(
                "blank counted as abstention",
                "You seem to have put absences among the abstentions. Absent is not abstaining: an "
                "abstention is a recorded act. Keep four rows.",
                wrong=lambda: crosstab(merge_absent=True),
            ),
            Misconception(
                "shares instead of counts",
                "These are shares of the members. Counts are asked for: leave normalize out.",
                wrong=lambda: crosstab() / 193,
            ),
        ),
        hints=(
            "The example keeps some rows and then counts pairs. Only the list of resolutions changes.",
            "votes['resolution'].isin(since_2022) is True for the rows that you want.",
        ),
        see="the example with the five votes before 2022",
    ),
    letter_question(
        "1.2-read",
        "The five earlier votes, read from the table",
        "c",
        "Two things changed at once, the year and the question. So the rise cannot be put down "
        "to the year alone. You will meet this again in Exercise 1.6.",
        {
            "a": (
                "absent left out",
                "Add up one column. Does it give all members of the United Nations? Then nobody is "
                "missing from the table; some were missing from the hall.",
            ),
            "b": (
                "loss of support for an order",
                "The table shows votes on Crimea. Where does it speak of an order? And is it the same "
                "question in each column?",
            ),
            "d": (
                "absence as abstention",
                "Neither is a Yes, that is true. But the one is a recorded act and the other an empty "
                "seat; a sum of both hides which it was.",
            ),
        },
        hint="Read the titles of the resolutions before you compare their numbers.",
        see="the list of resolutions above the task",
    ),
    Exercise(
        id="1.3a",
        title="Cohesion of five groups",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: FIVE,
            what="group",
            tolerance=0.006,
            low=0,
            high=1,
            example="{'NATO': 0.7, 'EU': 0.7}",
        ),
        reference=lambda: cohesion(FIRST),
        why="Two groups vote as one. The SCO, too, is fairly cohesive, but in abstaining: the index "
        "says how far a group votes alike, not for what. (The day in your call cannot be seen from the "
        "numbers; for another vote it can change the group.)",
        misconceptions=(
            Misconception(
                "membership of today",
                "You used the members of a later day. Take those of the day of the vote: Iran, for "
                "one, was not a member of the SCO in March 2022.",
                wrong=lambda: cohesion(FIRST, on="2025-12-31"),
            ),
            Misconception(
                "absences as abstentions",
                "An absent state seems to be counted as abstaining. Here absences are dropped: only "
                "three counts go into the index.",
                wrong=lambda: cohesion(FIRST, "as abstention"),
            ),
            Misconception(
                "absences as a fourth option",
                "Absences went in as a fourth option. Here they are dropped: give the index yes, no "
                "and abstain only.",
                wrong=lambda: cohesion(FIRST, "own category"),
            ),
            Misconception(
                "Rice instead of agreement",
                "These are Rice indices. Rice does not see abstentions; use agreement_index with "
                "three counts.",
                wrong=lambda: {g: rice_and_agreement(g).loc[FIRST, "Rice"] for g in FIVE},
            ),
            Misconception(
                "the example's vote",
                "These are the values of the worked example. Change the resolution and its day.",
                wrong=lambda: cohesion(FIFTH),
            ),
        ),
        hints=(
            "Two things of the example change: the name of the resolution, and the day.",
            "The day stands in the column date of the list of resolutions.",
            "counts_1 is made like counts_5; agreement_index takes its columns yes, no and abstain.",
        ),
        see="the worked example on the reparations vote",
    ),
    Exercise(
        id="1.3b",
        title="What Rice sees",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=lambda: ("March", "November"),
            what="vote",
            tolerance=0.006,
            low=0,
            high=1,
            example="{'March': 0.5, 'November': 0.5}",
        ),
        reference=lambda: {
            "March": rice_and_agreement("BRICS").loc[FIRST, "Rice"],
            "November": rice_and_agreement("BRICS").loc[FIFTH, "Rice"],
        },
        why="Rice jumps from one end of its scale to the other once the only Yes, Brazil's, is gone. "
        "In both cases three of the five abstained, and Rice does not look at them.",
        misconceptions=(
            Misconception(
                "abstentions as No",
                "Abstentions seem to be counted as No. Rice leaves them out of both sums.",
                wrong=lambda: {"March": rice_wrong(FIRST, "as no")},
            ),
            Misconception(
                "abstentions in the denominator",
                "Abstentions are in your denominator. Rice divides by Yes and No votes only.",
                wrong=lambda: {"November": rice_wrong(FIFTH, "denominator")},
            ),
        ),
        hints=(
            "rice_index takes two counts, Yes and No.",
            'counts_1.loc["BRICS", "yes"] is one cell of the table of March.',
        ),
        see="the formula of the Rice index in Section 5",
    ),
    letter_question(
        "1.3-read",
        "Why Rice jumps",
        "b",
        "With few Yes and No votes left, one state decides the index. Where abstaining is what "
        "most members do, Rice measures the exceptions.",
        {
            "a": (
                "the group closed ranks",
                "How many of the five voted the same way in March, and how many in November? Is that "
                "closing ranks?",
            ),
            "c": (
                "absences",
                "Look at the column absent of the BRICS in both tables. Was a seat empty?",
            ),
            "d": (
                "the group changed",
                "Count the votes in each row. Did the number of members change between March and "
                "November 2022?",
            ),
        },
        hint="Write the Yes, No and abstain counts of both votes under each other.",
        see="the two tables of counts",
        difficulty=2,
    ),
    Exercise(
        id="1.4",
        title="Three treatments of absence",
        stage="modify",
        difficulty=3,
        form=Grid(
            rows=lambda: TREATMENTS,
            columns=lambda: FIVE,
            tolerance=0.006,
            example="a dict with a row for each treatment",
        ),
        reference=treatments,
        why="For the SCO the treatment moves the index by almost a third of its scale, for NATO and "
        "the EU by nothing. And the BRICS, who all took part, change in the third row: with four "
        "options the scale itself is another one. Compare rows of one treatment only.",
        misconceptions=(
            Misconception(
                "three-option formula on four categories",
                "Your third row uses the formula for three options. With four categories the half "
                "becomes a third: give agreement_index four counts, and it finds that by itself.",
                wrong=lambda: one_row("own category", "as abstention"),
            ),
            Misconception(
                "rows exchanged",
                "Your second and third row seem to be exchanged. In which of them is an absence "
                "added to another count?",
                wrong=lambda: one_row("as abstention", "own category"),
            ),
            Misconception(
                "another vote",
                "These are values for the vote of March 2022. The task takes the vote of "
                "December 2019.",
                wrong=lambda: treatments(FIRST),
            ),
        ),
        hints=(
            "Second row: three counts, one of them a sum of two columns.",
            "Third row: four counts; agreement_index takes as many as you give it.",
            'Columns add up: counts["abstain"] + counts["absent"].',
        ),
        see="the line for the first treatment, and the general formula in Section 5",
    ),
    letter_question(
        "1.4-read",
        "Empty seats",
        "d",
        "Dropping the absent raises the index here, because the others agreed; elsewhere it can "
        "lower it. So report at least two treatments, or show that it makes no difference.",
        {
            "a": (
                "dropping is neutral",
                "Dropping says: the absent would have voted like the rest. Is that no assumption?",
            ),
            "b": (
                "an abstention in disguise",
                "Some stay away to avoid a choice, some cannot afford a large mission, some have lost "
                "their vote over unpaid dues. Does the table say which?",
            ),
            "c": (
                "the highest value",
                "Choosing a treatment by its result is choosing the result. What should decide?",
            ),
        },
        hint="Ask of each treatment: what does it assume that the absent would have done?",
        see="the three treatments in the text above the task",
        difficulty=2,
    ),
    Exercise(
        id="1.5a",
        title="Put five lines in order",
        stage="investigate",
        difficulty=2,
        form=Ordering(("A", "B", "C", "D", "E")),
        reference=lambda: ("D", "B", "E", "A", "C"),
        why="Each line needs a name that an earlier one makes.",
        misconceptions=(
            Misconception(
                "absences kept too long",
                "Your agreement is measured before the absences are taken out. Two empty chairs "
                "would then agree.",
                wrong=lambda: ("D", "E", "A", "B", "C"),
            ),
        ),
        hints=("Which name does each line need, and which line makes that name?",),
        see="the five lines above the task",
    ),
    Exercise(
        id="1.5b",
        title="Who votes with whom",
        stage="make",
        difficulty=3,
        form=Grid(
            rows=lambda: TWELVE,
            columns=lambda: TWELVE,
            tolerance=0.006,
            share=True,
            example="a DataFrame with twelve rows and twelve columns",
        ),
        reference=agreement,
        why="The matrix is symmetric and its diagonal is 1, as it must be. Two clusters show, with "
        "Serbia, Brazil and Kenya in between.",
        misconceptions=(
            Misconception(
                "two empty chairs agree",
                "Two states that were both absent count as agreeing in your matrix. Two empty chairs "
                "agree on nothing: make absences missing values first.",
                wrong=lambda: agreement(absent=True),
            ),
            Misconception(
                "half a point for abstaining",
                "You gave half a point where one side abstained. That is a measure in use, but here "
                "only identical votes count.",
                wrong=lambda: agreement(half=True),
            ),
        ),
        hints=(
            "The ordering of Exercise 1.5a is the recipe.",
            'wide.where(wide != "absent") keeps what is not absent and empties the rest.',
            "pairwise_agreement wants states as rows and roll calls as columns.",
        ),
        see="the recipe of Exercise 1.5a",
    ),
    letter_question(
        "1.5b-read",
        "Two pairs by pencil",
        "a",
        "The seat of Iran was empty twice, so the pair has nine common votes, all alike. A value "
        "of 1 over few votes says less than over many.",
        {
            "b": (
                "India and Russia",
                "Count the columns in which both rows show the same letter. Is that more than half?",
            ),
            "c": (
                "empty chairs counted",
                "Did you count a column in which both seats were empty? It is no common vote.",
            ),
            "d": (
                "no vote alike",
                "Go through the two rows of Serbia and Russia once more, the middle columns first.",
            ),
        },
        hint="Strike out the columns in which one of the two has a dot, then compare letters.",
        see="the strip of letters above the task",
        difficulty=2,
    ),
    Exercise(
        id="1.5c",
        title="Nearer to whom?",
        stage="make",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("United States", "Russia", "level"),
            what="count",
            tolerance=0.01,
            low=0,
            high=193,
            example="{'United States': 10, 'Russia': 10, 'level': 10}",
        ),
        reference=nearer,
        why="On these votes far more states stood nearer to the United States. One state has no vote "
        "on record in any of the eleven and cannot be placed. How high is the bar that you counted "
        "with? Read on below.",
        misconceptions=(
            Misconception(
                "the two counted themselves",
                "The United States and Russia are in your count, each nearest to itself. Drop both "
                "rows first.",
                wrong=lambda: {k: v for k, v in nearer(keep_both=True).items() if k != "level"},
            ),
            Misconception(
                "an empty seat made level",
                "A state without a single vote is in your count as level. It agrees with nobody: use "
                "the table in which absences are missing.",
                wrong=lambda: nearer(absent=True),
            ),
            Misconception(
                "the example's pair",
                "These are counts for the United States and Brazil, the worked example. Put Russia in "
                "the place of Brazil, in each line.",
                wrong=lambda: nearer(against="Brazil"),
            ),
            Misconception(
                "the example's two left out",
                "Brazil is missing from your states and Russia itself is among them: change the names "
                "inside drop as well.",
                wrong=lambda: nearer(drop=("United States", "Brazil")),
            ),
            Misconception(
                "only the twelve",
                "You counted the chosen states only. All members are wanted.",
                wrong=lambda: nearer(states=TWELVE),
            ),
        ),
        hints=(
            "pairwise_agreement works on the whole table, too; then pick two columns.",
            "(a > b).sum() counts in how many rows the first is larger.",
            'everyone.drop(["United States", "Russia"]) leaves the two out.',
        ),
        see="the example with Brazil before the task",
    ),
    letter_question(
        "1.5c-read",
        "Nearer to whom, among the twelve",
        "b",
        "An even split, and no finding: the twelve were picked for contrast. Among all members "
        "the balance is quite another. A list of cases is a decision.",
        {
            "a": (
                "everybody nearer to the United States",
                "Look at the rows of South Africa and India: which letters do they share with the "
                "United States?",
            ),
            "c": (
                "most nearer to Russia",
                "Count the letters that Kenya and Brazil share with each of the two.",
            ),
            "d": (
                "cannot be counted",
                "Each row can be laid beside two others. Count the columns with the same letter.",
            ),
        },
        hint="For each of the ten rows: how many letters as in the first row, how many as in the last?",
        see="the strip of letters",
        difficulty=2,
    ),
    Exercise(
        id="1.6",
        title="Is the number of challengers rising?",
        stage="fact-check",
        difficulty=3,
        form=Grid(
            rows=lambda: list(QUESTIONS.values()),
            columns=lambda: ("no", "not_yes"),
            tolerance=0.01,
            example="a DataFrame with a row per question and the columns no and not_yes",
        ),
        reference=challenge,
        why="Both columns go up and down with the question. Choose two rows well and you can show a "
        "rise, a fall, or no change.",
        misconceptions=(
            Misconception(
                "only No-votes",
                "Your second column repeats the No-votes. Silence and abstention may matter: report "
                "both.",
                wrong=lambda: challenge(("no",))[["not_yes"]],
            ),
            Misconception(
                "absences left out",
                "Your second column leaves the empty seats out. Whoever did not vote did not vote "
                "Yes, either.",
                wrong=lambda: challenge(("no", "abstain"))[["not_yes"]],
            ),
            Misconception(
                "No-votes left out",
                "Your second column leaves out the No-votes. They are not Yes, either.",
                wrong=lambda: challenge(("abstain", "absent"))[["not_yes"]],
            ),
        ),
        hints=(
            "Not Yes is the sum of three columns.",
            'by_question[["no", "abstain", "absent"]].sum(axis=1) adds three columns row by row.',
            'pd.DataFrame({"no": ..., "not_yes": ...}) puts two columns side by side.',
        ),
        see="the code line above the task",
    ),
    Exercise(
        id="1.6b",
        title="Three verdicts",
        stage="fact-check",
        difficulty=3,
        form=Choices(items=tuple(CLAIMS), options=VERDICTS),
        reference=accepted_verdicts,
        why="A verdict is only as good as its indicator. Your note has to say whether you accept the "
        "ideal points as a measure of stance on an order, and why.",
        misconceptions=(
            Misconception(
                "challengers supported",
                "challengers: You take some rising count for the claim. Is it a count of what states "
                "say of a notion, and would it rise with another line or another year, too?",
                wrong=lambda: {"challengers": "supported"},
            ),
            Misconception(
                "challengers contradicted",
                "challengers: On the like question the No-votes fell, that is true. But the claim is "
                "about what states say of a notion. Does a vote on Ukraine say it?",
                wrong=lambda: {"challengers": "contradicted"},
            ),
            Misconception(
                "interest supported",
                "shared_interest: A shared vote is an act. The claim is about an interest. What else "
                "could have led two states to the same vote?",
                wrong=lambda: {"shared_interest": "supported"},
            ),
            Misconception(
                "interest with a caveat",
                "shared_interest: A caveat does not turn acts into motives. Which table of ours holds "
                "interests?",
                wrong=lambda: {"shared_interest": "supported_with_caveat"},
            ),
            Misconception(
                "interest contradicted",
                "shared_interest: Two states can share an interest and vote apart, for other reasons. "
                "What would a vote have to show to refute the claim?",
                wrong=lambda: {"shared_interest": "contradicted"},
            ),
            Misconception(
                "words with a caveat",
                "words: What would the caveat qualify? First name a count that supports the sentence.",
                wrong=lambda: {"words": "supported_with_caveat"},
            ),
            Misconception(
                "words supported",
                "words: Plausible, but which of our tables counts words in Western speeches?",
                wrong=lambda: {"words": "supported"},
            ),
            Misconception(
                "words contradicted",
                "words: Some early examples do not refute a shift; a count over years could. Which table "
                "of ours holds one?",
                wrong=lambda: {"words": "contradicted"},
            ),
        ),
        hints=(
            "Ask first what would count as an instance: what is a challenge, what is Western talk?",
            "Then ask whether any table of the course records it.",
        ),
        see="the note on validity in Section 5",
    ),
    Exercise(
        id="1.6c",
        title="Your note",
        stage="fact-check",
        difficulty=3,
        form=Essay(least_words=25),
        why="Kept. A full note names the claim, the indicator, the result, the verdict and one real "
        "limit. Does yours say why the indicator is valid, or not?",
    ),
    Exercise(
        id="1.7",
        title="How much do the orders overlap?",
        stage="make",
        difficulty=4,
        form=Numbers(
            labels=lambda: ("Westphalian", "liberal"),
            what="order",
            tolerance=0.006,
            share=True,
            low=0,
            high=100,
            example="{'Westphalian': 0.3, 'liberal': 0.3}",
        ),
        reference=lambda: overlap().to_dict(),
        why="By these codes the rules-based order shares about as much with the one as with the "
        "other, a little more with the liberal. The difference is one step in one or two cells.",
        misconceptions=(
            Misconception(
                "degrees thrown away",
                "You compared presence only, 0 or more. The weighted index keeps the degrees: "
                "smaller code over larger code.",
                wrong=lambda: overlap_wrong("0/1"),
            ),
            Misconception(
                "share of equal codes",
                "You counted rows with the same code. A 1 beside a 2 overlaps, too: take the smaller "
                "and the larger code of each row.",
                wrong=lambda: overlap_wrong("same code"),
            ),
            Misconception(
                "both sums in the denominator",
                "You divided by the sum of both columns. The denominator is the sum of the larger "
                "code of each row.",
                wrong=lambda: overlap_wrong("both sums"),
            ),
        ),
        hints=(
            "The worked example above the task does the same for three invented orders.",
            'codes["rules-based"] is one of the two columns that go into weighted_jaccard.',
        ),
        see="the overlap worked out by hand above the task",
    ),
    letter_question(
        "1.7-read",
        "What the overlap tells",
        "c",
        "The codes are judgements, and the gap between the two overlaps is smaller than what "
        "moving three of them does. The matrix orders an argument; it does not decide it.",
        {
            "a": (
                "codes treated as data",
                "These are judgements. Whose? What would a jurist in Delhi or Nairobi code?",
            ),
            "b": (
                "codes are worthless",
                "A judgement with a reason can be disputed row by row. Is that nothing?",
            ),
            "d": (
                "a vote of principles",
                "The index weighs all principles alike. Is open markets worth as much as no conquest? "
                "Nobody has decided that here.",
            ),
        },
        hint="Compare the gap between two results with how far each of them can move.",
        see="the figure above the task",
        difficulty=2,
    ),
    Exercise(
        id="1.7b",
        title="Three codes of your own",
        stage="make",
        difficulty=4,
        form=Essay(least_words=8, parts=("codes changed", "result", "whose judgement")),
        why="Kept. Compare with your neighbour: did you change the same rows, and in the same "
        "direction?",
    ),
    letter_question(
        "1.peer",
        "Peer question",
        "b",
        "The median state stayed where it was; one end moved down and the other a little, and "
        "the point halfway with them. Nearness depends on three places. And the points of 2022 rest "
        "in part on the Ukraine votes of that year.",
        {
            "a": (
                "the states moved",
                "If more than thirty states had moved up, what would the column *median state* do "
                "from 2021 to 2022? Look.",
            ),
            "c": (
                "support for an order",
                "Nearer than to somebody else is a comparison of two distances. Which of the two "
                "changed?",
            ),
            "d": (
                "worthless because it jumps",
                "A jump can be read if one knows what moved. The columns to the left of the count "
                "show each part of it.",
            ),
        },
        hint="Compare the rows 2021 and 2022, one column after the other.",
        see="the table of the two ends and the states between, in Section 7",
        difficulty=2,
    ),
    essay("1.8", least_words=500),
    second_guess("1.exit", looks_back="1.prior"),
]
