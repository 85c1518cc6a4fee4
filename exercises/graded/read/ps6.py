"""Problem set 6 to read: tables in place of code. For the instructor only; students get the cells."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd

from multipolarity import measures
from multipolarity.grading.read_only import Question, Twin, table
from multipolarity.problem_sets import ps6


def twins(task: dict[str, Any], key: ModuleType) -> list[Twin]:
    """In the order of the notebook; `key` is the set's key."""
    return [
        _agreement(task, key),
        _kappa(task, key),
        _chance_agreement(task, key),
        _alpha(task, key),
        _alpha_without(task, key),
        _reach(task, key),
        _large(task, key),
        _newcomers(task, key),
    ]


def _agreement(task: dict[str, Any], key: ModuleType) -> Twin:
    frames = key._codes(task, "frame")
    share = key.agreement(task)["frame"]
    return Twin(
        "agreement",
        "The frames that the coders A and B gave to your twenty posts.\n\n"
        + table(frames, index="post"),
        {
            "a": Question("On how many of the twenty posts do A and B agree?", 20 * share),
            "b": Question("The share of the posts on which they agree, from 0 to 1.", share),
        },
    )


def _kappa(task: dict[str, Any], key: ModuleType) -> Twin:
    agreement, kappa = key.agreement(task)["technique"], key.kappa(task)
    codes = key._codes(task, "technique")
    chance = key.chance_agreement(list(codes["A"]), list(codes["B"]))
    return Twin(
        "kappa",
        "Cohen's kappa takes off what chance would give: (agreement - chance) divided by (1 - chance). On "
        f"the *technique* A and B agree on a share of {agreement:.4f} of your twenty posts; by chance it "
        f"would be {chance:.4f}. Their kappa on the *frame* is {kappa['frame']:.3f}.",
        {
            "a": Question("Kappa of the technique.", kappa["technique"]),
            "b": Question(
                "With only two codes, each used for half of the posts, chance would give 0.5. What would "
                "kappa of the technique be then, with the same agreement?",
                (agreement - 0.5) / 0.5,
            ),
            "c": Question(
                "Kappa of the technique less kappa of the frame, with its sign.",
                kappa["technique"] - kappa["frame"],
            ),
        },
    )


def _chance_agreement(task: dict[str, Any], key: ModuleType) -> Twin:
    codes = key._codes(task, "frame").iloc[:10]
    counts = codes.apply(lambda column: column.value_counts()).fillna(0).astype(int)
    counts = counts.sort_values(["A", "B"], ascending=False)
    both = counts["A"] * counts["B"]
    shown = counts.assign(**{"A times B": both}).astype(object)
    shown.loc[counts.index[0], "A times B"] = "?"
    return Twin(
        "chance_agreement",
        "How often A and B gave each frame to the first ten of your posts. If each drew frames at random, as "
        "often as counted here, the chance that both draw a given frame would be the product of its two "
        "counts, divided by 100.\n\n" + table(shown, index="frame"),
        {
            "a": Question("The product that is missing.", both.iloc[0]),
            "b": Question(
                "The chance that both draw the same frame, whichever it is, from 0 to 1.",
                both.sum() / 100,
            ),
        },
    )


def _alpha(task: dict[str, Any], key: ModuleType) -> Twin:
    codes = key.three(task).loc[task["posts"]]
    alpha = measures.krippendorff_alpha(codes)
    counts = codes.stack().value_counts()
    total = counts.sum()
    expected = 1 - (counts * (counts - 1)).sum() / (total * (total - 1))
    observed = (1 - alpha) * expected
    alike = codes.nunique(axis=1) == 1
    return Twin(
        "alpha",
        "An invented coder C has coded the technique of your twenty posts, too.\n\n"
        + table(codes, index="post") +
        "\n\nFor Krippendorff's alpha the observed disagreement is divided by the disagreement that chance "
        "gives; alpha is 1 less this quotient. Here the observed disagreement is "
        f"{observed:.4f}, that of chance {expected:.4f}.",
        {
            "a": Question("On how many of the twenty posts do all three agree?", alike.sum()),
            "b": Question("Alpha of the three.", alpha),
        },
    )  # fmt: skip


