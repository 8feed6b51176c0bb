"""What people type about an uploaded file, and how they read its columns."""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict

from accounts.actors import Actor, can
from accounts.choices import InstitutionKind
from core.errors import InvalidInput
from core.money import Unit
from indicators.forms import DocumentForm
from planning.choices import UploadKind
from planning.imports.layouts.fields import Column

KEEP: Final = 200
"""More columns than any table of planning has."""


class UploadForm(DocumentForm):
    """What the file is; its layout is found out."""

    error_heading = "Berkas belum diterima:"

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        kinds: Any = self.fields["kind"]
        if actor.institution.kind == InstitutionKind.KL or can(actor, "planning.edit_reference"):
            kinds.choices = [*kinds.choices, (UploadKind.RO.value, UploadKind.RO.label)]
        if can(actor, "planning.edit_reference"):
            kinds.choices = [*kinds.choices, (UploadKind.NOMENKLATUR.value, UploadKind.NOMENKLATUR.label)]
        self.fields[
            "file"
        ].help_text = "Susunan kolom boleh seperti aslinya dari SIPD, e-Planning, KRISNA, atau lembar kerja sendiri, paling besar 20 MB."
        self.fields["title"].help_text = "Untuk nomenklatur: nama versinya, misalnya Pemutakhiran 2027."
        self.fields["stage"].required = False

    def clean(self) -> dict[str, Any]:
        """A document needs its stage; reference data has none."""
        data = super().clean() or {}
        if data.get("kind") not in UploadKind and not data.get("stage") and "stage" not in self.errors:
            self.add_error("stage", "Pilih tahapan dokumen.")
        return data


def columns_from_post(data: QueryDict, width: int) -> list[Column]:
    """What was chosen for each column of the sheet."""
    found = []
    for place in range(min(width, KEEP)):
        unit = data.get(f"satuan-{place}", Unit.RP.value)
        found.append(Column(data.get(f"kolom-{place}", "")[:40], unit if unit in Unit.values else Unit.RP.value))
    return found


def header_from_post(data: QueryDict) -> tuple[str, int, int]:
    """The sheet and the rows of the header as people count them, from 1. InvalidInput for what is no row."""
    first, last = data.get("judul_dari", ""), data.get("judul_sampai", "") or data.get("judul_dari", "")
    if not (first.isdecimal() and last.isdecimal() and 0 < int(first) <= int(last) < 100_000):
        raise InvalidInput("Tulis nomor baris judul sebagai angka; baris terakhir tidak mendahului baris pertama.")
    return data.get("lembar", "")[:100], int(first) - 1, int(last) - 1
