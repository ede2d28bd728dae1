"""Every entry of the layout lexicon says what its examples say."""

import pytest

from matchcli.reading import lines

DATA = lines.layout_data()


@pytest.mark.parametrize("entry", DATA["live"], ids=lambda entry: entry["name"])
def test_live_lines_are_told_by_their_minute(entry):
    sign = next(sign for sign in lines.live_signs() if sign.name == entry["name"])
    assert [line for line in entry["examples"] if not sign.pattern.match(line)] == []
    assert [line for line in entry.get("not", []) if lines.live_sign(line)] == []


@pytest.mark.parametrize("entry", DATA["label"], ids=lambda entry: entry["words"][0])
def test_box_lines_are_told_by_their_label(entry):
    assert [line for line in entry["examples"] if not lines.is_box(line)] == []
    assert [line for line in entry.get("not", []) if lines.is_box(line)] == []


def test_line_ups_and_lists_of_names_are_box_lines():
    assert [line for line in DATA["names"]["line_ups"] if not lines.is_box(line)] == []


def test_sentences_with_commas_are_no_lists_of_names():
    assert [line for line in DATA["names"]["prose"] if lines.is_box(line)] == []


def test_words_that_lean_on_the_next_one_end_no_whole_line():
    assert [word for word in DATA["wrapping"]["leaning"] if not lines.leans_on_next(f"Palla {word}")] == []
