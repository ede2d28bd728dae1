"""A whole text as the sheet reader sees it: words with what the gazetteer, Stanza and the layout say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matchcli.extraction.fixtures import Fixture, Stretch
from matchcli.extraction.gazetteer import GazetteerHit
from matchcli.extraction.items import Chunk, Item, Row, build_row, fold
from matchcli.extraction.mentions import Span, TimeMention
from matchcli.extraction.reader.encoding import LONGEST_WORD, Token
from matchcli.language.annotation import Annotation
from matchcli.reading.report import Block
from matchcli.record import Side

_BREAKS = frozenset(";")


@dataclass(slots=True)
class SheetText:
    """The tokens of a text; ``units`` are the tokens at which a match may begin."""

    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    scores: dict[int, tuple[int, int]] = field(default_factory=dict)


def encode_text(
    text: str,
    blocks: Sequence[Block],
    annotation: Annotation,
    hits: Sequence[GazetteerHit],
    fixtures: Sequence[Fixture],
    stretches: Sequence[Stretch],
    times: Sequence[TimeMention],
    scores: Sequence[tuple[Span, tuple[int, int]]],
    guesses: Sequence[tuple[Span, Side]],
) -> SheetText:
    """Encode a text; all spans count its characters.

    ``guesses`` are names of the sides as far as the lexicon's phrases alone can tell them.
    """
    grounds = {
        target
        for hit in hits
        if not hit.doubtful
        for sense in hit.senses
        if sense.kind in ("stadium", "nation_stadium")
        for target in sense.targets
    }
    chunks = sorted(
        [Chunk(*t.span, "time", t) for t in times] + [Chunk(*span, "score", value) for span, value in scores],
        key=lambda c: (c.start, -c.end),
    )
    apart: list[Chunk] = []
    for chunk in chunks:
        if not apart or chunk.start >= apart[-1].end:
            apart.append(chunk)
    encoded = SheetText(text)
    begins = {stretch.start for stretch in stretches}
    clubs = _clubs(hits)
    numbers: dict[str, int] = {}
    previous_block = -1
    for number, sentence in enumerate(annotation.sentences):
        row = build_row(sentence, number, text, apart)
        opens = True
        for position, item in enumerate(row.items):
            features: list[str] = []
            if position == 0:
                features.append(f"block:{blocks[row.block].kind}")
                features.append("row:first")
                if row.block != previous_block:
                    features.append("row:new_block")
                if number < 3:
                    features.append(f"row:{number}")
            if opens:
                features.append("unit")
                encoded.units.append(len(encoded.tokens))
            opens = item.text in _BREAKS
            if any(item.start <= begin < item.end for begin in begins):
                features.append("stretch:begins")
            features += _known(item, row, hits, fixtures, grounds)
            features += [f"guess:{side}" for (s, e), side in guesses if s < item.end and item.start < e]
            token = _token(item, row, features, number, position)
            token.span = (item.start, item.end)
            called = clubs.get(item.start) or _proper_name(item)
            if called:
                features.append("name:again" if called in numbers else "name:first")
                token.whom = numbers.setdefault(called, len(numbers) + 1)
            encoded.tokens.append(token)
            if item.kind == "score":
                encoded.scores[len(encoded.tokens) - 1] = item.reference
        previous_block = row.block
    return encoded


def _clubs(hits: Sequence[GazetteerHit]) -> dict[int, str]:
    """The club or nation that each name, nickname or colour means, by its first character, where it means one."""
    return {
        hit.start: "club " + hit.targets[0]
        for hit in hits
        if hit.kind.startswith(("club_", "nation_"))
        and not hit.kind.endswith("_stadium")
        and len(hit.targets) == 1
    }


def _proper_name(item: Item) -> str | None:
    """What a capitalized name is called wherever it stands."""
    if item.kind == "word" and item.upos == "PROPN" and item.text[:1].isupper():
        return fold(item.text)
    return None


def _known(
    item: Item,
    row: Row,
    hits: Sequence[GazetteerHit],
    fixtures: Sequence[Fixture],
    grounds: set[str],
) -> list[str]:
    features: list[str] = []
    for entity in row.sentence.entities:
        if entity.start < item.end and item.start < entity.end:
            features.append(f"entity:{entity.label}")
            features.append(
                f"entity_begins:{entity.label}" if item.start <= entity.start else "entity_goes_on"
            )
    for hit in hits:
        if hit.start < item.end and item.start < hit.end:
            begins = "begins" if item.start <= hit.start else "goes_on"
            for sense in hit.senses[:3]:
                features.append(f"hit:{sense.kind}")
            if grounds and any(grounds & set(sense.targets) for sense in hit.senses):
                features.append("ground:own")
            features.append(f"hit_{begins}:{hit.kind}{'?' if hit.doubtful else ''}")
    for fixture in fixtures:
        for name, span in (("home", fixture.home_span), ("away", fixture.away_span)):
            if span is not None and span[0] < item.end and item.start < span[1]:
                sure = "sure" if fixture.certain else "unsure"
                features.append(f"fixture:{name}:{sure}:{'title' if fixture.title else 'text'}")
                if fixture.score is not None:
                    features.append("fixture:score")
    return features


def _token(item: Item, row: Row, features: list[str], number: int, position: int) -> Token:
    features.append(f"kind:{item.kind}")
    if item.kind == "time":
        features += [f"time:{item.reference.kind}", f"period:{item.reference.period}"]
        return Token("minuto", "minuto", fold(item.text)[:LONGEST_WORD], features, number, position)
    if item.kind == "score":
        first, second = item.reference
        features.append("level" if first == second else "first_ahead" if first > second else "second_ahead")
        features.append(f"goals:{min(first + second, 8)}")
        return Token("risultato", "risultato", item.text[:LONGEST_WORD], features, number, position)
    word = row.sentence.words[item.words[0]]
    form, lemma = fold(item.text), fold(word.lemma)
    features += [f"pos:{item.upos}", f"dep:{word.deprel}", f"lemma:{lemma}", f"form:{form}"]
    if len(item.words) > 1:
        features.append("joined:" + row.sentence.words[item.words[-1]].upos)
    if item.text[:1].isupper():
        features.append("capital:all" if item.text.isupper() and len(item.text) > 1 else "capital")
    return Token(form, lemma, form[:LONGEST_WORD], features, number, position)
