"""Unit 4, Russia and China: its exercises, tables and drawings.

Every reference below is computed from the tables when it is asked for.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from multipolarity import claims, measures
from multipolarity.exercise import Exercise, Misconception
from multipolarity.forms import Choices, Codes, Grid, Number, Numbers, Ordering
from multipolarity.tables import load
from multipolarity.units.shared import (
    VERDICTS,
    essay,
    first_guess,
    letter_question,
    second_guess,
)

# --- tables of the unit ---------------------------------------------------------------------

BOOKS = {"China's book": "China", "Russia's book": "Russia"}
FLOWS = {
    "china_to_russia_usd_bn": "China to Russia",
    "russia_to_china_usd_bn": "Russia to China",
    "total_usd_bn": "both ways",
}


def trade() -> pd.DataFrame:
    """Goods trade by year in USD bn, China's customs: to Russia, from Russia, both ways."""
    rows = load("trade_ru_cn").query("basis == 'customs' and period_type == 'year'")
    return rows.set_index("year")[list(FLOWS)].rename(columns=FLOWS)


def totals() -> pd.DataFrame:
    """All goods trade of China and of Russia by year, in USD bn."""
    return load("trade_totals").pivot(index="year", columns="country", values="total_usd_bn")


def two_books() -> pd.DataFrame:
    """2000-2020: Russia's exports to China less its imports from China (USD bn), in two books."""
    rows = load("trade_ru_cn").query("basis == 'imf_dots'").set_index(["year", "reporter"])
    balance = rows["russia_to_china_usd_bn"] - rows["china_to_russia_usd_bn"]
    return balance.unstack().rename(columns={v: k for k, v in BOOKS.items()})


def flows_of(year: int) -> pd.DataFrame:
    """The two flows of a year (columns) as each side reports them to the IMF (rows), USD bn."""
    rows = load("trade_ru_cn").query("basis == 'imf_dots' and year == @year")
    rows = rows.set_index("reporter").rename(columns=FLOWS)
    return rows.rename(index={v: k for k, v in BOOKS.items()})[list(FLOWS.values())[:2]]


def arms(supplier: str = "Russia", recipient: str = "China") -> pd.Series:
    """Deliveries of major arms by year in SIPRI's TIV (millions); 'World' for all."""
    rows = load("arms_transfers").query("supplier == @supplier and recipient == @recipient")
    return rows.set_index("year")["tiv_m"]


def arms_table() -> pd.DataFrame:
    """Russia to China, all imports of China, all exports of Russia, by year, TIV in millions."""
    return pd.DataFrame(
        {
            "Russia to China": arms(),
            "all imports of China": arms("World", "China"),
            "all exports of Russia": arms("Russia", "World"),
        }
    )


def exercises_of(first: str = "CHN", second: str = "RUS") -> pd.DataFrame:
    """The joint exercises in which both took part: year, name, framework."""
    who = load("joint_exercise_participants").groupby("exercise_id")["iso3"].agg(set)
    rows = load("joint_exercises")
    both = rows["exercise_id"].map(lambda key: {first, second} <= who[key])
    rows = rows[both].assign(year=rows["start_date"].dt.year)
    return rows[["year", "name", "framework"]].reset_index(drop=True)


STATES = ("Russia", "China", "India")


def votes() -> pd.DataFrame:
    """Rows the resolutions on Ukraine in order of time, columns the three states."""
    rows = load("un_votes").query("country in @STATES")
    table = rows.pivot(index="resolution", columns="country", values="vote")[list(STATES)]
    order = load("un_resolutions").sort_values("date")
    order = order[order["resolution"].isin(table.index)]
    table = table.loc[order["resolution"]]
    table.insert(0, "date", order["date"].to_numpy())
    table.index = table.index.str.removeprefix("A/RES/")
    return table


INVASION = pd.Timestamp("2022-02-24")
STATEMENT = pd.Timestamp("2022-02-04")


def yearly() -> pd.DataFrame:
    """Three indicators by year, 2013-2023: trade (USD bn), arms (TIV m), exercises (count)."""
    years = range(2013, 2024)
    counts = exercises_of().groupby("year").size().reindex(years, fill_value=0)
    return pd.DataFrame({"trade": trade()["both ways"], "arms": arms(), "exercises": counts}).loc[
        2013:2023
    ]


def cards() -> pd.DataFrame:
    return load("alignment_cards").set_index("card")


def show_cards():
    """The cards as Markdown, one paragraph each, so that long lines wrap."""
    from IPython.display import Markdown

    return Markdown(
        "\n\n".join(
            f"**{card.Index}** ({card.date.year}, {card.kind}, {card.pair}). {card.text}"
            for card in cards().itertuples()
        )
    )


def first_guess_came_true() -> bool:
    """Did Russia deliver more arms to China a year in 2022-2023 than in 2012-2021?"""
    return bool(arms().loc[2022:2023].mean() > arms().loc[2012:2021].mean())


# --- references -----------------------------------------------------------------------------


def dependence(year: int) -> dict[str, float]:
    """Trade with the other as a share of all trade; China's book for the mutual trade."""
    mutual = trade().at[year, "both ways"]
    return {state: mutual / totals().at[year, state] for state in ("Russia", "China")}


def asymmetry(year: int) -> float:
    shares = dependence(year)
    return measures.asymmetry(shares["Russia"], shares["China"])


YEARS = (2021, 2022, 2023)


def asymmetries() -> dict[str, float]:
    return {str(year): asymmetry(year) for year in YEARS}


def balances(year: int = 2020) -> dict[str, float]:
    return two_books().loc[year].to_dict()


def four_shares(year: int = 2023) -> dict[str, float]:
    """The same two flows, each as a share of what the seller sells and of what the buyer buys."""
    both, all_trade = trade().loc[year], load("trade_totals").query("year == @year")
    all_trade = all_trade.set_index("country")
    east, west = both["Russia to China"], both["China to Russia"]
    return {
        "Russia's exports": east / all_trade.at["Russia", "exports_usd_bn"],
        "China's imports": east / all_trade.at["China", "imports_usd_bn"],
        "China's exports": west / all_trade.at["China", "exports_usd_bn"],
        "Russia's imports": west / all_trade.at["Russia", "imports_usd_bn"],
    }


def of_all_trade() -> dict[str, float]:
    """The wrong whole: one flow as a share of exports and imports together."""
    both = trade().loc[2023]
    return {
        "Russia's exports": both["Russia to China"] / totals().at[2023, "Russia"],
        "Russia's imports": both["China to Russia"] / totals().at[2023, "Russia"],
    }


