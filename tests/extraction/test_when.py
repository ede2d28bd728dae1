"""Time expressions: the lexicon's own examples, and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchcli.extraction import wall_clock
from matchcli.extraction.numbers import cardinal, ordinal
from matchcli.extraction.when import (
    describe,
    examples,
    find_times,
    fold_text,
    on_clock,
    rule_entries,
    texts_without_times,
)

WANTED = [(entry["name"], *example) for entry in rule_entries() for example in examples(entry)]
NOT_THIS = [
    (entry["name"], text)
    for entry in rule_entries()
    if entry["kind"] != "none"
    for text in entry.get("no", [])
]
NO_TIMES = [text for entry in rule_entries() if entry["kind"] == "none" for text in entry["no"]]
NO_TIMES += texts_without_times()


@pytest.mark.parametrize(("rule", "text", "span", "wanted"), WANTED, ids=[text for _, text, _, _ in WANTED])
def test_example_of_the_lexicon_is_read_as_it_says(
    rule: str, text: str, span: tuple[int, int], wanted: str
) -> None:
    found = {mention.span: mention for mention in find_times(text)}
    assert span in found
    assert (found[span].rule, describe(found[span])) == (rule, wanted)


@pytest.mark.parametrize("text", NO_TIMES)
def test_text_without_a_time_has_no_mention(text: str) -> None:
    assert find_times(text) == []


@pytest.mark.parametrize(("rule", "text"), NOT_THIS)
def test_rule_leaves_its_counterexample_alone(rule: str, text: str) -> None:
    assert rule not in {mention.rule for mention in find_times(text)}


@pytest.mark.parametrize(("text", "wanted"), wall_clock.examples())
def test_times_of_day_become_minutes_where_the_kick_off_is_told(text: str, wanted: dict[str, str]) -> None:
    found = {text[slice(*mention.span)].casefold(): describe(mention) for mention in find_times(text)}
    assert {words: found.get(words) for words in wanted} == wanted


def test_times_of_day_without_a_kick_off_are_no_times_of_the_match() -> None:
    assert find_times("ugo (20.44): bene\npia (20.51): male\nugo (20.59): insomma\npia (21.10): mah") == []


@pytest.mark.parametrize("entry", rule_entries(), ids=lambda entry: entry["name"])
def test_every_rule_has_examples(entry: dict) -> None:
    assert entry.get("no") if entry["kind"] == "none" else entry.get("examples")


def test_second_half_that_goes_on_from_46_has_no_stoppage_time_at_its_start() -> None:
    def told(text: str) -> list[str]:
        return [describe(mention) for mention in find_times(text)]

    assert told("2T 46' cambio\n2T 53' palo\n2T 70' gol\n2T 90'+2 fine") == [
        "2H 46", "2H 53", "2H 70", "2H 90+2"
    ]  # fmt: skip
    assert told("al 7' st il gol, al 48' st il palo") == ["2H 52", "2H 90+3"]


def test_rule_names_are_used_once() -> None:
    names = [entry["name"] for entry in rule_entries()]
    assert len(names) == len(set(names))


def test_offsets_count_the_whole_text_where_only_a_part_is_searched() -> None:
    text = "Al 5' Sarti. Al 12' Leoni. Al 20' Bassi."
    (mention,) = find_times(text, 13, 26)
    assert text[slice(*mention.span)] == "Al 12'"


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Poi, al 12´, Leoni.", "al 12´"),
        ("Piu' tardi, a meta' ripresa, Leoni.", "a meta' ripresa"),
        ("ALLA MEZZ'ORA LEONI.", "ALLA MEZZ'ORA"),
        ("Leoni al\xa067’ raddoppia.", "al\xa067’"),
        ("Leoni al 7'\ndella ripresa raddoppia.", "al 7'\ndella ripresa"),
        ("L'equilibrio dura perche\u0301 no dodici minuti", None),
        ("Leoni al quarto d\u2019ora.", "al quarto d\u2019ora"),
        ("Poco piu\u0300 tardi Leoni.", "Poco piu\u0300 tardi"),
    ],
)
def test_keyboards_and_typesetters_write_the_same_words(text: str, piece: str | None) -> None:
    found = [text[slice(*mention.span)] for mention in find_times(text)]
    assert found == ([piece] if piece else [])


def test_heading_is_not_read_across_a_line_break() -> None:
    text = "Finale al 90'\nRIPRESA\n5' Leoni"
    assert [text[slice(*mention.span)] for mention in find_times(text)] == ["al 90'", "RIPRESA", "5'"]


@pytest.mark.parametrize(
    ("number", "period", "extra", "wanted"),
    [
        (7, "2H", None, (52, "2H", None)),
        (47, "1H", None, (45, "1H", 2)),
        (50, "2H", None, (90, "2H", 5)),
        (67, "2H", None, (67, "2H", None)),
        (93, None, None, (90, None, 3)),
        (111, None, None, (111, "ET2", None)),
        (9, "ET1", None, (99, "ET1", None)),
        (97, "ET1", None, (97, "ET1", None)),
        (108, "ET2", None, (108, "ET2", None)),
        (45, None, 2, (45, "1H", 2)),
        (45, "2H", 2, (90, "2H", 2)),
        (0, None, None, None),
        (200, None, None, None),
        (30, None, 4, None),
    ],
)
def test_minutes_as_written_go_on_the_clock_of_the_match(number, period, extra, wanted) -> None:
    assert on_clock(number, period, extra) == wanted


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("dodici", 12),
        ("ventuno", 21),
        ("ventotto", 28),
        ("trentatré", 33),
        ("centottanta", 180),
        ("un", 1),
        ("x", None),
    ],
)
def test_number_words_have_values(word: str, value: int | None) -> None:
    assert cardinal(word) == value


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("terzo", 3),
        ("dodicesimo", 12),
        ("ventitreesimo", 23),
        ("novantesima", 90),
        ("trentaseiesimo", 36),
        ("tre", None),
    ],
)
def test_ordinals_have_values(word: str, value: int | None) -> None:
    assert ordinal(word) == value


PIECES = st.sampled_from(
    [
        "al 7' st",
        "poco dopo",
        "12",
        "'",
        "’",
        "\n",
        "\n\n",
        " ",
        "dodici",
        "minuti",
        "e",
        "dalla fine",
        "nella ripresa",
        "prima del riposo",
        "45'+2",
        "-",
        "1",
        "mezz'ora",
        "İ",
        "ß",
        "e\u0301",
        "\u200b",
        "¼",
        "Leoni",
        "a cinque",
        "°",
        ".",
        "+",
        "più tardi",
        "RIPRESA",
        "(66')",
        "un",
        "quarto d'ora",
        "supplementari",
        "recupero",
        "\x00",
        "🥅",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(PIECES, max_size=40).map(" ".join),
)


@given(TEXTS)
def test_mentions_of_any_text_are_in_order_apart_and_inside(text: str) -> None:
    place = 0
    for mention in find_times(text):
        start, end = mention.span
        assert place <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        place = end
        if mention.low is not None:
            assert mention.high is not None
            assert 0 <= mention.low <= mention.high


@given(st.text(max_size=100))
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold_text(text, 0, len(text))
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(a < b for a, b in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
