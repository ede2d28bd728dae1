"""Inputs to reports: finding, decoding, web pages, layout.  Knows no other room but its own."""

from matchcli.reading.errors import UnreadableReport
from matchcli.reading.reader import LIMIT, read
from matchcli.reading.report import Block, Report
from matchcli.reading.sources import Input, find_inputs

__all__ = ["LIMIT", "Block", "Input", "Report", "UnreadableReport", "find_inputs", "read"]
