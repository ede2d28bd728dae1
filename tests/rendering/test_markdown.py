"""Markdown: ready to paste, and nothing in a name becomes markup."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from matchcli.rendering import render
from matchcli.rendering.markdown_format import escape

from . import records


def markdown(*given, **options) -> str:
    stream = io.StringIO()
    render(given, "markdown", stream=stream, **options)
    return stream.getvalue()


class Shown(HTMLParser):
    """What a reader of the page sees, and the tags that show it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags = "", set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


def shown(text: str) -> Shown:
    return Shown(MarkdownIt("gfm-like", {"linkify": False}).render(text))


def test_heading_header_summary_and_table():
    text = markdown(records.evening())
    assert text.startswith("## Vallescura – Porto Cedrino 2-1\n")
    assert "Coppa delle Valli · semifinale" in text
    assert "| 53-59' | Vallescura | **Gol** | Tommaso Ferrandi | di testa | 1-1 |" in text
    assert {"h2", "table", "strong"} <= shown(text).tags


def test_every_row_has_six_cells_whatever_stands_in_them():
    lines = [line for line in markdown(records.hostile()).splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {7}


def test_names_stay_letter_for_letter_and_make_no_markup():
    page = shown(markdown(records.hostile(), explain=True))
    assert "script" not in page.tags and "code" not in page.tags and "em" not in page.tags
    assert "<script>alert(1)</script>" in page.text
    assert "+39 | `codice` *stelle* _righe_ | fine" in page.text


@pytest.mark.parametrize(
    "text",
    [
        "1. FC Esempio",
        "- elenco",
        "+ elenco",
        "# titolo",
        "> citato",
        "a_b_c",
        "![x](y)",
        "&amp;",
        "~~no~~",
        "\\*",
    ],
)
def test_what_looks_like_markup_is_shown_as_it_is(text):
    page = shown(escape(text))
    assert page.text.strip() == text and page.tags <= {"p"}


def test_addresses_do_not_become_links():
    text = escape("http://esempio.invalid www.esempio.invalid a@esempio.invalid")
    assert not re.search(r"://|www\.|[^\\]@", text)


def test_two_matches_are_two_sections():
    assert markdown(records.evening(), records.busy()).count("\n## ") == 1


def test_explain_and_warnings():
    text = markdown(records.evening(), explain=True)
    assert "  - «dodici minuti più tardi»: 11-13 minuti dopo il gol" in text
    assert "**Avvertenze**" in markdown(records.hostile())


def test_no_events_are_said():
    assert "Nessun evento riconosciuto" in markdown(records.record([]))
