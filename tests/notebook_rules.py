"""The rules that every page of the course keeps.

Each rule takes a notebook (the dictionary that its JSON file holds) or the text of a Markdown
page, and returns a list of complaints; an empty list means that the rule is kept.
"""

import re
from itertools import pairwise

STEPS = [  # the headings of a unit, in this order
    "Warm-up",
    "Objectives",
    "The authors say",
    "Key terms",
    "concept to measure",
    "Data lab",
    "Fact-check",
    "Discuss",
    "Exit ticket",
    "References",
]
VOICES = ("The authors say", "The record shows", "Course commentary", "You decide")
BADGES = ("full text", "précis only", "title only")
LINES_PER_CELL = 12
WORDS_PER_QUOTATION = 8
ALT_LENGTH = 40


def source(cell):
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def cells(notebook, kind):
    """Yield (name, cell) for the cells of one kind; the name says where a reader finds it."""
    for number, cell in enumerate(notebook["cells"], 1):
        if cell["cell_type"] == kind:
            yield f"cell {number} ({cell.get('id', 'no id')})", cell


def markdown(notebook):
    """All Markdown of a notebook as one text."""
    return "\n\n".join(source(cell) for _, cell in cells(notebook, "markdown"))


def without_code(text):
    """Markdown without fenced blocks and code spans, where other rules hold."""
    text = re.sub(r"^(```|~~~)(?!\{).*?^\1\s*$", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"(?<!\})(`+)(?!`).+?(?<!`)\1(?!`)", "CODE", text)


def quotes(text):
    """The block quotes of a Markdown text, each as one text without the marks."""
    found, lines = [], []
    for line in [*text.splitlines(), ""]:
        if line.startswith(">"):
            lines.append(line.lstrip(">").strip())
        elif lines:
            found.append("\n".join(lines))
            lines = []
    return found


# --------------------------------------------------------------------- rules of Markdown


def two_renderers(text):
    """A page reads well in the book and in plain JupyterLab."""
    text = without_code(text)
    return [
        *(
            f"directive or role {m!r} shows raw in JupyterLab"
            for m in re.findall(r"^\s*(?:```|~~~)\{\S*|^\s*:::.*|\{[a-z:]+\}`", text, re.MULTILINE)
        ),
        *(
            f"HTML {m!r}: only details and summary are used"
            for m in re.findall(r"</?(?!details\b|summary\b|https?:|mailto:)[a-zA-Z][^>\n]*>", text)
        ),
        *(
            f"{m!r} can turn into a formula: write USD 50 bn"
            for m in re.findall(r"(?<!\\)\$\d[\d,.]*(?=\s)", text)
        ),
    ]


def voices(text):
    """A box has one of the four labels; a badge on top of a page may stand beside them."""
    complaints = []
    for quote in quotes(text):
        label = re.match(r"\*\*(.+?)\*\*", quote)
        known = label and (
            label[1].rstrip(".:") in VOICES or any(b in label[1].casefold() for b in BADGES)
        )
        if label and not known:
            complaints.append(f"the box {label[1]!r} is none of {', '.join(VOICES)}")
    return complaints


def quotations(text):
    """Yield each phrase in double quotation marks inside the boxes of the authors."""
    for quote in quotes(text):
        if quote.startswith("**The authors say"):
            for pair in re.findall(r"“([^”]+)”|\"([^\"]+)\"", quote):
                yield " ".join((pair[0] or pair[1]).split())


def short_quotations(text):
    """A quotation is a phrase, never a sentence."""
    return [
        f"the quotation {phrase!r} has more than {WORDS_PER_QUOTATION} words"
        for phrase in quotations(text)
        if len(phrase.split()) > WORDS_PER_QUOTATION
    ]


def plain(text):
    """Text in which typography does not decide whether two phrases are the same."""
    table = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00ad": ""}
    return " ".join(text.translate(str.maketrans(table)).split())


def true_quotations(text, report):
    """Each phrase quoted from the report stands in the report, word for word."""
    report = plain(report)
    return [
        f"the quotation {phrase!r} is not in the report"
        for phrase in quotations(text)
        if plain(phrase).rstrip(".,;") not in report
    ]


# -------------------------------------------------------------------- rules of notebooks


