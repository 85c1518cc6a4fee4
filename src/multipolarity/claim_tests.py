"""One small test per claim of the register that the course's tables can decide.

A test reads tables, compares them with what the claim states and returns a verdict. Its docstring
is the rule, in words that a reader can follow; `claims.explain("I04")` prints it. Thresholds are
conventions of this course and stand in the docstring. Change a table, and a verdict may change.

Two rules hold everywhere. A claim is measured by what could be known when the book was printed
(February 2023). A statement that the record refutes is called inconsistent if another page of the
report states something else, and contradicted if not.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from multipolarity import tables

SUPPORTED = "supported"
CAVEAT = "supported_with_caveat"
CONTRADICTED = "contradicted"
INCONSISTENT = "internally_inconsistent"
OUTDATED = "outdated_since_publication"
NOT_TESTABLE = "not_testable_with_our_data"

PRINTED = pd.Timestamp("2023-02-28")  # the book is dated February 2023
INVASION = "invasion"  # event_id
CENTRAL_ASIA = {"KAZ", "KGZ", "TJK", "TKM", "UZB"}

TESTS: dict[str, Callable[[], str]] = {}  # claim_id -> test
SEEN: dict[str, object] = {}  # what the test that ran last looked at, for `explain`
READ: list[str] = []  # the tables that it read


def decides(claim_id: str) -> Callable:
    """Register a function as the test of one claim."""

    def keep(test: Callable[[], str]) -> Callable[[], str]:
        if claim_id in TESTS:
            raise ValueError(
                f"{claim_id} has two tests: {TESTS[claim_id].__name__}, {test.__name__}"
            )
        TESTS[claim_id] = test
        return test

    return keep


def run(claim_id: str) -> str:
    """Run the test of one claim; SEEN and READ then hold what it looked at."""
    SEEN.clear()
    READ.clear()
    return TESTS[claim_id]()


# --- What the tests share ----------------------------------------------------------------------


def load(name: str) -> pd.DataFrame:
    if name not in READ and name != "claims":
        READ.append(name)
    return tables.load(name)


def states(organisation: str, on=PRINTED, role: str = "member") -> set[str]:
    """The codes of the states that held a role on a day."""
    if "memberships" not in READ:
        READ.append("memberships")
    return set(tables.members(organisation, on=on, role=role)["iso3"])


def saw(**facts) -> None:
    """Keep what a test looked at, so that `explain` can show it."""
    SEEN.update({name.replace("_", " "): fact for name, fact in facts.items()})


def says(claim_id: str):
    """The value that a claim states: a number, or a day."""
    row = load("claims").set_index("claim_id").loc[claim_id]
    stated = row["value_date"] if pd.notna(row["value_date"]) else float(row["value"])
    SEEN["the report says"] = stated
    return stated


def other_pages(claim_id: str) -> list:
    """Other values that the report states for the same fact (same group, same unit)."""
    rows = load("claims").set_index("claim_id")
    own = rows.loc[claim_id]
    same = rows[
        rows["contradiction_group"].eq(own["contradiction_group"])
        & rows["value_unit"].eq(own["value_unit"])
    ]
    column = "value_date" if pd.notna(own["value_date"]) else "value"
    found = [value for value in same[column].dropna().unique() if value != own[column]]
    SEEN["other pages say"] = found
    return found


def refuted(claim_id: str) -> str:
    """The verdict on a statement that the record refutes: does another page disagree, too?"""
    return INCONSISTENT if other_pages(claim_id) else CONTRADICTED


def both(first: bool, second: bool, neither: str = CONTRADICTED) -> str:
    """Supported if both halves hold, with a caveat if one does."""
    return SUPPORTED if first and second else CAVEAT if first or second else neither


def near(value: float, target: float, percent: float) -> bool:
    return abs(value - target) <= percent / 100 * abs(target)


def event(event_id: str, table: str = "events") -> pd.Timestamp:
    """The day of an event; a missing one is the missing date, which equals nothing."""
    rows = load(table)
    day = rows.loc[rows["event_id"] == event_id, "date"]
    return day.iloc[0] if len(day) else pd.NaT


def body_year(name: str) -> float:
    bodies = load("sco_bodies").set_index("body")
    year = float(bodies.at[name, "year_created"])
    saw(body=name, year_in_the_record=year)
    return year


def code(organisation: str, dimension: str, column: str = "code") -> int:
    """A code of the course's commitment scale, 0 to 3."""
    codes = load("commitments").set_index(["organisation", "dimension"])[column]
    found = int(codes[organisation, dimension])
    SEEN[f"{organisation}, {dimension.replace('_', ' ')}"] = found
    return found


def clause(provision_id: str) -> str:
    """The paraphrase of a provision, in small letters."""
    text = load("provisions").set_index("provision_id").at[provision_id, "paraphrase"]
    SEEN[f"provision {provision_id}"] = text
    return text.lower()


def share_of_world(column: str, year: int = 2022, organisation: str = "SCO") -> float:
    """The members' share of the world in percent, with the members of the day of printing."""
    inside = states(organisation)
    rows = load("country_year").query("year == @year")
    world = load("world_totals").set_index("year").at[year, column]
    return 100 * float(rows.loc[rows["iso3"].isin(inside), column].sum()) / float(world)


def sco_gdp_shares() -> tuple[float, float]:
    nominal, ppp = share_of_world("gdp_usd_bn"), share_of_world("gdp_ppp_bn")
    saw(nominal_GDP_in_percent=round(nominal, 1), PPP_GDP_in_percent=round(ppp, 1))
    return nominal, ppp


def founded(organisation: str) -> pd.Timestamp:
    day = load("organisations").set_index("organisation").at[organisation, "founded"]
    SEEN[f"{organisation} founded"] = day
    return day


def founding_year(claim_id: str, organisation: str = "SCO") -> str:
    return SUPPORTED if founded(organisation).year == says(claim_id) else refuted(claim_id)


