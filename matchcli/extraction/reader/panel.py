"""Several networks that read one text and answer as one: what one gets wrong by chance, others get right.

Averages of networks trained apart are surer than any of them (Hansen and Salamon 1990, "Neural network
ensembles").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matchcli.extraction.reader.context import word_states
from matchcli.extraction.reader.encoding import Token
from matchcli.extraction.reader.vocabulary import Vocabulary

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class Voice:
    """A network and its states of a text."""

    network: Any
    states: Tensor


class Ensemble:
    """Networks of one kind, each with the vocabulary that it was trained with; ``saved`` are their weights."""

    def __init__(self, kind: Callable[[dict[str, Any]], Any], saved: Iterable[dict[str, Any]]) -> None:
        self.networks: list[tuple[Any, Vocabulary]] = []
        for weights in saved:
            network = kind(weights["config"])
            network.load_state_dict(weights["state"])
            network.eval()
            self.networks.append((network, Vocabulary(weights)))

    def read(self, text: str, tokens: Sequence[Token]) -> Panel:
        """All networks' states of ``tokens``, which stand in ``text``."""
        context = word_states(text, tokens)
        return Panel(
            Voice(network, network.encoder([vocabulary.inputs(tokens, context)])[0])
            for network, vocabulary in self.networks
        )


class Panel:
    """The voices on a text; all answers are means of theirs, in log-odds."""

    def __init__(self, voices: Iterable[Voice]) -> None:
        self.voices = list(voices)

    def probabilities(self, head: str) -> Tensor:
        """What a head says of every token, a probability for each answer."""
        return self._mean(getattr(v.network, head)(v.states).log_softmax(-1) for v in self.voices).softmax(-1)

    def words(self, head: str, tokens: Tensor) -> Tensor:
        """What a head says of some tokens, log-odds."""
        return self._mean(getattr(v.network, head)(v.states[tokens]) for v in self.voices)

    def text(self, head: str) -> Tensor:
        """What a head says of the text as a whole, log-odds."""
        return self._mean(getattr(v.network, head)(v.states.max(0).values) for v in self.voices)

    def pairs(self, head: str, one: Tensor, other: Tensor, distance: Tensor, extra: Tensor) -> Tensor:
        """What a head says of pairs of tokens, a row each."""
        return self._mean(
            getattr(v.network, head)(v.states, one, other, distance, extra) for v in self.voices
        )

    def _mean(self, answers: Iterable[Tensor]) -> Tensor:
        import torch

        return torch.stack(list(answers)).mean(0)
