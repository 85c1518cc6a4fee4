"""Each rule complains when it is broken: a gate that cannot fail guards nothing."""

import copy
from pathlib import Path

import notebook_rules as rules
import pytest
from test_notebooks import broken_links, wrong_number

LONG_ALT = "Bar chart of three invented countries; the second bar is the highest."


def markdown(text):
    return {"cell_type": "markdown", "id": "m", "metadata": {}, "source": text}


def code(source, number=1, outputs=(), **mystnb):
    return {
        "cell_type": "code",
        "id": "c",
        "metadata": {"mystnb": mystnb} if mystnb else {},
        "source": source,
        "execution_count": number,
        "outputs": list(outputs),
    }


PICTURE = {"output_type": "display_data", "data": {"image/png": "abc"}}
GOOD = {
    "cells": [
        markdown("# 5 · A unit\n\n**Full text available.** Page numbers were reconstructed."),
        *(markdown(f"## {i} {step}") for i, step in enumerate(rules.STEPS, 1)),
        code(
            "ax.bar(a, b)\nplt.show()",
            outputs=[PICTURE],
            image={"alt": LONG_ALT},
            figure={"caption": "Shares", "name": "fig-shares"},
        ),
        markdown("The second bar is the highest."),
    ]
}
FIGURE = 11
NOTEBOOK_RULES = [rules.page_pattern, rules.clean_cells, rules.figures, rules.outputs]


@pytest.mark.parametrize("rule", NOTEBOOK_RULES)
def test_good_notebook_passes(rule):
    assert rule(GOOD) == []


def broken(change):
    notebook = copy.deepcopy(GOOD)
    change(notebook["cells"])
    return notebook


@pytest.mark.parametrize(
    ("rule", "change", "word"),
    [
        (rules.page_pattern, lambda c: c.pop(3), "no heading"),
        (rules.page_pattern, lambda c: c.insert(1, c.pop(5)), "not in the order"),
        (rules.page_pattern, lambda c: c[0].update(source="# Title\n\nreconstructed"), "no badge"),
        (rules.page_pattern, lambda c: c[0].update(source="# T\n\nfull text"), "reconstructed"),
        (rules.clean_cells, lambda c: c.append(code("x = 1\n" * 13)), "more than 12 lines"),
        (rules.clean_cells, lambda c: c.append(code("!pip install x")), "installation"),
        (rules.clean_cells, lambda c: c.append(code("pd.read_csv('https://a.b')")), "network"),
        (rules.clean_cells, lambda c: c.append(code("open('/home/me/a')")), "absolute path"),
        (rules.clean_cells, lambda c: c.append(code("np.random.rand(3)")), "without a seed"),
        (rules.clean_cells, lambda c: c.append(code("ax.plot(x);")), "semicolon"),
        (rules.figures, lambda c: c[FIGURE]["metadata"].clear(), "alt is shorter"),
        (rules.figures, lambda c: c[FIGURE]["metadata"]["mystnb"].pop("figure"), "caption"),
        (rules.figures, lambda c: c[FIGURE].update(source="ax.bar(a, b)"), "plt.show"),
        (rules.figures, lambda c: c.pop(), "no text after"),
        (rules.figures, lambda c: c[FIGURE].update(outputs=[]), "shows none"),
        (rules.outputs, lambda c: c[FIGURE].update(execution_count=None), "not run"),
        (
            rules.outputs,
            lambda c: c[FIGURE]["outputs"].append(
                {"output_type": "stream", "name": "stderr", "text": "Warning"}
            ),
            "warning",
        ),
        (
            rules.outputs,
            lambda c: c[FIGURE]["outputs"].append({"output_type": "error", "ename": "KeyError"}),
            "KeyError",
        ),
    ],
)
def test_rule_complains(rule, change, word):
    complaints = rule(broken(change))
    assert any(word in complaint for complaint in complaints), complaints


@pytest.mark.parametrize(
    ("rule", "text", "word"),
    [
        (rules.two_renderers, "```{note}\nx\n```", "directive"),
        (rules.two_renderers, ":::{tip}\nx\n:::", "directive"),
        (rules.two_renderers, "see {cite}`waltz`", "directive"),
        (rules.two_renderers, "<div>x</div>", "HTML"),
        (rules.two_renderers, "from $50 to $80", "formula"),
        (rules.voices, "> **Our view**: x", "none of"),
        (rules.short_quotations, '> **The authors say** (p. 1): "a b c d e f g h i"', "8 words"),
    ],
)
def test_text_rule_complains(rule, text, word):
    assert any(word in complaint for complaint in rule(text))


@pytest.mark.parametrize("rule", [rules.two_renderers, rules.voices, rules.short_quotations])
def test_good_text_passes(rule):
    assert (
        rule(
            "# T\n\n<details><summary>A</summary>\n\nx\n\n</details>\n\n`{a}` <https://a.b>\n\n"
            '> **The authors say** (p. 9): it is "a loose partnership".\n\n```python\n<b>$5\n```\n'
        )
        == []
    )


def test_invented_quotation_is_found():
    text = "> **The authors say** (p. 9): a “loose partnership” and an “iron alliance”."
    assert len(rules.true_quotations(text, "It is a loose\npartnership.")) == 1


def test_wrong_number_is_found():
    assert wrong_number("about 12.35 per cent", 12.346) == []
    assert wrong_number("USD 1,234 bn", 1233.6) == []
    assert wrong_number("named for six members", 6) == []
    assert wrong_number("named for six members", 7)
    assert wrong_number("10 members", 9)
    assert wrong_number("10 of 12", 10)


def test_broken_link_is_found(tmp_path):
    page = Path(tmp_path, "a.md")
    page.write_text("# A\n\n## Collective defence (Art. 5)\n", encoding="utf-8")
    assert broken_links(page, "[x](a.md#collective-defence-art-5)") == []
    assert broken_links(page, "[x](b.md)") == ["b.md: there is no such file"]
    assert broken_links(page, "[x](a.md#pole)") == ["a.md#pole: there is no such heading"]
