"""What is asked of a run, and how that is said in the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from layout.batch.jobs import Pages, Shard
from layout.batch.journal import Row
from layout.batch.remote import is_address
from layout.config import Config


@dataclass(frozen=True)
class Request:
    """What is asked of a run.

    ``redo`` picks units to do again although they are done or set aside; ``issues`` restricts the run to
    these ids; ``verify`` takes all checksums again instead of believing the journal. With ``source`` text
    the inputs are pages that have been read: of an earlier run, or ALTO, PAGE and hOCR files. With
    ``remote`` an input may be an address of object storage; ``publish`` is one where finished issues are put
    up.
    """

    inputs: tuple[str, ...]
    out: Path
    config: Config
    pages: Pages = Pages()
    shard: Shard | None = None
    force: bool = False
    redo: Callable[[Row], bool] = lambda row: False
    issues: frozenset[str] | None = None
    source: Literal["scan", "text"] = "scan"
    verify: bool = False
    remote: bool = False
    publish: str | None = None

    def asked(self) -> dict[str, Any]:
        """The request as plain values, for `retry`."""
        return {
            "source": self.source,
            "inputs": absolute(self.inputs, self.remote),
            "remote": self.remote,
            "publish": self.publish,
            "pages": [list(pair) for pair in self.pages.ranges],
            "shard": [self.shard.number, self.shard.count] if self.shard else None,
        }

    def has_input(self, name: str) -> bool:
        """Whether an input, or an issue, is of the part that is asked for."""
        return self.shard is None or self.shard.has(name)

    def has_issue(self, issue_id: str) -> bool:
        """Whether an issue is asked for."""
        return (self.issues is None or issue_id in self.issues) and self.has_input(issue_id)


def absolute(names: Iterable[str], remote: bool) -> list[str]:
    """Inputs as any folder can name them; addresses of object storage as they are."""
    return [name if remote and is_address(name) else str(Path(name).absolute()) for name in names]
