"""Texts as the networks take them; in training with features and names hidden by chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import torch
from torch import Tensor

from matchcli.extraction.reader.encoding import LONGEST_WORD, Token
from matchcli.extraction.reader.model import distance_bucket
from matchcli.extraction.reader.reading import nearness
from matchcli.extraction.reader.vocabulary import bags
from matchcli.training.sizes import Hiding
from matchcli.training.vocabulary import Vocabulary

Inputs = dict[str, Tensor]
#: Features of the words themselves, hidden from a plain token.
_WORDS = ("lemma:", "form:")


class TextTensors:
    """The tokens of a text as numbers, worked out once for all passes."""

    def __init__(
        self, tokens: Sequence[Token], context: Tensor | None, vocabulary: Vocabulary, hiding: Hiding
    ) -> None:
        #: What the words are in their context, unless that is learned too and told anew each time.
        self.context = None if context is None else context.half()  # the tokens of all texts are many
        self.spans = [token.span for token in tokens]
        self.vectors = vocabulary.vectors
        self.hiding = hiding
        known = [[name for name in token.features if name in vocabulary.features] for token in tokens]

        def numbers(seen: Callable[[str], bool]) -> list[list[int]]:
            return [[vocabulary.features[name] for name in names if seen(name)] for names in known]

        self.features = numbers(lambda name: True)
        self.weak = numbers(lambda name: not name.startswith(hiding.helps))
        self.plain = numbers(lambda name: not name.startswith(_WORDS))
        letters = [
            [vocabulary.letters.get(letter, 0) for letter in token.letters[:LONGEST_WORD]] for token in tokens
        ]
        self.letters = torch.tensor(
            [row + [0] * (LONGEST_WORD - len(row)) for row in letters], dtype=torch.long
        ).reshape(-1, LONGEST_WORD)
        self.form = torch.tensor([vocabulary.word(token.form) for token in tokens])
        self.lemma = torch.tensor([vocabulary.word(token.lemma) for token in tokens])
        self.proper = torch.tensor([_is_proper(token) for token in tokens])
        self.whom = torch.tensor([token.whom for token in tokens])
        unworded = zip(self.features, self.plain, tokens, strict=True)
        self.nameless = [plain if _is_proper(token) else full for full, plain, token in unworded]
        #: The letters of names of all texts, for this one's names to bear now and then.
        self.other_names: Sequence[Tensor] = ()
        #: The names of the text, each with its tokens.
        self.names: dict[str, list[int]] = {}
        for number, token in enumerate(tokens):
            if _is_proper(token) or "named" in token.features:
                self.names.setdefault(token.letters, []).append(number)

    def __len__(self) -> int:
        return len(self.features)

    def inputs(self, sides: Tensor, rng: Random | None = None) -> Inputs:
        """The tensors of the text; with ``rng`` some features and names are hidden."""
        renamed = rng is not None and bool(self.other_names) and rng.random() < self.hiding.renamed
        features = self.features if rng is None else self._partly_hidden(rng, renamed)
        form, lemma, letters = self.form, self.lemma, self.letters
        if rng is not None and renamed:
            letters = letters.clone()
            for places in self.names.values():
                letters[places] = rng.choice(self.other_names)
        if rng is not None and self.hiding.names:
            share = self.hiding.names_renamed if renamed else self.hiding.names
            hidden = self.proper & (torch.rand(len(form)) < share)
            form = torch.where(hidden, torch.ones_like(form), form)
            lemma = torch.where(hidden, torch.ones_like(lemma), lemma)
        inputs = {
            **bags(features),
            "vectors": torch.cat([self.vectors[form], self.vectors[lemma]], -1),
            "letters": letters,
            "sides": sides,
            "whom": self.whom,
        }
        if self.context is not None:
            inputs["context"] = self.context.float()
            if rng is not None:
                inputs["context"] = self.partly_told(inputs["context"])
        return inputs

    def partly_told(self, context: Tensor) -> Tensor:
        """The context with nothing told of some tokens."""
        return context * (torch.rand(len(context), 1) >= self.hiding.context)

    def _partly_hidden(self, rng: Random, renamed: bool) -> list[list[int]]:
        hiding = self.hiding
        all_weak = hiding.whole > 0 and rng.random() < hiding.whole
        chosen: list[list[int]] = []
        most = self.nameless if renamed else self.features
        for full, weak, plain in zip(most, self.weak, self.plain, strict=True):
            chance = rng.random()
            if all_weak or chance < hiding.weak:
                chosen.append(weak)
            else:
                chosen.append(plain if chance < hiding.weak + hiding.plain else full)
        return chosen


def share_names(texts: Sequence[TextTensors]) -> None:
    """Let each text take names of all the others."""
    names = [text.letters[places[0]] for text in texts for places in text.names.values()]
    for text in texts:
        text.other_names = names


def _is_proper(token: Token) -> bool:
    return any(name == "pos:PROPN" or name.startswith("entity") for name in token.features)


class Distances:
    """What the network is told of a pair of tokens beside their states.

    The same as `matchcli.extraction.reader.reading` tells it, with the annotated tellings for those read.
    """

    def __init__(self, tokens: Sequence[Token], persons: Sequence[int], tellings: Sequence[int]) -> None:
        self.rows = [token.row for token in tokens]
        self.persons = sorted(persons)
        self.tellings = sorted(tellings)

    def nearness(self, one: int, other: int) -> list[float]:
        """Rows apart, persons and tellings between."""
        return nearness(one, other, self.rows[other] - self.rows[one], self.persons, self.tellings)


class PairTensors:
    """Pairs of tokens as the network's heads take them, with what they are to answer (``answers``)."""

    def __init__(
        self,
        pairs: Sequence[tuple[int, int]],
        extra: Sequence[Sequence[float]],
        answers: Sequence[float],
        distances: Distances,
    ) -> None:
        self.one = torch.tensor([one for one, _ in pairs], dtype=torch.long)
        self.other = torch.tensor([other for _, other in pairs], dtype=torch.long)
        self.distance = torch.tensor([distance_bucket(other - one) for one, other in pairs], dtype=torch.long)
        self.extra = torch.tensor(
            [
                [*distances.nearness(one, other), *more]
                for (one, other), more in zip(pairs, extra, strict=True)
            ],
            dtype=torch.float,
        )
        self.answers = torch.tensor(answers)

    def weighed_by(self, head: torch.nn.Module, states: Tensor) -> Tensor:
        """What a head of the network says of the pairs, a row each."""
        answer: Tensor = head(states, self.one, self.other, self.distance, self.extra)
        return answer
