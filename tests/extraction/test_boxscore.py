"""Box scores in the formats of Italian reports; all clubs and players are invented."""
# ruff: noqa: E501  (lines of box scores are longer than lines of code)

from __future__ import annotations

import pytest

from matchcli.extraction.boxscore.vocabulary import tables

from .box_notation import minute_notation, read_box, told

GELSI = "GELSI: Asti; Bini, Corsi, Dotti, Elmi; Fani, Galli, Lusi; Mori, Neri, Orsi. All. Pozzi."
PIOPPI = (
    "PIOPPI: Abate; Basile, Cimino, Donati, Esposto; Ferro, Gallo, Iacono; Leone, Marra, Nardi. All. Quadri."
)
BOTH = f"{GELSI}\n{PIOPPI}\n"
TITLE = "Gelsi-Pioppi 2-1, la cronaca\n\n"


def line_up_with(words: str) -> str:
    """The Gelsi's line-up with its last player and what stands beside him."""
    return GELSI.replace("Orsi.", f"{words}.") + "\n" + PIOPPI


# ------------------------------------------------------------------------------ substitutions in a line-up
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Orsi (66' Pozzi)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (dal 66' Pozzi)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (66' Pozzi L.)", ["substitution 0 Pozzi L. 66 / Orsi"]),
        ("Orsi (21' st Pozzi)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (21'st Pozzi)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (dal 21' s.t. Pozzi)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (21st Pozzi)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (st 21' Pozzi)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi [dal 66' Pozzi]", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (1' st Pozzi)", ["substitution 0 Pozzi 46 / Orsi"]),
        ("Orsi (46' Pozzi)", ["substitution 0 Pozzi 46 / Orsi"]),
        ("Orsi (35' pt Pozzi)", ["substitution 0 Pozzi 35 / Orsi"]),
        ("Orsi (45'+2' pt Pozzi)", ["substitution 0 Pozzi 45+2 / Orsi"]),
        ("Orsi (47' st Pozzi)", ["substitution 0 Pozzi 90+2 / Orsi"]),
        ("Orsi (90'+1 Pozzi)", ["substitution 0 Pozzi 90+1 / Orsi"]),
        ("Orsi (66 Pozzi)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (Pozzi 66')", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (Pozzi dal 66')", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi 5,5 (66' Pozzi 6)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi 5.5 (dal 21' st Pozzi sv)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (66' Pozzi 6,5) 5", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi dal 66' Pozzi", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (66' De Santis)", ["substitution 0 De Santis 66 / Orsi"]),
        ("Orsi (66' D'Elia)", ["substitution 0 D'Elia 66 / Orsi"]),
        ("Orsi (66' Lo Duca-Milani)", ["substitution 0 Lo Duca-Milani 66 / Orsi"]),
        (
            "Orsi (46' Pozzi, 80' Quadri)",
            ["substitution 0 Pozzi 46 / Orsi", "substitution 0 Quadri 80 / Pozzi"],
        ),
        (
            "Orsi (1' st Pozzi; 35' st Quadri)",
            ["substitution 0 Pozzi 46 / Orsi", "substitution 0 Quadri 80 / Pozzi"],
        ),
        (
            "Orsi (46' Pozzi (80' Quadri))",
            ["substitution 0 Pozzi 46 / Orsi", "substitution 0 Quadri 80 / Pozzi"],
        ),
        ("Orsi (C) (66' Pozzi)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (66’ Pozzi)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (66′ Pozzi)", ["substitution 0 Pozzi 66 / Orsi"]),
        ("Orsi (C)", []),
        ("Orsi (cap.)", []),
        ("Orsi (2005)", []),
        ("Orsi 6,5", []),
    ],
)
def test_a_bracket_beside_a_name_in_a_line_up_is_a_substitution(words: str, expected: list[str]) -> None:
    assert told(line_up_with(words)) == expected


def test_the_substitution_keeps_its_exact_words() -> None:
    text = line_up_with("Orsi 5,5 (dal 21' st Pozzi sv)")
    box = read_box(text)
    assert box is not None
    (entry,) = box.entries
    assert text[entry.span[0] : entry.span[1]] == "Orsi 5,5 (dal 21' st Pozzi sv)"


def test_who_comes_on_stands_among_the_players_but_is_no_starter() -> None:
    box = read_box(line_up_with("Orsi (66' Pozzi)"))
    assert box is not None
    assert [p.name for p in box.teams[0].players if not p.starter] == ["Pozzi"]
    assert sum(p.starter for p in box.teams[0].players) == 11


# ------------------------------------------------------------------------------ line-ups
@pytest.mark.parametrize(
    "line",
    [
        "GELSI (4-3-3): Asti; Bini, Corsi, Dotti, Elmi; Fani, Galli, Lusi; Mori, Neri, Orsi. All. Pozzi",
        "Gelsi (4-3-3): Asti 6; Bini 6,5, Corsi 5.5, Dotti 6, Elmi 7; Fani 6, Galli sv, Lusi 6; Mori 6, Neri 6½, Orsi 5. All.: Pozzi 6",
        "Gelsi: 1 Asti, 2 Bini, 3 Corsi, 4 Dotti, 5 Elmi, 6 Fani, 7 Galli, 8 Lusi, 9 Mori, 10 Neri, 11 Orsi. Allenatore: Pozzi",
        "GELSI: 1 Asti 2 Bini 3 Corsi 4 Dotti 5 Elmi 6 Fani 7 Galli 8 Lusi 9 Mori 10 Neri 11 Orsi. All. Pozzi",
        "GELSI: ASTI, BINI, CORSI, DOTTI, ELMI, FANI, GALLI, LUSI, MORI, NERI, ORSI. ALL. POZZI.",
        "U.S. GELSI 4-3-3: Asti - Bini, Corsi, Dotti, Elmi - Fani, Galli, Lusi - Mori, Neri, Orsi. Allenatore Pozzi.",
        "Formazione Gelsi: Asti, Bini, Corsi, Dotti, Elmi, Fani, Galli, Lusi, Mori, Neri e Orsi. Allenatrice: Pozzi",
        "GELSI (4-3-3) Asti; Bini, Corsi, Dotti, Elmi; Fani, Galli, Lusi; Mori, Neri, Orsi. A disp.: Ricci, Sala. All. Pozzi",
        "GELSI: Asti, Bini, Corsi, Dotti, Elmi,\nFani, Galli, Lusi, Mori, Neri, Orsi.\nA disposizione: Ricci, Sala.\nAll. Pozzi.",
        "GELSI (4-3-3)\nAsti\nBini\nCorsi\nDotti\nElmi\nFani\nGalli\nLusi\nMori\nNeri\nOrsi\nAll. Pozzi",
        "GELSI (4-3-3): Asti (p); Bini (C), Corsi, Dotti, Elmi (vc); Fani, Galli, Lusi; Mori, Neri, Orsi. All. sig. Pozzi",
        "GELSI: 1. Asti, 2. Bini, 3. Corsi, 4. Dotti, 5. Elmi, 6. Fani, 7. Galli, 8. Lusi, 9. Mori, 10. Neri, 11. Orsi. Mister: Pozzi",
    ],
)
def test_a_line_up_gives_its_eleven_and_its_coach_in_every_layout(line: str) -> None:
    box = read_box(f"{line}\n")
    assert box is not None
    team = box.teams[0]
    assert "gelsi" in (team.name or "").lower()
    assert [p.name for p in team.players if p.starter] == [
        "Asti", "Bini", "Corsi", "Dotti", "Elmi", "Fani", "Galli", "Lusi", "Mori", "Neri", "Orsi",
    ]  # fmt: skip
    assert team.coach == "Pozzi"


def test_both_line_ups_in_one_paragraph_are_told_apart() -> None:
    box = read_box(f"{GELSI} {PIOPPI} Arbitro: Rovere di Borgo. Reti: 12' Leone, 40' Mori.")
    assert box is not None
    assert [(team.name, team.coach, len(team.players)) for team in box.teams] == [
        ("Gelsi", "Pozzi", 11),
        ("Pioppi", "Quadri", 11),
    ]
    assert box.referee == "Rovere"


def test_shirt_numbers_are_kept() -> None:
    box = read_box(
        "Gelsi: 1 Asti, 22 Bini, 3 Corsi, 4 Dotti, 5 Elmi, 6 Fani, 7 Galli, 8 Lusi, 9 Mori, 10 Neri, 11 Orsi."
    )
    assert box is not None
    assert [(p.name, p.number) for p in box.teams[0].players[:2]] == [("Asti", 1), ("Bini", 22)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("DE LUCA", "De Luca"),
        ("D'AMICO", "D'Amico"),
        ("Greco A.", "Greco A."),
        ("GRECO A.", "Greco A."),
        ("N. Farina", "N. Farina"),
        ("Milani-Costa", "Milani-Costa"),
        ("MILANI-COSTA", "Milani-Costa"),
        ("Ødegren", "Ødegren"),
        ("Şahinoğlu", "Şahinoğlu"),
        ("van der Moor", "van der Moor"),
        ("Lo Duca", "Lo Duca"),
        ("N'Dolo", "N'Dolo"),
        ("Dal Prà", "Dal Prà"),
        ("NICOLO'", "Nicolò"),
        ("Campo", "Campo"),
        ("Costa Jr.", "Costa Jr."),
    ],
)
def test_names_are_read_whole_and_in_normal_case(written: str, name: str) -> None:
    box = read_box(GELSI.replace("Corsi", written))
    assert box is not None
    assert box.teams[0].players[2].name == name


def test_the_bench_is_no_starter_and_goes_with_its_side() -> None:
    box = read_box(GELSI.replace("All. Pozzi.", "A disp.: Ricci, Sala, Tosi. All. Pozzi.") + "\n" + PIOPPI)
    assert box is not None
    assert [p.name for p in box.teams[0].players if not p.starter] == ["Ricci", "Sala", "Tosi"]
    assert box.teams[0].coach == "Pozzi"


def test_a_bracket_of_names_after_the_players_is_the_bench() -> None:
    box = read_box(GELSI.replace("Orsi.", "Orsi. (Ricci, Sala, Tosi)."))
    assert box is not None
    assert [p.name for p in box.teams[0].players if not p.starter] == ["Ricci", "Sala", "Tosi"]


def test_an_abbreviation_belongs_to_the_clubs_name() -> None:
    box = read_box(GELSI.replace("GELSI", "POL. GELSI"))
    assert box is not None
    assert box.teams[0].name == "Pol. Gelsi"


def test_minutes_alone_on_both_sides_of_the_bench_make_a_substitution() -> None:
    text = GELSI.replace("Orsi.", "Orsi (60'). A disp.: Ricci (60'), Sala.")
    assert told(text) == ["substitution 0 Ricci 60 / Orsi"]


def test_prose_with_a_colon_is_no_line_up() -> None:
    text = (
        "Minuto 14: Bini scova un corridoio alle spalle di Corsi, Dotti ci si tuffa, salta Elmi e deposita in porta. "
        "La replica di Fani, Galli e Lusi è tutta in un tiro di Mori che Neri respinge, poi Orsi calcia alto."
    )
    assert read_box(text) is None


# ------------------------------------------------------------------------------ lists of substitutions
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Sostituzioni: 46' Ricci per Orsi, 60' Sala per Mori.", ["Ricci 46 / Orsi", "Sala 60 / Mori"]),
        ("Cambi: 1' st Ricci per Orsi; 15' st Sala per Mori.", ["Ricci 46 / Orsi", "Sala 60 / Mori"]),
        ("Sostituzioni: Ricci per Orsi al 46', Sala per Mori al 60'.", ["Ricci 46 / Orsi", "Sala 60 / Mori"]),
        ("Cambi: Orsi ↔ Ricci 46', Mori ↔ Sala 60'.", ["Ricci 46 / Orsi", "Sala 60 / Mori"]),
        ("Cambi: Ricci ↔ Orsi 46'.", ["Ricci 46 / Orsi"]),
        ("Cambi: 46' ↑Ricci ↓Orsi; 60' ↓Mori ↑Sala.", ["Ricci 46 / Orsi", "Sala 60 / Mori"]),
        (
            "Sostituzioni: 46' fuori Orsi dentro Ricci, 60' fuori Mori dentro Sala.",
            ["Ricci 46 / Orsi", "Sala 60 / Mori"],
        ),
        ("Sostituzioni: 46' entra Ricci esce Orsi.", ["Ricci 46 / Orsi"]),
        ("Sost.: 46' Orsi (Ricci).", ["Ricci 46 / Orsi"]),
        ("Sost.: 46' Ricci (Orsi).", ["Ricci 46 / Orsi"]),
        ("Sostituzioni: 46' Ricci al posto di Orsi.", ["Ricci 46 / Orsi"]),
        ("Sostituzioni: 46' Orsi lascia il posto a Ricci.", ["Ricci 46 / Orsi"]),
        ("Sostituzioni: 46' Ricci e Sala per Orsi e Mori.", ["Ricci 46 / Orsi", "Sala 46 / Mori"]),
        (
            "Sostituzioni Gelsi: 46' Ricci per Orsi. Sostituzioni Pioppi: 60' Tosi per Nardi.",
            ["Ricci 46 / Orsi", "Tosi 60 / Nardi"],
        ),
        ("Cambi: 46' Ricci x Orsi.", ["Ricci 46 / Orsi"]),
    ],
)
def test_a_list_of_substitutions_tells_who_comes_on_and_who_goes_off(line: str, expected: list[str]) -> None:
    swaps = [
        entry.removeprefix("substitution ") for entry in told(BOTH + line, "substitution", with_side=False)
    ]
    assert swaps == expected


