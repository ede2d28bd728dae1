"""Fixtures named in a text, and the parting of a text into matches; all clubs are invented or stand alone."""
# ruff: noqa: E501  (lines of box scores are longer than lines of code)

from __future__ import annotations

from itertools import pairwise

import pytest

from matchcli.extraction.fixtures import Fixture, Stretch, find_fixtures, split_matches
from matchcli.extraction.fixtures.words import tables
from matchcli.reading.layout import blocks_of


def fixtures_of(text: str) -> list[Fixture]:
    return find_fixtures(text, blocks_of(text))


def only_fixture(text: str) -> Fixture:
    (fixture,) = fixtures_of(text)
    return fixture


def stretches_of(text: str) -> list[Stretch]:
    blocks = blocks_of(text)
    return split_matches(text, blocks, find_fixtures(text, blocks))


def matches_of(text: str) -> list[str]:
    """The text of each match, in order."""
    found: dict[int, str] = {}
    for stretch in stretches_of(text):
        if stretch.match is not None and stretch.role == "report":
            found[stretch.match] = found.get(stretch.match, "") + text[stretch.start : stretch.end]
    return [found[number] for number in sorted(found)]


# ------------------------------------------------------------------------------ names
@pytest.mark.parametrize(
    ("text", "home", "away", "score"),
    [
        ("Gelsi-Pioppi 3-2", "Gelsi", "Pioppi", (3, 2)),
        ("GELSI - PIOPPI: 3-2", "GELSI", "PIOPPI", (3, 2)),
        ("GELSI-PIOPPI 4-1. Prima lo spavento, poi la festa.", "GELSI", "PIOPPI", (4, 1)),
        (
            "COPPA REGIONE – Gelsi-Pioppi, minuto per minuto. La Gelsi ospita la Pioppi.",
            "Gelsi",
            "Pioppi",
            None,
        ),
        ("Serie D, Gelsi-Pioppi 0-0: due legni e nessun gol", "Gelsi", "Pioppi", (0, 0)),
        ("PRIMAVERA 3 | VIRTUS GELSI-PRO PIOPPI 3-2: CHE RIMONTA", "VIRTUS GELSI", "PRO PIOPPI", (3, 2)),
        ("Virtus Gelsi-Real Pioppi, cronaca", "Virtus Gelsi", "Real Pioppi", None),
        ("U.S. Gelsi 1921-A.C. Pioppi 0-2", "U.S. Gelsi 1921", "A.C. Pioppi", (0, 2)),
        ("Saint-Etienne-Lens 2-1", "Saint-Etienne", "Lens", (2, 1)),
        ("Paris Saint-Germain - Inter 5-0", "Paris Saint-Germain", "Inter", (5, 0)),
        ("Saint-Etienne-Paris Saint-Germain 2-1", "Saint-Etienne", "Paris Saint-Germain", (2, 1)),
        ("Bodo/Glimt-Juventus 2-3", "Bodo/Glimt", "Juventus", (2, 3)),
        ("Real Sociedad-Real Madrid 1-2", "Real Sociedad", "Real Madrid", (1, 2)),
        ("Pro Vercelli-Virtus Verona 0-0", "Pro Vercelli", "Virtus Verona", (0, 0)),
        ("Al-Hilal - Manchester City 4-3", "Al-Hilal", "Manchester City", (4, 3)),
        ("Ieri sera il tabellone diceva Fiorentina 2 Betis 2 e basta.", "Fiorentina", "Betis", (2, 2)),
        ("Milan 2-1 Inter: il derby", "Milan", "Inter", (2, 1)),
        ("Diretta Gelsi-Pioppi 2-1", "Gelsi", "Pioppi", (2, 1)),
        ("GELSI 2\nPIOPPI 1\n\nLa cronaca comincia qui.", "GELSI", "PIOPPI", (2, 1)),
        ("GELSI 2                 PIOPPI 1\n\nLa cronaca comincia qui.", "GELSI", "PIOPPI", (2, 1)),
        ("Gelsi 0 - Pioppi 3\n\nLa cronaca comincia qui.", "Gelsi", "Pioppi", (0, 3)),
        ("Gelsi-Pioppi Primavera 2-1", "Gelsi", "Pioppi", (2, 1)),
        ("Italia-Irlanda U19 0-1", "Italia", "Irlanda", (0, 1)),
        ("Finisce in parità Gelsi-Pioppi 1-1: 12' Mori, 40' Leone", "Gelsi", "Pioppi", (1, 1)),
    ],
)
def test_a_fixture_is_found_with_its_sides_and_score(
    text: str, home: str, away: str, score: tuple[int, int] | None
) -> None:
    fixture = only_fixture(text)
    assert (fixture.home, fixture.away, fixture.score) == (home, away, score)
    assert fixture.certain
    assert fixture.home_span is not None and fixture.away_span is not None
    assert text[fixture.home_span[0] : fixture.home_span[1]] == home
    assert text[fixture.away_span[0] : fixture.away_span[1]] == away
    assert text[fixture.span[0] : fixture.span[1]].startswith(home)


