"""The register of claims: each computed verdict hangs on the tables, each typed one on a source.

The heart is `CHANGES`: for each test a change of a table after which its verdict must be another
one. A test that no change can turn would be a constant in disguise.
"""

import re
import time

import pandas as pd
import pytest

from multipolarity import claim_tests, claims, tables
from multipolarity.tables import DataError
from multipolarity.units import shared

REGISTER = claims.register()
COMPUTED = REGISTER[REGISTER["decided_by"] == "test"]
TYPED = REGISTER[REGISTER["decided_by"] == "reader"]


# --- The register ------------------------------------------------------------------------------


def test_each_row_marked_test_has_one_function_and_each_function_a_row():
    assert set(COMPUTED["claim_id"]) == set(claim_tests.TESTS)
    names = [test.__name__ for test in claim_tests.TESTS.values()]
    assert len(set(names)) == len(names)
    assert list(COMPUTED["test_name"]) == [
        claim_tests.TESTS[i].__name__ for i in COMPUTED["claim_id"]
    ]
    assert TYPED["test_name"].isna().all()


def test_over_a_hundred_claims_and_at_least_fifty_computed():
    assert len(REGISTER) > 100 and len(COMPUTED) >= 50
    assert REGISTER["claim_id"].is_unique


def test_a_computed_verdict_is_not_typed_and_a_typed_one_is_there():
    table = tables.load("claims").set_index("claim_id")["verdict"]
    assert table.loc[COMPUTED["claim_id"]].isna().all()
    assert table.loc[TYPED["claim_id"]].notna().all()


def test_verdicts_keep_to_the_scale():
    assert len(claims.VERDICTS) == 6 and shared.VERDICTS is claims.VERDICTS
    assert set(REGISTER["verdict"]) == set(claims.VERDICTS)
    for row in REGISTER.dropna(subset=["also_accepted"]).itertuples():
        assert set(row.also_accepted.split()) <= set(claims.VERDICTS) - {row.verdict}, row.claim_id


def test_pages_are_those_of_the_two_texts_and_in_order():
    intro, chapter = REGISTER["unit"] == "introduction", REGISTER["unit"] == "chapter_5"
    assert REGISTER.loc[intro, "page"].between(7, 12).all()
    assert REGISTER.loc[chapter, "page"].between(77, 93).all()
    assert (REGISTER["claim_id"].str[0] == intro.map({True: "I", False: "C"})).all()
    for rows in (REGISTER[intro], REGISTER[chapter]):
        assert rows["page"].is_monotonic_increasing


def test_outdated_rests_on_an_event_after_printing():
    """Only a later event can overtake a sentence: without one the verdict must be another."""
    outdated = COMPUTED[COMPUTED["verdict"] == claim_tests.OUTDATED]
    assert len(outdated) and not (TYPED["verdict"] == claim_tests.OUTDATED).any()
    assert set(outdated["type"]) <= {"forecast", "membership"}
    later = tables.load("memberships").query("start_date > @claim_tests.PRINTED")["start_date"]
    for row in outdated.itertuples():
        claim_tests.run(row.claim_id)
        days = re.findall(r"20\d\d-\d\d-\d\d", repr(claims.explain(row.claim_id)))
        assert set(pd.to_datetime(days)) & set(later), row.claim_id


def test_what_the_report_says_twice_is_marked_in_a_group():
    inconsistent = REGISTER[REGISTER["verdict"] == claim_tests.INCONSISTENT]
    assert inconsistent["contradiction_group"].notna().all()
    assert all(
        "contradicted" in also
        for also, kind in zip(
            inconsistent["also_accepted"].fillna(""), inconsistent["type"], strict=True
        )
        if kind != "text"
    )


def test_reasons_sources_and_judgements_are_honest():
    assert (REGISTER["reason"].str.len() >= 15).all() and (REGISTER["source"].str.len() >= 4).all()
    not_found = REGISTER[REGISTER["status"] == "unconfirmed"]
    assert set(not_found["verdict"]) == {claim_tests.NOT_TESTABLE}
    assert COMPUTED["status"].ne("unconfirmed").all()


def test_rules_are_sentences_that_name_each_verdict_the_test_can_give():
    for claim_id, rule in claim_tests.RULES.items():
        assert len(rule) >= 50 and rule.endswith("."), claim_id
        assert re.search(r"supported|contradicted|caveat", rule, re.IGNORECASE), claim_id


def test_loading_the_register_is_quick():
    spent = min(_timed(claims.register) for _ in range(3))
    assert spent < 3, f"{spent:.1f} s"


