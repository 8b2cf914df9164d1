"""A run with fake leaves, in a folder of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from layout.batch.engines import LOCAL, Where
from layout.batch.outcome import Outcome
from layout.batch.progress import Silent
from layout.batch.request import Request
from layout.batch.start import start
from layout.batch.stop import Stop
from layout.config import BatchSettings, Config

FAKES = "tests.batch.fakes:TASKS"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _fakes_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


class World:
    """A folder of inputs and one of results."""

    def __init__(self, folder: Path) -> None:
        self.inputs = folder / "in"
        self.out = folder / "out"
        self.inputs.mkdir(parents=True)

    def issue(self, name: str, *lines: str) -> str:
        path = self.inputs / f"{name}.txt"
        path.write_text("\n".join(lines) + "\n")
        return str(path)

    def run(
        self, *inputs: str, jobs: int = 1, stop: Stop | None = None, where: Where = LOCAL, **said: Any
    ) -> Outcome:
        batch = {name: said.pop(name) for name in list(said) if name in BatchSettings.__dataclass_fields__}
        settings = BatchSettings(jobs=jobs, **{"page_timeout_s": 5.0, "page_memory_mb": 300, **batch})
        config = replace(said.pop("config", Config()), batch=settings)
        names = inputs or tuple(sorted(str(path) for path in self.inputs.glob("*.txt")))
        request = Request(names, said.pop("out", self.out), config, **said)
        return start(request, Silent(), where=where, tasks=FAKES, stop=stop)

    def text(self, issue: str) -> list[str]:
        return (self.out / issue / "text.txt").read_text().splitlines()

    def tries(self) -> list[str]:
        log = self.inputs / "tries.log"
        return log.read_text().split() if log.exists() else []

    def archive(self, out: Path | None = None) -> dict[str, str]:
        """sha256 of every file of the issues: what must not depend on how a run went."""
        root = out or self.out
        return {
            path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob("*"))
            if path.is_file() and path.relative_to(root).parts[0] != ".newsreflow" and path.parent != root
        }


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def worlds(tmp_path: Path) -> Callable[[str], World]:
    return lambda name: World(tmp_path / name)
