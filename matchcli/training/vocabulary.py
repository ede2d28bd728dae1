"""The features and letters that a reader knows, each with its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matchcli.extraction.reader.encoding import Token
from matchcli.extraction.reader.vocabulary import load_vectors, word_number
from matchcli.training.sizes import LEAST_OF_FEATURE, LEAST_OF_FORM, LEAST_OF_LEMMA, LEAST_OF_LETTER

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Features from 0, letters from 1 (0 is any other), and the word vectors: numbers of words, and the matrix."""

    features: dict[str, int]
    letters: dict[str, int]
    words: dict[str, int]
    vectors: Tensor

    def word(self, word: str) -> int:
        """The number of a word's vector, 1 for an unknown word."""
        return word_number(self.words, word)


def vocabulary_of(texts: Iterable[Iterable[Token]]) -> Vocabulary:
    """What is met often enough in the tokens of the training texts."""
    features: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    for text in texts:
        for token in text:
            features.update(set(token.features))
            letters.update(token.letters)
    kept = [name for name, times in sorted(features.items()) if times >= _least(name)]
    written = [letter for letter, times in sorted(letters.items()) if times >= LEAST_OF_LETTER]
    words, vectors = load_vectors()
    return Vocabulary(
        features={name: number for number, name in enumerate(kept)},
        letters={letter: number for number, letter in enumerate(written, 1)},
        words=words,
        vectors=vectors,
    )


def _least(feature: str) -> int:
    if feature.startswith("form:"):
        return LEAST_OF_FORM
    return LEAST_OF_LEMMA if feature.startswith("lemma:") else LEAST_OF_FEATURE