def test_a_list_of_substitutions_takes_its_sides_from_the_line_ups() -> None:
    line = "Sostituzioni: 46' Tosi per Nardi, 60' Ricci per Orsi."
    assert told(BOTH + line) == ["substitution 1 Tosi 46 / Nardi", "substitution 0 Ricci 60 / Orsi"]


# ------------------------------------------------------------------------------ scorers
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("MARCATORI: 12' Mori, 52' Leone, 80' Neri.", ["0 Mori 12", "1 Leone 52", "0 Neri 80"]),
        ("Reti: 12' pt Mori, 7' st Leone, 35' st Neri.", ["0 Mori 12", "1 Leone 52", "0 Neri 80"]),
        ("Marcatori: pt 12' Mori; st 7' Leone, 35' Neri.", ["0 Mori 12", "1 Leone 52", "0 Neri 80"]),
        (
            "Marcatori: nel pt al 12' Mori, nel st al 7' Leone e al 35' Neri (rig.)",
            ["0 Mori 12", "1 Leone 52", "0 Neri 80 penalty"],
        ),
        (
            "Marcatori: Mori al 12' p.t.; Leone al 7', Neri al 35' s.t.",
            ["0 Mori 12", "1 Leone 52", "0 Neri 80"],
        ),
        ("Gol: Mori 12', Leone 52', Neri 80'.", ["0 Mori 12", "1 Leone 52", "0 Neri 80"]),
        ("Reti: Mori (G) 12', Leone (P) 52', Neri (G) 80'.", ["0 Mori 12", "1 Leone 52", "0 Neri 80"]),
        ("RETI: 12' MORI, 7' st LEONE (rig.), 35' st NERI", ["0 Mori 12", "1 Leone 52 penalty", "0 Neri 80"]),
        ("Reti: 12', 52' e 71' Mori.", ["0 Mori 12", "0 Mori 52", "0 Mori 71"]),
        ("Reti: 9' e 40' st Mori.", ["0 Mori 54", "0 Mori 85"]),
        ("Reti: 9' pt e 40' st Mori.", ["0 Mori 9", "0 Mori 85"]),
        ("Reti: Mori (12', 40'), Leone 52'.", ["0 Mori 12", "0 Mori 40", "1 Leone 52"]),
        ("Reti: Mori 2 (12', 40'), Leone 52'.", ["0 Mori 12", "0 Mori 40", "1 Leone 52"]),
        ("Reti: Mori (2), Leone.", ["0 Mori -", "0 Mori -", "1 Leone -"]),
        ("Reti: 1-0 12' Mori, 1-1 52' Leone, 2-1 80' Neri.", ["0 Mori 12", "1 Leone 52", "0 Neri 80"]),
        ("Reti: 12' rig. Mori, 28' aut. Bini.", ["0 Mori 12 penalty", "1 Bini 28 own_goal"]),
        ("Reti: 12' Mori su rigore, 28' autogol di Bini.", ["0 Mori 12 penalty", "1 Bini 28 own_goal"]),
        ("Reti: 12' Mori (r), 28' Bini (autorete).", ["0 Mori 12 penalty", "1 Bini 28 own_goal"]),
        ("Reti: 45'+2' Mori, 90'+4' Leone.", ["0 Mori 45+2", "1 Leone 90+4"]),
        ("Reti: 47' pt Mori, 49' st Leone.", ["0 Mori 45+2", "1 Leone 90+4"]),
        ("Reti: 45+2' Mori, 94' Leone.", ["0 Mori 45+2", "1 Leone 90+4"]),
        ("Reti: 12 Mori, 52 Leone.", ["0 Mori 12", "1 Leone 52"]),
        ("Reti: pt 12 Mori; st 7 e 31 (r) Leone.", ["0 Mori 12", "1 Leone 52", "1 Leone 76 penalty"]),
        (
            "Marcatori: Gelsi: 12' Mori, 80' Neri; Pioppi: 52' Leone.",
            ["0 Mori 12", "0 Neri 80", "1 Leone 52"],
        ),
        ("Marcatore: 7' st Mori", ["0 Mori 52"]),
        ("Reti: 12' Mori (assist Fani), 52' Leone.", ["0 Mori 12 / Fani", "1 Leone 52"]),
        ("RETI 12' Mori, 52' Leone", ["0 Mori 12", "1 Leone 52"]),
        ("Reti: 9' pts Mori, 10' sts Leone.", ["0 Mori 99", "1 Leone 115"]),
        ("⚽ 12' Mori, 52' Leone", ["0 Mori 12", "1 Leone 52"]),
        ("Reti: 12’ Mori; 52’ Leone.", ["0 Mori 12", "1 Leone 52"]),
        ("Reti: 12' Mori - 52' Leone - 80' Neri", ["0 Mori 12", "1 Leone 52", "0 Neri 80"]),
    ],
)
def test_scorers_are_read_in_every_format(line: str, expected: list[str]) -> None:
    assert [entry.removeprefix("goal ") for entry in told(BOTH + line, "goal")] == expected


