"""Rows as the reader sees them: features of every item, and the nodes between which it finds links."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from matchcli.extraction.arguments import Grammar, fill_roles
from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Item, Row, fold
from matchcli.extraction.mentions import Span, TimeMention
from matchcli.extraction.persons import name_words
from matchcli.record import Side

#: Characters of a word that the reader looks at.
LONGEST_WORD = 16


@dataclass(slots=True)
class Token:
    """One item: its word for the vectors, its letters, and its features by name.

    ``whom`` numbers, from 1, the persons, sides or names of a text: equal for items that are one by
    name; 0 is nobody.  ``span`` is its place in the report, in characters from 0.
    """

    form: str
    lemma: str
    letters: str
    features: list[str]
    row: int
    position: int
    side: Side | None = None
    whom: int = 0
    span: Span = (0, 0)


@dataclass(slots=True)
class Node:
    """A person, team, time or score of the text; ``token`` is its index among the tokens.

    ``person`` tells persons apart: equal for mentions that are one person by name, None for
    descriptions.
    """

    kind: str
    token: int
    reference: object
    person: object = None
    side: Side | None = None


@dataclass(slots=True)
class Encoded:
    """A match's rows as tokens and nodes; ``text`` is the whole report's."""

    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    rows: Sequence[Row] = ()


def tokens_in(span: Span, tokens: Sequence[Token]) -> list[int]:
    """The numbers of the tokens that share a character with ``span``."""
    return [
        number for number, token in enumerate(tokens) if token.span[0] < span[1] and span[0] < token.span[1]
    ]


def encode(
    text: str,
    rows: Sequence[Row],
    cues: Sequence[Sequence[Cue]],
    block_kinds: Sequence[str],
    side_of: Callable[[object], Side | None],
) -> Encoded:
    """The rows of one match; ``cues`` are the lexicon's, row by row; ``side_of`` knows the sides of references.

    The cues' roles are filled by the grammar of their rows.
    """
    for row, found in zip(rows, cues, strict=True):
        grammar = Grammar(row)
        for cue in found:
            fill_roles(cue, grammar)
    encoded = Encoded(text, rows=rows)
    numbers: dict[Hashable, int] = {}
    previous_block = -1
    for number, row in enumerate(rows):
        told = _cue_features(row, cues[number])
        for position, item in enumerate(row.items):
            features = told[position]
            if position == 0:
                features.append(f"block:{block_kinds[row.block]}")
                features.append("row:first")
                if row.block != previous_block:
                    features.append("row:new_block")
            token = _token(row, item, features, number, position)
            token.span = (item.start, item.end)
            if item.kind != "word":
                node = Node(item.kind, len(encoded.tokens), item.reference)
                if item.kind == "person":
                    node.person = item.reference.people[0] if item.reference.people else None
                if item.kind in ("person", "team"):
                    node.side = token.side = side_of(item.reference)
                    called = _called(node)
                    token.whom = numbers.setdefault(called, len(numbers) + 1) if called else 0
                encoded.nodes.append(node)
            encoded.tokens.append(token)
        previous_block = row.block
    return encoded


def _called(node: Node) -> Hashable | None:
    """The person by name, the side, or the words for a team, that a node is; None for a description."""
    if node.kind == "person":
        return node.person
    return node.side or ("word", node.reference.key)  # type: ignore[attr-defined]


def _cue_features(row: Row, cues: Sequence[Cue]) -> list[list[str]]:
    features: list[list[str]] = [[] for _ in row.items]
    for cue in cues:
        for position in range(cue.position, min(cue.stop, len(row.items))):
            features[position].append(f"cue:{cue.kind}")
            if position == cue.position:
                features[position].append(f"cue_begins:{cue.kind}")
            if position == cue.head:
                features[position].append(f"cue_head:{cue.kind}")
                if cue.entry.outcome:
                    features[position].append(f"outcome:{cue.entry.outcome}")
                features[position] += [f"flag:{flag}" for flag in sorted(cue.entry.flags)]
                features[position] += [f"qualifier:{name}" for name in cue.entry.qualifiers]
        for role, positions in cue.roles.items():
            for position in positions:
                features[position].append(f"role:{cue.kind}:{role}")
    return features


def _token(row: Row, item: Item, features: list[str], number: int, position: int) -> Token:
    features.append(f"kind:{item.kind}")
    if item.kind == "word":
        word = row.sentence.words[item.words[0]]
        last = row.sentence.words[item.words[-1]]
        form, lemma = fold(item.text), fold(word.lemma)
        features += [f"pos:{item.upos}", f"dep:{word.deprel}", f"lemma:{lemma}", f"form:{form}"]
        features += [f"{name}={value}" for name, value in item.feats.items() if name in _TOLD]
        if len(item.words) > 1:
            features.append("joined:" + last.upos)
        if item.text[:1].isupper():
            features.append("capital:all" if item.text.isupper() and len(item.text) > 1 else "capital")
        return Token(form, lemma, form[:LONGEST_WORD], features, number, position)
    head = row.sentence.words[item.words[0]]
    outside = [row.sentence.words[w] for w in item.words if row.sentence.words[w].head not in item.words] or [
        head
    ]
    features.append(f"dep:{outside[-1].deprel}")
    if head.upos == "ADP":
        features.append(f"case:{fold(head.lemma)}")
    if item.kind == "person":
        return _person_token(item, features, number, position)
    if item.kind == "team":
        ref = item.reference
        features += [f"team:{ref.kind}", f"plural:{ref.plural}", f"ours:{ref.ours}"]
        return Token("squadra", "squadra", fold(item.text)[-LONGEST_WORD:], features, number, position)
    if item.kind == "time":
        features += _time_features(item.reference)
        return Token("minuto", "minuto", fold(item.text)[:LONGEST_WORD], features, number, position)
    first, second = item.reference
    features.append("level" if first == second else f"ahead:{min(abs(first - second), 3)}")
    features.append(f"goals:{min(first + second, 6)}")
    return Token("risultato", "risultato", item.text[:LONGEST_WORD], features, number, position)


_TOLD = frozenset(
    {"Mood", "Tense", "VerbForm", "Number", "Person", "Gender", "PronType", "Definite", "Clitic"}
)


def _person_token(item: Item, features: list[str], number: int, position: int) -> Token:
    ref = item.reference
    features.append("named" if ref.named else "pronoun" if ref.pronoun else "described")
    features += [f"gender:{ref.gender}"] if ref.gender else []
    for kind in ("group", "staff", "side"):
        features += [f"{kind}:{value}" for value in sorted(ref.traits.get(kind, ()))]
    for kind in ("nation", "place", "number", "age", "fresh", "opposite", "role"):
        if ref.traits.get(kind):
            features.append(f"told:{kind}")
    features += [f"role_name:{value}" for value in sorted(ref.traits.get("role", ()))]
    if ref.named:
        known = ref.people[0].traits
        features += [f"known:{value}" for value in sorted(known.get("group", ()))]
        if known.get("staff"):
            features.append("known:staff")
        if known.get("plays"):
            features.append("known:plays")
        words = name_words(item.text)
        return Token(
            "giocatore", "giocatore", (words[-1] if words else "")[-LONGEST_WORD:], features, number, position
        )
    return Token(
        fold(item.text.split()[-1]), "giocatore", fold(item.text)[-LONGEST_WORD:], features, number, position
    )


def _time_features(time: TimeMention) -> list[str]:
    features = [f"time:{time.kind}", f"period:{time.period}", f"anchor:{time.anchor}"]
    if time.new_period:
        features.append("new_period")
    if time.stoppage:
        features.append("stoppage")
    if time.low is not None and time.kind == "clock":
        features.append("clock:" + ("first" if time.low <= 45 else "second" if time.low <= 90 else "extra"))
    return features
