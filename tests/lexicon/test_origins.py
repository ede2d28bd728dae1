"""Names and the countries where they are at home."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchcli.extraction.gazetteer import load
from matchcli.extraction.numbers import fold
from matchcli.extraction.origins import area_odds, origin_log_odds, origin_tables

AREAS = {area["name"]: area for area in origin_tables()["area"]}
EXAMPLES = [(name, area) for area, row in AREAS.items() for name in row["examples"]]
COUNTRIES = sorted(nation for row in origin_tables()["nation"] for nation in row["nations"])


@pytest.mark.parametrize(("name", "area"), EXAMPLES)
def test_a_name_of_no_list_is_likeliest_where_such_names_are_at_home(name: str, area: str) -> None:
    assert fold(name) not in {fold(known) for kind in ("surnames", "given") for known in AREAS[area][kind]}
    odds = area_odds(name)
    assert max(odds, key=lambda one: odds[one]) == area


@pytest.mark.parametrize("area", AREAS)
def test_every_area_has_an_example_and_a_country(area: str) -> None:
    assert AREAS[area]["examples"]
    assert any(area in row["areas"] for row in origin_tables()["nation"])


@pytest.mark.parametrize("row", origin_tables()["nation"], ids=lambda row: row["nations"][0])
def test_countries_are_those_of_the_gazetteer_and_their_shares_make_one(row: dict) -> None:
    assert set(row["nations"]) <= set(load().nations)
    assert set(row["areas"]) <= set(AREAS)
    assert sum(row["areas"].values()) == pytest.approx(1)


@given(st.text(max_size=30), st.sampled_from(COUNTRIES), st.sampled_from(COUNTRIES))
def test_odds_turn_round_with_the_countries(name: str, one: str, other: str) -> None:
    odds = origin_log_odds(name, one, other, "nation")
    assert odds == pytest.approx(-origin_log_odds(name, other, one, "nation"))
    assert one != other or odds == 0


def test_a_club_of_a_country_says_less_than_its_national_team() -> None:
    nation, club = (origin_log_odds("Kőszegvári", "Ungheria", "Italia", kind) for kind in ("nation", "club"))
    assert nation > club > 0
