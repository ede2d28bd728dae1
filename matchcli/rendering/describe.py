"""A record's parts in plain words: the one place where all the formats meant for people agree.

Everything that comes back is clean (see :mod:`matchcli.rendering.clean`): it may be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matchcli.rendering.clean import clean
from matchcli.rendering.words import words

if TYPE_CHECKING:
    from matchcli.record import Event, Match, Record

#: Events that mark the course of the match and belong to no side.
COURSE = frozenset({"kick_off", "half_time", "full_time"})

# The woodwork is told by its qualifier where there is one ("palo", "traversa"): not twice.
_WOOD = frozenset({"post", "crossbar"})


def minute_label(event: Event, lang: str = "it") -> str:
    """Tell when an event was: ``67'``, ``45+2'``, a window ``59-72'``, or ``?`` with its period.

    A window is told as a window even where a likeliest minute is known.
    """
    window = event.minute_range
    if event.stoppage is not None and event.minute is not None:
        return f"{event.minute}+{event.stoppage}'"
    if window is not None and window[0] != window[1]:
        return f"{window[0]}-{window[1]}'"
    if event.minute is not None:
        return f"{event.minute}'"
    if window is not None:
        return f"{window[0]}'"
    unknown = words(lang, "labels")["unknown"]
    if event.period is None:
        return unknown
    return f"{words(lang, 'short_periods')[event.period]} {unknown}"


def team_name(match: Match, side: str | None, lang: str = "it") -> str:
    """Give the name of a side of the match, or which side it is where the text has no name."""
    if side is None:
        return ""
    team = match.home if side == "home" else match.away
    return clean(team.name or "") or words(lang, "labels")[side]


def player_label(event: Event) -> str:
    """Give the player of an event; a substitution gives who comes on."""
    return clean(event.player or "")


def off_player(event: Event) -> str:
    """Give who goes off in a substitution, or an empty string."""
    return clean(event.player_off or event.player2 or "") if event.type == "substitution" else ""


def assist_player(event: Event) -> str:
    """Give who made the assist of a goal, or an empty string."""
    return clean(event.assist or event.player2 or "") if event.type == "goal" else ""


def details(event: Event, lang: str = "it") -> list[str]:
    """Tell what is known of an event beside its type and player: how, by whom, to what end."""
    labels, outcomes = words(lang, "labels"), words(lang, "outcomes")
    parts = [words(lang, "qualifiers")[qualifier] for qualifier in event.qualifiers]
    second = clean(event.player2 or "")
    outcome = event.outcome
    if event.type == "substitution":
        if off := off_player(event):
            parts.append(f"{labels['comes_off']} {off}")
        return parts
    if event.type == "goal":
        if assist := assist_player(event):
            parts.append(f"{labels['assist']} {assist}")
        return parts
    if event.type == "penalty_missed" and second:
        outcome = outcome or "saved"
    if outcome == "woodwork" and _WOOD & set(event.qualifiers):
        outcome = None
    if outcome and second and outcome in _BY_SOMEBODY:
        parts.append(f"{outcomes[outcome]} {labels['by']} {second}")
        return parts
    if outcome:
        parts.append(outcomes[outcome])
    if second:
        parts.append(f"{labels['foul_by' if event.type in _FOULS else 'against']} {second}")
    return parts


# The events whose second player committed the foul.
_FOULS = frozenset({"penalty_awarded", "penalty_overturned", "penalty_appeal"})
# The outcomes that are somebody's doing.
_BY_SOMEBODY = frozenset({"saved", "blocked", "cleared"})


def score_label(match: Match) -> str:
    """Give the final score, ``2-1``; a side that is not known is ``?``."""
    home, away = match.score.home, match.score.away
    return f"{'?' if home is None else home}-{'?' if away is None else away}"


def score_notes(match: Match, lang: str = "it") -> str:
    """Give what belongs to the score: half-time, extra time, shoot-out; empty when none is known."""
    labels = words(lang, "labels")
    score, notes = match.score, []
    if score.half_time is not None:
        notes.append(f"{labels['half_time']} {score.half_time.home}-{score.half_time.away}")
    if score.extra_time:
        notes.append(labels["extra_time"])
    if score.shootout is not None:
        notes.append(f"{score.shootout.home}-{score.shootout.away} {labels['shootout']}")
    return ", ".join(notes)


def running_score(event: Event) -> str:
    """Give the score after an event, ``1-0``, or an empty string."""
    return f"{event.score.home}-{event.score.away}" if event.score is not None else ""


def occasion(match: Match) -> list[str]:
    """Give the competition, its round and the date, as far as they are known."""
    return [clean(part) for part in (match.competition, match.round, match.date) if part]


def circumstances(match: Match, lang: str = "it") -> list[str]:
    """Give venue, referee and attendance with their labels, as far as they are known."""
    labels = words(lang, "labels")
    parts = []
    if match.venue:
        parts.append(f"{labels['venue']}: {clean(match.venue)}")
    if match.referee:
        parts.append(f"{labels['referee']}: {clean(match.referee)}")
    if match.attendance is not None:
        parts.append(f"{labels['attendance']}: {number(match.attendance, lang)}")
    return parts


def coaches(match: Match, lang: str = "it") -> str:
    """Name the coaches that are known with their clubs, or give an empty string."""
    known = [
        f"{clean(team.coach)} ({team_name(match, side, lang)})"
        for side, team in (("home", match.home), ("away", match.away))
        if team.coach
    ]
    if not known:
        return ""
    label = words(lang, "labels")["coach" if len(known) == 1 else "coaches"]
    return f"{label}: {', '.join(known)}"


def number(value: int, lang: str) -> str:
    """Write a whole number with the thousands mark of the language."""
    return f"{value:,}".replace(",", "." if lang == "it" else ",")


def title(record: Record, lang: str = "it") -> str:
    """Give the match in one line: ``Inter – Kairat 2-1``."""
    match = record.match
    home, away = team_name(match, "home", lang), team_name(match, "away", lang)
    return f"{home} – {away} {score_label(match)}"


def period_runs(events: list[Event]) -> list[tuple[str, list[Event]]]:
    """Part the events into runs of one period, in their order; an unknown period is ``unknown``."""
    runs: list[tuple[str, list[Event]]] = []
    for event in events:
        period: str = event.period or "unknown"
        if event.type in COURSE and event.period is None and runs:
            period = runs[-1][0]
        if not runs or runs[-1][0] != period:
            runs.append((period, []))
        runs[-1][1].append(event)
    return runs


def event_sentence(match: Match, event: Event, lang: str = "it") -> str:
    """Tell an event in one line without its minute: ``Gol 1-0, Inter: Carlo Neri (di testa)``."""
    head = words(lang, "events")[event.type]
    if score := running_score(event):
        head += f" {score}"
    if team := team_name(match, event.team, lang):
        head += f", {team}"
    if player := player_label(event):
        head += f": {player}"
    known = details(event, lang)
    return f"{head} ({', '.join(known)})" if known else head


def summary_of(record: Record, lang: str = "it") -> str:
    """Give the summary in ``lang``: the record's own where it has one in Italian, else a new one."""
    if lang == "it" and record.summary:
        return clean(record.summary)
    from matchcli.rendering.summary import summarize

    return summarize(record, lang)
