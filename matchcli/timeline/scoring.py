"""Whose goals they were, and which tellings were goals at all: the running score decides.

The candidates are read in match order; each may be a goal of the home side, of the away side, or no
goal of this match.  Of all readings the one is kept that agrees best with the final score, the
half-time score, running scores in the text ("per il 2-1"), words that speak of the score ("pareggia",
"il raddoppio", "accorcia") and what is known of the scorers' sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matchcli.record import Period, Side

BEAM = 300
FINAL_RIGHT = 4.0
GOAL_SHORT = 2.2
GOAL_TOO_MANY = 6.0
HALF_TIME_RIGHT = 2.0
RUNNING_RIGHT = 2.0
RUNNING_REVERSED = 1.2
RUNNING_WRONG = -2.0
WORDS_RIGHT = 1.0
SIDE_KNOWN = 1.5
TIED = 1.6


@dataclass(slots=True, eq=False)
class Candidate:
    """A telling that may be a goal.

    ``strength`` is how surely it is one; ``belief`` of its side from -1 (away) to 1 (home); ``flags``
    are the lexicon's words on the score; ``score`` the running score told with it.  A ``listed`` one
    stands in a list of scorers; a ``doubtful`` one is a shot whose end is not told, a goal only where
    the score wants one more.
    """

    strength: float
    belief: float
    flags: frozenset[str]
    score: tuple[int, int] | None
    period: Period | None
    listed: bool = False
    doubtful: bool = False


@dataclass(slots=True)
class Reading:
    """A partial reading: goals so far, the choice for each candidate, and how well it agrees."""

    home: int = 0
    away: int = 0
    value: float = 0.0
    choices: tuple[Side | None, ...] = field(default=())
    half: tuple[int, int] | None = None


def words_fit(flags: frozenset[str], side: Side, before: tuple[int, int]) -> float:
    """How well words such as "pareggia" fit a goal of ``side`` at the score ``before`` (home, away)."""
    own, other = before if side == "home" else before[::-1]
    after = own + 1
    value = 0.0
    checks = {
        "opens": own == other == 0,
        "levels": after == other,
        "leads": after == other + 1,
        "doubles": after == 2 or after == other + 2,
        "third": after == 3,
        "fourth": after == 4,
        "fifth": after == 5,
        "cuts": after < other,
    }
    for flag, fits in checks.items():
        if flag in flags:
            value += WORDS_RIGHT if fits else -WORDS_RIGHT
    return value


def read_goals(
    candidates: Sequence[Candidate],
    final: tuple[int, int] | None,
    half_time: tuple[int, int] | None,
    tied: Sequence[Sequence[float]],
) -> tuple[list[Side | None], float]:
    """For each candidate, in match order, the side that scored, None where it was no goal; and how well that agrees.

    ``tied[i][j]`` is above 0 where the scorers of two candidates are on one side, below where on two.
    """
    beam = [Reading()]
    for index, candidate in enumerate(candidates):
        grown: list[Reading] = []
        for reading in beam:
            half = reading.half
            if half is None and candidate.period not in (None, "1H"):
                half = (reading.home, reading.away)
            if not candidate.listed:
                value = reading.value - (0.0 if candidate.doubtful else 0.3)
                grown.append(Reading(reading.home, reading.away, value, (*reading.choices, None), half))
            for side in ("home", "away"):
                sign = 1 if side == "home" else -1
                value = reading.value + candidate.strength + SIDE_KNOWN * sign * candidate.belief
                value += words_fit(candidate.flags, side, (reading.home, reading.away))
                home = reading.home + (side == "home")
                away = reading.away + (side == "away")
                if candidate.score is not None:
                    if candidate.score == (home, away):
                        value += RUNNING_RIGHT
                    elif candidate.score == (away, home):
                        value += RUNNING_REVERSED
                    else:
                        value += RUNNING_WRONG
                for earlier, choice in enumerate(reading.choices):
                    if choice is not None:
                        value += TIED * tied[earlier][index] * (1 if choice == side else -1)
                if final is not None:
                    value -= GOAL_TOO_MANY * (max(0, home - final[0]) - max(0, reading.home - final[0]))
                    value -= GOAL_TOO_MANY * (max(0, away - final[1]) - max(0, reading.away - final[1]))
                grown.append(Reading(home, away, value, (*reading.choices, side), half))
        grown.sort(key=lambda r: -r.value)
        beam = grown[:BEAM]

    def closing(reading: Reading) -> float:
        value = reading.value
        half = reading.half if reading.half is not None else (reading.home, reading.away)
        if final is not None:
            short = max(0, final[0] - reading.home) + max(0, final[1] - reading.away)
            value += FINAL_RIGHT if (reading.home, reading.away) == final else -GOAL_SHORT * short
        if half_time is not None and half == half_time:
            value += HALF_TIME_RIGHT
        return value

    best = max(beam, key=closing)
    return list(best.choices), closing(best)
