"""What a draft still lacks: what blocks finalising, and what somebody should look at first."""

from __future__ import annotations

from dataclasses import dataclass

from agreements.models import BeritaAcara
from agreements.selectors.live import Material
from agreements.selectors.rows import subject_of
from agreements.selectors.sheet import BaSheet
from desks.choices import SETTLED, ItemState, SessionState, SupportVerdict


@dataclass(frozen=True)
class Lack:
    """One thing that is missing; `blocks` says whether it must be mended first."""

    text: str
    blocks: bool


def lacks(ba: BeritaAcara, found: Material, sheet: BaSheet) -> list[Lack]:
    """Everything missing, what blocks first."""
    rows = [Lack(text, True) for text in blockers(ba, found, sheet)]
    pending = [
        row for row in found.supports if row.verdict == SupportVerdict.PENDING and row.item_id in _settled(found)
    ]
    if pending:
        rows.append(Lack(f"{len(pending)} sub kegiatan belum diputuskan; akan tercetak di Lampiran IV.", False))
    repair = sum(1 for item in found.items if found.state(item) == ItemState.REPAIR)
    if repair:
        rows.append(Lack(f"{repair} butir masih dalam perbaikan; akan tercetak di Lampiran IV.", False))
    if not sheet.attendance:
        rows.append(Lack("Daftar hadir kosong.", False))
    if not sheet.notes:
        rows.append(Lack("Belum ada catatan desk.", False))
    missing = sorted(_absent_parties(found, sheet))
    if missing:
        rows.append(Lack(f"Belum ada penanda tangan dari: {', '.join(missing)}.", False))
    if any(not block.nip and block.name for block in sheet.signers):
        rows.append(Lack("Sebagian penanda tangan belum mencantumkan NIP.", False))
    return rows


def _settled(found: Material) -> set[int]:
    return {item.pk for item in found.items if found.state(item) in SETTLED}


def _absent_parties(found: Material, sheet: BaSheet) -> set[str]:
    signing = {block.institution_code for block in sheet.signers}
    absent = set()
    for consent in found.consents.values():
        for party in consent.parties:
            if not signing & {each.code for each in party.institutions}:
                absent.add(party.name)
    return absent


def blockers(ba: BeritaAcara, found: Material, sheet: BaSheet) -> list[str]:
    """What must be mended before it can become final, in words."""
    rows = []
    if found.session.state != SessionState.CLOSED:
        rows.append("Sesi belum ditutup.")
    if found.undecided:
        names = ", ".join(subject_of(item)[1] for item in found.undecided[:3])
        more = f", dan {len(found.undecided) - 3} lainnya" if len(found.undecided) > 3 else ""
        rows.append(f"{len(found.undecided)} butir belum diputuskan: {names}{more}.")
    locked = [item for item in found.items if item.locked_at is not None and found.state(item) in SETTLED]
    if locked:
        rows.append(f"{len(locked)} butir sudah tercantum dalam berita acara final lain.")
    if not found.items:
        rows.append("Tidak ada butir pada agenda sesi ini.")
    if not ba.signed_on:
        rows.append("Tanggal berita acara belum diisi.")
    if not sheet.chairs:
        rows.append("Pimpinan sidang belum ditetapkan.")
    if not sheet.consenting:
        rows.append("Belum ada penanda tangan dari para pihak.")
    unnamed = [block.institution for block in sheet.signers if not block.name]
    if unnamed:
        rows.append(f"Nama penanda tangan belum diisi: {', '.join(unnamed)}.")
    return rows
