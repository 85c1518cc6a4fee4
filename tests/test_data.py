"""The data package: valid, complete, sourced; and the facts on which exercises hinge.

A student takes a table at its word. These tests keep the word: what datapackage.json says of a
table is true of its file, and numbers that the course teaches with are the ones on record.
"""

import csv
import json
import re

import frictionless
import pandas as pd
import pytest

from multipolarity.tables import data_folder, load, members

FOLDER = data_folder()
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
TABLES = {resource["name"]: resource for resource in PACKAGE["resources"]}
COUNTRY = load("countries").set_index("iso3")["country"]
STATUS = {"seen", "computed", "partly", "unconfirmed"}

each_table = pytest.mark.parametrize("name", TABLES)


def fields(name):
    return {field["name"]: field for field in TABLES[name]["schema"]["fields"]}


def columns_with(name, ending):
    return [column for column in fields(name) if column.endswith(ending)]


# --- The package -------------------------------------------------------------------------------


def test_package_is_valid():
    report = frictionless.validate(str(FOLDER / "datapackage.json"))
    errors = report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert report.valid, "\n".join(map(str, errors[:20]))
    assert report.stats["tasks"] == len(TABLES)


def test_every_file_is_a_table_and_every_table_a_file():
    assert {path.name for path in FOLDER.iterdir()} == {
        "datapackage.json",
        *(resource["path"] for resource in TABLES.values()),
    }


@each_table
def test_table_says_what_it_is_and_where_it_comes_from(name):
    resource = TABLES[name]
    for key in ("title", "description", "compiled", "vintage", "coverage"):
        assert len(resource[key]) >= 4, key
    assert resource["sources"] and all(source["title"] for source in resource["sources"])
    assert resource["licenses"]
    for licence in resource["licenses"]:
        assert licence["name"] and licence["title"] and licence["path"].startswith("https://")
    assert isinstance(resource["gaps"], list)
    assert resource["units_used_in"] and set(resource["units_used_in"]) <= set(range(8))
    assert resource["schema"]["primaryKey"] and resource["schema"]["missingValues"] == [""]


@each_table
def test_every_column_is_explained(name):
    for column, field in fields(name).items():
        assert len(field["description"]) >= 6, column
        if field["type"] in ("number", "integer"):
            assert field.get("unit"), f"{column} is a number without a unit"
        if column == "status":
            assert set(field["constraints"]["enum"]) == STATUS


@each_table
def test_integer_is_marked_required_exactly_when_no_cell_is_empty(name):
    # This mark decides between int64 and Int64 when the table is loaded.
    table = load(name)
    for column, field in fields(name).items():
        if field["type"] == "integer":
            required = field.get("constraints", {}).get("required", False)
            assert required == table[column].notna().all(), column


@each_table
def test_file_is_plain_and_tidy(name):
    text = (FOLDER / TABLES[name]["path"]).read_bytes().decode("utf-8")
    assert "\r" not in text and "\ufeff" not in text and text.endswith("\n")
    head, *rows = csv.reader(text.splitlines())
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in head)
    assert head == list(fields(name))
    for row in rows:
        assert len(row) == len(head), row
        assert all(cell == cell.strip() for cell in row), row


def test_no_path_of_one_machine():
    pattern = re.compile(r"(^|[^\w.~/-])(/(tmp|work|root|opt|home|Users)/|[A-Z]:\\)")
    for path in FOLDER.iterdir():
        assert not pattern.search(path.read_text(encoding="utf-8")), path.name


# --- Keys and names ----------------------------------------------------------------------------


@each_table
def test_country_codes_have_a_key_and_names_one_spelling(name):
    keys = TABLES[name]["schema"].get("foreignKeys", [])
    linked = {tuple(key["fields"]) for key in keys if key["reference"]["resource"] == "countries"}
    table = load(name)
    for code in (column for column in fields(name) if re.search(r"(^|_)iso3(_|$)", column)):
        assert (code,) in linked or name == "countries", f"{code} has no key to countries"
        for label in (code.replace("iso3", "country"), code.removesuffix("_iso3")):
            if label != code and label in table:
                rows = table.dropna(subset=[code])
                assert (rows[label] == rows[code].map(COUNTRY)).all(), label


