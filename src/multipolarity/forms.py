"""The forms an answer can take: how each is read, compared and diagnosed.

A form turns every honest way of giving an answer (Series, dict, DataFrame, NumPy scalar, any row
order) into one plain Python value. No sentence written here holds a reference value. Every form has

read(answer, partial=False)  the answer as one plain value; raises `Misread` (or `Unfinished`) with a
                             sentence for the student. partial=True is for the known wrong answers of
                             an exercise, which may hold some of the labels only and break limits
same(a, b)                   does `a` agree with all that `b` holds?
diagnose(answer, reference)  what a difference looks like, in general terms
"""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd


class Misread(Exception):
    """An answer that cannot be read; its text is the sentence for the student."""


class Unfinished(Misread):
    """An answer with parts that nobody has filled in yet: no try, and no mistake."""


def is_open(answer: Any) -> bool:
    """True for a stub that nobody has filled in yet: `...`, nothing, or a sheet full of them."""
    if isinstance(answer, Mapping) and answer:
        return all(is_open(value) for value in answer.values())
    return answer is None or answer is Ellipsis or (isinstance(answer, str) and not answer.strip())


def kind(answer: Any) -> str:
    """A word that a beginner understands for the type of an answer."""
    if isinstance(answer, (bool, np.bool_)):
        return "True or False"
    if isinstance(answer, pd.DataFrame):
        return f"a table (DataFrame) of {answer.shape[0]} rows and {answer.shape[1]} columns"
    if isinstance(answer, pd.Series):
        return f"a Series of {len(answer)} values"
    if isinstance(answer, np.ndarray):
        return f"an array of {answer.size} values"
    if isinstance(answer, (numbers.Number, np.number)):
        return "one number"
    words = {str: "a text", dict: "a dict", list: "a list", tuple: "a tuple", set: "a set"}
    if callable(answer):
        return "a function (are its brackets () missing?)"
    return words.get(type(answer), f"an object of type {type(answer).__name__}")


def size_of(answer: Any) -> int:
    """How many values an answer holds; 1 where that has no meaning."""
    if isinstance(answer, (pd.Series, pd.DataFrame, np.ndarray)):
        return answer.size
    return len(answer) if isinstance(answer, (list, tuple, set, dict)) else 1


def as_number(value: Any, where: str = "Your answer") -> float:
    """One finite number out of a Python, NumPy or pandas value."""
    if isinstance(value, (pd.Series, pd.DataFrame, np.ndarray, list, tuple)):
        flat = np.asarray(value, dtype=object).ravel()
        if flat.size != 1:
            raise Misread(f"{where} is {kind(value)}; one number is wanted.")
        value = flat[0]
    if is_open(value) or value is pd.NA or value is pd.NaT:
        raise Misread(f"{where} is still empty.")
    if isinstance(value, str):
        raise Misread(f"{where} is the text {value[:40]!r}, not a number. {instead_of(value)}")
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (numbers.Number, np.number)):
        raise Misread(f"{where} is {kind(value)}; a number is wanted.")
    if isinstance(value, (complex, np.complexfloating)):
        raise Misread(f"{where} is a complex number; a plain number is wanted.")
    number = float(value)
    if math.isnan(number):
        raise Misread(
            f"{where} is NaN, which means 'no value'. Look for a missing value in the rows you used, "
            "or for labels that do not match."
        )
    if math.isinf(number):
        raise Misread(f"{where} is infinite. Did you divide by zero?")
    return number


def instead_of(text: str) -> str:
    """What to type instead of a number that came as a text."""
    text = text.strip()
    if re.fullmatch(r"[-+]?[\d.,]+ ?(%|percent|per cent)", text):
        number = text.rstrip("percnt% ").replace(",", ".")
        return (
            f"Type {number}, without quotation marks and without a word or sign for percent; if a share "
            "from 0 to 1 is asked, divide it by 100."
        )
    if re.fullmatch(r"[\d.]+ ?/ ?[\d.]+", text):
        return f"Without the quotation marks it is a division, which Python works out: type {text}."
    if re.fullmatch(r"[-+]?\d*,\d+", text):
        return f"Type {text.replace(',', '.')}: a point for the decimals, and no quotation marks."
    if re.fullmatch(r"[-+]?\d*\.?\d+", text):
        return f"Take the quotation marks away: type {text}."
    return "Type a number in figures, such as 12 or 0.5, without quotation marks."


