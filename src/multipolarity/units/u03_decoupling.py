"""Unit 3, decoupling and diversification: its exercises, tables and drawings.

Every reference below is computed from the tables when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from multipolarity import claims, measures
from multipolarity.exercise import Exercise, Misconception
from multipolarity.forms import Choices, Essay, Grid, Numbers, Ordering
from multipolarity.tables import load
from multipolarity.units.shared import VERDICTS, first_guess, letter_question, second_guess

LNG = "LNG (all origins)"

# --- tables of the unit ---------------------------------------------------------------------


def volumes(year: int, pipeline_only: bool = False) -> pd.Series:
    """Gas that entered the EU in a year, in bcm, by supplier; LNG is one block."""
    rows = load("eu_gas_flows").query("year == @year")
    if pipeline_only:
        rows = rows[rows["supply"] == "pipeline"]
    return rows.groupby("supplier")["volume_bcm"].sum()


def lng_by_origin(year: int) -> pd.Series:
    """LNG that entered the EU in a year, in bcm: Russia, United States, other (from 2023)."""
    return load("eu_lng_origin").query("year == @year").groupby("origin")["volume_bcm"].sum()


def by_origin(year: int) -> pd.Series:
    """Pipeline gas and LNG added up state by state, in bcm; 'other' is other LNG."""
    return volumes(year, pipeline_only=True).add(lng_by_origin(year), fill_value=0)


def hhi_of(amounts: pd.Series) -> float:
    return measures.hhi(measures.shares(amounts))


def hhi_by_quarter() -> pd.DataFrame:
    """HHI of the EU's gas suppliers by quarter (rows) and unit of analysis (columns).

    LNG by origin begins in 2023Q1: before, only one quarter has origins, from another source.
    """
    flows = load("eu_gas_flows").pivot(index="period", columns="supplier", values="volume_bcm")
    pipes = flows.drop(columns=LNG)
    origins = load("eu_lng_origin").pivot(index="period", columns="origin", values="volume_bcm")
    split = pipes.add(origins, fill_value=0).loc["2023Q1":]
    tables = {"LNG as one supplier": flows, "pipeline only": pipes, "LNG by origin": split}
    return pd.DataFrame(
        {name: t.fillna(0).apply(hhi_of, axis=1) for name, t in tables.items()}
    ).loc["2019Q1":]


def quarterly_prices() -> pd.DataFrame:
    """Mean price of each quarter: gas at the European hub (USD per million Btu), Brent (USD)."""
    prices = load("commodity_prices")
    period = prices["month"].dt.to_period("Q").astype(str)
    columns = {"gas_europe_usd_mmbtu": "gas", "brent_usd_bbl": "oil"}
    return prices.groupby(period)[list(columns)].mean().rename(columns=columns)


def russian_gas(by: str = "year") -> pd.DataFrame:
    """Russian pipeline gas to the EU: volume (bcm), value at hub prices, value per unit of volume.

    by  "year" or "period" (quarters). The value is volume times the quarter's mean hub price, in
        bcm times USD per million Btu: good for changes, not for sums of money.
    """
    rows = load("eu_gas_flows").query("supplier == 'Russia'").set_index("period")
    rows["value"] = rows["volume_bcm"] * quarterly_prices()["gas"]
    table = rows.groupby(by)[["volume_bcm", "value"]].sum()
    table = table.rename(columns={"volume_bcm": "volume"})
    return table.assign(price=table["value"] / table["volume"])


YEARS = {  # name in the exercise -> product and the two periods of table eu_trade_shares
    "gas": ("natural gas, gaseous and LNG", "2021", "2022"),
    "oil": ("petroleum oils", "2021", "2022"),
    "coal": ("coal", "2021", "2022"),
    "fertilisers": ("fertilisers", "2021", "2022"),
    "iron and steel": ("iron and steel", "2021", "2022"),
    "all goods": ("all goods", "2022-02", "2022-12"),
    "uranium": ("uranium", "2021", "2022"),
}
QUARTERS = {  # the same question in another window
    "pipeline gas": ("natural gas, gaseous", "2022Q1", "2023Q1"),
    "LNG": ("natural gas, liquefied (LNG)", "2022Q1", "2023Q1"),
    "oil": ("petroleum oils", "2022Q1", "2023Q1"),
}


def commodity_shares(windows: dict[str, tuple[str, str, str]] = YEARS) -> pd.DataFrame:
    """Russia's share (percent) of what the EU buys from outside, at two dates for each commodity.

    windows  YEARS (2021 and 2022; all goods by month) or QUARTERS (2022Q1 and 2023Q1).
    """
    shares = load("eu_trade_shares").query("partner == 'Russia' and flow == 'imports'")
    shares = shares.set_index(["product", "period"])["share_percent"]
    rows = {
        name: {
            "from": first,
            "share then": shares.get((product, first)),
            "to": last,
            "share later": shares.get((product, last)),
        }
        for name, (product, first, last) in windows.items()
    }
    table = pd.DataFrame(rows).T
    return table.astype({"share then": float, "share later": float})


def both_windows() -> pd.DataFrame:
    """The shares of both windows under one another, for the figure."""
    quarters = commodity_shares(QUARTERS).rename(index="{}, by quarter".format)
    table = pd.concat([commodity_shares().dropna(), quarters])
    return table[["share then", "share later"]]


def first_guess_came_true() -> bool:
    """Was the value of EU imports from Russia lower in 2022 than in 2021, by every number published?"""
    paid = load("eu_trade").query(
        "partner == 'Russia' and flow == 'imports' and period_type == 'year'"
    )
    paid = paid.groupby("year")["value_eur_bn"]
    return bool(paid.max()[2022] < paid.min()[2021])


# --- references -----------------------------------------------------------------------------


def log_change(before: pd.Series, after: pd.Series) -> pd.Series:
    return np.log(after / before)


def gas_change(first: int = 2021, last: int = 2022) -> dict[str, float]:
    table = russian_gas()
    return log_change(table.loc[first], table.loc[last])[["price", "volume", "value"]].to_dict()


def gas_percent() -> dict[str, float]:
    table = russian_gas()
    return (table.loc[2022] / table.loc[2021] - 1).to_dict()


def plain_price_change() -> float:
    """Log change of the plain mean of the twelve monthly prices, 2021 to 2022."""
    prices = load("commodity_prices")
    mean = prices.groupby(prices["month"].dt.year)["gas_europe_usd_mmbtu"].mean()
    return float(np.log(mean[2022] / mean[2021]))


OIL_AND_GAS = {"oil": "petroleum oils", "gas": "natural gas, gaseous and LNG"}


def mass_and_price() -> pd.DataFrame:
    """Mean mass of EU imports from Russia (million tonnes a month) and mean price, two quarters."""
    mass = load("eu_import_mass").pivot(
        index="period", columns="product", values="mass_mt_per_month"
    )
    prices = quarterly_prices().loc[mass.index]
    parts = {
        f"{name} {what}": table[column]
        for name, product in OIL_AND_GAS.items()
        for what, table, column in (("mass", mass, product), ("price", prices, name))
    }
    return pd.DataFrame(parts)


def oil_gas_changes(change: Callable = log_change) -> pd.DataFrame:
    """Changes from 2022Q2 to 2023Q2: rows oil and gas, columns price and volume."""
    table = mass_and_price()
    moved = change(table.loc["2022Q2"], table.loc["2023Q2"])
    names = list(OIL_AND_GAS)
    parts = {"price": "price", "volume": "mass"}
    return pd.DataFrame(
        {part: [moved[f"{name} {word}"] for name in names] for part, word in parts.items()},
        index=names,
    )


def yearly_price_changes() -> pd.DataFrame:
    """The wrong window: mean prices of whole years."""
    prices = load("commodity_prices")
    mean = prices.groupby(prices["month"].dt.year)[["brent_usd_bbl", "gas_europe_usd_mmbtu"]].mean()
    changes = log_change(mean.loc[2022], mean.loc[2023])
    return pd.DataFrame({"price": changes.to_numpy()}, index=list(OIL_AND_GAS))


def substitution(last: int = 2023, first: int = 2021) -> dict[str, float]:
    """Shares of the fall of Russian pipeline gas: replaced by others, and not bought at all."""
    before, after = volumes(first), volumes(last)
    fall = before["Russia"] - after["Russia"]
    others = after.drop("Russia").sum() - before.drop("Russia").sum()
    return {"replaced": others / fall, "less": (before.sum() - after.sum()) / fall}


def only_growing() -> float:
    """The wrong sum: suppliers that sold more, without those that sold less."""
    change = (volumes(2023) - volumes(2021)).drop("Russia")
    return float(change[change > 0].sum() / (volumes(2021) - volumes(2023))["Russia"])


def of_the_total() -> dict[str, float]:
    """The wrong whole: parts of all gas of 2021 in place of parts of the fall."""
    before, after = volumes(2021), volumes(2023)
    others = after.drop("Russia").sum() - before.drop("Russia").sum()
    return {
        "replaced": others / before.sum(),
        "less": (before.sum() - after.sum()) / before.sum(),
    }


def russian_shares(extra_in_whole: bool = False, lng: bool = True) -> dict[str, float]:
    """Russia's share of the EU's gas in 2023: by pipe alone, and by pipe and ship."""
    gas, ship = volumes(2023), lng_by_origin(2023)["Russia"]
    whole = gas.sum() + ship * extra_in_whole
    return {
        "pipe": gas["Russia"] / gas.sum(),
        "pipe and ship": (gas["Russia"] + ship * lng) / whole,
    }


def hhi_by_unit() -> dict[str, float]:
    return {
        "LNG as one supplier": hhi_of(volumes(2023)),
        "pipeline only": hhi_of(volumes(2023, pipeline_only=True)),
        "LNG by origin": hhi_of(by_origin(2023)),
    }


def russia_twice() -> float:
    """The wrong unit: Russian gas by pipe and by ship counted as two suppliers."""
    ships = lng_by_origin(2023).rename({"Russia": "Russia, LNG"})
    return hhi_of(pd.concat([volumes(2023, pipeline_only=True), ships]))


def lng_twice() -> float:
    """The wrong sum: LNG by origin beside LNG as a block."""
    return hhi_of(volumes(2023).add(lng_by_origin(2023), fill_value=0))


def rule(then: float, later: float) -> set[str]:
    """The unit's decision rule for 'decoupled': a course convention, fixed before looking."""
    if pd.isna(then) or pd.isna(later):
        return {"not_testable_with_our_data"}
    fall = 1 - later / then
    if fall >= 1 / 2:
        return {"supported", "supported_with_caveat"}
    if fall >= 1 / 3:
        return {"supported_with_caveat"}
    return {"supported_with_caveat", "contradicted"} if fall >= 1 / 5 else {"contradicted"}


