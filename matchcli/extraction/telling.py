"""From rows with cues to the event mentions of a text, in text order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matchcli.extraction.actions import Action, EventMention, RowReader, Score, _person
from matchcli.extraction.arguments import Grammar, preposition
from matchcli.extraction.cues import Cue, find_cues
from matchcli.extraction.items import Row
from matchcli.extraction.mentions import TimeMention
from matchcli.extraction.references import PersonRef, TeamRef

_SHOT_OUTCOME = {
    "saved": "saved", "blocked": "blocked", "cleared": "cleared", "woodwork": "woodwork", "off_target": "off_target",
}  # fmt: skip
_INCIDENT = frozenset({"foul", "handball", "penalty", "award", "overturn", "appeal", "deny", "var"})


@dataclass(slots=True)
class Telling:
    """What the rows of a text tell: events, and who stands with whom."""

    events: list[EventMention] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two references that the words put on the same side or on opposite sides."""

    one: PersonRef | TeamRef
    other: PersonRef | TeamRef
    same: bool
    weight: float


def tell(rows: Sequence[Row]) -> Telling:
    """The event mentions of ``rows`` in text order."""
    story = Telling()
    incident: Incident | None = None
    for row in rows:
        cues = find_cues(row)
        scores = _scores(row)
        reader = RowReader(row, cues)
        actions = reader.read([], scores)
        aside = _aside_from(row, reader.grammar, cues)
        if incident is not None and not incident.goes_on(row, cues):
            story.events += incident.close()
            incident = None
        relevant = [c for c in cues if c.kind in _INCIDENT and "spot" not in c.entry.flags]
        if any(c.kind in ("penalty", "award", "appeal", "deny", "handball", "overturn") for c in relevant) or (
            incident is not None and relevant
        ):
            for cue in relevant:
                if incident is not None and incident.settled_before(cue):
                    story.events += incident.close()
                    incident = None
                incident = incident or Incident(row)
                incident.take(row, cue, reader.grammar)
        made: list[EventMention] = []
        awarded = incident is not None and incident.awarded
        for action in actions:
            event = _event_of(action, reader, awarded, cues)
            if event is not None:
                made.append(event)
        made += _cards(row, reader.grammar, cues, incident)
        made += _substitutions(row, reader.grammar, cues)
        made += _injuries(row, reader.grammar, cues)
        for event in made:
            if aside is not None and aside <= event.position:
                event.flags.add("aside")
        if _pluperfect(row):
            for event in made:
                event.flags.add("flashback")
        story.events += sorted(made, key=lambda e: e.position)
        story.ties += _ties(row, cues)
    if incident is not None:
        story.events += incident.close()
    story.events.sort(key=lambda e: (e.start, e.end))
    return story


def _ties(row: Row, cues: Sequence[Cue]) -> list[Tie]:
    """Who passes to whom, fouls whom, stops whom; and the team that is the subject before a player."""
    ties: list[Tie] = []

    def tie(cue: Cue, one: str, other: str, same: bool, weight: float) -> None:
        for a in cue.roles.get(one, []):
            for b in cue.roles.get(other, []):
                ties.append(Tie(row.items[a].reference, row.items[b].reference, same, weight))

    for cue in cues:
        own = "own" in cue.entry.flags
        if cue.kind == "pass":
            tie(cue, "giver", "receiver", True, 0.7)
        elif cue.kind in ("foul", "appeal", "handball", "duel"):
            tie(cue, "offender", "victim", False, 0.7)
        elif cue.kind in ("save", "block", "clear", "beaten", "goal", "spot_miss", "attempt"):
            tie(cue, "keeper", "player", own, 0.6)
        elif cue.kind == "sub":
            tie(cue, "on", "off", True, 1.0)
    team: TeamRef | None = None
    since = 0
    for position, item in enumerate(row.items):
        if item.kind == "team":
            team, since = item.reference, position
        elif item.kind == "person" and team is not None:
            word = preposition(row, position)
            between = [i.text for i in row.items[since + 1 : position] if i.is_word]
            if word == "con":
                ties.append(Tie(team, item.reference, True, 0.5))
            elif word in (None, "di", "per") and len(between) < 14 and ";" not in between:
                ties.append(Tie(team, item.reference, True, 0.15))
    return ties


