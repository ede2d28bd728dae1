"""Any input gives a report, or one line that says why not."""

import hashlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchcli.reading import LIMIT, Report, UnreadableReport, find_inputs, read

PAGE = """<!doctype html><html><head><title>Portalba-Monteverde 2-1</title><meta charset="{charset}"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Portalba, che rimonta</h1>
<p>Il Portalba batte il Monteverde con due reti di Ferri nel finale e si prende la vetta: perché no?</p>
<h2>LE VOCI</h2><p>Al 12' segna Moro, all'80' e al 90' risponde Ferri, che è già l'eroe della città.</p>
<ul><li>63' Cambio: dentro Serra</li></ul></article>
<script>alert("x")</script><footer>Tutti i diritti riservati</footer></body></html>"""


def refused(data, **options):
    with pytest.raises(UnreadableReport) as caught:
        read(data, path="gara.txt", **options)
    return str(caught.value)


def test_a_report_knows_its_path_hash_and_encoding():
    data = "Gol di Ferri.\r\n".encode("utf-16")
    report = read(data, path="gara.txt")
    assert (report.path, report.encoding, report.text) == ("gara.txt", "utf-16-le", "Gol di Ferri.\r\n")
    assert report.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("data", [b"", b" \n\r\n\t", b"\xef\xbb\xbf", b"\x00\x00\x00"])
def test_an_empty_input_is_refused(data):
    assert refused(data) in ("gara.txt: it is empty", "gara.txt: this is binary data, not a text")


def test_an_input_of_rules_alone_is_refused():
    assert refused(b"-----\n*****\n") == "gara.txt: there is no text in it"


@pytest.mark.parametrize("start", ['{"schema": 1, "source"', '[\n  {\n    "schema": 1,'])
def test_records_are_no_report_and_the_way_out_is_told(start):
    told = refused(start.encode() + b": {}}")
    assert told == "gara.txt: it holds records, not a report; matchcli render prints them"


def test_a_large_input_is_refused_with_the_limit():
    assert "larger than the limit of 1 MB" in refused(b"a" * (LIMIT + 1))
    assert isinstance(read(b"a " * LIMIT, path="x", limit=2 * LIMIT), Report)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UnreadableReport, match="there is no such file"):
        read(tmp_path / "no.txt", path="no.txt")


def test_a_misspelled_file_gets_the_nearest_as_a_hint(tmp_path):
    (tmp_path / "giornata-1.txt").write_text("Gol di Ferri.")
    with pytest.raises(UnreadableReport, match=r"no such file; did you mean giornata-1\.txt\?"):
        read(tmp_path / "giornta-1.txt", path="giornta-1.txt")


def test_a_web_page_is_reduced_to_its_article():
    report = read(PAGE.format(charset="utf-8").encode(), path="gara.html")
    kinds = [(block.kind, report.text[block.start : block.end][:21]) for block in report.blocks]
    assert ("title", "Portalba, che rimonta") in kinds
    assert ("heading", "LE VOCI") in kinds
    assert ("live", "63' Cambio: dentro Se") in kinds
    assert "alert" not in report.text and "Home" not in report.text


def test_a_web_page_is_read_in_the_encoding_that_it_names():
    report = read(PAGE.format(charset="iso-8859-1").encode("latin-1"), path="gara.html")
    assert "città" in report.text


def test_a_page_without_article_is_refused():
    assert (
        refused(b"<html><head></head><body></body></html>")
        == "gara.txt: no article was found in this web page"
    )


def test_the_reports_of_a_folder_come_in_order_of_names(tmp_path):
    for name in ["b.txt", "a.md", "c.HTML", "d.json", ".e.txt", "sub/f.txt", ".git/g.txt"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Gol di Ferri.")
    names = [os.path.relpath(found.path, tmp_path) for found in find_inputs([str(tmp_path)])]
    assert names == ["a.md", "b.txt", "c.HTML", "sub/f.txt"]


def test_an_empty_folder_is_refused(tmp_path):
    (found,) = find_inputs([str(tmp_path)])
    with pytest.raises(UnreadableReport, match="folder holds no"):
        found.read()


def test_a_path_that_is_no_utf8_can_be_shown(tmp_path):
    file = os.fsencode(tmp_path) + b"/gar\xe0.txt"
    with open(file, "wb") as stream:
        stream.write(b"Gol di Ferri.")
    (found,) = find_inputs([os.fsdecode(file)])
    assert found.read().path.endswith("gar\ufffd.txt")


@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda text: text.encode("utf-8"))))
def test_any_bytes_give_a_report_or_a_clear_refusal(data):
    try:
        report = read(data, path="x.txt")
    except UnreadableReport as error:
        assert error.reason
    else:
        assert report.blocks
        report.text.encode("utf-8")


def test_a_huge_file_is_refused_without_being_read_whole(tmp_path):
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(50_000_000_000)
    with pytest.raises(UnreadableReport, match="larger than the limit"):
        read(tmp_path / "huge.txt", path="huge.txt")
