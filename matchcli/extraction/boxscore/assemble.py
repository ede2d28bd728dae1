"""A box score from its pieces: line-ups, lists, officials, each entry with its side and minute."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matchcli.extraction.boxscore import brackets, officials
from matchcli.extraction.boxscore.beside import Swap
from matchcli.extraction.boxscore.clock import MINUTE, Minute, on_the_clock
from matchcli.extraction.boxscore.columns import refold, unfold
from matchcli.extraction.boxscore.headers import find_headers
from matchcli.extraction.boxscore.lineups import LineUp, read_line_up
from matchcli.extraction.boxscore.names import folded, may_be_same, normal_case, read_name
from matchcli.extraction.boxscore.people import Listed, read_people
from matchcli.extraction.boxscore.scorers import set_sides_of_goals
from matchcli.extraction.boxscore.sections import Label, find_labels, section_end
from matchcli.extraction.boxscore.sides import Sides
from matchcli.extraction.boxscore.substitutions import read_swaps
from matchcli.extraction.boxscore.tokens import Token, attach_periods, read_tokens
from matchcli.extraction.fixtures.finding import Fixture, find_fixtures
from matchcli.extraction.mentions import BoxEntry, BoxPlayer, BoxScore, BoxTeam, Span, TimeMention
from matchcli.reading.report import Block

_EXTRA_TIME = re.compile(
    r"\b(?:d\.?\s?t\.?\s?s\b|supplementar[ei]|[ps]\.?t\.?s\.?(?![\w])|[12]°?\s?ts\b)", re.IGNORECASE
)
_WITH_CROWD = ("attendance", "note", "referee", "venue")
_LISTS = ("scorers", "bookings", "dismissals", "missed")
_BEFORE_FIGURE = ("comma", "semicolon", "dash", "line", "and", "period", "word", "open")
_QUALIFIERS = ("penalty", "own_goal", "free_kick", "header")


def find_boxscore(text: str, blocks: Sequence[Block], start: int, end: int) -> BoxScore | None:
    """The box score in ``text[start:end]``, the stretch of one match; None where there is none.

    Reads line-ups with their substitutions and cards, lists of scorers, bookings, dismissals and
    substitutions, notes and officials, wherever they stand, and bracketed lists of scorers in
    prose.  An own goal has the side that gains it.  A goal's ``other`` is the assist, a missed
    penalty's the goalkeeper.  All offsets count characters of ``text``.
    """
    unfolded = unfold(text, start, end)
    if unfolded is None:
        return _Assembler(text, blocks, start, end).assemble()
    fixtures = [f for f in find_fixtures(text, blocks) if start <= f.span[0] and f.span[1] <= end]
    length = len(unfolded.text)
    one_block = [Block(0, length, "box")]
    box = _Assembler(unfolded.text, one_block, 0, length, fixtures).assemble()
    return refold(box, unfolded) if box is not None else None


class _Assembler:
    def __init__(
        self,
        text: str,
        blocks: Sequence[Block],
        start: int,
        end: int,
        fixtures: Sequence[Fixture] | None = None,
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        inside = [block for block in blocks if block.start < end and block.end > start]
        self.blocks = inside
        if fixtures is None:
            fixtures = [f for f in find_fixtures(text, inside) if start <= f.span[0] and f.span[1] <= end]
        self.fixtures = list(fixtures)
        self.extra_time = _had_extra_time(text, start, end)
        # "71' Ammonito Verri": a live line is told by its own words, with its minute.
        live = [block for block in inside if block.kind == "live"]
        self.labels = [
            label
            for label in find_labels(text, start, end)
            if label.colon or not any(block.start <= label.start < block.end for block in live)
        ]
        self.box = BoxScore(span=(start, end))
        self.spans: list[Span] = []

    def assemble(self) -> BoxScore | None:
        line_ups = self._line_ups()
        self._set_fixture()
        line_ups = self._home_first(line_ups)
        self.box.teams = [line_up.team for line_up in line_ups]
        self.first_side = 0
        if self._is_away_alone(line_ups) and self.box.fixture is not None:
            self.first_side = 1
            self.box.teams.insert(0, BoxTeam(self.box.fixture[0], line_ups[0].team.span))
        names = [self.box.fixture[0], self.box.fixture[1]] if self.box.fixture else []
        self.sides = Sides(self.box.teams, names)
        self._inside_line_ups(line_ups)
        goals: list[Listed] = []
        segments = self._segments(line_ups)
        # Substitutions first: who comes on belongs to a side from then on.
        for label, first, last in sorted(segments, key=lambda segment: not _is_of_swaps(segment[0])):
            self._read_segment(label, first, last, goals)
        goals.extend(self._bracketed_goals())
        goals.extend(self._goals_under_fixture(goals))
        self._add_goals(goals)
        self._missed_in_notes()
        self._swaps_in_prose()
        self._second_yellows()
        self.box.entries = _on_one_clock(_without_repeats(self.box.entries))
        if not self.spans:
            return None
        self.box.span = (min(s for s, _ in self.spans), max(e for _, e in self.spans))
        return self.box

    # ------------------------------------------------------------------ line-ups
    def _line_ups(self) -> list[LineUp]:
        headers = find_headers(self.text, self.start, self.end, self.labels)
        # A line-up ends where the next header with a colon or a module begins that reads as one.
        limits = [
            header.start
            for header in headers
            if header.strong and read_line_up(self.text, header, self.end, self.labels) is not None
        ]
        found: list[LineUp] = []
        for header in headers:
            if found and header.start < found[-1].team.span[1]:
                continue
            limit = next((start for start in limits if start > header.start), self.end)
            line_up = read_line_up(self.text, header, limit, self.labels)
            if line_up is not None:
                found.append(line_up)
                self.spans.append(line_up.team.span)
            if len(found) == 2:
                break
        return found

    def _set_fixture(self) -> None:
        scored = [f for f in self.fixtures if f.score is not None and f.home and f.away and f.certain]
        plain = [f for f in self.fixtures if f.home and f.away and (f.title or f.certain)]
        chosen: Fixture | None = next(iter(scored), None) or next(iter(plain), None)
        if chosen is None or chosen.home is None or chosen.away is None:
            return
        home_goals, away_goals = chosen.score if chosen.score is not None else (None, None)
        self.box.fixture = (chosen.home, chosen.away, home_goals, away_goals)
        halves = (f.half_time for f in self.fixtures if f.half_time is not None)
        self.box.half_time = next(halves, None) or _half_time(self.text, self.start, self.end)

    def _home_first(self, line_ups: list[LineUp]) -> list[LineUp]:
        """The line-ups in the fixture's order, where it names both the other way round."""
        if len(line_ups) != 2 or self.box.fixture is None:
            return line_ups
        home, away = self.box.fixture[0], self.box.fixture[1]
        first, second = line_ups[0].team.name or "", line_ups[1].team.name or ""
        if may_be_same(first, away) and may_be_same(second, home) and not may_be_same(first, home):
            return [line_ups[1], line_ups[0]]
        return line_ups

    def _is_away_alone(self, line_ups: Sequence[LineUp]) -> bool:
        """Whether the only line-up is the away side's."""
        if len(line_ups) != 1 or self.box.fixture is None:
            return False
        name = line_ups[0].team.name or ""
        return may_be_same(name, self.box.fixture[1]) and not may_be_same(name, self.box.fixture[0])

    def _inside_line_ups(self, line_ups: Sequence[LineUp]) -> None:
        for side, line_up in enumerate(line_ups, start=self.first_side):
            for swap in line_up.swaps:
                self._add_swap(swap, side)
            for card in line_up.cards:
                self._add(card.type, card.player, card.span, side, self._time(card.minute))

    # ------------------------------------------------------------------ lists
    def _segments(self, line_ups: Sequence[LineUp]) -> list[tuple[Label, int, int]]:
        """The labels outside the line-ups with the stretch that belongs to each."""
        taken = [line_up.team.span for line_up in line_ups]
        edges = sorted([label.start for label in self.labels] + [span[0] for span in taken] + [self.end])
        found: list[tuple[Label, int, int]] = []
        for label in self.labels:
            if any(span[0] <= label.start < span[1] for span in taken):
                continue
            limit = next(edge for edge in edges if edge >= label.end)
            found.append((label, label.end, section_end(self.text, label.end, limit)))
        return found

    def _read_segment(self, label: Label, first: int, last: int, goals: list[Listed]) -> None:
        section = label.section
        if section in _LISTS:
            self._read_list(label, first, last, goals)
        elif section == "coach":
            self._late_coach(label, first, last)
        elif section == "coaches":
            self._both_coaches(first, last)
        elif section == "entrants":
            for person in read_people(list_tokens(self.text, first, last), self.sides):
                self._add_swap(Swap(normal_case(person.name), None, person.span, person.minute), None)
        elif section == "substitutions":
            side = self.sides.club(label.club) if label.club else None
            if label.emoji and not _is_pure_list(read_tokens(self.text, first, last)):
                return
            for swap in read_swaps(self.text, first, last, self.sides):
                self._add_swap(swap, side)
        elif section == "referee" and self.box.referee is None:
            self.box.referee = officials.referee_name(self.text, first, last)
            self._note_span(label.start, last, self.box.referee)
        elif section == "venue" and self.box.venue is None:
            self.box.venue = officials.venue_name(self.text, first, last)
            self._note_span(label.start, last, self.box.venue)
        elif section == "competition" and self.box.competition is None:
            name = self.text[first:last].strip(" .;")
            self.box.competition = name or None
            self._note_span(label.start, last, self.box.competition)
        if section in _WITH_CROWD and self.box.attendance is None:
            line_end = section_end(self.text, label.end, self.end)
            self.box.attendance = officials.crowd(self.text, label.start, line_end)
            self._note_span(label.start, last, self.box.attendance)

    def _late_coach(self, label: Label, first: int, last: int) -> None:
        """The coach of the line-up above, named after its substitutions."""
        before = [team for team in self.box.teams if team.players and team.span[1] <= label.start]
        if not before or before[-1].coach is not None:
            return
        start = _skip_blanks(self.text, first, last)
        end = read_name(self.text, start, last)
        if end is not None:
            before[-1].coach = normal_case(self.text[start:end])

    def _both_coaches(self, first: int, last: int) -> None:
        """ "Allenatori: Verri e Orsi": home and away."""
        names = [token.value for token in list_tokens(self.text, first, last) if token.kind == "name"]
        teams = [team for team in self.box.teams if team.players]
        for team, name in zip(teams, names, strict=False):
            team.coach = team.coach or normal_case(name)

    def _note_span(self, first: int, last: int, found: object) -> None:
        if found is not None:
            self.spans.append((first, last))

    def _read_list(self, label: Label, first: int, last: int, goals: list[Listed]) -> None:
        tokens = list_tokens(self.text, first, last)
        if label.emoji and not _is_pure_list(tokens):
            return
        people = read_people(tokens, self.sides)
        if label.club is not None:
            side = self.sides.club(label.club)
            for person in people:
                person.side = side if person.side is None else person.side
        if not people:
            return
        if label.section in ("bookings", "dismissals"):
            _share_letters(people)
        self.spans.append((label.start, max(person.span[1] for person in people)))
        if label.section == "scorers":
            goals.extend(people)
            return
        for person in people:
            if self.sides.coach(person.name) and label.section != "missed":
                continue
            side = self._side(person)
            type_ = {"bookings": "yellow_card", "dismissals": "red_card", "missed": "penalty_missed"}[
                label.section
            ]
            if label.section == "dismissals" and "second_yellow" in person.marks:
                type_ = "second_yellow"
            qualifiers = ("straight",) if "straight_red" in person.marks else ()
            self._add(type_, person.name, person.span, side, self._time(person.minute), qualifiers=qualifiers)

    def _side(self, person: Listed) -> int | None:
        """By the line-ups, else by a letter or a club's name in the list."""
        side = self.sides.player(person.name)
        return side if side is not None else person.side

    def _goals_under_fixture(self, known: Sequence[Listed]) -> list[Listed]:
        """A line of names and minutes after "Gelsi-Pioppi 2-1" has its scorers, if the numbers agree."""
        if known or self.box.fixture is None:
            return []
        for fixture in self.fixtures:
            if fixture.score is None:
                continue
            first, last = _line_after(self.text, fixture.span[1], self.end)
            tokens = list_tokens(self.text, first, last)
            if not _is_pure_list(tokens) or any(
                label.start < last and first < label.end for label in self.labels
            ):
                continue
            people = read_people(tokens, self.sides)
            if len(people) == sum(fixture.score):
                self.spans.append((first, last))
                return people
        return []

    def _bracketed_goals(self) -> list[Listed]:
        taken = self.spans
        found: list[Listed] = []
        for block in self.blocks:
            first, last = max(block.start, self.start), min(block.end, self.end)
            for stretch in brackets.scorer_brackets(self.text, first, last):
                if any(s <= stretch[0] and stretch[1] <= e for s, e in taken):
                    continue
                tokens = list_tokens(self.text, *stretch)
                people = read_people(tokens, self.sides)
                if people:
                    self.spans.append(stretch)
                    found.extend(people)
        return found

    def _add_goals(self, goals: list[Listed]) -> None:
        score = self.box.fixture[2:] if self.box.fixture else (None, None)
        goals = _distinct_goals(goals)
        set_sides_of_goals(goals, self.sides, score, self._time)
        for goal in goals:
            qualifiers = tuple(name for name in _QUALIFIERS if name in goal.marks)
            assist = normal_case(goal.assist) if goal.assist else None
            self._add("goal", goal.name, goal.span, goal.side, self._time(goal.minute), assist, qualifiers)

    def _swaps_in_prose(self) -> None:
        """ "Verri (dal 60' Orsi)" is a substitution wherever it stands."""
        for bracket in brackets.swap_brackets(self.text, self.start, self.end):
            if any(first <= bracket.span[0] and bracket.span[1] <= last for first, last in self.spans):
                continue
            swap = Swap(normal_case(bracket.on), normal_case(bracket.off), bracket.span, bracket.minute)
            self._add_swap(swap, None)

    def _missed_in_notes(self) -> None:
        for miss in officials.missed_penalties(self.text, self.start, self.end):
            if not self._is_box_text(miss.span[0]):
                continue
            side = self.sides.player(miss.taker)
            self._add("penalty_missed", miss.taker, miss.span, side, self._time(miss.minute), miss.keeper)

    def _is_box_text(self, place: int) -> bool:
        """Whether a place stands in the notes and not in the story."""
        before = [label for label in self.labels if label.start <= place]
        if not before:
            return False
        label = before[-1]
        return section_end(self.text, label.end, self.end) > place or any(
            block.kind == "box" and block.start <= place < block.end for block in self.blocks
        )

    # ------------------------------------------------------------------ entries
    def _time(self, minute: Minute | None) -> TimeMention | None:
        return on_the_clock(minute, self.extra_time) if minute is not None else None

    def _add_swap(self, swap: Swap, side: int | None) -> None:
        time = self._time(swap.minute)
        if time is None and swap.period is not None:
            time = TimeMention(span=swap.span, kind="period", period=swap.period, rule="boxscore")  # type: ignore[arg-type]
        if side is None:
            for name in (swap.off, swap.on):
                side = self.sides.player(name) if name and side is None else side
        known = [e for e in self.box.entries if e.type == "substitution" and _same_swap(e, swap)]
        if known:
            return
        if (
            swap.on is not None
            and side is not None
            and side < len(self.box.teams)
            and not self.sides.knows(swap.on)
        ):
            self.box.teams[side].players.append(BoxPlayer(swap.on, swap.span, None, False))
        self._add("substitution", swap.on, swap.span, side, time, swap.off)

    def _add(
        self,
        type_: str,
        player: str | None,
        span: Span,
        side: int | None,
        time: TimeMention | None,
        other: str | None = None,
        qualifiers: tuple[str, ...] = (),
    ) -> None:
        name = normal_case(player) if player is not None else None
        span = self._with_bracket(span)
        self.box.entries.append(BoxEntry(type_, name, span, side, other, time, qualifiers))
        self.spans.append(span)

    def _with_bracket(self, span: Span) -> Span:
        """The span with the bracket that closes one opened inside it."""
        words = self.text[span[0] : span[1]]
        for opening, closing in ("()", "[]"):
            if words.count(opening) > words.count(closing) and self.text.startswith(closing, span[1]):
                return (span[0], span[1] + 1)
        return span

    def _second_yellows(self) -> None:
        """A player sent off after a booking in the same box saw a second one, unless told otherwise."""
        entries: list[BoxEntry] = []
        for entry in self.box.entries:
            if entry.type == "red_card" and "straight" not in entry.qualifiers and self._booked_before(entry):
                entry = BoxEntry(
                    "second_yellow", entry.player, entry.span, entry.team, entry.other, entry.time
                )
            elif "straight" in entry.qualifiers:
                entry = BoxEntry(entry.type, entry.player, entry.span, entry.team, entry.other, entry.time)
            entries.append(entry)
        self.box.entries = entries

    def _booked_before(self, red: BoxEntry) -> bool:
        for entry in self.box.entries:
            if (
                entry.type != "yellow_card"
                or folded(entry.player or "") != folded(red.player or "")
                or entry.team != red.team
            ):
                continue
            if entry.time is None or red.time is None or entry.time.low is None or red.time.low is None:
                return True
            if entry.time.low <= red.time.low:
                return True
        return False


