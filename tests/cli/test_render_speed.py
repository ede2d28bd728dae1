"""Stored records are rendered much faster than their reports could be read again."""

import time
from pathlib import Path

import pytest

from .helpers import run

SAMPLES = Path(__file__).parents[2] / "samples"

#: Reports read without the cache, and records that are stored.
REPORTS, RECORDS = 40, 1000


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    """Seconds for each record that is read out of reports, and the records."""
    folder = tmp_path_factory.mktemp("reports")
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    for number in range(REPORTS):
        (folder / f"{number:03}.txt").write_text(f"{texts[number % len(texts)]}\n\nCopia {number}.\n")
    began = time.perf_counter()
    records = run("summarize", "--no-cache", "-q", "-f", "jsonl", folder).stdout.splitlines(keepends=True)
    return (time.perf_counter() - began) / len(records), records


@pytest.mark.parametrize("format", ["table", "jsonl", "csv", "html"])
def test_a_thousand_records_are_rendered_at_least_twenty_times_faster_than_read(reading, format, tmp_path):
    seconds_a_record, records = reading
    stored = tmp_path / "records.jsonl"
    stored.write_text("".join((records * RECORDS)[:RECORDS]), encoding="utf-8")
    began = time.perf_counter()
    done = run("render", "-f", format, stored)
    seconds = time.perf_counter() - began
    assert done.returncode == 0 and done.stdout.count("Torrevento") > 50
    print(format, RECORDS * seconds_a_record / seconds)
    assert RECORDS * seconds_a_record >= 20 * seconds, (RECORDS * seconds_a_record, seconds)
