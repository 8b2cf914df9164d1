"""One run at a time on an output folder. The lock goes with the process, however it ends."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from layout.batch.store import STATE
from layout.errors import AccessError


@contextlib.contextmanager
def locked(out: Path, shard: str | None = None) -> Iterator[None]:
    """Hold the folder; raises `AccessError` where another run holds it or it may not be written.

    Runs of different shards share the folder, each shard is held once.
    """
    with contextlib.ExitStack() as held:
        try:
            state = out / STATE
            state.mkdir(parents=True, exist_ok=True)
            whole = held.enter_context((state / "lock").open("a"))
            own = held.enter_context((state / f"lock-{shard}").open("a")) if shard else None
        except OSError as error:
            raise _unwritable(out, error) from error
        _take(whole, out, fcntl.LOCK_SH if own else fcntl.LOCK_EX)
        if own:
            _take(own, out, fcntl.LOCK_EX)
        yield


def _take(stream: IO[str], out: Path, how: int) -> None:
    try:
        fcntl.flock(stream, how | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AccessError(
            "another run is writing to this folder",
            file=str(out),
            remedy="wait for it or choose another folder with -o",
        ) from error


def _unwritable(out: Path, error: OSError) -> AccessError:
    return AccessError(
        f"the output folder cannot be written ({error.strerror})",
        file=str(out),
        remedy="choose another folder with -o or change its permissions",
    )
