"""How the match ended, as its sentences tell it: final and half-time score, shoot-out, extra time.

A report names several scores: the final one, those of moments ("sull'1-1"), that of the interval, those
of other matches ("all'andata 2-0").  The words around the figures part them; they stand in
``lexicon/header.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from matchcli.extraction.items import Row
from matchcli.extraction.mentions import Span
from matchcli.extraction.scores import find_scores
from matchcli.reading.report import Block
from matchcli.record import Side
from matchcli.timeline.teams import Sides

Goals = tuple[int, int]

#: The weight of the highest running score of live text, where nothing names the final one.
LAST_OF_LIVE = 2.4

_NUMBERS = {
    "zero": 0, "uno": 1, "una": 1, "un": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6,
    "sette": 7, "otto": 8, "nove": 9, "dieci": 10,
}  # fmt: skip
_NUMBER = rf"(?:{'|'.join(_NUMBERS)}|\d{{1,2}})"
_BY_GOALS = re.compile(
    rf"\b({_NUMBER})\s+(?:reti|gol|goal|marcature)\s+(?:a|ad)\s+({_NUMBER})\b", re.IGNORECASE
)
_LEVEL = re.compile(rf"\b({_NUMBER})\s+pari\b", re.IGNORECASE)
_GOALLESS = re.compile(
    r"\b(?:a )?reti (?:bianche|inviolate)\b|\bsenza (?:reti|gol)\b|\bnessun gol\b", re.IGNORECASE
)
_PIECE_ENDS = re.compile(r"[;:!?]|\.(?=\s|$)")
_BEATEN_AFTER = re.compile(
    r"^\s*(?:al|alla|allo|all['’]|ai|agli|alle|contro (?:il|la|lo|l['’])|sul|sulla|sull['’])\s*$",
    re.IGNORECASE,
)
_PREPOSITIONS = frozenset({
    "a", "ad", "al", "allo", "alla", "all", "ai", "agli", "alle", "con", "contro", "su", "sul", "sullo",
    "sulla", "sull", "sui", "sugli", "sulle", "di", "del", "dello", "della", "dell", "dei", "degli",
    "delle", "dal", "dallo", "dalla", "dall", "dai",
})  # fmt: skip
_MOST_GOALS = 31
_MOST_KICKS = 30


@dataclass(slots=True)
class ToldResult:
    """What the sentences tell; None where they do not.  Figures stand home first."""

    final: Goals | None = None
    weight: float = 0.0
    half_time: Goals | None = None
    shootout: Goals | None = None
    extra_time: bool = False


@dataclass(frozen=True, slots=True)
class _Figures:
    """A score in a sentence; ``placed`` when the words give each side its figure."""

    start: int
    end: int
    goals: Goals
    placed: bool = False


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, tuple[re.Pattern[str], ...]]]:
    """The expressions of the lexicon's tables on results.  Raises ``re.error`` where one is malformed."""
    table = tomllib.loads((files("matchcli.lexicon") / "header.toml").read_text(encoding="utf-8"))
    read: dict[str, dict[str, tuple[re.Pattern[str], ...]]] = {}
    for name in (
        "not_final", "running", "stopped", "final", "result", "losing", "half_time", "shootout", "through",
        "extra_time", "elsewhere",
    ):  # fmt: skip
        read[name] = {
            key: tuple(re.compile(expression) for expression in expressions)
            for key, expressions in table[name].items()
            if isinstance(expressions, list)
        }
    return read


def tells(name: str, before: str = "", after: str = "", near: str = "") -> bool:
    """Whether an expression of the table ``name`` fits the lower-case text before, after or around."""
    table = words()[name]
    return (
        any(e.search(before) for e in table.get("before", ()))
        or any(e.search(after) for e in table.get("after", ()))
        or any(e.search(near) for e in table.get("near", ()))
    )


def clause_up_to(text: str, span: Span) -> str:
    """The sentence of a name up to the next comma: what stands after it tells of something else."""
    start = max(text.rfind(mark, 0, span[0]) for mark in (". ", "! ", "? ", "\n"))
    ends = [text.find(mark, span[1]) for mark in (". ", "! ", "? ", "\n", ",", ";", ":")]
    return text[start + 1 : min((e for e in ends if e >= 0), default=len(text))]


