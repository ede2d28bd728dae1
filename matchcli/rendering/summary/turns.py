"""What turned the match: sendings-off, penalties, cancelled goals, and the woodwork of a poor one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matchcli.rendering.clean import clean
from matchcli.rendering.summary import times
from matchcli.rendering.summary.grammar import Value, say
from matchcli.rendering.summary.story import turning_points, woodwork

if TYPE_CHECKING:
    from matchcli.record import Event, Record
    from matchcli.rendering.summary.story import Story
    from matchcli.rendering.summary.voice import Voice

#: Turning points beyond this many are left to the timeline.
TOLD = 4
#: A match of no more goals than this is told with its woodwork, where nothing else turned it.
FEW_GOALS = 2

# What is left out last: a sending-off weighs most, a penalty that was only given least.
_WEIGHT = {
    "red_card": 0,
    "second_yellow": 0,
    "penalty_missed": 1,
    "penalty_overturned": 2,
    "disallowed_goal": 3,
    "penalty_awarded": 4,
}


def turns(record: Record, story: Story, voice: Voice) -> str:
    """Tell the turning points in one sentence, in their order; nothing where there was none."""
    events = _weightiest(_distinct(turning_points(record), voice.lang))
    if not events and len(story.goals) <= FEW_GOALS:
        events = _distinct(woodwork(record), voice.lang)[:2]
    told, last = [], ""
    for place, event in enumerate(events):
        when = times.when(event, voice.lang)
        # "Nella ripresa ...; nella ripresa ..." says the same twice.
        told.append(_turn(event, f"turn{place}", "" if when == last else when, voice))
        last = when
    return "; ".join(turn for turn in told if turn)


def _distinct(events: list[Event], lang: str) -> list[Event]:
    """Drop what would be told a second time in the same words."""
    told: dict[tuple[str, str | None, str, str], Event] = {}
    for event in events:
        key = (event.type, event.team, clean(event.player or ""), times.when(event, lang))
        told.setdefault(key, event)
    return list(told.values())


def _weightiest(events: list[Event]) -> list[Event]:
    """Keep what weighs most, in its order."""
    by_weight = sorted(range(len(events)), key=lambda place: _WEIGHT[events[place].type])
    return [events[place] for place in sorted(by_weight[:TOLD])]


def _turn(event: Event, slot: str, when: str, voice: Voice) -> str:
    player, keeper = clean(event.player or ""), clean(event.player2 or "")
    team = voice.teams[event.team] if event.team is not None else None
    values: dict[str, Value] = {
        "when": when,
        "player": player,
        "keeper": keeper,
        "team": team or "",
        "side": f"({say('bare', team, voice.lang)})" if team is not None else "",
    }
    phrases = voice.data["turn"]
    if event.type == "penalty_missed" and player and keeper:
        return voice.say(phrases["penalty_saved"], slot, values)
    kind = _wood(event) if event.type == "shot" else event.type
    if "var" in event.qualifiers and f"{kind}_var" in phrases:
        kind = f"{kind}_var"
    wanted = {
        "woman": bool(player) and voice.women,
        "person": bool(player),
        "team": team is not None,
        "nobody": True,
    }
    for form, fits in wanted.items():
        if fits and form in phrases[kind]:
            return voice.say(phrases[kind][form], slot, values)
    return ""


def _wood(shot: Event) -> str:
    if "post" in shot.qualifiers:
        return "post"
    return "crossbar" if "crossbar" in shot.qualifiers else "woodwork"
