"""Unit 2, Russia in a multipolar world: its exercises, tables and drawings.

Every reference below is computed from the tables when it is asked for.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from multipolarity import measures
from multipolarity.exercise import Exercise, Misconception
from multipolarity.forms import Choices, Essay, Number, Numbers, Ordering
from multipolarity.tables import load, members
from multipolarity.units.shared import VERDICTS, essay, first_guess, letter_question, second_guess

REPORT = "2023-02-28"  # the last day of the month in which the book is dated
LIST_DAY = "2022-03-07"
UN_MEMBERS = 193
FIFTEEN = (
    "Armenia",
    "Belarus",
    "Brazil",
    "China",
    "Germany",
    "India",
    "Indonesia",
    "Iran",
    "Japan",
    "Kazakhstan",
    "Russia",
    "Saudi Arabia",
    "South Africa",
    "Türkiye",
    "United States",
)
OTHERS = tuple(state for state in FIFTEEN if state != "Russia")
ES_11 = tuple(f"A/RES/ES-11/{number}" for number in range(1, 7))
LABELS = ("balancing", "bandwagoning", "hedging", "neither")

# --- uneven capabilities ----------------------------------------------------------------------

CAPABILITIES = {  # name on the page -> table, column
    "military spending": ("military_spending", "spending_usd_m"),
    "market GDP": ("country_year", "gdp_usd_bn"),
    "purchasing power": ("country_year", "gdp_ppp_bn"),
    "population": ("country_year", "population_m"),
}


def largest(capability: str, year: int = 2022, number: int = 30) -> pd.Series:
    """The largest amounts of one capability in a year, by country."""
    table, column = CAPABILITIES[capability]
    rows = load(table).query("year == @year").set_index("country")[column].dropna()
    return rows.astype(float).nlargest(number)


def ginis(year: int = 2022, number: int = 30) -> dict[str, float]:
    return {name: measures.gini(largest(name, year, number)) for name in CAPABILITIES}


def gini_table() -> pd.DataFrame:
    """Gini among the thirty largest: rows capabilities, columns years."""
    return pd.DataFrame({year: ginis(year) for year in (2001, 2010, 2014, 2022)})


# --- shared organisations ---------------------------------------------------------------------


def seats(on: str = REPORT, any_role: bool = False, states=FIFTEEN) -> pd.DataFrame:
    """Who sits where: rows states, columns organisations, 1 for a seat on that day.

    any_role  False counts members only; True observers and partners as well
    """
    day, rows = pd.Timestamp(on), load("memberships")
    rows = rows[(rows["start_date"] <= day) & ~(rows["end_date"] <= day)]
    if not any_role:
        rows = rows[rows["role"] == "member"]
    table = pd.crosstab(rows["country"], rows["organisation"]).clip(upper=1)
    return table if states is None else table.reindex(list(states), fill_value=0)


def shared(on: str = REPORT, any_role: bool = False, states=FIFTEEN) -> pd.DataFrame:
    """Organisations that each pair of states shares; on the diagonal those of each state."""
    table = seats(on, any_role, states)
    common = table @ table.T
    return common.rename_axis(index=None, columns=None)


def with_russia(on: str = REPORT, any_role: bool = False) -> dict[str, int]:
    return shared(on, any_role)["Russia"].drop("Russia").to_dict()


FIVE = ("Russia", "China", "India", "United States", "Germany")


def degrees(on: str = REPORT, itself: int = 0, least: int = 1) -> dict[str, int]:
    """With how many of the fourteen others a state shares at least one organisation."""
    ties = (shared(on) >= least).sum() - 1 + itself
    return {state: int(ties[state]) for state in FIVE}


def ties_added_up() -> dict[str, int]:
    """The wrong count: shared seats added up in the place of partners."""
    common = shared()
    return {state: int(common[state].sum() - common.loc[state, state]) for state in FIVE}


def reach(day: str) -> pd.Series:
    """With how many states of the whole table a state shares an organisation."""
    common = shared(day, states=None)
    return (common > 0).sum()[list(FIVE)] - 1


def reach_on(days) -> pd.DataFrame:
    """The reach of the five on several days: rows states, columns days."""
    return pd.DataFrame({day: reach(day) for day in days})


# --- isolation --------------------------------------------------------------------------------


def sums_2022() -> pd.DataFrame:
    """People and output of 2022: the states on the list, all of the table, the world."""
    rows = load("country_year").query("year == 2022").set_index("iso3")
    columns = ["population_m", "gdp_usd_bn", "gdp_ppp_bn"]
    on_list = rows.index.isin(load("sanctions")["iso3"])
    world = load("world_totals").set_index("year").loc[2022, columns]
    return pd.DataFrame(
        {
            "on the list": rows.loc[on_list, columns].sum(),
            "all in the table": rows[columns].sum(),
            "world": world,
        }
    )


def un_members_on_list() -> int:
    voters = load("un_votes")["iso3"]
    return int(load("sanctions")["iso3"].isin(voters).sum())


def isolation() -> dict[str, float]:
    """Shares of the list of 7 March 2022 in the world of 2022."""
    table = sums_2022()
    part = table["on the list"] / table["world"]
    return {
        "states": un_members_on_list() / UN_MEMBERS,
        "people": part["population_m"],
        "output": part["gdp_usd_bn"],
    }


def own_sum() -> dict[str, float]:
    """The wrong whole: the sum of the table in the place of the world."""
    table = sums_2022()
    part = table["on the list"] / table["all in the table"]
    return {"people": part["population_m"], "output": part["gdp_usd_bn"]}


def ppp_share() -> float:
    table = sums_2022().loc["gdp_ppp_bn"]
    return float(table["on the list"] / table["world"])


def mixed_output() -> dict[str, float]:
    """Market output of the list over the world's output at purchasing power."""
    table = sums_2022()
    return {
        "output": table.loc["gdp_usd_bn", "on the list"] / table.loc["gdp_ppp_bn", "world"],
    }


def exports_2019() -> pd.DataFrame:
    """Russian exports of 2019 by partner as Russia reports them, largest first."""
    rows = load("export_destinations").query(
        "year == 2019 and basis == 'russia_reports' and partner_type != 'world'"
    )
    on_list = rows["partner_iso3"].isin(load("sanctions")["iso3"])
    table = rows.assign(listed=on_list)[["partner", "listed", "exports_usd_bn"]]
    return table.sort_values("exports_usd_bn", ascending=False).reset_index(drop=True)


def exports_world(year: int = 2019) -> float:
    rows = load("export_destinations").query(
        "year == @year and basis == 'russia_reports' and partner == 'World'"
    )
    return float(rows["exports_usd_bn"].iloc[0])