@pytest.mark.parametrize(
    "text",
    [
        "La squadra gioca con il 4-3-3 e non cambia mai.",
        "È finita 2-1 tra gli applausi.",
        "Ha la tenuta di chi corre la Milano-Sanremo.",
        "Stagione 2024-25, si riparte.",
        "Dal 12-14 maggio si gioca altrove.",
        "Classifica: Gelsi 19, Pioppi 17, Ontani 15.",
        "Classifica\nGelsi 9\nPioppi 7\nOntani 4\nFaggi 1",
        "Le pagelle\nBovolin 6\nZerbini 5\nOntani 7",
        "L'arbitro - come sempre - lascia correre.",
    ],
)
def test_figures_races_and_dashes_are_no_fixtures(text: str) -> None:
    assert fixtures_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "La coppia Bovolin-Zerbini fa faville davanti.",
        "Il terzino De Blasi-Conti accorcia di testa.",
    ],
)
def test_two_surnames_with_a_hyphen_are_uncertain(text: str) -> None:
    assert all(not fixture.certain for fixture in fixtures_of(text))


def test_unknown_clubs_are_certain_once_the_text_calls_them_clubs() -> None:
    assert only_fixture(
        "Ontanese-Fiumarella, quanti rimpianti\n\nLa Ontanese ci ha provato fino alla fine, invano."
    ).certain


# ------------------------------------------------------------------------------ what follows the score
@pytest.mark.parametrize(
    ("text", "score", "half_time", "shootout", "extra_time", "after_penalties"),
    [
        ("Gelsi-Pioppi 2-1 (1-0)", (2, 1), (1, 0), None, False, None),
        ("Gelsi-Pioppi 2-1 (p.t. 1-0)", (2, 1), (1, 0), None, False, None),
        ("Gelsi-Pioppi 2-1 (primo tempo 1-0)", (2, 1), (1, 0), None, False, None),
        ("Gelsi-Pioppi 2-1 (1-0 pt)", (2, 1), (1, 0), None, False, None),
        ("Gelsi-Pioppi 2-1 dts", (2, 1), None, None, True, None),
        ("Gelsi-Pioppi 1-1 (d.t.s.)", (1, 1), None, None, True, None),
        ("Gelsi-Pioppi 2-1 dopo i supplementari", (2, 1), None, None, True, None),
        ("Gelsi-Pioppi 1-1 (4-3 dcr)", (1, 1), None, (4, 3), False, None),
        ("Gelsi-Pioppi 1-1 (5-4 ai rigori)", (1, 1), None, (5, 4), False, None),
        ("Gelsi-Pioppi 6-5 d.c.r.", None, None, None, False, (6, 5)),
        ("Gelsi-Pioppi 8-7 dopo i rigori", None, None, None, False, (8, 7)),
        ("Riposo: Gelsi-Pioppi 1-0.", None, (1, 0), None, False, None),
    ],
)
def test_the_words_after_the_score_are_understood(
    text: str,
    score: tuple[int, int] | None,
    half_time: tuple[int, int] | None,
    shootout: tuple[int, int] | None,
    extra_time: bool,
    after_penalties: tuple[int, int] | None,
) -> None:
    fixture = only_fixture(text)
    assert (fixture.score, fixture.half_time, fixture.shootout) == (score, half_time, shootout)
    assert (fixture.extra_time, fixture.after_penalties) == (extra_time, after_penalties)


def test_a_bare_final_score_has_no_sides() -> None:
    fixture = only_fixture("Finale 3-1")
    assert (fixture.home, fixture.away, fixture.score, fixture.certain) == (None, None, (3, 1), False)


# ------------------------------------------------------------------------------ splitting
STORY = "La partita si accende al 12' con il gol di {0}, poi al 40' {1} colpisce il palo e al 70' {2} chiude i conti davanti a tutti."


