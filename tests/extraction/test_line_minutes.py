"""Bare numbers at the head of lines: minutes where they run like a clock, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchcli.extraction.line_minutes import find_line_minutes, runs_like_a_clock
from matchcli.extraction.when import find_times

LIVE = (
    "3 Moro di testa, alta.\n16 Corti a terra, guai alla caviglia.\n45+2 Riposo.\n61 Ferri la mette dentro."
)


def test_numbers_that_rise_down_the_lines_are_minutes() -> None:
    assert [
        (LIVE[slice(*span)], minute, extra) for span, minute, extra in find_line_minutes(LIVE, 0, len(LIVE))
    ] == [
        ("3", 3, None),
        ("16", 16, None),
        ("45+2", 45, 2),
        ("61", 61, None),
    ]


def test_minute_of_a_line_is_a_time_of_the_clock() -> None:
    told = [(time.kind, time.low, time.rule) for time in find_times(LIVE)]
    assert ("clock", 16, "minute_of_line") in told


@pytest.mark.parametrize(
    "text",
    [
        "1 Moro\n2 Corti\n3 Ferri\n4 Sala\n5 Vinci",
        "3 Moro di testa, alta.\n16 Corti a terra.",
        "30 Punti per noi.\n12 Per loro.\n44 Per gli altri.\n7 Per il Borgo.\n50 Per la Pieve.",
        "Il 3 maggio.\nI 16 punti.\nAl 20 per cento.\nDal 31 in poi.",
    ],
    ids=["line-up", "too few", "no order", "inside of lines"],
)
def test_other_numbers_are_no_minutes(text: str) -> None:
    assert find_line_minutes(text, 0, len(text)) == []


@given(st.lists(st.integers(1, 120), max_size=12))
def test_a_clock_runs_the_same_backwards(numbers: list[int]) -> None:
    assert runs_like_a_clock(numbers) == runs_like_a_clock(numbers[::-1])
