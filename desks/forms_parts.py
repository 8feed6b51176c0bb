"""One row of a part of the set-up as a form: its columns are the fields, its rules those of the part."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from core.errors import DomainError
from desks.services.parts import Book, Cells, Column, Part, Record
from desks.services.parts.cells import MOMENT


class PartForm(forms.Form):
    """The fields of a row; whether they hold is asked of the part when it is planned."""

    def __init__(
        self, data: Any, *, part: Part, book: Book, record: Record | None = None, given: Cells | None = None
    ) -> None:
        super().__init__(data, initial=_initial(part, record) | (given or {}))
        self.part, self.record = part, record
        for column in part.columns:
            if record is not None and column.fixed:
                continue
            self.fields[column.name] = _field(column, book)

    def cells(self) -> Cells:
        """What was typed; cells that name a standing row come from the row."""
        kept = (
            {column.name: self.record.cells[column.name] for column in self.part.columns if column.fixed}
            if self.record
            else {}
        )
        return {**kept, **{name: str(self.cleaned_data[name]) for name in self.fields}}

    def refuse(self, error: DomainError) -> None:
        """Put a refusal at the field it speaks of, else above the form."""
        field = str(error.details.get("field", ""))
        self.add_error(field if field in self.fields else None, error.message)


def _initial(part: Part, record: Record | None) -> dict[str, str]:
    cells = record.cells if record else {column.name: column.empty for column in part.columns}
    return {column.name: _shown(column, cells.get(column.name, "")) for column in part.columns}


def _shown(column: Column, text: str) -> str:
    if column.kind == "moment" and text:
        return dt.datetime.strptime(text, MOMENT).strftime("%Y-%m-%dT%H:%M")  # noqa: DTZ007 - the clock of the row
    return text


def _field(column: Column, book: Book) -> forms.Field:
    common: dict[str, Any] = {"label": column.head, "help_text": column.hint, "required": column.required}
    common["error_messages"] = {"required": f"Kolom {column.head} wajib diisi."}
    if column.choices is not None:
        values = [value for value in column.choices(book) if value]
        first = [] if column.empty else [("", "— pilih —")]
        common["required"] = column.required or bool(column.empty)
        return forms.CharField(widget=forms.Select(choices=[*first, *((value, value) for value in values)]), **common)
    if column.kind == "moment":
        widget: forms.Widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "w-medium"})
    elif column.kind in ("long", "codes"):
        widget = forms.Textarea(attrs={"rows": 2})
    else:
        widget = forms.TextInput(
            attrs={"class": "w-short" if column.width <= 12 else "w-medium" if column.width <= 26 else ""}
        )
    return forms.CharField(widget=widget, strip=True, **common)
