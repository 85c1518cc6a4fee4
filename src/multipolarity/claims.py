"""The register of claims: what the Introduction and chapter 5 state, and what the tables say of it."""

from __future__ import annotations

import pandas as pd

from multipolarity.tables import load


def register() -> pd.DataFrame:
    """Return the table `claims`, a row per claim, with a verdict in every row."""
    return load("claims")
