"""The match in two to four sentences, from the record alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matchcli.rendering.summary.goals import goals, told_one_by_one
from matchcli.rendering.summary.grammar import sentence
from matchcli.rendering.summary.result import coach, half_time, last_score, officials, result
from matchcli.rendering.summary.story import story_of
from matchcli.rendering.summary.turns import turns
from matchcli.rendering.summary.voice import Voice

if TYPE_CHECKING:
    from matchcli.record import Record

__all__ = ["SENTENCES", "summarize"]

#: Sentences of a summary, at most.
SENTENCES = 4


def summarize(record: Record, lang: str = "it") -> str:
    """Tell a match in two to four sentences; fewer where the record knows too little.

    The wording varies from match to match and is always the same for one match.  Nothing is said
    that the record does not hold.  Raises ``ValueError`` for a language that there is not.
    """
    voice, story = Voice(record.match, lang), story_of(record)
    score = record.match.score
    told = [result(record, story, voice)]
    if score.home is None or score.away is None:
        told.append(last_score(record, voice) or half_time(score, voice))
    elif not told_one_by_one(story) and score.home + score.away > 0:
        told.append(half_time(score, voice))
    told += goals(story, score, voice)
    turning = turns(record, story, voice)
    told = [part for part in told if part]
    # Whatever else is left out, the turning points are told.
    told = told[: SENTENCES - bool(turning)] + ([turning] if turning else [])
    if len(told) < 2:
        told.append(officials(record.match, voice) or coach(record.match, voice))
    return " ".join(sentence(part) for part in told if part)