def look_rounded(pairs: Sequence[tuple[float, float]]) -> bool:
    """Is each first value the second, cut to two or three digits or to the same few decimals?"""
    if not pairs or all(b == int(b) for _, b in pairs):  # counts are not rounded
        return False
    digits = all(any(close(a, float(f"{b:.{n}g}"), 1e-9) for n in (2, 3)) for a, b in pairs)
    largest = max(abs(b) for _, b in pairs)
    return digits or any(
        largest >= 10 ** (1 - places) and all(close(a, round(b, places), 1e-9) for a, b in pairs)
        for places in range(5)
    )


ROUNDED = (
    "What differs looks rounded: it agrees with the tables as far as it goes. Leave out round(...) "
    "and give every decimal."
)


def close(a: float, b: float, tolerance: float) -> bool:
    return abs(a - b) <= tolerance + 1e-12


def differing(answer: Mapping, reference: Mapping, tolerance: float, share: bool) -> list:
    """Keys of the reference whose values differ; shares may all be percent, whichever fits better."""

    def at(scale: float) -> list:
        return [
            key
            for key, value in reference.items()
            if key not in answer or not close(answer[key] / scale, value, tolerance)
        ]

    return min((at(scale) for scale in ((1, 100) if share else (1,))), key=len)


def spelling(labels: Sequence[Any]) -> dict[str, Any]:
    """Every label by its spelling without capitals and outer spaces."""
    return {str(label).strip().casefold(): label for label in labels}


LONGEST_LABEL = 60  # characters of a label in a sentence


def name_some(labels: Sequence[Any], most: int = 4) -> str:
    """'A, B, C and 2 more'."""
    shown = ", ".join(str(label)[:LONGEST_LABEL] for label in labels[:most])
    return shown if len(labels) <= most else f"{shown} and {len(labels) - most} more"


@dataclass(frozen=True)
class Number:
    """One number. `share=True` takes 0.25 and 25 (percent) alike; low and high are its limits."""

    tolerance: float = 1e-6
    share: bool = False
    low: float = -math.inf
    high: float = math.inf
    percent: bool = False  # a guess from 0 to 100: ask back if it looks like 0 to 1

    def read(self, answer: Any, partial: bool = False) -> float:
        number = as_number(answer)
        if self.percent and 0 < number < 1 and not partial:
            raise Misread(
                f"Your answer is {number:g}, and the scale goes from 0 to 100. Did you mean "
                f"{100 * number:g}? Then type {100 * number:g}. If you did mean less than one "
                "chance in a hundred, type 0 or 1."
            )
        if not self.low <= number <= self.high and not partial:
            raise Misread(
                f"Your answer is {number:g}; it must lie between {self.low:g} and {self.high:g}."
            )
        return number

    def same(self, a: float, b: float) -> bool:
        return close(a, b, self.tolerance) or (self.share and close(a / 100, b, self.tolerance))

    def diagnose(self, answer: float, reference: float) -> str:
        pairs = [(answer, reference)]
        return diagnose_scale(pairs, self.tolerance) or (
            ROUNDED
            if look_rounded(pairs)
            else f"Your value is {answer:g}. It was read well, but it is not the value the task asks for."
        )


def diagnose_scale(pairs: list[tuple[float, float]], tolerance: float) -> str:
    """A sentence if all values are off by one factor or sign that has a usual cause."""
    factors = {
        100: "Your numbers are 100 times those asked for: percent where a share (0 to 1) is wanted?",
        0.01: "Your numbers are a hundredth of those asked for: a share where percent is wanted?",
        1e3: "Your numbers are 1,000 times those asked for: check the unit (thousand, million, billion).",
        1e-3: "Your numbers are a thousandth of those asked for: check the unit.",
        1e6: "Your numbers are a million times those asked for: check the unit.",
        1e-6: "Your numbers are a millionth of those asked for: check the unit.",
        -1: "The size is right, the sign is not: which of the two is subtracted from which?",
    }
    pairs = [(a, b) for a, b in pairs if abs(b) > tolerance]  # near zero every factor fits
    if not pairs:
        return ""
    for factor, sentence in factors.items():
        if all(close(a / factor, b, tolerance) for a, b in pairs):
            return sentence
    return ""


