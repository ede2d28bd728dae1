"""Weights are read fast, as torch itself reads them, and as data only."""

import os
import threading

import pytest
import torch

from matchcli.language.models import BUNDLED
from matchcli.language.quantized import from_half_bytes
from matchcli.language.training.pack import write_model
from matchcli.language.weights import WeightsUnpickler, in_single_precision, read_weights, weights_read_fast

FILES = sorted(BUNDLED.rglob("*.pt"))


def same(one, other):
    if isinstance(one, torch.Tensor):
        return one.dtype == other.dtype and torch.equal(one, other)
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_bundled_file_is_read_as_torch_reads_it(path, monkeypatch):
    slowly = in_single_precision(torch.load(path, map_location="cpu", weights_only=True))
    refused = []
    find = WeightsUnpickler.find_class

    def watched(self, module, name):
        try:
            return find(self, module, name)
        except Exception:
            refused.append(name)
            raise

    monkeypatch.setattr(WeightsUnpickler, "find_class", watched)
    with weights_read_fast():
        assert same(torch.load(path, map_location="cpu", weights_only=True), slowly)
    assert refused == []


class Trap:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("zipped", [True, False])
def test_a_file_that_would_run_something_runs_nothing(tmp_path, zipped):
    torch.save({"vocab": Trap(tmp_path / "sprung")}, tmp_path / "x.pt", _use_new_zipfile_serialization=zipped)
    with weights_read_fast(), pytest.raises(Exception, match="Weights only load failed"):
        torch.load(tmp_path / "x.pt", weights_only=True)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("content", [{"names": {"Rossi"}}, torch.nn.Parameter(torch.ones(2))])
def test_what_is_no_plain_data_is_left_to_torch(tmp_path, content):
    torch.save(content, tmp_path / "x.pt")
    with weights_read_fast():
        found = torch.load(tmp_path / "x.pt", weights_only=True)
    assert torch.equal(found, content) if isinstance(content, torch.Tensor) else found == content


def test_an_old_file_that_is_no_archive_is_read_too(tmp_path):
    torch.save({"emb": torch.ones(3)}, tmp_path / "x.pt", _use_new_zipfile_serialization=False)
    with weights_read_fast():
        assert same(torch.load(tmp_path / "x.pt", weights_only=True), {"emb": torch.ones(3)})


def test_outside_nothing_is_changed():
    before = torch.load
    with weights_read_fast():
        pass
    assert torch.load is before


def test_matrices_in_a_byte_a_number_come_in_single_precision(tmp_path):
    torch.manual_seed(1)
    matrix, small = torch.randn(200, 150), torch.randn(3, 4)
    torch.save({"model": {"W": matrix, "b": small}, "vocab": {}, "config": {}}, tmp_path / "trained.pt")
    write_model(tmp_path / "trained.pt", tmp_path / "small.pt")
    assert torch.load(tmp_path / "small.pt", weights_only=True)["model"]["W"].dtype == torch.int8
    with weights_read_fast():
        read = torch.load(tmp_path / "small.pt", weights_only=True)
    assert set(read) == {"model", "vocab", "config"}
    assert (read["model"]["W"] - matrix).abs().max() < matrix.abs().max() / 200
    assert torch.equal(read["model"]["b"], small.half())


def test_half_bytes_are_whole_steps_around_the_middle():
    numbers = torch.tensor([[0x80 + n for n in range(16)]], dtype=torch.uint8)
    weights = from_half_bytes(numbers, torch.tensor([[0.5]], dtype=torch.half))
    assert weights.tolist() == [[*((n - 8) / 2 for n in range(16)), *[0.0] * 16]]


def test_threads_that_read_weights_do_not_disturb_each_other():
    path = BUNDLED / "it" / "pretrain" / "compact.pt"
    kinds = []

    def read() -> None:
        for _ in range(20):
            with path.open("rb") as stream:
                kinds.append(read_weights(stream)["emb"].dtype)

    thread = threading.Thread(target=read)
    thread.start()
    for _ in range(20):
        with weights_read_fast():
            kinds.append(torch.load(path, weights_only=True)["emb"].dtype)
    thread.join()
    assert kinds == [torch.float32] * 40
