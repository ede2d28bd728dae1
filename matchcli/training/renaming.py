"""Other surnames for the persons of a text, so that nobody's part in a game is learned by heart."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from matchcli.extraction.mentions import Span
from matchcli.extraction.persons import name_words
from matchcli.extraction.reader.encoding import LONGEST_WORD, Token

_LAST_WORD = re.compile(r"[\w'’-]+(?=\W*$)")


class Renaming:
    """Other surnames for the persons of a text, in the text itself and in where its words stand."""

    def __init__(self, text: str, places: Sequence[tuple[Span, str]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        #: By how much what begins (or ends) after so many replaced names has moved.
        self.moved = [0]
        parts: list[str] = []
        last = 0
        for (start, end), name in places:
            if start < last:
                continue
            parts += [text[last:start], name]
            last = end
            self.starts.append(start)
            self.ends.append(end)
            self.moved.append(self.moved[-1] + len(name) - (end - start))
        self.text = "".join([*parts, text[last:]])

    def span(self, span: Span) -> Span:
        """Where the words of a span stand now."""
        start, end = span
        return (
            start + self.moved[bisect_right(self.ends, start)],
            end + self.moved[bisect_left(self.starts, end)],
        )


def last_word(text: str, token: Token) -> Span | None:
    """Where the last word of a name stands."""
    start, end = token.span
    found = _LAST_WORD.search(text[start:end])
    return None if found is None else (start + found.start(), start + found.end())


def letters_of(name: str) -> str:
    """A surname as the readers see its letters."""
    words = name_words(name)
    return (words[-1] if words else "")[-LONGEST_WORD:]
