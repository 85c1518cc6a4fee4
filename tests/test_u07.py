"""Unit 7: its own functions, each against another way to get there."""

import numpy as np
import pandas as pd
import pytest

from multipolarity import load, measures, record, units
from multipolarity.units import u07_conclusions as unit

GOOD = pd.DataFrame(
    {
        "claim": [f"claim {n}" for n in range(5)],
        "page": [7, 10, 55, 80, 93],
        "type": "descriptive",
        "indicator": "an index",
        "why_it_fits": "it counts what is claimed",
        "cell": "fig-one",
        "verdict": "supported",
        "confidence": 70,
        "what_would_change_it": "another vote",
    }
)


def test_scores_agree_with_the_measure():
    outcome = unit.forecasts()["outcome"]
    for name, p in (("always 50 %", 0.5), ("nothing changes", unit.NO_CHANGE)):
        expected = measures.brier_score([p] * len(outcome), outcome.to_numpy())
        assert unit.forecaster_scores()[name] == pytest.approx(expected)
    table = unit.practice()
    expected = measures.brier_score(table["guess"] / 100, table["came true"])
    assert unit.practice_scores()["invented guesses"] == pytest.approx(expected)


def test_forecasts_follow_the_dates_of_accession():
    rows = load("memberships").query("role == 'member'")
    start = rows.set_index(["organisation", "country"])["start_date"]
    table = unit.forecasts()
    for name, pair in {
        "F1": ("NATO", "Finland"),
        "F2": ("NATO", "Sweden"),
        "F4": ("SCO", "Iran"),
        "F5": ("SCO", "Belarus"),
    }.items():
        assert table.at[name, "outcome"] == int(start[pair] <= table.at[name, "deadline"])


def test_guesses_of_the_record_replace_the_invented_ones(monkeypatch):
    assert set(unit.own_guesses()["whose"]) == {"INVENTED"}
    monkeypatch.setattr(record, "entry", lambda id: {"kept": 80.0 if id == "3.prior" else None})
    mine = unit.own_guesses()
    assert list(mine.index) == ["3"] and mine.at["3", "guess"] == 0.8
    assert "unit 1" in unit.still_missing()


def test_a_unit_that_is_not_there_is_left_out(monkeypatch):
    monkeypatch.setattr(units, "modules", lambda: {"3": "u03_decoupling"})
    assert list(unit.outcomes().index) == ["3"]


def test_ratio_by_hand():
    values = pd.Series([1, 2, 4, 5, 7, 8, 20], index=range(2016, 2023), dtype=float)
    assert unit.ratio(values) == pytest.approx(12 / np.std([1, 2, 1, 2, 1], ddof=1))
    assert np.isnan(unit.ratio(values.loc[2018:]))  # too few changes


def test_the_yardstick_ignores_the_year_itself():
    values = unit.gas_share().copy()
    before = unit.ratio(values)
    values[2022] = values[2021] + 2 * (values[2022] - values[2021])
    assert unit.ratio(values) == pytest.approx(2 * before)


def test_more_weightings_tell_the_same():
    weights = np.random.default_rng(1).dirichlet(np.ones(5), 20_000)
    share = (weights @ unit.turned().to_numpy() > 0).mean()
    assert unit.share_more() == pytest.approx(share, abs=0.04)
    assert unit.weightings().sum(axis=1).to_numpy() == pytest.approx(1)


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda d: d.drop(columns="page"), "column page is missing"),
        (lambda d: d.iloc[:4], "has 4 rows"),
        (lambda d: d.assign(verdict="true"), "not one of the options"),
        (lambda d: d.assign(confidence=170), "between 0 and 100"),
        (lambda d: d.assign(page="p. 7"), "not a number"),
        (lambda d: d.assign(claim="word " * 26), "at most 25"),
        (lambda d: d.assign(claim="the same"), "different are wanted"),
        (lambda d: d.assign(cell=""), "is empty"),
        (lambda d: d.assign(indicator=np.nan), "Row 1, column indicator"),
    ],
)
def test_the_dossier_names_what_is_missing(change, words):
    assert units.find("7.7").check(GOOD).status == "noted"
    feedback = units.find("7.7").check(change(GOOD))
    assert feedback.status == "retry" and words in feedback.message


