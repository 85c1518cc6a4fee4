"""Unit 1: what its page says about its own measures."""

from multipolarity.units import u01_liberal_order as u01


def test_nearer_is_more_yes_than_no():
    table = u01.roll_calls()
    assert (table.loc["United States"] == "yes").all()
    assert (table.loc["Russia"] == "no").all()
    others = table.drop(["United States", "Russia"]).dropna(how="all")
    gap = others.eq("yes").sum(axis=1) - others.eq("no").sum(axis=1)
    by_hand = {
        "United States": (gap > 0).sum(),
        "Russia": (gap < 0).sum(),
        "level": (gap == 0).sum(),
    }
    assert u01.nearer() == by_hand


def test_agendas_are_compared_on_the_same_states():
    assert u01.both_agendas().sum().nunique() == 1


def test_higher_bars_leave_nobody_out():
    assert u01.higher_bars().loc["in more than half"].sum() == sum(u01.nearer().values())


def test_later_votes_add_up_to_all_members():
    assert u01.by_question().sum(axis=1).eq(193).all()


def test_the_median_state_stays_while_one_end_moves():
    change = u01.ends_and_middle().loc[[2021, 2022]].diff().iloc[-1]
    assert abs(change["median state"]) < 0.1 < 0.5 < abs(change["Russia"])
    assert change["nearer to the US"] > 30
