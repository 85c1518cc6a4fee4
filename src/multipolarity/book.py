"""Sphinx extension: what the Jupyter Book needs beyond Jupyter Book.

- Block quotes that open with a voice's label become labelled boxes.
- The pages `notebooks/data` and `notebooks/references` are completed from
  `data/datapackage.json` and `notebooks/references.bib`; nothing is typed twice.
- Formulas become MathML, so that no script has to be loaded.
- Each page is repaired as it is written: no request to a third party, no console error, no
  accessibility fault of the theme. A repair that no longer finds anything to repair stops the
  build, because then the theme has changed.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from html import escape
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from docutils.utils.math import MathError, pick_math_environment
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util import logging

logger = logging.getLogger(__name__)
ASSETS = Path(__file__).parent / "book_assets"
DATA_PAGE = "notebooks/data"
REFERENCES_PAGE = "notebooks/references"
CLAIMS_PAGE = "notebooks/claims"
PREVIEW_ROWS = 5

# ------------------------------------------------------------------------------ voices

VOICES = {
    "The authors say": "authors",
    "The record shows": "record",
    "Course commentary": "commentary",
    "You decide": "decide",
}


def mark_voices(app, doctree) -> None:
    """Give each block quote that opens with the bold label of a voice that voice's style."""
    for quote in doctree.findall(nodes.block_quote):
        words = [child for child in quote[0].children if child.astext().strip()]
        opening = words[0] if words else None
        if not isinstance(opening, nodes.strong):
            continue
        if voice := VOICES.get(opening.astext().strip().rstrip(".:")):
            quote["classes"] += ["voice", f"voice-{voice}"]
            opening["classes"].append("voice-label")


# --------------------------------------------------------------------------- data page


def cell_text(value: object) -> str:
    """Return a value as text that is safe inside a Markdown table."""
    text = str(value).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
    return re.sub(r"([*_`<$\[\]])", r"\\\1", text)


