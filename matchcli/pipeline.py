"""The whole line: inputs in, records out, in the order of the inputs.

    for outcome in summarize(find_inputs(["reports/"]), Settings()):
        print(outcome.path, outcome.records or outcome.problem)

One bad input never stops the others: its outcome says what was wrong.  Nothing is imported before
it is used: a report seen before needs no models, no lexicon and no torch.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from matchcli.language import ModelError, find_models
from matchcli.language.batches import batches
from matchcli.meanwhile import meanwhile
from matchcli.patience import TimeIsUp, at_most
from matchcli.reading import LIMIT, Input, Report, UnreadableReport

if TYPE_CHECKING:
    from matchcli.cache import Cache
    from matchcli.language.annotate import Annotator
    from matchcli.language.annotation import Annotation
    from matchcli.record import Record
    from matchcli.record_cache import RecordCache

#: Seconds of computing that one report may take once it is analysed; the longest ones take two.
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How inputs are read and analysed.

    ``model`` is ``bundled``, ``official`` or a folder of Stanza models; ``limit`` is in bytes;
    ``patience`` is in seconds of computing that one analysed report may take, 0 for no limit;
    ``lang`` is the language of the summaries; ``threads`` are torch's, None for one; ``keep_text``
    hands the texts on with the records, for formats that show them.
    """

    model: str = "bundled"
    cache: bool = True
    encoding: str | None = None
    limit: int = LIMIT
    patience: float = PATIENCE
    lang: str = "it"
    threads: int | None = None
    keep_text: bool = False


@dataclass(slots=True)
class Outcome:
    """What became of one input: its records, or the problem why there are none.

    ``seconds`` is the time that reading and building took; the analysis is shared by many inputs
    and counted for none.  ``text`` and ``sha256`` are set where ``Settings.keep_text`` asks.
    """

    path: str
    records: list[Record] = field(default_factory=list)
    problem: str | None = None
    seconds: float = 0.0
    sha256: str = ""
    text: str | None = None


@dataclass(slots=True)
class _Read:
    """An input that was read: its outcome, and what is still to become a part of it."""

    outcome: Outcome
    report: Report | None = None
    annotation: Annotation | None = None

    def characters(self) -> int:
        """The length of what is to be analysed."""
        return len(self.report.text) if self.report else 0


def summarize(inputs: Iterable[Input], settings: Settings) -> Iterator[Outcome]:
    """Read, analyse and build, yielding an outcome for each input as soon as it is known.

    Raises ``matchcli.language.ModelError`` when the models cannot be used: no input can be
    analysed then.  Every other trouble is an outcome with a ``problem``.
    """
    line = _Line(settings)
    try:
        for batch in batches(map(line.read, inputs), _Read.characters):
            line.analyse([read for read in batch if read.report])
            for read in batch:
                line.build(read)
                yield read.outcome
    finally:
        line.close()


class _Line:
    """The rooms that an input passes, each opened when it is needed and kept for all inputs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.models = find_models(settings.model)
        self.is_ready = False
        self.cache: Cache | None = None
        self.known: RecordCache | None = None
        if settings.cache:
            from matchcli.cache import Cache
            from matchcli.record_cache import RecordCache

            self.cache = Cache()
            self.known = RecordCache(self.cache, self.models, settings.lang)

    @cached_property
    def annotator(self) -> Annotator:
        """What analyses texts; it keeps its models from batch to batch."""
        from matchcli.language.annotate import Annotator
        from matchcli.language.cache import AnnotationCache

        stored = AnnotationCache(self.cache) if self.cache else None
        return Annotator(self.models, self.settings.threads, stored)

    def close(self) -> None:
        """Close the cache's file."""
        if self.cache is not None:
            self.cache.close()

    def read(self, item: Input) -> _Read:
        """Read an input; a report seen before has its records at once."""
        outcome = Outcome(item.path)
        began = time.perf_counter()
        report = None
        try:
            report = item.read(encoding=self.settings.encoding, limit=self.settings.limit)
        except UnreadableReport as error:
            outcome.problem = error.reason
        except Exception as error:
            outcome.problem = _internal(error, "reading")
        if report is not None:
            if self.settings.keep_text:
                outcome.text, outcome.sha256 = report.text, report.sha256
            if self.known and (records := self.known.get(report)) is not None:
                outcome.records, report = records, None
        outcome.seconds = time.perf_counter() - began
        return _Read(outcome, report)

    def analyse(self, batch: list[_Read]) -> None:
        """Annotate reports together; where that fails, one of them is to blame, so one by one."""
        if not batch:
            return
        reports = [read.report for read in batch if read.report]
        try:
            with self._getting_ready(reports[0].text):
                annotations = self.annotator.annotate(reports)
        except ModelError:
            raise
        except Exception as error:
            if len(batch) == 1:
                batch[0].outcome.problem = _internal(error, "analysing")
            else:
                for read in batch:
                    self.analyse([read])
            return
        for read, annotation in zip(batch, annotations, strict=True):
            read.annotation = annotation

    def _getting_ready(self, text: str) -> AbstractContextManager[None]:
        """The first time, load on another core what reports are understood with, and begin with their words."""
        if self.is_ready:
            return nullcontext()
        self.is_ready = True

        def get_ready() -> None:
            from matchcli.timeline.build import get_ready

            get_ready(text)

        return meanwhile(get_ready)

    def build(self, read: _Read) -> None:
        """Make the records of an annotated report; any other input has its outcome already."""
        if read.report is None or read.annotation is None:
            return
        from matchcli.rendering.summary import summarize as tell
        from matchcli.timeline.build import build

        began = time.perf_counter()
        patience = self.settings.patience
        try:
            with at_most(patience):
                records = build(read.report, read.annotation)
                for record in records:
                    record.summary = tell(record, self.settings.lang)
        except ModelError:
            raise
        except TimeIsUp:
            read.outcome.problem = (
                f"it was not understood in {patience:g} seconds of computing (see --max-time)"
            )
        except Exception as error:
            read.outcome.problem = _internal(error, "understanding")
        else:
            read.outcome.records = records
            if self.known:
                self.known.put(read.report, records)
        read.outcome.seconds += time.perf_counter() - began
        read.report = read.annotation = None


def _internal(error: BaseException | None, doing: str) -> str:
    """An error of matchcli's own, in one line that a bug report can use."""
    place = ""
    trace = error.__traceback__ if error else None
    while trace is not None:
        place = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
        trace = trace.tb_next
    what = " ".join(str(error).split())[:200]
    return f"matchcli failed while {doing} it ({type(error).__name__}: {what}, {place}); please report this"
