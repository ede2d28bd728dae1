"""Names read alike in the whole report."""

from matchcli.language.annotation import Entity, Sentence, Word
from matchcli.language.consistency import consistent


def report(*lines: str) -> tuple[str, list[Sentence]]:
    """Sentences from lines such as "segna PER:Rossi al VERB:Var"; other words are nouns."""
    text, sentences = "", []
    for line in lines:
        text += "\n" if text else ""
        start, words, entities = len(text), [], []
        for part in line.split():
            label, _, form = part.rpartition(":")
            text += " " if words else ""
            place = (len(text), len(text) + len(form))
            text += form
            upos = label if label in ("VERB", "ADJ") else "NOUN"
            words.append(Word(form, form.lower(), upos, {"Number": "Sing"}, -1, "root", *place))
            if label in ("PER", "ORG", "LOC"):
                entities.append(Entity(label, *place))
        sentences.append(Sentence(start, len(text), 0, tuple(words), tuple(entities)))
    return text, sentences


def entities(*lines: str) -> list[list[tuple[str, str]]]:
    text, sentences = report(*lines)
    return [
        [(entity.label, text[entity.start : entity.end]) for entity in sentence.entities]
        for sentence in consistent(sentences, text)
    ]


def test_the_reading_of_most_places_wins():
    found = entities("gol di PER:Milano", "tiro di PER:Milano", "palo di ORG:Milano")
    assert found == [[("PER", "Milano")]] * 3


def test_without_a_majority_every_place_keeps_its_reading():
    found = entities("gol di PER:Milano", "festa a LOC:Milano")
    assert found == [[("PER", "Milano")], [("LOC", "Milano")]]


def test_clubs_and_cities_of_one_name_stay_apart():
    found = entities("vince il ORG:Bologna", "ride il ORG:Bologna", "si gioca a LOC:Bologna")
    assert found[2] == [("LOC", "Bologna")]


def test_a_person_seen_elsewhere_is_found_where_the_model_missed_it():
    assert entities("gol di PER:Okafor", "tiro di PER:Okafor", "cross per Okafor")[2] == [("PER", "Okafor")]


def test_a_word_that_is_also_written_small_is_left_alone():
    assert entities("gol di PER:Palo", "tiro di PER:Palo", "colpisce il Palo pieno", "un palo")[2] == []


def test_a_persons_name_is_tagged_as_a_proper_noun():
    text, sentences = report("gol di PER:Lautaro", "PER:Lautaro esulta")
    first, second = consistent(sentences, text)
    assert (first.words[2].upos, first.words[2].lemma, first.words[2].feats) == ("PROPN", "Lautaro", {})
    assert second.words[0].upos == "PROPN"


def test_a_verb_at_the_start_of_a_sentence_stays_one():
    text, sentences = report("PER:Segna ancora lui")
    assert consistent(sentences, text)[0].words[0].upos == "NOUN"


def test_an_article_makes_a_well_known_name_the_club():
    assert entities("spinge il LOC:Pisa nel finale", "si arrende al PER:Cagliari")[0] == [("ORG", "Pisa")]
    assert entities("si arrende al PER:Cagliari")[0] == [("ORG", "Cagliari")]


def test_an_article_makes_a_stadiums_name_the_stadium():
    assert entities("esplode il ORG:Franchi", "si gioca al PER:Bentegodi") == [
        [("LOC", "Franchi")],
        [("LOC", "Bentegodi")],
    ]


def test_a_bare_preposition_makes_a_citys_name_the_city():
    assert entities("si torna a ORG:Bologna per il ritorno") == [[("LOC", "Bologna")]]


def test_a_city_at_the_head_is_a_dateline():
    assert entities("ORG:MILANO - si parte da qui") == [[("LOC", "MILANO")]]


def test_a_player_with_the_name_of_a_stadium_stays_a_player():
    assert entities("tira PER:Franchi ma fuori") == [[("PER", "Franchi")]]
