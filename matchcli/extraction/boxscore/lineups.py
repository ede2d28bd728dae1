"""Line-ups: players, coach, bench, and the substitutions and cards written among the names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from matchcli.extraction.boxscore.beside import Card, Swap, read_beside
from matchcli.extraction.boxscore.clock import Minute
from matchcli.extraction.boxscore.headers import Header
from matchcli.extraction.boxscore.names import normal_case, read_name
from matchcli.extraction.boxscore.sections import PERSON_TITLE, Label
from matchcli.extraction.boxscore.tokens import Token, read_tokens
from matchcli.extraction.boxscore.vocabulary import vocabulary
from matchcli.extraction.mentions import BoxPlayer, BoxTeam

_FEWEST_PLAYERS = 7
#: A club with its module heads a line-up, even where only some of the players are named.
_FEWEST_UNDER_MODULE = 3
_MOST_PLAYERS = 30
#: So many lines with a name or two are a line-up with one player a line.
_LINES_OF_A_LIST = 5
_LONGEST_LINE_OF_A_LIST = 50
_LONGEST_LIST = 400
_OF_A_BENCH = ("open", "name", "comma", "semicolon", "number", "close")
_GAP = " \n\t.;,-–()[]"
_AFTER_COACH = re.compile(r"[ ]*(?:\([^()\n]{0,60}\))?[ ]*(?:\d{1,2}(?:[.,]5)?|sv|s\.v\.)?[ ]*[.;)]?")


@dataclass(slots=True)
class LineUp:
    """A line-up and what stands inside it."""

    team: BoxTeam
    swaps: list[Swap] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)


def read_line_up(text: str, header: Header, limit: int, labels: Sequence[Label]) -> LineUp | None:
    """The line-up under a header, None where too few names follow for one.

    ``limit`` is where the next line-up begins at the latest.  Bench and coach right after the
    players belong to it.
    """
    return _LineUpReader(text, header, limit, labels).read()


class _LineUpReader:
    def __init__(self, text: str, header: Header, limit: int, labels: Sequence[Label]) -> None:
        self.text = text
        self.header = header
        self.limit = limit
        self.labels = [label for label in labels if header.end <= label.start < limit]
        self.line_up = LineUp(BoxTeam(normal_case(header.name), (header.start, header.end)))
        self.minutes: list[tuple[BoxPlayer, Minute]] = []

    def read(self) -> LineUp | None:
        team = self.line_up.team
        end = self._list_end(self.header.end, self.labels[0].start if self.labels else self.limit)
        self._players(self.header.end, end, starter=True)
        starters = sum(player.starter for player in team.players)
        fewest = _FEWEST_UNDER_MODULE if self.header.module else _FEWEST_PLAYERS
        if not fewest <= starters <= _MOST_PLAYERS or self._is_prose(self.header.end, end):
            return None
        for number, label in enumerate(self.labels):
            if not self._adjoins(end, label.start):
                break
            following = self.labels[number + 1].start if number + 1 < len(self.labels) else self.limit
            if label.section == "coach":
                end = self._coach(label.end, following)
            elif label.section in ("bench", "entrants"):
                end = self._list_end(label.end, following)
                self._bench(label, end)
            else:
                break
        self._pair_minutes()
        team.span = (self.header.start, end)
        return self.line_up

    # ------------------------------------------------------------------ where the lists end
    def _is_prose(self, start: int, end: int) -> bool:
        """Whether words that are no names stand among the names, as in a sentence."""
        small = vocabulary().small_words
        tokens = read_tokens(self.text, start, end)
        names = sum(token.kind == "name" for token in tokens)
        others = sum(token.kind == "word" and token.value not in small for token in tokens)
        return others * 4 > names

    def _adjoins(self, end: int, start: int) -> bool:
        """Whether only white space and stops, at most one line's end, lie between."""
        gap = self.text[end:start]
        return not gap.strip(_GAP) and gap.count("\n") <= 1

    def _list_end(self, start: int, limit: int) -> int:
        """The end of a list of players: its line, or as many lines as it takes to name a side."""
        at = start
        while True:
            while at < limit and self.text[at] in " \t\n":
                at += 1
            newline = self.text.find("\n", at, limit)
            if newline < 0:
                return limit
            if not self._goes_on(start, newline, limit):
                return newline
            at = newline + 1

    def _goes_on(self, start: int, newline: int, limit: int) -> bool:
        """Whether a list goes on after the end of a line."""
        before = self.text[start:newline].rstrip()
        after = self.text[newline + 1 : limit].lstrip(" \t")
        if not after:
            return False
        if before.endswith((",", ";", "-", "–")) and not after.startswith("\n"):
            return True
        names = self._names_between(start, newline)
        if names >= _FEWEST_PLAYERS:
            lines = [line for line in before.split("\n") if line.strip()]
            return len(lines) >= _LINES_OF_A_LIST and self._looks_like_player(newline + 1, limit)
        return (names > 0 or newline - start <= 3) and len(before) <= _LONGEST_LIST

    def _names_between(self, start: int, end: int) -> int:
        return sum(token.kind == "name" for token in read_tokens(self.text, start, end))

    def _looks_like_player(self, at: int, limit: int) -> bool:
        """Whether the line at ``at`` has one more player of a list with one a line."""
        newline = self.text.find("\n", at, limit)
        line_end = newline if newline >= 0 else limit
        line = self.text[at:line_end].strip()
        in_capitals = self.text[self.header.end : at].isupper()
        if self.header.name.isupper() and line.isupper() and not in_capitals:
            return False  # the other club, in capitals like the first
        if not 0 < len(line) < _LONGEST_LINE_OF_A_LIST or ":" in line:
            return False
        return self._names_between(at, line_end) in (1, 2)

    # ------------------------------------------------------------------ players
    def _players(self, start: int, end: int, starter: bool) -> None:
        for item in _items(read_tokens(self.text, start, end)):
            self._player(item, starter)

    def _player(self, tokens: list[Token], starter: bool) -> None:
        """One player: shirt number, name, and what stands beside it."""
        place = next((p for p, token in enumerate(tokens) if token.kind == "name"), None)
        if place is None:
            return
        if any(token.kind == "open" for token in tokens[:place]):
            self._bracketed_bench(tokens)
            return
        before, name = tokens[:place], tokens[place]
        number = next((int(t.value) for t in before if t.kind == "number" and t.value.isdigit()), None)
        player = BoxPlayer(normal_case(name.value), (name.start, name.end), number, starter)
        beside = read_beside(self.text, player, tokens[place + 1 :])
        if starter or all(player.name != other.name for other in self.line_up.team.players):
            self.line_up.team.players.append(player)
        self.line_up.team.players += beside.entrants
        self.line_up.swaps += beside.swaps
        self.line_up.cards += beside.cards
        minute = beside.minute or next((token.minute for token in before if token.kind == "time"), None)
        if minute is not None and not beside.swaps:
            self.minutes.append((player, minute))

    def _bracketed_bench(self, tokens: Sequence[Token]) -> None:
        """ "(Verri, Orsi, Bini)" after the players: those who stayed on the bench."""
        if any(
            token.kind not in ("open", "name", "comma", "semicolon", "number", "close") for token in tokens
        ):
            return
        for token in tokens:
            if token.kind == "name":
                player = BoxPlayer(normal_case(token.value), (token.start, token.end), None, False)
                self.line_up.team.players.append(player)

    def _bench(self, label: Label, end: int) -> None:
        first = len(self.line_up.team.players)
        self._players(label.end, end, starter=False)
        if label.section != "entrants":
            return
        already = {swap.on for swap in self.line_up.swaps}
        minutes = {player.span: minute for player, minute in self.minutes}
        for player in self.line_up.team.players[first:]:
            if player.name not in already:
                self.line_up.swaps.append(_entry_of(player, None, minutes.get(player.span)))
        self.minutes = [(player, minute) for player, minute in self.minutes if player.starter]

    def _pair_minutes(self) -> None:
        """ "Verri (60')" among the first eleven and "Orsi (60')" on the bench are one substitution."""
        going = [(player, minute) for player, minute in self.minutes if player.starter]
        for player, minute in self.minutes:
            match = next((pair for pair in going if pair[1].value == minute.value), None)
            if player.starter or match is None:
                continue
            going.remove(match)
            self.line_up.swaps.append(_entry_of(player, match[0].name, minute))

    # ------------------------------------------------------------------ coach
    def _coach(self, start: int, limit: int) -> int:
        """Read the coach's name; returns where it ends, with a mark after it."""
        title = PERSON_TITLE.match(self.text, start, limit)
        at = title.end() if title is not None else start
        while at < limit and self.text[at] in " \t:.":
            at += 1
        end = read_name(self.text, at, limit)
        if end is None:
            return start
        if self.line_up.team.coach is None:
            self.line_up.team.coach = normal_case(self.text[at:end])
        rest = _AFTER_COACH.match(self.text, end, limit)
        return rest.end() if rest is not None else end


