"""Which predicted match and event stands for which gold one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from matchcli.evaluation.names import same_name

#: A sending-off may be told as the other kind: the pair holds, its type is then wrong.
_ALIKE = {"second_yellow": "red_card"}

#: Two events are a pair from this weight on: the same player, or several lighter signs.
_ENOUGH = 3


def minute_right(gold: dict[str, Any], event: dict[str, Any]) -> bool:
    """True where the event's minute lies in the gold window; wide windows forgive one minute."""
    minute, period = event.get("minute"), event.get("period")
    if gold["minute"] is None:
        return gold["period"] is None or period is None or period == gold["period"]
    low, high = gold["minute"]
    if minute is None:
        return high - low >= 15 and (gold["period"] is None or period == gold["period"])
    slack = 1 if high - low >= 3 else 0
    if not low - slack <= minute <= high + slack:
        return False
    if gold["stoppage"] is not None and event.get("stoppage") is not None:
        return gold["stoppage"] == event["stoppage"]
    return True


def player_right(gold: dict[str, Any], event: dict[str, Any]) -> bool:
    """True for the right person; of a substitution for both, where the text names both."""
    goes_off = gold["player2"] if gold["type"] == "substitution" else None
    if goes_off and not same_name(goes_off, event.get("player_off")):
        return False
    if gold["player"] is None:
        return event.get("player") is None
    return same_name(gold["player"], event.get("player"))


def align(
    golds: Sequence[dict[str, Any]], records: Sequence[dict[str, Any]]
) -> tuple[dict[int, tuple[dict[str, Any], bool]], int]:
    """Gold match index to (record, True where home and away are swapped), and the records left over.

    Records are found by both teams' names, then by one; a text of one match takes what there is.
    """
    found: dict[int, tuple[dict[str, Any], bool]] = {}
    free = list(range(len(records)))
    for names_needed in (2, 1):
        for index, gold in enumerate(golds):
            if index in found:
                continue
            best = max(((*_sides(gold, records[j]), -j) for j in free), default=(0, False, 0))
            if best[0] >= names_needed:
                found[index] = (records[-best[2]], best[1])
                free.remove(-best[2])
    if len(golds) == 1 and 0 not in found and free:
        found[0] = (records[free.pop(0)], False)
    return found, len(free)


def _sides(gold: dict[str, Any], record: dict[str, Any]) -> tuple[int, bool]:
    home, away = record["match"]["home"].get("name"), record["match"]["away"].get("name")
    straight = same_name(gold["home"], home) + same_name(gold["away"], away)
    swapped = same_name(gold["home"], away) + same_name(gold["away"], home)
    return (straight, False) if straight >= swapped else (swapped, True)


def pair(golds: Sequence[dict[str, Any]], events: Sequence[dict[str, Any]], text: str) -> dict[int, int]:
    """Gold index to predicted index, one to one, the pairs of the greatest weight first."""
    weighed = sorted(
        (
            (_weight(gold, event, text), -abs(i - j), i, j)
            for i, gold in enumerate(golds)
            for j, event in enumerate(events)
        ),
        reverse=True,
    )
    taken: set[int] = set()
    pairs: dict[int, int] = {}
    for weight, _, i, j in weighed:
        if weight > 0 and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _weight(gold: dict[str, Any], event: dict[str, Any], text: str) -> float:
    """How much speaks for a pair: names, side, minute, and the place in the text."""
    if _ALIKE.get(gold["type"], gold["type"]) != _ALIKE.get(event["type"], event["type"]):
        return 0
    weight = 0.0
    if gold["player"] and same_name(gold["player"], event.get("player")):
        weight += 3
    elif gold["player"] and event.get("player"):
        weight -= 1
    if gold["type"] == "substitution" and gold["player2"]:
        weight += 3 * same_name(gold["player2"], event.get("player_off"))
    if gold["team"] and gold["team"] == event.get("team"):
        weight += 1
    if gold["minute"] is not None and event.get("minute") is not None:
        weight += 2 if minute_right(gold, event) else -1
    span = event.get("span")
    if span and any(start < span[1] and span[0] < end for start, end in _places(text, gold["quote"])):
        weight += 2
    return weight if weight >= _ENOUGH else 0


def _places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    start = text.find(quote)
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)
