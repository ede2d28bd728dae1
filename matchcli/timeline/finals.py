"""What a text leaves open of the result: which of its scores was the final one, which that of the interval.

A text names several scores, and not always the last; of those that may be final `matchcli.timeline.goals`
takes the one that also agrees with the goals told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log

from matchcli.record import Score, Tally
from matchcli.timeline.result import Goals, ToldResult

#: What speaks for a score whose words no phrase of the lexicon and no reader knows, against none of the
#: scores being the final one.  This and the weights below are a logistic regression's (conditional logit)
#: on the matches of dev/, tests/gold and the annotated reports that training does without; of the 175
#: that name a score outside of titles and box scores it gave 133 the right result, in a ten-fold
#: cross-validation, where the likeliest score alone gave 121.
UNKNOWN = -1.65
#: Probability of the reader's below which it says nothing.
FAINT = 0.03
#: The probability of a score that the reader does not see as one ("Borgo 2, Villa 2").
UNSEEN = 0.1
#: The weight of a phrase of the lexicon (`ToldResult.weight`) as evidence: its slope, its height at 0, its most.
PHRASE = (0.9, -0.25, 2.5)
#: Less evidence than the surest score has, by so much, leaves a score no chance: the goals cannot make up for it.
HOPELESS = 4.0
#: So many scores are held against the goals; live text names dozens.
MOST = 6


@dataclass(frozen=True, slots=True)
class PossibleFinal:
    """A score, home first, that may be the final one; ``evidence`` is in log-odds against none that is named."""

    goals: Goals
    evidence: float


@dataclass(frozen=True, slots=True)
class OpenResult:
    """What the goals are to settle: the scores that may be ``finals``, none where one is stated, and a
    ``half_time`` score that is less sure than goals which make the final score."""

    finals: list[PossibleFinal] = field(default_factory=list)
    half_time: Goals | None = None


def possible_finals(read: Mapping[Goals, float], told: ToldResult) -> list[PossibleFinal]:
    """The scores that may be final, the surest first.

    ``read`` has the sums of the reader's probabilities for every score, ``told`` what the lexicon's phrases tell.
    """
    named = {*read, *([told.final] if told.final is not None else [])}
    slope, height, most = PHRASE
    found = []
    for goals in named:
        evidence = UNKNOWN + log((read.get(goals, UNSEEN) + FAINT) / FAINT)
        if goals == told.final:
            evidence += min(most, slope * told.weight + height)
        found.append(PossibleFinal(goals, evidence))
    found.sort(key=lambda final: (-final.evidence, final.goals))
    return [final for final in found[:MOST] if final.evidence > found[0].evidence - HOPELESS]


def set_final(score: Score, final: Goals) -> None:
    """Make ``final`` the result; a half-time score with more goals was none."""
    score.home, score.away = final
    half, score.half_time = score.half_time, None
    if half is not None:
        set_half_time(score, (half.home, half.away))


def set_half_time(score: Score, half_time: Goals) -> None:
    """Make ``half_time`` the half-time score where the final one leaves room for it."""
    home, away = half_time
    if score.home is None or score.away is None or leaves_room((score.home, score.away), half_time):
        score.half_time = Tally(home=home, away=away)


def leaves_room(final: Goals, half_time: Goals) -> bool:
    """Whether no side has more goals at half-time than in the end."""
    return half_time[0] <= final[0] and half_time[1] <= final[1]
