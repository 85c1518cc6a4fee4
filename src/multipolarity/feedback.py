"""What a check says to a student, readable in JupyterLab, in the book and as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

# The word always stands beside the mark: nothing is told by colour or sign alone.
LABELS = {
    "right": "✓ Right",
    "noted": "✎ Noted",
    "open": "○ Not answered yet",
    "retry": "↻ Not there yet",
    "info": "ℹ Information",
}


@dataclass(frozen=True)
class Feedback:
    """The answer of `check`, `hint` and their like.

    status   "right", "noted" (kept, never marked), "open" (no answer yet), "retry" or "info"
    title    which exercise this is about
    message  what was found and what it probably means
    hint     what to try next
    see      where the idea is explained
    """

    status: str
    title: str
    message: str
    hint: str = ""
    see: str = ""

    @property
    def ok(self) -> bool:
        """True where nothing is left to do."""
        return self.status in ("right", "noted")

    @property
    def label(self) -> str:
        return LABELS[self.status]

    def _lines(self) -> list[str]:
        lines = [self.message]
        if self.hint:
            lines.append(f"Try: {self.hint}")
        if self.see:
            lines.append(f"See: {self.see}")
        return lines

    def __repr__(self) -> str:
        return "\n  ".join([f"{self.label} · {self.title}", *self._lines()])

    def _repr_html_(self) -> str:
        # Borders take the colour of the text, so the box reads in light, dark and print.
        body = "".join(f"<div>{_code(escape(line))}</div>" for line in self._lines())
        return (
            f'<div class="mp-feedback mp-{self.status}" style="border:1px solid currentColor;'
            'border-left-width:5px;border-radius:4px;padding:.5em .8em;max-width:46em">'
            f"<strong>{escape(self.label)}</strong> · {escape(self.title)}{body}</div>"
        )


def _code(text: str) -> str:
    """Words between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
