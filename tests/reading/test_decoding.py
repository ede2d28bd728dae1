"""Texts come out whole, whatever encoding they were written in."""

import random

import pytest

from matchcli.reading.decoding import NotText, decode

REPORT = (
    "Perché no? Al 12' il Portalba è già avanti: Niccolò Ferri, più lesto di tutti, la mette là.\n"
    "Così, però, la città non può esultare – l’arbitro è di un’altra opinione."
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_text_of_each_encoding_is_read(encoding):
    assert decode(REPORT.encode(encoding))[0] == REPORT


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_older_encodings_are_read_too(encoding):
    text = REPORT.replace("’", "'").replace("–", "-")
    assert decode(text.encode(encoding))[0] == text


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert decode(b"\xef\xbb\xbfGol") == ("Gol", "utf-8-sig")
    assert decode(b"\xff\xfeG\x00o\x00l\x00")[0] == "Gol"


def test_valid_utf8_always_wins():
    assert decode("Ã¨ così".encode()) == ("Ã¨ così", "utf-8")


def test_line_ends_are_kept():
    assert decode(b"uno\r\ndue\rtre\n")[0] == "uno\r\ndue\rtre\n"


def test_stray_bytes_in_utf8_are_read_as_windows_text():
    assert decode("Perché è così. ".encode() + "Città".encode("cp1252"))[0] == "Perché è così. Città"


def test_a_few_control_characters_do_not_make_a_text_binary():
    assert decode(REPORT.encode() + b"\x00\x07")[0] == REPORT + "\x00\x07"


def test_binary_data_is_refused():
    noise = random.Random(1).randbytes(4000)
    with pytest.raises(NotText, match="binary"):
        decode(noise)


def test_the_encoding_asked_for_is_used():
    assert decode("è".encode(), "latin-1") == ("Ã¨", "latin-1")


def test_an_encoding_that_does_not_fit_is_refused():
    with pytest.raises(NotText, match="not written in ascii"):
        decode(REPORT.encode(), "ascii")


def test_an_unknown_encoding_is_refused():
    with pytest.raises(NotText, match="unknown text encoding 'utf-99'"):
        decode(b"Gol", "utf-99")
