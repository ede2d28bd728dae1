"""Whose goals they were: the running score, the final score and the sides of the scorers, settled together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matchcli.extraction.reader.reading import EVENT_ENOUGH
from matchcli.record import Match, Side
from matchcli.timeline.clock import Placement
from matchcli.timeline.finals import OpenResult, leaves_room, set_final
from matchcli.timeline.merge import MatchEvent, strength
from matchcli.timeline.scoring import Candidate, read_goals
from matchcli.timeline.sides import SideNetwork, opposite

#: What a shot whose end is not told lacks to be taken for a goal.
SHOT_PENALTY = 3.2
#: What a goal lacks that the reader saw in the words dimly.
DIM_PENALTY = 3.2
#: How much a company's own anchors count against the goals' agreement with the score.
ANCHOR_SHARE = 0.5
#: How much the goals' agreement with a score says of its being the final one, and from where on no more;
#: from the same regression as the evidence in `matchcli.timeline.finals`.
AGREEMENT_SHARE = 0.29
MOST_AGREEMENT = 6.0

_NOTHING_OPEN = OpenResult()

Placed = tuple[MatchEvent, Placement | None]


class Tellings(NamedTuple):
    """What may have been goals, in match order, and for each two of them how their scorers are tied (`_ties`)."""

    goals: Sequence[Placed]
    tied: Sequence[Sequence[float]]


@dataclass(slots=True)
class Story:
    """One reading of the goals: a choice for each, how well all agrees, and who changes sides for it.

    ``final`` is the score that the story ends with, None where it goes by the goals alone; ``doubt`` is
    what the text says against the changes.
    """

    told: Tellings
    final: tuple[int, int] | None
    choices: list[Side | None]
    value: float
    changes: list[set[Hashable]]
    doubt: float = 0.0
    worth: float = 0.0


def decide_goals(
    told: Sequence[Placed], match: Match, network: SideNetwork, result: OpenResult = _NOTHING_OPEN
) -> list[MatchEvent]:
    """Give each goal its side, and return the tellings that were no goals of this match; ``told`` are its
    events in match order.

    Where the match has no score yet, it gets that one of ``result.finals`` that is likely and that the goals
    agree with best, or none.
    """
    stated = _pair(match.score.home, match.score.away)
    half = match.score.half_time
    half_time = (half.home, half.away) if half is not None else result.half_time
    plain = _story(_tellings(told, network, shots=stated is not None), stated, half_time, network)
    best = plain
    finals = result.finals if stated is None else []
    with_shots = _tellings(told, network, shots=True) if finals else plain.told
    for final in finals:
        story = _story(with_shots, final.goals, half_time, network)
        better = story.value - story.doubt - (plain.value - plain.doubt)
        # a text that tells no goal at all says nothing of how many there were
        agreement = max(-MOST_AGREEMENT, min(MOST_AGREEMENT, better)) if plain.told.goals else 0.0
        story.worth = final.evidence + AGREEMENT_SHARE * agreement
        best = max(best, story, key=lambda one: one.worth)
    if stated is None and best.final is not None:
        set_final(match.score, best.final)
    return _tell_sides(best, network)


def _tellings(told: Sequence[Placed], network: SideNetwork, *, shots: bool) -> Tellings:
    """The goals among the events, and with ``shots`` those shots whose end is not told.

    A shot may have been a goal only where the final score is known and wants one more.
    """
    goals = [(event, place) for event, place in told if event.type == "goal" or (shots and _is_open(event))]
    return Tellings(goals, _ties(goals, network))


def _is_open(event: MatchEvent) -> bool:
    """Whether it is somebody's shot whose end is not told."""
    return event.type == "shot" and event.outcome is None and event.player is not None


def _story(
    told: Tellings,
    final: tuple[int, int] | None,
    half_time: tuple[int, int] | None,
    network: SideNetwork,
) -> Story:
    """The best reading of the goals that ends with ``final``.

    Words often tell well who plays with whom and hardly which side they are: where the goals agree with
    the score only when a whole company of players changes sides, and little speaks against it, it does.
    """
    if final is not None and half_time is not None and not leaves_room(final, half_time):
        half_time = None
    choices, value = _read(told, final, half_time, network)
    story = Story(told, final, choices, value, [])
    seen: set[Hashable] = set()
    for goal, _ in told.goals:
        node = goal.player if goal.player is not None else next(iter(goal.keys), None)
        if node is None or node in seen:
            continue
        company = network.company(node)
        seen |= company
        anchor = max(0.0, network.anchor(company))
        network.change_sides(company)
        choices, value = _read(told, final, half_time, network)
        if value - story.value > ANCHOR_SHARE * anchor:
            story.choices, story.value = choices, value
            story.changes.append(company)
            story.doubt += ANCHOR_SHARE * anchor
        else:
            network.change_sides(company)
    for company in reversed(story.changes):
        network.change_sides(company)
    return story


