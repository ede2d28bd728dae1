"""The table: what a person sees in a terminal or a pipe."""

from __future__ import annotations

import io
import re

import pytest

from matchcli.rendering import FORMATS, render

from . import records


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def table(*given, **options) -> str:
    stream = options.pop("stream", None) or io.StringIO()
    render(given, "table", stream=stream, **options)
    return stream.getvalue()


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)


def test_header_gives_teams_score_half_time_competition_venue_referee_attendance_and_coach():
    shown = table(records.evening())
    for part in (
        "Vallescura  2-1  Porto Cedrino",
        "primo tempo 0-1",
        "Coppa delle Valli · semifinale",
        "stadio: Comunale delle Querce",
        "arbitro: Livia Andreoni",
        "spettatori: 12.450",
        "allenatore: Aldo Brisighelli (Vallescura)",
    ):
        assert part in shown


def test_header_gives_extra_time_and_shootout():
    assert "primo tempo 1-0, d.t.s., 4-5 rig." in table(records.busy())


def test_a_timeline_row_gives_minute_side_event_player_detail_and_running_score():
    rows = [" ".join(line.split()) for line in table(records.busy()).splitlines()]
    row = "18' Atletico Fossanera Gol Ciro Malandra di testa, da corner, assist Nando Quercetti 1-0"
    assert row in rows


def test_minutes_that_are_not_known_are_windows_or_question_marks():
    shown = table(records.busy(), records.bare())
    assert re.search(r"^ +52-66' .*Tiro", shown, re.M)
    assert re.search(r"^ +s\.t\. \? .*Ivo Tassinari", shown, re.M)
    assert re.search(r"^ +45\+2' .*Rino Baldacci", shown, re.M)
    assert re.search(r"^ +\? +\? +Gol +\?$", shown, re.M)


def test_a_score_that_is_not_known_is_a_question_mark():
    assert "Casa  ?-?  Ospiti" in table(records.bare())


def test_eighty_columns_hold_every_line_and_every_word():
    shown = table(records.busy(), width=80)
    assert max(map(len, shown.splitlines())) <= 80
    for word in ("Olympique", "Sainte-Brume", "Dell'Orso", "supplementare", "traversa", "revocato"):
        assert word in shown
    assert "…" not in shown


def test_nothing_is_cut_or_wrapped_where_there_is_no_terminal():
    name = "Associazione Sportiva Dilettantistica " + "Borgo" * 60
    shown = table(records.record([records.event("shot", team="home", player=name, minute=3)], home=name))
    assert shown.count(name) == 4
    assert not any(line.endswith(" ") for line in shown.splitlines())


def test_wide_characters_keep_the_columns_straight():
    from rich.cells import cell_len

    events = [
        records.event("goal", team="home", player="中村俊輔", minute=3),
        records.event("goal", team="away", player="José Müller", minute=4),
        records.event("goal", team="away", player="Ne\u0301stor ⚽", minute=5),
    ]
    shown = table(records.record(events, home="東京", away="Roccabruna"))
    lines = [line for line in shown.splitlines() if "Gol" in line]
    assert len({cell_len(line[: line.index("Gol")]) for line in lines}) == 1


def test_control_and_escape_characters_never_reach_the_stream():
    shown = table(records.hostile(), explain=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert "Rosso" in shown


def test_markup_in_names_stays_text():
    shown = table(records.hostile(), stream=Terminal(), color=True, width=200)
    assert "[red]Inter[/red]ludio" in re.sub("\x1b\\[[0-9;]*m", "", shown)


def test_colour_is_on_in_a_terminal_and_off_in_a_pipe(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" in table(records.evening(), stream=Terminal())
    assert "\x1b[" not in table(records.evening())


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_environment_can_switch_colour_off(monkeypatch, name, value):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv(name, value)
    assert "\x1b[" not in table(records.evening(), stream=Terminal())


def test_force_color_colours_a_pipe_and_the_options_outdo_the_environment(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in table(records.evening())
    assert "\x1b[" not in table(records.evening(), color=False)
    monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in table(records.evening(), color=True)


def test_columns_sets_the_width_of_a_terminal_and_of_a_pipe(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    for stream in (Terminal(), io.StringIO()):
        shown = table(records.busy(), stream=stream, color=False)
        assert max(map(len, shown.splitlines())) <= 60


def test_a_narrow_terminal_gets_a_line_for_each_event():
    lines = table(records.evening(), width=50).splitlines()
    assert "53-59' Gol 1-1, Vallescura: Tommaso Ferrandi (di" in lines
    assert not any("Giocatore" in line for line in lines)


@pytest.mark.parametrize("width", [1, 7, 20, 39])
def test_a_very_narrow_terminal_does_not_break_it(width):
    shown = table(records.busy(), width=width)
    assert max(map(len, shown.splitlines())) <= max(width, 1)


def test_explain_adds_the_words_and_the_reasons_of_each_event():
    shown = table(records.evening(), explain=True)
    assert "«Nel recupero viene espulso Ezio Carnevari»" in shown
    assert "- «dodici minuti più tardi»: 11-13 minuti dopo" in shown
    assert "11-13" not in table(records.evening())


def test_warnings_of_the_record_are_shown():
    assert "Avvertenze" in table(records.hostile())
    assert "Avvertenze" not in table(records.evening())


def test_a_record_without_events_says_so():
    assert "Nessun evento riconosciuto." in table(records.record([]))


def test_english_labels():
    shown = table(records.busy(), lang="en")
    assert "Penalty overturned" in shown and "half-time 1-0, a.e.t., 4-5 pens" in shown


def test_each_record_is_written_as_soon_as_it_is_ready():
    stream, lengths = io.StringIO(), []

    def slowly():
        for _ in range(2):
            yield records.evening()
            lengths.append(len(stream.getvalue()))

    render(slowly(), "table", stream=stream)
    assert 0 < lengths[0] < lengths[1]


def test_unknown_formats_and_languages_are_refused_by_name():
    with pytest.raises(ValueError, match=r"'tabel'.*table"):
        render([], "tabel", stream=io.StringIO())
    with pytest.raises(ValueError, match=r"'fr'.*it"):
        render([], FORMATS[0], stream=io.StringIO(), lang="fr")
