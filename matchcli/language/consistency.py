"""One reading of a name in the whole report.

The entity model sees one sentence at a time.  A report names the same people again and again, so
what it finds in most places corrects what it misses or misnames in a few.  Clubs and cities share
their names ("il Bologna", "a Bologna"); between those two every place keeps its own reading.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from matchcli.language.annotation import Entity, Sentence, Word
from matchcli.language.known import known

PERSON = "PER"

# Articles, alone or in a preposition, and pronouns in their place.
DETERMINER = re.compile(
    r"il|lo|la|l'|i|gli|le|un|uno|una|un'|(?:a|da|de|ne|su|co)(?:l|llo|lla|ll'|i|gli|lle)|quest[oa']|quel|quell[oa']"
)

# After a city at the head of a report: "MILANO – ", "Bari, 12 ott. - ".
DATELINE = re.compile(r"(?:\s*,[^.\n]{0,25}\.?)?\s+[-–—]\s")

# A word of these classes inside a person's name is no slip of the tagger ("Carlo Alberto dalla Chiesa").
NAME_CLASSES = frozenset({"PROPN", "ADP", "DET", "PUNCT", "NUM", "PART"})


def consistent(sentences: Iterable[Sentence], text: str) -> list[Sentence]:
    """The sentences of one report with names read alike everywhere, and tagged as names."""
    sentences = [in_their_setting(sentence, text) for sentence in sentences]
    readings = count_readings(sentences, text)
    lower = {word.text for sentence in sentences for word in sentence.words if word.text.islower()}
    inside = {word.text for sentence in sentences for word in sentence.words[1:] if word.text[:1].isupper()}
    result = []
    for sentence in sentences:
        entities = [agreed(entity, readings, text) for entity in sentence.entities]
        entities += missed(sentence, entities, readings, lower, text)
        entities.sort(key=lambda entity: entity.start)
        words = tuple(tagged_as_name(word, sentence, entities, inside) for word in sentence.words)
        result.append(replace(sentence, words=words, entities=tuple(entities)))
    return result


def in_their_setting(sentence: Sentence, text: str) -> Sentence:
    """The sentence with the labels of well-known names decided by the words around them.

    Clubs and stadiums have an article, cities and people have none: "il Pisa" is the club, "a Pisa"
    the city; "al Franchi" is the stadium, "Franchi" alone may be a player.
    """
    entities = []
    for entity in sentence.entities:
        before = [word for word in sentence.words if word.end <= entity.start]
        label = label_in_setting(text[entity.start : entity.end], entity.label, before, text, entity.end)
        entities.append(entity if label == entity.label else replace(entity, label=label))
    return replace(sentence, entities=tuple(entities))


def label_in_setting(name: str, label: str, before: list[Word], text: str, end: int) -> str:
    """The label of a name for the words before it and the text after ``end``."""
    names = known()
    if name.isupper() and len(name) > 3:
        name = name.title()
    previous = text[before[-1].start : before[-1].end].lower().replace("’", "'") if before else ""
    if DETERMINER.fullmatch(previous):
        if name in names.stadiums and name not in names.clubs and label != "LOC":
            return "LOC"
        if name in names.clubs and (label == "LOC" or label == PERSON):
            return "ORG"
    elif name in names.cities and label != "LOC":
        dateline = not before and DATELINE.match(text, end)
        if dateline or (previous in ("a", "ad") and label == "ORG"):
            return "LOC"
    return label


def count_readings(sentences: list[Sentence], text: str) -> dict[str, Counter[str]]:
    """How often each name has each label; the last part of a person's full name counts as well."""
    readings: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for entity in sentence.entities:
            name = text[entity.start : entity.end]
            readings[name][entity.label] += 1
            first, _, last = name.partition(" ")
            if entity.label == PERSON and last and not first.endswith("."):
                readings[last][PERSON] += 1
    return readings


def agreed(entity: Entity, readings: dict[str, Counter[str]], text: str) -> Entity:
    """The entity with the label that its name has in at least twice as many places."""
    counts = readings[text[entity.start : entity.end]]
    person, other = counts[PERSON], counts.total() - counts[PERSON]
    if entity.label == PERSON and other >= 2 * person:
        label = max((label for label in counts if label != PERSON), key=lambda label: counts[label])
        return replace(entity, label=label)
    if entity.label != PERSON and person >= 2 * other:
        return replace(entity, label=PERSON)
    return entity


def missed(
    sentence: Sentence,
    entities: list[Entity],
    readings: dict[str, Counter[str]],
    lower: set[str],
    text: str,
) -> list[Entity]:
    """Names of people that stand in the sentence unseen, though the model sees them elsewhere.

    A word that the report also writes small, or that begins the sentence, may be no name here.
    """
    found = []
    covered = {place for entity in entities for place in range(entity.start, entity.end)}
    for word in sentence.words[1:]:
        name = text[word.start : word.end]
        counts = readings.get(name)
        if not counts or word.start in covered or not name[:1].isupper() or name.lower() in lower:
            continue
        label, count = counts.most_common(1)[0]
        if label == PERSON and count >= 2:
            found.append(Entity(label, word.start, word.end))
            covered.update(range(word.start, word.end))
    return found


def tagged_as_name(word: Word, sentence: Sentence, entities: list[Entity], inside: set[str]) -> Word:
    """A capitalised word in a person's name as a proper noun: "Lautaro" is no form of a verb.

    At the start of a sentence every word has a capital: there it must stand so elsewhere, too.
    """
    if word.upos in NAME_CLASSES or not word.text[:1].isupper():
        return word
    if word.start == sentence.start and word.text not in inside:
        return word
    if any(
        entity.label == PERSON and entity.start <= word.start and word.end <= entity.end
        for entity in entities
    ):
        return replace(word, upos="PROPN", lemma=word.text, feats={})
    return word
