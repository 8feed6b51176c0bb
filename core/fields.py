"""Model fields of our own: a Value in six columns, with the CHECK that its kind demands."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from django.db import models
from django.db.models import F, Q

from core.values import Kind, Value

_KINDS: Final = {kind.value: kind for kind in Kind}
PARTS = ("kind", "min", "max", "text", "unit", "decimals")


class ValueColumns:
    """A figure (point, range, bound or text) stored as `<name>_kind … <name>_decimals`.

    Read and assigned as one `core.values.Value`, or None where nothing was filled in.
    """

    def __init__(self, label: str = "nilai") -> None:
        self.label = label

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        """Add the six columns and put this descriptor in the attribute's place."""
        self.name = name
        columns: dict[str, models.Field[Any, Any]] = {
            "kind": models.CharField(
                f"{self.label}: jenis", max_length=8, choices=Kind.choices, blank=True, default=""
            ),
            "min": models.DecimalField(f"{self.label}: min", max_digits=15, decimal_places=4, null=True, blank=True),
            "max": models.DecimalField(f"{self.label}: maks", max_digits=15, decimal_places=4, null=True, blank=True),
            "text": models.CharField(f"{self.label}: tertulis", max_length=200, blank=True, default=""),
            "unit": models.CharField(f"{self.label}: satuan", max_length=60, blank=True, default=""),
            "decimals": models.PositiveSmallIntegerField(f"{self.label}: desimal", default=2),
        }
        for part, field in columns.items():
            field.contribute_to_class(cls, f"{name}_{part}")
        setattr(cls, name, self)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        return value_from(*(getattr(instance, f"{self.name}_{part}") for part in PARTS))

    def __set__(self, instance: Any, value: Value | None) -> None:
        for column, content in value_columns(self.name, value).items():
            setattr(instance, column, content)


@lru_cache(maxsize=32_768, typed=True)
def value_from(kind: str, low: Any, high: Any, text: str, unit: str, decimals: int) -> Value | None:
    """The Value of six columns, None where the kind is empty."""
    if not kind:
        return None
    return Value(kind=_KINDS[kind], min=low, max=high, text=text, unit=unit, decimals=decimals)


def value_columns(name: str, value: Value | None) -> dict[str, Any]:
    """The six columns of `name` for `update()` and constructors."""
    if value is None:
        return {f"{name}_kind": "", f"{name}_min": None, f"{name}_max": None, f"{name}_text": "", f"{name}_unit": ""}
    return {f"{name}_{part}": getattr(value, part) for part in PARTS} | {f"{name}_kind": value.kind.value}


def value_names(name: str) -> list[str]:
    """The six column names, for `values_list()` and `only()`."""
    return [f"{name}_{part}" for part in PARTS]


def value_check(table: str, name: str) -> models.CheckConstraint:
    """The CHECK per kind: which of min, max and text a kind needs and which must be empty."""
    low, high, text = f"{name}_min", f"{name}_max", f"{name}_text"

    def kind(*kinds: str) -> Q:
        return Q(**{f"{name}_kind__in": list(kinds)})

    has_low, has_high = Q(**{f"{low}__isnull": False}), Q(**{f"{high}__isnull": False})
    condition = (
        (kind("") & ~has_low & ~has_high)
        | (kind("point") & has_low & has_high & Q(**{low: F(high)}))
        | (kind("range") & has_low & has_high & Q(**{f"{low}__lte": F(high)}))
        | (kind("lt", "le") & ~has_low & has_high)
        | (kind("gt", "ge") & has_low & ~has_high)
        | (kind("text") & ~has_low & ~has_high & ~Q(**{text: ""}))
    )
    return models.CheckConstraint(name=f"{table}_{name}_kind", condition=condition)
