"""What a draft still lacks: what blocks finalising, and what somebody should look at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agreements.choices import PaperScope
from agreements.models import BeritaAcara
from agreements.selectors.material import Material
from agreements.selectors.rows import subject_of
from agreements.selectors.sheet import BaSheet
from desks.choices import SETTLED, ItemState, SessionState, SupportVerdict
from desks.models import Session
from desks.strands import Detail, form_of

FEW = 3


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
    rows += [Lack(text, False) for part in sheet.parts for text in strand_lacks(part)]
    repair = sum(1 for item in found.items if found.state(item) == ItemState.REPAIR)
    if repair:
        rows.append(Lack(f"{repair} butir masih dalam perbaikan; akan tercetak di Lampiran IV.", False))
    rows += [Lack(text, False) for text in _scope_lacks(found)]
    if ba.scope != PaperScope.INDUK and not sheet.every_attendance:
        rows.append(Lack("Daftar hadir kosong.", False))
    if ba.scope != PaperScope.INDUK and not found.notes:
        rows.append(Lack("Belum ada catatan desk.", False))
    missing = sorted(_absent_parties(found, sheet))
    if missing:
        rows.append(Lack(f"Belum ada penanda tangan dari: {', '.join(missing)}.", False))
    if any(not block.nip and block.name for block in sheet.signers):
        rows.append(Lack("Sebagian penanda tangan belum mencantumkan NIP.", False))
    return rows


def strand_lacks(sheet: BaSheet) -> list[str]:
    """What somebody should look at because the strand prints it."""
    if form_of(sheet.strand).detail is not Detail.ACTIONS:
        return []
    without = {row.item for row in sheet.targets} - {row.item for row in sheet.actions}
    return [f"{len(without)} target disepakati tanpa strategi dan aksi."] if without else []


def _scope_lacks(found: Material) -> list[str]:
    """What a paper over several sittings leaves out."""
    rows = []
    planned = [row for row in found.open_sessions if row.state == SessionState.PLANNED]
    if planned:
        rows.append(f"{len(planned)} sesi terjadwal belum diselenggarakan dan tidak ikut: {_named(planned)}.")
    if found.never_sat:
        rows.append(f"{len(found.never_sat)} butir belum dibahas dalam sesi mana pun; akan tercetak di Lampiran IV.")
    return rows


def _named(sessions: Sequence[Session]) -> str:
    """The first few sittings by desk."""
    more = f", dan {len(sessions) - FEW} lainnya" if len(sessions) > FEW else ""
    return ", ".join(f"{row.desk.name} sesi {row.no}" for row in sessions[:FEW]) + more


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
    if found.session is not None and found.session.state != SessionState.CLOSED:
        rows.append("Sesi belum ditutup.")
    running = [row for row in found.open_sessions if row.state == SessionState.OPEN]
    if running:
        rows.append(f"{len(running)} sesi masih berlangsung: {_named(running)}.")
    if found.undecided:
        names = ", ".join(subject_of(item)[1] for item in found.undecided[:3])
        more = f", dan {len(found.undecided) - 3} lainnya" if len(found.undecided) > 3 else ""
        rows.append(f"{len(found.undecided)} butir belum diputuskan: {names}{more}.")
    locked = [item for item in found.items if item.locked_at is not None and found.state(item) in SETTLED]
    if locked:
        rows.append(f"{len(locked)} butir sudah tercantum dalam berita acara final lain.")
    if ba.scope == PaperScope.INDUK:
        rows += [] if found.papers else ["Belum ada berita acara final yang dapat dihimpun."]
    elif not found.items:
        rows.append("Tidak ada butir pada agenda sesi ini.")
    if not ba.signed_on:
        rows.append("Tanggal berita acara belum diisi.")
    if not sheet.chairs:
        rows.append("Pimpinan sidang belum ditetapkan.")
    if not sheet.consenting and ba.scope != PaperScope.INDUK:
        rows.append("Belum ada penanda tangan dari para pihak.")
    unnamed = [block.institution for block in sheet.signers if not block.name]
    if unnamed:
        rows.append(f"Nama penanda tangan belum diisi: {', '.join(unnamed)}.")
    return rows
