"""The gazetteer: every entry's example yields the entry, and what ``find`` makes of a text."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchcli.extraction.gazetteer import Gazetteer, GazetteerHit, store
from matchcli.extraction.gazetteer import compile as gazetteer_compile

TABLES = gazetteer_compile.read_tables(store.LEXICON)
KINDS = {
    "club": (
        "club_name",
        "club_alias",
        "club_nickname",
        "club_colour",
        "club_demonym",
        "club_code",
        "stadium",
    ),
    "nation": (
        "nation_name",
        "nation_demonym",
        "nation_nickname",
        "nation_colour",
        "nation_stadium",
        "nation_code",
    ),
    "place": ("city", "city_demonym", "region", "region_demonym", "area", "area_demonym"),
    "competition": ("competition",),
    "round": ("round",),
    "role": ("role",),
}
ENTRIES = [(kind, entry) for kind in KINDS for entry in TABLES.get(kind, [])]


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    return Gazetteer(gazetteer_compile.compile_tables(TABLES))


def only(known: Gazetteer, text: str) -> GazetteerHit:
    """The one hit of a text."""
    hits = known.find(text)
    assert len(hits) == 1, hits
    return hits[0]


def pointing_to(known: Gazetteer, text: str, name: str, kind: str) -> list[GazetteerHit]:
    return [
        hit
        for hit in known.find(text)
        if any(sense.kind in KINDS[kind] and name in sense.targets for sense in hit.senses)
    ]


@pytest.mark.parametrize(
    ("kind", "entry"), ENTRIES, ids=[f"{kind}-{entry['name']}" for kind, entry in ENTRIES]
)
def test_the_example_of_an_entry_yields_the_entry(known: Gazetteer, kind: str, entry: dict[str, Any]) -> None:
    assert pointing_to(known, entry["example"], entry["name"], kind)


@pytest.mark.parametrize("kind", list(KINDS))
def test_no_name_stands_twice(kind: str) -> None:
    names = [entry["name"] for entry in TABLES.get(kind, [])]
    assert len(names) == len(set(names)), [name for name in names if names.count(name) > 1]


@pytest.mark.parametrize("club", TABLES["club"], ids=[club["name"] for club in TABLES["club"]])
def test_every_form_of_a_club_is_found_in_a_sentence(known: Gazetteer, club: dict[str, Any]) -> None:
    forms = [club["name"], *club.get("aliases", []), *club.get("nicknames", []), *club.get("stadium", [])]
    forms += [
        form
        for field in ("colours", "demonyms")
        for base in club.get(field, [])
        for form, _ in gazetteer_compile.inflect(base)
    ]
    missed = [
        form
        for form in forms
        if not pointing_to(known, f"Oggi {form} ne esce a testa alta.", club["name"], "club")
    ]
    assert not missed


def test_the_city_and_the_country_of_a_club_are_known(known: Gazetteer) -> None:
    for club in known.clubs.values():
        assert club.city is None or club.city in known.places or club.city in known.nations, club
        assert club.country in known.nations, club


def test_the_cities_and_the_region_of_a_place_are_known(known: Gazetteer) -> None:
    for place in known.places.values():
        assert all(city in known.places for city in place.cities), place
        assert place.region is None or place.region in known.places, place


@pytest.mark.parametrize(
    ("text", "kind", "clubs"),
    [
        ("passano i milanesi", "city_demonym", {"Inter", "Milan"}),
        ("passano gli emiliani", "region_demonym", {"Bologna", "Parma", "Modena", "Reggiana"}),
        ("passano i brianzoli", "club_demonym", {"Monza"}),
        ("passano gli irlandesi", "nation_demonym", {"Dundalk"}),
        ("passano i baschi", "club_demonym", {"Athletic Bilbao", "Real Sociedad"}),
        ("passano gli scandinavi", "area_demonym", {"Svezia", "Norvegia"}),
        ("si gioca a Genova", "city", {"Genoa", "Sampdoria"}),
    ],
)
def test_a_people_or_a_place_points_to_its_clubs(
    known: Gazetteer, text: str, kind: str, clubs: set[str]
) -> None:
    hit = only(known, text)
    assert hit.kind == kind
    assert clubs <= set(known.teams_of(hit))


@pytest.mark.parametrize(
    ("text", "name", "surface"),
    [
        ("nella Serie C girone B si gioca", "Serie C", "Serie C girone B"),
        ("in Serie C - Girone C vince", "Serie C", "Serie C - Girone C"),
        ("ai Mondiali del 1982 vola", "Mondiali", "Mondiali del 1982"),
        ("a Italia '90 segna", "Mondiali", "Italia '90"),
        ("campionato mondiale di calcio 1954, quarti", "Mondiali", "campionato mondiale di calcio 1954"),
        ("a Euro 2024 basta un pari", "Europei", "Euro 2024"),
        ("alle Olimpiadi di Amsterdam", "Olimpiadi", "Olimpiadi di Amsterdam"),
        ("al Trofeo Città di Borgofranco", "Trofeo", "Trofeo Città di Borgofranco"),
        ("il big match di Champions", "Champions League", "Champions"),
        ("l'Under 21 in campo", "Under 21", "Under 21"),
        (
            "nelle qualificazioni ai Mondiali 2026",
            "Qualificazioni mondiali",
            "qualificazioni ai Mondiali 2026",
        ),
        ("in Coppa Italia Serie C", "Coppa Italia Serie C", "Coppa Italia Serie C"),
    ],
)
def test_a_competition_is_known_with_its_group_and_year(
    known: Gazetteer, text: str, name: str, surface: str
) -> None:
    hits = [hit for hit in known.find(text) if hit.kind == "competition"]
    assert [(hit.targets, hit.surface) for hit in hits] == [((name,), surface)]


def test_an_ordinary_word_is_no_competition(known: Gazetteer) -> None:
    text = "una promozione da conquistare, un gol mondiale, sempre campioni"
    assert [hit for hit in known.find(text) if hit.kind == "competition" and not hit.doubtful] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("alla quinta giornata", "giornata"),
        ("la 12ª giornata", "giornata"),
        ("per la finale di ieri", "finale"),
        ("negli ottavi di finale", "ottavi di finale"),
        ("il terzo turno preliminare", "preliminare"),
        ("il 2° turno", "turno"),
    ],
)
def test_a_round_is_known(known: Gazetteer, text: str, name: str) -> None:
    assert [hit.targets for hit in known.find(text) if hit.kind == "round"] == [(name,)]


def test_the_end_of_the_match_is_no_final(known: Gazetteer) -> None:
    assert [
        hit
        for hit in known.find("nel finale segna, 3-2 finale, triplice fischio finale")
        if hit.kind == "round"
    ] == []


@pytest.mark.parametrize(
    ("text", "surface", "doubtful"),
    [
        ("segna il numero 9", "numero 9", False),
        ("il 43 viola calcia", "43", True),
        ("il dieci nerazzurro tira", "dieci", True),
        ("entra il classe 2005", "classe 2005", False),
        ("il 18enne tira", "18enne", False),
    ],
)
def test_shirt_numbers_and_years_of_birth_call_a_player(
    known: Gazetteer, text: str, surface: str, doubtful: bool
) -> None:
    hits = [hit for hit in known.find(text) if hit.kind == "role"]
    assert [(hit.surface, hit.doubtful) for hit in hits] == [(surface, doubtful)]
    assert known.roles[hits[0].targets[0]].player


@pytest.mark.parametrize(
    "text", ["il 10 maggio", "il 4-3-3", "il 3 a 0 finale", "il 2-1", "dal 10' in poi", "il due a zero"]
)
def test_dates_minutes_and_scores_are_no_shirt_numbers(known: Gazetteer, text: str) -> None:
    assert [hit for hit in known.find(text) if hit.kind == "role"] == []


@pytest.mark.parametrize(
    ("text", "role", "player"),
    [
        ("Il c.t. cambia.", "c.t.", False),
        ("All. Fontana", "All.", False),
        ("Arbitra la sig.ra Tassi", "sig.ra", False),
        ("Il fischietto fischia", "fischietto", False),
        ("Il neoentrato segna", "neoentrato", True),
        ("L'ex di turno segna", "ex di turno", True),
    ],
)
def test_a_role_tells_players_from_the_others(known: Gazetteer, text: str, role: str, player: bool) -> None:
    hit = known.find(text)[0] if role != "sig.ra" else known.find(text)[-1]
    assert hit.targets == (role,)
    assert known.roles[role].player is player


def test_a_hit_stands_where_its_surface_stands(known: Gazetteer) -> None:
    text = "Dell'Inter s'è detto: all’Etihad i nerazzurri ( ieri ) reggono, la Vecchia\u00a0Signora no."
    hits = known.find(text)
    assert [hit.surface for hit in hits] == ["Inter", "Etihad", "nerazzurri", "Vecchia\u00a0Signora"]
    assert all(text[hit.start : hit.end] == hit.surface for hit in hits)


FRAGMENTS = [
    " ",
    "  ",
    "\n",
    ". ",
    ", ",
    "'",
    "’",
    "-",
    "l'",
    "dell'",
    "il ",
    "i ",
    "la ",
    "(",
    ")",
    "2-1",
    "10'",
    "È",
    "ﬁ",
    "İ",
    "ß",
]
NAMES = [name for entry in TABLES["club"][::7] for name in (entry["name"], *entry.get("nicknames", []))]
NAMES += [
    "Serie C girone B",
    "il numero 9",
    "classe 2005",
    "All.",
    "Nardo'",
    "Torneo di Prova",
    "gialloblù",
    "finale",
]


@given(
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(NAMES), st.text(max_size=4)), max_size=12)
)
def test_hits_of_any_text_are_in_order_apart_and_true_to_the_text(
    known: Gazetteer, pieces: list[str]
) -> None:
    text = "".join(pieces)
    end = 0
    for hit in known.find(text):
        assert end <= hit.start < hit.end <= len(text)
        assert hit.surface == text[hit.start : hit.end]
        assert hit.senses
        assert all(sense.targets for sense in hit.senses)
        end = hit.end


def test_the_longest_form_wins(known: Gazetteer) -> None:
    assert only(known, "Passa il Real Madrid.").targets == ("Real Madrid",)
    assert only(known, "Passa il Real.").targets == ("Real Madrid",)


def test_a_hyphen_between_two_sides_does_not_make_one_name(known: Gazetteer) -> None:
    assert [hit.targets for hit in known.find("Bayern-Monaco 2-1")] == [("Bayern Monaco",), ("Monaco",)]


@pytest.mark.parametrize("written", ["Beşiktaş", "Besiktas", "BESIKTAS", "Bes\u0327iktas\u0327"])
def test_diacritics_do_not_matter(known: Gazetteer, written: str) -> None:
    assert only(known, f"Pari del {written} in trasferta.").targets == ("Beşiktaş",)


@pytest.mark.parametrize("written", ["Nardò", "NARDÒ", "Nardo'", "NARDO’", "Nardo\u0300"])
def test_a_final_accent_may_be_written_as_an_apostrophe(known: Gazetteer, written: str) -> None:
    assert only(known, f"Vince il {written} di misura.").targets == ("Nardò",)


@pytest.mark.parametrize("text", ["vince Nardo di misura", "poi liberò l'area", "Calì la prende"])
def test_a_final_accent_tells_words_apart(known: Gazetteer, text: str) -> None:
    assert known.find(text) == []


def test_a_final_u_is_often_written_without_accent(known: Gazetteer) -> None:
    assert only(known, "Passano i rossoblu.").sense("club_colour") is not None


@pytest.mark.parametrize(
    "text", ["prende il giallo", "in corsa segna", "si rompe il crociato", "cartellino rosso"]
)
def test_a_colour_that_is_an_everyday_word_is_doubtful(known: Gazetteer, text: str) -> None:
    assert all(hit.doubtful for hit in known.find(text) if hit.kind != "role")


def test_a_colour_that_is_an_everyday_word_is_sure_as_a_team(known: Gazetteer) -> None:
    assert not only(known, "Passano i rossi.").doubtful


def test_a_name_in_lower_case_is_no_name(known: Gazetteer) -> None:
    assert known.find("un prato da favola, che potenza") == []


def test_an_ordinary_word_at_the_start_of_a_sentence_is_doubtful(known: Gazetteer) -> None:
    assert known.find("Potenza e tecnica: basta questo.")[0].doubtful
    assert not known.find("Vince il Potenza.")[0].doubtful


def test_a_code_is_known_in_capitals_only(known: Gazetteer) -> None:
    assert [hit.targets for hit in known.find("ITA-FRA 1-0")] == [("Italia",), ("Francia",)]
    assert known.find("Ita, fra") == []


@pytest.mark.parametrize("written", ["Bayern Monaco Women", "Lione femminile", "Roma Women"])
def test_the_women_of_a_club_have_its_name(known: Gazetteer, written: str) -> None:
    hit = only(known, f"Passa {written} di misura.")
    assert hit.surface == written
    assert hit.targets == (written.rpartition(" ")[0],)


def test_a_stadium_named_after_a_person_needs_an_article_or_its_noun(known: Gazetteer) -> None:
    assert not known.find("Si gioca al Meazza.")[0].doubtful
    assert not known.find("Si gioca allo stadio Meazza.")[0].doubtful
    assert known.find("Palla a Meazza.")[0].doubtful
    assert not known.find("Si gioca a Marassi.")[0].doubtful


def test_the_beginning_of_an_unknown_name_is_doubtful(known: Gazetteer) -> None:
    assert not only(known, "Passa la Virtus in trasferta.").doubtful
    assert known.find("Passa la Virtus Borgofranco.")[0].doubtful


def test_a_nickname_without_its_article_is_doubtful(known: Gazetteer) -> None:
    assert not only(known, "Ride la Dea.").doubtful
    assert only(known, "Che bella dea.").doubtful


@pytest.mark.parametrize(
    ("text", "gender", "number"),
    [
        ("segna il viola", "m", "s"),
        ("segnano i viola", "m", "p"),
        ("segna la nerazzurra", "f", "s"),
        ("segnano le nerazzurre", "f", "p"),
        ("il tiro del blaugrana", "m", "s"),
    ],
)
def test_inflection_and_article_tell_gender_and_number(
    known: Gazetteer, text: str, gender: str, number: str
) -> None:
    hit = known.find(text)[-1]
    assert (hit.kind, hit.gender, hit.number) == ("club_colour", gender, number)


def test_a_capital_colour_in_mid_sentence_may_be_a_surname(known: Gazetteer) -> None:
    assert known.find("palla a Rossi, tiro")[0].doubtful
    assert not known.find("palla ai Bianconeri, tiro")[0].doubtful


@pytest.mark.parametrize(
    ("written", "club"),
    [
        ("Us Lecce", "Lecce"),
        ("AC Milan 1899", "Milan"),
        ("FC Internazionale", "Inter"),
        ("Psg", "Paris Saint-Germain"),
    ],
)
def test_a_team_is_known_by_any_written_name(known: Gazetteer, written: str, club: str) -> None:
    assert club in known.team(written)


def test_an_unknown_team_is_no_team(known: Gazetteer) -> None:
    assert known.team("Polisportiva Borgo Inventato") == ()


@pytest.mark.parametrize(
    "names", TABLES["first_names"], ids=lambda names: f"{names['language']}-{names['gender']}"
)
def test_the_example_of_first_names_tells_their_gender(known: Gazetteer, names: dict[str, Any]) -> None:
    first = known.people.split(names["example"]).first
    assert first in names["names"]
    assert known.people.gender(first) == (names["gender"] or None)


def test_no_first_name_stands_in_two_lists() -> None:
    names = [name for names in TABLES["first_names"] for name in names["names"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("particle", TABLES["particle"], ids=lambda particle: particle["example"])
def test_the_example_of_a_particle_keeps_it_with_the_surname(
    known: Gazetteer, particle: dict[str, Any]
) -> None:
    parts = known.people.split(particle["example"])
    assert " " not in parts.first
    assert particle["example"] == f"{parts.first} {parts.surname}"


@pytest.mark.parametrize("initial", TABLES["initial"], ids=lambda initial: initial["name"])
def test_the_example_of_an_initial_is_taken_apart(known: Gazetteer, initial: dict[str, Any]) -> None:
    parts = known.people.split(initial["example"])
    assert (parts.first.rstrip("."), parts.surname) == ("M", "Fontanesi")


@pytest.mark.parametrize("family", TABLES["surname_words"], ids=lambda family: family["family"])
def test_the_example_of_a_family_has_a_surname_that_is_an_ordinary_word(
    known: Gazetteer, family: dict[str, Any]
) -> None:
    assert family["example_word"] in family["example"]
    assert known.people.word_class(family["example_word"]) is not None
    assert known.people.word_class(family["example_word"].upper()) is not None


@pytest.mark.parametrize("title", TABLES["title"], ids=lambda title: title["example"])
def test_the_example_of_a_title_has_the_title(known: Gazetteer, title: dict[str, Any]) -> None:
    word = next(word for word in title["example"].split() if known.people.is_title(word))
    assert word in title["words"]
    assert known.people.title_gender(word) == (title["gender"] or None)


@pytest.mark.parametrize(
    ("name", "first", "surname"),
    [
        ("Joris van der Velde", "Joris", "van der Velde"),
        ("De Santi", "", "De Santi"),
        ("Marco De Santi", "Marco", "De Santi"),
        ("Gian Marco Fontanesi", "Gian Marco", "Fontanesi"),
        ("Fontanesi", "", "Fontanesi"),
        ("Fontanesi Marco", "Marco", "Fontanesi"),
        ("M. Fontanesi", "M.", "Fontanesi"),
        ("De Santi L.", "L.", "De Santi"),
        ("Gio. Fontanesi", "Gio.", "Fontanesi"),
    ],
)
def test_a_name_is_taken_apart(known: Gazetteer, name: str, first: str, surname: str) -> None:
    parts = known.people.split(name)
    assert (parts.first, parts.surname) == (first, surname)


def test_a_form_after_a_first_name_is_doubtful(known: Gazetteer) -> None:
    assert known.find("Tira Marco Verona.")[0].doubtful
    assert not known.find("Vince il Verona.")[0].doubtful


def test_a_surname_that_is_a_people_is_doubtful_where_a_sentence_begins(known: Gazetteer) -> None:
    assert known.find("Russo calcia alto.")[0].doubtful
    assert not known.find("Il russo calcia alto.")[0].doubtful


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("nerazzurri", {"nerazzurro", "nerazzurra", "nerazzurri", "nerazzurre"}),
        ("bolognesi", {"bolognese", "bolognesi"}),
        ("cechi", {"ceco", "ceca", "cechi", "ceche"}),
        ("austriaci", {"austriaco", "austriaca", "austriaci", "austriache"}),
        ("viola", {"viola"}),
        ("belga/belga/belgi/belghe", {"belga", "belgi", "belghe"}),
    ],
)
def test_a_masculine_plural_gives_the_other_forms(base: str, forms: set[str]) -> None:
    assert {form for form, _ in gazetteer_compile.inflect(base)} == forms


@pytest.mark.parametrize("determiner", TABLES["determiner"], ids=lambda determiner: determiner["example"])
def test_the_example_of_a_determiner_tells_gender_and_number(
    known: Gazetteer, determiner: dict[str, Any]
) -> None:
    hit = known.find(determiner["example"])[-1]
    assert (hit.gender or "", hit.number) == (determiner["gender"], determiner["number"])


@pytest.mark.parametrize(
    "kind", ["legal_form", "place_stadium", "ground_word", "small_words", "women_suffix"]
)
def test_the_examples_of_words_about_clubs_name_a_club_for_sure(known: Gazetteer, kind: str) -> None:
    for entry in TABLES[kind]:
        assert any(word.lower() in entry["example"].lower() for word in entry["words"])
        assert any(not hit.doubtful and known.teams_of(hit) for hit in known.find(entry["example"]))


@pytest.mark.parametrize("kind", ["generic_name", "ordinary_base"])
def test_the_examples_of_doubtful_words_have_one_that_is_sure_and_one_that_is_not(
    known: Gazetteer, kind: str
) -> None:
    for entry in TABLES[kind]:
        hits = known.find(entry["example"])
        assert {hit.doubtful for hit in hits} == {True, False}, hits


def test_the_example_of_beginnings_of_clubs_has_some(known: Gazetteer) -> None:
    for entry in TABLES["club_beginning"]:
        assert known.club_beginnings & set(entry["example"].split())


def test_legal_forms_and_beginnings_of_clubs_are_given(known: Gazetteer) -> None:
    assert {"us", "calcio"} <= known.legal_forms
    assert {"Virtus", "Fortitudo"} <= known.club_beginnings


@pytest.mark.parametrize("ending", TABLES["ending"], ids=[ending["plural"] for ending in TABLES["ending"]])
def test_the_example_of_an_ending_is_inflected_so(ending: dict[str, Any]) -> None:
    base, _, forms = ending["example"].partition(": ")
    found = {form for form, _ in gazetteer_compile.inflect(base)}
    assert found == set(forms.split(", "))


def test_a_form_that_no_text_can_match_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot match"):
        gazetteer_compile.key_of("Roma + Lazio")


def test_the_compiled_copy_is_used_again_and_made_anew_when_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache" / "gazetteer.json"
    monkeypatch.setattr(store, "_cache_path", lambda: cache)
    load = store.load.__wrapped__
    first = load().find("L'Inter vince.")
    assert cache.exists()
    assert load().find("L'Inter vince.") == first
    cache.write_text(cache.read_text(encoding="utf-8")[:500], encoding="utf-8")
    assert load().find("L'Inter vince.") == first
    json.loads(cache.read_text(encoding="utf-8").partition("\n")[2])


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(store, "_cache_path", lambda: tmp_path / "file" / "gazetteer.json")
    assert store.load.__wrapped__().find("L'Inter vince.")


def test_a_text_of_three_thousand_characters_is_read_at_once(known: Gazetteer) -> None:
    text = " ".join(entry["example"] for _, entry in ENTRIES)[:3000]
    known.find(text)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        known.find(text)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05
