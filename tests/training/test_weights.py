"""Weights are stored small, and come back within the rounding error."""

import pytest
import torch

from matchcli.extraction.reader.weights import LARGEST, pack, unpack
from matchcli.training.pack import pack_file


@pytest.fixture
def saved():
    torch.manual_seed(3)
    state = {
        "encoder.bag.weight": torch.randn(50, 8) * torch.logspace(-3, 2, 50)[:, None],
        "encoder.shapes.weight": torch.randn(4, 3, 3),
        "tag.0.bias": torch.randn(6),
    }
    return {"config": {"bag": 8}, "features": ["a", "b"], "letters": ["c"], "state": state}


def test_matrices_come_back_within_half_a_step_of_their_row(saved):
    matrix = saved["state"]["encoder.bag.weight"]
    back = unpack(pack(saved))["state"]["encoder.bag.weight"]
    steps = matrix.abs().amax(1, keepdim=True) / LARGEST
    assert back.dtype == torch.float32
    assert ((back - matrix).abs() <= steps * 0.57).all()


def test_other_tensors_come_back_in_half_precision(saved):
    back = unpack(pack(saved))["state"]
    for name in ("encoder.shapes.weight", "tag.0.bias"):
        assert torch.equal(back[name], saved["state"][name].half().float())


def test_a_row_of_zeros_stays_zero(saved):
    saved["state"]["encoder.bag.weight"][7] = 0
    assert not unpack(pack(saved))["state"]["encoder.bag.weight"][7].any()


def test_packing_takes_a_byte_a_number_and_leaves_the_vocabulary_alone(saved):
    packed = pack(saved)
    assert packed["state"]["encoder.bag.weight"].dtype == torch.int8
    assert packed["steps"]["encoder.bag.weight"].dtype == torch.float16
    unpacked = unpack(packed)
    assert {name: unpacked[name] for name in ("config", "features", "letters")} == {
        name: saved[name] for name in ("config", "features", "letters")
    }
    assert "steps" not in unpacked


def test_packing_twice_and_unpacking_what_is_not_packed_change_nothing(saved):
    packed = pack(saved)
    assert pack(packed) is packed
    assert all(torch.equal(unpack(saved)["state"][n], t) for n, t in saved["state"].items())


def test_a_file_is_packed_as_torch_reads_it_without_trusting_it(saved, tmp_path):
    torch.save(saved, tmp_path / "big.pt")
    pack_file(tmp_path / "big.pt", tmp_path / "small.pt")
    read = torch.load(tmp_path / "small.pt", weights_only=True)
    assert torch.equal(
        unpack(read)["state"]["encoder.bag.weight"], unpack(pack(saved))["state"]["encoder.bag.weight"]
    )
