"""The public record of a match: the one contract that all the rooms share.

Field names follow football data's own usage (StatsBomb, Opta, kloppy).  A field that the
text does not give is null.  Spans count characters of the decoded input, from 0, end
exclusive: ``event.text == text[event.span[0]:event.span[1]]``.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = 1

Side = Literal["home", "away"]
Period = Literal["1H", "2H", "ET1", "ET2"]
MinuteBasis = Literal["stated", "derived", "bounded"]
Outcome = Literal["saved", "off_target", "blocked", "woodwork", "cleared"]
EventType = Literal[
    "kick_off",
    "half_time",
    "full_time",
    "goal",
    "disallowed_goal",
    "shot",
    "penalty_awarded",
    "penalty_missed",
    "penalty_overturned",
    "penalty_appeal",
    "yellow_card",
    "second_yellow",
    "red_card",
    "substitution",
    "injury",
]
Qualifier = Literal[
    "penalty",
    "own_goal",
    "header",
    "free_kick",
    "corner",
    "long_range",
    "left_foot",
    "right_foot",
    "volley",
    "overhead_kick",
    "tap_in",
    "deflected",
    "counter_attack",
    "crossbar",
    "post",
    "var",
    "rebound",
]
ReasonKind = Literal[
    "time",
    "period",
    "after_first_half",
    "from_start",
    "offset",
    "offset_before",
    "with",
    "right_after",
    "after",
    "before",
    "order",
    "order_before",
    "running_score",
    "penalty_taken",
    "penalty_retaken",
    "card_for_foul",
    "window",
    "meant",
    "told_too",
]

#: First and last minute of each period on the match clock; stoppage time is the last minute.
PERIOD_MINUTES: dict[Period, tuple[int, int]] = {
    "1H": (1, 45),
    "2H": (46, 90),
    "ET1": (91, 105),
    "ET2": (106, 120),
}


class Model(BaseModel):
    """Base of every part of the record: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class Tally(Model):
    """Goals of the two sides at one moment."""

    home: int = Field(ge=0)
    away: int = Field(ge=0)


class Score(Model):
    """The result: after extra time where it was played, without the shoot-out."""

    home: int | None = None
    away: int | None = None
    half_time: Tally | None = None
    extra_time: bool = False
    shootout: Tally | None = None


class Team(Model):
    """A side of the match, named as fully as the text names it."""

    name: str | None = None
    coach: str | None = None
    aliases: list[str] = []


class Match(Model):
    """The header of a match."""

    home: Team
    away: Team
    score: Score
    competition: str | None = None
    round: str | None = None
    venue: str | None = None
    date: str | None = None
    referee: str | None = None
    attendance: int | None = None


class Source(Model):
    """Where a record comes from: the file, its hash, and which match of the text it is."""

    path: str
    sha256: str
    match: int = 0
    span: tuple[int, int]


class Reference(Model):
    """What a time counts from: another event, or words of the text that tell a time."""

    type: EventType | None = None
    player: str | None = None
    minute_range: tuple[int, int] | None = None
    words: str | None = None


class Reason(Model):
    """One step of why an event was read so.

    ``words`` are those of the text; ``minutes`` are minutes of the match, in ``offset``,
    ``offset_before`` a number of minutes; ``name`` is whom the words of ``meant`` mean.
    """

    kind: ReasonKind
    words: str | None = None
    minutes: tuple[int, int] | None = None
    stoppage: int | None = None
    other: Reference | None = None
    name: str | None = None


class Event(Model):
    """One event of the timeline, with its own words.

    ``minute`` counts 1-45, 46-90, 91-105, 106-120; stoppage time is 45, 90, 105 or 120 with
    ``stoppage`` where its number is stated.  ``minute_range`` is the tightest window that the
    text allows.  ``minute`` is null when ``minute_basis`` is ``bounded`` and the window is wider
    than 15 minutes.  ``confidence`` is between 0 and 1.
    """

    type: EventType
    team: Side | None = None
    player: str | None = None
    assist: str | None = None
    player_off: str | None = None
    player2: str | None = None
    period: Period | None = None
    minute: int | None = None
    stoppage: int | None = None
    minute_range: tuple[int, int] | None = None
    minute_basis: MinuteBasis | None = None
    outcome: Outcome | None = None
    qualifiers: list[Qualifier] = []
    score: Tally | None = None
    text: str
    span: tuple[int, int]
    confidence: float = Field(ge=0, le=1)
    explain: list[Reason] | None = None


class Warning_(Model):
    """Something in the text that does not agree with itself, or that could not be decided."""

    code: str
    message: str


class Record(Model):
    """One match as data: header, timeline, summary, warnings."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    schema_: Literal[1] = Field(default=1, alias="schema")
    source: Source
    match: Match
    events: list[Event]
    summary: str = ""
    warnings: list[Warning_] = []


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a record; its ``$id`` carries the number that records have as ``schema``."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:matchcli:record:{SCHEMA_VERSION}",
    }
    return head | Record.model_json_schema(by_alias=True)
