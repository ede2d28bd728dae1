"""The encoder learns with the readers, and what it has learned is used."""

from importlib.resources import files
from random import Random

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from matchcli.extraction.reader.context import ContextEncoder
from matchcli.extraction.reader.context_model import CORRECTIONS, ContextNetwork
from matchcli.extraction.reader.files import read_bytes, read_weights
from matchcli.extraction.reader.reading import Reader
from matchcli.extraction.reader.weights import unpack
from matchcli.training import tuning
from matchcli.training.marked import marked_matches
from matchcli.training.renaming import Renaming
from matchcli.training.sheet import labelled_text
from matchcli.training.tunable_context import TunableContext
from matchcli.training.tuning import Pieces, Source, TuningExample
from matchcli.training.vocabulary import vocabulary_of

from .texts import SEVERAL, SINGLE, material

TEXT = "Al 12' Ferri insacca di testa su assist di Nkosi.\nGli ospiti reclamano un rigore."


@pytest.fixture(scope="module")
def encoder():
    return ContextEncoder(read_weights("context.pt"), read_bytes("pieces.model"))


@pytest.fixture(scope="module")
def example():
    known = material(SINGLE)
    source = Source(
        known.whole.report.text, labelled_text(known), marked_matches(known.annotated, known.whole)
    )
    events = vocabulary_of(match.encoded.tokens for match in source.matches)
    sheet = vocabulary_of([source.sheet.tokens])
    return TuningExample(source, {r.file: events if r.file == "events.pt" else sheet for r in tuning.READERS})


def likeness(one, other):
    return torch.nn.functional.cosine_similarity(one, other, 1).min().item()


def test_the_encoder_that_learns_says_what_the_one_in_use_says(encoder):
    learning = TunableContext(read_weights("context.pt")).eval()
    pieces = Pieces(encoder, TEXT)
    with torch.no_grad():
        (states,) = learning([pieces.windows])
    assert likeness(states, encoder.read(TEXT).states.float()) > 0.99


def test_what_the_encoder_has_learned_is_stored_beside_its_own_weights(encoder):
    learning = TunableContext(read_weights("context.pt")).eval()
    torch.manual_seed(1)
    for layer in learning.layers.values():
        torch.nn.init.normal_(layer.wide, std=0.02)
    saved = learning.to_save()
    pieces = Pieces(encoder, TEXT)
    with torch.no_grad():
        (states,) = learning([pieces.windows])
    used = ContextEncoder(saved, read_bytes("pieces.model")).read(TEXT).states.float()
    assert likeness(states, used) > 0.98
    assert likeness(states, encoder.read(TEXT).states.float()) < 0.98
    again = TunableContext(saved)
    assert torch.equal(
        ContextNetwork(again.to_save()).weights["0.inner.weight"],
        ContextNetwork(saved).weights["0.inner.weight"],
    )
    assert all(torch.equal(saved["state"][name], weight) for name, weight in again.saved["state"].items())


def test_windows_of_different_lengths_do_not_hear_each_other(encoder):
    learning = TunableContext(read_weights("context.pt")).eval()
    short, long = (Pieces(encoder, text).windows for text in ("Gol di Ferri.", TEXT))
    with torch.no_grad():
        alone, together = learning([short])[0], learning([short, long])[0]
    assert likeness(alone, together) > 0.995


def test_tokens_find_their_pieces_as_in_use(encoder, example):
    text, spans = example.source.text, example.of["sheet.pt"][0].text.spans
    known = encoder.read(text)
    found = Pieces(encoder, text).of(known.states.float(), spans)
    assert torch.allclose(found, known.of(example.source.sheet.tokens), atol=1e-3)


def test_a_surname_is_another_wherever_it_stands(example):
    names = ["Zeccola", "Ibarra", "Vuković", "Tromp", "Aguzzi", "Dell'Era", "Osei", "Lindqvist", "Pavanello"]
    renaming, chosen = example.renamed(Random(1), names)
    assert "Ferri" not in renaming.text and "Freitas" not in renaming.text
    assert renaming.text.count(chosen["ferri"]) == example.source.text.count("Ferri")
    for token in example.source.sheet.tokens:
        before = example.source.text[slice(*token.span)]
        after = renaming.text[slice(*renaming.span(token.span))]
        assert after == before or before in example.surnames


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), st.text("xyz", max_size=9)), max_size=8))
def test_what_no_name_touches_stands_in_the_renamed_text_as_before(parts):
    text, places, kept = "", [], []
    for between, size, name in parts:
        kept.append((len(text), len(text) + between))
        text += "a" * between
        places.append(((len(text), len(text) + size), name))
        text += "B" * size
    renaming = Renaming(text, places)
    assert "B" not in renaming.text
    for span in kept:
        assert renaming.text[slice(*renaming.span(span))] == text[slice(*span)]
    for span, name in places:
        assert renaming.text[slice(*renaming.span(span))] == name


def test_tuning_writes_weights_that_the_readers_read(tmp_path, capfd):
    (tmp_path / "reports" / "locale").mkdir(parents=True)
    (tmp_path / "reports" / "locale" / "01.txt").write_text(SINGLE, encoding="utf-8")
    (tmp_path / "reports" / "locale" / "02.txt").write_text(SEVERAL, encoding="utf-8")
    init = files("matchcli") / "models" / "reader"
    tuning.main(
        [
            str(tmp_path / "reports"),
            str(tmp_path / "out"),
            "--init",
            str(init),
            "--epochs",
            "1",
            "--processes",
            "1",
        ]
    )
    assert "events.pt events" in capfd.readouterr().out
    saved = torch.load(tmp_path / "out" / "context.pt", weights_only=True)
    assert len(saved[CORRECTIONS]) == 4 * saved["config"]["layers"]
    reader = Reader([unpack(torch.load(tmp_path / "out" / "events.pt", weights_only=True))])
    known = material(SINGLE)
    (match,) = marked_matches(known.annotated, known.whole)
    assert reader.read(match.encoded).home
