"""The figures: how much of the gold was found, and how much of what was found is right.

- found: a predicted event and a gold event of one match are a pair;
- strict: a pair that is right in type, team, player and minute;
- goals_perfect: the share of matches whose goals are all strictly right, with none invented;
- slot_NAME: the share of pairs, among those where gold knows it, that have the slot right;
- header: the same for teams, score, competition, venue, referee and coaches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from matchcli.evaluation.gold import KEY_TYPES, TYPES, Case
from matchcli.evaluation.names import same_name
from matchcli.evaluation.pairing import align, minute_right, pair, player_right

_OTHER_SIDE: dict[str | None, str] = {"home": "away", "away": "home"}

#: The field that holds gold's ``player2``, for each event type.
_SECOND_PLAYER = {"goal": "assist", "substitution": "player_off"}


@dataclass(slots=True)
class Counts:
    """Events of one type: in the gold, predicted, paired, and paired strictly right."""

    gold: int = 0
    predicted: int = 0
    found: int = 0
    strict: int = 0

    @property
    def precision(self) -> float:
        return self.found / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return self._f1(self.found)

    @property
    def strict_f1(self) -> float:
        return self._f1(self.strict)

    def _f1(self, right: int) -> float:
        """2PR / (P + R), which is twice the right ones over all that were wanted and given."""
        return 2 * right / (self.gold + self.predicted) if right else 0.0


@dataclass(slots=True)
class Share:
    """So many right of so many."""

    right: int = 0
    total: int = 0

    def add(self, good: bool) -> None:
        self.right += good
        self.total += 1

    @property
    def value(self) -> float:
        return self.right / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is not as in the gold: ``kind`` is header, missed, wrong or invented."""

    case: str
    kind: str
    message: str


