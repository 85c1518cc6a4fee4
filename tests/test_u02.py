"""Unit 2: its own rules against counts made in another way."""

import networkx as nx
import pandas as pd
import pytest

from multipolarity import load, members
from multipolarity.units import u02_russia as unit


def test_shared_seats_agree_with_a_projected_network():
    """networkx projects the two-mode network of states and organisations by itself."""
    seats = unit.seats()
    graph = nx.Graph(
        (state, (organisation, "organisation"))
        for state in seats.index
        for organisation in seats.columns
        if seats.loc[state, organisation]
    )
    graph.add_nodes_from(seats.index)
    projected = nx.bipartite.weighted_projected_graph(graph, list(seats.index))
    common = unit.shared()
    for one in seats.index:
        for other in seats.index.drop(one):
            weight = projected.get_edge_data(one, other, {"weight": 0})["weight"]
            assert common.loc[one, other] == weight
    assert unit.degrees() == {state: projected.degree(state) for state in unit.FIVE}


def test_seats_agree_with_members():
    for day in (unit.REPORT, "2022-02-23", "2025-12-31"):
        seats = unit.seats(day, states=None)
        for organisation in seats.columns:
            states = seats.index[seats[organisation] == 1]
            assert set(states) == set(members(organisation, on=day)["country"])


def test_isolation_by_hand():
    listed = load("sanctions")["iso3"]
    voters = set(load("un_votes")["iso3"])
    assert set(listed) - voters == {"TWN"}
    rows = load("country_year").query("year == 2022 and iso3 in @listed")
    world = load("world_totals").query("year == 2022").iloc[0]
    assert unit.isolation()["people"] == pytest.approx(
        rows["population_m"].sum() / world["population_m"]
    )
    assert unit.first_guess_came_true() == (rows["gdp_usd_bn"].sum() > world["gdp_usd_bn"] / 2)


def test_rules_cover_every_pattern_of_acts():
    assert unit.label(True, True) == "hedging"
    assert unit.label(True, False) == "balancing"
    assert unit.label(False, True) == "bandwagoning"
    assert unit.label(False, False) == "neither"


def test_verdict_rule_has_its_borders_where_the_page_puts_them():
    verdicts = {4: "supported", 3: "supported_with_caveat", 2: "supported_with_caveat"}
    for yes in range(5):
        points = pd.Series(["yes"] * yes + ["no"] * (4 - yes))
        assert unit.rule(points) == verdicts.get(yes, "contradicted")
    assert (unit.evidence().groupby("sentence").size() == 4).all()


def test_weights_are_shares_and_always_the_same():
    weights = unit.random_weights()
    assert weights.shape == (200, 4) and (weights >= 0).all(axis=None)
    assert weights.sum(axis=1).to_list() == pytest.approx([1] * 200)
    pd.testing.assert_frame_equal(weights, unit.random_weights())
    assert sum(unit.in_top().values()) == pytest.approx(5)
