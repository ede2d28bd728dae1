"""A short run of the fuzzer, so that it and what it found stay alive."""

import random

import pytest

from . import fuzz


@pytest.mark.parametrize("check", [fuzz.check_reading, fuzz.check_rendering], ids=["reading", "rendering"])
def test_broken_input_never_breaks_a_room(check):
    for number in range(400):
        check(random.Random(f"test {number}"))