def _pluperfect(row: Row) -> bool:
    """Whether the main clause of the row is told in the pluperfect: a step back in time."""
    words = row.sentence.words
    for word in words:
        if (
            word.upos == "AUX"
            and word.feats.get("Tense") == "Imp"
            and word.feats.get("Mood") == "Ind"
            and word.lemma in ("avere", "essere")
            and word.head >= 0
            and words[word.head].feats.get("VerbForm") == "Part"
            and words[word.head].deprel in ("root", "conj", "parataxis")
        ):
            return True
    return False


def _scores(row: Row) -> dict[int, Score]:
    """Scores of the row by item position, with what their neighbours make of them."""
    found: dict[int, Score] = {}
    for position, item in enumerate(row.items):
        if item.kind != "score":
            continue
        first, second = item.reference
        word = preposition(row, position)
        before = [i for i in row.items[max(0, position - 4) : position] if i.is_word]
        lemmas = {l for i in before for l in i.lemmas}
        use = "bare"
        if word == "su":
            use = "state"
        elif word in ("di",):
            use = "of"
            if lemmas & {"gol", "rete", "sigillo", "firma", "autore", "marcatura"}:
                use = "result"
        elif word in ("per", "con"):
            use = "result" if word == "per" else "state"
        elif lemmas & {"finire", "vincere", "terminare", "finito", "chiudere", "chiudersi", "pareggiare", "perdere", "battere", "finì"}:
            use = "final"
        elif lemmas & {"fare", "essere", "è", "valere"}:
            use = "result"
        found[position] = Score(first, second, use)
    return found


def _aside_from(row: Row, grammar: Grammar, cues: Sequence[Cue]) -> int | None:
    """The item from which the row tells of something else than this match; None when it does not."""
    asides = [c for c in cues if c.kind == "aside" and "broad" in c.entry.flags]
    if not asides:
        return None
    first = min(asides, key=lambda c: c.position)
    clause = grammar.clause(first.position)
    # words before the aside in another clause are the story, unless the aside opens the sentence
    return 0 if first.position <= 6 else clause.start


def _near_time(row: Row, grammar: Grammar, first: int, last: int) -> list[TimeMention]:
    """The time expression that goes with items first..last: inside, right after, or the last before."""
    items = row.items
    for position in range(first, min(last + 1, len(items))):
        if items[position].kind == "time":
            return [items[position].reference]
    for position in range(last + 1, min(last + 5, len(items))):
        item = items[position]
        if item.kind == "time":
            following = items[position + 1] if position + 1 < len(items) else None
            if following is None or following.is_punctuation or following.text in ("e", "ed"):
                return [item.reference]
            break
        if item.is_word and (item.text in ".;:" or item.upos in ("VERB",)):
            break
    for position in range(first - 1, -1, -1):
        if items[position].kind == "time":
            return [items[position].reference]
    return []


def _ref(row: Row, position: int | None) -> PersonRef | None:
    if position is None:
        return None
    reference = row.items[position].reference
    return reference if isinstance(reference, PersonRef) else None


def _span(row: Row, first: int, last: int) -> tuple[int, int]:
    items = row.items
    first = max(0, min(first, len(items) - 1))
    last = max(first, min(last, len(items) - 1))
    return items[first].start, items[last].end


