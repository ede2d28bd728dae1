"""What is wrong with an annotated report: marks without events, names of nobody, minutes of no period.

python -m matchcli.training.checking FILE...
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from matchcli.extraction.reader.model import OUTCOMES, QUALIFIERS, TYPES
from matchcli.record import PERIOD_MINUTES, Side
from matchcli.timeline.sides import opposite
from matchcli.training.reports import AnnotatedReport, GoldEvent, parse_reports

#: The last minutes of the periods, to which stoppage time is added.
_LAST_MINUTES = frozenset(last for _, last in PERIOD_MINUTES.values())
#: In these player2 plays for the same side; in all others for the other.
_OF_ONE_SIDE = frozenset({"goal", "substitution"})
#: In these an official may be player2: who gives or takes back a penalty for a foul that is nobody's.
_OF_OFFICIALS = frozenset({"penalty_awarded", "penalty_appeal", "penalty_overturned"})


def problems(report: AnnotatedReport) -> list[str]:
    """What must be mended before the report is of use; empty when it is right."""
    if not report.text:
        return [*report.problems]
    return [
        *report.problems,
        *_of_matches(report),
        *_of_names(report),
        *_of_marks(report),
        *(f"{problem}: {event.line!r}" for event in report.events for problem in _of_event(event, report)),
    ]


def notes(report: AnnotatedReport) -> list[str]:
    """What may be right and is worth a look: goals of a match that do not make its score."""
    found: list[str] = []
    for number, match in report.matches.items():
        goals = Counter(event.team for event in report.events_of(number) if event.type == "goal")
        told = (goals["home"], goals["away"])
        if any(told) and told != match.score:
            found.append(f"match {number}: goals annotated {told}, score {match.score}")
    return found


def names_fitting(name: str, people: Sequence[str]) -> list[str]:
    """Those whose names have all the words of ``name``, as they are written."""
    return [person for person in people if person == name or set(name.split()) <= set(person.split())]


def _of_matches(report: AnnotatedReport) -> Iterator[str]:
    if not report.matches:
        yield "no match line"
    for number, match in report.matches.items():
        if not match.home:
            yield f"match {number}: no match line"


def _of_names(report: AnnotatedReport) -> Iterator[str]:
    flat = " ".join(report.text.split())
    players = [name for match in report.matches.values() for name in match.everyone()]
    for name in players:
        if name not in flat:
            yield f"roster name not in the text in this form: {name!r}"
    officials = [name for match in report.matches.values() for name in match.officials()]
    everyone = [*players, *officials, *report.others]
    for mark in report.meanings:
        if mark.person is None:
            if mark.side is not None and mark.match is not None and mark.match not in report.matches:
                yield f"reference to a side of match {mark.match}, which is not there"
            continue
        fits = names_fitting(mark.person, everyone)
        if not fits:
            words = report.text[mark.start : mark.end]
            yield f"reference to an unknown person: {words!r}={mark.person!r}"
        elif len(set(fits)) > 1 and mark.person not in everyone:
            yield f"reference not unique: {mark.person!r}"


def _of_marks(report: AnnotatedReport) -> Iterator[str]:
    lines = Counter(event.id for event in report.events)
    marked = {number for mark in report.tellings for number in mark.ids}
    yield from (f"id {number} twice" for number, times in lines.items() if times > 1)
    if unmarked := sorted(set(lines) - marked):
        yield f"events without a mark in the text: {unmarked}"
    if unknown := sorted(marked - set(lines)):
        yield f"marks without an event line: {unknown}"


def _of_event(event: GoldEvent, report: AnnotatedReport) -> Iterator[str]:
    if event.type not in TYPES:
        yield f"type {event.type!r}"
    if strange := sorted(set(event.qualifiers) - set(QUALIFIERS)):
        yield f"qualifiers {strange}"
    if event.outcome not in OUTCOMES or (event.outcome and event.type != "shot"):
        yield f"outcome {event.outcome!r}"
    if event.period not in (None, *PERIOD_MINUTES):
        yield f"period {event.period!r}"
    if event.minute is not None:
        low, high = _bounds(event.period)
        if not low <= event.minute[0] <= event.minute[1] <= high:
            yield "minute outside its period"
        if event.stoppage and event.minute[0] not in _LAST_MINUTES:
            yield "stoppage time of a minute that is no period's last"
    if event.team is not None:
        yield from _of_players(event, event.team, report)


def _bounds(period: str | None) -> tuple[int, int]:
    for name, minutes in PERIOD_MINUTES.items():
        if name == period:
            return minutes
    return 1, max(_LAST_MINUTES)


def _of_players(event: GoldEvent, side: Side, report: AnnotatedReport) -> Iterator[str]:
    players = report.matches[event.match].players
    first = players[opposite(side) if "own_goal" in event.qualifiers else side]
    second = players[side if event.type in _OF_ONE_SIDE else opposite(side)]
    if event.type in _OF_OFFICIALS:
        officials = [name for match in report.matches.values() for name in match.officials()]
        second = [*second, *officials, *report.others]
    for name, people in ((event.player, first), (event.player2, second)):
        if name is not None and not names_fitting(name, people):
            yield f"{name!r} is not in the roster of that side"


def main(paths: Sequence[str]) -> int:
    """Print the problems of files; 1 when there are any, else 0."""
    reports = [(path, r) for path in paths for r in parse_reports(Path(path).read_text(encoding="utf-8"))]
    found = 0
    for path, report in reports:
        for problem in problems(report):
            found += 1
            print(f"{path}: {report.style[:60]}: {problem}")
        for note in notes(report):
            print(f"{path}: {report.style[:60]}: only a note: {note}")
    events = sum(len(report.events) for _, report in reports)
    print(f"{len(reports)} reports, {events} events, {found} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