def test_letters_tell_the_side_where_there_are_no_line_ups() -> None:
    text = TITLE + "Reti: 12' Mori (G), 52' Leone (P), 80' aut. Iacono (P)."
    assert told(text, "goal") == ["goal 0 Mori 12", "goal 1 Leone 52", "goal 0 Iacono 80 own_goal"]


def test_abbreviated_clubs_tell_the_side() -> None:
    assert told(TITLE + "Reti: 12' Mori (Gel), 52' Leone (Pio), 80' Neri (Gelsi).", "goal") == [
        "goal 0 Mori 12", "goal 1 Leone 52", "goal 0 Neri 80",
    ]  # fmt: skip


def test_lists_parted_by_a_semicolon_are_the_two_sides_when_the_numbers_agree() -> None:
    text = "Gelsi-Pioppi 2-1, la cronaca\n\nReti: 10' Mori, 55' Neri; 70' Leone."
    assert told(text, "goal") == ["goal 0 Mori 10", "goal 0 Neri 55", "goal 1 Leone 70"]


def test_the_goals_left_over_are_the_other_sides() -> None:
    text = "Gelsi-Pioppi 2-1, la cronaca\n\n" + GELSI + "\nReti: 10' Mori, 55' Neri, 70' Zago."
    assert told(text, "goal") == ["goal 0 Mori 10", "goal 0 Neri 55", "goal 1 Zago 70"]


