"""Text to blocks: every line that stands alone is a block, and wrapped lines are one paragraph.

A line that is not blank is a block of its own, unless the text was wrapped at a fixed width: then
the lines of a paragraph are joined.  List marks of Markdown and the like are no part of a block.
The text itself is never changed.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from matchcli.reading import lines as look
from matchcli.reading.report import Block, BlockKind

#: White space, control characters and characters without width: nothing that can be read.
BLANK = r"\s\x00-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff"

_EDGES = re.compile(rf"[{BLANK}]*(.*?)[{BLANK}]*\Z", re.DOTALL)
_MARKS = re.compile(r"(?:>[ \t]?|#{1,6}[ \t]+|[-–—*+•·▪◦‣●○■□►▶➤→][ \t]+|[*_]{1,3}(?=\S)|\|[ \t]*)+")
_LIST_MARK = re.compile(r"[^#>|_\s][ \t]")
_CLOSING_MARKS = re.compile(r"(?:[ \t]+#{1,6}|[ \t]*\||(?<=\S)[*_]{1,3})+$")
_RULE = re.compile(rf"[-=*_~#>+|•·—–{BLANK}]*\Z")

#: No sentence has more characters; a line-up with its bench has a thousand.
_LONGEST_SENTENCE = 2000

#: So many signs in a row, blanks between them or not, are no text; letters with marks on them are.
_NOISE = re.compile(r"(?:[^\w\s\u0300-\u036f]\s*){100,}")
_SENTENCE_EDGE = re.compile(r"""[.!?…;]["'”»)]*\s""")

#: Wrapped text has lines between these lengths; a shorter line that does not end its sentence is no evidence.
_NARROWEST_WRAP = 40
_WIDEST_WRAP = 130

#: So many lines that break off inside a sentence make a text a wrapped one.
_ENOUGH_BREAKS = 2

#: A headline has at most so many characters; one that ends with a full stop is shorter.
_LONGEST_TITLE = 200
_LONGEST_TITLE_WITH_STOP = 80


@dataclass(slots=True)
class _Line:
    """A physical line without its edges and marks; ``gap`` is true after a blank line."""

    start: int
    end: int
    text: str
    gap: bool
    listed: bool
    headed: bool


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a decoded text, in order, with offsets in ``text``."""
    lines = _lines(text)
    groups = _paragraphs(lines)
    live = _live_lines(groups)
    kinds = [_kind(group, group[0] in live) for group in groups]
    if groups and kinds[0] in ("heading", "paragraph") and _is_title(groups):
        kinds[0] = "title"
    return tuple(
        Block(start, end, kind)
        for group, kind in zip(groups, kinds, strict=True)
        for start, end in _bounded(text, group[0].start, group[-1].end)
    )


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block as it is, or in pieces where no sentence ends for longer than any sentence goes on.

    A parser's time and memory grow with the square of a sentence's length: an endless line must
    not stop it, and neither must a long row of signs, which is left out.
    """
    last = start
    for noise in [*_NOISE.finditer(text, start, end), None]:
        inner_start, inner_end = _trimmed(text[last : noise.start() if noise else end])
        if inner_start < inner_end:
            yield from _cut(text, last + inner_start, last + inner_end)
        last = noise.end() if noise else end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch in pieces that are no longer than a sentence may be, cut after a sentence or a word."""
    if end - start <= _LONGEST_SENTENCE:
        yield start, end
        return
    last = start  # where the last sentence ended, or the last cut was made
    for found in itertools.chain(_SENTENCE_EDGE.finditer(text, start, end), [None]):
        edge = found.end() if found else end
        while edge - last > _LONGEST_SENTENCE:
            limit = last + _LONGEST_SENTENCE
            space = text.rfind(" ", last + 1, limit)
            last = space if space > 0 else limit
            yield from _piece(text, start, last)
            start = last
        last = edge
    yield from _piece(text, start, end)


def _piece(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    inner_start, inner_end = _trimmed(text[start:end])
    if inner_start < inner_end:
        yield start + inner_start, start + inner_end


def _lines(text: str) -> list[_Line]:
    out: list[_Line] = []
    offset, gap = 0, True
    for physical in text.splitlines(keepends=True):
        start, end = _trimmed(physical)
        stripped = physical[start:end]
        if not stripped or _RULE.match(stripped):
            gap = True
        else:
            marks = _MARKS.match(stripped)
            closing = _CLOSING_MARKS.search(stripped, marks.end() if marks else 0)
            # Emphasis and table bars close only what they opened.
            if closing and marks:
                end = start + closing.start()
            if marks:
                start += marks.end()
            inner_start, inner_end = _trimmed(physical[start:end])
            start, end = start + inner_start, start + inner_end
            if start < end:
                opened = marks[0] if marks else ""
                out.append(
                    _Line(
                        offset + start,
                        offset + end,
                        physical[start:end],
                        gap,
                        listed=bool(_LIST_MARK.search(opened)),
                        headed="#" in opened,
                    )
                )
                gap = False
            else:
                gap = True
        offset += len(physical)
    return out


def _trimmed(piece: str) -> tuple[int, int]:
    found = _EDGES.match(piece)
    assert found is not None  # the pattern matches any string
    return found.span(1)


def _paragraphs(lines: list[_Line]) -> list[list[_Line]]:
    """Lines put together where one goes on in the next."""
    width = _wrap_width(lines)
    spaced = any(line.gap for line in lines[1:])
    groups: list[list[_Line]] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        if before is not None and _goes_on(before, line, width, may_be_title=index == 1 and not spaced):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width that a text was wrapped at, or None where its lines are whole paragraphs."""
    broken = [
        len(one.text)
        for one, other in itertools.pairwise(lines)
        if not other.gap
        and _NARROWEST_WRAP <= len(one.text) <= _WIDEST_WRAP
        and _breaks_off(one.text, other.text)
        and not _stands_alone(other)
    ]
    return max(broken) if len(broken) >= _ENOUGH_BREAKS else None


