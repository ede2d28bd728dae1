"""Lists of persons with minutes and marks: scorers, bookings, dismissals."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from matchcli.extraction.boxscore.clock import Minute
from matchcli.extraction.boxscore.sides import Sides
from matchcli.extraction.boxscore.tokens import Token
from matchcli.extraction.mentions import Span

_ALL_OF_THEM = frozenset(("entrambi", "entrambe", "ambedue", "tutti", "tutte"))
_REASON_WORDS = frozenset(("su", "per", "dopo", "contro", "verso", "ai", "sul", "sulla"))


@dataclass(slots=True)
class Listed:
    """One person of a list, once for each minute given.

    ``side`` is what a letter, a club name or a running score tells; ``group`` counts the
    semicolons before; ``running`` is the score told beside the entry.
    """

    name: str
    name_span: Span
    span: Span
    minute: Minute | None = None
    marks: set[str] = field(default_factory=set)
    side: int | None = None
    under_club: bool = False
    group: int = 0
    running: tuple[int, int] | None = None
    assist: str | None = None


@dataclass(slots=True)
class _Group:
    """The minutes and marks around one name."""

    name: Token | None = None
    entries: list[Listed] = field(default_factory=list)
    count: int = 1


class PeopleReader:
    """Reads one list.  Use ``read_people``."""

    def __init__(self, text: str, tokens: list[Token], sides: Sides) -> None:
        self.text = text
        self.tokens = flatten_brackets(tokens)
        self.sides = sides
        self.people: list[Listed] = []
        self.pending: list[tuple[Token, set[str]]] = []
        self.before: set[str] = set()
        self.latest: list[Listed] = []
        self.count = 1
        self.club: int | None = None
        self.group = 0
        self.running: tuple[int, int] | None = None
        self.minutes_first = _minutes_come_first(self.tokens)
        self.running_first = _running_comes_first(self.tokens)
        self.skip_until_separator = False

    def read(self) -> list[Listed]:
        """All the persons of the list."""
        for place, token in enumerate(self.tokens):
            if token.kind in ("comma", "semicolon", "line", "time", "and"):
                self.skip_until_separator = False
            elif self._begins_reason(token, place):
                self.skip_until_separator = True
            if self.skip_until_separator and token.kind == "name":
                continue
            reader = getattr(self, f"_{token.kind}", None)
            if reader is not None:
                reader(token, place)
        if self.pending and self.latest and all(p.minute is None for p in self.latest):
            self._give_minutes(self.latest, [time for time, _ in self.pending])
            self.latest[-1].marks |= self.pending[-1][1]
        return [person for person in self.people if "coach" not in person.marks]

    def _begins_reason(self, token: Token, place: int) -> bool:
        """Whether words follow that tell why: the names in them are other people's ("per fallo su Verri")."""
        is_for = (token.kind == "swap" and token.value == "for") or (
            token.kind == "word" and token.value in _REASON_WORDS
        )
        return is_for and bool(self.latest)

    def _following(self, place: int) -> Token | None:
        return self.tokens[place + 1] if place + 1 < len(self.tokens) else None

    def _previous(self, place: int) -> Token | None:
        return self.tokens[place - 1] if place else None

    def _time(self, token: Token, place: int) -> None:
        if self.minutes_first or not self.latest:
            self.pending.append((token, set()))
            return
        self._give_minutes(self.latest, [token])

    def _give_minutes(self, people: list[Listed], times: list[Token]) -> None:
        """The minutes that stand after a name: the first to the entry at hand, more make more entries."""
        for time in times:
            last = people[-1]
            if last.minute is not None:
                again = Listed(
                    last.name, last.name_span, last.span, marks=last.marks & {"coach"}, side=last.side,
                    under_club=last.under_club, group=last.group,
                )  # fmt: skip
                people.append(again)
                self.people.append(again)
                last = again
            last.minute = time.minute
            last.span = (min(last.span[0], time.start), max(last.span[1], time.end))

    def _period(self, token: Token, place: int) -> None:
        if self.latest and not self.pending and self.latest[-1].minute is not None:
            start, end = self.latest[-1].span
            if token.start - end <= 2:
                self.latest[-1].span = (start, token.end)

    def _name(self, token: Token, place: int) -> None:
        following = self._following(place)
        club = self.sides.club(token.value)
        if following is not None and following.kind == "colon":
            if club is not None:
                self.club = club
            self.pending.clear()
            return
        if club is not None and self._is_bracketed(place):
            self._set_side(club)
            return
        if (
            self._is_bracketed(place)
            and self.latest
            and not self.pending
            and not self._bracket_has_time(place)
        ):
            if "assist" in self.latest[-1].marks:
                self._assist(token)
            return
        if (
            self.latest
            and "assist" in self.latest[-1].marks
            and self.latest[-1].assist is None
            and not self.pending
        ):
            self._assist(token)
            return
        self._add(token)

    def _assist(self, token: Token) -> None:
        for person in self.latest:
            person.assist = person.assist or token.value
            person.span = (person.span[0], max(person.span[1], token.end))

    def _add(self, token: Token) -> None:
        times: list[tuple[Token | None, set[str]]] = [*self.pending] if self.pending else [(None, set())]
        self.latest = []
        for number, (time, marks) in enumerate(times):
            start = (
                time.start
                if time is not None and number == len(times) - 1 and len(times) == 1
                else token.start
            )
            if len(times) > 1 and time is not None:
                start = times[0][0].start if times[0][0] is not None else start
            person = Listed(
                token.value, (token.start, token.end), (start, token.end), time.minute if time else None,
                set(marks) | (self.before if number == len(times) - 1 else self.before & {"own_goal", "coach"}),
                self.club, self.club is not None, self.group, self.running if self.running_first else None,
            )  # fmt: skip
            self.latest.append(person)
        for _ in range(self.count - 1):
            first = self.latest[0]
            self.latest.append(
                Listed(first.name, first.name_span, first.span, side=first.side, group=self.group)
            )
        self.people.extend(self.latest)
        self.pending, self.before, self.running, self.count = [], set(), None, 1

    def _mark(self, token: Token, place: int) -> None:
        following = self._following(place)
        previous = self._previous(place)
        if token.value in ("two", "three"):
            number = 2 if token.value == "two" else 3
            if (
                following is not None
                and following.kind == "name"
                and not (previous and previous.kind == "name")
            ):
                self.count = number
            elif self.latest and len(self.latest) == 1 and self.latest[0].minute is None:
                self._repeat(number)
            return
        if self.pending:
            self.pending[-1][1].add(token.value)
            return
        opens_next = (
            following is not None
            and following.kind in ("name", "time")
            and (
                previous is None
                or previous.kind in ("comma", "semicolon", "line", "and", "colon", "stop", "word", "score")
            )
            and token.value != "assist"
        )
        if opens_next or not self.latest:
            self.before.add(token.value)
            return
        self._mark_latest(token.value, token.end)

    def _mark_latest(self, mark: str, end: int) -> None:
        marked = (
            self.latest
            if mark in ("own_goal", "coach", "second_yellow", "straight_red")
            else self.latest[-1:]
        )
        for person in marked:
            person.marks.add(mark)
            person.span = (person.span[0], max(person.span[1], end))

    def _repeat(self, number: int) -> None:
        first = self.latest[0]
        for _ in range(number - 1):
            again = Listed(first.name, first.name_span, first.span, side=first.side, group=first.group)
            self.latest.append(again)
            self.people.append(again)

    def _number(self, token: Token, place: int) -> None:
        previous = self._previous(place)
        if (
            token.value in ("2", "3", "4", "5")
            and len(self.latest) == 1
            and self.latest[0].minute is None
            and previous is not None
            and previous.kind in ("name", "open")
            and not any(t.kind == "time" for t in self.tokens[place + 1 : place + 3])
        ):
            self._repeat(int(token.value))

    def _letter(self, token: Token, place: int) -> None:
        club = self.sides.club(token.value)
        if club is not None:
            self._set_side(club)
        elif self._is_bracketed(place) and self.latest and token.value == "R":
            self._mark_latest("penalty", token.end)
        elif self._is_bracketed(place) and self.latest and token.value == "A":
            self._mark_latest("own_goal", token.end)

    def _tag(self, token: Token, place: int) -> None:
        """In a list "(P)" is a club's letter and not a captain or a goalkeeper."""
        if token.end - token.start == 1:
            letter = self.text[token.start : token.end].upper()
            self._letter(Token("letter", token.start, token.end, letter), place)

    def _set_side(self, side: int) -> None:
        for person in self.latest:
            person.side = side
            person.under_club = False

    def _score(self, token: Token, place: int) -> None:
        if self.running_first:
            self.running = token.score
        elif self.latest:
            self.latest[-1].running = token.score

    def _semicolon(self, token: Token, place: int) -> None:
        self.group += 1

    def _line(self, token: Token, place: int) -> None:
        self.group += 1

    def _word(self, token: Token, place: int) -> None:
        if token.value in ("nessuno", "nessuna"):
            self.pending.clear()
        if token.value in _ALL_OF_THEM:
            following = [later for later in self.tokens[place + 1 : place + 4] if later.kind == "mark"]
            group = [person for person in self.people if person.group == self.group]
            for mark in following[:1]:
                for person in group:
                    person.marks.add(mark.value)

    def _is_bracketed(self, place: int) -> bool:
        return self.tokens[place].group > 0

    def _bracket_has_time(self, place: int) -> bool:
        group = self.tokens[place].group
        return any(token.kind == "time" for token in self.tokens if token.group == group)


