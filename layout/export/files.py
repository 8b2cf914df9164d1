"""Writing a file so that it appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from layout.errors import AccessError


def write_whole(path: Path, data: bytes) -> Path:
    """Write the bytes beside ``path``, force them to disk and rename; returns ``path``.

    Folders on the way are made. Whoever reads the path sees the old content or the new one, never a
    part. Raises `AccessError`.
    """
    with whole_file(path) as file:
        file.write(data)
    return path


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write into that takes the place of ``path`` once all is written; as `write_whole` does."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(0o666 & ~_umask())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise AccessError(
            f"cannot be written ({error.strerror or error})",
            file=str(path),
            remedy="check that the folder exists, may be written to and has room",
        ) from error


def _umask() -> int:
    """The process's mask for new files; mkstemp alone would leave them readable by the owner only."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
