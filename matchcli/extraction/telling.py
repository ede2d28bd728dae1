"""From rows with cues to the event mentions of a text, in text order."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from matchcli.extraction.actions import Action, EventMention, RowReader, Score
from matchcli.extraction.arguments import Grammar, preposition
from matchcli.extraction.cards import find_cards
from matchcli.extraction.changes import find_injuries, find_substitutions
from matchcli.extraction.cues import Cue, find_cues
from matchcli.extraction.incidents import Incidents, mark_spot_kicks
from matchcli.extraction.items import Row
from matchcli.extraction.near import person_ref, role_person, span_of
from matchcli.extraction.references import PersonRef, TeamRef

_SHOT_OUTCOME = {result: result for result in ("saved", "blocked", "cleared", "woodwork", "off_target")}


@dataclass(slots=True)
class Telling:
    """What the rows of a text tell: events, and who stands with whom."""

    events: list[EventMention] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two references that the words put on the same side or on opposite sides."""

    one: PersonRef | TeamRef
    other: PersonRef | TeamRef
    same: bool
    weight: float


def tell(rows: Sequence[Row], live: Container[int] = ()) -> Telling:
    """The event mentions of ``rows`` in text order; ``live`` are the blocks that are lines of live text."""
    story = Telling()
    incidents = Incidents()
    shootout: int | None = None
    last: EventMention | None = None
    topic: TeamRef | None = None
    topic_block = -1
    for row in rows:
        cues = find_cues(row)
        if _opens_shootout(row):
            shootout = row.block
        if shootout is not None:
            continue
        reader = RowReader(row, cues)
        actions = reader.read([], _scores(row))
        story.events += incidents.take(row, cues, reader.grammar)
        awarded = incidents.awarded
        made = [e for e in (_event_of(a, reader, awarded, cues) for a in actions) if e is not None]
        if last is not None and last.row.block == row.block and last.row.index == row.index - 1:
            made = _goes_on(row, last, made)
        earlier = [c for c in story.cues if c.row.index == row.index - 1 and c.row.block == row.block]
        made += find_cards(row, reader.grammar, cues, earlier)
        made += find_substitutions(row, reader.grammar, cues)
        made += find_injuries(row, reader.grammar, cues)
        aside = _aside_from(row, reader.grammar, cues)
        for event in made:
            if aside is not None and aside <= event.position:
                event.flags.add("aside")
            if _pluperfect(row):
                event.flags.add("flashback")
        made.sort(key=lambda e: e.position)
        if topic_block != row.block:
            topic, topic_block = None, row.block
        for event in made:
            here = [i.reference for i in row.items[: event.position + 1] if i.kind == "team"]
            event.topic = here[-1] if here else topic if row.block in live else None
        named = [i.reference for i in row.items if i.kind == "team"]
        topic = named[-1] if named else topic
        attempts = [e for e in made if e.type in ("goal", "shot", "disallowed_goal", "penalty_missed")]
        last = attempts[-1] if attempts else last
        story.ties += _ties(row, cues) + _ties_of_turns(row, cues, made, story.events)
        story.events += made
        story.cues += cues
    story.events += incidents.close()
    story.events.sort(key=lambda e: (e.start, e.end))
    mark_spot_kicks(story.events)
    story.events = _settle_announcements(story.events)
    return story


def _settle_announcements(events: list[EventMention]) -> list[EventMention]:
    """Goals told without their scorer join the attempt told beside them, or fall without support."""
    gone: set[int] = set()
    for index, event in enumerate(events):
        if "announcement" not in event.flags or id(event) in gone:
            continue
        partner = _partner(events, index, gone)
        if partner is not None:
            partner.type, partner.outcome = "goal", None
            partner.flags |= event.flags - {"announcement"}
            partner.qualifiers |= event.qualifiers - {"rebound"}
            partner.times = partner.times or event.times
            partner.score = partner.score or event.score
            partner.team = partner.team or event.team
            partner.topic = partner.topic or event.topic
            partner.other = partner.other or event.other
            partner.weight = max(partner.weight, event.weight)
            gone.add(id(event))
        elif not (event.times or event.score or event.other or "own_goal" in event.qualifiers):
            gone.add(id(event))
    return [e for e in events if id(e) not in gone]


