"""One berita acara: snapshot and seal, lines, signatures, changes of signatory, scans, header."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

from agreements.choices import BaState, PaperScope
from agreements.digests import change_digest, line_facts, signatory_facts, signature_digest
from agreements.models import BeritaAcara, Line, Signatory, SignatoryChange, Signature, Snapshot
from agreements.selectors.frozen import frozen_sheet
from agreements.selectors.lines import lines_of
from agreements.verify.chains import Key, compare
from agreements.verify.faults import Report
from agreements.workflow import ACTIONS, state_from_events
from core.canonical import canonical, hmac_hex, sha256_hex
from core.errors import Unavailable
from core.files import content_matches
from desks.models import Event, Meja

Acts = list[tuple[Event, dict[str, Any]]]
HEADER = ("code", "check_code", "number", "scope", "scope_key", "revision", "strand")


def check_ba(ba: BeritaAcara, chains: dict[int, list[Event]], report: Report) -> None:
    """Everything recorded about one berita acara; `chains` holds the events of its mejas."""
    mejas = list(ba.mejas.order_by("pk"))
    acts = [acts_of(ba, chains[meja.pk]) for meja in mejas]
    for meja, own in zip(mejas[1:], acts[1:], strict=True):
        if [(event.action, facts) for event, facts in own] != [(event.action, facts) for event, facts in acts[0]]:
            report.fault("BeritaAcara", ba.code, f"peristiwa pada meja {meja.code} berbeda dari meja lain")
    first: Acts = acts[0] if acts else []
    _check_state(ba, first, report)
    _check_rows(ba, first, report)
    snapshot = Snapshot.objects.filter(ba=ba).first()
    if snapshot is not None:
        _check_snapshot(ba, snapshot, first, mejas, chains, report)
    elif any(event.action == "finalise_ba" for event, _ in first):
        report.fault("Snapshot", ba.code, "rekaman naskah tidak ada")
    report.count("berita acara")


def acts_of(ba: BeritaAcara, events: list[Event]) -> Acts:
    """The acts on a berita acara in a chain."""
    mark = f'"ba":"{ba.code}"'
    return [(event, json.loads(event.payload)) for event in events if event.action in ACTIONS and mark in event.payload]


def _check_state(ba: BeritaAcara, acts: Acts, report: Report) -> None:
    state = state_from_events((event.action, facts) for event, facts in acts)
    if state != ba.state:
        said = state.label if state else "tidak ada"
        report.fault(
            "BeritaAcara", ba.number or ba.code, f"keadaan {BaState(ba.state).label}, menurut peristiwa {said}"
        )
    void = next((facts for event, facts in acts if event.action == "void_ba"), None)
    if void is not None and void["reason"] != ba.void_reason:
        report.fault("BeritaAcara", ba.number or ba.code, "alasan batal berbeda dari peristiwanya")


def _check_rows(ba: BeritaAcara, acts: Acts, report: Report) -> None:
    signed: dict[Key, str] = {}
    changed: dict[Key, str] = {}
    for event, facts in acts:
        if event.action == "sign_ba":
            signed[(ba.code, facts["order"], facts["seq"])] = facts["row_hash"]
        elif event.action == "change_signatory":
            changed[(ba.code, facts["order"], len([key for key in changed if key[1] == facts["order"]]) + 1)] = facts[
                "row_hash"
            ]
    signatures = (
        Signature.objects.filter(signatory__ba=ba)
        .select_related("signatory__ba", "file", "by")
        .order_by("signatory", "seq")
    )
    compare(
        "Signature",
        [((ba.code, row.signatory.order, row.seq), signature_digest(row)) for row in signatures],
        signed,
        report,
    )
    compare("SignatoryChange", _change_rows(ba), changed, report)
    for row in signatures:
        _check_file(row, report)


def _change_rows(ba: BeritaAcara) -> list[tuple[Key, str]]:
    rows: list[tuple[Key, str]] = []
    for row in (
        SignatoryChange.objects.filter(signatory__ba=ba).select_related("signatory__ba", "by").order_by("at", "pk")
    ):
        order = row.signatory.order
        rows.append(((ba.code, order, len([key for key, _ in rows if key[1] == order]) + 1), change_digest(row)))
    return rows


def _check_file(row: Signature, report: Report) -> None:
    if row.file is None:
        return
    key = f"{row.signatory.ba.code} · {row.signatory.order} · {row.file.code}"
    report.count("berkas")
    try:
        if row.file.sha256 != row.file_sha256 or not content_matches(row.file):
            report.fault("StoredFile", key, "isi berkas berbeda dari yang diunggah")
    except Unavailable:
        report.fault("StoredFile", key, "berkas tidak ada di penyimpanan")


def _check_snapshot(
    ba: BeritaAcara, snapshot: Snapshot, acts: Acts, mejas: list[Meja], chains: dict[int, list[Event]], report: Report
) -> None:  # fmt: skip
    key = ba.number or ba.code
    final = next(((event, facts) for event, facts in acts if event.action == "finalise_ba"), None)
    if sha256_hex(snapshot.canonical) != snapshot.sha256:
        report.fault("Snapshot", key, "naskah tidak sesuai dengan SHA-256-nya")
        return
    content = json.loads(snapshot.canonical)
    if (
        final is None
        or final[1]["sha256"] != snapshot.sha256
        or final[1]["hmac"] != snapshot.hmac
        or final[0].at != snapshot.at
    ):
        report.fault("Snapshot", key, "SHA-256, segel, atau waktu berbeda dari peristiwa finalisasi")
    template = snapshot.template.version if snapshot.template else 0
    if (content["canon"], content["key_id"], content["sheet"]["template_version"]) != (
        snapshot.canon_version,
        snapshot.key_id,
        template,
    ):
        report.fault("Snapshot", key, "versi bentuk baku, kunci, atau templat berbeda dari naskahnya")
    _check_seal(snapshot, key, report)
    wrong = [name for name in HEADER if getattr(ba, name) != content[name]]
    if wrong or str(ba.signed_on) != content["signed_on"]:
        report.fault("BeritaAcara", key, f"{', '.join(wrong) or 'tanggal'} berbeda dari naskah yang direkam")
    _check_lines(ba, snapshot, key, report)
    _check_plan(ba, snapshot, key, report)
    _check_heads(content, mejas, chains, key, report)
    _check_scope(ba, content["sheet"], key, report)


def _check_seal(snapshot: Snapshot, key: str, report: Report) -> None:
    if snapshot.key_id != str(settings.RECORD_KEY_ID):
        report.remarks.append(f"{key}: hash cocok, segel tidak dapat diperiksa (kunci {snapshot.key_id} tidak dikenal)")
    elif hmac_hex(snapshot.canonical, settings.RECORD_KEY) != snapshot.hmac:
        report.fault("Snapshot", key, "segel tidak cocok")


def _check_lines(ba: BeritaAcara, snapshot: Snapshot, key: str, report: Report) -> None:
    wanted = {(row[0], row[1]): list(row) for row in lines_of(frozen_sheet(snapshot))}
    found = {(row.lampiran, row.order): line_facts(row) for row in Line.objects.filter(ba=ba)}
    for place in sorted(wanted.keys() | found.keys()):
        if wanted.get(place) != found.get(place):
            what = (
                "hilang"
                if place not in found
                else "tidak ada dalam naskah"
                if place not in wanted
                else "berbeda dari naskah"
            )
            report.fault("Line", f"{key} Lampiran {place[0]} nomor {place[1]}", what)
    report.count("baris Line", len(found))


def _check_plan(ba: BeritaAcara, snapshot: Snapshot, key: str, report: Report) -> None:
    """The signatories are those of the text with the recorded changes, nothing else."""
    wanted = {block.order: canonical(signatory_facts(block)) for block in frozen_sheet(snapshot).signers}
    for change in SignatoryChange.objects.filter(signatory__ba=ba).select_related("signatory").order_by("at", "pk"):
        if wanted.get(change.signatory.order) != change.before:
            report.fault("SignatoryChange", f"{key} nomor {change.signatory.order}", "keadaan semula tidak cocok")
        wanted[change.signatory.order] = change.after
    found = {
        row.order: canonical(signatory_facts(row))
        for row in Signatory.objects.filter(ba=ba).select_related("institution", "user")
    }
    for order in sorted(wanted.keys() | found.keys()):
        if wanted.get(order) != found.get(order):
            report.fault("Signatory", f"{key} nomor {order}", "berbeda dari naskah dan pergantian yang tercatat")


def _check_scope(ba: BeritaAcara, sheet: dict[str, Any], key: str, report: Report) -> None:
    """The sittings taken in, and of an induk its parts with their hashes, are those of the text."""
    if ba.scope == PaperScope.SESSION:
        return
    taken = set(ba.sessions.values_list("code", flat=True))
    if taken != {row["code"] for row in sheet.get("sittings", [])}:
        report.fault("BaSession", key, "sesi yang tercakup berbeda dari naskah")
    listed = {row["code"]: row["sha256"] for row in sheet.get("papers", [])}
    recorded = dict(Snapshot.objects.filter(ba__induk_rows__ba=ba).values_list("ba__code", "sha256"))
    for code in sorted(listed.keys() | recorded.keys()):
        if listed.get(code) != recorded.get(code):
            report.fault("BaPart", f"{key} · {code}", "bagian berbeda dari yang dihimpun dalam naskah")


def _check_heads(
    content: dict[str, Any], mejas: list[Meja], chains: dict[int, list[Event]], key: str, report: Report
) -> None:
    heads = {row["meja"]: (row["seq"], row["hash"]) for row in content["sheet"]["heads"]}
    if set(heads) != {meja.code for meja in mejas}:
        report.fault("BaMeja", key, "meja berbeda dari naskah")
    for meja in mejas:
        seq, digest = heads.get(meja.code, (0, ""))
        if not any(event.seq == seq and event.hash == digest for event in chains[meja.pk]):
            report.fault("Event", f"{meja.chain} #{seq}", f"kepala rantai yang tercetak dalam {key} tidak ditemukan")
