"""A headless Chromium, driven by selenium: for the page's tests and for a look at it.

    python -m tests.rendering.browser FOLDER    # pages and screenshots, in light and dark

What stands in FOLDER afterwards: three of the samples and a made-up match of thirty events, each as it
opens and with an event selected.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
SAMPLES = ("diretta", "giornale", "giornata")
SCHEMES = ("light", "dark")

#: Pixels of the window.
WIDTH, HEIGHT = 1280, 1200


def can_start() -> bool:
    """Whether selenium, the browser and its driver are all installed."""
    return bool(CHROMIUM and DRIVER and importlib.util.find_spec("selenium"))


def start() -> Any:
    """Start the browser; whoever does calls its ``quit``."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        f"--window-size={WIDTH},{HEIGHT}",
        # A page that still glides under the pointer cannot be clicked.
        "--force-prefers-reduced-motion",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service(DRIVER))


def prefer(browser: Any, scheme: str) -> None:
    """Show pages as to a reader who prefers ``light`` or ``dark``."""
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def write_pages(folder: Path) -> list[Path]:
    """Write the pages to look at; their paths."""
    from matchcli.pipeline import Settings, summarize
    from matchcli.reading import find_inputs
    from matchcli.rendering import render

    from . import records

    folder.mkdir(parents=True, exist_ok=True)
    made = {"thirty-events": ([records.busy()], {})}
    for name in SAMPLES:
        (found,) = summarize(find_inputs([str(ROOT / f"samples/{name}.txt")]), Settings(keep_text=True))
        made[name] = (found.records, {found.sha256: found.text})
    for name, (given, texts) in made.items():
        with (folder / f"{name}.html").open("w", encoding="utf-8") as stream:
            render(given, "html", stream=stream, texts=texts)
    return [folder / f"{name}.html" for name in made]


def take_screenshots(pages: list[Path]) -> None:
    """Write a picture of each page beside it, for each scheme, with and without an event selected."""
    browser = start()
    try:
        for page in pages:
            for scheme in SCHEMES:
                prefer(browser, scheme)
                for fragment in ("", "#m1-e2"):
                    browser.set_window_size(WIDTH, HEIGHT)
                    browser.get("about:blank")
                    browser.get(page.resolve().as_uri() + fragment)
                    height = browser.execute_script("return document.documentElement.scrollHeight")
                    browser.set_window_size(WIDTH, min(height + 150, 2400))
                    ending = f"{scheme}{'-selected' if fragment else ''}.png"
                    browser.save_screenshot(str(page.with_name(f"{page.stem}-{ending}")))
    finally:
        browser.quit()


if __name__ == "__main__":
    if len(sys.argv) != 2 or not can_start():
        sys.exit(f"{__doc__}\nIt needs selenium, chromium and chromium-driver.")
    take_screenshots(write_pages(Path(sys.argv[1])))
