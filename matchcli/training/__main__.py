"""``python -m matchcli.training REPORTS_DIR OUT_DIR``: train the readers on annotated reports."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from matchcli.cache import Cache
from matchcli.extraction.reader.reading import EVENT_READERS
from matchcli.extraction.reader.sheet_reading import SHEET_READERS
from matchcli.language.cache import AnnotationCache
from matchcli.training.events import train_events
from matchcli.training.loop import Figures
from matchcli.training.marked import MarkedMatch, marked_matches
from matchcli.training.material import is_held, read_material
from matchcli.training.sheet import LabelledText, labelled_text, train_sheet
from matchcli.training.sizes import EVENTS, EVENTS_PLAIN, SHEET, SHEET_SECOND, Plan


def main(arguments: Sequence[str] | None = None) -> None:
    """Train what is asked for and print the figures."""
    asked = _parser().parse_args(arguments)
    fragments = [fragment for fragment in asked.held.split(",") if fragment]
    matches: dict[bool, list[MarkedMatch]] = {True: [], False: []}
    texts: dict[bool, list[LabelledText]] = {True: [], False: []}
    cache = Cache()
    for material in read_material(asked.reports, cache=AnnotationCache(cache)):
        held = is_held(material, fragments)
        if asked.only != "sheet":
            matches[held] += marked_matches(material.annotated, material.whole)
        if asked.only != "events":
            texts[held].append(labelled_text(material))
    cache.close()
    if not (matches[False] or texts[False]):
        raise SystemExit(f"{asked.reports}: it holds no annotated reports KIND/NN.txt to train on")
    if asked.only != "sheet":
        _train(train_events, matches, EVENT_READERS, (EVENTS, EVENTS_PLAIN), asked)
    if asked.only != "events":
        _train(train_sheet, texts, SHEET_READERS, (SHEET, SHEET_SECOND), asked)


def _train(
    train: Callable[..., Figures],
    examples: Mapping[bool, Sequence[Any]],
    names: Sequence[str],
    plans: Sequence[Plan],
    asked: argparse.Namespace,
) -> None:
    """Train a network for each of the ``names``; ``examples`` are those to learn from and, under True, those held out."""
    for name, plan in zip(names, plans, strict=True):
        train(
            examples[False],
            examples[True],
            asked.out / name,
            plan=plan if asked.epochs is None else replace(plan, epochs=asked.epochs),
            init=asked.init / name if asked.init else None,
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m matchcli.training", description=__doc__)
    parser.add_argument("reports", metavar="REPORTS_DIR", type=Path, help="holds KIND/NN.txt")
    parser.add_argument(
        "out",
        metavar="OUT_DIR",
        type=Path,
        help="gets the weights of the readers, two for events and two for headers",
    )
    parser.add_argument("--epochs", type=int, help="passes over the texts, instead of those in sizes.py")
    parser.add_argument("--only", choices=("events", "sheet"), help="train one of the readers")
    parser.add_argument(
        "--held",
        metavar="FRAGMENT",
        default="/01.,/09.",
        help="files whose /KIND/NN.txt has it are kept for the figures; several with commas; empty for none",
    )
    parser.add_argument("--init", metavar="DIR", type=Path, help="start from the weights in this folder")
    return parser


if __name__ == "__main__":
    main()
