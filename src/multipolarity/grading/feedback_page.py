"""One page of feedback per student: plain HTML without scripts, everything from outside escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from multipolarity.grading.batch import Outcome
from multipolarity.grading.export import named
from multipolarity.grading.items import Mark

WORDS = {
    "right": "✓ Right",
    "partial": "◐ Partly right",
    "wrong": "✗ Not right",
    "open": "○ Not answered",
    "unreadable": "? Could not be read",
    "stopped": "■ Stopped",
    "late": "◷ Late",
    "waiting": "… Not marked yet",
    "marked": "✎ Marked by your instructor",
}
STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid;padding:.4rem;"
    "text-align:left;vertical-align:top}td.n{white-space:nowrap}"
    "@media(max-width:36rem){td.n{white-space:normal}th,td{padding:.4rem .3rem .4rem 0}}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#eee}}"
)


def page(outcome: Outcome, title: str, numbers: Mapping[str, str]) -> str:
    """The page of one student. It names no other student, no hidden input and no expected value.

    numbers  item -> the number of its question
    """
    if outcome.refused:
        body = f"<p><strong>Not marked.</strong> {escape(outcome.refused)}</p>"
    else:
        most = sum(mark.most for mark in outcome.marks)
        rows = "".join(
            f"<tr><th scope='row'>{escape(named(m.item, numbers))}</th><td class='n'>{_points(m)}</td>"
            f"<td class='n'>{WORDS[m.status]}</td><td>{escape(_found(m))}</td></tr>"
            for m in outcome.marks
        )
        notes = "".join(f"<li>{escape(note)}</li>" for note in outcome.notes)
        body = (
            f"<p>{_sum(outcome, most)}</p>"
            "<table><thead><tr><th scope='col'>Item</th><th scope='col'>Points</th>"
            "<th scope='col'>Result</th><th scope='col'>What was found</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>" + (f"<h2>Notes</h2><ul>{notes}</ul>" if notes else "")
        )
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; "
        f"style-src 'unsafe-inline'\"><title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>Student: {escape(outcome.student)}</p>"
        f"{body}</main></body></html>\n"
    )


def _found(mark: Mark) -> str:
    """The message, unless the result says the same."""
    return "" if WORDS[mark.status][2:] == mark.message.rstrip(".") else mark.message


def _points(mark: Mark) -> str:
    return f"{mark.points:g} of {mark.most:g}" if mark.most else f"{mark.points:g}"


def _sum(outcome: Outcome, most: float) -> str:
    waiting = sum(mark.most for mark in outcome.marks if mark.status == "waiting")
    if not waiting:
        return f"<strong>{outcome.points:g} of {most:g} points</strong>."
    return (
        f"<strong>{outcome.points:g} points so far</strong>, of {most:g}; {waiting:g} still wait for "
        "your instructor."
    )


def write(folder: Path, outcomes: list[Outcome], title: str, numbers: Mapping[str, str]) -> None:
    """`folder/<student>.html` for each outcome."""
    folder.mkdir(parents=True, exist_ok=True)
    for outcome in outcomes:
        path = folder / f"{outcome.student}.html"
        path.write_text(page(outcome, title, numbers), encoding="utf-8", errors="replace")
