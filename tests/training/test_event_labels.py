"""Annotated matches become labels of the event reader."""

import pytest

from matchcli.extraction.reader.model import TAGS
from matchcli.training.event_labels import PlaceLabel, event_labels, label_order, label_ties, running_scores
from matchcli.training.marked import MarkedTelling, marked_matches
from matchcli.training.names import best_fit, fits
from matchcli.training.reports import GoldEvent

from .texts import SEVERAL, SINGLE, material


class Labelled:
    """The labels of a match with words in place of numbers."""

    def __init__(self, source, number=0):
        known = material(source)
        self.match = marked_matches(known.annotated, known.whole)[number]
        self.labels = event_labels(self.match)
        self.encoded = self.match.encoded

    def word(self, token):
        place = self.encoded.tokens[token]
        return self.encoded.rows[place.row].items[place.position].text

    def node(self, number):
        return self.word(self.encoded.nodes[number].token)

    def telling(self, number):
        return self.word(self.labels.tellings[number].tokens[0])


@pytest.fixture(scope="module")
def single():
    return Labelled(SINGLE)


def test_the_words_that_tell_events_are_tagged(single):
    tagged = [(single.word(n), TAGS[tag]) for n, tag in enumerate(single.labels.tags) if tag]
    assert tagged[:6] == [
        ("insacca", "B-goal"),
        ("pareggia", "B-goal"),
        ("calcia", "B-shot"),
        ("alto", "I-shot"),
        ("segna", "B-goal"),
        ("ammonito", "B-yellow_card"),
    ]


def test_the_nearest_mention_of_player_and_other_have_their_roles(single):
    roles = {(single.telling(t), single.node(n)): role for t, n, role in single.labels.roles if role}
    assert roles["insacca", "Mario Ferri"] == 1
    assert roles["insacca", "Nkosi"] == 2
    assert roles["calcia", "portoghese"] == 1
    assert ("calcia", "Mario Ferri", 0) in {
        (single.telling(t), single.node(n), role) for t, n, role in single.labels.roles
    }
    assert roles["ammonito", "Sala"] == 1


def test_times_and_scores_are_linked_to_their_events(single):
    links = {(single.telling(t), single.node(n)): belongs for t, n, belongs in single.labels.links}
    assert links["insacca", "Al 12'"] and not links["pareggia", "Al 12'"]
    assert links["segna", "2-1"] and not links["pareggia", "2-1"]


def test_a_description_means_the_person_of_its_mark(single):
    (label,) = [m for m in single.labels.meanings if single.node(m.node) == "portoghese"]
    assert {single.node(n) for n in label.meant} == {"João Freitas"}
    assert label.known


def test_sides_are_those_of_rosters_marks_and_events(single):
    sides = {(single.word(place.token), place.side) for place in single.labels.sides}
    assert {("Mario Ferri", "home"), ("portoghese", "away"), ("i padroni di casa", "home")} <= sides
    assert {("insacca", "home"), ("pareggia", "away")} <= sides


def test_ties_join_one_side_and_part_two(single):
    ties = {(single.word(a), single.word(b)): same for a, b, same in single.labels.ties}
    assert ties["Mario Ferri", "Nkosi"] and not ties["insacca", "pareggia"]


def test_places_of_one_person_and_far_places_are_not_tied():
    places = [PlaceLabel(1, "home", "a"), PlaceLabel(5, "home", "a"), PlaceLabel(200, "away", "b")]
    assert label_ties(places) == []


def test_goals_of_one_type_are_held_against_each_other(single):
    goals = {(single.telling(a), single.telling(b)): same for a, b, _, same in single.labels.one}
    assert goals["insacca", "pareggia"] is False
    assert ("insacca", "calcia") not in goals


def test_several_matches_are_labelled_apart():
    first, second = Labelled(SEVERAL, 0), Labelled(SEVERAL, 1)
    assert {first.telling(n) for n in range(len(first.labels.tellings))} == {"segna", "ammonito"}
    assert {second.telling(n) for n in range(len(second.labels.tellings))} == {"portano", "pareggia"}
    roles = {second.node(n) for t, n, role in second.labels.roles if role and second.telling(t) == "portano"}
    assert roles == {"Bruni", "Leoni"}


def test_a_lead_stands_outside_the_order_of_the_tellings():
    minutes = [90, 10, 20, 30]
    tellings = [
        MarkedTelling([n], (n,), [GoldEvent(n, 1, "goal", minute=(minute, minute))])
        for n, minute in enumerate(minutes)
    ]
    assert label_order(tellings) == [(0, False), (1, True), (2, True), (3, True)]


def test_a_text_told_backwards_is_in_order_too():
    tellings = [
        MarkedTelling([n], (n,), [GoldEvent(n, 1, "goal", minute=(minute, minute))])
        for n, minute in enumerate([90, 80, 40])
    ]
    assert all(inside for _, inside in label_order(tellings))


def test_running_scores_follow_the_goals():
    goals = [
        GoldEvent(1, 1, "goal", "home"),
        GoldEvent(2, 1, "shot", "home"),
        GoldEvent(3, 1, "goal", "away"),
    ]
    assert running_scores(goals) == {1: (1, 0), 3: (1, 1)}


def test_names_fit_by_words_and_initials():
    assert fits("Rossi M.", "Mario Rossi") and fits("De Luca", "Luca") and not fits("Rossi", "Russo")
    assert not fits("Motta E.", "Portanova M.")
    assert best_fit("Rossi", ["Mario Rossi", "Rossi"]) == "Rossi"
    assert best_fit("Verdi", ["Mario Rossi"]) is None
