"""The reader's network: two bidirectional LSTMs over the items, and small heads over their states.

One state a token; a head tags the words that tell events, the others weigh pairs of tokens: an
event and a person (who did it), an event and a time or score (when, and to what score), two persons
or teams (mates or opponents), a description and a name (whom it means).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

TYPES = (
    "goal", "disallowed_goal", "shot", "penalty_awarded", "penalty_missed", "penalty_overturned",
    "penalty_appeal", "yellow_card", "second_yellow", "red_card", "substitution", "injury",
)  # fmt: skip
#: O, then begin and inside of every type.
TAGS = ("O", *(f"{place}-{kind}" for kind in TYPES for place in "BI"))
OUTCOMES = (None, "saved", "off_target", "blocked", "woodwork", "cleared")
QUALIFIERS = (
    "penalty", "own_goal", "header", "free_kick", "corner", "long_range", "left_foot", "right_foot", "volley",
    "overhead_kick", "tap_in", "deflected", "counter_attack", "crossbar", "post", "var", "rebound",
)  # fmt: skip
ROLES = (None, "player", "other")
#: What the words of a header name.
SHEET_KINDS = ("home", "away", "team", "coach", "referee", "player", "person", "competition", "venue")
SHEET_TAGS = ("O", *(f"{place}-{kind}" for kind in SHEET_KINDS for place in "BI"))
#: What a score is: of a moment, or one of these, with the home side's goals first or last.
FIGURES = (None, "final", "final_away_first", "half", "half_away_first", "shootout", "shootout_away_first")

#: Distances in tokens are told apart up to these.
_STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 40, 60, 90, 150)
DISTANCES = 2 * (len(_STEPS) + 1)
#: Numbers that say more of a pair: rows apart, nodes between, events between.
NEARNESS = 5
#: What two tellings may agree on or not: player, minute, score.
FACTS = 9


def distance_bucket(steps: int) -> int:
    """The bucket of a signed distance in tokens."""
    size = sum(1 for s in _STEPS if abs(steps) > s)
    return size + (len(_STEPS) + 1 if steps < 0 else 0)


class Pairs(nn.Module):
    """Weighs pairs of tokens: their states, what stands between, their distance and what else is known."""

    def __init__(self, states: int, hidden: int, out: int, extra: int = 0, dropout: float = 0.3) -> None:
        super().__init__()
        self.one = nn.Linear(states, hidden)
        self.other = nn.Linear(states, hidden)
        self.between = nn.Linear(states, hidden, bias=False)
        self.distance = nn.Embedding(DISTANCES, hidden)
        self.extra = nn.Linear(NEARNESS + extra, hidden)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(2 * hidden, out)

    def forward(self, states: Tensor, one: Tensor, other: Tensor, distance: Tensor, extra: Tensor) -> Tensor:
        """The weights of pairs; ``one`` and ``other`` are their tokens' numbers among the ``states`` of a text."""
        a, b = self.one(states)[one], self.other(states)[other]
        first, last = torch.minimum(one, other) + 1, torch.maximum(one, other)
        sums = F.pad(self.between(states).cumsum(0), (0, 0, 1, 0))
        between = (sums[last] - sums[torch.minimum(first, last)]) / (last - first).clamp(min=1)[:, None]
        summed = F.relu(a + b + between + self.distance(distance) + self.extra(extra))
        return self.out(self.dropout(torch.cat([summed, torch.tanh(a) * torch.tanh(b)], -1)))  # type: ignore[no-any-return]