def test_headings_with_a_story_each_are_matches_of_their_own() -> None:
    text = (
        "Promozione, le partite della domenica\n\n"
        "GELSI-PIOPPI 2-1\n" + STORY.format("Bini", "Corsi", "Dotti") + "\n\n"
        "ONTANI-FAGGI 0-0\n" + STORY.format("Elmi", "Fani", "Galli") + "\n"
    )
    parts = matches_of(text)
    assert len(parts) == 2
    assert parts[0].startswith("GELSI-PIOPPI") and "Galli" not in parts[0]
    assert parts[1].startswith("ONTANI-FAGGI") and "Bini" not in parts[1]


def test_paragraphs_that_begin_with_a_fixture_are_matches_of_their_own() -> None:
    text = (
        "Promozione, le altre\n\n"
        "GELSI-PIOPPI 2-1. " + STORY.format("Bini", "Corsi", "Dotti") + "\n\n"
        "ONTANI-FAGGI 0-0. " + STORY.format("Elmi", "Fani", "Galli") + "\n"
    )
    assert len(matches_of(text)) == 2


def test_a_round_up_in_paragraphs_without_headings_is_parted() -> None:
    text = (
        "Serie D, undicesima giornata: vola la Gelsi\n\n"
        "Due a zero senza storia: la Gelsi liquida la Pioppi con Bini al 12' e Corsi al 40', e al 70' Dotti sfiora il terzo gol davanti a tutti.\n\n"
        "Chi non si ferma è la Ontanese, che sul campo della Faggeta vince 3-1: apre Elmi al 5', raddoppia Fani al 33', chiude Galli al 90'.\n\n"
        "Classifica: Gelsi 20, Ontanese 19, Faggeta 11."
    )
    parts = matches_of(text)
    assert len(parts) == 2
    assert "Bini" in parts[0] and "Elmi" in parts[1]
    assert stretches_of(text)[-1].match is None


def test_agency_copy_with_two_matches_in_one_paragraph_is_parted_at_the_sentence() -> None:
    text = (
        "Calcio: Coppa, Parma e Cagliari passano il turno\n\n"
        "Nessuna sorpresa nelle due gare della sera. Il Parma piega il Pescara per tre reti a una (12' pt Bini, 29' pt Corsi, "
        "7' st Dotti, 40' st Elmi): bella gara. Stesso punteggio a Cagliari, dove il Cagliari supera la Virtus Entella "
        "(5' pt Fani, 28' pt Galli, 19' st Lusi, 45' st Mori). Nel prossimo turno il Parma trova lo Spezia."
    )
    stretches = stretches_of(text)
    assert [stretch.match for stretch in stretches] == [None, 0, 1, None]
    assert text[stretches[2].start :].startswith("Stesso punteggio")
    assert text[stretches[3].start :].startswith("Nel prossimo turno")


def test_a_draw_and_its_replay_are_two_matches() -> None:
    text = (
        "La semifinale\n\nSi giocò due volte.\n\n"
        "Gelsi-Pioppi 1-1 (d.t.s.)\n\n" + STORY.format("Bini", "Corsi", "Dotti") + "\n\n"
        "La ripetizione: Gelsi-Pioppi 1-0\n\n" + STORY.format("Elmi", "Fani", "Galli")
    )
    parts = matches_of(text)
    assert len(parts) == 2
    assert parts[1].startswith("La ripetizione")


def test_the_other_match_counts_where_the_title_names_one_of_its_clubs() -> None:
    text = (
        "Coppa, Parma e Cagliari in semifinale\n\n"
        "Il Parma piega il Pescara per 2-0 con i gol di Bini al 12' e Corsi al 70', davanti a undicimila persone.\n\n"
        "Nell'altra gara il Cagliari batte per 3-1 la Virtus Entella: Fani al 5', Galli al 28', Lusi al 64' e Mori al 90'."
    )
    assert len(matches_of(text)) == 2


def test_a_title_with_two_fixtures_gives_each_to_its_paragraph() -> None:
    text = (
        "Inter-Milan 1-1 e Roma-Lazio 2-0: che sabato\n\n"
        "Il derby finisce in parità. L'Inter passa al 12' con Bini, il Milan la riprende al 90' con Corsi: 1-1 e applausi.\n\n"
        "Festeggia invece la Roma, che piega la Lazio per 2-0: Elmi al 5' e Fani al 70' firmano il successo davanti a tutti."
    )
    fixtures = [stretch.fixture for stretch in stretches_of(text) if stretch.match is not None]
    assert [(f.home, f.away, f.score) for f in fixtures if f is not None] == [
        ("Inter", "Milan", (1, 1)),
        ("Roma", "Lazio", (2, 0)),
    ]