def _partner(events: list[EventMention], index: int, gone: set[int]) -> EventMention | None:
    """The attempt that an announcement speaks of: the next in its paragraph, else the one just before."""
    event = events[index]
    for other in reversed(events[max(0, index - 2) : index]):
        # "la mette nella propria porta. Autogol, 1-0": said again at once
        close = event.start - other.end <= 60 and other.row.block == event.row.block
        if close and other.type == "goal" and id(other) not in gone and other.score is None:
            return other
    for other in events[index + 1 : index + 4]:
        if id(other) in gone or other.row.block != event.row.block or other.start - event.end > 320:
            break
        if other.times and event.times and other.times[0] is not event.times[0]:
            break
        if "announcement" in other.flags:
            continue
        if other.type == "goal" or (
            other.type == "shot"
            and other.outcome is None
            and "aside" not in other.flags
            and "missed" not in other.flags
        ):
            return other
        if other.type in ("shot", "penalty_missed", "disallowed_goal"):
            break
    for other in reversed(events[max(0, index - 2) : index]):
        if id(other) in gone or other.row.block != event.row.block or event.start - other.end > 120:
            break
        if other.type == "goal" or (other.type == "shot" and other.outcome is None):
            return other
        if other.type == "shot":
            break
    return None


_SHOOTOUT_HEADING = re.compile(
    r"^\W*(?:calci di |i |ai )?rigori\W*$|^\W*(?:la )?(?:lotteria|sequenza) (?:dei|di) rigori", re.IGNORECASE
)


def _opens_shootout(row: Row) -> bool:
    """Whether the row begins the kicks of a shoot-out: a heading, or a row of kicks one after the other."""
    text = row.sentence_text
    if _SHOOTOUT_HEADING.search(text):
        return True
    kicks = sum(
        1
        for position, item in enumerate(row.items[:-1])
        if item.kind == "person"
        and row.items[position + 1].is_word
        and row.items[position + 1].text.lower()
        in ("gol", "goal", "parato", "rete", "traversa", "palo", "alto", "fuori", "segna", "sbaglia")
    )
    return kicks >= 4


def _goes_on(row: Row, last: EventMention, made: list[EventMention]) -> list[EventMention]:
    """What the start of a row says of the attempt told before it: its minute, its score, its end."""
    items = [i for i in row.items[:6] if not i.is_punctuation]
    if items and items[0].is_word and items[0].lemmas & {"è", "era", "essere", "siamo", "correva", "fu"}:
        time = next((p for p in range(1, min(4, len(row.items))) if row.items[p].kind == "time"), None)
        after = row.items[time + 1] if time is not None and time + 1 < len(row.items) else None
        if time is not None and (after is None or after.text in (",", ".", ";", "e", "ed")):
            mention = row.items[time].reference
            if not last.times:
                last.times = [mention]
                for event in made:
                    if mention in event.times:
                        event.times.remove(mention)
    scored = bool(items) and items[0].kind == "score" and preposition(row, row.items.index(items[0])) is None
    open_end = last.score is None and last.type in ("goal", "shot") and last.outcome in (None, "saved")
    if scored and open_end:
        last.score = items[0].reference
        last.type, last.outcome = "goal", None
        last.weight = max(last.weight, 0.7)
        made = [e for e in made if e.score != items[0].reference or e.player is not None]
    if (
        made
        and made[0].type == "goal"
        and made[0].player is None
        and not made[0].times
        and last.type in ("goal", "shot")
    ):
        weak = made[0]
        if last.outcome in (None, "saved") and "keeper_beaten" in weak.flags:
            last.type, last.outcome = "goal", None
            last.score = last.score or weak.score
            last.other = last.other or weak.other
            last.end = max(last.end, last.end)
            made = made[1:]
    return made


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
    depth = 0
    for position, item in enumerate(row.items):
        depth += (item.text in "([") - (item.text in ")]") if item.is_punctuation else 0
        if item.kind == "team":
            team, since = item.reference, position
        elif item.kind == "person" and team is not None and depth <= 0:
            word = preposition(row, position)
            between = [i.text for i in row.items[since + 1 : position] if i.is_word]
            if word == "con":
                ties.append(Tie(team, item.reference, True, 0.5))
            elif word in (None, "di", "per") and len(between) < 14 and ";" not in between:
                ties.append(Tie(team, item.reference, True, 0.15))
    return ties


_ATTACKS = frozenset({"goal", "shot", "disallowed_goal", "penalty_missed"})


