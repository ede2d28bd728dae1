"""What Stanza says of a report, as plain data that can be cached and read without torch.

Stanza's own ``Document`` cannot be used for this: importing its class imports torch, and a
cached report must be rendered without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word (Universal Dependencies).

    ``start`` and ``end`` are the offsets in the report's text of the surface token that the word
    belongs to; the words of one multi-word token ("della": di + la) share them.  ``head`` is the
    index of the governing word in the sentence, -1 for the root.
    """

    text: str
    lemma: str
    upos: str
    feats: dict[str, str]
    head: int
    deprel: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: ``label`` is PER, ORG or LOC; offsets count the report's characters."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with the index of its block in ``Report.blocks``."""

    start: int
    end: int
    block: int
    words: tuple[Word, ...]
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """The analysis of one report, sentences in text order."""

    sentences: tuple[Sentence, ...] = field(default=())
