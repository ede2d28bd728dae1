"""Who took part in an event and when, out of what the reader weighs."""

import pytest

from matchcli.extraction.reader.reading import ReadEvent, Reading
from matchcli.language.annotate import annotate_one
from matchcli.reading.reader import read
from matchcli.timeline.casting import Casting, Told
from matchcli.timeline.match_text import match_text, whole_text


def tellings(sentence: str, word: str, kind: str) -> list[Told]:
    """What ``word`` tells of all persons of a sentence, with all its times linked to it, the first one surely."""
    report = read(f"Portalba-Monteverde 1-1\n\n{sentence}".encode(), path="x")
    whole = whole_text(report, annotate_one(report))
    text = match_text(whole, [(0, len(report.text))], "Portalba", "Monteverde")
    encoded = text.encoded()
    at = report.text.index(word)
    event = ReadEvent(kind, [n for n, token in enumerate(encoded.tokens) if token.span[0] == at], 0.9)
    for number, node in enumerate(encoded.nodes):
        if node.kind == "person" and node.person is not None:
            event.roles[number] = (4.0, -4.0)
        if node.kind == "time":
            event.links[number] = 0.3 if event.links else 0.9
    casting = Casting(encoded, Reading(events=[event]), text.meanings, text.network)
    return casting.tellings(text.cues)


@pytest.mark.parametrize(
    ("sentence", "minutes"),
    [
        (
            "L'arbitro ha ammonito Ferri al 12', Sala al 40' e Conti al 67'.",
            {"Ferri": [12], "Sala": [40], "Conti": [67]},
        ),
        (
            "L'arbitro ha ammonito al 12' Ferri, al 40' Sala e al 67' Conti.",
            {"Ferri": [12], "Sala": [40], "Conti": [67]},
        ),
        ("L'arbitro ha ammonito Ferri (12') e Sala (40').", {"Ferri": [12], "Sala": [40]}),
        ("L'arbitro ha ammonito al 12' Ferri e Sala.", {"Ferri": [12], "Sala": [12]}),
        ("L'arbitro ha ammonito Ferri e Sala al 40'.", {"Ferri": [40], "Sala": [40]}),
    ],
)
def test_each_player_of_a_list_has_the_minute_that_stands_at_his_name(sentence, minutes):
    found = tellings(sentence, "ammonito", "yellow_card")
    assert {told.player.name: [time.low for time in told.times] for told in found} == minutes
