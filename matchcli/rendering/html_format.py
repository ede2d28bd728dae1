"""Records as one self-contained page: nothing is loaded from anywhere else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from matchcli.rendering import describe, drawing, marking
from matchcli.rendering.clean import clean
from matchcli.rendering.options import Options
from matchcli.rendering.reasons import reasons
from matchcli.rendering.warnings import warning_lines
from matchcli.rendering.words import words

if TYPE_CHECKING:
    from matchcli.record import Event, Record


def write_html(records: Iterable[Record], stream: TextIO, options: Options) -> None:
    """Write one page for all the records; more than one get an index."""
    matches = [_match(record, number, options) for number, record in enumerate(records, 1)]
    say = words(options.lang, "page") | words(options.lang, "labels")
    title = matches[0]["title"] if len(matches) == 1 else say["many"].format(len(matches))
    style, script = _asset("page.css"), _asset("page.js")
    page = _environment().get_template("page.html")
    parts = page.stream(
        lang=options.lang,
        title=title,
        matches=matches,
        say=say,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    parts.enable_buffering(200)
    for part in parts:
        stream.write(part)
    stream.write("\n")
    stream.flush()


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("matchcli.rendering", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _asset(name: str) -> str:
    return files("matchcli.rendering").joinpath("page", name).read_text("utf-8")


def _hash(content: str) -> str:
    """Give what the page's own policy allows: this very style or script and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def _match(record: Record, number: int, options: Options) -> dict[str, Any]:
    lang, match = options.lang, record.match
    text = options.text_of(record)
    pieces = marking.mark(record, text) if text is not None else []
    marked = {event for piece in pieces for event in piece.opened}
    events = [
        _event(record, event, place, place in marked, options) for place, event in enumerate(record.events, 1)
    ]
    notes = (
        describe.score_notes(match, lang),
        " · ".join(describe.occasion(match)),
        " · ".join(describe.circumstances(match, lang)),
        describe.coaches(match, lang),
    )
    return {
        "number": number,
        "title": describe.title(record, lang),
        "home": describe.team_name(match, "home", lang),
        "away": describe.team_name(match, "away", lang),
        "score": describe.score_label(match),
        "occasion": " · ".join(describe.occasion(match)),
        "notes": [note for note in notes if note],
        "summary": describe.summary_of(record, lang),
        "events": events,
        "runs": _runs(record, events, lang),
        "drawing": drawing.draw(record, lang),
        "legend": _legend(record, lang),
        "pieces": [_piece(piece, number, events) for piece in pieces],
        "warnings": warning_lines(record, lang),
    }


def _event(record: Record, event: Event, number: int, marked: bool, options: Options) -> dict[str, Any]:
    lang = options.lang
    return {
        "number": number,
        "type": event.type,
        "side": event.team or "nobody",
        "minute": describe.minute_label(event, lang),
        "window": event.minute_range is None or event.minute_range[0] != event.minute_range[1],
        "name": words(lang, "events")[event.type],
        "player": describe.player_label(event),
        "team": describe.team_name(record.match, event.team, lang),
        "details": ", ".join(describe.details(event, lang)),
        "running": describe.running_score(event),
        "words": clean(event.text),
        "why": reasons(event, lang) if options.explain else [],
        "told": f"{describe.minute_label(event, lang)} {describe.event_sentence(record.match, event, lang)}",
        "marked": marked,
    }


def _runs(record: Record, events: list[dict[str, Any]], lang: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """Part the events by their periods; a heading that would stand alone over all is left out."""
    names, runs, start = words(lang, "periods"), [], 0
    parted = describe.period_runs(record.events)
    for period, run in parted:
        name = "" if len(parted) == 1 and period == "unknown" else names[period]
        runs.append((name, events[start : start + len(run)]))
        start += len(run)
    return runs


def _legend(record: Record, lang: str) -> list[tuple[str, str]]:
    names = words(lang, "events")
    used = {event.type for event in record.events} - describe.COURSE
    return [(type_, name) for type_, name in names.items() if type_ in used]


def _piece(piece: marking.Piece, match: int, events: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "text": piece.text,
        "ids": " ".join(f"m{match}-e{number}" for number in piece.events),
        "opened": [events[number - 1] for number in piece.opened],
    }
