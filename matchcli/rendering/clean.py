"""Text of a report made safe to show: it is data, never commands to a terminal or a page."""

from __future__ import annotations

import re

# Marks and overrides of writing direction can make a line read as what it is not; none is
# needed in a name, so they are dropped without a trace.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACE = re.compile(r"[\s\u2028\u2029]+")
# What is left of the control characters (C0, DEL, C1), and halves of surrogate pairs, which no
# encoding can write.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

#: Stands where a character was that must not be shown.
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """Give ``text`` as one line without control characters, escapes or direction overrides.

    White space of any kind becomes a single space; each control character becomes U+FFFD, so
    that the reader sees that something stood there.
    """
    # U+001C to U+001F and U+0085 are white space for Python but control characters for a terminal.
    text = _CONTROL.sub(REPLACEMENT, _DIRECTION.sub("", text))
    return _SPACE.sub(" ", text).strip()


def clean_lines(text: str) -> str:
    """Like :func:`clean`, but keep the offsets: one character stands for each character.

    Line feeds and tabs are kept, every other control, direction or surrogate character becomes
    U+FFFD.
    """
    return _CONTROL_KEEPING_OFFSETS.sub(REPLACEMENT, text)


_CONTROL_KEEPING_OFFSETS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
