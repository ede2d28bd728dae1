"""What stands beside a name in a line-up: substitutions, cards, minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matchcli.extraction.boxscore.clock import Minute
from matchcli.extraction.boxscore.names import normal_case
from matchcli.extraction.boxscore.tokens import Token, attach_periods
from matchcli.extraction.mentions import BoxPlayer, Span

_CARDS = ("yellow_card", "red_card", "second_yellow")
_CARD_LETTERS = {"A": "yellow_card", "E": "red_card"}
#: Before a name in a bracket they show that it is no substitute: "(di Borgo)", "(ex Gelsi)".
_BEFORE_NO_SUBSTITUTE = ("di", "ex", "del", "squalificato", "assist")


@dataclass(slots=True)
class Swap:
    """A substitution as a line-up or a list tells it; ``period`` where no minute is told."""

    on: str | None
    off: str | None
    span: Span
    minute: Minute | None = None
    period: str | None = None


@dataclass(slots=True)
class Card:
    """A card marked beside a name in a line-up."""

    type: str
    player: str
    span: Span
    minute: Minute | None = None


@dataclass(slots=True)
class Beside:
    """What the words beside one player tell.  ``minute`` is one that stands there alone."""

    entrants: list[BoxPlayer] = field(default_factory=list)
    swaps: list[Swap] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    minute: Minute | None = None


def read_beside(text: str, player: BoxPlayer, tokens: list[Token]) -> Beside:
    """Read the tokens that follow a player's name in a line-up.

    In a chain "(46' Verri, 80' Orsi)" the second goes on for the first.
    """
    attach_periods(tokens)
    found = Beside(cards=_cards(text, player, tokens))
    names = [place for place, token in enumerate(tokens) if _is_substitute(tokens, place)]
    if not names:
        times = [token.minute for token in tokens if token.kind == "time"]
        found.minute = times[-1] if times and not found.cards else None
        return found
    off, start, done = player, player.span[0], -1
    for number, place in enumerate(names):
        following = names[number + 1] if number + 1 < len(names) else len(tokens)
        name = tokens[place]
        on = BoxPlayer(normal_case(name.value), (name.start, name.end), None, False)
        before = tokens[done + 1 : place]
        minute = _minute(before, tokens)
        done = place
        if minute is None:
            minute, done = _minute_after(tokens, place, following)
        period = next((token.value for token in before if token.kind == "period"), None)
        found.entrants.append(on)
        found.swaps.append(Swap(on.name, off.name, (start, _closing(tokens, place)), minute, period))
        off, start = on, name.start
    return found


def _is_substitute(tokens: Sequence[Token], place: int) -> bool:
    if tokens[place].kind != "name":
        return False
    before = tokens[place - 1] if place else None
    return before is None or before.kind != "word" or before.value not in _BEFORE_NO_SUBSTITUTE


def _minute(before: Sequence[Token], tokens: Sequence[Token]) -> Minute | None:
    """The minute before a name; a bare figure is one where the brackets have no other minute."""
    times = [token.minute for token in before if token.kind == "time"]
    if times:
        return times[-1]
    if not before or before[-1].kind != "number" or not before[-1].value.isdigit():
        return None
    leads = len(before) > 1 and before[-2].kind in ("open", "word", "comma")
    if not leads or any(token.kind == "time" for token in tokens):
        return None
    return Minute(int(before[-1].value), None, (before[-1].start, before[-1].end))


def _minute_after(tokens: Sequence[Token], place: int, following: int) -> tuple[Minute | None, int]:
    """The minute after a name ("Verri dal 60'"), and the place of the last token that it uses."""
    for later in range(place + 1, following):
        token = tokens[later]
        if token.kind == "time":
            return token.minute, later
        if token.kind in ("comma", "semicolon", "close"):
            break
    return None, place


def _closing(tokens: Sequence[Token], place: int) -> int:
    """The end of a substitution's words, with the bracket that closes it."""
    end = tokens[place].end
    for token in tokens[place + 1 :]:
        if token.kind == "close":
            return token.end
        if token.kind in ("number", "time", "period"):
            end = token.end
        elif token.kind != "word":
            break
    return end


def _cards(text: str, player: BoxPlayer, tokens: Sequence[Token]) -> list[Card]:
    found: list[Card] = []
    for place, token in enumerate(tokens):
        if token.kind == "tag" and token.value in _CARDS:
            type_ = token.value
        elif token.kind == "letter" and token.value in _CARD_LETTERS and text[token.start - 1] == "[":
            type_ = _CARD_LETTERS[token.value]
        else:
            continue
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        minute = after.minute if after is not None else None
        end = after.end if after is not None and minute is not None else token.end
        found.append(Card(type_, player.name, (player.span[0], end), minute))
    return found
