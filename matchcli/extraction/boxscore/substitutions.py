"""Lists of substitutions: "46' Rossi per Bianchi", "60' ↑ Rossi ↓ Bianchi", "Rossi ↔ Bianchi 60'"."""

from __future__ import annotations

from matchcli.extraction.boxscore.beside import Swap
from matchcli.extraction.boxscore.clock import Minute
from matchcli.extraction.boxscore.names import folded, normal_case
from matchcli.extraction.boxscore.sides import Sides
from matchcli.extraction.boxscore.tokens import Token, attach_periods, read_tokens


def read_swaps(text: str, start: int, end: int, sides: Sides) -> list[Swap]:
    """The substitutions of the list in ``text[start:end]``."""
    tokens = read_tokens(text, start, end)
    attach_periods(tokens)
    swaps: list[Swap] = []
    carried: Minute | None = None
    for phrase in _phrases(tokens):
        found, carried = _read_phrase(text, phrase, carried, sides)
        swaps.extend(found)
    return swaps


def _phrases(tokens: list[Token]) -> list[list[Token]]:
    """Split where one substitution ends: at semicolons and stops, and at commas between whole ones."""
    phrases: list[list[Token]] = [[]]
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        phrase = phrases[-1]
        names = sum(t.kind == "name" for t in phrase)
        swap_words = [t for t in phrase if t.kind == "swap"]
        whole = names >= 2 and (bool(swap_words) or any(t.kind in ("open", "dash") for t in phrase))
        if token.kind in ("semicolon", "line", "stop") and depth == 0:
            phrases.append([])
            continue
        if (
            token.kind in ("comma", "and")
            and depth == 0
            and whole
            and _begins_another(tokens, place + 1, phrase)
        ):
            phrases.append([])
            continue
        if token.kind == "time" and depth == 0 and whole and any(t.kind == "time" for t in phrase):
            phrases.append([])
        phrases[-1].append(token)
    return [phrase for phrase in phrases if any(token.kind == "name" for token in phrase)]


def _begins_another(tokens: list[Token], place: int, phrase: list[Token]) -> bool:
    """Whether a whole substitution follows a comma, and not one more name of the one before it."""
    names = 0
    for token in tokens[place:]:
        if token.kind in ("time", "swap", "open", "dash"):
            return token.kind != "open" or names > 0
        if token.kind == "name":
            names += 1
            if names > 1:
                return False
        elif token.kind in ("semicolon", "line", "stop") or (token.kind in ("comma", "and") and names):
            return False
    return False


def _read_phrase(
    text: str, phrase: list[Token], carried: Minute | None, sides: Sides
) -> tuple[list[Swap], Minute | None]:
    names = [token for token in phrase if token.kind == "name"]
    names = [n for n in names if not _is_club_label(phrase, n) and not _is_club_mark(phrase, n, sides)]
    times = [token.minute for token in phrase if token.kind == "time"]
    minute = times[0] if times else carried
    if not names:
        return [], minute
    span = (phrase[0].start, phrase[-1].end)
    swaps = [token for token in phrase if token.kind == "swap"]
    ons, offs = _roles(phrase, names, swaps, sides)
    if not ons and not offs and len(names) == 1:
        pair = _hyphenated_pair(names[0].value, sides)
        if pair is None:
            return ([Swap(normal_case(names[0].value), None, span, minute)] if times else []), minute
        ons, offs = [pair[0]], [pair[1]]
    found = []
    for place in range(max(len(ons), len(offs))):
        on = normal_case(ons[place]) if place < len(ons) else None
        off = normal_case(offs[place]) if place < len(offs) else None
        found.append(Swap(on, off, span, minute))
    return found, minute


def _roles(
    phrase: list[Token], names: list[Token], swaps: list[Token], sides: Sides
) -> tuple[list[str], list[str]]:
    """Who goes on and who goes off."""
    meanings = {token.value for token in swaps}
    first_swap = swaps[0] if swaps else None
    if first_swap is not None and meanings & {"on", "off"}:
        ons: list[str] = []
        offs: list[str] = []
        role: str | None = None
        # A sign may stand before its name or after it.
        sign_first = next((t for t in phrase if t.kind in ("swap", "name")), None) is first_swap
        for place, token in enumerate(phrase):
            if token.kind == "swap" and token.value in ("on", "off"):
                role = token.value
                if not sign_first:
                    last = next((t for t in reversed(phrase[:place]) if t.kind == "name"), None)
                    if last is not None:
                        (ons if role == "on" else offs).append(last.value)
            elif token.kind == "swap" and token.value == "for":
                role = "off"
            elif token.kind == "name" and token in names and sign_first and role is not None:
                (ons if role == "on" else offs).append(token.value)
        return ons, offs
    if first_swap is not None and meanings & {"for", "by"}:
        before = [name.value for name in names if name.start < first_swap.start]
        after = [name.value for name in names if name.start > first_swap.start]
        return (before, after) if first_swap.value == "for" else (after, before)
    if len(names) == 2:
        opened = any(t.kind == "open" and names[0].end <= t.start < names[1].start for t in phrase)
        if opened:
            # "Verri (60' Orsi)": Orsi comes on; "60' Orsi (Verri)": whoever is no starter does.
            if any(t.kind == "time" and names[0].end <= t.start < names[1].start for t in phrase):
                return [names[1].value], [names[0].value]
            return _by_line_up(names[1].value, names[0].value, sides)
        if first_swap is not None or any(t.kind == "dash" for t in phrase):
            return _by_line_up(names[0].value, names[1].value, sides)
    return [], []


def _by_line_up(first: str, second: str, sides: Sides) -> tuple[list[str], list[str]]:
    """Who comes on and who goes off: a starter goes off; where that is not known, the first named."""
    if sides.is_starter(second) and not sides.is_starter(first):
        return [first], [second]
    return [second], [first]


def _hyphenated_pair(name: str, sides: Sides) -> tuple[str, str] | None:
    """ "Rossi-Bianchi" for two players of the line-ups, as (on, off)."""
    for place, character in enumerate(name):
        if character == "-":
            first, second = name[:place], name[place + 1 :]
            if (sides.knows(first) or sides.knows(second)) and not sides.knows(name):
                ons, offs = _by_line_up(first, second, sides)
                return ons[0], offs[0]
    return None


def _is_club_label(phrase: list[Token], name: Token) -> bool:
    place = phrase.index(name)
    return place + 1 < len(phrase) and phrase[place + 1].kind == "colon"


def _is_club_mark(phrase: list[Token], name: Token, sides: Sides) -> bool:
    place = phrase.index(name)
    bracketed = (
        0 < place < len(phrase) - 1 and phrase[place - 1].kind == "open" and phrase[place + 1].kind == "close"
    )
    return bracketed and any(folded(name.value) == folded(n) for names in sides.names for n in names)