def trade_view() -> float:
    """At least this share of Russia's exports of 2019 went to states on the list."""
    table = exports_2019()
    return float(table.loc[table["listed"], "exports_usd_bn"].sum() / exports_world())


def four_views() -> pd.Series:
    """The list's share of the world, in percent, by what is counted."""
    found = isolation()
    return 100 * pd.Series(
        {
            "UN members": found["states"],
            "people": found["people"],
            "output, purchasing power": ppp_share(),
            "output, market prices": found["output"],
            "Russia's exports 2019 (at least)": trade_view(),
        }
    )


def mirror(first: int = 2019, last: int = 2023) -> pd.DataFrame:
    """What partners bought from Russia by their own books, USD bn, in two years."""
    rows = load("export_destinations").query(
        "basis == 'partner_reports' and period_type == 'year' and year in [@first, @last]"
    )
    order = ["EU27", "United States", "Japan", "China", "Türkiye", "Brazil", "India"]
    table = rows.pivot(index="partner", columns="year", values="exports_usd_bn").loc[order]
    table["sure"] = rows[rows["year"] == last].set_index("partner")["status"]
    return table


# --- price against volume ---------------------------------------------------------------------


def china_trade() -> pd.DataFrame:
    """Goods between Russia and China (China's customs, USD bn) and the mean price of oil."""
    rows = load("trade_ru_cn").query("basis == 'customs' and year >= 2019").set_index("year")
    prices = load("commodity_prices")
    oil = prices.groupby(prices["month"].dt.year)["brent_usd_bbl"].mean()
    return pd.DataFrame(
        {
            "to China": rows["russia_to_china_usd_bn"],
            "to Russia": rows["china_to_russia_usd_bn"],
            "oil price": oil[rows.index],
        }
    ).rename_axis("year")


def change(
    year: int = 2022, flow: str = "to China", price: str = "oil price", log=True
) -> dict[str, float]:
    """Change on the year before: value, price, and the volume that they imply."""
    table = china_trade()
    ratio = table.loc[year] / table.loc[year - 1]
    moved = np.log(ratio) if log else ratio - 1
    return {
        "value": moved[flow],
        "price": moved[price],
        "volume": moved[flow] - moved[price],
    }


def change_by_year() -> pd.DataFrame:
    return pd.DataFrame({year: change(year) for year in (2020, 2021, 2022, 2023)}).T


def partners_share() -> pd.DataFrame:
    """Share (percent) of Russia's goods trade with the EU and with China, from both books.

    The partner's book over Russia's total: a rough share, since the two books differ.
    """
    total = load("trade_totals").query("iso3 == 'RUS'").set_index("year")["total_usd_bn"]
    customs = load("trade_ru_cn").query("basis == 'customs'").set_index("year")["total_usd_bn"]
    rates = load("exchange_rates").query("basis == 'annual average'")
    rates = rates.set_index(rates["period"].astype(int))["usd_per_eur"]
    euro = load("eu_trade").query("partner == 'Russia' and flow == 'total'")
    euro = euro.set_index("year")["value_eur_bn"]
    years = list(total.index)
    table = pd.DataFrame({"EU": euro[years] * rates[years], "China": customs[years]})
    return 100 * table.div(total, axis=0)


def _bought(partner: str, year: int, months: int = 12) -> float:
    rows = load("export_destinations").query(
        "basis == 'partner_reports' and partner == @partner and year == @year and months == @months"
        " and status != 'unconfirmed'"
    )
    return float(rows["exports_usd_bn"].iloc[0])


def evidence() -> pd.DataFrame:
    """Sixteen tests, four to a sentence: what was found, and whether it points to the sentence."""
    listed = set(load("sanctions")["iso3"])
    votes = load("un_votes").pivot(index="iso3", columns="resolution", values="vote")
    west = set(members("EU", on=LIST_DAY)["iso3"]) | {"USA", "CAN", "GBR", "JPN"}
    euro = load("eu_trade").query("partner == 'Russia' and vintage != 'not stated'")
    euro = euro.groupby(["flow", "year"])["value_eur_bn"].last()
    china, first = change(), votes[ES_11[0]]
    same = int((votes.loc["CHN", list(ES_11)] == votes.loc["RUS", list(ES_11)]).sum())
    rest = first.drop(list(listed & set(first.index))).drop("RUS")
    before, after = reach("2022-02-23")["Russia"], reach(REPORT)["Russia"]
    goods = china_trade()
    india = [_bought("India", year, 9) for year in (2021, 2022)]
    brazil = [_bought("Brazil", year) for year in (2021, 2022)]
    views = isolation()

    def pair(values, unit):
        return f"{values[0]:.1f}, then {values[1]:.1f} {unit}"

    imports = [euro["imports", year] for year in (2021, 2022)]
    exports = [euro["exports", year] for year in (2021, 2022)]
    to_china = [goods.loc[year, "to China"] for year in (2021, 2022)]
    to_russia = [goods.loc[year, "to Russia"] for year in (2021, 2022)]
    withheld = int((rest != "yes").sum())
    rows = [
        ("west", "all EU and G7 members on the list", f"{len(west & listed)} of {len(west)}",
         west <= listed),
        ("west", "all of them Yes on ES-11/1",
         f"{int((first[sorted(west)] == 'yes').sum())} of {len(west)}",
         bool((first[sorted(west)] == "yes").all())),
        ("west", "the EU bought less", pair(imports, "EUR bn"), imports[1] < imports[0]),
        ("west", "the EU sold less", pair(exports, "EUR bn"), exports[1] < exports[0]),
        ("china", "China bought more", pair(to_china, "USD bn"), to_china[1] > to_china[0]),
        ("china", "China sold more", pair(to_russia, "USD bn"), to_russia[1] > to_russia[0]),
        ("china", "implied volume up by 0.1 or more", f"{china['volume']:+.2f} (log change)",
         china["volume"] >= 0.1),
        ("china", "voted as Russia in most of six", f"{same} of 6", same > 3),
        ("others", "India bought more (9 months)", pair(india, "USD bn"), india[1] > india[0]),
        ("others", "Brazil bought more", pair(brazil, "USD bn"), brazil[1] > brazil[0]),
        ("others", "more states in a club with Russia", f"{before}, then {after}", after > before),
        ("others", "most states off the list withheld Yes", f"{withheld} of {len(rest)}",
         withheld > len(rest) / 2),
        ("world", "most UN members on the list", f"{un_members_on_list()} of {UN_MEMBERS}",
         views["states"] > 0.5),
        ("world", "most people live there", f"{views['people']:.0%}", views["people"] > 0.5),
        ("world", "most output, market prices", f"{views['output']:.0%}", views["output"] > 0.5),
        ("world", "most output, purchasing power", f"{ppp_share():.0%}", ppp_share() > 0.5),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["sentence", "test", "found", "points to it"])
    return table.replace({"points to it": {True: "yes", False: "no"}})


