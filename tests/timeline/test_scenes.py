"""Scenes: the time of a sentence or of a live line is that of all its events."""

from __future__ import annotations

from matchcli.extraction.when import find_times
from matchcli.timeline.clock import place
from matchcli.timeline.scenes import Telling, share_times


def shared(text: str, *tellings: Telling, live: bool = False) -> list[list[str]]:
    """The words of the times that each telling has in the end."""
    loose = [m for m in find_times(text) if all(m not in telling.times for telling in tellings)]
    result, _ = share_times(tellings, loose, text, live=live)
    return [[text[slice(*mention.span)] for mention in telling.times] for telling in result]


def test_time_before_an_event_in_its_sentence_is_its_own() -> None:
    text = "Al 12' Leoni stende Bassi e il guardalinee sbandiera. Poi nulla."
    (owned,) = find_times(text)
    first = Telling(1, text.index("stende"), [owned])
    second = Telling(2, text.index("sbandiera"), [])
    assert shared(text, first, second) == [["Al 12'"], ["Al 12'"]]


def test_word_for_later_keeps_the_time_from_the_next_event() -> None:
    text = "Al 12' Leoni calcia fuori, poi Bassi centra il palo."
    first = Telling(1, text.index("calcia"), find_times(text))
    assert shared(text, first, Telling(2, text.index("centra"), [])) == [["Al 12'"], []]


def test_time_does_not_reach_the_next_sentence() -> None:
    text = "Al 12' Leoni calcia fuori. Bassi centra il palo."
    first = Telling(1, text.index("calcia"), find_times(text))
    assert shared(text, first, Telling(2, text.index("centra"), [])) == [["Al 12'"], []]


def test_loose_time_after_an_event_is_its_own() -> None:
    text = "Gli ospiti colgono al 49' il palo esterno con Leoni."
    assert shared(text, Telling(1, 0, [])) == [["al 49'"]]


def test_entry_of_a_substitute_says_nothing_of_his_goal() -> None:
    text = "Leoni, entrato al 70' per Bassi e decisivo con una zampata."
    change = Telling(1, text.index("entrato"), find_times(text), type="substitution")
    assert shared(text, change, Telling(2, text.index("zampata"), [], is_goal=True)) == [["al 70'"], []]


def test_times_that_stand_after_their_events_are_put_right() -> None:
    text = "Decidono la rete di Leoni, al 9', e il contropiede di Bassi a due minuti dalla fine."
    first_time, _ = find_times(text)
    goals = [Telling(1, text.index("rete"), []), Telling(2, text.index("contropiede"), [first_time])]
    assert shared(text, *goals) == [["al 9'"], ["a due minuti dalla fine"]]


def test_minute_of_a_change_is_not_that_of_what_came_minutes_later() -> None:
    text = "Al 12' entra Leoni per Bassi, e sei minuti dopo lo stesso Leoni colpisce il palo."
    clock, offset = find_times(text)
    change = Telling(1, text.index("entra"), [clock], type="substitution")
    shot = Telling(2, text.index("colpisce"), [clock, offset], type="shot")
    assert shared(text, change, shot) == [["Al 12'"], ["e sei minuti dopo"]]


def test_clock_of_a_live_line_is_that_of_all_its_events() -> None:
    text = "9' Leoni segna. Bassi protesta, ammonito.\n14' Galli fuori."
    tellings = [Telling(1, text.index("segna"), []), Telling(2, text.index("ammonito"), [])]
    assert shared(text, *tellings, live=True) == [["9'"], ["9'"]]


def test_clock_of_a_live_line_stands_above_other_times_in_it() -> None:
    text = "9' Leoni segna.\n19' L'urlo dura tre secondi: Bassi era in fuorigioco."
    _, clock, offset = find_times(text)
    assert shared(text, Telling(1, text.index("Bassi"), [clock, offset]), live=True) == [["19'"]]


def test_time_in_brackets_is_not_that_of_the_next_event() -> None:
    text = "Su invito di Galli (33'), Leoni si fa respingere il tiro da Bassi (40')."
    first, _ = find_times(text)
    passing = Telling(1, text.index("invito"), [first])
    assert shared(text, passing, Telling(2, text.index("Leoni"), [])) == [["(33')"], ["(40')"]]


def test_tellings_that_are_given_stay_as_they_are() -> None:
    text = "Gli ospiti colgono al 49' il palo esterno con Leoni."
    given = Telling(1, 0, [])
    share_times([given], find_times(text), text, live=False)
    assert given.times == []


def test_penalty_is_given_shortly_before_it_is_taken() -> None:
    text = "Al 20' Leoni segna. Poi Bassi è atterrato, rigore. Leoni si fa parare il tiro (32')."
    goal, miss = find_times(text)
    tellings = [
        Telling(1, 7, [goal], is_goal=True, type="goal"),
        Telling(2, text.index("atterrato"), [], type="penalty_awarded"),
        Telling(3, text.index("parare"), [miss], type="penalty_missed"),
    ]
    placements, _ = place(tellings, text=text)
    assert (placements[2].low, placements[2].high) == (30, 32)


def test_what_was_in_between_lies_between_the_last_two_events() -> None:
    text = (
        "Al 25' giallo a Leoni. Al 31' giallo a Bassi. In mezzo una sassata di Galli. Al 44' il palo di Neri."
    )
    first, second, last = find_times(text)
    tellings = [
        Telling(1, 7, [first]),
        Telling(2, text.index("giallo a Bassi"), [second]),
        Telling(3, text.index("sassata"), []),
        Telling(4, text.index("palo"), [last]),
    ]
    placements, _ = place(tellings, text=text)
    assert (placements[3].low, placements[3].high) == (25, 31)
