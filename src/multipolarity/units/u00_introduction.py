"""Unit 0, the Introduction: polarity by three measures, aid in one currency, dates and verdicts.

Every reference below is computed from the tables when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from multipolarity import claims, measures
from multipolarity.exercise import Exercise, Misconception
from multipolarity.forms import Choices, Essay, Number, Numbers, Ordering, is_open
from multipolarity.tables import load, members
from multipolarity.units.shared import LETTER, VERDICTS, essay, first_guess, second_guess

LETTERS = {  # the six states of the unit, in no order of size
    "U": "United States",
    "C": "China",
    "I": "India",
    "R": "Russia",
    "G": "Germany",
    "J": "Japan",
}
SIX = tuple(LETTERS.values())
MEASURES = {  # name in the unit -> table and column, which world_totals has as well
    "market GDP": ("country_year", "gdp_usd_bn"),
    "purchasing power": ("country_year", "gdp_ppp_bn"),
    "military spending": ("military_spending", "spending_usd_m"),
}
LABELS = ("unipolar", "bipolar", "multipolar", "unclear")
YEARS = (2001, 2022)

# --- amounts and shares ---------------------------------------------------------------------


def amounts(measure: str, year: int) -> pd.Series:
    """What each state has in one year, largest first; states without a value are left out.

    measure  "market GDP" (USD bn), "purchasing power" (international dollars bn) or
             "military spending" (USD m)
    """
    table, column = MEASURES[measure]
    rows = load(table).query("year == @year").set_index("country")[column]
    return rows.dropna().astype(float).sort_values(ascending=False)


def world_shares(measure: str, year: int, bloc: str = "") -> pd.Series:
    """Each state's share of the world total (0 to 1), largest first.

    bloc  an organisation whose members of 31 December count as one unit, under its name
    """
    column = MEASURES[measure][1]
    found = amounts(measure, year) / float(load("world_totals").set_index("year").at[year, column])
    if bloc:
        inside = found.index.isin(members(bloc, on=f"{year}-12-31")["country"])
        found = pd.concat([found[~inside], pd.Series({bloc: found[inside].sum()})])
    return found.sort_values(ascending=False)


def six_shares(measure: str, year: int) -> pd.Series:
    """The shares of the six states among themselves (they add up to 1), largest first."""
    found = amounts(measure, year)
    return measures.shares(found[found.index.isin(SIX)])


def six_ranks(year: int = 2022) -> pd.DataFrame:
    """Ranks 1 to 6 of the six states (rows) under the three measures (columns)."""
    table = pd.DataFrame({name: six_shares(name, year) for name in MEASURES})
    return table.rank(ascending=False).astype(int).sort_values("market GDP")


def effective_by_year(measure: str, first: int = 1995, last: int = 2022) -> pd.Series:
    """Effective number of states by year, over the states that have a value in every year."""
    table, column = MEASURES[measure]
    rows = load(table).query("@first <= year <= @last")
    wide = rows.pivot(index="country", columns="year", values=column).dropna().astype(float)
    return wide.apply(lambda year: measures.effective_number(measures.shares(year)))


def con_by_size(measure: str, year: int, sizes: Iterable[int] = (5, 10, 20, 40)) -> pd.Series:
    """CON over the largest n states, for each n in `sizes` and for all states of the table."""
    ranked = amounts(measure, year)
    return pd.Series(
        {
            n: measures.concentration_con(measures.shares(ranked.head(n)))
            for n in (*sizes, len(ranked))
        }
    )


def con_table(sizes: Iterable[int] = (5, 10, 20, 40)) -> pd.DataFrame:
    """CON by number of states counted, for two measures and two years."""
    columns = {
        f"{measure} {year}": con_by_size(measure, year, sizes)
        for measure in ("purchasing power", "military spending")
        for year in YEARS
    }
    return pd.DataFrame(
        {name: values.set_axis([*sizes, "all"]) for name, values in columns.items()}
    ).rename_axis("states")


# --- the label ------------------------------------------------------------------------------


def label(shares: pd.Series) -> str:
    """The course's rule for one word; the thresholds are a convention."""
    if (shares >= 0.50).any():
        return "unipolar"
    if (shares >= 0.25).sum() == 2:
        return "bipolar"
    if (shares >= 0.05).sum() >= 3:
        return "multipolar"
    return "unclear"


def polarity_cases() -> dict[str, pd.Series]:
    """Lists of shares on which a label function is tried out."""
    apart = {"A": 0.28, "B": 0.20, "C": 0.14, "D": 0.12, "E": 0.10, "F": 0.08, "G": 0.08}
    lists = {
        "one state": [1.0],
        "exactly half": [0.50, 0.30, 0.20],
        "half and a quarter": [0.55, 0.26, 0.19],
        "two quarters": [0.25, 0.25, 0.20, 0.15, 0.15],
        "three thirds": [1 / 3] * 3,
        "just below": [0.49, 0.24, 0.15, 0.12],
        "twenty small": [0.05] * 20,
        "dust": [0.025] * 40,
        "apart": apart,
        "C and D as one": [0.28, 0.26, 0.20, 0.10, 0.08, 0.08],
    }
    return {name: pd.Series(shares) for name, shares in lists.items()}


CASES = tuple(polarity_cases())
WORLD_CASES = tuple(f"{measure} {year}" for measure in MEASURES for year in YEARS)


def labels(shares_of=world_shares, **choices) -> dict[str, str]:
    """The label of each measure and year, for one way of making shares."""
    return {
        f"{measure} {year}": label(shares_of(measure, year, **choices))
        for measure in MEASURES
        for year in YEARS
    }


