"""Pictures kept of pages: as small as fits, and whoever opens the file sees the page."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from layout.image.picture import JPEG, PNG, packed, unpacked


@pytest.mark.parametrize(
    ("levels", "shape", "type_", "bits"),
    [((0, 255), (90, 61), PNG, 1), ((0, 90, 255), (90, 61), JPEG, 8), ((0, 255), (90, 61, 3), JPEG, 8)],
)
def test_other_programs_open_it(
    levels: tuple[int, ...], shape: tuple[int, ...], type_: str, bits: int
) -> None:
    pixels = np.repeat(np.array(levels, np.uint8), 30)[: shape[0]]
    pixels = np.ascontiguousarray(
        np.broadcast_to(np.resize(pixels, shape[0]).reshape(-1, *[1] * (len(shape) - 1)), shape)
    )
    made = packed(pixels)
    assert (made.type, made.bits, made.width, made.height) == (type_, bits, shape[1], shape[0])
    assert unpacked(made.data) == made
    with Image.open(io.BytesIO(made.data)) as image:
        seen = np.asarray(image.convert("RGB" if pixels.ndim == 3 else "L"))
    assert np.abs(seen.astype(int) - pixels).mean() < 4


def test_what_is_no_picture_is_said() -> None:
    with pytest.raises(ValueError, match="no picture"):
        unpacked(b"\xff\xd8\xff but no more")
