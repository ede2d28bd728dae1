"""The whole line in several processes, outcomes still in the order of the inputs.

Each worker takes every n-th input and analyses its share as one stream, so that models are loaded
once for each worker and the analyser fills its batches.  A worker's pipe holds few outcomes: who
is ahead waits, and memory stays flat.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection

from matchcli.pipeline import Outcome, Settings, summarize
from matchcli.reading import Input


def summarize_parallel(inputs: Sequence[Input], settings: Settings, jobs: int) -> Iterator[Outcome]:
    """As ``pipeline.summarize``, in up to ``jobs`` processes.

    Standard input can be read by this process only, so with it among the inputs all is done here.
    """
    jobs = min(jobs, len(inputs))
    if jobs < 2 or any(item.file is None for item in inputs):
        yield from summarize(inputs, settings)
        return
    if settings.threads is None:
        settings = replace(settings, threads=max(1, (os.cpu_count() or 1) // jobs))
    context = multiprocessing.get_context("spawn")
    workers = []
    pipes: list[Connection] = []
    try:
        for number in range(jobs):
            receiver, sender = context.Pipe(duplex=False)
            worker = context.Process(
                target=_work, args=(list(inputs[number::jobs]), settings, sender), daemon=True
            )
            worker.start()
            sender.close()
            workers.append(worker)
            pipes.append(receiver)
        for index, item in enumerate(inputs):
            yield _next_outcome(pipes[index % jobs], item)
    finally:
        for worker in workers:
            worker.terminate()


def _next_outcome(pipe: Connection, item: Input) -> Outcome:
    try:
        found = pipe.recv()
    except (EOFError, OSError):
        return Outcome(item.path, problem="the process that analysed it has ended (out of memory?)")
    if isinstance(found, Exception):
        raise found
    return found


def _work(inputs: list[Input], settings: Settings, sender: Connection) -> None:
    """The body of a worker: sends an outcome for each input, or the error that stops everything."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from matchcli.language import ModelError

    try:
        for outcome in summarize(inputs, settings):
            sender.send(outcome)
    except ModelError as error:
        sender.send(error)
    except BrokenPipeError:
        pass  # nobody waits for the rest
