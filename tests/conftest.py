"""Every kernel that the tests start is quiet, offline and has an empty progress file; one browser."""

import os
import shutil
from contextlib import ExitStack

import pytest

from multipolarity.kernels import checked_kernels

_open = pytest.StashKey[ExitStack]()


def pytest_configure(config):
    stack = config.stash.setdefault(_open, ExitStack())
    stack.enter_context(checked_kernels())


def pytest_unconfigure(config):
    config.stash[_open].close()


# Of one module: Playwright keeps an event loop running, which no later test should find.
@pytest.fixture(scope="module")
def chromium():
    if os.environ.get("MULTIPOLARITY_SKIP_BROWSER") == "1":
        pytest.skip("MULTIPOLARITY_SKIP_BROWSER is 1")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.fail(
            "Chromium was not found. On Debian or Ubuntu: sudo apt-get install chromium. "
            "Without it: MULTIPOLARITY_SKIP_BROWSER=1 make test.",
            pytrace=False,
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