def _alpha_without(task: dict[str, Any], key: ModuleType) -> Twin:
    without = pd.Series(key.alpha_without(task)).rename("alpha without")
    return Twin(
        "alpha_without",
        "Alpha of the two coders who remain when one is left out, on your twenty posts.\n\n"
        + table(without, digits=4, index="coder left out"),
        {
            "a": Question(
                "Without which coder is alpha lowest, so that this coder agrees best with the others? If "
                "without several, name one.",
                frozenset(without.index[without < without.min() + 1e-9]),
                ps6.CODERS,
            ),
            "b": Question(
                "The highest of the three values less the lowest.", without.max() - without.min()
            ),
        },
    )


def _settings(task: dict[str, Any]) -> str:
    return "; ".join(
        f"*{case}*: start {s['start']}, beta {s['beta']}, gamma {s['gamma']}"
        for case, s in ((case, task[case]) for case in ps6.CASES)
    )


def _reach(task: dict[str, Any], key: ModuleType) -> Twin:
    runs = pd.DataFrame(key.runs(task))
    means, errors = runs.mean(), runs.std() / 20
    difference = means["after"] - means["before"]
    shown = pd.DataFrame({"mean": means, "standard deviation": runs.std()})
    return Twin(
        "reach",
        f"The model of simple contagion, run 400 times in two settings ({_settings(task)}). How many "
        "accounts a run reached:\n\n" + table(shown, digits=4, index="setting"),
        {
            "a": Question("The mean after less the mean before, with its sign.", difference),
            "b": Question(
                "The standard error of the mean before: its standard deviation divided by 20, the root "
                "of 400.",
                errors["before"],
            ),
            "c": Question(
                "The difference, without sign, divided by the *sum* of the two standard errors. Do not "
                "round in between. (Above 2 one would hardly call it chance.)",
                abs(difference) / errors.sum(),
            ),
        },
    )


def _large(task: dict[str, Any], key: ModuleType) -> Twin:
    runs = pd.DataFrame(key.runs(task))
    sizes = {
        "1": (1, 1),
        "2 to 4": (2, 4),
        "5 to 9": (5, 9),
        "10 to 19": (10, 19),
        "20 or more": (20, 99),
    }
    counts = {
        name: {case: runs[case].between(*ends).sum() for case in ps6.CASES}
        for name, ends in sizes.items()
    }
    share = key.large(task)
    return Twin(
        "large",
        "The same runs by the number of accounts that they reached. A run is *large* if it reaches at "
        "least 10.\n\n" + table(pd.DataFrame(counts).T, index="accounts reached"),
        {
            "a": Question("The share of large runs before, from 0 to 1.", share["before"]),
            "b": Question("The same share after.", share["after"]),
        },
    )  # fmt: skip


def _newcomers(task: dict[str, Any], key: ModuleType) -> Twin:
    friends = {"a": "bc", "b": "acd", "c": "abde", "d": "bcf", "e": "c", "f": "d"}
    first = "abcd"[ps6.STARTS.index(task["before"]["start"]) % 4]
    theta = task["before"]["gamma"]
    on = {name: name == first for name in friends}
    joined = [a for a in friends if key.newcomers({a: friends[a]}, on, theta)]
    then = {name: on[name] or name in joined for name in friends}
    shown = pd.DataFrame(
        {
            "friends": {name: ", ".join(names) for name, names in friends.items()},
            "takes part": {name: "yes" if on[name] else "no" for name in friends},
        }
    )
    return Twin(
        "newcomers",
        "Complex contagion: an account joins in the next step if at least the share theta of its friends "
        f"takes part already. Theta is {theta}.\n\n" + table(shown, index="account"),
        {
            "a": Question("How many accounts join in the next step?", len(joined)),
            "b": Question(
                "How many accounts join in the step after that?",
                key.newcomers(friends, then, theta),
            ),
            "c": Question(
                "How many would join in the next step if theta were 1?",
                key.newcomers(friends, on, 1),
            ),
        },
    )
