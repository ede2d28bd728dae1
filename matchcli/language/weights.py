"""Files of weights, read in a third of the time that torch takes.

torch reads weights as data and nothing else with an unpickler written in Python, and vocabularies of
a hundred thousand words keep it busy for a third of a second.  Python's own, in C, is as safe when it
is refused everything but what weights are made of.
"""

from __future__ import annotations

import pickle
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

from matchcli.language.quantized import dequantize

# What a file of weights may name beside numbers, texts, lists and dictionaries; torch itself answers
# for the kinds of storage.
ALLOWED = {
    ("collections", "OrderedDict"),
    ("torch._utils", "_rebuild_tensor_v2"),
    ("_codecs", "encode"),  # bytes, as older protocols write them
}


class WeightsUnpickler(pickle.Unpickler):
    """Reads tensors and plain data; raises `pickle.UnpicklingError` where a file names anything else."""

    def find_class(self, module: str, name: str) -> Any:
        """The class or function of this name, if weights may name it."""
        if (module, name) not in ALLOWED:
            raise pickle.UnpicklingError(f"weights do not name {module}.{name}")
        return super().find_class(module, name)


#: Where a file of weights has the steps of those that are stored in a byte a number.
STEPS = "matchcli_steps"


def read_weights(stream: IO[bytes]) -> Any:
    """A file of weights, read with `WeightsUnpickler`; what that refuses, torch reads itself.

    Weights in a byte a number, as in the bundled models, come in single precision.
    """
    import torch

    return _fast(torch.load)(stream, "cpu", weights_only=True)


@contextmanager
def weights_read_fast() -> Iterator[None]:
    """Let ``torch.load``, for all who call it meanwhile, read weights as `read_weights` does.

    Only one thread at a time may do so; the others call `read_weights`.
    """
    import torch

    original = torch.load
    torch.load = _fast(original)
    try:
        yield
    finally:
        torch.load = original


def _fast(original: Callable[..., Any]) -> Callable[..., Any]:
    """``torch.load``, reading fast."""
    module: Any = types.SimpleNamespace(Unpickler=WeightsUnpickler, __name__="pickle")

    def load(file: Any, map_location: Any = None, *, weights_only: bool | None = None, **options: Any) -> Any:
        if weights_only:
            try:
                content = original(
                    file, map_location, pickle_module=module, weights_only=False, mmap=False, **options
                )
                return in_single_precision(content)
            except Exception:
                pass  # no plain weights: torch knows more kinds, and says what is wrong with the others
        return in_single_precision(original(file, map_location, weights_only=weights_only, **options))

    return load


def in_single_precision(content: Any) -> Any:
    """A file's content with the weights that are stored in a byte a number as the numbers they stand for."""
    if not isinstance(content, dict) or STEPS not in content:
        return content
    steps = content.pop(STEPS)
    weights = content.get("model", content)
    for name, step in steps.items():
        weights[name] = dequantize(weights[name], step)
    return content
