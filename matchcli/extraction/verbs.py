"""Infinitives that a form of an Italian verb may belong to.

The lemmatizer was trained on little football; "insaccò", "smanacciava", "scheggerà" may get an odd
lemma.  Regular conjugation is short enough to be read backwards: strip an ending, put the
infinitive's; irregular endings stand in ``lexicon/verbs.toml``.  Candidates that are no verbs do no
harm, because no pattern asks for them.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

_SHARED = [
    "o",
    "i",
    "ia",
    "iamo",
    "iate",
    "iano",
    "ano",
    "ono",
    "ava",
    "avi",
    "avo",
    "avamo",
    "avate",
    "avano",
    "eva",
    "evi",
    "evo",
    "evamo",
    "evate",
    "evano",
    "iva",
    "ivi",
    "ivo",
    "ivamo",
    "ivate",
    "ivano",
    "ò",
    "ai",
    "asti",
    "ammo",
    "aste",
    "arono",
    "é",
    "ei",
    "esti",
    "emmo",
    "este",
    "erono",
    "ette",
    "ettero",
    "ì",
    "ii",
    "isti",
    "immo",
    "iste",
    "irono",
    "erò",
    "erai",
    "erà",
    "eremo",
    "erete",
    "eranno",
    "irò",
    "irai",
    "irà",
    "iremo",
    "irete",
    "iranno",
    "erei",
    "eresti",
    "erebbe",
    "eremmo",
    "ereste",
    "erebbero",
    "irei",
    "iresti",
    "irebbe",
    "iremmo",
    "ireste",
    "irebbero",
    "assi",
    "asse",
    "assimo",
    "assero",
    "essi",
    "esse",
    "essimo",
    "essero",
    "issi",
    "isse",
    "issimo",
    "issero",
    "ando",
    "endo",
    "ato",
    "ata",
    "ati",
    "ate",
    "uto",
    "uta",
    "uti",
    "ute",
    "ito",
    "ita",
    "iti",
    "ite",
    "ante",
    "anti",
    "a",
    "e",
]
_INCHOATIVE = ("isco", "isci", "isce", "iscono", "isca", "iscano")
_ENDINGS: tuple[tuple[str, str], ...] = tuple(
    sorted(
        {
            *((e, "are") for e in _SHARED if not e.startswith(("ev", "iv", "ir", "is", "it", "ut"))),
            *((e, "ere") for e in _SHARED if not e.startswith(("av", "iv", "ir", "is", "it", "at", "ar"))),
            *((e, "ire") for e in _SHARED if not e.startswith(("av", "ev", "er", "at", "ut", "ar"))),
            *((e, "ire") for e in _INCHOATIVE),
        },
        key=lambda pair: -len(pair[0]),
    )
)


@lru_cache(maxsize=1)
def _irregular() -> tuple[tuple[str, str], ...]:
    """Endings of irregular forms with the infinitive's, longest first (``lexicon/verbs.toml``)."""
    table = tomllib.loads((files("matchcli.lexicon") / "verbs.toml").read_text(encoding="utf-8"))
    pairs = {(form, verb["infinitive"]) for verb in table["verb"] for form in verb["forms"]}
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@lru_cache(maxsize=20_000)
def infinitives(form: str) -> frozenset[str]:
    """Regular infinitives that ``form`` (lower case) may be a form of, itself not included."""
    found: set[str] = set()
    for ending, infinitive in _irregular():
        if form.endswith(ending) and (len(ending) > 3 or form == ending):
            found.add(form[: len(form) - len(ending)] + infinitive)
    for ending, infinitive in _ENDINGS:
        if len(form) - len(ending) < 3 or not form.endswith(ending):
            continue
        stem = form[: len(form) - len(ending)]
        if infinitive == "are":
            if stem.endswith(("ch", "gh")):  # insacchi, allunghiamo
                found.add(stem[:-1] + "are")
            if stem.endswith(("c", "g", "gl", "sc")):  # scheggerà, lancerà; scheggi, infilacci
                found.add(stem + "iare")
            if ending[0] in "ie":
                found.add(stem + "iare")  # pareggi, pareggino
            if stem.endswith("i"):
                found.add(stem + "are")
                continue
        found.add(stem + infinitive)
    return frozenset(found)