def _entry_of(player: BoxPlayer, off: str | None, minute: Minute | None) -> Swap:
    start, end = player.span
    if minute is not None:
        start, end = min(start, minute.span[0]), max(end, minute.span[1])
    return Swap(player.name, off, (start, end), minute)


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens of each player: split at commas, semicolons, dashes and stops outside brackets.

    Without separators a new shirt number or a new name begins a new player.
    """
    items: list[list[Token]] = [[]]
    depth = 0
    has_name = False
    for place, token in enumerate(tokens):
        depth = max(0, depth + (token.kind == "open") - (token.kind == "close"))
        if depth == 0 and token.kind in _SEPARATORS:
            items.append([])
            has_name = False
            continue
        if depth == 0 and has_name and _begins_player(tokens, place):
            items.append([])
        items[-1].append(token)
        has_name = any(other.kind == "name" for other in items[-1]) if depth == 0 else has_name
    return [item for item in items if item]


_SEPARATORS = ("comma", "semicolon", "dash", "line", "and", "colon", "stop")


def _begins_player(tokens: Sequence[Token], place: int) -> bool:
    """Whether a new player begins here without a separator: "9 Mori 10 Neri", "Mori 6 Neri 7"."""
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if token.kind == "number":
        return token.value.isdigit() and following is not None and following.kind == "name"
    # "Mori dal 60' Neri" is a substitution.
    return token.kind == "name" and tokens[place - 1].kind not in ("time", "word", "period")
