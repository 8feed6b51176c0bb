"""The sheet of pagu: typed, uploaded, read by whom it concerns; every refusal in words and nothing half written."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.excel import read_rows
from core.models import AuditEntry
from core.money import Unit, amount_as_typed
from planning.models import Pagu
from tests.desks import world as w
from tests.desks.views.clients import client_of

pytestmark = pytest.mark.django_db
URL = reverse("planning:pagu_list")
UPLOAD = reverse("planning:pagu_upload")
HEAD = "Kode perangkat daerah,Kode bidang,Pagu 2027 (Rp juta),Status,Dasar,Tanggal dasar\n"


@pytest.fixture
def world() -> w.World:
    return w.build(3)


def typed(
    world: w.World,
    amount: str,
    status: str = "sementara",
    source: str = "",
    date: str = "",
    base: str = "0||sementara||",
    unit: str = "juta",
):
    key = f"{world.dinas_jabar.pk}.{world.bidang.pk}"
    texts = {"p": amount, "s": status, "o": source, "t": date, "d": base}
    return {"tahun": "2027", "satuan": unit, **{f"{name}.{key}": text for name, text in texts.items()}}


def upload(world: w.World, body: str, unit: str = "juta"):
    file = SimpleUploadedFile("pagu.csv", (HEAD + body).encode())
    return client_of(world.bappeda).post(UPLOAD, {"tahun": "2027", "satuan": unit, "file": file})


@pytest.mark.parametrize(
    ("rupiah", "unit", "text"),
    [
        (1_234_500_000, Unit.JUTA, "1.234,5"),
        (1, Unit.MILIAR, "0,000000001"),
        (0, Unit.RP, "0"),
        (15_000, Unit.RIBU, "15"),
    ],
)
def test_an_amount_in_the_unit_of_its_sheet_loses_nothing(rupiah: int, unit: Unit, text: str) -> None:
    assert amount_as_typed(rupiah, unit) == text


def test_typed_in_juta_shown_in_every_unit_and_audited(world: w.World) -> None:
    client = client_of(world.bappeda)
    page = client.get(f"{URL}?satuan=juta").content.decode()
    assert "Pagu (Rp juta)" in page and "1 belum ditetapkan" in page
    done = client.post(URL, typed(world, "1.250,5", "tetap", "Perkada 4/2026", "15/02/2026"))
    assert (done.status_code, done.url) == (302, f"{URL}?tahun=2027&satuan=juta")
    row = Pagu.objects.get()
    assert (row.amount, row.amount_unit, row.provisional, f"{row.dated}") == (
        1_250_500_000,
        "juta",
        False,
        "2026-02-15",
    )
    assert AuditEntry.objects.filter(action="planning.set_pagu", object_code__endswith="/1.03").count() == 1
    shown = client.get(f"{URL}?satuan=rp").context["rows"][0]
    assert shown.texts == ("1.250.500.000", "tetap", "Perkada 4/2026", "15/02/2026")
    again = typed(world, *shown.texts, base=shown.base, unit="rp")
    client.post(URL, again)
    assert Pagu.objects.get().version == 1
    client.post(URL, typed(world, "", "tetap", "", "", base=shown.base, unit="rp"))
    assert not Pagu.objects.exists()


def test_a_stale_sheet_and_a_wrong_amount_keep_what_was_typed(world: w.World) -> None:
    client = client_of(world.bappeda)
    client.post(URL, typed(world, "10"))
    stale = client.post(URL, typed(world, "20"))
    assert stale.status_code == 422
    text = stale.content.decode()
    assert "sudah diubah orang lain, kini Rp10.000.000" in text and 'value="20"' in text
    for amount, date, words in (
        ("sepuluh", "", "bukan jumlah uang"),
        ("-5", "", "negatif"),
        ("7", "31/02/2026", "bukan tanggal"),
    ):
        bad = client.post(URL, typed(world, amount, date=date, base="1|10|sementara||"))
        assert bad.status_code == 422 and words in bad.content.decode()
    assert Pagu.objects.get().amount == 10_000_000


def test_each_reads_its_own_and_only_the_bappeda_writes(world: w.World) -> None:
    for office, amount in ((world.dinas_jabar, 5), (world.dinas_banten, 6), (world.pu, 7)):
        Pagu.objects.create(year=2027, institution=office, bidang=world.bidang, amount=amount)
    seen = {
        who: [row.pagu.amount for row in client_of(getattr(world, who)).get(URL).context["rows"] if row.pagu]
        for who in ("bappeda", "opd", "verifikator", "other_bappeda", "kl", "moderator", "bappenas")
    }
    assert seen == {
        "bappeda": [5],
        "opd": [5],
        "verifikator": [5],
        "other_bappeda": [6],
        "kl": [7],
        "moderator": [],
        "bappenas": [],
    }
    for who in (world.opd, world.verifikator, world.kl):
        assert client_of(who).post(URL, typed(world, "9")).status_code == 403
        assert "Simpan</button>" not in client_of(who).get(URL).content.decode()
    assert sorted(Pagu.objects.values_list("amount", flat=True)) == [5, 6, 7]


def test_a_file_is_taken_whole_and_its_own_workbook_changes_nothing(world: w.World) -> None:
    kode = world.dinas_jabar.kode
    assert upload(world, f'{kode},1.03,"1.250,5",tetap,Perkada 4/2026,15 Februari 2026\n').status_code == 302
    row = Pagu.objects.get()
    assert (row.amount, row.provisional, row.source, f"{row.dated}") == (
        1_250_500_000,
        False,
        "Perkada 4/2026",
        "2026-02-15",
    )
    client = client_of(world.bappeda)
    book = client.get(f"{URL}?satuan=miliar&format=xlsx").content
    assert read_rows(book)[2][4] == "Pagu 2027 (Rp miliar)" and read_rows(book)[3][4] == 1.2505
    before = AuditEntry.objects.count()
    file = SimpleUploadedFile("pagu.xlsx", book)
    assert client.post(UPLOAD, {"tahun": "2027", "satuan": "miliar", "file": file}).status_code == 302
    assert (AuditEntry.objects.count(), Pagu.objects.get().version) == (before, 1)


@pytest.mark.parametrize(
    ("body", "unit", "words"),
    [
        ("{kode},1.03,5,,,\n", "rp", "Judul kolom menyebut Rp juta, sedangkan yang dipilih Rp"),
        ("{kode},1.03,5,,,\nX,1.03,5,,,\n", "juta", "tidak ada di daerah Anda"),
        ("{other},1.03,5,,,\n", "juta", "tidak ada di daerah Anda"),
        ("{kode},9.99,5,,,\n", "juta", "Kode bidang “9.99” tidak dikenal"),
        ("{kode},1.03,lima,,,\n", "juta", "bukan jumlah uang"),
        ("{kode},1.03,5,mungkin,,\n", "juta", "tulis sementara atau tetap"),
        ("{kode},1.03,5,,,besok\n", "juta", "bukan tanggal"),
        ("{kode},1.03,5,,,\n{kode},1.03,6,,,\n", "juta", "sudah ada pada baris sebelumnya"),
    ],
)
def test_a_bad_file_names_its_row_and_changes_nothing(world: w.World, body: str, unit: str, words: str) -> None:
    answer = upload(world, body.format(kode=world.dinas_jabar.kode, other=world.dinas_banten.kode), unit)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Pagu.objects.exists()
