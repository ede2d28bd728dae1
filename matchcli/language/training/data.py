"""The training files of every stage, laid out in one folder.

The names of the functions are those of ``data`` in ``recipe.toml``; each writes ``train`` and
``dev`` files below ``Data.folder`` and gives the arguments that name them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from matchcli.language.annotate import Annotator
from matchcli.language.models import find_models
from matchcli.language.plain import plain_text, write_accents
from matchcli.language.sentences import Token, join_tokens
from matchcli.language.training.conllu import FEATS, UPOS, Tree, write_trees
from matchcli.language.training.entities import (
    Tagged,
    in_capitals,
    read_kind,
    read_wikineural,
    tag_line,
    with_other_names,
    write_sentences,
)
from matchcli.language.training.football import Line, Paragraph, read_football
from matchcli.language.training.tokens import clause_ends, corrected_tokens
from matchcli.language.training.treebanks import (
    Labelled,
    Treebank,
    label_trees,
    paragraphs_of,
    read_isdt_dev,
    read_treebank,
    write_expansions,
    write_labelled,
)
from matchcli.reading.report import Block, Report

Arguments = dict[str, str]

# Football paragraphs that choose the tokenizer's best step.
TOKENIZER_DEV = 40
SHORT = 25


@dataclass
class Data:
    """All training data: ``source`` has ``treebanks/`` and ``ner/``, files are written to ``folder``."""

    source: Path
    folder: Path
    recipe: dict[str, Any]
    generator: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.generator = random.Random(self.recipe["seed"])

    @cached_property
    def treebank_parts(self) -> Treebank:
        """The combined treebank."""
        return read_treebank(self.source / "treebanks")

    @cached_property
    def isdt(self) -> list[Tree]:
        """The sentences of ISDT that train: they count several times."""
        return read_isdt_dev(self.source / "treebanks")

    @cached_property
    def annotator(self) -> Annotator:
        """The models that are bundled now: they cut and tag the football lines first."""
        return Annotator(find_models("bundled"))

    @cached_property
    def cut_lines(self) -> dict[int, list[Token]]:
        """The tokens of every football line, by the identity of the line."""
        from stanza.models.common.doc import Document

        lines = [line for kept in (False, True) for line in self.lines(kept)]
        texts = [write_accents(plain_text(line.text))[0] for line in lines]
        tokenizer = self.annotator.pipeline.loaded_processors[0]
        documents = tokenizer.bulk_process([Document([], text=text) for text in texts])
        cut = {}
        for line, document in zip(lines, documents, strict=True):
            tokens = [
                Token(token.start_char, token.end_char, "MWT=Yes" in (token.misc or ""))
                for sentence in document.sentences
                for token in sentence.tokens
            ]
            cut[id(line)] = corrected_tokens(line, join_tokens(line.text, [tokens])[0])
        return cut

    @cached_property
    def football(self) -> dict[bool, list[Paragraph]]:
        """The football paragraphs for training, and (at True) those kept for evaluation."""
        return {kept: [part for file in read_football(kept) for part in file] for kept in (False, True)}

    def lines(self, kept: bool) -> Iterator[Line]:
        """The lines of the football paragraphs."""
        for paragraph in self.football[kept]:
            yield from paragraph.lines

    def tokenize(self) -> Arguments:
        """Text with labels: treebanks in paragraphs, ISDT more often, football lines."""
        recipe, parts = self.recipe, self.treebank_parts
        football = [self.labelled(paragraph) for paragraph in self.football[False]]
        self.generator.shuffle(football)
        dev, train = football[:TOKENIZER_DEV], football[TOKENIZER_DEV:]
        paragraphs = paragraphs_of(parts.train, self.generator)
        paragraphs += paragraphs_of(self.isdt, self.generator, 30) * (recipe["isdt_copies"] - 1)
        paragraphs += train * recipe["tokenizer_football_copies"]
        self.generator.shuffle(paragraphs)
        folder = self.folder / "tokenize"
        write_labelled(paragraphs, folder / "train.txt", folder / "train.labels")
        write_labelled([label_trees(parts.dev), *dev], folder / "dev.txt", folder / "dev.labels")
        write_expansions(parts.train, folder / "mwt.json")
        return {
            "txt_file": str(folder / "train.txt"),
            "label_file": str(folder / "train.labels"),
            "dev_txt_file": str(folder / "dev.txt"),
            "dev_label_file": str(folder / "dev.labels"),
            "mwt_json_file": str(folder / "mwt.json"),
        }

    def labelled(self, paragraph: Paragraph) -> Labelled:
        """A football paragraph with the tokenizer's labels."""
        labelled = Labelled()
        for line in paragraph.lines:
            text, _ = write_accents(plain_text(line.text))
            tokens = self.cut_lines[id(line)]
            ends = clause_ends(line, tokens)
            for number, token in enumerate(tokens):
                last = number == len(tokens) - 1
                blank = last or text[token.end : tokens[number + 1].start].isspace()
                labelled.add(text[token.start : token.end], token.mwt, last or number in ends, blank)
        labelled.text = labelled.text.rstrip()
        labelled.labels = labelled.labels[: len(labelled.text)]
        return labelled

    def treebank(self) -> Arguments:
        """The combined treebank as it is."""
        return self.written("treebank", self.treebank_parts.train, self.treebank_parts.dev)

    def tagged(self) -> Arguments:
        """The treebank, ISDT more often, and football lines with tags corrected by their entities."""
        copies = self.isdt * (self.recipe["isdt_copies"] - 1)
        trees = self.treebank_parts.train + copies + list(self.tagged_football())
        self.generator.shuffle(trees)
        return self.written("tagged", trees, self.treebank_parts.dev)

    def tagged_football(self) -> Iterator[Tree]:
        """The football lines as the bundled models tag them, names as proper nouns."""
        lines = list(self.lines(False))
        reports = [Report("", line.text, "", "", (Block(0, len(line.text), "heading"),)) for line in lines]
        for start in range(0, len(lines), 200):
            annotations = self.annotator.annotate(reports[start : start + 200])
            for line, annotation in zip(lines[start : start + 200], annotations, strict=True):
                for sentence in annotation.sentences:
                    yield tagged_tree(line, sentence)

    def parsed(self) -> Arguments:
        """The treebank with the tags that the tagger predicts, a share of it with gold tags as well."""
        parts = self.treebank_parts
        train = deepcopy(parts.train + self.isdt * (self.recipe["isdt_copies"] - 1))
        dev = deepcopy(parts.dev)
        self.predict_tags(train)
        self.predict_tags(dev)
        train += [tree for tree in parts.train if self.generator.random() < self.recipe["gold_tagged_share"]]
        self.generator.shuffle(train)
        return self.written("parsed", train, dev)

    def predict_tags(self, trees: list[Tree]) -> None:
        """Replace the trees' tags by the bundled tagger's."""
        from stanza.utils.conll import CoNLL

        path = self.folder / "untagged.conllu"
        write_trees(trees, path)
        document = self.annotator.pipeline.processors["pos"].process(CoNLL.conll2doc(str(path)))
        for tree, sentence in zip(trees, document.sentences, strict=True):
            for row, word in zip(tree.words, sentence.words, strict=True):
                row[UPOS], row[FEATS] = word.upos, word.feats or "_"

    def written(self, name: str, train: list[Tree], dev: list[Tree]) -> Arguments:
        """Write a treebank's files and name them."""
        folder = self.folder / name
        write_trees(train, folder / "train.conllu")
        write_trees(dev, folder / "dev.conllu")
        return {"train_file": str(folder / "train.conllu"), "eval_file": str(folder / "dev.conllu")}

    @cached_property
    def general_entities(self) -> list[Tagged]:
        """KIND's training part and WikiNEuRal, shuffled."""
        folder = self.source / "ner"
        sentences = read_kind(folder / "kind-wikinews-train.tsv")
        sentences += read_wikineural(folder / "wikineural-it-val.conllu")
        sentences += read_wikineural(folder / "wikineural-it-test.conllu")
        self.generator.shuffle(sentences)
        return sentences

    def general(self) -> Arguments:
        """General text with entities; KIND's test part chooses the best step."""
        folder = self.folder / "general"
        write_sentences(self.general_entities, folder / "train.json")
        write_sentences(read_kind(self.source / "ner" / "kind-wikinews-test.tsv"), folder / "dev.json")
        return {"train_file": str(folder / "train.json"), "eval_file": str(folder / "dev.json")}

    def renamed(self) -> Arguments:
        """Football lines as they are and with other names, and some general text.

        The lines kept for evaluation choose the best step, as in the first round of these models.
        """
        recipe = self.recipe
        lines = {
            kept: [tag_line(line, self.cut_lines[id(line)]) for line in self.lines(kept)]
            for kept in (False, True)
        }
        train = (
            self.general_entities[: recipe["general_sentences"]] + lines[False] * recipe["football_copies"]
        )
        for sentence in lines[False] * recipe["renamed_copies"]:
            renamed = with_other_names(sentence, self.generator, recipe["renamed_share"])
            if len(renamed) < SHORT and self.generator.random() < recipe["capitals_share"]:
                renamed = in_capitals(renamed)
            train.append(renamed)
        self.generator.shuffle(train)
        folder = self.folder / "renamed"
        write_sentences(train, folder / "train.json")
        write_sentences(lines[True], folder / "dev.json")
        return {"train_file": str(folder / "train.json"), "eval_file": str(folder / "dev.json")}


def tagged_tree(line: Line, sentence: Any) -> Tree:
    """A sentence of the bundled models' analysis as a tree; capitalised words of entities are names."""
    rows: list[list[str]] = []
    words = sentence.words
    for number, word in enumerate(words):
        same = [
            index for index, other in enumerate(words) if (other.start, other.end) == (word.start, word.end)
        ]
        if len(same) > 1 and same[0] == number:
            surface = plain_text(line.text[word.start : word.end])
            rows.append([f"{number + 1}-{same[-1] + 1}", surface, *["_"] * 8])
        upos = word.upos
        features = "|".join(f"{name}={value}" for name, value in word.feats.items()) or "_"
        named = any(start <= word.start and word.end <= end for _, start, end in line.entities)
        if named and word.text[:1].isupper() and upos not in ("ADP", "DET", "PUNCT", "NUM"):
            upos, features = "PROPN", "_"
        form = plain_text(word.text)
        rows.append(
            [
                str(number + 1),
                form,
                word.lemma,
                upos,
                "_",
                features,
                str(word.head + 1),
                word.deprel,
                "_",
                "_",
            ]
        )
    return Tree(rows)