def flows_swapped() -> dict[str, float]:
    both, rows = trade().loc[2023], load("trade_totals").query("year == 2023")
    rows = rows.set_index("country")
    return {
        "Russia's exports": both["China to Russia"] / rows.at["Russia", "exports_usd_bn"],
        "Russia's imports": both["Russia to China"] / rows.at["Russia", "imports_usd_bn"],
    }


def earlier_part() -> dict[str, float]:
    """The wrong year: the flow of 2022 as a part of the exports of 2023."""
    factor = trade()["Russia to China"].loc[2022] / trade()["Russia to China"].loc[2023]
    return {"Russia's exports": four_shares()["Russia's exports"] * factor}


SPANS = {"2013-2021": (2013, 2021), "2021-2023": (2021, 2023)}


def growth(extra_step: int = 0) -> dict[str, float]:
    total = trade()["both ways"]
    return {
        name: measures.compound_growth(total[first], total[last], last - first + extra_step)
        for name, (first, last) in SPANS.items()
    }


def simple_growth(divide: bool) -> dict[str, float]:
    """The wrong rates: the whole growth, or the whole growth divided by the years."""
    total = trade()["both ways"]
    return {
        name: (total[last] / total[first] - 1) / ((last - first) if divide else 1)
        for name, (first, last) in SPANS.items()
    }


def arms_means(ends: tuple = (2005, 2013, 2023), years: int = 3) -> dict[str, float]:
    means = arms().rolling(years).mean()
    return {str(end): means[end] for end in ends}


def centred_means() -> dict[str, float]:
    means = arms().rolling(3, center=True).mean()
    return {str(end): means[end] for end in (2005, 2013)}


def arms_shares(first: int = 2021, last: int = 2023) -> dict[str, float]:
    sums = arms_table().loc[first:last].sum()
    return {
        "of China's imports": sums["Russia to China"] / sums["all imports of China"],
        "of Russia's exports": sums["Russia to China"] / sums["all exports of Russia"],
    }


def of_the_world() -> dict[str, float]:
    """The wrong whole: all transfers in the world."""
    world = arms("World", "World").loc[2021:2023].sum()
    return {"of Russia's exports": arms().loc[2021:2023].sum() / world}


WINDOWS = {"2020-2021": (2020, 2021), "2022-2023": (2022, 2023)}


def exercise_counts() -> pd.DataFrame:
    """Joint exercises in two windows: all with both states, and those of the two alone."""
    rows = exercises_of()
    table = {}
    for name, (first, last) in WINDOWS.items():
        inside = rows[rows["year"].between(first, last)]
        alone = (inside["framework"] == "China-Russia").sum()
        table[name] = {"all": float(len(inside)), "the two alone": float(alone)}
    return pd.DataFrame(table).T


def every_exercise() -> pd.DataFrame:
    """The wrong count: all rows of the table, whoever took part."""
    years = load("joint_exercises")["start_date"].dt.year
    counts = {name: {"all": float(years.between(*w).sum())} for name, w in WINDOWS.items()}
    return pd.DataFrame(counts).T


POINTS = {"yes": 1.0, "abstain": 0.5, "no": 0.0}
PERIODS = ("2014-2019", "2022-2023")


def agreement(first: str = "China", second: str = "Russia") -> pd.DataFrame:
    """Agreement on the Ukraine votes: rows periods, columns identical votes and half points."""
    table = votes()
    a, b = table[first].map(POINTS), table[second].map(POINTS)
    scores = pd.DataFrame({"identical": (a == b).astype(float), "half points": 1 - (a - b).abs()})
    after = np.where(table["date"] < INVASION, *PERIODS)
    return scores.groupby(after).mean()


def pooled_agreement() -> pd.DataFrame:
    """The wrong sample: all eleven votes in both rows."""
    table = votes()
    a, b = table["China"].map(POINTS), table["Russia"].map(POINTS)
    mean = {"identical": (a == b).mean(), "half points": (1 - (a - b).abs()).mean()}
    return pd.DataFrame({period: mean for period in PERIODS}).T


def not_yes() -> pd.DataFrame:
    """A third coding: both did not vote yes."""
    return pd.DataFrame({"identical": dict.fromkeys(PERIODS, 1.0)})


def window_change(years: int, break_year: int = 2022) -> pd.Series:
    """Mean of some years from the break on against as many years before: relative change."""
    table = yearly()
    before = table.loc[break_year - years : break_year - 1].mean()
    after = table.loc[break_year : break_year + years - 1].mean()
    return after / before - 1


KINDS = {"1 year": 1, "2 years": 2}


def window_changes(break_year: int = 2022) -> pd.DataFrame:
    return pd.DataFrame({n: window_change(k, break_year) for n, k in KINDS.items()}).T


def upside_down() -> pd.DataFrame:
    """The wrong base: change as a part of the mean after."""
    changes = window_changes()
    return changes / (1 + changes)


def factors() -> pd.DataFrame:
    return 1 + window_changes()


def days_between() -> int:
    return (INVASION - STATEMENT).days


def wording_verdicts() -> dict[str, set[str]]:
    register = claims.register().set_index("claim_id")
    loose = {"supported", "supported_with_caveat"}
    return {
        "three_weeks": {register.at["I23", "verdict"], "supported_with_caveat"},
        "phrase": {register.at["I22", "verdict"], "supported_with_caveat"},
        "opening": loose,
        "first_place": {"not_testable_with_our_data"},
        "alliance": {"contradicted"},
        "granted": {"not_testable_with_our_data"},
    }


RUNGS = ("word", "rung_1", "rung_2", "rung_3", "rung_4", "rung_5")
CARDS = tuple("ABCDEFGHIJKLM")


def card_codes() -> dict[str, set[str]]:
    return {card: set(text.split()) for card, text in cards()["accepted"].items()}


LADDER_YEARS = ("2012", "2021", "2023")


def ladder_bands() -> dict[tuple[str, str], tuple[int, int]]:
    """Rung: from the strict to the generous reading of the cards up to that year."""
    table = cards().query("pair == 'China-Russia'")
    bands = {}
    for year in LADDER_YEARS:
        seen = table[table["date"].dt.year <= int(year)]
        top = int(seen["rung"].max())
        strict = seen[~seen["accepted"].str.contains(" ")]["rung"].max()
        bands[year, "rung"] = (int(strict), top)
        bands[year, "confidence"] = (1, 3)
    return bands


