"""The reasons of an event as lines: one phrase for each kind, in the language of the output."""

from typing import get_args

import pytest

from matchcli.record import EventType, Reason, ReasonKind, Reference
from matchcli.rendering.reasons import say
from matchcli.rendering.words import LANGUAGES, words

GOAL = Reference(type="goal", player="Arad", minute_range=(47, 60))
SCENE = Reference(words="Al 42' il pasticcio")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_reason_and_every_event_has_its_phrase(lang):
    assert set(get_args(ReasonKind)) <= set(words(lang, "reasons"))
    assert set(get_args(EventType)) == set(words(lang, "the_event"))


@pytest.mark.parametrize(
    ("reason", "italian", "english"),
    [
        (Reason(kind="time", words="al 67'", minutes=(67, 67)), "«al 67'»: 67'", "«al 67'»: 67'"),
        (
            Reason(kind="time", words="al 93'", minutes=(90, 90), stoppage=3),
            "«al 93'»: 90+3'",
            "«al 93'»: 90+3'",
        ),
        (
            Reason(kind="offset", words="dodici minuti dopo", minutes=(12, 12), other=GOAL),
            "«dodici minuti dopo»: 12 minuti dopo il gol di Arad (47-60')",
            "«dodici minuti dopo»: 12 minutes after the goal of Arad (47-60')",
        ),
        (
            Reason(kind="offset_before", words="un minuto prima", minutes=(1, 1), other=GOAL),
            "«un minuto prima»: 1 minuto, poi il gol di Arad (47-60')",
            "«un minuto prima»: 1 minute before the goal of Arad (47-60')",
        ),
        (
            Reason(kind="with", other=SCENE),
            "insieme con «Al 42' il pasticcio»",
            "together with «Al 42' il pasticcio»",
        ),
        (Reason(kind="window", minutes=(59, 72)), "dunque 59-72'", "so 59-72'"),
        (
            Reason(kind="meant", words="il portoghese", name="Couto"),
            "«il portoghese» è Couto",
            "«il portoghese» is Couto",
        ),
        (
            Reason(kind="told_too", words="gol di Arad"),
            "raccontato anche: «gol di Arad»",
            "also told: «gol di Arad»",
        ),
        (
            Reason(kind="order", other=Reference(type="injury")),
            "raccontato dopo l'infortunio",
            "told after the injury",
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Reason) else "",
)
def test_a_reason_is_told_in_the_language_of_the_output(reason, italian, english):
    assert (say(reason), say(reason, "en")) == (italian, english)


@pytest.mark.parametrize("kind", get_args(ReasonKind))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reason_that_holds_nothing_breaks_nothing(kind, lang):
    assert "{" not in say(Reason(kind=kind), lang)
