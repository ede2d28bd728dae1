"""Tellings and the box score's entries become events."""

import pytest

from matchcli.extraction.boxscore import find_boxscore
from matchcli.extraction.items import Row
from matchcli.extraction.reader.reading import Reading
from matchcli.language.annotate import annotate_one
from matchcli.reading.reader import read
from matchcli.timeline.casting import Told
from matchcli.timeline.grouping import gather_events, scorer_lists
from matchcli.timeline.match_text import MatchText, match_text, whole_text
from matchcli.timeline.sides import SideNetwork


def lists_of(text: str) -> list[str]:
    report = read(text.encode(), path="x")
    box = find_boxscore(report.text, report.blocks, 0, len(report.text))
    return [report.text[slice(*span)] for span in scorer_lists(box)]


def test_scorers_one_after_the_other_are_a_list_with_all_that_stands_between_them():
    text = "Il Borgo supera la Villa (5' pt Ferri, 28' pt aut. Sala, 19' st Conti). Di Ferri anche un palo al 70'."
    (found,) = lists_of(text)
    assert found.startswith("5' pt Ferri") and found.endswith("19' st Conti")


def test_a_scorer_alone_is_no_list():
    assert lists_of("Il Borgo supera la Villa (5' pt Ferri). Al 28' un palo di Sala.") == []
    assert scorer_lists(None) == []


def made_ready(text: str, *stretches: str) -> MatchText:
    """A match between Borgo and Villa that the ``stretches`` of a text tell, or all of it."""
    report = read(text.encode(), path="x")
    whole = whole_text(report, annotate_one(report))
    spans = [(report.text.index(s), report.text.index(s) + len(s)) for s in stretches or [report.text]]
    return match_text(whole, spans, "Borgo", "Villa")


def telling(text: MatchText, words: str, kind: str) -> Told:
    report = text.whole.report.text
    start = report.index(words)
    row: Row = next(row for row in text.rows if row.start <= start < row.end)
    player = next(p for p in text.people if p.name in words)
    span = (start, start + len(words))
    return Told(kind, row, 0, span, player, None, None, None, set(), [], None, 0.9)


def test_a_word_between_the_scorers_of_a_list_tells_no_goal():
    text = made_ready("Il Borgo supera la Villa (5' pt Ferri, 28' pt aut. Sala, 19' st Conti).")
    told = [telling(text, "aut. Sala, 19' st Conti", "goal")]
    goals, _ = gather_events(told, Reading(), text.box, text.people, SideNetwork(), {3}, text.whole.report)
    assert [goal.player.name for goal in goals] == ["Ferri", "Sala", "Conti"]


@pytest.mark.parametrize(
    ("text", "words", "in_order"),
    [
        ("Il Borgo batte la Villa. Ammoniti Ferri e Sala.", "Ammoniti Ferri", False),
        ("Il Borgo batte la Villa. L'arbitro ammonisce subito Ferri.", "ammonisce subito Ferri", True),
    ],
)
def test_a_list_of_bookings_stands_at_no_place_in_the_match(text, words, in_order):
    ready = made_ready(text)
    told = telling(ready, words, "yellow_card")
    gather_events([told], Reading(), ready.box, ready.people, SideNetwork(), (), ready.whole.report)
    assert told.in_order is in_order


def test_bookings_between_the_stretches_of_a_match_are_of_another():
    first, between, last = "Il Borgo batte la Villa 1-0.", "Ammoniti Ferri e Sala.", "Il Borgo ora è primo."
    text = f"{first}\n\n{between}\n\n{last}"
    assert made_ready(text).box.entries
    assert not made_ready(text, first, last).box.entries