def rule(points: pd.Series) -> str:
    """The unit's rule for a verdict from several tests (a course convention)."""
    part = (points == "yes").mean()
    if part == 1:
        return "supported"
    return "supported_with_caveat" if part >= 0.5 else "contradicted"


FORECASTS = ("hegemony", "balance")
SENTENCES = ("west", "china", "others", "world", *FORECASTS)


def sentence_verdicts() -> dict[str, set[str]]:
    by_rule = evidence().groupby("sentence")["points to it"].apply(rule).to_dict()
    verdicts = by_rule | dict.fromkeys(FORECASTS, "not_testable_with_our_data")
    return {sentence: {verdict} for sentence, verdict in verdicts.items()}


# --- alignment --------------------------------------------------------------------------------


def acts() -> pd.DataFrame:
    """What fourteen states did, up to February 2023: the input of every rule.

    listed  on the list of 7 March 2022; yes, no, abstain  votes on the six resolutions ES-11/1 to
    ES-11/6; seats  organisations in which the state sits with Russia, in any role; ally  member
    of the CSTO
    """
    votes = load("un_votes")
    votes = votes[votes["resolution"].isin(ES_11) & votes["country"].isin(OTHERS)]
    table = pd.crosstab(votes["country"], votes["vote"]).reindex(
        index=list(OTHERS), columns=["yes", "no", "abstain"]
    )
    table.insert(0, "listed", table.index.isin(load("sanctions")["country"]))
    table["seats"] = pd.Series(with_russia(any_role=True))
    table["ally"] = table.index.isin(members("CSTO", on=REPORT)["country"])
    return table.rename_axis(index=None, columns=None)


def label(against: bool, alongside: bool) -> str:
    if against and alongside:
        return "hedging"
    if against:
        return "balancing"
    return "bandwagoning" if alongside else "neither"


def wide_rule(row) -> str:
    """The course's rule: the list or four Yes votes; a No vote or a seat beside Russia."""
    return label(row["listed"] or row["yes"] >= 4, row["no"] >= 1 or row["seats"] >= 1)


def votes_rule(row) -> str:
    return label(row["yes"] >= 4, row["no"] >= 1)


def costly_rule(row) -> str:
    return label(row["listed"], row["ally"])


def alignments(by=wide_rule) -> dict[str, str]:
    return acts().apply(by, axis=1).to_dict()


def three_rules() -> pd.DataFrame:
    """Labels of the fourteen under three rules."""
    rules = {"wide": wide_rule, "votes only": votes_rule, "costly acts only": costly_rule}
    return pd.DataFrame({name: alignments(by) for name, by in rules.items()})


def hedging_last(row) -> str:
    if row["listed"] or row["yes"] >= 4:
        return "balancing"
    return wide_rule(row)


def more_than_four(row) -> str:
    return label(row["listed"] or row["yes"] > 4, row["no"] >= 1 or row["seats"] >= 1)


def list_alone(row) -> str:
    return label(row["listed"], row["no"] >= 1 or row["seats"] >= 1)


def abstention_sides(row) -> str:
    """The wrong act: an abstention read as support."""
    return label(
        row["listed"] or row["yes"] >= 4, row["no"] + row["abstain"] >= 1 or row["seats"] >= 1
    )


# --- a composite index ------------------------------------------------------------------------


def indicators() -> pd.DataFrame:
    """Four indicators of closeness to Russia, each from 0 to 1, for fourteen states.

    Ukraine votes: 0 for Yes, half a point for abstention, 1 for No, mean of the votes cast on the
    six; all votes 2019: agreement with Russia over the year's roll calls; organisations: shared
    seats as members, divided by the largest; not listed: 1 if not on the list.
    """
    points = {"yes": 0.0, "abstain": 0.5, "no": 1.0}
    votes = load("un_votes")
    votes = votes[votes["resolution"].isin(ES_11)]
    mean = votes["vote"].map(points).groupby(votes["country"]).mean()
    year = load("un_agreement").query("year == 2019 and partner_iso3 == 'RUS'")
    clubs = pd.Series(with_russia())
    table = pd.DataFrame(
        {
            "Ukraine votes": mean,
            "all votes 2019": year.set_index("country")["score"],
            "organisations": clubs / clubs.max(),
            "not listed": 1.0 - acts()["listed"],
        }
    )
    return table.loc[list(OTHERS)].rename_axis(index=None)


def random_weights(number: int = 200, seed: int = 2023) -> pd.DataFrame:
    """Random weightings: rows draws, columns indicators; every row adds up to 1."""
    names = list(indicators().columns)
    draws = np.random.default_rng(seed).dirichlet(np.ones(len(names)), number)
    return pd.DataFrame(draws, columns=names)


def all_ranks() -> pd.DataFrame:
    """Rank (1 = closest) of each state in each draw."""
    return (indicators() @ random_weights().T).rank(ascending=False)


def in_top(number: int = 5) -> dict[str, float]:
    return (all_ranks() <= number).mean(axis=1).to_dict()


def point_rank() -> dict[str, float]:
    """The wrong answer: only the ranking with equal weights."""
    ranks = indicators().mean(axis=1).rank(ascending=False)
    return (ranks <= 5).astype(float).to_dict()


def from_the_bottom() -> dict[str, float]:
    ranks = (indicators() @ random_weights().T).rank()
    return (ranks <= 5).mean(axis=1).to_dict()


def first_guess_came_true() -> bool:
    """Did the states on the list hold more than half of the world's output at market prices?"""
    return isolation()["output"] > 0.5


# --- drawings ---------------------------------------------------------------------------------


