"""The weight of a page: what it asks to be drawn, counted as often as it is called for."""

from __future__ import annotations

import zlib

import pymupdf
import pytest

from layout.source.pdf_weight import HEAVIEST, weight
from tests.malformed.pdfs import Objects, plain, raw, stream

FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"


def _weight(objects: Objects) -> int:
    document = pymupdf.open("pdf", raw(objects))
    return weight(document, document[0].xref)


def _forms(times: int, depth: int, kind: str = "XObject", call: bytes = b"/X Do ") -> Objects:
    """A page that draws a form, which draws the next one so many times, and so on."""
    named = b"/Resources<</%s<</X %%d 0 R>>>>" % kind.encode()
    forms = {n: stream(call * times, FORM + named % (n + 1)) for n in range(6, 6 + depth)}
    last = stream(b"0 0 9 9 re f", FORM)
    return plain(named % 6, call, more={**forms, 6 + depth: last})


def test_instructions_are_counted() -> None:
    assert _weight(plain(contents=b"0 0 m " * 100)) == 600
    packed = stream(zlib.compress(b"0 0 m " * 100_000), b"/Filter/FlateDecode")
    assert _weight({**plain(), 4: packed}) == 600_000


@pytest.mark.parametrize(("kind", "call"), [("XObject", b"/X Do "), ("Pattern", b"/X scn 0 0 9 9 re f ")])
def test_a_form_counts_as_often_as_it_is_drawn(kind: str, call: bytes) -> None:
    once, ten = (_weight(_forms(times, 1, kind, call)) for times in (1, 10))
    assert 8 < ten / once < 11 or ten - once > 600
    assert _weight(_forms(10, 3, kind, call)) > 60 * 1000
    assert _weight(_forms(10, 9, kind, call)) > HEAVIEST


def test_calls_on_the_border_of_two_pieces_are_seen() -> None:
    calls = b"/X Do 1 0 0 1 0 0 cm " * 200_000
    objects = _forms(1, 0)
    light = _weight({**objects, 6: stream(b"", FORM), 4: stream(calls)})
    packed = stream(zlib.compress(calls), b"/Filter/FlateDecode")
    assert _weight({**objects, 6: stream(b"", FORM), 4: packed}) == light > len(calls) + 200_000 * 60


def test_a_bomb_is_not_unpacked_to_its_end() -> None:
    packed = stream(zlib.compress(zlib.compress(bytes(10**6)) + bytes(10**9), 1), b"/Filter/FlateDecode")
    assert HEAVIEST < _weight({**plain(), 4: packed}) < HEAVIEST + (2 << 20)


def test_resources_are_inherited_and_contents_may_be_a_list() -> None:
    objects = _forms(10, 9)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 99 0 R>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</XObject 98 0 R>>>>"
    moved = {**objects, 2: tree, 3: page, 98: b"<</X 6 0 R>>", 99: b"[4 0 R 4 0 R]"}
    assert _weight(moved) > HEAVIEST


def test_what_calls_itself_ends() -> None:
    form = stream(b"/X Do /X Do", FORM + b"/Resources<</XObject<</X 6 0 R>>>>")
    assert _weight(plain(b"/Resources<</XObject<</X 6 0 R>>>>", b"/X Do", more={6: form})) < 300
    assert _weight({**plain(), 4: b"null"}) == 0
    assert _weight({**plain(), 3: b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>"}) == 0
