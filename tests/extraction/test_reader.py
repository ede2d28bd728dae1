"""The event reader on short texts, with the real models."""

import pytest

from matchcli.extraction.reader.weights import load_weights
from matchcli.language.annotate import Annotator
from matchcli.language.models import ModelError, find_models
from matchcli.reading.reader import read
from matchcli.timeline.build import build

ANNOTATOR = Annotator(find_models("bundled"))


def events_of(text: str) -> list:
    report = read(text.encode(), path="x")
    (record,) = build(report, ANNOTATOR.annotate([report])[0])
    for event in record.events:
        assert event.text == report.text[slice(*event.span)]
    return record.events


TITLE = "Olmeda-Carpanella 1-0\n\n"


def test_a_goal_has_its_scorer_who_served_him_and_its_minute():
    (goal,) = events_of(TITLE + "Al 12' Ferri, su cross di Nkosi, insacca di testa per l'Olmeda.")
    assert (goal.type, goal.player, goal.assist, goal.minute, goal.team) == (
        "goal",
        "Ferri",
        "Nkosi",
        12,
        "home",
    )


def test_a_shot_that_is_saved_has_who_stops_it():
    events = events_of(TITLE + "Al 30' Sala calcia dal limite, Montesi respinge.")
    assert [(e.type, e.player, e.player2, e.outcome) for e in events] == [
        ("shot", "Sala", "Montesi", "saved")
    ]


def test_who_comes_on_and_who_goes_off_are_told_apart():
    events = events_of(TITLE + "Al 60' Duranti prende il posto di Colombo.")
    assert [(e.type, e.player, e.player_off) for e in events] == [("substitution", "Duranti", "Colombo")]


def test_weights_that_are_missing_are_told_with_the_way_out():
    with pytest.raises(ModelError, match="install matchcli anew"):
        load_weights("missing.pt")