@dataclass(frozen=True)
class Numbers:
    """Named numbers: one for each label, as a Series, a dict or a small table.

    labels      a function that returns the labels wanted (read from the tables)
    what        what a label is, in the singular ("organisation")
    other_names other spellings of the labels -> label
    low, high   limits that every honest value keeps
    """

    labels: Callable[[], Sequence[str]]
    what: str = "label"
    tolerance: float = 1e-6
    share: bool = False
    low: float = -math.inf
    high: float = math.inf
    other_names: Callable[[], Mapping[str, str]] = dict
    example: str = "{'A': 1, 'B': 2}"

    def read(self, answer: Any, partial: bool = False) -> dict[str, float]:
        pairs = self._pairs(answer)
        if not pairs:
            raise Misread(
                "Your answer is empty: no row was kept. Compare the texts in your filter with the "
                "table letter by letter; capital letters count."
            )
        wanted = spelling(self.labels())
        wanted |= {str(k).casefold(): v for k, v in self.other_names().items()}
        found: dict[str, float] = {}
        extra, empty = [], []
        for name, value in pairs:
            label = wanted.get(str(name).strip().casefold())
            if label is None:
                extra.append(name)
            elif is_open(value):
                empty.append(label)
            elif label in found:
                raise Misread(
                    f"{label!r} stands in your answer more than once; one value per {self.what} is wanted. "
                    "Is a filter or a groupby missing?"
                )
            else:
                found[label] = as_number(value, f"Your value for {label!r}")
        if extra and all(isinstance(name, numbers.Integral) for name in extra) and not found:
            raise Misread(
                f"Your values stand under row numbers ({name_some(extra)}), not under names. One "
                f"value per {self.what} is wanted: make the names the index first, with "
                "set_index(...)."
            )
        if extra:
            shown = name_some(
                [name if len(str(name)) <= 40 else f"{str(name)[:40]}..." for name in extra]
            )
            raise Misread(
                f"Your answer has entries that the task does not ask for: {shown}. "
                f"Its {self.what}s should be {name_some(list(self.labels()), 12)}."
            )
        missing = [label for label in self.labels() if label not in found]
        if missing and not partial:
            verb, error = ("open", Unfinished) if empty else ("missing", Misread)
            raise error(
                f"Still {verb}: {name_some(missing)}. One number per {self.what} is wanted."
            )
        outside = [label for label, value in found.items() if not self.low <= value <= self.high]
        if outside and not partial:
            raise Misread(
                f"A value for {name_some(outside)} lies outside {self.low:g} to {self.high:g}, "
                "the range that this measure can take."
            )
        return found

    def _pairs(self, answer: Any) -> list[tuple[Any, Any]]:
        if isinstance(answer, pd.DataFrame):
            answer = self._column(answer)
        if isinstance(answer, pd.Series):
            return list(zip(answer.index, answer.tolist(), strict=True))
        if isinstance(answer, Mapping):
            return list(answer.items())
        if isinstance(answer, (list, tuple, np.ndarray)):
            raise Misread(
                f"You gave {kind(answer)} without labels, so nobody can see which number belongs to "
                f"which {self.what}. Give a Series with labels or a dict such as {self.example}."
            )
        raise Misread(
            f"You gave {kind(answer)}; a Series or a dict such as {self.example} is wanted."
        )

    def _column(self, table: pd.DataFrame) -> pd.Series:
        """The one column of numbers, with the labels as index."""
        known = {str(label).casefold() for label in self.labels()}
        known |= {str(name).casefold() for name in self.other_names()}
        if len(table) == 1 and {str(c).casefold() for c in table.columns} >= known:
            return table.iloc[0]
        for column in table.columns:
            values = [str(value).strip().casefold() for value in table[column]]
            if values and set(values) <= known:
                table = table.set_index(column)
                break
        numeric = table.select_dtypes("number")
        if numeric.shape[1] != 1:
            raise Misread(
                f"Your table has {numeric.shape[1]} columns of numbers; one is wanted. "
                "Pick it with table['name']."
            )
        return numeric.iloc[:, 0]

    def same(self, a: Mapping[str, float], b: Mapping[str, float]) -> bool:
        return not differing(a, b, self.tolerance, self.share)

    def diagnose(self, answer: Mapping[str, float], reference: Mapping[str, float]) -> str:
        sentence = diagnose_scale([(answer[k], v) for k, v in reference.items()], self.tolerance)
        if sentence:
            return sentence
        total = sum(answer.values())
        if (
            self.share
            and not (close(total, 1, 0.005) or close(total, 100, 0.5))
            and (close(sum(reference.values()), 1, 0.005))
        ):
            return f"Shares must add up to 1; yours add up to {total:.2f}. What is in your denominator?"
        differ = differing(answer, reference, self.tolerance, self.share)
        if look_rounded([(answer[key], reference[key]) for key in differ]):
            return ROUNDED
        return (
            f"{len(reference) - len(differ)} of {len(reference)} values agree with the tables. "
            f"Look again at {name_some(differ)}."
        )


