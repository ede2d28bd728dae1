"""The summary: good Italian, and nothing that the record does not hold."""

from __future__ import annotations

import re

import pytest

from matchcli.record import Warning_
from matchcli.rendering.summary import summarize
from matchcli.rendering.summary.grammar import Noun, fill, score_noun, sentence, team_noun
from matchcli.rendering.summary.setting import occasion, where
from matchcli.rendering.words import LANGUAGES, load

from . import records
from .records import event, goal, record

CAST = {
    "it": {
        "when": "al 12'",
        "how": "di testa",
        "where": "a San Siro",
        "occasion": "in Champions League",
        "crowd": "12.450",
        "scorers": "Ciro Malandra (12' e 40') per l'Inter",
        "worth": "del sorpasso",
    },
    "en": {
        "when": "in the 12th minute",
        "how": "with a header",
        "where": "at San Siro",
        "occasion": "(Champions League)",
        "crowd": "12,450",
        "scorers": "Ciro Malandra (12', 40') for Inter",
        "worth": "to turn the match around",
    },
}


def cast(lang: str) -> dict[str, Noun | str]:
    inter, kairat = team_noun("Inter", lang), team_noun("Kairat Almaty", lang)
    return {
        "winner": inter,
        "loser": kairat,
        "home": inter,
        "away": kairat,
        "team": inter,
        "score": score_noun(2, 1, lang),
        "kicks": Noun("5-4"),
        "player": "Ciro Malandra",
        "keeper": "Lapo Merisi",
        "side": "(Inter)",
        "referee": "Livia Andreoni",
        "coach": "Aldo Brisighelli",
        **CAST[lang],
    }


def phrases(table: object, name: str = "") -> list[tuple[str, dict[str, str]]]:
    """Find all the phrases of a table, with their names."""
    if isinstance(table, list):
        return [
            (f"{name}:{i}", one) for i, one in enumerate(table) if isinstance(one, dict) and "text" in one
        ]
    if isinstance(table, dict):
        return [found for key, value in table.items() for found in phrases(value, f"{name}.{key}".strip("."))]
    return []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_phrase_of_the_lexicon_gives_its_example(lang):
    found = phrases(load(lang))
    assert len(found) > 60
    wrong = [
        (name, said, phrase["example"])
        for name, phrase in found
        if (said := sentence(fill(phrase["text"], cast(lang), lang)).rstrip(".")) != phrase["example"]
    ]
    assert wrong == []


def test_every_line_of_the_grammar_gives_its_example():
    for line in load("it")["grammar"]:
        assert fill(line["say"], {"name": team_noun(line["of"], "it")}, "it") == line["example"]


def test_every_venue_and_competition_of_the_lexicon_gives_its_example():
    data = load("it")
    for line in data["venues"]["examples"]:
        assert where(record([], venue=line["venue"]).match, "it") == line["example"]
    for line in data["competitions"]["examples"]:
        match = record([], competition=line.get("competition"), round=line.get("round")).match
        assert occasion(match, "it") == line["example"]


def test_both_languages_have_the_same_phrases():
    def shape(lang):
        return {name.split(":")[0] for name, _ in phrases(load(lang))} - {"goal.again"}

    assert shape("it") - {"turn.red_card.woman", "turn.second_yellow.woman"} == shape("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_label_that_the_record_can_need_is_there(lang):
    from typing import get_args

    from matchcli import record as contract

    data = load(lang)
    assert set(data["events"]) == set(get_args(contract.EventType))
    assert set(data["outcomes"]) == set(get_args(contract.Outcome))
    assert set(data["qualifiers"]) == set(get_args(contract.Qualifier))
    assert set(data["periods"]) - {"unknown"} == set(data["short_periods"]) == set(get_args(contract.Period))


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.) (?=[A-Z])", text)


@pytest.mark.parametrize("make", [records.evening, records.busy])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_to_four_sentences_each_with_a_capital_and_a_full_stop(make, lang):
    parts = sentences(summarize(make(), lang))
    assert 2 <= len(parts) <= 4
    assert all(part[0].isupper() and part.endswith(".") and not part.endswith("..") for part in parts)


def test_the_same_record_always_gives_the_same_words():
    assert summarize(records.busy()) == summarize(records.busy())


def test_different_matches_are_told_in_different_words():
    names = ["Alba", "Borea", "Cirene", "Dorada", "Egidia", "Felsina", "Gorgona", "Imera"]
    told = {
        summarize(record([], home=name, away="Zefira", score=(2, 0))).replace(name, "X") for name in names
    }
    assert len(told) >= 3