def _timed(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def test_two_tests_for_one_claim_are_refused():
    with pytest.raises(ValueError, match="two tests"):
        claim_tests.decides("I04")(lambda: claim_tests.SUPPORTED)


# --- A changed table changes the verdict ---------------------------------------------------------


def where(table, conditions):
    mask = pd.Series(True, index=table.index)
    for column, value in conditions.items():
        mask &= table[column].isin(value) if isinstance(value, list) else table[column].eq(value)
    assert mask.any(), f"no row with {conditions}"
    return mask


def put(column, value, **conditions):
    """Write a value into a column, in the rows that meet the conditions."""

    def change(table):
        table = table.copy()
        value_ = pd.Timestamp(value) if "datetime" in str(table[column].dtype) else value
        if isinstance(value, float) and "int" in str(table[column].dtype).lower():
            table[column] = table[column].astype("float64")
        table.loc[where(table, conditions), column] = value_
        return table

    return change


def drop(**conditions):
    return lambda table: table[~where(table, conditions)]


def times(column, factor, **conditions):
    def change(table):
        table = table.copy()
        table[column] = table[column].astype("float64")
        table.loc[where(table, conditions), column] *= factor
        return table

    return change


def reword(column, old, new, **conditions):
    def change(table):
        table = table.copy()
        mask = where(table, conditions)
        assert table.loc[mask, column].str.contains(old, regex=False).any(), old
        table.loc[mask, column] = table.loc[mask, column].str.replace(old, new, regex=False)
        return table

    return change


def join(organisation, iso3, role, start, end=None):
    """One more membership."""

    def change(table):
        row = table.iloc[[0]].copy()
        row[["organisation", "iso3", "country", "role"]] = [organisation, iso3, iso3, role]
        row["start_date"], row["end_date"] = pd.Timestamp(start), pd.Timestamp(end)
        return pd.concat([table, row], ignore_index=True)

    return change


SCO = {"organisation": "SCO", "role": "member"}
GOOD, CAVEAT, WRONG = claim_tests.SUPPORTED, claim_tests.CAVEAT, claim_tests.CONTRADICTED
TWICE, LATER = claim_tests.INCONSISTENT, claim_tests.OUTDATED
BODY = "Regional Anti-Terrorist Structure (RATS)"

# claim, table, change, verdict after it. A claim may have several rows.
CHANGES = [
    ("I02", "defence_spending", times("spending_usd_bn", 1.2, year=2022), GOOD),
    ("I02", "defence_spending", times("spending_jpy_bn", 0.8, year=2022, iso3="JPN"), WRONG),
    ("I03", "defence_spending", put("spending_eur_bn", 79.0, iso3="DEU", year=2023), GOOD),
    ("I03", "defence_spending", put("spending_eur_bn", 70.0, iso3="DEU", year=2022), WRONG),
    ("I04", "accession_steps", put("date", "2022-12-18", step="application"), WRONG),
    ("I04", "accession_steps", drop(step="application", applicant_iso3="SWE"), CAVEAT),
    (
        "I05",
        "memberships",
        put("start_date", "2023-05-01", organisation="NATO", iso3="SWE", role="member"),
        GOOD,
    ),
    (
        "I05",
        "memberships",
        put("start_date", "2022-12-01", organisation="NATO", iso3="FIN", role="member"),
        WRONG,
    ),
    ("I06", "memberships", drop(organisation="EU", iso3=["FIN", "SWE"]), GOOD),
    (
        "I06",
        "memberships",
        put("start_date", "2020-01-01", organisation="NATO", iso3="FIN", role="member"),
        WRONG,
    ),
    ("I08", "events", drop(event_id="nord-stream-2-suspension"), GOOD),
    ("I08", "events", put("date", "2022-02-20", event_id="nord-stream-2-halt"), WRONG),
    ("I09", "events", put("date", "2022-02-26", event_id="invasion"), WRONG),
    ("I09", "events", put("event_id", "invasion-decision", event_id="invasion"), GOOD),
    ("I10", "aid_usd", put("value_usd_bn", 23.5, release=10, iso3="USA"), GOOD),
    ("I10", "aid", times("value_eur_bn", 3.0, iso3="USA", aid_type="military"), WRONG),
    (
        "I11",
        "aid",
        put(
            "value_eur_bn",
            50.0,
            release=7,
            donor="All donors in country table",
            aid_type="military",
        ),
        WRONG,
    ),
    ("I12", "us_military_aid_2020", put("value_usd_bn", 2.0, recipient="Israel"), WRONG),
    ("I12", "us_military_aid_2020", put("value_usd_bn", 3.5, recipient="Israel"), CAVEAT),
    ("I14", "events", put("date", "2023-02-22", event_id="new-start-suspension"), WRONG),
    ("I15", "events", put("date", "2024-01-01", event_id="inf-end"), WRONG),
    ("I15", "events", drop(event_id="new-start-extension"), CAVEAT),
    ("I19", "sco_timeline", put("date", "1992-12-18", event_id="1997-01"), GOOD),
    ("I19", "sco_timeline", put("date", "2001-12-18", event_id="1997-01"), WRONG),
    (
        "I21",
        "eu_trade",
        times("value_eur_bn", 0.5, period="2022", flow="imports", partner_iso3="RUS"),
        GOOD,
    ),
    ("I22", "events", put("date", "2022-02-05", event_id="no-limits-statement"), WRONG),
    ("I23", "events", put("date", "2022-03-24", event_id="invasion"), WRONG),
    ("I24", "organisations", put("founded", "2005-06-15", organisation="SCO"), TWICE),
    ("I25", "memberships", put("start_date", "2022-09-16", **SCO, iso3="IRN"), WRONG),
    (
        "I29",
        "trade_ru_cn",
        put("total_usd_bn", 140.0, period="2022", reporter="China", basis="customs"),
        WRONG,
    ),
    ("I30", "ch5_terms", put("count_body", 2, term="multipolar*"), GOOD),
    ("I31", "un_resolutions", put("yes", 1000, resolution="A/RES/ES-11/6"), GOOD),
    ("I31", "un_resolutions", put("yes", 10, resolution="A/RES/ES-11/6"), WRONG),
    ("I32", "memberships", drop(organisation="NATO", iso3=["FIN", "SWE"], role="member"), WRONG),
    ("C01", "sco_summits", put("date", "2022-09-17", place="Samarkand"), CAVEAT),
    ("C02", "sco_summits", drop(place="Yekaterinburg"), WRONG),
    ("C05", "memberships", put("start_date", "2022-09-16", **SCO, iso3="IRN"), GOOD),
    ("C05", "claims", put("contradiction_group", "other", claim_id="C18"), WRONG),
    ("C06", "organisations", put("founded", "2005-06-15", organisation="SCO"), GOOD),
    ("C06", "claims", put("value", 2005.0, claim_id=["I24", "C16"]), WRONG),
    ("C07", "world_totals", times("gdp_ppp_bn", 0.6, year=2022), CAVEAT),
    ("C07", "claims", put("value", 50.0, claim_id="C81"), WRONG),
    ("C08", "world_totals", times("population_m", 0.8, year=2022), GOOD),
    ("C08", "world_totals", times("population_m", 0.9, year=2022), CAVEAT),
    ("C08", "claims", put("value", 50.0, claim_id="C80"), WRONG),
    ("C10", "regimes", put("regime", 2, iso3="IND", year=2022), GOOD),
    ("C10", "country_year", put("population_m", 200.0, iso3="IND", year=2022), WRONG),
    ("C11", "memberships", join("SCO", "TKM", "member", "2010-01-01"), WRONG),
    ("C13", "commitments", put("code", 3, organisation="ANZUS"), WRONG),
    ("C15", "sco_timeline", put("date", "1995-04-26", event_id="1996-01"), WRONG),
    ("C16", "memberships", put("start_date", "2002-06-15", **SCO, iso3="UZB"), CAVEAT),
    ("C16", "organisations", put("founded", "2005-06-15", organisation="SCO"), CAVEAT),
    ("C17", "sco_timeline", drop(event_id="2001-02"), GOOD),
    ("C17", "sco_timeline", put("date", "2001-01-01", event_id="2001-02"), WRONG),
    ("C18", "memberships", put("start_date", "2023-04-20", **SCO, iso3="IRN"), GOOD),
    ("C18", "memberships", drop(organisation="SCO", role="candidate", iso3="IRN"), WRONG),
    ("C19", "memberships", drop(organisation="SCO", role="observer", iso3="IRN"), GOOD),
    ("C19", "memberships", drop(organisation="SCO", role="observer", iso3="MNG"), WRONG),
    ("C84", "memberships", drop(organisation="SCO", role="candidate", iso3="BLR"), WRONG),
    ("C20", "memberships", drop(organisation="SCO", role="dialogue partner", iso3="TUR"), CAVEAT),
    ("C21", "organisations", put("founded", "2005-06-15", organisation="SCO"), WRONG),
    ("C88", "sco_summits", drop(number=10), CAVEAT),
    ("C88", "sco_summits", drop(number=[10, 11]), WRONG),
    ("C22", "sco_bodies", put("year_created", 2005, body="Secretariat"), WRONG),
    ("C23", "sco_bodies", put("year_created", 2005, body=BODY), GOOD),
    ("C24", "sco_bodies", put("seat", "Bishkek", body=BODY), WRONG),
    ("C28", "commitments", put("code", 2, organisation="SCO", dimension="mutual_defence"), CAVEAT),
    (
        "C29",
        "commitments",
        put("code", 0, organisation="SCO", dimension="alliance_exclusivity"),
        GOOD,
    ),
    (
        "C29",
        "commitments",
        put("code_low", 2, organisation="SCO", dimension="alliance_exclusivity"),
        WRONG,
    ),
    (
        "C30",
        "commitments",
        put("code_high", 1, organisation="SCO", dimension="mutual_defence"),
        CAVEAT,
    ),
    ("C30", "commitments", put("code", 1, organisation="SCO", dimension="mutual_defence"), WRONG),
    ("C89", "sco_timeline", drop(event_id=["2025-04", "2026-01"]), CAVEAT),
    ("C89", "commitments", put("code", 2, organisation="SCO", dimension="mutual_defence"), WRONG),
    (
        "C31",
        "commitments",
        put("code", 3, organisation="NATO", dimension="democratic_conditionality"),
        GOOD,
    ),
    (
        "C31",
        "commitments",
        put("code", 0, organisation="NATO", dimension="democratic_conditionality"),
        WRONG,
    ),
    ("C33", "office_holders", put("end_date", "2023-03-21", person="Gerald E. Connolly"), GOOD),
    ("C35", "regimes", put("polyarchy", 0.8, iso3="HUN", year=2022), CAVEAT),
    ("C85", "regimes", put("regime", 3, iso3="HUN", year=2022), CAVEAT),
    (
        "C36",
        "regimes",
        put("regime", 2, iso3=["IND", "PAK", "KGZ", "KAZ", "TJK"], year=2022),
        WRONG,
    ),
    ("C38", "provisions", reword("paraphrase", "equality", "order", provision_id="S-PRE"), CAVEAT),
    ("C39", "regimes", put("regime", 2, iso3="IND", year=2022), GOOD),
    ("C40", "organisations", put("founded", "1950-04-04", organisation="NATO"), WRONG),
    ("C41", "organisations", put("founded", "1992-05-15", organisation="CSTO"), GOOD),
    ("C41", "provisions", put("signed", "1993-05-15", organisation="CSTO"), WRONG),
    (
        "C43",
        "provisions",
        reword("paraphrase", "separatism", "smuggling", provision_id="S-CONV"),
        CAVEAT,
    ),
    ("C45", "commitments", put("code", 2, organisation="SCO", dimension="delegation"), CAVEAT),
    ("C47", "sco_bodies", put("type", "project", type="meeting"), GOOD),
    ("C47", "sco_bodies", put("type", "standing body", body="Meeting of Defence Ministers"), WRONG),
    ("C48", "joint_exercises", put("framework", "SCO", framework="SCO RATS"), WRONG),
    ("C48", "joint_exercises", put("framework", "SCO RATS", framework="SCO"), GOOD),
    ("C50", "organisations", put("founded", "2005-06-15", organisation="SCO"), GOOD),
    ("C52", "sco_timeline", put("date", "2022-09-16", event_id="2024-01"), GOOD),
    ("C52", "sco_timeline", drop(event_id="2022-03"), WRONG),
    (
        "C57",
        "joint_exercises",
        put("framework", "bilateral", framework=["SCO", "SCO RATS", "SCO (bilateral)"]),
        GOOD,
    ),
    ("C57", "provisions", reword("paraphrase", "economic", "military", provision_id="S-01"), WRONG),
    (
        "C58",
        "sco_bodies",
        put("function", "Joint command", body="SCO-Afghanistan Contact Group"),
        CAVEAT,
    ),
    ("C62", "sco_timeline", drop(event_id="2001-02"), WRONG),
    ("C62", "sco_timeline", drop(event_id="2003-06"), WRONG),
    ("C62", "sco_timeline", reword("event", "memo", "free-trade memo", event_id="2001-02"), GOOD),
    ("C90", "sco_trade_totals", times("trade_usd_bn", 0.5, year=2019, members=6), CAVEAT),
    ("C63", "sco_trade_totals", times("trade_usd_bn", 2.0, measure="pairs_counted_once"), GOOD),
    (
        "C63",
        "sco_trade_totals",
        times("trade_usd_bn", 0.5, measure="flows_counted_at_both_ends"),
        WRONG,
    ),
    (
        "C64",
        "sco_trade_totals",
        times("trade_usd_bn", 0.5, measure="pairs_counted_once", year=2000),
        GOOD,
    ),
    (
        "C64",
        "sco_trade_totals",
        times("trade_usd_bn", 2.0, measure="pairs_counted_once", year=2000),
        WRONG,
    ),
    ("C65", "memberships", put("start_date", "2018-06-09", **SCO, iso3="PAK"), CAVEAT),
    ("C66", "sco_bodies", put("year_created", 2007, body="Interbank Consortium"), WRONG),
    ("C69", "sco_bodies", put("year_created", 2007, body="Business Council"), WRONG),
    ("C70", "sco_bodies", put("seat", "Tashkent", type="project"), WRONG),
    ("C91", "office_holders", put("start_date", "2023-04-01", person="Zhang Ming"), WRONG),
    ("C75", "organisations", put("decision_rule", "Majority", organisation="SCO"), CAVEAT),
    ("C78", "sco_bodies", put("year_created", 2010, year_created=2025), GOOD),
    (
        "C78",
        "commitments",
        put("code", 2, organisation="SCO", dimension="integrated_military"),
        WRONG,
    ),
    ("C79", "land_area", times("area_km2", 30.0, iso3="FRA"), CAVEAT),
    ("C80", "world_totals", times("population_m", 1.05, year=2022), GOOD),
    ("C80", "world_totals", times("population_m", 1.5, year=2022), TWICE),
    ("C81", "world_totals", times("gdp_usd_bn", 0.7, year=2022), GOOD),
    ("C81", "world_totals", times("gdp_ppp_bn", 1.5, year=2022), TWICE),
]


@pytest.mark.parametrize(
    ("claim_id", "table", "change", "verdict"),
    CHANGES,
    ids=[f"{claim}-{verdict}" for claim, _, _, verdict in CHANGES],
)
def test_verdict_turns_with_the_data(claim_id, table, change, verdict, monkeypatch):
    true_load = tables.load
    before = claim_tests.run(claim_id)
    monkeypatch.setattr(
        tables, "load", lambda name: change(true_load(name)) if name == table else true_load(name)
    )
    after = claim_tests.run(claim_id)
    assert before != after == verdict


def test_each_test_has_a_change_that_turns_it():
    assert {claim for claim, *_ in CHANGES} == set(claim_tests.TESTS)


# --- What a reader types -------------------------------------------------------------------------


def test_find_searches_every_text_and_keeps_the_order():
    trade = claims.find("Trade")
    assert "C64" in trade.index and list(trade.columns) == list(claims.SHOWN)
    assert list(trade.index) == [i for i in REGISTER["claim_id"] if i in trade.index]
    assert "C63" in claims.find("602.94").index or "C63" in claims.find("305").index
    assert (claims.find("internally inconsistent")["verdict"] == claim_tests.INCONSISTENT).any()


@pytest.mark.parametrize("word", ["zebra", "", "   "])
def test_find_is_kind_when_nothing_is_found(word):
    with pytest.raises(DataError) as caught:
        claims.find(word)
    assert "Traceback" not in str(caught.value) and len(str(caught.value)) > 40


def test_explain_shows_rule_numbers_and_reason():
    page = claims.explain("i04")
    shown = repr(page)
    for part in ("p. 7", "six", "Finland 83", "accession_steps", claim_tests.SUPPORTED):
        assert part in shown, part
    assert "<dl>" in page._repr_html_() and "finland_and_sweden_applied" in shown
    assert page.verdict == REGISTER.set_index("claim_id").at["I04", "verdict"]


@pytest.mark.parametrize("claim_id", list(REGISTER["claim_id"]))
def test_every_claim_can_be_explained(claim_id):
    page = claims.explain(claim_id)
    assert page.verdict in claims.VERDICTS
    assert not re.search(r"\bnan\b|NaT|Timestamp|np\.|<NA>", repr(page)), repr(page)


def test_explain_is_kind_about_a_wrong_id():
    with pytest.raises(DataError, match="find"):
        claims.explain("Z99")
