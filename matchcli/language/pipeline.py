"""Stanza's pipeline, built from files on this machine and nothing else."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from matchcli.language.models import LANGUAGE, PROCESSORS, ModelError, ModelSet
from matchcli.language.weights import weights_read_fast
from matchcli.meanwhile import meanwhile

if TYPE_CHECKING:
    from stanza import Pipeline

# The models are small: two threads gain a few percent on an idle machine, and on a busy one they wait
# for each other and take ten times as long.  More processes (--jobs) use more cores.
THREADS = 1


def load_pipeline(models: ModelSet, threads: int | None = None) -> Pipeline:
    """Build Stanza's pipeline from ``models``, with ``threads`` threads of torch (`THREADS` if None).

    Never touches the network.  Imports torch and Stanza, which takes about a second.  Raises
    `ModelError` when a file is missing or damaged.
    """
    with checking_contents(models), collection_paused():
        import stanza
        import torch

    torch.set_num_threads(threads or THREADS)
    installed = {file.processor for file in models.files}
    try:
        with without_optimizers(), weights_read_fast(), quiet_stanza(), collection_paused():
            find_trees_fast()
            return stanza.Pipeline(
                LANGUAGE,
                dir=str(models.directory),
                package="default",
                processors=",".join(processor for processor in PROCESSORS if processor in installed),
                download_method=None,
                use_gpu=False,
                verbose=False,
            )
    except (MemoryError, KeyboardInterrupt, ModelError):
        raise
    except Exception as error:
        # The files are whole, so they were made for another version of Stanza or torch.
        raise models.broken(f"Stanza does not load them ({first_line(error)})") from error


@contextmanager
def collection_paused() -> Iterator[None]:
    """No garbage collection meanwhile, and what was made is never looked at again.

    Importing torch makes a million objects that all stay.  Looking through them again and again takes
    an eighth of the time, and later a third of the time that an analysis takes.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.freeze()
            gc.enable()


@contextmanager
def checking_contents(models: ModelSet) -> Iterator[None]:
    """Check the files' sums on another thread, while the body imports torch.

    Torch loads many damaged files without a word, and their analyses are nonsense.  Raises
    `ModelError` at the end of the body.
    """
    models.check_presence()
    failures: list[Exception] = []

    def check() -> None:
        try:
            models.check_contents()
        except (ModelError, OSError) as error:
            failures.append(error)

    with meanwhile(check):
        yield
    for failure in failures:
        raise failure if isinstance(failure, ModelError) else models.broken(first_line(failure))


def find_trees_fast() -> None:
    """Let the parser see at once that its best heads make a tree, as they mostly do.

    Stanza searches for the best tree by contracting cycles, a fifth of the time of an analysis.
    Where every word's best head already makes a tree with one root, that is the tree it finds.
    """
    from stanza.models.depparse import model

    search = getattr(model, "chuliu_edmonds_one_root", None)
    if search is None or getattr(search, "looks_first", False):
        return

    def best_tree(scores: Any) -> Any:
        heads = best_heads(scores)
        return heads if reaches_root(heads) and (heads[1:] == 0).sum() == 1 else search(scores)

    best_tree.looks_first = True  # type: ignore[attr-defined]
    model.chuliu_edmonds_one_root = best_tree


def best_heads(scores: Any) -> Any:
    """The best head of every word, itself excepted; word 0 is the root and its own head."""
    scores = scores.copy()
    numbers = range(len(scores))
    scores[numbers, numbers] = -float("inf")
    heads = scores.argmax(axis=1)
    heads[0] = 0
    return heads


def reaches_root(heads: Any) -> bool:
    """Whether every word comes to word 0 by going from head to head; ``heads`` is an array."""
    for _ in range(len(heads).bit_length()):
        heads = heads[heads]
    return not heads.any()


def first_line(error: Exception) -> str:
    """The first line of an error's message, or its kind where it has none."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]


@contextmanager
def without_optimizers() -> Iterator[None]:
    """Let Stanza's trainers load without the optimizer that each of them builds.

    Prediction never uses it, and building one imports ``torch._dynamo``: three quarters of the
    time that loading takes.
    """
    from stanza.models.common import utils

    replaced: dict[str, Any] = {
        "get_optimizer": lambda *_, **__: None,
        "get_split_optimizer": lambda *_, **__: {},
    }
    original = {name: getattr(utils, name) for name in replaced if hasattr(utils, name)}
    for name in original:
        setattr(utils, name, replaced[name])
    try:
        yield
    finally:
        for name, function in original.items():
            setattr(utils, name, function)


@contextmanager
def quiet_stanza() -> Iterator[None]:
    """Keep Stanza's log lines about loading off stderr."""
    logger = logging.getLogger("stanza")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
