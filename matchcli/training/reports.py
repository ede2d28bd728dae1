"""Annotated reports: texts of our own with what a careful reader knows of their matches.

A file holds about ten reports; text and annotation stand together:

    @@@ one line: kind of text, what makes it hard
    match 1: Portalba - Monteverde; 2-1; ht 1-0; comp Serie C; venue Stadio dei Pini; ref Rossi; coach Bianchi / Verdi
    home 1: Mario Ferri, Nkosi, Duranti
    away 1: João Freitas, Sala, Petrović
    other: Galli (presidente), Conti (guardalinee)
    ---
    Al 12' Ferri, su angolo di Nkosi, [[1:insacca]] di testa. Cinque minuti dopo ((il portoghese=Freitas)) si
    [[2:vede respingere]] il destro da Mattia Duranti. ((Gli ospiti=A)) [[4:reclamano un rigore]] ...
    Al 70' Sala [[5:per]] Petrović. [[6,7:Ammoniti]] Sala e Nkosi.
    ---
    1; goal; H; Mario Ferri; Nkosi; 1H; 12; -; header,corner
    2; shot; A; João Freitas; Duranti; 1H; 16-18; saved; right_foot
    4; penalty_appeal; A; -; -; 2H; 46-60; -; -
    5; substitution; A; Sala; Petrović; 2H; 70; -; -
    6; yellow_card; A; Sala; -; -; -; -; -
    7; yellow_card; H; Nkosi; -; -; -; -; -

The head.  ``match N`` has home - away (the fullest names of the text; names that the text has in
capitals alone in normal case), the final score, extra time included, and then only what the text
gives: ``ht 1-0`` (also where it can be known from the text), ``et`` (extra time was played),
``so 4-3`` (shoot-out), ``comp``, ``venue``, ``ref``, ``coach HOME / AWAY`` (``-`` for an unknown
one).  ``home N`` and ``away N`` have every player of the side whom the text names, also those
without events, each in the fullest form that stands in the text; ``other`` everybody else who is
named, with a word in brackets.  A text that tells several matches has ``match 1``, ``match 2``..., and
``H1``, ``A2``... for H and A in event lines and marks.

Marks in the text; without them it is the report, and they are not nested:

- ``[[3:words]]``: the shortest words that tell event 3, the verb with what its idiom needs, a noun, a
  score: "insacca", "trova la rete", "gol", "2-2", "per", "doppietta", "giallo"; not the names, not
  the minute.  Every telling of an event is marked, title and box score too; one word may tell
  several events (``[[6,7:Ammoniti]]``).  In a box score the player's name is marked where scorers,
  bookings or changes are listed: ``(66' [[5:Sala]])``.  Of a shot the attempt is marked, and the
  save where only the save is told.
- ``((words=Name))``: words that mean a person and are no name: "il portoghese", "il numero 9",
  "il neoentrato"; coaches and referees too.  The name is any part of the head's that is nobody else's.
- ``((words=H))``, ``((words=A))``: words that mean a side and are not its name ("i padroni di
  casa", "i rossoblù", "la squadra di Verdi"); ``((words=N))`` where they mean neither side.

Plain names have no mark.

Event lines, in match order: id; type; H or A; player; player2; period (1H, 2H, ET1, ET2); minute;
outcome; qualifiers; ``-`` for what is not known.

- The side is the one that acts; of a goal the one that gains it, of an own goal too: its player is who
  put it in, with the qualifier ``own_goal``.
- player2 is a goal's last pass, who stops a shot or a penalty, who commits the foul of a penalty, who goes off
  in a substitution (player comes on).
- The minute is every minute that a careful reader accepts, counted through the match: ``12``,
  ``16-18``, ``45+2``, ``90+3``; "al 7' della ripresa" is 52.
- The outcome is a shot's: saved, off_target, blocked, woodwork, cleared.

All that is an event of these matches has a line, and nothing else has: season tallies, earlier
rounds, other matches, hypotheses, vague pressure and plain fouls are wanted in the texts, unmarked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from matchcli.extraction.mentions import Span
from matchcli.record import Side

SIDE_LETTERS: dict[str, Side] = {"H": "home", "A": "away"}
_MARK = re.compile(r"\[\[([\d,\s]+):(.*?)\]\]|\(\((.*?)=([^()=]+)\)\)", re.DOTALL)
_HEAD_LINE = re.compile(r"(match|home|away)\s*(\d*)\s*:\s*(.*)$")
_GOALS = re.compile(r"(\d+)\s*-\s*(\d+)$")
_MINUTE = re.compile(r"(\d+)(?:\s*-\s*(\d+))?(?:\+(\d+))?$")


@dataclass(slots=True)
class GoldMatch:
    """A match of the text: the head's lines ``match``, ``home`` and ``away``.

    Scores have the home side's goals first; ``coaches`` and ``players`` are by side.
    """

    home: str = ""
    away: str = ""
    score: tuple[int, int] = (0, 0)
    half_time: tuple[int, int] | None = None
    extra_time: bool = False
    shootout: tuple[int, int] | None = None
    competition: str | None = None
    venue: str | None = None
    referee: str | None = None
    coaches: dict[Side, str] = field(default_factory=dict)
    players: dict[Side, list[str]] = field(default_factory=lambda: {"home": [], "away": []})

    def everyone(self) -> list[str]:
        """The players of both sides, the home side's first."""
        return [*self.players["home"], *self.players["away"]]

    def officials(self) -> list[str]:
        """The referee and the coaches, as far as they are known."""
        return [name for name in (self.referee, *self.coaches.values()) if name]