def _line_after(text: str, place: int, end: int) -> tuple[int, int]:
    """What is left of the line at ``place``, or the next line where nothing is."""
    newline = text.find("\n", place, end)
    line_end = newline if newline >= 0 else end
    if text[place:line_end].strip(" \t.:;–-") or newline < 0:
        return place + len(text[place:line_end]) - len(text[place:line_end].lstrip(" \t.:;–-")), line_end
    newline = text.find("\n", line_end + 1, end)
    return line_end + 1, newline if newline >= 0 else end


def _skip_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " \t\u00a0":
        start += 1
    return start


def _share_letters(people: Sequence[Listed]) -> None:
    """ "Verri, Orsi (G), Leone (P)": a letter holds for the names before it that have none."""
    side: int | None = None
    group: int | None = None
    for person in reversed(people):
        if person.side is not None:
            side, group = person.side, person.group
        elif person.group == group:
            person.side = side


def _had_extra_time(text: str, start: int, end: int) -> bool:
    """Whether the stretch names extra time or a minute that only extra time has."""
    if _EXTRA_TIME.search(text, start, end):
        return True
    return any(105 < int(match["minute"]) <= 120 for match in MINUTE.finditer(text, start, end))


def _is_of_swaps(label: Label) -> bool:
    return label.section in ("substitutions", "entrants")


