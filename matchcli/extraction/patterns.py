"""Patterns of the lexicon over the items of a row.

A pattern is a line of words, read like the phrase that it stands for:

- a word matches an item by lemma or by form: ``insaccare``, ``traversa``; an infinitive matches
  every form of its verb; ``a|b`` either; ``word?`` may be missing; ``=word`` the form only
- ``~`` up to three items of any kind but closing punctuation, ``~6`` up to six
- ``{role}`` one person, ``{role*}`` a list of persons ("Rossi, Bianchi e Verdi"), ``{@team}`` a team,
  ``{@time}`` a time expression, ``{@score}`` a score
- ``,`` and ``:`` the punctuation itself; ``^`` the start of the row or of a clause

Between two words, articles, possessives and bracketed marks or minutes may stand unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from matchcli.extraction.items import CLOSING_PUNCTUATION, Item, Row
from matchcli.extraction.verbs import infinitives

_CONTRACTED = {
    **dict.fromkeys(("del", "dello", "della", "dell", "dei", "degli", "delle", "d"), "di"),
    **dict.fromkeys(("al", "allo", "alla", "all", "ai", "agli", "alle", "ad"), "a"),
    **dict.fromkeys(("dal", "dallo", "dalla", "dall", "dai", "dagli", "dalle"), "da"),
    **dict.fromkeys(("nel", "nello", "nella", "nell", "nei", "negli", "nelle"), "in"),
    **dict.fromkeys(("sul", "sullo", "sulla", "sull", "sui", "sugli", "sulle"), "su"),
    **dict.fromkeys(("col", "coi", "collo", "colla", "cogli"), "con"),
}
_FUNCTION_WORDS = frozenset(
    [
        "non",
        "a",
        "di",
        "da",
        "in",
        "con",
        "su",
        "per",
        "tra",
        "fra",
        "e",
        "ed",
        "si",
        "ci",
        "lo",
        "la",
        "il",
        "un",
        "una",
        "che",
        "ma",
        "al",
        "del",
        "dal",
        "nel",
        "sul",
        ",",
        ":",
        "(",
        "avere",
        "essere",
        "fare",
        "venire",
        "andare",
        "potere",
        "dare",
        "mettere",
        "mandare",
        "alla",
        "alle",
        "sotto",
    ]
)
_SKIPPED_FORMS = frozenset({"il", "lo", "la", "l", "i", "gli", "le", "un", "uno", "una"})


_CLITICS = frozenset({"si", "s", "mi", "m", "ti", "ci", "vi", "se"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a pattern."""

    kind: str  # word, gap, person, persons, team, time, score, start
    choices: frozenset[str] = frozenset()
    exact: bool = False
    optional: bool = False
    most: int = 0
    role: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched: item positions [start, end), and the items of its slots."""

    start: int
    end: int
    slots: tuple[tuple[str, tuple[int, ...]], ...]
    head: int  # the first word that the pattern names: its verb or noun


@lru_cache(maxsize=10_000)
def compile_pattern(pattern: str) -> tuple[Step, ...]:
    """The steps of a pattern.  Raises ValueError where it cannot be read."""
    steps: list[Step] = []
    for part in pattern.split():
        if part == "^":
            steps.append(Step("start"))
        elif gap := re.fullmatch(r"~(\d*)", part):
            steps.append(Step("gap", most=int(gap[1] or 3)))
        elif slot := re.fullmatch(r"\{(@?)(\w+)(\*?)\}(\?)?", part):
            kind = slot[2] if slot[1] else "persons" if slot[3] else "person"
            steps.append(Step(kind, role=slot[2], optional=bool(slot[4])))
        else:
            optional = part.endswith("?") and len(part) > 1
            body = part[:-1] if optional else part
            exact = body.startswith("=")
            choices = frozenset(body.removeprefix("=").split("|"))
            if not all(choices):
                raise ValueError(f"empty word in pattern {pattern!r}")
            steps.append(Step("word", choices=choices, exact=exact, optional=optional))
    if not any(s.kind == "word" for s in steps):
        raise ValueError(f"pattern without a word: {pattern!r}")
    return tuple(steps)


def anchor_step(steps: tuple[Step, ...]) -> int:
    """Index of the step that governs: the first obligatory word that is no function word."""
    words = [n for n, s in enumerate(steps) if s.kind == "word" and not s.optional]
    content = [n for n in words if not steps[n].choices <= _FUNCTION_WORDS]
    return (content or words)[0]


def anchor_words(steps: tuple[Step, ...]) -> frozenset[str]:
    """Words of the governing step: the row must hold one of them."""
    return steps[anchor_step(steps)].choices


def _opens_with_verb(steps: tuple[Step, ...]) -> bool:
    """Whether the pattern begins with an infinitive."""
    first = steps[0]
    return first.kind == "word" and any(
        c.endswith(("are", "ere", "ire", "rre", "rsi")) for c in first.choices
    )


def item_keys(item: Item) -> frozenset[str]:
    """Everything that a word of a pattern may match this item by."""
    if item.kind == "time":  # "va negli spogliatoi", "resta sotto la doccia" tell a time and a fact
        return frozenset(re.findall(r"[^\W\d_]+", item.text.lower()))
    if not item.is_word:
        return frozenset()
    keys = set(item.lemmas)
    for lemma in item.lemmas:
        if lemma in _CONTRACTED:
            keys.add(_CONTRACTED[lemma])
    if item.upos in ("VERB", "AUX", "ADJ"):
        for lemma in item.lemmas:
            keys |= infinitives(lemma)
    if item.upos == "PUNCT":
        keys.add(item.text)
    return frozenset(keys)


class RowIndex:
    """The keys of a row's items, for quick refusal and matching."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.keys = [item_keys(item) | self._reflexives(position) for position, item in enumerate(row.items)]
        self.by_key: dict[str, list[int]] = {}
        for position, keys in enumerate(self.keys):
            for key in keys:
                self.by_key.setdefault(key, []).append(position)

    def _reflexives(self, position: int) -> frozenset[str]:
        """Infinitives in "-si" of a verb beside its clitic: "si affida", "si era procurato", "procurandosi"."""
        item = self.row.items[position]
        if not item.is_word or item.upos not in ("VERB", "AUX", "ADJ"):
            return frozenset()
        words = self.row.sentence.words
        enclitic = any(words[w].lemma in _CLITICS or words[w].text in _CLITICS for w in item.words[1:])
        if not enclitic:
            for before in reversed(self.row.items[max(0, position - 3) : position]):
                if before.is_word and before.text.lower().rstrip("'’") in _CLITICS:
                    enclitic = True
                    break
                if not before.is_word or before.upos not in ("AUX", "ADV", "PRON"):
                    break
        if not enclitic:
            return frozenset()
        return frozenset(
            (k[:-2] if k.endswith("rre") else k[:-1]) + "si"
            for k in item_keys(item)
            if k.endswith(("are", "ere", "ire", "rre"))
        )

    def find(self, steps: tuple[Step, ...]) -> Iterator[Match]:
        """All places where the pattern matches, leftmost and shortest first, not overlapping."""
        anchors = {p for word in anchor_words(steps) for p in self.by_key.get(word, ())}
        if not anchors:
            return
        anchored = anchor_step(steps) == 0
        starts = sorted(anchors) if anchored else range(len(self.row.items))
        free_from = 0
        for start in starts:
            if start < free_from:
                continue
            found = self._match(steps, 0, start, ())
            if found is None:
                continue
            end, slots = found
            head = next((p for p in range(start, end) if p in anchors), start)
            if _opens_with_verb(steps) and self.row.items[start].upos in ("VERB", "AUX"):
                head = start  # "mettere dentro", "andare in gol": the verb governs, however light
            yield Match(start, end, slots, head)
            free_from = end

    def _match(
        self, steps: tuple[Step, ...], at: int, position: int, slots: tuple[tuple[str, tuple[int, ...]], ...]
    ) -> tuple[int, tuple[tuple[str, tuple[int, ...]], ...]] | None:
        if at == len(steps):
            return position, slots
        step = steps[at]
        items = self.row.items
        if step.kind == "start":
            before = items[position - 1] if position else None
            if before is None or before.is_punctuation or before.text in ("e", "ed", "ma"):
                return self._match(steps, at + 1, position, slots)
            return None
        if step.kind == "gap":
            for width in range(step.most + 1):
                if width and (
                    position + width > len(items)
                    or items[position + width - 1].text in CLOSING_PUNCTUATION
                    or items[position + width - 1].text == ":"
                ):
                    return None
                found = self._match(steps, at + 1, position + width, slots)
                if found is not None:
                    return found
            return None
        for skip in self._skips(position, first=at == 0):
            matched = self._step(step, skip)
            if matched is None:
                continue
            end, filled = matched
            added = (*slots, (step.role, filled)) if filled else slots
            found = self._match(steps, at + 1, end, added)
            if found is not None:
                return found
        if step.optional:
            return self._match(steps, at + 1, position, slots)
        return None

    def _skips(self, position: int, first: bool) -> Iterator[int]:
        """The position itself, then those after articles, possessives and bracketed asides."""
        yield position
        if first:
            return
        items = self.row.items
        while position < len(items):
            item = items[position]
            if item.is_word and (item.upos == "DET" or item.lemmas & _SKIPPED_FORMS):
                position += 1
            elif item.text == "(":
                close = next(
                    (p for p in range(position, min(position + 5, len(items))) if items[p].text == ")"), None
                )
                if close is None:
                    return
                position = close + 1
            else:
                return
            yield position

    def _step(self, step: Step, position: int) -> tuple[int, tuple[int, ...]] | None:
        items = self.row.items
        if position >= len(items):
            return None
        item = items[position]
        if step.kind == "word":
            keys = item.lemmas if step.exact else self.keys[position]
            if step.exact and item.is_word:
                keys = frozenset({item.text.lower().replace("’", "'").rstrip("'")}) | {
                    item.text.lower().replace("’", "'")
                }
            return (position + 1, ()) if keys & step.choices else None
        if step.kind == "persons":
            return self._list(position)
        return (position + 1, (position,)) if item.kind == step.kind else None

    def _list(self, position: int) -> tuple[int, tuple[int, ...]] | None:
        """A list of persons: "Rossi", "Rossi e Bianchi", "Rossi, Bianchi e il neoentrato Verdi"."""
        items = self.row.items
        if items[position].kind != "person":
            return None
        filled = [position]
        end = position + 1
        while end + 1 < len(items):
            jump = end
            while jump < len(items) and (
                items[jump].text in (",", "e", "ed", "poi", "anche")
                or (items[jump].is_word and items[jump].upos == "DET")
            ):
                jump += 1
            if jump == end or jump >= len(items) or items[jump].kind != "person":
                break
            filled.append(jump)
            end = jump + 1
        return end, tuple(filled)
