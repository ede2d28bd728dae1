"""Penalties from the foul to the verdict, and to the kick."""

import pytest

from tests.extraction.telling_of import events_of, names

INCIDENTS = {
    "Al 30' Tedeschini stende Marchesani in area: rigore.": [("penalty_awarded", "Marchesani", "Tedeschini")],
    "Al 30' Marchesani reclama un rigore, l'arbitro lascia proseguire.": [
        ("penalty_appeal", "Marchesani", None)
    ],
    "Al 30' Tedeschini stende Marchesani, l'arbitro indica il dischetto. Poi va al monitor e revoca il rigore.": [
        ("penalty_overturned", "Marchesani", "Tedeschini")
    ],
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return events_of(tmp_path_factory.mktemp("incidents"), list(INCIDENTS))


@pytest.mark.parametrize("text", INCIDENTS)
def test_the_verdict_decides_what_an_incident_is(text, told):
    assert [names(e) for e in told[text] if e.type.startswith("penalty_")] == INCIDENTS[text]