@dataclass(slots=True)
class GoldEvent:
    """An event line; ``match`` is its match's number, ``minute`` the lowest and highest of the match's clock."""

    id: int
    match: int
    type: str
    team: Side | None = None
    player: str | None = None
    player2: str | None = None
    period: str | None = None
    minute: tuple[int, int] | None = None
    stoppage: int | None = None
    outcome: str | None = None
    qualifiers: tuple[str, ...] = ()
    line: str = ""


@dataclass(slots=True)
class TellingMark:
    """Marked words that tell the events ``ids``; offsets count the characters of the report without marks."""

    ids: tuple[int, ...]
    start: int
    end: int


@dataclass(slots=True)
class MeaningMark:
    """Marked words that mean a person by name, or a side; neither for words that mean no side of the match.

    ``match`` is the number in "H2", None where there is none; offsets as in `TellingMark`.
    """

    start: int
    end: int
    person: str | None = None
    side: Side | None = None
    match: int | None = None


@dataclass(slots=True)
class AnnotatedReport:
    """A report without its marks, and the annotation.

    ``others`` are the names of those who are named and neither play, coach nor referee;
    ``problems`` what could not be understood in the annotation's form.
    """

    style: str
    text: str = ""
    matches: dict[int, GoldMatch] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    events: list[GoldEvent] = field(default_factory=list)
    tellings: list[TellingMark] = field(default_factory=list)
    meanings: list[MeaningMark] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def events_of(self, match: int) -> list[GoldEvent]:
        """The events of a match by its number, in match order."""
        return [event for event in self.events if event.match == match]


def parse_reports(source: str) -> Iterator[AnnotatedReport]:
    """The reports of a file's content, in order; what is wrong with their form is among their ``problems``.

    `matchcli.training.checking.problems` has all that is wrong with a report.
    """
    for chunk in re.split(r"(?m)^@@@[ \t]*", source)[1:]:
        parts = re.split(r"(?m)^---[ \t]*$\n?", chunk)
        report = AnnotatedReport(style=chunk.split("\n", 1)[0].strip())
        if len(parts) != 3:
            report.problems.append(f"{len(parts)} parts, wanted 3 (head, text, events)")
        else:
            head, body, tail = parts
            for line in head.strip("\n").split("\n")[1:]:
                if line.strip():
                    _read_head_line(line, report)
            _read_text(body.strip("\n"), report)
            for line in tail.strip().split("\n"):
                if line.strip() and not line.lstrip().startswith("#"):
                    _read_event(line.strip(), report)
        yield report


# --- the head


def _read_head_line(line: str, report: AnnotatedReport) -> None:
    if line.startswith("other") and ":" in line:
        named = _names(line.split(":", 1)[1])
        report.others = [re.sub(r"\s*\(.*", "", name) for name in named]
        return
    found = _HEAD_LINE.match(line)
    if found is None:
        report.problems.append(f"header line? {line!r}")
        return
    kind, number, rest = found[1], int(found[2] or 1), found[3]
    match = report.matches.setdefault(number, GoldMatch())
    if kind == "match":
        _read_match(rest, match, report)
    else:
        match.players["home" if kind == "home" else "away"] = _names(rest)


