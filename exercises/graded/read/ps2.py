"""Problem set 2 to read: tables in place of code. For the instructor only; students get the cells."""

from __future__ import annotations

import random
from types import ModuleType
from typing import Any

import pandas as pd

from multipolarity import measures
from multipolarity.grading.read_only import Question, Twin, table
from multipolarity.problem_sets import ps2
from multipolarity.tables import load
from multipolarity.units import u02_russia as unit


def twins(task: dict[str, Any], key: ModuleType) -> list[Twin]:
    """In the order of the notebook; `key` is the set's key."""
    return [
        _planted(task, key),
        _ginis(task, key),
        _shared(task, key),
        _degree(task, key),
        _list_share(task, key),
        _off_list(task, key),
        _closeness(task, key),
        _in_top(task, key),
    ]


def _own(task: dict[str, Any], what: str) -> random.Random:
    """Chance that is the same for the same student and question."""
    return random.Random(f"{task['seed']} {what}")


def _planted(task: dict[str, Any], key: ModuleType) -> Twin:
    fault, given = key.planted(task), ps2.states(task)
    whole = ps2.full_table(task["year"])
    large = list(whole.nlargest(14, "gdp_usd_bn")["country"])
    others = _own(task, "planted").sample([s for s in large if s != fault["country"]], 8)
    names = sorted([*others, fault["country"]])
    columns = ["gdp_usd_bn", "gdp_ppp_bn", "population_m"]
    shown = given[given["country"].isin(names)].set_index("country")[columns]
    shown = shown.map(lambda amount: f"{amount:.1f}")  # whole numbers of millions, too
    return Twin(
        "planted",
        f"Nine large states in {task['year']}: {', '.join(names)}. Their rows, with output in billion "
        "dollars at market prices and at purchasing power, and people in million, have one fault: a "
        "row stands there twice (`doubled`), an amount of output is in million (`unit`), or a row is "
        "not there (`missing`).\n\n" + table(shown),
        {
            "a": Question("What kind of fault is it?", fault["kind"], ps2.FAULTS),
            "b": Question("Which state is it about?", fault["country"], names),
        },
    )


def _ginis(task: dict[str, Any], key: ModuleType) -> Twin:
    ginis = key.ginis(task)
    three = ["United States", "Russia", task["pair"][0]]
    output = ps2.full_table(task["year"]).set_index("country").loc[three, "gdp_usd_bn"]
    lists = (100 * pd.Series(ginis, name="Gini, 0 to 100")).round(2)
    number = task["number"]
    return Twin(
        "ginis",
        "The Gini coefficient, here times 100, goes from 0 (all have the same) upwards. For *three* states "
        "it is 100 times the sum of the three differences between them, divided by 3 times the sum of "
        f"the three amounts. Output at market prices in {task['year']}, in billion dollars, without the "
        "fault:\n\n"
        + table(output.rename("output"), digits=1, index="state")
        + f"\n\nThe Gini among the {number} states that have most of each capability:\n\n"
        + table(lists, index="capability"),
        {
            "a": Question(
                "The Gini of the three states, from 0 to 100.", 100 * measures.gini(output)
            ),
            "b": Question(
                f"Among the {number} largest: by how much is it higher for market GDP than for "
                "purchasing power?",
                round(lists["market GDP"] - lists["purchasing power"], 2),
            ),
            "c": Question(
                "By how much is the highest of these four above the lowest?",
                round(lists.max() - lists.min(), 2),
            ),
        },
    )


def _roles(on: str) -> pd.DataFrame:
    """One row for each seat of the fifteen on a day, in any role."""
    day, rows = pd.Timestamp(on), load("memberships")
    rows = rows[(rows["start_date"] <= day) & ~(rows["end_date"] <= day)]
    rows = rows[rows["country"].isin(unit.FIFTEEN)]
    role = rows["role"].map(lambda name: "" if name == "member" else f" ({name})")
    return rows.assign(seat=rows["organisation"] + role)


