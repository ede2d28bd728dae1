"""From reports to what Stanza says of them.

    for annotation in annotate(reports):
        ...

Each block of a report is analysed on its own, the blocks of many reports together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from matchcli.language.annotation import Annotation, Entity, Sentence, Word
from matchcli.language.batches import batches, parts
from matchcli.language.cache import AnnotationCache
from matchcli.language.consistency import consistent
from matchcli.language.models import ModelSet, find_models
from matchcli.language.plain import plain_text, write_accents
from matchcli.language.sentences import Token, correct
from matchcli.reading.report import Block, Report

if TYPE_CHECKING:
    from stanza import Pipeline

ENTITY_LABELS = frozenset({"PER", "ORG", "LOC"})


class Annotator:
    """Stanza's pipeline for one set of models, loaded when the first text needs it.

    With a ``cache``, a report seen before needs neither torch nor Stanza.
    """

    def __init__(
        self, models: ModelSet, threads: int | None = None, cache: AnnotationCache | None = None
    ) -> None:
        self.models = models
        self.threads = threads
        self.cache = cache
        self._pipeline: Pipeline | None = None

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline; the first use loads it and raises `ModelError` when that fails."""
        if self._pipeline is None:
            from matchcli.language.pipeline import load_pipeline

            self._pipeline = load_pipeline(self.models, self.threads)
        return self._pipeline

    def annotate(self, reports: list[Report]) -> list[Annotation]:
        """The annotations of ``reports``; those that are not in the cache are made as one batch."""
        if self.cache is None:
            return self._make(reports)
        known = [self.cache.get(report, self.models) for report in reports]
        unknown = [report for report, annotation in zip(reports, known, strict=True) if annotation is None]
        fresh = self._make(unknown)
        for report, annotation in zip(unknown, fresh, strict=True):
            self.cache.put(report, self.models, annotation)
        rest = iter(fresh)
        return [next(rest) if annotation is None else annotation for annotation in known]

    def _make(self, reports: list[Report]) -> list[Annotation]:
        """Analyse all blocks of ``reports`` as one batch."""
        blocks = [
            (number, TextBlock(report.text, index, block))
            for number, report in enumerate(reports)
            for index, block in enumerate(report.blocks)
            if has_words(report.text[block.start : block.end])
        ]
        sentences: list[list[Sentence]] = [[] for _ in reports]
        # A text as long as a book is analysed in parts, so that memory stays flat.
        for part in parts(blocks, lambda numbered: len(numbered[1].plain)):
            documents = self.analyse([block for _, block in part])
            for (number, block), document in zip(part, documents, strict=True):
                sentences[number].extend(block.sentences(document))
        return [
            Annotation(tuple(consistent(found, report.text)))
            for report, found in zip(reports, sentences, strict=True)
        ]

    def analyse(self, blocks: list[TextBlock]) -> list[Any]:
        """A Stanza document for each block: cut by the tokenizer, corrected, then analysed."""
        from stanza.models.common.doc import Document

        first, *others = self.pipeline.loaded_processors
        documents = first.bulk_process([Document([], text=block.plain) for block in blocks])
        documents = [corrected(document) for document in documents]
        for processor in others:
            documents = processor.bulk_process(documents)
        return documents


class TextBlock:
    """A block of a report, its text as the models know it, and the way back to the report."""

    def __init__(self, text: str, index: int, block: Block) -> None:
        self.text = text
        self.index = index
        self.start = block.start
        self.plain, accents = write_accents(plain_text(text[block.start : block.end]))
        self.accents = frozenset(accents)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the report for offsets in the plain text; "perché " gets its apostrophe back."""
        if end in self.accents:
            end += 1
        return self.start + start, self.start + end

    def sentences(self, document: Any) -> Iterator[Sentence]:
        """The document's sentences as plain data with offsets in the report."""
        for sentence in document.sentences:
            words = []
            for token in sentence.tokens:
                start, end = self.span(token.start_char, token.end_char)
                surface = self.text[start:end]
                single = len(token.words) == 1
                for word in token.words:
                    text = surface if single else word.text
                    # A name's lemma is its form: give it back its foreign letters.
                    surface_is_lemma = word.lemma in (None, plain_text(text)) or word.upos == "PROPN"
                    words.append(
                        Word(
                            text=text,
                            lemma=text if surface_is_lemma else word.lemma,
                            upos=word.upos or "X",
                            feats=read_features(word.feats),
                            head=(word.head or 0) - 1,
                            deprel=word.deprel or "dep",
                            start=start,
                            end=end,
                        )
                    )
            entities = tuple(
                Entity(entity.type, *self.span(entity.start_char, entity.end_char))
                for entity in sentence.ents
                if entity.type in ENTITY_LABELS
            )
            yield Sentence(words[0].start, words[-1].end, self.index, tuple(words), entities)


def has_words(text: str) -> bool:
    """Whether there is anything but blanks, in the models' sense of blank."""
    return bool(plain_text(text).strip())


def read_features(features: str | None) -> dict[str, str]:
    """ "Gender=Masc|Number=Sing" as a dictionary."""
    if not features or features == "_":
        return {}
    return dict(feature.split("=", 1) for feature in features.split("|"))


def corrected(document: Any) -> Any:
    """The tokenizer's document with `matchcli.language.sentences.correct` applied to it."""
    from stanza.models.common.doc import Document

    cut = [
        [Token(token.start_char, token.end_char, is_multi_word(token)) for token in sentence.tokens]
        for sentence in document.sentences
    ]
    better = correct(document.text, [list(sentence) for sentence in cut])
    if better == cut:
        return document
    text = document.text
    entries = [[as_entry(text, number, token) for number, token in enumerate(cut, 1)] for cut in better]
    return Document(entries, text)


def is_multi_word(token: Any) -> bool:
    """Whether the tokenizer marked the token for expansion ("della")."""
    return "MWT=Yes" in (token.misc or "")


def as_entry(text: str, number: int, token: Token) -> dict[str, Any]:
    """A token in the form that Stanza's documents are made from."""
    entry = {
        "id": (number,),
        "text": " ".join(text[token.start : token.end].split()),
        "start_char": token.start,
        "end_char": token.end,
    }
    if token.mwt:
        entry["misc"] = "MWT=Yes"
    return entry


def annotate(
    reports: Iterable[Report],
    *,
    model: str = "bundled",
    cache: AnnotationCache | None = None,
    threads: int | None = None,
) -> Iterator[Annotation]:
    """The analysis of each report, in order, while later reports are still being read.

    ``model`` is ``bundled``, ``official`` or a folder of Stanza models, ``threads`` the number of
    torch threads.  Raises `matchcli.language.models.ModelError` when the models cannot be used.
    """
    annotator = Annotator(find_models(model), threads, cache)
    for batch in batches(reports, lambda report: len(report.text)):
        yield from annotator.annotate(batch)


def annotate_one(
    report: Report,
    *,
    model: str = "bundled",
    cache: AnnotationCache | None = None,
    threads: int | None = None,
) -> Annotation:
    """The analysis of one report; see `annotate`.

    For many reports use `annotate`: this loads the models anew each time.
    """
    return next(annotate([report], model=model, cache=cache, threads=threads))
