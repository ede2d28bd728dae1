"""One treebank out of many, and the tokenizer's training files."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from matchcli.language.plain import plain_text
from matchcli.language.training.conllu import DEPS, FORM, ID, LEMMA, MISC, XPOS, Tree, read_trees

# Read in this order; of sentences that stand in several files the first counts.
TRAIN_FILES = (
    "it_isdt-ud-dev", "it_vit-ud-dev", "it_vit-ud-test", "it_partut-ud-train", "it_partut-ud-dev",
    "it_pud-ud-test", "it_markit-ud-train", "it_markit-ud-dev", "it_markit-ud-test",
    "it_parlamint-ud-train", "it_parlamint-ud-test", "it_twittiro-ud-train", "it_twittiro-ud-dev",
)  # fmt: skip
TEST_FILE = "it_isdt-ud-test"

# The last sentences of ISDT dev choose the best step; all others train.
DEV_SENTENCES = 100

CLAUSE_END = re.compile(r"[:;]")


@dataclass(frozen=True, slots=True)
class Treebank:
    """Sentences for training, for choosing the best step, and for the final figures."""

    train: list[Tree]
    dev: list[Tree]
    test: list[Tree]


def read_treebank(folder: Path) -> Treebank:
    """Combine the treebanks of ``folder``, letters as the models know them, without repetitions."""
    test = [plain_tree(tree) for tree in read_trees(folder / f"{TEST_FILE}.conllu")]
    seen = {key(tree) for tree in test}
    train: list[Tree] = []
    dev: list[Tree] = []
    for name in TRAIN_FILES:
        trees = []
        for tree in read_trees(folder / f"{name}.conllu"):
            tree = plain_tree(tree)
            if key(tree) not in seen:
                seen.add(key(tree))
                trees.append(tree)
        if not dev:
            trees, dev = trees[:-DEV_SENTENCES], trees[-DEV_SENTENCES:]
        train += trees
    return Treebank(train, dev, test)


def read_isdt_dev(folder: Path) -> list[Tree]:
    """The sentences of ISDT dev that train."""
    return [plain_tree(tree) for tree in read_trees(folder / f"{TRAIN_FILES[0]}.conllu")][:-DEV_SENTENCES]


def key(tree: Tree) -> str:
    """What tells a sentence from another: its letters and figures."""
    return re.sub(r"\W", "", tree.text.lower())


def plain_tree(tree: Tree) -> Tree:
    """The sentence with forms and lemmas as `matchcli.language.plain` writes them, no XPOS, no DEPS."""
    rows = []
    for row in tree.rows:
        row = list(row)
        row[FORM] = " ".join(plain_text(row[FORM]).split()) or row[FORM]
        row[LEMMA] = " ".join(plain_text(row[LEMMA]).split()) or row[LEMMA]
        row[XPOS] = row[DEPS] = "_"
        row[MISC] = "SpaceAfter=No" if "SpaceAfter=No" in row[MISC] else "_"
        rows.append(row)
    return Tree(rows)


@dataclass(slots=True)
class Labelled:
    """A text with the tokenizer's label for each character.

    0 inside a token, 1 its end, 2 the end of a sentence; 3 and 4 the same for multi-word tokens.
    """

    text: str = ""
    labels: str = ""

    def add(self, form: str, multi_word: bool, ends_sentence: bool, blank: bool) -> None:
        """Append a token and the blank after it."""
        label = 1 + 2 * multi_word + ends_sentence
        self.text += form + " " * blank
        self.labels += "0" * (len(form) - 1) + str(label) + "0" * blank


def label_trees(trees: Sequence[Tree]) -> Labelled:
    """Sentences one after the other, as one paragraph.

    ISDT ends a sentence after every colon and semicolon with a blank; here all treebanks do.
    """
    labelled = Labelled()
    for tree in trees:
        tokens = tree.surface
        for number, (form, multi_word, blank) in enumerate(tokens):
            last = number == len(tokens) - 1
            ends = last or (bool(CLAUSE_END.fullmatch(form)) and blank)
            labelled.add(form, multi_word, ends, blank or last)
    labelled.text = labelled.text.rstrip()
    labelled.labels = labelled.labels[: len(labelled.text)]
    return labelled


def paragraphs_of(trees: Sequence[Tree], generator: random.Random, longest: int = 12) -> list[Labelled]:
    """The sentences in paragraphs of one to ``longest``."""
    paragraphs, start = [], 0
    while start < len(trees):
        end = start + generator.randint(1, longest)
        paragraphs.append(label_trees(trees[start:end]))
        start = end
    return paragraphs


def write_labelled(paragraphs: Iterable[Labelled], text_file: Path, label_file: Path) -> None:
    """Write Stanza's pair of files: the text, and its labels in the same places."""
    paragraphs = list(paragraphs)
    text_file.parent.mkdir(parents=True, exist_ok=True)
    text_file.write_text("\n\n".join(paragraph.text for paragraph in paragraphs) + "\n", encoding="utf-8")
    label_file.write_text("\n\n".join(paragraph.labels for paragraph in paragraphs) + "\n", encoding="utf-8")


def write_expansions(trees: Iterable[Tree], path: Path) -> None:
    """Write the multi-word tokens and what they expand to, as Stanza's trainers read them."""
    counts: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for tree in trees:
        words = {row[ID]: row[FORM] for row in tree.words}
        for row in tree.rows:
            first, _, last = row[ID].partition("-")
            if last:
                parts = tuple(words[str(number)].lower() for number in range(int(first), int(last) + 1))
                counts[row[FORM], parts] += 1
    content = [[list(entry), count] for entry, count in counts.most_common()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
