"""The primer, Python in eight verbs: its exercises and the reading of a student's chart.

Every reference below is computed from the tables when it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from multipolarity.exercise import Exercise, Misconception
from multipolarity.forms import Choice, Choices, Misread, Number, Numbers, Ordering, close, kind
from multipolarity.tables import load, members

INVASION = "2022-02-24"
SAMARKAND = "2022-09-16"  # last day of the summit; the SCO has eight members
UNITS = ("%", "percent", "per cent", "share", "usd", "dollar", "$", "bn", "billion", "million")

# --- references -----------------------------------------------------------------------------


def age(organisation: str) -> int:
    """Years from the founding of an organisation to 2022."""
    founded = load("organisations").set_index("organisation")["founded"]
    return 2022 - founded[organisation].year


def rows_of(organisation: str) -> pd.DataFrame:
    return load("memberships").query("organisation == @organisation")


def roles(organisation: str) -> pd.Series:
    return rows_of(organisation)["role"].value_counts()


def sco_column(column: str, year: int = 2022) -> pd.Series:
    """One column of `country_year` for the SCO's eight members, indexed by country."""
    rows = load("country_year").query("year == @year").set_index("country")
    return rows.loc[sorted(eight()), column]


def eight() -> list[str]:
    return list(members("SCO", on=SAMARKAND)["country"])


def sco_shares(column: str = "gdp_ppp_bn", total: float | None = None) -> pd.Series:
    values = sco_column(column)
    return values / (values.sum() if total is None else total)


def world(column: str) -> float:
    return float(load("world_totals").set_index("year").at[2022, column])


def nato_total() -> float:
    """What the worked example adds up: NATO's output of 2022 at market rates."""
    rows = load("country_year").query("year == 2022").set_index("country")
    return float(rows.loc[members("NATO", on=INVASION)["country"], "gdp_usd_bn"].sum())


# --- reading answers ------------------------------------------------------------------------


def same_counts(answer, counts: pd.Series) -> bool:
    return pd.Series(answer).sort_index().to_dict() == counts.sort_index().to_dict()


PARTS = (
    "one bar per member",
    "heights as in the table",
    "unit on the axis",
    "unit of these bars",
    "title",
    "title of this chart",
    "source",
    "prices of these bars",
)


class Parts(dict):
    """What was read off a chart: for each of PARTS "yes" or "no"."""


def right_unit(unit: str, column: str, total: float) -> bool:
    """Can this label of the axis stand beside bars of this column that add up to `total`?"""
    parts = close(total, 1, 0.05) or close(total, 100, 5)
    if parts:  # amounts never add up to so little
        return any(word in unit for word in ("%", "percent", "per cent", "share"))
    if any(word in unit for word in ("%", "percent", "per cent", "share of")):
        return False
    money = any(word in unit for word in ("usd", "dollar", "$", "gdp"))
    people = any(word in unit for word in ("people", "inhabitant", "population", "person"))
    return not money if column == "population_m" else not people


def chart_parts(ax) -> Parts:
    """What a reader finds on a bar chart of the SCO's members: each of PARTS, "yes" or "no"."""
    bars = [bar for group in ax.containers for bar in group.patches]
    across = bool(bars) and ax.containers[0].orientation == "horizontal"
    ticks = (ax.yaxis if across else ax.xaxis).get_ticklabels()
    values = [bar.get_width() if across else bar.get_height() for bar in bars]
    drawn = dict(zip((tick.get_text() for tick in ticks), values, strict=False))
    complete = len(bars) == len(drawn) and set(drawn) == set(eight())
    titles = [ax.get_title(loc) for loc in ("left", "center", "right")]
    words = [*titles, ax.get_xlabel(), ax.get_ylabel()]
    words += [text.get_text() for text in (*ax.texts, *ax.figure.texts)]
    unit = (ax.get_xlabel() if across else ax.get_ylabel()).casefold()
    column = next((c for c in COLUMNS if complete and in_proportion(drawn, c)), "")
    said = " ".join(words).casefold()
    ppp = any(word in said for word in ("ppp", "purchasing"))
    prices = {"gdp_ppp_bn": ppp or "market" not in said, "gdp_usd_bn": not ppp or "market" in said}
    found = {
        "one bar per member": complete,
        "heights as in the table": bool(column),
        "unit on the axis": any(word in unit for word in UNITS),
        "unit of these bars": not (column and unit.strip())
        or right_unit(unit, column, sum(values)),
        "title of this chart": not any(
            "nato" in title.casefold() and not re.search("sco|shanghai", title.casefold())
            for title in titles
        ),
        "prices of these bars": prices.get(column, True),
        "title": any(title.strip() for title in titles),
        "source": any("source" in text.casefold() for text in words),
    }
    return Parts({part: "yes" if there else "no" for part, there in found.items()})


