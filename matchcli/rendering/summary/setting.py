"""Where a match was played and on what occasion, as pieces of a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from matchcli.rendering.clean import clean
from matchcli.rendering.summary.grammar import Noun, say
from matchcli.rendering.words import load

if TYPE_CHECKING:
    from matchcli.record import Match


def where(match: Match, lang: str) -> str:
    """Say where: "al Meazza", "all'Olimpico", "a San Siro"; empty where it is not known."""
    told = re.split(r" *[,(]", clean(match.venue or ""))[0]
    venue = _without_article(told)
    if not venue:
        return ""
    if lang == "en":
        return f"at {venue}"
    data = load(lang)["venues"]
    plain = venue.lower()
    words = plain.split(" ")
    if told.lower() in data["without_article"] or plain in data["without_article"]:
        return say("a", told, lang)
    feminine = (
        told.lower().startswith("la ")
        or words[0] in data["feminine_first"]
        or words[-1] in data["feminine_last"]
    )
    return say("a", Noun(venue, "f" if feminine else "m"), lang)


def occasion(match: Match, lang: str) -> str:
    """Say on what occasion: "in Serie A", "nella semifinale di Coppa Italia", else in brackets."""
    competition = _without_article(clean(match.competition or ""))
    round_ = _without_article(clean(match.round or ""))
    if lang != "it":
        return _in_brackets(competition, round_)
    of, at = _competition(competition, lang)
    stage = _round(round_, lang)
    if competition and not of:
        return _in_brackets(competition, round_)
    if stage is not None:
        return f"{say('in', stage, lang)} {of}".strip()
    return f"{at} {_in_brackets(round_)}".strip()


def _without_article(name: str) -> str:
    """Drop the article that a name was read with, or that belongs to it ("La Favorita")."""
    return re.sub(r"^(?:(?:il|lo|la|i|gli|le) |l['’])(?=.)", "", name, flags=re.IGNORECASE)


def is_bracketed(words: str) -> bool:
    """Tell whether an occasion stands in brackets: then it can only end a sentence."""
    return words.startswith("(")


def _in_brackets(*parts: str) -> str:
    known = ", ".join(part for part in parts if part)
    return f"({known})" if known else ""


def _competition(name: str, lang: str) -> tuple[str, str]:
    """Give a competition after "of" and after "in"; empty where the lexicon does not know it."""
    data, plain = load(lang)["competitions"], name.lower()
    for kind in ("none", "m", "f", "mp", "fp"):
        for head in data[kind]:
            if plain == head or plain.startswith(f"{head} "):
                noun = Noun(name, "bare" if kind == "none" else kind)
                first = plain.split(" ")[0]
                return say("di", noun, lang), say("a" if first in data["at"] else "in", noun, lang)
    return "", ""


def _round(name: str, lang: str) -> Noun | None:
    """Give a round as a noun, or None where the lexicon does not know it."""
    data = load(lang)["rounds"]
    for word in name.lower().split(" "):
        for kind in ("m", "f", "mp", "fp"):
            if word in data[kind]:
                return Noun(name if name.isupper() else name[0].lower() + name[1:], kind)
    return None
