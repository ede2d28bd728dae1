"""Cards: one card in several words, earlier cards only recalled, cards that nobody gets."""

import pytest

from tests.extraction.telling_of import events_of, names

CARDS = {
    "Al 30' ammonito Marchesani.": [("yellow_card", "Marchesani")],
    "Al 70' Marchesani si prende il secondo giallo.": [("second_yellow", "Marchesani")],
    "Al 70' Marchesani si guadagna il rosso.": [("red_card", "Marchesani")],
    "Al 70' l'arbitro ammonisce Marchesani, poi il cartellino cambia colore.": [("red_card", "Marchesani")],
}
NO_CARDS = ["Al 70' Marchesani rischia il rosso.", "Al 70' i tifosi chiedono il rosso per Marchesani."]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return events_of(tmp_path_factory.mktemp("cards"), [*CARDS, *NO_CARDS])


@pytest.mark.parametrize("text", CARDS)
def test_each_card_once_and_of_its_kind(text, told):
    cards = [names(e)[:2] for e in told[text] if e.type in ("yellow_card", "second_yellow", "red_card")]
    assert cards == CARDS[text]


@pytest.mark.parametrize("text", NO_CARDS)
def test_cards_that_nobody_gets_are_no_events(text, told):
    assert not [e for e in told[text] if e.type in ("yellow_card", "second_yellow", "red_card")]