def told_result(text: str, blocks: Sequence[Block], rows: Sequence[Row], sides: Sides) -> ToldResult:
    """The result as the sentences of ``rows`` tell it."""
    told = ToldResult()
    level: Goals | None = None
    running: list[Goals] = []
    live = sum(1 for row in rows if blocks[row.block].kind == "live") >= 4
    for number, row in enumerate(rows):
        sentence = text[row.start : row.end]
        for figures in _figures(row, sentence, sides):
            before, after, piece = _around(sentence, figures)
            if tells("not_final", near=piece) or _of_others(row, figures, sides):
                continue
            if tells("shootout", before, after):
                if max(figures.goals) <= _MOST_KICKS and figures.goals[0] != figures.goals[1]:
                    told.shootout = _oriented(row, rows, number, figures, sides, before)
                continue
            stopped = tells("stopped", before)
            if not stopped and tells("half_time", before, after):
                told.half_time = told.half_time or figures.goals
                continue
            if figures.goals[0] == figures.goals[1]:
                level = figures.goals
            weight = _weight(blocks[row.block], number, before, after, stopped)
            if not weight and live:
                running.append(figures.goals)
            if weight > told.weight:
                told.final, told.weight = _oriented(row, rows, number, figures, sides, before), weight
    if told.final is None and running:
        told.final, told.weight = max(running, key=sum), LAST_OF_LIVE
    if told.shootout is not None and (told.final is None or told.final[0] != told.final[1]):
        told.final, told.weight = level, 1.0
    if told.shootout is not None:
        told.shootout = _after_shootout(told.shootout, text, rows, sides)
    told.extra_time = _extra_time(text, rows)
    return told


def all_scores(text: str) -> list[tuple[Span, Goals]]:
    """Every score of a text: figures, "due a uno", "tre reti a zero", "uno pari", "reti bianche"."""
    found = list(find_scores(text))
    found += [(m.span(), (_number(m[1]), _number(m[2]))) for m in _BY_GOALS.finditer(text)]
    found += [(m.span(), (_number(m[1]), _number(m[1]))) for m in _LEVEL.finditer(text)]
    found += [(m.span(), (0, 0)) for m in _GOALLESS.finditer(text)]
    return found


def _weight(block: Block, number: int, before: str, after: str, stopped: bool) -> float:
    """How surely figures are the final score; 0 where nothing says so."""
    early = -0.01 * number
    if stopped:
        return 4.0 + early
    if tells("running", before):
        return 0.0
    if tells("final", before, after):
        return 3.0 + early
    if block.kind in ("title", "heading"):
        return 2.5 + early
    if block.kind == "live":
        return 0.0
    if tells("result", before, after):
        return 2.0 + early
    return 1.0 + early if number < 4 else 0.0


def _around(sentence: str, figures: _Figures) -> tuple[str, str, str]:
    """Lower-case text before and after the figures, and the piece of the sentence that they stand in."""
    low = sentence.lower()
    marks = list(_PIECE_ENDS.finditer(low))
    # what a colon announces belongs to the words before it, not the other way round
    start = max((m.end() for m in marks if m.end() <= figures.start and m[0] != ":"), default=0)
    stop = min((m.end() for m in marks if m.start() >= figures.end), default=len(low))
    return low[: figures.start], low[figures.end :], low[start:stop]


def _figures(row: Row, sentence: str, sides: Sides) -> Iterator[_Figures]:
    """The scores of a sentence, in text order."""
    found = [_Figures(*span, goals) for span, goals in find_scores(sentence)]
    for match in _BY_GOALS.finditer(sentence):
        found.append(_Figures(*match.span(), (_number(match[1]), _number(match[2]))))
    for match in _LEVEL.finditer(sentence):
        found.append(_Figures(*match.span(), (_number(match[1]), _number(match[1]))))
    for match in _GOALLESS.finditer(sentence):
        found.append(_Figures(*match.span(), (0, 0)))
    found += _beside_names(row, sides)
    taken: list[_Figures] = []
    for figures in sorted(found, key=lambda f: (f.start, -f.end)):
        if max(figures.goals) <= _MOST_GOALS and not any(
            t.start < figures.end and figures.start < t.end for t in taken
        ):
            taken.append(figures)
    yield from taken


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _beside_names(row: Row, sides: Sides) -> list[_Figures]:
    """ "Borgo 2 Villa 2", "Borgo uno, Villa zero": each side with its figure."""
    found: list[_Figures] = []
    items = [i for i in row.items if i.text not in (",", "-", "–")]
    for at in range(len(items) - 3):
        one, figure, other, second = items[at : at + 4]
        if one.kind != "team" or other.kind != "team":
            continue
        if not all(i.is_word and (i.text.isdigit() or i.text.lower() in _NUMBERS) for i in (figure, second)):
            continue
        side, against = sides.side(one.reference), sides.side(other.reference)
        if side is None or against is None or side == against or max(len(figure.text), len(second.text)) > 7:
            continue
        goals = (_number(figure.text), _number(second.text))
        found.append(
            _Figures(
                one.start - row.start, second.end - row.start, goals if side == "home" else goals[::-1], True
            )
        )
    return found


