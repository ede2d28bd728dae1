"""Work on another thread is done when the body ends, and its errors never reach the caller."""

import threading

from matchcli.meanwhile import meanwhile


def test_the_work_runs_beside_the_body_and_is_done_at_its_end():
    begun, told, done = threading.Event(), threading.Event(), []

    def work() -> None:
        begun.set()
        assert told.wait(5)
        done.append("work")

    with meanwhile(work):
        assert begun.wait(5)
        done.append("body")
        told.set()
    assert done == ["body", "work"]


def test_what_is_wrong_with_the_work_is_passed_over():
    def fail() -> None:
        raise OSError("no such file")

    with meanwhile(fail):
        pass