def draw_lorenz(year: int, title: str, source: str):
    """Lorenz curves of four capabilities among the thirty largest of each."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    looks = [(f.VERMILION, "s", "-"), (f.BLUE, "o", "-"), (f.GREEN, "D", "--"), (f.GREY, "^", ":")]
    fig, ax = plt.subplots(figsize=(7.4, 5.6))
    ax.plot([0, 100], [0, 100], color="black", lw=1, label="all equal (Gini 0)")
    for name, (colour, marker, line) in zip(CAPABILITIES, looks, strict=True):
        curve = 100 * measures.lorenz(largest(name, year))
        text = f"{name} ({measures.gini(largest(name, year)):.2f})"
        look = {"color": colour, "marker": marker, "ls": line, "markevery": 3, "ms": 6}
        ax.plot(100 * curve.index, curve, label=text, **look)
    ax.set_xlim(0, 100)
    ax.set_ylim(0, 100)
    ax.legend(loc="upper left", title="Gini in brackets", alignment="left")
    xlabel = "Share of the thirty states, smallest first (%)"
    return f.finish(ax, title, xlabel, "Share of the total that they hold (%)", source)


RING = (  # places on the circle of the network: neighbours in it share many seats
    "Russia",
    "Kazakhstan",
    "Belarus",
    "Armenia",
    "Türkiye",
    "Germany",
    "United States",
    "Japan",
    "Indonesia",
    "Saudi Arabia",
    "Iran",
    "Brazil",
    "South Africa",
    "India",
    "China",
)


def draw_network(common: pd.DataFrame, title: str, source: str):
    """States on a circle, a line for each pair with a shared seat, thicker and labelled if more."""
    import matplotlib.pyplot as plt
    import networkx as nx

    from multipolarity import figures as f

    graph = nx.Graph()
    graph.add_nodes_from(RING)
    for i, one in enumerate(RING):
        for other in RING[i + 1 :]:
            if common.loc[one, other]:
                graph.add_edge(one, other, weight=int(common.loc[one, other]))
    angles = np.pi / 2 - 2 * np.pi * np.arange(len(RING)) / len(RING)
    place = {name: (np.cos(a), np.sin(a)) for name, a in zip(RING, angles, strict=True)}
    fig, ax = plt.subplots(figsize=(8, 7))
    styles = {1: ("solid", 1, "#9A9A9A"), 2: ("solid", 2.6, f.SKY), 3: ("solid", 5, f.BLUE)}
    for weight, (style, width, colour) in styles.items():
        edges = [pair for *pair, w in graph.edges(data="weight") if w == weight]
        label = f"{weight} shared" if weight > 1 else "1 shared organisation"
        nx.draw_networkx_edges(
            graph, place, edges, ax=ax, style=style, width=width, edge_color=colour
        )
        ax.plot([], [], color=colour, lw=width, label=label)
    alone = [name for name in RING if graph.degree(name) == 0]
    joined = [name for name in RING if graph.degree(name)]
    dots = {"node_size": 190, "edgecolors": "black", "ax": ax}
    nx.draw_networkx_nodes(graph, place, joined, node_color=f.ORANGE, **dots)
    nx.draw_networkx_nodes(graph, place, alone, node_color="white", **dots)
    for name, (x, y) in place.items():
        side = "center" if abs(x) < 0.15 else ("left" if x > 0 else "right")
        ax.text(1.09 * x, 1.09 * y, f"{name} ({graph.degree(name)})", ha=side, va="center")
    ax.set_xlim(-1.65, 1.65)
    ax.set_ylim(-1.2, 1.2)
    ax.grid(visible=False)
    ax.set_xticks([])
    ax.set_yticks([])
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 0.02), ncols=3)
    return f.finish(ax, title, "", "", source)


def draw_views(views: pd.Series, title: str, source: str):
    """Bars of the list's shares in percent, with the half as a line."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    fig, ax = plt.subplots(figsize=(8, 3.6))
    hatches = ["", "", "", "", "//"]
    bars = ax.barh(views.index, views, color=[f.BLUE] * 4 + [f.ORANGE], edgecolor="black", lw=0.6)
    for bar, hatch in zip(bars, hatches, strict=True):
        bar.set_hatch(hatch)
    ax.bar_label(bars, [f" {value:.0f}" for value in views])
    ax.axvline(50, color="black", ls="--", lw=1)
    ax.text(51, 0.45, "half", fontsize=9)
    ax.invert_yaxis()
    ax.set_xlim(0, 100)
    ax.grid(axis="y", visible=False)
    return f.finish(ax, title, "Share of the total (%)", "", source)


def draw_customers(table: pd.DataFrame, title: str, source: str):
    """Purchases from Russia in two years; hollow where the later number is not confirmed."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    first, last = (column for column in table.columns if column != "sure")
    fig, ax = plt.subplots(figsize=(8, 4.4))
    for y, row in enumerate(table.itertuples(index=False)):
        before, after, sure = row
        ax.plot([before, after], [y, y], color="#9A9A9A", lw=1.6, zorder=1)
        ax.plot(before, y, "o", color=f.GREY, label=str(first) if y == 0 else None)
        fill = f.VERMILION if sure in ("seen", "computed") else "white"
        label = str(last) if y == 0 else None
        ax.plot(after, y, "D", color=f.VERMILION, markerfacecolor=fill, ms=8, label=label)
    ax.plot([], [], "D", color=f.VERMILION, markerfacecolor="white", label=f"{last}, not confirmed")
    ax.axhline(2.5, color="black", lw=0.8, ls=":")
    right = {"transform": ax.get_yaxis_transform(), "ha": "right", "fontsize": 9}
    ax.text(1, 2.4, "on the list", va="bottom", **right)
    ax.text(1, 2.6, "not on the list", va="top", **right)
    ax.set_yticks(range(len(table)), table.index)
    ax.invert_yaxis()
    ax.set_xlim(0, 180)
    ax.grid(axis="y", visible=False)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=3)
    return f.finish(ax, title, "Goods bought from Russia (USD bn, partners' own books)", "", source)


def draw_changes(table: pd.DataFrame, title: str, source: str):
    """Value, price and implied volume by year as grouped bars of log changes."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    looks = {"value": (f.GREY, ""), "price": (f.ORANGE, "//"), "volume": (f.BLUE, "..")}
    names = {"value": "value", "price": "price of oil", "volume": "implied volume"}
    fig, ax = plt.subplots(figsize=(8, 4.4))
    x = np.arange(len(table))
    for offset, (name, (colour, hatch)) in zip((-0.27, 0, 0.27), looks.items(), strict=True):
        look = {"color": colour, "hatch": hatch, "edgecolor": "black", "lw": 0.5}
        bars = ax.bar(x + offset, table[name], 0.25, label=names[name], **look)
        ax.bar_label(bars, [f"{value:+.2f}" for value in table[name]], fontsize=8.5, padding=2)
    ax.axhline(0, color="black", lw=0.8)
    ax.set_xticks(x, table.index)
    ax.set_ylim(-0.52, 0.62)
    ax.grid(axis="x", visible=False)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=3)
    return f.finish(ax, title, "Year", "Log change on the year before", source)


