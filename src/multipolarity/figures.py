"""The course's one figure style and the drawings that several cells need.

Colours are Okabe and Ito's colour-blind safe set, and an organisation always has its own marker
and line as well, so that nothing is told by colour alone. Each function draws, returns the axes
and puts the source under the plot; the cell ends with `plt.show()`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
PURPLE, SKY, GREY = "#CC79A7", "#56B4E9", "#6B6B6B"

# colour, marker, hatch: the same for an organisation in every figure
LOOKS = {
    "NATO": (BLUE, "o", ""),
    "CSTO": (VERMILION, "s", "//"),
    "SCO": (GREEN, "D", ".."),
    "EU": (PURPLE, "^", "\\\\"),
    "ANZUS": (ORANGE, "v", "xx"),
    "AUKUS": (GREY, "P", "--"),
}
ROLE_LOOKS = {
    "member": (GREEN, ""),
    "observer": (ORANGE, "//"),
    "dialogue partner": ("#DDDDDD", ".."),
    "partner": ("#BBD9EC", "xx"),  # observers and dialogue partners in one, since September 2025
}
REPORT_DATE = pd.Timestamp("2023-02-28")  # the book is dated February 2023
SOURCE = "Source: "


def use_style() -> None:
    """Set the course's look for all figures of this session."""
    plt.rcParams.update(
        {
            "figure.figsize": (8, 4.6),
            "figure.dpi": 110,
            "figure.facecolor": "white",
            "savefig.facecolor": "white",
            "font.size": 10.5,
            "axes.titlesize": 12,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": "#E3E3E3",
            "grid.linewidth": 0.7,
            "axes.prop_cycle": plt.cycler(
                color=[BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, GREY]
            ),
            "lines.markersize": 7,
            "legend.frameon": False,
            "hatch.linewidth": 0.6,
        }
    )


def finish(ax, title: str, xlabel: str = "", ylabel: str = "", source: str = "", pad: float = 12):
    """Title, units on both axes and the source line under the figure."""
    ax.set_title(title, pad=pad)
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    if source:
        ax.figure.text(0.01, -0.02, SOURCE + source, fontsize=8.5, color="#444444", va="top")
    ax.figure.tight_layout()
    return ax


def commitment_profile(codes: pd.DataFrame, organisations: Sequence[str], source: str):
    """Codes 0-3 by dimension, one marker per organisation, its accepted band as a thin line.

    codes  columns organisation, label, code, code_low, code_high
    """
    labels = list(dict.fromkeys(codes["label"]))
    fig, ax = plt.subplots(figsize=(8, 6.4))
    offsets = np.linspace(-0.22, 0.22, len(organisations))
    for offset, organisation in zip(offsets, organisations, strict=True):
        rows = codes[codes["organisation"] == organisation].set_index("label").loc[labels]
        colour, marker, _ = LOOKS[organisation]
        y = np.arange(len(labels)) + offset
        ax.hlines(y, rows["code_low"], rows["code_high"], color=colour, lw=2, alpha=0.55)
        ax.plot(rows["code"], y, marker, color=colour, label=organisation, ls="none")
    for row in np.arange(len(labels) - 1) + 0.5:
        ax.axhline(row, color="#E3E3E3", lw=0.8)
    ax.set_yticks(range(len(labels)), labels)
    ax.set_xticks(range(4), ["0\nabsent", "1\nweak", "2\nfirm", "3\nstrongest"])
    ax.set_xlim(-0.2, 3.2)
    ax.grid(axis="y", visible=False)
    ax.invert_yaxis()
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=len(organisations))
    return finish(
        ax, "What the texts bind their members to", "Code on the course's scale", "", source
    )


def gap_bars(gaps: pd.Series, first: str, second: str, source: str):
    """Code of `first` minus code of `second` by dimension, in the look of whoever binds more."""
    fig, ax = plt.subplots(figsize=(8, 4.8))
    looks = [LOOKS[first] if gap >= 0 else LOOKS[second] for gap in gaps]
    bars = ax.barh(gaps.index, gaps, color=[colour for colour, _, _ in looks])
    for bar, gap, (_, _, hatch) in zip(bars, gaps, looks, strict=True):
        bar.set_hatch(hatch)
        ax.text(
            gap,
            bar.get_y() + bar.get_height() / 2,
            f" {gap:+.0f} " if gap else " 0",
            va="center",
            ha="right" if gap < 0 else "left",
        )
    ax.axvline(0, color="black", lw=0.8)
    ax.invert_yaxis()
    ax.margins(x=0.15)
    xlabel = f"Difference of codes (left: {second} binds more, right: {first} binds more)"
    return finish(ax, f"{first} minus {second}, by dimension", xlabel, "", source)


