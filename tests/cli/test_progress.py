"""Progress is shown on a terminal, for long work, on standard error, and nowhere else."""

import io

import pytest

from matchcli.cli import progress


class Stream(io.StringIO):
    def __init__(self, terminal):
        super().__init__()
        self.terminal = terminal

    def isatty(self):
        return self.terminal


@pytest.fixture
def stderr(monkeypatch):
    def put(terminal):
        stream = Stream(terminal)
        monkeypatch.setattr("sys.stderr", stream)
        monkeypatch.setenv("TERM", "xterm")
        return stream

    return put


def test_long_work_on_a_terminal_shows_how_far_it_is(stderr, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    stream = stderr(terminal=True)
    assert list(progress.shown(iter("abc"), 3)) == ["a", "b", "c"]
    assert "reading reports" in stream.getvalue()


def test_short_work_shows_nothing(stderr):
    stream = stderr(terminal=True)
    assert list(progress.shown(iter("abc"), 3)) == ["a", "b", "c"]
    assert stream.getvalue() == ""


def test_nothing_is_shown_where_there_is_no_terminal(stderr, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    stream = stderr(terminal=False)
    assert list(progress.shown(iter("abc"), 3)) == ["a", "b", "c"]
    assert stream.getvalue() == ""
