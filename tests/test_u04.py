"""Unit 4: its own functions, each against another way to get there."""

import pandas as pd
import pytest

from multipolarity import load, measures
from multipolarity.units import u04_russia_china as unit


def test_identical_votes_agree_with_the_measure():
    table = unit.votes()
    for period, rows in (("2014-2019", table[:5]), ("2022-2023", table[5:])):
        pairs = measures.pairwise_agreement(rows[list(unit.STATES)].T)
        for state in ("China", "India"):
            found = unit.agreement(state).loc[period, "identical"]
            assert found == pytest.approx(pairs.loc[state, "Russia"])


def test_mutual_trade_cancels_out_of_the_index():
    totals = unit.totals()
    for year in unit.YEARS:
        russia, china = totals.at[year, "Russia"], totals.at[year, "China"]
        assert unit.asymmetry(year) == pytest.approx((china - russia) / (china + russia))


def test_four_shares_rest_on_two_flows():
    shares, wholes = unit.four_shares(), load("trade_totals").query("year == 2023")
    wholes = wholes.set_index("country")
    for seller, buyer in (("Russia", "China"), ("China", "Russia")):
        sold = shares[f"{seller}'s exports"] * wholes.at[seller, "exports_usd_bn"]
        bought = shares[f"{buyer}'s imports"] * wholes.at[buyer, "imports_usd_bn"]
        assert sold == pytest.approx(bought)


def test_windows_by_hand():
    table = unit.yearly()
    by_hand = (table.at[2022, "arms"] + table.at[2023, "arms"]) / (
        table.at[2020, "arms"] + table.at[2021, "arms"]
    )
    assert unit.window_changes().loc["2 years", "arms"] == pytest.approx(by_hand - 1)


def test_only_exercises_of_both_are_counted():
    who = load("joint_exercise_participants").merge(load("joint_exercises"), on="exercise_id")
    both = set(who[who["iso3"] == "CHN"]["name"]) & set(who[who["iso3"] == "RUS"]["name"])
    assert set(unit.exercises_of()["name"]) == both


def test_cards_hold_together():
    cards = unit.cards()
    assert cards["date"].is_monotonic_increasing and tuple(cards.index) == unit.CARDS
    assert ((cards["accepted"] == "word") == cards["rung"].isna()).all()
    for card, accepted in unit.card_codes().items():
        assert accepted <= set(unit.RUNGS)
        if pd.notna(cards.at[card, "rung"]):
            assert f"rung_{cards.at[card, 'rung']}" in accepted
    assert not (cards.query("pair == 'China-Russia'")["rung"] == 5).any()


def test_first_guess_is_decided_by_the_table():
    arms = load("arms_transfers").query("supplier == 'Russia' and recipient == 'China'")
    mean = arms.set_index("year")["tiv_m"]
    late, early = mean[[2022, 2023]].mean(), mean[list(range(2012, 2022))].mean()
    assert unit.first_guess_came_true() is bool(late > early)
