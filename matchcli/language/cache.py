"""Annotations of reports seen before, as values of the cache.

A key is made of the report's blocks and text, the models' fingerprint and `VERSION`; a value is
compact JSON, compressed.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from matchcli.cache import Cache, report_key
from matchcli.language.annotation import Annotation, Entity, Sentence, Word
from matchcli.language.models import ModelSet
from matchcli.reading.report import Report

# To be raised whenever the same models would give another annotation or another encoding.
VERSION = 4

KIND = "annotation"


class AnnotationCache:
    """The annotations in a cache."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache

    def get(self, report: Report, models: ModelSet) -> Annotation | None:
        """The stored annotation of ``report`` by ``models``, or None."""
        return self.cache.get(KIND, entry_key(report, models), lambda value: decode(value, report.text))

    def put(self, report: Report, models: ModelSet, annotation: Annotation) -> None:
        """Store an annotation."""
        self.cache.put(KIND, entry_key(report, models), encode(annotation, report.text))


def entry_key(report: Report, models: ModelSet) -> bytes:
    """The key of a report's annotation by ``models``."""
    return report_key(report, VERSION, models.fingerprint())


def encode(annotation: Annotation, text: str) -> bytes:
    """An annotation as bytes; words that stand in ``text`` as they are give only their offsets."""
    features: dict[str, int] = {}
    sentences: list[Any] = []
    for sentence in annotation.sentences:
        rows: list[Any] = []
        for word in sentence.words:
            name = "|".join(f"{feature}={value}" for feature, value in word.feats.items())
            number = features.setdefault(name, len(features))
            surface = 0 if text[word.start : word.end] == word.text else word.text
            lemma = 0 if word.lemma == word.text else word.lemma
            rows.append([word.start, word.end, surface, lemma, word.upos, number, word.head, word.deprel])
        entities = [[entity.label, entity.start, entity.end] for entity in sentence.entities]
        sentences.append([sentence.start, sentence.end, sentence.block, rows, entities])
    content = json.dumps([list(features), sentences], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(content.encode("utf-8", "surrogatepass"), 3)


def decode(value: bytes, text: str) -> Annotation:
    """The annotation that `encode` wrote for this ``text``.

    Raises one of `matchcli.cache.DAMAGE` when the value is damaged.
    """
    names, rows = json.loads(zlib.decompress(value).decode("utf-8", "surrogatepass"))
    features = [dict(part.split("=", 1) for part in name.split("|")) if name else {} for name in names]
    sentences = []
    for start, end, block, word_rows, entity_rows in rows:
        words = []
        for word_start, word_end, surface, lemma, upos, number, head, deprel in word_rows:
            shown = surface or text[word_start:word_end]
            words.append(
                Word(shown, lemma or shown, upos, dict(features[number]), head, deprel, word_start, word_end)
            )
        entities = tuple(Entity(*row) for row in entity_rows)
        sentences.append(Sentence(start, end, block, tuple(words), entities))
    return Annotation(tuple(sentences))
