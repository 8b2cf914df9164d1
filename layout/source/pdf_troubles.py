"""What MuPDF murmurs while it shows a damaged page, as something a person understands.

It goes on where it can: a picture that cannot be decoded is left out or ends in grey, an operator it does
not know is passed over. Sound files are read without a word.
"""

from __future__ import annotations

import re

from layout.document import Finding
from layout.errors import InputError
from layout.source.refs import PageRef

_PICTURE = re.compile(r"image|jpeg|jpx|jbig2|fax", re.IGNORECASE)
_DRAWING = re.compile(r"syntax error|error during interpretation", re.IGNORECASE)
_NO_MEMORY = re.compile(r"\b[mc]alloc|\brealloc")
_CODE = re.compile(r"^code=\d+: ")
_REPEATED = re.compile(r"^\.\.\. repeated")


def troubles(murmured: str, page_id: str) -> list[Finding]:
    """Findings for MuPDF's warnings (one a line) about a page: pictures lost, drawing that makes no sense."""
    lines = [line for line in murmured.splitlines() if not _REPEATED.match(line)]
    found: list[Finding] = []
    for code, pattern, told in (
        ("picture-damaged", _PICTURE, "a picture of the page is damaged, all or a part of it is missing"),
        ("drawing-damaged", _DRAWING, "what draws the page has errors, parts of it may be missing"),
    ):
        said = next((line for line in lines if pattern.search(line)), None)
        if said is not None:
            lines = [line for line in lines if not pattern.search(line) and not _DRAWING.search(line)]
            found.append(Finding("warning", code, f"{told} ({said.strip()})", page_id))
    return found


def reason_of(error: Exception) -> str:
    """The first line of an error of MuPDF's, without its numbers."""
    lines = str(error).strip().splitlines()
    said = _CODE.sub("", lines[0]) if lines else type(error).__name__
    return "it asks for more memory than any page needs" if _NO_MEMORY.search(said) else said


def page_error(ref: PageRef, problem: str, remedy: str) -> InputError:
    """What is wrong with a page as a whole, and what to do about it."""
    return InputError(problem, file=str(ref.file), page=ref.index + 1, remedy=remedy)
