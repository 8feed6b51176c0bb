"""Bahan desk: what is on the papers for whom, the workbook, the print page, the job."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from core.excel import read_rows, sheet_names
from core.jobs import run_job_now
from core.models import Job, JobState
from desks.models import Item
from desks.selectors.bahan import Bahan, bahan_of, bahan_scope, parts_of
from desks.selectors.bahan.table import printed
from desks.services.item import RowWrite, save_rows
from desks.services.support import SupportData, add_support
from desks.services.talk import put_position, write_note
from tests.desks.macro_world import Macro, macro
from tests.desks.usulan_world import Kewil, kewil
from tests.desks.views.boards import ask
from tests.desks.views.clients import client_of
from tests.desks.world import World, fill, submit

__all__ = ["kewil", "macro"]


def papers(world: World, actor: Actor, *, desk: str = "1.03", region: str = "") -> Bahan:
    return bahan_of(bahan_scope(actor, world.round.code, desk, region), timezone.now())


def words(bahan: Bahan) -> str:
    """Everything on the papers as text."""
    return " | ".join(printed(cell) for table in bahan.tables for line in table.lines for cell in line.cells)


def column(bahan: Bahan, sheet: str, head: str) -> list[str]:
    (table,) = [each for each in bahan.tables if each.sheet == sheet]
    (no,) = [no for no, each in enumerate(table.columns) if each.head == head]
    return [printed(line.cells[no]) for line in table.lines]


def test_drafts_stay_with_their_region_and_are_counted_for_the_others(world: World) -> None:
    fill(world, 2, value="77,31")
    fill(world, 1, value="66,42", meja=world.other_meja)
    submit(world, meja=world.other_meja)
    for name in ("kl", "secretariat", "auditor", "kemendagri"):
        found = papers(world, getattr(world, name))
        assert "66,42" in words(found), name
        assert "77,31" not in words(found), name
        assert {row.region: row.n for row in found.held} == {"32": 3, "36": 2}, name
    own = papers(world, world.bappeda)
    assert column(own, "Urusan", "Usulan 2027") == ["77,31", "77,31", ""]
    assert own.held == []
    assert "66,42" not in words(own)
    assert papers(world, world.other_bappeda, region="32").tables == []


def test_a_row_under_repair_shows_what_was_handed_in_and_who_asked(world: World) -> None:
    fill(world, 1, value="20")
    submit(world)
    add = SupportData(
        world.sub_kegiatan[0].pk, world.dinas_jabar.pk, "12", "Km", (world.kabkota[0].pk,), ((world.sources[0].pk, "1.000", "rp"),)
    )  # fmt: skip
    ask(world, [world.item()])
    item = world.item()
    assert save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "99,55"})])[0].status == "saved"
    add_support(world.bappeda, world.item(), add, seen_version=world.item().version)
    seen = papers(world, world.kl)
    assert column(seen, "Urusan", "Usulan 2027") == ["20,00"]
    assert column(seen, "Urusan", "Selisih nasional") == ["6"]
    assert column(seen, "Permintaan perbaikan", "Diminta oleh") == [world.pu.short_name]
    assert column(seen, "Permintaan perbaikan", "Permintaan") == ["Lengkapi sumber data."]
    assert "Rekonstruksi Jalan" not in words(seen)
    own = papers(world, world.bappeda)
    assert column(own, "Urusan", "Usulan 2027")[0] == "99,55"
    assert column(own, "Sub kegiatan", "Pagu usulan (Rp)") == ["1.000"]


def test_internal_notes_stay_inside_the_institution(world: World) -> None:
    fill(world, 1)
    submit(world)
    put_position(world.kl, world.item(), text="15,5", reason="Sesuai RPJMN", seen_version=world.item().version)
    write_note(world.kl, world.meja, item=world.item(), text="rahasia kami", seen_version=0, kind="internal")
    write_note(world.kl, world.meja, item=world.item(), text="untuk semua", seen_version=0)
    assert "rahasia kami" in words(papers(world, world.kl))
    for actor in (world.bappeda, world.kemendagri, world.secretariat):
        said = words(papers(world, actor))
        assert "rahasia kami" not in said
        assert "untuk semua" in said
        assert column(papers(world, actor), "Urusan", "Angka K/L")[0] == "15,50"


def test_macro_rows_bring_the_strategies_of_both_sides(macro: Macro) -> None:
    world = macro.world
    macro.act(world.bappeda, macro.item(), "daerah", "Pasar murah")
    macro.fill()
    macro.submit()
    macro.act(world.bappenas, macro.item(), "pusat", "Bantuan benih")
    found = papers(world, world.bappenas, desk="M", region="32")
    assert column(found, "Makro", "Usulan 2027")[0] == "5,30–5,70"
    assert column(found, "Strategi dan aksi", "Pihak") == ["Pusat", "Daerah"]
    assert column(found, "Strategi dan aksi", "Strategi dan aksi") == ["Bantuan benih", "Pasar murah"]


def test_usulan_bring_places_readiness_and_last_year(kewil: Kewil) -> None:
    world = kewil.world
    usulan = kewil.filed(places=2)
    kewil.submitted(usulan)
    found = papers(world, world.kl, desk="KW1")
    assert column(found, "Usulan", "Lokasi") == ["Kabupaten Bogor", "Kabupaten Bandung"]
    assert column(found, "Usulan", "Volume usulan") == ["5", "5"]
    assert column(found, "Kesiapan", "Tautan bukti") == ["https://contoh.go.id/fs"]
    old = Item.objects.create(
        meja=kewil.other_meja, round=world.round, region=world.banten, strand="kewilayahan", state="declined", reason="anggaran",
        conclusion="Ajukan lagi",
    )  # fmt: skip
    type(usulan).objects.create(item=old, title="Tahun lalu", next_forum="Musrenbangnas")
    Item.objects.filter(pk=usulan.item_id).update(carried_from=old)
    said = column(papers(world, world.kl, desk="KW1", region="32"), "Usulan", "Tahun lalu")[0]
    assert "Tidak direkomendasikan" in said
    assert "Musrenbangnas" in said


def post(world: World, actor: Actor, **body: str):
    return client_of(actor).post(reverse("desks:bahan_download", args=[world.round.code]), body)


def test_the_workbook_has_true_numbers_codes_as_text_and_no_formula(world: World) -> None:
    fill(world)
    submit(world)
    write_note(world.kl, world.meja, item=world.item(), text="=HYPERLINK(1)", seen_version=0)
    answer = post(world, world.kl, desk="1.03", daerah="32")
    assert answer.status_code == 200
    assert sheet_names(answer.content) == ["Sampul", "Urusan", "Catatan"]
    cover = [str(value) for row in read_rows(answer.content, sheet="Sampul") for value in row]
    assert any("Keadaan per" in value for value in cover)
    assert any(value.endswith("WIB") for value in cover)
    assert any(world.kl.user.full_name in value for value in cover)
    rows = list(read_rows(answer.content, sheet="Urusan"))
    heads, first = rows[2], rows[3]
    assert first[heads.index("Usulan 2027")] == 14.5
    assert first[heads.index("Kode wilayah")] == "32"
    assert first[heads.index("Kode indikator")] == "1.03.001"
    assert any("=HYPERLINK(1)" in row for row in read_rows(answer.content, sheet="Catatan"))


def test_big_papers_are_a_job_under_the_membership_that_asked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(world)
    submit(world)
    monkeypatch.setattr("desks.views.bahan.AT_ONCE", 2)
    monkeypatch.setattr("core.waiting.PATIENCE", 0)
    answer = post(world, world.kl, desk="1.03")
    job = Job.objects.get(kind="desks.bahan")
    assert answer.url == reverse("core:job", args=[job.code])
    done = run_job_now(job)
    assert (done.state, done.progress) == (JobState.DONE, 100)
    stored = client_of(world.kl).get(reverse("core:file", args=[done.file.code]))
    content = b"".join(stored.streaming_content)  # type: ignore[attr-defined]
    assert len(list(read_rows(content, sheet="Urusan"))) == 3 + 3
    post(world, world.kl, desk="1.03")
    world.kl.membership.until = timezone.now()
    world.kl.membership.save()
    late = run_job_now(Job.objects.get(kind="desks.bahan", state=JobState.QUEUED))
    assert late.state == JobState.FAILED


def test_the_print_page_goes_by_desk_and_in_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(world)
    submit(world)
    fill(world, meja=world.other_meja)
    submit(world, meja=world.other_meja)
    url = reverse("desks:bahan", args=[world.round.code])
    page = client_of(world.kl).get(url, {"desk": "1.03"}).content.decode()
    assert page.count("<h3>") == 2
    assert "<thead><tr>" in page
    monkeypatch.setattr("desks.selectors.bahan.scope.PART", 3)
    assert [part.rows for part in parts_of(bahan_scope(world.kl, world.round.code, "1.03", ""))] == [3, 3]
    second = client_of(world.kl).get(url, {"desk": "1.03", "bagian": "2"}).content.decode()
    assert "Banten</h3>" in second
    assert "Jawa Barat</h3>" not in second


def test_who_gets_papers(world: World) -> None:
    url = reverse("desks:bahan", args=[world.round.code])
    for actor, query, status in (
        (world.outsider, {}, 404), (world.other_kl, {"desk": "1.03"}, 403), (world.kl, {"desk": "9.99"}, 404),
        (world.kl, {"desk": "1.03", "daerah": "11"}, 404), (world.kl, {}, 200), (world.observer, {"desk": "1.03"}, 200),
    ):  # fmt: skip
        assert client_of(actor).get(url, query).status_code == status, (actor, query)
    assert "Jawa Barat, semua desk" in client_of(world.bappeda).get(url).content.decode()
    assert post(world, world.kl).status_code == 400