def draw_rules(table: pd.DataFrame, title: str, source: str):
    """Labels of the fourteen under each rule: one column per rule, marker and word per label."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    looks = {
        "balancing": (f.BLUE, "^"),
        "hedging": (f.GREEN, "D"),
        "bandwagoning": (f.VERMILION, "s"),
        "neither": ("white", "o"),
    }
    firm = table.nunique(axis=1).eq(1)
    order = table.assign(firm=~firm).sort_values(["firm", "wide"]).index
    fig, ax = plt.subplots(figsize=(8, 5.8))
    for y, state in enumerate(order):
        for x, name in enumerate(table.loc[state]):
            colour, marker = looks[name]
            ax.plot(x, y, marker, color=colour, markeredgecolor="black", ms=9)
            ax.text(x + 0.09, y, name, va="center", fontsize=9)
    ax.axhline(firm.sum() - 0.5, color="black", lw=0.8, ls=":")
    ax.set_yticks(range(len(order)), order)
    ax.set_xticks(range(table.shape[1]), table.columns)
    ax.xaxis.tick_top()
    ax.set_xlim(-0.3, table.shape[1] - 0.25)
    ax.invert_yaxis()
    ax.grid(visible=False)
    return f.finish(ax, title, "", "", source, pad=26)


def draw_ranks(ranks: pd.DataFrame, title: str, source: str):
    """The middle nine tenths of each state's ranks over random weights, and its median."""
    import matplotlib.pyplot as plt

    from multipolarity import figures as f

    spread = ranks.quantile([0, 0.05, 0.5, 0.95, 1], axis=1).T
    spread = spread.sort_values([0.5, 0.95])
    fig, ax = plt.subplots(figsize=(8, 5.2))
    y = np.arange(len(spread))
    ax.hlines(y, spread[0], spread[1], color="#9A9A9A", lw=1.2, label="all draws")
    ax.hlines(y, spread[0.05], spread[0.95], color=f.BLUE, lw=5, label="middle nine tenths")
    ax.plot(spread[0.5], y, "D", color=f.ORANGE, markeredgecolor="black", label="median", ls="none")
    ax.axvline(5.5, color="black", ls="--", lw=1)
    ax.text(
        5.5, len(spread) - 0.7, "fifth | sixth", fontsize=9, ha="center", backgroundcolor="white"
    )
    ax.set_yticks(y, spread.index)
    ax.set_xticks(range(1, len(spread) + 1))
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=3)
    return f.finish(ax, title, "Rank (1 = closest to Russia)", "", source)


# --- exercises --------------------------------------------------------------------------------


def _names(answer) -> set[str]:
    return {str(name) for name in getattr(answer, "index", answer)}


BLOCKS = Ordering(labels=("A", "B", "C", "D", "E"))


def _ends_early(answer) -> bool:
    """Does the block with the bare return stand above one of the two conditions?"""
    order = BLOCKS.read(answer)
    return order[:2] == ("D", "B") and order[-1] != "C"


def _judged(answer, sentence: str) -> bool:
    """Did somebody judge a sentence on the future, or on aims, as if a table held it?"""
    word = answer[sentence]
    return isinstance(word, str) and not word.strip().lower().startswith("not")


