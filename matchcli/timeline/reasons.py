"""Why a moment stands where it does on the clock: what the constraints of the network are labelled with."""

from __future__ import annotations

from dataclasses import dataclass

from matchcli.record import ReasonKind


@dataclass(frozen=True, slots=True)
class Why:
    """One reason; ``other`` is the key of the event, or the words, that a time counts from.

    It becomes a :class:`matchcli.record.Reason` once all events have their places.
    """

    kind: ReasonKind
    words: str = ""
    minutes: tuple[int, int] | None = None
    stoppage: int | None = None
    other: int | str | None = None