def best_cards() -> dict[str, set[str]]:
    """The cards that can carry a code inside the band of each year."""
    table, accepted = cards(), {}
    for year in LADDER_YEARS:
        low, high = ladder_bands()[year, "rung"]
        rows = table[
            (table["pair"] == "China-Russia")
            & (table["date"].dt.year <= int(year))
            & table["rung"].between(low, high)
        ]
        accepted[year] = set(rows.index)
    return accepted


# --- drawings -------------------------------------------------------------------------------


def draw_balance(title: str, source: str):
    """Russia's balance in trade with China, as each side's books have it."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    table = two_books()
    fig, ax = plt.subplots(figsize=(8.4, 4.4))
    looks = {"China's book": (f.VERMILION, "s-"), "Russia's book": (f.BLUE, "o--")}
    for column, (colour, line) in looks.items():
        ax.plot(table.index, table[column], line, color=colour, label=column, ms=5)
    ax.axhline(0, color="black", lw=1)
    ax.text(2010, 6, "above 0: Russia sells more than it buys", fontsize=9)
    ax.text(2014.6, -17, "below 0: Russia buys more", fontsize=9)
    ax.set_xticks(range(2000, 2021, 4))
    ax.legend(loc="lower left")
    return f.finish(ax, title, "Year", "Russia's balance (USD bn)", source)


def draw_shares(shares: dict, title: str, source: str):
    """Bars of the four shares, the two of each flow side by side."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    looks = {"Russia": (f.VERMILION, "//"), "China": (f.BLUE, "")}
    fig, ax = plt.subplots(figsize=(8.2, 3.8))
    for y, (name, value) in zip((0, 1, 2.5, 3.5), shares.items(), strict=True):
        colour, hatch = looks[name.partition("'")[0]]
        ax.barh(y, value * 100, color=colour, hatch=hatch, edgecolor="white", height=0.8)
        ax.text(value * 100 + 0.5, y, f"{value:.1%}", va="center", fontsize=10)
    ax.set_yticks((0, 1, 2.5, 3.5), shares)
    ax.text(55, 0.5, "goods from\nRussia to China", va="center", ha="right", fontsize=9.5)
    ax.text(55, 3, "goods from\nChina to Russia", va="center", ha="right", fontsize=9.5)
    ax.set_xlim(0, 55)
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    return f.finish(ax, title, "Share (%)", "", source)


def draw_arms(title: str, source: str):
    """Deliveries by year as bars and their three-year mean; below, two shares of three years."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    table = arms_table()
    sums = table.rolling(3).sum()
    fig, (top, low) = plt.subplots(2, 1, figsize=(8.4, 6.4), sharex=True, height_ratios=[3, 2])
    look = {"color": "#BBD9EC", "edgecolor": "#8AB4CF", "label": "year"}
    top.bar(table.index, table["Russia to China"], **look)
    mean = sums["Russia to China"] / 3
    top.plot(mean.index, mean, "o-", color=f.BLUE, ms=5, label="mean of three years")
    top.legend(loc="upper right")
    f.finish(top, title, "", "TIV (millions)")
    for column, colour, line, label in (
        ("all imports of China", f.VERMILION, "s-", "Russia's share of China's imports"),
        ("all exports of Russia", f.GREEN, "D--", "China's share of Russia's exports"),
    ):
        share = sums["Russia to China"] / sums[column] * 100
        low.plot(share.index, share, line, color=colour, ms=5, label=label)
    low.set_ylim(0, 100)
    low.set_xticks(range(2000, 2024, 4))
    low.legend(loc="upper center", bbox_to_anchor=(0.5, -0.28), ncols=2)
    return f.finish(low, "", "Year (last of the three)", "Share of three years (%)", source)


def draw_two_trends(title: str, source: str):
    """Trade and arms as an index on a log axis, mean of 2005-2007 = 100."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    series = {
        "trade, year (current USD)": (trade()["both ways"], f.VERMILION, "s-"),
        "arms, mean of three years (TIV)": (arms().rolling(3).mean(), f.BLUE, "o--"),
    }
    fig, ax = plt.subplots(figsize=(8.4, 4.6))
    for name, (values, colour, line) in series.items():
        index = values / values.loc[2005:2007].mean() * 100
        index = index.loc[2005:]
        ax.plot(index.index, index, line, color=colour, ms=5, label=name)
    ax.axvline(2021.6, color="black", ls="--", lw=1)
    ax.text(2021.5, 112, "invasion in 2022 ", fontsize=9, ha="right")
    ax.set_yscale("log")
    ax.set_yticks(
        [12.5, 25, 50, 100, 200, 400, 800], ["12.5", "25", "50", "100", "200", "400", "800"]
    )
    ax.minorticks_off()
    ax.set_xticks(range(2005, 2024, 3))
    ax.legend(loc="upper left")
    return f.finish(ax, title, "Year", "Index, mean of 2005-2007 = 100", source)


