"""The cache of annotations."""

import multiprocessing
import sqlite3
import subprocess
import sys

import pytest

from matchcli.language import cache as cache_module
from matchcli.language.annotate import Annotator, annotate_one
from matchcli.language.annotation import Annotation, Entity, Sentence, Word
from matchcli.language.cache import AnnotationCache, decode, encode
from matchcli.language.models import find_models
from matchcli.reading.report import Block, Report

MODELS = find_models("bundled")


def report(text="Segna della Rosa."):
    return Report("x.txt", text, "", "utf-8", (Block(0, len(text), "paragraph"),))


def annotation(text="Segna della Rosa."):
    words = (
        Word("Segna", "segnare", "VERB", {"Mood": "Ind", "Person": "3"}, -1, "root", 0, 5),
        Word("di", "di", "ADP", {}, 3, "case", 6, 11),
        Word("la", "il", "DET", {"Gender": "Fem"}, 3, "det", 6, 11),
        Word(text[12:16], text[12:16], "PROPN", {}, 0, "nsubj", 12, 16),
    )
    return Annotation((Sentence(0, 17, 0, words, (Entity("PER", 12, 16),)),))


@pytest.fixture
def cache(tmp_path):
    return AnnotationCache(tmp_path / "folder" / "annotations.sqlite3")


def test_what_is_stored_comes_back_equal(cache):
    assert cache.get(report(), MODELS) is None
    cache.put(report(), MODELS, annotation())
    assert AnnotationCache(cache.path).get(report(), MODELS) == annotation()


def test_encoding_and_decoding_give_the_same_annotation():
    assert decode(encode(annotation(), report().text), report().text) == annotation()


def test_another_text_other_blocks_or_other_models_are_not_found(cache, monkeypatch):
    cache.put(report(), MODELS, annotation())
    assert cache.get(report("Segna della Rose."), MODELS) is None
    one = report()
    split = Report("x.txt", one.text, "", "utf-8", (Block(0, 5, "heading"), Block(6, 17, "paragraph")))
    assert cache.get(split, MODELS) is None
    monkeypatch.setattr(cache_module, "VERSION", 999)
    assert cache.get(one, MODELS) is None


@pytest.mark.parametrize(
    "value", [b"", b"no zlib", encode(annotation(), "x" * 20)[:-3], b"x\x9c\x03\x00\x00\x00\x00\x01"]
)
def test_a_damaged_entry_counts_as_none_and_is_removed(cache, value):
    cache.put(report(), MODELS, annotation())
    cache.close()
    with sqlite3.connect(cache.path) as database:
        database.execute("UPDATE annotation SET value = ?", (value,))
    assert cache.get(report(), MODELS) is None
    assert cache.info().entries == 0


def test_a_file_that_is_no_database_is_replaced(cache):
    cache.path.parent.mkdir()
    cache.path.write_bytes(b"this is no database at all, not one bit of it" * 100)
    assert cache.get(report(), MODELS) is None
    cache.put(report(), MODELS, annotation())
    assert cache.get(report(), MODELS) == annotation()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = AnnotationCache(tmp_path / "file" / "annotations.sqlite3")
    cache.put(report(), MODELS, annotation())
    assert cache.get(report(), MODELS) is None


def test_the_least_recently_used_go_first(tmp_path):
    size = len(encode(annotation(), report().text))
    cache = AnnotationCache(tmp_path / "a.sqlite3", limit=3 * size + 5)
    texts = [f"Segna della Ros{letter}." for letter in "abcde"]
    for text in texts:
        cache.put(report(text), MODELS, annotation(text))
    cache.prune()
    kept = [text for text in texts if cache.get(report(text), MODELS)]
    assert kept == texts[2:]


def test_clear_removes_all_and_says_how_many(cache):
    cache.put(report(), MODELS, annotation())
    assert cache.info().entries == 1 and cache.info().stored > 50
    assert cache.clear() == 1
    assert not cache.path.exists() and cache.info().entries == 0


def write_many(path, name):
    cache = AnnotationCache(path)
    for number in range(40):
        text = f"Segna della {name}{number:03}."
        cache.put(report(text), MODELS, annotation(text))
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
    assert AnnotationCache(path).info().entries == 160


def test_a_report_seen_before_needs_no_models(cache, monkeypatch):
    first = annotate_one(report(), cache=cache)
    monkeypatch.setattr(Annotator, "pipeline", property(lambda _: pytest.fail("the models were loaded")))
    assert annotate_one(report(), cache=cache) == first


def test_a_report_seen_before_imports_neither_torch_nor_stanza(cache):
    cache.put(report(), MODELS, annotation())
    cache.close()
    code = f"""
import sys
from pathlib import Path
from matchcli.language import AnnotationCache, annotate_one
from matchcli.reading.report import Block, Report
text = "Segna della Rosa."
report = Report("x.txt", text, "", "utf-8", (Block(0, len(text), "paragraph"),))
annotation = annotate_one(report, cache=AnnotationCache(Path({str(cache.path)!r})))
print(len(annotation.sentences), "torch" in sys.modules, "stanza" in sys.modules)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["1", "False", "False"]
