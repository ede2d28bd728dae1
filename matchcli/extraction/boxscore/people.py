"""Lists of persons with minutes and marks: scorers, bookings, dismissals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from matchcli.extraction.boxscore.clock import Minute
from matchcli.extraction.boxscore.sides import Sides
from matchcli.extraction.boxscore.tokens import Token
from matchcli.extraction.mentions import Span

#: After a name they begin the reason: the names that follow are other people's.
_REASON_WORDS = frozenset(("su", "per", "dopo", "contro", "verso", "ai", "sul", "sulla"))
_ALL_OF_THEM = frozenset(("entrambi", "entrambe", "ambedue", "tutti", "tutte"))
_ENDS_REASON = ("comma", "semicolon", "line", "time", "and")
_BEFORE_NEXT = ("comma", "semicolon", "line", "and", "colon", "stop", "word", "score")
#: Marks that hold for every minute of a name; the others only for the minute they stand at.
_MARKS_OF_ALL = frozenset(("own_goal", "coach", "second_yellow", "straight_red"))
_COUNTS = {"two": 2, "three": 3}
_MOST_GOALS_OF_ONE = 5


@dataclass(slots=True)
class Listed:
    """One person of a list, once for each minute given.

    ``side`` is what a letter, a club name or a running score tells; ``under_club`` is true where
    the whole list is under a club's name.  ``group`` counts the semicolons before; ``running`` is
    the score told beside the entry.
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

    def stretch(self, start: int, end: int) -> None:
        """Make the span hold ``start`` to ``end`` too."""
        self.span = (min(self.span[0], start), max(self.span[1], end))


def read_people(tokens: Sequence[Token], sides: Sides) -> list[Listed]:
    """The persons of a list, with their minutes, marks and what tells their side."""
    return _PeopleReader(tokens, sides).read()


