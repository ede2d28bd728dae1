"""The README is true: its screens are what the command prints, and its recipes run.

Run as a script (`python tests/test_readme.py`), it writes the screens anew.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SCREEN = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<shown>.*?)```\n", re.DOTALL)
BLOCK = re.compile(r"```(?P<language>sh|python)\n(?P<code>.*?)```\n", re.DOTALL)


def environment(cache=None):
    """Where ``matchcli`` is this checkout's, the terminal 80 columns wide and colourless."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    settings = {"PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "NO_COLOR": "1"}
    return os.environ | settings | ({"XDG_CACHE_HOME": str(cache)} if cache else {})


def printed(command):
    arguments = shlex.split(command)
    assert arguments[0] == "matchcli"
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(),
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def recipes():
    text = README.read_text(encoding="utf-8")
    return [(found["language"], found["code"]) for found in BLOCK.finditer(text, text.index("## Recipes"))]


@pytest.mark.parametrize(
    "command", [found["command"] for found in SCREEN.finditer(README.read_text("utf-8"))]
)
def test_the_readme_shows_what_the_command_prints(command):
    shown = {found["command"]: found["shown"] for found in SCREEN.finditer(README.read_text("utf-8"))}
    assert shown[command] == printed(command)


def test_the_recipes_run_one_after_the_other(tmp_path):
    (tmp_path / "reports").mkdir()
    for sample in ROOT.glob("samples/*.txt"):
        shutil.copy(sample, tmp_path / "reports")
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "matchcli"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m matchcli "$@"\n')
    command.chmod(0o755)
    variables = environment(tmp_path / "cache")
    variables["PATH"] = f"{tmp_path / 'bin'}{os.pathsep}{variables['PATH']}"
    for language, code in recipes():
        if (language == "sh" and "jq" in code and not shutil.which("jq")) or (
            "pandas" in code and not can_import("pandas")
        ):
            continue
        runner = ["bash", "-euo", "pipefail", "-c"] if language == "sh" else [sys.executable, "-c"]
        done = subprocess.run(
            [*runner, code], capture_output=True, text=True, cwd=tmp_path, env=variables, timeout=300
        )
        assert done.returncode == 0, f"{code}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        if not re.search(r">>? \S+$|-o \S+", code.strip().splitlines()[-1]):
            assert done.stdout.strip(), f"nothing was printed by\n{code}"


def can_import(name):
    return subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True).returncode == 0


def update():
    text = README.read_text(encoding="utf-8")
    text = SCREEN.sub(
        lambda found: f"```console\n$ {found['command']}\n{printed(found['command'])}```\n", text
    )
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    update()
