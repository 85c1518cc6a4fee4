"""A hint at identical work: the same long answer from several students. A hint, never a verdict."""

from __future__ import annotations

import hashlib
import io
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Mapping

from multipolarity.grading.intake import grade_id, source_of

LEAST_TOKENS = 60  # shorter code is often the same by itself
LEAST_WORDS = 12
LONGEST = 20_000  # characters that are compared: odd text costs the square of its length


class Seen:
    """Remembers what was answered as hashes, so that memory does not grow with the texts.

    expected  the model answers by item: who writes what the course teaches is not named
    """

    def __init__(self, expected: Mapping[str, str]) -> None:
        self._expected = {item: _plain(text) for item, text in expected.items()}
        self._who: dict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, student: str, answers: Mapping[str, str], handed_out: Mapping) -> None:
        """Note a student's answer cells, but for those left as they were in the notebook given."""
        stubs = {grade_id(cell): source_of(cell) for cell in handed_out["cells"]}
        for item, text in answers.items():
            plain = _plain(text)
            if plain and plain not in (_plain(stubs.get(item, "")), self._expected.get(item)):
                self._who[
                    item, hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
                ].append(student)

    def groups(self) -> Iterator[tuple[str, list[str]]]:
        """Item and students of each answer that more than one gave, in order."""
        found = [(item, sorted(who)) for (item, _), who in self._who.items() if len(who) > 1]
        yield from sorted(found)


def _plain(text: str) -> str:
    """Code without comments and layout, or words without capitals; "" if short."""
    text = text[:LONGEST]
    skip = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    try:
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        code = [token.string for token in tokens if token.type not in skip]
    except (tokenize.TokenError, SyntaxError, ValueError):
        code = []
    words = text.casefold().split()
    if code and any(sign in code for sign in ("=", "(", "def")):
        return " ".join(code) if len(code) >= LEAST_TOKENS else ""
    return " ".join(words) if len(words) >= LEAST_WORDS else ""
