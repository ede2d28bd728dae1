"""From cues to event mentions: the small grammar of an action.

A shot is told in several words ("cross di Rossi, Bianchi di testa, Verdi respinge"): a pass, an
attempt, an outcome.  Cues that follow each other in a row and do not contradict each other in the
person who acts are one action; what ends it says what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matchcli.extraction.arguments import Grammar, fill_roles, preposition
from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Row
from matchcli.extraction.mentions import TimeMention
from matchcli.extraction.references import PersonRef, TeamRef
from matchcli.extraction.scorer_lists import scorers_from

RESULT_OF = {
    "goal": "goal", "beaten": "goal", "save": "saved", "block": "blocked", "clear": "cleared",
    "woodwork": "woodwork", "miss": "off_target", "disallow": "disallowed", "spot_miss": "spot_miss",
}  # fmt: skip
ATTEMPT_KINDS = frozenset({*RESULT_OF, "attempt", "pass", "spot_goal"})
STRONG_STOP = frozenset(".;!?")
_WISHES = frozenset(
    [
        "intento",
        "speranza",
        "sogno",
        "sognare",
        "tentativo",
        "tentare",
        "cercare",
        "provare",
        "sperare",
        "possibilità",
        "occasione",
        "voglia",
        "idea",
        "intenzione",
        "chance",
        "illusione",
        "illudersi",
        "rischio",
        "rischiare",
        "compito",
        "bisogno",
        "obiettivo",
        "desiderio",
        "puntare",
        "opportunità",
        "paura",
        "timore",
        "incapace",
        "incapaci",
        "fatica",
        "faticare",
        "tentazione",
    ]
)


@dataclass(eq=False)
class EventMention:
    """One telling of an event.  Offsets count the report's characters.

    ``player`` and ``other`` are references as the words give them, None where the words give none;
    ``other`` is who made the pass, stopped the shot, committed the foul or goes off.
    """

    type: str
    row: Row
    start: int
    end: int
    player: PersonRef | None = None
    other: PersonRef | None = None
    assist: PersonRef | None = None
    team: TeamRef | None = None
    outcome: str | None = None
    qualifiers: set[str] = field(default_factory=set)
    times: list[TimeMention] = field(default_factory=list)
    score: tuple[int, int] | None = None
    weight: float = 1.0
    flags: set[str] = field(default_factory=set)
    position: int = 0
    #: The team named last before the event, in its row or its line of live text.
    topic: TeamRef | None = None

    def __repr__(self) -> str:
        return f"{self.type}({self.player and self.player.people}, {self.flags})"


@dataclass(slots=True, eq=False)
class Action:
    """Cues that tell one attempt."""

    row: Row
    cues: list[Cue] = field(default_factory=list)
    player: int | None = None
    giver: int | None = None
    keeper: int | None = None
    team: int | None = None
    result: str | None = None
    strength: float = 0.0
    times: list[TimeMention] = field(default_factory=list)
    score: tuple[int, int] | None = None
    rebound: bool = False
    penalty: bool = False
    first: int = 10_000
    last: int = -1

    def take(self, cue: Cue) -> None:
        self.cues.append(cue)
        self.first = min(self.first, cue.position, *[p for v in cue.roles.values() for p in v], cue.position)
        self.last = max(self.last, cue.stop - 1, *[p for v in cue.roles.values() for p in v], cue.stop - 1)


@dataclass(slots=True)
class Score:
    """A score as written: "2-1", "uno a zero"; ``use`` says what the words around make of it."""

    first: int
    second: int
    use: str = "bare"


def _ref(row: Row, position: int | None):
    return None if position is None else row.items[position].reference


def _person(row: Row, cue: Cue, role: str) -> int | None:
    return next((p for p in cue.roles.get(role, []) if row.items[p].kind == "person"), None)


def same_reference(row: Row, one: int, other: int) -> bool:
    """Whether two items may mean the same person, as far as names tell."""
    a, b = row.items[one].reference, row.items[other].reference
    if a is b:
        return True
    if isinstance(a, PersonRef) and isinstance(b, PersonRef):
        if a.people and b.people:
            return bool(set(map(id, a.people)) & set(map(id, b.people)))
        return False
    return False


class RowReader:
    """Reads the actions of one row."""

    def __init__(self, row: Row, cues: Sequence[Cue]) -> None:
        self.row = row
        self.grammar = Grammar(row)
        self.cues = list(cues)
        for cue in self.cues:
            fill_roles(cue, self.grammar)
        # "batte il Lipsia", "punisce la difesa": without a goalkeeper these words tell no goal
        self.cues = [
            c
            for c in self.cues
            if not c.entry.flags & {"weak", "needs_keeper"} or _person(row, c, "keeper") is not None
        ]
        self._mark_unreal()
        self.actions: list[Action] = []

    # --- what the clause says of the cue

    def _mark_unreal(self) -> None:
        items = self.row.items
        local = [c for c in self.cues if c.kind == "aside" and "local" in c.entry.flags]
        for cue in self.cues:
            clause = self.grammar.clause(cue.head)
            before = items[max(clause.start, cue.position - 4) : cue.position]
            verb_before = [i for i in before if i.is_word]
            cue.negated = any(
                i.lemmas & {"non", "nemmeno", "neanche", "mai"} for i in verb_before[-3:]
            ) and not any(i.lemmas & {"solo", "soltanto"} for i in verb_before)
            head = items[cue.head]
            moods = {head.feats.get("Mood")} | {
                i.feats.get("Mood") for i in items[max(clause.start, cue.head - 3) : cue.head] if i.is_word
            }
            infinitive = head.feats.get("VerbForm") == "Inf" and any(
                i.lemmas
                & {
                    "potere",
                    "dovere",
                    "rischiare",
                    "provare",
                    "cercare",
                    "tentare",
                    "mancare",
                    "volere",
                    "poteva",
                }
                for i in items[max(clause.start, cue.head - 4) : cue.head]
                if i.is_word
            )
            purpose = head.feats.get("VerbForm") == "Inf" and self._is_purpose(cue.head)
            cue.unreal = "Cnd" in moods or infinitive
            cue.negated = cue.negated or purpose
            if any(a.position < cue.stop and cue.position < a.stop for a in local):
                cue.unreal = True
                cue.negated = True

    def _is_purpose(self, position: int) -> bool:
        """An infinitive that only says what somebody wants: "con l'intento di sbloccare"."""
        items = self.row.items
        at = position - 1
        while at >= 0 and items[at].is_word and items[at].upos in ("PRON", "ADV"):
            at -= 1
        if at < 1 or not items[at].is_word:
            return False
        if items[at].lemmas & {"di", "d"}:
            return bool(items[at - 1].lemmas & _WISHES) if items[at - 1].is_word else False
        return bool(items[at].lemmas & {"senza"}) or bool(
            items[at].lemmas & {"a"} and items[at - 1].is_word and items[at - 1].lemmas & _WISHES
        )

    # --- grouping

    def read(self, times: Sequence[TimeMention], scores: dict[int, Score]) -> list[Action]:
        """The actions of the row; ``scores`` by item position."""
        row = self.row
        steps: list[tuple[int, int, object]] = []
        for cue in self.cues:
            if cue.kind in ATTEMPT_KINDS:
                steps.append((cue.head, 1, cue))
        for position, item in enumerate(row.items):
            if item.kind == "time":
                steps.append((position, 0, item.reference))
            elif position in scores:
                steps.append((position, 2, scores[position]))
        pending: list[TimeMention] = []
        fresh_time = False
        for position, _, step in sorted(steps, key=lambda s: (s[0], s[1])):
            current = self.actions[-1] if self.actions else None
            if isinstance(step, Cue):
                joined = current is not None and self._joins(current, step, fresh_time)
                if not joined:
                    action = Action(row)
                    if (
                        current is not None
                        and current.result in ("saved", "blocked", "woodwork")
                        and not fresh_time
                    ):
                        action.rebound = self._is_rebound(current, step)
                    self.actions.append(action)
                    action.times = pending
                    pending = []
                    current = action
                assert current is not None
                if joined and pending and not current.times:
                    current.times, pending = pending, []
                self._add(current, step)
                fresh_time = False
            elif isinstance(step, Score):
                if current is not None and step.use in ("bare", "result") and current.score is None:
                    current.score = (step.first, step.second)
                    current.last = max(current.last, position)
                    if current.result in (None, "saved") and any(c.kind != "pass" for c in current.cues):
                        current.result = "goal"
                        current.strength += 1
            else:
                assert isinstance(step, TimeMention)
                clocked = current is not None and any(t.kind == "clock" for t in current.times)
                if current is not None and self._trailing(position, current):
                    if not clocked:
                        current.times = [*current.times, step]
                    current.last = max(current.last, position)
                else:
                    pending = [*pending, step]
                    fresh_time = True
        self.actions = [part for action in self.actions for part in self._goal_by_goal(action)]
        return self.actions

    def _goal_by_goal(self, action: Action) -> list[Action]:
        """The goals of a list of scorers, each an action of its own."""
        if action.result != "goal" or action.player is None:
            return [action]
        scorers = scorers_from(self.row, action.player)
        if not scorers:
            return [action]
        parts = []
        for scorer in scorers:
            part = Action(
                self.row,
                cues=action.cues,
                player=scorer.player,
                team=action.team,
                result="goal",
                strength=action.strength,
                times=[self.row.items[scorer.time].reference],
                penalty=scorer.penalty,
                first=min(action.first, scorer.player),
                last=max(scorer.player, scorer.time),
            )
            parts.append(part)
        parts[0].giver, parts[0].keeper = action.giver, action.keeper
        return parts

    def _trailing(self, position: int, action: Action) -> bool:
        """Whether a time belongs to the action told before it, not to the one after.

        It does in brackets, in the action's own clause where no verb follows, and between commas
        ("un tiro di Rossi, al 9', che Bianchi respinge"); not where it opens a sentence or follows the
        name of the next to act ("e Rossi, al 9', segna").
        """
        items = self.row.items
        before = items[position - 1] if position else None
        after = items[position + 1] if position + 1 < len(items) else None
        if before is None:
            return False
        if before.text in ("(", "["):
            return True
        between = items[action.last + 1 : position]
        if len(between) <= 4 and any(i.lemmas & {"essere", "è", "era"} for i in between if i.is_word):
            return True
        if any(i.is_word and i.text in (".", ";", ":", "!", "?", "–", "—") for i in between):
            return False
        closes = (
            after is None
            or after.is_punctuation
            or after.text in ("e", "ed", "che", "ma", "mentre", "quando")
        )
        clause = self.grammar.clause(position)
        if clause.start <= action.last < clause.end:
            return closes or not any(
                (items[p].kind == "person" and preposition(self.row, p) is None)
                or (items[p].is_word and items[p].upos in ("VERB", "AUX"))
                for p in range(position + 1, clause.end)
            )
        if before.text == ",":
            named = items[position - 2] if position > 1 else None
            if named is not None and named.kind == "person" and position - 2 > action.last:
                return False
            return closes
        return closes and len(between) <= 10 and not any(i.kind == "person" for i in between)

    def _joins(self, action: Action, cue: Cue, fresh_time: bool) -> bool:
        row = self.row
        player = _person(row, cue, "player")
        kind = cue.kind
        same = player is None or action.player is None or same_reference(row, player, action.player)
        between = row.items[action.last + 1 : cue.position]
        stopped = any(i.is_word and i.text in STRONG_STOP for i in between)
        if kind == "disallow":
            # whoever the verdict names, it speaks of the ball that went in before
            return (action.result in ("goal", None) and any(c.kind != "pass" for c in action.cues)) or same
        if fresh_time and stopped and kind not in ("save", "block", "clear", "disallow"):
            return False
        if fresh_time and (player is not None or kind in ("pass",)) and not (same and action.result is None):
            return False
        if fresh_time and kind in ("pass", "attempt") and action.result is not None:
            return False
        if (
            fresh_time
            and action.times
            and kind in ("goal", "attempt", "miss", "woodwork")
            and action.result is not None
        ):
            return False
        if kind == "pass":
            giver = _person(row, cue, "giver")
            if action.result is None and action.player is None and action.giver is None:
                return True
            if action.giver is None and self._follows_as_source(cue) and not stopped:
                return True
            if action.result is None and action.player is None:
                return True  # two passes before the shot: the last one counts
            return bool(giver is None and action.result is None and not stopped)
        if kind in ("save", "block", "clear", "beaten"):
            if not same:
                return False
            if action.result in (None, "saved", "blocked") or (kind == "clear" and action.result != "goal"):
                return True
            if kind == "beaten" or (action.result == "goal" and player is None):
                return True
            return player is None and not stopped
        free = player is None or action.player is None
        if kind == "attempt" and free and not stopped and self._hangs_on(cue):
            return True
        if action.result is None:
            if same:
                return not (
                    kind == "attempt"
                    and stopped
                    and player is not None
                    and action.player is None
                    and action.keeper
                )
            return action.player is None
        if kind == "goal" and action.result in ("saved", "blocked", "woodwork", "off_target", "cleared"):
            return player is None and cue.entry.weight < 0.7
        if player is None:
            if kind == "goal" and action.result == "goal":
                return True
            if kind in ("attempt",):
                return not stopped and action.result == "goal"
            return (
                kind == action.result
                or RESULT_OF.get(kind) == action.result
                or (kind in ("miss", "woodwork") and not stopped)
            )
        if action.player is None:
            near = cue.position - action.last <= 7
            return near and not stopped
        if same:
            if action.result == "goal":
                return kind in ("goal", "attempt") and not stopped
            return (
                kind in ("attempt", "miss", "woodwork")
                and not stopped
                and RESULT_OF.get(kind) in (None, action.result)
            )
        return False

    def _hangs_on(self, cue: Cue) -> bool:
        """A noun that only says how: "con un tiro deviato", "di destro", "su un tiro"."""
        items = self.row.items
        before = [i for i in items[max(0, cue.position - 3) : cue.position] if i.is_word]
        return any(i.lemmas & {"con", "col", "di", "su", "sul", "sulla", "coi"} for i in before[-2:])

    def _follows_as_source(self, cue: Cue) -> bool:
        """A pass told after the shot: "su cross di", "imbeccato da", "dopo un assist di"."""
        items = self.row.items
        before = [i for i in items[max(0, cue.position - 3) : cue.position] if i.is_word]
        if any(
            i.lemmas
            & {"su", "sul", "sulla", "sull", "sullo", "sugli", "dopo", "da", "dal", "dall", "dalla", "grazie"}
            for i in before
        ):
            return True
        head = items[cue.head]
        return head.is_participle or (
            cue.entry.kind == "pass"
            and any(i.lemmas & {"di", "con"} for i in items[cue.position : cue.position + 1])
        )

    def _is_rebound(self, before: Action, cue: Cue) -> bool:
        """An attempt right after a save, a block or the woodwork, in the same sentence."""
        between = self.row.items[before.last + 1 : cue.position]
        return cue.kind in ("goal", "attempt", "miss") and not any(i.text in STRONG_STOP for i in between)

    def _turned(self, action: Action, cue: Cue) -> bool:
        """Whether "ma" or "però" parts a goal from its end: "spiazza Rossi ma colpisce il palo"."""
        before = [c for c in action.cues if c.kind in ("goal", "beaten") and c.stop <= cue.position]
        start = before[-1].stop if before else cue.position
        return any(
            i.is_word and i.lemmas & {"ma", "però", "invece", "salvo"}
            for i in self.row.items[start : cue.position]
        )

    def _add(self, action: Action, cue: Cue) -> None:
        row = self.row
        action.take(cue)
        player = _person(row, cue, "player")
        receiver = _person(row, cue, "receiver")
        giver = _person(row, cue, "giver")
        keeper = _person(row, cue, "keeper")
        for positions in cue.roles.values():
            for position in positions:
                if row.items[position].kind == "team" and action.team is None:
                    action.team = position
        if player is not None and (action.player is None):
            action.player = player
        if giver is not None and giver != action.player:
            action.giver = giver
        if receiver is not None and action.player is None:
            action.player = receiver
        if keeper is not None and keeper != action.player and action.keeper is None:
            action.keeper = keeper
        result = RESULT_OF.get(cue.kind)
        if result is None:
            return
        real = not cue.negated and not cue.unreal
        if cue.kind in ("goal", "beaten"):
            # a beaten goalkeeper makes a goal of an attempt without an end, not of a shot on the post
            told = cue.kind == "goal" and cue.entry.weight >= 1
            if real and (action.result in (None, "goal") or told):
                action.result = "goal"
                action.strength += min(cue.entry.weight, 1.0 if cue.kind == "goal" else 0.6)
            return
        if cue.negated and cue.kind != "disallow":
            return
        if cue.kind in ("disallow", "spot_miss"):
            action.result = result
            action.strength += cue.entry.weight
        elif (
            action.result in (None, "saved", "blocked")
            or (action.result == "off_target" and result == "woodwork")
            or (action.result == "goal" and (action.strength < 0.7 or self._turned(action, cue)))
        ):
            if not (action.result == "blocked" and result == "saved"):
                action.result = result
            action.strength += cue.entry.weight
