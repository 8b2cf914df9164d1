"""The log of the runs on a folder: JSON lines, the unit's key in each."""

from __future__ import annotations

import contextlib
from pathlib import Path

from layout.batch.outcome import PageResult
from layout.batch.progress import Lines


class RunLog(Lines):
    """Appends every event to a file; a full disk costs the log, not the run."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("a", encoding="utf-8")
        super().__init__(self._write)

    def _write(self, line: str) -> None:
        with contextlib.suppress(OSError):
            self._stream.write(line + "\n")
            self._stream.flush()

    def page(self, result: PageResult) -> None:
        super().page(result)
        if result.failure is not None and result.failure.detail:
            self._event("detail", unit=result.key, text=result.failure.detail)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._stream.close()