def _shared(task: dict[str, Any], key: ModuleType) -> Twin:
    state = task["pair"][0]
    members, any_role = key.shared(task), key.shared(task, any_role=True)
    seats = _roles(task["after"]).groupby("country")["seat"].agg(", ".join)
    shown = seats[[state, *any_role.index[any_role > 0]]].rename("seats")
    most = members[members == members.max()].index
    other = _own(task, "shared").choice(list(most))
    return Twin(
        "shared",
        f"The organisations of {state} on {task['after']}, and those of each of the other fourteen states "
        "that has one in common with it, in any role. Where no role is named, the state is a member.\n\n"
        + table(shown, index="state"),
        {
            "a": Question(
                f"In how many organisations do {state} and {other} sit together as members?",
                int(members[other]),
            ),
            "b": Question(
                f"With how many of the others does {state} share at least one organisation, both as "
                "members?",
                int((members > 0).sum()),
            ),
            "c": Question(
                "How many more would it be if every role counted as a seat?",
                int((any_role > 0).sum() - (members > 0).sum()),
            ),
        },
    )


def _degree(task: dict[str, Any], key: ModuleType) -> Twin:
    state, russia = task["pair"]
    degree, added = key.degree(task), key.seats_added_up(task)
    seats = unit.seats(on=task["after"], states=None)
    own = [name for name in seats.columns if seats.at[state, name]]
    shown = pd.Series(
        {name: ", ".join(seats.index[seats[name] > 0]) for name in own}, name="members"
    )
    grew = degree["after"] - degree["before"]
    words = (state, russia, "both alike")
    more = words[2] if grew[state] == grew[russia] else str(grew.idxmax())
    return Twin(
        "degree",
        f"All members, on {task['after']}, of the organisations of which {state} is a member:\n\n"
        + table(shown, index="organisation")
        + f"\n\nOn {task['before']} {state} shared an organisation with {degree.at[state, 'before']} other "
        f"states. For Russia the number was {degree.at[russia, 'before']} on that day and "
        f"{degree.at[russia, 'after']} on {task['after']}.",
        {
            "a": Question(
                f"With how many *other* states did {state} share at least one organisation on "
                f"{task['after']}?",
                int(degree.at[state, "after"]),
            ),
            "b": Question(
                "Somebody adds up the other members of each organisation, so that some states count "
                "more than once. What does that give?",
                int(added.at[state, "after"]),
            ),
            "c": Question("Whose number of partners grew more between the two days?", more, words),
        },
    )


def _list_share(task: dict[str, Any], key: ModuleType) -> Twin:
    share, whole = key.list_share(task), key.all_entries(task)
    rows = ps2.full_table(task["year"]).set_index("country").loc[task["without"]]
    world = load("world_totals").set_index("year").loc[task["year"]]
    people, output = float(world["population_m"]), float(world["gdp_usd_bn"])
    members = key.UN_MEMBERS
    in_un = round(whole["states"] * members)
    shown = pd.DataFrame(
        {
            "the whole list": [in_un, whole["people"] * people, whole["output"] * output],
            **{name: [1, *rows.loc[name, ["population_m", "gdp_usd_bn"]]] for name in rows.index},
            "world": [members, people, output],
        },
        index=["states", "people", "output"],
        dtype=object,
    )
    return Twin(
        "list_share",
        'Russia\'s list of "unfriendly" states of 7 March 2022, two of its entries, and the world in '
        f"{task['year']}: members of the United Nations, people (million), output at market prices "
        f"(billion dollars). One of the {len(load('sanctions'))} entries is not a member and does not count as one.\n\n"
        + table(shown, digits=1, index="what is counted"),
        {
            "a": Question(
                "Without the two entries: what percentage of the members is on the list?",
                100 * share["states"],
            ),
            "b": Question("What percentage of the world's people?", 100 * share["people"]),
            "c": Question("What percentage of the world's output?", 100 * share["output"]),
        },
    )


