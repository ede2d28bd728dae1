"""Training files of the entity model: general text, and football lines with ever other names."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from pathlib import Path

from matchcli.language.plain import plain_text, write_accents
from matchcli.language.sentences import Token
from matchcli.language.training.football import Line
from matchcli.language.training.names import other_name

# A sentence: tokens with their BIO tags.
Tagged = list[tuple[str, str]]

LONGEST = 120
NAME_PARTS = re.compile(r"[^\W\d_]\.(?=\s|$)|\w+\.(?=\s|$)|[\w'’-]+|[^\w\s]")


def read_kind(path: Path) -> list[Tagged]:
    """KIND: a word and its plain type a line."""
    return [begin_inside(sentence) for sentence in columns(path, 0, 1)]


def read_wikineural(path: Path) -> list[Tagged]:
    """WikiNEuRal: number, word and BIO tag a line; MISC counts as none."""
    return [
        [(word, "O" if tag.endswith("MISC") else tag) for word, tag in sentence]
        for sentence in columns(path, 1, 2)
    ]


def columns(path: Path, word: int, tag: int) -> list[Tagged]:
    """Sentences of a file with a token a line and tab-separated columns."""
    sentences: list[Tagged] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) > word:
            sentences[-1].append((parts[word], parts[tag] if len(parts) > tag else "O"))
        elif sentences[-1]:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def begin_inside(sentence: Tagged) -> Tagged:
    """Plain types as BIO: neighbours of one type are one entity."""
    result: Tagged = []
    previous = "O"
    for word, tag in sentence:
        kind = tag.removeprefix("B-").removeprefix("I-")
        result.append((word, "O" if kind == "O" else ("I-" if kind == previous else "B-") + kind))
        previous = kind
    return result


def tag_line(line: Line, tokens: list[Token]) -> Tagged:
    """A football line's tokens with BIO tags from its entities."""
    text, _ = write_accents(plain_text(line.text))
    tagged: Tagged = []
    for token in tokens:
        tag = "O"
        for label, start, end in line.entities:
            if token.start < end and token.end > start:
                tag = ("B-" if token.start <= start else "I-") + label
        tagged.append((" ".join(text[token.start : token.end].split()), tag))
    return tagged


def with_other_names(sentence: Tagged, generator: random.Random, share: float) -> Tagged:
    """The sentence with about ``share`` of its names replaced, a repeated name by the same one."""
    replaced: dict[str, str] = {}
    result: Tagged = []
    position = 0
    while position < len(sentence):
        word, tag = sentence[position]
        end = position + 1
        if tag == "O":
            result.append((word, tag))
            position = end
            continue
        while end < len(sentence) and sentence[end][1].startswith("I-"):
            end += 1
        name = " ".join(word for word, _ in sentence[position:end])
        if name not in replaced:
            replaced[name] = other_name(tag[2:], name, generator) if generator.random() < share else name
        if replaced[name] == name:
            result += sentence[position:end]
        else:
            parts = NAME_PARTS.findall(plain_text(replaced[name]))
            result += [(part, ("I-" if number else "B-") + tag[2:]) for number, part in enumerate(parts)]
        position = end
    return result


def in_capitals(sentence: Tagged) -> Tagged:
    """The sentence as a headline writer shouts it."""
    return [(word.upper(), tag) for word, tag in sentence]


def write_sentences(sentences: Iterable[Tagged], path: Path) -> None:
    """Write Stanza's JSON of entity training."""
    content = [
        [{"text": " ".join(plain_text(word).split()) or "_", "ner": tag} for word, tag in sentence]
        for sentence in sentences
        if len(sentence) < LONGEST
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
