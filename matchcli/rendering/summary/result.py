"""Who won, where and on what occasion, and what else the header tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matchcli.rendering.clean import clean
from matchcli.rendering.describe import number
from matchcli.rendering.summary import setting
from matchcli.rendering.summary.grammar import Noun, Value, score_noun

if TYPE_CHECKING:
    from matchcli.record import Match, Record, Score, Tally
    from matchcli.rendering.summary.story import Story
    from matchcli.rendering.summary.voice import Voice

#: From this difference on a win is a large one.
LARGE = 3


def result(record: Record, story: Story, voice: Voice) -> str:
    """Tell how the match ended."""
    match = record.match
    kind = _kind(record, story, voice)
    pool = list(voice.data["result"][kind])
    if kind in ("win_narrow", "win_large"):
        pool += voice.data["result"]["win"]
    where, occasion = setting.where(match, voice.lang), setting.occasion(match, voice.lang)
    values = _values(match.score, kind, voice) | {"where": where, "occasion": occasion}
    if not setting.is_bracketed(occasion):
        return voice.say(pool, "result", values)
    # Brackets read well only where the phrase has its occasion last.
    last = [phrase for phrase in pool if phrase["text"].endswith("{occasion}")]
    if last:
        return voice.say(last, "result", values)
    return f"{voice.say(pool, 'result', values | {'occasion': ''})} {occasion}"


def _kind(record: Record, story: Story, voice: Voice) -> str:
    """Tell which of the lexicon's results this is."""
    score = record.match.score
    known = score.home is not None and score.away is not None
    if _is_abandoned(record, voice):
        return "abandoned" if known else "abandoned_unknown"
    if score.home is None or score.away is None:
        return "unknown"
    if score.shootout is not None and score.shootout.home != score.shootout.away:
        return "shootout_extra_time" if score.extra_time else "shootout"
    if score.home == score.away:
        if score.extra_time:
            return "draw_extra_time"
        return "draw_goalless" if score.home == 0 else "draw"
    if score.extra_time:
        return "win_extra_time"
    if story.comeback:
        return "win_comeback"
    margin = abs(score.home - score.away)
    return "win_large" if margin >= LARGE else "win_narrow" if margin == 1 else "win"


def _is_abandoned(record: Record, voice: Voice) -> bool:
    signs = voice.data["abandoned"]["signs"]
    return any(sign in warning.code.lower() for warning in record.warnings for sign in signs)


def _values(score: Score, kind: str, voice: Voice) -> dict[str, Value]:
    """Give the sides and the scores; a winner's goals stand first, else the home side's."""
    values: dict[str, Value] = {"home": voice.teams["home"], "away": voice.teams["away"]}
    if score.home is None or score.away is None:
        return values
    values["score"] = score_noun(score.home, score.away, voice.lang)
    if kind.startswith("shootout") and score.shootout is not None:
        kicks = (score.shootout.home, score.shootout.away)
        values |= _winner(*kicks, voice) | {"kicks": Noun(f"{max(kicks)}-{min(kicks)}")}
    elif kind.startswith("win"):
        goals = (score.home, score.away)
        values |= _winner(*goals, voice) | {"score": score_noun(max(goals), min(goals), voice.lang)}
    return values


def _winner(home: int, away: int, voice: Voice) -> dict[str, Value]:
    first, second = voice.teams["home"], voice.teams["away"]
    return {"winner": first, "loser": second} if home > away else {"winner": second, "loser": first}


def half_time(score: Score, voice: Voice) -> str:
    """Tell the score at half-time, or nothing."""
    return _standing("half_time", score.half_time, voice) if score.half_time is not None else ""


def last_score(record: Record, voice: Voice) -> str:
    """Tell the last running score of the events, or nothing."""
    scores = [event.score for event in record.events if event.score is not None]
    return _standing("standing", scores[-1], voice) if scores else ""


def _standing(section: str, tally: Tally, voice: Voice) -> str:
    phrases = voice.data[section]
    if tally.home == tally.away:
        return voice.say(phrases["level"], section, {"score": score_noun(tally.home, tally.away, voice.lang)})
    leader = voice.teams["home" if tally.home > tally.away else "away"]
    score = score_noun(max(tally.home, tally.away), min(tally.home, tally.away), voice.lang)
    return voice.say(phrases["leader"], section, {"score": score, "team": leader})


def officials(match: Match, voice: Voice) -> str:
    """Name the referee and count the crowd, as far as they are known."""
    referee = clean(match.referee or "")
    crowd = number(match.attendance, voice.lang) if match.attendance is not None else ""
    if not referee and not crowd:
        return ""
    kind = "both" if referee and crowd else "referee" if referee else "crowd"
    return voice.say(voice.data["officials"][kind], "officials", {"referee": referee, "crowd": crowd})


def coach(match: Match, voice: Voice) -> str:
    """Name a coach, the home side's first, or nothing."""
    for team, noun in ((match.home, voice.teams["home"]), (match.away, voice.teams["away"])):
        if team.coach:
            return voice.say(voice.data["coach"]["of"], "coach", {"coach": clean(team.coach), "team": noun})
    return ""
