"""What people type about an uploaded file, and how they read its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from accounts.actors import Actor, can
from accounts.choices import InstitutionKind
from core.errors import InvalidInput
from core.money import Unit
from indicators.forms import DocumentForm
from planning.choices import UploadKind
from planning.imports.layouts.fields import Column, money_unit


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
        if can(actor, "planning.edit_reference"):
            self.fields["title"].help_text = "Untuk nomenklatur: nama versinya, misalnya Pemutakhiran 2027."
            self.fields["stage"].help_text += " Nomenklatur dan rincian output tidak bertahapan; pilihan ini diabaikan."


def columns_from_post(data: QueryDict, headers: Sequence[str]) -> list[Column]:
    """What was chosen for each column of the sheet; the unit of money is the header's until another is chosen."""
    found = []
    for place, header in enumerate(headers):
        name = data.get(f"kolom-{place}", "")[:40]
        unit = data.get(f"satuan-{place}", money_unit(header)) if name.startswith("pagu@") else Unit.RP.value
        found.append(Column(name, unit if unit in Unit.values else Unit.RP.value))
    return found


def header_from_post(data: QueryDict) -> tuple[str, int, int]:
    """The sheet and the rows of the header as people count them, from 1. InvalidInput for what is no row."""
    first, last = data.get("judul_dari", ""), data.get("judul_sampai", "") or data.get("judul_dari", "")
    if not (first.isdecimal() and last.isdecimal() and 0 < int(first) <= int(last) < 100_000):
        raise InvalidInput("Tulis nomor baris judul sebagai angka; baris terakhir tidak mendahului baris pertama.")
    return data.get("lembar", "")[:100], int(first) - 1, int(last) - 1
