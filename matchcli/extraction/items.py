"""A sentence as a row of items: words, and chunks that stand for one thing each.

Patterns of the lexicon are matched over items, not over tokens, so that "il portiere ospite
Miro Petrović" or "al 7' della ripresa" is one step of a pattern (the idea of FASTUS,
Hobbs et al. 1997: chunks first, patterns over chunks after).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from matchcli.language.annotation import Sentence, Word

ItemKind = Literal["word", "person", "team", "time", "score"]

CLOSING_PUNCTUATION = frozenset(".;!?")
FINITE_MOODS = frozenset({"Ind", "Sub", "Cnd", "Imp"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of text that is one item, and what it refers to.

    ``reference`` is a person reference, a team reference, a time mention or a score.
    """

    start: int
    end: int
    kind: ItemKind
    reference: Any


@dataclass(slots=True)
class Item:
    """One step of a sentence; offsets count the report's characters."""

    kind: ItemKind
    text: str
    start: int
    end: int
    lemmas: frozenset[str]
    words: tuple[int, ...]
    upos: str = ""
    feats: dict[str, str] = field(default_factory=dict)
    reference: Any = None

    @property
    def is_word(self) -> bool:
        return self.kind == "word"

    @property
    def is_punctuation(self) -> bool:
        return self.kind == "word" and self.upos == "PUNCT"

    @property
    def is_finite_verb(self) -> bool:
        return self.kind == "word" and self.upos in ("VERB", "AUX") and self.feats.get("Mood") in FINITE_MOODS

    @property
    def is_participle(self) -> bool:
        return self.kind == "word" and self.feats.get("VerbForm") == "Part"


@dataclass(slots=True)
class Row:
    """A sentence as items, with the sentence it was made from."""

    items: list[Item]
    sentence: Sentence
    index: int
    block: int
    item_of_word: dict[int, int]

    @property
    def sentence_text(self) -> str:
        """The row's items as one string, for patterns over a whole row."""
        return " ".join(item.text for item in self.items)

    @property
    def start(self) -> int:
        return self.sentence.start

    @property
    def end(self) -> int:
        return self.sentence.end

    def words_of(self, position: int) -> list[Word]:
        return [self.sentence.words[w] for w in self.items[position].words]

    def find(self, start: int, end: int) -> int | None:
        """Position of the first item that overlaps [start, end), or None."""
        for position, item in enumerate(self.items):
            if item.start < end and start < item.end:
                return position
        return None


def _group_tokens(sentence: Sentence) -> list[list[int]]:
    """Indices of words, grouped by the surface token that they share."""
    groups: list[list[int]] = []
    for index, word in enumerate(sentence.words):
        if groups and sentence.words[groups[-1][0]].start == word.start:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def build_row(sentence: Sentence, index: int, text: str, chunks: Sequence[Chunk]) -> Row:
    """The row of a sentence; ``chunks`` do not overlap and are in text order."""
    items: list[Item] = []
    item_of_word: dict[int, int] = {}
    here = [c for c in chunks if c.start < sentence.end and sentence.start < c.end]
    position = 0
    for group in _group_tokens(sentence):
        first = sentence.words[group[0]]
        while position < len(here) and here[position].end <= first.start:
            position += 1
        chunk = here[position] if position < len(here) else None
        if chunk is not None and chunk.start < first.end and first.start < chunk.end:
            if items and items[-1].reference is chunk.reference and items[-1].end >= chunk.start:
                items[-1].words += tuple(group)
            else:
                items.append(
                    Item(
                        kind=chunk.kind,
                        text=text[chunk.start : chunk.end],
                        start=chunk.start,
                        end=chunk.end,
                        lemmas=frozenset(),
                        words=tuple(group),
                        reference=chunk.reference,
                    )
                )
        else:
            items.append(_word_item(sentence, group, text))
        for word in group:
            item_of_word[word] = len(items) - 1
    return Row(items=items, sentence=sentence, index=index, block=sentence.block, item_of_word=item_of_word)


def _word_item(sentence: Sentence, group: list[int], text: str) -> Item:
    first = sentence.words[group[0]]
    surface = text[first.start : first.end]
    lemmas = {fold(surface), fold(first.lemma)}
    if len(group) > 1 and first.upos != "ADP":  # verb with clitics: the verb is what counts
        lemmas.add(fold(first.text))
    return Item(
        kind="word",
        text=surface,
        start=first.start,
        end=first.end,
        lemmas=frozenset(lemmas),
        words=tuple(group),
        upos=first.upos,
        feats=first.feats,
    )


def fold(word: str) -> str:
    """Lower case, straight apostrophes, none at the end ("l'" and "po'" become "l" and "po")."""
    return word.lower().replace("’", "'").replace("‘", "'").rstrip("'") or word