def ranking_sensitivity(by_scheme: pd.DataFrame, first: pd.Series, draws: int, source: str):
    """Left: mean code under each weighting. Right: who comes first over random weightings.

    by_scheme  rows weightings, columns organisations, mean code 0-3
    first      share of random weightings in which an organisation is first (ties counted apart)
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4.6), width_ratios=[2, 1])
    y = np.arange(len(by_scheme))
    for offset, organisation in zip((-0.09, 0, 0.09), by_scheme.columns, strict=True):
        colour, marker, _ = LOOKS[organisation]  # set a little apart: ties stay visible
        left.plot(
            by_scheme[organisation],
            y + offset,
            marker=marker,
            color=colour,
            ls="none",
            ms=9,
            label=organisation,
            alpha=0.85,
        )
    left.set_yticks(y, by_scheme.index)
    left.invert_yaxis()
    left.set_xlim(-0.1, 3.1)
    left.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=3)
    bars = right.bar(
        first.index, first * 100, color=[LOOKS.get(o, (GREY,))[0] for o in first.index]
    )
    for bar, organisation in zip(bars, first.index, strict=True):
        bar.set_hatch(LOOKS.get(organisation, (GREY, "", ""))[2])
    right.bar_label(bars, [f"{share:.1%}" for share in first])
    right.set_ylim(0, 100)
    finish(right, f"First place in\n{draws:,} weightings", "", "Share of draws (%)")
    return finish(
        left,
        "Five weightings and the\nminimum rule",
        "Mean code (last row: lowest code)",
        "",
        source,
    )


def membership_bars(memberships: pd.DataFrame, until: str, title: str, source: str):
    """One bar per country and role from start to end (or `until`), the report's date as a line."""
    rows = memberships.copy()
    last = pd.Timestamp(until)
    rows["end"] = rows["end_date"].fillna(last).clip(upper=last)
    order = rows.sort_values(["start_date", "country"]).groupby("country", sort=False)
    rank = {role: place for place, role in enumerate(ROLE_LOOKS)}
    countries = sorted(
        order.groups,
        key=lambda c: (
            min(rank[r] for r in order.get_group(c)["role"]),
            order.get_group(c)
            .loc[lambda d: d["role"].map(rank).eq(d["role"].map(rank).min()), "start_date"]
            .min(),
            c,
        ),
    )
    fig, ax = plt.subplots(figsize=(8, 0.27 * len(countries) + 1.8))
    for role, (colour, hatch) in ROLE_LOOKS.items():
        part = rows[rows["role"] == role]
        ax.barh(
            [countries.index(c) for c in part["country"]],
            part["end"] - part["start_date"],
            left=part["start_date"],
            color=colour,
            hatch=hatch,
            edgecolor="#333333",
            lw=0.5,
            height=0.68,
            label=role,
        )
    ax.axvline(REPORT_DATE, color="black", ls="--", lw=1.2)
    ax.text(REPORT_DATE, -1.0, "report ", ha="right", va="center", fontsize=9)
    ax.set_yticks(range(len(countries)), countries)
    ax.set_ylim(len(countries) - 0.4, -1.5)
    ax.xaxis.set_major_locator(mdates.YearLocator(4))
    ax.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower left", fontsize=9)
    return finish(ax, title, "Year", "", source)


def motive_matrix(matrix: pd.DataFrame, title: str, source: str):
    """Members × motives: a filled square where the chapter names the motive.

    matrix  rows members, columns motive labels, values 0 or 1
    """
    fig, ax = plt.subplots(figsize=(8, 5.2))
    y, x = np.nonzero(matrix.to_numpy())
    ax.scatter(x, y, s=230, marker="s", color=BLUE)
    empty_y, empty_x = np.nonzero(matrix.to_numpy() == 0)
    ax.scatter(empty_x, empty_y, s=14, marker=".", color="#B5B5B5")
    counts = matrix.sum()
    ax.set_xticks(
        range(matrix.shape[1]),
        [f"{m}\n({counts[m]})" for m in matrix.columns],
        rotation=40,
        ha="right",
    )
    ax.set_yticks(range(matrix.shape[0]), [f"{m} ({n})" for m, n in matrix.sum(axis=1).items()])
    ax.set_xlim(-0.6, matrix.shape[1] - 0.4)
    ax.set_ylim(matrix.shape[0] - 0.4, -0.6)
    ax.grid(visible=False)
    return finish(ax, title, "Motive (number of members)", "Member (number of motives)", source)


def share_bars(table: pd.DataFrame, claims: Mapping[str, float], title: str, source: str):
    """Grouped bars of shares in percent, with the claims as labelled vertical lines.

    table   rows measures, columns sets of members, shares 0-1
    claims  label of a line -> percent
    """
    fig, ax = plt.subplots(figsize=(8, 4.8))
    height = 0.8 / table.shape[1]
    blues = [BLUE, SKY, "#BBD9EC"]
    for i, column in enumerate(table.columns):
        y = np.arange(len(table)) + (i - (table.shape[1] - 1) / 2) * height
        ax.barh(
            y,
            table[column] * 100,
            height * 0.9,
            color=blues[i % 3],
            label=column,
            hatch=["", "//", ".."][i % 3],
            edgecolor="#333333",
            lw=0.5,
        )
    for label, percent in claims.items():
        mark_claim(ax, percent, label)
    ax.set_yticks(range(len(table)), table.index)
    ax.invert_yaxis()
    ax.set_xlim(0, 60)
    ax.grid(axis="y", visible=False)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=table.shape[1])
    return finish(ax, title, "Share of the world (%)", "", source, pad=26)