def _event_of(action: Action, reader: RowReader, awarded: bool, cues: Sequence[Cue]) -> EventMention | None:
    """The event that an action tells, or None when it tells none."""
    row = action.row
    attempts = [c for c in action.cues if c.kind != "pass"]
    if not attempts:
        return None
    result = action.result
    player = action.player
    if player is None and action.keeper is None and action.team is None and result in (None, "off_target", "saved"):
        if all(c.entry.weight < 0.7 for c in attempts):
            if not (result and any("shot_noun" in c.entry.flags for c in attempts)):
                if result is None or len(attempts) < 2:
                    return None
    if player is None:
        before = [
            p for p in range(0, action.first) if row.items[p].kind == "person" and preposition(row, p) is None
        ]
        if before and not any(i.text in ".;" for i in row.items[before[-1] : action.first]):
            candidate = before[-1]
            if candidate not in (action.keeper, action.giver):
                player = candidate
    spot = any("spot" in c.entry.flags for c in cues if c.position <= action.last + 6) or any(
        "penalty" in c.entry.qualifiers for c in attempts
    )
    near_penalty = any(
        c.kind == "penalty" and action.first - 8 <= c.position <= action.last + 8 for c in cues
    )
    qualifiers: set[str] = set()
    span_start, span_end = action.first, action.last
    clause = reader.grammar.clause(action.first)
    for cue in cues:
        if cue.kind == "manner" and (
            action.first - 6 <= cue.position <= action.last + 6 and _same_stretch(row, cue, action)
        ):
            qualifiers |= set(cue.entry.qualifiers)
    for cue in attempts:
        qualifiers |= set(cue.entry.qualifiers)
    if action.rebound:
        qualifiers.add("rebound")
    kind = "shot"
    outcome = None
    if result == "disallowed":
        kind = "disallowed_goal"
        if any(c.kind == "var" for c in cues):
            qualifiers.add("var")
    elif result == "spot_miss":
        kind = "penalty_missed"
    elif result == "goal":
        kind = "goal"
    elif result is not None:
        outcome = _SHOT_OUTCOME[result]
    if kind == "shot":
        if (spot or (near_penalty and awarded)) and outcome in ("saved", "woodwork", "off_target"):
            kind, outcome = "penalty_missed", None
        elif action.strength == 0 and sum(c.entry.weight for c in attempts) < 0.7 and player is None:
            return None
    if kind == "goal" and (spot or "penalty" in qualifiers):
        qualifiers.add("penalty")
    if kind == "goal" and player is None and action.score is None and not action.times and "own_goal" not in qualifiers:
        if not (action.keeper is not None or action.giver is not None):
            return None
    if kind == "shot" and not (player is not None or action.team is not None or action.keeper is not None):
        return None
    if kind == "shot" and all(c.unreal or c.negated for c in attempts) and outcome is None:
        if not any("missed" in c.entry.flags for c in attempts) and not any(not c.negated for c in attempts):
            return None
    qualifiers.discard("rebound") if kind == "goal" and not action.rebound and "rebound" in qualifiers and False else None
    first = min([span_start, *([player] if player is not None and player >= clause.start else [])])
    start, end = _span(row, first, span_end)
    event = EventMention(
        type=kind,
        row=row,
        start=start,
        end=end,
        player=_ref(row, player),
        outcome=outcome,
        qualifiers=qualifiers,
        times=list(action.times),
        score=action.score,
        position=action.first,
        weight=min(1.0, 0.4 + 0.3 * action.strength),
    )
    if action.team is not None:
        reference = row.items[action.team].reference
        event.team = reference if isinstance(reference, TeamRef) else None
    if kind == "goal":
        if "own_goal" not in qualifiers and "penalty" not in qualifiers:
            event.assist = _ref(row, action.giver)
        event.other = _ref(row, action.keeper)
    else:
        event.other = _ref(row, action.keeper)
        event.assist = _ref(row, action.giver)
    for cue in attempts:
        event.flags |= set(cue.entry.flags)
    return event


def _same_stretch(row: Row, cue: Cue, action: Action) -> bool:
    low, high = min(cue.position, action.last), max(cue.position, action.last)
    if action.first <= cue.position <= action.last:
        return True
    between = row.items[low:high] if cue.position > action.last else row.items[cue.position : action.first]
    return not any(i.is_word and i.text in (".", ";", ":") for i in between)


# --- penalties


