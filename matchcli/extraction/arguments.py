"""Who fills the roles of a cue: subject, object and prepositional phrases.

Two witnesses are heard: the order of items in the clause, and Stanza's dependencies.  Italian
drops subjects, puts them after the verb and coordinates clauses over long stretches, so a subject
may be handed on from the verb before.
"""

from __future__ import annotations

from dataclasses import dataclass

from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Row

_PREPOSITIONS = {
    **dict.fromkeys(("di", "del", "dello", "della", "dell", "dei", "degli", "delle", "d"), "di"),
    **dict.fromkeys(("a", "al", "allo", "alla", "all", "ai", "agli", "alle", "ad"), "a"),
    **dict.fromkeys(("da", "dal", "dallo", "dalla", "dall", "dai", "dagli", "dalle"), "da"),
    **dict.fromkeys(("in", "nel", "nello", "nella", "nell", "nei", "negli", "nelle"), "in"),
    **dict.fromkeys(("su", "sul", "sullo", "sulla", "sull", "sui", "sugli", "sulle"), "su"),
    **dict.fromkeys(("con", "col", "coi"), "con"),
    **dict.fromkeys(("per",), "per"),
    **{f: f for f in ("tra", "fra", "contro", "senza", "verso", "sopra", "dopo", "davanti")},
}
#: "grazie a Rossi", "ad opera di Rossi": what the words before the preposition make of it.
_COMPOUND = {
    ("opera", "di"): "da", ("parte", "di"): "da", ("mano", "di"): "da", ("merito", "di"): "da",
    ("firma", "di"): "da", ("grazie", "a"): "da", ("piede", "di"): "da", ("piedi", "di"): "da",
    ("posto", "di"): "per", ("luogo", "di"): "per", ("vece", "di"): "per",
    ("danno", "di"): "su", ("danni", "di"): "su", ("favore", "di"): "a",
    ("addosso", "a"): "a", ("davanti", "a"): "davanti", ("spalle", "di"): "beaten", ("dentro", "per"): "per",
}  # fmt: skip
_SKIP_BEFORE = frozenset({"DET", "ADJ", "NUM"})
_JOINERS = frozenset({"e", "ed", "ma", "poi", "quindi", "mentre", "però", "o"})


@dataclass(slots=True)
class Clause:
    """A stretch of items between punctuation and joining words; ``relative`` when "che" opens it."""

    start: int
    end: int
    relative: bool = False


def preposition(row: Row, position: int) -> str | None:
    """The preposition that governs the person or team at ``position``; None when there is none."""
    items = row.items
    at = position - 1
    steps = 0
    while at >= 0 and steps < 3:
        item = items[at]
        if not item.is_word:
            return None
        word = next(iter(item.lemmas & _PREPOSITIONS.keys()), None)
        if word is not None and item.upos in ("ADP", "DET", "SCONJ", "ADV", "PRON"):
            if item.upos in ("DET", "PRON") and word in ("la", "lo", "l", "i", "gli", "le"):
                return None
            base = _PREPOSITIONS[word]
            if at > 0:
                for lemma in items[at - 1].lemmas:
                    if (lemma, base) in _COMPOUND:
                        return _COMPOUND[(lemma, base)]
            return base
        if item.upos in _SKIP_BEFORE or item.lemmas & {
            "solito",
            "stesso",
            "proprio",
            "un",
            "uno",
            "una",
            "il",
        }:
            at -= 1
            steps += 1
            continue
        if item.upos == "CCONJ" and at > 0 and items[at - 1].kind in ("person", "team"):
            return preposition(row, at - 1)  # "per Rossi e Bianchi"
        if item.text == "," and at > 0 and items[at - 1].kind in ("person",) and at + 2 < len(items):
            following = items[position + 1] if position + 1 < len(items) else None
            if following is not None and following.text in ("e", "ed", ","):
                return preposition(row, at - 1)  # "per Rossi, Bianchi e Verdi"
        return None
    return None


