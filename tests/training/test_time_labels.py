"""A time expression of the text is, or is not, the time of an annotated event."""

import pytest

from matchcli.extraction.when import find_times
from matchcli.training.reports import GoldEvent
from matchcli.training.time_labels import tells_time

BEFORE = GoldEvent(1, 1, "goal", minute=(55, 55), period="2H")


def event(low, high=None, period=None, stoppage=None):
    return GoldEvent(2, 1, "shot", minute=(low, high or low), period=period, stoppage=stoppage)


def answer(words, wanted, previous=BEFORE):
    (time,) = find_times(f"Il tiro arriva {words}.")
    return tells_time(time, wanted, previous)


@pytest.mark.parametrize(
    ("words", "wanted", "belongs"),
    [
        ("al 12'", event(12), True),
        ("al 12'", event(57), True),
        ("al 12'", event(13), False),
        ("al 60'", event(60), True),
        ("al 60'", event(15), False),
        ("al 93'", event(90, stoppage=3), True),
        ("al 93'", event(90, stoppage=4), False),
        ("alla mezz'ora", event(30), True),
        ("alla mezz'ora", event(40), False),
        ("a cinque minuti dalla fine", event(85, period="2H"), True),
        ("a cinque minuti dalla fine", event(80, period="2H"), False),
        ("dieci minuti più tardi", event(64, 66), True),
        ("dieci minuti più tardi", event(80, 82), False),
        ("dieci minuti più tardi", event(70, 90), None),
        ("poco dopo", event(56, 60), True),
        ("nella ripresa", event(60), None),
    ],
)
def test_times_are_held_against_the_annotated_minute(words, wanted, belongs):
    assert answer(words, wanted) is belongs


def test_nothing_is_said_of_an_event_without_minute_or_an_offset_from_nothing():
    assert answer("al 12'", GoldEvent(2, 1, "shot")) is None
    assert answer("poco dopo", event(56), previous=None) is None
