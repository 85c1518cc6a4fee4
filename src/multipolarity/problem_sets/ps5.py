"""Problem set 5 · How far are members bound? The SCO, NATO and others."""

from __future__ import annotations

import random
from typing import Any

from multipolarity.forms import Number, Numbers
from multipolarity.tables import load

TITLE = "Problem set 5 · How far are members bound?"
POINTS = 20
ORGANISATIONS = ("NATO", "SCO", "CSTO", "EU", "ANZUS", "AUKUS")
NEVER_WEAKEST = ("D04", "D05", "D06")  # leaving one out changes no weakest link
FAMILIES = ("obligations", "institutions", "legalisation", "membership")


def draw(rng: random.Random) -> dict[str, Any]:
    """A dimension to leave out, a pair to compare, weights of the four families."""
    pair = rng.sample(ORGANISATIONS[:4], 2)
    weights = rng.sample([1, 2, 3, 4], 4)
    return {
        "left_out": rng.choice(_that_matter(pair)),
        "pair": pair,
        "weights": dict(zip(FAMILIES, weights, strict=True)),
    }


def _that_matter(pair: list[str]) -> list[str]:
    """Dimensions in which the two have different codes: leaving one out changes the gap."""
    rows = load("commitments").set_index(["organisation", "dimension_id"])["code"]
    first, second = (rows[organisation].sort_index() for organisation in pair)
    return [name for name in first.index[first != second] if name not in NEVER_WEAKEST]


def forms(task: dict[str, Any]) -> dict[str, Any]:
    """The form of each item's answer."""
    by_organisation = {
        "labels": lambda: ORGANISATIONS,
        "what": "organisation",
        "example": "{'NATO': 1, 'SCO': 2}",
    }
    return {
        "totals": Numbers(**by_organisation, tolerance=1e-9, low=0, high=33),
        "gap": Number(tolerance=1e-9, low=-33, high=33),
        "weighted": Numbers(**by_organisation, tolerance=0.005, low=0, high=3),
        "weakest": Numbers(**by_organisation, tolerance=0.005, low=0, high=3),
        "kappa": Number(tolerance=0.0006, low=-1, high=1),
    }