@dataclass(frozen=True)
class Grid:
    """A table of numbers with named rows and columns, either way round."""

    rows: Callable[[], Sequence[str]]
    columns: Callable[[], Sequence[str]]
    tolerance: float = 1e-6
    share: bool = False
    example: str = "a DataFrame"

    def read(self, answer: Any, partial: bool = False) -> dict[tuple[str, str], float]:
        rows, columns = list(self.rows()), list(self.columns())
        known = spelling([*rows, *columns])
        table = self._table(answer)
        table = table.rename(
            index=lambda label: known.get(str(label).strip().casefold(), label),
            columns=lambda label: known.get(str(label).strip().casefold(), label),
        )
        if set(table.columns) & set(rows) and set(table.index) & set(columns):
            table = table.T
        if not partial:
            for have, want, word in (
                (table.index, rows, "rows"),
                (table.columns, columns, "columns"),
            ):
                missing = [label for label in want if label not in set(have)]
                if missing:
                    raise Misread(
                        f"Your table lacks the {word} {name_some(missing, 6)}. "
                        f"Found: {name_some(list(have), 6) or 'nothing (does your filter keep any row?)'}."
                    )
                extra = [label for label in have if label not in want]
                if extra:
                    raise Misread(
                        f"Your table has {word} that are not asked for: {name_some(extra)}."
                    )
        if table.index.has_duplicates or table.columns.has_duplicates:
            raise Misread("A row or column name stands in your table more than once.")
        return {
            (row, column): as_number(table.loc[row, column], f"Your value for {row!r}, {column!r}")
            for row in rows
            for column in columns
            if row in table.index and column in table.columns
        }

    def _table(self, answer: Any) -> pd.DataFrame:
        if isinstance(answer, Mapping):
            still = [name for name, row in answer.items() if is_open(row)]
            if still:
                raise Unfinished(f"Still open: {name_some(still, 6)}.")
            try:
                answer = pd.DataFrame(answer)
            except Exception as error:
                raise Misread(
                    "Your dict could not be read as a table. Give a DataFrame, or a dict of dicts."
                ) from error
        if not isinstance(answer, pd.DataFrame):
            raise Misread(f"You gave {kind(answer)}; {self.example} is wanted.")
        names = set(self.rows()) | set(self.columns())
        for column in answer.columns:  # labels left in a column after reset_index
            if len(answer) and set(answer[column].astype(str)) <= names:
                return answer.set_index(column)
        return answer

    def same(self, a: Mapping, b: Mapping) -> bool:
        return not differing(a, b, self.tolerance, self.share)

    def diagnose(self, answer: Mapping, reference: Mapping) -> str:
        sentence = diagnose_scale([(answer[k], v) for k, v in reference.items()], self.tolerance)
        if sentence:
            return sentence
        differ = differing(answer, reference, self.tolerance, self.share)
        if look_rounded([(answer[cell], reference[cell]) for cell in differ]):
            return ROUNDED
        rows = list(dict.fromkeys(row for row, _ in differ))
        return (
            f"{len(reference) - len(differ)} of {len(reference)} cells agree. "
            f"Look again at the rows {name_some(rows)}."
        )


@dataclass(frozen=True)
class Choice:
    """One option out of a few, by its name."""

    options: Sequence[str]

    def read(self, answer: Any, partial: bool = False) -> str:
        return read_option(answer, self.options, "Your answer")

    def same(self, a: str, b: Any) -> bool:
        return a in b if isinstance(b, (set, frozenset)) else a == b

    def diagnose(self, answer: str, reference: Any) -> str:
        return f"You chose {answer!r}. Read the other options again before you choose."


