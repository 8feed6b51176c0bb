"""Bases of the administration: nothing recorded is deleted, every change leaves a row of audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from core.audit import record_audit
from core.middleware import current_request_id


class NoDelete(admin.ModelAdmin):
    """Rows that others point to or that are recorded are never deleted here."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


class ReadOnlyAdmin(NoDelete):
    """A table to look at: no adding, changing or deleting. Acts on it go through its services."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


class AuditedAdmin(NoDelete):
    """A table kept here: each change is recorded with before and after of what moved, in its transaction.

    Fields in `private_fields` are named in the record, their content never. `code_field` names the row in the record.
    """

    private_fields: ClassVar[Iterable[str]] = ()
    code_field: ClassVar[str] = "pk"

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the row, its relations and the record together or not at all."""
        with transaction.atomic():
            return super().changeform_view(request, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Save relations, then record: only now is everything in place."""
        super().save_related(request, form, formsets, change)
        lines = self._lines(formsets)
        if form.changed_data or lines or not change:
            self._record(request, form, change, lines)

    def _record(self, request: HttpRequest, form: ModelForm, change: bool, lines: Mapping[str, Any]) -> None:
        obj = form.instance
        options = obj._meta
        moved = form.changed_data if change else list(form.cleaned_data)
        actor = getattr(request, "actor", None)
        request_id = current_request_id()
        record_audit(
            f"admin.{'change' if change else 'add'}_{options.model_name}",
            model=options.label_lower,
            object_code=str(getattr(obj, self.code_field)),
            before=self._content(moved, form.initial) if change else None,
            after={**self._content(moved, form.cleaned_data), **lines},
            actor=getattr(request.user, "code", ""),
            inst_text=actor.institution.code if actor else "",
            request_id="" if request_id == "-" else request_id,
        )

    def _lines(self, formsets: Iterable[Any]) -> dict[str, Any]:
        """What happened to the lines under the row, by table and by what was done."""
        done: dict[str, Any] = {}
        for formset in formsets:
            table = formset.model._meta.model_name
            added = [self._line(row, None) for row in formset.new_objects]
            changed = [self._line(row, names) for row, names in formset.changed_objects]
            gone = [self._line(row, None) for row in formset.deleted_objects]
            parts = {"ditambah": added, "diubah": changed, "dihapus": gone}
            done |= {f"{table}.{name}": rows for name, rows in parts.items() if rows}
        return done

    def _line(self, row: Model, names: Iterable[str] | None) -> dict[str, Any]:
        columns = [field.name for field in row._meta.concrete_fields if names is None or field.name in names]
        return {"pk": row.pk, **self._content(columns, {name: getattr(row, name) for name in columns})}

    def _content(self, names: Iterable[str], values: Mapping[str, Any]) -> dict[str, Any]:
        private = {*self.private_fields, "password"}
        return {name: "(pribadi)" if name in private else _plain(values.get(name)) for name in sorted(names)}


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, QuerySet | list | tuple | set):
        return sorted((_plain(each) for each in value), key=str)
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