def label_table() -> pd.DataFrame:
    """Labels by measure (rows) and by who is counted and when (columns)."""
    sets = {
        "six states": labels(six_shares),
        "world,\nEU as one": labels(bloc="EU"),
        "world,\nNATO as one": labels(bloc="NATO"),
    }
    return pd.DataFrame(
        {
            f"{name}\n{year}": {m: found[f"{m} {year}"] for m in MEASURES}
            for name, found in sets.items()
            for year in YEARS
        }
    )


def gaps() -> pd.DataFrame:
    """Second state over first and third over second, by measure and year."""
    found = {}
    for measure in MEASURES:
        for year in YEARS:
            first, second, third = amounts(measure, year).head(3)
            found[measure, year] = {
                "second / first": second / first,
                "third / second": third / second,
            }
    return pd.DataFrame(found).T.rename_axis(["measure", "year"])


def net_output(column: str = "gdp_usd_bn", year: int = 2022) -> pd.Series:
    """Output times output per head: Beckley's rough stand-in for net resources, largest first."""
    rows = load("country_year").query("year == @year").set_index("country")
    return (rows[column] ** 2 / rows["population_m"]).dropna().sort_values(ascending=False)


# --- aid, defence, dates, verdicts ----------------------------------------------------------


def aid_ratio(peace_facility: bool = False, aid_type: str = "military") -> float:
    """US commitments over those of all other donors, Kiel release 7 (to 3 October 2022)."""
    rows = load("aid").query("release == 7 and aid_type == @aid_type and donor_group != 'total'")
    if not peace_facility:
        rows = rows[rows["donor"] != "European Peace Facility"]
    ours = rows["donor"].eq("United States")
    return float(rows.loc[ours, "value_eur_bn"].sum() / rows.loc[~ours, "value_eur_bn"].sum())


def total_row_counted(peace_facility: bool = False) -> float:
    """The wrong denominator: the table's own total taken for a donor."""
    rows = load("aid").query("release == 7 and aid_type == 'military'")
    if not peace_facility:
        rows = rows[rows["donor"] != "European Peace Facility"]
    ours = rows["donor"].eq("United States")
    return float(rows.loc[ours, "value_eur_bn"].sum() / rows.loc[~ours, "value_eur_bn"].sum())


def us_military_aid() -> pd.Series:
    """US military commitments in USD bn at five cut-off days of the tracker.

    Euro figures are converted at the rate that belongs to their release and marked *.
    """
    dollars = load("aid_usd").query("iso3 == 'USA' and aid_type == 'military'")
    found = {row.data_until: row.value_usd_bn for row in dollars.itertuples()}
    rates = load("exchange_rates").set_index("basis")["usd_per_eur"]
    euro = load("aid").query("iso3 == 'USA' and aid_type == 'military' and release in [7, 8]")
    for row in euro.itertuples():
        found[row.data_until] = row.value_eur_bn * rates[f"Kiel release {row.release}"]
    converted = set(euro["data_until"])
    series = pd.Series(found).sort_index()
    names = [f"{day.day} {day:%b %Y}{' *' * (day in converted)}" for day in series.index]
    return series.set_axis(names).rename_axis("up to")


PRINTED = {"United States": 23.0, "rest": 12.0, "Israel": 3.3}  # USD bn, pp. 7-9


def german_defence() -> pd.DataFrame:
    """Germany by year: spending in EUR bn and USD bn, and 2 % of GDP in EUR bn.

    GDP is turned into euro at the rate that the two columns of spending imply.
    """
    rows = load("defence_spending").query("iso3 == 'DEU'").set_index("year")
    gdp = load("country_year").query("iso3 == 'DEU'").set_index("year")["gdp_usd_bn"]
    euro_per_dollar = rows["spending_eur_bn"] / rows["spending_usd_bn"]
    table = rows[["spending_eur_bn", "spending_usd_bn"]].copy()
    table["two_percent_eur_bn"] = 0.02 * gdp.reindex(rows.index) * euro_per_dollar
    return table.round(1)


CARDS = {  # letter -> event
    "A": "es-11-1",
    "B": "sco-samarkand",
    "C": "invasion",
    "D": "new-start-suspension",
    "E": "no-limits-statement",
    "F": "nato-applications",
    "G": "zeitenwende",
    "H": "nord-stream-2-halt",
}


def event_order() -> tuple[str, ...]:
    dates = load("events").set_index("event_id")["date"]
    return tuple(sorted(CARDS, key=lambda letter: dates[CARDS[letter]]))


def swapped(first: str, second: str) -> tuple[str, ...]:
    """The right order with two cards exchanged."""
    change = {first: second, second: first}
    return tuple(change.get(letter, letter) for letter in event_order())


CLAIMS = {  # name in the exercise -> row of the table claims
    "german_80": "I03",
    "nato_soon": "I05",
    "nord_stream": "I08",
    "us_23": "I10",
    "seven_times": "I12",
    "challengers": "I13",
    "new_start": "I14",
    "wine": "I17",
    "sco_eight": "I25",
}


def accepted_verdicts() -> dict[str, set[str]]:
    rows = claims.register().set_index("claim_id").loc[list(CLAIMS.values())]
    also = rows["also_accepted"].fillna("").str.split()
    return {name: {rows.at[i, "verdict"], *also[i]} for name, i in CLAIMS.items()}


# --- drawings -------------------------------------------------------------------------------

MARKERS = "osD^vP"


