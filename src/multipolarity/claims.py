"""The register of claims: what the Introduction and chapter 5 state, and what the record says of it.

claims.register()       all claims, each with its verdict, as a table
claims.find("gas")      the claims in which a word occurs
claims.explain("I04")   one claim: the rule of its test, what the test saw, verdict, reason
claims.listing()        the whole register, for reading

A row whose verdict the tables can decide has no verdict in `data/claims.csv`: its test in
`claim_tests` computes it. The other verdicts were given by a reader, with the source in the row.
"""

from __future__ import annotations

import html
import textwrap

import pandas as pd

from multipolarity import claim_tests
from multipolarity.tables import DataError, load

__all__ = ["VERDICTS", "Explained", "Listing", "explain", "find", "listing", "register"]

# The course's fixed scale for a fact-check; `notebooks/claims.ipynb` explains it.
VERDICTS = (
    claim_tests.SUPPORTED,
    claim_tests.CAVEAT,
    claim_tests.CONTRADICTED,
    claim_tests.INCONSISTENT,
    claim_tests.OUTDATED,
    claim_tests.NOT_TESTABLE,
)
SHOWN = ("unit", "page", "claim", "type", "verdict", "reason")  # of `find`
SEARCHED = ("claim_id", "unit", "topic", "claim", "type", "test", "verdict", "reason")
SEARCHED += ("counter_value", "source", "status")


def register() -> pd.DataFrame:
    """Return the register: one row per claim, in the order of the pages, a verdict in every row.

    The columns are those of the table `claims` and, last, `test_name`: the function that computed
    the verdict, or missing where a reader decided.
    """
    table = load("claims")
    computed = {claim: claim_tests.run(claim) for claim in claim_tests.TESTS}
    table["verdict"] = table["claim_id"].map(computed).fillna(table["verdict"]).astype("str")
    names = {claim: test.__name__ for claim, test in claim_tests.TESTS.items()}
    table["test_name"] = table["claim_id"].map(names).astype("str")
    return table


def find(word: str) -> pd.DataFrame:
    """Return the claims in which a word, or a part of one, occurs; capital letters play no part.

    The index is the claim's id. Raises DataError, one sentence, if nothing is found.
    """
    table = register()
    wanted = str(word).strip().lower()
    if not wanted:
        raise DataError('Find what? Give a word in quotation marks: claims.find("trade").')
    hits = pd.Series(False, index=table.index)
    for column in SEARCHED:
        words = table[column].astype("str").str.lower().str.replace("_", " ")
        hits |= words.str.contains(wanted.replace("_", " "), regex=False, na=False)
    if not hits.any():
        raise DataError(
            f'No claim of the register speaks of "{word}". Try a shorter or another word; the '
            f"topics are {', '.join(sorted(table['topic'].unique()))}."
        )
    return table[hits].set_index("claim_id")[list(SHOWN)]


def explain(claim_id: str) -> Explained:
    """Return one claim on one page: text, rule of the test, what the test saw, verdict, reason.

    Raises DataError for an id that the register does not have.
    """
    rows = load("claims").set_index("claim_id")
    wanted = str(claim_id).strip().upper()
    if wanted not in rows.index:
        raise DataError(
            f'There is no claim "{claim_id}". Ids run from I01 (Introduction) and C01 (chapter 5) '
            f'on, {len(rows)} in all; claims.find("nato") lists the claims about a word.'
        )
    return Explained(rows.loc[wanted])


