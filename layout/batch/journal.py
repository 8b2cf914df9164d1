"""An index of what the runs did, in SQLite; the truth are the receipts on disk.

One writer: the run's main thread. Workers never open it. It can be deleted at any time: what is done
is then found again from the receipts, only times and tries are lost.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from layout.batch.store import STATE
from layout.errors import AccessError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS run (
    id INTEGER PRIMARY KEY, version TEXT, config TEXT, request TEXT,
    started REAL, ended REAL, exit INTEGER
);
CREATE TABLE IF NOT EXISTS unit (
    key TEXT PRIMARY KEY, kind TEXT, issue TEXT, page TEXT, file TEXT, number INTEGER,
    size INTEGER, changed INTEGER, base TEXT, work_key TEXT,
    state TEXT, tries INTEGER DEFAULT 0, reason TEXT, message TEXT,
    seconds REAL, peak_mb REAL, confidence REAL, megapixels REAL, summary TEXT, run INTEGER, ended REAL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS unit_issue ON unit (issue);
CREATE INDEX IF NOT EXISTS unit_state ON unit (state, kind, reason);
CREATE TABLE IF NOT EXISTS doubt (key TEXT PRIMARY KEY, odds REAL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS doubt_odds ON doubt (odds DESC, key);
"""

#: File systems on which SQLite's write-ahead log does not work: its shared memory is not shared.
NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "lustre", "gpfs", "beegfs", "ceph", "afs", "glusterfs")
) | {"pvfs2", "orangefs", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone"}


#: The name of a journal that is kept nowhere.
MEMORY = ":memory:"


@dataclass(frozen=True)
class Row:
    """What the journal knows of a unit."""

    key: str
    kind: str
    issue: str
    page: str | None = None
    file: str | None = None
    number: int | None = None
    size: int | None = None
    changed: int | None = None
    base: str | None = None
    work_key: str | None = None
    state: str = "todo"
    tries: int = 0
    reason: str | None = None
    message: str | None = None
    seconds: float | None = None
    peak_mb: float | None = None
    confidence: float | None = None
    megapixels: float | None = None
    summary: str | None = None
    run: int | None = None
    ended: float | None = None


_COLUMNS = tuple(Row.__dataclass_fields__)
_PUT = f"INSERT OR REPLACE INTO unit ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


#: Odds, key and confidence of a page, what was said of it and what of its issue.
Doubted = tuple[float, str, float | None, str | None, str | None]


class Journal:
    """The journal of one output folder."""

    def __init__(self, path: Path) -> None:
        if path.name == MEMORY:
            self.path, self._base = path, _connect(path)
            return
        kind = file_system(path.parent)
        if kind in NETWORK:
            raise AccessError(
                f"the journal cannot be kept on a network file system ({kind})",
                file=str(path),
                remedy="put it on a local disk with --journal FILE",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._base = self._open(path)

    @classmethod
    def of(cls, out: Path, name: str = "journal") -> Journal:
        """The journal that belongs to an output folder."""
        return cls(out / STATE / f"{name}.sqlite")

    def _open(self, path: Path) -> sqlite3.Connection:
        try:
            return _connect(path)
        except sqlite3.DatabaseError as error:
            if _is_refused(error):
                raise AccessError(
                    f"the journal cannot be opened ({error})",
                    file=str(path),
                    remedy="check the folder's permissions, its room, and whether another program holds it",
                ) from error
            # damaged, or of another version: an index is made again
            path.replace(path.with_suffix(".damaged"))
            for left in (f"{path}-wal", f"{path}-shm"):
                Path(left).unlink(missing_ok=True)
            return _connect(path)

    def begin(self, version: str, config: dict[str, Any], request: dict[str, Any]) -> int:
        """Note that a run begins; its number."""
        with self._base as base:
            cursor = base.execute(
                "INSERT INTO run (version, config, request, started) VALUES (?, ?, ?, ?)",
                (version, json.dumps(config), json.dumps(request), time.time()),
            )
        return int(cursor.lastrowid or 0)

    def end(self, run: int, exit_code: int) -> None:
        with self._base as base:
            base.execute("UPDATE run SET ended = ?, exit = ? WHERE id = ?", (time.time(), exit_code, run))

    def last_run(self, source: str = "%") -> dict[str, Any] | None:
        """Version, configuration and request of the latest run (over inputs of this source)."""
        found = self._base.execute(
            "SELECT version, config, request, started, ended, exit FROM run "
            "WHERE json_extract(request, '$.source') LIKE ? ORDER BY id DESC LIMIT 1",
            (source,),
        ).fetchone()
        if found is None:
            return None
        version, config, request, started, ended, code = found
        return {
            "version": version,
            "config": json.loads(config),
            "request": json.loads(request),
            "started": started,
            "ended": ended,
            "exit": code,
        }

    def put(self, rows: Iterable[Row], doubts: Mapping[str, float] = MappingProxyType({})) -> None:
        """Write or replace units, and how doubtful pages are by their keys, in one transaction."""
        with self._base as base:
            base.executemany(_PUT, (tuple(getattr(row, name) for name in _COLUMNS) for row in rows))
            base.executemany("INSERT OR REPLACE INTO doubt VALUES (?, ?)", doubts.items())

    def forget(self, kind: str) -> None:
        """Remove all units of a kind."""
        with self._base as base:
            base.execute("DELETE FROM unit WHERE kind = ?", (kind,))

    def get(self, key: str) -> Row | None:
        found = self._base.execute(f"SELECT {', '.join(_COLUMNS)} FROM unit WHERE key = ?", (key,)).fetchone()
        return Row(*found) if found else None

    def rows(self, *, kind: str | None = None, state: str | None = None) -> Iterator[Row]:
        """Units in the order of their keys."""
        tests = [f"{name} = ?" for name, value in (("kind", kind), ("state", state)) if value]
        where = f" WHERE {' AND '.join(tests)}" if tests else ""
        values = [value for value in (kind, state) if value]
        for found in self._base.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM unit{where} ORDER BY key", values
        ):
            yield Row(*found)

    def of_issue(self, issue: str) -> list[Row]:
        """The units of an issue."""
        found = self._base.execute(f"SELECT {', '.join(_COLUMNS)} FROM unit WHERE issue = ?", (issue,))
        return [Row(*row) for row in found]

    def doubtful(
        self, count: int | None
    ) -> Iterator[tuple[float, str, float | None, str | None, str | None]]:
        """Odds, key, confidence, what was said of it and of its issue: of the ``count`` pages read that are
        most doubtful, or of all, the most doubtful first."""
        yield from self._base.execute(
            "SELECT odds, page.key, page.confidence, page.summary, issue.summary FROM doubt "
            "CROSS JOIN unit AS page ON page.key = doubt.key "  # from the doubts on, which are in order
            "LEFT JOIN unit AS issue ON issue.key = page.issue "
            "WHERE page.kind = 'page' AND page.state = 'done' ORDER BY odds DESC, doubt.key LIMIT ?",
            (-1 if count is None else count,),
        )

    def costliest(self, column: str, count: int) -> list[Row]:
        """The pages read that took most ``seconds`` or ``peak_mb``, the first first."""
        found = self._base.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM unit WHERE kind = 'page' AND state = 'done' "
            f"AND {column} IS NOT NULL ORDER BY {column} DESC, key LIMIT ?",
            (count,),
        )
        return [Row(*row) for row in found]

    def confidences(self, bins: int) -> list[int]:
        """Number of pages read in each of so many equal steps of confidence."""
        counts = [0] * bins
        for place, count in self._base.execute(
            "SELECT min(CAST(confidence * ? AS INTEGER), ?), count(*) FROM unit "
            "WHERE kind = 'page' AND state = 'done' AND confidence IS NOT NULL GROUP BY 1",
            (bins, bins - 1),
        ):
            counts[place] = count
        return counts

    def counts(self) -> dict[tuple[str, str, str | None], int]:
        """Number of units by kind, state and reason."""
        found = self._base.execute(
            "SELECT kind, state, reason, count(*) FROM unit GROUP BY state, kind, reason"
        )
        return {(kind, state, reason): count for kind, state, reason, count in found}

    def close(self) -> None:
        self._base.close()


def _connect(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path)
    try:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=NORMAL")
        base.executescript(_SCHEMA)
        base.execute(f"SELECT {', '.join(_COLUMNS)} FROM unit LIMIT 1")
    except sqlite3.DatabaseError:
        base.close()
        raise
    return base


#: What the machine refuses, with nothing wrong in the journal.
_REFUSALS = frozenset(
    (
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM),
    )
)


def _is_refused(error: sqlite3.DatabaseError) -> bool:
    # the low byte is the kind of error
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _REFUSALS


def file_system(folder: Path) -> str:
    """Type of the file system a folder lies on (``ext4``, ``nfs4`` ...); empty where it is not known."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    place = folder.absolute()
    found, longest = "", -1
    for line in mounts:
        _, point, kind, *_ = line.split(" ")
        root = Path(point.replace("\\040", " "))
        if (place == root or root in place.parents) and len(root.parts) > longest:
            found, longest = kind, len(root.parts)
    return found