def test_a_surname_with_a_hyphen_does_not_hide_the_heading_of_a_story() -> None:
    text = (
        "Promozione, le altre\n\n"
        "GELSI-PIOPPI 2-1. Decide Milani-Costa. " + STORY.format("Bini", "Corsi", "Dotti") + "\n\n"
        "ONTANI-FAGGI 0-0. " + STORY.format("Elmi", "Fani", "Galli") + "\n"
    )
    assert len(matches_of(text)) == 2


def test_reporters_from_several_grounds_are_followed_turn_by_turn() -> None:
    text = "\n\n".join(
        [
            "Tutto il calcio del sabato, voce per voce",
            "STUDIO Due campi collegati, Virtus Gelsi-Real Pioppi e Atletico Ontani-Pro Faggi. Partiamo.",
            "CORTI Qui Virtus Gelsi e Real Pioppi ancora zero a zero.",
            "MARINI Gol della Atletico Ontani, undicesimo minuto: Elmi di testa.",
            "CORTI Traversa di Bini, ventesimo.",
            "MARINI Ammonito Fani della Pro Faggi.",
            "STUDIO Intervallo. Riprendiamo.",
            "CORTI Vantaggio della Virtus Gelsi, segna Corsi.",
            "MARINI Finita qui, vince la Atletico Ontani.",
            "STUDIO Grazie a tutti.",
        ]
    )
    parts = matches_of(text)
    assert len(parts) == 2
    assert "Bini" in parts[0] and "Elmi" not in parts[0]


@pytest.mark.parametrize(
    "text",
    [
        # The box score repeats the fixture of the title, with fuller names and a half-time score.
        "Gelsi-Pioppi 2-1, che finale\n\n" + STORY.format("Bini", "Corsi", "Dotti") + "\n\nU.S. GELSI-PIOPPI CALCIO 2-1 (1-0)\nMarcatori: 12' Bini, 70' Dotti, 80' Neri.",
        # Half-time and final score of a live text.
        "Gelsi-Pioppi 1-2: la diretta\n\n12' Gol di Bini.\n\nRiposo: Gelsi-Pioppi 1-0.\n\n57' Pari di Corsi.\n\n90' Gol di Dotti.",
        # A first leg and a tie of the other half of the draw, told in passing.
        "Gelsi-Pioppi 2-1, si va in finale\n\n" + STORY.format("Bini", "Corsi", "Dotti") + "\n\nAll'andata era finita 2-2, con le reti di Elmi e Fani. "
        "Nell'altra semifinale la Ontani ha battuto la Faggi per 3-0 al 90' con Galli.",
        # Other results under a heading.
        "Gelsi-Pioppi 2-1, che finale\n\n" + STORY.format("Bini", "Corsi", "Dotti") + "\n\nALTRI RISULTATI\nOntani-Faggi 2-0\nBetulle-Cedri 1-1\n\nClassifica: Gelsi 20, Ontani 19.",
        # Results as bare lines.
        "Gelsi-Pioppi 2-1, che finale\n\n" + STORY.format("Bini", "Corsi", "Dotti") + "\n\nOntani-Faggi 2-0\nBetulle-Cedri 1-1\nLarici-Salici 3-3\n\nLa classifica vede ora la Gelsi al comando con venti punti, seguita a una lunghezza dagli Ontani e dalle altre.",
        # Two other matches told in passing, under a title that names no match.
        "Bini, che tripletta\n\nLa Gelsi travolge la Pioppi per 3-0: Bini segna al 12', al 40' e al 70', il resto è festa e cori sotto la curva.\n\n"
        "Negli altri incontri la Ontani supera per 2-0 la Faggi con Elmi al 5' e Fani al 60', mentre la Betulle e la Cedri fanno 1-1.",
        # A goal from another ground in a live text.
        "Gelsi-Pioppi 2-1: la diretta\n\n12' Gol di Bini, uno a zero.\n\nOntani-Faggi 1-0. Notizie dagli altri campi: ha segnato Elmi, e questo cambia la classifica in testa per tutti.\n\n"
        "57' Pari di Leone, uno a uno e tutto da rifare.\n\n90' Gol di Dotti.",
        # A preview of the next match.
        "Gelsi-Pioppi 2-1, che finale\n\n" + STORY.format("Bini", "Corsi", "Dotti") + "\n\nOra la testa va a Gelsi-Ontani di domenica, con Mori squalificato dopo il rosso al 90'.",
        # A column without a fixture.
        "Il coraggio che serve\n\n" + STORY.format("Bini", "Corsi", "Dotti") + "\n\nUn anno fa, qui, la Gelsi ne prese quattro dalla Ontani: 4-0, e tutti a casa.",
    ],
)  # fmt: skip
def test_a_single_match_stays_whole(text: str) -> None:
    assert {stretch.match for stretch in stretches_of(text)} <= {0, None}
    assert len(matches_of(text)) == 1