def clauses(row: Row) -> list[Clause]:
    """The clauses of a row, cut at punctuation and at joining words before a verb."""
    bounds: list[Clause] = []
    start = 0
    relative = False
    for position, item in enumerate(row.items):
        cut = item.is_punctuation and item.text not in ("'", '"', "«", "»", "“", "”", "(", ")", "[", "]")
        bracket = item.text in "()[]" and item.is_word
        joins = item.is_word and item.lemmas & _JOINERS and _verb_follows(row, position)
        opens = (
            item.is_word
            and (
                (item.upos == "PRON" and item.feats.get("PronType") == "Rel")
                or item.lemmas & {"che", "quando", "dove", "finché"}
            )
            and position > 0
        )
        if cut or joins or opens or bracket:
            if position > start:
                bounds.append(Clause(start, position, relative))
            start = position if (joins or opens) else position + 1
            relative = bool(opens and item.lemmas & {"che", "cui", "quale"})
    if start < len(row.items):
        bounds.append(Clause(start, len(row.items), relative))
    return bounds


def is_verbal(row: Row, position: int) -> bool:
    """Whether the item acts as a verb: "un tiro", "il destro" are nouns whatever the tagger says."""
    item = row.items[position]
    if not item.is_word or not (item.upos in ("VERB", "AUX") or item.is_participle):
        return False
    if position and not item.is_participle:
        before = row.items[position - 1]
        if before.is_word and (before.upos == "DET" or (before.upos == "ADP" and len(before.words) > 1)):
            return False
    return True


def _verb_follows(row: Row, position: int) -> bool:
    """Whether a verb or a new person follows before the next punctuation: then "e" joins clauses."""
    for item in row.items[position + 1 : position + 9]:
        if item.is_punctuation:
            return False
        if item.is_word and item.upos in ("VERB", "AUX"):
            return True
    return False


