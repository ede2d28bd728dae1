"""The shell completes commands, options and the values of options."""

import pytest

from .helpers import run


def completed(line):
    words = line.split(" ")
    variables = {"_MATCHCLI_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    return run(env=variables).stdout.split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("matchcli sum", "summarize"),
        ("matchcli summarize --min", "--min-confidence"),
        ("matchcli summarize -f json", "jsonl"),
        ("matchcli render -f mark", "markdown"),
        ("matchcli summarize --only goals,c", "goals,cards"),
    ],
)
def test_the_shell_completes_what_is_begun(line, expected):
    assert expected in completed(line)