def test_every_country_is_used():
    used = set()
    for name in set(TABLES) - {"countries"}:
        table = load(name)
        for code in (column for column in fields(name) if re.search(r"(^|_)iso3(_|$)", column)):
            used |= set(table[code].dropna())
    assert used == set(COUNTRY.index)


# --- Memberships -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("organisation", "day", "number"),
    [
        ("SCO", "2001-06-14", 0),
        ("SCO", "2001-06-15", 6),
        ("SCO", "2017-06-09", 8),
        ("SCO", "2022-09-16", 8),
        ("SCO", "2023-02-28", 8),  # the report is printed
        ("SCO", "2023-07-04", 9),
        ("SCO", "2024-07-04", 10),
        ("NATO", "1949-08-24", 12),
        ("NATO", "2022-02-24", 30),
        ("NATO", "2023-04-04", 31),
        ("NATO", "2024-03-07", 32),
        ("EU", "2020-01-31", 28),  # the last day of the United Kingdom
        ("EU", "2020-02-01", 27),
        ("CSTO", "1999-04-19", 9),
        ("CSTO", "1999-04-20", 6),
        ("CSTO", "2006-08-16", 7),
        ("CSTO", "2023-12-31", 6),
        ("EAEU", "2023-12-31", 5),
        ("BRICS", "2023-12-31", 5),
        ("BRICS", "2025-12-31", 10),
        ("ASEAN", "2025-12-31", 11),
        ("AUKUS", "2023-12-31", 3),
        ("Quad", "2023-12-31", 4),
        ("ANZUS", "2023-12-31", 3),
    ],
)
def test_number_of_members(organisation, day, number):
    assert len(members(organisation, on=day)) == number


def test_no_state_has_a_role_twice_at_once():
    rows = load("memberships").sort_values("start_date")
    for _, spells in rows.groupby(["organisation", "iso3", "role"]):
        ends = spells["end_date"].shift().iloc[1:]
        assert (ends <= spells["start_date"].iloc[1:]).all(), spells
    assert not (rows["end_date"] <= rows["start_date"]).any()


# --- Commitments -------------------------------------------------------------------------------


def test_commitment_totals():
    codes = load("commitments")
    totals = codes.groupby("organisation")["code"].sum().to_dict()
    assert totals == {"NATO": 22, "CSTO": 22, "SCO": 14, "EU": 28, "ANZUS": 10, "AUKUS": 3}
    assert (codes.groupby("organisation")["dimension_id"].nunique() == 12).all()


def test_commitment_codes_lie_in_their_range_and_rest_on_evidence():
    codes = load("commitments")
    assert codes["code"].between(codes["code_low"], codes["code_high"]).all()
    cell = ["organisation", "dimension_id"]
    evidence = load("commitment_evidence").merge(load("provisions"), on="provision_id")
    assert (evidence["organisation_x"] == evidence["organisation_y"]).all()
    assert len(evidence.drop_duplicates(["organisation_x", "dimension_id"])) == len(codes)
    names = codes.merge(load("commitment_dimensions"), on="dimension_id")
    assert (names["dimension_x"] == names["dimension_y"]).all()
    assert set(map(tuple, load("commitment_second_codes")[cell].to_numpy())) == set(
        map(tuple, codes[cell].to_numpy())
    )


def test_blind_text_does_not_give_the_organisation_away():
    words = [*load("organisations")["organisation"], *COUNTRY, "Shanghai", "Atlantic", "Pacific"]
    words += ["Collective Security", "European", "Central Asia", "Washington", "Secretary General"]
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b")
    texts = load("provisions").set_index("provision_id")["blind_text"]
    assert {key: text for key, text in texts.items() if pattern.search(text)} == {}


# --- Figures that exercises hinge on -----------------------------------------------------------


def test_roll_calls_add_up_to_the_official_counts():
    votes = load("un_votes").pivot_table(
        index="resolution", columns="vote", values="iso3", aggfunc="count", fill_value=0
    )
    official = load("un_resolutions").set_index("resolution").loc[votes.index]
    for vote in votes.columns:
        assert (votes[vote] == official[vote]).all(), vote
    assert {"yes", "no", "abstain"} <= set(votes.columns)