def _ties_of_turns(
    row: Row, cues: Sequence[Cue], made: Sequence[EventMention], before: Sequence[EventMention]
) -> list[Tie]:
    """Attacks told one after the other are one side's, unless words hand the attack over."""
    ties: list[Tie] = []
    turns = [c.start for c in cues if c.kind == "turn"]
    previous = next((e for e in reversed(before) if e.type in _ATTACKS), None)
    for event in made:
        if event.type not in _ATTACKS:
            continue
        if previous is not None and previous.player is not None and event.player is not None:
            turned = any(previous.start < t <= event.end for t in turns)
            near = previous.row is row
            if turned:
                ties.append(Tie(previous.player, event.player, False, 0.35))
            elif "rebound" in event.qualifiers and near:
                ties.append(Tie(previous.player, event.player, True, 0.5))
            elif near:
                ties.append(Tie(previous.player, event.player, True, 0.08))
        previous = event
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
        lemmas = {lemma for i in before for lemma in i.lemmas}
        use = "bare"
        if word == "su":
            use = "state"
        elif word in ("di",):
            use = "of"
            if lemmas & {"gol", "rete", "sigillo", "firma", "autore", "marcatura"}:
                use = "result"
        elif word in ("per", "con"):
            use = "result" if word == "per" else "state"
        elif lemmas & {
            "finire",
            "vincere",
            "terminare",
            "finito",
            "chiudere",
            "chiudersi",
            "pareggiare",
            "perdere",
            "battere",
            "finì",
        }:
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


def _event_of(action: Action, reader: RowReader, awarded: bool, cues: Sequence[Cue]) -> EventMention | None:
    """The event that an action tells, or None when it tells none."""
    row = action.row
    attempts = [c for c in action.cues if c.kind != "pass"]
    if not attempts:
        return None
    result = action.result
    player = action.player
    if all(c.kind in ("save", "block", "clear") for c in attempts) and player is None:
        return None  # a save of nobody's shot is somebody else's story
    weak = all(c.entry.weight < 0.7 for c in attempts)
    nobody = player is None and action.keeper is None and action.team is None
    if nobody and weak and result in (None, "off_target", "saved"):
        noun = result is not None and any("shot_noun" in c.entry.flags for c in attempts)
        if not noun and (result is None or len(attempts) < 2):
            return None
    if player is None:
        # "testa di Rossi, portiere battuto": the manner has the name
        manner = [c for c in cues if c.kind == "manner" and action.first - 4 <= c.position <= action.last + 2]
        player = next((p for c in manner if (p := role_person(row, c, "player")) is not None), None)
        if player in (action.keeper, action.giver):
            player = None
    if player is None:
        player = _person_before(row, attempts[0].position, (action.keeper, action.giver))
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
    if action.penalty:
        qualifiers.add("penalty")
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
    if kind == "shot" and not (player is not None or action.team is not None or action.keeper is not None):
        return None
    undone = all(c.unreal or c.negated for c in attempts) and outcome is None
    if kind == "shot" and undone and all(c.negated and "missed" not in c.entry.flags for c in attempts):
        return None
    first = min([span_start, *([player] if player is not None and player >= clause.start else [])])
    start, end = span_of(row, first, span_end)
    event = EventMention(
        type=kind,
        row=row,
        start=start,
        end=end,
        player=person_ref(row, player),
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
            event.assist = person_ref(row, action.giver)
        event.other = person_ref(row, action.keeper)
    else:
        event.other = person_ref(row, action.keeper)
        event.assist = person_ref(row, action.giver)
    for cue in attempts:
        event.flags |= set(cue.entry.flags)
    if any(c.kind == "beaten" for c in attempts):
        event.flags.add("keeper_beaten")
    if kind == "goal" and player is None:
        # "passa il Venezia!", "il pari arriva subito": who scored is told before or after
        event.flags.add("announcement")
    return event


def _person_before(row: Row, position: int, excluded: Sequence[int | None]) -> int | None:
    """The last person without a preposition before ``position`` in its sentence."""
    for at in range(position - 1, -1, -1):
        item = row.items[at]
        if item.is_word and item.text in (".", ";", "!", "?"):
            return None
        if item.kind == "person" and at not in excluded and preposition(row, at) is None:
            return at
    return None


def _same_stretch(row: Row, cue: Cue, action: Action) -> bool:
    low, high = min(cue.position, action.last), max(cue.position, action.last)
    if action.first <= cue.position <= action.last:
        return True
    between = row.items[low:high] if cue.position > action.last else row.items[cue.position : action.first]
    return not any(i.is_word and i.text in (".", ";", ":") for i in between)
