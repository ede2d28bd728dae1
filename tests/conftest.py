"""What all the tests share."""

import pytest
from hypothesis import settings

settings.register_profile("matchcli", deadline=None, max_examples=150)
settings.load_profile("matchcli")


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch, tmp_path_factory):
    """Colours, widths and the cache are the tests' own, not those of who runs them."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "MATCHCLI_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