def draw_votes(title: str, source: str):
    """One column per resolution, one row per state: the vote as letter, colour and shape."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    looks = {
        "no": (f.VERMILION, "s", "N"),
        "abstain": ("#BBBBBB", "o", "A"),
        "yes": (f.BLUE, "D", "Y"),
    }
    table = votes()
    fig, ax = plt.subplots(figsize=(8.6, 2.9))
    for row, state in enumerate(STATES):
        for place, vote in enumerate(table[state]):
            colour, marker, letter = looks[vote]
            ax.plot(place, row, marker, color=colour, ms=19)
            ink = "black" if vote == "abstain" else "white"
            ax.text(place, row, letter, ha="center", va="center", color=ink, fontweight="bold")
    ax.axvline(4.5, color="black", ls="--", lw=1)
    ax.text(4.58, -0.72, "invasion of February 2022", fontsize=9, va="center")
    labels = [f"{name}\n{date.year}" for name, date in zip(table.index, table["date"], strict=True)]
    ax.set_xticks(range(len(table)), labels, fontsize=8.5)
    ax.set_yticks(range(3), STATES)
    ax.set_ylim(2.6, -1)
    ax.set_xlim(-0.6, len(table) - 0.4)
    ax.grid(visible=False)
    return f.finish(ax, title, "Resolution (N = no, A = abstain)", "", source)


def draw_ladder(title: str, source: str):
    """The cards of the pair by date and rung; words stand below the ladder."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    looks = {  # kind: colour, marker
        "text": (f.GREEN, "D"),
        "act": (f.BLUE, "s"),
        "report": (f.ORANGE, "^"),
        "word": ("white", "o"),
    }
    table = cards().query("pair == 'China-Russia'")
    fig, ax = plt.subplots(figsize=(8.6, 4.6))
    shift = {"H": -0.25, "I": 0.15, "J": 0.0, "L": 0.25}  # cards of nearly one date
    for kind, (colour, marker) in looks.items():
        rows = table[table["kind"] == kind]
        x = rows["date"].dt.year + rows["date"].dt.dayofyear / 366 + rows.index.map(shift).fillna(0)
        y = rows["rung"].astype("Float64").fillna(0).astype(float)
        edge = {"mec": "black", "mew": 1, "ls": "none", "ms": 10}
        ax.plot(x, y, marker, color=colour, label=kind, **edge)
        for card, at, height in zip(rows.index, x, y, strict=True):
            up = -0.32 if card in "IL" else 0.32
            ax.text(at, height + up, card, ha="center", va="center", fontsize=9.5)
    ax.set_yticks(
        range(6),
        ["no rung", "1 consultation", "2 arms", "3 exercises", "4 joint command", "5 duty to help"],
    )
    ax.set_ylim(-0.6, 5.4)
    ax.set_xlim(2000.5, 2024.5)
    ax.axhline(0.5, color="black", lw=0.8)
    ax.set_xticks(range(2001, 2025, 3))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=4)
    return f.finish(ax, title, "Year", "", source)


# --- exercises ------------------------------------------------------------------------------

