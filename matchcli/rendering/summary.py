"""The match in two to four sentences, from the record alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matchcli.rendering import setting, times
from matchcli.rendering.clean import clean
from matchcli.rendering.describe import number
from matchcli.rendering.grammar import Noun, Value, fill, say, score_noun, sentence, team_noun
from matchcli.rendering.story import Story, story_of, turning_points, woodwork
from matchcli.rendering.words import load

if TYPE_CHECKING:
    from matchcli.record import Event, Record, Tally

#: Goals up to this many are told one by one, more are listed.
TOLD = 5
#: Turning points beyond this many are left to the timeline.
TURNS = 4
#: Sentences of a summary, at most.
SENTENCES = 4


def summarize(record: Record, lang: str = "it") -> str:
    """Tell a match in two to four sentences; fewer where the record knows too little.

    The wording varies from match to match and is always the same for one match.  Nothing is said
    that the record does not hold.  Raises ``ValueError`` for a language that there is not.
    """
    return _Writer(record, lang).write()


class _Writer:
    """One summary in the making."""

    def __init__(self, record: Record, lang: str) -> None:
        self.record = record
        self.match = record.match
        self.lang = lang
        self.data: dict[str, Any] = load(lang)
        self.story: Story = story_of(record)
        self.women = self._are_women()
        self.used: set[str] = set()
        self.teams = {"home": self._team("home"), "away": self._team("away")}

    def write(self) -> str:
        goals = self._goals()
        told_in_order = bool(self.story.roles) and len(self.story.roles) <= TOLD
        sentences = [self._result()]
        half_time = self.match.score.half_time
        goalless = self.match.score.home == self.match.score.away == 0
        if half_time is not None and not told_in_order and not goalless:
            sentences.append(self._standing("half_time", half_time))
        elif self.match.score.home is None or self.match.score.away is None:
            sentences.append(self._last_score())
        sentences += goals
        turns = self._turns()
        sentences = [part for part in sentences if part]
        # Whatever else is left out, the turning points are told.
        sentences = sentences[: SENTENCES - bool(turns)] + ([turns] if turns else [])
        if len(sentences) < 2:
            sentences += [part for part in (self._officials(), self._coach()) if part][:1]
        return " ".join(sentence(part) for part in sentences)

    # Words

    def _choose(self, phrases: Sequence[dict[str, Any]], slot: str) -> str:
        """Choose a phrase by the match alone, so that it is the same each time; none twice if it can be."""
        match = self.match
        texts = [phrase["text"] for phrase in phrases]
        texts = [text for text in texts if text not in self.used] or texts
        key = "|".join(
            str(part)
            for part in (match.home.name, match.away.name, match.score, match.competition, match.date, slot)
        )
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
        chosen = texts[int.from_bytes(digest[:4], "big") % len(texts)]
        self.used.add(chosen)
        return chosen

    def _say(self, phrases: Sequence[dict[str, Any]], slot: str, **values: Value) -> str:
        return fill(self._choose(phrases, slot), values, self.lang)

    def _team(self, side: str) -> Noun:
        team = self.match.home if side == "home" else self.match.away
        name = clean(team.name or "")
        return team_noun(name, self.lang) if name else Noun(**self.data["sides"][side])

    def _are_women(self) -> bool:
        known = (self.match.competition, self.match.home.name, self.match.away.name)
        words = " ".join(part or "" for part in known).lower()
        return any(sign in words for sign in self.data["women"]["signs"])

    # The result

    def _result(self) -> str:
        phrases = self.data["result"]
        score = self.match.score
        occasion = setting.occasion(self.match, self.lang)
        values: dict[str, Value] = {
            **self.teams,
            "where": setting.where(self.match, self.lang),
            "occasion": "" if setting.is_bracketed(occasion) else occasion,
        }
        kind = self._kind_of_result()
        if score.home is not None and score.away is not None:
            values |= self._winner(score.home, score.away)
            values["score"] = score_noun(score.home, score.away, self.lang)
            if score.shootout is not None and score.shootout.home != score.shootout.away:
                values |= self._winner(score.shootout.home, score.shootout.away)
                high, low = sorted((score.shootout.home, score.shootout.away), reverse=True)
                values["kicks"] = Noun(f"{high}-{low}")
            elif score.home != score.away:
                high, low = max(score.home, score.away), min(score.home, score.away)
                values["score"] = score_noun(high, low, self.lang)
        pool = list(phrases[kind])
        if kind in ("win_narrow", "win_large"):
            pool += phrases["win"]
        if setting.is_bracketed(occasion):
            # Brackets read well only where the phrase has its occasion last.
            last = [phrase for phrase in pool if phrase["text"].endswith("{occasion}")]
            if last:
                return self._say(last, "result", **(values | {"occasion": occasion}))
            return f"{self._say(pool, 'result', **values)} {occasion}"
        return self._say(pool, "result", **values)

    def _kind_of_result(self) -> str:
        score = self.match.score
        known = score.home is not None and score.away is not None
        if self._is_abandoned():
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
        if self.story.comeback:
            return "win_comeback"
        margin = abs(score.home - score.away)
        return "win_large" if margin >= 3 else "win_narrow" if margin == 1 else "win"

    def _is_abandoned(self) -> bool:
        signs = self.data["abandoned"]["signs"]
        return any(sign in warning.code.lower() for warning in self.record.warnings for sign in signs)

    def _winner(self, home: int, away: int) -> dict[str, Value]:
        if home == away:
            return {}
        order = ("home", "away") if home > away else ("away", "home")
        return {"winner": self.teams[order[0]], "loser": self.teams[order[1]]}

    def _last_score(self) -> str:
        scores = [event.score for event in self.record.events if event.score is not None]
        return self._standing("standing", scores[-1]) if scores else ""

    def _standing(self, section: str, tally: Tally) -> str:
        if tally.home == tally.away:
            level = score_noun(tally.home, tally.away, self.lang)
            return self._say(self.data[section]["level"], section, score=level)
        leader = "home" if tally.home > tally.away else "away"
        score = score_noun(max(tally.home, tally.away), min(tally.home, tally.away), self.lang)
        return self._say(self.data[section]["leader"], section, score=score, team=self.teams[leader])

    # The goals

    def _goals(self) -> list[str]:
        goals, roles = self.story.goals, self.story.roles
        if not goals:
            score = self.match.score
            scored = (score.home or 0) + (score.away or 0) > 0
            return [self._say(self.data["scorers"]["none"], "scorers")] if scored else []
        if not any(goal.player or goal.minute_range or goal.period for goal in goals):
            return [self._say(self.data["scorers"]["none"], "scorers")]
        if not roles or len(roles) > TOLD:
            return [self._scorers()]
        clauses = [self._goal(place) for place in range(len(goals))]
        if len(clauses) == 2:
            return [self._join_two(clauses[0], clauses[1])]
        if len(clauses) == TOLD:
            return ["; ".join(clauses[:3]), "; ".join(clauses[3:])]
        return ["; ".join(clauses)]

    def _join_two(self, first: str, second: str) -> str:
        # No "and": after the name of a helper it would read as one more name.
        links = [{"text": link} for link in self.data["lists"]["then"]]
        return first + self._choose(links, "then") + second

    def _goal(self, place: int) -> str:
        goal, role = self.story.goals[place], self.story.roles[place]
        player = clean(goal.player or "")
        own_goal = "own_goal" in goal.qualifiers
        values: dict[str, Value] = {
            "player": player,
            "team": self.teams[goal.team or "home"],
            "how": "" if own_goal else self._how(goal),
            "when": times.when(goal, self.lang),
        }
        slot = f"goal{place}"
        earlier = {
            clean(other.player or "")
            for other in self.story.goals[:place]
            if "own_goal" not in other.qualifiers and other.team == goal.team
        }
        if player and not own_goal and player in earlier and role in self.data["worth"]:
            return self._say(self.data["goal"]["again"], slot, worth=self.data["worth"][role], **values)
        kind = "team" if not player else "own" if own_goal else "person"
        return self._say(self.data["goal"][role][kind], slot, **values)

    def _how(self, goal: Event) -> str:
        ways = self.data["ways"]
        told = [ways[way] for way in ways if way in goal.qualifiers][:2]
        # A kick from the spot is told by no more than that.
        if "penalty" in goal.qualifiers:
            told = told[:1]
        helper = clean(goal.assist or goal.player2 or "")
        if helper and "penalty" not in goal.qualifiers and len(told) < 2:
            told.append(fill(ways["assist"], {"helper": helper}, self.lang))
        return " ".join(told)

    def _scorers(self) -> str:
        """List the scorers of each side with their minutes."""
        sides = []
        for side in ("home", "away", None):
            goals = [goal for goal in self.story.goals if goal.team == side]
            if not goals:
                continue
            listed = self._listed([self._scorer(name, of_him) for name, of_him in _by_scorer(goals)])
            if side is not None:
                listed += " " + fill(self.data["scorer"]["side"], {"team": self.teams[side]}, self.lang)
            sides.append(listed)
        kind = "all" if self.story.complete else "some"
        return self._say(self.data["scorers"][kind], "scorers", scorers="; ".join(sides))

    def _scorer(self, name: tuple[str, bool], goals: list[Event]) -> str:
        player, own_goal = name
        words = self.data["scorer"]
        shown = fill(words["own_goal"], {"player": player}, self.lang) if own_goal else player
        marks = []
        for goal in goals:
            penalty = words["penalty"] if "penalty" in goal.qualifiers else ""
            mark = " ".join(part for part in (times.brief(goal, self.lang), penalty) if part)
            if mark:
                marks.append(mark)
        shown = shown or words["nameless"]
        return f"{shown} ({', '.join(marks)})" if marks else shown

    def _listed(self, parts: list[str]) -> str:
        lists = self.data["lists"]
        if len(parts) == 1:
            return parts[0]
        return lists["comma"].join(parts[:-1]) + lists["and"] + parts[-1]

    # What turned the match

    def _turns(self) -> str:
        events = turning_points(self.record)
        if len(events) > TURNS:
            # A penalty that was only given weighs least, a sending-off most.
            kept = sorted(events, key=lambda event: _WEIGHT[event.type])[:TURNS]
            events = [event for event in events if any(event is one for one in kept)]
        if not events and len(self.story.goals) <= 2:
            events = woodwork(self.record)[:2]
        said: list[str] = []
        last = ""
        for place, event in enumerate(events):
            when = times.when(event, self.lang)
            # "Nella ripresa ...; nella ripresa ..." says the same twice.
            turn = self._turn(event, place, "" if when == last else when)
            last = when
            said += [turn] if turn else []
        return "; ".join(said)

    def _turn(self, event: Event, place: int, when: str) -> str:
        player, keeper = clean(event.player or ""), clean(event.player2 or "")
        team = self.teams[event.team] if event.team is not None else None
        values: dict[str, Value] = {
            "when": when,
            "player": player,
            "keeper": keeper,
            "team": team or "",
            "side": f"({say('bare', team, self.lang)})" if team is not None else "",
        }
        phrases = self.data["turn"]
        slot = f"turn{place}"
        if event.type == "penalty_missed" and player and keeper:
            return self._say(phrases["penalty_saved"], slot, **values)
        kind = event.type if event.type != "shot" else _wood(event)
        if "var" in event.qualifiers and f"{kind}_var" in phrases:
            kind = f"{kind}_var"
        forms = phrases[kind]
        if player and self.women and "woman" in forms:
            return self._say(forms["woman"], slot, **values)
        if player and "person" in forms:
            return self._say(forms["person"], slot, **values)
        if team is not None:
            return self._say(forms["team"], slot, **values)
        return self._say(forms["nobody"], slot, **values) if "nobody" in forms else ""

    # The rest

    def _officials(self) -> str:
        referee = clean(self.match.referee or "")
        crowd = number(self.match.attendance, self.lang) if self.match.attendance is not None else ""
        if not referee and not crowd:
            return ""
        kind = "both" if referee and crowd else "referee" if referee else "crowd"
        return self._say(self.data["officials"][kind], "officials", referee=referee, crowd=crowd)

    def _coach(self) -> str:
        for side, team in (("home", self.match.home), ("away", self.match.away)):
            if team.coach:
                coach = clean(team.coach)
                return self._say(self.data["coaches"]["home"], "coach", coach=coach, team=self.teams[side])
        return ""


_WEIGHT = {
    "red_card": 0,
    "second_yellow": 0,
    "penalty_missed": 1,
    "penalty_overturned": 2,
    "disallowed_goal": 3,
    "penalty_awarded": 4,
}


def _wood(shot: Event) -> str:
    if "post" in shot.qualifiers:
        return "post"
    return "crossbar" if "crossbar" in shot.qualifiers else "woodwork"


def _by_scorer(goals: list[Event]) -> list[tuple[tuple[str, bool], list[Event]]]:
    """Group goals by who scored them, in the order of the first of each; nameless ones apart."""
    groups: dict[tuple[str, bool], list[Event]] = {}
    for goal in goals:
        name = (clean(goal.player or ""), "own_goal" in goal.qualifiers and bool(goal.player))
        groups.setdefault(name, []).append(goal)
    return list(groups.items())
