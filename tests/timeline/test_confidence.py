"""Confidence is a share that grows with how surely an event is told."""

from hypothesis import given
from hypothesis import strategies as st

from matchcli.timeline.confidence import MEASURED, calibrated

SURELY = st.floats(-0.5, 1.5)


@given(SURELY, SURELY)
def test_what_is_told_more_surely_is_no_less_likely_right(one, other):
    low, high = sorted((one, other))
    assert 0 <= calibrated(low) <= calibrated(high) <= 1


def test_the_measured_points_are_kept():
    for surely, share in MEASURED:
        assert abs(calibrated(surely) - share) < 1e-9