def read_option(value: Any, options: Sequence[str], where: str) -> str:
    if not isinstance(value, str):
        raise Misread(
            f"{where} is {kind(value)}; write one of {', '.join(options)} in quotation marks."
        )

    def plain(text: str) -> str:
        return text.strip().strip(".()").casefold().replace(" ", "_").replace("-", "_")

    for option in options:
        if plain(value) == plain(option):
            return option
    raise Misread(
        f"{where}, {value[:40]!r}, is not one of the options. Use one of: {', '.join(options)}."
    )


@dataclass(frozen=True)
class Choices:
    """One option for each of several items; the reference holds a set of accepted ones per item."""

    items: Sequence[str]
    options: Sequence[str]
    what: str = "claim"
    good: str = "can be defended"
    again: str = "Go back to the record for"

    def read(self, answer: Any, partial: bool = False) -> dict[str, str]:
        if isinstance(answer, pd.DataFrame):
            raise Misread(
                "You gave a table; pick its column of verdicts and use the item names as index."
            )
        if isinstance(answer, pd.Series):
            answer = answer.to_dict()
        if not isinstance(answer, Mapping):
            raise Misread(
                f"You gave {kind(answer)}; a dict with one entry per {self.what} is wanted."
            )
        extra = [name for name in answer if name not in self.items]
        if extra:
            raise Misread(
                f"Unknown {self.what}: {name_some(extra)}. The names are {', '.join(self.items)}."
            )
        still = [item for item in self.items if is_open(answer.get(item))]
        if still and not partial:
            raise Unfinished(f"Still open: {name_some(still, 12)}.")
        return {
            item: read_option(answer[item], self.options, f"Your entry for {item!r}")
            for item in self.items
            if not is_open(answer.get(item))
        }

    def same(self, a: Mapping[str, str], b: Mapping[str, Any]) -> bool:
        return all(
            item in a and (a[item] in ok if isinstance(ok, (set, frozenset)) else a[item] == ok)
            for item, ok in b.items()
        )

    def diagnose(self, answer: Mapping[str, str], reference: Mapping[str, Any]) -> str:
        differ = [item for item in reference if not self.same(answer, {item: reference[item]})]
        return (
            f"{len(reference) - len(differ)} of {len(reference)} {self.good}. "
            f"{self.again} {name_some(differ, 12)}."
        )


