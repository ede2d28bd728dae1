"""All the formats: each is there and loads no more than it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from matchcli.rendering import FORMATS

ROOT = Path(__file__).parents[2]
LOADED = (
    "import io, sys\n"
    "from tests.rendering import records\n"
    "from matchcli.rendering import render\n"
    "render([records.evening()], {format!r}, stream=io.StringIO())\n"
    "print(' '.join(name for name in {names!r} if name in sys.modules))"
)


def loaded(format: str, names: tuple[str, ...]) -> list[str]:
    """Tell which of these modules a new process has loaded after rendering a record."""
    code = LOADED.format(format=format, names=names)
    # Given by hand: readline, which pytest loads, sets COLUMNS behind Python's back.
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment,
    )
    return done.stdout.split()


def test_the_formats_are_those_of_the_command():
    assert FORMATS == ("table", "json", "jsonl", "csv", "tsv", "markdown", "text", "html")


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_loads_what_only_reading_needs(format):
    assert loaded(format, ("torch", "stanza", "numpy", "networkx", "rapidfuzz", "typer")) == []


@pytest.mark.parametrize(
    ("format", "needed"),
    [("table", ["rich"]), ("jsonl", []), ("csv", []), ("markdown", []), ("text", []), ("html", ["jinja2"])],
)
def test_rich_and_jinja_are_loaded_only_where_they_write(format, needed):
    assert loaded(format, ("rich", "jinja2")) == needed
