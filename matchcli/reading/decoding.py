"""Bytes to text: which encoding an input is written in.

Valid UTF-8 always wins.  Older encodings are guessed among those that Italian texts were really
written in, because a free guess takes accented Italian for Turkish or Polish.
"""

from __future__ import annotations

import codecs
import re

#: Marks at the start of a file that name its encoding; the longer ones first.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)

#: Encodings of Italian text before Unicode: Windows, the web, the Macintosh, DOS.
OLD_ENCODINGS = ["cp1252", "iso8859_15", "mac_roman", "cp850"]

#: A text may hold a few stray control characters; above this share of all characters it is data.
MOST_CONTROL_CHARACTERS = 0.03

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")


class NotText(ValueError):
    """The bytes are no text; the message says why in a few words."""


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of ``data`` and the name of the encoding it was read with.

    With ``encoding`` nothing is guessed.  A byte order mark is no part of the text.  Line ends and
    stray control characters are kept as they are, so that offsets count the decoded input.

    Raises ``NotText`` when the bytes are binary data or do not fit ``encoding``.
    """
    if encoding is not None:
        return _decode_as(data, encoding), encoding
    text, name = _guess(data)
    if len(_CONTROL.findall(text)) > MOST_CONTROL_CHARACTERS * len(text):
        raise NotText("this is binary data, not a text")
    return text, name


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
        text.encode("utf-8")  # lone surrogates, which some codecs let through, cannot be written out
    except LookupError:
        raise NotText(f"unknown text encoding {encoding!r}") from None
    except ValueError:
        raise NotText(f"the text is not written in {encoding}") from None
    return text.removeprefix("\ufeff")


def _guess(data: bytes) -> tuple[str, str]:
    for mark, name, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(codec), name
            except ValueError:
                break  # the bytes only looked like a mark
    wide = _utf16_without_mark(data)
    if wide is not None:
        return wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    return _mostly_utf8(data) or _old_encoding(data)


def _utf16_without_mark(data: bytes) -> tuple[str, str] | None:
    """UTF-16 of a Western text has a zero in every other byte, always on the same side."""
    if len(data) < 4 or len(data) % 2:
        return None
    half = len(data) // 2
    low, high = data[0::2].count(0), data[1::2].count(0)
    for codec, zeros, others in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        if zeros > 0.5 * half and others < 0.1 * half:
            try:
                return data.decode(codec), codec
            except UnicodeDecodeError:
                return None
    return None


def _mostly_utf8(data: bytes) -> tuple[str, str] | None:
    """UTF-8 with a few foreign bytes, as when files of two encodings are joined.

    Where characters of several bytes are the rule and stray bytes the exception, the stray bytes
    are read as Windows-1252.
    """
    text = data.decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= char <= "\udcff" for char in text)
    whole = sum(char > "\x7f" for char in text) - stray
    if whole <= stray:
        return None
    mended = re.sub(
        "[\udc80-\udcff]",
        lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"),
        text,
    )
    return mended, "utf-8+cp1252"


def _old_encoding(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=OLD_ENCODINGS, enable_fallback=False).best()
    name = best.encoding if best is not None else "cp1252"
    try:
        return data.decode(name), name
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"
