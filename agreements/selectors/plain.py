"""Parts of a sheet as lists, dicts and texts, and back again."""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any, cast

from core.values import Value


def plain(value: Any) -> Any:
    """A part of a sheet in lists, dicts and texts."""
    if isinstance(value, Value):
        return value.as_json()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: plain(getattr(value, each.name))
            for each in dataclasses.fields(value)
            if not each.metadata.get("if_any") or getattr(value, each.name) != each.default
        }
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value


def load(kind: Any, data: Any) -> Any:
    """The part of a sheet that `plain` wrote; a field that is missing takes its default."""
    origin = typing.get_origin(kind)
    if origin is tuple:
        inner = typing.get_args(kind)[0]
        return tuple(load(inner, each) for each in data)
    if origin in (types.UnionType, typing.Union):
        return None if data is None else load(typing.get_args(kind)[0], data)
    if kind is Value:
        return Value.from_json(data)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return cast(Any, kind)(
            **{
                each.name: load(hints[each.name], data[each.name])
                for each in dataclasses.fields(kind)
                if each.name in data
            }
        )
    return data
