"""Carries answers from the student's process to the grader as plain JSON, never as pickles.

`pack` runs beside the student's code, so nothing it writes is believed: `unpack` accepts only the
kinds below, within a depth and a size, and builds pandas objects anew.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

DEEPEST = 8
MOST = 20_000  # values in one answer
MOST_LABELS = 2_000  # rows, columns or keys: hashes can be made to collide
LONGEST = 20_000  # characters in one text


class Uncarried(Exception):
    """A value that cannot be carried; its text is a sentence for the student."""


def pack(value: Any, depth: int = 0) -> Any:
    """A value as JSON: numbers, texts, lists, dicts, Series, DataFrames and arrays of them."""
    if depth > DEEPEST:
        raise Uncarried("Your answer is nested too deeply to be read.")
    if value is None or value is Ellipsis or value is pd.NA or value is pd.NaT:
        return {"kind": "nothing"}
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, str):
        return str(value)[:LONGEST]
    if isinstance(value, numbers.Integral):
        number = int(value)
        return number if abs(number) < 2**53 else pack(float(number))
    if isinstance(value, numbers.Real):
        number = float(value)
        return number if math.isfinite(number) else {"kind": "number", "text": str(number)}
    if isinstance(value, (pd.Timestamp, np.datetime64)):
        return str(value)
    if isinstance(value, pd.DataFrame):
        _small(value.size)
        _small(max(value.shape), MOST_LABELS)
        columns = [_listed(value.iloc[:, i], depth) for i in range(value.shape[1])]
        return {
            "kind": "table",
            "index": _listed(value.index, depth),
            "names": _listed(value.columns, depth),
            "columns": columns,
        }
    if isinstance(value, pd.Series):
        _small(value.size, MOST_LABELS)
        return {
            "kind": "series",
            "index": _listed(value.index, depth),
            "values": _listed(value, depth),
        }
    if isinstance(value, Mapping):
        _small(len(value), MOST_LABELS)
        pairs = [[pack(k, depth + 1), pack(v, depth + 1)] for k, v in value.items()]
        return {"kind": "dict", "pairs": pairs}
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray, pd.Index)):
        _small(value.size if isinstance(value, np.ndarray) else len(value))
        return _listed(value, depth)
    raise Uncarried(
        f"Your answer is an object of type {type(value).__name__}; a number, text, list, dict, "
        "Series or DataFrame can be marked."
    )


def _listed(values: Any, depth: int) -> list:
    return [pack(value, depth + 1) for value in list(values)]


def _small(size: int, most: int = MOST) -> None:
    if size > most:
        raise Uncarried(f"Your answer has {size} values; the task wants far fewer.")


def unpack(data: Any, depth: int = 0) -> Any:
    """The value that `pack` described; raises `Uncarried` for anything else."""
    if depth > DEEPEST + 1:
        raise Uncarried("Your answer is nested too deeply to be read.")
    if isinstance(data, (bool, int, float)):
        return data
    if isinstance(data, str):  # half a character of UTF-16 could not be written anywhere
        return data[:LONGEST].encode("utf-8", "replace").decode()
    if isinstance(data, list):
        _small(len(data))
        return [unpack(value, depth + 1) for value in data]
    kind = data.get("kind") if isinstance(data, dict) else None
    try:
        if kind == "nothing":
            return None
        if kind == "number":
            return float({"inf": "inf", "-inf": "-inf"}.get(data["text"], "nan"))
        if kind == "dict":
            _small(len(data["pairs"]), MOST_LABELS)
            return {_label(k, depth): unpack(v, depth + 1) for k, v in data["pairs"]}
        if kind == "series":
            index = _labels(data["index"], depth)
            return pd.Series(_column(data["values"], index, depth), index=index)
        if kind == "table":
            return _table(data, depth)
    except Uncarried:
        raise
    except Exception as error:
        raise Uncarried("Your answer could not be read back from your notebook.") from error
    raise Uncarried("Your answer could not be read back from your notebook.")


def _label(data: Any, depth: int) -> Any:
    """A dict key or an index label: a list in that place was a tuple."""
    value = unpack(data, depth + 1)
    return tuple(value) if isinstance(value, list) else value


def _labels(data: Any, depth: int) -> list:
    if not isinstance(data, list):
        raise Uncarried("Your answer could not be read back from your notebook.")
    _small(len(data), MOST_LABELS)
    return [_label(label, depth) for label in data]


def _column(data: Any, index: list, depth: int) -> list:
    """One value for each label: a single value would spread over the whole index."""
    if not isinstance(data, list) or len(data) != len(index):
        raise Uncarried("Your answer could not be read back from your notebook.")
    return unpack(data, depth + 1)


def _table(data: dict, depth: int) -> pd.DataFrame:
    index, names = _labels(data["index"], depth), _labels(data["names"], depth)
    _small(len(index) * len(names))
    if len(data["columns"]) != len(names):
        raise Uncarried("Your answer could not be read back from your notebook.")
    columns = [pd.Series(_column(c, index, depth), index=index) for c in data["columns"]]
    table = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=index)
    table.columns = names
    return table
