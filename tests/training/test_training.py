"""The readers are trained on annotated reports, and what is trained can be read and used."""

from dataclasses import replace
from random import Random

import pytest
import torch

from matchcli.extraction.reader.context import word_states
from matchcli.extraction.reader.model import NEARNESS, ReaderNetwork
from matchcli.extraction.reader.panel import Panel
from matchcli.extraction.reader.reading import Reader, _Read
from matchcli.extraction.reader.sheet_reading import SheetReader
from matchcli.extraction.reader.weights import pack, unpack
from matchcli.training import __main__ as command
from matchcli.training import sizes
from matchcli.training.event_labels import event_labels
from matchcli.training.events import EventExample, spans_of, train_events
from matchcli.training.loop import configuration, learning_rate, warm_start
from matchcli.training.marked import marked_matches
from matchcli.training.sheet import labelled_text, train_sheet
from matchcli.training.tensors import Distances, TextTensors, share_names
from matchcli.training.vocabulary import vocabulary_of

from .texts import SEVERAL, SINGLE, material

SMALL = replace(sizes.EVENTS, hidden=8, bag=8, word=6, context=6, letter=4, shape=4, pair=6, epochs=1)
SMALL_SHEET = replace(sizes.SHEET, hidden=8, bag=8, word=6, letter=4, shape=4, epochs=1)


@pytest.fixture(scope="module")
def matches():
    return [
        m for known in map(material, (SINGLE, SEVERAL)) for m in marked_matches(known.annotated, known.whole)
    ]


@pytest.fixture(scope="module")
def vocabulary(matches):
    return vocabulary_of(match.encoded.tokens for match in matches)


@pytest.fixture(scope="module")
def weights(matches, tmp_path_factory):
    path = tmp_path_factory.mktemp("weights") / "events.pt"
    figures = train_events(matches, matches, path, plan=SMALL, say=lambda line: None)
    return path, figures


def test_training_writes_weights_that_the_event_reader_reads(weights, matches):
    path, figures = weights
    assert {"events", "player", "link", "tie", "side", "meaning"} <= set(figures)
    reader = Reader([unpack(torch.load(path, weights_only=True))])
    assert len(reader.read(matches[0].encoded).home) > 0


def test_training_writes_weights_that_the_sheet_reader_reads(tmp_path):
    texts = [labelled_text(material(source)) for source in (SINGLE, SEVERAL)]
    said = []
    figures = train_sheet(texts, texts, tmp_path / "sheet.pt", plan=SMALL_SHEET, say=said.append)
    assert {"home", "player", "opens", "figures"} <= set(figures)
    assert said[0].startswith("sheet reader: 2 texts, 2 held out")
    reader = SheetReader([unpack(torch.load(tmp_path / "sheet.pt", weights_only=True))])
    assert reader.read(material(SINGLE).whole.encoded()).figures


def test_the_same_seed_trains_the_same_weights(weights, matches, tmp_path):
    train_events(matches, [], tmp_path / "again.pt", plan=SMALL, say=lambda line: None)
    first, again = (torch.load(p, weights_only=True) for p in (weights[0], tmp_path / "again.pt"))
    assert all(torch.equal(first["state"][name], again["state"][name]) for name in first["state"])


def test_earlier_weights_are_taken_by_the_names_of_features_and_letters(weights, vocabulary):
    saved = unpack(torch.load(weights[0], weights_only=True))
    fewer = replace(vocabulary, features={name: n for n, name in enumerate(list(vocabulary.features)[5:])})
    network = ReaderNetwork(configuration(replace(SMALL, pair=7), fewer))
    left = warm_start(network, pack(saved), fewer)
    name = next(iter(fewer.features))
    old = saved["state"]["encoder.bag.weight"][saved["features"].index(name)]
    assert torch.allclose(network.encoder.bag.weight[0], old, atol=0.05)
    assert "role.one.weight" in left and "encoder.words.weight" not in left


def test_training_and_reading_make_the_same_tensors_of_a_text(weights, matches, vocabulary):
    reader = Reader([unpack(torch.load(weights[0], weights_only=True))])
    ours = EventExample(matches[0], vocabulary, SMALL.hiding).undisturbed()
    encoded = matches[0].encoded
    context = word_states(encoded.text, encoded.tokens)
    theirs = reader.ensemble.networks[0][1].inputs(encoded.tokens, context)
    assert set(ours) == set(theirs)
    assert torch.allclose(ours.pop("context"), theirs.pop("context"), atol=0.01)  # kept in half precision
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_training_and_reading_measure_the_same_distances(matches):
    encoded = matches[0].encoded
    starts = [telling.tokens[0] for telling in event_labels(matches[0]).tellings]
    read = _Read(Panel([]), encoded)
    read.trigger_tokens = sorted(starts)
    ours = Distances(encoded.tokens, [n.token for n in encoded.nodes if n.kind == "person"], starts)
    for one, other in ((0, 5), (30, 3), (starts[0], starts[-1])):
        assert ours.nearness(one, other) == read._nearness(one, other)
        assert len(ours.nearness(one, other)) == NEARNESS


def test_sides_change_places_together(matches, vocabulary):
    example = EventExample(matches[0], vocabulary, SMALL.hiding)
    whole = example.undisturbed()["sides"]
    for seed in range(20):
        inputs, flipped = example.drawn(Random(seed))
        teams = [token for token, _, is_person in example.known_sides if not is_person]
        wanted = whole.flip(1) if flipped else whole
        assert torch.equal(inputs["sides"][teams], wanted[teams])


