"""A full disk ends the run with a sentence; with room again the same command brings the same bytes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from layout.batch import store
from layout.batch.failures import failure_of
from layout.errors import AccessError
from tests.batch.conftest import World


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("this user may not mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_full_disk(worlds: Callable[[str], World], small_disk: Path) -> None:
    whole, full = worlds("whole"), worlds("full")
    for world in (whole, full):
        for number in range(20):
            world.issue(f"i{number:02d}", *["ok " + "word " * 40] * 4)
    whole.run()
    full.out = small_disk / "out"
    outcome = full.run()
    assert outcome.exit_code == 5
    assert outcome.stop == "disk"
    assert not outcome.pages["failed"], "no page is blamed for the disk"
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    assert full.run().exit_code == 0
    assert full.archive() == whole.archive()


def test_a_full_disk_is_known_under_any_wrapping() -> None:
    try:
        try:
            raise OSError(28, "No space left on device", "tei.xml")
        except OSError as error:
            raise AccessError("cannot be written") from error
    except AccessError as error:
        failure = failure_of(error)
    assert (failure.reason, failure.exit_code) == ("disk", 5)
    assert failure.message == "tei.xml: results cannot be written (No space left on device)"


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.json"
    store.publish(target, b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("layout.batch.store.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.publish(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert target.read_bytes() == b"old"
