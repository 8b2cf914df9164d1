"""Document values to JSON and back, without loss; the format of finished pages on disk.

Fields at their default are left out, so that a file stays short and an added field reads old files.
"""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def dumps(value: Any) -> str:
    """JSON text of a document value; same value, same text."""
    return json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], text: str) -> T:
    """The value of this type from its JSON text.

    Raises `ValueError` where the text is not JSON, and `TypeError`, `KeyError` or `ValueError` where
    it is JSON of something else.
    """
    value = decode(kind, json.loads(text))
    if not isinstance(value, kind):
        raise TypeError(f"not a {kind.__name__}")
    return value


def encode(value: Any) -> Any:
    """Plain JSON values; a dataclass becomes an object of its fields that differ from the default."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: encode(getattr(value, field.name))
            for field in fields(value)
            if getattr(value, field.name) != _default(field)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 4)
    return value


def decode(kind: Any, value: Any) -> Any:
    """The value of type ``kind`` (a dataclass, Enum, tuple, optional or plain type)."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return decode(next(arg for arg in get_args(kind) if arg is not type(None)), value)
    if origin is tuple:
        args = get_args(kind)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(decode(args[0], item) for item in value)
        return tuple(decode(arg, item) for arg, item in zip(args, value, strict=True))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: decode(hints[name], item) for name, item in value.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is float:
        return float(value)
    return value


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
