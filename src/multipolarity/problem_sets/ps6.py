"""Problem set 6 · Propaganda: do readers agree, and how does a message spread?"""

from __future__ import annotations

import random
from typing import Any

import pandas as pd

from multipolarity.forms import Number, Numbers
from multipolarity.problem_sets import Function
from multipolarity.tables import load

TITLE = "Problem set 6 · Do readers agree, and how does a message spread?"
POINTS = 20
VARIABLES = ("technique", "frame")
CODERS = ("A", "B", "C")
CASES = ("before", "after")
QUOTA = {"Velmora-aligned": 7, "Tarsolia-aligned": 7, "third party": 6}
STARTS = ("A00", "A03", "A15", "A18", "A30", "A35")
BETAS = (0.08, 0.10, 0.12, 0.15)
GAMMAS = (0.3, 0.4, 0.5)
HEADLINES = (
    "Most bots in the online war work for Russia",
    "Most bots in the online war work for Ukraine",
    "One account in five on Twitter is a pro-Russian bot",
    "Nine voices in ten on Twitter are for Ukraine, and bots made them",
)


def draw(rng: random.Random) -> dict[str, Any]:
    """Twenty posts, a third coder's codes for them, a model with one change, a headline."""
    codes = load("teaching_codes").pivot(index="post_id", columns="coder", values="technique")
    samples = (_twenty(rng, codes) for _ in range(30))
    spare = _twenty(rng, codes)
    mine, third = next((one for one in samples if _own_mix(*one, codes)), spare)
    before = {"start": rng.choice(STARTS), "beta": rng.choice(BETAS), "gamma": rng.choice(GAMMAS)}
    changed, values = rng.choice([("beta", BETAS), ("gamma", GAMMAS)])
    new = rng.choice([value for value in values if value != before[changed]])
    return {
        "posts": mine,
        "third": third,
        "before": before,
        "after": {**before, changed: new},
        "headline": rng.choice(HEADLINES),
    }


def _twenty(rng: random.Random, codes: pd.DataFrame) -> tuple[list[str], dict[str, str]]:
    """Twenty posts, so many of each side, and the codes of a third coder for them."""
    posts = load("teaching_posts")
    mine = []
    for side, number in QUOTA.items():
        mine += rng.sample(list(posts["post_id"][posts["side"] == side]), number)
    mine.sort()
    options = list(load("teaching_codebook").query("variable == 'technique'")["code"])
    third = {
        post: rng.choice([codes.at[post, "A"], codes.at[post, "B"], rng.choice(options)])
        for post in mine
    }
    return mine, third


def _own_mix(mine: list[str], third: dict[str, str], codes: pd.DataFrame) -> bool:
    """Do the coders differ clearly more or less often on these posts than on the others?

    If they do not, other posts than those asked for may give the same agreement by chance.
    """
    apart = codes["A"] != codes["B"]
    two, others = apart[mine].mean(), apart.drop(mine).mean()
    with_third = [(codes.loc[mine, coder] != pd.Series(third)).mean() for coder in ("A", "B")]
    three = (two + sum(with_third)) / 3
    return abs(two - others) > 0.09 and abs(three - others) > 0.09


def forms(task: dict[str, Any]) -> dict[str, Any]:
    """The form of each item's answer."""

    def named(labels: tuple[str, ...], what: str, **limits: Any) -> Numbers:
        example = str({label: 0.1 * n for n, label in enumerate(labels[:2], 1)})
        return Numbers(labels=lambda: labels, what=what, example=example, **limits)

    share = Number(tolerance=0.005, low=0, high=1)
    network = {"Ida": ["Joe", "Kim"], "Joe": ["Ida"], "Kim": ["Ida"]}
    sharing = {"Ida": True, "Joe": False, "Kim": False}
    return {
        "agreement": named(VARIABLES, "variable", tolerance=0.001, share=True, low=0, high=100),
        "kappa": named(VARIABLES, "variable", tolerance=0.005, low=-1, high=1),
        "chance_agreement": Function(share, [["yes", "no", "no"], ["yes", "yes", "no"]]),
        "alpha": Number(tolerance=6e-5, low=-1, high=1),
        "alpha_without": named(CODERS, "coder", tolerance=6e-5, low=-1, high=1),
        "reach": named(CASES, "case", tolerance=0.05, low=1, high=45),
        "large": named(CASES, "case", tolerance=0.001, share=True, low=0, high=100),
        "newcomers": Function(Number(low=0), [network, sharing, 0.5]),
    }
