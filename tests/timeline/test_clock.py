"""The clock: events of one match placed from what a text says of their time."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchcli.extraction.when import find_times
from matchcli.record import PERIOD_MINUTES
from matchcli.timeline.clock import ClockWarning, Placement, place
from matchcli.timeline.reasons import Why
from matchcli.timeline.scenes import Telling


def told(text: str, **options: Any) -> tuple[dict[int, Placement], list[ClockWarning]]:
    """Place the events of a text in which {1} stands where event 1 is told.

    {1g} is a goal, {1s} a substitution, {1x} told out of order; a time expression belongs to the
    next event of its sentence, or to the last before it, or to none.
    """
    marks = [(m.start(), int(m[1]), m[2]) for m in re.finditer(r"\{(\d+)(\w*)\}", text)]
    plain = re.sub(r"\{\d+\w*\}", lambda m: " " * len(m[0]), text)
    loose = find_times(plain)
    tellings = []
    for position, key, flags in marks:
        begin = max(plain.rfind(stop, 0, position) for stop in ".\n") + 1
        end = min(at for stop in ".\n" if (at := plain.find(stop, position)) >= 0)
        before = [at for at, *_ in marks if begin <= at < position]
        after = [at for at, *_ in marks if position < at < end]
        near = [
            m for m in loose if (before[-1] if before else begin) <= m.span[0] < (after[0] if after else end)
        ]
        near = [m for m in near if m.span[0] < position or not after]
        loose = [m for m in loose if m not in near]
        kind = (
            "goal"
            if "g" in flags
            else "substitution"
            if "s" in flags
            else "penalty_awarded"
            if "p" in flags
            else "shot"
        )
        tellings.append(Telling(key, position, near, "x" in flags, is_goal=kind == "goal", type=kind))
    return place(tellings, loose, text=plain, **options)


def window(placement: Placement) -> tuple[object, ...]:
    return placement.period, placement.low, placement.high


@pytest.mark.parametrize(
    ("text", "key", "wanted"),
    [
        ("Al 12' {1g}. Al 67' {2g}.", 2, ("2H", 67, 67)),
        ("Nella ripresa la musica cambia. Al 4' {1g}. Al 12' {2s}.", 2, ("2H", 57, 57)),
        ("Al 5' st {1}. Al 17' {2p}. Al 24' {3s}. All'88' {4}.", 3, ("2H", 69, 69)),
        ("Al 5' st {1}. Al 17' {2p}. Al 24' {3s}. All'88' {4}.", 4, ("2H", 88, 88)),
        ("Nella ripresa al 55' {1g}. Al 20' {2x}.", 2, ("1H", 20, 20)),
        ("Alla mezz'ora {1g}. Nella ripresa il pari. Alla mezz'ora {2g}.", 2, ("2H", 75, 75)),
        ("Al 10' {1}. Nel recupero {2}. Nella ripresa al 60' {3}.", 2, ("1H", 45, 45)),
        ("Al 60' {1}. Nel recupero {2}.", 2, ("2H", 90, 90)),
        ("Al 60' {1}. A cinque dalla fine {2}.", 2, ("2H", 85, 85)),
        ("Al 95' {1}.", 1, ("2H", 90, 90)),
        (
            "Nella ripresa al 60' {1}. Nei supplementari al 95' {2g}. A due minuti dai rigori {3}.",
            2,
            ("ET1", 95, 95),
        ),
        (
            "Nella ripresa al 60' {1}. Nei supplementari al 95' {2g}. A due minuti dai rigori {3}.",
            3,
            ("ET2", 118, 118),
        ),
        ("Al 40' {1}. Sei minuti dopo {2}.", 2, (None, 45, 47)),
        ("Nella ripresa {1s}. Al 66' {2g}.", 1, ("2H", 46, 66)),
        ("Al 30' {1}. Prima del riposo {2}. Nella ripresa al 60' {3}.", 2, ("1H", 30, 45)),
        ("La ripresa si apre con Leoni per Bassi {1s}.", 1, ("2H", 46, 46)),
        ("Dopo quattro minuti {1g}. Al 12' {2}.", 1, ("1H", 4, 5)),
        ("Al 12' {1g}. Dopo quattro minuti {2g}.", 2, ("1H", 15, 17)),
        ("Al 12' {1g}. Due minuti prima {2}.", 2, ("1H", 9, 11)),
    ],
)
def test_window_of_an_event(text: str, key: int, wanted: tuple[object, ...]) -> None:
    placements, _ = told(text)
    assert window(placements[key]) == wanted


def test_chain_counts_from_the_last_goal() -> None:
    placements, _ = told(
        "Al 55' {1g}. L'equilibrio dura dodici minuti: prima un palo {2}, poi la rete di Leoni {3g}."
    )
    assert window(placements[3]) == ("2H", 66, 68)
    assert (placements[3].minute, placements[3].basis) == (67, "derived")


def test_lead_that_tells_the_end_first_does_not_move_the_clock() -> None:
    placements, _ = told(
        "Decide Leoni nel primo supplementare {1g}.\nPrimo squillo al 12' {2}. Al 34' {3g}. "
        "Nella ripresa al 60' {4g}. Poi, al settimo del primo overtime, Leoni {1g}."
    )
    assert window(placements[2]) == ("1H", 12, 12)
    assert window(placements[1]) == ("ET1", 97, 97)


def test_event_without_time_has_the_window_of_its_neighbours() -> None:
    placements, _ = told("Al 14' {1g}. Poi un palo {2}. Al 23' {3}.")
    assert window(placements[2]) == ("1H", 14, 23)
    assert (placements[2].minute, placements[2].basis) == (18, "bounded")


def test_wide_window_has_no_minute() -> None:
    placements, _ = told("Al 14' {1g}. Poi un palo {2}. Al 44' {3}.")
    assert (placements[2].minute, placements[2].basis) == (None, "bounded")


def test_nothing_known_is_nothing_said() -> None:
    placements, _ = told("Un palo {1x}.")
    assert placements[1] == Placement(None, None, None, None, None, None, [])


def test_stoppage_is_kept() -> None:
    placements, _ = told("Al 60' {1}. Al terzo minuto di recupero {2g}.")
    assert (placements[2].minute, placements[2].stoppage, placements[2].basis) == (90, 3, "stated")


def test_event_told_twice_takes_the_stronger_time() -> None:
    placements, warnings = told("Al 10' {1}. Al 60' {3}. Nel finale {2g}.\nReti: 85' {2gx}.")
    assert window(placements[2]) == ("2H", 85, 85)
    assert warnings == []


def test_contradiction_is_reported_and_never_raised() -> None:
    placements, warnings = told("Al 20' {1g}. Al 50' {2}.\nReti: 30' {1gx}.")
    assert placements[1].low in (20, 30)
    assert [(warning.code, warning.key) for warning in warnings] == [("time_contradiction", 1)]


def test_flashback_does_not_bound_what_is_told_after_it() -> None:
    placements, _ = told("Al 50' {1}. Al 60' {2}. Al 55' {3}. Un palo {4}. Al 80' {5}.")
    assert window(placements[4]) == ("2H", 60, 80)


def test_live_text_latest_first_is_read_from_the_end() -> None:
    placements, _ = told("90' {1}.\nUn palo {2}.\n60' {3}.\n10' {4}.\n", live=True, latest_first=True)
    assert window(placements[2]) == ("2H", 60, 90)


def test_live_text_whose_clock_starts_anew_is_in_the_second_half() -> None:
    placements, _ = told("5' {1}.\n20' {2}.\n44' {3}.\n3' {4}.\n20' {5}.\n41' {6}.\n", live=True)
    assert window(placements[5]) == ("2H", 65, 65)


def test_live_minute_beyond_the_half_is_stoppage_time() -> None:
    placements, _ = told("5' {1}.\n44' {2}.\n47' {3}.\nRIPRESA\n48' {4}.\n", live=True)
    assert (placements[3].period, placements[3].minute, placements[3].stoppage) == ("1H", 45, 2)
    assert window(placements[4]) == ("2H", 48, 48)


def test_score_puts_an_event_between_two_goals() -> None:
    first, second = (
        Telling(1, 0, find_times("al 29'"), True, (1, 1), True, "goal"),
        Telling(2, 10, find_times("7' st"), True, (2, 1), True, "goal"),
    )
    missed = Telling(3, 20, [], True, (1, 1), False, "penalty_missed")
    placements, _ = place([first, second, missed])
    assert (placements[3].low, placements[3].high) == (29, 52)


def test_abandoned_match_ends_at_its_last_minute() -> None:
    placements, _ = told("Al 60' {1}. Poi un palo {2}.", last_minute=66)
    assert window(placements[2]) == ("2H", 60, 66)


def test_penalty_is_taken_right_after_it_was_given() -> None:
    placements, _ = told("Al 20' {1p}. Leoni spiazza il portiere {2g}. Al 40' {3}.")
    assert window(placements[2]) == ("1H", 20, 22)


def test_loose_minute_is_that_of_the_event_told_next() -> None:
    placements, _ = told("Al 19' {1}. Poi, al 42', il pasticcio. Leoni travolge Bassi {2p}. Al 60' {3}.")
    assert placements[2].minute == 42


def test_explanation_quotes_the_words() -> None:
    placements, _ = told("Al 55' {1g}. Dodici minuti più tardi {2g}.")
    assert placements[2].explain == [
        Why("time", "Al 55'", (55, 55)),
        Why("offset", "Dodici minuti più tardi", (11, 13), other=1),
    ]


def test_explanation_never_refers_to_the_event_itself() -> None:
    placements, _ = told("Nella ripresa {1s}. Al 58' {2g}. Poi un palo {3}. Dopo dieci minuti {4g}.")
    assert Why("order_before", other=2) in placements[1].explain
    assert all(why.other != key for key, place in placements.items() for why in place.explain)


def test_offset_that_two_events_share_counts_once() -> None:
    text = "Al 60' la rete. Dieci minuti dopo doppio cambio."
    goal, offset = find_times(text)
    tellings = [
        Telling(1, 7, [goal], is_goal=True, type="goal"),
        Telling(2, 35, [offset], type="substitution"),
        Telling(3, 42, [offset], type="substitution"),
    ]
    placements, _ = place(tellings, text=text)
    assert [placements[key].minute for key in (2, 3)] == [70, 70]


PHRASES = st.sampled_from(
    [
        "al 12'",
        "al 7' st",
        "al 95'",
        "poco dopo",
        "due minuti prima",
        "dieci minuti dopo",
        "alla mezz'ora",
        "nel recupero",
        "a cinque dalla fine",
        "nella ripresa",
        "nel primo supplementare",
        "prima dell'intervallo",
        "si va al riposo",
        "l'equilibrio dura sei minuti",
        "al terzo minuto di recupero",
        "in avvio di ripresa",
        "nello stesso minuto",
        "",
    ]
)
MOMENTS = st.lists(
    st.tuples(PHRASES, st.integers(0, 9), st.booleans(), st.booleans(), st.sampled_from([". ", ", ", "\n"])),
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(
    MOMENTS, st.booleans(), st.booleans(), st.sampled_from([None, True, False]), st.sampled_from([None, 66])
)
def test_any_telling_is_placed_inside_the_match(
    moments: list[tuple[str, int, bool, bool, str]],
    live: bool,
    latest_first: bool,
    extra_time: bool | None,
    last_minute: int | None,
) -> None:
    text, tellings, loose = "", [], []
    for phrase, key, told_here, in_order, stop in moments:
        start = len(text)
        text += f"{phrase} Leoni segna{stop}"
        times = [
            replace(m, span=(m.span[0] + start, m.span[1] + start))
            for m in find_times(text[start : len(text)])
        ]
        if told_here:
            types = ("goal", "shot", "substitution", "penalty_awarded", "yellow_card")
            kind = types[key % len(types)]
            tellings.append(
                Telling(key, start + len(phrase), times, not in_order, None, kind == "goal", kind)
            )
        else:
            loose += times
    placements, warnings = place(
        tellings,
        loose,
        text=text,
        live=live,
        latest_first=latest_first,
        extra_time=extra_time,
        last_minute=last_minute,
    )
    assert set(placements) == {telling.key for telling in tellings}
    end = last_minute or (90 if extra_time is False else 120)
    for placement in placements.values():
        if placement.low is None or placement.high is None:
            assert placement.minute is None
            continue
        assert 1 <= placement.low <= placement.high <= end
        if placement.minute is not None:
            assert placement.low <= placement.minute <= placement.high
        if placement.period is not None:
            first, last = PERIOD_MINUTES[placement.period]
            assert first <= placement.low <= placement.high <= last
    assert all(warning.message for warning in warnings)