def draw_ranks(ranks: pd.DataFrame, title: str, source: str):
    """One line per state across the measures; first place on top."""
    import matplotlib.pyplot as plt

    from multipolarity import figures

    _, ax = plt.subplots(figsize=(8, 4.4))
    for (state, row), marker in zip(ranks.iterrows(), MARKERS, strict=True):
        ax.plot(range(len(row)), row, marker=marker, lw=2.5, ms=11)
        for x, gap, side in ((0, -0.07, "right"), (len(row) - 1, 0.07, "left")):
            ax.text(x + gap, row.iloc[x], state, ha=side, va="center")
    ax.set_xticks(range(ranks.shape[1]), ranks.columns)
    ax.set(xlim=(-0.6, 2.6), ylim=(6.4, 0.6))
    ax.grid(axis="y", visible=False)
    return figures.finish(ax, title, "Measure, 2022", "Rank among the six", source)


def draw_effective(lines: Mapping[str, pd.Series], title: str, source: str):
    """Effective number of states over time, one line per measure with its name beside it."""
    import matplotlib.pyplot as plt

    from multipolarity import figures

    _, ax = plt.subplots(figsize=(8, 4.6))
    for (name, values), marker in zip(lines.items(), MARKERS, strict=False):
        ax.plot(values.index, values, marker=marker, ms=5, lw=2)
        ax.text(values.index[-1] + 0.5, values.iloc[-1], name, va="center")
    ax.axvline(2022.15, color="black", ls="--", lw=1)
    ax.text(2021.9, 15.2, "invasion, February 2022", ha="right", fontsize=9)
    ax.set(xlim=(1994, 2028), ylim=(0, 16), xticks=range(1995, 2023, 5))
    return figures.finish(ax, title, "Year", "Effective number of states", source)


def draw_con(table: pd.DataFrame, title: str, source: str):
    """CON by number of states counted; solid and filled 2022, dashed and hollow 2001."""
    import matplotlib.pyplot as plt

    from multipolarity import figures

    _, ax = plt.subplots(figsize=(8, 4.4))
    for name, values in table.items():
        spending, late = name.startswith("military"), name.endswith("2022")
        look = {"color": figures.VERMILION if spending else figures.BLUE}
        look |= {"marker": "s" if spending else "o", "ls": "-" if late else "--"}
        look["mfc"] = look["color"] if late else "white"
        ax.plot(range(len(values)), values, label=name, **look)
    ax.set_xticks(range(len(table)), table.index)
    ax.set_ylim(0.2, 0.7)
    ax.legend(ncols=2, loc="upper right", fontsize=9)
    return figures.finish(
        ax, title, "Number of largest states counted", "CON (the scale runs from 0 to 1)", source
    )


TILES = {  # label -> colour, hatch
    "unipolar": ("#F2B890", "//"),
    "bipolar": ("#F7E0A3", ".."),
    "multipolar": ("#BBD9EC", ""),
    "unclear": ("#EEEEEE", "xx"),
}


def draw_labels(table: pd.DataFrame, title: str, source: str):
    """A tile for each measure (row) and set of states (column), with its word."""
    import matplotlib.pyplot as plt

    from multipolarity import figures

    _, ax = plt.subplots(figsize=(9.4, 3.8))
    for y, row in enumerate(table.index):
        for x, word in enumerate(table.loc[row]):
            colour, hatch = TILES[word]
            look = {"fc": colour, "hatch": hatch, "ec": "#999999"}
            ax.add_patch(plt.Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, **look))
            plate = {"fc": "white", "ec": "none", "pad": 2}
            ax.text(x, y, word, ha="center", va="center", bbox=plate)
    ax.set_xticks(range(table.shape[1]), table.columns)
    ax.set_yticks(range(len(table)), table.index)
    ax.set(xlim=(-0.55, table.shape[1] - 0.45), ylim=(len(table) - 0.45, -0.55))
    ax.grid(visible=False)
    return figures.finish(ax, title, "Who is counted, and when", "", source)


def draw_defence(table: pd.DataFrame, title: str, source: str):
    """German spending in euro as bars, 2 % of GDP as marks, the two printed levels as lines."""
    import matplotlib.pyplot as plt

    from multipolarity import figures

    _, ax = plt.subplots(figsize=(8, 4.4))
    bars = ax.bar(table.index, table["spending_eur_bn"], color=figures.BLUE, label="spending")
    ax.bar_label(bars, fmt="%.0f", label_type="center", color="white")
    ax.plot(table.index, table["two_percent_eur_bn"], "D", color=figures.ORANGE, label="2 % of GDP")
    for level in (50, 80):
        ax.axhline(level, color=figures.VERMILION, ls="--", lw=1.2)
        ax.text(2013.2, level + 1, f"printed: {level}", color="#A33F00", fontsize=9)
    ax.set(ylim=(0, 95), xlim=(2013.1, 2023.6), xticks=table.index)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2)
    return figures.finish(ax, title, "", "EUR bn a year", source)


# --- exercises ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Timeline(Ordering):
    """Events in the order of their dates."""

    def diagnose(self, answer: tuple, reference: tuple) -> str:
        right = 0
        while answer[right] == reference[right]:
            right += 1
        start = f"The first {right} stand right" if right else "The first card cannot stand there"
        return f"{start}. Ask of the next card: which of those left was earlier in the record?"


def shares_of_six(year: int = 2022, column: str = "gdp_usd_bn") -> dict[str, float]:
    """World shares of the six states from country_year."""
    name = next(m for m, (_, c) in MEASURES.items() if c == column)
    found = world_shares(name, year)
    return {state: float(found[state]) for state in SIX}


def effective_of_six(
    measure: str = "market GDP", index=measures.effective_number
) -> dict[str, float]:
    return {str(year): index(six_shares(measure, year)) for year in (1995, 2007, 2022)}


