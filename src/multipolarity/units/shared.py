"""What the exercises of several units have in common: options, and four kinds of small exercise."""

from __future__ import annotations

from collections.abc import Mapping

from multipolarity.claims import VERDICTS  # noqa: F401  (units take the scale from here)
from multipolarity.exercise import Exercise, Misconception
from multipolarity.forms import Choice, Essay, Number

CREDENCE = Number(low=0, high=100, percent=True)  # how likely, in percent
LETTER = Choice(options=("a", "b", "c", "d"))


def first_guess(id: str, why: str, title: str = "Before you read") -> Exercise:
    """The credence that a unit asks for before the lesson; kept, never marked."""
    return Exercise(id=id, title=title, stage="predict", difficulty=1, form=CREDENCE, why=why)


def second_guess(
    id: str,
    looks_back: str = "",
    why: str = "Kept beside your first number. A change is a result, and so is none.",
    title: str = "After the lesson",
) -> Exercise:
    """The credence at the end of a unit; `looks_back` names the first guess if it is the same one."""
    return Exercise(
        id=id,
        title=title,
        stage="predict",
        difficulty=1,
        form=CREDENCE,
        looks_back=looks_back,
        why=why,
    )


def letter_question(
    id: str,
    title: str,
    right: str,
    why: str,
    wrong: Mapping[str, tuple[str, str]],
    hint: str,
    see: str,
    *,
    stage: str = "investigate",
    difficulty: int = 1,
) -> Exercise:
    """A question with four options: peer questions and twins without code.

    wrong  letter -> (name of the misconception, sentence that helps out of it)
    """
    return Exercise(
        id=id,
        title=title,
        stage=stage,
        difficulty=difficulty,
        form=LETTER,
        reference=lambda: right,
        why=why,
        misconceptions=tuple(
            Misconception(name, message, wrong=lambda letter=letter: letter)
            for letter, (name, message) in wrong.items()
        ),
        hints=(hint,),
        see=see,
    )


def essay(id: str, title: str = "Essay", least_words: int = 600, difficulty: int = 4) -> Exercise:
    """A written answer that is kept and marked by people with the rubric of its page."""
    return Exercise(
        id=id,
        title=title,
        stage="write",
        difficulty=difficulty,
        form=Essay(least_words=least_words),
        why="Kept. Mark it yourself, or each other's, with the rubric below. Position is never marked.",
    )
