"""Tellings and the box score's entries become events."""

from matchcli.extraction.boxscore import find_boxscore
from matchcli.reading.reader import read
from matchcli.timeline.grouping import scorer_lists


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
