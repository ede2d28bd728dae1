"""What the text says, before it is put together: mentions with their places.

All spans count characters of the report's text, from 0, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from matchcli.record import Period

Span = tuple[int, int]

TimeKind = Literal["clock", "half", "from_end", "offset", "offset_before", "soon", "period", "simultaneous"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression and what its words alone tell.

    - ``clock``: minutes ``low``..``high`` of the match as written ("al 52'", "al 7' st" -> 52..52,
      "al 93'" -> 90..90 with ``stoppage`` 3).  ``period`` is set where the words give it; a bare
      "al 7'" has period None, and the timeline decides whether a report restarts the count after
      the interval.
    - ``half``: minutes counted from the start of the half being told: "alla mezz'ora" -> 30..30,
      "intorno alla mezz'ora" -> 28..32, "in avvio" -> 1..8, "dopo quattro minuti di gioco" -> 4..5.
      Where ``period`` is set, ``low`` and ``high`` are minutes of the match ("a metà ripresa" ->
      2H 62..72, "in avvio di ripresa" -> 2H 46..53).
    - ``from_end``: minutes before the end of the period being told, ``low``..``high`` as distances
      ("a cinque dalla fine" -> 5..5, "nel finale" -> 0..10, "a un soffio dall'intervallo" -> 1H,
      0..2).  ``period`` None means: of the match (or of extra time when that is being told).
    - ``offset``: ``low``..``high`` minutes after the event told before ("dodici minuti più tardi"
      -> 11..13, "un giro di lancette dopo" -> 0..2, "passano due minuti e" -> 1..3).
    - ``offset_before``: the same, before the event told before ("due minuti prima").
    - ``soon``: shortly after the event told before ("poco dopo" -> 0..5, "subito dopo" -> 0..2).
    - ``simultaneous``: at the minute of the event told before ("nella stessa azione").
    - ``period``: a period and nothing more ("nella ripresa", "nel primo tempo", "nei supplementari").

    ``new_period`` is true where the words also move the telling on to that period ("nella
    ripresa", "dopo l'intervallo", a heading "SECONDO TEMPO", "al rientro dagli spogliatoi");
    false for words that only end one ("si va al riposo").

    ``anchor`` says what an offset counts from: the event told before, the last goal told ("l'equilibrio
    dura dodici minuti", "il vantaggio resiste un quarto d'ora"), or the start of the period being
    told ("passano appena due minuti dall'intervallo", "dopo nemmeno venti secondi").
    """

    span: Span
    kind: TimeKind
    low: int | None = None
    high: int | None = None
    period: Period | None = None
    stoppage: int | None = None
    new_period: bool = False
    anchor: Literal["event", "goal", "period_start"] = "event"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class BoxEntry:
    """One event of a box score or of a bracketed list of scorers.

    ``team`` is the index (0 home, 1 away) of the box score's side where the box tells it (a
    line-up, a letter "(M)" or club name beside the name, an arrow, a separate list for each
    side), else None.  ``player`` and ``other`` are names as written, with their spans; ``other``
    is who goes off in a substitution.  ``time`` is the minute where one is given.
    """

    type: str
    player: str | None
    span: Span
    team: int | None = None
    other: str | None = None
    time: TimeMention | None = None
    qualifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoxPlayer:
    """A player of a line-up or of a bench; ``starter`` is false for the bench."""

    name: str
    span: Span
    number: int | None = None
    starter: bool = True


@dataclass(slots=True)
class BoxTeam:
    """A line-up: the club as written (None where the line has no name), coach and players."""

    name: str | None
    span: Span
    players: list[BoxPlayer] = field(default_factory=list)
    coach: str | None = None


@dataclass(slots=True)
class BoxScore:
    """Everything that box-score lines and bracketed lists give of one match.

    ``fixture`` is (home, away, home goals, away goals) where a fixture line gives them;
    ``half_time`` from "(primo tempo 1-0)" or "p.t. 1-0".
    """

    span: Span
    teams: list[BoxTeam] = field(default_factory=list)
    entries: list[BoxEntry] = field(default_factory=list)
    fixture: tuple[str, str, int | None, int | None] | None = None
    half_time: tuple[int, int] | None = None
    referee: str | None = None
    venue: str | None = None
    attendance: int | None = None
    competition: str | None = None