EXERCISES = [
    first_guess(
        "4.prior",
        "Kept on your machine. Exercise 4.5a prints the numbers; then look at this one again.",
    ),
    Exercise(
        id="4.terms",
        title="Four words, four cases",
        stage="investigate",
        difficulty=1,
        form=Choices(
            items=("alba", "borea", "cadia", "dora"),
            options=("alliance", "entente", "strategic_partnership", "alignment"),
            what="case",
        ),
        reference=lambda: {
            "alba": {"alliance"},
            "borea": {"entente"},
            "cadia": {"strategic_partnership"},
            "dora": {"alignment"},
        },
        why="Three of the words name what two states told each other; alignment can be seen from outside, "
        "without a word between them.",
        misconceptions=(
            Misconception(
                "understanding read as a duty",
                "borea: is there a promise to fight? An understanding that each will count on the other "
                "falls short of it.",
                wrong=lambda: {"borea": "alliance"},
            ),
            Misconception(
                "declared goals read as a duty",
                "cadia: a list of common projects is a declaration. Who would have to fight for whom?",
                wrong=lambda: {"cadia": "alliance"},
            ),
            Misconception(
                "likeness read as a declaration",
                "dora: nothing was declared. What is left if you only see that two states act alike?",
                wrong=lambda: {"dora": "strategic_partnership"},
            ),
            Misconception(
                "duty read as a partnership",
                "alba: here stands a promise with a condition. Which word is kept for that?",
                wrong=lambda: {"alba": "strategic_partnership"},
            ),
            Misconception(
                "likeness read as an understanding",
                "dora: an understanding needs two who have reached it. Is there any sign of that here?",
                wrong=lambda: {"dora": "entente"},
            ),
        ),
        hints=("Ask of each case: what was promised, what was declared, what was only seen?",),
        see="the table of key terms",
    ),
    Exercise(
        id="4.1",
        title="Who needs whom more?",
        stage="predict",
        difficulty=1,
        form=Numbers(
            labels=lambda: ("Russia", "China"),
            what="state",
            low=0,
            high=100,
            example="{'Russia': 20, 'China': 20}",
        ),
        why="Kept. Exercise 4.2a will bring your two numbers back.",
    ),
    Exercise(
        id="4.2a",
        title="Two shares of one trade",
        stage="run",
        difficulty=1,
        form=Numbers(
            labels=lambda: ("Russia", "China"),
            what="state",
            tolerance=0.0006,
            share=True,
            low=0,
            high=100,
            example="{'Russia': 0.2, 'China': 0.2}",
        ),
        reference=lambda: dependence(2023),
        looks_back="4.1",
        why="One flow of goods, two wholes: a third of one state's trade is a twenty-fifth of the other's.",
        misconceptions=(
            Misconception(
                "example unchanged",
                "These are the shares of 2021, the worked example. The task asks for a later year.",
                wrong=lambda: dependence(2021),
            ),
            Misconception(
                "year 2022",
                "These are the shares of the year of the invasion; the task asks for the year after.",
                wrong=lambda: dependence(2022),
            ),
            Misconception(
                "the two wholes exchanged",
                "Your two values stand in each other's place: divide by the whole trade of the state "
                "whose name stands on the left.",
                wrong=lambda: dict(
                    zip(("China", "Russia"), dependence(2023).values(), strict=True)
                ),
            ),
            Misconception(
                "one flow only",
                "You took the goods of one direction. Trade is both directions together, in the part and "
                "in the whole.",
                wrong=lambda: {
                    state: trade().at[2023, "Russia to China"] / totals().at[2023, state]
                    for state in ("Russia", "China")
                },
            ),
        ),
        hints=(
            "Copy the lines of the example. Which number in them says the year?",
            "The part is the same for both states; only the whole changes.",
        ),
        see="the worked example for 2021 just above the task",
    ),
    Exercise(
        id="4.2b",
        title="Whose book?",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=lambda: tuple(BOOKS),
            what="book",
            tolerance=0.06,
            example='{"China\'s book": 1.0, "Russia\'s book": 1.0}',
        ),
        reference=balances,
        why="By each side's own book that side had the deficit. Imports are counted with freight and "
        "insurance, goods go by way of third places, months and prices differ: two honest books.",
        misconceptions=(
            Misconception(
                "sign turned",
                "The sizes are there, the signs are turned: the balance asked for is Russia's, what it "
                "sells less what it buys.",
                wrong=lambda: {k: -v for k, v in balances().items()},
            ),
            Misconception(
                "one book for both",
                "Both values come from one book. Each row of the printed table is another reporter.",
                wrong=lambda: dict.fromkeys(BOOKS, balances()["China's book"]),
            ),
            Misconception(
                "sum in place of difference",
                "You added the two flows: that is trade, not the balance. A balance is a difference.",
                wrong=lambda: flows_of(2020).sum(axis=1).to_dict(),
            ),
            Misconception(
                "mirror mixed: exports with exports",
                "You compared what each side says it sold, so your balance mixes two books. Stay in "
                "one row.",
                wrong=lambda: dict.fromkeys(
                    BOOKS,
                    flows_of(2020).at["Russia's book", "Russia to China"]
                    - flows_of(2020).at["China's book", "China to Russia"],
                ),
            ),
        ),
        hints=(
            "Each row of the table is one reporter. Take both numbers from the same row.",
            "Russia's balance: goods from Russia less goods to Russia.",
        ),
        see="the two rows printed above the task",
    ),
    Exercise(
        id="4.3a",
        title="An index of asymmetry",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=lambda: tuple(map(str, YEARS)),
            what="year",
            tolerance=0.0025,
            low=-1,
            high=1,
            example="{'2021': 0.5, '2022': 0.5, '2023': 0.5}",
        ),
        reference=asymmetries,
        why="Russia depends far more, in all three years. But the index hardly moved while Russia's share "
        "nearly doubled: the next question asks why.",
        misconceptions=(
            Misconception(
                "sign flipped",
                "Your values are negative. Positive should mean that Russia depends more: its share comes "
                "first.",
                wrong=lambda: {year: -value for year, value in asymmetries().items()},
            ),
            Misconception(
                "plain difference",
                "This is the difference of the two shares, in share points. The index divides it by their "
                "sum.",
                wrong=lambda: {
                    str(y): dependence(y)["Russia"] - dependence(y)["China"] for y in YEARS
                },
            ),
            Misconception(
                "one year three times",
                "You give the value of one year three times. Each year has its own two shares.",
                wrong=lambda: dict.fromkeys(map(str, YEARS), asymmetry(2021)),
            ),
            Misconception(
                "only Russia's share",
                "These are Russia's shares of trade. The index sets them against China's.",
                wrong=lambda: {str(y): dependence(y)["Russia"] for y in YEARS},
            ),
        ),
        hints=(
            "Fill the blanks with the line of 2021 and change the year in both places.",
            "The first argument is Russia's dependence, the second China's.",
        ),
        see="the line for 2021 in the cell of the task, and the formula in Section 5",
    ),
    letter_question(
        "4.3-read",
        "What moved the index?",
        "c",
        "Both shares have the same part on top, the mutual trade, and it cancels out: (1/R - 1/C) over "
        "(1/R + 1/C). What is left compares the size of two trades. A check that costs one line.",
        {
            "a": (
                "steady index read as steady relation",
                "Mutual trade rose by more than half between 2021 and 2023. Should an index of mutual "
                "need not notice?",
            ),
            "b": (
                "growth of both read as balance",
                "Both shares grew, that is true. But would the index have noticed if both had halved? "
                "Try it with the shares of 2021.",
            ),
            "d": (
                "error of data suspected",
                "The numbers are rounded, but they are not the reason. Double the mutual trade of one "
                "year and compute the index again.",
            ),
        },
        "Write both shares as fractions with the same number on top, then look for what can be cancelled.",
        "the cell with the doubled trade",
        difficulty=2,
    ),
    Exercise(
        id="4.3b",
        title="Four shares of two flows",
        stage="make",
        difficulty=3,
        form=Numbers(
            labels=lambda: tuple(four_shares()),
            what="whole",
            tolerance=0.0006,
            share=True,
            low=0,
            high=100,
            example='{"Russia\'s exports": 0.2, "China\'s imports": 0.2, ...}',
        ),
        reference=four_shares,
        why="China takes three tenths of what Russia sells and sends nearly four tenths of what it buys; "
        "seen from China both flows are a few per cent. Such shares say how much, not how replaceable.",
        misconceptions=(
            Misconception(
                "exports and imports as one whole",
                "Russia's exports: you divided by exports and imports together. A flow of sales belongs to "
                "sales, a flow of purchases to purchases.",
                wrong=of_all_trade,
            ),
            Misconception(
                "flows exchanged",
                "Russia's exports are the goods that go from Russia to China; you divided the goods of the "
                "other direction.",
                wrong=flows_swapped,
            ),
            Misconception(
                "year 2022 in the part",
                "The part is of 2022, the whole of 2023. Take both from one year.",
                wrong=earlier_part,
            ),
        ),
        hints=(
            "Two parts, each used twice: once divided by what the seller sells, once by what the buyer buys.",
            'wholes.at["Russia", "exports_usd_bn"] picks one cell: row first, then column.',
        ),
        see="the table of wholes above the task",
    ),
    Exercise(
        id="4.4",
        title="Growth per year",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=lambda: tuple(SPANS),
            what="span",
            tolerance=0.0011,
            share=True,
            low=-100,
            high=1000,
            example="{'2013-2021': 0.5, '2021-2023': 0.5}",
        ),
        reference=growth,
        why="Two spans of different length can only be compared per step. A compound rate still hides what "
        "lies between: trade fell by almost a third from 2014 to 2015.",
        misconceptions=(
            Misconception(
                "posts counted, not steps",
                "Your rates fit one step too many. Count steps, not posts: from one year to the next is "
                "one step.",
                wrong=lambda: growth(extra_step=1),
            ),
            Misconception(
                "whole growth",
                "This is the growth of the whole span. Eight years and two years cannot be compared so: "
                "per year is wanted.",
                wrong=lambda: simple_growth(divide=False),
            ),
            Misconception(
                "whole growth divided by years",
                "You divided the whole growth by the number of years. Growth builds on growth, so the "
                "rate is a root, not a quotient.",
                wrong=lambda: simple_growth(divide=True),
            ),
        ),
        hints=(
            "measures.compound_growth wants the first value, the last value and the number of steps.",
            "The number of steps is the last year less the first year.",
        ),
        see="the worked example for 2001 to 2013",
    ),
    letter_question(
        "4.4-read",
        "Value, price and the year",
        "b",
        "In 2022 the value of Russia's sales rose about as much as the price of oil; in 2023 it rose "
        "although that price fell. More cannot be said from these numbers: gas and coal have other prices, "
        "and the Russian discount is not in the table.",
        {
            "a": (
                "value read as volume",
                "Look at the oil price of the same year before you call it more goods. Unit 3 took value "
                "apart into two factors.",
            ),
            "c": (
                "all price",
                "Compare the two rows of 2023: did price and value move in the same direction?",
            ),
            "d": (
                "price ignored",
                "Most of what Russia sells to China is fuel. Is its price in none of these columns?",
            ),
        },
        "Set the two changes of each year side by side, then ask whether they have the same sign and size.",
        "the cell that prints values and oil prices",
        difficulty=2,
    ),
    Exercise(
        id="4.5a",
        title="A mean of three years",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("2005", "2013", "2023"),
            what="last year",
            tolerance=0.6,
            low=0,
            example="{'2005': 1000, '2013': 1000, '2023': 1000}",
        ),
        reference=arms_means,
        looks_back="4.prior",
        why="From about 2,700 a year to under 500. The fall has two steps, around 2007 and after 2019, and "
        "both lie before the invasion.",
        misconceptions=(
            Misconception(
                "single year",
                "These are single years. A ship or a regiment of missiles delivered in one year makes it "
                "jump: take the mean.",
                wrong=lambda: arms_means(years=1),
            ),
            Misconception(
                "five years",
                "These are means of five years, the span that SIPRI prefers. Here three are asked for.",
                wrong=lambda: arms_means(years=5),
            ),
            Misconception(
                "sum of three years",
                "You added three years and did not divide. A mean is a sum divided by how many went in.",
                wrong=lambda: {k: 3 * v for k, v in arms_means().items()},
            ),
            Misconception(
                "window around the year",
                "Your windows stand around the year named. Here the year named is the last of the three.",
                wrong=centred_means,
            ),
            Misconception(
                "TIV read as money",
                "You changed the unit. TIV measures volume by cost of production, not price: it has no "
                "exchange rate, and millions of TIV stay millions of TIV.",
                wrong=lambda: {k: v / 1000 for k, v in arms_means().items()},
            ),
        ),
        hints=(
            "rolling(3) looks back over three rows; .mean() takes their mean.",
            "The label of the mean is the last year of the three.",
        ),
        see="the worked example with three invented years in Section 5",
    ),
    Exercise(
        id="4.5b",
        title="One flow, two wholes",
        stage="make",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("of China's imports", "of Russia's exports"),
            what="whole",
            tolerance=0.0011,
            share=True,
            low=0,
            high=100,
            example='{"of China\'s imports": 0.5, "of Russia\'s exports": 0.5}',
        ),
        reference=arms_shares,
        why="The volume fell, but so did all that China buys and all that Russia sells. Russia remained by "
        "far the first supplier, and China became a larger part of a smaller trade.",
        misconceptions=(
            Misconception(
                "years of the example",
                "These are the shares of the example. The task asks for the last three years of the "
                "table.",
                wrong=lambda: arms_shares(2010, 2012),
            ),
            Misconception(
                "one year",
                "These are the shares of a single year. Add up three years in the part and in the whole.",
                wrong=lambda: arms_shares(2023, 2023),
            ),
            Misconception(
                "world as the whole",
                "of Russia's exports: you divided by all transfers in the world. The whole is what Russia "
                "delivered to everybody.",
                wrong=of_the_world,
            ),
            Misconception(
                "wholes exchanged",
                "Your two shares stand in each other's place. Which column has what China took in from "
                "everybody?",
                wrong=lambda: dict(
                    zip(
                        ("of Russia's exports", "of China's imports"),
                        arms_shares().values(),
                        strict=True,
                    )
                ),
            ),
        ),
        hints=(
            "Add up the rows of the three years first, then divide column by column.",
            "deliveries.loc[2010:2012].sum() does the first step for the example.",
        ),
        see="the worked example for 2010 to 2012",
    ),
    letter_question(
        "4.5-read",
        "Arms down, friendship down?",
        "d",
        "The same fall fits at least three stories: China makes its own, Russia needs its weapons at the "
        "front, the two have drifted apart. The first began long before 2022. A flow has no motive.",
        {
            "a": (
                "fall read as cooling",
                "Look at when the line fell most, and at the share of China's imports. Does a buyer who "
                "drifts away keep you as first supplier?",
            ),
            "b": (
                "fall dated by the war",
                "Compare the mean at the end of 2021 with the one at the end of 2023, then with 2019. "
                "Where lies the larger fall?",
            ),
            "c": (
                "share read as volume",
                "A share can stay high while everything shrinks. What did the three-year means say?",
            ),
        },
        "Date the fall, then list every reason for it that the table does not exclude.",
        "the two panels of the figure",
        difficulty=2,
    ),
    Exercise(
        id="4.6a",
        title="What is one joint exercise?",
        stage="modify",
        difficulty=2,
        form=Grid(
            rows=lambda: tuple(WINDOWS),
            columns=lambda: ("all", "the two alone"),
            tolerance=0.01,
            example="a table with a row per window and a column per way of counting",
        ),
        reference=exercise_counts,
        why="One way of counting falls, the other stays. With exercises under a third host's roof, which "
        "the table leaves out, it would rise.",
        misconceptions=(
            Misconception(
                "every row counted",
                "You counted rows in which China and Russia did not both take part. Start from the list "
                "of those with both.",
                wrong=every_exercise,
            ),
            Misconception(
                "mean in place of number",
                "These are numbers per year. Asked for is how many fall into each window.",
                wrong=lambda: exercise_counts() / 2,
            ),
            Misconception(
                "alone read as others",
                "Your second column counts the exercises with others present. Asked for are those of the "
                "two alone.",
                wrong=lambda: pd.DataFrame(
                    {"the two alone": exercise_counts()["all"] - exercise_counts()["the two alone"]}
                ),
            ),
        ),
        hints=(
            "Count by hand in the printed list: first all rows of a window, then those whose framework is "
            "China-Russia.",
            "drills.query(...) keeps rows; len(...) counts them.",
        ),
        see="the printed list of exercises",
    ),
    Exercise(
        id="4.6b",
        title="Alike or not alike?",
        stage="make",
        difficulty=3,
        form=Grid(
            rows=lambda: PERIODS,
            columns=lambda: ("identical", "half points"),
            tolerance=0.006,
            share=True,
            example="a table with a row per period and a column per coding",
        ),
        reference=agreement,
        why="By either coding China stood further from Russia on Ukraine after the invasion than before, "
        "though it never once voted yes. How far depends on what an abstention beside a No is worth.",
        misconceptions=(
            Misconception(
                "all eleven votes in both rows",
                "Your two rows are equal: both hold all votes. The first row ends before the invasion, "
                "the second begins with it.",
                wrong=pooled_agreement,
            ),
            Misconception(
                "not yes counted as alike",
                "You count an abstention and a No as the same. That is a third coding; the first column "
                "wants the same vote.",
                wrong=not_yes,
            ),
            Misconception(
                "codings exchanged",
                "Your columns stand in each other's place: half points can only raise the agreement.",
                wrong=lambda: agreement().rename(
                    columns={"identical": "half points", "half points": "identical"}
                ),
            ),
            Misconception(
                "India in place of China",
                "This is the agreement of another state with Russia. Which column did you compare?",
                wrong=lambda: agreement("India"),
            ),
        ),
        hints=(
            "Identical: count the votes in which both letters are the same, divide by all of the period.",
            "Half points: 1 for the same vote, a half if one of the two abstained, 0 for yes against no.",
        ),
        see="the worked example with India",
    ),
    letter_question(
        "4.6-read",
        "What an abstention says",
        "a",
        "Roll calls record positions, not reasons. Two codings, two sizes, one direction: report both and "
        "leave the motive open.",
        {
            "b": (
                "abstention read as condemnation",
                "An abstention backs neither side. What would a vote for the resolution have looked like?",
            ),
            "c": (
                "abstention read as support",
                "An abstention backs neither side. Six times China had a No at hand: how often did it use "
                "it?",
            ),
            "d": (
                "few votes read as none",
                "Six votes are few, but they are not a sample: they are all there were in that year.",
            ),
        },
        "Which of the sentences stays within what the table records?",
        "the figure of the eleven votes",
    ),
    Exercise(
        id="4.6c",
        title="Put five lines in order",
        stage="investigate",
        difficulty=2,
        form=Ordering(labels=("A", "B", "C", "D", "E")),
        reference=lambda: ("D", "B", "E", "A", "C"),
        why="State the length first, find the first and the last year, cut out the two windows, compare their "
        "means. In this order nobody can choose the window by its result.",
        misconceptions=(
            Misconception(
                "result before the window",
                "Your order compares before there is anything to compare.",
                wrong=lambda: ("C", "D", "B", "E", "A"),
            ),
            Misconception(
                "division before the windows",
                "The division uses the names before and after. Which line makes them?",
                wrong=lambda: ("D", "B", "A", "E", "C"),
            ),
            Misconception(
                "window stated last",
                "Which line says how long the windows are? The others use its name.",
                wrong=lambda: ("B", "E", "A", "D", "C"),
            ),
        ),
        hints=("Ask of each line which names it uses, and which line makes them.",),
        see="the five lines above the task",
    ),
    Exercise(
        id="4.6d",
        title="Before and after, with the window stated",
        stage="make",
        difficulty=4,
        form=Grid(
            rows=lambda: tuple(KINDS),
            columns=lambda: ("trade", "arms", "exercises"),
            tolerance=0.006,
            share=True,
            example="a table with a row per window and a column per indicator",
        ),
        reference=window_changes,
        why="One indicator rises in both windows, one falls in both, and arms change their sign with the "
        "window. So a sentence about arms since the invasion needs its window in it.",
        misconceptions=(
            Misconception(
                "factor in place of change",
                "These are factors (after divided by before). A change is the factor less 1.",
                wrong=factors,
            ),
            Misconception(
                "change as part of the mean after",
                "You divided by the mean after. A change is measured from where it began.",
                wrong=upside_down,
            ),
            Misconception(
                "break in 2021",
                "Your windows meet a year too early: 2022 is the first year after.",
                wrong=lambda: window_changes(2021),
            ),
            Misconception(
                "one window twice",
                "Both rows hold the same window. The first takes one year on each side, the second two.",
                wrong=lambda: pd.DataFrame({n: window_change(1) for n in KINDS}).T,
            ),
        ),
        hints=(
            "Copy the line for one year. Only the years inside the two pairs of square brackets change.",
            "table.loc[2020:2021] holds both years: with .loc the end is included.",
        ),
        see="the complete line for one year, above the task, and Section 5",
    ),
    Exercise(
        id="4.7a",
        title="How many days?",
        stage="fact-check",
        difficulty=1,
        form=Number(tolerance=0.1, low=0, high=400),
        reference=days_between,
        why="One day short of three weeks. A rounding that nobody should quarrel with.",
        misconceptions=(
            Misconception(
                "first day counted",
                "You counted the day of the statement as well. Do not count the first day: from Friday to "
                "Saturday is one day.",
                wrong=lambda: days_between() + 1,
            ),
            Misconception(
                "opening of another event",
                "Your number reaches from the statement to the recognition of the two entities in the "
                "Donbas. The task asks for the invasion.",
                wrong=lambda: (pd.Timestamp("2022-02-21") - STATEMENT).days,
            ),
        ),
        hints=("Subtract one date from the other; .days gives a whole number.",),
        see="the two dates above the task",
    ),
    Exercise(
        id="4.7b",
        title="Six verdicts",
        stage="fact-check",
        difficulty=3,
        form=Choices(
            items=("three_weeks", "phrase", "opening", "first_place", "alliance", "granted"),
            options=VERDICTS,
        ),
        reference=wording_verdicts,
        why="The dates hold and the phrase renders the statement. What brought two states together, and "
        "whether something should be taken for granted, are questions of cause and judgement.",
        misconceptions=(
            Misconception(
                "rounding punished",
                "three_weeks: a day short. Would a careful reader be misled by the rounding?",
                wrong=lambda: {"three_weeks": "contradicted"},
            ),
            Misconception(
                "translation read as an error",
                "phrase: the official English words are other ones, but do they say something else?",
                wrong=lambda: {"phrase": "contradicted"},
            ),
            Misconception(
                "detail of place read as the claim",
                "opening: talks and ceremony fell on one day. Is the sentence wrong, or only loose?",
                wrong=lambda: {"opening": "contradicted"},
            ),
            Misconception(
                "cause read from likeness",
                "first_place: that both challenge an order and that they came closer can both be shown. "
                "Which table shows that one caused the other?",
                wrong=lambda: {"first_place": "supported"},
            ),
            Misconception(
                "friendship read as alliance",
                "alliance: look for a duty to help in the statement, and at what its authors say about "
                "alliances of the Cold War.",
                wrong=lambda: {"alliance": "supported"},
            ),
            Misconception(
                "alliance with a caveat",
                "alliance: is there any condition under which the sentence would hold, as it stands?",
                wrong=lambda: {"alliance": "supported_with_caveat"},
            ),
            Misconception(
                "advice read as a finding",
                "granted: this is a judgement about the future. Name the table that could refute it.",
                wrong=lambda: {"granted": "supported"},
            ),
            Misconception(
                "advice refuted by records",
                "granted: record trade shows that something goes on, not that it may be relied on.",
                wrong=lambda: {"granted": "contradicted"},
            ),
        ),
        hints=(
            "Ask of each sentence: is it about a date, a wording, a cause or a judgement?",
            "The scale has a word for what no table of ours can measure.",
        ),
        see="the two wordings printed above the task",
    ),
    Exercise(
        id="4.8a",
        title="Thirteen cards",
        stage="investigate",
        difficulty=3,
        form=Choices(items=CARDS, options=RUNGS, what="card"),
        reference=card_codes,
        why="The loudest cards carry no rung, and the top rung is filled only by other pairs.",
        misconceptions=(
            Misconception(
                "statement read as a duty",
                "H: who must do what, by this text? A statement that binds nobody carries no rung, however "
                "warm it is.",
                wrong=lambda: {"H": "rung_5"},
            ),
            Misconception(
                "consultation read as defence",
                "B: the duty in the treaty is to talk at once. Compare with the words of card A.",
                wrong=lambda: {"B": "rung_5"},
            ),
            Misconception(
                "one unnamed source",
                "J: one journalist, one unnamed source, no document. Would you accept this for a state "
                "that you like?",
                wrong=lambda: {"J": "rung_5"},
            ),
            Misconception(
                "denial read as evidence",
                "L: that two states say what they are not is a statement as well.",
                wrong=lambda: {"L": "rung_4"},
            ),
            Misconception(
                "exercise read as alliance",
                "D: exercises are one rung; a duty to defend is another. What does the card show?",
                wrong=lambda: {"D": "rung_5"},
            ),
            Misconception(
                "arms read as alliance",
                "E: a sale of arms binds nobody to fight. Many states buy from several sellers.",
                wrong=lambda: {"E": "rung_4"},
            ),
            Misconception(
                "promise of another pair overlooked",
                "M: the ladder is the same for every pair. Which rung is filled by a promise of military "
                "help in a treaty?",
                wrong=lambda: {"M": "word"},
            ),
        ),
        hints=(
            "First ask: treaty, act, or words? Only the first two carry a rung.",
            "Then: consult, supply, exercise, command together, or help in war?",
        ),
        see="the ladder in Section 5",
    ),
    Exercise(
        id="4.8b",
        title="Three years on the ladder",
        stage="make",
        difficulty=3,
        form=Codes(core=LADDER_YEARS, items=("rung", "confidence"), groups=LADDER_YEARS, top=5),
        reference=ladder_bands,
        why="The third rung is firm in all three years. For the fourth there is an exercise of five days "
        "and a landing: a careful coder may see it or not. Nobody can find the fifth in the cards.",
        misconceptions=(
            Misconception(
                "later acts read back",
                "2012: the cards for that rung are dated later. Code a year from what had happened by then.",
                wrong=lambda: {"2012": {"rung": 4}},
            ),
            Misconception(
                "no limits read as a duty",
                "2023: the top rung wants a treaty duty to help. Which card of this pair holds one?",
                wrong=lambda: {"2023": {"rung": 5}},
            ),
            Misconception(
                "paper only",
                "2021: by then there was more than talks. Look at the cards of kind act.",
                wrong=lambda: {"2021": {"rung": 1}},
            ),
            Misconception(
                "arms line read as the whole",
                "2023: you seem to follow arms alone, which had become few. The ladder asks for the "
                "highest rung with evidence.",
                wrong=lambda: {"2023": {"rung": 2}},
            ),
            Misconception(
                "confidence beyond its scale",
                "2012: confidence goes from 1 (one weak source) to 3 (several independent ones).",
                wrong=lambda: {"2012": {"confidence": 5}},
            ),
            Misconception(
                "code without confidence",
                "2021: a confidence of nothing means no code at all. If you code, say how sure you are, "
                "from 1 upwards.",
                wrong=lambda: {"2021": {"confidence": 0}},
            ),
        ),
        hints=(
            "Keep only the cards of China and Russia that are dated in the year or before.",
            "Take the highest rung among them, and ask who reported it and how often it happened.",
        ),
        see="the ladder and your codes of the cards",
    ),
    Exercise(
        id="4.8c",
        title="Each rung needs a source",
        stage="make",
        difficulty=2,
        form=Choices(items=LADDER_YEARS, options=CARDS, what="year"),
        reference=best_cards,
        why="A score whose evidence can be named can be attacked, and that is what makes it worth having.",
        misconceptions=(
            Misconception(
                "warm words as evidence",
                "2023: that card holds words. Each rung needs an act or a treaty as its source.",
                wrong=lambda: {"2023": "H"},
            ),
            Misconception(
                "card of another pair",
                "2023: that card is about another pair of states.",
                wrong=lambda: {"2023": "A"},
            ),
            Misconception(
                "card from a later year",
                "2021: that card is dated after the year that you code.",
                wrong=lambda: {"2021": "K"},
            ),
            Misconception(
                "lower rung as evidence",
                "2012: that card carries a lower rung than the one which the year had reached.",
                wrong=lambda: {"2012": "B"},
            ),
            Misconception(
                "lower rung in 2023",
                "2023: talks every year are a low rung. Which card carries the rung of your code?",
                wrong=lambda: {"2023": "C"},
            ),
        ),
        hints=("Take the card that carried your code in Exercise 4.8b.",),
        see="your codes of the cards and of the years",
    ),
    letter_question(
        "4.peer",
        "Peer question",
        "c",
        "Costly signals: what costs something would not be done for show. Bad news for the author's "
        "caution would have to be of this kind.",
        {
            "a": (
                "words read as evidence",
                "A speech costs nothing and binds nobody. Would it be made just as well by a state that "
                "means to leave?",
            ),
            "b": (
                "price read as loyalty",
                "Whose choice does a record value show in a year of record prices?",
            ),
            "d": (
                "routine read as commitment",
                "Exercises are held with many partners. What would it cost to stop?",
            ),
        },
        "Ask of each: what would it cost a state that does not mean it?",
        "costly signal in the glossary",
    ),
    essay("4.9"),
    second_guess(
        "4.exit",
        title="A forecast",
        why="Kept. Note the treaty text by which you want to be judged.",
    ),
]
