"""Whatever a file holds, it gives a record or a clear line, within bounded time and memory."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from .helpers import COMMAND

REPORT = (Path(__file__).parents[2] / "samples" / "agenzia.txt").read_text(encoding="utf-8")

#: What a file holds, by a name that says it, and what the command says of it; None for a record.
FILES = {
    "nothing.txt": (b"", "it is empty"),
    "blanks.txt": (b" \r\n\t\x0c" * 5000, "it is empty"),
    "zeros.txt": (b"\0" * 100_000, "this is binary data, not a text"),
    "zeros-in-the-words.txt": (REPORT.replace("e", "e\0", 9).encode(), None),
    "fifty-megabytes.txt": (REPORT.encode() * (50_000_000 // len(REPORT)), "larger than the limit of 1 MB"),
    "one-endless-line.txt": (REPORT.replace("\n", " ").encode() * 20, None),
    "one-endless-sentence.txt": (b"Bari-Lecce 1-0\n\n" + b"passa la palla a Rossi e " * 1000, None),
    "one-endless-word.txt": (b"Bari-Lecce 1-0\n\n" + b"a" * 50_000, None),
    "signs.txt": (b"Bari-Lecce 1-0\n\nSegna Rossi " + b"(" * 50_000 + b")" * 50_000, None),
    "nested.html": (b"<html><body>" + b"<div>" * 100_000 + REPORT.encode(), "no article was found"),
    "nested-article.html": (
        b"<html><body><article><h1>Bari-Lecce 1-0</h1><p>" + b"<b><i>" * 3000 + REPORT.encode(),
        None,
    ),
    "nested.json": (b"[" * 100_000 + b"]" * 100_000, "there is no text in it"),
    "mixed-encodings.txt": (REPORT.encode() + "È così, perché no? Città.".encode("cp1252"), None),
    "half-a-character.txt": (REPORT.encode() + "è".encode()[:1], None),
    "half-surrogates.txt": (REPORT.encode() + b"\xed\xa0\x80" * 50, None),
    "accents-upon-accents.txt": (REPORT.replace("a", "a" + "\u0301\u0323" * 20).encode(), None),
    "emoji.txt": (("⚽️👨‍👩‍👧🇮🇹 " * 2000 + REPORT).encode(), None),
    "right-to-left.txt": (("\u202e\u2067" * 200 + REPORT).encode(), None),
}

#: Seconds for each file on the slowest of machines, and megabytes for all of them.
SECONDS, MEGABYTES = 60, 2000


@pytest.fixture(scope="module")
def summarized(tmp_path_factory):
    """The records and the messages by file name; time and memory are bounded on the way."""
    folder = tmp_path_factory.mktemp("files")
    for name, (content, _) in FILES.items():
        (folder / name).write_bytes(content)
    began = time.monotonic()
    with open(folder / "out", "wb") as out, open(folder / "err", "wb") as err:
        process = subprocess.Popen(
            [*COMMAND, "summarize", "--no-cache", "-f", "jsonl", *(folder / name for name in FILES)],
            stdout=out,
            stderr=err,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 1
    assert time.monotonic() - began < SECONDS * len(FILES)
    assert usage.ru_maxrss / 1024 < MEGABYTES
    records = [json.loads(line) for line in (folder / "out").read_text().splitlines()]
    messages = (folder / "err").read_text().splitlines()
    assert "Traceback" not in "".join(messages) and "please report" not in "".join(messages)
    return (
        {Path(record["source"]["path"]).name: record for record in records},
        {Path(line.split(": ")[1]).name: line.split(": ", 2)[2] for line in messages},
    )


@pytest.mark.parametrize("name", FILES)
def test_any_file_gives_a_record_or_a_clear_line(summarized, name):
    records, messages = summarized
    expected = FILES[name][1]
    if expected is None:
        assert name not in messages, messages[name]
        assert records[name]["match"]["home"]["name"]
    else:
        assert name not in records
        assert expected in messages[name]


def test_no_file_is_passed_over_in_silence(summarized):
    records, messages = summarized
    assert set(records) | set(messages) == set(FILES)