class Explained:
    """One claim, its test and its verdict; `facts` holds them as a dictionary of texts."""

    def __init__(self, row: pd.Series):
        claim_id = row.name
        verdict, by = row["verdict"], "a reader, from the source named"
        rule, seen, read = row["test"], [], ""
        if claim_id in claim_tests.TESTS:
            verdict = claim_tests.run(claim_id)
            by = f"the test {claim_tests.TESTS[claim_id].__name__}"
            rule = claim_tests.RULES[claim_id]
            seen = [f"{name}: {_text(fact)}" for name, fact in claim_tests.SEEN.items()]
            read = ", ".join(claim_tests.READ)
        self.claim_id, self.verdict = claim_id, verdict
        facts = {
            f"{claim_id}, p. {row['page']}": row["claim"],
            "Rule": rule,
            "Tables": read,
            "What the test saw": "; ".join(seen),
            "Verdict": verdict,
            "Also defensible": _or_empty(row["also_accepted"]),
            "Decided by": by,
            "Reason": row["reason"],
            "Source": f"{row['source']} ({row['status']})",
        }
        self.facts = {name: text for name, text in facts.items() if text}

    def __repr__(self) -> str:
        return "\n".join(
            textwrap.fill(f"{name}: {text}", 96, subsequent_indent="    ")
            for name, text in self.facts.items()
        )

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<dt>{html.escape(name)}</dt><dd>{html.escape(text)}</dd>"
            for name, text in self.facts.items()
        )
        return f"<dl>{rows}</dl>"


def listing() -> Listing:
    """Return the whole register for reading: in the book with a filter above it."""
    return Listing(register())


class Listing:
    """The register as one HTML table; `rows` holds it as a DataFrame of texts."""

    def __init__(self, table: pd.DataFrame):
        by_test = table["decided_by"] == "test"
        test = table["claim_id"].map(claim_tests.RULES).where(by_test, "Reader: " + table["test"])
        self.rows = pd.DataFrame(
            {
                "Claim": table["claim_id"],
                "Unit": table["unit"].str.replace("_", " ").str.capitalize(),
                "Page": table["page"].astype("str"),
                "What is claimed": table["claim"],
                "Type": table["type"],
                "Test": test,
                "Verdict": table["verdict"],
                "Reason": table["reason"] + " Source: " + table["source"],
                "Status": table["status"],
            }
        )

    def __repr__(self) -> str:
        rows = self.rows[["Claim", "Page", "Verdict", "What is claimed"]]
        return "\n".join(
            f"{i}  p. {page}  {verdict}  {claim}" for i, page, verdict, claim in rows.values
        )

    def _repr_html_(self) -> str:
        # The roles keep the table a table for a screen reader where the book shows cards.
        head = "".join(f"<th scope='col' role='columnheader'>{name}</th>" for name in self.rows)
        body = "".join(map(self._row, self.rows.to_dict("records")))
        return (
            f"<table class='dataframe register' role='table'><caption>The register: {len(self.rows)} "
            f"claims</caption><thead role='rowgroup'><tr role='row'>{head}</tr></thead>"
            f"<tbody role='rowgroup'>{body}</tbody></table>"
        )

    def _row(self, row: dict[str, str]) -> str:
        claim_id = row.pop("Claim")
        cells = "".join(
            f"<td role='cell' data-label='{name}'>{_breakable(text)}</td>"
            for name, text in row.items()
        )
        return (
            f"<tr role='row' data-unit='{row['Unit']}' data-verdict='{row['Verdict']}'>"
            f"<th scope='row' role='rowheader'>{claim_id}</th>{cells}</tr>"
        )


def _breakable(text: str) -> str:
    """HTML of a text in which a long_name may be broken after an underscore."""
    return html.escape(text).replace("_", "_<wbr>")


def _or_empty(value) -> str:
    return "" if pd.isna(value) else str(value)


def _text(fact) -> str:
    """A number, a day, a list or a dictionary in words."""
    if isinstance(fact, dict):
        return ", ".join(f"{_text(key)} {_text(value)}" for key, value in fact.items()) or "none"
    if isinstance(fact, list | tuple | set):
        return ", ".join(map(_text, fact)) or "none"
    if isinstance(fact, bool) or type(fact).__name__ == "bool_":
        return "yes" if fact else "no"
    if fact is pd.NaT:
        return "no date"
    if isinstance(fact, pd.Timestamp):
        return f"{fact:%Y-%m-%d}"
    return f"{fact:g}" if isinstance(fact, float) else str(fact)
