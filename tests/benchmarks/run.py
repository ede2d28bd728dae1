"""Benchmarks: ``python tests/benchmarks/run.py`` (about ten minutes; ``--quick`` one).

All figures are medians of several runs on this machine, in one go, so that their ratios hold.
They come with their limits; the exit status is 1 where one is not kept.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"

#: Quotient of two figures, what it must not be above (or below), and what it says.
LIMITS = [
    ("cold", "import stanza", "at most", 1.6),
    ("cached", "cold", "at most", 0.12),
    ("help", "import stanza", "at most", 0.12),
    ("batched, reports a second", "file by file, reports a second", "at least", 2.5),
    ("memory of many", "memory of few", "at most", 1.1),
]


def environment(cache: Path) -> dict[str, str]:
    """The environment of the measured commands: this checkout, a cache of its own, one thread."""
    return os.environ | {
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(cache),
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "",
    }


def seconds_of(command: list[str], env: dict[str, str]) -> float:
    """Wall time of a whole process; raises where the command fails."""
    began = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def measured(command: list[str], env: dict[str, str]) -> tuple[float, float, str]:
    """Wall seconds, peak memory in MB and the output of a process."""
    program = (
        "import resource, subprocess, sys, time\n"
        "began = time.perf_counter()\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True, text=True)\n"
        "sys.stdout.write(done.stdout)\n"
        "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024\n"
        "print(time.perf_counter() - began, peak, file=sys.stderr)\n"
        "sys.exit(done.returncode)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command], env=env, capture_output=True, text=True, check=True
    )
    seconds, memory = map(float, done.stderr.split())
    return seconds, memory, done.stdout


def median(times: int, function: Callable[[], float]) -> float:
    """The median of several calls, after one that is not counted."""
    function()
    return statistics.median(function() for _ in range(times))


def many_reports(folder: Path, number: int) -> None:
    """``number`` reports: the samples again and again, no two alike."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    folder.mkdir()
    for index in range(number):
        text = f"{texts[index % len(texts)]}\n\nCopia numero {index}.\n"
        (folder / f"{index:05}.txt").write_text(text, encoding="utf-8")


def short_reports(folder: Path, number: int) -> None:
    """``number`` reports of two sentences."""
    folder.mkdir()
    for index in range(number):
        title, minute = f"Bari-Lecce {index % 5}-1", index % 90 + 1
        text = f"{title}\n\nIl Bari batte il Lecce. Decide al {minute}' il gol di Rossi.\n"
        (folder / f"{index:05}.txt").write_text(text, encoding="utf-8")


FILE_BY_FILE = """
import sys
from pathlib import Path
import stanza, torch
from matchcli.language.weights import weights_read_fast
torch.set_num_threads(1)
with weights_read_fast():  # the bundled weights take a byte a number
    pipeline = stanza.Pipeline("it", dir=sys.argv[1], download_method=None, use_gpu=False, verbose=False)
for path in sorted(Path(sys.argv[2]).glob("*.txt")):
    pipeline(path.read_text(encoding="utf-8"))
"""

NEW_PIPELINE = """
import sys
from pathlib import Path
import stanza, torch
from matchcli.language.weights import weights_read_fast
torch.set_num_threads(1)
for path in sorted(Path(sys.argv[2]).glob("*.txt"))[:5]:
    with weights_read_fast():
        pipeline = stanza.Pipeline("it", dir=sys.argv[1], download_method=None, use_gpu=False, verbose=False)
    pipeline(path.read_text(encoding="utf-8"))
"""


def figures(runs: int, reports: int, short: int) -> dict[str, float]:
    """All figures, by name: seconds, MB, or reports a second."""
    from matchcli.language.models import BUNDLED

    python = sys.executable
    command = [python, "-m", "matchcli"]
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        env = environment(scratch / "cache")
        report = str(sorted(SAMPLES.glob("*.txt"))[0])
        found["import stanza"] = median(runs, lambda: seconds_of([python, "-c", "import stanza"], env))
        found["help"] = median(runs, lambda: seconds_of([*command, "--help"], env))
        found["cold"] = median(
            runs, lambda: seconds_of([*command, "summarize", "--no-cache", "-f", "json", report], env)
        )
        found["cached"] = median(runs, lambda: seconds_of([*command, "summarize", "-f", "json", report], env))
        many_reports(scratch / "reports", reports)
        summarize = [*command, "summarize", "--no-cache", "-q", "-f", "jsonl"]
        seconds, memory, together = measured([*summarize, str(scratch / "reports")], env)
        found["batched, reports a second"] = reports / seconds
        found["memory of the batch, MB"] = memory
        stored = scratch / "records.jsonl"
        stored.write_text("".join((together.splitlines(keepends=True) * 1000)[:1000]), encoding="utf-8")
        render = [*command, "render", str(stored)]
        found["1,000 stored records as a table, s"] = median(runs, lambda: seconds_of(render, env))
        seconds, _, jobs = measured([*summarize, "--jobs", "2", str(scratch / "reports")], env)
        found["two jobs, reports a second"] = reports / seconds
        found["records of one and two jobs differ"] = float(together != jobs)
        one_by_one = [python, "-c", FILE_BY_FILE, str(BUNDLED), str(scratch / "reports")]
        found["file by file, reports a second"] = reports / seconds_of(one_by_one, env)
        anew = [python, "-c", NEW_PIPELINE, str(BUNDLED), str(scratch / "reports")]
        found["a new pipeline each, reports a second"] = 5 / seconds_of(anew, env)
        for label, number in (("few", short // 10), ("many", short)):
            short_reports(scratch / label, number)
            _, memory, _ = measured([*summarize, str(scratch / label)], env)
            found[f"memory of {label}"] = memory
    found["weights, MB"] = sum(path.stat().st_size for path in BUNDLED.rglob("*.pt")) / 1e6
    return found


def main() -> int:
    """Print the figures and the limits; 1 where a limit is not kept."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer runs and reports")
    options.add_argument("--json", action="store_true", help="print the figures as JSON")
    chosen = options.parse_args()
    sys.path.insert(0, str(ROOT))
    found = figures(*((3, 24, 200) if chosen.quick else (5, 200, 10_000)))
    if chosen.json:
        print(json.dumps(found, indent=2))
        return 0
    for name, value in found.items():
        print(f"{name:40} {value:10.2f}")
    kept = True
    for name, other, relation, limit in LIMITS:
        ratio = found[name] / found[other]
        good = ratio <= limit if relation == "at most" else ratio >= limit
        kept = kept and good
        print(f"{name} / {other}: {ratio:.2f} ({relation} {limit}{'' if good else ', NOT KEPT'})")
    return 0 if kept else 1


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
