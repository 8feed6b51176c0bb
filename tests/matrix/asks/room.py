"""The sittings: planning, the room, acts on a sitting and on a row."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.utils import timezone

from desks.models import Support
from tests.matrix.asks.base import Ask, fresh_key, how, option, version
from tests.matrix.asks.board import desk_args
from tests.matrix.asks.isian import support_data
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


def _times() -> dict[str, str]:
    day = timezone.localdate() + dt.timedelta(days=1)
    return {
        "day": day.isoformat(),
        "begins": "09:00",
        "ends": "11:00",
        "mode": "hybrid",
        "place": "Ruang 1",
        "zone": "Asia/Jakarta",
    }


@how("desks:session_plan")
def session_plan(made: Prepared, row: Row) -> Ask:
    mejas = {"other_round": "other_round", "other_desk": "other_desk"}.get(row.where, "own")
    end = {"ends": "08:00"} if option(row, "times") == "bad" else {}
    return Ask(desk_args(made, row), data={**_times(), **end, "regions": made.mejas[mejas].code, "kunci": fresh_key()})


@how("desks:session", "desks:session_versions")
def session(made: Prepared, row: Row) -> Ask:
    item = option(row, "butir")
    query = f"butir={made.item(row.where, item).code}" if item else ""
    return Ask((made.session(row.where, row.state).code,), query=query)


@how("desks:session_open", "desks:session_refresh", "desks:session_reopen")
def sitting(made: Prepared, row: Row) -> Ask:
    why = "" if option(row, "note") == "missing" else "uji"
    return Ask((made.session(row.where, row.state).code,), data={"kunci": fresh_key(), "alasan_buka": why})


@how("desks:session_close")
def session_close(made: Prepared, row: Row) -> Ask:
    reason = "" if option(row, "reason") == "missing" else "waktu"
    return Ask((made.session(row.where, row.state).code,), data={"kunci": fresh_key(), "kode_alasan": reason})


@how("desks:session_follow_up")
def session_follow_up(made: Prepared, row: Row) -> Ask:
    return Ask((made.session(row.where, row.state).code,), data={**_times(), "kunci": fresh_key()})


@how("desks:attendance")
def attendance(made: Prepared, row: Row) -> Ask:
    data: dict[str, Any] = {"kunci": fresh_key(), "lembaga": made.world.kemendagri_inst.pk}
    if option(row, "act") == "absent":
        data |= {"perbuatan": "tidak_hadir", "alasan_absen": "tugas lain"}
    else:
        data |= {"cara": "onsite", "nama": "" if option(row, "name") == "missing" else "Hadirin", "jabatan": "Analis"}
    return Ask((made.session(row.where, row.state).code,), data=data)


@how("desks:agree_all", "desks:consent_all")
def in_bulk(made: Prepared, row: Row) -> Ask:
    code = made.session(row.where).code
    if row.method == "GET":
        return Ask((code,))
    item = made.item(row.where, row.state)
    newest = item.positions.order_by("-seq").first()
    seen = int(version(row, item.version)) if row.route == "desks:agree_all" else newest.seq if newest else 0
    picked = f"{item.code}:{seen}" if option(row, "pick") != "none" else None
    return Ask((code,), data={"butir": picked, "kunci": fresh_key()})


def _act(made: Prepared, row: Row, **fields: Any) -> Ask:
    item = made.item(row.where, row.state)
    session = made.session(row.where, option(row, "sitting"))
    return Ask((session.code, item.code), data={"versi": version(row, item.version), "kunci": fresh_key(), **fields})


def _institution(made: Prepared, row: Row, name: str) -> Any:
    chosen = option(row, name)
    return getattr(made.world, chosen).pk if chosen else ""


@how("desks:row_call", "desks:row_postpone")
def bare(made: Prepared, row: Row) -> Ask:
    return _act(made, row)


@how("desks:row_figure")
def figure(made: Prepared, row: Row) -> Ask:
    return _act(
        made, row, angka=option(row, "value", "16,5"), alasan="uji", atas_nama=_institution(made, row, "behalf")
    )


@how("desks:row_stance")
def stance(made: Prepared, row: Row) -> Ask:
    word = "" if option(row, "word") == "missing" else "uji"
    said = {"sikap": option(row, "kind", "setuju"), "keterangan": word, "posisi": option(row, "seen", "1")}
    return _act(made, row, **said, pihak=_institution(made, row, "party"))


@how("desks:row_verdict")
def verdict(made: Prepared, row: Row) -> Ask:
    conclusion = "" if option(row, "conclusion") == "missing" else "kesimpulan"
    return _act(
        made,
        row,
        putusan=option(row, "verdict", "agree"),
        kesimpulan=conclusion,
        kode_alasan=option(row, "reason", "anggaran"),
        nilai="",
    )


@how("desks:row_reopen")
def reopen(made: Prepared, row: Row) -> Ask:
    return _act(made, row, alasan_buka="" if option(row, "note") == "missing" else "uji")


@how("desks:row_support", "desks:row_supports_agree")
def support(made: Prepared, row: Row) -> Ask:
    one = Support.objects.filter(item=made.items["own", option(row, "of", "supported")]).get()
    note = "" if option(row, "note") == "missing" else "uji"
    return _act(made, row, sub_kegiatan=one.pk, putusan_sub=option(row, "verdict", "agreed"), catatan_sub=note)


@how("desks:row_note")
def note(made: Prepared, row: Row) -> Ask:
    said = {"isi": "uji catatan", "versi_catatan": option(row, "seen", "0"), "jenis": option(row, "kind", "desk")}
    return _act(made, row, **said, lembaga=_institution(made, row, "for"))


@how("desks:row_support_add", "desks:row_support_change")
def support_at_desk(made: Prepared, row: Row) -> Ask:
    ask = _act(made, row, **support_data(made, row, 1 if row.route == "desks:row_support_add" else 0))
    return (
        ask
        if row.route == "desks:row_support_add"
        else replace(ask, args=(*ask.args, made.more["support:supported"].pk))
    )


@how("desks:row_repair")
def repair(made: Prepared, row: Row) -> Ask:
    day = timezone.localdate() + dt.timedelta(days=2)
    note = "" if option(row, "note") == "missing" else "lengkapi"
    return _act(made, row, date=day.isoformat(), time="16:00", owner="bappeda", note=note)


@how("desks:meja_note")
def meja_note(made: Prepared, row: Row) -> Ask:
    session, meja = made.session(row.where), made.mejas["own"]
    said = {
        "isi": "uji catatan umum",
        "versi_catatan": option(row, "seen", "0"),
        "lembaga": _institution(made, row, "for"),
    }
    return Ask((session.code, meja.code), data={**said, "kunci": fresh_key()})


@how("desks:round")
def round_page(made: Prepared, row: Row) -> Ask:
    round_ = made.more["other_round"] if row.where == "other_round" else made.world.round
    return Ask((round_.code,), query="format=xlsx" if option(row, "format") else "")


@how("desks:extend_stage")
def extend_stage(made: Prepared, row: Row) -> Ask:
    round_ = made.more["other_round"] if row.where == "other_round" else made.world.round
    stage = round_.stages.get(kind="filling_region")
    at = timezone.localtime() + dt.timedelta(days=-9 if option(row, "at") == "early" else 30)
    data = {
        "institution": made.world.bappeda_jabar.pk,
        "until": at.strftime("%Y-%m-%dT%H:%M"),
        "reason": "jaringan",
        "kunci": fresh_key(),
    }
    return Ask((round_.code, stage.pk), data=data)
