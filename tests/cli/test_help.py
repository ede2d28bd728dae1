"""The help is whole: every option says what it does, every command shows how it is used."""

import re
from pathlib import Path

import pytest
import typer

from matchcli.cli import main
from matchcli.cli.app import app

from .helpers import run

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def commands(command, name=()):
    """The command and all below it, each with the words that call it."""
    yield name, command
    for sub, found in getattr(command, "commands", {}).items():
        yield from commands(found, (*name, sub))


ALL = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", ALL, ids=" ".join)
def test_every_command_argument_and_option_says_what_it_does(name):
    command = ALL[name]
    assert command.help
    assert [one.name for one in command.params if not one.help] == []


@pytest.mark.parametrize("name", ["summarize", "render", "evaluate", "schema", "model", "cache"])
def test_every_command_has_examples_that_it_understands(name):
    told = run(name, "--help", env={"COLUMNS": "120"}).stdout
    examples = re.findall(r"matchcli (.+)", told.partition("Examples")[2])
    assert examples
    known = {option for command in ALL.values() for param in command.params for option in param.opts}
    for example in examples:
        assert set(re.findall(r"(?<!\S)--?[a-z-]+", example.partition("|")[0])) <= known


@pytest.mark.parametrize("name", ["summarize", "render", "evaluate"])
def test_exit_statuses_are_told(name):
    told = run(name, "--help").stdout.partition("Exit status")[2]
    assert [int(number) for number in re.findall(r"^\s+(\d+) ", told, re.MULTILINE)][:3] == [0, 1, 2]


def test_the_readme_tells_the_exit_statuses_that_the_program_knows():
    rows = re.findall(r"^\| (\d+) \|", README, re.MULTILINE)
    assert set(rows) == set(re.findall(r"\b(\d+):", main.__doc__))


def test_the_readme_names_every_option_of_summarize():
    named = set(re.findall(r"(?<![\w-])-{1,2}[a-z-]+", README))
    for option in ALL["summarize",].params:
        assert option.param_type_name == "argument" or named & set(option.opts), option.name