class _PeopleReader:
    """Reads a list token by token.

    ``waiting`` are minutes whose name is still to come, each with its marks; ``latest`` the
    entries of the last name; ``ahead`` the marks told before a name.
    """

    def __init__(self, tokens: Sequence[Token], sides: Sides) -> None:
        self.tokens = without_brackets(tokens)
        self.sides = sides
        self.people: list[Listed] = []
        self.latest: list[Listed] = []
        self.waiting: list[tuple[Token, set[str]]] = []
        self.ahead: set[str] = set()
        self.count = 1
        self.club: int | None = None
        self.group = 0
        self.running: tuple[int, int] | None = None
        self.minutes_first = _minutes_come_first(self.tokens)
        self.running_first = _running_comes_first(self.tokens)

    def read(self) -> list[Listed]:
        """All the persons of the list; coaches are left out."""
        in_reason = False
        for place, token in enumerate(self.tokens):
            if token.kind in _ENDS_REASON:
                in_reason = False
            elif self._begins_reason(token):
                in_reason = True
            if not (in_reason and token.kind == "name"):
                getattr(self, f"_{token.kind}", self._pass)(token, place)
        if self.waiting and self.latest and all(person.minute is None for person in self.latest):
            for time, _ in self.waiting:
                self._give_minute(time)
            self.latest[-1].marks |= self.waiting[-1][1]
        return [person for person in self.people if "coach" not in person.marks]

    def _pass(self, token: Token, place: int) -> None:
        """Nothing to do."""

    def _begins_reason(self, token: Token) -> bool:
        is_for = token.kind == "swap" and token.value == "for"
        return bool(self.latest) and (is_for or (token.kind == "word" and token.value in _REASON_WORDS))

    def _beside(self, place: int) -> Token | None:
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    # ------------------------------------------------------------------ minutes
    def _time(self, token: Token, place: int) -> None:
        if self.minutes_first or not self.latest:
            self.waiting.append((token, set()))
        else:
            self._give_minute(token)

    def _give_minute(self, time: Token) -> None:
        """A minute after a name: it is the entry's at hand, a second one makes one more entry."""
        last = self.latest[-1]
        if last.minute is not None:
            last = replace(last, marks=last.marks & {"coach"}, running=None)
            self.latest.append(last)
            self.people.append(last)
        last.minute = time.minute
        last.stretch(time.start, time.end)

    def _period(self, token: Token, place: int) -> None:
        """The words of a period right after an entry belong to it."""
        if not self.latest or self.waiting or self.latest[-1].minute is None:
            return
        before = self._beside(place - 1)
        if before is not None and before.kind in ("time", "name", "mark"):
            self.latest[-1].stretch(token.start, token.end)

    # ------------------------------------------------------------------ names
    def _name(self, token: Token, place: int) -> None:
        club = self.sides.club(token.value)
        following = self._beside(place + 1)
        if following is not None and following.kind == "colon":
            self.club = club if club is not None else self.club
            self.waiting.clear()
        elif club is not None and token.bracket:
            self._set_side(club)
        elif self._is_assist(token):
            for person in self.latest:
                person.assist = token.value
                person.stretch(token.start, token.end)
        elif not (token.bracket and self.latest and not self.waiting and not self._minute_in_bracket(token)):
            self._add(token)

    def _is_assist(self, token: Token) -> bool:
        last = self.latest[-1] if self.latest else None
        return last is not None and not self.waiting and "assist" in last.marks and last.assist is None

    def _minute_in_bracket(self, token: Token) -> bool:
        return any(other.kind == "time" and other.bracket == token.bracket for other in self.tokens)

    def _add(self, name: Token) -> None:
        """An entry for each minute that waits for this name, or one without a minute."""
        start = self.waiting[0][0].start if self.waiting else name.start
        times: list[tuple[Token | None, set[str]]] = [*self.waiting] or [(None, set())]
        self.latest = []
        for time, marks in times:
            person = Listed(
                name.value,
                (name.start, name.end),
                (start, name.end),
                time.minute if time is not None else None,
                marks | (self.ahead & _MARKS_OF_ALL),
                self.club,
                self.club is not None,
                self.group,
                self.running if self.running_first else None,
            )
            self.latest.append(person)
        self.latest[-1].marks |= self.ahead
        self.people.extend(self.latest)
        self._repeat(self.count)
        self.waiting, self.ahead, self.running, self.count = [], set(), None, 1

    def _repeat(self, times: int) -> None:
        """So many entries in all for a name without minutes: "Verri (2)"."""
        for _ in range(times - 1):
            again = replace(self.latest[0], marks=set(), running=None)
            self.latest.append(again)
            self.people.append(again)

    # ------------------------------------------------------------------ marks
    def _mark(self, token: Token, place: int) -> None:
        if token.value in _COUNTS:
            self._count(token, place)
        elif self.waiting:
            self.waiting[-1][1].add(token.value)
        elif not self.latest or self._leads(token, place):
            self.ahead.add(token.value)
        else:
            self._mark_latest(token.value, token.end)

    def _leads(self, token: Token, place: int) -> bool:
        """Whether a mark belongs to the name that follows: "Verri, rig. Orsi"."""
        before, following = self._beside(place - 1), self._beside(place + 1)
        return (
            token.value != "assist"
            and following is not None
            and following.kind in ("name", "time")
            and (before is None or before.kind in _BEFORE_NEXT)
        )

    def _count(self, token: Token, place: int) -> None:
        """ "doppietta di Verri", "Verri (tripletta)"."""
        before, following = self._beside(place - 1), self._beside(place + 1)
        leads = following is not None and following.kind == "name"
        if leads and not (before is not None and before.kind == "name"):
            self.count = _COUNTS[token.value]
        elif len(self.latest) == 1 and self.latest[0].minute is None:
            self._repeat(_COUNTS[token.value])

    def _mark_latest(self, mark: str, end: int) -> None:
        for person in self.latest if mark in _MARKS_OF_ALL else self.latest[-1:]:
            person.marks.add(mark)
            person.stretch(person.span[0], end)

    def _number(self, token: Token, place: int) -> None:
        """ "Verri (2)", "Verri 2" with no minutes after it: so many goals."""
        before = self._beside(place - 1)
        minutes_follow = any(other.kind == "time" for other in self.tokens[place + 1 : place + 3])
        if before is None or before.kind != "name" or minutes_follow or not token.value.isdigit():
            return
        if len(self.latest) == 1 and self.latest[0].minute is None and int(token.value) <= _MOST_GOALS_OF_ONE:
            self._repeat(int(token.value))

    def _word(self, token: Token, place: int) -> None:
        if token.value in ("nessuno", "nessuna"):
            self.waiting.clear()
        elif token.value in _ALL_OF_THEM:
            mark = next((t for t in self.tokens[place + 1 : place + 4] if t.kind == "mark"), None)
            for person in self.people:
                if mark is not None and person.group == self.group:
                    person.marks.add(mark.value)

    # ------------------------------------------------------------------ sides
    def _letter(self, token: Token, place: int) -> None:
        """A club's letter; where no club has it, "(R)" is a penalty and "(A)" an own goal."""
        club = self.sides.club(token.value)
        if club is not None:
            self._set_side(club)
        elif token.bracket and self.latest and token.value in ("R", "A"):
            self._mark_latest("penalty" if token.value == "R" else "own_goal", token.end)

    def _tag(self, token: Token, place: int) -> None:
        """In a list "(P)" is a club's letter and not a captain or a goalkeeper."""
        if token.end - token.start == 1:
            self._letter(replace(token, value=token.surface.upper()), place)

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


def without_brackets(tokens: Sequence[Token]) -> list[Token]:
    """The tokens but the brackets; those that stand in one bear its number in ``bracket``."""
    inner: list[Token] = []
    depth = 0
    number = 0
    for token in tokens:
        if token.kind == "open":
            depth += 1
            number += depth == 1
        elif token.kind == "close":
            depth = max(0, depth - 1)
        else:
            inner.append(replace(token, bracket=number if depth else 0))
    return inner


def _minutes_come_first(tokens: Sequence[Token]) -> bool:
    """Whether the list gives the minute before the name ("12' Verri") and not after it."""
    clubs = [one for one, other in pairwise(tokens) if one.kind == "name" and other.kind == "colon"]
    row = [token for token in tokens if token.kind in ("time", "name") and token not in clubs]
    times = [token for token in row if token.kind == "time"]
    if not times or len(times) == len(row) or row[0].kind == "time":
        return True
    if row[-1].kind == "time" or any(time.bracket for time in times):
        return False
    place = tokens.index(times[0])
    return place > 0 and tokens[place - 1].kind in ("comma", "semicolon", "line", "colon")


def _running_comes_first(tokens: Sequence[Token]) -> bool:
    first = next((t for t in tokens if t.kind in ("time", "name", "score")), None)
    return first is not None and first.kind == "score"
