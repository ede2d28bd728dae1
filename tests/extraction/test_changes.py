"""Changes of players: halves find each other, lists are paired in order."""

import pytest

from tests.extraction.telling_of import events_of, names

CHANGES = {
    "Al 70' Marchesani rileva Tedeschini.": [("Marchesani", "Tedeschini")],
    "Al 70' fuori Marchesani e Galimberti, dentro Tedeschini e Scaramuzza.": [
        ("Tedeschini", "Marchesani"), ("Scaramuzza", "Galimberti"),
    ],
    "Nel finale Marchesani per Tedeschini e Galimberti per Scaramuzza.": [
        ("Marchesani", "Tedeschini"), ("Galimberti", "Scaramuzza"),
    ],
    "Al 60' esce Marchesani (perché?), entra Tedeschini.": [("Tedeschini", "Marchesani")],
    "Al 60' il tecnico toglie Marchesani, e ti credo, e ci mette Tedeschini.": [("Tedeschini", "Marchesani")],
    "Al 60' dentro Marchesani.": [("Marchesani", None)],
}  # fmt: skip
NO_CHANGES = [
    "Al 60' Marchesani si sostituisce al portiere e respinge.",
    "Al 60' Marchesani entra in area e calcia alto.",
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return events_of(tmp_path_factory.mktemp("changes"), [*CHANGES, *NO_CHANGES])


@pytest.mark.parametrize("text", CHANGES)
def test_who_comes_on_and_who_goes_off(text, told):
    assert [names(e)[1:] for e in told[text] if e.type == "substitution"] == CHANGES[text]


@pytest.mark.parametrize("text", NO_CHANGES)
def test_coming_into_the_box_is_no_change(text, told):
    assert not [e for e in told[text] if e.type == "substitution"]


def test_the_time_of_a_booking_is_not_the_time_of_the_change(tmp_path):
    text = (
        "Nell'intervallo fuori Marchesani, ammonito al 20' per un'entrata su Galimberti, dentro Tedeschini."
    )
    (change,) = [e for e in events_of(tmp_path, [text])[text] if e.type == "substitution"]
    assert [t.low for t in change.times] == [46]