def list_tokens(text: str, first: int, last: int) -> list[Token]:
    """The tokens of a list, cut where its sentence ends and prose begins; minutes have their periods."""
    tokens = read_tokens(text, first, last)
    for place, token in enumerate(tokens):
        if token.kind != "stop":
            continue
        after = tokens[place + 1 : place + 3]
        goes_on = bool(after) and after[0].kind in ("time", "period", "comma", "semicolon", "close")
        if len(after) > 1 and after[0].kind == "name" and after[1].kind in ("time", "colon"):
            goes_on = True
        if not goes_on:
            tokens = tokens[:place]
            break
    if not any(token.kind == "time" and not text[token.end - 1].isdigit() for token in tokens):
        _figures_as_minutes(tokens)
    attach_periods(tokens)
    return tokens


def _is_pure_list(tokens: Sequence[Token]) -> bool:
    """Whether there is nothing but names with minutes: a sign before prose makes no list of it."""
    kinds = [token.kind for token in tokens]
    return "time" in kinds and "name" in kinds and not {"word", "sign"} & set(kinds)


def _figures_as_minutes(tokens: list[Token]) -> None:
    """ "Reti: 12 Verri, st 3 e 40 Orsi": where no minute has its sign, figures before names are minutes."""
    for place in range(len(tokens) - 2, -1, -1):
        token = tokens[place]
        if token.kind != "number" or not token.value.isdigit() or not 0 < int(token.value) <= 130:
            continue
        before = tokens[place - 1] if place else None
        after = [
            later for later in tokens[place + 1 : place + 4] if later.kind not in ("open", "close", "mark")
        ]
        leads = bool(after) and after[0].kind == "name"
        joins = len(after) > 1 and after[0].kind in ("and", "comma") and after[1].kind == "time"
        if (leads or joins) and (before is None or before.kind in _BEFORE_FIGURE):
            token.kind = "time"
            token.minute = Minute(int(token.value), None, (token.start, token.end))