def page_pattern(notebook):
    """A unit has its ten steps in order, with a badge and a note on page numbers on top."""
    headings = re.findall(r"^## (.+)$", markdown(notebook), re.MULTILINE)
    order = [next((i for i, h in enumerate(headings) if step in h), -1) for step in STEPS]
    complaints = [f"there is no heading '## {STEPS[i]}'" for i, at in enumerate(order) if at < 0]
    if not complaints and order != sorted(order):
        complaints.append(f"the headings are not in the order {', '.join(STEPS)}")
    top = source(notebook["cells"][0]).casefold()
    if not top.startswith("# "):
        complaints.append("the first cell does not open with a title")
    if not any(badge in top for badge in BADGES):
        complaints.append(f"the first cell has no badge: one of {', '.join(BADGES)}")
    if "reconstructed" not in top:
        complaints.append("the first cell does not say that page numbers were reconstructed")
    return complaints


RANDOM = r"default_rng\(\s*\)|np\.random\.(?!default_rng)|^\s*(?:import|from) random\b"
FORBIDDEN = {
    r"^\s*[!%]|pip install|conda install": "shell command, magic or installation",
    r"\brequests\b|\burllib\b|\bhttpx?\b|https?://|\bsocket\b": "network",
    r"""["'](?:/|~/|[A-Za-z]:[\\/])""": "absolute path",
    RANDOM: "randomness without a seed: use np.random.default_rng(5)",
    r";\s*$": "semicolon at the end: close a figure with plt.show()",
}


def clean_cells(notebook):
    """Cells are short and need nothing but the course: no network, path, installation, chance."""
    complaints = []
    for name, cell in cells(notebook, "code"):
        code = source(cell)
        if len(code.splitlines()) > LINES_PER_CELL:
            complaints.append(f"{name} has more than {LINES_PER_CELL} lines")
        complaints += [
            f"{name}: {what} ({found[0].strip()!r})"
            for pattern, what in FORBIDDEN.items()
            if (found := re.search(pattern, code, re.MULTILINE))
        ]
    return complaints


def has_image(cell):
    return any("image/png" in o.get("data", {}) for o in cell.get("outputs", []))


def figures(notebook):
    """A figure has words for who cannot see it, a caption, a name, and its finding after it."""
    complaints = []
    for (name, cell), (_, after) in pairwise([*all_cells(notebook), ("", None)]):
        settings = cell.get("metadata", {}).get("mystnb", {})
        if not has_image(cell):
            if "figure" in settings:
                complaints.append(f"{name} promises a figure and shows none")
            continue
        if len(settings.get("image", {}).get("alt", "")) < ALT_LENGTH:
            complaints.append(f"{name}: mystnb.image.alt is shorter than {ALT_LENGTH} letters")
        for key in ("caption", "name"):
            if not settings.get("figure", {}).get(key):
                complaints.append(f"{name}: mystnb.figure.{key} is missing")
        if source(cell).rstrip().splitlines()[-1].strip() != "plt.show()":
            complaints.append(f"{name} does not end with plt.show()")
        if after is None or after["cell_type"] != "markdown":
            complaints.append(f"{name}: no text after the figure says what it shows")
    return complaints


def all_cells(notebook):
    return [(f"cell {n} ({c.get('id', 'no id')})", c) for n, c in enumerate(notebook["cells"], 1)]


def outputs(notebook):
    """All cells were run in order; none shows an error or a warning."""
    complaints, expected = [], 1
    for name, cell in cells(notebook, "code"):
        if not source(cell).strip():
            continue
        if cell.get("execution_count") != expected:
            complaints.append(f"{name} was not run in order: run make execute")
        expected += 1
        for output in cell.get("outputs", []):
            if output["output_type"] == "error":
                complaints.append(f"{name} shows the error {output['ename']}")
            elif output.get("name") == "stderr":
                complaints.append(f"{name} shows a warning: {''.join(output['text'])[:80]!r}")
    return complaints


# ---------------------------------------------------------------------------------- links


def slug(heading):
    """The anchor of a heading, as JupyterLab's neighbours and the book form it."""
    text = re.sub(r"[*`]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(text):
    return {slug(h) for h in re.findall(r"^#{1,4} (.+)$", without_fences(text), re.MULTILINE)}


def without_fences(text):
    return re.sub(r"^(```|~~~).*?^\1\s*$", "", text, flags=re.DOTALL | re.MULTILINE)


def links(text):
    """Yield the targets of the links inside the course."""
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(text)):
        if not re.match(r"[a-z]+:", target):
            yield target
