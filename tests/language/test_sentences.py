"""Corrections of the tokenizer's cuts."""

import re

import pytest

from matchcli.language.orthography import entries
from matchcli.language.sentences import LONGEST_SENTENCE, Token, correct


def cut(*sentences: str) -> tuple[str, list[list[Token]]]:
    """A text and its tokens: each argument a sentence, "|" between tokens without a blank."""
    text, result = "", []
    for sentence in sentences:
        text += " " if text and not sentence.startswith("|") else ""
        tokens = []
        for part in re.split("([ |])", sentence):
            if part == " ":
                text += " "
            elif part not in ("|", ""):
                tokens.append(Token(len(text), len(text) + len(part)))
                text += part
        result.append(tokens)
    return text, result


def shown(text: str, sentences: list[list[Token]]) -> list[str]:
    return [
        " ".join(text[token.start : token.end].replace(" ", "_") for token in sentence)
        for sentence in sentences
    ]


@pytest.mark.parametrize(
    ("sentences", "corrected"),
    [
        (["al 45|'|+|2 segna"], ["al 45'+2 segna"]),
        (["al 90|'+|4|'|."], ["al 90'+4' ."]),
        (["vince 2|-|1|."], ["vince 2-1 ."]),
        (["con il 4|-|2|-|3|-|1"], ["con il 4-2-3-1"]),
        (["vince 2|-", "|1 in casa"], ["vince 2-1 in casa"]),
        (["a S.", "Siro si gioca"], ["a S. Siro si gioca"]),
        (["D.", "Rossi tira"], ["D. Rossi tira"]),
        (["arriva il sig|.", "Bianchi"], ["arriva il sig . Bianchi"]),
        (["resta in Serie B.", "Poi torna"], ["resta in Serie B.", "Poi torna"]),
        (["entra Rossi M.", "Si riparte"], ["entra Rossi M.", "Si riparte"]),
        (["segna Rossi|.", "Poi basta"], ["segna Rossi .", "Poi basta"]),
        (["multa alla A.S.D.", "Gualtierese"], ["multa alla A.S.D. Gualtierese"]),
        (["nessuna speranza ...", "cioè una"], ["nessuna speranza ... cioè una"]),
        (["si è perso ...", "Ora ci siamo"], ["si è perso ...", "Ora ci siamo"]),
        (["Inter|-|Milan"], ["Inter - Milan"]),
        (["Reti|:", "Rossi|;", "Neri|."], ["Reti : Rossi ; Neri ."]),
        (["dal 25|'|-|30|'"], ["dal 25 ' - 30 '"]),
    ],
)
def test_cuts_are_corrected_for_the_whole_family(sentences, corrected):
    text, tokens = cut(*sentences)
    assert shown(text, correct(text, tokens)) == corrected


def test_a_very_long_sentence_is_cut_after_a_comma_where_it_can():
    text, tokens = cut(" ".join(["parola"] * 150 + [","] + ["parola"] * 200))
    parts = correct(text, tokens)
    assert [len(part) for part in parts] == [151, 200]
    assert max(map(len, parts)) <= LONGEST_SENTENCE


@pytest.mark.parametrize("entry", entries()["abbreviations"], ids=lambda entry: entry["example"])
def test_the_examples_of_the_abbreviations_stay_one_sentence(entry):
    before, after = entry["example"].split(". ")
    assert before.split()[-1] in entry["words"]
    text, tokens = cut(f"{before}.", after)
    assert len(correct(text, tokens)) == 1