_HALF_TIME = re.compile(
    r"(?:p\.?\s?t\.?|primo tempo|parziale)\s*:?\s*(\d{1,2})\s?[-–]\s?(\d{1,2})(?![\d-])",
    re.IGNORECASE,
)


def _half_time(text: str, start: int, end: int) -> tuple[int, int] | None:
    match = _HALF_TIME.search(text, start, end)
    return (int(match[1]), int(match[2])) if match is not None else None


def _same_swap(entry: BoxEntry, swap: Swap) -> bool:
    """Whether the same change was already told: the same names on and off."""
    same_on = entry.player is not None and swap.on is not None and may_be_same(entry.player, swap.on)
    same_off = entry.other is not None and swap.off is not None and may_be_same(entry.other, swap.off)
    return same_on and (same_off or swap.off is None or entry.other is None)


def _distinct_goals(goals: Sequence[Listed]) -> list[Listed]:
    """Without those told again in a second list with the same name and minute."""
    found: list[Listed] = []
    for goal in goals:
        if goal.minute is not None and any(
            other.minute is not None
            and (other.minute.value, other.minute.period) == (goal.minute.value, goal.minute.period)
            and may_be_same(other.name, goal.name)
            and other.span != goal.span
            for other in found
        ):
            continue
        found.append(goal)
    return found


