"""Which stretches of a text tell which match, from what the sheet reader says of it."""

from matchcli.extraction.fixtures import find_fixtures
from matchcli.extraction.gazetteer import load
from matchcli.extraction.reader.sheet_reading import Named, Sheet
from matchcli.reading.reader import read
from matchcli.timeline.matches import find_matches


def matches_of(text: str, names: dict[str, str], opens: tuple[str, ...] = ()) -> list[tuple[str, str, int]]:
    """Home, away and number of stretches of each match; ``names`` says what each name is for."""
    report = read(text.encode(), path="x")
    sheet = Sheet()
    for name, kind in names.items():
        at = text.find(name)
        while at >= 0:
            sheet.names.append(Named((at, at + len(name)), kind, {kind: 0.9}))
            at = text.find(name, at + 1)
    sheet.names.sort(key=lambda n: n.span)
    sheet.opens = [(0, 1.0), *((text.index(words), 0.95) for words in opens)]
    gazetteer = load()
    found = find_matches(text, sheet, find_fixtures(text, report.blocks), gazetteer.find(text), gazetteer)
    return [(*match.names, len(match.spans)) for match in found]


def test_two_names_with_a_dash_are_two_sides():
    text = "Olmeda-Carpanella 2-1\n\nFesta grande."
    assert matches_of(text, {"Olmeda-Carpanella": "home"}) == [("Olmeda", "Carpanella", 1)]


def test_a_text_of_two_matches_is_parted_where_the_second_begins():
    text = "La Bertagnese batte il Rivafonda. Pari tra Olmeda e Carpanella."
    names = {"Bertagnese": "home", "Rivafonda": "away", "Olmeda": "home", "Carpanella": "away"}
    assert [m[:2] for m in matches_of(text, names, ("Pari",))] == [
        ("Bertagnese", "Rivafonda"),
        ("Olmeda", "Carpanella"),
    ]


def test_stretches_of_one_pair_are_one_match():
    text = "La Bertagnese batte il Rivafonda. Pari tra Olmeda e Carpanella. Tornando alla Bertagnese: festa."
    names = {"Bertagnese": "home", "Rivafonda": "away", "Olmeda": "home", "Carpanella": "away"}
    assert matches_of(text, names, ("Pari", "Tornando")) == [
        ("Bertagnese", "Rivafonda", 2),
        ("Olmeda", "Carpanella", 1),
    ]


def test_a_side_that_is_never_named_has_the_name_that_its_nickname_means():
    text = "Il Parma soffre ma passa: i granata di Torino, il Toro, protestano. Il Parma fa festa."
    assert matches_of(text, {"Parma": "home"})[0][:2] == ("Parma", "Torino")


def test_a_nation_plays_a_nation_and_no_club_of_its_players():
    text = "Italia, che fatica! Ci pensa il centravanti del Torino, due reti alla Danimarca."
    names = {"Italia": "home", "Torino": "away", "Danimarca": "away"}
    assert matches_of(text, names)[0][:2] == ("Italia", "Danimarca")


def test_the_town_where_a_report_was_written_is_no_side():
    text = "COMO - La Bertagnese batte il Rivafonda davanti a mille spettatori, e per una sera la classifica non conta."
    names = {"COMO": "home", "Bertagnese": "home", "Rivafonda": "away"}
    assert matches_of(text, names)[0][:2] == ("Bertagnese", "Rivafonda")
    assert matches_of("COMO - Bari 2-1, che festa", {"COMO": "home", "Bari": "away"})[0][:2] == (
        "COMO",
        "Bari",
    )
    assert matches_of("COMO - BARI 2-1\n\nFesta grande.", {"COMO": "home", "BARI": "away"})[0][:2] == (
        "COMO",
        "BARI",
    )


def test_a_text_without_any_side_tells_no_match():
    assert matches_of("Domani piove e non si gioca a niente.", {}) == []


def test_who_plays_in_his_own_town_or_on_his_own_ground_is_at_home():
    names = {"Bologna": "home", "Lecce": "away"}
    dateline = "LECCE - Il Bologna passa con pieno merito e porta via tre punti al Lecce, che resta ultimo in classifica."
    assert matches_of(dateline, names)[0][:2] == ("Lecce", "Bologna")
    assert matches_of("Il Bologna passa al Via del Mare: Lecce ko.", names)[0][:2] == ("Lecce", "Bologna")
    assert matches_of("Il Bologna batte il Lecce e passa il turno.", names)[0][:2] == ("Bologna", "Lecce")


def test_the_ground_of_the_first_leg_puts_nobody_at_home():
    text = "Il Bologna rimonta il Lecce. All'andata, al Via del Mare, era finita pari."
    assert matches_of(text, {"Bologna": "home", "Lecce": "away"})[0][:2] == ("Bologna", "Lecce")


def test_nations_that_a_text_only_calls_by_their_people_are_its_sides():
    text = "I danesi partono forte, gli olandesi no. Agli olandesi non resta che sperare nell'Inghilterra."
    assert {*matches_of(text, {"Inghilterra": "team"})[0][:2]} == {"Danimarca", "Olanda"}


def test_a_team_of_another_match_is_no_side():
    text = "Gli azzurrini battono la Croazia: l'Italia domani sfida l'Inghilterra. La Nazionale convince."
    names = {"Croazia": "home", "Inghilterra": "team"}
    assert {*matches_of(text, names)[0][:2]} == {"Croazia", "Italia"}
