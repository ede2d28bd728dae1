"""The reasons of an event as sentences: what `--explain` shows, in the language of the output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matchcli.rendering.clean import clean
from matchcli.rendering.words import words

if TYPE_CHECKING:
    from matchcli.record import Event, Reason, Reference

#: Reasons whose minutes are a number of minutes, and no place on the clock.
_COUNTED = frozenset({"offset", "offset_before"})


def reasons(event: Event, lang: str = "it") -> list[str]:
    """Give why an event was read as it is, a line each, and how sure the reading is."""
    label = words(lang, "labels")["confidence"]
    return [*(say(reason, lang) for reason in event.explain or ()), f"{label} {event.confidence:.0%}"]


def say(reason: Reason, lang: str = "it") -> str:
    """Tell one reason in a line; what it does not hold is left out."""
    phrases = words(lang, "reasons")
    minutes = ""
    if reason.minutes is not None:
        minutes = (
            _counted(reason.minutes, lang)
            if reason.kind in _COUNTED
            else clock(reason.minutes, reason.stoppage)
        )
    told = phrases[reason.kind].format(
        words=_quoted(reason.words),
        minutes=minutes,
        other=_other(reason.other, lang),
        name=clean(reason.name or ""),
    )
    return " ".join(told.split()).strip(" :")


def clock(minutes: tuple[int, int], stoppage: int | None = None) -> str:
    """Give minutes of the match: ``59-72'``, ``67'``, ``90+3'``."""
    told = _range(minutes)
    return f"{told}+{stoppage}'" if stoppage is not None else f"{told}'"


def _counted(minutes: tuple[int, int], lang: str) -> str:
    return f"{_range(minutes)} {words(lang, 'reasons')['minute' if minutes == (1, 1) else 'minutes']}"


def _range(minutes: tuple[int, int]) -> str:
    low, high = minutes
    return str(low) if low == high else f"{low}-{high}"


def _quoted(text: str | None) -> str:
    return f"«{clean(text)}»" if text else ""


def _other(other: Reference | None, lang: str) -> str:
    """Name what a time counts from: ``il gol di Neri (47-60')``, or the words of the text."""
    if other is None:
        return ""
    if other.type is None:
        return _quoted(other.words)
    told = words(lang, "the_event")[other.type]
    if other.player:
        told += f" {words(lang, 'reasons')['of']} {clean(other.player)}"
    return f"{told} ({clock(other.minute_range)})" if other.minute_range else told