def test_a_comeback_is_told_with_scorers_times_and_the_red_card():
    said = summarize(records.evening())
    assert "rimonta" in said
    assert "Vallescura" in said and "Porto Cedrino" in said and "2-1" in said
    assert "al Comunale delle Querce" in said and "semifinale di Coppa delle Valli" in said
    assert "Bruno Saltini" in said and "12'" in said
    assert "su rigore" in said
    assert "tra il 53' e il 59'" in said and "tra il 64' e il 72'" in said
    assert "Ezio Carnevari" in said


def test_a_shootout_names_its_winner_its_kicks_and_the_score_before():
    said = summarize(records.busy())
    assert re.search("l'Olympique Sainte-Brume (batte|li vince|vince)", said, re.I)
    assert "5-4" in said and "2-2" in said and "rigori" in said


def test_no_phrase_is_used_twice_where_there_is_another():
    said = summarize(records.busy())
    assert max(said.count("rimette le cose in parità"), said.count("firma"), said.count("pareggia")) == 1


@pytest.mark.parametrize(
    ("events", "score", "words"),
    [
        ([goal("home", "A", 10, (1, 0))], (1, 0), ["decid|gol partita"]),
        ([goal("home", "A", 10, (1, 0)), goal("home", "B", 20, (2, 0))], (2, 0), ["raddoppi"]),
        ([goal("home", "A", 10, (1, 0)), goal("away", "B", 20, (1, 1))], (1, 1), ["pareggi|parità"]),
        (
            [goal("home", "A", 10, (1, 0)), goal("home", "B", 20, (2, 0)), goal("away", "C", 30, (2, 1))],
            (2, 1),
            ["accorcia"],
        ),
        (
            [goal("home", "A", 10, (1, 0)), goal("away", "B", 20, (1, 1)), goal("home", "C", 30, (2, 1))],
            (2, 1),
            ["riporta avanti|nuovo vantaggio"],
        ),
        (
            [goal("home", "A", 10, (1, 0)), goal("away", "B", 20, (1, 1)), goal("away", "C", 30, (1, 2))],
            (1, 2),
            ["sorpasso", "rimont"],
        ),
    ],
)
def test_each_goal_is_told_by_what_it_was_worth(events, score, words):
    said = summarize(record(events, score=score))
    for word in words:
        assert re.search(word, said), said


def test_a_scorer_of_two_is_told_as_such():
    said = summarize(record([goal("home", "Rui", 10, (1, 0)), goal("home", "Rui", 20, (2, 0))], score=(2, 0)))
    assert re.search("si ripete|ancora Rui|trova anche", said)


def test_an_own_goal_is_no_goal_of_its_scorer():
    own = goal("away", "Rui", 10, (0, 1), qualifiers=["own_goal"])
    assert re.search(r"autogol di Rui", summarize(record([own], score=(0, 1))))


def test_many_goals_are_listed_by_side():
    goals = [goal("home", "Rui", minute, (i + 1, 0)) for i, minute in enumerate((3, 12, 40, 41))]
    goals += [goal("away", "Bes", 50, (4, 1)), goal("away", "Ulf", 71, (4, 2), qualifiers=["penalty"])]
    said = summarize(record(goals, score=(4, 2), half_time=(4, 0)))
    assert (
        "Rui (3', 12', 40', 41') per il Vallescura; Bes (50') e Ulf (71' rig.) per il Porto Cedrino" in said
    )
    assert "4-0" in said


def test_goals_that_do_not_add_up_are_not_told_as_the_whole_story():
    said = summarize(record([goal("home", "Rui", 10, (1, 0))], score=(2, 1)))
    assert "Tra i gol: Rui (10') per il Vallescura" in said
    assert not re.search("decid|sblocca|apre|avanti", said)


def test_goals_without_a_sure_order_are_listed():
    goals = [event("goal", team="home", player="Rui"), event("goal", team="away", player="Bes")]
    said = summarize(record(goals, score=(1, 1)))
    assert "Rui per il Vallescura; Bes per il Porto Cedrino" in said
    assert not re.search("sblocca|apre|avanti|pareggi[ao] ", said.split(".", 1)[1])


def test_running_scores_that_contradict_the_order_are_not_narrated():
    goals = [goal("home", "Rui", 10, (1, 1)), goal("away", "Bes", 20, (0, 1))]
    assert not re.search("sblocca|porta avanti|apre", summarize(record(goals, score=(1, 1))))


def test_an_unknown_final_score_is_said_to_be_unknown_and_nobody_wins():
    said = summarize(record([goal("home", "Rui", 10, (1, 0))]))
    assert re.search("non è (indicato|noto)", said)
    assert "L'ultimo punteggio noto è l'1-0 per il Vallescura" in said
    assert not re.search("batte|supera|vince|pareggi|decide", said)


