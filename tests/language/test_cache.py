"""The cache of annotations."""

import subprocess
import sys

import pytest

from matchcli.cache import Cache
from matchcli.language import cache as cache_module
from matchcli.language.annotate import Annotator, annotate_one
from matchcli.language.annotation import Annotation, Entity, Sentence, Word
from matchcli.language.cache import KIND, AnnotationCache, decode, encode, entry_key
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
    return AnnotationCache(Cache(tmp_path / "reports.sqlite3"))


def test_what_is_stored_comes_back_equal(cache):
    assert cache.get(report(), MODELS) is None
    cache.put(report(), MODELS, annotation())
    assert AnnotationCache(Cache(cache.cache.path)).get(report(), MODELS) == annotation()


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
    cache.cache.put(KIND, entry_key(report(), MODELS), value)
    assert cache.get(report(), MODELS) is None
    assert cache.cache.info().entries == {}


def test_a_report_seen_before_needs_no_models(cache, monkeypatch):
    first = annotate_one(report(), cache=cache)
    monkeypatch.setattr(Annotator, "pipeline", property(lambda _: pytest.fail("the models were loaded")))
    assert annotate_one(report(), cache=cache) == first


def test_a_report_seen_before_imports_neither_torch_nor_stanza(cache):
    cache.put(report(), MODELS, annotation())
    cache.cache.close()
    code = f"""
import sys
from pathlib import Path
from matchcli.cache import Cache
from matchcli.language.annotate import annotate_one
from matchcli.language.cache import AnnotationCache
from matchcli.reading.report import Block, Report
text = "Segna della Rosa."
report = Report("x.txt", text, "", "utf-8", (Block(0, len(text), "paragraph"),))
annotation = annotate_one(report, cache=AnnotationCache(Cache(Path({str(cache.cache.path)!r}))))
print(len(annotation.sentences), "torch" in sys.modules, "stanza" in sys.modules)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["1", "False", "False"]
