"""Plain text: the summary and a plain timeline."""

from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len

from matchcli.rendering import render
from matchcli.rendering.summary import summarize

from . import records


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)


def text(*given, **options) -> str:
    stream = io.StringIO()
    render(given, "text", stream=stream, **options)
    return stream.getvalue()


def test_title_summary_and_timeline():
    shown = text(records.evening())
    assert shown.startswith("Vallescura – Porto Cedrino 2-1 (primo tempo 0-1)\n")
    assert summarize(records.evening()) in shown
    assert "  53-59'  Gol 1-1, Vallescura: Tommaso Ferrandi (di testa)\n" in shown
    assert shown.index("Primo tempo\n") < shown.index("Secondo tempo\n")


def test_the_summary_of_the_record_is_shown_where_it_has_one():
    given = records.record([], summary="Una frase scritta prima.")
    assert "Una frase scritta prima." in text(given)
    assert "Una frase scritta prima." not in text(given, lang="en")


def test_nothing_is_folded_without_a_terminal():
    assert max(map(len, text(records.busy()).splitlines())) > 200


@pytest.mark.parametrize("width", [1, 10, 40, 80])
def test_lines_are_folded_at_a_width_and_no_word_is_lost(width):
    folded = text(records.busy(), width=width)
    assert max(map(cell_len, folded.splitlines())) <= max(width, 2)
    if width >= 40:
        assert folded.split() == text(records.busy()).split()


def test_wide_characters_count_two_columns():
    given = records.record([records.event("goal", team="home", player="中村" * 30, minute=3)])
    assert max(map(cell_len, text(given, width=40).splitlines())) <= 40


def test_no_control_character_is_written():
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text(records.hostile(), explain=True))


def test_explain_gives_words_and_reasons():
    shown = text(records.evening(), explain=True)
    assert (
        "«Nel recupero viene espulso Ezio Carnevari»" in shown
        and "- dunque 64-72'\n" in shown
        and "- fiducia 90%\n" in shown
    )


def test_two_matches_are_parted_by_a_rule():
    assert text(records.evening(), records.busy()).count("\n\n--------------------\n\n") == 1


def test_warnings_and_missing_events_are_said():
    assert "Avvertenze" in text(records.hostile())
    assert "Nessun evento riconosciuto." in text(records.record([]))