def decoupling_verdicts() -> dict[str, set[str]]:
    """The rule's verdicts for each commodity; no table of ours can test deglobalisation."""
    shares = commodity_shares()
    accepted = {
        name: rule(row["share then"], row["share later"]) for name, row in shares.iterrows()
    }
    return accepted | {"deglobalisation": {"not_testable_with_our_data"}}


def nord_stream_verdicts() -> dict[str, set[str]]:
    days = claims.register().set_index("claim_id").loc["I09"]
    return {
        "running": {"contradicted"},
        "two_days": {days["verdict"], *days["also_accepted"].split()},
        "motive": {"not_testable_with_our_data"},
    }


def goods_to_the_eu(year: int = 2019) -> float:
    """The part of Russia's exports of goods that went to the EU: what the EU reports, by what Russia
    reports as its total."""
    rows = load("export_destinations").query("year == @year and months == 12")
    exports = rows.set_index("partner")["exports_usd_bn"]
    return float(exports["EU27"] / exports["World"])


def goods_from_russia(flow: str = "imports") -> float:
    """Russia's part in the EU's imports (or exports) of goods in February 2022."""
    rows = load("eu_trade_shares").query("period == '2022-02' and flow == @flow")
    return float(rows["share_percent"].iloc[0] / 100)


def who_needs_whom() -> dict[str, float]:
    return {
        "EU in Russia's exports": goods_to_the_eu(),
        "Russia in the EU's imports": goods_from_russia(),
        "Russia in the EU's gas": float(measures.shares(volumes(2021))["Russia"]),
    }