def largest_democracy() -> str:
    rows = (
        load("regimes")
        .query("year == 2022")
        .merge(load("country_year").query("year == 2022")[["iso3", "population_m"]], on="iso3")
    )
    people = rows.set_index("iso3")["population_m"]
    democracies = people[rows.set_index("iso3")["regime"] >= 2]
    saw(
        code_of_India=int(rows.set_index("iso3").at["IND", "regime"]),
        India_in_millions=people["IND"],
        largest_state_coded_a_democracy=democracies.drop("IND", errors="ignore").idxmax(),
    )
    if people["IND"] < democracies.drop("IND", errors="ignore").max():
        return CONTRADICTED
    return SUPPORTED if "IND" in democracies else CAVEAT


def in_office(office: str, person: str) -> str:
    rows = load("office_holders").query("office == @office and start_date <= @PRINTED")
    last = rows[~(rows["end_date"] <= PRINTED)]
    saw(
        in_office_on_the_day_of_printing={
            row.person: f"since {row.start_date:%Y-%m-%d}" for row in last.itertuples()
        }
    )
    return SUPPORTED if person in set(last["person"]) else CONTRADICTED


def yearly(table: str, **where) -> pd.DataFrame:
    rows = load(table).query("period_type == 'year'")
    for column, value in where.items():
        rows = rows[rows[column] == value]
    return rows


# --- Introduction ------------------------------------------------------------------------------


@decides("I02")
def germany_and_japan_spend_more() -> str:
    """Supported if military spending of both rose from 2021 to 2022 by 5 % or more, in the state's
    own currency and in dollars; with a caveat if only in its own currency; contradicted if not."""
    rows = load("defence_spending").set_index(["iso3", "year"])
    own = {"DEU": "spending_eur_bn", "JPN": "spending_jpy_bn"}
    rise = {
        (state, column): 100 * (rows.at[(state, 2022), column] / rows.at[(state, 2021), column] - 1)
        for state in own
        for column in (own[state], "spending_usd_bn")
    }
    saw(rise_in_percent={" ".join(key): round(value, 1) for key, value in rise.items()})
    at_home = all(rise[state, own[state]] >= 5 for state in own)
    in_dollars = all(rise[state, "spending_usd_bn"] >= 5 for state in own)
    return both(at_home, in_dollars) if at_home else CONTRADICTED


@decides("I03")
def germany_from_50_to_80() -> str:
    """The lower level must fit spending of 2022, the upper one 2 % of GDP of 2022, each within 10 %;
    if not: contradicted. If both fit, the claim is supported once yearly spending has come nearer
    to the upper level than to the lower one by the last year of the table, else it has a caveat:
    an aim without a year."""
    spent = load("defence_spending").query("iso3 == 'DEU'").set_index("year")["spending_eur_bn"]
    rates = load("exchange_rates").set_index("period")["usd_per_eur"]
    gdp = load("country_year").set_index(["iso3", "year"]).at[("DEU", 2022), "gdp_usd_bn"]
    aim = 0.02 * gdp / rates["2022"]
    upper, lower = says("I03"), 50
    saw(spent_in_2022=spent[2022], two_percent_of_GDP=round(aim, 1), spent_last=spent.iloc[-1])
    if not (near(lower, spent[2022], 10) and near(upper, aim, 10)):
        return CONTRADICTED
    return SUPPORTED if spent.iloc[-1] > (lower + upper) / 2 else CAVEAT


@decides("I04")
def finland_and_sweden_applied_within_months() -> str:
    """'A few months' is read as six at most. Supported if both applied after 24 February 2022 and
    within six months of it; with a caveat if one did; contradicted if neither did."""
    steps = load("accession_steps").query("step == 'application'").set_index("applicant")["date"]
    days = {name: (day - event(INVASION)).days for name, day in steps.items()}
    saw(days_from_the_invasion=days)
    in_time = [name in days and 0 <= days[name] <= 183 for name in ("Finland", "Sweden")]
    return both(*in_time)


@decides("I05")
def nato_grows_very_soon() -> str:
    """A forecast, open when printed. 'Very soon' is read as six months. Supported if both applicants
    joined within six months of printing; outdated if later events settled it in another way;
    contradicted if one of them was a member already or two years passed without any accession."""
    joined = load("memberships").query("organisation == 'NATO' and role == 'member'")
    joined = joined.set_index("iso3")["start_date"].reindex(["FIN", "SWE"])
    saw(joined={state: f"{day:%Y-%m-%d}" for state, day in joined.dropna().items()})
    if (joined <= PRINTED).any() or not (joined <= PRINTED + pd.DateOffset(years=2)).any():
        return CONTRADICTED
    return SUPPORTED if (joined <= PRINTED + pd.DateOffset(months=6)).all() else OUTDATED


@decides("I06")
def both_were_neutral() -> str:
    """Contradicted if an applicant was in NATO before it applied. With a caveat if it was outside
    NATO, but in the EU, whose treaty knows mutual assistance (code 1 or more): not aligned
    militarily, but hardly neutral. Supported if it was in neither."""
    day = event("nato-applications") - pd.Timedelta(days=1)
    pair = {"FIN", "SWE"}
    if pair & states("NATO", on=day):
        return CONTRADICTED
    in_eu = pair & states("EU", on=day)
    saw(in_the_EU=sorted(in_eu))
    return CAVEAT if in_eu and code("EU", "mutual_defence") >= 1 else SUPPORTED


@decides("I31")
def everyone_takes_sides() -> str:
    """Counted in the General Assembly's vote of 23 February 2023 on Ukraine, the last before printing.
    Supported if 95 % or more of the states voted yes or no; with a caveat if at least half did;
    contradicted if fewer."""
    last = load("un_resolutions").query("date <= @PRINTED").sort_values("date").iloc[-1]
    everyone = last[["yes", "no", "abstain", "absent"]].sum()
    share = 100 * (last["yes"] + last["no"]) / everyone
    saw(resolution=last["resolution"], share_that_took_a_side=round(share, 1))
    return SUPPORTED if share >= 95 else CAVEAT if share >= 50 else CONTRADICTED


