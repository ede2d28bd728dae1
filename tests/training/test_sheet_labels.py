"""Annotated texts become labels of the sheet reader."""

import pytest

from matchcli.extraction.reader.model import FIGURES
from matchcli.training.sheet_labels import (
    club_forms,
    figure,
    name_places,
    occurrences,
    person_forms,
    sheet_labels,
)

from .texts import SEVERAL, SINGLE, material, parsed


def labelled(source):
    known = material(source)
    encoded = known.whole.encoded()
    return known.annotated.text, encoded, sheet_labels(known.annotated, known.whole, encoded)


@pytest.fixture(scope="module")
def single():
    return labelled(SINGLE)


def tagged(labelled_text):
    text, encoded, labels = labelled_text
    return [
        (text[slice(*token.span)], tag)
        for token, tag in zip(encoded.tokens, labels.tags, strict=True)
        if tag != "O"
    ]


def test_clubs_players_and_officials_are_tagged(single):
    tags = tagged(single)
    assert {("Portalba", "B-home"), ("Monteverde", "B-away"), ("PORTALBA", "B-home")} <= set(tags)
    assert {
        ("Rossi", "B-referee"),
        ("Bianchi", "B-coach"),
        ("Galli", "B-person"),
        ("Nkosi", "B-player"),
    } <= set(tags)
    at = tags.index(("Mario", "B-player"))
    assert tags[at + 1] == ("Ferri", "I-player")


def test_scores_say_what_the_head_has_of_the_match(single):
    _, encoded, labels = single
    said = [FIGURES[labels.figures[token]] for token in sorted(encoded.scores)]
    assert said[0] == "final"
    assert labels.extra_time is False and labels.matches == 1
    assert not any(labels.opens.values())


def test_a_unit_that_tells_another_match_opens_it():
    text, encoded, labels = labelled(SEVERAL)
    opening = [
        text[encoded.tokens[unit].span[0] :].split()[0] for unit, opens in labels.opens.items() if opens
    ]
    assert opening == ["PORTALBA-MONTEVERDE", "CASTELNOVO-RIVALTA"]
    assert labels.extra_time is None and labels.matches == 2


def test_a_score_belongs_to_the_match_that_is_named_nearest():
    _, encoded, labels = labelled(SEVERAL)
    said = {encoded.scores[token]: FIGURES[number] for token, number in labels.figures.items()}
    assert said == {(1, 0): "final", (2, 2): "final"}


def test_figures_are_told_whichever_side_stands_first():
    match = parsed(SINGLE).matches[1]
    assert figure((2, 1), match) == "final" and figure((1, 2), match) == "final_away_first"
    assert figure((0, 1), match) == "half_away_first" and figure((1, 1), match) is None


def test_names_are_found_in_capitals_and_with_either_apostrophe():
    text = "SERIE D. Gol di D’Errico e di D'Errico; la Serie  D ringrazia."
    assert [text[slice(*span)] for span in occurrences(text, "D'Errico")] == ["D’Errico", "D'Errico"]
    assert [text[slice(*span)] for span in occurrences(text, "Serie D")] == ["Serie  D", "SERIE D"]


def test_the_longest_of_overlapping_names_is_kept():
    source = SINGLE.replace("Al 55'", "Lo stadio dei Pini è lo Stadio dei Pini. Al 55'")
    report = parsed(source)
    places = {(report.text[slice(*p.span)], p.kind) for p in name_places(report)}
    assert ("Stadio dei Pini", "venue") in places and ("Mario Ferri", "player") in places


def test_a_part_of_a_clubs_name_stands_for_it_unless_many_clubs_have_it():
    assert club_forms("Virtus Castelfranco", "Castelfranco Calcio") == ["Virtus Castelfranco"]
    assert club_forms("Nuova Rivalta Mare", "Portalba") == [
        "Nuova Rivalta Mare",
        "Rivalta",
        "Mare",
        "Nuova Rivalta",
        "Rivalta Mare",
    ]
    assert person_forms("Mario De Luca") == ["Mario De Luca", "Mario", "Luca", "De Luca"]
    assert person_forms("Nkosi") == ["Nkosi"]
