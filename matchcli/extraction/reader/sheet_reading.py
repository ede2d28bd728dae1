"""What the sheet reader makes of a text: names with what they are, scores with what they say, openings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from matchcli.extraction.mentions import Span
from matchcli.extraction.reader.encoding import Token
from matchcli.extraction.reader.panel import Ensemble
from matchcli.extraction.reader.sheet_encoding import SheetText
from matchcli.extraction.reader.weights import load_weights

#: The networks that read headers together.
SHEET_READERS = ("sheet.pt", "sheet_second.pt")


@dataclass(slots=True)
class Named:
    """A name of the text; ``kinds`` has the probability of each kind (``home``, ``coach``, ``venue``...)."""

    span: Span
    kind: str
    kinds: dict[str, float]


@dataclass(slots=True)
class Figures:
    """A score of the text, as it stands there, and the probability of each thing that it may say."""

    span: Span
    goals: tuple[int, int]
    says: dict[str, float]


@dataclass(slots=True)
class Sheet:
    """What stands in a text; ``opens`` are the places where another match begins, with the probability."""

    names: list[Named] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    opens: list[tuple[int, float]] = field(default_factory=list)
    extra_time: float = 0.0


@lru_cache(maxsize=1)
def load_sheet_reader() -> SheetReader:
    """The sheet reader with the weights in the package; imports torch."""
    return SheetReader(map(load_weights, SHEET_READERS))


class SheetReader:
    """The sheet reader: networks trained apart, which read together; ``saved`` are their weights."""

    def __init__(self, saved: Iterable[dict[str, Any]]) -> None:
        from matchcli.extraction.reader.model import SheetNetwork

        self.ensemble = Ensemble(SheetNetwork, saved)

    def read(self, encoded: SheetText) -> Sheet:
        """Read a text."""
        import torch

        from matchcli.extraction.reader.model import FIGURES, SHEET_TAGS

        sheet = Sheet()
        if not encoded.tokens:
            return sheet
        with torch.inference_mode():
            panel = self.ensemble.read(encoded.text, encoded.tokens)
            tags = panel.probabilities("tag")
            opens = panel.words("opens", torch.tensor(encoded.units))[:, 0].sigmoid().tolist()
            figures = panel.words("figures", torch.tensor(list(encoded.scores), dtype=torch.long))
            sheet.extra_time = float(panel.text("extra_time").sigmoid())
        for (token, goals), said in zip(encoded.scores.items(), figures.softmax(-1).tolist(), strict=True):
            says = {name: p for name, p in zip(FIGURES, said, strict=True) if name}
            sheet.figures.append(Figures(encoded.tokens[token].span, goals, says))
        sheet.opens = [(encoded.tokens[u].span[0], p) for u, p in zip(encoded.units, opens, strict=True)]
        sheet.names = _names(tags.tolist(), SHEET_TAGS, encoded)
        return sheet


def _names(tags: list[list[float]], labels: tuple[str, ...], encoded: SheetText) -> list[Named]:
    names: list[Named] = []
    last = -2
    for token, probabilities in enumerate(tags):
        best = max(range(len(labels)), key=lambda n: probabilities[n])
        if best == 0:
            continue
        start, end = encoded.tokens[token].span[0], _end_of_word(token, encoded.tokens)
        place, kind = labels[best].split("-")
        kinds: dict[str, float] = {}
        for label, probability in zip(labels[1:], probabilities[1:], strict=True):
            kinds[label[2:]] = kinds.get(label[2:], 0.0) + probability
        if place == "I" and last == token - 1 and _alike(names[-1].kind, kind):
            names[-1].span = (names[-1].span[0], end)
        else:
            names.append(Named((start, end), kind, kinds))
        last = token
    return names


def _end_of_word(token: int, tokens: Sequence[Token]) -> int:
    """The end of the word that a token begins; the tokenizer parts rare names ("Lefè", "vre")."""
    last = token
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].span[0] == tokens[last].span[1]
        and tokens[last].form[-1:].isalpha()
        and tokens[last + 1].form[:1].isalpha()
    ):
        last += 1
    return tokens[last].span[1]


_TEAMS = frozenset({"home", "away", "team"})
_PEOPLE = frozenset({"coach", "referee", "player", "person"})


def _alike(one: str, other: str) -> bool:
    return one == other or {one, other} <= _TEAMS or {one, other} <= _PEOPLE
