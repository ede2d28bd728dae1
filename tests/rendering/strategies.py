"""Any record at all, for property tests: every string hostile, every number odd."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from matchcli import record as contract
from matchcli.record import Event, Match, Reason, Record, Reference, Score, Source, Tally, Team, Warning_

NASTY = (
    "",
    " ",
    "\x1b[31mrosso\x1b[0m",
    "\x9b2J",
    "\x1b]0;titolo\x07",
    "\x00",
    "\r\n",
    "\t=1+1",
    "=cmd|' /C calc'!A0",
    "+39",
    "-1",
    "@nome",
    "＝1",
    "[bold]x[/bold]",
    "[/]",
    "[link=http://esempio.invalid]x[/link]",
    ":warning:",
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "]]>--><!--",
    "&amp;&#x41;",
    "{{ 7*7 }}{% raw %}",
    "{winner}{0}{}",
    "%s%n",
    "| a | b |",
    "```",
    "*a* _b_ ~~c~~ [d](e) ![f](g)",
    "# 1. - + >",
    '"cella", "altra"',
    "l'Étoile d'Azur",
    "L'",
    "S",
    "\u202egol\u2066\u200f",
    "\u2028\u2029\x85",
    "Ne\u0301stor \U0001f3f4\U000e0067\U000e007f ⚽️👨‍👩‍👧",
    "東京ヴェルディ",
    "a\u0300\u0301\u0302\u0303" * 5,
    "\ud800",
    "\udfff\ud83d",
    "\ufeffBOM",
    "\ufffe\uffff",
    "x" * 300,
    "ß ŉ ﬁ İ",
    "11 8 80",
    "M" * 40 + " " + "W" * 40,
)

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=12), st.text(max_size=40))
names = st.none() | texts
small = st.integers(0, 12)
tallies = st.builds(Tally, home=small, away=small)
minutes = st.integers(-3, 140)
windows = st.none() | st.tuples(minutes, minutes)


def any_of(kind: object) -> st.SearchStrategy:
    """One of the values of a Literal."""
    return st.sampled_from(get_args(kind))


references = st.builds(
    Reference, type=st.none() | any_of(contract.EventType), player=names, minute_range=windows, words=names
)
reasons = st.builds(
    Reason,
    kind=any_of(contract.ReasonKind),
    words=names,
    minutes=windows,
    stoppage=st.none() | st.integers(0, 300),
    other=st.none() | references,
    name=names,
)

events = st.builds(
    Event,
    type=any_of(contract.EventType),
    team=st.none() | any_of(contract.Side),
    player=names,
    assist=names,
    player_off=names,
    player2=names,
    period=st.none() | any_of(contract.Period),
    minute=st.none() | minutes,
    stoppage=st.none() | st.integers(0, 300),
    minute_range=windows,
    minute_basis=st.none() | any_of(contract.MinuteBasis),
    outcome=st.none() | any_of(contract.Outcome),
    qualifiers=st.lists(any_of(contract.Qualifier), max_size=3),
    score=st.none() | tallies,
    text=texts,
    span=st.tuples(st.integers(-2, 60), st.integers(-2, 60)),
    confidence=st.floats(0, 1),
    explain=st.none() | st.lists(reasons, max_size=2),
)

teams = st.builds(Team, name=names, coach=names, aliases=st.lists(texts, max_size=2))

scores = st.builds(
    Score,
    home=st.none() | small,
    away=st.none() | small,
    half_time=st.none() | tallies,
    extra_time=st.booleans(),
    shootout=st.none() | tallies,
)

matches = st.builds(
    Match,
    home=teams,
    away=teams,
    score=scores,
    competition=names | st.sampled_from(["Serie A", "Coppa Italia", "Mondiali", "Serie A Women"]),
    round=names | st.sampled_from(["finale", "12ª giornata", "ottavi di finale"]),
    venue=names | st.sampled_from(["San Siro", "Olimpico", "stadio Franco Ossola"]),
    date=names,
    referee=names,
    attendance=st.none() | st.integers(0, 10**6),
)

records = st.builds(
    Record,
    source=st.builds(
        Source,
        path=texts,
        sha256=texts,
        match=small,
        span=st.tuples(st.integers(-2, 60), st.integers(-2, 60)),
    ),
    match=matches,
    events=st.lists(events, max_size=6),
    summary=st.just("") | texts,
    warnings=st.lists(
        st.builds(Warning_, code=texts | st.just("match_abandoned"), message=texts), max_size=2
    ),
)


@st.composite
def told(draw: st.DrawFn) -> tuple[Record, str]:
    """A record with a source text in which some of its events' words really stand."""
    record = draw(records)
    text = draw(st.text(min_size=1, max_size=80) | st.lists(st.sampled_from(NASTY)).map(" ".join))
    for event in record.events:
        if draw(st.booleans()) and text:
            low = draw(st.integers(0, len(text) - 1))
            high = draw(st.integers(low + 1, len(text)))
            event.span, event.text = (low, high), text[low:high]
    return record, text