def con_market(index=measures.concentration_con, year: int = 2022, smallest: bool = False):
    """An index over the largest 5, 10 and all states, market GDP."""
    ranked = amounts("market GDP", year)
    if smallest:
        ranked = ranked[::-1]
    sizes = {"top 5": 5, "top 10": 10, "all": len(ranked)}
    return {name: index(measures.shares(ranked.head(n))) for name, n in sizes.items()}


def printed_ratios() -> dict[str, float]:
    return {name: PRINTED["United States"] / PRINTED[name] for name in ("rest", "Israel")}


def letters_of(text) -> list[str]:
    return [letter for letter in str(text).upper() if letter.isalpha()]


def filled(answer) -> list:
    """The entries of an answer sheet that are no longer open."""
    known = isinstance(answer, Mapping) and set(answer) == set(MEASURES)
    return [value for value in answer.values() if not is_open(value)] if known else []


def not_six_letters(answer) -> bool:
    return any(sorted(letters_of(value)) != sorted(LETTERS) for value in filled(answer))


def same_order_thrice(answer) -> bool:
    rows = {tuple(letters_of(value)) for value in filled(answer)}
    return len(filled(answer)) == len(MEASURES) and len(rows) == 1


GERMAN_RISE = (50, 80)  # EUR bn, as printed (pp. 7-9)

