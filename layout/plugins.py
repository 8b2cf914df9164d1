"""Name -> class, for the parts that can be exchanged: detectors, engines, exporters.

A built-in table comes first, then the entry points of installed packages. A module is imported only
when its part is asked for, so that a missing optional package costs nothing until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from layout.errors import DependencyError, UsageError


def names(group: str, builtin: Mapping[str, str]) -> tuple[str, ...]:
    """Names that `load` knows in this group, sorted."""
    return tuple(sorted(_offered(group) | set(builtin)))


@lru_cache
def _offered(group: str) -> frozenset[str]:
    """Names of the installed packages' parts; to read what is installed takes longer than to write a page."""
    return frozenset(point.name for point in entry_points(group=f"newsreflow.{group}"))


def load(group: str, name: str, builtin: Mapping[str, str]) -> Any:
    """The object behind a name of ``builtin`` (``"module:attribute"``) or of an entry point.

    Raises `UsageError` for a name nobody offers and `DependencyError` where its package is missing.
    """
    if name in builtin:
        module, _, attribute = builtin[name].partition(":")
        try:
            return getattr(import_module(module), attribute)
        except ModuleNotFoundError as error:
            raise DependencyError(
                f"{group} '{name}' needs the package '{error.name}', which is not installed",
                remedy=f"run: pip install {error.name}",
            ) from error
    for point in entry_points(group=f"newsreflow.{group}"):
        if point.name == name:
            return point.load()
    known = names(group, builtin)
    nearest = get_close_matches(name, known, n=1)
    hint = f"did you mean '{nearest[0]}'?" if nearest else f"known are: {', '.join(known)}"
    raise UsageError(f"no {group} is called '{name}'", remedy=hint)