def needed_spare(amounts: pd.Series) -> pd.Series:
    """By which share all others must expand to replace each supplier."""
    return amounts / (amounts.sum() - amounts)


# --- drawings -------------------------------------------------------------------------------


def draw_routes(title: str, source: str):
    """Russian pipeline gas to the EU by route and quarter, stacked, with three dates."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    rows = load("eu_gas_routes").query("year >= 2019")
    table = rows.pivot(index="period", columns="route", values="volume_bcm").fillna(0)
    looks = {  # from the bottom to the top
        "TurkStream": (f.PURPLE, "xx"),
        "Ukraine transit": (f.GREEN, ""),
        "Nord Stream": (f.BLUE, "//"),
        "Yamal (Belarus, Poland)": (f.ORANGE, ".."),
        "Baltics and Finland": ("#BBBBBB", ""),
    }
    fig, ax = plt.subplots(figsize=(8.6, 4.8))
    base = np.zeros(len(table))
    for route, (colour, hatch) in looks.items():
        look = {"color": colour, "hatch": hatch, "edgecolor": "white", "width": 1}
        ax.bar(table.index, table[route], bottom=base, label=route, **look)
        base += table[route].to_numpy()
    for at, height, side, text in (
        (12.1, 50, "right", "invasion \n24 Feb 2022 "),
        (14.2, 42, "left", " Nord Stream stops\n 31 Aug 2022"),
        (23.5, 50, "right", "Ukraine transit \nends 1 Jan 2025 "),
    ):
        ax.axvline(at, color="black", ls="--", lw=1)
        ax.text(at, height, text, fontsize=9, va="top", ha=side)
    ax.set_xticks(range(0, len(table), 4), [period[:4] for period in table.index[::4]])
    ax.set_ylim(0, 52)
    ax.grid(axis="x", visible=False)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=3)
    xlabel = "Quarter (the year stands under its first quarter)"
    return f.finish(ax, title, xlabel, "Billion cubic metres", source)


def draw_hhi(table: pd.DataFrame, title: str, source: str):
    """HHI by quarter, one line for each unit of analysis, with its own marker."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    fig, ax = plt.subplots(figsize=(8.6, 4.6))
    looks = [(f.VERMILION, "s", "-"), (f.BLUE, "o", "--"), (f.GREEN, "D", "-")]
    for column, (colour, marker, line) in zip(table.columns, looks, strict=True):
        ax.plot(table.index, table[column], marker + line, color=colour, label=column, ms=5)
    ax.axvline(12.1, color="black", ls="--", lw=1)
    ax.text(12.25, 0.47, "invasion", fontsize=9)
    ax.set_xticks(range(0, len(table), 4), table.index[::4])
    ax.set_ylim(0, 0.5)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=3)
    return f.finish(ax, title, "Quarter", "HHI (0 to 1)", source)


def draw_price_volume(table: pd.DataFrame, title: str, source: str):
    """Price against volume by quarter on log axes, with dotted lines of equal value."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    fig, ax = plt.subplots(figsize=(8.2, 5.6))
    x = np.array([3.5, 60])
    base = table["value"].iloc[0]
    for factor, at, text in (
        (0.25, 14.5, "a quarter"),
        (1, 20, "as in 2021Q1"),
        (4, 19, "four times"),
    ):
        ax.plot(x, factor * base / x, ":", color=f.GREY)
        label = {"fontsize": 9, "color": "#444444", "ha": "center", "va": "center"}
        ax.text(at, factor * base / at, text, backgroundcolor="white", **label)
    for year, marker in zip(range(2021, 2025), "osD^", strict=True):
        rows = table[table.index.str.startswith(str(year))]
        ax.plot(rows["volume"], rows["price"], marker, label=year, ms=8)
    ax.plot(table["volume"], table["price"], "-", color="#999999", lw=1, zorder=1)
    for period in ("2021Q1", "2021Q4", "2022Q3", "2022Q4", "2023Q1"):
        ax.annotate(
            period,
            table.loc[period, ["volume", "price"]],
            (6, 6),
            textcoords="offset points",
            fontsize=9,
        )
    ax.set(xscale="log", yscale="log", xlim=(3.5, 60), ylim=(4, 80))
    ax.set_xticks([5, 10, 20, 40], ["5", "10", "20", "40"], minor=False)
    ax.set_yticks([5, 10, 20, 40], ["5", "10", "20", "40"], minor=False)
    ax.minorticks_off()
    ax.legend(loc="lower left")
    return f.finish(
        ax,
        title,
        "Russian pipeline gas to the EU (bcm in the quarter)",
        "Hub price (USD per million Btu)",
        source,
    )


def draw_pairs(table: pd.DataFrame, title: str, xlabel: str, source: str):
    """One row per name: a hollow marker for the first column, a filled one for the second."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    fig, ax = plt.subplots(figsize=(8, 0.45 * len(table) + 1.9))
    y, (first, last) = np.arange(len(table)), table.columns
    ax.hlines(y, table[first], table[last], color="#999999", lw=2, zorder=1)
    ax.plot(table[first], y, "o", mfc="white", mec=f.BLUE, mew=2, ms=9, label=first)
    ax.plot(table[last], y, "D", color=f.VERMILION, ms=8, label=last)
    ax.set_yticks(y, table.index)
    ax.invert_yaxis()
    ax.set_xlim(0, None)
    ax.legend(loc="lower right")
    return f.finish(ax, title, xlabel, "", source)


