"""``python -m matchcli.training.tuning REPORTS_DIR OUT_DIR``: train the encoder together with readers of events and headers.

What the encoder learns, it learns for all readers at once: one that finds events and two that read
headers stand on the same words in their context.  Half of what was learned is taken: weights halfway
between those before and those after read unseen reports better than either (Wortsman et al. 2022, "Robust
fine-tuning of zero-shot models").  A report's surnames are now and then replaced by those of others, in
the text that the encoder reads too, so that nobody's part in the game is learned by heart.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import random
import re
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, distributed, nn

from matchcli.cache import Cache
from matchcli.extraction.mentions import Span
from matchcli.extraction.reader.context import ContextEncoder, windows
from matchcli.extraction.reader.encoding import LONGEST_WORD
from matchcli.extraction.reader.files import read_bytes, read_weights
from matchcli.extraction.reader.model import ReaderNetwork, SheetNetwork
from matchcli.language.cache import AnnotationCache
from matchcli.training.events import FEWEST_TOKENS, EventExample, measure_events
from matchcli.training.loop import SCALE, configuration, keep, learning_rate, warm_start
from matchcli.training.marked import MarkedMatch, marked_matches
from matchcli.training.material import is_held, read_material
from matchcli.training.renaming import Renaming, last_word, letters_of
from matchcli.training.sheet import LabelledText, SheetExample, labelled_text, measure_sheet
from matchcli.training.sizes import EVENTS, SHEET, SHEET_SECOND, Plan
from matchcli.training.tensors import share_names
from matchcli.training.tunable_context import TunableContext
from matchcli.training.vocabulary import Vocabulary, vocabulary_of

#: The encoder's highest learning rate, and the readers', which start from what they have learned.
CONTEXT_RATE = 5e-4
READERS_RATE = 1e-3
#: Passes over all reports, and reports a step.
EPOCHS = 5
BATCH = 6
#: The share of reports in which the surnames are others'.
RENAMED = 0.5


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader that learns with the encoder: the file of its weights, its kind and its plan."""

    file: str
    kind: type[nn.Module]
    plan: Plan


READERS = (
    Reader("events.pt", ReaderNetwork, EVENTS),
    Reader("sheet.pt", SheetNetwork, SHEET),
    Reader("sheet_second.pt", SheetNetwork, SHEET_SECOND),
)


@dataclass(slots=True)
class Source:
    """A report with its labels, as both readers see it."""

    text: str
    sheet: LabelledText
    matches: list[MarkedMatch]

    def surnames(self) -> dict[str, str]:
        """The last words of persons' names, as they are written, with the letters that the readers know them by."""
        return {
            self.text[slice(*span)]: token.letters
            for match in self.matches
            for token in match.encoded.tokens
            if "named" in token.features and (span := last_word(self.text, token)) is not None
        }


class Pieces:
    """A text as the encoder takes it: the numbers of its pieces, window by window, and where tokens find theirs."""

    def __init__(self, encoder: ContextEncoder, text: str) -> None:
        pieces = list(encoder.pieces(text))
        numbers = torch.tensor([piece.number for piece in pieces], dtype=torch.long)
        self.windows = [numbers[start:stop] for start, stop in windows([piece.parts for piece in pieces])]
        self.starts = [piece.start for piece in pieces]
        self.ends = [piece.end for piece in pieces]

    def of(self, states: Tensor, spans: Sequence[Span]) -> Tensor:
        """A row for each span: the mean of its pieces' states, as `matchcli.extraction.reader.context` has it."""
        at: list[int] = []
        whose: list[int] = []
        for number, (start, end) in enumerate(spans):
            found = range(bisect_right(self.ends, start), bisect_left(self.starts, end))
            at += found
            whose += [number] * len(found)
        rows = torch.tensor(whose, dtype=torch.long)
        counts = torch.zeros(len(spans)).index_add(0, rows, torch.ones(len(rows)))
        sums = states.new_zeros(len(spans), states.shape[1]).index_add(0, rows, states[at])
        return sums / counts.clamp(min=1)[:, None]


