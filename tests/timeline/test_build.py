"""Which of the matches that a text names get a record."""

import pytest

from matchcli.record import Event, Match, Record, Score, Source, Team
from matchcli.timeline.build import is_in_passing


def record(home: str | None, away: str | None, events: int) -> Record:
    told = [Event(type="goal", text="gol", span=(0, 3), confidence=0.6) for _ in range(events)]
    match = Match(home=Team(name=home), away=Team(name=away), score=Score())
    return Record(source=Source(path="x", sha256="0", span=(0, 9)), match=match, events=told)


@pytest.mark.parametrize(
    ("names", "events", "in_passing"),
    [
        (("Borgo", "Villa"), 1, True),  # both play in the others: Borgo-Olmeda and Villa-Rivalta
        (("Borgo", "Villa"), 0, True),
        (("Borgo", "Ponte"), 1, False),
        (("Borgo", "Ponte"), 0, True),
        (("Ponte", None), 0, True),
        (("Ponte", "Serra"), 0, False),
        (("Borgo", "Olmeda"), 1, False),  # the same pair again, as in a cup tie of two legs
        (("Borgo", "Villa"), 9, False),
    ],
)
def test_a_match_on_which_a_roundup_only_touches_has_no_record(names, events, in_passing):
    one = record(*names, events)
    records = [record("Borgo", "Olmeda", 4), record("Rivalta", "Villa", 3), one]
    assert is_in_passing(one, records) is in_passing


def test_a_match_alone_has_its_record_whatever_is_told_of_it():
    one = record("Borgo", None, 0)
    assert not is_in_passing(one, [one])
