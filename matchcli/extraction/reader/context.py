"""Words in their context, as the lower layers of a pretrained encoder see them.

The encoder is the first half of multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text
Embeddings"), which has read a hundred languages: what it knows of words and their company the readers
need not learn from annotated reports alone.  Of its twelve layers the sixth tells most of what the
readers ask; `matchcli.training.context` makes the files, and `matchcli.training.tuning` adds what the
encoder learned together with the readers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from matchcli.extraction.reader.encoding import Token
from matchcli.extraction.reader.files import in_use, read_bytes, read_weights

if TYPE_CHECKING:
    from torch import Tensor

#: The numbers of a word's state.
STATES = 384
#: Pieces of words that the encoder sees at once.
WINDOW = 384
#: What begins and ends a window, among the pieces.
BEGIN, END = 1, 2
_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'»”)]*$")
#: What sentencepiece writes for a space.
_SPACE = "▁"
#: How well a text may be parted after a piece.
_LINE_END, _SENTENCE, _WORD, _INSIDE = 3, 2, 1, 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a part of one, by its number in the encoder's vocabulary; offsets count the text's characters from 0.

    ``parts`` tells how well a window may end after it.
    """

    number: int
    start: int
    end: int
    parts: int


@dataclass(frozen=True, slots=True)
class TextStates:
    """The states of the pieces of a text, a row each, with their places."""

    starts: list[int]
    ends: list[int]
    states: Tensor

    def of(self, tokens: Sequence[Token]) -> Tensor:
        """A row for each token: the mean of the pieces that it shares a character with, zeros where there are none."""
        import torch

        found = torch.zeros(len(tokens), STATES)
        for number, token in enumerate(tokens):
            first, last = bisect_right(self.ends, token.span[0]), bisect_left(self.starts, token.span[1])
            if first < last:
                found[number] = self.states[first:last].float().mean(0)
        return found


def word_states(text: str, tokens: Sequence[Token]) -> Tensor:
    """What the words of ``tokens`` are in the context of the ``text`` that they stand in, a row of `STATES` numbers each."""
    return text_states(text).of(tokens)


@lru_cache(maxsize=2)
def text_states(text: str) -> TextStates:
    """The states of a whole text; the readers ask for the same one after the other."""
    return load_encoder().read(text)


@lru_cache(maxsize=1)
def load_encoder() -> ContextEncoder:
    """The encoder with the weights in the package; imports torch."""
    with in_use("context.pt"):
        return ContextEncoder(read_weights("context.pt"), read_bytes("pieces.model"))


class ContextEncoder:
    """The encoder's network and its pieces of words."""

    def __init__(self, saved: dict[str, Any], pieces: bytes) -> None:
        from sentencepiece import SentencePieceProcessor

        from matchcli.extraction.reader.context_model import ContextNetwork

        self.network = ContextNetwork(saved)
        self.processor = SentencePieceProcessor(model_proto=pieces)

    def read(self, text: str) -> TextStates:
        """The states of all pieces of a text."""
        import torch

        pieces = list(self.pieces(text))
        states = [torch.zeros(0, STATES, dtype=torch.half)]
        with torch.inference_mode():
            for start, stop in windows([piece.parts for piece in pieces]):
                numbers = [BEGIN, *(piece.number for piece in pieces[start:stop]), END]
                states.append(self.network.states(torch.tensor(numbers))[1:-1].half())
        return TextStates([p.start for p in pieces], [p.end for p in pieces], torch.cat(states))

    def pieces(self, text: str) -> Iterator[Piece]:
        """The pieces of a text, line by line."""
        for line in _LINE.finditer(text):
            found = self.processor.encode(line.group(), return_type="offset_mapping")
            followers = chain(found["pieces"][1:], [""])
            for number, piece, (start, end), next_one in zip(
                found["ids"], found["pieces"], found["offsets"], followers, strict=False
            ):
                if not next_one:
                    parts = _LINE_END
                elif not next_one.startswith(_SPACE):
                    parts = _INSIDE
                else:
                    parts = _SENTENCE if _SENTENCE_END.search(piece) else _WORD
                yield Piece(number, line.start() + start, line.start() + end, parts)


def windows(parts: Sequence[int], size: int = WINDOW) -> Iterator[tuple[int, int]]:
    """Stretches of at most ``size`` pieces that cover all, each ending where the text parts best in its second half."""
    start = 0
    while start < len(parts):
        stop = min(start + size, len(parts))
        if stop < len(parts):
            stop = 1 + max(range(start + size // 2, stop), key=lambda n: (parts[n], n))
        yield start, stop
        start = stop