def read_people(text: str, tokens: list[Token], sides: Sides) -> list[Listed]:
    """The persons of a list, with their minutes, marks and what tells their side."""
    return PeopleReader(text, tokens, sides).read()


def flatten_brackets(tokens: list[Token]) -> list[Token]:
    """The tokens without brackets; those that stood in one bear its number in ``group``.

    A bracket around the whole list is no bracket.
    """
    inner: list[Token] = []
    depth = 0
    number = 0
    for token in tokens:
        if token.kind == "open":
            depth += 1
            if depth == 1:
                number += 1
        elif token.kind == "close":
            depth = max(0, depth - 1)
        else:
            token.group = number if depth else 0
            inner.append(token)
    return inner


def _minutes_come_first(tokens: list[Token]) -> bool:
    """Whether the list gives the minute before the name ("12' Verri") and not after it."""
    clubs = [one for one, other in pairwise(tokens) if one.kind == "name" and other.kind == "colon"]
    row = [token for token in tokens if token.kind in ("time", "name") and token not in clubs]
    if not any(token.kind == "time" for token in row) or not any(token.kind == "name" for token in row):
        return True
    if row[0].kind == "time":
        return True
    if row[-1].kind == "time":
        return False
    times = [t for t in row if t.kind == "time"]
    if any(time.group for time in times):
        return False
    place = tokens.index(times[0])
    return place > 0 and tokens[place - 1].kind in ("comma", "semicolon", "line", "colon")


def _running_comes_first(tokens: list[Token]) -> bool:
    first = next((t for t in tokens if t.kind in ("time", "name", "score")), None)
    return first is not None and first.kind == "score"
