"""Weights are stored small, and come back within the rounding error."""

import pytest
import torch

from matchcli.extraction.reader.weights import pack, unpack
from matchcli.language.quantized import BLOCK, MIDDLE
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


def test_matrices_come_back_within_a_share_of_the_largest_of_their_block(saved):
    matrix = saved["state"]["encoder.bag.weight"]
    back = unpack(pack(saved))["state"]["encoder.bag.weight"]
    largest = matrix.abs().amax(1, keepdim=True)  # rows of eight are one block
    assert back.shape == matrix.shape and back.dtype == torch.float32
    assert ((back - matrix).abs() <= largest * 0.31).all()
    assert (back - matrix).abs().mean() < (largest / (MIDDLE - 1)).mean() / 3


def test_rows_of_many_blocks_come_back_block_by_block():
    matrix = torch.cat([torch.ones(2, BLOCK), torch.full((2, 5), 100.0)], 1)
    saved = {"state": {"w": matrix}}
    assert torch.allclose(unpack(pack(saved))["state"]["w"], matrix, rtol=0.01)


def test_other_tensors_come_back_in_half_precision(saved):
    back = unpack(pack(saved))["state"]
    for name in ("encoder.shapes.weight", "tag.0.bias"):
        assert torch.equal(back[name], saved["state"][name].half().float())


def test_a_row_of_zeros_stays_zero(saved):
    saved["state"]["encoder.bag.weight"][7] = 0
    assert not unpack(pack(saved))["state"]["encoder.bag.weight"][7].any()


def test_packing_takes_half_a_byte_a_number_and_leaves_the_vocabulary_alone(saved):
    packed = pack(saved)
    assert packed["state"]["encoder.bag.weight"].shape == (50, BLOCK // 2)
    assert packed["state"]["encoder.bag.weight"].dtype == torch.uint8
    assert packed["steps"]["encoder.bag.weight"][0].dtype == torch.float16
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
