"""What goes wrong when an input is read."""

from __future__ import annotations


class UnreadableReport(Exception):
    """An input that no report can be made of.

    ``path`` names the input as the user gave it; ``reason`` says in a few words what is wrong and,
    where there is one, the way out.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