class Grammar:
    """The clauses of a row, and the subject of each of its verbs."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.clauses = clauses(row)
        self._clause_of: dict[int, Clause] = {}
        for clause in self.clauses:
            for position in range(clause.start, clause.end):
                self._clause_of[position] = clause
        self._subjects: dict[int, int | None] = {}

    def clause(self, position: int) -> Clause:
        return self._clause_of.get(position) or Clause(position, position + 1)

    def persons(self, start: int, end: int) -> list[int]:
        return [
            p
            for p in range(max(start, 0), min(end, len(self.row.items)))
            if self.row.items[p].kind == "person"
        ]

    def dependency_subject(self, position: int) -> int | None:
        """The item that Stanza calls the subject of the verb at ``position``."""
        row = self.row
        words = row.sentence.words
        heads = set(row.items[position].words)
        for index, word in enumerate(words):
            if word.head in heads and word.deprel in ("nsubj", "nsubj:pass"):
                return row.item_of_word.get(index)
        return None

    def governor(self, position: int) -> tuple[int, str] | None:
        """The item that governs the one at ``position`` and the relation."""
        for index in self.row.items[position].words:
            word = self.row.sentence.words[index]
            if word.head < 0:
                return None
            at = self.row.item_of_word.get(word.head)
            if at is not None and at != position:
                return at, word.deprel
        return None

    def is_passive(self, position: int) -> bool:
        """A participle that its subject undergoes: "viene murato", "imbeccato da", "si vede annullare"."""
        row = self.row
        item = row.items[position]
        if item.feats.get("VerbForm") == "Inf":
            words = {
                lemma for i in row.items[max(0, position - 3) : position] if i.is_word for lemma in i.lemmas
            }
            return bool(
                words & {"si"}
                and words & {"fa", "fare", "vede", "vedere", "lascia", "lasciare", "fece", "farsi"}
            ) or bool(words & {"farsi", "vedersi"})
        if not item.is_participle and item.upos not in ("ADJ",):
            return False
        if item.upos == "ADJ" and not item.text.lower().endswith(
            ("to", "ta", "ti", "te", "so", "sa", "si", "se")
        ):
            return False
        for before in reversed(row.items[max(0, position - 4) : position]):
            if not before.is_word or before.is_punctuation:
                break
            if before.lemmas & {
                "avere",
                "ha",
                "aveva",
                "hanno",
                "abbia",
                "avesse",
                "avrebbe",
                "avendo",
                "ebbe",
            }:
                return False
            if before.lemmas & {"venire", "viene", "veniva", "venne", "vedere", "vede"}:
                return True
            if before.lemmas & {"essere", "stato", "stata", "è", "era", "fu"}:
                return not self._intransitive(position)
            if before.upos not in ("ADV", "PRON", "AUX"):
                break
        return not self._intransitive(position)

    def _intransitive(self, position: int) -> bool:
        return bool(
            self.row.items[position].lemmas
            & {"entrare", "uscire", "subentrare", "andare", "arrivare", "partire"}
        )

    def subject(self, position: int, depth: int = 0) -> int | None:
        """The person or team who is the subject of the verb at ``position``; None when unsaid here."""
        if position in self._subjects:
            return self._subjects[position]
        self._subjects[position] = None
        found = self._find_subject(position, depth)
        self._subjects[position] = found
        return found

    def _bare(self, position: int) -> bool:
        return preposition(self.row, position) is None

    def _find_subject(self, position: int, depth: int) -> int | None:
        row = self.row
        items = row.items
        clause = self.clause(position)
        dependent = self.dependency_subject(position)
        left = [
            p for p in range(clause.start, position) if items[p].kind in ("person", "team") and self._bare(p)
        ]
        if dependent is not None and items[dependent].kind in ("person", "team") and self._bare(dependent):
            # a subject after the verb is doubtful where another stands before it
            return left[0] if left and dependent > position else dependent
        if dependent is not None and items[dependent].upos == "NOUN" and clause.start <= dependent < position:
            return None  # "il suo destro sfiora il palo": the shot is the subject, its noun has the player
        if left:
            # "Rossi salta Bianchi": the first bare person of the clause is its subject
            return left[0]
        if clause.relative:
            antecedent = self.antecedent(clause.start)
            if antecedent is not None:
                return antecedent
        if depth > 4:
            return None
        previous = self._previous_verb(position, clause)
        governed = self.governor(position)
        if (
            governed is not None
            and governed[1].split(":")[0] in ("acl",)
            and items[governed[0]].kind == "person"
        ):
            return governed[0]
        if previous is None:
            # a bare person at the head of the sentence, before an aside: "Rossi, servito da Bianchi, calcia"
            opening = next(
                (p + 1 for p in range(clause.start - 1, -1, -1) if items[p].text in (".", "!", "?", ";")), 0
            )
            before = [
                p
                for p in range(opening, clause.start)
                if items[p].kind in ("person", "team") and self._bare(p)
            ]
            if before:
                return before[-1] if len(before) == 1 else before[0]
            return None
        between = [
            p
            for p in range(previous + 1, clause.start)
            if items[p].kind in ("person", "team") and self._bare(p) and not self._is_object(p, previous)
        ]
        if between:
            # "capita l'occasione, il portiere Rossi, in uscita, salva"
            return between[-1]
        inherited = self.subject(previous, depth + 1)
        if inherited is not None:
            return inherited
        return None

    def _is_object(self, position: int, verb: int) -> bool:
        """Whether the person at ``position`` stands right after the verb, as its object."""
        between = self.row.items[verb + 1 : position]
        return len(between) <= 3 and not any(i.is_punctuation for i in between)

    def antecedent(self, start: int) -> int | None:
        """The person or team that a relative "che" at ``start`` stands for."""
        items = self.row.items
        for position in range(start - 1, max(start - 7, -1), -1):
            item = items[position]
            if item.kind in ("person", "team"):
                return position
            if item.is_word and item.upos in ("VERB", "NOUN", "AUX") and not item.is_punctuation:
                return None
        return None

    def _previous_verb(self, position: int, clause: Clause) -> int | None:
        """The verb before, whose subject this one may share; relative clauses are passed over."""
        items = self.row.items
        for at in range(position - 1, -1, -1):
            item = items[at]
            if item.text in (".", "!", "?", ";"):
                return None
            if item.is_word and item.upos == "VERB":
                other = self.clause(at)
                if other.relative and not clause.relative and other is not clause:
                    continue
                return at
        return None

    def postverbal(self, position: int) -> int | None:
        """A bare person right after the verb, in its clause: "segna Rossi"."""
        clause = self.clause(position)
        for at in range(position + 1, min(clause.end, position + 6)):
            item = self.row.items[at]
            if item.kind in ("person", "team"):
                return at if self._bare(at) else None
            if item.is_word and item.upos in ("VERB",):
                return None
        return None


def fill_roles(cue: Cue, grammar: Grammar) -> None:
    """Add to ``cue.roles`` the persons and teams that fill the entry's roles."""
    row = cue.row
    items = row.items
    verbal = is_verbal(row, cue.head)
    roles = cue.entry.verb_roles if verbal else cue.entry.noun_roles
    used = {p for positions in cue.roles.values() for p in positions}
    passive = verbal and "obj" in roles and grammar.is_passive(cue.head)
    subject_role = roles.get("obj") if passive else roles.get("subj")
    object_role = None if passive else roles.get("obj")
    agent_role = roles.get("subj") if passive else roles.get("da")

    clause = grammar.clause(cue.head)
    if verbal and subject_role and subject_role not in cue.roles:
        subject = grammar.subject(cue.head)
        after = grammar.postverbal(cue.head) if not object_role else None
        own = subject is not None and clause.start <= subject < cue.head
        if after is not None and not own and after not in used and (items[after].kind == "person"):
            subject = after
        if subject is not None and subject not in used:
            cue.roles.setdefault(subject_role, []).append(subject)
            used.add(subject)
    if verbal and object_role and object_role not in cue.roles:
        start = max(cue.stop, cue.head + 1)
        for at in range(cue.head + 1, min(clause.end, cue.head + 8)):
            if items[at].kind in ("person",) and at not in used and preposition(row, at) is None:
                cue.roles.setdefault(object_role, []).append(at)
                used.add(at)
                break
            if items[at].is_word and items[at].upos == "VERB" and at >= start:
                break
    _fill_phrases(cue, grammar, roles, agent_role, used, verbal)
    if not verbal and roles.get("subj") and roles["subj"] not in cue.roles:
        _fill_nominal(cue, grammar, roles["subj"], used)