def _off_list(task: dict[str, Any], key: ModuleType) -> Twin:
    votes = load("un_votes").query("resolution == @task['resolution']")
    listed = votes[votes["iso3"].isin(load("sanctions")["iso3"])]
    counts = {
        "all members": votes["vote"].value_counts(),
        "on the list": listed["vote"].value_counts(),
    }
    shown = pd.DataFrame(counts).reindex(list(ps2.BALLOTS)).fillna(0).astype(int)
    off = key.off_list(task)
    ballot = _own(task, "off").choice(["no", "abstain"])
    return Twin(
        "off_list",
        f"Votes on {task['resolution']}: of all {len(votes)} members of the United Nations, and of those on "
        "the whole list.\n\n" + table(shown, index="vote"),
        {
            "a": Question(
                f"Of all members that are *not* on the list, Russia among them: what percentage has "
                f"the entry `{ballot}`?",
                100 * off[ballot],
            ),
            "b": Question("Of the same states: what percentage voted Yes?", 100 * off["yes"]),
            "c": Question(
                "What did most of these states do?",
                frozenset(off.index[off == off.max()]),
                ps2.BALLOTS,
            ),
        },
    )


def _closeness(task: dict[str, Any], key: ModuleType) -> Twin:
    closeness = key.closeness(task)
    five = _own(task, "closeness").sample(["Belarus", "China", "India", "Iran", "Kazakhstan"], 3)
    five += _own(task, "others").sample(["Armenia", "Brazil", "South Africa", "Türkiye"], 2)
    shown = unit.indicators().loc[five].assign(closeness=closeness).astype(object)
    hidden = five[:2]
    shown.loc[hidden, "closeness"] = "?"
    top = closeness[five]
    weights = ", ".join(f"{name} {weight}" for name, weight in task["weights"].items())
    return Twin(
        "closeness",
        f"Four indicators of closeness to Russia, from 0 to 1, and their weighted mean with your weights: "
        f"{weights}. (Indicator times weight, added up, divided by the sum of the weights.)\n\n"
        + table(shown, digits=3, index="state"),
        {
            "a": Question(f"The closeness of {hidden[0]}.", closeness[hidden[0]]),
            "b": Question(f"The closeness of {hidden[1]}.", closeness[hidden[1]]),
            "c": Question(
                "Which of the five is the closest by your weights?",
                frozenset(top.index[top > top.max() - 0.001]),
                sorted(five),
            ),
        },
    )


def _in_top(task: dict[str, Any], key: ModuleType) -> Twin:
    share, number = key.in_top(task), task["closest"]
    totals = unit.indicators() @ unit.random_weights(200, seed=task["seed"]).T
    ranks = totals.rank(ascending=False)
    unsure = share[(share > 0) & (share < 1)]
    state = (unsure - 0.5).abs().idxmin()
    eight = ranks.loc[state].iloc[:8]
    first = pd.DataFrame({n: [f"{rank:g}"] for n, rank in enumerate(eight, 1)}, index=[state])
    found = share[share > 0].sort_values(ascending=False)
    return Twin(
        "in_top",
        f"Two hundred weightings were drawn by chance. Rank 1 is the closest to Russia; equal states share the "
        f"mean of their ranks. The rank of {state} in the first eight draws:\n\n"
        + table(first, index="draw")
        + f"\n\nThe share of all 200 draws in which a state is among the {number} closest (rank {number} or "
        "less). A state that never is does not stand here:\n\n"
        + table(found.rename("share of draws"), digits=3, index="state"),
        {
            "a": Question(
                f"In how many of the eight draws is {state} among the {number} closest?",
                int((eight <= number).sum()),
            ),
            "b": Question(
                "How many states are among them in every one of the 200 draws?",
                int((share == 1).sum()),
            ),
            "c": Question(
                "For how many states does it hang on the weights: sometimes among them, sometimes not?",
                len(unsure),
            ),
            "d": Question(
                f"In how many of the 200 draws is {state} *not* among them?",
                200 - round(200 * share[state]),
            ),
        },
    )