def test_namesakes_are_told_apart_by_their_initials() -> None:
    text = (
        GELSI.replace("Mori", "Greco A.")
        + "\n"
        + PIOPPI.replace("Leone", "Greco D.")
        + "\nReti: 9' Greco D., 60' Greco A."
    )
    assert told(text, "goal") == ["goal 1 Greco D. 9", "goal 0 Greco A. 60"]


def test_a_namesake_without_initial_has_no_side() -> None:
    text = (
        GELSI.replace("Mori", "Greco A.") + "\n" + PIOPPI.replace("Leone", "Greco D.") + "\nReti: 9' Greco."
    )
    assert told(text, "goal") == ["goal ? Greco 9"]


def test_a_bare_minute_in_extra_time_is_no_stoppage_time_where_there_was_extra_time() -> None:
    assert told(BOTH + "Gelsi-Pioppi 2-1 d.t.s.\nReti: 97' Mori, 110' Neri, 120' Leone.", "goal") == [
        "goal 0 Mori 97", "goal 0 Neri 110", "goal 1 Leone 120",
    ]  # fmt: skip


def test_lists_with_one_entry_a_line_under_a_label_of_its_own_are_read() -> None:
    text = (
        BOTH
        + "\nMARCATORI\n12' Mori\n52' Leone (rig.)\n\nAMMONITI\nBini 20'\nCimino 60'\n\nLa cronaca comincia qui."
    )
    assert told(text) == [
        "yellow_card 0 Bini 20",
        "yellow_card 1 Cimino 60",
        "goal 0 Mori 12",
        "goal 1 Leone 52 penalty",
    ]


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("Reti: 12' Mori, 52' Leone.", "1H"),  # the minutes count on past 45
        ("Reti: 12' Mori, 30' Leone.", None),  # they may begin again after the interval
        ("Reti: 12' pt Mori, 52' Leone.", "1H"),
    ],
)
def test_a_bare_minute_has_a_half_only_where_the_list_shows_it(line: str, period: str | None) -> None:
    box = read_box(BOTH + line)
    assert box is not None
    time = box.entries[0].time
    assert time is not None
    assert time.period == period


