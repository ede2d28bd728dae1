"""Why an event was read so: its chain of times, whom descriptions mean, where else it is told."""

from matchcli.extraction.persons import Person
from matchcli.rendering.reasons import say
from matchcli.timeline.assemble import _reasons
from matchcli.timeline.clock import Placement
from matchcli.timeline.merge import Evidence, MatchEvent
from matchcli.timeline.reasons import Why

TEXT = "Doppietta di Ortega. Dodici minuti dopo l'attaccante argentino firma il sorpasso."


def span(words):
    start = TEXT.index(words)
    return start, start + len(words)


def told(reasons):
    return [say(reason) for reason in reasons]


def event():
    ortega = Person(name="Javier Ortega")
    meant = [(span("attaccante argentino"), ortega)]
    telling = Evidence(span("attaccante argentino firma il sorpasso"), meant=meant)
    title = Evidence(span("Doppietta di Ortega"), source="title", weight=0.5)
    return MatchEvent("goal", ortega, evidence=[telling, title])


def test_the_chain_of_times_ends_in_the_window():
    chain = [
        Why("time", "poco prima dell'ora", (47, 60)),
        Why("offset", "Dodici minuti dopo", (12, 12), other=1),
    ]
    placed = {
        0: Placement("2H", 59, 72, 65, None, "derived", chain),
        1: Placement("2H", 47, 60, 53, None, "stated", chain[:1]),
    }
    events = [event(), MatchEvent("goal", Person(name="Arad"))]
    assert told(_reasons(events[0], placed[0], TEXT, events, placed))[:3] == [
        "«poco prima dell'ora»: 47-60'",
        "«Dodici minuti dopo»: 12 minuti dopo il gol di Arad (47-60')",
        "dunque 59-72'",
    ]


def test_whom_a_description_means_is_told_with_its_words():
    assert "«attaccante argentino» è Javier Ortega" in told(_reasons(event(), None, TEXT))


def test_what_was_merged_is_told_with_its_words():
    assert "raccontato anche: «Doppietta di Ortega»" in told(_reasons(event(), None, TEXT))


def test_a_telling_inside_the_events_own_words_or_inside_another_is_not_told_again():
    whole = event()
    whole.evidence.append(Evidence(span("argentino firma il sorpasso")))
    whole.evidence.append(Evidence(span("Doppietta"), source="title", weight=0.5))
    assert [line for line in told(_reasons(whole, None, TEXT)) if line.startswith("raccontato")] == [
        "raccontato anche: «Doppietta di Ortega»"
    ]
