"""`issue.toml`: what a person says about an issue, beside its scans."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from layout.document import Metadata
from layout.errors import ConfigError

NAME = "issue.toml"

_ALIASES = {"licence": "rights", "license": "rights", "id": "identifier"}
_FIELDS = tuple(field.name for field in fields(Metadata) if field.name != "origins")
_KEYS = (*_FIELDS, "script", *_ALIASES)


def read_issue_toml(path: Path) -> Metadata:
    """The metadata file of a folder (`issue.toml` in it) or of a file (`<stem>.toml`, or `issue.toml`
    beside it); empty where there is none.

    Raises `ConfigError` where it is not TOML, has a key that is not known, or a value of another kind.
    """
    places = (path / NAME,) if path.is_dir() else (path.with_suffix(".toml"), path.with_name(NAME))
    file = next((place for place in places if place.is_file() and place != path), None)
    return _read(file) if file else Metadata()


def _read(file: Path) -> Metadata:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, OSError) as error:
        raise ConfigError(f"is not a TOML file ({error})", file=str(file), remedy="correct it") from error
    values: dict[str, str] = {}
    for key, value in table.items():
        name = _ALIASES.get(key, key)
        if key not in _KEYS:
            raise _unknown(key, file)
        if name in values:
            raise ConfigError(f"gives '{name}' twice", file=str(file), remedy="keep one")
        if text := _text(key, value, file):
            values[name] = text
    return _metadata(values, file)


def _metadata(values: dict[str, str], file: Path) -> Metadata:
    script = values.pop("script", None)
    language = values.get("language")
    if script and not re.fullmatch(r"[A-Z][a-z]{3}", script):
        raise ConfigError(
            f"has the script '{script}'", file=str(file), remedy="give an ISO 15924 code such as Arab or Latf"
        )
    if language and not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language):
        raise ConfigError(
            f"has the language '{language}'",
            file=str(file),
            remedy="give a BCP 47 code such as fa or de-Latf",
        )
    if script and language and script not in language.split("-"):
        values["language"] = f"{language}-{script}"
    if (day := values.get("date")) and not _is_iso(day):
        raise ConfigError(
            f"has the date '{day}'",
            file=str(file),
            remedy="give it as YYYY-MM-DD in the Gregorian calendar; printed_date is for the date as printed",
        )
    known: dict[str, Any] = {**values}
    return Metadata(**known)


def _text(key: str, value: object, file: Path) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ConfigError(f"'{key}' is not a text", file=str(file), remedy="give a text in quotes")


def _is_iso(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text, re.ASCII):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _unknown(key: str, file: Path) -> ConfigError:
    nearest = get_close_matches(key, _KEYS, n=1)
    hint = f"did you mean '{nearest[0]}'?" if nearest else f"known keys are: {', '.join(_KEYS)}"
    return ConfigError(f"has the unknown key '{key}'", file=str(file), remedy=hint)