def test_a_shirt_number_beside_a_minute_is_no_minute() -> None:
    assert told(line_up_with("Orsi (32' st 14 Pozzi)")) == ["substitution 0 Pozzi 77 / Orsi"]
    assert told(line_up_with("Orsi (77' 14 Pozzi)")) == ["substitution 0 Pozzi 77 / Orsi"]


def test_a_minute_past_105_shows_that_there_was_extra_time() -> None:
    assert told(BOTH + "Reti: 97' Mori, 112' Leone.") == ["goal 0 Mori 97", "goal 1 Leone 112"]


def test_who_came_on_is_told_with_the_minute_where_nobody_says_for_whom() -> None:
    text = GELSI.replace("All. Pozzi.", "Subentrati: 46' Ricci, 60' Sala. All. Pozzi.")
    assert told(text) == ["substitution 0 Ricci 46", "substitution 0 Sala 60"]
    box = read_box(text)
    assert box is not None
    assert [text[e.span[0] : e.span[1]] for e in box.entries] == ["46' Ricci", "60' Sala"]
    assert box.teams[0].coach == "Pozzi"


def test_reti_bianche_and_prose_are_no_list_of_scorers() -> None:
    assert (
        told("La gara finisce a reti bianche. Rete di Mori annullata. Gol di Neri, ma era fuori gioco.") == []
    )


