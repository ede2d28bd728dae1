"""What a reader knows the words of a text by, and the text as its network takes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from matchcli.extraction.reader.encoding import LONGEST_WORD, Token

if TYPE_CHECKING:
    from torch import Tensor


class Vocabulary:
    """What a reader knows features, letters and words by, and the word vectors."""

    def __init__(self, saved: dict[str, Any]) -> None:
        self.features = {name: number for number, name in enumerate(saved["features"])}
        self.letters = {letter: number + 1 for number, letter in enumerate(saved["letters"])}
        self.words, self.vectors = load_vectors()

    def inputs(self, tokens: Sequence[Token], context: Tensor) -> dict[str, Tensor]:
        """The tensors of tokens, as the networks take them; ``context`` is what `word_states` says of them."""
        import torch

        letters = torch.zeros(len(tokens), LONGEST_WORD, dtype=torch.long)
        sides = torch.zeros(len(tokens), 2)
        for number, token in enumerate(tokens):
            for place, letter in enumerate(token.letters[:LONGEST_WORD]):
                letters[number, place] = self.letters.get(letter, 0)
            if token.side is not None:
                sides[number, 0 if token.side == "home" else 1] = 1.0
        form = torch.tensor([self.word(token.form) for token in tokens])
        lemma = torch.tensor([self.word(token.lemma) for token in tokens])
        return {
            **bags(
                [self.features[name] for name in token.features if name in self.features] for token in tokens
            ),
            "vectors": torch.cat([self.vectors[form], self.vectors[lemma]], -1),
            "context": context,
            "letters": letters,
            "sides": sides,
            "whom": torch.tensor([token.whom for token in tokens]),
        }

    def word(self, word: str) -> int:
        """The number of a word's vector, 1 for an unknown word."""
        return word_number(self.words, word)


def bags(features: Iterable[Sequence[int]]) -> dict[str, Tensor]:
    """The features of all tokens in one row, and where those of each token begin."""
    import torch

    flat: list[int] = []
    offsets: list[int] = []
    for numbers in features:
        offsets.append(len(flat))
        flat += numbers
    return {"features": torch.tensor(flat, dtype=torch.long), "offsets": torch.tensor(offsets)}


def word_number(words: Mapping[str, int], word: str) -> int:
    """The number of a word's vector, 1 for an unknown word."""
    return words.get(word, words.get(word.replace("'", ""), 1))


@lru_cache(maxsize=1)
def load_vectors() -> tuple[dict[str, int], Tensor]:
    """The bundled word vectors, which Stanza's models use too: words by number, and the matrix."""
    from matchcli.language.weights import read_weights

    path = files("matchcli") / "models" / "it_compact" / "it" / "pretrain" / "compact.pt"
    with path.open("rb") as stream:
        saved = read_weights(stream)
    words = {word: number for number, word in enumerate(saved["vocab"]["_id2unit"])}
    return words, saved["emb"].float()
