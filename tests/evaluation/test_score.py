"""The figures count what they say they count."""

import copy
import json

import pytest

from matchcli.evaluation import Case, GoldError, read_cases, score
from matchcli.evaluation.names import same_name

TEXT = (
    "Al 12' segna Ferri su assist di Moro. Al 60' Bassi prende il secondo giallo. Fuori Riva, dentro Conti."
)


def gold_event(type, player, minute, quote, **others):
    return {
        "type": type,
        "team": "home",
        "player": player,
        "player2": None,
        "period": "1H" if minute < 46 else "2H",
        "minute": [minute, minute],
        "stoppage": None,
        "outcome": None,
        "qualifiers": [],
        "quote": quote,
    } | others


MATCH = {
    "home": "Portalba",
    "away": "Monteverde",
    "home_goals": 1,
    "away_goals": 0,
    "half_time": [1, 0],
    "extra_time": False,
    "shootout": None,
    "competition": None,
    "venue": None,
    "referee": None,
    "home_coach": "Mario Neri",
    "away_coach": None,
    "events": [
        gold_event("goal", "Ferri", 12, "segna Ferri", player2="Moro"),
        gold_event("second_yellow", "Bassi", 60, "Bassi prende il secondo giallo"),
        gold_event("substitution", "Conti", 70, "Fuori Riva, dentro Conti", player2="Riva"),
    ],
}


def event(type, player, minute, quote, **others):
    start = TEXT.index(quote)
    period = "1H" if minute < 46 else "2H"
    span = [start, start + len(quote)]
    return {
        "type": type,
        "team": "home",
        "player": player,
        "period": period,
        "minute": minute,
        "span": span,
    } | others


RECORD = {
    "match": {
        "home": {"name": "Portalba", "coach": "Neri"},
        "away": {"name": "Monteverde"},
        "score": {"home": 1, "away": 0, "half_time": {"home": 1, "away": 0}},
    },
    "events": [
        event("kick_off", None, 1, "Al 12'"),
        event("goal", "Ferri", 12, "segna Ferri", assist="Moro"),
        event("second_yellow", "Bassi", 60, "il secondo giallo"),
        event("substitution", "Conti", 70, "dentro Conti", player_off="Riva"),
    ],
}


def figures(change=None, records=1):
    record = copy.deepcopy(RECORD)
    if change:
        change(record)
    return score([Case("gara", TEXT, [MATCH])], {"gara": [record] * records}).figures()


def test_a_record_as_the_gold_has_it_is_perfect():
    found = figures()
    assert {
        found[name] for name in ("all_strict_f1", "key_f1", "goals_perfect", "header", "slot_assist")
    } == {1.0}


def test_a_wrong_minute_is_found_but_not_strictly_right():
    found = figures(lambda record: record["events"][1].update(minute=20))
    assert (found["goal_f1"], found["goal_strict_f1"], found["goals_perfect"]) == (1.0, 0.0, 0.0)
    assert found["slot_minute"] == pytest.approx(2 / 3, abs=1e-3)


def test_an_invented_goal_spoils_the_goals():
    invented = event("goal", "Riva", 80, "Fuori Riva")
    found = figures(lambda record: record["events"].append(invented))
    assert (found["goals_perfect"], found["goal_f1"]) == (0.0, pytest.approx(2 / 3, abs=1e-3))


def test_a_missed_event_lowers_the_recall():
    found = figures(lambda record: record["events"].pop())
    assert found["substitution_f1"] == 0.0
    assert found["all_f1"] == pytest.approx(0.8)


def test_a_straight_red_pairs_with_a_second_yellow_of_the_wrong_type():
    found = figures(lambda record: record["events"][2].update(type="red_card"))
    assert (found["all_f1"], found["slot_type"]) == (1.0, pytest.approx(2 / 3, abs=1e-3))


def test_swapped_teams_cost_the_header_and_not_the_events():
    def swap(record):
        match = record["match"]
        match["home"], match["away"] = match["away"], match["home"]
        for told in record["events"]:
            told["team"] = "away"

    found = figures(swap)
    assert (found["all_strict_f1"], found["header_home"], found["header_away"]) == (1.0, 0.0, 0.0)


def test_records_beyond_the_matches_of_the_text_are_surplus():
    assert figures(records=3)["surplus_matches"] == 2


def test_a_case_without_records_counts_as_missed():
    found = score([Case("gara", TEXT, [MATCH])], {}).figures()
    assert (found["all_f1"], found["header"], found["goals_perfect"]) == (0.0, 0.0, 0.0)


def test_mistakes_name_what_was_wanted():
    scores = score([Case("gara", TEXT, [MATCH])], {"gara": [RECORD | {"events": RECORD["events"][:2]}]})
    assert [(mistake.kind, mistake.message[:19]) for mistake in scores.mistakes] == [
        ("missed", "second_yellow Bassi"),
        ("missed", "substitution Conti "),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mario Ferri", "Ferri"), ("M. Ferri", "Mario Ferri"), ("Núñez", "Nunez"), ("D'Amico", "D’Amico")],
)
def test_forms_of_one_name_are_the_same(one, other):
    assert same_name(one, other) and same_name(other, one)


@pytest.mark.parametrize(("one", "other"), [("Mario Ferri", "Luca Ferri"), ("Ferri", None), ("FC", "AC")])
def test_different_names_are_not_the_same(one, other):
    assert not same_name(one, other)


def test_cases_are_pairs_of_text_and_gold(tmp_path):
    for name in ("b.json", "a.gold.json", "alone.json"):
        (tmp_path / name).write_text(json.dumps({"matches": [MATCH]}))
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    assert [case.name for case in read_cases(tmp_path)] == ["a", "b"]


def test_a_folder_without_gold_is_refused(tmp_path):
    with pytest.raises(GoldError, match="no gold cases"):
        read_cases(tmp_path)


def test_a_broken_gold_file_is_named(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(GoldError, match=r"a\.json: it is no gold case"):
        read_cases(tmp_path)
