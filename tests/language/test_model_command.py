"""The subcommands ``model`` and ``cache``."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from matchcli.cache import Cache
from matchcli.cli import cache as cache_command
from matchcli.cli import model as model_command
from matchcli.language.annotation import Annotation
from matchcli.language.cache import AnnotationCache
from matchcli.language.models import BUNDLED, find_models
from matchcli.reading.report import Report

RUNNER = CliRunner()


def test_info_shows_files_sizes_and_licences():
    result = RUNNER.invoke(model_command.app, ["info"])
    assert result.exit_code == 0
    assert "depparse" in result.output and "MB" in result.output and "CC BY" in result.output


def test_info_as_json_holds_the_same():
    told = json.loads(RUNNER.invoke(model_command.app, ["info", "--json"]).output)
    assert told["whole"] is True and told["files"]["ner"] > 100_000
    assert told["source"] and told["figures"]


def test_info_says_which_file_is_missing_and_exits_with_one(tmp_path):
    shutil.copytree(BUNDLED, tmp_path / "models")
    (tmp_path / "models/it/ner/compact.pt").unlink()
    result = RUNNER.invoke(model_command.app, ["info", str(tmp_path / "models")])
    assert result.exit_code == 1
    assert "missing" in result.output


def test_path_prints_the_folder(monkeypatch):
    monkeypatch.setenv("STANZA_RESOURCES_DIR", "/some/where")
    assert RUNNER.invoke(model_command.app, ["path"]).output.strip() == str(BUNDLED)
    assert RUNNER.invoke(model_command.app, ["path", "official"]).output.strip() == "/some/where"


def test_an_unknown_folder_is_one_line():
    result = RUNNER.invoke(model_command.app, ["info", "/nowhere/at/all"])
    assert result.exit_code == 1 and len(result.output.strip().splitlines()) == 1


@pytest.fixture
def stored(monkeypatch, tmp_path):
    monkeypatch.setattr("matchcli.cache.default_path", lambda: tmp_path / "a.sqlite3")
    AnnotationCache(Cache()).put(Report("x", "Gol.", "", "utf-8", ()), find_models(), Annotation())


def test_cache_info_and_clear(stored):
    assert "1 analyses" in RUNNER.invoke(cache_command.app, ["info"]).output
    assert "removed: 1 analyses" in RUNNER.invoke(cache_command.app, ["clear"]).output
    assert "0 analyses" in RUNNER.invoke(cache_command.app, ["info"]).output
