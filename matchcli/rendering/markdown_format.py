"""Records as Markdown that can be pasted into a page, an issue or a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from matchcli.rendering import describe
from matchcli.rendering.clean import clean
from matchcli.rendering.options import Options
from matchcli.rendering.reasons import reasons
from matchcli.rendering.warnings import warning_lines
from matchcli.rendering.words import words

if TYPE_CHECKING:
    from matchcli.record import Event, Record

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&$@^])")
# What only a line's beginning makes a list, a quotation or an underlined heading.
_AT_START = re.compile(r"^(\d{1,9})([.)])|^([-+=])")


def escape(text: str) -> str:
    """Give a text that Markdown shows letter for letter, in one line."""
    text = _SPECIAL.sub(r"\\\1", clean(text))
    # Addresses become links by themselves on many sites.
    text = re.sub(r"(?i)\b(www)\.", r"\1\\.", text.replace("://", ":\\//"))
    return _AT_START.sub(lambda at: f"{at[1]}\\{at[2]}" if at[1] else f"\\{at[3]}", text)


def write_markdown(records: Iterable[Record], stream: TextIO, options: Options) -> None:
    """Write a heading, the header, the summary and a table for each record."""
    for count, record in enumerate(records):
        stream.write("\n" * bool(count) + "\n".join(_lines(record, options)) + "\n")
        stream.flush()


def _lines(record: Record, options: Options) -> Iterator[str]:
    lang, match = options.lang, record.match
    labels = words(lang, "labels")
    yield f"## {escape(describe.title(record, lang))}"
    notes = describe.score_notes(match, lang)
    for line in (
        notes,
        " · ".join(describe.occasion(match)),
        " · ".join(describe.circumstances(match, lang)),
        describe.coaches(match, lang),
    ):
        if line:
            yield ""
            yield escape(line)
    yield ""
    yield escape(describe.summary_of(record, lang))
    yield ""
    if not record.events:
        yield f"*{escape(labels['no_events'])}*"
    else:
        yield from _table(record, options)
    if record.warnings:
        yield ""
        yield f"**{escape(labels['warnings'])}**"
        yield ""
        yield from (f"- {escape(line)}" for line in warning_lines(record, lang))


def _table(record: Record, options: Options) -> Iterator[str]:
    lang = options.lang
    titles = words(lang, "columns")
    columns = ("minute", "team", "event", "player", "detail", "score")
    yield "| " + " | ".join(titles[column] for column in columns) + " |"
    yield "| ---: | --- | --- | --- | --- | :---: |"
    for event in record.events:
        yield "| " + " | ".join(_cells(record, event, lang)) + " |"
    if options.explain:
        yield ""
        yield f"**{words(lang, 'labels')['why']}**"
        yield ""
        for event in record.events:
            told = (
                f"{describe.minute_label(event, lang)} {describe.event_sentence(record.match, event, lang)}"
            )
            yield f"- {escape(told)}: «{escape(event.text)}»"
            yield from (f"  - {escape(reason)}" for reason in reasons(event, lang))


def _cells(record: Record, event: Event, lang: str) -> list[str]:
    shown = escape(words(lang, "events")[event.type])
    return [
        escape(describe.minute_label(event, lang)),
        escape(describe.team_name(record.match, event.team, lang)),
        f"**{shown}**" if event.type == "goal" else shown,
        escape(describe.player_label(event)),
        escape(", ".join(describe.details(event, lang))),
        escape(describe.running_score(event)),
    ]
