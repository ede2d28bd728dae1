"""Line-ups: players, coach, bench, and the substitutions and cards written among the names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from matchcli.extraction.boxscore.clock import Minute
from matchcli.extraction.boxscore.names import normal_case, read_name
from matchcli.extraction.boxscore.sections import Label
from matchcli.extraction.boxscore.tokens import Token, attach_periods, read_tokens
from matchcli.extraction.boxscore.vocabulary import vocabulary
from matchcli.extraction.mentions import BoxPlayer, BoxTeam, Span

_FEWEST_PLAYERS = 7
_MODULE = r"\d(?:\s?-\s?\d){2,4}"
#: "MILAN (3-5-2):", "A.C. Milan:", "Milan 3-5-2:", "FORMAZIONE MILAN:", "MILAN (3-5-2)" at a line's end.
_HEADER = re.compile(
    rf"""(?P<name>(?:[^\W\d_]|\d(?=[\w. ]*[^\W\d_]))[\w.'’&/ \u00a0-]{{0,44}}?)\s*
    (?P<score>\d{{1,2}})?\s*
    (?:
        (?:\(\s*(?P<module>{_MODULE}|\d{{3,5}})[^()]{{0,40}}\)|(?P<module2>{_MODULE}))\s*(?P<mark>:|[-–](?=\s)|(?=\s))
      | (?:\((?P<note>[^()\d]{{1,40}})\))?\s*(?P<colon>:|(?=[ \t]*\n))
    )""",
    re.VERBOSE,
)
_SMALL_WORDS = frozenset(
    [
        "dal",
        "dall",
        "dalla",
        "dallo",
        "al",
        "all",
        "nel",
        "del",
        "della",
        "minuto",
        "min",
        "amm",
        "esp",
        "cap",
        "k",
    ]
)
_PREFIX = re.compile(
    r"(?:le\s+)?(?:probabili\s+)?formazion[ei]\s+(?:ufficial[ei]\s+)?(?:del(?:la|l['’])?\s+)?", re.IGNORECASE
)


@dataclass(slots=True)
class Swap:
    """A substitution as a line-up or a list tells it."""

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
class LineUp:
    """A line-up and what stands inside it."""

    team: BoxTeam
    swaps: list[Swap] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    end: int = 0
    lone_times: list[tuple[BoxPlayer, Minute]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Header:
    """Where a line-up begins: the club's name, and where the first player may stand.

    ``strong`` headers have a colon or a module; the others are a line with a name and no more.
    """

    name: str
    start: int
    name_end: int
    end: int
    strong: bool


def find_headers(text: str, start: int, end: int, labels: Sequence[Label]) -> list[Header]:
    """Places that look like the beginning of a line-up."""
    headers: list[Header] = []
    for place in _candidates(text, start, end, labels):
        if any(_inside(label, place) for label in labels):
            continue
        at = place
        prefix = _PREFIX.match(text, at, end)
        if prefix is not None:
            at = prefix.end()
        match = _HEADER.match(text, at, end)
        if match is None or not _is_club_name(match["name"]):
            continue
        strong = bool(match["module"] or match["module2"] or match["colon"])
        if meaningless(match["name"]) or (not strong and not _begins_line(text, place, start)):
            continue
        name_end = at + len(match["name"].rstrip())
        headers.append(Header(match["name"].strip(" -"), at, name_end, match.end(), strong))
    return headers


def _inside(label: Label, place: int) -> bool:
    """Whether a place belongs to a label: a coach's name is no club's."""
    if label.section in ("coach", "referee", "bench"):
        return label.start <= place <= label.end
    return label.start <= place < label.end


def _candidates(text: str, start: int, end: int, labels: Sequence[Label]) -> list[int]:
    places = {start}
    for match in re.compile(r"\n[ \t*_•>-]*|(?:[.;)]|\. –)[ \u00a0]+(?=[A-ZÀ-Þ])").finditer(text, start, end):
        places.add(match.end())
    for label in labels:
        if label.section == "other":
            at = label.end
            while at < end and text[at] in " \n\t":
                at += 1
            places.add(at)
    return sorted(
        place
        for place in places
        if place < end and (text[place].isupper() or text[place].isdigit() or text[place].islower())
    )


def _begins_line(text: str, place: int, start: int) -> bool:
    return place == start or text[start:place].rstrip(" \t*_•>-").endswith("\n")


def meaningless(name: str) -> bool:
    """Whether the word before a colon is a keyword and no club ("Rigori:", "Note:")."""
    words = vocabulary()
    plain = " ".join(name.lower().split())
    return plain in words.labels or plain in words.periods or plain in words.marks


def _is_club_name(name: str) -> bool:
    words = [word for word in re.split(r"[\s.]+", name) if word]
    if not words or len(words) > 6:
        return False
    capital = [word for word in words if word[0].isupper() or word[0].isdigit()]
    first = words[0][0]
    return bool(capital) and (first.isupper() or first.isdigit()) and len(capital) * 2 >= len(words)


def read_line_up(text: str, header: Header, limit: int, labels: Sequence[Label]) -> LineUp | None:
    """The line-up under a header, None where too few names follow for one.

    ``limit`` is where the next header begins.  Bench and coach labels inside belong to it.
    """
    reader = _LineUpReader(text, header, limit, labels)
    return reader.read()


class _LineUpReader:
    def __init__(self, text: str, header: Header, limit: int, labels: Sequence[Label]) -> None:
        self.text = text
        self.header = header
        self.limit = limit
        self.labels = [label for label in labels if header.end <= label.start < limit]
        self.line_up = LineUp(BoxTeam(normal_case(header.name), (header.start, header.end)))

    def read(self) -> LineUp | None:
        inner = {"bench", "coach", "entrants"}
        first_end = self._segment_end(self.header.end, self.labels[0].start if self.labels else self.limit)
        self._players(self.header.end, first_end, starter=True)
        starters = sum(player.starter for player in self.line_up.team.players)
        if starters < _FEWEST_PLAYERS or starters > 30 or self._is_prose(self.header.end, first_end):
            return None
        end = first_end
        for number, label in enumerate(self.labels):
            if label.section not in inner or not self._adjoins(end, label.start):
                break
            following = self.labels[number + 1].start if number + 1 < len(self.labels) else self.limit
            if label.section == "coach":
                end = self._coach(label.end, following)
            else:
                segment_end = self._segment_end(label.end, following)
                before = len(self.line_up.team.players)
                self._players(label.end, segment_end, starter=False)
                if label.section == "entrants":
                    self._entrants(before)
                end = segment_end
        self._pair_lone_times()
        self.line_up.end = end
        self.line_up.team.span = (self.header.start, end)
        return self.line_up

    def _is_prose(self, start: int, end: int) -> bool:
        """Whether words that are no names stand among the names, as in a sentence."""
        tokens = read_tokens(self.text, start, end)
        names = sum(token.kind == "name" for token in tokens)
        others = sum(token.kind == "word" and token.value not in _SMALL_WORDS for token in tokens)
        return others * 4 > names

    def _adjoins(self, end: int, start: int) -> bool:
        """Whether only white space, at most one line's end, lies between."""
        gap = self.text[end:start]
        return len(gap.strip(" \n\t.;,-–()[]")) == 0 and gap.count("\n") <= 1

    def _segment_end(self, start: int, limit: int) -> int:
        """The end of a list of players: its line, or as many lines as it takes to name a side."""
        at = start
        while True:
            while at < limit and self.text[at] in " \t\n":
                at += 1
            newline = self.text.find("\n", at, limit)
            if newline < 0:
                return limit
            before = self.text[start:newline].rstrip()
            enough = self._names_between(start, newline) >= _FEWEST_PLAYERS
            following = self.text[newline + 1 : limit].lstrip(" \t")
            if before.endswith((",", ";", "-", "–")) and following and not following.startswith("\n"):
                at = newline + 1
                continue
            if enough and not (
                self._one_a_line(start, newline) and self._looks_like_player(newline + 1, limit)
            ):
                return newline
            if not following or (following.startswith("\n") and enough):
                return newline
            if self._names_between(start, newline) == 0 and newline - start > 3:
                return newline
            if len(before) > 400:
                return newline
            at = newline + 1

    def _names_between(self, start: int, end: int) -> int:
        return sum(token.kind == "name" for token in read_tokens(self.text, start, end))

    def _one_a_line(self, start: int, end: int) -> bool:
        lines = [line for line in self.text[start:end].split("\n") if line.strip()]
        return len(lines) >= 5

    def _looks_like_player(self, at: int, limit: int) -> bool:
        newline = self.text.find("\n", at, limit)
        line_end = newline if newline >= 0 else limit
        line = self.text[at:line_end]
        if (
            self.header.name.isupper()
            and line.strip().isupper()
            and not self.text[self.header.end : at].isupper()
        ):
            return False  # the other club, in capitals like the first
        return 0 < len(line.strip()) < 50 and ":" not in line and self._names_between(at, line_end) in (1, 2)

    def _players(self, start: int, end: int, starter: bool) -> None:
        tokens = read_tokens(self.text, start, end)
        items = _items(tokens)
        for item in items:
            self._item(item, starter)

    def _item(self, tokens: list[Token], starter: bool) -> None:
        place = next((p for p, token in enumerate(tokens) if token.kind == "name"), None)
        if place is None:
            return
        opened = sum((token.kind == "open") - (token.kind == "close") for token in tokens[:place])
        if opened:
            return
        number = next(
            (int(t.value) for t in tokens[:place] if t.kind == "number" and t.value.isdigit()), None
        )
        before = [token for token in tokens[:place] if token.kind == "time"]
        name = tokens[place]
        player = BoxPlayer(normal_case(name.value), (name.start, name.end), number, starter)
        rest = tokens[place + 1 :]
        self.line_up.team.players.append(player)
        changes = [token for token in rest if token.kind in ("time", "name", "period")]
        if not starter and before and not changes:
            self.line_up.lone_times.append((player, before[-1].minute))  # type: ignore[arg-type]
        self._brackets(player, rest, starter)

    def _brackets(self, player: BoxPlayer, rest: list[Token], starter: bool) -> None:
        attach_periods(rest)
        self._card_marks(player, rest)
        off = player
        start = player.span[0]
        minute: Minute | None = None
        period: str | None = None
        pending: BoxPlayer | None = None
        names = [token for token in rest if token.kind == "name"]
        if not names:
            times = [token for token in rest if token.kind == "time"]
            if times and not any(
                t.kind == "tag" and t.value in ("yellow_card", "red_card", "second_yellow") for t in rest
            ):
                self.line_up.lone_times.append((player, times[-1].minute))  # type: ignore[arg-type]
            return
        depth = 0
        for place, token in enumerate(rest):
            if token.kind == "open":
                depth += 1
            elif token.kind == "close":
                depth -= 1
            elif token.kind == "time":
                if (
                    pending is not None
                    and minute is None
                    and self.line_up.swaps
                    and self.line_up.swaps[-1].minute is None
                ):
                    self.line_up.swaps[-1].minute = token.minute
                    pending = None
                else:
                    minute = token.minute
            elif token.kind == "period":
                period = token.value
            elif (
                token.kind == "number"
                and token.value.isdigit()
                and minute is None
                and _is_minute(token, rest, place)
            ):
                minute = Minute(int(token.value), None, (token.start, token.end))
            elif token.kind == "name":
                if self._is_no_player(rest, place):
                    continue
                on = BoxPlayer(normal_case(token.value), (token.start, token.end), None, False)
                end = self._closing(rest, place)
                self.line_up.team.players.append(on)
                self.line_up.swaps.append(Swap(on.name, off.name, (start, end), minute, period))
                pending = on
                off = on
                start = token.start
                minute, period = None, None

    def _is_no_player(self, rest: list[Token], place: int) -> bool:
        """A name in brackets that is no substitute: "(Francia)" after a nation, "(cap. Verri)"."""
        before = rest[place - 1] if place else None
        return (
            before is not None
            and before.kind == "word"
            and before.value in ("di", "ex", "del", "squalificato", "assist")
        )

    def _closing(self, rest: list[Token], place: int) -> int:
        """The end of a substitution's words: with the bracket that closes it."""
        end = rest[place].end
        for token in rest[place + 1 :]:
            if token.kind in ("number", "time", "period"):
                end = token.end
            elif token.kind == "close":
                return token.end
            elif token.kind != "word":
                break
        return end

    def _card_marks(self, player: BoxPlayer, rest: list[Token]) -> None:
        for place, token in enumerate(rest):
            bracket = self.text[token.start - 1 : token.start] if token.start else ""
            if token.kind == "tag" and token.value in ("yellow_card", "red_card", "second_yellow"):
                type_ = token.value
            elif token.kind == "letter" and bracket == "[" and token.value in ("A", "E"):
                type_ = "yellow_card" if token.value == "A" else "red_card"
            else:
                continue
            after = rest[place + 1] if place + 1 < len(rest) else None
            minute = after.minute if after is not None and after.kind == "time" else None
            end = after.end if minute is not None and after is not None else token.end
            self.line_up.cards.append(Card(type_, player.name, (player.span[0], end), minute))

    def _entrants(self, first: int) -> None:
        known = {name for swap in self.line_up.swaps for name in (swap.on,)}
        times = {player.span: minute for player, minute in self.line_up.lone_times}
        for player in self.line_up.team.players[first:]:
            if player.name not in known:
                minute = times.get(player.span)
                end = minute.span[1] if minute is not None else player.span[1]
                self.line_up.swaps.append(
                    Swap(player.name, None, (player.span[0], max(end, player.span[1])), minute)
                )
        self.line_up.lone_times = [(p, m) for p, m in self.line_up.lone_times if p.starter]

    def _pair_lone_times(self) -> None:
        """ "Verri (60')" among the first eleven and "Orsi (60')" on the bench are one substitution."""
        going = [(player, minute) for player, minute in self.line_up.lone_times if player.starter]
        coming = [(player, minute) for player, minute in self.line_up.lone_times if not player.starter]
        for player, minute in coming:
            match = next((pair for pair in going if pair[1].value == minute.value), None)
            if match is None:
                continue
            going.remove(match)
            self.line_up.swaps.append(
                Swap(
                    player.name, match[0].name, (player.span[0], max(player.span[1], minute.span[1])), minute
                )
            )

    def _coach(self, start: int, limit: int) -> int:
        at = start
        while at < limit and self.text[at] in " \t:.":
            at += 1
        title = re.compile(r"(?:il |la )?(?:sig\.?(?:ra)?|mister|signor[a]?)\s+", re.IGNORECASE).match(
            self.text, at, limit
        )
        if title is not None:
            at = title.end()
        end = read_name(self.text, at, limit)
        if end is None:
            return start
        if self.line_up.team.coach is None:
            self.line_up.team.coach = normal_case(self.text[at:end])
        rest = re.compile(r"[ ]*(?:\([^()\n]{0,60}\))?[ ]*(?:\d{1,2}(?:[.,]5)?|sv|s\.v\.)?[ ]*[.;)]?").match(
            self.text, end, limit
        )
        return rest.end() if rest is not None else end


def _is_minute(token: Token, rest: list[Token], place: int) -> bool:
    """A bare figure in a bracket before a name is a minute when no other minute stands there."""
    following = rest[place + 1] if place + 1 < len(rest) else None
    before = rest[place - 1] if place else None
    return (
        following is not None
        and following.kind == "name"
        and before is not None
        and before.kind in ("open", "word", "comma")
        and not any(t.kind == "time" for t in rest)
    )


def _items(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of each player: split at commas, semicolons and dashes outside brackets.

    Without separators a new shirt number or a new name begins a new player.
    """
    items: list[list[Token]] = [[]]
    depth = 0
    has_name = False
    for place, token in enumerate(tokens):
        if token.kind == "open":
            depth += 1
        elif token.kind == "close":
            depth = max(0, depth - 1)
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        splits = token.kind in ("comma", "semicolon", "dash", "line", "and", "colon")
        if token.kind == "stop":
            splits = True
        new_number = (
            token.kind == "number"
            and token.value.isdigit()
            and has_name
            and following is not None
            and following.kind == "name"
        )
        new_name = (
            token.kind == "name"
            and has_name
            and not (items[-1] and items[-1][-1].kind in ("time", "word", "period"))
        )
        if depth == 0 and (splits or new_number or new_name):
            items.append([])
            has_name = False
            if splits:
                continue
        items[-1].append(token)
        if depth == 0 and token.kind == "name":
            has_name = True
    return [item for item in items if item]


Reader = Callable[[str, int, int], list[Token]]