def response_table(calls: pd.DataFrame, title: str, source: str):
    """One row per call on a clause, in order of organisation and date; the column tells the answer.

    calls  columns organisation, clause, date, trigger, collective_response (yes|partly|no)
    """
    answers = {
        "no": "consultation\nat most",
        "partly": "in part",
        "yes": "common\nmeasures",
    }
    order = {organisation: place for place, organisation in enumerate(LOOKS)}
    rows = calls.sort_values("date").sort_values(
        "organisation", key=lambda o: o.map(order), kind="stable"
    )
    gaps = rows["organisation"].ne(rows["organisation"].shift()).cumsum() - 1  # air between groups
    y = np.arange(len(rows)) + 0.5 * gaps.to_numpy()
    fig, ax = plt.subplots(figsize=(8.6, 0.34 * len(rows) + 1.6))
    for place, call in zip(y, rows.itertuples(), strict=True):
        colour, marker, _ = LOOKS[call.organisation]
        ax.plot(list(answers).index(call.collective_response), place, marker, color=colour, ms=10)
    ax.set_yticks(
        y,
        [
            f"{call.trigger}  ·  {call.organisation} {call.clause}, {call.date.year}"
            for call in rows.itertuples()
        ],
        fontsize=9,
    )
    ax.set_xticks(range(3), answers.values())
    ax.set_xlim(-0.4, 2.4)
    ax.invert_yaxis()
    return finish(ax, title, "Answer of the group", "", source)


def mark_claim(ax, value: float, label: str) -> None:
    """A dashed line with its label above the plot, for a printed figure."""
    ax.axvline(value, color=VERMILION, ls="--", lw=1.4)
    ax.text(
        value,
        1.02,
        label,
        color="#A33F00",
        ha="center",
        fontsize=9,
        transform=ax.get_xaxis_transform(),
    )


def claim_bars(
    values: pd.Series, claim: float, claim_label: str, title: str, xlabel: str, source: str
):
    """Bars of computed values against one claimed value."""
    fig, ax = plt.subplots(figsize=(8, 3.4))
    ax.barh(values.index, values, color=BLUE, height=0.6)
    mark_claim(ax, claim, claim_label)
    ax.invert_yaxis()
    ax.set_xlim(0, max(claim, values.max()) * 1.15)
    ax.grid(axis="y", visible=False)
    return finish(ax, title, xlabel, "", source, pad=24)


def verdict_matrix(register: pd.DataFrame, verdicts: Sequence[str], title: str, source: str):
    """Claims by type and verdict, one panel per unit; the number stands in each circle.

    register  columns unit, type, verdict, decided_by (test | reader); a label such as
    "9 (7)" reads: nine claims, seven of them decided by a test
    """
    units = list(register["unit"].unique())
    kinds = list(register["type"].value_counts().index)
    fig, axes = plt.subplots(len(units), 1, figsize=(8.4, 4.3 * len(units)), sharex=True)
    for ax, unit in zip(np.atleast_1d(axes), units, strict=True):
        rows = register[register["unit"] == unit]
        for y, kind in enumerate(kinds):
            for x, verdict in enumerate(verdicts):
                cell = rows[(rows["type"] == kind) & (rows["verdict"] == verdict)]
                computed = int((cell["decided_by"] == "test").sum())
                if not len(cell):
                    ax.plot(x, y, ".", color="#B5B5B5", ms=3)
                    continue
                ax.scatter(x, y, s=300 + 28 * len(cell), color="#BBD9EC", edgecolor=BLUE)
                ax.text(x, y, f"{len(cell)} ({computed})", ha="center", va="center", fontsize=8.5)
        ax.set_yticks(range(len(kinds)), kinds)
        ax.set_xlim(-0.6, len(verdicts) - 0.4)
        ax.set_ylim(len(kinds) - 0.4, -0.6)
        ax.set_ylabel("Type of claim")
        ax.set_title(f"{unit.replace('_', ' ').capitalize()}: {len(rows)} claims", fontsize=10.5)
    labels = [verdict.replace("_", "\n", 2).replace("_", " ") for verdict in verdicts]
    ax.set_xticks(range(len(verdicts)), labels, fontsize=9)
    ax.set_xlabel("Verdict")
    fig.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    fig.text(0.01, -0.02, SOURCE + source, fontsize=8.5, color="#444444", va="top")
    fig.tight_layout()
    return axes