class TuningExample:
    """A report as tensors for every reader."""

    def __init__(self, source: Source, vocabularies: Mapping[str, Vocabulary]) -> None:
        self.source = source
        self.of: dict[str, list[Any]] = {}
        for reader in READERS:
            vocabulary, hiding = vocabularies[reader.file], reader.plan.hiding
            if reader.kind is ReaderNetwork:
                usable = [m for m in source.matches if len(m.encoded.tokens) >= FEWEST_TOKENS]
                examples: list[Any] = [
                    EventExample(m, vocabulary, hiding, with_context=False) for m in usable
                ]
            else:
                examples = [SheetExample(source.sheet, vocabulary, hiding, with_context=False)]
            self.of[reader.file] = examples
        self.surnames = source.surnames()
        #: Where they stand, in box scores too.
        self.mentions: list[Span] = []
        if not self.surnames:
            return
        written = sorted({*self.surnames, *(name.upper() for name in self.surnames)})
        self.mentions = [
            found.span()
            for found in re.finditer(
                rf"(?<![\w'’-])(?:{'|'.join(map(re.escape, written))})(?![\w'’-])", source.text
            )
        ]

    def renamed(self, rng: random.Random, names: Sequence[str]) -> tuple[Renaming, dict[str, str]]:
        """The text with surnames out of ``names`` wherever they stand, and which stands for which."""
        known = sorted(set(self.surnames.values()))
        chosen = dict(zip(known, rng.sample(names, len(known)), strict=True))
        letters = self.surnames | {name.upper(): known for name, known in self.surnames.items()}
        places = []
        for start, end in self.mentions:
            written = self.source.text[start:end]
            name = chosen[letters[written]]
            places.append(((start, end), name.upper() if written.isupper() else name))
        return Renaming(self.source.text, places), chosen