def _breaks_off(one: str, other: str) -> bool:
    """True where a line ends inside a sentence that the next line takes up."""
    if look.ends_sentence(one):
        return False
    return look.leans_on_next(one) or one.endswith((",", ";")) or other[0].islower()


def _stands_alone(line: _Line) -> bool:
    return line.listed or line.headed or look.live_sign(line.text) is not None or look.is_box(line.text)


def _goes_on(one: _Line, other: _Line, width: int | None, may_be_title: bool) -> bool:
    """True where ``other`` is the rest of the line before it."""
    if other.gap or one.headed or other.headed or other.listed or _begins_with_sign(other.text):
        return False
    if not look.ends_sentence(one.text) and look.leans_on_next(one.text):
        return len(one.text) >= _NARROWEST_WRAP // 2
    full = width is not None and _is_full(one.text, other.text, width)
    if look.is_box(one.text) and one.text.endswith((",", ";")) and (full or not look.is_box(other.text)):
        return True
    if full and _is_inside(one.text, other.text):
        return True
    if _stands_alone(other) and not (full and one.text.endswith(",")):
        return False
    if _breaks_off(one.text, other.text):
        return len(one.text) >= _NARROWEST_WRAP
    if may_be_title or look.is_capitals(one.text):
        return False
    return full


def _begins_with_sign(line: str) -> bool:
    """True where an emoji stands first, as before each message of a live text."""
    return unicodedata.category(line[0]) == "So"


def _is_inside(one: str, other: str) -> bool:
    """True where a full line breaks off inside a sentence, a bracket, or a list of names."""
    if look.is_box(one):
        return not look.begins_box(other)
    if look.ends_sentence(one):
        return False
    return other[0].islower() or other[0] == "(" or one.count("(") > one.count(")")


def _is_full(one: str, other: str, width: int) -> bool:
    """True where the first word of ``other`` would not have fitted on the line before it."""
    first = other.split(maxsplit=1)[0]
    return len(one) <= width + 3 and len(one) + 1 + len(first) > width


def _live_lines(groups: list[list[_Line]]) -> list[_Line]:
    """The first lines of the groups that begin with a minute."""
    signs = [(group[0], look.live_sign(group[0].text)) for group in groups]
    counts = Counter(sign.name for _, sign in signs if sign)
    return [line for line, sign in signs if sign and counts[sign.name] >= sign.several]


def _kind(group: list[_Line], live: bool) -> BlockKind:
    text = " ".join(line.text for line in group)
    if look.is_box(text):
        return "box"
    if live:
        return "live"
    if group[0].headed or look.is_heading(text):
        return "heading"
    return "paragraph"


def _is_title(groups: list[list[_Line]]) -> bool:
    """True where the first group is a headline over the rest."""
    if len(groups) < 2:
        return False
    text = " ".join(line.text for line in groups[0])
    if groups[0][0].headed:
        return True
    if len(text) > _LONGEST_TITLE or text.endswith((",", ";")):
        return False
    if look.ends_sentence(text) and text.rstrip("\"'’”»)")[-1:] == ".":
        rest = " ".join(line.text for line in groups[1])
        return len(text) <= _LONGEST_TITLE_WITH_STOP and groups[1][0].gap and len(rest) > 2 * len(text)
    return True
