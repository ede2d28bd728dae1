"""Where a line-up begins: the name of a club with a colon, a module, or a line to itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matchcli.extraction.boxscore.sections import Label
from matchcli.extraction.boxscore.vocabulary import vocabulary

_MODULE = r"\d(?:\s?-\s?\d){2,4}"
#: "GELSI (3-5-2):", "A.C. Gelsi:", "Gelsi 3-5-2:", "GELSI 2:", "GELSI" at a line's end.
_HEADER = re.compile(
    rf"""(?P<name>(?:[^\W\d_]|\d(?=[\w. ]*[^\W\d_]))[\w.'’&/ \u00a0-]{{0,44}}?)\s*
    (?:\d{{1,2}})?\s*
    (?:
        (?P<module>\(\s*(?:{_MODULE}|\d{{3,5}})[^()]{{0,40}}\)|{_MODULE})\s*(?::|[-–](?=\s)|(?=\s))
      | (?:\([^()\d]{{1,40}}\))?\s*(?P<colon>:|(?=[ \t]*\n))
    )""",
    re.VERBOSE,
)
_PREFIX = re.compile(
    r"(?:le\s+)?(?:probabili\s+)?formazion[ei]\s+(?:ufficial[ei]\s+)?(?:del(?:la|l['’])?\s+)?", re.IGNORECASE
)
_PLACES = re.compile(r"\n[ \t*_•>-]*|(?:[.;)]|\. –)[ \u00a0]+(?=[A-ZÀ-Þ])")
_BULLETS = " \t*_•>-"
_MOST_WORDS = 6
#: Labels that a name follows: that name is a person's and begins no line-up.
_LABELS_OF_PERSONS = ("coach", "referee", "bench")


@dataclass(frozen=True, slots=True)
class Header:
    """The club's name as written from ``start`` on; the first player may stand at ``end``.

    ``strong`` headers have a colon or a module; the others are a line with a name and no more.
    """

    name: str
    start: int
    end: int
    strong: bool
    module: bool = False


def find_headers(text: str, start: int, end: int, labels: Sequence[Label]) -> list[Header]:
    """Places in ``text[start:end]`` that look like the beginning of a line-up."""
    found: list[Header] = []
    for place in _places(text, start, end, labels):
        header = _header_at(text, place, start, end)
        # "POL. GELSI:" is one header, and "GELSI:" in it no second one.
        if header is not None and not (found and found[-1].end == header.end):
            found.append(header)
    return found


def _places(text: str, start: int, end: int, labels: Sequence[Label]) -> list[int]:
    """Beginnings of lines and sentences, and what follows a label like "Formazioni:"."""
    places = {start} | {match.end() for match in _PLACES.finditer(text, start, end)}
    for label in labels:
        if label.section == "other":
            rest = text[label.end : end]
            places.add(label.end + len(rest) - len(rest.lstrip(" \n\t")))
    return sorted(
        place
        for place in places
        if place < end and text[place].isalnum() and not any(_belongs_to(label, place) for label in labels)
    )


def _belongs_to(label: Label, place: int) -> bool:
    last = label.end if label.section in _LABELS_OF_PERSONS else label.end - 1
    return label.start <= place <= last


def _header_at(text: str, place: int, start: int, end: int) -> Header | None:
    prefix = _PREFIX.match(text, place, end)
    at = prefix.end() if prefix is not None else place
    match = _HEADER.match(text, at, end)
    if match is None or not _is_club_name(match["name"]):
        return None
    strong = bool(match["module"] or match["colon"])
    if not strong and place > start and not text[start:place].rstrip(_BULLETS).endswith("\n"):
        return None
    return Header(match["name"].strip(" -"), at, match.end(), strong, module=bool(match["module"]))


def _is_club_name(name: str) -> bool:
    """Whether the words may be a club's name, and are no keyword ("Rigori:", "Note:")."""
    known = vocabulary()
    plain = " ".join(name.lower().split())
    if plain in known.labels or plain in known.periods or plain in known.marks:
        return False
    words = [word for word in re.split(r"[\s.]+", name) if word]
    if words and words[0].lower() in known.not_names:
        return False
    capital = [word for word in words if not word[0].islower()]
    if not words or len(words) > _MOST_WORDS or words[0] not in capital:
        return False
    return len(capital) * 2 >= len(words)
