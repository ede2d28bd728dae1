"""The whole line in several processes, outcomes still in the order of the inputs.

Each worker takes every n-th input and analyses its share as one stream, so that models are loaded
once for each worker and the analyser fills its batches.  A worker's pipe holds few outcomes: who
is ahead waits, and memory stays flat.  A worker has as many threads as one process alone would have:
with others the sums of its floats, and so its records, could differ.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection

from matchcli.pipeline import Outcome, Settings, summarize
from matchcli.reading import Input

#: The signals that end the command.
_ENDING = (signal.SIGINT, signal.SIGTERM)


def summarize_parallel(inputs: Sequence[Input], settings: Settings, jobs: int) -> Iterator[Outcome]:
    """As ``pipeline.summarize``, in up to ``jobs`` processes.

    Standard input can be read by this process only, so with it among the inputs all is done here.
    """
    jobs = min(jobs, len(inputs))
    if jobs < 2 or any(item.file is None for item in inputs):
        yield from summarize(inputs, settings)
        return
    context = multiprocessing.get_context("spawn")
    workers = []
    pipes: list[Connection] = []
    try:
        with _signals_held_back():
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


@contextlib.contextmanager
def _signals_held_back() -> Iterator[None]:
    """Let a signal wait until the workers have started.

    One that is starting would print a traceback.  Workers inherit the mask, and lift it when they
    are ready to end without a word.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    # A library's thread may get the signal all the same: then it is kept until the end.
    come: list[int] = []
    main = threading.current_thread() is threading.main_thread()
    handlers = {number: handler for number in _ENDING if main and (handler := signal.getsignal(number))}
    for number in handlers:
        signal.signal(number, lambda number, frame: come.append(number))
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if come:
            os.kill(os.getpid(), come[0])


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
    for number in _ENDING:
        signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    from matchcli.language import ModelError

    try:
        for outcome in summarize(inputs, settings):
            sender.send(outcome)
    except ModelError as error:
        sender.send(error)
    except BrokenPipeError:
        pass  # nobody waits for the rest
