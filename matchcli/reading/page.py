"""Web pages: the article's text without menus, scripts and advertisements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", re.IGNORECASE)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)

#: How far into an input the signs of a page are looked for, in characters or bytes.
_HEAD = 4096


def is_page(text: str) -> bool:
    """True where ``text`` is an HTML page: a tag that only pages have stands near its start."""
    return text.lstrip("\ufeff \t\r\n").startswith("<") and bool(_PAGE.search(text[:_HEAD]))


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its ``meta`` element, or None."""
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii") if found else None


def article(page: str) -> str | None:
    """The article's text: headings begin with ``#``, paragraphs are separated by blank lines.

    None where the page holds no article, or no markup that can be read.
    """
    import logging

    import trafilatura
    from lxml import etree

    # The library logs what it cannot parse; the caller says it in its own words.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.extract(
        page.replace("\x00", ""),
        output_format="xml",
        include_comments=False,
        include_formatting=False,
        favor_recall=True,
    )
    if not found:
        return None
    main = etree.fromstring(found.encode("utf-8"), etree.XMLParser(huge_tree=True)).find("main")
    text = "\n\n".join(_parts(main)) if main is not None else ""
    return text if text.strip() else None


def _parts(main: Any) -> Iterator[str]:
    """The article's headings, paragraphs, list lines and table rows, in order."""
    for element in main:
        if element.tag == "head":
            yield "# " + _line(element)
        elif element.tag in ("list", "table"):
            yield "\n".join(_line(row) for row in element.iter("item", "row"))
        else:
            yield _line(element)


def _line(element: Any) -> str:
    """The words of an element; a line break of the page stays one, cells are set apart."""
    lines = "".join(_pieces(element)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _pieces(element: Any) -> Iterator[str]:
    if element.tag == "lb":
        yield "\n"
    yield _one_line(element.text)
    for child in element:
        yield from _pieces(child)
        yield " " if child.tag == "cell" else ""
        yield _one_line(child.tail)


def _one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ")