def test_an_abandoned_match_has_no_winner():
    abandoned = record([], score=(1, 0), warnings=[Warning_(code="match_abandoned", message="")])
    said = summarize(abandoned)
    assert "non è arrivata alla fine" in said and not re.search("batte|supera|vince|piega", said)


def test_unknown_scorers_are_not_named_and_not_passed_over():
    assert "I marcatori non sono indicati." in summarize(record([], score=(2, 1)))
    said = summarize(record([goal("home", None, 10, (1, 0))], score=(1, 0)))
    assert "None" not in said and "al 10'" in said


def test_unknown_teams_are_the_home_side_and_the_visitors():
    said = summarize(record([], home=None, away=None, score=(0, 1)))
    assert "squadra ospite" in said and "squadra di casa" in said


def test_a_wide_window_is_told_by_its_half_and_an_unknown_time_not_at_all():
    wide = event("red_card", team="home", player="Rui", period="2H", minute_range=(46, 90))
    assert "Nella ripresa" in summarize(record([wide], score=(0, 0)))
    nowhere = event("red_card", team="home", player="Rui")
    assert not re.search(r"\d'", summarize(record([nowhere], score=(0, 0))))


@pytest.mark.parametrize(
    ("minute", "words"),
    [
        (1, "al 1'"),
        (8, "all'8'"),
        (11, "all'11'"),
        (12, "al 12'"),
        (80, "all'80'"),
        (88, "all'88'"),
        (90, "al 90'"),
    ],
)
def test_minutes_take_the_preposition_that_is_spoken(minute, words):
    said = summarize(record([goal("home", "Rui", minute, (1, 0))], score=(1, 0)))
    assert words in said.lower()


def test_stoppage_time_is_told_with_its_minute():
    said = summarize(record([goal("home", "Rui", 90, (1, 0), stoppage=4)], score=(1, 0)))
    assert "al 90'+4" in said.lower()


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (event("penalty_missed", team="home", player="Rui", player2="Bes", minute=9), "par.* un rigore"),
        (event("penalty_missed", team="home", player="Rui", minute=9), "Rui (sbaglia|fallisce)"),
        (event("penalty_missed", team="home", minute=9), "il Vallescura sbaglia un rigore"),
        (event("penalty_missed", minute=9), "viene fallito un rigore"),
        (event("penalty_overturned", team="away", minute=9), "revocato un rigore al Porto Cedrino"),
        (event("penalty_overturned", team="away", minute=9, qualifiers=["var"]), "VAR"),
        (event("penalty_awarded", team="away", minute=9), "il Porto Cedrino ottiene un rigore"),
        (event("disallowed_goal", team="away", player="Rui", minute=9), "(annullato un gol a|un gol di) Rui"),
        (event("disallowed_goal", team="away", player="Rui", minute=9, qualifiers=["var"]), "VAR.* Rui"),
        (
            event("red_card", team="home", player="Rui", minute=9),
            r"(rosso per|ione di) Rui \(Vallescura\)",
        ),
        (event("red_card", minute=9), "c'è un'espulsione"),
        (
            event("second_yellow", team="home", player="Rui", minute=9),
            "(secondo g|doppia amm).*Rui",
        ),
        (event("second_yellow", team="home", minute=9), "il Vallescura ha un'espulsione per doppio giallo"),
    ],
)
def test_each_kind_of_turning_point_is_told(turn, words):
    said = summarize(record([turn], score=(0, 0)))
    assert re.search(words, said), said


def test_a_penalty_that_is_scored_is_told_once():
    events = [
        event("penalty_awarded", team="home", player="Rui", minute=30),
        goal("home", "Rui", 31, (1, 0), qualifiers=["penalty"]),
    ]
    assert summarize(record(events, score=(1, 0))).count("rigore") == 1


def test_a_penalty_that_is_scored_is_told_once_whichever_is_listed_first():
    events = [
        goal("home", "Rui", 31, (1, 0), qualifiers=["penalty"]),
        event("penalty_awarded", team="home", player="Rui", minute=31),
    ]
    assert summarize(record(events, score=(1, 0))).count("rigore") == 1
    events[1] = event("penalty_awarded", team="home", player="Rui", minute=70)
    assert summarize(record(events, score=(1, 0))).count("rigore") == 2