class Incident:
    """A possible penalty, from the foul to the verdict, over one or several rows."""

    def __init__(self, row: Row) -> None:
        self.rows: list[Row] = []
        self.cues: list[tuple[Row, Cue]] = []
        self.grammars: dict[int, Grammar] = {}
        self.block = row.block

    def take(self, row: Row, cue: Cue, grammar: Grammar) -> None:
        if not self.rows or self.rows[-1] is not row:
            self.rows.append(row)
        self.grammars[row.index] = grammar
        self.cues.append((row, cue))

    def settled_before(self, cue: Cue) -> bool:
        """Whether the verdict has fallen, so that ``cue`` begins another incident."""
        kinds = self.kinds
        if cue.kind not in ("foul", "handball", "award", "appeal", "penalty"):
            return False
        if kinds & {"deny", "overturn"} and kinds & {"appeal", "foul", "handball", "award", "penalty"}:
            return not (cue.kind == "penalty" and self.rows[-1] is cue.row)
        return "award" in kinds and cue.kind in ("foul", "handball", "appeal") and self.rows[-1] is not cue.row

    @property
    def kinds(self) -> set[str]:
        return {c.kind for _, c in self.cues if not c.negated or c.kind == "deny"}

    @property
    def awarded(self) -> bool:
        return "award" in self.kinds and "overturn" not in self.kinds

    def goes_on(self, row: Row, cues: Sequence[Cue]) -> bool:
        """Whether ``row`` still tells of this incident."""
        if row.block != self.block or row.index - self.rows[-1].index > 1:
            return False
        kinds = {c.kind for c in cues}
        if self.awarded and not kinds & {"overturn", "var"}:
            return False
        return bool(kinds & {"var", "deny", "overturn", "award"})

    def close(self) -> list[EventMention]:
        kinds = self.kinds
        kind = None
        penal = bool(kinds & {"penalty", "award", "handball"})
        if "award" in kinds and "overturn" in kinds:
            kind = "penalty_overturned"
        elif "award" in kinds and not ("deny" in kinds and not kinds & {"foul", "handball"}):
            kind = "penalty_awarded"
        elif "overturn" in kinds and penal:
            kind = "penalty_overturned"
        elif "deny" in kinds and kinds & {"appeal", "handball", "penalty", "foul"}:
            kind = "penalty_appeal"
        elif "appeal" in kinds and penal:
            kind = "penalty_appeal"
        if kind is None:
            return []
        if kind == "penalty_awarded" and not kinds & {"foul", "handball", "appeal", "var"}:
            strong = any(c.kind == "award" and c.entry.weight >= 1 for _, c in self.cues)
            if not strong:
                return []
        victim = offender = None
        team = None
        for wanted in (("foul", "handball", "appeal", "award", "penalty", "deny")):
            for row, cue in self.cues:
                if cue.kind != wanted:
                    continue
                victim = victim or _ref(row, _person(row, cue, "victim"))
                offender = offender or _ref(row, _person(row, cue, "offender"))
                for positions in cue.roles.values():
                    for position in positions:
                        reference = row.items[position].reference
                        if isinstance(reference, TeamRef) and team is None:
                            team = reference
        if "handball" in kinds and victim is not None and "foul" not in kinds:
            victim = None if kind != "penalty_appeal" or True else victim
        core = [(r, c) for r, c in self.cues if c.kind != "var"] or self.cues
        first_row, first = core[0]
        last_row, last = core[-1]
        start = first_row.items[min([first.position, *[p for v in first.roles.values() for p in v]])].start
        end = max(last.end, first.end)
        event = EventMention(
            type=kind,
            row=first_row,
            start=min(start, first.start),
            end=max(end, first.end),
            player=victim,
            other=offender,
            team=team,
            position=first.position,
        )
        if any(c.kind == "var" for _, c in self.cues):
            event.qualifiers.add("var")
        for row in self.rows:
            if not event.times:
                where = [c for r, c in core if r is row]
                if where:
                    event.times = _near_time(row, self.grammars[row.index], where[0].position, where[-1].stop - 1)
        return [event]


# --- cards, changes, injuries


