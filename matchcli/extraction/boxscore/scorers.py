"""The side of each goal of a list: by line-ups, letters, running score, separate lists, final score."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matchcli.extraction.boxscore.clock import Minute
from matchcli.extraction.boxscore.people import Listed
from matchcli.extraction.boxscore.sides import Sides
from matchcli.extraction.mentions import TimeMention

Clock = Callable[[Minute | None], TimeMention | None]


def set_sides_of_goals(
    goals: Sequence[Listed], sides: Sides, score: tuple[int | None, int | None], clock: Clock
) -> None:
    """Set ``side`` of each goal to the side that gains it (0 home, 1 away), None where unknown."""
    for goal in goals:
        goal.side = _told_side(goal, sides)
    _by_running_score(goals)
    if score[0] is None or score[1] is None or len(goals) != score[0] + score[1]:
        return
    _by_separate_lists(goals, (score[0], score[1]), clock)
    _by_what_is_left(goals, (score[0], score[1]))


def _told_side(goal: Listed, sides: Sides) -> int | None:
    own = "own_goal" in goal.marks
    by_line_up = sides.player(goal.name)
    if by_line_up is not None:
        return 1 - by_line_up if own else by_line_up
    if goal.side is None:
        return None
    # A list under a club's name holds the goals it gains; a letter tells where the player plays.
    return 1 - goal.side if own and not goal.under_club else goal.side


def _by_running_score(goals: Sequence[Listed]) -> None:
    home, away = 0, 0
    for goal in goals:
        if goal.running is None:
            return
        if goal.running == (home + 1, away):
            told: int | None = 0
        elif goal.running == (home, away + 1):
            told = 1
        else:
            told = None
        home, away = goal.running
        if told is not None:
            goal.side = told


def _by_separate_lists(goals: Sequence[Listed], score: tuple[int, int], clock: Clock) -> None:
    """Home goals before a semicolon, away goals after it, where numbers and minutes show that."""
    if any(goal.side is not None for goal in goals) or len({goal.group for goal in goals}) != 2:
        return
    first_group = min(goal.group for goal in goals)
    first = [goal for goal in goals if goal.group == first_group]
    second = [goal for goal in goals if goal.group != first_group]
    if (len(first), len(second)) != score:
        return
    periods = [{goal.minute.period for goal in group if goal.minute is not None} for group in (first, second)]
    if periods[0] and periods[1] and periods[0] != {None} and periods[0].isdisjoint(periods[1]):
        return  # the semicolon may as well part the halves
    for goal in goals:
        goal.side = 0 if goal.group == first_group else 1


def _by_what_is_left(goals: Sequence[Listed], score: tuple[int, int]) -> None:
    """Where one side's goals are all found, the rest are the other's."""
    counts = [sum(goal.side == side for goal in goals) for side in (0, 1)]
    for side in (0, 1):
        if counts[side] == score[side] and counts[1 - side] <= score[1 - side]:
            for goal in goals:
                if goal.side is None:
                    goal.side = 1 - side
