"""The built book: complete, self-contained, without errors, accessible (real Chromium)."""

import functools
import json
import re
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from multipolarity import book

ROOT = Path(__file__).parents[1]
PORTRAIT_AND_DESKTOP = {"phone": (390, 844), "desktop": (1280, 900)}
# One page of each kind: landing, unit, solutions, the register, generated tables, bibliography,
# list, search.
KINDS = [
    "notebooks/index",
    "notebooks/05_sco",
    "exercises/solutions/05_sco",
    "notebooks/claims",
    "notebooks/data",
    "notebooks/references",
    "notebooks/glossary",
    "search",
]


def toc_pages():
    """The pages that _toc.yml lists, without their endings."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))

    def files(entry):
        if isinstance(entry, dict):
            yield from ([entry["file"]] if "file" in entry else [])
            yield from files(list(entry.values()))
        elif isinstance(entry, list):
            for part in entry:
                yield from files(part)

    return [toc["root"], *files(toc)]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The book, built afresh with every warning an error."""
    folder = tmp_path_factory.mktemp("book")
    program = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", program, "build", str(ROOT)]
    command += ["-W", "-n", "--keep-going", "--path-output", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return folder / "_build" / "html"


@pytest.fixture(scope="session")
def pages(site):
    return {
        page: BeautifulSoup((site / f"{page}.html").read_text(encoding="utf-8"), "html.parser")
        for page in toc_pages()
    }


# ---------------------------------------------------------------------- what the files say


def test_there_is_a_page_for_each_entry(site):
    missing = [page for page in toc_pages() if not (site / f"{page}.html").is_file()]
    assert not missing
    assert (site / "index.html").is_file()


def test_no_page_shows_a_traceback(pages):
    assert not [page for page, html in pages.items() if "Traceback (most recent" in html.text]


def test_no_page_shows_raw_markup(pages):
    for page, html in pages.items():
        for code in html.find_all(["pre", "code"]):
            code.decompose()
        body = html.article.get_text()
        assert not [mark for mark in (":::", "```", "{cite}", "**") if mark in body], page


def test_every_figure_has_words(pages):
    figures = [(page, image) for page, html in pages.items() for image in html.article("img")]
    assert figures
    poor = [
        f"{page}: {image.get('alt')!r}"
        for page, image in figures
        if len(image.get("alt", "")) < 40 or image["alt"].endswith(".png")
    ]
    assert not poor


def test_voices_are_boxes(pages):
    unit = pages["notebooks/05_sco"]
    for label, voice in book.VOICES.items():
        box = unit.find("blockquote", class_=f"voice-{voice}")
        assert box and box.find("strong", class_="voice-label").text.startswith(label)


def test_data_page_tells_every_table(pages, site):
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    downloads = {
        Path(link["href"]).name: site / "notebooks" / link["href"]
        for link in pages["notebooks/data"].find_all("a", class_="download")
    }
    text = pages["notebooks/data"].get_text()
    for table in package["resources"]:
        file = Path(table["path"]).name
        assert downloads[file].read_bytes() == (ROOT / "data" / table["path"]).read_bytes()
        for field in table["schema"]["fields"]:
            assert field["name"] in text


def test_a_name_is_no_link(pages):
    """ForeignAssistance.gov or nato.int in a cell names a source; nobody meant a link."""
    accidental = [
        f"{page}: {link['href']}"
        for page, html in pages.items()
        for link in html.article.find_all("a", href=re.compile("^http:"))
        if link["href"] == f"http://{link.text.strip()}"
    ]
    assert not accidental


def test_links_inside_the_site_work(pages, site):
    broken = []
    for page, html in pages.items():
        for link in html.find_all("a", href=True):
            target, _, anchor = link["href"].partition("#")
            if ":" in target:
                continue
            file = (site / f"{page}.html").parent / target if target else site / f"{page}.html"
            if not file.is_file() or (
                anchor
                and file.suffix == ".html"
                and f'id="{anchor}"' not in file.read_text(encoding="utf-8")
            ):
                broken.append(f"{page}: {link['href']}")
    assert not broken


def test_site_is_light(site):
    assert not list(site.rglob("*.map"))
    assert not list(site.rglob("fontawesome.js"))
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    assert size < 20_000_000  # 15.5 MB with nine units, their solutions and the register


def test_each_repair_is_still_needed(site):
    """The build itself warns of a repair that finds nothing, and a warning stops it."""
    raw = "<th></th>"
    assert book.apply_repairs(raw) == "<td></td>"
    assert book.unneeded(book.Counter()) == [one.name for one in book.REPAIRS]
    for page in toc_pages():
        html = (site / f"{page}.html").read_text(encoding="utf-8")
        assert book.apply_repairs(html) == html, page


# ------------------------------------------------------------------- what a browser shows


@pytest.fixture(scope="session")
def address(site):
    """The book behind a server on this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def axe():
    import axe_playwright_python

    script = Path(axe_playwright_python.__file__).parent / "axe.min.js"
    return script.read_text(encoding="utf-8")


class Visit:
    """One page opened in a browser, with what it asked for and what it complained about."""

    def __init__(self, context, url):
        self.page = context.new_page()
        self.complaints, self.requests = [], []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(url, wait_until="load")

    def _hear(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def strangers(self, address):
        return [u for u in self.requests if not u.startswith((address, "data:", "file:"))]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", PORTRAIT_AND_DESKTOP)
@pytest.mark.parametrize("kind", KINDS)
def test_page_in_a_browser(kind, device, scheme, chromium, address, axe):
    width, height = PORTRAIT_AND_DESKTOP[device]
    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": height})
    query = "?q=commitment" if kind == "search" else ""
    visit = Visit(context, f"{address}/{kind}.html{query}")
    if kind == "search":
        visit.page.wait_for_selector("ul.search li a")
    assert visit.strangers(address) == []
    assert visit.complaints == []
    assert visit.page.locator(".search-button__button:visible").count() == 1
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways"
    assert faults(visit.page, axe, contrast=device == "desktop") == []
    context.close()


# The sections of the data page are made alike: the first three stand for all.
TRIM = """location.pathname.endsWith("data.html") &&
    document.querySelectorAll("article > section > section")
        .forEach((section, number) => number > 3 && section.remove())"""


def faults(page, axe, contrast):
    """What axe finds. Contrast is slow and the same on every width, so once per colour scheme."""
    page.evaluate(TRIM)
    page.evaluate(axe)
    options = {
        "preload": False,
        "resultTypes": ["violations"],
        "rules": {"color-contrast": {"enabled": contrast}},
    }
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:150]}" for v in found]


def test_register_can_be_filtered(chromium, address):
    context = chromium.new_context()
    visit = Visit(context, f"{address}/notebooks/claims.html")
    rows = visit.page.locator("table.register tbody tr:visible")
    whole = rows.count()
    said = visit.page.locator(".register-filter p[aria-live=polite]")
    assert said.inner_text() == f"{whole} of {whole} claims are shown."
    visit.page.get_by_label("Words to find").fill("Trade 2000")
    visit.page.get_by_label("Part of the report").select_option("Chapter 5")
    visit.page.get_by_label("Verdict", exact=True).select_option("supported_with_caveat")
    assert 0 < rows.count() < 20 and said.inner_text().startswith(f"{rows.count()} of {whole} ")
    assert any("C64" in text for text in rows.all_inner_texts())
    visit.page.get_by_label("Words to find").fill("zebra")
    assert rows.count() == 0 and said.inner_text().startswith("No claim fits.")
    assert visit.complaints == []
    context.close()


def test_register_is_whole_without_a_script(chromium, address, pages):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/notebooks/claims.html")
    assert page.locator("table.register tbody tr:visible").count() > 100
    context.close()
    loads = [
        name for name, html in pages.items() if html.find("script", src=re.compile("register"))
    ]
    assert loads == ["notebooks/claims"]


def test_axe_finds_a_fault(chromium, axe):
    page = chromium.new_page()
    page.set_content("<html lang=en><title>T</title><main><h1>T</h1><img src=x></main>")
    assert any("image-alt" in fault for fault in faults(page, axe, contrast=True))
    page.close()


def test_search_works_without_a_server(chromium, site):
    context = chromium.new_context()
    visit = Visit(context, (site / "search.html").as_uri() + "?q=commitment")
    visit.page.wait_for_selector("ul.search li a")
    assert visit.complaints == []
    context.close()
