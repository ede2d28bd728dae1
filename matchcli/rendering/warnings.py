"""The warnings of a record in the language of the output.

A record holds each warning as a code and an English line.  What that line tells of this match is taken
out of it and put into the phrase that the lexicon has for the code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from matchcli.rendering.clean import clean
from matchcli.rendering.words import words

if TYPE_CHECKING:
    from matchcli.record import Record

_LINES = {
    "score_mismatch": re.compile(r"goals found (\S+), score told (\S+)"),
    "time_contradiction": re.compile(r"set aside, other times contradict it: (.+)"),
}


def warning_lines(record: Record, lang: str = "it") -> list[str]:
    """Give the warnings of a record, each in one line with its code."""
    return [
        f"{_told(clean(warning.code), clean(warning.message), lang)} [{clean(warning.code)}]"
        for warning in record.warnings
    ]


def _told(code: str, message: str, lang: str) -> str:
    found = _LINES[code].fullmatch(message) if code in _LINES else None
    return words(lang, "warnings")[code].format(*found.groups()) if found else message
