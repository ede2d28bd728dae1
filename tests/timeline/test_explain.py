"""Why an event was read so: its chain of times, whom descriptions mean, where else it is told."""

from matchcli.extraction.persons import Person
from matchcli.timeline.assemble import _reasons
from matchcli.timeline.clock import Placement
from matchcli.timeline.merge import Evidence, MatchEvent

TEXT = "Doppietta di Ortega. Dodici minuti dopo l'attaccante argentino firma il sorpasso."


def span(words):
    start = TEXT.index(words)
    return start, start + len(words)


def event():
    ortega = Person(name="Javier Ortega")
    meant = [(span("attaccante argentino"), ortega)]
    telling = Evidence(span("attaccante argentino firma il sorpasso"), meant=meant)
    title = Evidence(span("Doppietta di Ortega"), source="title", weight=0.5)
    return MatchEvent("goal", ortega, evidence=[telling, title])


def test_the_chain_of_times_ends_in_the_window():
    placed = Placement("2H", 59, 72, 65, None, "derived", ["goal of Arad 47-60", "plus 12 minutes"])
    assert _reasons(event(), placed, TEXT)[:3] == ["goal of Arad 47-60", "plus 12 minutes", "so 59-72"]


def test_whom_a_description_means_is_told_with_its_words():
    assert "«attaccante argentino» is Javier Ortega" in _reasons(event(), None, TEXT)


def test_what_was_merged_is_told_with_its_words():
    assert "told too: «Doppietta di Ortega»" in _reasons(event(), None, TEXT)