# --- exercises ------------------------------------------------------------------------------

SUPPLIERS = ("Algeria", "Azerbaijan", LNG, "Libya", "Norway", "Russia", "United Kingdom")


EXERCISES = [
    first_guess(
        "3.prior",
        "Kept on your machine. Section 7 prints the two sums; then look at this number again.",
    ),
    Exercise(
        id="3.terms",
        title="Four words, four cases",
        stage="investigate",
        difficulty=1,
        form=Choices(
            items=("alba", "borea", "cadia", "world"),
            options=("decoupling", "diversification", "de_risking", "deglobalisation"),
            what="case",
        ),
        reference=lambda: {
            "alba": {"decoupling"},
            "borea": {"diversification"},
            "cadia": {"de_risking"},
            "world": {"deglobalisation"},
        },
        why="Ask of each: with whom is exchange cut, how much of it, and does the sum of all exchange fall?",
        misconceptions=(
            Misconception(
                "more sources read as a break",
                "borea: the old seller is still among the five. Nothing is cut; something is spread.",
                wrong=lambda: {"borea": "decoupling"},
            ),
            Misconception(
                "a few goods read as a break",
                "cadia: most of the trade goes on. Which word is about some goods only?",
                wrong=lambda: {"cadia": "decoupling"},
            ),
            Misconception(
                "fewer goods read as more sources",
                "cadia: the number of sources is not said. What is said is which goods are cut.",
                wrong=lambda: {"cadia": "diversification"},
            ),
            Misconception(
                "the world read as a pair",
                "world: who would have cut with whom? The sentence is about all states and their output.",
                wrong=lambda: {"world": "decoupling"},
            ),
            Misconception(
                "a pair read as the world",
                "alba: two states are named. A break of one pair need not lower the trade of the world.",
                wrong=lambda: {"alba": "deglobalisation"},
            ),
        ),
        hints=(
            "Two of the words are about one partner, one is about the list of partners, one about all.",
        ),
        see="the table of key terms",
    ),
    Exercise(
        id="3.1",
        title="Draw the fall",
        stage="predict",
        difficulty=1,
        form=Numbers(
            labels=lambda: ("2021", "2022", "2023"),
            what="year",
            low=0,
            high=100,
            example="{'2021': 50, '2022': 50, '2023': 50}",
        ),
        why="Kept. Exercise 3.2a will bring your guesses back.",
    ),
    Exercise(
        id="3.2a",
        title="Who sent the gas?",
        stage="run",
        difficulty=1,
        form=Numbers(
            labels=lambda: SUPPLIERS,
            what="supplier",
            tolerance=0.0015,
            share=True,
            low=0,
            high=400,
            example="a Series with the names of the suppliers as index",
        ),
        reference=lambda: measures.shares(volumes(2022)),
        looks_back="3.1",
        why="In one year the block of liquefied gas passed Russia. Keep in mind what 'Russia' means in "
        "this table: pipeline gas only.",
        misconceptions=(
            Misconception(
                "pipeline only",
                "LNG is missing: is Russian gas, or anybody's gas, only what comes by pipe? The whole "
                "must hold every way of supply.",
                sees=lambda a: "Norway" in dict(a) and LNG not in dict(a),
                example=lambda: measures.shares(volumes(2022, pipeline_only=True)),
            ),
            Misconception(
                "amounts, not shares",
                "These are amounts in bcm. Divide them by their total: measures.shares(amounts).",
                wrong=lambda: volumes(2022),
            ),
            Misconception(
                "example unchanged",
                "These are the shares of 2021, the worked example. Which number in it has to change?",
                wrong=lambda: measures.shares(volumes(2021)),
            ),
            Misconception(
                "year 2023",
                "These are the shares of 2023; the task asks for the year of the invasion.",
                wrong=lambda: measures.shares(volumes(2023)),
            ),
            Misconception(
                "denominator without LNG",
                "Your shares add up to more than 1: LNG is in the list but not in the total by which you "
                "divided.",
                wrong=lambda: volumes(2022) / volumes(2022, pipeline_only=True).sum(),
            ),
            Misconception(
                "one quarter",
                "These are shares of one quarter. A year is the sum of its four quarters: did the "
                "groupby get lost?",
                wrong=lambda: measures.shares(
                    load("eu_gas_flows")
                    .query("period == '2022Q1'")
                    .set_index("supplier")["volume_bcm"]
                ),
            ),
        ),
        hints=(
            "Copy the three lines of the example. One number in them says which year.",
            "Store the result: the last line becomes gas_shares = measures.shares(amounts).",
        ),
        see="the worked example for 2021 just above the task",
    ),
    Exercise(
        id="3.2b",
        title="By pipe and by ship",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=lambda: ("pipe", "pipe and ship"),
            what="way of counting",
            tolerance=0.0006,
            share=True,
            low=0,
            high=100,
            example="{'pipe': 0.2, 'pipe and ship': 0.3}",
        ),
        reference=russian_shares,
        why="Almost two fifths of Russia's gas of 2023 came by ship. Whoever counts pipelines only finds a "
        "much steeper fall.",
        misconceptions=(
            Misconception(
                "ship counted twice in the whole",
                "You added Russia's LNG to the whole as well. The whole already holds all LNG: only the "
                "part changes.",
                wrong=lambda: {
                    "pipe and ship": russian_shares(extra_in_whole=True)["pipe and ship"]
                },
            ),
            Misconception(
                "LNG twice in the whole",
                "You added all LNG to the whole. The block of LNG is in it already: now it counts twice.",
                wrong=lambda: {
                    "pipe and ship": (volumes(2023)["Russia"] + lng_by_origin(2023)["Russia"])
                    / (volumes(2023).sum() + lng_by_origin(2023).sum())
                },
            ),
            Misconception(
                "no bracket around the sum",
                "A share cannot be larger than the whole. Is a bracket missing around the sum of the "
                "two parts, so that only one of them is divided?",
                sees=lambda a: float(a["pipe and ship"]) > 20,
                example=lambda: {
                    "pipe": russian_shares()["pipe"],
                    "pipe and ship": volumes(2023)["Russia"]
                    + lng_by_origin(2023)["Russia"] / volumes(2023).sum(),
                },
            ),
            Misconception(
                "share of the LNG",
                "You divided Russia's LNG by all LNG. Asked for is Russian gas by pipe and ship together, "
                "divided by all gas.",
                wrong=lambda: {
                    "pipe and ship": lng_by_origin(2023)["Russia"] / lng_by_origin(2023).sum()
                },
            ),
            Misconception(
                "ship alone",
                "Your second value holds the ships alone. Add the pipeline gas.",
                wrong=lambda: {
                    "pipe and ship": lng_by_origin(2023)["Russia"] / volumes(2023).sum()
                },
            ),
            Misconception(
                "pipeline gas as the whole",
                "You divided by pipeline gas only. The whole is all gas that came in, LNG as well.",
                wrong=lambda: {
                    "pipe": volumes(2023)["Russia"] / volumes(2023, pipeline_only=True).sum()
                },
            ),
            Misconception(
                "year 2022",
                "Your first value belongs to another year. The LNG table has all quarters only from 2023 on, "
                "so both values are for that year.",
                wrong=lambda: {"pipe": measures.shares(volumes(2022))["Russia"]},
            ),
        ),
        hints=(
            "The whole is the same in both: all gas of 2023, amounts.sum().",
            'The part is amounts["Russia"] in the first, and that plus lng["Russia"] in the second.',
        ),
        see="the two printed Series above the task",
    ),
    Exercise(
        id="3.3a",
        title="Concentration, year by year",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=lambda: ("2021", "2022", "2023"),
            what="year",
            tolerance=0.006,
            example="{'2021': 0.4, '2022': 0.4, '2023': 0.4}",
        ),
        reference=lambda: {str(y): hhi_of(volumes(y)) for y in (2021, 2022, 2023)},
        why="Counted so, the index falls and then rises above where it began, although Russia's share "
        "went on falling. The next task asks whether LNG is one supplier at all.",
        misconceptions=(
            Misconception(
                "pipeline only",
                "You left LNG out. That is an honest unit of analysis, and it comes in the next task; here "
                "all ways of supply count.",
                wrong=lambda: {str(y): hhi_of(volumes(y, True)) for y in (2021, 2022, 2023)},
            ),
            Misconception(
                "percent squared",
                "You squared percents, as antitrust lawyers do; their scale ends at 10,000. Square shares "
                "between 0 and 1.",
                wrong=lambda: {str(y): 10_000 * hhi_of(volumes(y)) for y in (2021, 2022, 2023)},
            ),
            Misconception(
                "effective number",
                "This is the effective number of suppliers, the reciprocal. The task asks for the index.",
                wrong=lambda: {str(y): 1 / hhi_of(volumes(y)) for y in (2021, 2022, 2023)},
            ),
            Misconception(
                "shares not squared",
                "All your values are 1: shares added up without squaring. The index squares each share "
                "first.",
                wrong=lambda: dict.fromkeys(("2021", "2022", "2023"), 1.0),
            ),
            Misconception(
                "one year three times",
                "You give the same year's value again. Each year needs its own amounts.",
                wrong=lambda: dict.fromkeys(("2021", "2022", "2023"), hhi_of(volumes(2021))),
            ),
        ),
        hints=(
            "Fill the blanks with the line of 2021 and change the year.",
            "table[2022] is the column of that year: a year is a number, without quotation marks.",
        ),
        see="the line for 2021 in the cell of the task",
    ),
    letter_question(
        "3.3-read",
        "What a lower index says",
        "c",
        "An index of concentration says how evenly, not from whom. First place passed from Russia to a "
        "block of many origins; the largest single state was then Norway.",
        {
            "a": (
                "lower HHI = independent",
                "Less concentrated is not independent. Who is first now, and could the EU do without "
                "that supplier?",
            ),
            "b": (
                "LNG read as a state",
                "LNG is a way of transport, with gas of many origins in one row. The table of 2022 does "
                "not say which.",
            ),
            "d": (
                "a growing supplier raises the index",
                "One share can grow while the index falls: the squares of all shares count.",
            ),
        },
        "Compare the two columns row by row, then ask of the largest row what it is.",
        "the table of shares above the question",
    ),
    Exercise(
        id="3.3b",
        title="What is one supplier?",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("LNG as one supplier", "pipeline only", "LNG by origin"),
            what="unit of analysis",
            tolerance=0.002,
            example="{'LNG as one supplier': 0.4, 'pipeline only': 0.4, 'LNG by origin': 0.4}",
        ),
        reference=hhi_by_unit,
        why="One year, one continent, three indices. The unit of analysis decides whether 2023 looks more "
        "or less concentrated than 2021.",
        misconceptions=(
            Misconception(
                "Russia counted as two",
                "Russia stands in your third list twice, by pipe and by ship. One state is one supplier: "
                "add the two before you square.",
                wrong=lambda: {"LNG by origin": russia_twice()},
            ),
            Misconception(
                "LNG twice",
                "Your third list holds LNG both as a block and by origin, so that it counts twice. Use "
                "pipes, without the block.",
                wrong=lambda: {"LNG by origin": lng_twice()},
            ),
            Misconception(
                "LNG alone",
                "Your third index is that of the ships alone. Wanted are all suppliers, with LNG given to "
                "its origins.",
                wrong=lambda: {"LNG by origin": hhi_of(lng_by_origin(2023))},
            ),
            Misconception(
                "year 2022",
                "Your second value is that of 2022. All three belong to 2023.",
                wrong=lambda: {"pipeline only": hhi_of(volumes(2022, True))},
            ),
        ),
        hints=(
            "Each value is measures.hhi(measures.shares(...)) of one of three Series.",
            "The three Series are amounts, pipes and by_origin; the cell above has made them.",
        ),
        see="the cell that makes pipes and by_origin",
    ),
    Exercise(
        id="3.4a",
        title="Price and volume apart",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("price", "volume", "value"),
            what="part",
            tolerance=0.006,
            example="{'price': 1, 'volume': -1, 'value': 0}",
        ),
        reference=gas_change,
        why="The two parts nearly cancel out. So the same year can be told as a collapse of the trade and "
        "as business as usual, and each telling has its column.",
        misconceptions=(
            Misconception(
                "simple percents added",
                "You added simple percents. +50 % and −30 % do not make +20 %: use logs.",
                wrong=lambda: {"value": gas_percent()["price"] + gas_percent()["volume"]},
            ),
            Misconception(
                "percent for logs",
                "These are simple changes (after / before, less 1). They do not add up to the change of "
                "the value: use np.log of the ratio.",
                wrong=lambda: {k: gas_percent()[k] for k in ("price", "volume")},
            ),
            Misconception(
                "factors for logs",
                "These are factors (after / before). The task asks for their logarithms: put np.log(...) "
                "around the ratio.",
                wrong=lambda: {k: float(np.exp(v)) for k, v in gas_change().items()},
            ),
            Misconception(
                "log to base ten",
                "You used the logarithm to base ten. The parts add up in any base, but the task asks for "
                "np.log, whose small values read almost like percent.",
                wrong=lambda: {k: v / np.log(10) for k, v in gas_change().items()},
            ),
            Misconception(
                "example unchanged",
                "These are the changes from 2020 to 2021, the worked example.",
                wrong=lambda: gas_change(2020, 2021),
            ),
            Misconception(
                "before over after",
                "You divided the earlier year by the later one: every sign is turned round.",
                wrong=lambda: {k: -v for k, v in gas_change().items()},
            ),
            Misconception(
                "plain mean of prices",
                "Your price is the plain mean of twelve months. Little gas came in the dearest months: "
                "divide value by volume, as the column price does.",
                wrong=lambda: {"price": plain_price_change()},
            ),
        ),
        hints=(
            "Copy the example and move both years on by one.",
            "np.log(gas.loc[after] / gas.loc[before]) gives all three parts at once.",
        ),
        see="the example for 2020 to 2021, and the rule of logs in 'From concept to measure'",
    ),
    letter_question(
        "3.4-read",
        "Price and volume, read from the table",
        "d",
        "A factor above two and a factor below a half nearly make one.",
        {
            "a": (
                "value for volume",
                "The value hardly moved; look at the column volume before you call that a trade as usual.",
            ),
            "b": (
                "volume for value",
                "The volume fell by more than half, but the value is price times volume. Multiply.",
            ),
            "c": (
                "simple percents added",
                "+50 % and −30 % do not make +20 %: multiply the two factors instead of adding percents.",
            ),
        },
        "Divide 2022 by 2021 in each column: you get three factors. Multiply the first two.",
        "the printed table of Russian gas by year",
    ),
    Exercise(
        id="3.4b",
        title="One year later: oil and gas",
        stage="make",
        difficulty=4,
        form=Grid(
            rows=lambda: ("oil", "gas"),
            columns=lambda: ("price", "volume"),
            tolerance=0.006,
            example="{'price': {'oil': ..., 'gas': ...}, 'volume': {...}}",
        ),
        reference=oil_gas_changes,
        why="For oil most of the fall is volume, for gas more than half is price. 'It was only the price' "
        "and 'it was the embargo' are each right about one fuel.",
        misconceptions=(
            Misconception(
                "percent for logs",
                "These are simple changes. They cannot be compared part by part: use np.log of the ratio.",
                wrong=lambda: oil_gas_changes(lambda before, after: after / before - 1),
            ),
            Misconception(
                "prices of whole years",
                "Your prices are means of whole years, your masses those of one quarter. Use the same "
                "window for both.",
                wrong=yearly_price_changes,
            ),
            Misconception(
                "before over after",
                "You divided the earlier quarter by the later one: every sign is turned round.",
                wrong=lambda: oil_gas_changes(lambda before, after: np.log(before / after)),
            ),
            Misconception(
                "price and mass exchanged",
                "The columns price and volume are exchanged. The mass of oil is its volume here.",
                wrong=lambda: oil_gas_changes().rename(
                    columns={"price": "volume", "volume": "price"}
                ),
            ),
        ),
        hints=(
            "changes = np.log(pairs.loc['2023Q2'] / pairs.loc['2022Q2']) gives four numbers.",
            "Pick each with its name, for example changes['oil mass'], and put it in its place.",
        ),
        see="Exercise 3.4a, which does the same for years",
    ),
    letter_question(
        "3.4b-read",
        "Oil and gas, read from the table",
        "a",
        "The smaller the factor, the larger its part in the fall: for oil the mass fell more than the "
        "price, for gas the price more than the mass.",
        {
            "b": (
                "one verdict for both",
                "Look at gas by itself: which of its two factors is the smaller one?",
            ),
            "c": (
                "price only",
                "Look at oil by itself: by which factor did its price fall, by which its mass?",
            ),
            "d": (
                "nothing can be said",
                "Two factors for each fuel are enough to see which of the two is the smaller one.",
            ),
        },
        "Divide the later quarter by the earlier one, four times. The smaller factor fell more.",
        "the printed table with four columns",
    ),
    Exercise(
        id="3.5",
        title="Replaced or not bought",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("replaced", "less"),
            what="part",
            tolerance=0.003,
            share=True,
            example="{'replaced': 0.5, 'less': 0.5}",
        ),
        reference=substitution,
        why="In the first year nearly all was replaced, over two years the gas that was not bought at all "
        "carries a large part. What that part is made of, this table does not know.",
        misconceptions=(
            Misconception(
                "example unchanged",
                "These are the parts for 2021 to 2022, the worked example.",
                wrong=lambda: substitution(2022),
            ),
            Misconception(
                "parts exchanged",
                "The two parts are exchanged. What others sold more is replaced; the fall of the total is "
                "less gas.",
                wrong=lambda: dict(zip(("less", "replaced"), substitution().values(), strict=True)),
            ),
            Misconception(
                "parts of all gas",
                "You divided by all gas of 2021. The question is about the fall of Russian gas: that fall "
                "is the whole.",
                wrong=of_the_total,
            ),
            Misconception(
                "only those who grew",
                "You added only the suppliers that sold more. Some sold less, and that has to be taken off.",
                wrong=lambda: {"replaced": only_growing()},
            ),
            Misconception(
                "from 2022 on",
                "Your first year is 2022. The base before the war is 2021.",
                wrong=lambda: substitution(2023, 2022),
            ),
        ),
        hints=(
            "Copy the example and put 2023 where it has the later year.",
            "Both parts are divided by the fall of Russian gas, so they add up to 1.",
        ),
        see="the worked example for 2021 to 2022",
    ),
    letter_question(
        "3.5-read",
        "Why less?",
        "b",
        "Imports are not consumption, and a fall of imports has several causes that this table does not "
        "tell apart.",
        {
            "a": (
                "weather as policy",
                "2022-23 was mild (course note): saving has more than one cause.",
            ),
            "c": (
                "imports read as use",
                "Households and firms also use gas from storage and from the EU's own wells. The table has "
                "what crossed the border.",
            ),
            "d": (
                "weather alone",
                "Mild winters are one cause; prices rose as well, and there were targets. Can one table "
                "tell them apart?",
            ),
        },
        "Ask what one row of the table counts, and what it leaves out.",
        "the course commentary on Section 6, and the gaps in about('eu_gas_flows')",
    ),
    Exercise(
        id="3.6a",
        title="Eight verdicts on two sentences",
        stage="fact-check",
        difficulty=3,
        form=Choices(items=(*YEARS, "deglobalisation"), options=VERDICTS, what="item"),
        reference=decoupling_verdicts,
        why="One sentence, several verdicts. Where the fall is a quarter, the verdict depends on what one "
        "reads into the word: a direction or a result. Whoever publishes a verdict owes the reader both.",
        misconceptions=(
            Misconception(
                "every fall a decoupling",
                "oil, fertilisers: a fall is not yet a fall by half. Divide the later share by the earlier "
                "one and read the rule from the top.",
                wrong=lambda: {"oil": "supported", "fertilisers": "supported"},
            ),
            Misconception(
                "gas: the pipelines remembered",
                "gas: this row holds gas by pipe and by ship. Does its fall reach the first line of the "
                "rule?",
                wrong=lambda: {"gas": "supported"},
            ),
            Misconception(
                "points for percent",
                "iron and steel: six points less is not six percent less. Divide the fall by the share "
                "with which it began.",
                wrong=lambda: {"iron and steel": "contradicted"},
            ),
            Misconception(
                "coal: still bought, so no decoupling",
                "coal: the rule asks how far the share fell, not whether anything was left. By which part "
                "did it fall?",
                wrong=lambda: {"coal": "contradicted"},
            ),
            Misconception(
                "no data read as no trade",
                "uranium: the table has no row for it. A missing row is neither a zero nor a refusal.",
                wrong=lambda: {"uranium": "contradicted"},
            ),
            Misconception(
                "uranium: sanctions assumed",
                "uranium: which of our tables has the two shares? Without them the rule cannot be used.",
                wrong=lambda: {"uranium": "supported"},
            ),
            Misconception(
                "one pair read as the world",
                "deglobalisation: the rows above are about two partners. Which of them says how much the "
                "world trades, or how much it produces?",
                wrong=lambda: {"deglobalisation": "supported"},
            ),
            Misconception(
                "a break read as deglobalisation",
                "deglobalisation: what the EU no longer buys from one seller it may buy from another. Does "
                "a table here count the trade of the world?",
                wrong=lambda: {"deglobalisation": "contradicted"},
            ),
        ),
        hints=(
            "For each row: 1 minus later share divided by earlier share. Then read the rule.",
            "Where a table has no number for a sentence, what does the scale offer?",
        ),
        see="the decision rule above the table",
    ),
    letter_question(
        "3.6a-read",
        "Another window",
        "b",
        "Year against year oil fell by a quarter; quarter against quarter, a year later, by almost nine "
        "tenths. The embargoes on crude and on products stand between the two. The rule fixed the line, "
        "not the window.",
        {
            "a": (
                "the rule decides alone",
                "The rule is the same, the two dates are not. Work out the fall for oil in both tables.",
            ),
            "c": (
                "the share of points",
                "LNG is in one table only, so there is nothing to turn. Which name stands in both?",
            ),
            "d": (
                "a later date as a better one",
                "Whether a window is right depends on the sentence. Which months does 'the course of "
                "2022' hold, and which lie outside?",
            ),
        },
        "Look for the name that stands in both tables, and use the rule twice.",
        "the two printed tables of shares",
    ),
    Exercise(
        id="3.6b",
        title="Three sentences on Nord Stream 2",
        stage="fact-check",
        difficulty=3,
        form=Choices(items=("running", "two_days", "motive"), options=VERDICTS),
        reference=nord_stream_verdicts,
        why="What was done has a date; when somebody decided it, and why, often has none. For two_days "
        "several verdicts can be defended: the start fits, the decision is undated, and one government "
        "said in public that it had been taken before.",
        misconceptions=(
            Misconception(
                "running throughout",
                "running: read the event of November. What does 'suspends' do to a procedure?",
                wrong=lambda: {"running": "supported"},
            ),
            Misconception(
                "running with a caveat",
                "running: the sentence says 'without a break'. Is there a reading under which it holds?",
                wrong=lambda: {"running": "supported_with_caveat"},
            ),
            Misconception(
                "start for decision",
                "two_days: the invasion began on 24 February. Do we know when it was decided?",
                wrong=lambda: {"two_days": "supported"},
            ),
            Misconception(
                "stated ground for motive",
                "motive: the record holds the ground that was stated. A stated ground neither proves nor "
                "refutes a motive.",
                wrong=lambda: {"motive": "contradicted"},
            ),
            Misconception(
                "motive inferred from the date",
                "motive: troops moved at that time, but what happens at the same time need not be a cause. "
                "Which table holds motives?",
                wrong=lambda: {"motive": "supported"},
            ),
        ),
        hints=(
            "Ask of each sentence: who did what, on which day?",
            "For the last one ask whether any record could show it.",
        ),
        see="the paragraph under the table, and the dated list in Section 6",
    ),
    Exercise(
        id="3.7a",
        title="Put four lines in order",
        stage="investigate",
        difficulty=1,
        form=Ordering(labels=("A", "B", "C", "D")),
        reference=lambda: ("C", "A", "D", "B"),
        why="First the rows of the year, then a Series with the partners as its names, then the division, "
        "then the result. Each line uses a name that an earlier line has made.",
        misconceptions=(
            Misconception(
                "result before the division",
                "The line that shows the result needs the name part: which line makes it?",
                wrong=lambda: ("C", "A", "B", "D"),
            ),
            Misconception(
                "division first",
                "The division picks two values out of exports. Which line makes exports?",
                wrong=lambda: ("D", "C", "A", "B"),
            ),
            Misconception(
                "names before rows",
                "The line that makes exports starts from rows. Which line makes rows?",
                wrong=lambda: ("A", "C", "D", "B"),
            ),
        ),
        hints=("Look to the right of each = sign: which names must be there already?",),
        see="the worked example of Exercise 3.2a",
    ),
    Exercise(
        id="3.7b",
        title="Who needs whom?",
        stage="make",
        difficulty=3,
        form=Numbers(
            labels=lambda: tuple(who_needs_whom()),
            what="share",
            tolerance=0.0015,
            share=True,
            low=0,
            high=100,
            example='{"EU in Russia\'s exports": 0.2, "Russia in the EU\'s imports": 0.2, '
            '"Russia in the EU\'s gas": 0.2}',
        ),
        reference=who_needs_whom,
        why="Two directions, two answers. In goods as a whole one side's part in the other's trade is about "
        "four times as large as the reverse; in one good, gas, the buyer's share is the large one.",
        misconceptions=(
            Misconception(
                "the other flow",
                "Your second value is Russia's part in what the EU sells. Asked for is its part in what "
                "the EU buys.",
                wrong=lambda: {"Russia in the EU's imports": goods_from_russia("exports")},
            ),
            Misconception(
                "percent beside shares",
                "Your second value is in percent; the other two are shares between 0 and 1.",
                wrong=lambda: {"Russia in the EU's imports": 100 * goods_from_russia()},
            ),
            Misconception(
                "direction turned round",
                "You divided the total by the part: a share lies between 0 and 1.",
                wrong=lambda: {"EU in Russia's exports": 1 / goods_to_the_eu()},
            ),
            Misconception(
                "gas of 2022",
                "Your third value is that of 2022. Wanted is the last year before the full-scale invasion.",
                wrong=lambda: {
                    "Russia in the EU's gas": float(measures.shares(volumes(2022))["Russia"])
                },
            ),
            Misconception(
                "pipelines as the whole",
                "You divided Russia's gas by all gas that came by pipe. The whole holds LNG as well.",
                wrong=lambda: {
                    "Russia in the EU's gas": float(measures.shares(volumes(2021, True))["Russia"])
                },
            ),
        ),
        hints=(
            "The first value is the result of the four lines; the second is printed, in percent.",
            'The third is table[2021]["Russia"] divided by table[2021].sum().',
        ),
        see="Exercise 3.7a, the printed shares, and the worked example of Exercise 3.2a",
    ),
    letter_question(
        "3.7-read",
        "What the two directions say",
        "b",
        "Asymmetry is a property of a good and a pair, not of a pair alone. And a share is only the "
        "beginning: how fast each side finds another partner decides who can use it.",
        {
            "a": (
                "one good read as all trade",
                "You read the gas share as if it held for all goods. Compare the first two numbers.",
            ),
            "c": (
                "a sale read as equal dependence",
                "Each sale has two ends, but the two wholes differ in size. What is each number a part of?",
            ),
            "d": (
                "share read as power",
                "A share says how much, not how quickly it can be replaced. What did Exercise 3.5 show for "
                "the buyer, and which of our tables would show it for the seller?",
            ),
        },
        "Ask of each of the three numbers: a part of what, and in whose books?",
        "the three shares of Exercise 3.7b",
    ),
    letter_question(
        "3.peer",
        "Peer question",
        "d",
        "A share has two parts, and the whole can grow faster than the part. By the Commission's count the "
        "purchases rose in volume while the share fell.",
        {
            "a": (
                "share read as quantity",
                "A part can grow while its share falls. What must the whole have done?",
            ),
            "b": (
                "share of one form read as dependence",
                "The share is of LNG only. Did the EU need more LNG than before, or less?",
            ),
            "c": (
                "share read as revenue",
                "Revenue is price times volume. Which of the two does the share hold?",
            ),
        },
        "Invent two years: let all LNG double and Russia's LNG grow by half. What happens to the share?",
        "Section 5, 'What the measures leave out'",
    ),
    Exercise(
        id="3.8",
        title="Your own lessons",
        stage="write",
        difficulty=3,
        form=Essay(least_words=100),
        why="Kept. Now read chapter 3 in the book and mark where you and its author differ.",
    ),
    second_guess(
        "3.exit",
        why="Kept. Note the date and the table by which you want to be judged.",
        title="A forecast",
    ),
]