@decides("I32")
def less_space_for_neutrality() -> str:
    """Members of the EU that are not in NATO, on the day before the invasion and on the last day
    that the table covers. Supported if their number fell, contradicted if not."""
    before, after = event(INVASION) - pd.Timedelta(days=1), load("memberships")["start_date"].max()
    outside = {
        f"{day:%Y-%m-%d}": states("EU", day) - states("NATO", day) for day in (before, after)
    }
    saw(EU_members_outside_NATO={day: sorted(who) for day, who in outside.items()})
    first, last = outside.values()
    return SUPPORTED if len(last) < len(first) else CONTRADICTED


@decides("I08")
def nord_stream_until_22_february() -> str:
    """Supported if the government's halt falls on the day stated and nothing had stopped the
    procedure earlier; with a caveat if it was suspended earlier; contradicted if the day is wrong."""
    halt, earlier = event("nord-stream-2-halt"), event("nord-stream-2-suspension")
    saw(halt=halt, suspension_by_the_regulator=earlier)
    if halt != says("I08"):
        return CONTRADICTED
    return CAVEAT if earlier < halt else SUPPORTED


@decides("I09")
def two_days_before_the_decision() -> str:
    """The claim counts days to the decision to invade. Supported if the table dates a decision and it
    fits; with a caveat if only the start of the invasion fits; contradicted if nothing fits."""
    halt, start, decision = map(event, ("nord-stream-2-halt", INVASION, "invasion-decision"))
    stated = pd.Timedelta(days=says("I09"))
    saw(days_to_the_invasion=(start - halt).days, decision_dated=bool(pd.notna(decision)))
    if pd.notna(decision):
        return SUPPORTED if decision - halt == stated else CONTRADICTED
    return CAVEAT if start - halt == stated else CONTRADICTED


@decides("I10")
def us_committed_23() -> str:
    """Supported if the figure is within 5 % of US military aid in the last Kiel release that was out
    by the day of printing, in dollars; with a caveat if it fits an earlier release, in dollars or in
    euros; contradicted if it fits none."""
    kind = "donor == 'United States' and aid_type == 'military' and data_until <= @PRINTED"
    dollars = load("aid_usd").query(kind).set_index("release")["value_usd_bn"]
    euros = load("aid").query(kind).set_index("release")["value_eur_bn"]
    saw(dollars_by_release=dollars.to_dict(), euros_by_release=euros.round(2).to_dict())
    stated = says("I10")
    if near(stated, dollars[dollars.index.max()], 5):
        return SUPPORTED
    return CAVEAT if any(near(stated, value, 5) for value in [*dollars, *euros]) else CONTRADICTED


def _military_release_7() -> tuple[float, float, float]:
    rows = load("aid").query("release == 7 and aid_type == 'military'").set_index("donor")
    total, fund = rows["value_eur_bn"]["All donors in country table"], rows["value_eur_bn"]
    us = fund["United States"]
    return us, total - us, fund["European Peace Facility"]


@decides("I11")
def almost_double_the_rest() -> str:
    """Taken from the last Kiel release with all donors (release 7, in euros). Two halves: the sum of
    the others is within 10 % of the figure stated, and the United States gave 'almost double',
    1.8 to 2.05 times as much as they. Both: supported; one: caveat; none: contradicted."""
    us, others, fund = _military_release_7()
    saw(
        United_States=us,
        others=round(others, 1),
        EU_fund_not_counted=fund,
        ratio=round(us / others, 2),
    )
    return both(near(says("I11"), others, 10), 1.8 <= us / others <= 2.05)


@decides("I12")
def seven_times_israel() -> str:
    """Supported if aid to Israel in 2020 is within 2 % of the figure stated and the printed US
    figure is 6.5 to 7.5 times as much; with a caveat if only the ratio holds; else contradicted.
    That one side is a stock of pledges and the other a year is a matter for the sentence of doubt."""
    israel = load("us_military_aid_2020").set_index("recipient").at["Israel", "value_usd_bn"]
    stated, printed = says("I12"), load("claims").set_index("claim_id").at["I10", "value"]
    saw(Israel_2020=israel, ratio=round(printed / israel, 2))
    if not 6.5 <= printed / israel <= 7.5:
        return CONTRADICTED
    return SUPPORTED if near(stated, israel, 2) else CAVEAT


@decides("I14")
def new_start_speech() -> str:
    """Supported if the table has the announcement on the day stated."""
    day = event("new-start-suspension")
    saw(day_in_the_record=day)
    return SUPPORTED if day == says("I14") else CONTRADICTED


@decides("I15")
def new_start_was_the_last() -> str:
    """Supported if, on the day of the speech, the INF Treaty had ended and New START had been
    prolonged; with a caveat if the table cannot show one of the two; contradicted if the INF Treaty
    ended later."""
    speech, inf, longer = map(event, ("new-start-suspension", "inf-end", "new-start-extension"))
    saw(end_of_INF=inf, extension_of_New_START=longer)
    return CONTRADICTED if inf > speech else both(inf <= speech, longer <= speech)


@decides("I19")
def multipolarity_since_the_early_1990s() -> str:
    """'Early 1990s' is read as up to 1993. Supported if the first official text on a multipolar world
    in the timeline is from then; with a caveat if it is from 1994 to 1999; contradicted if later."""
    rows = load("sco_timeline")
    first = rows.loc[rows["event"].str.contains("multipolar", case=False), "date"].min()
    saw(first_text=first)
    return SUPPORTED if first.year <= 1993 else CAVEAT if first.year <= 1999 else CONTRADICTED


