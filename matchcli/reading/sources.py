"""Which inputs the arguments of a command mean: files, folders, standard input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from matchcli.reading.reader import LIMIT, STDIN, read, read_stdin
from matchcli.reading.report import Report

#: Files that count as reports inside a folder.
SUFFIXES = (".txt", ".md", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class Input:
    """One input: ``path`` as records and messages name it, ``file`` None for standard input."""

    path: str
    file: Path | None

    def read(self, *, encoding: str | None = None, limit: int = LIMIT) -> Report:
        """Read it; raises ``UnreadableReport`` as ``reader.read`` does."""
        if self.file is None:
            return read_stdin(encoding=encoding, limit=limit)
        return read(self.file, path=self.path, encoding=encoding, limit=limit)


def find_inputs(arguments: Iterable[str]) -> Iterator[Input]:
    """The inputs that the arguments name, in their order; a folder's reports in the order of names.

    Folders are searched to the bottom, hidden files and folders left out.  A path that does not
    exist, or a folder without reports, is yielded all the same: reading it says what is wrong.
    """
    for argument in arguments:
        if argument == STDIN:
            yield Input(STDIN, None)
            continue
        path = Path(argument)
        reports = sorted(_reports_in(path)) if path.is_dir() else []
        for file in reports or [path]:
            yield Input(_shown(file), file)


def _reports_in(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                yield Path(parent, name)


def _shown(path: Path) -> str:
    """A path as text that can be written out; bytes that are no UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")
