"""The sheet of a berita acara: from live rows while it is a draft, from its snapshot alone afterwards."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from agreements.choices import BaState
from agreements.models import BeritaAcara, SignatoryChange, Snapshot
from agreements.selectors.live import live_sheet
from agreements.selectors.plain import load
from agreements.selectors.sheet import BaSheet
from core.dates import date_with_time

MARKS = {BaState.DRAFT: "DRAF", BaState.VOID: "BATAL", BaState.SUPERSEDED: "DIGANTIKAN"}


def sheet_of(ba: BeritaAcara) -> BaSheet:
    """The one source of paper, workbook and check; a final one reads nothing but recorded rows."""
    snapshot = Snapshot.objects.filter(ba=ba).first()
    if snapshot is None:
        return dataclasses.replace(live_sheet(ba), mark=MARKS.get(BaState(ba.state), ""))
    return frozen_sheet(snapshot, mark=MARKS.get(BaState(ba.state), ""), changes=changes_of(ba))


def frozen_sheet(snapshot: Snapshot, *, mark: str = "", changes: tuple[str, ...] = ()) -> BaSheet:
    """The sheet as it stands in a snapshot."""
    content = json.loads(snapshot.canonical)["sheet"]
    sheet: BaSheet = load(BaSheet, content)
    return dataclasses.replace(sheet, sha256=snapshot.sha256, mark=mark, changes=changes)


def changes_of(ba: BeritaAcara) -> tuple[str, ...]:
    """Changes of signatory after finalising, in words, from their recorded rows."""
    rows = SignatoryChange.objects.filter(signatory__ba=ba).order_by("at", "pk")
    return tuple(
        f"Penanda tangan nomor {row.signatory.order}: semula {_who(row.before)}, menjadi {_who(row.after)} "
        f"({date_with_time(row.at)}). Alasan: {row.reason}"
        for row in rows.select_related("signatory")
    )


def _who(text: str) -> str:
    facts: dict[str, Any] = json.loads(text)
    return f"{facts['name']} ({facts['office']})"