def _fill_phrases(
    cue: Cue, grammar: Grammar, roles: dict[str, str], agent_role: str | None, used: set[int], verbal: bool
) -> None:
    """Prepositional phrases after the cue (and those of a verb before it in its clause)."""
    row = cue.row
    items = row.items
    clause = grammar.clause(cue.head)
    stop = min(len(items), cue.stop + (10 if verbal else 7))
    crossed = 0
    for at in range(cue.head + 1, stop):
        item = items[at]
        if item.is_word and at >= cue.stop:
            if item.text in (".", ";", ":", "!", "?"):
                break
            if item.is_finite_verb or (
                item.is_word and item.upos == "VERB" and item.feats.get("VerbForm") != "Part"
            ):
                break
            if item.text == ",":
                crossed += 1
                if crossed > 1 or not verbal:
                    break
        if item.kind not in ("person", "team") or at in used:
            continue
        word = preposition(row, at)
        role = agent_role if word == "da" and agent_role else roles.get(word or "")
        if role is None or (role in cue.roles and item.kind != "person"):
            continue
        if role in cue.roles and any(items[p].kind == "person" for p in cue.roles[role]):
            continue
        cue.roles.setdefault(role, []).append(at)
        used.add(at)
    if verbal:
        for at in range(cue.head - 1, clause.start - 1, -1):
            if items[at].kind != "person" or at in used:
                continue
            word = preposition(row, at)
            role = agent_role if word == "da" and agent_role else roles.get(word or "")
            if role and role not in cue.roles:
                cue.roles.setdefault(role, []).append(at)
                used.add(at)


def _fill_nominal(cue: Cue, grammar: Grammar, role: str, used: set[int]) -> None:
    """A noun without a verb: "Rice di testa", "Rossi, gol al 12'", "palo di testa per Bianchi"."""
    items = cue.row.items
    clause = grammar.clause(cue.head)
    if any(i.is_finite_verb for i in items[clause.start : clause.end]):
        return
    left = [
        p
        for p in range(clause.start, cue.head)
        if items[p].kind == "person" and preposition(cue.row, p) is None
    ]
    if left and left[-1] not in used:
        cue.roles.setdefault(role, []).append(left[-1])