# ------------------------------------------------------------------------------ bookings
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AMMONITI: 31' Bini (G), 55' Cimino (P).", ["yellow_card 0 Bini 31", "yellow_card 1 Cimino 55"]),
        ("Ammoniti Bini e Cimino.", ["yellow_card 0 Bini -", "yellow_card 1 Cimino -"]),
        ("Ammoniti: Bini, Corsi, Cimino per gioco scorretto; Dotti per proteste.", [
            "yellow_card 0 Bini -", "yellow_card 0 Corsi -", "yellow_card 1 Cimino -", "yellow_card 0 Dotti -"]),
        ("NOTE: serata mite, ammoniti Bini e Cimino (8' st). Angoli 9-2. Recupero 1' e 6'.", [
            "yellow_card 0 Bini -", "yellow_card 1 Cimino 53"]),
        ("Ammonizioni: Bini 20' pt, Cimino 3' st.", ["yellow_card 0 Bini 20", "yellow_card 1 Cimino 48"]),
        ("Cartellini gialli: Bini (20'), Cimino (48').", ["yellow_card 0 Bini 20", "yellow_card 1 Cimino 48"]),
        ("Ammoniti: Bini per fallo su Leone, Cimino.", ["yellow_card 0 Bini -", "yellow_card 1 Cimino -"]),
        ("Ammonito: Bini.", ["yellow_card 0 Bini -"]),
        ("Ammoniti: nessuno.", []),
        ("Note - ammoniti: BINI, CIMINO", ["yellow_card 0 Bini -", "yellow_card 1 Cimino -"]),
        ("Espulso al 70' Bini per doppia ammonizione.", ["second_yellow 0 Bini 70"]),
        ("Espulso: Bini al 25' st per somma di ammonizioni.", ["second_yellow 0 Bini 70"]),
        ("Espulsi: 70' Bini per proteste, 80' Cimino (doppio giallo).", ["red_card 0 Bini 70", "second_yellow 1 Cimino 80"]),
        ("Espulso Bini al 70' per fallo di reazione.", ["red_card 0 Bini 70"]),
        ("Ammoniti: 31' Bini. Espulso: 70' Bini.", ["yellow_card 0 Bini 31", "second_yellow 0 Bini 70"]),
        ("Ammoniti: 31' Bini. Espulso: 70' Bini per rosso diretto.", ["yellow_card 0 Bini 31", "red_card 0 Bini 70"]),
        ("Espulsi: il tecnico Pozzi al 70' per proteste.", []),
        ("Espulso al 70' l'allenatore Pozzi, all'80' Cimino.", ["red_card 1 Cimino 80"]),
        ("Espulsi Bini (G, 75') e Cimino (P, 83'), entrambi per doppia ammonizione.", [
            "second_yellow 0 Bini 75", "second_yellow 1 Cimino 83"]),
        ("🟨 20' Bini, 48' Cimino", ["yellow_card 0 Bini 20", "yellow_card 1 Cimino 48"]),
    ],
)  # fmt: skip
def test_bookings_and_dismissals_are_read_in_every_format(line: str, expected: list[str]) -> None:
    assert told(BOTH + line) == expected


def test_a_letter_after_several_bookings_holds_for_all_of_them() -> None:
    assert told(TITLE + "Ammoniti: Bini, Corsi (G), Cimino (P).") == [
        "yellow_card 0 Bini -",
        "yellow_card 0 Corsi -",
        "yellow_card 1 Cimino -",
    ]


def test_cards_marked_beside_the_names_of_a_line_up() -> None:
    assert told(line_up_with("Orsi [A]")) == ["yellow_card 0 Orsi -"]
    assert told(line_up_with("Orsi (amm.)")) == ["yellow_card 0 Orsi -"]
    assert told(line_up_with("Orsi 🟨")) == ["yellow_card 0 Orsi -"]
    assert told(line_up_with("Orsi (esp. 70')")) == ["red_card 0 Orsi 70"]


def test_bookings_at_the_end_of_a_story_are_read() -> None:
    text = TITLE + "La gara finisce tra gli applausi. Ammoniti Ugo Bini e Leo Cimino."
    assert told(text) == ["yellow_card ? Ugo Bini -", "yellow_card ? Leo Cimino -"]


def test_a_live_line_is_no_list_of_bookings() -> None:
    text = "Gelsi-Pioppi 2-1: la diretta\n\n12' Ammonito Bini per proteste.\n\n40' Ammonito Corsi.\n\n57' Espulso Cimino.\n"
    assert told(text) == []


def test_a_participle_after_a_colon_in_a_story_is_no_list() -> None:
    assert told(TITLE + "All'86' la Pioppi resta in dieci: espulso Cimino per una gomitata a Bini.") == []


def test_a_participle_inside_a_sentence_is_no_list() -> None:
    text = (
        "Fuori Altieri, ammonito al 20' per un'entrata in ritardo su Fani, dentro Cardone. La partita cambia."
    )
    assert read_box(text) is None


