"""Labels of components: the small type is taken only where every label that is given out fits."""

from __future__ import annotations

import numpy as np
import pytest

from layout.image.labels import extents, label, label_type, marks_of


def _dots(rows: int, columns: int, apart: int) -> np.ndarray:
    mask = np.zeros((apart * rows, apart * columns), bool)
    mask[::apart, ::apart] = True
    return mask


@pytest.mark.parametrize("connectivity", [4, 8])
def test_each_dot_has_a_label(connectivity: int) -> None:
    mask = _dots(200, 300, 3)
    labels = np.empty(mask.shape, label_type(mask, connectivity))
    assert label(mask, labels, connectivity) == 60_000
    assert labels.dtype == np.uint16
    assert np.array_equal(np.sort(labels[mask]), np.arange(1, 60_001))


@pytest.mark.parametrize("connectivity", [4, 8])
def test_more_dots_than_small_numbers(connectivity: int) -> None:
    mask = _dots(300, 300, 2)
    labels = np.empty(mask.shape, label_type(mask, connectivity))
    assert labels.dtype == np.int32
    assert label(mask, labels, connectivity) == 90_000


def test_corners_join_dots_to_large_parts_only_where_they_count() -> None:
    """A chessboard is one component, or as many as it has black squares."""
    board = np.indices((401, 399)).sum(axis=0) % 2 == 0
    assert label_type(board) == np.uint16
    assert label_type(board, 4) == np.int32


def test_a_part_of_a_larger_picture_is_written_in_place() -> None:
    mask = _dots(10, 10, 4)
    labels = np.zeros((60, 70), label_type(mask))
    label(mask, labels[10:50, 20:60])
    assert labels.max() == 100
    assert np.array_equal(labels[10:50, 20:60] > 0, mask)
    assert not labels[:10].any() and not labels[:, 60:].any()


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5])
def test_no_label_overflows(share: float) -> None:
    """OpenCV refuses to go on where a label does not fit, so that a wrong count would raise."""
    mask = np.random.default_rng(3).random((1501, 1203)) < share
    labels = np.empty(mask.shape, label_type(mask))
    count = label(mask, labels)
    assert labels.max() == count


@pytest.mark.parametrize("connectivity", [4, 8])
@pytest.mark.parametrize("share", [0.0, 0.05, 0.4, 1.0])
def test_extents_are_those_of_each_label_by_itself(connectivity: int, share: float) -> None:
    mask = np.random.default_rng(4).random((300, 41)) < share  # more rows than are looked at at once
    labels = np.empty(mask.shape, label_type(mask, connectivity))
    count = label(mask, labels, connectivity)
    found = extents(mask, labels, count)
    assert found.shape == (5, count)
    for number, (x0, y0, x1, y1, area) in enumerate(found.T.tolist(), start=1):
        rows, columns = np.nonzero(labels == number)
        assert (x0, x1) == (columns.min(), columns.max() + 1)
        assert (y0, y1, area) == (rows.min(), rows.max() + 1, len(rows))


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 0.45, 0.7, 1.0])
@pytest.mark.parametrize("rows", [2, 8, 32, 256])
def test_components_labelled_by_bands_are_those_of_the_whole(share: float, rows: int) -> None:
    """Some reach over many bands, some meet only far below, and some touch at a corner on a band's edge."""
    mask = np.random.default_rng(9).random((131, 90)) < share
    mask[0, 0] = mask[0, -1] = True
    mask[:, 40] = mask[120, 30:60] = share < 1
    labels = np.empty(mask.shape, label_type(mask))
    whole = extents(mask, labels, label(mask, labels))
    assert np.array_equal(marks_of(mask, rows), whole)
