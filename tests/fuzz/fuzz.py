"""Throw broken input at matchcli and see that it never breaks.

    python tests/fuzz/fuzz.py    # 100,000 inputs to reading and rendering, 2,000 to the whole line
    python tests/fuzz/fuzz.py --inputs 1000 --reports 20 --seed 7
    python tests/fuzz/fuzz.py --inputs 0    # the whole line alone; --reports 0: the rooms alone

Reading gets mutated reports and noise; rendering gets records full of hostile strings, in every format;
the whole line gets mutated reports.  Every input is made from the seed and its number, so a failure can be
had again.  The exit status is 1 if any input raised anything but the documented refusal, or if an output
carried a control character or could not be parsed.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

from matchcli.pipeline import Settings, summarize
from matchcli.reading import Input, UnreadableReport, read
from matchcli.record import (
    Event,
    EventType,
    Match,
    Outcome,
    Period,
    Qualifier,
    Reason,
    ReasonKind,
    Record,
    Reference,
    Score,
    Source,
    Tally,
    Team,
)
from matchcli.record import Warning_ as Remark
from matchcli.rendering import FORMATS, render
from matchcli.selection import selector

ROOT = Path(__file__).parents[2]
SEEDS = [path.read_bytes() for path in sorted(ROOT.glob("samples/*.txt"))]

#: Pieces that have broken readers and renderers before, elsewhere or here.
NASTY = [
    "",
    "\x00",
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x9b2J",
    "\u202e",
    "\ufeff",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "[bold]",
    "[/]",
    "[link=javascript:alert(1)]",
    "<script>alert(1)</script>",
    "</script><!--",
    "&amp;&#0;",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    '"',
    "'",
    "|",
    "`",
    "\r",
    "\n",
    "\t",
    "\u2028",
    "é\u0301\u0323" * 4,
    "👩‍⚖️",
    "漢字",
    "a" * 500,
    "99999999999999'",
    "45'+999",
    "(" * 60,
    ",".join("Rossi" for _ in range(60)),
    "{{ 7*7 }}",
    "%s%n",
    "\\u0000",
    "0-0 1-1 2-2 99-99",
]

SAMPLE_WORDS = [
    "Ferri",
    "D'Amico",
    "Núñez",
    "Portalba",
    "gol",
    "al 12'",
    "rigore",
    "Città di Monteverde",
    "st",
]


def mutated(seed: bytes, dice: random.Random) -> bytes:
    """A report with some of its bytes, pieces or lines changed, repeated, dropped or moved."""
    data = bytearray(seed[: dice.choice([40, 200, 1000, len(seed)])])
    for _ in range(dice.choice([1, 2, 4, 8, 30])):
        place = dice.randrange(len(data) + 1)
        kind = dice.randrange(8)
        if kind == 0:
            data[place:place] = dice.randbytes(dice.randrange(1, 6))
        elif kind == 1:
            data[place:place] = dice.choice(NASTY).encode("utf-8", "surrogatepass")
        elif kind == 2:
            del data[place : place + dice.randrange(1, 80)]
        elif kind == 3:
            other = dice.choice(SEEDS)
            start = dice.randrange(len(other))
            data[place:place] = other[start : start + dice.randrange(1, 200)]
        elif kind == 4 and data:
            data[min(place, len(data) - 1)] = dice.randrange(256)
        elif kind == 5:
            lines = bytes(data).splitlines(keepends=True)
            dice.shuffle(lines)
            data = bytearray(b"".join(lines))
        elif kind == 6:
            data[place:place] = str(dice.choice([0, 1, 45, 46, 90, 121, 999, 10**12])).encode()
        else:
            data[place:place] = bytes(data[place : place + 60]) * dice.randrange(1, 4)
    encoding = dice.choice(["utf-8"] * 6 + ["utf-16", "utf-16-le", "cp1252", "utf-8-sig"])
    if encoding != "utf-8":
        return data.decode("utf-8", "replace").encode(encoding, "replace")
    return bytes(data)


def noise(dice: random.Random) -> bytes:
    """Bytes that are no report at all, or a web page of sorts."""
    kind = dice.randrange(4)
    if kind == 0:
        return dice.randbytes(dice.randrange(400))
    if kind == 1:
        return "".join(dice.choices(NASTY, k=dice.randrange(1, 12))).encode("utf-8", "surrogatepass")
    if kind == 2:
        tags = [
            "<p>",
            "</p>",
            "<div>",
            "<table><tr><td>",
            "<li>",
            "<br>",
            "<h1>",
            "<!--",
            "<script>",
            "&egrave;",
        ]
        return b"<html><body>" + " ".join(dice.choices([*tags, *NASTY, *SAMPLE_WORDS], k=40)).encode(
            "utf-8", "surrogatepass"
        )
    return bytes(dice.choices(b" \n\r\t'-:,.0123456789AaZz#*>|", k=dice.randrange(300)))


def check_reading(dice: random.Random) -> None:
    data = noise(dice) if dice.random() < 0.3 else mutated(dice.choice(SEEDS), dice)
    try:
        report = read(data, path="fuzz.txt", limit=dice.choice([100, 100_000]))
    except UnreadableReport:
        return
    place = 0
    for block in report.blocks:
        assert place <= block.start < block.end <= len(report.text)
        assert report.text[block.start : block.end].strip()
        place = block.end


def hostile(dice: random.Random) -> str:
    return " ".join(dice.choices([*NASTY, *SAMPLE_WORDS], k=dice.randrange(1, 5)))


def maybe(dice: random.Random, value):
    return value if dice.random() < 0.7 else None


def record(dice: random.Random) -> Record:
    """A record that the contract allows, with strings that no report should have."""

    def tally() -> Tally:
        return Tally(home=dice.randrange(12), away=dice.choice([0, 1, 2, 99]))

    def event() -> Event:
        minute = maybe(dice, dice.randrange(1, 121))
        start = dice.randrange(2000)
        return Event(
            type=dice.choice(get_args(EventType)),
            team=dice.choice(["home", "away", None]),
            player=maybe(dice, hostile(dice)),
            assist=maybe(dice, hostile(dice)),
            player_off=maybe(dice, hostile(dice)),
            player2=maybe(dice, hostile(dice)),
            period=dice.choice([*get_args(Period), None]),
            minute=minute,
            stoppage=maybe(dice, dice.randrange(15)),
            minute_range=maybe(dice, (dice.randrange(1, 60), dice.randrange(60, 121))),
            minute_basis=dice.choice(["stated", "derived", "bounded", None]),
            outcome=dice.choice([*get_args(Outcome), None]),
            qualifiers=dice.sample(get_args(Qualifier), k=dice.randrange(4)),
            score=maybe(dice, tally()),
            text=hostile(dice),
            span=(start, start + dice.randrange(1, 200)),
            confidence=dice.random(),
            explain=maybe(dice, [reason() for _ in range(dice.randrange(3))]),
        )

    def reason() -> Reason:
        other = Reference(
            type=maybe(dice, dice.choice(get_args(EventType))),
            player=maybe(dice, hostile(dice)),
            minute_range=maybe(dice, (dice.randrange(1, 60), dice.randrange(60, 121))),
            words=maybe(dice, hostile(dice)),
        )
        return Reason(
            kind=dice.choice(get_args(ReasonKind)),
            words=maybe(dice, hostile(dice)),
            minutes=maybe(dice, (dice.randrange(1, 60), dice.randrange(60, 121))),
            stoppage=maybe(dice, dice.randrange(15)),
            other=maybe(dice, other),
            name=maybe(dice, hostile(dice)),
        )

    def team() -> Team:
        return Team(
            name=maybe(dice, hostile(dice)), coach=maybe(dice, hostile(dice)), aliases=[hostile(dice)]
        )

    return Record(
        source=Source(
            path=hostile(dice), sha256="00" * 32, match=dice.randrange(9), span=(0, dice.randrange(9999))
        ),
        match=Match(
            home=team(),
            away=team(),
            score=Score(
                home=maybe(dice, dice.randrange(15)),
                away=maybe(dice, dice.randrange(15)),
                half_time=maybe(dice, tally()),
                extra_time=dice.random() < 0.2,
                shootout=maybe(dice, tally()),
            ),
            competition=maybe(dice, hostile(dice)),
            round=maybe(dice, hostile(dice)),
            venue=maybe(dice, hostile(dice)),
            date=maybe(dice, hostile(dice)),
            referee=maybe(dice, hostile(dice)),
            attendance=maybe(dice, dice.randrange(10**6)),
        ),
        events=[event() for _ in range(dice.choice([0, 1, 3, 12]))],
        summary=hostile(dice),
        warnings=[Remark(code="fuzz", message=hostile(dice)) for _ in range(dice.randrange(2))],
    )


#: Control characters that no output may carry; line feeds are the renderers' own, tabs those of tsv.
FORBIDDEN = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))} - {"\n", "\t", "\r"}


def check_rendering(dice: random.Random) -> None:
    records = [record(dice) for _ in range(dice.randrange(3))]
    format = dice.choice(FORMATS)
    stream = io.StringIO()
    width = dice.choice([None, 1, 20, 80, 200])
    texts = {item.source.sha256: hostile(dice) for item in records}
    render(
        map(selector(None, dice.choice([0.0, 0.5])), records),
        format,
        stream=stream,
        color=False,
        width=width,
        lang=dice.choice(["it", "en"]),
        texts=texts,
        explain=dice.random() < 0.5,
    )
    shown = stream.getvalue()
    shown.encode("utf-8")
    assert not FORBIDDEN & set(shown), f"{format} shows {sorted(FORBIDDEN & set(shown))}"
    if format == "json":
        assert len(json.loads(shown)) == len(records)
    if format == "jsonl":
        assert len([json.loads(line) for line in shown.splitlines()]) == len(records)


def check_whole_line(count: int, seed: int) -> Iterator[str]:
    """Mutated reports through the pipeline; yields what went wrong."""
    made: dict[str, bytes] = {}

    class Given(Input):
        def read(self, **options):
            return read(made[self.path], path=self.path)

    def inputs() -> Iterator[Input]:
        for number in range(count):
            dice = random.Random(f"{seed} whole line {number}")
            made[str(number)] = mutated(dice.choice(SEEDS), dice)
            yield Given(str(number), None)

    began = time.perf_counter()
    for done, outcome in enumerate(summarize(inputs(), Settings(cache=False)), 1):
        data = made.pop(outcome.path)
        if done % 50 == 0:
            print(
                f"whole line: {done:,} so far, {time.perf_counter() - began:.0f} s",
                file=sys.stderr,
                flush=True,
            )
        if outcome.problem and "please report" in outcome.problem:
            yield f"whole line {outcome.path}: {outcome.problem} {data[:100]!r}"
        for item in outcome.records:
            text = read(data, path="").text
            for event in item.events:
                if text[slice(*event.span)] != event.text:
                    yield f"whole line {outcome.path}: {event.type} does not stand at {event.span}"
            for format in FORMATS:
                render([item], format, stream=io.StringIO(), color=False)


def run(name: str, check: Callable[[random.Random], None], count: int, seed: int) -> int:
    failures = 0
    began = time.perf_counter()
    for number in range(count):
        try:
            check(random.Random(f"{seed} {name} {number}"))
        except Exception:
            failures += 1
            if failures <= 3:
                print(f"{name} {number}:\n{traceback.format_exc(limit=-3)}", file=sys.stderr)
    print(f"{name}: {count:,} inputs, {failures} failures, {time.perf_counter() - began:.0f} s", flush=True)
    return failures


def main() -> int:
    parser = argparse.ArgumentParser(description="Throw broken input at matchcli.")
    parser.add_argument(
        "--inputs", type=int, default=100_000, help="inputs to reading and rendering together"
    )
    parser.add_argument("--reports", type=int, default=2_000, help="reports through the whole line")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failures = run("reading", check_reading, options.inputs // 2, options.seed)
    failures += run("rendering", check_rendering, options.inputs - options.inputs // 2, options.seed)
    if options.reports:
        began = time.perf_counter()
        wrong = list(check_whole_line(options.reports, options.seed))
        for line in wrong[:3]:
            print(line, file=sys.stderr)
        spent = time.perf_counter() - began
        print(f"whole line: {options.reports:,} reports, {len(wrong)} failures, {spent:.0f} s")
        failures += len(wrong)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
