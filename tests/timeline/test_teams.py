"""The sides of a match: their names, and who plays at home."""

import pytest

from matchcli.extraction.gazetteer import load
from matchcli.timeline.guess import fullest, guess_sides
from matchcli.timeline.teams import identity, title_case


def sides(text: str) -> tuple[str, str] | None:
    gazetteer = load()
    pair = guess_sides(text, gazetteer.find(text), 0, len(text), gazetteer)
    return (pair[0].name, pair[1].name) if pair else None


def test_names_in_capitals_are_written_in_normal_case():
    assert title_case("VIRTUS BORGO DI SOPRA") == "Virtus Borgo di Sopra"
    assert identity("VIRTUS BORGO", load()).name == "Virtus Borgo"


@pytest.mark.parametrize(
    ("text", "home", "away"),
    [
        ("Il Parma soffre, il Torino non passa. Il Parma vince.", "Parma", "Torino"),
        ("Il Torino espugna Parma. Il Parma protesta, il Torino fa festa.", "Parma", "Torino"),
        ("TORINO. Il Parma parte forte, il Torino risponde.", "Torino", "Parma"),
        ("Il Parma parte forte in casa del Torino e vince.", "Torino", "Parma"),
        (
            "L'Italia pareggia in casa della Norvegia. La Norvegia spinge, l'Italia resiste.",
            "Norvegia",
            "Italia",
        ),
    ],
)
def test_known_sides_and_who_is_at_home(text, home, away):
    assert sides(text) == (home, away)


@pytest.mark.parametrize(
    ("text", "home", "away"),
    [
        ("La Bertagnese passa sul campo del Rivafonda. Il Rivafonda protesta.", "Rivafonda", "Bertagnese"),
        ("La sfida tra Olmeda e Carpanella. La Carpanella pareggia.", "Olmeda", "Carpanella"),
        ("Pro Olmeda in vantaggio. La Bertagnese non sbaglia e ci crede.", "Pro Olmeda", "Bertagnese"),
        ("A Rocchetta Alta è festa. La Bertagnese cade all'ultimo.", "Rocchetta Alta", "Bertagnese"),
    ],
)  # fmt: skip
def test_invented_clubs_are_known_by_their_surroundings(text, home, away):
    assert sides(text) == (home, away)


def test_a_short_name_takes_its_fullest_form():
    text = "Il City parte forte. Il Manchester City vince."
    gazetteer = load()
    assert fullest(identity("City", gazetteer), gazetteer.find(text)).name in ("City", "Manchester City")
    assert (
        fullest(identity("Toro", gazetteer), gazetteer.find("Il Toro soffre, il Torino vince.")).name
        == "Torino"
    )


def test_a_text_without_any_side_gives_none():
    assert sides("Domani piove e non si gioca a niente.") is None
