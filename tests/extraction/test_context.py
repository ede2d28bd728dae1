"""Words in their context, with the real encoder."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from matchcli.extraction.reader import context
from matchcli.extraction.reader.context import STATES, load_encoder, text_states, windows, word_states
from matchcli.extraction.reader.encoding import Token
from matchcli.language.models import ModelError


def tokens(*spans: tuple[int, int]) -> list[Token]:
    return [
        Token("x", "x", "x", [], 0, number, span=(start, end)) for number, (start, end) in enumerate(spans)
    ]


def state_of(text: str, word: str) -> torch.Tensor:
    start = text.index(word)
    return word_states(text, tokens((start, start + len(word))))[0]


def likeness(one: torch.Tensor, other: torch.Tensor) -> float:
    return torch.nn.functional.cosine_similarity(one, other, 0).item()


def test_a_word_has_another_state_in_another_sentence():
    game = state_of("Il tiro si stampa sul palo.", "palo")
    same = state_of("La conclusione di Ferri colpisce il palo.", "palo")
    other = state_of("Il comune sostituisce il palo della luce.", "palo")
    assert likeness(game, same) > likeness(game, other)


def test_words_that_have_no_piece_of_the_text_have_zeros():
    assert not word_states("Gol di Ferri.", tokens((13, 20))).any()
    assert word_states("", tokens((0, 0))).shape == (1, STATES)


def test_a_piece_is_found_again_at_its_place():
    text = "Çalhanoğlu segna al 45'+2: «Sì».\nD'Ambrosio esce; 2-1 finale…"
    pieces = list(load_encoder().pieces(text))
    assert [piece.start for piece in pieces] == sorted(piece.start for piece in pieces)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text.replace("\n", "")


def test_a_window_ends_with_a_line_rather_than_inside_a_sentence():
    inside, word, sentence, line = 0, 1, 2, 3
    parts = [inside, inside, inside, sentence, line, word, inside, inside, word, inside]
    assert list(windows(parts, 8)) == [(0, 5), (5, 10)]
    assert list(windows([inside] * 10, 8)) == [(0, 8), (8, 10)]


@given(st.lists(st.integers(0, 3), max_size=60), st.integers(1, 12))
def test_windows_cover_all_pieces_and_never_cross(parts, size):
    covered = []
    for start, stop in windows(parts, size):
        assert 0 < stop - start <= size
        covered += range(start, stop)
    assert covered == list(range(len(parts)))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_states_within_its_bounds(text):
    states = text_states(text)
    assert len(states.states) == len(states.starts) == len(states.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(states.starts, states.ends, strict=True))
    assert torch.isfinite(states.states).all()


def test_a_damaged_file_is_told_with_the_way_out(monkeypatch):
    load_encoder.cache_clear()
    monkeypatch.setattr(context, "read_bytes", lambda name: b"damaged")
    try:
        with pytest.raises(ModelError, match="install matchcli anew"):
            load_encoder()
    finally:
        load_encoder.cache_clear()