# ------------------------------------------------------------------------------ officials and notes
@pytest.mark.parametrize(
    ("line", "referee"),
    [
        ("ARBITRO: Rovere di Borgo 6.", "Rovere"),
        ("Arbitro Rovere di Borgo.", "Rovere"),
        ("Arbitro: Sig.ra Rovere della sezione di Borgo.", "Rovere"),
        ("Arbitro: sig. Ugo Rovere (Borgo).", "Ugo Rovere"),
        ("ARBITRO: UGO ROVERE DI BORGO", "Ugo Rovere"),
        ("Direttore di gara: Di Rovere di Borgo", "Di Rovere"),
        ("Arbitra: Ada Rovere di Borgo; assistenti Neri e Bianchi", "Ada Rovere"),
        ("Arbitro: Rovere (Francia).", "Rovere"),
    ],
)
def test_the_referee_is_named_without_title_and_section(line: str, referee: str) -> None:
    box = read_box(BOTH + line)
    assert box is not None
    assert box.referee == referee


@pytest.mark.parametrize(
    ("line", "crowd"),
    [
        ("NOTE: spettatori 1.250 circa.", 1250),
        ("Spettatori: 18.340", 18340),
        ("Note: giornata di sole, 300 spettatori circa.", 300),
        ("NOTE: circa 250 presenti, terreno pesante.", 250),
        ("Spettatori 12 mila", 12000),
    ],
)
def test_the_notes_tell_how_many_watched(line: str, crowd: int) -> None:
    box = read_box(BOTH + line)
    assert box is not None
    assert box.attendance == crowd


def test_the_ground_is_named_without_quotation_marks() -> None:
    box = read_box(BOTH + "Stadio: «La Pineta», Borgo")
    assert box is not None
    assert box.venue == "La Pineta, Borgo"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("NOTE: al 38' Mori (G) sbaglia un rigore.", ["penalty_missed 0 Mori 38"]),
        ("NOTE: al 38' Abate para un rigore a Mori. Angoli 3-2.", ["penalty_missed 0 Mori 38 / Abate"]),
        ("Note: rigore sbagliato al 38' da Mori.", ["penalty_missed 0 Mori 38"]),
        ("Note: rigore parato da Abate a Mori al 38'.", ["penalty_missed 0 Mori 38 / Abate"]),
        (
            "Note: al 38' pt Mori fallisce un calcio di rigore; ammoniti Bini.",
            ["yellow_card 0 Bini -", "penalty_missed 0 Mori 38"],
        ),
        ("Rigori sbagliati: 38' Mori.", ["penalty_missed 0 Mori 38"]),
    ],
)
def test_a_penalty_missed_in_the_notes_is_an_entry(line: str, expected: list[str]) -> None:
    assert told(BOTH + line) == expected


def test_the_fixture_line_of_the_box_gives_score_and_half_time() -> None:
    box = read_box("GELSI-PIOPPI 2-1 (primo tempo 1-0)\n" + BOTH)
    assert box is not None
    assert box.fixture == ("GELSI", "PIOPPI", 2, 1)
    assert box.half_time == (1, 0)


def test_line_ups_written_away_side_first_are_put_in_the_fixtures_order() -> None:
    box = read_box(f"Gelsi-Pioppi 2-1, la cronaca\n\n{PIOPPI}\n{GELSI}\nReti: 12' Mori.")
    assert box is not None
    assert [team.name for team in box.teams] == ["Gelsi", "Pioppi"]
    assert [e.team for e in box.entries if e.type == "goal"] == [0]


def test_the_away_sides_line_up_alone_is_the_second_side() -> None:
    box = read_box("Gelsi-Pioppi 2-1, la cronaca\n\n" + PIOPPI + "\nReti: 12' Leone.")
    assert box is not None
    assert [e.team for e in box.entries if e.type == "goal"] == [1]


