"""Reading and writing treebanks in CoNLL-U."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC = range(10)


@dataclass(slots=True)
class Tree:
    """A sentence: its rows of ten columns, multi-word tokens ("3-4") among them."""

    rows: list[list[str]]
    comments: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[list[str]]:
        """The rows of syntactic words."""
        return [row for row in self.rows if row[ID].isdigit()]

    @property
    def surface(self) -> list[tuple[str, bool, bool]]:
        """Surface tokens as (form, whether multi-word, whether a blank follows)."""
        tokens, covered = [], 0
        for row in self.rows:
            first, _, last = row[ID].partition("-")
            if last:
                covered = int(last)
            elif int(first) <= covered:
                continue
            tokens.append((row[FORM], bool(last), "SpaceAfter=No" not in row[MISC]))
        return tokens

    @property
    def text(self) -> str:
        """The sentence as running text."""
        return "".join(form + " " * blank for form, _, blank in self.surface).strip()


def read_trees(path: Path) -> Iterator[Tree]:
    """The sentences of a file; empty nodes ("8.1") are left out."""
    tree = Tree([])
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            tree.comments.append(line)
        elif line:
            row = line.split("\t")
            if "." not in row[ID]:
                tree.rows.append(row)
        elif tree.rows:
            yield tree
            tree = Tree([])
    if tree.rows:
        yield tree


def write_trees(trees: Iterable[Tree], path: Path) -> None:
    """Write sentences to a file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for tree in trees:
            for line in tree.comments:
                out.write(line + "\n")
            for row in tree.rows:
                out.write("\t".join(row) + "\n")
            out.write("\n")
