"""Making very many values at once, and giving back the memory of what is gone."""

from __future__ import annotations

import contextlib
import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """No cyclic garbage collection: many small values are made that live together and hold no cycles.

    The collector would walk all of them again and again, a quarter of the time of a large page.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def give_back() -> None:
    """Return freed memory to the system, which the allocator would keep for whatever comes next.

    A millisecond; worth it where the next step wants its memory in other pieces than the last one did.
    """
    with contextlib.suppress(AttributeError, OSError):  # glibc has it, other C libraries do not
        ctypes.CDLL(None).malloc_trim(0)