def markdown_table(header: list[str], rows: list[list[object]]) -> str:
    """Return a Markdown table; `rows` holds as many values per row as `header`."""
    lines = [header, ["---"] * len(header), *([cell_text(v) for v in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def allowed(field: dict, keys: list[str], references: dict[str, str]) -> str:
    """Say in words which values a field of a table may hold."""
    limits = field.get("constraints", {})
    words = []
    if field["name"] in references:
        words.append(f"a value of {references[field['name']]}")
    if "enum" in limits:
        words.append(", ".join(map(str, limits["enum"])))
    if "minimum" in limits or "maximum" in limits:
        words.append(f"{limits.get('minimum', '…')} to {limits.get('maximum', '…')}")
    if field["name"] in keys:
        words.append("part of the key" if len(keys) > 1 else "the key")
    elif limits.get("unique"):
        words.append("each value once")
    elif not limits.get("required"):
        words.append("may be empty")
    return "; ".join(words)


def as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def source_text(source: dict) -> str:
    """Return a source or licence of the data package as Markdown, linked where it has a path."""
    title = cell_text(source.get("title") or source.get("name", ""))
    return f"[{title}]({source['path']})" if source.get("path") else title


def folded(title: str, text: str) -> str:
    """Return Markdown that is opened by a click on its title."""
    return f"<details><summary>{title}</summary>\n\n{text}\n\n</details>"


def table_section(resource: dict, folder: Path) -> str:
    """Return the section of the data page about one table, as Markdown."""
    schema = resource["schema"]
    keys = as_list(schema.get("primaryKey", []))
    references = {}
    for key in schema.get("foreignKeys", []):
        target = key["reference"]
        for own, other in zip(as_list(key["fields"]), as_list(target["fields"]), strict=True):
            references[own] = f"{other} in {target['resource'] or resource['name']}"
    with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    header, rows = rows[0], rows[1:]
    units = ", ".join(map(str, resource.get("units_used_in", [])))
    facts = [
        ("How it was compiled", cell_text(resource["compiled"])),
        ("Coverage", cell_text(resource["coverage"])),
        ("Source", " · ".join(map(source_text, resource["sources"]))),
        ("Licence", " · ".join(map(source_text, resource["licenses"]))),
        ("Vintage", cell_text(resource["vintage"])),
        ("Meant for units", units or "none yet"),
    ]
    fields = [
        [f["name"], f["type"], f.get("unit", ""), f["description"], allowed(f, keys, references)]
        for f in schema["fields"]
    ]
    name = resource["name"]
    shown = min(PREVIEW_ROWS, len(rows))
    return "\n\n".join(
        [
            f"## {name}",
            f"**{cell_text(resource['title'])}.** {cell_text(resource['description'])}",
            "\n".join(f"- **{label}:** {text}" for label, text in facts),
            "**Known gaps**",
            "\n".join(f"- {cell_text(gap)}" for gap in resource["gaps"]) or "- None is known.",
            folded(
                f"The {len(fields)} fields of {name}",
                markdown_table(["field", "type", "unit", "meaning", "allowed values"], fields),
            ),
            folded(
                f"The first {shown} of {len(rows):,} rows of {name}",
                markdown_table(header, rows[:shown]),
            ),
            f"{{download}}`Download {name}.csv <../data/{resource['path']}>`",
        ]
    )


def data_page(folder: Path) -> str:
    """Return the part of the data page that `datapackage.json` in `folder` tells, as Markdown."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resources = package["resources"]
    overview = ["| table | what it holds | fields | vintage |", "| --- | --- | --- | --- |"]
    overview += [
        f"| [{r['name']}](#{r['name']}) | {cell_text(r['title'])} "
        f"| {len(r['schema']['fields'])} | {cell_text(r['vintage'])} |"
        for r in resources
    ]
    return "\n\n".join(
        [
            f"## The {len(resources)} tables",
            "\n".join(overview),
            *(table_section(resource, folder) for resource in resources),
        ]
    )


# --------------------------------------------------------------------------- page hooks


def add_filter(app, pagename: str, *_) -> None:
    """Load the filter of the register on its own page and nowhere else."""
    if pagename == CLAIMS_PAGE:
        app.add_js_file("register.js")


def complete_page(app, docname: str, source: list[str]) -> None:
    """Add to the data page and to the reference page what their files tell."""
    root = Path(app.srcdir)
    if docname == DATA_PAGE:
        for path in sorted((root / "data").glob("*.*")):
            app.env.note_dependency(str(path))
        source[0] += "\n\n" + data_page(root / "data") + "\n"
    elif docname == REFERENCES_PAGE:
        source[0] += "\n\n```{bibliography}\n:all:\n:list: bullet\n:style: plain\n```\n"


def name_references(app, env) -> None:
    """Let links such as references.md#waltz-1979 find the entry of the bibliography.

    The key waltz1979theory is found as such and, shorter, as waltz-1979. Where two works share
    surname and year, the short name is the first one's in the file.
    """
    if REFERENCES_PAGE not in env.found_docs:
        return
    slugs = env.metadata[REFERENCES_PAGE].setdefault("myst_slugs", {})
    file_order = list(env.get_domain("cite").bibdata.data.entries)
    citations = sorted(env.get_domain("cite").citations, key=lambda c: file_order.index(c.key))
    for citation in citations:
        for slug in (citation.key, short_key(citation.key)):
            slugs.setdefault(slug, (0, citation.citation_id, citation.key))


def short_key(key: str) -> str:
    """Return waltz-1979 for waltz1979theory; a key of another form stays as it is."""
    return re.sub(r"^([a-z]+)(\d{4}).*$", r"\1-\2", key)


# ------------------------------------------------------------------------------ formulas


def mathml(node, as_block: bool = False) -> str:
    """Return a formula as MathML; one that cannot be translated is reported and shown as code."""
    code = node.astext().strip()
    if as_block and pick_math_environment(code) == "align*" and "begin{" not in code:
        code = f"\\begin{{align*}}{code}\\end{{align*}}"
    try:
        return tex2mathml(code, as_block=as_block)
    except MathError as error:
        logger.warning("formula cannot be shown: %s", error, location=node)
        return f"<code>{escape(code)}</code>"


def inline_formula(translator, node) -> None:
    translator.body.append(mathml(node))
    raise nodes.SkipNode


def displayed_formula(translator, node) -> None:
    formula = mathml(node, as_block=True)
    translator.body.append(f'<div class="formula" tabindex="0">{formula}</div>\n')
    raise nodes.SkipNode


# ------------------------------------------------------------------------------- repairs


class Repair(NamedTuple):
    """A fault of the theme's HTML and its cure: `pattern` becomes `instead` on every page."""

    name: str
    pattern: re.Pattern
    instead: str


def repair(name: str, pattern: str, instead: str = "") -> Repair:
    return Repair(name, re.compile(pattern, re.DOTALL), instead)


REPAIRS = [
    # thebe (live code) is always loaded, would fetch from unpkg.com and declares a name twice.
    repair("thebe configuration", r"<script>\s*const THEBE_JS_URL.*?</script>"),
    repair("thebe script", r'<script async="async" src="[^"]*sphinx-thebe\.js[^"]*"></script>'),
    repair("thebe style", r"<link [^>]*sphinx-thebe\.css[^>]*>"),
    repair(
        "thebe page settings",
        r'<script type="text/x-thebe-config">.*?</script>\s*<script>kernelName = [^<]*</script>',
    ),
    # 1.5 MB of script that draws icons which the web font draws already.
    repair("icon script", r'<script defer src="[^"]*scripts/fontawesome\.js[^"]*"></script>'),
    # The name a screen reader speaks must hold the words that are seen: "Search Ctrl+K".
    repair(
        "name of the search button",
        r'(<button class="btn search-button-field[^>]*?) title="Search" aria-label="Search"',
        r"\1",
    ),
    # On a wide screen the sidebar has the search button; the header's is for narrow ones.
    repair(
        "second search button",
        r'<button class="btn btn-sm pst-navbar-icon search-button (?!d-lg-none)',
        '<button class="btn btn-sm pst-navbar-icon search-button d-lg-none ',
    ),
    # All content must lie in a landmark.
    repair(
        "landmark of the title",
        r'<div class="sidebar-primary-item">(\s*<a class="navbar-brand logo".*?</a>\s*)</div>',
        r'<nav class="sidebar-primary-item" aria-label="Course home">\1</nav>',
    ),
    # The corner of a table is often empty; an empty header cell is announced as a header.
    repair("empty corner of pandas tables", r"<th></th>", "<td></td>"),
    repair("empty corner of tables", r'<th class="head[^"]*"><p></p></th>', "<td></td>"),
]

# Inside the files of the theme, not of pages: where a page is opened without a server, the
# search may not fetch the other pages to show an extract of each.
SEARCH_SUMMARY = ("SHOW_SEARCH_SUMMARY: true", 'SHOW_SEARCH_SUMMARY: location.protocol !== "file:"')


def apply_repairs(html: str, found: Counter | None = None) -> str:
    """Return a page with all repairs made; count in `found` how often each was needed."""
    for name, pattern, instead in REPAIRS:
        html, times = pattern.subn(instead, html)
        if found is not None:
            found[name] += times
    return html


def unneeded(found: Counter) -> list[str]:
    """Return the names of the repairs that found nothing to repair."""
    return [one.name for one in REPAIRS if not found[one.name]]


def repair_pages(app) -> None:
    """Wrap the page templates so that each page is repaired before it is written."""
    if app.builder.format != "html":
        return
    app.repairs, app.repaired_pages = Counter(), set()
    render = app.builder.templates.render

    def render_and_repair(template: str, context: dict) -> str:
        app.repaired_pages.add(context.get("pagename"))
        return apply_repairs(render(template, context), app.repairs)

    app.builder.templates.render = render_and_repair


def finish(app, exception) -> None:
    """Drop what no page uses, and say so if the theme no longer needs a repair."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    for pattern in ("**/*.map", "scripts/fontawesome.js*"):
        for path in static.glob(pattern):
            path.unlink()
    options = static / "documentation_options.js"
    text = options.read_text(encoding="utf-8")
    options.write_text(text.replace(*SEARCH_SUMMARY), encoding="utf-8")
    if SEARCH_SUMMARY[1] not in options.read_text(encoding="utf-8"):
        logger.warning("the repair of the search summary finds nothing: has Sphinx changed?")
    whole_book = app.repaired_pages >= app.env.found_docs  # not only what changed since last time
    for name in unneeded(app.repairs) if whole_book else ():
        logger.warning("the repair %r finds nothing: has the theme changed?", name)


def setup(app) -> dict:
    """Register the extension with Sphinx."""
    app.config.html_static_path.append(str(ASSETS))
    app.add_css_file("course.css")
    app.add_html_math_renderer("mathml", (inline_formula, None), (displayed_formula, None))
    app.connect("source-read", complete_page)
    app.connect("doctree-read", mark_voices)
    app.connect("html-page-context", add_filter)
    app.connect("env-updated", name_references, priority=900)  # after the bibliography is known
    app.connect("builder-inited", repair_pages)
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