def _tell_sides(story: Story, network: SideNetwork) -> list[MatchEvent]:
    """Give each goal the side that the story gives it; the tellings that were none."""
    for company in story.changes:
        network.change_sides(company)
    refused = []
    for (goal, _), side in zip(story.told.goals, story.choices, strict=True):
        if side is None or (is_dim(goal) and goal.type == "goal" and story.final is None):
            if goal.type == "goal":
                refused.append(goal)
            continue
        if goal.type == "shot":
            goal.type = "goal"
            goal.confidence = min(goal.confidence, 0.55)
        goal.team = side
        if goal.player is not None:
            network.tell(goal.player, opposite(side) if _is_own(goal) else side, 1.0)
    return refused


def _pair(home: int | None, away: int | None) -> tuple[int, int] | None:
    return None if home is None or away is None else (home, away)


def _ties(goals: Sequence[Placed], network: SideNetwork) -> list[list[float]]:
    """For each two goals: above 0 where their scorers' ties speak for one side, below where for two."""
    scorers = [goal.player for goal, _ in goals]
    reached = {player: network.relations(player) for player in scorers if player is not None}

    def tied(one: MatchEvent, other: MatchEvent) -> float:
        if one.player is None or other.player is None:
            return 0.0
        value = 2.0 if one.player is other.player else reached[one.player].get(other.player, 0.0)
        return -value if _is_own(one) != _is_own(other) else value

    return [[tied(one, other) for other, _ in goals] for one, _ in goals]


def _read(
    told: Tellings,
    final: tuple[int, int] | None,
    half_time: tuple[int, int] | None,
    network: SideNetwork,
) -> tuple[list[Side | None], float]:
    """The best reading of the goals with the sides as the network has them, and how well it agrees."""
    candidates = [
        Candidate(
            strength=strength(goal) - _lack(goal),
            belief=_belief(goal, network),
            flags=frozenset(goal.flags),
            score=goal.score,
            period=placement.period if placement else None,
            listed="box" in goal.sources,
            doubtful=_lack(goal) > 0,
        )
        for goal, placement in told.goals
    ]
    return read_goals(candidates, final, half_time, told.tied)


def _lack(goal: MatchEvent) -> float:
    """What speaks against a goal whose words hardly tell it; 0 where they do."""
    if goal.type == "shot":
        return SHOT_PENALTY
    return DIM_PENALTY if is_dim(goal) else 0.0


def is_dim(goal: MatchEvent) -> bool:
    """Whether no telling of a goal is sure enough to stand without the score's word for it."""
    return all(e.source != "box" and e.weight < EVENT_ENOUGH for e in goal.evidence)


def _is_own(goal: MatchEvent) -> bool:
    return "own_goal" in goal.qualifiers


def _belief(goal: MatchEvent, network: SideNetwork) -> float:
    """How surely the home side gained the goal (1) or the away side (-1)."""
    if "box" in goal.sources and goal.team is not None:
        return 1.0 if goal.team == "home" else -1.0
    if goal.player is not None and network.belief(goal.player):
        return network.belief(goal.player) * (-1 if _is_own(goal) else 1)
    told = next((belief for key in goal.keys if (belief := network.belief(key))), 0.0)
    if told:
        return 0.7 * told
    return 0.0 if goal.team is None else 0.5 if goal.team == "home" else -0.5


def settle_teams(events: Sequence[MatchEvent], network: SideNetwork) -> None:
    """The sides of the other events, now that the scorers' sides are known."""
    network.settle()
    for event in events:
        if event.type == "goal":
            continue
        side = network.side(event.player) if event.player is not None else None
        if side is None:
            side = next((told for key in event.keys if (told := network.side(key))), None)
        if side is None and event.other is not None:
            side = network.side(event.other)
            if side is not None and event.type != "substitution":
                side = opposite(side)
        if side is None and event.assist is not None:
            side = network.side(event.assist)
        event.team = side or event.team
