"""Figures of a set of models: on the treebank's test part, and on the football lines kept for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from matchcli.language.annotate import Annotator
from matchcli.language.models import ModelSet
from matchcli.language.training.conllu import read_trees, write_trees
from matchcli.language.training.football import Paragraph, read_football
from matchcli.language.training.treebanks import TEST_FILE, plain_tree
from matchcli.reading.report import Block, Report

METRICS = ("Tokens", "Words", "Sentences", "UPOS", "UFeats", "Lemmas", "UAS", "LAS")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their mean, in percent."""

    precision: float
    recall: float
    f1: float


def score(right: int, found: int, wanted: int) -> Score:
    """The score for ``right`` of ``found`` where ``wanted`` are in the gold."""
    return Score(
        100 * right / found if found else 0.0,
        100 * right / wanted if wanted else 0.0,
        200 * right / (found + wanted) if found + wanted else 0.0,
    )


def evaluate_treebank(models: ModelSet, treebanks: Path) -> dict[str, float]:
    """F1 in percent of each of `METRICS` on ISDT test, from raw text, with everything predicted."""
    from stanza.models.common.utils import ud_scores

    gold = [plain_tree(tree) for tree in read_trees(treebanks / f"{TEST_FILE}.conllu")]
    document = Annotator(models).pipeline(" ".join(tree.text for tree in gold))
    with TemporaryDirectory() as folder:
        gold_file, system_file = Path(folder, "gold.conllu"), Path(folder, "system.conllu")
        write_trees(gold, gold_file)
        system_file.write_text(as_conllu(document), encoding="utf-8")
        figures = ud_scores(str(gold_file), str(system_file))
    return {metric: 100 * figures[metric].f1 for metric in METRICS}


def as_conllu(document: Any) -> str:
    """A Stanza document in CoNLL-U."""
    return format(document, "C") + "\n\n"


@dataclass(slots=True)
class FootballCase:
    """One file's kept lines as a report, with the sentences and entities that it should give."""

    report: Report
    sentences: set[tuple[int, int]]
    entities: set[tuple[str, int, int]]


def football_case(paragraphs: list[Paragraph]) -> FootballCase:
    """The paragraphs as the blocks of a report."""
    text, blocks = "", []
    sentences, entities = set(), set()
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        first = len(text)
        for number, line in enumerate(paragraph.lines):
            text += " " if number else ""
            start = len(text)
            text += line.text
            sentences.add((start, len(text)))
            entities |= {(label, start + left, start + right) for label, left, right in line.entities}
        blocks.append(Block(first, len(text), "heading" if paragraph.alone else "paragraph"))
    return FootballCase(Report("football", text, "", "utf-8", tuple(blocks)), sentences, entities)


def evaluate_football(models: ModelSet) -> dict[str, Score]:
    """Scores for sentence boundaries and entities (boundaries and class) of the kept lines."""
    cases = [football_case(paragraphs) for paragraphs in read_football(kept=True) if paragraphs]
    annotations = Annotator(models).annotate([case.report for case in cases])
    right = {"Sentences": 0, "Entities": 0}
    found, wanted = dict(right), dict(right)
    for case, annotation in zip(cases, annotations, strict=True):
        sentences = {(sentence.start, sentence.end) for sentence in annotation.sentences}
        entities = {
            (entity.label, entity.start, entity.end)
            for sentence in annotation.sentences
            for entity in sentence.entities
        }
        for name, system, gold in (
            ("Sentences", sentences, case.sentences),
            ("Entities", entities, case.entities),
        ):
            right[name] += len(system & gold)
            found[name] += len(system)
            wanted[name] += len(gold)
    return {name: score(right[name], found[name], wanted[name]) for name in right}
