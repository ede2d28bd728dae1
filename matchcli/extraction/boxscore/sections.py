"""Where the labelled pieces of a box score stand: "MARCATORI:", "Ammoniti", "Arbitro:"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matchcli.extraction.boxscore.clock import MINUTE
from matchcli.extraction.boxscore.names import read_name
from matchcli.extraction.boxscore.vocabulary import meaning, vocabulary

_BOUNDARY = re.compile(r"(?:^|[\n.;:,)\]–—|•-])\s*[*_#>\s\"«“(\[]*$")
_SENTENCE_BOUNDARY = re.compile(r"(?:^|[\n.;:)\]–—|•-])\s*[*_#>\s\"«“(\[]*$")
_CLUB_BEFORE_COLON = re.compile(r"[ \u00a0]+(\(?[^\W\d_][\w.'’ -]{0,28}\)?)\s*:(?!\d)")
_COLON = re.compile(r"[ \u00a0*_]*:(?!\d)")
#: Labels that with their colon may stand anywhere in a line, and those that a club's name may follow.
_ANYWHERE = ("coach", "bench", "bookings", "dismissals", "attendance")
_OF_A_CLUB = ("scorers", "bookings", "dismissals", "substitutions", "entrants")
_EMOJI_LABELS = {
    "⚽️": "scorers",
    "⚽": "scorers",
    "🥅": "scorers",
    "🟨🟥": "dismissals",
    "🟨": "bookings",
    "🟥": "dismissals",
    "🔁": "substitutions",
    "🔄": "substitutions",
}
_EMOJI = re.compile(
    r"(?m)^[ \t]*(" + "|".join(map(re.escape, sorted(_EMOJI_LABELS, key=len, reverse=True))) + r")[ \t]*:?"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A keyword with its meaning.  The content begins at ``end``; ``club`` is a name before the colon."""

    section: str
    start: int
    end: int
    club: str | None = None
    colon: bool = True
    emoji: bool = False


def find_labels(text: str, start: int, end: int) -> list[Label]:
    """The labels in ``text[start:end]``, in order, not overlapping."""
    words = vocabulary()
    labels: list[Label] = []
    for match in words.label_pattern.finditer(text, start, end):
        if labels and match.start() < labels[-1].end:
            continue
        label = _label_at(text, match, start, end)
        if label is not None:
            labels.append(label)
    for match in _EMOJI.finditer(text, start, end):
        labels.append(Label(_EMOJI_LABELS[match[1]], match.start(1), match.end(), colon=False, emoji=True))
    return sorted(labels, key=lambda label: label.start)


def _label_at(text: str, match: re.Match[str], start: int, end: int) -> Label | None:
    """The label that a keyword is at this place, None where it is a word of a sentence."""
    section = meaning(vocabulary().labels, match.group())
    before = ("\n" if match.start() - 6 <= start else "") + text[
        max(start, match.start() - 6) : match.start()
    ]
    after = match.end()
    bounded = _BOUNDARY.search(before) is not None
    colon = _COLON.match(text, after, end)
    if colon is not None:
        return Label(section, match.start(), colon.end()) if bounded or section in _ANYWHERE else None
    club = _CLUB_BEFORE_COLON.match(text, after, end)
    if club is not None and bounded and section in _OF_A_CLUB and _is_club_like(club[1]):
        return Label(section, match.start(), club.end(), club=club[1].strip("() "))
    notes = _in_notes(text, match.start())
    begins_sentence = _SENTENCE_BOUNDARY.search(before) is not None and (match.group()[0].isupper() or notes)
    in_notes = section == "bookings" and bounded and notes
    alone = text.startswith("\n", after) and before.endswith("\n")
    if alone and section in _OF_A_CLUB:
        return Label(section, match.start(), after, colon=False)  # a line to itself over its list
    if not _is_bare(match.group()) or not (begins_sentence or in_notes):
        return None
    at = after + len(text[after:end]) - len(text[after:end].lstrip(" \u00a0*"))
    if at == after and not match.group().endswith("."):
        return None
    return Label(section, match.start(), at, colon=False) if _fits(text, section, at, end) else None


