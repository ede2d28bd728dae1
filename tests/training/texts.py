"""Two annotated reports, and what the program makes of them."""

from __future__ import annotations

from functools import cache

from matchcli.language.annotate import annotate
from matchcli.reading.reader import read
from matchcli.timeline.match_text import whole_text
from matchcli.training.material import Material
from matchcli.training.reports import AnnotatedReport, parse_reports

SINGLE = """@@@ local daily, box score at the end
match 1: Portalba - Monteverde; 2-1; ht 1-0; venue Stadio dei Pini; ref Aldo Rossi; coach Bianchi / -
home 1: Mario Ferri, Nkosi, Duranti
away 1: João Freitas, Sala
other: Galli (presidente)
---
Portalba-Monteverde 2-1

Al 12' Mario Ferri, su assist di Nkosi, [[1:insacca]] di testa. Al 55' [[2:pareggia]] João Freitas. Passano dieci \
minuti e ((il portoghese=Freitas)) [[3:calcia alto]] dal limite. All'80' Nkosi [[4:segna]] il gol del 2-1 e \
((i padroni di casa=H)) vincono. Nel primo tempo l'arbitro Rossi aveva [[5:ammonito]] Sala. Bianchi sorride, il \
presidente Galli pure.

PORTALBA: Duranti, Mario Ferri, Nkosi. All. Bianchi.
Marcatori: 12' [[1:Ferri]], 55' [[2:Freitas]], 80' [[4:Nkosi]].
---
1; goal; H; Mario Ferri; Nkosi; 1H; 12; -; header
5; yellow_card; A; Sala; -; 1H; -; -; -
2; goal; A; João Freitas; -; 2H; 55; -; -
3; shot; A; Freitas; -; 2H; 64-66; off_target; -
4; goal; H; Nkosi; -; 2H; 80; -; -
"""

SEVERAL = """@@@ two matches, a paragraph each
match 1: Portalba - Monteverde; 1-0; ht 1-0
home 1: Ferri
away 1: Sala
match 2: Castelnovo - Rivalta; 2-2
home 2: Bruni, Leoni
away 2: Marchetti
---
PORTALBA-MONTEVERDE 1-0

Al 12' Ferri [[1:segna]] per ((i padroni di casa=H1)) con un destro che passa sotto le gambe del portiere. Al 30' \
viene [[2:ammonito]] Sala. Nel secondo tempo non succede altro che valga la pena di raccontare.

CASTELNOVO-RIVALTA 2-2

Al 5' Bruni e al 9' Leoni [[3,4:portano]] avanti il Castelnovo, che pare poter dilagare davanti al suo pubblico. Poi \
Marchetti [[5,6:pareggia]] con una doppietta, e nessuna delle due squadre si muove più.
---
1; goal; H1; Ferri; -; 1H; 12; -; -
2; yellow_card; A1; Sala; -; 1H; 30; -; -
3; goal; H2; Bruni; -; 1H; 5; -; -
4; goal; H2; Leoni; -; 1H; 9; -; -
5; goal; A2; Marchetti; -; -; -; -; -
6; goal; A2; Marchetti; -; -; -; -; -
"""


def parsed(source: str) -> AnnotatedReport:
    """The only report of ``source``."""
    (report,) = parse_reports(source)
    return report


@cache
def material(source: str) -> Material:
    """The only report of ``source``, analysed."""
    annotated = parsed(source)
    report = read(annotated.text.encode(), path="gara.txt")
    return Material("/prova/01.txt", annotated, whole_text(report, next(annotate([report]))))
