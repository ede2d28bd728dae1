"""Patterns for lists of words and phrases that stand alone in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

_Tree = dict[str, "_Tree"]
#: Marks the end of a word in the tree; no word holds this character.
_END = "\0"


def words_pattern(words: Iterable[str]) -> str:
    """A pattern (no flags, no capturing group) for any of the words standing alone, the longest first.

    Words that begin alike share their beginning in the pattern, so that hundreds of them are
    looked for as fast as a few.  A space matches any run of spaces, an apostrophe either sign.
    """
    trees: dict[str, _Tree] = {}
    for word in words:
        branch = trees.setdefault(_before(word[0]), {})
        for character in word:
            branch = branch.setdefault(character, {})
        branch[_END] = {}
    return "|".join(before + _branches(tree, "") for before, tree in trees.items())


def _before(first: str) -> str:
    """What may not stand before a word: a letter before a letter, a figure before a figure."""
    if first.isalpha():
        return r"(?<![^\W\d_])"
    return r"(?<!\d)" if first.isdigit() else ""


def _branches(tree: _Tree, last: str) -> str:
    pieces = [
        _character(character) + _branches(branch, character)
        for character, branch in sorted(tree.items())
        if character != _END
    ]
    if _END in tree:
        # After the longer words, the one that ends here: no letter or figure may go on.
        pieces.append(r"(?![^\W_])" if last.isalnum() else "")
    return pieces[0] if len(pieces) == 1 else f"(?:{'|'.join(pieces)})"


def _character(character: str) -> str:
    if character == " ":
        return r"[ \u00a0]+"
    return "['’]" if character == "'" else re.escape(character)