def test_sco_trade_totals_are_the_sums_of_the_pairs():
    pairs = load("sco_trade_pairs")
    founders = set(members("SCO", on="2001-06-15")["iso3"])
    inside = pairs["iso3_a"].isin(founders) & pairs["iso3_b"].isin(founders)
    sums = {
        **{(year, 8): total for year, total in pairs.groupby("year")["trade_usd_bn"].sum().items()},
        **{
            (year, 6): total
            for year, total in pairs[inside].groupby("year")["trade_usd_bn"].sum().items()
        },
    }
    totals = load("sco_trade_totals").query("measure == 'pairs_counted_once'")
    assert len(totals) == len(sums) == 10
    for row in totals.itertuples():
        assert row.trade_usd_bn == pytest.approx(sums[row.year, row.members], abs=0.01)
    assert (pairs.groupby("year").size() == 28).all()


def test_pairs_whose_two_reports_differ_twofold_are_marked():
    pairs = load("sco_trade_pairs").dropna(subset=["mirror_usd_bn"])
    reports = pairs[["trade_usd_bn", "mirror_usd_bn"]]
    twofold = reports.max(axis=1) > 2 * reports.min(axis=1)
    marked = pairs["note"].str.contains("factor of two", na=False)
    assert (marked == twofold).all()


def test_world_shares_of_the_sco_are_those_of_the_claims():
    # Claims C07 and C08: 23.9 % of nominal GDP, 31.0 % of PPP GDP, 41.3 % of people in 2022.
    year = load("country_year").query("year == 2022")
    ours = year[year["iso3"].isin(members("SCO", on="2022-09-16")["iso3"])]
    world = load("world_totals").query("year == 2022").iloc[0]
    for column, share in {"gdp_usd_bn": 23.9, "gdp_ppp_bn": 31.0, "population_m": 41.3}.items():
        assert round(100 * ours[column].sum() / world[column], 1) == share, column
    claims = load("claims").set_index("claim_id")["counter_value"]
    assert claims["C07"] == "23.9 nominal, 31.0 PPP (2022)" and claims["C08"] == "41.3 (2022)"


def test_distances_between_profiles_are_those_of_claim_13():
    codes = load("commitments").pivot(index="organisation", columns="dimension_id", values="code")
    distance = (codes - codes.loc["SCO"]).abs().sum(axis=1)
    text = load("claims").set_index("claim_id").loc["C13", "counter_value"]
    for organisation, stated in re.findall(r"(EU|NATO|CSTO|ANZUS) (\d+)", text):
        assert distance[organisation] == int(stated)


def test_sco_summits_and_exercises_match_what_the_claims_count():
    summits = load("sco_summits")
    assert list(summits["number"]) == list(range(1, 26)) and summits["date"].is_monotonic_increasing
    assert (summits["date"] <= "2022-12-31").sum() == 22  # claim C02
    drills = load("joint_exercises")
    assert drills["framework"].str.startswith("SCO").sum() == 10  # claim C57
    assert (drills["end_date"] >= drills["start_date"]).all()
    hosts = load("joint_exercise_participants").groupby("exercise_id")["iso3"].agg(set)
    assert all(row.host_iso3 in hosts[row.exercise_id] for row in drills.itertuples())


def test_chapter_5_counts():
    terms = load("ch5_terms").set_index("term")
    reference = {"securit*": 69, "econom*": 31, "trade": 12, "multipolar*": 0}
    assert terms["count_with_notes"].loc[list(reference)].to_dict() == reference
    assert (terms["count_body"] <= terms["count_with_notes"]).all()
    by_page = terms["pages_note"].map(lambda text: sum(map(int, re.findall(r"\((\d+)\)", text))))
    assert (by_page == terms["count_body"]).all()
    citations = load("ch5_citations")
    assert len(citations) == 30 and citations["repeat_of_note"].isna().sum() == 25
    assert load("ch5_member_motives").groupby("iso3").size().size == 9


def test_invocations_name_who_asked():
    asked = load("invocation_requests").groupby("invocation_id").size()
    assert set(asked.index) == set(load("invocations")["invocation_id"])
    assert "SCO" not in set(load("invocations")["organisation"])
    assert asked["NATO-2022-1"] == 8


def test_dates_are_real_dates():
    for name in TABLES:
        for column, field in fields(name).items():
            if field["type"] == "date":
                dates = load(name)[column].dropna()
                assert pd.api.types.is_datetime64_any_dtype(dates), (name, column)
                assert dates.between("1945-01-01", "2026-12-31").all(), (name, column)
