"""One exercise: its reference is computed from the tables, never stored.

An answer is looked at in a fixed order: is there one, can it be read (type, shape, labels), does
it agree with the reference, does it show a known misconception, what does the difference look
like in general. The sentences never hold the reference itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from multipolarity.feedback import Feedback
from multipolarity.forms import Misread, Unfinished, is_open, kind, size_of

MOST_VALUES = 10_000  # a whole table handed in by mistake is not compared cell by cell
STAGES = ("predict", "run", "investigate", "modify", "make", "fact-check", "write")


@dataclass(frozen=True)
class Misconception:
    """A known wrong way and the sentence that helps out of it.

    wrong    a function that computes the wrong answer from the tables; for named values a part is
             enough: the misconception is found when the answer agrees with all of that part
    sees     instead of `wrong`: a function that recognises the mistake in the answer as given
    example  with `sees`: a function that makes such an answer (the tests use it)
    """

    name: str
    message: str
    wrong: Callable[[], Any] | None = None
    sees: Callable[[Any], bool] | None = None
    example: Callable[[], Any] | None = None

    def __post_init__(self) -> None:
        if (self.wrong is None) == (self.sees is None):
            raise ValueError(f"misconception {self.name!r}: give either wrong or sees")
        if self.sees and not self.example:
            raise ValueError(f"misconception {self.name!r}: sees needs an example")

    def recognises(self, answer: Any) -> bool:
        """Does `sees` find the mistake in the answer as given?"""
        if self.sees is None:
            return False
        try:
            return bool(self.sees(answer))
        except Exception:  # an odd answer is simply not this mistake
            return False


@dataclass(frozen=True)
class Exercise:
    """A question, the form of its answer and what is known about going wrong.

    id              "5.2": unit and number, as the notebook prints it
    stage           one of STAGES
    difficulty      1 (read off) to 5 (build it yourself)
    form            one of the classes in `forms`
    reference       a function without arguments that computes the answer from the tables; None for
                    predictions and texts, which are kept and never marked
    why             what a right answer shows; said only once it is right
    hints           from general to particular; none holds the answer
    see             the place on the page that explains the idea
    looks_back      the id of an earlier exercise whose kept answer is shown again here
    """

    id: str
    title: str
    stage: str
    difficulty: int
    form: Any
    reference: Callable[[], Any] | None = None
    why: str = ""
    misconceptions: Sequence[Misconception] = ()
    hints: Sequence[str] = ()
    see: str = ""
    looks_back: str = ""

    def __post_init__(self) -> None:
        if self.stage not in STAGES:
            raise ValueError(f"{self.id}: stage {self.stage!r} is not one of {STAGES}")
        if not 1 <= self.difficulty <= 5:
            raise ValueError(f"{self.id}: difficulty {self.difficulty!r} is not 1 to 5")

    @property
    def heading(self) -> str:
        return f"Exercise {self.id} · {self.title}"

    @cached_property
    def answer(self) -> Any:
        """The reference as the form reads it (computed once for each session)."""
        reference = self.reference()
        return reference if isinstance(reference, dict) else self.form.read(reference)

    @cached_property
    def known_wrong(self) -> list[tuple[Any, str]]:
        """The wrong answers of the misconceptions as the form reads them, with their messages."""
        return [
            (self.form.read(m.wrong(), partial=True), m.message)
            for m in self.misconceptions
            if m.wrong is not None
        ]

    def check(self, answer: Any) -> Feedback:
        """Say what is right about an answer and what to look at; raises nothing."""
        try:
            return self._check(answer)
        except Unfinished as unfinished:
            return Feedback("open", self.heading, str(unfinished))
        except Misread as misread:
            return self._retry(str(misread))
        except Exception as error:
            return self._retry(
                f"Your answer, {kind(answer)}, could not be compared ({type(error).__name__}). "
                "Show it on a line of its own and see whether it is what you meant."
            )

    def _check(self, answer: Any) -> Feedback:
        if is_open(answer):
            return Feedback(
                "open",
                self.heading,
                "Replace the three dots by your answer and run the cell again.",
            )
        if not isinstance(answer, str) and (size := size_of(answer)) > MOST_VALUES:
            raise Misread(
                f"Your answer has {size} values; the task wants far fewer. Look at its first rows "
                "with .head(): is a filter, a groupby or a single column missing?"
            )
        read, misread = None, None
        try:
            read = self.form.read(answer)
        except Misread as error:
            misread = error
        if misread is None and self.reference is None:
            return Feedback(
                "noted", self.heading, self.why or "Kept. There is no right or wrong here."
            )
        if misread is None and self.form.same(read, self.answer):
            return Feedback("right", self.heading, self.why)
        # A mistake that shows in the answer as given says more than "this cannot be read".
        seen = next((m.message for m in self.misconceptions if m.recognises(answer)), None)
        if seen:
            return self._retry(seen)
        if misread:
            raise misread
        known = (message for wrong, message in self.known_wrong if self.form.same(read, wrong))
        return self._retry(next(known, None) or self.form.diagnose(read, self.answer))

    def _retry(self, message: str) -> Feedback:
        return Feedback("retry", self.heading, message)
