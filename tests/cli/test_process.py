"""The command is a good citizen: statuses, pipes, signals, streams, start-up."""

import os
import pty
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .helpers import COMMAND, RECORD, run


def test_help_names_every_command():
    told = run("--help").stdout
    assert all(name in told for name in ("summarize", "render", "evaluate", "schema", "model", "cache"))


def test_no_arguments_show_the_help():
    assert "Usage" in (run().stdout + run().stderr)


def test_version_is_that_of_the_package():
    import matchcli

    assert run("--version").stdout == f"matchcli {matchcli.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["summarise"],
        ["summarize", "--formatt", "json", "x.txt"],
        ["summarize", "-f", "jsn", "x.txt"],
        ["summarize", "--only", "goal-kicks", "x.txt"],
        ["summarize", "--encoding", "utf-99", "x.txt"],
        ["summarize", "--max-size", "huge", "x.txt"],
        ["summarize", "--min-confidence", "2", "x.txt"],
        ["summarize", "--jobs", "0", "x.txt"],
        ["summarize", "--lang", "fr", "x.txt"],
        ["summarize", "-o", "/nowhere/at/all.json", "x.txt"],
        ["evaluate", "/nowhere"],
        ["evaluate", ".", "--min", "f1"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_no_traceback(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Error" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["summarize", "-f", "jsn", "x.txt"], "'json'"),
        (["summarize", "--only", "golas", "x.txt"], "goals"),
        (["summarize", "--outptu", "x"], "--output"),
    ],
)
def test_a_misspelled_value_gets_the_nearest_as_a_hint(arguments, hint):
    assert hint in run(*arguments).stderr


def test_a_file_in_the_place_of_a_command_gets_the_command_as_a_hint(tmp_path):
    (tmp_path / "gara.txt").write_text("Bari-Lecce 1-0")
    done = run("gara.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "matchcli summarize gara.txt" in done.stderr


def test_an_unknown_name_far_from_all_gets_the_list_of_them():
    told = " ".join(run("summarize", "-f", "xml", "x.txt").stderr.replace("│", " ").split())
    assert "there are: table, json, jsonl, csv, tsv, markdown, text, html" in told


def test_help_imports_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "matchcli", "--help"], capture_output=True, text=True
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not imported & {
        "torch",
        "stanza",
        "numpy",
        "pydantic",
        "networkx",
        "rapidfuzz",
        "trafilatura",
        "sqlite3",
    }


def test_render_imports_no_models(tmp_path):
    (tmp_path / "records.jsonl").write_text(RECORD)
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "matchcli", "render", tmp_path / "records.jsonl"],
        capture_output=True,
        text=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "pydantic" in imported
    assert not imported & {"torch", "stanza", "networkx", "trafilatura"}


def test_a_closed_pipe_ends_it_quietly(tmp_path):
    (tmp_path / "records.jsonl").write_text(f"{RECORD}\n" * 3000)
    with subprocess.Popen(
        [*COMMAND, "render", "-f", "jsonl", tmp_path / "records.jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_at_once_without_traceback(number, status):
    with subprocess.Popen(
        [*COMMAND, "render", "-f", "jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdin.write(RECORD.encode() + b"\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(number)
        began = time.monotonic()
        assert process.wait(10) == status
        assert time.monotonic() - began < 2
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for children in /proc")
def test_a_signal_ends_the_workers_too(tmp_path):
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text("Al 12' segna Ferri. " * 20_000)
    with subprocess.Popen(
        [*COMMAND, "summarize", "--no-cache", "--jobs", "2", tmp_path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        deadline = time.monotonic() + 60
        while len(workers := children.read_text().split()) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr.read() == b""
    time.sleep(0.5)
    assert [pid for pid in workers if alive(pid)] == []


def alive(pid):
    """Whether a process still runs; one that nobody has buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_help_that_nobody_reads_to_its_end_ends_quietly_with_0():
    with subprocess.Popen(
        [*COMMAND, "summarize", "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


@pytest.mark.parametrize(
    ("closed", "told"),
    [("<&-", "matchcli: -: it is empty\n"), (">&-", ""), ("<&- 2>&-", ""), ("<&- >&- 2>&-", "")],
)
def test_a_closed_stream_is_empty_or_swallows_all(closed, told):
    shell = f"{' '.join(map(shlex.quote, COMMAND))} summarize -f json {'-' if '<' in closed else '/dev/null'}"
    done = subprocess.run(["sh", "-c", f"{shell} {closed}"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (told or ("" if "2>" in closed else "matchcli: /dev/null: it is empty\n"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "command", ["render -f jsonl {}", "render -f html {}", "render -o /dev/full {}", "schema", "--help"]
)
def test_a_full_disk_is_one_line_and_status_1(command, tmp_path):
    records = tmp_path / "records.jsonl"
    records.write_text(RECORD)
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*COMMAND, *command.format(records).split()], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert done.stderr == "matchcli: the output could not be written: no space left on device\n"


def test_each_line_of_jsonl_comes_as_soon_as_it_is_ready():
    with subprocess.Popen(
        [*COMMAND, "render", "-f", "jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        process.stdin.write(RECORD.encode() + b"\n" * 2)
        process.stdin.flush()
        assert b"Portalba" in process.stdout.readline()
        process.stdin.close()
        assert process.wait(10) == 0


def test_output_is_utf8_whatever_the_locale_says():
    done = subprocess.run(
        [*COMMAND, "render", "-f", "jsonl"],
        input=RECORD.replace("Ferri", "Núñez 🎯").encode(),
        capture_output=True,
        env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0
    assert "Núñez 🎯".encode() in done.stdout


def test_without_input_on_a_terminal_it_says_what_it_needs():
    parent, child = pty.openpty()
    try:
        done = run("summarize", stdin=child)
    finally:
        os.close(parent)
        os.close(child)
    assert done.returncode == 2
    assert "name files or folders" in done.stderr
