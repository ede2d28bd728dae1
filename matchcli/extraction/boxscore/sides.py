"""Which side a person or a code belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matchcli.extraction.boxscore.names import folded, may_be_same
from matchcli.extraction.mentions import BoxTeam


class Sides:
    """The two sides of a box score: their names and their players.

    Built from the line-ups; where there are none, from the names of a fixture.
    """

    def __init__(self, teams: Sequence[BoxTeam], names: Sequence[str] = ()) -> None:
        """Take up to two line-ups and the names of home and away, where a fixture gives them."""
        self.teams = list(teams[:2])
        self.names: list[list[str]] = [[], []]
        for side, team in enumerate(self.teams):
            if team.name:
                self.names[side].append(team.name)
        for side, name in enumerate(names[:2]):
            self.names[side].append(name)

    def club(self, code: str) -> int | None:
        """The side that a letter, an abbreviation or a club name means, None where none or both."""
        wanted = folded(code)
        if not wanted:
            return None
        for fits in (_is_name, _begins_name, _begins_word, _is_acronym):
            found = {side for side in (0, 1) for name in self.names[side] if fits(wanted, folded(name))}
            if len(found) == 1:
                return found.pop()
            if len(found) > 1:
                return None
        return None

    def player(self, name: str) -> int | None:
        """The side in whose line-up the name stands, None where in none or in both."""
        wanted = folded(name)
        exact = {
            side for side, team in enumerate(self.teams) for p in team.players if folded(p.name) == wanted
        }
        if len(exact) == 1:
            return exact.pop()
        if len(exact) > 1:
            return None
        near = {
            side for side, team in enumerate(self.teams) for p in team.players if may_be_same(p.name, name)
        }
        return near.pop() if len(near) == 1 else None

    def is_starter(self, name: str) -> bool | None:
        """Whether the name stands among the first eleven of a side; None where it stands nowhere."""
        found = [p.starter for team in self.teams for p in team.players if may_be_same(p.name, name)]
        return found[0] if found else None

    def knows(self, name: str) -> bool:
        """Whether the name stands in a line-up."""
        return any(may_be_same(p.name, name) for team in self.teams for p in team.players)

    def coach(self, name: str) -> bool:
        """Whether the name is one of the coaches and no player's."""
        return not self.knows(name) and any(
            team.coach is not None and may_be_same(team.coach, name) for team in self.teams
        )


def _is_name(code: str, name: str) -> bool:
    return code == name or (len(code) > 3 and (f" {code} " in f" {name} "))


def _begins_name(code: str, name: str) -> bool:
    return name.startswith(code) and len(code) < len(name)


def _begins_word(code: str, name: str) -> bool:
    return any(word.startswith(code) for word in re.split(r"[\s'/-]+", name)[1:])


def _is_acronym(code: str, name: str) -> bool:
    plain = re.sub(r"[^a-z]", "", code)
    initials = "".join(word[0] for word in re.split(r"[\s'/.-]+", name) if word)
    letters = re.sub(r"[^a-z]", "", name)
    return len(plain) > 1 and (
        plain == initials or (letters.startswith(plain[0]) and _in_order(plain, letters))
    )


def _in_order(code: str, letters: str) -> bool:
    place = -1
    for letter in code:
        place = letters.find(letter, place + 1)
        if place < 0:
            return False
    return True
