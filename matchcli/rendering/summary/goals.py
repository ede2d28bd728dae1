"""The goals: told one after the other, or listed where they are many or their order is not sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matchcli.rendering.clean import clean
from matchcli.rendering.summary import times
from matchcli.rendering.summary.grammar import Value, fill

if TYPE_CHECKING:
    from matchcli.record import Event, Score
    from matchcli.rendering.summary.story import Story
    from matchcli.rendering.summary.voice import Voice

#: Goals up to this many are told one by one, more are listed.
TOLD = 5
#: Goals of one sentence, at most.
IN_A_SENTENCE = 4

_FEET = {"left_foot", "right_foot"}


def told_one_by_one(story: Story) -> bool:
    """Tell whether the goals are few enough, and their order sure enough, to tell them all."""
    return 0 < len(story.roles) <= TOLD


def goals(story: Story, score: Score, voice: Voice) -> list[str]:
    """Tell the goals in one or two sentences; in none where there was none."""
    if not story.goals:
        scored = (score.home or 0) + (score.away or 0) > 0
        return [voice.say(voice.data["scorers"]["none"], "scorers")] if scored else []
    if not any(goal.player or goal.minute_range or goal.minute or goal.period for goal in story.goals):
        return [voice.say(voice.data["scorers"]["none"], "scorers")]
    if not told_one_by_one(story):
        return [_scorers(story, voice)]
    clauses = [_goal(story, place, voice) for place in range(len(story.goals))]
    if len(clauses) == 2:
        # No "and": after the name of a helper it would read as one more name.
        return [clauses[0] + voice.choose(voice.data["lists"]["then"], "then") + clauses[1]]
    if len(clauses) > IN_A_SENTENCE:
        half = (len(clauses) + 1) // 2
        return ["; ".join(clauses[:half]), "; ".join(clauses[half:])]
    return ["; ".join(clauses)]


def _goal(story: Story, place: int, voice: Voice) -> str:
    """Tell one goal by what it was worth."""
    goal, role = story.goals[place], story.roles[place]
    player, own_goal = clean(goal.player or ""), "own_goal" in goal.qualifiers
    slot = f"goal{place}"
    values: dict[str, Value] = {
        "player": player,
        "team": voice.teams[goal.team or "home"],
        "how": "" if own_goal else _how(goal, voice),
        "when": times.when(goal, voice.lang),
    }
    if player and not own_goal and player in _scorers_before(story, place):
        worth = voice.data["worth"].get(role)
        if worth is not None:
            return voice.say(voice.data["goal"]["again"], slot, values | {"worth": worth})
    kind = "team" if not player else "own" if own_goal else "person"
    return voice.say(voice.data["goal"][role][kind], slot, values)


def _scorers_before(story: Story, place: int) -> set[str]:
    """Name those who have scored before, for the side that scores now."""
    side = story.goals[place].team
    return {
        clean(goal.player or "")
        for goal in story.goals[:place]
        if goal.team == side and "own_goal" not in goal.qualifiers
    }


def _how(goal: Event, voice: Voice) -> str:
    """Tell how a goal came, in at most two words of the lexicon; a penalty by that alone."""
    ways = voice.data["ways"]
    if "penalty" in goal.qualifiers:
        return ways["penalty"]
    known = set(goal.qualifiers)
    if known >= _FEET:
        known -= _FEET  # one of them is read wrongly, and nobody knows which
    told = [ways[way] for way in ways if way in known][:2]
    helper = clean(goal.assist or goal.player2 or "")
    if helper and len(told) < 2:
        told.append(fill(ways["assist"], {"helper": helper}, voice.lang))
    return " ".join(told)


def _scorers(story: Story, voice: Voice) -> str:
    """List the scorers of each side with their minutes."""
    sides = []
    for side in ("home", "away", None):
        scored = [goal for goal in story.goals if goal.team == side]
        if not scored:
            continue
        listed = voice.listed([_scorer(player, own, of, voice) for (player, own), of in _by_scorer(scored)])
        if side == "home" or side == "away":
            listed += " " + fill(voice.data["scorer"]["side"], {"team": voice.teams[side]}, voice.lang)
        sides.append(listed)
    kind = "all" if story.complete else "too_many" if story.too_many else "some"
    return voice.say(voice.data["scorers"][kind], "scorers", {"scorers": "; ".join(sides)})


def _by_scorer(scored: list[Event]) -> list[tuple[tuple[str, bool], list[Event]]]:
    """Group goals by who scored them and whether at the wrong end, in the order of their first."""
    groups: dict[tuple[str, bool], list[Event]] = {}
    for goal in scored:
        player = clean(goal.player or "")
        groups.setdefault((player, bool(player) and "own_goal" in goal.qualifiers), []).append(goal)
    return list(groups.items())


def _scorer(player: str, own_goal: bool, scored: list[Event], voice: Voice) -> str:
    """Name a scorer with the times of the goals in brackets."""
    phrases = voice.data["scorer"]
    shown = fill(phrases["own_goal"], {"player": player}, voice.lang) if own_goal else player
    marks = []
    for goal in scored:
        penalty = phrases["penalty"] if "penalty" in goal.qualifiers else ""
        marks.append(f"{times.brief(goal, voice.lang)} {penalty}".strip())
    known = ", ".join(mark for mark in marks if mark)
    shown = shown or phrases["nameless"]
    return f"{shown} ({known})" if known else shown