def test_interviews_and_fixtures_to_come_are_asides_of_the_match() -> None:
    text = (
        "Gelsi, basta Bini: 1-0 alla Pioppi\n\n" + STORY.format("Bini", "Corsi", "Dotti") + "\n\n"
        "LE VOCI\n«Abbiamo sofferto il giusto», dice il tecnico.\n\n"
        "PROSSIMO TURNO\nSabato il derby di Borgo. L'ultimo finì 2-2 con gol di Galli al 90'."
    )
    assert [(stretch.role, stretch.match) for stretch in stretches_of(text)] == [("report", 0), ("aside", 0)]


def test_the_box_score_after_the_interviews_is_of_the_report_again() -> None:
    text = (
        "Gelsi, basta Bini: 1-0 alla Pioppi\n\n" + STORY.format("Bini", "Corsi", "Dotti") + "\n\n"
        "LE VOCI\n«Abbiamo sofferto il giusto», dice il tecnico.\n\n"
        "GELSI: Asti, Bini, Corsi, Dotti, Elmi, Fani, Galli, Lusi, Mori, Neri, Orsi. All. Pozzi.\n"
        "PIOPPI: Abate, Basile, Cimino, Donati, Esposto, Ferro, Gallo, Iacono, Leone, Marra, Nardi. All. Quadri.\n"
        "RETE: 12' Bini."
    )
    stretches = stretches_of(text)
    assert [(stretch.role, stretch.match) for stretch in stretches] == [
        ("report", 0),
        ("aside", 0),
        ("report", 0),
    ]
    assert text[stretches[2].start :].startswith("GELSI:")


def test_results_under_other_results_stay_asides() -> None:
    text = (
        "Coppa, la serata\n\nGIRONE A\nGELSI-PIOPPI 2-1\n" + STORY.format("Bini", "Corsi", "Dotti") + "\n\n"
        "GIRONE B\nONTANI-FAGGI 0-0\n" + STORY.format("Elmi", "Fani", "Galli") + "\n\n"
        "GLI ALTRI RISULTATI\nBetulle-Cedri 4-0\nLarici-Salici 2-1\n"
    )
    stretches = stretches_of(text)
    assert [stretch.match for stretch in stretches] == [None, 0, 1, None]
    assert text[stretches[2].start :].startswith("GIRONE B")


def test_the_stretches_cover_the_text_without_gaps() -> None:
    text = (
        "Promozione, le altre\n\nGELSI-PIOPPI 2-1. " + STORY.format("Bini", "Corsi", "Dotti") + "\n\n"
        "ONTANI-FAGGI 0-0. " + STORY.format("Elmi", "Fani", "Galli") + "\n"
    )
    stretches = stretches_of(text)
    assert stretches[0].start == 0 and stretches[-1].end == len(text)
    assert all(one.end == other.start for one, other in pairwise(stretches))


def test_a_text_without_blocks_is_one_stretch() -> None:
    assert split_matches("", [], []) == [Stretch(0, 0, "report", 0)]


# ------------------------------------------------------------------------------ lexicon
def _example(table: str) -> str:
    return str(tables()[table]["example"])


@pytest.mark.parametrize("table", ["extra_time", "shootout", "half_time", "final"])
def test_the_examples_of_words_after_a_score_change_what_is_read(table: str) -> None:
    fixture = only_fixture(_example(table))
    told = {
        "extra_time": fixture.extra_time,
        "shootout": fixture.shootout == (4, 3),
        "half_time": fixture.half_time == (1, 0),
        "final": fixture.score == (3, 1) and fixture.home is None,
    }
    assert told[table]


@pytest.mark.parametrize("table", ["before_name", "hyphen_inside", "club_word", "particles", "kind_of_side"])
def test_the_examples_of_name_words_give_one_certain_fixture(table: str) -> None:
    fixture = only_fixture(_example(table))
    assert fixture.certain
    assert fixture.home in ("Gelsi", "Saint-Etienne", "Fortitudo Gelsi")


def test_the_example_of_names_that_are_no_clubs_gives_no_fixture() -> None:
    assert fixtures_of(_example("no_club")) == []


@pytest.mark.parametrize(
    "table", ["aside_heading", "aside_sentence", "elsewhere", "roundup", "same_score", "no_goals", "replay"]
)
def test_the_examples_of_splitting_words_hold_one_of_the_words(table: str) -> None:
    from matchcli.extraction.fixtures.words import fixture_words

    assert getattr(fixture_words(), table).search(_example(table)) is not None
