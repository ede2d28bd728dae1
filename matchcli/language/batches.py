"""How many texts are analysed together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

# Characters of one batch: the first is small so that its results come soon, the others are large
# enough for Stanza to fill its own batches and small enough to keep memory flat.
FIRST_BATCH = 4_000
LARGEST_BATCH = 60_000

# Characters of one text that are analysed at a time.
LARGEST_PART = 120_000

# Items of one batch, so that those without a length cannot pile up behind one with a short text.
MOST_ITEMS = 400


def batches(items: Iterable[Item], length: Callable[[Item], int]) -> Iterator[list[Item]]:
    """``items`` in groups of about `FIRST_BATCH` characters, then twice as many each time.

    ``length`` gives an item's characters, 0 where nothing is to be analysed: such an item waits for
    those before it, and where there are none it passes at once.
    """
    size = FIRST_BATCH
    batch: list[Item] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += length(item)
        if characters == 0:
            yield batch
            batch = []
        elif characters >= size or len(batch) >= MOST_ITEMS:
            yield batch
            batch, characters, size = [], 0, min(2 * size, LARGEST_BATCH)
    if batch:
        yield batch


def parts(items: Iterable[Item], length: Callable[[Item], int]) -> Iterator[list[Item]]:
    """``items`` in groups of at most `LARGEST_PART` characters; a longer item stands alone.

    A batch has more only where one of its texts is longer than any report.
    """
    part: list[Item] = []
    characters = 0
    for item in items:
        characters += length(item)
        if part and characters > LARGEST_PART:
            yield part
            part, characters = [], length(item)
        part.append(item)
    if part:
        yield part
