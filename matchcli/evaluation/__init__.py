"""Records against gold timelines: what was found, what was right, what was missed or invented."""

from matchcli.evaluation.gold import Case, GoldError, read_cases
from matchcli.evaluation.score import Mistake, Scores, score

__all__ = ["Case", "GoldError", "Mistake", "Scores", "read_cases", "score"]