class Tuning:
    """The encoder, the readers and their optimizers, in one of several processes that learn together."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary], init: Path, rank: int, steps: int) -> None:
        torch.manual_seed(1)
        self.rng = random.Random(rank)
        self.steps, self.step = steps, 0
        self.pieces = ContextEncoder(read_weights("context.pt"), read_bytes("pieces.model"))
        self.context = TunableContext(read_weights("context.pt"))
        self.vocabularies = vocabularies
        self.configs, self.networks = {}, {}
        for reader in READERS:
            self.configs[reader.file] = configuration(reader.plan, vocabularies[reader.file])
            network = reader.kind(self.configs[reader.file])
            saved = torch.load(init / reader.file, weights_only=True)
            left = warm_start(network, saved, vocabularies[reader.file])
            if left and rank == 0:
                print(f"{reader.file} starts without {', '.join(left)}")
            self.networks[reader.file] = network
        parts: list[nn.Module] = [self.context, *self.networks.values()]
        self.parameters = [[p for p in part.parameters() if p.requires_grad] for part in parts]
        self.rates = [CONTEXT_RATE, *[READERS_RATE] * len(READERS)]
        self.optimizer = torch.optim.AdamW(
            [{"params": part} for part in self.parameters], lr=READERS_RATE, weight_decay=EVENTS.weight_decay
        )
        #: What is stored stands between these weights and the learned ones.
        self.before = [parameter.detach().clone() for parameter in self.averaged()]
        torch.manual_seed(100 + rank)

    def averaged(self) -> list[nn.Parameter]:
        """The weights of which half of what they learned is taken: the readers', and of each of the encoder's
        corrections one factor."""
        wide = [layer.wide for layer in self.context.layers.values()]
        return [*wide, *(p for network in self.networks.values() for p in network.parameters())]  # type: ignore[list-item]

    def take_half(self) -> None:
        """Go halfway back to the weights before."""
        with torch.no_grad():
            for parameter, before in zip(self.averaged(), self.before, strict=True):
                parameter.lerp_(before, 0.5)

    def learn(self, examples: Sequence[TuningExample], names: Sequence[str], costs: Counter[str]) -> None:
        """One step; the gradients are those of all processes together."""
        pieces: list[Pieces] = []
        renamings: list[tuple[Renaming, dict[str, str]] | None] = []
        for example in examples:
            renaming = None
            if self.rng.random() < RENAMED and len(example.surnames) <= len(names):
                renaming = example.renamed(self.rng, names)
            renamings.append(renaming)
            text = example.source.text if renaming is None else renaming[0].text
            pieces.append(Pieces(self.pieces, text))
        told = self.context([piece.windows for piece in pieces])
        loss = torch.zeros(())
        for reader in READERS:
            loss = loss + self._reader_loss(reader, examples, pieces, renamings, told, costs)
        share = learning_rate(EVENTS, self.step, self.steps) / EVENTS.rate
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = share * rate
        self.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        together([p for part in self.parameters for p in part])
        for part in self.parameters:
            nn.utils.clip_grad_norm_(part, EVENTS.longest_gradient)
        self.optimizer.step()
        self.step += 1

    def _reader_loss(
        self,
        reader: Reader,
        reports: Sequence[TuningExample],
        pieces: Sequence[Pieces],
        renamings: Sequence[tuple[Renaming, dict[str, str]] | None],
        told: Sequence[Tensor],
        costs: Counter[str],
    ) -> Tensor:
        drawn = []
        for report, piece, renaming, states in zip(reports, pieces, renamings, told, strict=True):
            for example in report.of[reader.file]:
                inputs, flipped = example.drawn(self.rng)
                spans = example.text.spans
                if renaming is not None:
                    spans = [renaming[0].span(span) for span in spans]
                    self._rename(example, inputs, renaming[1], self.vocabularies[reader.file])
                inputs["context"] = example.text.partly_told(piece.of(states, spans))
                drawn.append((example, inputs, flipped))
        loss = torch.zeros(())
        if not drawn:
            return loss
        network: Any = self.networks[reader.file]
        states = network.encoder([inputs for _, inputs, _ in drawn])
        for (example, _, flipped), own in zip(drawn, states, strict=True):
            for name, cost in example.losses(network, own, flipped).items():
                loss = loss + cost
                costs[f"{reader.file.removesuffix('.pt')}.{name}"] += float(cost.detach())  # type: ignore[assignment]
        return loss / len(drawn) / SCALE

    @staticmethod
    def _rename(
        example: Any, inputs: dict[str, Tensor], chosen: Mapping[str, str], vocabulary: Vocabulary
    ) -> None:
        letters = inputs["letters"].clone()
        for known, name in chosen.items():
            if places := example.text.names.get(known):
                row = [vocabulary.letters.get(letter, 0) for letter in letters_of(name)]
                letters[places] = torch.tensor(row + [0] * (LONGEST_WORD - len(row)))
        inputs["letters"] = letters

    def keep(self, out: Path, held: Sequence[TuningExample]) -> str:
        """Write all weights and measure them as they are stored; the figures in a line."""
        out.mkdir(parents=True, exist_ok=True)
        saved = self.context.to_save()
        torch.save(saved, out / "context.pt")
        encoder = ContextEncoder(
            torch.load(out / "context.pt", weights_only=True), read_bytes("pieces.model")
        )
        with torch.no_grad():
            for report in held:
                known = encoder.read(report.source.text)
                for examples in report.of.values():
                    for example in examples:
                        example.text.context = known.of([Placed(span) for span in example.text.spans])  # type: ignore[misc]
        line = []
        for reader in READERS:
            examples = [example for report in held for example in report.of[reader.file]]
            measure = measure_events if reader.kind is ReaderNetwork else measure_sheet
            figures = keep(
                self.networks[reader.file],
                self.configs[reader.file],
                self.vocabularies[reader.file],
                out / reader.file,
                partial(measure, examples=examples),
            )
            line.append(f"{reader.file} " + " ".join(f"{n} {v:.3f}" for n, v in figures.items()))
        return "\n  ".join(line)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a token stands, which is all that the encoder asks of it."""

    span: Span


def together(parameters: Sequence[nn.Parameter]) -> None:
    """Give every process the mean of all processes' gradients."""
    size = distributed.get_world_size()
    if size == 1:
        return
    gradients = [p.grad if p.grad is not None else torch.zeros_like(p) for p in parameters]
    flat = torch.cat([g.flatten() for g in gradients])
    distributed.all_reduce(flat)
    flat /= size
    at = 0
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = flat[at : at + gradient.numel()].view_as(gradient)
        at += gradient.numel()


