"""Unit 6: its own functions, each against another way to get there."""

import networkx as nx
import numpy as np
import pytest

from multipolarity import load, measures
from multipolarity.units import u06_propaganda as unit


def test_both_sets_of_posts_are_drawn_alike_from_the_camps():
    side = unit.posts()["side"]
    for numbers in (unit.TWENTY, unit.MILD):
        assert len(set(numbers)) == 20
        assert list(side[list(numbers)].value_counts()[list(unit.CAMPS)]) == [7, 7, 6]


def test_mild_posts_insult_and_threaten_nobody():
    for reading in (1, 2):
        codes = unit.codes("technique", reading).loc[list(unit.MILD)]
        assert not codes.isin(["name_calling", "appeal_to_fear"]).drop("P49").any(axis=None)


def test_camps_were_made_equal():
    """What Exercise 6.2 lets the student find out, for coder A; for B the two warring camps."""
    table = unit.by_camp()
    assert table["coder A"].nunique() == 1
    assert table.loc["Velmora-aligned", "coder B"] == table.loc["Tarsolia-aligned", "coder B"]


def test_second_reading_has_new_disputes_and_keeps_some_old_ones():
    first, second = unit.codes("technique"), unit.codes("technique", reading=2)
    before, after = first["A"] != first["B"], second["A"] != second["B"]
    assert before.sum() == 16 and after.sum() == 5
    assert set(second.index[after & ~before]) == {"P44", "P58"}
    assert (unit.recoded_where_disputed()[~before] == first[~before]).all(axis=None)


def test_steps_lead_to_the_measures():
    for variable in unit.VARIABLES:
        table = unit.codes(variable)
        row = unit.steps({"x": table}).loc["x"]
        for word, value in (
            ("kappa", measures.cohen_kappa(table["A"], table["B"])),
            ("alpha", measures.krippendorff_alpha(table)),
        ):
            chance = row[f"chance ({word})"]
            assert (row["observed"] - chance) / (1 - chance) == pytest.approx(value, abs=0.001)


def test_every_code_of_the_coders_is_in_the_codebook():
    book = load("teaching_codebook").groupby("variable")["code"].agg(set)
    for reading in (1, 2):
        assert set(unit.codes("technique", reading).stack()) <= book["technique"]
    assert set(unit.codes("frame").stack()) <= book["frame"]


@pytest.mark.parametrize("start, friends", [("A00", 12), ("A11", 1)])
def test_messages_die_at_once_as_often_as_they_should(start, friends):
    """A message dies with its start if no friend catches it before the start stops."""
    nobody = 0.9**friends
    exact = nobody * 0.4 / (1 - nobody * 0.6)
    assert (unit.spread(start) == 1).mean() == pytest.approx(exact, abs=0.03)


def test_certain_contagion_reaches_everybody_and_none_nobody():
    assert (unit.spread("A11", beta=1.0, runs=5) == 45).all()
    assert (unit.spread("A11", beta=0.0, runs=5) == 1).all()


def test_a_run_is_the_same_run_again():
    unit._runs.cache_clear()
    once = unit.spread("A03", runs=20).tolist()
    unit._runs.cache_clear()
    assert unit.spread("A03", runs=20).tolist() == once


def test_cascade_against_networkx():
    graph = unit.network()
    assert nx.is_connected(graph) and graph.number_of_edges() == len(load("toy_edges"))
    for theta in unit.THETAS:
        on = {"A03"}
        for _ in graph:  # as many rounds as accounts are enough
            on |= {a for a in graph if np.mean([f in on for f in graph[a]]) >= theta - 1e-9}
        assert unit.cascade("A03", theta) == len(on)


def test_seed_sets_are_what_they_say():
    graph = unit.network()
    for seeds in unit.seed_sets(close=True):
        assert len(set(seeds)) == 5 and all(graph.has_edge(seeds[0], other) for other in seeds[1:])
    for seeds in unit.seed_sets(close=False):
        assert len(set(seeds)) == 5 and graph.subgraph(seeds).number_of_edges() == 0


def test_longest_run_began_at_the_edge():
    longest = {start: unit.spread(start).max() for start in unit.STARTS}
    assert max(longest, key=longest.get) == "A11"


def test_removals_differ_by_less_than_two_standard_errors_but_for_the_hub():
    base = unit.spread("A07")
    for account in ("A00", "A15", "A03"):
        gap = base.mean() - unit.spread("A07", without=account).mean()
        assert (gap > 2 * base.sem()) == (account == "A00")


@pytest.mark.parametrize(
    "sheet", [..., None, 5, "abc", {"P02": 3}, {"P02": ...}, {"X": "none"}, []]
)
def test_odd_sheets_stop_no_cell(sheet):
    assert "you" not in unit.by_camp(sheet)
    assert list(unit.three_coders(sheet).columns) == ["A", "B"]


def test_own_codes_stand_beside_the_coders():
    sheet = {"P02": "Name calling", "P54": "none", "P22": "flag_waving"}
    table = unit.by_camp(sheet)
    assert table["you"].sum() == 2 and table["you coded"].sum() == 3
    assert 0 < measures.krippendorff_alpha(unit.three_coders(sheet)) < 1


def test_an_unknown_account_gets_a_sentence():
    with pytest.raises(ValueError, match="A00 to A44"):
        unit.spread("B00")


def test_two_headlines_are_both_true():
    shares = unit.four_headlines()
    assert shares["bots among Borea's"] == 2 * shares["bots among Alba's"]
    assert shares["Alba's among bots"] == 2 * shares["Borea's among bots"]
