"""The pages on which a K/L fills its targets: rights, one plain form, per-row results, nothing typed lost, Excel in two steps."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.actors import Actor
from core.errors import InvalidInput
from core.models import Job, StoredFile
from desks.models import DeskBidang, DeskIndicator, Event, Stage
from desks.services.targets import TargetWrite, save_targets
from indicators.models import Figure, Indicator, IndicatorHolder, IndicatorVersion
from planning.models import BidangHolder, BidangUrusan
from tests.desks.chain import verify_chain
from tests.desks.world import PLAN_YEAR, World

CODE = "1.03.001"


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(world: World, name: str = "targets", *args: str) -> str:
    return reverse(f"desks:{name}", args=[world.round.code, world.desk.code, *args])


def fields(region: str, text: str, base: str = "", version: int = 0, code: str = CODE) -> dict[str, str]:
    return {f"t:{code}|{region}": text, f"o:{code}|{region}": base, f"v:{code}|{region}": str(version)}


def target(world: World, region: str = "32", code: str = CODE) -> Figure | None:
    return Figure.objects.filter(
        indicator__code=code, region__kode=region, year=PLAN_YEAR, source__startswith="kl_", line_key=world.round.code
    ).first()


def rows_by_region(answer) -> dict[str, object]:
    return {row.cell.region: row for row in answer.context["form"].rows}


@pytest.mark.parametrize(
    ("name", "status"),
    [("kl", 200), ("moderator", 200), ("bappenas", 200), ("other_kl", 403), ("outsider", 404), ("bappeda", 404), ("opd", 404)],
)  # fmt: skip
def test_who_may_look_at_targets(world: World, name: str, status: int) -> None:
    client = client_of(getattr(world, name))
    for page in (url(world), url(world, "targets_indicator", CODE), url(world, "targets_download")):
        assert client.get(page).status_code == status


def test_only_the_kl_in_charge_has_fields_and_may_save(world: World) -> None:
    page = url(world, "targets_indicator", CODE)
    assert client_of(world.moderator).get(page).content.decode().count('name="t:') == 0
    assert client_of(world.kl).get(page).content.decode().count('name="t:') == 2
    assert client_of(world.moderator).post(page, fields("32", "15")).status_code == 403
    assert target(world) is None


def test_one_form_saves_what_changed_in_one_transaction(world: World) -> None:
    client = client_of(world.kl)
    body = {**fields("32", "15,5"), **fields("36", "14–16"), "kunci": "a1"}
    assert client.post(url(world, "targets_indicator", CODE), body).status_code == 302
    assert [str(target(world, kode).value_min) for kode in ("32", "36")] == ["15.5000", "14.0000"]
    assert [event.action for event in verify_chain(world.meja)][-1] == "set_indicative"
    before = Event.objects.count()
    assert client.post(url(world, "targets_indicator", CODE), body).status_code == 302
    assert Event.objects.count() == before


def test_the_national_target_is_set_on_the_list(world: World) -> None:
    client = client_of(world.kl)
    body = fields("00", "15", base="14,00", version=1)
    assert client.post(url(world), body).status_code == 302
    assert (target(world, "00").value_min, target(world, "00").version) == (15, 2)
    assert [event.action for event in verify_chain(world.round)] == ["set_national"]


def test_conflict_refusal_and_doubt_are_told_per_row_and_nothing_typed_is_lost(world: World) -> None:
    save_targets(world.chair, world.desk, [TargetWrite(CODE, "32", "16")])
    client = client_of(world.kl)
    body = {**fields("32", "15"), **fields("36", "5,,3"), "kunci": "a2"}
    answer = client.post(url(world, "targets_indicator", CODE), body)
    assert answer.status_code == 409
    rows = rows_by_region(answer)
    assert [(rows[kode].status, rows[kode].typed) for kode in ("32", "36")] == [("conflict", "15"), ("refused", "5,,3")]
    assert "16,00" in rows["32"].message
    again = {**fields("32", "15", base=rows["32"].base, version=rows["32"].version), "kunci": "a3"}
    assert client.post(url(world, "targets_indicator", CODE), again).status_code == 302
    assert target(world).value_min == 15


def test_an_ambiguous_point_is_asked_once_for_the_form(world: World) -> None:
    client = client_of(world.kl)
    body = {**fields("32", "1.234"), **fields("36", "2.345"), "kunci": "a4"}
    answer = client.post(url(world, "targets_indicator", CODE), body)
    assert answer.status_code == 422
    assert answer.content.decode().count('name="dot"') == 2
    assert (
        client.post(url(world, "targets_indicator", CODE), {**body, "dot": "decimal", "kunci": "a5"}).status_code == 302
    )
    assert [str(target(world, kode).value_min) for kode in ("32", "36")] == ["1.2340", "2.3450"]


def test_a_used_key_with_other_content_keeps_what_was_typed(world: World) -> None:
    client = client_of(world.kl)
    page = url(world, "targets_indicator", CODE)
    client.post(page, {**fields("32", "15"), "kunci": "a6"})
    answer = client.post(page, {**fields("36", "17"), "kunci": "a6"})
    assert answer.status_code == 422
    assert rows_by_region(answer)["36"].typed == "17"
    assert answer.context["kunci"] != "a6"


def test_spreading_is_a_preview(world: World) -> None:
    save_targets(world.kl, world.desk, [TargetWrite(CODE, "32", "16")])
    client = client_of(world.kl)
    body = {**fields("32", "16,00", "16,00", 1), **fields("36", ""), "act": "spread", "isi": "12,5"}
    answer = client.post(url(world, "targets_indicator", CODE), body)
    assert answer.status_code == 200
    rows = rows_by_region(answer)
    assert [(rows[kode].typed, rows[kode].status) for kode in ("32", "36")] == [("16,00", ""), ("12,5", "spread")]
    assert target(world, "36") is None


def test_a_closed_stage_says_hour_and_zone_and_keeps_the_typing(world: World) -> None:
    now = timezone.now()
    Stage.objects.filter(kind__in=["preparation", "filling_kl"]).update(closes_at=now - dt.timedelta(hours=1))
    client = client_of(world.kl)
    page = client.get(url(world, "targets_indicator", CODE))
    assert "WIB" in page.context["book"].closed
    assert page.content.decode().count('name="t:') == 0
    answer = client.post(url(world, "targets_indicator", CODE), {**fields("32", "15"), "kunci": "a7"})
    assert answer.status_code == 409
    assert 'value="15"' in answer.content.decode()


def test_a_kl_fills_only_the_indicators_it_holds(world: World) -> None:
    health = BidangUrusan.objects.create(
        kode="1.02", name="Kesehatan", short_name="Kesehatan", urusan_kode="1", urusan_name="Wajib", concurrent=True
    )
    DeskBidang.objects.create(desk=world.desk, bidang=health)
    BidangHolder.objects.create(year=PLAN_YEAR, institution=world.kemenkes, bidang=health, part="penanggung_jawab")
    other = Indicator.objects.create(code="1.02.001", strand="urusan", bidang=health, unit="%", decimals=2)
    IndicatorVersion.objects.create(indicator=other, year=PLAN_YEAR, name="Cakupan imunisasi", unit="%")
    DeskIndicator.objects.create(round=world.round, desk=world.desk, indicator=other, order=9)
    results = save_targets(world.kl, world.desk, [TargetWrite(other.code, "32", "50"), TargetWrite(CODE, "32", "15")])
    assert [row.status for row in results] == ["refused", "saved"]


def test_the_holder_of_a_single_indicator_may_set_it(world: World) -> None:
    IndicatorHolder.objects.create(indicator=world.indicators[0], year=PLAN_YEAR, institution=world.bappenas_inst)
    results = save_targets(
        world.bappenas, world.desk, [TargetWrite(CODE, "32", "15"), TargetWrite("1.03.002", "32", "15")]
    )
    assert [row.status for row in results] == ["saved", "refused"]


def test_a_target_named_twice_is_refused(world: World) -> None:
    with pytest.raises(InvalidInput):
        save_targets(world.kl, world.desk, [TargetWrite(CODE, "32", "15"), TargetWrite(CODE, "32", "16")])


def test_words_too_long_for_a_value_are_refused(world: World) -> None:
    result = save_targets(world.kl, world.desk, [TargetWrite(CODE, "32", "kata " * 60)])[0]
    assert (result.status, target(world)) == ("refused", None)


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    client = client_of(world.kl)
    counts = []
    for more in (0, 27):
        for no in range(more):
            row = Indicator.objects.create(code=f"1.03.9{no:02}", strand="urusan", bidang=world.bidang, unit="%")
            IndicatorVersion.objects.create(indicator=row, year=PLAN_YEAR, name=f"Tambahan {no}", unit="%")
            DeskIndicator.objects.create(round=world.round, desk=world.desk, indicator=row, order=50 + no)
        client.get(url(world))
        with CaptureQueriesContext(connection) as seen:
            client.get(url(world))
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[1] <= 15


def download(client: Client, world: World, **new: object) -> bytes:
    """The workbook with TARGET BARU filled: keys are `<indicator>|<region>`."""
    book = load_workbook(io.BytesIO(client.get(url(world, "targets_download")).content))
    sheet = book["Target"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    for line in range(5, sheet.max_row + 1):
        key = f"{sheet.cell(line, heads['Kode indikator']).value}|{sheet.cell(line, heads['Kode wilayah']).value}"
        if key in new:
            sheet.cell(line, heads["TARGET BARU"]).value = new[key]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client: Client, world: World, content: bytes, name: str = "target.xlsx"):
    return client.post(url(world, "targets_upload"), {"berkas": SimpleUploadedFile(name, content)})


def test_a_workbook_is_checked_first_and_taken_over_after(world: World) -> None:
    client = client_of(world.kl)
    content = download(client, world, **{f"{CODE}|32": 15.5, f"{CODE}|36": "5,,3", f"{CODE}|00": 14})
    answer = upload(client, world, content)
    job = Job.objects.get(kind="desks.target_upload")
    assert (answer.status_code, answer.url) == (302, url(world, "targets_preview", job.code))
    assert len(job.file.sha256) == 64
    preview = client.get(answer.url)
    assert {each["row"].region: each["row"].status for each in preview.context["rows"]} == {
        "32": "new",
        "36": "refused",
        "00": "same",
    }
    assert target(world) is None
    body = {"kunci": "u1", "dot": "ask"}
    assert client.post(url(world, "targets_accept", job.code), body).status_code == 302
    assert str(target(world).value_min) == "15.5000"
    assert client.post(url(world, "targets_accept", job.code), body).status_code == 302
    assert Event.objects.filter(action="set_indicative").count() == 1, "taken over once"
    assert Job.objects.get().note == "1 target disimpan dari berkas ini."


def test_an_upload_can_be_thrown_away(world: World) -> None:
    client = client_of(world.kl)
    upload(client, world, download(client, world, **{f"{CODE}|32": 15.5}))
    job = Job.objects.get()
    assert client.post(url(world, "targets_accept", job.code), {"batal": "1"}).status_code == 302
    assert client.get(url(world, "targets_preview", job.code)).status_code == 404
    assert (target(world), Job.objects.get().file) == (None, None)


def test_what_changed_after_the_download_is_not_overwritten(world: World) -> None:
    client = client_of(world.kl)
    content = download(client, world, **{f"{CODE}|32": 15.5, f"{CODE}|36": 13})
    save_targets(world.chair, world.desk, [TargetWrite(CODE, "32", "16")])
    preview = client.get(upload(client, world, content).url)
    assert {each["row"].region: each["row"].status for each in preview.context["rows"]} == {
        "32": "conflict",
        "36": "new",
    }
    client.post(url(world, "targets_accept", Job.objects.get().code), {"kunci": "u2"})
    assert [target(world, kode).value_min for kode in ("32", "36")] == [16, 13]


def test_a_file_that_is_not_ours_is_refused_in_words_and_not_kept(world: World) -> None:
    client = client_of(world.kl)
    answer = upload(client, world, b"<html><table><tr><td>1</td></tr></table></html>", "target.xls")
    assert answer.status_code == 422
    assert "simpan ulang sebagai .xlsx" in answer.context["error"]
    assert (Job.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_others_neither_upload_nor_see_an_upload(world: World) -> None:
    client = client_of(world.kl)
    content = download(client, world, **{f"{CODE}|32": 15.5})
    upload(client, world, content)
    code = Job.objects.get().code
    assert upload(client_of(world.moderator), world, content).status_code == 403
    assert client_of(world.chair).get(url(world, "targets_preview", code)).status_code == 404
    assert client_of(world.moderator).post(url(world, "targets_accept", code), {}).status_code == 404