def test_what_would_be_told_twice_in_the_same_words_is_told_once():
    twice = [event("penalty_awarded", team="home", minute=31) for _ in range(3)]
    assert summarize(record(twice, score=(0, 0))).count("rigore") == 1
    apart = [event("disallowed_goal", team="home", player="Rui", minute=minute) for minute in (31, 60)]
    assert summarize(record(apart, score=(0, 0))).count("Rui") == 2


def test_a_goal_with_both_feet_is_told_without_either():
    given = goal("home", "Rui", 31, (1, 0), qualifiers=["left_foot", "right_foot", "long_range"])
    said = summarize(record([given], score=(1, 0)))
    assert "da fuori area" in said and "destro" not in said and "sinistro" not in said


@pytest.mark.parametrize(("lang", "words"), [("it", "non tornano con il punteggio"), ("en", "do not agree")])
def test_more_goals_than_the_score_has_are_said_not_to_agree(lang, words):
    goals = [goal("home", "Rui", 10, (1, 0)), goal("home", "Bes", 20, (2, 0))]
    assert words in summarize(record(goals, score=(1, 0)), lang)
    assert words not in summarize(record(goals, score=(2, 0)), lang)
    assert words not in summarize(record(goals, score=(3, 0)), lang)


def test_players_have_no_gender_unless_the_record_tells_it():
    red = event("red_card", team="home", player="Alex Rui", minute=9)
    assert not re.search("espuls[oa]", summarize(record([red], score=(0, 0))))
    assert "espulsa Alex Rui" in summarize(record([red], score=(0, 0), competition="Serie A Women"))


def test_a_goalless_match_tells_the_woodwork():
    shot = event("shot", team="home", player="Rui", minute=9, outcome="woodwork", qualifiers=["crossbar"])
    said = summarize(record([shot], score=(0, 0)))
    assert "Rui colpisce la traversa" in said and re.search("senza gol|0-0|reti bianche", said)


def test_plural_teams_have_plural_verbs():
    for away in ("Alba", "Borea", "Cirene", "Dorada", "Egidia", "Felsina", "Gorgona"):
        said = summarize(record([], home="Stati Uniti", away=away, score=(2, 0)))
        assert not re.search("Stati Uniti (si )?(batte|supera|vince|impone|ha|piega)\\b", said), said


def test_a_competition_that_the_lexicon_does_not_know_stands_in_brackets_at_the_end():
    for away in ("Alba", "Borea", "Cirene", "Dorada", "Egidia"):
        said = summarize(record([], away=away, score=(2, 1), competition="Regional Shield"))
        assert sentences(said)[0].endswith("(Regional Shield).")


def test_more_turning_points_than_fit_keep_the_cards():
    turns = [event("disallowed_goal", team="home", player=f"Z{i}", minute=10 + i) for i in range(6)]
    turns.append(event("red_card", team="away", player="Rui", minute=80))
    said = summarize(record(turns, score=(0, 0)))
    assert "Rui" in said and said.count("gol a") + said.count("gol di") <= 3


def test_the_summary_does_not_depend_on_what_was_left_out_of_the_events():
    whole = records.evening()
    part = whole.model_copy(update={"events": [e for e in whole.events if e.type == "goal"]})
    assert summarize(part).split(".")[0] == summarize(whole).split(".")[0]


def test_braces_in_names_stay_text():
    assert "{winner}" in summarize(record([], home="{winner}", away="{0}", score=(1, 0)))


def test_half_time_is_told_where_the_goals_are_not_told_one_by_one():
    said = summarize(record([], score=(3, 1), half_time=(2, 1)))
    assert "2-1" in said and re.search("intervallo|primo tempo", said, re.I)


def test_english():
    said = summarize(records.evening(), "en")
    assert re.search("came from behind|turned the match", said)
    assert "in the 12th minute" in said and "from the spot" in said and "at Comunale delle Querce" in said


def test_an_impossible_shootout_is_no_reason_to_name_a_winner():
    given = record([], score=(1, 1), extra_time=True, shootout=(3, 3))
    assert "rigori" not in summarize(given)


def test_the_record_itself_is_not_changed():
    given = records.busy()
    before = given.model_copy(deep=True)
    summarize(given)
    assert given == before


def test_the_score_of_an_abandoned_match_has_the_home_side_first():
    abandoned = record([], score=(0, 1), warnings=[Warning_(code="match_abandoned", message="")])
    assert "0-1" in summarize(abandoned)


def test_without_a_final_score_the_last_known_one_is_told_else_that_of_half_time():
    scored = record([goal("home", "Rui", 50, (2, 1))], half_time=(1, 1))
    assert "il 2-1 per il Vallescura" in summarize(scored) and "1-1" not in summarize(scored)
    assert "1-1" in summarize(record([], half_time=(1, 1)))
