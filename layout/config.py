"""A TOML profile -> frozen `Config`.

Each section of a profile is the settings dataclass of one step, which checks its own values. Here we
only read TOML, find each value's place and type, and refuse what has no place: a misspelt key that is
silently ignored costs a night of work. A profile states only what differs from the defaults.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
import types
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from layout.errors import AccessError, ConfigError
from layout.export.settings import ExportSettings
from layout.geometry.settings import GeometrySettings
from layout.reflow.settings import ReflowSettings
from layout.source.settings import SourceSettings
from layout.text.settings import TextSettings


@dataclass(frozen=True)
class BatchSettings:
    """How a run uses the machine; nothing here may change a byte of what is written.

    ``jobs`` 0 means as many as cores and memory allow. ``page_timeout_s`` and ``page_memory_mb`` bound
    one page (an issue's second half likewise); a page that broke them is tried once more, alone, with
    twice of both. ``recycle_after`` pages a worker process is replaced, so that what libraries leak
    does not add up. ``max_failed`` is the share of pages that may fail before the run stops, looked at
    from ``max_failed_after`` pages on.
    """

    jobs: int = 0
    page_timeout_s: float = 600.0
    page_memory_mb: int = 4096
    recycle_after: int = 200
    on_page_error: Literal["skip", "abort"] = "skip"
    max_failed: float = 1.0
    max_failed_after: int = 20

    def __post_init__(self) -> None:
        if self.jobs < 0:
            raise ConfigError(f"jobs must be 0 (automatic) or more, not {self.jobs}")
        if not 0 < self.page_timeout_s <= 86_400:
            raise ConfigError(
                f"page_timeout_s must be above 0 and at most 86400, not {self.page_timeout_s:g}"
            )
        if self.page_memory_mb < 256:
            raise ConfigError(f"page_memory_mb must be at least 256, not {self.page_memory_mb}")
        if self.recycle_after < 1:
            raise ConfigError(f"recycle_after must be at least 1, not {self.recycle_after}")
        if not 0 <= self.max_failed <= 1:
            raise ConfigError(f"max_failed is a share from 0 to 1, not {self.max_failed:g}")
        if self.max_failed_after < 1:
            raise ConfigError(f"max_failed_after must be at least 1, not {self.max_failed_after}")


@dataclass(frozen=True)
class Config:
    """Everything that can be set, one section a step."""

    source: SourceSettings = field(default_factory=SourceSettings)
    geometry: GeometrySettings = field(default_factory=GeometrySettings)
    text: TextSettings = field(default_factory=TextSettings)
    reflow: ReflowSettings = field(default_factory=ReflowSettings)
    export: ExportSettings = field(default_factory=ExportSettings)
    batch: BatchSettings = field(default_factory=BatchSettings)

    def digest(self, *sections: str) -> str:
        """sha256 of the canonical JSON of these sections; of all that shape the output if none is named."""
        wanted = sections or ("source", "geometry", "text", "reflow", "export")
        tables = to_tables(self)
        text = json.dumps(
            {name: tables[name] for name in wanted}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()


def load_config(profile: str | Path | None = None) -> Config:
    """The configuration of a profile: a path, or the name of one that comes with the program.

    None gives the defaults. Raises `ConfigError` or, for a file that cannot be read, `AccessError`.
    """
    if profile is None:
        return Config()
    path = _find(profile)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise AccessError(f"the profile cannot be read ({error.strerror})", file=str(profile)) from error
    except UnicodeDecodeError as error:
        raise ConfigError("the profile is not UTF-8 text", file=str(profile)) from error
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"the profile is not TOML: {error}", file=str(profile)) from error
    return from_tables(tables, str(profile))


def profile_names() -> tuple[str, ...]:
    """Names of the profiles that come with the program, sorted."""
    return tuple(sorted(path.stem for path in _profiles().glob("*.toml")))


def from_tables(tables: Mapping[str, Any], name: str | None = None) -> Config:
    """The configuration from TOML's tables; ``name`` of the profile for messages."""
    config: Config = _record(Config, tables, name, ())
    return config


def to_tables(config: Config) -> dict[str, Any]:
    """Plain values of every field; `from_tables` is the inverse."""
    plain: dict[str, Any] = _plain(config)
    return plain


def to_toml(config: Config) -> str:
    """The whole configuration as a profile; values that are not set stand as comments."""
    lines: list[str] = []
    for section in fields(config):
        lines.append(f"[{section.name}]")
        settings = getattr(config, section.name)
        for item in fields(settings):
            value = _plain(getattr(settings, item.name))
            # JSON's texts, numbers, lists and truth values are TOML's too
            lines.append(f"# {item.name} =" if value is None else f"{item.name} = {json.dumps(value)}")
        lines.append("")
    return "\n".join(lines)


def _find(profile: str | Path) -> Path:
    path = Path(profile)
    if path.is_file():
        return path
    named = _profiles() / f"{profile}.toml"
    if path.name == str(profile) and named.is_file():
        return named
    nearest = get_close_matches(str(profile), profile_names(), n=1)
    hint = f"did you mean '{nearest[0]}'?" if nearest else f"known are: {', '.join(profile_names())}"
    raise ConfigError(f"there is no profile '{profile}'", remedy=f"give a TOML file or a name; {hint}")


def _profiles() -> Path:
    return Path(str(resources.files("layout"))) / "profiles"


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        # TOML has no null, and a field left out is at its default
        pairs = ((item.name, getattr(value, item.name)) for item in fields(value))
        return {key: _plain(item) for key, item in pairs if item is not None}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset | set):
        return sorted(_plain(item) for item in value)
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Path) else value


