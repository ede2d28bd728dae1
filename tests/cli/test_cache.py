"""What is kept on disk comes back, whatever happens to the disk and however many write."""

import multiprocessing
import sqlite3

import pytest

from matchcli.cache import Cache, report_key
from matchcli.reading.report import Block, Report

KEY = b"k" * 32


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "folder" / "reports.sqlite3")


def refuse(value):
    raise ValueError("damaged")


def test_what_is_stored_comes_back(cache):
    assert cache.get("record", KEY, bytes.decode) is None
    cache.put("record", KEY, b"Segna Rossi.")
    assert Cache(cache.path).get("record", KEY, bytes.decode) == "Segna Rossi."


def test_kinds_are_kept_apart(cache):
    cache.put("record", KEY, b"one")
    cache.put("annotation", KEY, b"two")
    assert (cache.get("record", KEY, bytes), cache.get("annotation", KEY, bytes)) == (b"one", b"two")
    assert cache.info().entries == {"annotation": 1, "record": 1}


def test_a_key_is_of_the_text_its_blocks_and_the_facts():
    def key(*facts, text="Titolo Segna.", cut=6):
        blocks = (Block(0, cut, "heading"), Block(cut + 1, 13, "paragraph"))
        return report_key(Report("x.txt", text, "00", "utf-8", blocks), *facts)

    assert key(1, "a") == key(1, "a")
    assert len({key(1, "a"), key(1, "b"), key(1, "a", text="Titolo Segno."), key(1, "a", cut=5)}) == 4


def test_a_key_is_not_of_the_file_and_its_encoding():
    one = Report("x.txt", "Segna.", "00", "utf-8", ())
    assert report_key(one) == report_key(Report("y.html", "Segna.", "11", "cp1252", ()))


def test_a_damaged_value_counts_as_none_and_is_removed(cache):
    cache.put("record", KEY, b"value")
    assert cache.get("record", KEY, refuse) is None
    assert cache.info().entries == {}


def test_a_file_that_is_no_database_is_replaced(cache):
    cache.path.parent.mkdir()
    cache.path.write_bytes(b"this is no database at all, not one bit of it" * 100)
    assert cache.get("record", KEY, bytes) is None
    cache.put("record", KEY, b"value")
    assert cache.get("record", KEY, bytes) == b"value"


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "reports.sqlite3")
    cache.put("record", KEY, b"value")
    assert cache.get("record", KEY, bytes) is None


def test_the_oldest_go_first(tmp_path):
    cache = Cache(tmp_path / "a.sqlite3", limit=35)
    for letter in "abcde":
        cache.put("annotation" if letter in "ab" else "record", letter.encode(), b"x" * 10)
    cache.prune()
    assert cache.info().entries == {"record": 3}


def test_a_use_keeps_an_old_entry(tmp_path):
    cache = Cache(tmp_path / "a.sqlite3", limit=15)
    cache.put("record", b"old", b"x" * 10)
    cache.put("record", b"new", b"x" * 10)
    cache.close()
    with sqlite3.connect(cache.path) as database:
        database.execute("UPDATE entry SET used = used - 10000")
    assert cache.get("record", b"old", bytes)
    cache.prune()
    assert cache.get("record", b"old", bytes) and not cache.get("record", b"new", bytes)


def test_clear_removes_all_and_says_how_many(cache):
    cache.put("record", KEY, b"value")
    assert cache.info().stored == 5
    assert cache.clear() == {"record": 1}
    assert not cache.path.exists() and cache.info().entries == {}


def write_many(path, name):
    cache = Cache(path)
    for number in range(40):
        cache.put("record", f"{name}{number}".encode(), b"value")
    cache.close()


def test_many_processes_write_at_once(tmp_path):
    path = tmp_path / "shared.sqlite3"
    processes = [
        multiprocessing.get_context("spawn").Process(target=write_many, args=(path, name)) for name in "ABCD"
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert Cache(path).info().entries == {"record": 160}