@decides("I29")
def ties_with_china_and_others() -> str:
    """Measured by trade, which is one kind of tie: the best it can give is a caveat. It does if, from
    2021 to 2022, trade of China and Russia rose by 10 % or more and so did the imports from Russia
    of at least two other states outside the EU; contradicted if not. Values: prices rose, too."""
    china = yearly("trade_ru_cn", reporter="China", basis="customs").set_index("year")[
        "total_usd_bn"
    ]
    rows = yearly("export_destinations", basis="partner_reports", partner_type="state")
    by_year = rows.pivot(index="partner", columns="year", values="exports_usd_bn")
    change = (100 * (by_year[2022] / by_year[2021] - 1)).dropna().drop("China", errors="ignore")
    growth = 100 * (china[2022] / china[2021] - 1)
    up = change[change >= 10]
    saw(China_in_percent=round(growth), others_in_percent=up.round().astype(int).to_dict())
    return CAVEAT if growth >= 10 and len(up) >= 2 else CONTRADICTED


@decides("I21")
def europe_decoupled_in_2022() -> str:
    """Two halves: Russia's share in the goods that the EU imports fell from February to December
    2022, and the value of these imports fell from 2021 to 2022. Both: supported, one: caveat."""
    shares = load("eu_trade_shares").query("flow == 'imports' and product == 'all goods'")
    shares = shares.query("partner_iso3 == 'RUS'").set_index("period")["share_percent"]
    values = yearly("eu_trade", flow="imports", product="all goods", partner_iso3="RUS")
    values = values.groupby("year")["value_eur_bn"].last()
    saw(share=(shares["2022-02"], shares["2022-12"]), value_EUR_bn=values.loc[2021:2022].to_dict())
    return both(shares["2022-12"] < shares["2022-02"], values[2022] < values[2021])


@decides("I22")
def no_limits_statement() -> str:
    """Supported if the table has the joint statement on the day stated."""
    day = event("no-limits-statement")
    saw(day_in_the_record=day)
    return SUPPORTED if day == says("I22") else CONTRADICTED


@decides("I23")
def invaded_three_weeks_later() -> str:
    """Supported if the days from the statement to the invasion come to the number of weeks stated,
    give or take three days."""
    days = (event(INVASION) - event("no-limits-statement")).days
    saw(days=days)
    return SUPPORTED if abs(days - 7 * says("I23")) <= 3 else CONTRADICTED


@decides("I24")
def sco_founded_p11() -> str:
    """Supported if the year is that of the founding declaration; if not, inconsistent where another
    page has another year, else contradicted."""
    return founding_year("I24")


@decides("I25")
def sco_has_eight_members() -> str:
    """Counted on the day of printing: a dated statement stays true of its date. If the number is
    wrong: inconsistent where another page has another number, else contradicted."""
    number = len(states("SCO"))
    saw(members_on_the_day_of_printing=number)
    return SUPPORTED if number == says("I25") else refuted("I25")


@decides("I30")
def chapter_speaks_of_a_pole() -> str:
    """The Introduction says what chapter 5 claims, so the chapter's words are counted. Supported if
    it uses multipolar or multipolarity; with a caveat if it never does: a count of words cannot
    exclude that the thought stands there in other words."""
    count = load("ch5_terms").set_index("term").at["multipolar*", "count_body"]
    saw(times_that_the_chapter_says_multipolar=int(count))
    return SUPPORTED if count > 0 else CAVEAT


# --- Chapter 5, pp. 77-81: the summit, weight, history -------------------------------------------


@decides("C01")
def samarkand_dates() -> str:
    """Supported if the list of summits has the last day stated, and the table of events the day
    before it; with a caveat if one of them does; contradicted if none does."""
    rows = load("sco_summits").set_index("place")["date"]
    last, first = rows.get("Samarkand", pd.NaT), event("sco-samarkand")
    saw(first_day=first, last_day=last)
    return both(last == says("C01"), first == says("C01") - pd.Timedelta(days=1))


@decides("C02")
def samarkand_was_the_22nd() -> str:
    """Supported if the list of meetings of heads of state has as many rows up to that summit;
    if not: inconsistent where another page has another number, else contradicted."""
    count = int((load("sco_summits")["date"] <= says("C01")).sum())
    saw(meetings_in_the_list=count)
    return SUPPORTED if count == says("C02") else refuted("C02")


@decides("C05")
def iran_admitted_at_samarkand() -> str:
    """Supported if Iran was a member on the last day of the summit. If not: inconsistent where
    another page of the report has another date, else contradicted."""
    rows = load("memberships").query("organisation == 'SCO' and iso3 == 'IRN'")
    saw(roles={row.role: f"{row.start_date:%Y-%m-%d}" for row in rows.itertuples()})
    return SUPPORTED if "IRN" in states("SCO", says("C05")) else refuted("C05")


@decides("C06")
def sco_founded_p77() -> str:
    """Supported if the year is that of the founding declaration; if not, inconsistent where another
    page has another year, else contradicted."""
    return founding_year("C06")


@decides("C07")
def half_of_world_gdp() -> str:
    """Shares of 2022. Supported if the members reach the share stated at market prices and at
    purchasing power; with a caveat if by one measure only. If by none: inconsistent where another
    page has another share, else contradicted."""
    nominal, ppp = sco_gdp_shares()
    stated = says("C07")
    return both(nominal >= stated, ppp >= stated, refuted("C07"))


@decides("C08")
def more_than_half_of_the_people() -> str:
    """Shares of 2022. Supported if the members exceed the share stated; with a caveat if only members,
    observers and dialogue partners together do. If not even these: inconsistent where another page
    has another share, else contradicted."""
    own = share_of_world("population_m")
    wide = states("SCO") | states("SCO", role="observer") | states("SCO", role="dialogue partner")
    rows = load("country_year").query("year == 2022")
    world = load("world_totals").set_index("year").at[2022, "population_m"]
    whole = 100 * rows.loc[rows["iso3"].isin(wide), "population_m"].sum() / world
    saw(members_in_percent=round(own, 1), with_observers_and_partners=round(whole, 1))
    stated = says("C08")
    return SUPPORTED if own > stated else CAVEAT if whole > stated else refuted("C08")


