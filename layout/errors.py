"""Everything that can go wrong in a way we expect, drawn as a tree.

LayoutError                     15  anything of ours
├── UsageError                   1  wrong arguments
├── InputError                   2  a file or page that cannot be read
│   └── EncryptedError           8  ... because it asks for a password
├── DependencyError              3  a program, package or language pack is missing
├── OutputError                  4  what we made is not valid
├── AccessError                  5  a folder or file that may not be read or written
├── ResourceError                7  a page that ran out of time or memory, or crashed
└── ConfigError                  9  a profile that cannot be used

The number is the exit code of a run that ends with it. A message names the file, the page, what is
wrong and what to do about it, in one sentence.
"""

from __future__ import annotations

import re

# Line breaks and other controls, overrides of the direction of writing, halves of surrogate pairs: in a
# file's name they would part a sentence, colour a terminal, or show another name than it is.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text on one line, what cannot be printed written as ``\\x0a``."""
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


class LayoutError(Exception):
    """Base of all expected errors; knows the file and page it speaks of.

    ``file`` is the name as the user gave it, ``page`` counts from 1, ``remedy`` says what to do.
    """

    exit_code = 15

    def __init__(
        self,
        problem: str,
        *,
        file: str | None = None,
        page: int | None = None,
        remedy: str | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.file = file
        self.page = page
        self.remedy = remedy

    def __str__(self) -> str:
        where = [self.file] if self.file else []
        if self.page is not None:
            where.append(f"page {self.page}")
        place = ", ".join(where)
        text = f"{place}: {self.problem}" if place else self.problem
        return printable(f"{text}; {self.remedy}" if self.remedy else text)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.problem, self.file, self.page, self.remedy)


def _rebuild(
    kind: type[LayoutError],
    problem: str,
    file: str | None,
    page: int | None,
    remedy: str | None,
) -> LayoutError:
    return kind(problem, file=file, page=page, remedy=remedy)


class UsageError(LayoutError):
    """The command was called with arguments that make no sense."""

    exit_code = 1


class InputError(LayoutError):
    """A file or page cannot be read."""

    exit_code = 2


class EncryptedError(InputError):
    """A file opens only with a password."""

    exit_code = 8


class DependencyError(LayoutError):
    """A program, package or language pack is not installed."""

    exit_code = 3


class OutputError(LayoutError):
    """What was written does not validate."""

    exit_code = 4


class AccessError(LayoutError):
    """A file or folder may not be read or written."""

    exit_code = 5


class ResourceError(LayoutError):
    """A page ran out of time or memory, or its process died."""

    exit_code = 7


class ConfigError(LayoutError):
    """A profile holds a key or value that cannot be used."""

    exit_code = 9