def _without_repeats(entries: Sequence[BoxEntry]) -> list[BoxEntry]:
    """Each card once, the one with a minute kept where two name the same player."""
    kept: list[BoxEntry] = []
    for entry in entries:
        repeated = entry.type in ("yellow_card", "red_card", "second_yellow") and any(
            other.type == entry.type
            and other is not entry
            and folded(other.player or "") == folded(entry.player or "")
            and other.team == entry.team
            and (other.time is not None) >= (entry.time is not None)
            and (other in kept or (other.time is not None and entry.time is None))
            for other in entries
        )
        if not repeated:
            kept.append(entry)
    return kept


def _on_one_clock(entries: Sequence[BoxEntry]) -> list[BoxEntry]:
    """Give bare minutes up to 45 the first half where their list counts on past 45 without period words."""
    counting_on = {
        entry.type
        for entry in entries
        if entry.time is not None and entry.time.low is not None and 45 < entry.time.low < 90
    }
    with_period_words = {
        entry.type
        for entry in entries
        if entry.time is not None and entry.time.period == "1H" and not entry.time.stoppage
    }
    on_the_clock = counting_on - with_period_words
    return [
        replace(entry, time=replace(entry.time, period="1H"))
        if entry.type in on_the_clock and entry.time is not None and entry.time.period is None
        else entry
        for entry in entries
    ]