def _of_others(row: Row, figures: _Figures, sides: Sides) -> bool:
    """Whether the nearest club named before the figures, or right after them, does not play here."""
    teams = [i for i in row.items if i.kind == "team"]
    before = [i for i in teams if i.end - row.start <= figures.start]
    after = [i for i in teams if 0 <= i.start - row.start - figures.end <= 12]
    if any(sides.is_other_team(i.reference) for i in after):
        return True
    if not before or not sides.is_other_team(before[-1].reference):
        return False
    if any(sides.side(i.reference) for i in after):
        return False
    return figures.start - (before[-1].end - row.start) <= 40


def _oriented(
    row: Row, rows: Sequence[Row], number: int, figures: _Figures, sides: Sides, before: str
) -> Goals:
    """The figures home first: a winner told has the greater one, else they stand so."""
    if figures.placed or figures.goals[0] == figures.goals[1]:
        return figures.goals
    high, low = max(figures.goals), min(figures.goals)
    winner = _beaten_after(row, figures, sides) or _winner(row, figures, sides, before)
    if winner is None:
        return figures.goals
    return (high, low) if winner == "home" else (low, high)


def _beaten_after(row: Row, figures: _Figures, sides: Sides) -> Side | None:
    """The winner of "2-1 al Borgo": the other side."""
    for item in row.items:
        start = item.start - row.start
        if item.kind == "team" and 0 <= start - figures.end <= 12:
            gap = row_text(row, figures.end, start)
            side = sides.side(item.reference)
            if side is None:
                return None
            if _BEATEN_AFTER.match(gap):
                return "away" if side == "home" else "home"
            if re.match(r"^\s*per\s+(?:i|il|la|gli|le|l['’]|lo)\s*$", gap):
                return side
    return None


def row_text(row: Row, start: int, end: int) -> str:
    """The words of a row between two offsets that count from its start."""
    return " ".join(i.text for i in row.items if start <= i.start - row.start and i.end - row.start <= end)


def _winner(row: Row, figures: _Figures, sides: Sides, before: str) -> Side | None:
    """The side told to win: the last one before the figures that is no object."""
    if not tells("result", before) or (tells("final", before) and not tells("result", before)):
        return None
    subject: Side | None = None
    for position, item in enumerate(row.items):
        if item.start - row.start >= figures.start:
            break
        if item.kind != "team":
            continue
        side = sides.side(item.reference)
        if side is None or _is_object(row, position):
            continue
        subject = side
        if _verb_follows(row, position, figures):
            break
    if subject is None:
        return None
    if tells("losing", before):
        return "away" if subject == "home" else "home"
    return subject


def _is_object(row: Row, position: int) -> bool:
    """Whether a preposition or a verb stands before the team: "piega il Borgo", "rifila al Borgo"."""
    for item in reversed(row.items[max(0, position - 2) : position]):
        if not item.is_word:
            return False
        if item.lemmas & _PREPOSITIONS and item.upos == "ADP":
            return True
        if item.upos in ("VERB",):
            return not item.is_participle and position > 2
        if item.upos != "DET":
            return False
    return False


def _verb_follows(row: Row, position: int, figures: _Figures) -> bool:
    """Whether a verb stands between the team and the figures."""
    return any(
        item.is_word and item.upos == "VERB" and item.start - row.start < figures.start
        for item in row.items[position + 1 :]
    )


def _after_shootout(kicks: Goals, text: str, rows: Sequence[Row], sides: Sides) -> Goals:
    """The kicks home first: the side told to go through has the greater figure."""
    table = words()["through"]
    for row in reversed(rows):
        low = text[row.start : row.end].lower()
        if tells("not_final", near=low):
            continue
        for expression in (*table["after"], *table["before"]):
            for match in expression.finditer(low):
                after = expression in table["after"]
                edge = row.start + (match.end() if after else match.start())
                for item in row.items:
                    gap = item.start - edge if after else edge - item.end
                    if item.kind == "team" and -1 <= gap <= 4:
                        side = sides.side(item.reference)
                        if side is not None:
                            high, least = max(kicks), min(kicks)
                            return (high, least) if side == "home" else (least, high)
    return kicks


def _extra_time(text: str, rows: Sequence[Row]) -> bool:
    """Whether the sentences tell that extra time was played."""
    table = words()["extra_time"]
    for row in rows:
        low = text[row.start : row.end].lower()
        if any(e.search(low) for e in table["not_words"]) or tells("not_final", near=low):
            continue
        if any(e.search(low) for e in table["words"]):
            return True
    return False
