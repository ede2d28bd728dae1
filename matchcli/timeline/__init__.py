"""Mentions put together to one match: merging, the clock, the running score, the record."""

from matchcli.timeline.build import build

__all__ = ["build"]
