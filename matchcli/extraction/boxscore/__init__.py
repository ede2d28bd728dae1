"""Box scores (tabellini) and bracketed lists of scorers, in the formats of Italian reports."""

from matchcli.extraction.boxscore.assemble import find_boxscore

__all__ = ["find_boxscore"]