COLUMNS = ("gdp_ppp_bn", "gdp_usd_bn", "population_m")


def in_proportion(drawn: Mapping[str, float], column: str) -> bool:
    """Do the bars stand to each other as the values of this column do?"""
    total = sum(drawn.values())
    shares = sco_shares(column)
    return total > 0 and all(close(drawn[c] / total, share, 0.0051) for c, share in shares.items())


class Chart(Choices):
    """A bar chart, given as matplotlib's Axes; its parts are read off."""

    def read(self, answer, partial: bool = False) -> dict[str, str]:
        if hasattr(answer, "containers") and hasattr(answer, "figure"):
            answer = chart_parts(answer)
        if not isinstance(answer, Parts) and not partial:
            raise Misread(
                f"You gave {kind(answer)}; the chart itself is wanted: the name that you gave to "
                "the result of .plot.bar()."
            )
        return super().read(answer, partial)


# --- exercises ------------------------------------------------------------------------------

LETTER = Choice(options=("a", "b", "c", "d"))
CAUSES = ("cell_not_run", "quotation_marks", "column_name", "one_equals_sign", "open_bracket")

EXERCISES = [
    Exercise(
        id="P.1",
        title="A number and its name",
        stage="run",
        difficulty=1,
        form=Number(),
        reference=lambda: age("NATO"),
        why="The name now stands for the number, and will until you store something else under it "
        "or restart Python.",
        misconceptions=(
            Misconception(
                "cells out of order",
                "Your number is ASEAN's age, made before `founded` changed. A name keeps what was "
                "stored when its cell was run. Run the cells from the top (menu Run, Run All Above "
                "Selected Cell) and subtract `founded` anew.",
                wrong=lambda: age("ASEAN"),
            ),
            Misconception(
                "the year itself",
                "You stored the year of the treaty. How many years lie between it and the year of "
                "the invasion?",
                wrong=lambda: 2022 - age("NATO"),
            ),
            Misconception(
                "added",
                "The two years were added. An age is a difference: use the minus sign.",
                wrong=lambda: 2022 + 2022 - age("NATO"),
            ),
        ),
        hints=(
            "Look at the cell that made `age`: the right side of its equals sign is the pattern.",
            "Put in place of the three dots: the later year, a minus sign, the name `founded`.",
            "Check that the cell with NATO's year was run: it has a number in its brackets.",
        ),
        see="the cells about ASEAN's age",
    ),
    Exercise(
        id="P.2-guess",
        title="NATO's members: guess",
        stage="predict",
        difficulty=1,
        form=Number(low=0, high=200),
        why="Kept on your machine. The next exercise shows it again.",
    ),
    Exercise(
        id="P.2",
        title="NATO's members",
        stage="predict",
        difficulty=1,
        form=Number(),
        reference=lambda: len(members("NATO", on=INVASION)),
        why="Organisation, role and day: each of the three filters changes the number. A sentence "
        "about 'the members' of anything needs a day.",
        looks_back="P.2-guess",
        misconceptions=(
            Misconception(
                "every row of NATO",
                "You counted every row of NATO, whatever the role. Keep only the rows whose `role` "
                'is "member", and only those that had begun on the day.',
                wrong=lambda: len(rows_of("NATO")),
            ),
            Misconception(
                "members of any day",
                "You counted everybody who was ever a member up to the end of the table. Keep only "
                "those whose `start_date` is not later than the day of the invasion.",
                wrong=lambda: len(rows_of("NATO").query("role == 'member'")),
            ),
            Misconception(
                "every role on the day",
                "The day is right, the role is missing: some of the states you counted only hoped "
                "to join.",
                wrong=lambda: len(rows_of("NATO").query("start_date <= @INVASION")),
            ),
            Misconception(
                "open rows of every role",
                "An empty end date means that a row still held at the end of the table. It says "
                "nothing about the role, nor about the day of the invasion.",
                wrong=lambda: int(rows_of("NATO")["end_date"].isna().sum()),
            ),
            Misconception(
                "the table instead of its length",
                "You gave the table itself. How many rows has it? Put len(...) around it.",
                sees=lambda answer: isinstance(answer, pd.DataFrame) and "role" in answer.columns,
                example=lambda: members("NATO", on=INVASION),
            ),
            Misconception(
                "the whole table",
                "You counted the rows of the whole table. Keep the rows of NATO first.",
                wrong=lambda: len(load("memberships")),
            ),
        ),
        hints=(
            "Three questions, three filters: which organisation, which role, since when?",
            "The cell with the CSTO's query has the same three parts. Change two of them.",
            "len(...) around the filtered table gives the number; members(..., on=...) is the "
            "short way to the same table.",
        ),
        see="the filters of the CSTO's table",
    ),
    Exercise(
        id="P.3",
        title="Change the filter",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=lambda: list(roles("SCO").index),
            what="role",
            low=0,
            example="{'member': 1, 'observer': 1}",
        ),
        reference=lambda: roles("SCO"),
        why="These are rows, not states. Iran, for one, has three of them: observer, candidate and "
        "member, one after the other or side by side.",
        misconceptions=(
            Misconception(
                "one = instead of two",
                "You counted all rows of the table. Either no filter was used, or one = wrote "
                '"SCO" into every row: one = stores, two == compare. Load the table again, then '
                "filter with ==.",
                sees=lambda answer: pd.Series(answer).sum() == len(load("memberships")),
                example=lambda: load("memberships")["role"].value_counts(),
            ),
            Misconception(
                "whole rows",
                "You counted whole rows. Pick the column of roles first, by its name in square "
                "brackets, and then count.",
                sees=lambda answer: (
                    isinstance(answer, pd.Series) and isinstance(answer.index, pd.MultiIndex)
                ),
                example=lambda: rows_of("SCO")[["country", "role"]].value_counts(),
            ),
            Misconception(
                "another organisation",
                "These are the roles of the organisation in the example. Which text in quotation "
                "marks chooses the organisation?",
                sees=lambda answer: any(same_counts(answer, roles(o)) for o in ("CSTO", "NATO")),
                example=lambda: roles("CSTO"),
            ),
            Misconception(
                "the table instead of the count",
                "You have rows of the table. Now count: pick the column of roles and use "
                ".value_counts().",
                sees=lambda answer: isinstance(answer, pd.DataFrame) and "role" in answer.columns,
                example=lambda: rows_of("SCO"),
            ),
            Misconception(
                "shares instead of counts",
                "Your numbers are shares of the rows. The task asks for counts: leave out "
                "normalize=True.",
                sees=lambda answer: close(pd.Series(answer).sum(), 1, 0.02),
                example=lambda: roles("SCO") / roles("SCO").sum(),
            ),
        ),
        hints=(
            "Two steps: keep the rows of the SCO, then count the roles in them.",
            "The line that made `csto` has one text in quotation marks. Change it.",
            "The second step picks the column by its name and ends in .value_counts().",
        ),
        see="the cells about the CSTO's roles",
    ),
    Exercise(
        id="P.3-read",
        title="Change the filter (read)",
        stage="investigate",
        difficulty=2,
        form=LETTER,
        reference=lambda: "c",
        why="Two equals signs compare, the column is the right one, and the outer brackets keep the "
        "rows for which the answer is True.",
        misconceptions=(
            Misconception(
                "one equals sign",
                "One = stores, two == compare. Python stops at this line with a SyntaxError.",
                wrong=lambda: "a",
            ),
            Misconception(
                "wrong column",
                "This compares the roles with the name of an organisation. No role has that name, "
                "so no row would be left.",
                wrong=lambda: "b",
            ),
            Misconception(
                "no selection",
                "This gives True or False for each row and keeps no rows. What has to stand around "
                "it?",
                wrong=lambda: "d",
            ),
        ),
        hints=("Read each line aloud: from `rows`, keep those rows for which ...",),
        see="the line that made `csto`",
    ),
    Exercise(
        id="P.4",
        title="Put five steps in order",
        stage="investigate",
        difficulty=2,
        form=Ordering(labels=("A", "B", "C", "D", "E")),
        reference=lambda: tuple("CEADB"),
        why="Load, filter, group and count, sort, show: most tables in this course are made in this "
        "order.",
        misconceptions=(
            Misconception(
                "sorts before grouping",
                "Sorting is lost when you group, because groupby makes a new table, ordered by "
                "name. Group first, then sort what came out.",
                wrong=lambda: tuple("CEDAB"),
            ),
            Misconception(
                "cuts before sorting",
                "You cut off three rows before you sorted: those are the first three by alphabet. "
                "What must be done before 'the first three' means 'the largest three'?",
                wrong=lambda: tuple("CEABD"),
            ),
            Misconception(
                "filters after grouping",
                "After grouping, each organisation has one number and no roles are left to filter. "
                "Choose the cases before you count them.",
                wrong=lambda: tuple("CAEDB"),
            ),
        ),
        hints=(
            "Without a table nothing else can begin.",
            "Ask after each step: what do I hold now? Rows, or one number for each organisation?",
            "A filter on roles needs rows; sorting by size needs numbers.",
        ),
        see="the chain above the task",
    ),
    Exercise(
        id="P.5",
        title="Shares of the SCO's output",
        stage="modify",
        difficulty=2,
        form=Numbers(
            labels=eight,
            what="state",
            tolerance=0.0051,
            share=True,
            example="{'China': 0.5, 'India': 0.5}",
        ),
        reference=sco_shares,
        why="Part and whole come from the same states and the same column. Before any rounding such "
        "shares add up to 1 (in percent: to 100). Say the denominator whenever you quote a share: "
        "here it is the eight members, not the world.",
        misconceptions=(
            Misconception(
                "the world as denominator",
                "You divided by the world's output. Your shares are honest and answer another "
                "question; the task asks for parts of the group.",
                wrong=lambda: sco_shares(total=world("gdp_ppp_bn")),
            ),
            Misconception(
                "the example again",
                "These are states of NATO: the worked example, not the group of the task. Which "
                "organisation and which day stand in your first line?",
                sees=lambda answer: isinstance(answer, pd.Series) and "Albania" in answer.index,
                example=lambda: pd.Series({"Albania": 0.5, "Belgium": 0.5}),
            ),
            Misconception(
                "NATO's total",
                "You divided by the total of the worked example: a name from above was used again. "
                "Which total belongs to these eight states?",
                wrong=lambda: sco_shares(total=nato_total()),
            ),
            Misconception(
                "the sum of another column",
                "You divided purchasing power by a total at market rates. Shares must add up to 1; "
                "part and whole must come from the same column.",
                wrong=lambda: sco_shares(total=sco_column("gdp_usd_bn").sum()),
            ),
            Misconception(
                "market rates",
                "These are shares of output at market rates. The task asks for the column "
                "`gdp_ppp_bn`.",
                wrong=lambda: sco_shares("gdp_usd_bn"),
            ),
            Misconception(
                "people",
                "These are shares of the people. The task asks for the column `gdp_ppp_bn`.",
                wrong=lambda: sco_shares("population_m"),
            ),
            Misconception(
                "not divided",
                "These are the values themselves. Divide them by their sum.",
                wrong=lambda: sco_column("gdp_ppp_bn"),
            ),
        ),
        hints=(
            "Say it in words first: which part, divided by which whole?",
            "Complete the lines in the cell: organisation, day, and the column, which stands twice.",
            "The last step is the column divided by its own .sum().",
        ),
        see="the example with NATO's shares",
    ),
    Exercise(
        id="P.5-read",
        title="Shares of the SCO's output (read)",
        stage="investigate",
        difficulty=2,
        form=LETTER,
        reference=lambda: "b",
        why="Part and whole come from the same list, the same column and the same year; the eight "
        "shares add up to 1.",
        misconceptions=(
            Misconception(
                "the largest as denominator",
                "That compares two members. It is a ratio, and eight of those do not add up to 1.",
                wrong=lambda: "a",
            ),
            Misconception(
                "the world as denominator",
                "That is India's share of the world. The question is about the group.",
                wrong=lambda: "c",
            ),
            Misconception(
                "number of members",
                "That divides by the number of states. What is left is an amount of money, not a "
                "share.",
                wrong=lambda: "d",
            ),
        ),
        hints=("The whole of which India is a part here: what is it called in the question?",),
        see="the example with three invented states",
    ),
    Exercise(
        id="P.6",
        title="A chart that stands alone",
        stage="make",
        difficulty=3,
        form=Chart(items=PARTS, options=("yes", "no"), what="part"),
        reference=lambda: {part: {"yes"} for part in PARTS},
        why="One bar for each member, heights from the table, and a unit, a title and a source "
        "that do not contradict them. Whether every word is true you must still read yourself.",
        misconceptions=(
            Misconception(
                "not one bar per member",
                "The bars are not one for each of the SCO's eight members of 16 September 2022, "
                "under their names. Draw a Series whose index are the countries.",
                wrong=lambda: {"one bar per member": "no"},
            ),
            Misconception(
                "heights from elsewhere",
                "There is one bar per member, but the heights do not stand to each other as the "
                "values of 2022 do. Which year and which column did you draw?",
                wrong=lambda: {"heights as in the table": "no"},
            ),
            Misconception(
                "no unit on the axis",
                "Readers need the unit: what is measured, and in what? In figures.finish(...) give "
                'it with its name in front, ylabel="...", or use chart.set_ylabel("...").',
                wrong=lambda: {"unit on the axis": "no"},
            ),
            Misconception(
                "unit of other bars",
                "The heights and the words on the axis do not fit together. Are your bars amounts, "
                "shares (adding up to 1 or to 100), or people? The axis must say the same.",
                wrong=lambda: {"unit of these bars": "no"},
            ),
            Misconception(
                "title of the example",
                "The title still names NATO, the example. Whose bars are these, and of when?",
                wrong=lambda: {"title of this chart": "no"},
            ),
            Misconception(
                "prices of other bars",
                "The words on the chart and its bars disagree about prices: one of them is at "
                "market rates, the other at purchasing power. Which column did you draw?",
                wrong=lambda: {"prices of these bars": "no"},
            ),
            Misconception(
                "no title",
                "A chart without a title leaves the reader guessing: who, what, when? It is the "
                "first text in figures.finish(...).",
                wrong=lambda: {"title": "no"},
            ),
            Misconception(
                "no source",
                "Nobody can check a number without its source. In figures.finish(...) give it with "
                'its name in front, source="..."; about() tells you what it is.',
                wrong=lambda: {"source": "no"},
            ),
        ),
        hints=(
            "Three lines: draw, label, show. The second chart above has all three.",
            "Draw your Series with .plot.bar() and give the result the name `chart`.",
            "In figures.finish the chart and the title come first, without names; then "
            "ylabel=... with the unit, and source=....",
        ),
        see="the second chart of NATO's shares",
    ),
    Exercise(
        id="P.6-read",
        title="A chart that stands alone (read)",
        stage="investigate",
        difficulty=2,
        form=LETTER,
        reference=lambda: "c",
        why="Without whole, unit, year and source a bar is only a shape.",
        misconceptions=(
            Misconception(
                "the tallest bar",
                "The first chart tells that as well: the bars are the same.",
                wrong=lambda: "a",
            ),
            Misconception(
                "the number of bars",
                "The first chart tells that as well: count its bars.",
                wrong=lambda: "b",
            ),
            Misconception(
                "the order",
                "The order is the same in both charts. What do only the words add?",
                wrong=lambda: "d",
            ),
        ),
        hints=("Cover the page around the first chart. What could you not tell a friend?",),
        see="the two charts of NATO's shares",
    ),
    Exercise(
        id="P.7",
        title="Five errors, five causes",
        stage="investigate",
        difficulty=2,
        form=Choices(
            items=("A", "B", "C", "D", "E"),
            options=CAUSES,
            what="error",
            good="are right",
            again="Read once more the last line of",
        ),
        reference=lambda: {
            "A": {"quotation_marks"},
            "B": {"open_bracket"},
            "C": {"cell_not_run"},
            "D": {"one_equals_sign"},
            "E": {"column_name"},
        },
        why="The last line names the kind of error and the word at which Python stopped. That is "
        "nearly always enough.",
        misconceptions=(
            Misconception(
                "two kinds of unknown name",
                "Two of the lines are NameErrors. Ask of the unknown name: did I make it on this "
                "page, or is it a text that should stand in quotation marks?",
                wrong=lambda: {"A": "cell_not_run", "C": "quotation_marks"},
            ),
            Misconception(
                "a missing text taken for a missing cell",
                "NATO is no name that a cell on this page makes. What is it in the table, and how "
                "do we write such things in code?",
                wrong=lambda: {"A": "cell_not_run", "C": "cell_not_run"},
            ),
            Misconception(
                "key error taken for quotation marks",
                "A KeyError shows its word in quotation marks, so they were there. Compare the "
                "word, letter by letter, with the columns of the table.",
                wrong=lambda: {"E": "quotation_marks"},
            ),
        ),
        hints=(
            "Read the part after the colon first.",
            "A name is unknown, a key is not in the table, the syntax (the grammar) is broken: "
            "the first word tells which of the three.",
            "Two of the sentences even say what you may have meant.",
        ),
        see="the errors explained above the task",
    ),
]
