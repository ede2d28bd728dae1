"""A report seen before has its records at once, and never those of another program."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from matchcli import record_cache
from matchcli.cache import Cache
from matchcli.language.models import find_models
from matchcli.reading import read
from matchcli.record import Record
from matchcli.record_cache import RecordCache, decode, encode, program_fingerprint

from .helpers import RECORD, run

SAMPLES = Path(__file__).parents[2] / "samples"
MODELS = find_models("bundled")
REPORT = read(b"Portalba-Monteverde 1-0. Decide Ferri.", path="gara.txt")


def records():
    return [Record.model_validate_json(RECORD)]


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "reports.sqlite3")


def test_encoding_and_decoding_give_the_same_records():
    assert decode(encode(records() * 3)) == records() * 3
    assert decode(encode([])) == []


def test_stored_records_come_back_with_the_file_that_was_read_now(cache):
    RecordCache(cache, MODELS, "it").put(REPORT, records())
    elsewhere = read("Portalba-Monteverde 1-0. Decide Ferri.".encode("utf-16"), path="altrove.txt")
    (found,) = RecordCache(cache, MODELS, "it").get(elsewhere)
    assert (found.source.path, found.source.sha256) == ("altrove.txt", elsewhere.sha256)
    assert found.match == records()[0].match and found.events == records()[0].events


def test_that_a_text_tells_no_match_is_stored_too(cache):
    stored = RecordCache(cache, MODELS, "it")
    assert stored.get(REPORT) is None
    stored.put(REPORT, [])
    assert stored.get(REPORT) == []


def test_another_language_or_other_models_or_another_program_are_not_found(cache, monkeypatch, tmp_path):
    RecordCache(cache, MODELS, "it").put(REPORT, records())
    assert RecordCache(cache, MODELS, "en").get(REPORT) is None
    (tmp_path / "models").mkdir()
    shutil.copytree(MODELS.directory, tmp_path / "models", dirs_exist_ok=True)
    resources = tmp_path / "models" / "resources.json"
    resources.write_text(resources.read_text().replace('"md5": "', '"md5": "0'))
    assert RecordCache(cache, find_models(str(tmp_path / "models")), "it").get(REPORT) is None
    monkeypatch.setattr(record_cache, "program_fingerprint", lambda: "another")
    assert RecordCache(cache, MODELS, "it").get(REPORT) is None


@pytest.mark.parametrize("value", [b"", b"no zlib", encode(records())[:-3], encode(records())[3:]])
def test_a_damaged_entry_counts_as_none(cache, value):
    stored = RecordCache(cache, MODELS, "it")
    stored.put(REPORT, records())
    cache.put(record_cache.KIND, record_cache.report_key(REPORT, *stored.facts), value)
    assert stored.get(REPORT) is None


@pytest.fixture
def package(tmp_path):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "goals.toml").write_text("verbs = ['segnare']")
    (tmp_path / "build.py").write_text("pass")
    return tmp_path


def fingerprint(package):
    program_fingerprint.cache_clear()
    return program_fingerprint(package)


@pytest.mark.parametrize("name", ["lexicon/goals.toml", "build.py"])
def test_an_edit_anywhere_in_the_package_makes_another_program(package, name):
    before = fingerprint(package)
    os.utime(package / name, ns=(0, 0))
    touched = fingerprint(package)
    (package / name).write_text("pass # now longer than it was")
    assert len({before, touched, fingerprint(package)}) == 3


def test_a_new_file_makes_another_program_and_what_python_compiles_does_not(package):
    before = fingerprint(package)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "build.pyc").write_bytes(b"compiled")
    assert fingerprint(package) == before
    (package / "lexicon" / "cards.toml").write_text("")
    assert fingerprint(package) != before


def test_a_report_seen_before_gives_the_same_output_and_loads_nothing_heavy(tmp_path):
    report = tmp_path / "agenzia.txt"
    shutil.copy(SAMPLES / "agenzia.txt", report)
    first = run("summarize", "-f", "json", "--explain", report)
    again = subprocess.run(
        [
            sys.executable,
            "-X",
            "importtime",
            "-m",
            "matchcli",
            "summarize",
            "-f",
            "json",
            "--explain",
            report,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert again.stdout == first.stdout != "[]\n"
    imported = {line.rpartition("|")[2].strip() for line in again.stderr.splitlines()}
    assert "matchcli.record_cache" in imported
    assert not imported & {
        "torch",
        "stanza",
        "numpy",
        "networkx",
        "rapidfuzz",
        "matchcli.extraction",
        "matchcli.timeline",
        "matchcli.language.annotate",
        "matchcli.rendering.summary",
        "rich",
        "trafilatura",
        "charset_normalizer",
    }


def test_without_the_cache_nothing_is_stored(tmp_path):
    cache = {"XDG_CACHE_HOME": str(tmp_path)}
    run("summarize", "--no-cache", "-f", "json", SAMPLES / "agenzia.txt", env=cache)
    assert "records of 0 reports" in run("cache", "info", env=cache).stdout
    run("summarize", "-f", "json", SAMPLES / "agenzia.txt", env=cache)
    assert "1 analyses, records of 1 reports" in run("cache", "info", env=cache).stdout
    assert "1 analyses, records of 1 reports" in run("cache", "clear", env=cache).stdout
    assert "records of 0 reports" in run("cache", "info", env=cache).stdout
