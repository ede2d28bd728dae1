"""Options that several subcommands share, and the checks of their values."""

from __future__ import annotations

import codecs
import contextlib
import difflib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, TextIO

import typer

from matchcli.cli import process
from matchcli.rendering import FORMATS
from matchcli.selection import GROUPS, UnknownEvents, chosen_types

#: Formats told from the name of the file that is written.
SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "markdown",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
}

LANGUAGES = ("it", "en")


def one_of(value: str, known: Sequence[str], what: str) -> str:
    """``value`` if it is known; else a usage error that names the nearest ones."""
    if value in known:
        return value
    near = difflib.get_close_matches(value.lower(), known, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"
    raise typer.BadParameter(f"no {what} is called {value!r}; {hint}")


def _format(value: str | None) -> str | None:
    return None if value is None else one_of(value, FORMATS, "format")


def _language(value: str) -> str:
    return one_of(value, LANGUAGES, "language")


def _events(value: str | None) -> str | None:
    if value is not None:
        try:
            chosen_types(value)
        except UnknownEvents as error:
            raise typer.BadParameter(str(error)) from None
    return value


def _encoding(value: str | None) -> str | None:
    if value is not None:
        try:
            codecs.lookup(value)
        except LookupError:
            raise typer.BadParameter(f"no text encoding is called {value!r}") from None
    return value


def parse_size(value: str) -> int:
    """Bytes of a size such as ``500k``, ``2M`` or ``1.5G``; raises a usage error."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmg]?)b?", value.strip().lower())
    size = int(float(found[1]) * {"": 1, "k": 1e3, "m": 1e6, "g": 1e9}[found[2]]) if found else 0
    if size <= 0:
        raise typer.BadParameter(f"{value!r} is no size; write for example 500k, 2M or 1.5G")
    return size


def _complete_only(incomplete: str) -> list[str]:
    done, _, last = incomplete.rpartition(",")
    return [f"{done},{name}".lstrip(",") for name in GROUPS if name.startswith(last)]


Format = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--format",
        metavar="NAME",
        callback=_format,
        autocompletion=lambda incomplete: [name for name in FORMATS if name.startswith(incomplete)],
        help=f"How to print: {', '.join(FORMATS)}. Told from the name after -o, else table.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", dir_okay=False, help="Write to FILE, not to the screen."),
]
Only = Annotated[
    str | None,
    typer.Option(
        metavar="EVENTS",
        callback=_events,
        autocompletion=_complete_only,
        help=f"Keep these events, separated by commas: {', '.join(GROUPS)}, or event types.",
    ),
]
MinConfidence = Annotated[
    float,
    typer.Option(metavar="0..1", min=0.0, max=1.0, show_default=False, help="Keep events at least so sure."),
]
Explain = Annotated[bool, typer.Option("--explain", help="Say for each event why it was read so.")]
Lang = Annotated[
    str,
    typer.Option(metavar="it|en", callback=_language, help="The language of the summary and of the labels."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 where a record has warnings.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colours, as with NO_COLOR=1.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No progress and no messages but errors.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say what was done, and how long it took.")]
Encoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", callback=_encoding, help="The inputs' text encoding; guessed without it."),
]
MaxSize = Annotated[
    str, typer.Option(metavar="SIZE", help="Refuse larger inputs; web pages may have five times as much.")
]

MaxTime = Annotated[
    float,
    typer.Option(
        metavar="SECONDS", min=0, help="Give a report up that takes more computing; 0 for no limit."
    ),
]


def format_for(name: str | None, output: Path | None) -> str:
    """The format asked for, or the one that the output file's name tells; raises a usage error.

    A name without an ending gets a table; one whose ending tells of another kind of file is refused,
    so that nobody finds a table in a spreadsheet's file.
    """
    if name is not None:
        return name
    suffix = output.suffix.lower() if output else ""
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if re.fullmatch(r"\.[a-z]\w*", suffix):
        raise typer.BadParameter(
            f"no format is told by {suffix!r}; name a format with -f, or end the name in {', '.join(SUFFIXES)}",
            param_hint="-o",
        )
    return "table"


@contextlib.contextmanager
def output_stream(output: Path | None = None, inputs: Iterable[Path] = ()) -> Iterator[TextIO]:
    """Standard output or the file; a file that cannot be written is a usage error.

    So is a file that is one of ``inputs``: it would be emptied before it is read.  Where the reader
    of standard output has gone, the command ends quietly with 0.
    """
    if output is None or str(output) == "-":
        try:
            yield sys.stdout
            sys.stdout.flush()
        except BrokenPipeError:
            process.forget_stdout()
            raise typer.Exit(0) from None
        return
    if output.is_file() and any(file.is_file() and file.samefile(output) for file in inputs):
        raise typer.BadParameter(f"{output} is also read; name another file", param_hint="-o")
    try:
        stream = output.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise typer.BadParameter(f"{output} cannot be written: {error.strerror}", param_hint="-o") from None
    with stream:
        yield stream
