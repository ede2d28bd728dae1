"""The text as the models know it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchcli.language.orthography import entries
from matchcli.language.plain import plain_text, write_accents


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("l’Inter", "l'Inter"),
        ("“Gol” e «gol»", '"Gol" e «gol»'),
        ("Çalhanoğlu", "Calhanoglu"),
        ("Yıldız, Sørloth, Łukasz, Đoković", "Yildiz, Sorloth, Lukasz, Dokovic"),
        ("però città è così più", "però città è così più"),
        ("12′ – 2−1", "12' – 2-1"),
        ("a\u00a0b\tc\nd", "a b c d"),
    ],
)
def test_typography_and_foreign_letters_become_plain(written, plain):
    assert plain_text(written) == plain


@given(st.text())
def test_plain_text_keeps_the_length(text):
    plain = plain_text(text)
    assert len(plain) == len(text)
    assert len(write_accents(plain)[0]) == len(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("perche' e' gia' qui", "perché  è  già  qui"),
        ("E' finita, c'e' un rigore", "È  finita, c'è  un rigore"),
        ("pote' colpire", "poté  colpire"),
        ("un po' di sole, va' via", "un po' di sole, va' via"),
        ("al 12' Kone' tira", "al 12' Konè  tira"),
        ("dall'area, quell'altro", "dall'area, quell'altro"),
        ("il 'mago' dice 'basta cosi'", "il 'mago' dice 'basta cosi'"),
        ("90' e 3'", "90' e 3'"),
    ],
)
def test_an_apostrophe_stands_for_an_accent_at_the_end_of_a_word(written, read):
    assert write_accents(written)[0] == read


@pytest.mark.parametrize(
    "entry", entries()["cut_words"] + entries()["open_e"], ids=lambda entry: entry["example"]
)
def test_the_examples_of_the_word_lists_are_read_as_they_say(entry):
    assert write_accents(entry["example"])[0] == entry["read"]