def work(
    rank: int, size: int, meeting: str, sources: Mapping[bool, Sequence[Source]], asked: argparse.Namespace
) -> None:
    """Learn from every ``size``-th report, with the other processes; the first measures and writes."""
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=size)
    events = vocabulary_of(m.encoded.tokens for source in sources[False] for m in source.matches)
    sheet = vocabulary_of(source.sheet.tokens for source in sources[False])
    vocabularies = {reader.file: events if reader.kind is ReaderNetwork else sheet for reader in READERS}
    ordered = sorted(sources[False], key=lambda source: len(source.text))
    names = sorted(
        {name.capitalize() if name.isupper() else name for source in ordered for name in source.surnames()}
    )
    # neighbours in length go to different processes, so that nobody waits for long
    own = [TuningExample(source, vocabularies) for source in ordered[rank::size]][: len(ordered) // size]
    held = [TuningExample(source, vocabularies) for source in sources[True]] if rank == 0 else []
    for reader in READERS:
        share_names([example.text for report in own for example in report.of[reader.file]])
    batch = max(1, asked.batch // size)
    steps = math.ceil(len(own) / batch)
    tuning = Tuning(vocabularies, asked.init, rank, asked.epochs * steps)
    if rank == 0:
        print(f"{len(sources[False])} reports, {len(held)} held out, {len(names)} surnames", flush=True)
    order = random.Random(1)
    for epoch in range(asked.epochs):
        began = time.monotonic()
        costs: Counter[str] = Counter()
        numbers = list(range(len(own)))
        order.shuffle(numbers)
        for done, first in enumerate(range(0, len(numbers), batch), 1):
            tuning.learn([own[n] for n in numbers[first : first + batch]], names, costs)
            if rank == 0 and done % 100 == 0:
                told = " ".join(
                    f"{n} {c / done / batch:.2f}" for n, c in costs.items() if "tag" in n or "belief" in n
                )
                print(f"  {done} of {steps} steps, {time.monotonic() - began:.0f} s: {told}", flush=True)
        if epoch + 1 == asked.epochs:
            tuning.take_half()
        if rank == 0:
            told = " ".join(f"{name} {cost / len(own):.2f}" for name, cost in costs.items())
            print(f"pass {epoch + 1} of {asked.epochs}, {time.monotonic() - began:.0f} s: {told}", flush=True)
            print("  held out:\n  " + tuning.keep(asked.out, held), flush=True)
        distributed.barrier()


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write ``context.pt`` and the readers' weights."""
    parser = argparse.ArgumentParser(prog="python -m matchcli.training.tuning", description=__doc__)
    parser.add_argument("reports", metavar="REPORTS_DIR", type=Path, help="holds KIND/NN.txt")
    parser.add_argument("out", metavar="OUT_DIR", type=Path, help="gets the weights")
    parser.add_argument(
        "--init", metavar="DIR", type=Path, required=True, help="the readers' weights to start from"
    )
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="passes over the reports")
    parser.add_argument("--held", metavar="FRAGMENT", default="/01.,/09.", help="files kept for the figures")
    parser.add_argument("--batch", type=int, default=BATCH, help="reports a step")
    parser.add_argument("--processes", type=int, default=2, help="processes that learn together")
    asked = parser.parse_args(arguments)
    fragments = [fragment for fragment in asked.held.split(",") if fragment]
    sources: dict[bool, list[Source]] = {True: [], False: []}
    cache = Cache()
    for material in read_material(asked.reports, cache=AnnotationCache(cache)):
        labelled = labelled_text(material)
        if labelled.tokens:
            matches = marked_matches(material.annotated, material.whole)
            sources[is_held(material, fragments)].append(Source(labelled.text, labelled, matches))
    cache.close()
    with tempfile.TemporaryDirectory() as folder:
        fork = multiprocessing.get_context("fork")
        workers = [
            fork.Process(target=work, args=(rank, asked.processes, f"{folder}/meeting", sources, asked))
            for rank in range(asked.processes)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    if any(worker.exitcode for worker in workers):
        raise SystemExit("a process failed; see above")


if __name__ == "__main__":
    main()
