"""The formats by name, each loaded only when it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from matchcli.rendering.options import Options

if TYPE_CHECKING:
    from matchcli.record import Record

_WRITERS = {
    "table": ("table_format", "write_table"),
    "json": ("json_format", "write_json"),
    "jsonl": ("json_format", "write_jsonl"),
    "csv": ("csv_format", "write_csv"),
    "tsv": ("csv_format", "write_tsv"),
    "markdown": ("markdown_format", "write_markdown"),
    "text": ("text_format", "write_text"),
    "html": ("html_format", "write_html"),
}

#: The names of the formats, the default first.
FORMATS = tuple(_WRITERS)


def render(
    records: Iterable[Record],
    format: str,
    *,
    stream: TextIO,
    color: bool | None = None,
    width: int | None = None,
    lang: str = "it",
    texts: Mapping[str, str] | None = None,
    explain: bool = False,
) -> None:
    """Write ``records`` to ``stream`` in one of :data:`FORMATS`, each as soon as it is ready.

    ``color`` and ``width`` None follow the stream, NO_COLOR, FORCE_COLOR, TERM and COLUMNS.
    ``texts`` gives the source texts, by the sha256 or the path of the records' source; the page
    shows them with the events' words marked.  ``explain`` adds the reasons of each event.

    Raises ``ValueError`` for a format or a language that there is not.
    """
    if format not in _WRITERS:
        raise ValueError(f"no format {format!r}; there are: {', '.join(FORMATS)}")
    from matchcli.rendering.words import load

    load(lang)
    module, function = _WRITERS[format]
    write = getattr(import_module(f"matchcli.rendering.{module}"), function)
    # Not ``texts or {}``: the caller may fill the mapping while the records are read.
    write(records, stream, Options(color, width, lang, {} if texts is None else texts, explain))