def _fits(text: str, section: str, at: int, end: int) -> bool:
    """Whether what follows a label without a colon is what such a label has: a name, a minute, a figure."""
    if section == "note":
        return text.startswith("\n", at)
    if section == "attendance":
        return at < end and text[at].isdigit()
    plain = _after_small_words(text, at, end)
    if MINUTE.match(text, plain, end) or (section in _LISTS and _FIGURE_WITH_PERIOD.match(text, plain, end)):
        return True
    name_end = read_name(text, plain if section == "dismissals" else at, end)
    if name_end is None:
        return section in ("referee", "coach") and PERSON_TITLE.match(text, at, end) is not None
    return section != "scorers" or MINUTE.search(text, name_end, min(end, name_end + 14)) is not None


def _in_notes(text: str, place: int) -> bool:
    """Whether the line begins with a keyword, as notes do."""
    line = text[text.rfind("\n", 0, place) + 1 : place].lstrip(" *_•-([")
    label = vocabulary().label_pattern.match(line)
    return not line or (label is not None and line[label.end() : label.end() + 1] in ("", ":", " ", "."))


def _is_bare(word: str) -> bool:
    words = vocabulary()
    return " ".join(word.lower().replace("’", "'").split()) in words.bare_labels


def _is_club_like(name: str) -> bool:
    plain = name.strip("() ")
    return bool(plain) and (
        plain[0].isupper() or plain.split()[0].lower() in ("per", "nel", "del", "della", "dell'")
    )


_LISTS = ("scorers", "bookings", "dismissals")
_FIGURE_WITH_PERIOD = re.compile(r"\d{1,3}\s?(?:[ps]\.?t\b|\s[A-ZÀ-Þ])")
_SMALL_WORDS = re.compile(
    r"(?:(?:al|all|dal|dopo|nel|pt|st|p\.t\.|s\.t\.|il|lo|la|l|mister|tecnico|allenatore|minuto)"
    r"['’]?[ \u00a0]*)*",
    re.IGNORECASE,
)
#: "sig. Verri", "la signora Orsi": the title alone.
PERSON_TITLE = re.compile(
    r"[ \t\u00a0]*(?i:il |la |l['’])?(?i:sig\.?(?:ra|na)?\.?|signor(?:a|ina)?|dott\.?|ing\.?)"
    r"[ \t\u00a0]+(?=[A-ZÀ-Þ])"
)


def _after_small_words(text: str, at: int, end: int) -> int:
    match = _SMALL_WORDS.match(text, at, end)
    return match.end() if match is not None else at


def _is_title(text: str, at: int, end: int) -> bool:
    return PERSON_TITLE.match(text, at, end) is not None


_LONGEST_LIST_LINE = 45
_LABEL_COLON = re.compile(r":(?!\d)")


def section_end(text: str, start: int, limit: int) -> int:
    """Where the content that begins at ``start`` ends: its line, with the lines that go on with it."""
    at = start
    while at < limit and text[at] in " \t\r\n\u00a0":
        at += 1
        if text.startswith("\n\n", at - 1):
            break
    while True:
        newline = text.find("\n", at, limit)
        if newline < 0:
            return limit
        following = _line(text, newline + 1, limit)
        if not following.strip() or not _goes_on(text[start:newline].rstrip(), following.strip()):
            return newline
        at = newline + 1


def _line(text: str, start: int, limit: int) -> str:
    newline = text.find("\n", start, limit)
    return text[start : newline if newline >= 0 else limit]


def _goes_on(before: str, line: str) -> bool:
    """Whether a line goes on with the list before it."""
    if before.endswith((",", ";", " e", "-", "–")) or MINUTE.match(line) is not None:
        return True
    if line[0].islower():
        return not before.endswith((".", "!", "?"))
    # A short line that has a name with its minute, as in a list with one a line.
    short = len(line) <= _LONGEST_LIST_LINE and _LABEL_COLON.search(line) is None
    return short and MINUTE.search(line) is not None