@decides("C10")
def the_biggest_democracy_p78() -> str:
    """Supported if India is coded a democracy in 2022 (Regimes of the World, 2 or 3) and has more
    people than any other one; with a caveat if it would be the largest, but is not coded a
    democracy; contradicted if a democracy has more people."""
    return largest_democracy()


@decides("C11")
def central_asia_but_turkmenistan() -> str:
    """Supported if, on the day of printing, the members from Central Asia are all but Turkmenistan."""
    inside = CENTRAL_ASIA & states("SCO")
    saw(members_from_Central_Asia=sorted(inside))
    return SUPPORTED if inside == CENTRAL_ASIA - {"TKM"} else CONTRADICTED


@decides("C13")
def unlike_the_eu_and_less_like_nato() -> str:
    """Distance between profiles: the sum of differences over the 12 dimensions of the course's codes.
    Two halves: no organisation but NATO may be further from the SCO than the EU is, and NATO is
    further from it than the EU. Both: supported, one: caveat, none: contradicted."""
    codes = load("commitments").pivot(index="organisation", columns="dimension_id", values="code")
    far = (codes - codes.loc["SCO"]).abs().sum(axis=1).drop("SCO").astype(int)
    saw(distance_from_the_SCO=far.to_dict())
    return both(far["EU"] >= far.drop("NATO").max(), far["NATO"] > far["EU"])


@decides("C15")
def shanghai_five_1996() -> str:
    """Supported if the first founding event of the timeline is a meeting of the Shanghai Five in the
    year stated."""
    first = load("sco_timeline").query("category == 'founding'").sort_values("date").iloc[0]
    saw(first=f"{first['date']:%Y-%m-%d}: {first['event']}")
    fits = first["date"].year == says("C15") and "Shanghai Five" in first["event"]
    return SUPPORTED if fits else CONTRADICTED


@decides("C16")
def sco_established_with_uzbekistan() -> str:
    """Two halves: the year is that of the founding declaration, and Uzbekistan is a member from
    that day on. Both: supported, one: caveat; none: inconsistent or contradicted."""
    day = founded("SCO")
    there = "UZB" in states("SCO", day)
    saw(Uzbekistan_from_the_first_day=there)
    return both(day.year == says("C16"), there, refuted("C16"))


@decides("C17")
def security_first_economy_later() -> str:
    """Counted from the founding of the SCO to its first economic document in the timeline. Supported
    if a year or more went by; with a caveat if less; contradicted if the economic one came first."""
    rows = load("sco_timeline").query("category == 'economic'")
    days = (rows["date"].min() - founded("SCO")).days
    saw(days_from_founding_to_the_first_economic_document=days)
    return CONTRADICTED if days < 0 else SUPPORTED if days >= 365 else CAVEAT


@decides("C18")
def iran_by_april_2023() -> str:
    """A plan, open when printed. Supported if Iran was a member by the day planned; outdated if it
    joined after it; contradicted if it was no candidate when the book was printed."""
    if "IRN" not in states("SCO") | states("SCO", role="candidate"):
        return CONTRADICTED
    rows = load("memberships").query("organisation == 'SCO' and iso3 == 'IRN' and role == 'member'")
    joined = rows["start_date"].min()
    saw(member_since=joined)
    return SUPPORTED if joined <= says("C18") else OUTDATED


@decides("C19")
def three_observers() -> str:
    """Supported if the observers on the day of printing are the three named; with a caveat if there
    are others beside them; contradicted if one of the three was none."""
    named, found = {"AFG", "BLR", "MNG"}, states("SCO", role="observer")
    saw(observers=sorted(found))
    return SUPPORTED if found == named else CAVEAT if named < found else CONTRADICTED


@decides("C84")
def observers_want_to_join() -> str:
    """Supported if all three observers named had an accession procedure (role candidate) when the
    book was printed; with a caveat if some had; contradicted if none had."""
    named, found = {"AFG", "BLR", "MNG"}, states("SCO", role="candidate")
    saw(with_an_accession_procedure=sorted(found & named))
    return SUPPORTED if named <= found else CAVEAT if named & found else CONTRADICTED


@decides("C20")
def tuerkiye_in_nato_and_a_partner() -> str:
    """Two halves on the day of printing: Türkiye is a member of NATO and a dialogue partner of the
    SCO. Both: supported, one: caveat, none: contradicted."""
    return both("TUR" in states("NATO"), "TUR" in states("SCO", role="dialogue partner"))


@decides("C21")
def built_up_over_two_decades() -> str:
    """Supported if more years than stated lie between founding and printing."""
    years = (PRINTED - founded("SCO")).days / 365.25
    saw(years=round(years, 1))
    return SUPPORTED if years > says("C21") else CONTRADICTED


@decides("C88")
def summits_every_year() -> str:
    """Supported if each year from the first summit to 2022 has one; with a caveat if a single year
    is missing; contradicted if more are."""
    years = set(load("sco_summits")["date"].dt.year)
    missing = sorted(set(range(min(years), 2023)) - years)
    saw(first=min(years), years_without_a_summit=missing)
    return SUPPORTED if not missing else CAVEAT if len(missing) == 1 else CONTRADICTED


@decides("C22")
def secretariat_2004() -> str:
    """Supported if the table of bodies has the year stated."""
    return SUPPORTED if body_year("Secretariat") == says("C22") else refuted("C22")


@decides("C23")
def rats_in_2005() -> str:
    """Supported if the table of bodies has the year stated; if not: inconsistent where another page
    has another year, else contradicted."""
    year = body_year("Regional Anti-Terrorist Structure (RATS)")
    return SUPPORTED if year == says("C23") else refuted("C23")