EXERCISES = [
    first_guess(
        "0.prior",
        "Kept on your machine. You will meet this number again at the end of the page.",
    ),
    Exercise(
        id="0.1",
        title="Three rankings",
        stage="predict",
        difficulty=1,
        form=Essay(least_words=1, parts=tuple(MEASURES)),
        why="Kept. The figure after Exercise 0.2 shows the three rankings of 2022.",
        misconceptions=(
            Misconception(
                "not six letters",
                "Each ranking needs the letters U, C, I, R, G and J once each, for example in one "
                "text between quotation marks.",
                sees=not_six_letters,
                example=lambda: dict.fromkeys(MEASURES, "U C I"),
            ),
            Misconception(
                "one order for three measures",
                "Your three rankings are equal. Do you expect prices, volumes and soldiers to give "
                "one ranking? Change at least one and say why.",
                sees=same_order_thrice,
                example=lambda: dict.fromkeys(MEASURES, "U C I R G J"),
            ),
        ),
    ),
    Exercise(
        id="0.2",
        title="Shares of the world",
        stage="run",
        difficulty=1,
        form=Numbers(
            labels=lambda: SIX,
            what="state",
            tolerance=0.0015,
            share=True,
            low=0,
            high=100,
            other_names=lambda: {
                **LETTERS,
                **load("countries").query("country in @SIX").set_index("iso3")["country"],
            },
            example="{'China': 0.1, ...}",
        ),
        reference=shares_of_six,
        why="The six together have a little more than half of the world's output. Their shares do "
        "not add up to 1, and should not: the denominator is the world.",
        misconceptions=(
            Misconception(
                "six states as the world",
                "Your shares add up to 1 over six states. The denominator should be the world, which "
                "stands in the table world_totals.",
                wrong=lambda: dict(six_shares("market GDP", 2022)),
            ),
            Misconception(
                "year left as it was",
                "These are the shares of 2001. The year stands in the cell twice: once for the "
                "states, once for the world.",
                wrong=lambda: shares_of_six(2001),
            ),
            Misconception(
                "year changed once",
                "States of one year, world of another: change the year in both lines.",
                wrong=lambda: {
                    state: float(
                        amounts("market GDP", 2022)[state]
                        / load("world_totals").set_index("year").at[2001, "gdp_usd_bn"]
                    )
                    for state in SIX
                },
            ),
            Misconception(
                "purchasing power",
                "These are shares of output at purchasing power. The task asks for market rates: "
                "the column gdp_usd_bn.",
                wrong=lambda: shares_of_six(2022, "gdp_ppp_bn"),
            ),
            Misconception(
                "sum of the table",
                "You divided by the sum of country_year. It lacks many states; the world's own row "
                "is in world_totals.",
                wrong=lambda: {
                    state: float(
                        amounts("market GDP", 2022)[state] / amounts("market GDP", 2022).sum()
                    )
                    for state in SIX
                },
            ),
        ),
        hints=(
            "Copy the worked example and change as little as possible.",
            "The year stands in two lines: in the query and in .loc[...].",
        ),
        see="the worked example for 2001 above the task",
    ),
    Exercise(
        id="0.2-read",
        title="Shares, read from the table",
        stage="investigate",
        difficulty=1,
        form=LETTER,
        reference=lambda: "c",
        why="Two states together hold more than two fifths; the next four hold less than a "
        "twentieth each. Whether that is two poles or one and a half is a question of the rule.",
        misconceptions=(
            Misconception(
                "six are all",
                "Add up the six and compare with the row World: is anything left for the others?",
                wrong=lambda: "a",
            ),
            Misconception(
                "twice as large",
                "Divide the United States by China. Does the result reach two?",
                wrong=lambda: "b",
            ),
            Misconception(
                "Russia before India",
                "Compare the two rows in this column, at market rates. You may be thinking of "
                "another measure.",
                wrong=lambda: "d",
            ),
        ),
        hints=("Divide each row by the row World before you compare.",),
        see="the printed table of 2022",
    ),
    Exercise(
        id="0.3",
        title="How many effective states?",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=lambda: ("1995", "2007", "2022"),
            what="year",
            tolerance=0.006,
            example="{'1995': 2.0, '2007': 2.0, '2022': 2.0}",
        ),
        reference=effective_of_six,
        why="Three numbers that hardly differ, for three different worlds. The index counts how "
        "evenly the total is spread; it does not see who holds it.",
        misconceptions=(
            Misconception(
                "purchasing power",
                "These are the effective numbers of the example, at purchasing power. The task asks "
                "for market rates: the table market.",
                wrong=lambda: effective_of_six("purchasing power"),
            ),
            Misconception(
                "HHI",
                "Your values lie below 1: that is the HHI. The effective number is 1 divided by it.",
                wrong=lambda: effective_of_six(index=measures.hhi),
            ),
            Misconception(
                "percent squared",
                "HHI in the thousands means that you squared percents, the antitrust convention "
                "(0 to 10,000). Divide the shares by 100 first, then take 1/HHI.",
                wrong=lambda: {y: v * 1e4 for y, v in effective_of_six(index=measures.hhi).items()},
            ),
            Misconception(
                "one over percent squared",
                "Your numbers are tiny: 1 divided by an HHI of squared percents. Use shares between "
                "0 and 1.",
                wrong=lambda: {y: v / 1e4 for y, v in effective_of_six().items()},
            ),
            Misconception(
                "CON",
                "This is CON, the index freed from the number of states. The task asks for the "
                "effective number, 1/HHI.",
                wrong=lambda: effective_of_six(index=measures.concentration_con),
            ),
        ),
        hints=(
            "The line for 1995 is complete. The other two are the same line with another year.",
            "market[2007] picks the column of that year; a year is a number, without quotation marks.",
        ),
        see="the three invented states of Section 5",
    ),
    Exercise(
        id="0.3-read",
        title="Numbers, read from the shares",
        stage="investigate",
        difficulty=2,
        form=LETTER,
        reference=lambda: "b",
        why="In 1995 the second place was Japan's, in 2022 China's, with almost the same share. "
        "An index of concentration is blind to names.",
        misconceptions=(
            Misconception(
                "same number, same world",
                "Look at the names in the second row of each year, not only at the sizes.",
                wrong=lambda: "a",
            ),
            Misconception(
                "steady rise to multipolarity",
                "Square the shares of 1995 and of 2022 and add up: how large is the difference, and "
                "is it more than rounding of the data would give?",
                wrong=lambda: "c",
            ),
            Misconception(
                "effective number as a list of states",
                "The index gives a number of equal units that would be as concentrated. Which states "
                "these are it does not say.",
                wrong=lambda: "d",
            ),
        ),
        hints=("Compare first the sizes, then the names.",),
        see="the printed shares of the six states",
    ),
    Exercise(
        id="0.4",
        title="Who is counted?",
        stage="modify",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("top 5", "top 10", "all"),
            what="set",
            tolerance=0.002,
            low=0,
            high=1,
            example="{'top 5': 0.5, 'top 10': 0.5, 'all': 0.5}",
        ),
        reference=con_market,
        why="The index falls although nothing in the world changed: you only let more states in. "
        "A CON without its list of states cannot be compared with anything.",
        misconceptions=(
            Misconception(
                "HHI",
                "This is the HHI. CON also takes off what the number of states alone would give: "
                "measures.concentration_con.",
                wrong=lambda: con_market(measures.hhi),
            ),
            Misconception(
                "smallest states",
                "You took the smallest states. Sort from high to low before head(5): "
                "sort_values(ascending=False).",
                wrong=lambda: con_market(smallest=True),
            ),
            Misconception(
                "another year",
                "These are the values of 2001. The task asks for 2022.",
                wrong=lambda: con_market(year=2001),
            ),
            Misconception(
                "top 20 copied",
                "Your value for the top 5 is that of the worked example, the top 20. Change the "
                "number in head(...).",
                wrong=lambda: {
                    "top 5": measures.concentration_con(
                        measures.shares(amounts("market GDP", 2022).head(20))
                    )
                },
            ),
        ),
        hints=(
            "ranked.head(5) keeps the five largest; without head(...) all states stay.",
            "Shares must be taken anew for each set: measures.shares(...) does it.",
        ),
        see="the worked example for the top 20 above the task",
    ),
    Exercise(
        id="0.4-read",
        title="What does the fall show?",
        stage="investigate",
        difficulty=2,
        form=LETTER,
        reference=lambda: "c",
        why="Nothing in the world changed between the rows, only who is counted.",
        misconceptions=(
            Misconception(
                "history read into a list",
                "All rows belong to one year. Can anything have become more equal between them?",
                wrong=lambda: "a",
            ),
            Misconception(
                "small states gain",
                "The small states' output is the same in every row. What differs is whether they "
                "are on the list.",
                wrong=lambda: "b",
            ),
            Misconception(
                "index is useless",
                "Dependence on the list does not make an index useless: with one list you may "
                "compare years. What must be said with the number?",
                wrong=lambda: "d",
            ),
        ),
        hints=("Look at the year in the title of the table.",),
        see="the printed rows above the question",
    ),
    Exercise(
        id="0.5a",
        title="Arithmetic inside the text",
        stage="fact-check",
        difficulty=1,
        form=Numbers(
            labels=lambda: ("rest", "Israel"),
            what="comparison",
            tolerance=0.02,
            low=0,
            example="{'rest': 1.0, 'Israel': 1.0}",
        ),
        reference=printed_ratios,
        why="The printed words fit the printed numbers. That is the first step of a fact-check, and "
        "the easiest; it says nothing yet about the numbers themselves.",
        misconceptions=(
            Misconception(
                "turned round",
                "You divided the other way round. How many times the second amount is the first?",
                wrong=lambda: {name: 1 / value for name, value in printed_ratios().items()},
            ),
            Misconception(
                "increase instead of ratio",
                "You computed by how much more. 'Times as much' is the first divided by the second.",
                wrong=lambda: {name: value - 1 for name, value in printed_ratios().items()},
            ),
            Misconception(
                "share of the whole",
                "This is the US share of both together. The sentence compares one with the other.",
                wrong=lambda: {"rest": 23 / (23 + 12)},
            ),
        ),
        hints=("Two divisions by calculator; the US amount stands on top in both.",),
        see="the sentence in our words above the task",
    ),
    Exercise(
        id="0.5b",
        title="The same ratio in the record",
        stage="fact-check",
        difficulty=3,
        form=Numbers(
            labels=lambda: ("without", "with"),
            what="count",
            tolerance=0.006,
            low=0,
            example="{'without': 1.0, 'with': 1.0}",
        ),
        reference=lambda: {"without": aid_ratio(), "with": aid_ratio(True)},
        why="One table, one day, one currency, and still two answers: the wording 'almost double' "
        "depends on whether the common European fund is counted among the donors.",
        misconceptions=(
            Misconception(
                "all aid",
                "Your ratio uses all aid. The sentence speaks of weapons and military aid: keep the "
                "rows whose aid_type is military.",
                wrong=lambda: {"without": aid_ratio(aid_type="total")},
            ),
            Misconception(
                "total taken for a donor",
                "The rows of donor_group 'total' are sums over donors. With them in the denominator "
                "everybody is counted twice.",
                wrong=lambda: {"without": total_row_counted()},
            ),
            Misconception(
                "American share",
                "You divided by all donors, the United States included. Leave it out below the line.",
                wrong=lambda: {"without": 1 / (1 + 1 / aid_ratio())},
            ),
            Misconception(
                "dollars over euros",
                "Printed dollars divided by the tracker's euros: take both amounts from one table, "
                "in one currency.",
                wrong=lambda: {"without": 23 / others_military()},
            ),
            Misconception(
                "names exchanged",
                "The two values are exchanged. Does a further donor below the line make the ratio "
                "larger or smaller?",
                wrong=lambda: {"without": aid_ratio(True), "with": aid_ratio()},
            ),
        ),
        hints=(
            "First the sum of all donors but one, then one division.",
            'others["value_eur_bn"].sum() adds up; for the second value add the fund\'s 2.5.',
        ),
        see="the worked example for financial aid above the task",
    ),
    Exercise(
        id="0.5b-read",
        title="What may one write?",
        stage="investigate",
        difficulty=2,
        form=LETTER,
        reference=lambda: "d",
        why="Source, cut-off, currency, kind of aid and who is counted: with these five a sentence "
        "about aid can be checked; without one of them it cannot.",
        misconceptions=(
            Misconception(
                "sent",
                "The tracker's table counts promises. What arrived stands in no table of ours.",
                wrong=lambda: "a",
            ),
            Misconception(
                "refuted",
                "A ratio that depends on a decision of counting refutes nothing by itself. Under "
                "which count does the wording come out?",
                wrong=lambda: "b",
            ),
            Misconception(
                "effort",
                "Large in dollars is not large for the giver. Which table has aid as a share of "
                "GDP, and who leads there?",
                wrong=lambda: "c",
            ),
        ),
        hints=("Ask of each sentence: which column would show it?",),
        see="the notes on the table aid above the task",
    ),
    Exercise(
        id="0.6",
        title="Eight cards in order",
        stage="investigate",
        difficulty=2,
        form=Timeline(labels=tuple(CARDS)),
        reference=event_order,
        why="Five of the eight fall into four weeks. Order is the first test of a causal story: a "
        "cause cannot come after its effect.",
        misconceptions=(
            Misconception(
                "pipeline and invasion",
                "The Introduction says that the halt of the pipeline came two days before.",
                wrong=lambda: swapped("H", "C"),
            ),
            Misconception(
                "speech and resolution",
                "The Chancellor spoke on the Sunday after the invasion; the General Assembly voted "
                "the following week.",
                wrong=lambda: swapped("G", "A"),
            ),
            Misconception(
                "statement and pipeline",
                "The two presidents made their statement at the opening of the Winter Olympics, "
                "weeks before the invasion.",
                wrong=lambda: swapped("E", "H"),
            ),
            Misconception(
                "summit and treaty",
                "The Samarkand summit was in the first year of the war; the arms-control card "
                "belongs to its anniversary.",
                wrong=lambda: swapped("B", "D"),
            ),
            Misconception(
                "turned round",
                "Your list runs from the latest to the earliest. Begin with the earliest.",
                wrong=lambda: event_order()[::-1],
            ),
        ),
        hints=(
            "Find the card of 24 February 2022 and ask of each other card: before or after?",
            "The cell below the check prints dates: find each card in it.",
        ),
        see="the dates printed below the check",
    ),
    Exercise(
        id="0.7a",
        title="Strictest first",
        stage="investigate",
        difficulty=2,
        form=Ordering(labels=("A", "B", "C", "D", "E")),
        reference=lambda: ("C", "E", "B", "A", "D"),
        why="Python reads from the top and leaves the function at the first return. So the strictest "
        "rule stands first and the rest-of-the-world line last.",
        misconceptions=(
            Misconception(
                "strictest last",
                "An index of 0.38 passes the weaker test as well. If that stands first, who ever "
                "reaches the stricter one?",
                wrong=lambda: ("C", "B", "E", "A", "D"),
            ),
            Misconception(
                "called before made",
                "The first line of yours uses the name word before any line has made it.",
                wrong=lambda: ("D", "C", "E", "B", "A"),
            ),
            Misconception(
                "rest first",
                "A return without a condition ends the function for every index: the lines after it "
                "are never read.",
                wrong=lambda: ("C", "A", "E", "B", "D"),
            ),
        ),
        hints=(
            "A function begins with def and must be made before it is called.",
            "Try an index of 0.38 in your order: at which line does it leave the function?",
        ),
        see="the explanation of def and return above the task",
    ),
    Exercise(
        id="0.7b",
        title="A rule for one word",
        stage="make",
        difficulty=4,
        form=Choices(items=CASES, options=LABELS, what="case"),
        reference=lambda: {name: {label(shares)} for name, shares in polarity_cases().items()},
        why="All ten cases, ties included. Note the last two: the same amounts, and another word "
        "once C and D count as one.",
        misconceptions=(
            Misconception(
                "a path without return",
                "For some cases your function hands back nothing (None). Every path needs a return, "
                "and the last one stands without a condition.",
                sees=lambda answer: (
                    isinstance(answer, Mapping)
                    and any(word is None for word in answer.values())
                    and not is_open(answer)
                ),
                example=lambda: {
                    name: None if name == "dust" else label(shares)
                    for name, shares in polarity_cases().items()
                },
            ),
            Misconception(
                "greater than instead of at least",
                "On the exact thresholds your function says something else than the rule. 'At least' "
                "is >=, not >.",
                wrong=lambda: {"exactly half": "bipolar", "two quarters": "multipolar"},
            ),
            Misconception(
                "strict on the small threshold",
                "Look at the list of twentieths: each reaches the lowest threshold exactly. 'At "
                "least' is >=, not >.",
                wrong=lambda: {"twenty small": "unclear"},
            ),
            Misconception(
                "strictest rule last",
                "Test the strictest rule first: shares of 0.55 and 0.26 meet two rules.",
                wrong=lambda: {"half and a quarter": "bipolar"},
            ),
            Misconception(
                "weakest rule first",
                "Nearly every list has three shares of 0.05: if that rule stands first, the "
                "stricter two are never asked. Begin with the strictest.",
                wrong=lambda: {"half and a quarter": "multipolar"},
            ),
            Misconception(
                "two or more instead of two",
                "Three states with a third each: your function finds two of at least a quarter. The "
                "rule says exactly two: == 2.",
                wrong=lambda: {"three thirds": "bipolar"},
            ),
            Misconception(
                "rest forgotten",
                "Forty equal shares of a fortieth fit none of the three rules. What does your last "
                "line return?",
                wrong=lambda: {"dust": "multipolar"},
            ),
            Misconception(
                "one state forgotten",
                "A single state holds everything: which rule does a share of 1 meet first?",
                wrong=lambda: {"one state": "unclear"},
            ),
        ),
        hints=(
            "Three lines with if, one without; each ends in return and a word in quotation marks.",
            "(shares >= 0.25) is True or False for each state; .sum() counts the True ones; .any() "
            "asks whether there is one.",
            "if (shares >= 0.25).sum() == 2: is the second of the four lines.",
        ),
        see="the five lines of Exercise 0.7a: the same skeleton",
    ),
    Exercise(
        id="0.7c",
        title="Three measures, two years",
        stage="make",
        difficulty=3,
        form=Choices(items=WORLD_CASES, options=LABELS, what="case"),
        reference=lambda: {name: {word} for name, word in labels().items()},
        why="By two measures of three the word of 2001 is no longer met in 2022, and no new one "
        "is: the rule says 'unclear'. By purchasing power nothing changes. Whoever says that the "
        "world became multipolar must name the measure, and so must whoever denies it.",
        misconceptions=(
            Misconception(
                "the six as the world",
                "These are the labels of six states among themselves. The task asks for shares of "
                "the world: unit.world_shares.",
                wrong=lambda: labels(six_shares),
            ),
            Misconception(
                "a bloc counted silently",
                "These are the labels with the European Union as one unit. You may count it so, but "
                "say in one line that a bloc counts as a pole; the task asks for states.",
                wrong=lambda: labels(bloc="EU"),
            ),
            Misconception(
                "one year twice",
                "Your labels for the two years are equal under each measure. Did the year change "
                "inside the brackets as well?",
                wrong=lambda: {name: labels()[name[:-4] + "2001"] for name in WORLD_CASES},
            ),
            Misconception(
                "later year twice",
                "Your words of 2001 are those of 2022. Did the year change inside the brackets as "
                "well?",
                wrong=lambda: {name: labels()[name[:-4] + "2022"] for name in WORLD_CASES},
            ),
            Misconception(
                "largest spender is a unipole",
                "military spending: a share near 0.4 is large, but the rule asks for half of the "
                "world. A rule that is bent for one case is no rule.",
                wrong=lambda: {"military spending 2022": "unipolar"},
            ),
        ),
        hints=(
            "The first of six lines stands in the cell; copy it and change name and year.",
            "By hand: count in each column of the printed table how many reach 0.50, 0.25, 0.05.",
        ),
        see="the rule above Exercise 0.7b",
    ),
    Exercise(
        id="0.8a",
        title="From 50 to 80 billion",
        stage="fact-check",
        difficulty=1,
        form=Number(tolerance=0.002, share=True, low=-100, high=1000),
        reference=lambda: GERMAN_RISE[1] / GERMAN_RISE[0] - 1,
        why="A rise by three fifths, if both levels mean a year and the same kind of money. The "
        "sentence does not say which years.",
        misconceptions=(
            Misconception(
                "divided by the new value",
                "You divided by the new value. A rise is measured against where it starts.",
                wrong=lambda: 1 - GERMAN_RISE[0] / GERMAN_RISE[1],
            ),
            Misconception(
                "difference",
                "That is the difference in billions. A rise in percent divides it by the first level.",
                wrong=lambda: GERMAN_RISE[1] - GERMAN_RISE[0],
            ),
            Misconception(
                "ratio",
                "That is the new level as a multiple of the old one. The rise is what lies above 1.",
                wrong=lambda: GERMAN_RISE[1] / GERMAN_RISE[0],
            ),
        ),
        hints=("New minus old, divided by old.",),
        see="the sentence in our words above the task",
    ),
    Exercise(
        id="0.8b",
        title="A level without a year",
        stage="write",
        difficulty=2,
        form=Essay(least_words=15),
        why="Kept. Compare with the list in the solutions: which of its points did you not have?",
    ),
    Exercise(
        id="0.8c",
        title="Nine verdicts",
        stage="fact-check",
        difficulty=3,
        form=Choices(items=tuple(CLAIMS), options=VERDICTS),
        reference=accepted_verdicts,
        why="Each verdict can be defended. Most of what could be checked holds, sometimes under a "
        "condition; the judgements cannot be tested with these tables, which does not make them "
        "wrong.",
        misconceptions=(
            Misconception(
                "forecast refuted",
                "nato_soon: the sentence was a forecast with a condition. Keep what time overtook "
                "apart from what was wrong when printed.",
                wrong=lambda: {"nato_soon": "contradicted"},
            ),
            Misconception(
                "forecast simply right",
                "nato_soon: look at both dates of accession. Was it very soon for both, and would a "
                "reader of today still wait?",
                wrong=lambda: {"nato_soon": "supported"},
            ),
            Misconception(
                "regulator overlooked",
                "nord_stream: the date of the political halt is right. What had the German regulator "
                "done three months before?",
                wrong=lambda: {"nord_stream": "supported"},
            ),
            Misconception(
                "23 without a caveat",
                "us_23: which cut-off day and which currency fit the number? If a reader must be "
                "told that first, what is the verdict called?",
                wrong=lambda: {"us_23": "supported"},
            ),
            Misconception(
                "23 refuted",
                "us_23: later figures do not refute an earlier one. Is there a release that comes "
                "close?",
                wrong=lambda: {"us_23": "contradicted"},
            ),
            Misconception(
                "judgement counted",
                "challengers: which table records what states say of this notion? Define what counts "
                "as a challenge first, then you could count.",
                wrong=lambda: {"challengers": "supported"},
            ),
            Misconception(
                "today's membership",
                "sco_eight: the sentence says 'today' in a book of February 2023. Ask for the "
                "members of that day.",
                wrong=lambda: {"sco_eight": "contradicted"},
            ),
            Misconception(
                "membership outdated",
                "sco_eight: it is true that members joined later. But a dated statement stays true "
                "of its date; a forecast does not.",
                wrong=lambda: {"sco_eight": "outdated_since_publication"},
            ),
            Misconception(
                "two images, one meaning",
                "wine: put the two images side by side. What is old in the title, what is old in "
                "the question?",
                wrong=lambda: {"wine": "supported"},
            ),
            Misconception(
                "80 as a budget",
                "german_80: is the second level a budget with a year, or an aim? A condition that "
                "the sentence does not name is a caveat.",
                wrong=lambda: {"german_80": "supported"},
            ),
            Misconception(
                "no year, so no test",
                "german_80: a table measures German spending, so something can be tested once the "
                "missing words are added. Which word of the scale leaves room for them?",
                wrong=lambda: {"german_80": "not_testable_with_our_data"},
            ),
            Misconception(
                "seven times doubted",
                "seven_times: do the two amounts differ from the record? That one is a sum of "
                "promises and the other a yearly flow limits the comparison; it refutes no amount.",
                wrong=lambda: {"seven_times": "contradicted"},
            ),
        ),
        hints=(
            "Read each sentence as a lawyer would: which words carry the claim?",
            "Does the book say something else on another page? Could it be known in February 2023? "
            "Is there a table that measures it at all?",
        ),
        see="the six verdicts, explained above the task",
    ),
    Exercise(
        id="0.peer",
        title="Peer question",
        stage="investigate",
        difficulty=2,
        form=LETTER,
        reference=lambda: "d",
        why="Polarity is a word of a theory. The theory must say which capabilities count for what "
        "it explains, and whether singly or together: Waltz ranks states by all of them at once, "
        "others let one decide.",
        misconceptions=(
            Misconception(
                "multipolar",
                "One measure puts China first, the other the United States. Where is the third pole "
                "in these two statements?",
                wrong=lambda: "a",
            ),
            Misconception(
                "bipolar",
                "Two names occur, but each leads on another list. Does leading on one list make a "
                "pole on all?",
                wrong=lambda: "b",
            ),
            Misconception(
                "unipolar",
                "You let military spending decide. That may be right for a theory of war: which "
                "theory says so, and did you name it?",
                wrong=lambda: "c",
            ),
        ),
        hints=("What would you have to know before either list could settle the matter?",),
        see="the tiles of Exercise 0.7c",
    ),
    essay("0.9"),
    second_guess("0.exit", looks_back="0.prior"),
]


def others_military() -> float:
    """Military commitments of all donors but the United States, EUR bn, without the fund."""
    rows = load("aid").query("release == 7 and aid_type == 'military' and donor_group != 'total'")
    others = ~rows["donor"].isin(["United States", "European Peace Facility"])
    return float(rows.loc[others, "value_eur_bn"].sum())