# ------------------------------------------------------------------------------ brackets in prose
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La Gelsi piega la Pioppi per tre a una (12' pt Mori, 29' pt Leone, 7' st Neri, 40' st Mori rig.): bella gara.", [
            "Mori 12", "Leone 29", "Neri 52", "Mori 85 penalty"]),
        ("Finisce 2-1 (10' Mori, 55' Neri; 70' Leone) tra gli applausi.", ["Mori 10", "Neri 55", "Leone 70"]),
        ("Decide un gol (12' Mori) nel primo tempo.", ["Mori 12"]),
        ("Vittoria per 3-1 (5' pt aut. Bini, 45'+4' st Leone).", ["Bini 5 own_goal", "Leone 90+4"]),
    ],
)  # fmt: skip
def test_a_bracketed_list_in_prose_gives_its_scorers(text: str, expected: list[str]) -> None:
    assert [entry.removeprefix("goal ") for entry in told(text, with_side=False)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mori (32') calcia alto e Neri (40') lo imita.",
        "Mori (6,5) parte da metà campo.",
        "Le occasioni (traversa di Mori al 12', palo di Neri al 30') non mancano.",
        "Due anni fa finì 2-0 (5' pt Mori, 28' pt Neri).",
        "Il ritorno (12 marzo) si gioca alle 18.",
    ],
)
def test_other_brackets_in_prose_are_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gelsi-Pioppi 2-1\n12' Mori (G), 52' Leone (P), 80' Neri (G)\nBella gara.", [
            "goal 0 Mori 12", "goal 1 Leone 52", "goal 0 Neri 80"]),
        ("Gelsi-Pioppi 0-1\nst 27' Leone\nColpo grosso degli ospiti.", ["goal 1 Leone 72"]),
        ("Gelsi-Pioppi 3-0\nMori 15' e 33', Neri 49'\nTutto facile.", ["goal 0 Mori 15", "goal 0 Mori 33", "goal 0 Neri 49"]),
        ("Gelsi-Pioppi 1-1: 12' Mori (G), 52' Leone (P)", ["goal 0 Mori 12", "goal 1 Leone 52"]),
        ("Gelsi-Pioppi 3-1\n12' Mori, 52' Leone\nGli altri gol non si sono visti.", []),
    ],
)  # fmt: skip
def test_a_line_of_names_and_minutes_under_a_fixture_has_its_scorers(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_bracket_with_dal_beside_a_name_in_prose_is_a_substitution() -> None:
    text = "Lo conferma Ugo Mori (dal 21' st Ricci), meno bene gli altri."
    assert told(text) == ["substitution ? Ricci 66 / Ugo Mori"]
    assert told("Il centrocampo (dal 21' st in affanno) ha retto.") == []


def test_a_box_score_in_two_columns_has_the_home_side_on_the_left() -> None:
    rows = [
        ("GELSI 2", "PIOPPI 1"),
        *zip(
            [
                "Asti",
                "Bini",
                "Corsi",
                "Dotti",
                "Elmi",
                "Fani",
                "Galli",
                "Lusi",
                "Mori",
                "Neri",
                "Orsi",
                "All. Pozzi",
            ],
            [
                "Abate",
                "Basile",
                "Cimino",
                "Donati",
                "Esposto",
                "Ferro",
                "Gallo",
                "Iacono",
                "Leone",
                "Marra",
                "Nardi",
                "All. Quadri",
            ],
            strict=True,
        ),
        ("", ""),
        ("RETI", ""),
        ("12' Mori", "52' Leone (rig.)"),
        ("80' aut. Basile", ""),
        ("", ""),
        ("AMMONITI", ""),
        ("", "60' Cimino"),
        ("CAMBI", ""),
        ("46' Ricci x Orsi", "70' Zago x Marra"),
    ]
    text = "\n".join(f"{left:<30}{right}".rstrip() for left, right in rows) + "\n\nLa cronaca comincia qui."
    assert sorted(told(text)) == [
        "goal 0 Basile 80 own_goal",
        "goal 0 Mori 12",
        "goal 1 Leone 52 penalty",
        "substitution 0 Ricci 46 / Orsi",
        "substitution 1 Zago 70 / Marra",
        "yellow_card 1 Cimino 60",
    ]
    box = read_box(text)
    assert box is not None
    assert [(team.name, team.coach) for team in box.teams] == [("Gelsi", "Pozzi"), ("Pioppi", "Quadri")]
    for entry in box.entries:
        assert (entry.player or "") in text[entry.span[0] : entry.span[1]]
        assert entry.time is not None and text[entry.time.span[0] : entry.time.span[1]].startswith(
            str(entry.time.low)[:2]
        )


# ------------------------------------------------------------------------------ lexicon
def _lexicon_examples() -> list[tuple[str, str, list[str]]]:
    cases = []
    for table, entries in tables().items():
        for entry in entries if isinstance(entries, list) else [entries]:
            cases.append((table, entry["example"], entry["gives"]))
    return cases


@pytest.mark.parametrize(("table", "example", "gives"), _lexicon_examples())
def test_every_entry_of_the_lexicon_does_what_its_example_says(
    table: str, example: str, gives: list[str]
) -> None:
    box = read_box(example)
    fields = {line.split(" = ")[0]: line.split(" = ")[1] for line in gives if " = " in line}
    entries = [line for line in gives if " = " not in line]
    assert told(example, with_side=False) == entries
    for name, value in fields.items():
        assert box is not None
        if name == "bench":
            found = ", ".join(p.name for p in box.teams[0].players if not p.starter)
        elif name == "coach":
            found = str(box.teams[0].coach)
        else:
            found = str(getattr(box, name))
        assert found == value


def test_all_spans_hold_the_names_they_stand_for() -> None:
    text = (
        TITLE
        + BOTH
        + "RETI: 12' MORI, 7' st LEONE (rig.).\nAmmoniti: Bini (20'), Cimino. Espulso: 80' Donati."
    )
    box = read_box(text)
    assert box is not None
    for entry in box.entries:
        words = text[entry.span[0] : entry.span[1]]
        assert (entry.player or "").lower() in words.lower()
        assert entry.time is None or text[entry.time.span[0] : entry.time.span[1]] in words
        assert minute_notation(entry) == "-" or entry.time is not None
    for team in box.teams:
        for player in team.players:
            assert text[player.span[0] : player.span[1]].lower() == player.name.lower()