def _record(kind: Any, table: Any, name: str | None, path: tuple[str, ...]) -> Any:
    if not isinstance(table, Mapping):
        raise ConfigError(f"{_place(path)} must be a table, not {_said(table)}", file=name)
    hints = _hints(kind)
    for key in table:
        if key not in hints:
            raise _unknown(key, tuple(hints), name, path)
    values = {key: _value(hints[key], value, name, (*path, key)) for key, value in table.items()}
    try:
        return kind(**values)
    except ConfigError as error:
        if error.file or not path:
            raise
        section = ".".join(path)
        told = error.problem.startswith((f"[{section}]", f"{section}."))
        problem = error.problem if told else f"[{section}] {error.problem}"
        raise ConfigError(problem, file=name, remedy=error.remedy) from error


def _unknown(key: str, known: tuple[str, ...], name: str | None, path: tuple[str, ...]) -> ConfigError:
    what, where = ("key", f" in [{'.'.join(path)}]") if path else ("section", "")
    nearest = get_close_matches(key, known, n=1, cutoff=0.5)
    hint = f"did you mean '{nearest[0]}'?" if nearest else f"known are: {', '.join(known) or 'none'}"
    return ConfigError(f"unknown {what} '{key}'{where}", file=name, remedy=hint)


def _value(hint: Any, value: Any, name: str | None, path: tuple[str, ...]) -> Any:
    """The value of this type, or a `ConfigError` that says where and what."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _optional(args, value, name, path)
    if origin is Literal:
        if value in args:
            return value
        raise _wrong(path, f"one of {', '.join(map(str, args))}", value, name)
    if origin is tuple and isinstance(value, list):
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_value(args[0], item, name, path) for item in value)
        if len(args) == len(value):
            return tuple(_value(arg, item, name, path) for arg, item in zip(args, value, strict=True))
        raise _wrong(path, f"a list of {len(args)}", value, name)
    if origin is frozenset and isinstance(value, list):
        return frozenset(_value(args[0], item, name, path) for item in value)
    if isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(value, Mapping):
        return {key: _value(args[1], item, name, (*path, key)) for key, item in value.items()}
    if is_dataclass(hint):
        return _record(hint, value, name, path)
    return _scalar(hint, value, name, path)


def _optional(args: tuple[Any, ...], value: Any, name: str | None, path: tuple[str, ...]) -> Any:
    refused: ConfigError | None = None
    for arg in (arg for arg in args if arg is not type(None)):
        try:
            return _value(arg, value, name, path)
        except ConfigError as error:
            refused = refused or error
    raise refused or _wrong(path, "left out", value, name)


def _scalar(hint: Any, value: Any, name: str | None, path: tuple[str, ...]) -> Any:
    if hint is Any:
        return value
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(value)
        except ValueError:
            known = ", ".join(str(item.value) for item in hint)
            raise _wrong(path, f"one of {known}", value, name) from None
    if hint is Path and isinstance(value, str):
        return Path(value).expanduser()
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(hint, type) and type(value) is hint:
        return value
    raise _wrong(path, _WORDS.get(get_origin(hint) or hint, "of another type"), value, name)


_WORDS: dict[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text in quotes",
    Path: "a path in quotes",
    tuple: "a list in brackets",
    frozenset: "a list in brackets",
    dict: "a table",
}


def _wrong(path: tuple[str, ...], wanted: str, value: Any, name: str | None) -> ConfigError:
    return ConfigError(f"{_place(path)} must be {wanted}, not {_said(value)}", file=name)


def _place(path: tuple[str, ...]) -> str:
    return f"[{'.'.join(path[:-1])}] {path[-1]}" if len(path) > 1 else f"[{path[0]}]"


def _said(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