@dataclass(slots=True)
class Scores:
    """All figures over some cases; ``counts`` has the groups ``all``, ``key`` and each type."""

    matches: int = 0
    surplus_matches: int = 0
    perfect_goals: int = 0
    counts: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    slots: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    headers: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    mistakes: list[Mistake] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The figures by name, rounded to four places."""
        out: dict[str, float] = {
            "matches": self.matches,
            "surplus_matches": self.surplus_matches,
            "goals_perfect": round(self.perfect_goals / self.matches, 4) if self.matches else 0.0,
        }
        for group in ("all", "key", *TYPES):
            if group in self.counts:
                out[f"{group}_f1"] = round(self.counts[group].f1, 4)
                out[f"{group}_strict_f1"] = round(self.counts[group].strict_f1, 4)
        for name, share in sorted(self.slots.items()):
            out[f"slot_{name}"] = round(share.value, 4)
        for name, share in sorted(self.headers.items()):
            out[f"header_{name}"] = round(share.value, 4)
        header = Share(
            sum(share.right for share in self.headers.values()),
            sum(share.total for share in self.headers.values()),
        )
        out["header"] = round(header.value, 4)
        return out


def score(cases: Iterable[Case], records: Mapping[str, Sequence[dict[str, Any]]]) -> Scores:
    """Score records, given by the name of their case, against the gold of the cases."""
    scores = Scores()
    for case in cases:
        aligned, surplus = align(case.matches, records.get(case.name, []))
        scores.surplus_matches += surplus
        for number, gold in enumerate(case.matches):
            record, swapped = aligned.get(number, (None, False))
            _score_match(scores, case, gold, record, swapped)
    return scores


def _score_match(
    scores: Scores, case: Case, gold: dict[str, Any], record: dict[str, Any] | None, swapped: bool
) -> None:
    scores.matches += 1
    for name, right in _header_slots(gold, record):
        scores.headers[name].add(right)
        if not right:
            scores.mistakes.append(Mistake(case.name, "header", f"{name}: {gold.get(name)!r}"))
    events = [dict(event) for event in (record or {}).get("events", []) if event["type"] in TYPES]
    if swapped:
        for event in events:
            event["team"] = _OTHER_SIDE.get(event.get("team"))
    pairs = pair(gold["events"], events, case.text)
    perfect = True
    for index, wanted in enumerate(gold["events"]):
        found = events[pairs[index]] if index in pairs else None
        strict = found is not None and _score_pair(scores, case, wanted, found)
        for counts in _groups(scores, wanted["type"]):
            counts.gold += 1
            counts.found += found is not None
            counts.strict += strict
        if found is None:
            told = f"{wanted['type']} {wanted['player']} {wanted['minute']}: {wanted['quote']!r}"
            scores.mistakes.append(Mistake(case.name, "missed", told))
        perfect &= strict or wanted["type"] != "goal"
    paired = set(pairs.values())
    for index, event in enumerate(events):
        for counts in _groups(scores, event["type"]):
            counts.predicted += 1
        if index not in paired:
            perfect &= event["type"] != "goal"
            place = case.text[slice(*event["span"])] if event.get("span") else ""
            told = f"{event['type']} {event.get('player')} {event.get('minute')}: {place[:90]!r}"
            scores.mistakes.append(Mistake(case.name, "invented", told))
    scores.perfect_goals += perfect


def _groups(scores: Scores, kind: str) -> Iterator[Counts]:
    yield scores.counts[kind]
    yield scores.counts["all"]
    if kind in KEY_TYPES:
        yield scores.counts["key"]


def _score_pair(scores: Scores, case: Case, gold: dict[str, Any], event: dict[str, Any]) -> bool:
    """Count the slots of a pair; True where it is strictly right."""
    right = {
        "type": gold["type"] == event["type"],
        "team": gold["team"] is None or gold["team"] == event.get("team"),
        "player": player_right(gold, event),
        "minute": minute_right(gold, event),
    }
    for name, good in (*right.items(), *_further_slots(gold, event)):
        scores.slots[name].add(good)
    wrong = [name for name, good in right.items() if not good]
    if wrong:
        told = (
            f"{'+'.join(wrong)} in {gold['type']}: wanted {gold['player']} {gold['team']} {gold['minute']} "
            f"got {event.get('player')} {event.get('team')} {event.get('minute')}: {gold['quote']!r}"
        )
        scores.mistakes.append(Mistake(case.name, "wrong", told))
    return not wrong


def _further_slots(gold: dict[str, Any], event: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Slots that are counted but not asked of a strict pair."""
    if gold["period"]:
        yield "period", gold["period"] == event.get("period")
    if gold["outcome"]:
        yield "outcome", gold["outcome"] == event.get("outcome")
    if gold["player2"]:
        slot = _SECOND_PLAYER.get(gold["type"], "player2")
        yield slot, same_name(gold["player2"], event.get(slot))
    if gold["type"] == "goal":
        for qualifier in ("penalty", "own_goal", "header", "free_kick"):
            if qualifier in gold["qualifiers"]:
                yield qualifier, qualifier in event.get("qualifiers", [])


def _header_slots(gold: dict[str, Any], record: dict[str, Any] | None) -> Iterator[tuple[str, bool]]:
    match: dict[str, Any] = record["match"] if record else {"home": {}, "away": {}}
    result: dict[str, Any] = match.get("score") or {}
    for side in ("home", "away"):
        yield side, same_name(gold[side], match[side].get("name"))
    goals = [result.get("home"), result.get("away")]
    yield "score", bool(record) and goals == [gold["home_goals"], gold["away_goals"]]
    for name in ("half_time", "shootout"):
        if gold[name]:
            told = result.get(name) or {}
            yield name, [told.get("home"), told.get("away")] == gold[name]
    if gold["extra_time"]:
        yield "extra_time", bool(result.get("extra_time"))
    for name in ("competition", "venue", "referee"):
        if gold[name]:
            yield name, same_name(gold[name], match.get(name))
    for side in ("home", "away"):
        if gold[f"{side}_coach"]:
            yield "coach", same_name(gold[f"{side}_coach"], match[side].get("coach"))
