"""The sides of a match: their names, as the text has them."""

from matchcli.extraction.gazetteer import load
from matchcli.timeline.teams import fullest, identity, title_case


def test_names_in_capitals_are_written_in_normal_case():
    assert title_case("VIRTUS BORGO DI SOPRA") == "Virtus Borgo di Sopra"
    assert identity("VIRTUS BORGO", load()).name == "Virtus Borgo"


def test_a_short_name_takes_its_fullest_form():
    text = "Il City parte forte. Il Manchester City vince."
    gazetteer = load()
    assert fullest(identity("City", gazetteer), gazetteer.find(text)).name in ("City", "Manchester City")
    assert (
        fullest(identity("Toro", gazetteer), gazetteer.find("Il Toro soffre, il Torino vince.")).name
        == "Torino"
    )