def test_the_dossier_never_marks_a_verdict():
    for verdict in unit.VERDICTS:
        assert units.find("7.7").check(GOOD.assign(verdict=verdict)).status == "noted"


def test_the_four_rules_agree_with_the_page():
    table = unit.four_rules()
    mine = table.loc["this page: size above 2 SD"]
    assert mine["breaks in 2022"] == (unit.break_table()["verdict"] == "break").sum()
    assert mine[["alarms before", "of tries"]].tolist() == (
        unit.false_alarms().loc["all", ["alarms", "tries"]].tolist()
    )
    assert mine["share"] == pytest.approx(unit.alarm_share())
    stricter = table.loc["stricter: size above 3 SD", "alarms before"]
    assert stricter < mine["alarms before"] == unit.rung_together().sum()


def test_without_one_by_a_new_draw():
    changes = unit.turned().drop("distance from the US, UN")
    weights = np.random.default_rng(1).dirichlet(np.ones(4), 20_000)
    share = (weights @ changes.to_numpy() > 0).mean()
    assert unit.without_one()["without distance from the US, UN"] == pytest.approx(share, abs=0.03)
    assert unit.without_one()["all five"] == unit.share_more()


def test_who_moved_by_hand(monkeypatch):
    points = pd.DataFrame(
        {
            "year": [2014, 2014, 2014, 2014, 2022, 2022, 2022],
            "iso3": ["USA", "AAA", "BBB", "CCC", "USA", "AAA", "BBB"],
            "ideal_point": [3.0, 1.0, 0.0, 9.0, 2.0, 1.0, 1.0],
        }
    )
    monkeypatch.setattr(unit, "load", lambda name: points)
    assert unit.who_moved().tolist() == pytest.approx([-1.5, -1.0, -0.5])


def test_the_matrix_follows_the_rule_and_the_scorecard():
    verdict = unit.matrix()["verdict"]
    broken = unit.break_table()["verdict"]
    assert (verdict["old/gas"] == "against") == (broken["Russian pipeline gas"] == "break")
    assert (verdict["old/output"] == "against") == (broken["states, market GDP"] == "break")
    for first in (2001, 2014):
        for witness, (_, name) in unit.WITNESSES.items():
            sign = "no_test" if name is None else "survives"
            sign = "against" if name and unit.turned(first)[name] <= 0 else sign
            assert verdict[f"since_{first}/{witness}"] == sign


def test_the_grid_shows_answers_and_leaves_open_cells_blank():
    grid = unit.as_grid(unit.matrix()["verdict"])
    assert grid.shape == (4, 3) and grid.at["military", "old"] == "no_test"
    assert set(unit.as_grid({"old/gas": ...}).to_numpy().ravel()) == {""}


def test_distances_from_the_us_agree_with_who_moved():
    table = unit.distances_from(years=(2014, 2022))
    change = table.at["USA", 2022] - table.at["USA", 2014]
    assert unit.who_moved()["all as they moved"] == pytest.approx(change)
    assert (table[2022] > table[2014])[["CHN", "RUS"]].all()
    assert table[2022].idxmax() == "USA"


def test_the_intervals_of_the_us_just_overlap():
    table = unit.interval()
    assert table.at[2022, "q95"] > table.at[2021, "q5"]
    assert table.at[2022, "q95"] - table.at[2021, "q5"] < 0.1
    assert table.at[2021, "ideal_point"] > table.at[2014, "ideal_point"]


def test_states_named_as_left_out_lack_a_year():
    table = load("military_spending").pivot(
        index="country", columns="year", values="spending_usd_m"
    )
    gaps = set(table.index[table.isna().any(axis=1)])
    assert {"Uzbekistan", "Tajikistan", "Viet Nam", "United Arab Emirates"} <= gaps
