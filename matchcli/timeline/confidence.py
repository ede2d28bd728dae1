"""How sure an event is, as a share: of events told so surely, how many were right."""

from __future__ import annotations

from bisect import bisect_right

#: How surely an event is told, and the share of such events that were right in type, side, player and
#: minute, among 1,543 events of the reports kept out of training (`python -m matchcli.training.gold_case
#: matchcli/training/annotated held-out /01. /09.`, then each event held against its case).
MEASURED = (
    (0.00, 0.02),
    (0.45, 0.08),
    (0.55, 0.22),
    (0.65, 0.52),
    (0.75, 0.61),
    (0.83, 0.62),
    (0.95, 0.83),
    (1.00, 0.84),
)


def calibrated(surely: float) -> float:
    """The share of events told as surely as this that are right, between the points measured."""
    surely = min(max(surely, 0.0), 1.0)
    upper = min(bisect_right([point for point, _ in MEASURED], surely), len(MEASURED) - 1)
    (low, share), (high, more) = MEASURED[upper - 1], MEASURED[upper]
    return share + (more - share) * (surely - low) / (high - low)
