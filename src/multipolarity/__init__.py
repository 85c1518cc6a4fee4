"""Multipolarity after Ukraine: a data course. The library that the notebooks import.

from multipolarity import load, about, members      # the tables and their dictionary
from multipolarity import check, hint, progress     # answers to the exercises
from multipolarity import measures, figures         # the field's measures; one figure style
"""

from importlib import import_module

# Name -> module. A name is imported when it is first used, so that `import multipolarity` is
# quick and a student who only loads a table does not wait for matplotlib.
_HOME = {
    "about": "tables",
    "load": "tables",
    "members": "tables",
    "check": "student",
    "hint": "student",
    "progress": "student",
}
__all__ = [*_HOME, "figures", "measures"]


def __getattr__(name: str):
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    if name in ("figures", "measures"):
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"multipolarity has no {name!r}. It offers: {', '.join(__all__)}.")


def __dir__() -> list[str]:
    return sorted(__all__)
