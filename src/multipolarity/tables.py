"""The course's tables: load one, read its dictionary, ask who was a member on a day.

Everything that this module knows about a table stands in ``data/datapackage.json`` (a Frictionless
Data Package: title, source, licence, gaps, and the meaning and unit of every column).
"""

from __future__ import annotations

import datetime
import difflib
import html
import json
from functools import cache
from pathlib import Path

import pandas as pd

# JupyterLab sets tables flush right, which suits numbers and not sentences.
_LEFT = "style='text-align: left'"

__all__ = ["About", "DataError", "about", "data_folder", "load", "members", "tables"]


class DataError(ValueError):
    """A question that the tables cannot answer, with a sentence that says what to do.

    In a notebook only the sentence is shown: IPython asks the exception for its own traceback.
    """

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def data_folder() -> Path:
    """Return the folder with ``datapackage.json`` and one CSV file per table.

    It lies beside this module in an installed copy and at the top of the repository in a clone,
    so the working directory plays no part. Raises DataError if it is in neither place.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "data", here.parents[1] / "data"):
        if (folder / "datapackage.json").is_file():
            return folder
    raise DataError(
        "The course's data folder was not found beside the multipolarity package. "
        "Please install the course again (see README.md)."
    )


def load(name: str) -> pd.DataFrame:
    """Return one table as a new DataFrame, with the data types that its dictionary states.

    Dates become ``datetime64``; whole numbers ``int64``, or ``Int64`` where cells may be empty;
    other numbers ``float64``; text pandas' own string type. An empty cell is missing.
    Columns, units and sources: ``about(name)``. Raises DataError for a name that is no table.
    """
    path = data_folder() / _resource(name)["path"]
    # Read once for each state of the file; pandas' copy-on-write keeps the copies apart.
    return _read(name, path.stat().st_mtime_ns).copy(deep=False)


@cache
def _read(name: str, changed: int) -> pd.DataFrame:
    resource = _resource(name)
    fields = resource["schema"]["fields"]
    dates = [field["name"] for field in fields if field["type"] == "date"]
    return pd.read_csv(
        data_folder() / resource["path"],
        dtype={field["name"]: _dtype(field) for field in fields if field["type"] != "date"},
        parse_dates=dates,
        date_format="%Y-%m-%d",
        keep_default_na=False,  # only an empty cell is missing: "NA" or "None" would be a text
        na_values=[""],
    )


def about(name: str) -> About:
    """Return the dictionary of one table: what it is, every column, source, licence, gaps.

    Shown as a page in a notebook and as text elsewhere. Raises DataError for an unknown name.
    """
    return About(_resource(name))


def tables() -> pd.DataFrame:
    """Return the list of all tables: name, title, number of rows, course units that use it."""
    return pd.DataFrame(
        {
            "table": name,
            "title": resource["title"],
            "rows": len(load(name)),
            "units": ", ".join(str(unit) for unit in resource["units_used_in"]),
        }
        for name, resource in _resources().items()
    )


def members(organisation: str, on: str | None = None, role: str = "member") -> pd.DataFrame:
    """Return the rows of ``memberships`` that were in force on one day, oldest first.

    ``on`` is the day as "YYYY-MM-DD" (or a date object). A row counts from its start date; its end
    date is the first day out. ``role`` is "member" or another role of the table, such as
    "observer" or "dialogue partner". One row per state, with the columns of ``memberships``.
    Raises DataError for an unknown organisation or role, for a day that cannot be read, and for a
    day after the last one that the table covers.
    """
    rows = load("memberships")
    _known(organisation, rows["organisation"], "organisation")
    _known(role, rows["role"], "role")
    day = _day(on)
    in_force = (rows["start_date"] <= day) & (rows["end_date"].isna() | (rows["end_date"] > day))
    chosen = rows[in_force & (rows["organisation"] == organisation) & (rows["role"] == role)]
    return chosen.sort_values(["start_date", "country"]).reset_index(drop=True)


class About:
    """The dictionary of one table; ``fields`` holds its columns as a DataFrame."""

    def __init__(self, resource: dict):
        self.name = resource["name"]
        self.title = resource["title"]
        self.description = resource["description"]
        self.fields = pd.DataFrame(
            {
                "column": field["name"],
                "type": field["type"],
                "unit": field.get("unit", ""),
                "allowed": _allowed(field.get("constraints", {})),
                "meaning": field["description"],
            }
            for field in resource["schema"]["fields"]
        )
        self.facts = {
            "Compiled": resource["compiled"],
            "Source": [_titled(source) for source in resource["sources"]],
            "Licence": [_titled(licence) for licence in resource["licenses"]],
            "Vintage": resource["vintage"],
            "Coverage": resource["coverage"],
            "Known gaps": resource["gaps"] or ["none known"],
        }

    def __repr__(self) -> str:
        columns = [
            f"  {row.column} ({', '.join(filter(None, row[2:5]))}): {row.meaning}"
            for row in self.fields.itertuples()
        ]
        facts = []
        for label, value in self.facts.items():
            lines = [value] if isinstance(value, str) else value
            facts += [f"{label}:", *(f"  {line}" for line in lines)]
        head = f"{self.title}  [{self.name}]"
        return "\n".join([head, self.description, "Columns:", *columns, *facts])

    def _repr_html_(self) -> str:
        head = "".join(f"<th {_LEFT} scope='col'>{label}</th>" for label in self.fields)
        body = "".join(
            "<tr>" + "".join(f"<td {_LEFT}>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self.fields.to_numpy()
        )
        facts = ""
        for label, value in self.facts.items():
            lines = [value] if isinstance(value, str) else value
            text = "<br>".join(html.escape(line) for line in lines)
            facts += f"<dt>{label}</dt><dd>{text}</dd>"
        return (
            f"<p><strong>{html.escape(self.title)}</strong> "
            f"(<code>{self.name}</code>)<br>{html.escape(self.description)}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><dl>{facts}</dl>"
        )


@cache
def _resources() -> dict[str, dict]:
    """Return the description of every table by name, read once."""
    text = (data_folder() / "datapackage.json").read_text(encoding="utf-8")
    return {resource["name"]: resource for resource in json.loads(text)["resources"]}


def _resource(name: str) -> dict:
    return _resources()[_known(name, _resources(), "table")]


def _dtype(field: dict) -> str:
    """Return the pandas dtype of one column; only a required integer can be a plain int64."""
    required = field.get("constraints", {}).get("required", False)
    if field["type"] == "integer":
        return "int64" if required else "Int64"
    if field["type"] == "boolean":
        return "bool" if required else "boolean"
    return {"number": "float64", "string": "str"}[field["type"]]


def _known(word: str, words, kind: str) -> str:
    """Return the word if it is among the words; otherwise raise, naming the nearest ones."""
    words = list(dict.fromkeys(words))
    if not isinstance(word, str):
        raise DataError(f'Give the {kind} in quotation marks, for example "{words[0]}".')
    if word in words:
        return word
    lower = {known.lower(): known for known in words}
    near = difflib.get_close_matches(word.lower(), lower, n=3, cutoff=0.5)
    hint = "The nearest" if near else "There is"
    names = ", ".join(f'"{lower[name]}"' for name in near or sorted(lower))
    raise DataError(f'There is no {kind} "{word}". {hint}: {names}.')


def _day(on) -> pd.Timestamp:
    """Return the day asked for, if it can be read and the memberships table covers it."""
    form = 'Give the day as year-month-day, for example on="2022-09-16"'
    if on is None:
        raise DataError(f"Members of which day? {form}.")
    try:
        if not isinstance(on, datetime.date):  # a Timestamp or a datetime is a date, too
            on = datetime.datetime.strptime(on, "%Y-%m-%d")
        day = pd.Timestamp(on).tz_localize(None).normalize()
    except (AttributeError, TypeError, ValueError):  # AttributeError: pandas' missing date
        raise DataError(f"{on!r} is not a day that can be read. {form}.") from None
    last = _resource("memberships")["known_until"]
    if day > pd.Timestamp(last):
        raise DataError(f"The memberships are known up to {last}; {day:%Y-%m-%d} lies after it.")
    return day


def _allowed(constraints: dict) -> str:
    """Return the allowed values of a column in words; empty if any value of its type is."""
    if "enum" in constraints:
        return " | ".join(map(str, constraints["enum"]))
    low, high = constraints.get("minimum"), constraints.get("maximum")
    if high is not None:
        return f"{low} to {high}"
    return f"{low} or more" if low is not None else ""


def _titled(entry: dict) -> str:
    """Return a source or a licence as one line: its title and, if it has one, its address."""
    return f"{entry['title']}, {entry['path']}" if "path" in entry else entry["title"]
