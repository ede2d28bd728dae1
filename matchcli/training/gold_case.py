"""Annotated reports as gold cases, so that `matchcli evaluate` can measure on those held out of training.

    python -m matchcli.training.gold_case REPORTS_DIR CASES_DIR [FRAGMENT...]

writes ``KIND-NN-M.txt`` and ``KIND-NN-M.json`` for every report of the files whose ``KIND/NN.txt``
has one of the fragments, of all files without fragments.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matchcli.training.checking import problems
from matchcli.training.reports import AnnotatedReport, GoldEvent, GoldMatch, TellingMark, parse_reports

#: Characters of its line that a quote has before and after the words that tell the event.
_AROUND = 40
#: Marks from this share of the text on stand in a box score; the words before tell more.
_BODY = 0.8


def gold_case(report: AnnotatedReport, name: str) -> dict[str, Any]:
    """The case's content as `matchcli.evaluation.gold` reads it, ``name`` being its id."""
    matches = [_match(report, number, match) for number, match in sorted(report.matches.items())]
    return {"id": name, "style": report.style, "matches": matches}


def write_cases(reports: Path, cases: Path, fragments: Sequence[str] = ()) -> int:
    """Write the cases of a folder of reports that have no problems and tell events; the number of them."""
    cases.mkdir(parents=True, exist_ok=True)
    written = 0
    for path in sorted(reports.glob("*/*.txt")):
        if fragments and not any(fragment in f"/{path.parent.name}/{path.name}" for fragment in fragments):
            continue
        for number, report in enumerate(parse_reports(path.read_text(encoding="utf-8"))):
            if problems(report) or not report.events:
                continue
            name = f"{path.parent.name}-{path.stem}-{number}"
            (cases / f"{name}.txt").write_text(report.text, encoding="utf-8")
            content = json.dumps(gold_case(report, name), ensure_ascii=False)
            (cases / f"{name}.json").write_text(content, encoding="utf-8")
            written += 1
    return written


def _match(report: AnnotatedReport, number: int, match: GoldMatch) -> dict[str, Any]:
    return {
        "home": match.home,
        "away": match.away,
        "home_goals": match.score[0],
        "away_goals": match.score[1],
        "half_time": match.half_time,
        "extra_time": match.extra_time,
        "shootout": match.shootout,
        "competition": match.competition,
        "venue": match.venue,
        "referee": match.referee,
        "home_coach": match.coaches.get("home"),
        "away_coach": match.coaches.get("away"),
        "events": [_event(report, event) for event in report.events_of(number)],
    }


def _event(report: AnnotatedReport, event: GoldEvent) -> dict[str, Any]:
    return {
        "type": event.type,
        "team": event.team,
        "player": event.player,
        "player2": event.player2,
        "period": event.period,
        "minute": event.minute,
        "stoppage": event.stoppage,
        "outcome": event.outcome,
        "qualifiers": list(event.qualifiers),
        "quote": _quote(report.text, [mark for mark in report.tellings if event.id in mark.ids]),
    }


def _quote(text: str, marks: Sequence[TellingMark]) -> str:
    """A piece of the line that tells an event, of the last telling before the box score."""
    body = _BODY * len(text)
    mark = marks[0] if len(marks) == 1 else max(marks, key=lambda m: m.start if m.start < body else 0)
    line_start = text.rfind("\n", 0, mark.start) + 1
    line_end = text.find("\n", mark.end)
    line_end = len(text) if line_end < 0 else line_end
    return text[max(line_start, mark.start - _AROUND) : min(line_end, mark.end + _AROUND)]


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: python -m matchcli.training.gold_case REPORTS_DIR CASES_DIR [FRAGMENT...]")
    print(write_cases(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]), "cases")