@dataclass(frozen=True)
class Parts:
    """Several short answers under one name, each with a form of its own: {"a": 3, "b": "yes"}."""

    forms: Mapping[str, Any]

    def read(self, answer: Any, partial: bool = False) -> dict[str, Any]:
        if not isinstance(answer, Mapping):
            raise Misread(
                f"You gave {kind(answer)}; a dict with {', '.join(self.forms)} is wanted."
            )
        extra = [str(label)[:20] for label in answer if label not in self.forms]
        if extra:
            raise Misread(f"Unknown: {name_some(extra)}. The letters are {', '.join(self.forms)}.")
        still = [label for label in self.forms if is_open(answer.get(label))]
        if still and not partial:
            raise Unfinished(f"Still open: {name_some(still, 12)}.")
        read = {}
        for label, form in self.forms.items():
            if label in still:
                continue
            try:
                read[label] = form.read(answer[label])
            except Misread as misread:
                raise Misread(f"{label}: {misread}") from None
        return read

    def same(self, a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
        return all(label in a and self._alike(label, a[label], part) for label, part in b.items())

    def _alike(self, label: str, a: Any, b: Any) -> bool:
        try:
            return self.forms[label].same(a, b)
        except TypeError:  # a word where the other is a number
            return False

    def diagnose(self, answer: Mapping[str, Any], reference: Mapping[str, Any]) -> str:
        differ = [label for label in reference if not self.same(answer, {label: reference[label]})]
        agree = len(reference) - len(differ)
        return f"{agree} of {len(reference)} are right. Look again at {name_some(differ, 12)}."


@dataclass(frozen=True)
class Codes:
    """Ordinal codes for a set of cells; right is every code inside its accepted band.

    The reference maps (group, item) -> (lowest, highest) code that a careful coder can defend.
    `core` names the groups that must be there; others out of `groups` are welcome.
    """

    core: Sequence[str]
    items: Sequence[str]
    groups: Sequence[str]
    top: int = 3

    def read(self, answer: Any, partial: bool = False) -> dict[tuple[str, str], int]:
        if isinstance(answer, pd.DataFrame):
            answer = {row: answer.loc[row].to_dict() for row in answer.index}
        if not isinstance(answer, Mapping):
            raise Misread(f"You gave {kind(answer)}; the coding sheet is a dict of dicts.")
        known = spelling([*self.groups, *self.items])
        answer = {
            known.get(str(group).strip().casefold(), group): {
                known.get(str(item).strip().casefold(), item): code for item, code in row.items()
            }
            if isinstance(row, Mapping)
            else row
            for group, row in answer.items()
        }
        unknown = [group for group in answer if group not in self.groups]
        if unknown:
            raise Misread(
                f"Your sheet has {name_some(unknown)}; the names are {name_some(self.groups, 12)}."
            )
        found: dict[tuple[str, str], int] = {}
        still = []
        for group in dict.fromkeys([*(() if partial else self.core), *answer]):
            row = answer.get(group)
            for item in self.items:
                code = row.get(item) if isinstance(row, Mapping) else None
                if is_open(code):
                    if not partial:
                        still.append(f"{group} {item}")
                    continue
                number = as_number(code, f"Your code for {group} {item}")
                if number != int(number) or not 0 <= number <= self.top:
                    raise Misread(
                        f"Your code for {group} {item} is {number:g}; "
                        f"only the whole numbers 0 to {self.top} are on the scale."
                    )
                found[group, item] = int(number)
        if still:
            raise Unfinished(
                f"Still open: {name_some(still, 6)}. Code the text before you, then compare."
            )
        return found

    def same(self, a: Mapping, b: Mapping) -> bool:
        """Inside the bands of `b`; a band is (lowest, highest), a plain number stands for itself."""
        bands = {
            cell: band if isinstance(band, tuple) else (band, band) for cell, band in b.items()
        }
        return all(
            bands[cell][0] <= code <= bands[cell][1] for cell, code in a.items() if cell in bands
        )

    def diagnose(self, answer: Mapping, reference: Mapping) -> str:
        outside = [
            f"{g} {i}"
            for (g, i), code in answer.items()
            if not self.same({(g, i): code}, reference)
        ]
        return (
            f"{len(answer) - len(outside)} of {len(answer)} codes lie inside the band that a careful "
            f"second coder could defend. Look again at {name_some(outside, 6)}: which words of the card "
            "carry your code, and which anchor do they meet?"
        )


@dataclass(frozen=True)
class Ordering:
    """A list of labels in the right order."""

    labels: Sequence[str]

    def read(self, answer: Any, partial: bool = False) -> tuple[str, ...]:
        if isinstance(answer, str):
            answer = [part for part in answer.replace(",", " ").split() if part]
            answer = list(answer[0]) if len(answer) == 1 and len(answer[0]) > 1 else answer
        if isinstance(answer, (pd.Series, np.ndarray)):
            answer = list(answer)
        if not isinstance(answer, (list, tuple)):
            raise Misread(f"You gave {kind(answer)}; a list such as {list(self.labels)} is wanted.")
        found = tuple(str(label).strip().upper() for label in answer)
        if sorted(found) != sorted(label.upper() for label in self.labels):
            raise Misread(f"Use each of {', '.join(self.labels)} exactly once.")
        return found

    def same(self, a: tuple, b: tuple) -> bool:
        return tuple(a) == tuple(b)

    def diagnose(self, answer: tuple, reference: tuple) -> str:
        right = 0
        while answer[right] == reference[right]:
            right += 1
        start = (
            "The first step cannot stand there"
            if not right
            else "The first step is right"
            if right == 1
            else f"The first {right} steps are right"
        )
        return f"{start}. Ask of each step: what must be there before it can be done?"


@dataclass(frozen=True)
class Essay:
    """A text of one's own (or several under names): kept, counted, never marked."""

    least_words: int
    parts: Sequence[str] = ()

    def read(self, answer: Any, partial: bool = False) -> dict[str, str]:
        if not self.parts:
            answer = {"Your text": answer}
        if not isinstance(answer, Mapping):
            raise Misread(f"You gave {kind(answer)}; a dict with a text for each part is wanted.")
        names = self.parts or ("Your text",)
        texts = {name: answer.get(name) for name in names}
        still = [name for name, text in texts.items() if is_open(text)]
        if still:
            raise Unfinished(f"Still open: {name_some(still, 6)}.")
        for name, text in texts.items():
            if not isinstance(text, str):
                raise Misread(f"{name} is {kind(text)}; write a text in quotation marks.")
            words = len(text.split())
            if words < self.least_words:
                raise Misread(
                    f"{name} has {words} word{'s' * (words != 1)}. Say it in at least "
                    f"{self.least_words}, so that somebody who disagrees could answer you."
                )
        return texts


@dataclass(frozen=True)
class Indicators:
    """Two yearly indicators in one table: checked for form, never for the choice made."""

    columns: Sequence[str]
    first_year: int
    last_year: int

    def read(self, answer: Any, partial: bool = False) -> pd.DataFrame:
        if not isinstance(answer, pd.DataFrame):
            raise Misread(f"You gave {kind(answer)}; a DataFrame with a row per year is wanted.")
        table = answer.set_index("year") if "year" in answer.columns else answer
        missing = [column for column in self.columns if column not in table.columns]
        if missing:
            raise Misread(
                f"The column {name_some(missing)} is missing. "
                f"Found: {name_some(list(table.columns))}."
            )
        wanted = list(range(self.first_year, self.last_year + 1))
        found = pd.to_numeric(pd.Series(table.index), errors="coerce").tolist()
        lacking = [year for year in wanted if year not in found]
        if lacking:
            raise Misread(
                f"Rows are missing for {name_some(lacking)}. The index must hold every year from "
                f"{self.first_year} to {self.last_year}; a year in which nothing happened is a 0 in "
                "a count. (reindex brings it back.)"
            )
        if len(found) > len(wanted):
            surplus = [label for label in table.index if label not in wanted] or ["a year twice"]
            raise Misread(f"The index holds more than the years asked for: {name_some(surplus)}.")
        for column in self.columns:
            for year, value in table[column].items():
                if as_number(value, f"Your {column} in {year}") < 0:
                    raise Misread(
                        f"Your {column} in {year} is negative; a count or share cannot be."
                    )
        if table[self.columns[0]].equals(table[self.columns[1]].rename(self.columns[0])):
            raise Misread(
                "Both columns hold the same numbers: one indicator cannot show both sides."
            )
        return table


@dataclass(frozen=True)
class Dossier:
    """A table of checked claims: looked at for its form, never for the verdicts.

    columns   every column that the table must have
    options   column -> the words that it may hold
    numbers   column -> (lowest, highest)
    rows      how many claims are wanted
    words     column -> most words (a quotation)
    """

    columns: Sequence[str]
    options: Mapping[str, Sequence[str]]
    numbers: Mapping[str, tuple[float, float]]
    words: Mapping[str, int]
    rows: int = 5

    def read(self, answer: Any, partial: bool = False) -> pd.DataFrame:
        if not isinstance(answer, pd.DataFrame):
            raise Misread(
                f"You gave {kind(answer)}; a list of dicts in pd.DataFrame(...) is wanted."
            )
        table = answer.rename(columns=lambda name: str(name).strip().casefold())
        missing = [column for column in self.columns if column not in table.columns]
        if missing:
            raise Misread(
                f"The column {name_some(missing, 9)} is missing. "
                f"Found: {name_some(list(table.columns), 9)}."
            )
        if table.columns.has_duplicates:
            raise Misread("A column name stands in your table more than once.")
        table = table[list(self.columns)].reset_index(drop=True)
        if len(table) != self.rows:
            raise Misread(f"Your dossier has {len(table)} rows; {self.rows} claims are wanted.")
        for column in self.columns:
            for row, value in enumerate(table[column], start=1):
                self._cell(column, value, f"Row {row}, column {column},")
        for column in self.columns[:1]:
            texts = table[column].map(lambda text: " ".join(str(text).casefold().split()))
            if texts.duplicated().any():
                raise Misread(f"Two rows hold the same {column}; {self.rows} different are wanted.")
        return table

    def _cell(self, column: str, value: Any, where: str) -> None:
        if np.ndim(value) or is_open(value) or pd.isna(value):
            raise Misread(f"{where} is empty. Every cell needs an entry.")
        if column in self.numbers:
            low, high = self.numbers[column]
            if not low <= as_number(value, where.rstrip(",")) <= high:
                raise Misread(f"{where} holds {value}; it must lie between {low:g} and {high:g}.")
        if column in self.options:
            read_option(value, self.options[column], where.rstrip(","))
        most = self.words.get(column)
        if most and len(str(value).split()) > most:
            raise Misread(f"{where} has {len(str(value).split())} words; quote at most {most}.")
