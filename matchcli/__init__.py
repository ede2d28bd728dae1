"""matchcli reads Italian football match reports and gives back the match as data."""

__version__ = "0.1.0"