EXERCISES = [
    first_guess(
        "2.prior",
        why="Kept. Exercise 2.4a prints the share.",
    ),
    Exercise(
        id="2.terms",
        title="Four words, four states",
        stage="investigate",
        difficulty=1,
        form=Choices(
            items=("alba", "borea", "cadia", "dova"),
            options=("balancing", "bandwagoning", "hedging", "soft_balancing"),
            what="state",
        ),
        reference=lambda: {
            "alba": {"balancing"},
            "borea": {"bandwagoning"},
            "cadia": {"hedging"},
            "dova": {"soft_balancing"},
        },
        why="The words are about what a state does towards a stronger or threatening one. They say "
        "nothing yet about what it thinks.",
        misconceptions=(
            Misconception(
                "arms read as soft",
                "alba: soldiers and a promise of defence are military means. Which word needs them?",
                wrong=lambda: {"alba": "soft_balancing"},
            ),
            Misconception(
                "joining read as hedging",
                "borea: it serves one side only. Is there an act on the other side?",
                wrong=lambda: {"borea": "hedging"},
            ),
            Misconception(
                "mixed acts read as siding",
                "cadia: count its acts for each side before you choose a word.",
                wrong=lambda: {"cadia": "bandwagoning"},
            ),
            Misconception(
                "votes read as arms",
                "dova: by which means does it resist, military ones or others?",
                wrong=lambda: {"dova": "balancing"},
            ),
        ),
        hints=("For each state ask: acts against, acts alongside, or both? And by which means?",),
        see="the table of key terms",
    ),
    Exercise(
        id="2.1",
        title="How much of the world?",
        stage="predict",
        difficulty=1,
        form=Numbers(
            labels=lambda: ("states", "people", "output"), what="measure", low=0, high=100
        ),
        why="Kept. Exercise 2.4a computes the three.",
    ),
    Exercise(
        id="2.2a",
        title="How uneven?",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=lambda: tuple(CAPABILITIES), what="capability", tolerance=0.006, low=0, high=1
        ),
        reference=ginis,
        why="Military spending is the most uneven of the four, people less so. But people, too, are "
        "spread very unevenly: 'highly uneven' needs something to be compared with.",
        misconceptions=(
            Misconception(
                "all states in the table",
                "These are the coefficients for all states of the table. Take the thirty largest of each "
                "column first: nlargest(30).",
                wrong=lambda: ginis(number=300),
            ),
            Misconception(
                "top ten",
                "These are the coefficients of the ten largest. How many states does the task name?",
                wrong=lambda: ginis(number=10),
            ),
            Misconception(
                "year 2001",
                "These are the coefficients of another year. Look at the year in your query.",
                wrong=lambda: {
                    name: value
                    for name, value in ginis(2001).items()
                    if name not in ("population",)
                },
            ),
            Misconception(
                "same coefficient four times",
                "Your coefficients are all equal: the line was copied, and the name of the column in it "
                "stayed the same. Which column belongs to each name?",
                sees=lambda answer: len({round(float(v), 3) for v in dict(answer).values()}) == 1,
                example=lambda: dict.fromkeys(CAPABILITIES, ginis()["purchasing power"]),
            ),
        ),
        hints=(
            "Four columns, four times the same recipe: take the column, keep the thirty largest, ask for "
            "the coefficient.",
            "measures.gini(states['gdp_ppp_bn'].nlargest(30)) is the line for purchasing power.",
        ),
        see="the curve by hand in Section 5",
    ),
    letter_question(
        "2.2-read",
        "What the four curves say",
        "c",
        "A Gini says how uneven, never how many poles: one giant and twenty-nine dwarfs can have the "
        "same value as two giants and twenty-eight. And the benchmark matters: even people are "
        "unevenly spread over states.",
        {
            "a": (
                "trend read out of one year",
                "The figure holds one year. Which table has several, and do all its rows go one way?",
            ),
            "b": (
                "Gini read as polarity",
                "Try 60, 40, 1, 1 against 90, 4, 4, 4: does the coefficient tell you how many stand out?",
            ),
            "d": (
                "lower than arms read as even",
                "Compare the curve of people with the straight line. Does it lie near it?",
            ),
        },
        "Ask of each sentence: could the same curve be drawn if it were false?",
        "the figure and the table above the question",
    ),
    Exercise(
        id="2.3a",
        title="Who sits with Russia?",
        stage="modify",
        difficulty=2,
        form=Numbers(labels=lambda: OTHERS, what="state", tolerance=0.01, low=0, high=10),
        reference=with_russia,
        why="Kazakhstan shares most, and Russia shares no seat with half of the fourteen. A shared seat is an "
        "opportunity to meet; it is not yet a tie that binds.",
        misconceptions=(
            Misconception(
                "diagonal read as partner",
                "Your answer holds Russia itself. A state shares all its seats with itself: that is the "
                "diagonal. Leave it out with .drop('Russia').",
                sees=lambda answer: "Russia" in _names(answer),
                example=lambda: shared()["Russia"],
            ),
            Misconception(
                "observers and partners counted",
                "You counted observers and dialogue partners. The task asks for members: use the printed "
                "table of seats.",
                wrong=lambda: with_russia(any_role=True),
            ),
            Misconception(
                "another day",
                "These are the shared seats of a later day. Look at the day at which the table was made.",
                wrong=lambda: with_russia("2025-12-31"),
            ),
            Misconception(
                "own seats instead of shared ones",
                "You counted all seats of each state. Which of them does Russia hold as well?",
                wrong=lambda: seats().sum(axis=1).drop("Russia").to_dict(),
            ),
        ),
        hints=(
            "Multiply the table with its transpose, then pick Russia's column.",
            "common['Russia'] is the column, .drop('Russia') leaves one name out.",
        ),
        see="the table of three invented states in Section 5",
    ),
    Exercise(
        id="2.3b",
        title="Degree",
        stage="modify",
        difficulty=3,
        form=Numbers(labels=lambda: FIVE, what="state", tolerance=0.01, low=0, high=120),
        reference=degrees,
        why="India has as many partners in this list as Russia. The list of states and of organisations "
        "decides much: with another fifteen the order can turn.",
        misconceptions=(
            Misconception(
                "seats instead of partners",
                "You added up shared seats. Degree counts partners: a partner with three shared seats "
                "counts once. Ask > 0 first.",
                wrong=ties_added_up,
            ),
            Misconception(
                "itself counted",
                "Your numbers are one too high: a state is no partner of itself.",
                wrong=lambda: degrees(itself=1),
            ),
            Misconception(
                "example unchanged",
                "This is the example: it counts partners with two seats or more. How many seats make a "
                "partner in the task?",
                wrong=lambda: degrees(least=2),
            ),
            Misconception(
                "all states of the table",
                "You counted partners among all states of the table. Here the question is about the "
                "fifteen.",
                wrong=lambda: reach(REPORT).to_dict(),
            ),
        ),
        hints=(
            "common > 0 turns the counts into True and False; .sum() counts the True of each column.",
            "Every state is True with itself: take one away.",
        ),
        see="the lines on degree under the table by hand",
    ),
    letter_question(
        "2.3-read",
        "What the network shows",
        "b",
        "Ten organisations were chosen for this course, most of them about security. With the United "
        "Nations or the G20 in the table the picture would be another one.",
        {
            "a": (
                "no line read as no relation",
                "Is trade, an embassy or a summit anywhere in this drawing? What is a line?",
            ),
            "c": (
                "seat read as alliance",
                "Look at India and Japan, or at India and China: does a shared seat make them allies?",
            ),
            "d": (
                "degree read as weight",
                "The number counts partners. Does it know how large they are, or what they do for each "
                "other?",
            ),
        },
        "Ask what one line stands for, and which list of organisations it came from.",
        "the two sentences under the figure",
    ),
    Exercise(
        id="2.4a",
        title="Three views of isolation",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=lambda: ("states", "people", "output"),
            what="measure",
            tolerance=0.005,
            share=True,
            low=0,
            high=100,
        ),
        reference=isolation,
        why="A quarter of the states, a seventh of the people, well over half of the output at market "
        "prices: who says 'the world' should say which world. Both sides' favourite number is true.",
        misconceptions=(
            Misconception(
                "territory outside the UN",
                "states: you divided 48 by 193. One entry of the list is no member of the United Nations.",
                wrong=lambda: {"states": len(load("sanctions")) / UN_MEMBERS},
            ),
            Misconception(
                "EU as one",
                "states: you counted the European Union as one. That is a possible choice, but the whole "
                "of 193 counts its members one by one: keep to one way in both.",
                wrong=lambda: {"states": (un_members_on_list() - 26) / UN_MEMBERS},
            ),
            Misconception(
                "list as whole",
                "Your shares of people and output rest on the sum of our table. The table does not hold "
                "all states: the whole is the world's own column.",
                wrong=own_sum,
            ),
            Misconception(
                "two price systems in one share",
                "output: one part of your fraction is at market prices, the other at purchasing power. "
                "Keep to one.",
                wrong=mixed_output,
            ),
            Misconception(
                "purchasing power",
                "output: this is the share at purchasing power, the worked example. Take the row at market "
                "prices.",
                wrong=lambda: {"output": ppp_share()},
            ),
        ),
        hints=(
            "The worked line is for purchasing power. Change the name of the row.",
            "For the states: how many names of the list are UN members, and how many members are there?",
        ),
        see="the box on what the list is",
    ),
    Exercise(
        id="2.4b",
        title="A fourth view: trade",
        stage="make",
        difficulty=3,
        form=Number(tolerance=0.005, share=True, low=0, high=100),
        reference=trade_view,
        why="At least two fifths of what Russia sold before the war went to states on the list. 'At least', "
        "because the table names only the largest customers.",
        misconceptions=(
            Misconception(
                "named customers as whole",
                "You divided by the customers that the table names. The whole is the world's number, "
                "printed above the table.",
                wrong=lambda: (
                    trade_view() * exports_world() / exports_2019()["exports_usd_bn"].sum()
                ),
            ),
            Misconception(
                "customers off the list",
                "This is the share of the customers that are not on the list. Which rows are True?",
                wrong=lambda: (
                    exports_2019().query("not listed")["exports_usd_bn"].sum() / exports_world()
                ),
            ),
            Misconception(
                "number of customers",
                "You divided numbers of customers. A small and a large customer then weigh the same.",
                wrong=lambda: float(exports_2019()["listed"].mean()),
            ),
            Misconception(
                "amount instead of share",
                "This is an amount in billion dollars. Divide it by the world's number.",
                sees=lambda answer: float(answer) > 100,
                example=lambda: trade_view() * exports_world(),
            ),
        ),
        hints=(
            "Keep the rows in which listed is True, add up their exports, divide by the world.",
            "customers[customers['listed']] keeps the rows that are True; pick the column of exports "
            "from it, then .sum().",
        ),
        see="the primer on filters and columns, and the lines above the table of customers",
    ),
    letter_question(
        "2.4-read",
        "Which sentence survives?",
        "d",
        "Each of the other sentences takes one bar for the whole. And no bar says what a state did: the "
        "list is a proxy drawn up by one party.",
        {
            "a": (
                "population speaks",
                "Do people sanction, vote in the Assembly or trade, or do their governments? What does "
                "the bar of people count?",
            ),
            "b": (
                "output speaks",
                "Which bar did you read? Two bars are about output: do they lie on the same side of the "
                "half?",
            ),
            "c": (
                "off the list read as support",
                "How did most of the states off the list vote on ES-11/1? The number is printed in "
                "Section 6.",
            ),
        },
        "Look for the sentence that needs no leap from a count to a motive.",
        "the figure above the question",
    ),
    Exercise(
        id="2.5",
        title="What Russia sold to China: price or volume?",
        stage="make",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("value", "price", "volume"),
            what="part",
            tolerance=0.006,
        ),
        reference=change,
        why="In 2022 nearly all of the rise in value was price; the goods themselves hardly grew, by this "
        "proxy. In 2023 it was the other way round. Look at the value alone and you get both years "
        "wrong.",
        misconceptions=(
            Misconception(
                "percent for logs",
                "Your changes are percents as shares. Percents of price and volume do not add up to the "
                "percent of the value: take np.log(after / before).",
                wrong=lambda: {k: v for k, v in change(log=False).items() if k != "volume"},
            ),
            Misconception(
                "ratio without log",
                "Value and price are ratios, after over before. The logarithm of each is wanted: np.log( ) "
                "around it.",
                wrong=lambda: {k: np.exp(v) for k, v in change().items() if k != "volume"},
            ),
            Misconception(
                "logarithm of base ten",
                "Your logarithms have base ten. The natural one is np.log, on a calculator the key ln, "
                "not log.",
                wrong=lambda: {k: v / np.log(10) for k, v in change().items() if k != "volume"},
            ),
            Misconception(
                "year 2023",
                "These are the changes of the worked example. Which two years does the task name?",
                wrong=lambda: change(2023),
            ),
            Misconception(
                "the other flow",
                "This is what China sold to Russia. Oil is in the flow the other way.",
                wrong=lambda: {"value": change(flow="to Russia")["value"]},
            ),
            Misconception(
                "price added",
                "Your volume is value plus price. What is left of the value when the price is taken off?",
                wrong=lambda: {"volume": change()["value"] + change()["price"]},
            ),
            Misconception(
                "turned round",
                "All signs are turned: the year before belongs under the line.",
                wrong=lambda: {k: -v for k, v in change().items()},
            ),
        ),
        hints=(
            "In the worked lines change 2023 to 2022 and 2022 to 2021.",
            "Volume is the log change of the value less that of the price.",
        ),
        see="the logarithms of unit 3 and the worked example above",
    ),
    letter_question(
        "2.5-read",
        "What may one say of 2022?",
        "c",
        "Physical data for one good (crude oil) and the proxy agree on the direction: most of the rise was "
        "price, a smaller part was volume. The shift in volume came in 2023.",
        {
            "a": (
                "value read as volume",
                "The value rose by over two fifths. How much of it was left after the price was taken off?",
            ),
            "b": (
                "proxy taken for truth",
                "Is all that Russia sells to China oil, and was it sold at the price of Brent? Read the "
                "limits.",
            ),
            "d": (
                "price read as no tie",
                "Somebody who goes on buying at high prices also keeps a tie. What does the figure show "
                "about 2023?",
            ),
        },
        "Keep apart: value, price, volume, and what a proxy can carry.",
        "the figure and the box under it",
    ),
    Exercise(
        id="2.6a",
        title="Your rule, in words, before the list",
        stage="write",
        difficulty=2,
        form=Essay(least_words=15, parts=("against Russia", "alongside Russia", "which word when")),
        why="Kept, with its time. Do not change it after you have seen the table: a rule that is fitted to "
        "the names one expects finds what one expects.",
    ),
    Exercise(
        id="2.6b",
        title="Put five blocks in order",
        stage="investigate",
        difficulty=2,
        form=BLOCKS,
        reference=lambda: ("D", "B", "E", "A", "C"),
        why="First the two questions, then the strictest case (both), then one of them, and what is left at "
        "the end. A state with acts on both sides would otherwise never be called hedging.",
        misconceptions=(
            Misconception(
                "loose case first",
                "In your order a state with acts on both sides is caught by a looser line before it "
                "reaches the one about both. Test the strictest case first.",
                wrong=lambda: ("D", "B", "A", "E", "C"),
            ),
            Misconception(
                "names before they exist",
                "A line of yours uses against before any line has made it.",
                wrong=lambda: ("D", "E", "B", "A", "C"),
            ),
            Misconception(
                "leftover first",
                "return without a condition ends the function: nothing below it is reached. In your order "
                "a question still stands below it.",
                sees=_ends_early,
                example=lambda: ("D", "B", "E", "C", "A"),
            ),
        ),
        hints=(
            "Which block opens the recipe? Which two lines make the names that the others use?",
        ),
        see="the rule in words above the blocks",
    ),
    Exercise(
        id="2.6c",
        title="Fourteen labels",
        stage="make",
        difficulty=4,
        form=Choices(items=OTHERS, options=LABELS, what="state"),
        reference=lambda: {state: {name} for state, name in alignments().items()},
        why="The labels follow from the rule, not from the states. Whoever finds one of them absurd has found "
        "a weakness of the rule: name the act that it misses.",
        misconceptions=(
            Misconception(
                "hedging tested last",
                "States with acts on both sides carry another label in your answer. Which case is tested "
                "first in your function?",
                wrong=lambda: {
                    state: name
                    for state, name in alignments(hedging_last).items()
                    if name != wide_rule(acts().loc[state])
                },
            ),
            Misconception(
                "more than four",
                "Three states voted Yes exactly four times. Does the rule say 'more than four'? Compare > "
                "and >=.",
                wrong=lambda: {
                    state: name
                    for state, name in alignments(more_than_four).items()
                    if name != wide_rule(acts().loc[state])
                    and wide_rule(acts().loc[state]) != list_alone(acts().loc[state])
                    and state != "Türkiye"
                },
            ),
            Misconception(
                "list alone against",
                "Türkiye is not on the list, but the rule knows a second act against: look at its column "
                "yes.",
                wrong=lambda: {"Türkiye": "bandwagoning"},
            ),
            Misconception(
                "abstention read as siding with nobody",
                "India and South Africa never voted No, that is true. Has the rule another act alongside? "
                "Look at the column seats.",
                wrong=lambda: {"India": "neither", "South Africa": "neither"},
            ),
            Misconception(
                "names for rule",
                "India may well hedge by your own rule. By the course's rule, which acts against does its "
                "row hold?",
                wrong=lambda: {"India": "hedging"},
            ),
        ),
        hints=(
            "Put the blocks of Exercise 2.6b together in one cell, then use the function on every row.",
            "table.apply(alignment, axis=1) uses the function on each row. If a label is missing (NaN or "
            "None), some row found no return: look at the last lines of the function.",
        ),
        see="the rule in words and Exercise 2.6b",
    ),
    letter_question(
        "2.6-read",
        "How firm are the labels?",
        "a",
        "Five labels hold under all three rules: three states on the list, and two allies of Russia that also "
        "voted No. For the other nine the word depends on which acts are counted.",
        {
            "b": (
                "the usual rule preferred",
                "Who decided that a vote is cheap and a seat is not? Look for what all columns share.",
            ),
            "c": (
                "neither read as hedging",
                "'neither' is what is left when no act was counted. Does that show acts on both sides?",
            ),
            "d": (
                "rules declared useless",
                "Look above the dotted line: do the labels there change?",
            ),
        },
        "Compare the rows above and below the dotted line.",
        "the figure above the question",
    ),
    Exercise(
        id="2.7",
        title="Two hundred weightings",
        stage="make",
        difficulty=4,
        form=Numbers(
            labels=lambda: OTHERS, what="state", tolerance=0.004, share=True, low=0, high=100
        ),
        reference=in_top,
        why="Three states are among the five in every draw; the two other places are contested. Report the "
        "share, not the rank alone.",
        misconceptions=(
            Misconception(
                "point rank only",
                "Your values are 0 and 1 only: that is the ranking with equal weights. How often does it "
                "survive other weights?",
                wrong=point_rank,
            ),
            Misconception(
                "ranked from the bottom",
                "You ranked from the smallest. rank(ascending=False) gives rank 1 to the largest.",
                wrong=from_the_bottom,
            ),
            Misconception(
                "fewer than five",
                "You asked for ranks below 5. The fifth belongs to the top five: <= 5.",
                wrong=lambda: in_top(4),
            ),
            Misconception(
                "counts of draws",
                "Your largest value is the number of draws. Divide by it, or use mean in the place of sum.",
                sees=lambda answer: max(float(v) for v in dict(answer).values()) > 100,
                example=lambda: {k: v * 200 for k, v in in_top().items()},
            ),
        ),
        hints=(
            "Three steps: totals, ranks, share of draws with a rank of 5 or better.",
            "(ranks <= 5) is a table of True and False; .mean(axis=1) gives the share of True in each row.",
        ),
        see="the worked example with equal weights",
    ),
    letter_question(
        "2.7-read",
        "What the spread of ranks tells",
        "c",
        "Random weights answer one question only: how much do the weights matter? The choice of "
        "indicators, their scale and what they leave out stay as they were.",
        {
            "a": (
                "narrow read as true",
                "All draws use the same four indicators. Would a wrong indicator show in the spread?",
            ),
            "b": (
                "median read as the answer",
                "Which weights are right is a judgement. Does the middle of random ones make it for you?",
            ),
            "d": (
                "wide read as change over time",
                "All draws use the same data of the same years. What alone changes from draw to draw?",
            ),
        },
        "Ask what changes from draw to draw, and what never does.",
        "the figure above the question",
    ),
    Exercise(
        id="2.8",
        title="Two halves and four neighbours",
        stage="fact-check",
        difficulty=3,
        form=Choices(items=SENTENCES, options=VERDICTS, what="sentence"),
        reference=sentence_verdicts,
        why="The first half names its actor, Western counterparts, and holds with a caveat; so does the "
        "second. The sentence that the text does not contain, isolation by the world, does worst by "
        "this rule.",
        misconceptions=(
            Misconception(
                "one verdict for two claims",
                "You gave all six sentences one verdict. Do the four groups of tests look alike? And can a "
                "table decide a forecast?",
                sees=lambda answer: len(set(dict(answer).values())) == 1,
                example=lambda: dict.fromkeys(SENTENCES, "supported_with_caveat"),
            ),
            Misconception(
                "west without its no",
                "west: one of its four tests points the other way. Which word of the rule fits three of "
                "four?",
                wrong=lambda: {"west": "supported"},
            ),
            Misconception(
                "value alone",
                "china: two tests are about values. What do the other two say?",
                wrong=lambda: {"china": "supported"},
            ),
            Misconception(
                "china refuted by half",
                "china: half of the tests point to the sentence. Read the rule for 'half'.",
                wrong=lambda: {"china": "contradicted"},
            ),
            Misconception(
                "others refuted by half",
                "others: two tests of four point to the sentence. What does the rule say of two?",
                wrong=lambda: {"others": "contradicted"},
            ),
            Misconception(
                "world like west",
                "world: count its yes. The text names Western counterparts; this sentence names more.",
                wrong=lambda: {"world": "supported_with_caveat"},
            ),
            Misconception(
                "world by output",
                "world: one test of four is about output at market prices. What do the other three say?",
                wrong=lambda: {"world": "supported"},
            ),
            Misconception(
                "forecast judged",
                "hegemony: 'eventually' has no date. Which row of which table would decide it?",
                sees=lambda answer: _judged(answer, "hegemony"),
                example=lambda: {
                    **{name: min(word) for name, word in sentence_verdicts().items()},
                    "hegemony": "outdated_since_publication",
                },
            ),
            Misconception(
                "aim judged by acts",
                "balance: the sentence is about what Russia will seek. Do our tables hold aims?",
                sees=lambda answer: _judged(answer, "balance"),
                example=lambda: {
                    **{name: min(word) for name, word in sentence_verdicts().items()},
                    "balance": "contradicted",
                },
            ),
        ),
        hints=(
            "For the first four: count 'yes' among the four tests, then read the rule.",
            "A forecast without a date cannot be decided by any table.",
        ),
        see="the rule above the table of tests",
    ),
    letter_question(
        "2.peer",
        "Peer question",
        "b",
        "Many states asked for withdrawal and do not stand on the list: that is in the two tables. What "
        "measures a state took, with whom it sides and whom it supports each need another record.",
        {
            "a": (
                "list read as register of measures",
                "Who wrote the list? Could a state take measures and not stand on it?",
            ),
            "c": (
                "vote read as siding",
                "What did the resolution ask for? Would siding in a war take more than a vote on it?",
            ),
            "d": (
                "no Yes read as support",
                "Some abstained, some were absent. Is either of these a No?",
            ),
        },
        "Keep apart what a vote records, what the list records, and what neither does.",
        "the box on the list in Section 5 and the table of votes under Exercise 2.4a",
    ),
    essay("2.9"),
    second_guess(
        "2.exit",
        why="Kept. Note the table by which you want to be judged.",
        title="A forecast",
    ),
]
