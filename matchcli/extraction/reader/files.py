"""The files of ``matchcli/models/reader``: weights, and what goes with them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any


@contextmanager
def in_use(name: str) -> Iterator[None]:
    """Raise `matchcli.language.models.ModelError` where the file ``name`` proves missing or damaged in the body."""
    from matchcli.language.models import ModelError

    try:
        yield
    except (OSError, RuntimeError, ValueError, KeyError, EOFError, pickle.UnpicklingError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"the event reader's file {name} cannot be used: {reason}; "
            "install matchcli anew (pip install --force-reinstall matchcli)"
        ) from error


def read_weights(name: str) -> dict[str, Any]:
    """The weights in a file, as they are stored; imports torch."""
    import torch

    from matchcli.language import weights

    torch.set_num_threads(1)  # two would wait for each other longer than they compute
    with _path(name).open("rb") as stream:
        content: dict[str, Any] = weights.read_weights(stream)
    return content


def read_bytes(name: str) -> bytes:
    """What is in a file."""
    return _path(name).read_bytes()


def _path(name: str) -> Any:
    return files("matchcli") / "models" / "reader" / name