@decides("C24")
def rats_in_tashkent() -> str:
    """Supported if the table of bodies has its seat in Tashkent."""
    bodies = load("sco_bodies").set_index("body")
    seat = bodies.at["Regional Anti-Terrorist Structure (RATS)", "seat"]
    saw(seat=seat)
    return SUPPORTED if seat.startswith("Tashkent") else CONTRADICTED


# --- Chapter 5, pp. 82-88: NATO, values, security ------------------------------------------------


@decides("C28")
def nato_binds_the_sco_less() -> str:
    """Two halves in the course's codes: NATO's code for mutual defence is higher, and so is the sum
    over all dimensions. Both: supported, one: caveat, none: contradicted."""
    sums = load("commitments").groupby("organisation")["code"].sum()
    saw(sum_of_codes={name: int(sums[name]) for name in ("NATO", "SCO")})
    defence = code("NATO", "mutual_defence") > code("SCO", "mutual_defence")
    return both(defence, sums["NATO"] > sums["SCO"])


@decides("C29")
def free_to_form_alliances() -> str:
    """Supported if the code of the SCO for limits on alliances is 0; with a caveat if there is a
    limit that the Charter itself does not carry (lowest defensible code 0); else contradicted."""
    if code("SCO", "alliance_exclusivity") == 0:
        return SUPPORTED
    return CAVEAT if code("SCO", "alliance_exclusivity", "code_low") == 0 else CONTRADICTED


@decides("C30")
def nothing_like_article_5() -> str:
    """Supported if the code of the SCO for mutual defence is 0 and no other code can be defended;
    with a caveat if a higher one can be; contradicted if the code is 1 or more."""
    if code("SCO", "mutual_defence") > 0:
        return CONTRADICTED
    return SUPPORTED if code("SCO", "mutual_defence", "code_high") == 0 else CAVEAT


@decides("C89")
def no_article_5_will_come() -> str:
    """A forecast. Contradicted if the SCO's code for mutual defence is 1 or more. Supported if it is 0
    although a member was attacked after printing (a row of the timeline that compares with
    Art. 5); with a caveat if it has not been put to the test."""
    rows = load("sco_timeline").query("date > @PRINTED")
    tested = rows[rows["report_note"].str.contains("Art. 5", na=False, regex=False)]
    saw(put_to_the_test=[f"{day:%Y-%m-%d}" for day in tested["date"]])
    if code("SCO", "mutual_defence") > 0:
        return CONTRADICTED
    return SUPPORTED if len(tested) else CAVEAT


@decides("C31")
def nato_promotes_democracy() -> str:
    """By NATO's code for democratic conditions: 3, a test for entry and a sanction, is supported;
    1 or 2, words without a sanction, is a caveat; 0 is contradicted."""
    level = code("NATO", "democratic_conditionality")
    return SUPPORTED if level == 3 else CAVEAT if level >= 1 else CONTRADICTED


@decides("C33")
def president_of_the_assembly() -> str:
    """Supported if the person named held the office on the day of printing; contradicted if not."""
    return in_office("President, NATO Parliamentary Assembly", "Gerald E. Connolly")


@decides("C35")
def democratic_decline() -> str:
    """'Severe' is read as a fall of 0.1 or more in electoral democracy (0 to 1) from 2010 to 2022.
    Two halves, Türkiye and Hungary. Both: supported, one: caveat, none: contradicted."""
    scores = load("regimes").pivot(index="iso3", columns="year", values="polyarchy")
    fall = scores[2010] - scores[2022]
    saw(fall={state: round(fall[state], 2) for state in ("TUR", "HUN")})
    return both(fall["TUR"] >= 0.1, fall["HUN"] >= 0.1)


@decides("C85")
def not_all_of_nato_is_liberal() -> str:
    """Supported if a NATO member was no liberal democracy (Regimes of the World below 3) in 2022 and
    the two named are among them; with a caveat if others are but not both; else contradicted."""
    rows = load("regimes").query("year == 2022").set_index("iso3")["regime"]
    below = set(rows.index[rows < 3]) & states("NATO")
    saw(NATO_members_coded_below_3=sorted(below))
    return SUPPORTED if {"TUR", "HUN"} <= below else CAVEAT if below else CONTRADICTED


@decides("C36")
def mainly_authoritarian() -> str:
    """Supported if more than half of the members were autocracies in 2022 (Regimes of the World 0 or
    1); with a caveat if exactly half were; contradicted if fewer."""
    rows = load("regimes").query("year == 2022").set_index("iso3")["regime"]
    inside = states("SCO")
    number = int((rows.reindex(list(inside)) <= 1).sum())
    saw(autocracies=number, members=len(inside))
    return (
        SUPPORTED
        if 2 * number > len(inside)
        else CAVEAT
        if 2 * number == len(inside)
        else CONTRADICTED
    )


@decides("C38")
def shanghai_spirit() -> str:
    """Supported if the preamble of the Charter, as the table of provisions gives it, has all five
    elements: trust, equality, consultation, cultural diversity, common development; with a caveat
    if one is missing; contradicted if more are."""
    text = clause("S-PRE")
    missing = [
        word
        for word in (
            "trust",
            "equality",
            "consultation",
            "cultural diversity",
            "common development",
        )
        if word not in text
    ]
    return SUPPORTED if not missing else CAVEAT if len(missing) == 1 else CONTRADICTED


@decides("C39")
def the_largest_democracy_p83() -> str:
    """The same rule as for p. 78: supported if India is coded a democracy in 2022 and has more people
    than any other; with a caveat if it is the largest but is not so coded; else contradicted."""
    return largest_democracy()


@decides("C40")
def nato_founded() -> str:
    """Supported if the table of organisations has the year stated."""
    return founding_year("C40", "NATO")


