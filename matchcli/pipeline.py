"""The whole line: inputs in, records out, in the order of the inputs.

    for outcome in summarize(find_inputs(["reports/"]), Settings()):
        print(outcome.path, outcome.records or outcome.problem)

One bad input never stops the others: its outcome says what was wrong.  Nothing is imported before
it is used, so that a run on cached annotations never loads torch.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matchcli.reading import LIMIT, Input, Report, UnreadableReport

if TYPE_CHECKING:
    from matchcli.language.annotation import Annotation
    from matchcli.language.cache import AnnotationCache
    from matchcli.record import Record


@dataclass(frozen=True, slots=True)
class Settings:
    """How inputs are read and analysed.

    ``model`` is ``bundled``, ``official`` or a folder of Stanza models; ``limit`` is in bytes;
    ``lang`` is the language of the summaries; ``threads`` are torch's, None for its own choice;
    ``keep_text`` hands the texts on with the records, for formats that show them.
    """

    model: str = "bundled"
    cache: bool = True
    encoding: str | None = None
    limit: int = LIMIT
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
    """An input that waits for its turn: a report, or the outcome that it could not become one."""

    report: Report | None
    outcome: Outcome


def summarize(inputs: Iterable[Input], settings: Settings) -> Iterator[Outcome]:
    """Read, analyse and build, yielding an outcome for each input as soon as it is known.

    Raises ``matchcli.language.ModelError`` when the models cannot be used: no input can be
    analysed then.  Every other trouble is an outcome with a ``problem``.
    """
    waiting: deque[_Read] = deque()
    reports = _readable(inputs, settings, waiting)
    while True:
        try:
            for annotation in _annotations(reports, settings):
                yield from _unreadable(waiting)
                yield _built(waiting.popleft(), annotation, settings)
        except _AnalysisFailed:
            # One of the waiting reports is to blame: analyse them one by one, then go on.
            yield from _one_by_one(waiting, settings)
        else:
            yield from _unreadable(waiting)
            return


class _AnalysisFailed(Exception):
    """The analysis of a batch broke off, for a reason that lies in one of its texts."""


def _readable(inputs: Iterable[Input], settings: Settings, waiting: deque[_Read]) -> Iterator[Report]:
    """The inputs that can be read; all of them, in order, join ``waiting``."""
    for item in inputs:
        outcome = Outcome(item.path)
        began = time.perf_counter()
        report = None
        try:
            report = item.read(encoding=settings.encoding, limit=settings.limit)
        except UnreadableReport as error:
            outcome.problem = error.reason
        except Exception as error:
            outcome.problem = _internal(error, "reading")
        outcome.seconds = time.perf_counter() - began
        waiting.append(_Read(report, outcome))
        if report is not None:
            yield report


def _unreadable(waiting: deque[_Read]) -> Iterator[Outcome]:
    """The outcomes at the head of the queue that wait for no analysis."""
    while waiting and waiting[0].report is None:
        yield waiting.popleft().outcome


def _annotations(reports: Iterable[Report], settings: Settings) -> Iterator[Annotation]:
    from matchcli.language import ModelError, annotate

    try:
        yield from annotate(reports, model=settings.model, cache=_cache(settings), threads=settings.threads)
    except (ModelError, GeneratorExit):
        raise
    except Exception as error:
        raise _AnalysisFailed from error


def _one_by_one(waiting: deque[_Read], settings: Settings) -> Iterator[Outcome]:
    for read in list(waiting):
        waiting.popleft()
        if read.report is None:
            yield read.outcome
            continue
        try:
            (annotation,) = _annotations([read.report], settings)
        except _AnalysisFailed as failure:
            read.outcome.problem = _internal(failure.__cause__, "analysing")
            yield read.outcome
        else:
            yield _built(read, annotation, settings)


def _built(read: _Read, annotation: Annotation, settings: Settings) -> Outcome:
    from matchcli.rendering.summary import summarize as tell
    from matchcli.timeline.build import build

    outcome, report = read.outcome, read.report
    assert report is not None
    began = time.perf_counter()
    try:
        outcome.records = build(report, annotation)
        for record in outcome.records:
            record.summary = tell(record, settings.lang)
    except Exception as error:
        outcome.problem = _internal(error, "understanding")
    outcome.seconds += time.perf_counter() - began
    if settings.keep_text:
        outcome.text, outcome.sha256 = report.text, report.sha256
    return outcome


def _internal(error: BaseException | None, doing: str) -> str:
    """An error of matchcli's own, in one line that a bug report can use."""
    place = ""
    trace = error.__traceback__ if error else None
    while trace is not None:
        place = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
        trace = trace.tb_next
    what = " ".join(str(error).split())[:200]
    return f"matchcli failed while {doing} it ({type(error).__name__}: {what}, {place}); please report this"


def _cache(settings: Settings) -> AnnotationCache | None:
    if not settings.cache:
        return None
    from matchcli.language import AnnotationCache

    return AnnotationCache()
