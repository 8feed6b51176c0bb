"""Dokumen and Angka: lists, filters, workbooks, who reads what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.excel import read_rows
from core.jobs import run_job_now
from core.models import Job
from core.values import Value
from indicators.choices import FigureKind
from indicators.models import Figure
from planning.models import Document, DocumentLine
from tests.desks.world import build
from tests.factories import make_institution, make_user

pytestmark = pytest.mark.django_db


def documents(world, n, start=0):
    for no in range(start, start + n):
        owner = make_institution("bappeda", f"d{no}", world.jabar, name=f"Bappeda {no}")
        made = Document.objects.create(
            kind="RPJMD", owner=owner, year_from=2025, year_to=2029, stage="penetapan", title=f"RPJMD nomor {no}"
        )
        line = DocumentLine.objects.create(document=made, line_code="1", text="Persentase jalan mantap")
        figure(world, line=line, line_key=f"{made.pk}:1", source="rpjmd", kind=FigureKind.DOCUMENT, year=2030)
    return Document.objects.order_by("pk").last()


def figure(world, region=None, text=7, **kw):
    row = Figure(indicator=world.indicators[0], region=region or world.jabar, **{"year": 2027, **kw})
    row.value = Value.point(text, unit="%")
    row.save()
    return row


def queries(client, url):
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.fixture
def world():
    return build(3)


def test_lists_ask_the_same_at_any_length(client, world):
    client.force_login(world.bappeda.user)
    last = documents(world, 3)
    urls = ["/dokumen/", "/angka/", f"/dokumen/{last.pk}/"]
    few = [queries(client, url) for url in urls]
    documents(world, 30, start=3)
    for no in range(30):
        line = DocumentLine.objects.create(document=last, line_code=f"2.{no}", text="Baris")
        figure(world, line=line, line_key=f"x{no}", source="rpjmd", kind=FigureKind.DOCUMENT)
    assert [queries(client, url) for url in urls] == few
    assert max(few) <= 15


def test_filters_and_workbook_agree(client, world):
    client.force_login(world.kl.user)
    documents(world, 3)
    page = client.get("/dokumen/", {"q": "rpjmd 1", "jenis": "RPJMD", "tahun": 2027})
    assert [row.title for row in page.context["page"].rows] == ["RPJMD nomor 1"]
    book = client.get("/dokumen/", {"q": "rpjmd 1", "format": "xlsx"})
    assert [row[0] for row in read_rows(book.content, "Dokumen")] == ["Judul", "RPJMD nomor 1"]
    assert "Tidak ada dokumen yang cocok." in client.get("/dokumen/", {"q": "tiada"}).content.decode()


def test_pages_of_fifty(client, world):
    client.force_login(world.kl.user)
    documents(world, 51)
    first, second = client.get("/dokumen/"), client.get("/dokumen/", {"halaman": 2})
    assert (len(first.context["page"].rows), len(second.context["page"].rows)) == (50, 1)
    assert first.context["page"].count_text == "51 dokumen"
    assert second.context["page"].previous_url == "?halaman=1"


def test_a_document_shows_its_lines_with_figures(client, world):
    client.force_login(world.kl.user)
    last = documents(world, 1)
    text = client.get(f"/dokumen/{last.pk}/").content.decode()
    assert "Persentase jalan mantap" in text
    assert "Jawa Barat 2030" in text
    assert "Tidak ada baris yang cocok." in client.get(f"/dokumen/{last.pk}/", {"q": "tiada"}).content.decode()
    book = client.get(f"/dokumen/{last.pk}/", {"format": "xlsx"})
    assert [row[4] for row in read_rows(book.content, "Angka")][1:] == [2030]
    assert client.get("/dokumen/999999/").status_code == 404


def shown(client, **query):
    rows = client.get("/angka/", query).context["rows"]
    return [(row["region_name"], row["kind"], row["year"]) for row in rows]


def test_figures_of_one_indicator_and_region(client, world):
    client.force_login(world.bappeda.user)
    figures = shown(client, indikator="1.03.001", wilayah="Jawa Barat")
    assert figures == [("Jawa Barat", "actual", year) for year in (2023, 2024, 2025)] + [
        ("Jawa Barat", "document", 2027)
    ]
    assert shown(client, indikator="mantap ruas 1", wilayah="32") == figures
    assert client.get("/angka/", {"indikator": "1.03.001", "wilayah": "32"}).context["chosen"]["code"] == "1.03.001"
    none = client.get("/angka/", {"indikator": "1.03.001", "wilayah": "32", "tahun": 1999}).content.decode()
    assert "Tidak dipublikasikan." in none


def test_targets_of_a_round_are_read_by_the_centre_and_the_region_itself(client, world):
    code = world.round.code
    figure(world, world.jabar, kind=FigureKind.INDICATIVE, source="kl_indikatif", line_key=code)
    figure(world, world.banten, kind=FigureKind.INDICATIVE, source="kl_indikatif", line_key=code)
    figure(world, world.banten, kind=FigureKind.AGREEMENT, source="rakortek", line_key=code)
    expected = {
        "kl": [
            ("Banten", "agreement"),
            ("Banten", "indicative"),
            ("Indonesia", "national"),
            ("Jawa Barat", "indicative"),
        ],
        "bappeda": [("Indonesia", "national"), ("Jawa Barat", "indicative")],
        "other_bappeda": [("Banten", "agreement"), ("Banten", "indicative"), ("Indonesia", "national")],
    }
    for who, rows in expected.items():
        client.force_login(getattr(world, who).user)
        found = {(region, kind) for region, kind, _ in shown(client, indikator="1.03.001")}
        assert sorted(each for each in found if each[1] not in ("actual", "document")) == rows, who


def test_figures_as_workbook_numbers_stay_numbers(client, world):
    client.force_login(world.bappeda.user)
    book = client.get("/angka/", {"indikator": "1.03.001", "wilayah": "32", "format": "xlsx"})
    rows = list(read_rows(book.content, "Angka"))
    assert [(row[0], row[3], row[4], row[7]) for row in rows[1:]] == [
        ("1.03.001", "Jawa Barat", 2023, 11), ("1.03.001", "Jawa Barat", 2024, 12), ("1.03.001", "Jawa Barat", 2025, 13),
        ("1.03.001", "Jawa Barat", 2027, 15),
    ]  # fmt: skip


def test_a_long_list_becomes_a_job_for_the_same_reader(client, world, monkeypatch, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    monkeypatch.setattr("indicators.views.figures.AT_ONCE", 2)
    figure(world, world.banten, kind=FigureKind.INDICATIVE, source="kl_indikatif", line_key=world.round.code)
    client.force_login(world.bappeda.user)
    response = client.get("/angka/", {"indikator": "1.03.001", "format": "xlsx"})
    job = Job.objects.get()
    assert response["Location"] == f"/pekerjaan/{job.code}/"
    done = run_job_now(job)
    assert done.error == ""
    content = (tmp_path / done.file.path).read_bytes()
    kinds = {row[6] for row in list(read_rows(content, "Angka"))[1:]}
    assert kinds == {"Capaian", "Target dokumen", "Target nasional"}


def test_only_members_read(client, world):
    client.force_login(make_user())
    assert [client.get(url).status_code for url in ("/dokumen/", "/angka/")] == [403, 403]
    client.logout()
    assert client.get("/dokumen/").status_code == 302
