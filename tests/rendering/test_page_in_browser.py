"""The page in a real browser: selecting, keyboard, dark, print, and a drawing that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from matchcli.rendering import render

from . import browser as browsers
from . import records

pytestmark = pytest.mark.skipif(
    not browsers.can_start(), reason="selenium, chromium or chromium-driver are not installed"
)

# Selenium's classes are found only where it is installed.
Browser = Any


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    driver = browsers.start()
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path):
    """Open a page of records; a fragment may follow its address."""

    def open_page(*given, fragment: str = "") -> Browser:
        path = tmp_path / "pagina.html"
        with path.open("w", encoding="utf-8") as stream:
            render(given, "html", stream=stream, texts={"sera.txt": records.EVENING_TEXT})
        browser.get("about:blank")
        browser.get(path.as_uri() + fragment)
        return browser

    return open_page


def chosen(browser: Browser) -> set[str]:
    script = "return [...document.querySelectorAll('.chosen')].map(e => e.tagName + ' ' + e.dataset.event)"
    return set(browser.execute_script(script))


def find(browser: Browser, css: str) -> Any:
    return browser.find_element("css selector", css)


def press(browser: Browser, key: str) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.switch_to.active_element.send_keys(getattr(Keys, key))


def test_selecting_an_event_shows_its_words(opened):
    browser = opened(records.evening())
    find(browser, "#m1-e3 > a").click()
    assert chosen(browser) == {"LI m1-e3", "MARK m1-e3", "A m1-e3", "g m1-e3"}
    assert find(browser, "mark.chosen").text == records.evening().events[2].text
    assert find(browser, "#m1-e3 .words").is_displayed()
    assert find(browser, "#m1-e3 > a").get_attribute("aria-current") == "true"
    assert "dodici minuti" in find(browser, "#spoken").get_attribute("textContent")


def test_selecting_words_shows_their_event(opened):
    browser = opened(records.evening())
    find(browser, "mark[data-event='m1-e2']").click()
    assert "LI m1-e2" in chosen(browser)
    assert "Tommaso Ferrandi" in find(browser, "#spoken").get_attribute("textContent")


def test_selecting_in_the_drawing_shows_event_and_words(opened):
    browser = opened(records.evening())
    find(browser, ".drawing [data-event='m1-e1'] text").click()
    assert {"LI m1-e1", "MARK m1-e1"} <= chosen(browser)


def test_selecting_again_or_escape_ends_it(opened):
    browser = opened(records.evening())
    find(browser, "#m1-e3 > a").click()
    find(browser, "#m1-e3 > a").click()
    assert chosen(browser) == set()
    find(browser, "#m1-e3 > a").click()
    press(browser, "ESCAPE")
    assert chosen(browser) == set()


def test_everything_is_reached_by_keyboard(opened):
    browser = opened(records.evening())
    reached = []
    for _ in range(12):
        press(browser, "TAB")
        script = "const e = document.activeElement; return e.className + (e.closest('[data-event]') ? "
        reached.append(browser.execute_script(script + "e.closest('[data-event]').dataset.event : '')"))
    assert reached[0] == "roll"
    assert reached[1:5] == ["m1-e1", "m1-e2", "m1-e3", "m1-e4"]
    assert reached[5] == "text"
    assert reached[6:10] == ["refm1-e1", "refm1-e2", "refm1-e3", "refm1-e4"]


def test_enter_selects_and_arrows_go_on(opened):
    browser = opened(records.evening())
    press(browser, "TAB")
    press(browser, "TAB")
    press(browser, "ENTER")
    assert "LI m1-e1" in chosen(browser)
    press(browser, "ARROW_DOWN")
    press(browser, "ENTER")
    assert "LI m1-e2" in chosen(browser) and "LI m1-e1" not in chosen(browser)
    press(browser, "ARROW_UP")
    press(browser, "ENTER")
    assert "LI m1-e1" in chosen(browser)


@pytest.mark.parametrize("fragment", ["#m1-e3", "#m1-w3"])
def test_an_address_opens_with_its_event_selected(opened, fragment):
    assert "MARK m1-e3" in chosen(opened(records.evening(), fragment=fragment))


def test_no_script_error_no_refusal_and_no_request(opened):
    browser = opened(records.hostile(), records.busy())
    find(browser, "#m2-e5 > a").click()
    assert browser.get_log("browser") == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0


def test_the_policy_stops_a_script_that_is_not_the_pages_own(opened):
    browser = opened(records.evening())
    browser.execute_script(
        "const s = document.createElement('script');s.textContent = 'window.bad = 1'; document.body.append(s)"
    )
    assert browser.execute_script("return window.bad") is None


def _brightness(browser: Browser, css: str, which: str) -> float:
    color = find(browser, css).value_of_css_property(which)
    red, green, blue = (int(part) for part in color[color.index("(") + 1 :].rstrip(")").split(",")[:3])
    channels = (part / 255 for part in (red, green, blue))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_light_and_dark(opened, scheme):
    browser = opened(records.evening())
    browsers.prefer(browser, scheme)
    find(browser, "#m1-e3 > a").click()
    paper = _brightness(browser, ".match", "background-color")
    assert (paper < 0.1) == (scheme == "dark")
    pairs = [(paper, css) for css in (".summary", ".notes", ".board .home", ".board .away", ".details")]
    pairs.append((_brightness(browser, "mark", "background-color"), "mark"))
    pairs.append((_brightness(browser, "mark.chosen", "background-color"), "mark.chosen"))
    pairs.append((_brightness(browser, "#m1-e3 > a", "background-color"), "#m1-e3 .details"))
    for ground, css in pairs:
        ink = _brightness(browser, css, "color")
        assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5, css
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_labels_of_thirty_events_do_not_overlap_and_stay_inside(opened):
    browser = opened(records.busy())
    boxes = browser.execute_script(
        "return [...document.querySelectorAll('.drawing .item text, .drawing .half text')].map(e => {"
        "const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom, e.textContent]})"
    )
    frame = browser.execute_script(
        "const b = document.querySelector('.drawing').getBoundingClientRect();"
        "return [b.left, b.top, b.right, b.bottom]"
    )
    assert len(boxes) >= 27 + 4
    for place, (left, top, right, bottom, text) in enumerate(boxes):
        assert left >= frame[0] and right <= frame[2] and top >= frame[1] and bottom <= frame[3], text
        for other_left, other_top, other_right, other_bottom, other in boxes[place + 1 :]:
            apart = (
                right <= other_left + 1
                or other_right <= left + 1
                or bottom <= other_top + 4
                or other_bottom <= top + 4
            )
            assert apart, (text, other)


def test_a_small_screen_does_not_scroll_sideways(opened):
    browser = opened(records.busy(), records.hostile())
    browser.set_window_size(500, 900)
    wider = browser.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    browser.set_window_size(1280, 1200)
    assert wider <= 0


def test_print_shows_the_words_of_each_event_and_all_of_the_report(opened):
    browser = opened(records.busy(), records.evening())
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert find(browser, "#m1-e2 .words").is_displayed()
    report = find(browser, "#m2 .text")
    assert report.value_of_css_property("overflow-y") == "visible"
    assert _brightness(browser, "body", "background-color") > 0.9
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_screen_reader_is_told_names_and_roles(opened):
    browser = opened(records.evening())
    tree = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    told = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in tree
        if not node.get("ignored") and "role" in node
    ]
    assert ("heading", "Vallescura 2-1 Porto Cedrino") in told
    assert ("article", "Vallescura 2-1 Porto Cedrino") in told
    links = [name for role, name in told if role == "link"]
    assert any(name.startswith("53-59' Gol Tommaso Ferrandi Vallescura (di testa)") for name in links)
    assert "53-59' Gol 1-1, Vallescura: Tommaso Ferrandi (di testa)" in links
    assert all(links)
    assert any(role in ("image", "img") and "Linea del tempo" in name for role, name in told)
