"""Every sample is read as its gold timeline says, but for mistakes that are known.

The gold was written by reading the samples; ``sample_mistakes.txt`` beside this file lists what the program
still reads otherwise, so that nothing gets worse unseen, and what gets better is crossed out:

    python -m tests.cli.test_samples
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from matchcli.evaluation.gold import read_cases
from matchcli.evaluation.score import score

from .helpers import run

SAMPLES = Path(__file__).parents[2] / "samples"
KNOWN = Path(__file__).with_name("sample_mistakes.txt")
NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))


@cache
def mistakes() -> dict[str, list[str]]:
    """What is read otherwise than the gold says, by sample."""
    records = defaultdict(list)
    for line in run("summarize", "-f", "jsonl", SAMPLES, timeout=600).stdout.splitlines():
        record = json.loads(line)
        records[Path(record["source"]["path"]).stem].append(record)
    found: dict[str, list[str]] = {name: [] for name in NAMES}
    for mistake in score(read_cases(SAMPLES), records).mistakes:
        found[mistake.case].append(f"{mistake.case}: {mistake.kind}: {mistake.message}")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_read_as_its_gold_says_but_for_known_mistakes(name: str) -> None:
    known = KNOWN.read_text(encoding="utf-8").splitlines()
    assert mistakes()[name] == [line for line in known if line.startswith(f"{name}: ")]


def test_every_sample_has_its_gold_and_known_mistakes_are_of_samples() -> None:
    assert {case.name for case in read_cases(SAMPLES)} == set(NAMES)
    assert {line.split(":")[0] for line in KNOWN.read_text(encoding="utf-8").splitlines()} <= set(NAMES)


if __name__ == "__main__":
    KNOWN.write_text("".join(f"{line}\n" for name in NAMES for line in mistakes()[name]), encoding="utf-8")
