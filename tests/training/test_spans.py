"""Which part of an annotated text tells which match."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matchcli.training.spans import match_spans

from .texts import SEVERAL, SINGLE, material


def test_text_of_one_match_tells_it_from_end_to_end() -> None:
    known = material(SINGLE)
    assert match_spans(known.annotated, known.whole) == {1: [(0, len(known.whole.report.text))]}


def test_each_paragraph_of_a_round_up_tells_its_match() -> None:
    known = material(SEVERAL)
    text = known.whole.report.text
    border = text.index("CASTELNOVO")
    assert match_spans(known.annotated, known.whole) == {1: [(0, border)], 2: [(border, len(text))]}


@given(st.lists(st.sampled_from([1, 2]), min_size=2, max_size=6))
def test_matches_told_in_turn_share_the_text_without_a_gap(turns: list[int]) -> None:
    sides = {1: "Portalba", 2: "Castelnovo"}
    tellings = " ".join(
        f"Al {n + 1}' il {sides[match]} [[{n}:segna]] ancora." for n, match in enumerate(turns, 1)
    )
    events = "\n".join(f"{n}; goal; H{m}; -; -; 1H; {n + 1}; -; -" for n, m in enumerate(turns, 1))
    goals = [turns.count(match) for match in (1, 2)]
    source = (
        f"@@@ two matches in turn\nmatch 1: Portalba - Monteverde; {goals[0]}-0\nhome 1: -\naway 1: -\n"
        f"match 2: Castelnovo - Rivalta; {goals[1]}-0\nhome 2: -\naway 2: -\n---\n{tellings}\n---\n{events}\n"
    )
    known = material(source)
    spans = match_spans(known.annotated, known.whole)
    text = known.whole.report.text
    shared = sorted(span for own in spans.values() for span in own)
    assert [shared[0][0], *(end for _, end in shared)] == [*(start for start, _ in shared), len(text)]