def test_sides_of_line_ups_are_sometimes_hidden_and_others_sometimes_told(matches, vocabulary):
    example = EventExample(matches[0], vocabulary, SMALL.hiding)
    told = {int(example.drawn(Random(seed))[0]["sides"].sum()) for seed in range(40)}
    assert len(told) > 2


def test_features_and_names_are_hidden_in_training_only():
    text = labelled_text(material(SINGLE))
    vocabulary = vocabulary_of([text.tokens])
    hiding = replace(sizes.SHEET.hiding, weak=0.5, plain=0.5, names=1.0)
    tensors = TextTensors(text.tokens, word_states(text.text, text.tokens), vocabulary, hiding)
    sides = torch.zeros(len(tensors), 2)
    whole, drawn = tensors.inputs(sides), tensors.inputs(sides, Random(1))
    assert len(drawn["features"]) < len(whole["features"])
    assert whole["context"].any(1).all() and not drawn["context"].any(1).all()
    unknown = torch.cat([vocabulary.vectors[1], vocabulary.vectors[1]])
    assert (drawn["vectors"][tensors.proper] == unknown).all()
    assert tensors.proper.any() and not tensors.proper.all()


def test_names_are_changed_in_some_passes_and_alike_wherever_they_stand(matches, vocabulary):
    example, other = (EventExample(match, vocabulary, SMALL.hiding) for match in matches[:2])
    text = example.text
    assert torch.equal(example.drawn(Random(0))[0]["letters"], text.letters)  # no other names are known yet
    share_names([text, other.text])
    drawn = [example.drawn(Random(seed))[0]["letters"] for seed in range(20)]
    changed = [letters for letters in drawn if not torch.equal(letters, text.letters)]
    assert 0 < len(changed) < len(drawn)
    for letters in changed:
        for places in text.names.values():
            assert all(torch.equal(letters[place], letters[places[0]]) for place in places)
    assert torch.equal(example.undisturbed()["letters"], text.letters)


def test_all_mentions_of_one_person_share_what_they_say(matches, vocabulary):
    network = ReaderNetwork(configuration(SMALL, vocabulary))
    whom = EventExample(matches[0], vocabulary, SMALL.hiding).undisturbed()["whom"]
    states = torch.randn(len(whom), network.encoder.size)
    gathered = network.encoder._gathered(states, whom)
    assert (gathered[whom == 0] == 0).all()
    for number in range(1, int(whom.max()) + 1):
        own = gathered[whom == number]
        assert torch.allclose(own, own[0].expand_as(own)) and (own != 0).any()


def test_rare_features_and_letters_are_unknown(matches):
    tokens = matches[0].encoded.tokens
    vocabulary = vocabulary_of([tokens])
    times = sum("cue:goal" in set(token.features) for token in tokens)
    assert ("cue:goal" in vocabulary.features) == (times >= sizes.LEAST_OF_FEATURE)
    assert "form:insacca" not in vocabulary.features
    assert sorted(vocabulary.features.values()) == list(range(len(vocabulary.features)))
    assert min(vocabulary.letters.values()) == 1


def test_tags_make_tellings():
    goal, shot = 1, 5
    assert spans_of([0, goal, goal + 1, 0, goal + 1, shot, goal + 1]) == [
        ([1, 2], "goal"),
        ([4], "goal"),
        ([5], "shot"),
    ]


def test_the_learning_rate_grows_and_then_falls():
    rates = [learning_rate(SMALL, step, 600) for step in (0, 60, 300, 599)]
    assert rates[0] < rates[2] < rates[1] <= SMALL.rate
    assert rates[3] == pytest.approx(SMALL.rate * SMALL.last_rate, rel=0.01)


def test_the_command_trains_on_a_folder_and_leaves_out_what_is_held(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(command, "EVENTS", SMALL)
    monkeypatch.setattr(command, "EVENTS_PLAIN", replace(SMALL, context=0))
    monkeypatch.setattr(command, "SHEET", SMALL_SHEET)
    monkeypatch.setattr(command, "SHEET_SECOND", SMALL_SHEET)
    folder = tmp_path / "annotated" / "locale"
    folder.mkdir(parents=True)
    (folder / "01.txt").write_text(SEVERAL, encoding="utf-8")
    (folder / "02.txt").write_text(SINGLE + "\n" + SINGLE.replace("[[3:", "[[7:"), encoding="utf-8")
    out = tmp_path / "out"
    command.main([str(tmp_path / "annotated"), str(out), "--epochs", "1"])
    printed = capsys.readouterr().out
    assert "/locale/02.txt, report 2 is left out: events without a mark" in printed
    assert "event reader: 1 matches, 2 held out" in printed and "held out: events" in printed
    assert sorted(path.name for path in out.iterdir()) == [
        "events.pt",
        "events_plain.pt",
        "sheet.pt",
        "sheet_second.pt",
    ]
    command.main(
        [str(tmp_path / "annotated"), str(out), "--epochs", "1", "--only", "sheet", "--init", str(out)]
    )
    printed = capsys.readouterr().out
    assert f"starting from {out / 'sheet.pt'}" in printed and "event reader" not in printed


def test_a_folder_without_reports_is_told_of(tmp_path):
    with pytest.raises(SystemExit, match="no annotated reports"):
        command.main([str(tmp_path), str(tmp_path / "out")])