@decides("C41")
def csto_founded() -> str:
    """Supported if the organisation dates from the year stated; with a caveat if only its treaty
    does; contradicted if neither does."""
    treaty = load("provisions").query("instrument == 'Collective Security Treaty'")["signed"].min()
    saw(treaty_signed=treaty)
    if founded("CSTO").year == says("C41"):
        return SUPPORTED
    return CAVEAT if treaty.year == says("C41") else CONTRADICTED


@decides("C43")
def three_evils() -> str:
    """Two halves: the Shanghai Convention and Art. 1 of the Charter name terrorism, separatism and
    extremism. Both: supported, one: caveat, none: contradicted."""
    evils = ("terrorism", "separatism", "extremism")
    convention, charter = clause("S-CONV"), clause("S-01")
    return both(all(e in convention for e in evils), all(e in charter for e in evils))


@decides("C45")
def no_interference_nothing_above_states() -> str:
    """Two halves: Art. 2 of the Charter names non-interference, and the codes of the SCO for binding
    decisions and delegation are 1 or lower. Both: supported, one: caveat, none: contradicted."""
    codes = [code("SCO", "decision_binding"), code("SCO", "delegation")]
    return both("non-interference" in clause("S-02"), max(codes) <= 1)


@decides("C47")
def rats_the_only_security_body() -> str:
    """Bodies for security that existed on the day of printing. Contradicted if another standing body
    than RATS is among them; with a caveat if there are regular meetings beside it; else supported."""
    rows = load("sco_bodies").query("field == 'security' and year_created <= 2023")
    standing = rows.loc[rows["type"] == "standing body", "body"]
    others = [name for name in standing if "RATS" not in name]
    meetings = list(rows.loc[rows["type"] == "meeting", "body"])
    saw(other_standing_bodies=others, meetings=meetings)
    return CONTRADICTED if others else CAVEAT if meetings else SUPPORTED


@decides("C48")
def rats_in_charge_of_exercises() -> str:
    """Exercises in the framework of the SCO up to printing. Supported if most were run under RATS;
    with a caveat if some were; contradicted if none was."""
    rows = load("joint_exercises").query("start_date <= @PRINTED")["framework"]
    rows = rows[rows.str.startswith("SCO")]
    under = int(rows.str.contains("RATS").sum())
    saw(exercises_of_the_SCO=len(rows), under_RATS=under)
    return SUPPORTED if 2 * under > len(rows) else CAVEAT if under else CONTRADICTED


@decides("C50")
def sco_founded_p86() -> str:
    """Supported if the year is that of the founding declaration; if not, inconsistent where another
    page has another year, else contradicted."""
    return founding_year("C50")


@decides("C52")
def railway_finalised() -> str:
    """Supported if the agreement between the governments was signed by the end of the summit; with a
    caveat if only a paper on the railway was; contradicted if nothing was."""
    rows = load("sco_timeline")
    rows = rows[rows["event"].str.contains("Kyrgyzstan-Uzbekistan railway")]
    final = rows.loc[rows["event"].str.contains("intergovernmental"), "date"].min()
    saw(
        papers={
            f"{day:%Y-%m-%d}": text for day, text in zip(rows["date"], rows["event"], strict=True)
        }
    )
    if final <= says("C01"):
        return SUPPORTED
    return CAVEAT if (rows["date"] <= says("C01")).any() else CONTRADICTED


@decides("C57")
def no_military_cooperation() -> str:
    """Contradicted if the aims in Art. 1 of the Charter name military cooperation; with a caveat if
    they do not, but exercises in the framework of the SCO took place; else supported."""
    aims = clause("S-01")
    drills = load("joint_exercises").query("start_date <= @PRINTED")["framework"]
    number = int(drills.str.startswith("SCO").sum())
    saw(exercises_of_the_SCO=number)
    return CONTRADICTED if "military" in aims else CAVEAT if number else SUPPORTED


@decides("C58")
def no_mandate_for_afghanistan() -> str:
    """Two halves: the code of the SCO for mutual defence is 0, and its body for Afghanistan consults
    only. Both: supported, one: caveat, none: contradicted."""
    bodies = load("sco_bodies").set_index("body")
    task = bodies.at["SCO-Afghanistan Contact Group", "function"]
    saw(task_of_the_contact_group=task)
    return both(code("SCO", "mutual_defence") == 0, task.startswith("Consultation"))


# --- Chapter 5, pp. 89-93: trade, finance, conclusion --------------------------------------------


@decides("C62")
def single_space_since_2001() -> str:
    """Supported if an economic document of the year stated names a free-trade area; with a caveat if
    the first such document is of that year, but only a later one names the area; contradicted if
    the first is later or none names it."""
    rows = load("sco_timeline").query("category == 'economic'").sort_values("date")
    named = rows[rows["event"].str.contains("free-trade")]["date"]
    first, stated = rows.iloc[0]["date"], says("C62")
    saw(first=first, names_free_trade=[f"{day:%Y-%m-%d}" for day in named])
    if (named.dt.year == stated).any():
        return SUPPORTED
    return CAVEAT if len(named) and first.year == stated else CONTRADICTED


def _sco_trade(measure: str) -> pd.Series:
    rows = load("sco_trade_totals")
    return rows[rows["measure"] == measure].set_index(["year", "members"])["trade_usd_bn"]


@decides("C90")
def trade_rises_with_enlargement() -> str:
    """Two halves: trade among the six founders, a constant set, rose in each step of the table up to
    2019; and that of the eight was higher than theirs in 2019. Both: supported, one: caveat."""
    trade = _sco_trade("pairs_counted_once")
    founders = trade[:, 6].loc[:2019]
    saw(six_founders=founders.to_dict(), eight_in_2019=trade[2019, 8])
    return both(founders.is_monotonic_increasing, trade[2019, 8] > trade[2019, 6])