def _names(listed: str) -> list[str]:
    return [name for part in listed.split(",") if (name := part.strip()) and name != "-"]


def _read_match(rest: str, match: GoldMatch, report: AnnotatedReport) -> None:
    first, *fields = [part.strip() for part in rest.split(";")]
    sides = re.split(r"\s+[-–]\s+", first, maxsplit=1)
    score = _goals(fields[0]) if fields else None
    if len(sides) != 2 or score is None:
        report.problems.append(f"match line? {rest!r}")
        return
    match.home, match.away = (side.strip() for side in sides)
    match.score = score
    for told in fields[1:]:
        key, _, value = told.partition(" ")
        value = value.strip()
        if not told or value == "-":
            continue
        if key in ("ht", "so"):
            goals = _goals(value)
            if goals is None and value:
                report.problems.append(f"{key}? {value!r}")
            elif key == "ht":
                match.half_time = goals
            else:
                match.shootout = goals
        elif key == "et":
            match.extra_time = value in ("", "yes", "si", "sì")
        elif key == "comp":
            match.competition = value
        elif key == "venue":
            match.venue = value
        elif key == "ref":
            match.referee = value
        elif key == "coach":
            coaches = zip(SIDE_LETTERS.values(), value.split("/"), strict=False)
            match.coaches = {side: name for side, c in coaches if (name := c.strip()) not in ("", "-")}
        else:
            report.problems.append(f"match field? {told!r}")


def _goals(written: str) -> tuple[int, int] | None:
    found = _GOALS.match(written)
    return (int(found[1]), int(found[2])) if found else None


# --- the text


def _read_text(body: str, report: AnnotatedReport) -> None:
    """The text without marks, and the marks with their places in it."""
    pieces: list[str] = []
    length = position = 0
    for mark in _MARK.finditer(body):
        pieces.append(body[position : mark.start()])
        start = length + len(pieces[-1])
        words = mark[2] if mark[1] else mark[3]
        length = start + len(words)
        pieces.append(words)
        position = mark.end()
        if mark[1]:
            ids = tuple(int(part) for part in mark[1].split(",") if part.strip())
            report.tellings.append(TellingMark(ids, start, length))
        else:
            report.meanings.append(_meaning(mark[4].strip(), (start, length)))
    pieces.append(body[position:])
    report.text = "".join(pieces)
    left = re.search(r".{0,30}(\[\[|\]\]|\(\().{0,30}", report.text, re.DOTALL)
    if left:
        report.problems.append(f"a mark was not understood (nested?): {left[0]!r}")


def _meaning(name: str, span: Span) -> MeaningMark:
    side = re.fullmatch(r"([HAN])(\d*)", name)
    if side is None:
        return MeaningMark(*span, person=name)
    number = int(side[2]) if side[2] else None
    return MeaningMark(*span, side=SIDE_LETTERS.get(side[1]), match=number)


# --- the events


def _read_event(line: str, report: AnnotatedReport) -> None:
    fields = [None if part.strip() == "-" else part.strip() for part in line.split(";")]
    if len(fields) != 9:
        report.problems.append(f"{len(fields)} fields, wanted 9: {line!r}")
        return
    identity, kind, side, player, player2, period, minute, outcome, qualifiers = fields
    acts = re.fullmatch(r"(H|A|-)(\d*)", side or "-")
    if not identity or not identity.isdigit() or not kind or acts is None:
        report.problems.append(f"event line? {line!r}")
        return
    number = int(acts[2] or 1)
    if number not in report.matches:
        report.problems.append(f"match {number} unknown: {line!r}")
        return
    window = _MINUTE.match(minute) if minute else None
    if minute and window is None:
        report.problems.append(f"minute? {line!r}")
    event = GoldEvent(
        id=int(identity),
        match=number,
        type=kind,
        team=SIDE_LETTERS.get(acts[1]),
        player=player,
        player2=player2,
        period=period,
        minute=(int(window[1]), int(window[2] or window[1])) if window else None,
        stoppage=int(window[3]) if window and window[3] else None,
        outcome=outcome,
        qualifiers=tuple(part.strip() for part in qualifiers.split(",")) if qualifiers else (),
        line=line,
    )
    report.events.append(event)
