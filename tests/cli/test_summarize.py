"""Reports go in, matches come out, and what cannot be read is said."""

import json
import random
import shutil
from pathlib import Path

import pytest

from .helpers import run

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three reports, and three files that are none."""
    path = tmp_path_factory.mktemp("reports")
    shutil.copy(SAMPLES / "agenzia.txt", path / "a.txt")
    (path / "b-empty.txt").write_text("")
    shutil.copy(SAMPLES / "giornata.txt", path / "c.txt")
    (path / "d-noise.txt").write_bytes(random.Random(3).randbytes(3000))
    shutil.copy(SAMPLES / "giornale.txt", path / "e.txt")
    (path / "f-recipe.txt").write_text("Sbattete le uova con lo zucchero, poi unite la farina setacciata.")
    return path


@pytest.fixture(scope="module")
def summarized(folder):
    return run("summarize", "-f", "jsonl", folder, "nowhere.txt")


def records(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_report_of_a_folder_gives_its_matches_in_order(summarized):
    names = [
        (Path(record["source"]["path"]).name, record["source"]["match"]) for record in records(summarized)
    ]
    assert names == sorted(names)
    assert {name for name, _ in names} == {"a.txt", "c.txt", "e.txt"}
    assert sum(name == "c.txt" for name, _ in names) > 1


def test_each_bad_input_gets_one_line_and_the_status_is_1(summarized):
    assert summarized.returncode == 1
    told = {Path(line.split(": ")[1]).name: line for line in summarized.stderr.splitlines()}
    assert set(told) == {"b-empty.txt", "d-noise.txt", "f-recipe.txt", "nowhere.txt"}
    assert told["b-empty.txt"].endswith("it is empty")
    assert told["d-noise.txt"].endswith("this is binary data, not a text")
    assert told["f-recipe.txt"].endswith("no match was found in it")
    assert told["nowhere.txt"].endswith("there is no such file")


def test_a_text_without_a_match_is_no_failure(folder):
    done = run("summarize", "-f", "json", folder / "f-recipe.txt")
    assert (done.returncode, done.stdout) == (0, "[]\n")


def test_several_processes_give_the_same_records(folder, summarized):
    # Each process has its own order of sets: another than the first run's changes nothing either.
    seed = {"PYTHONHASHSEED": "3"}
    done = run("summarize", "--no-cache", "-f", "jsonl", "--jobs", 2, folder, "nowhere.txt", env=seed)
    assert done.stdout == summarized.stdout
    assert done.stderr == summarized.stderr
    assert done.returncode == 1


def test_the_cache_changes_nothing(folder, summarized):
    assert run("summarize", "-f", "jsonl", "--no-cache", folder).stdout == summarized.stdout


def test_a_report_from_the_pipe_gives_the_same_match(folder, summarized):
    text = (folder / "a.txt").read_text()
    (piped,) = records(run("summarize", "-f", "jsonl", input=text))
    (read,) = [record for record in records(summarized) if record["source"]["path"].endswith("a.txt")]
    assert piped["source"]["path"] == "-"
    assert (piped["match"], piped["events"]) == (read["match"], read["events"])


def test_json_is_always_an_array(folder):
    assert isinstance(json.loads(run("summarize", "-f", "json", folder / "a.txt").stdout), list)


def test_every_event_stands_where_it_says(folder, summarized):
    for record in records(summarized):
        text = Path(record["source"]["path"]).read_text()
        for event in record["events"]:
            assert text[slice(*event["span"])] == event["text"]


def test_quiet_says_only_what_failed(folder):
    done = run("summarize", "-q", "-f", "jsonl", folder / "f-recipe.txt", folder / "b-empty.txt")
    assert [line.rpartition(": ")[2] for line in done.stderr.splitlines()] == ["it is empty"]


def test_verbose_says_what_was_done_and_how_long_it_took(folder):
    told = run("summarize", "-v", "-f", "jsonl", folder / "a.txt").stderr.splitlines()
    assert "a.txt: 1 match, " in told[0] and told[0].endswith(" ms")
    assert told[-1].startswith("matchcli: 1 input, 1 match, 0 not read, ")


def test_the_summary_is_in_the_language_asked_for(folder):
    (italian,) = records(run("summarize", "-f", "jsonl", folder / "a.txt"))
    (english,) = records(run("summarize", "-f", "jsonl", "--lang", "en", folder / "a.txt"))
    assert italian["summary"] != english["summary"]
    assert italian["events"] == english["events"]


def test_explanations_come_only_where_asked_for(folder):
    (plain,) = records(run("summarize", "-f", "jsonl", folder / "a.txt"))
    (explained,) = records(run("summarize", "-f", "jsonl", "--explain", folder / "a.txt"))
    assert all("explain" not in event for event in plain["events"])
    assert any(event["explain"] for event in explained["events"])


def test_strict_ends_with_1_where_a_text_contradicts_itself_and_prints_it_all_the_same(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Portalba-Monteverde 3-0\n\nIl Portalba batte il Monteverde: al 12' segna Ferri."
    )
    lax, strict = (run("summarize", "-f", "jsonl", *more, tmp_path / "a.txt") for more in ([], ["--strict"]))
    assert (lax.returncode, strict.returncode) == (0, 1)
    assert lax.stdout == strict.stdout and records(strict)[0]["warnings"]
    assert lax.stderr == "" and "[score_mismatch]" in strict.stderr


def test_a_text_over_the_limit_is_refused_with_the_limit_and_the_option_raises_it(folder):
    refused = run("summarize", "-f", "jsonl", "--max-size", "0.5k", folder / "a.txt")
    assert refused.returncode == 1 and "the limit of 0.0005 MB (--max-size sets another)" in refused.stderr
    assert records(run("summarize", "-f", "jsonl", "--max-size", "1.5M", folder / "a.txt"))


def test_models_in_a_folder_without_models_are_a_usage_error(folder, tmp_path):
    done = run("summarize", "--model", tmp_path, folder / "a.txt")
    assert done.returncode == 2
    assert "models cannot be used" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_of_a_report_does_not_matter(folder, summarized, tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes((folder / "a.txt").read_text().encode(encoding))
    (found,) = records(run("summarize", "-f", "jsonl", tmp_path / "a.txt"))
    (read,) = [record for record in records(summarized) if record["source"]["path"].endswith("a.txt")]
    assert found["events"] == read["events"]


def test_a_hostile_report_sends_no_control_characters_to_the_screen(tmp_path):
    text = (SAMPLES / "agenzia.txt").read_text().replace("Okafor", "Oka\x1b[31mfor\x07")
    (tmp_path / "a\x1b[2J.txt").write_text(text)
    done = run("summarize", tmp_path / "a\x1b[2J.txt")
    assert not set(done.stdout + done.stderr) & {"\x1b", "\x07"}
