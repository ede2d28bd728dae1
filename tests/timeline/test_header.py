"""The header of a match: coaches, referee, result, competition, ground."""

import re
import tomllib
from importlib.resources import files

import pytest

from matchcli.language.annotate import Annotator
from matchcli.language.models import find_models
from matchcli.reading.reader import read
from matchcli.timeline.build import build
from matchcli.timeline.result import tells, words
from matchcli.timeline.staff import staff_entries, staff_phrases, without_section

TITLE = "Parma-Torino 2-1\n\n"
ANNOTATOR = Annotator(find_models("bundled"))


@pytest.fixture
def header_of(tmp_path):
    """The header that the whole program reads from a text."""

    def make(text: str):
        path = tmp_path / "report.txt"
        path.write_text(text, encoding="utf-8")
        report = read(path, path=str(path))
        records = build(report, ANNOTATOR.annotate([report])[0])
        assert len(records) == 1
        return records[0].match

    return make


# --- the lexicon

EXAMPLES = [
    pytest.param(entry["tells"], example["text"], name, id=example["text"])
    for entry in staff_entries()
    for example in entry["examples"]
    for name in example["names"]
]


@pytest.mark.parametrize(("office", "sentence", "name"), EXAMPLES)
def test_every_phrase_of_the_lexicon_tells_its_coach_or_referee(header_of, office, sentence, name):
    match = header_of(TITLE + sentence)
    told = match.referee if office == "referee" else match.home.coach or match.away.coach
    assert told == name


def test_all_phrases_of_the_lexicon_can_be_read():
    assert len(staff_phrases()) > 100


RESULT_TABLES = [name for name in words() if name != "extra_time"]


@pytest.mark.parametrize("table", RESULT_TABLES)
def test_every_table_of_expressions_fits_its_example(table):
    lexicon = tomllib.loads((files("matchcli.lexicon") / "header.toml").read_text(encoding="utf-8"))
    example = lexicon[table]["example"].lower()
    figures = re.search(r"\d-\d", example)
    before, after = (example[: figures.start()], example[figures.end() :]) if figures else (example, example)
    assert tells(table, before, after, near=example)


# --- coaches


def test_a_club_before_the_name_tells_the_coachs_side(header_of):
    match = header_of(TITLE + "Il Torino di Marco Fontanesi parte forte. I ducali di Bertagna reagiscono.")
    assert (match.home.coach, match.away.coach) == ("Bertagna", "Marco Fontanesi")


def test_the_coach_left_over_belongs_to_the_side_left_over(header_of):
    match = header_of(TITLE + "Il Torino di Fontanesi parte forte. Poi mister Bertagna corre ai ripari.")
    assert (match.home.coach, match.away.coach) == ("Bertagna", "Fontanesi")


def test_the_first_letter_of_a_side_after_a_coach_tells_his_side(header_of):
    match = header_of(TITLE + "Il Parma rimonta e passa. In panchina Fontanesi (T) e Bertagna (P).")
    assert (match.home.coach, match.away.coach) == ("Bertagna", "Fontanesi")


def test_who_scores_is_no_coach(header_of):
    match = header_of(TITLE + "Al 12' segna Olivari di testa. Al 30' raddoppia Olivari su rigore.")
    assert match.home.coach is None and match.away.coach is None


def test_a_coach_in_an_interview_counts(header_of):
    text = TITLE + (
        "Il Parma di Fontanesi vince in rimonta.\n\nLE INTERVISTE\n\n"
        "Sereno il tecnico di casa. Meno il collega Bertagna: «Meritavamo il pari»."
    )
    match = header_of(text)
    assert (match.home.coach, match.away.coach) == ("Fontanesi", "Bertagna")


# --- referee


def test_the_referee_is_told_by_what_he_does_and_not_by_who_fouls(header_of):
    match = header_of(TITLE + "Al 20' Olivari atterra Bertagna in area, Sormani indica il dischetto.")
    assert match.referee == "Sormani"


def test_a_name_in_commas_after_the_referee_is_his(header_of):
    match = header_of(TITLE + "L'arbitro, il belga Louis Vermast, convalida la rete dopo un lungo colloquio.")
    assert match.referee == "Louis Vermast"


def test_the_referees_section_is_no_part_of_his_name():
    assert without_section("Sormani di Lecco") == "Sormani"
    assert without_section("Sormani") == "Sormani"


# --- the result

PROSE = "Il Parma ospita il Torino al Tardini. {}"


@pytest.mark.parametrize(
    ("sentence", "score"),
    [
        ("È finita 2-3 dopo una gara bellissima.", (2, 3)),
        ("Il Torino vince 3-0 e respira.", (0, 3)),
        ("Il Parma piega il Torino per tre reti a una.", (3, 1)),
        ("Il Torino cade 2-0 e resta in fondo.", (2, 0)),
        ("Finisce zero a zero.", (0, 0)),
        ("Parma 2, Torino 2.", (2, 2)),
        ("All'andata era finita 4-0. Stavolta finisce 1-1.", (1, 1)),
        ("La nebbia ferma tutto: gara sospesa sul 2-1.", (2, 1)),
    ],
)
def test_the_final_score_is_told_in_prose(header_of, sentence, score):
    match = header_of(PROSE.format(sentence))
    assert (match.score.home, match.score.away) == score


def test_the_half_time_score_is_told_by_the_way_to_the_dressing_rooms(header_of):
    match = header_of(TITLE + "Si va al riposo sull'1-0 tra gli applausi.")
    assert match.score.half_time is not None
    assert (match.score.half_time.home, match.score.half_time.away) == (1, 0)


def test_a_score_of_the_shoot_out_is_not_the_score_of_the_match(header_of):
    text = "Coppa Italia, Parma-Torino al Tardini\n\nAl novantesimo è 1-1. Il Torino passa ai rigori 5-4."
    match = header_of(text)
    assert match.score.shootout is not None
    assert (match.score.shootout.home, match.score.shootout.away) == (4, 5)
    assert (match.score.home, match.score.away) == (1, 1)


def test_extra_time_is_told(header_of):
    assert header_of(TITLE + "Decide tutto un episodio nei supplementari.").score.extra_time
    assert not header_of(TITLE + "Niente supplementari, decide tutto un episodio.").score.extra_time


# --- competition and ground


def test_the_competition_of_the_headline_beats_others(header_of):
    text = "Coppa Italia, Parma-Torino 2-1\n\nIl Torino torna in Serie A sabato. In Serie A è ottavo."
    match = header_of(text)
    assert match.competition == "Coppa Italia"


def test_a_competition_opens_its_line_as_a_dateline(header_of):
    assert header_of("Parma-Torino 2-1\n\nPROMOZIONE - Una gara vibrante.").competition == "Promozione"


def test_the_competition_has_the_fullest_form_of_the_text(header_of):
    match = header_of("Parma-Torino 2-1\n\nLa gara di Serie C girone B ha poco da dire. La Serie C riposa.")
    assert match.competition == "Serie C girone B"


def test_an_unknown_ground_is_read_after_its_preposition(header_of):
    assert header_of(TITLE + "Al Fontanile di Borgonuovo non passa nessuno.").venue == "Fontanile"


def test_the_ground_of_another_match_is_passed_over(header_of):
    assert (
        header_of(TITLE + "All'andata, a Marassi, finì senza reti. Sabato si va al Ferraris.").venue is None
    )