class TextEncoder(nn.Module):
    """Tokens to states: features by name, vectors and letters of words through two bidirectional LSTMs."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        size, dropout = config["hidden"], config.get("dropout", 0.35)
        self.bag = nn.EmbeddingBag(config["features"], config["bag"], mode="sum")
        self.words = nn.Linear(2 * config["vector"], config["word"])
        #: A reader may do without the context; beside one that sees it, it is often right where that one errs.
        self.sees_context = config["context"] > 0
        if self.sees_context:
            self.context = nn.Linear(config["states"], config["context"])
            self.context_dropout = nn.Dropout(config.get("context_hidden", 0.0))
        self.letters = nn.Embedding(config["letters"], config["letter"], padding_idx=0)
        self.shapes = nn.Conv1d(config["letter"], config["shape"], 3, padding=1)
        width = config["bag"] + config["word"] + config["context"] + config["shape"] + 2
        self.pool = nn.Linear(2 * size, config["pool"])
        widths = (width, 2 * size + config["pool"])
        self.forwards = nn.ModuleList([nn.LSTM(w, size, batch_first=True) for w in widths])
        self.backwards = nn.ModuleList([nn.LSTM(w, size, batch_first=True) for w in widths])
        self.dropout = nn.Dropout(dropout)
        self.size = 2 * size

    def forward(self, texts: Sequence[dict[str, Tensor]]) -> list[Tensor]:
        """The states of the tokens, a tensor for each text."""
        inputs = []
        for text in texts:
            bag = self.bag(text["features"], text["offsets"])
            words = F.relu(self.words(text["vectors"]))
            letters = F.relu(self.shapes(self.letters(text["letters"]).transpose(1, 2)).max(-1).values)
            told = [bag, words]
            if self.sees_context:
                told.append(F.relu(self.context(self.context_dropout(text["context"]))))
            heard = self.dropout(torch.cat([*told, letters], -1))
            inputs.append(torch.cat([heard, text["sides"]], -1))
        lengths = torch.tensor([len(i) for i in inputs])
        states = pad_sequence(inputs, batch_first=True)
        turned = _turning(lengths, states.shape[1])
        for layer, (onwards, back) in enumerate(zip(self.forwards, self.backwards, strict=True)):
            if layer:
                gathered = [self._gathered(states[i], text["whom"]) for i, text in enumerate(texts)]
                states = torch.cat([states, torch.stack(gathered)], -1)
                states = self.dropout(states)
            ahead = onwards(states)[0]
            behind = _turn(back(_turn(states, turned))[0], turned)
            states = torch.cat([ahead, behind], -1)
        states = self.dropout(states)
        return [states[i, :n] for i, n in enumerate(lengths.tolist())]

    def _gathered(self, states: Tensor, whom: Tensor) -> Tensor:
        """What all mentions of one person or side say together, at each of its mentions; zeros elsewhere.

        ``whom`` numbers persons and sides from 1, token by token; 0 is nobody.
        """
        at = whom.nonzero()[:, 0]
        out = states.new_zeros(len(states), self.pool.out_features)
        if not len(at):
            return out
        named = whom[at]
        sums = states.new_zeros(int(named.max()) + 1, states.shape[1]).index_add(0, named, states[at])
        counts = states.new_zeros(len(sums)).index_add(0, named, states.new_ones(len(at)))
        means = sums / counts.clamp(min=1)[:, None]
        return out.index_put((at,), torch.tanh(self.pool(means))[named])


def _turning(lengths: Tensor, longest: int) -> Tensor:
    """For each text the numbers of its tokens from last to first, those of the padding as they are.

    Texts of many lengths are turned so and read forwards twice: packed sequences do the same, six times
    slower on a CPU.
    """
    places = torch.arange(longest).expand(len(lengths), longest)
    return torch.where(places < lengths[:, None], lengths[:, None] - 1 - places, places)


def _turn(states: Tensor, turned: Tensor) -> Tensor:
    return states.gather(1, turned[:, :, None].expand(-1, -1, states.shape[2]))


class ReaderNetwork(nn.Module):
    """The event reader; ``config`` has the sizes."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self.encoder = TextEncoder(config)
        states, dropout, pair = self.encoder.size, config.get("dropout", 0.35), config["pair"]
        self.tag = _tagger(states, len(TAGS), dropout)
        self.outcome = nn.Linear(states, len(OUTCOMES))
        self.qualifier = nn.Linear(states, len(QUALIFIERS))
        self.side = nn.Linear(states, 1)
        self.order = nn.Linear(states, 1)
        self.role = Pairs(states, pair, len(ROLES), extra=len(TYPES))
        self.link = Pairs(states, pair, 1, extra=1)
        self.tie = Pairs(states, pair, 1, extra=2)
        self.same = Pairs(states, pair, 1, extra=6)
        self.one = Pairs(states, pair, 1, extra=FACTS + len(TYPES))


class SheetNetwork(nn.Module):
    """The sheet reader: whose match a text tells, and who and what stands in its header."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self.encoder = TextEncoder(config)
        states, dropout = self.encoder.size, config.get("dropout", 0.35)
        self.tag = _tagger(states, len(SHEET_TAGS), dropout)
        self.opens = _tagger(states, 1, dropout)
        self.figures = _tagger(states, len(FIGURES), dropout)
        self.extra_time = nn.Linear(states, 1)


def _tagger(states: int, out: int, dropout: float) -> nn.Module:
    return nn.Sequential(
        nn.Linear(states, states // 2), nn.ReLU(), nn.Dropout(dropout), nn.Linear(states // 2, out)
    )