@decides("C63")
def trade_of_603_bn() -> str:
    """Supported if the sum of all pairs, each flow counted once, is within 5 % of the figure stated;
    with a caveat if only the sum with each flow counted at both ends is; else contradicted."""
    once = _sco_trade("pairs_counted_once")[2019, 8]
    twice = _sco_trade("flows_counted_at_both_ends")[2019, 8]
    saw(counted_once=once, counted_at_both_ends=twice)
    stated = says("C63")
    return (
        SUPPORTED if near(stated, once, 5) else CAVEAT if near(stated, twice, 5) else CONTRADICTED
    )


@decides("C64")
def nearly_20_times() -> str:
    """'Nearly' is read as at least nine tenths of the factor stated. Supported if the same eight
    states reach it from 2000 to 2019; with a caveat if only the members of each day do (six in
    2000, eight in 2019); else contradicted."""
    trade = _sco_trade("pairs_counted_once")
    same, of_the_day = trade[2019, 8] / trade[2000, 8], trade[2019, 8] / trade[2000, 6]
    saw(same_eight_states=round(same, 1), members_of_the_day=round(of_the_day, 1))
    least = 0.9 * says("C64")
    return SUPPORTED if same >= least else CAVEAT if of_the_day >= least else CONTRADICTED


@decides("C65")
def joined_two_years_before() -> str:
    """Supported if India and Pakistan became members as many calendar years before 2019 as stated;
    with a caveat if one of them did; else contradicted."""
    rows = load("memberships").query("organisation == 'SCO' and role == 'member'")
    year = rows.set_index("iso3")["start_date"].dt.year
    saw(year={state: int(year[state]) for state in ("IND", "PAK")})
    return both(*(2019 - year[state] == says("C65") for state in ("IND", "PAK")))


@decides("C66")
def interbank_consortium_2005() -> str:
    """Supported if the table of bodies has the year stated."""
    return SUPPORTED if body_year("Interbank Consortium") == says("C66") else refuted("C66")


@decides("C69")
def business_council_2006() -> str:
    """Supported if the table of bodies has the year stated."""
    return SUPPORTED if body_year("Business Council") == says("C69") else refuted("C69")


@decides("C70")
def first_zone_in_qingdao() -> str:
    """Supported if the table of bodies has two zones or more and the earliest lies in Qingdao, set up
    before printing; with a caveat if it has that one zone only; contradicted if the earliest lies
    elsewhere or came later."""
    zones = load("sco_bodies").query("type == 'project'").sort_values("year_created")
    first = zones.iloc[0]
    saw(first=first["body"], seat=first["seat"], year=int(first["year_created"]), zones=len(zones))
    if first["seat"] != "Qingdao" or first["year_created"] > PRINTED.year:
        return CONTRADICTED
    return SUPPORTED if len(zones) > 1 else CAVEAT


@decides("C91")
def secretary_general() -> str:
    """Supported if the person named held the office on the day of printing; contradicted if not."""
    return in_office("Secretary-General, SCO", "Zhang Ming")


@decides("C75")
def consensus() -> str:
    """Supported if the table of organisations gives consensus as the rule of the SCO and Art. 16 of
    the Charter has decisions without a vote; with a caveat if only one does; else contradicted."""
    rule = load("organisations").set_index("organisation").at["SCO", "decision_rule"]
    return both(rule.startswith("Consensus"), "without a vote" in clause("S-16"))


@decides("C78")
def no_bloc_no_militarisation() -> str:
    """A forecast, judged by what the tables show after printing. Contradicted if the SCO has a defence
    clause (code 1 or more) or assigned forces (code 2 or more); with a caveat if it has not, but
    set up or planned bodies for security after 2023; supported if it did not even do that."""
    rows = load("sco_bodies").query("field == 'security' and year_created > 2023")
    saw(bodies_for_security_after_2023=list(rows["body"]))
    if code("SCO", "mutual_defence") > 0 or code("SCO", "integrated_military") >= 2:
        return CONTRADICTED
    return CAVEAT if len(rows) else SUPPORTED


@decides("C79")
def largest_regional_organisation() -> str:
    """Among the organisations of the course that have a seat of their own, on the day of printing.
    Two halves: first in land area, first in population (2022). Both: supported, one: caveat."""
    rows = load("organisations").dropna(subset=["headquarters"])["organisation"]
    area = load("land_area").set_index("iso3")["area_km2"]
    people = load("country_year").query("year == 2022").set_index("iso3")["population_m"]
    inside = {name: list(states(name)) for name in rows}
    by_area = pd.Series({name: area.reindex(who).sum() / 1e6 for name, who in inside.items()})
    by_people = pd.Series({name: people.reindex(who).sum() for name, who in inside.items()})
    saw(million_km2=by_area.round(1).to_dict(), million_people=by_people.round().to_dict())
    return both(by_area.idxmax() == "SCO", by_people.idxmax() == "SCO")


@decides("C80")
def almost_40_percent_of_people() -> str:
    """'Almost' is read as up to two percentage points less than the share stated. Supported if the
    members' share of 2022 is so; with a caveat if it is up to two points more. If neither:
    inconsistent where another page has another share, else contradicted."""
    share, stated = share_of_world("population_m"), says("C80")
    saw(share_in_percent=round(share, 1))
    if stated - 2 <= share < stated:
        return SUPPORTED
    return CAVEAT if stated <= share <= stated + 2 else refuted("C80")


@decides("C81")
def more_than_30_percent_of_gdp() -> str:
    """Shares of 2022. Supported if the members exceed the share stated at market prices and at
    purchasing power; with a caveat if by one measure only. If by none: inconsistent where another
    page has another share, else contradicted."""
    nominal, ppp = sco_gdp_shares()
    stated = says("C81")
    return both(nominal > stated, ppp > stated, refuted("C81"))


RULES = {claim: re.sub(r"\s+", " ", (test.__doc__ or "").strip()) for claim, test in TESTS.items()}