def _cards(row: Row, grammar: Grammar, cues: Sequence[Cue], incident: Incident | None) -> list[EventMention]:
    made: list[EventMention] = []
    cards = [c for c in cues if c.kind in ("yellow", "second_yellow", "red") and not c.negated and not c.unreal]
    seconds = [c for c in cards if c.kind == "second_yellow"]
    for cue in cards:
        if cue.kind in ("yellow", "red") and any(
            abs(s.position - cue.position) <= 8 and _no_stop(row, s, cue) for s in seconds
        ):
            second = min(seconds, key=lambda s: abs(s.position - cue.position))
            if not second.roles.get("player") and cue.roles.get("player"):
                second.roles["player"] = cue.roles["player"]
            cue.negated = True
    reds = [c for c in cards if c.kind == "red" and not c.negated]
    for number, cue in enumerate(reds):
        if number and cue.position - reds[number - 1].stop <= 8 and _no_stop(row, reds[number - 1], cue):
            if not reds[number - 1].roles.get("player"):
                reds[number - 1].roles.update(cue.roles)
            cue.negated = True
    kind_of = {"yellow": "yellow_card", "second_yellow": "second_yellow", "red": "red_card"}
    for cue in cards:
        if cue.negated:
            continue
        people = [p for p in cue.roles.get("player", []) if row.items[p].kind == "person"]
        if not people:
            offender = next(
                (
                    p
                    for c in reversed([c for c in cues if c.kind in ("foul", "handball") and c.position <= cue.position])
                    for p in c.roles.get("offender", [])
                    if row.items[p].kind == "person"
                ),
                None,
            )
            if offender is None:
                left = [
                    p for p in range(0, cue.position) if row.items[p].kind == "person" and preposition(row, p) is None
                ]
                offender = left[-1] if left else None
            people = [offender] if offender is not None else []
        for person in people or [None]:
            first = min([cue.position, *([person] if person is not None else [])])
            last = max([cue.stop - 1, *([person] if person is not None else [])])
            if person is not None and len(people) > 1:
                times = _near_time(row, grammar, person, person)
                start, end = _span(row, cue.position, max(people))
            else:
                times = _near_time(row, grammar, first, last)
                start, end = _span(row, first, last)
            made.append(
                EventMention(
                    type=kind_of[cue.kind],
                    row=row,
                    start=start,
                    end=end,
                    player=_ref(row, person),
                    times=times,
                    position=cue.position,
                    weight=cue.entry.weight,
                )
            )
    return made


def _no_stop(row: Row, one: Cue, other: Cue) -> bool:
    low, high = sorted((one.position, other.position))
    return not any(i.is_word and i.text in (".", ";") for i in row.items[low:high])


def _substitutions(row: Row, grammar: Grammar, cues: Sequence[Cue]) -> list[EventMention]:
    made: list[EventMention] = []
    for cue in cues:
        if cue.kind != "sub" or cue.unreal or cue.negated:
            continue
        comes = [p for p in cue.roles.get("on", []) if row.items[p].kind == "person"]
        goes = [p for p in cue.roles.get("off", []) if row.items[p].kind == "person"]
        if not comes and not goes:
            continue
        for number in range(max(len(comes), len(goes))):
            on = comes[number] if number < len(comes) else None
            off = goes[number] if number < len(goes) else None
            first = min(cue.position, *comes, *goes, cue.position)
            last = max(cue.stop - 1, *comes, *goes, cue.stop - 1)
            start, end = _span(row, first, last)
            made.append(
                EventMention(
                    type="substitution",
                    row=row,
                    start=start,
                    end=end,
                    player=_ref(row, on),
                    other=_ref(row, off),
                    times=_near_time(row, grammar, first, last),
                    position=cue.position,
                    weight=cue.entry.weight,
                )
            )
    return made


def _injuries(row: Row, grammar: Grammar, cues: Sequence[Cue]) -> list[EventMention]:
    made: list[EventMention] = []
    for cue in cues:
        if cue.kind != "injury" or cue.negated or cue.unreal:
            continue
        person = _person(row, cue, "player")
        if person is None:
            left = [p for p in range(0, cue.position) if row.items[p].kind == "person"]
            person = left[-1] if left else None
        if made and made[-1].row is row:
            continue
        first = min([cue.position, *([person] if person is not None else [])])
        last = max([cue.stop - 1, *([person] if person is not None else [])])
        start, end = _span(row, first, last)
        made.append(
            EventMention(
                type="injury",
                row=row,
                start=start,
                end=end,
                player=_ref(row, person),
                times=_near_time(row, grammar, first, last),
                position=cue.position,
                weight=cue.entry.weight,
            )
        )
    return made
