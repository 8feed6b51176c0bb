"""Files in: kept, columns settled and remembered, every row reported, loaded once or thrown away."""

from __future__ import annotations

import pytest

from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from core.excel import read_rows
from core.files import open_stored
from core.jobs import run_job_now
from core.models import AuditEntry, StoredFile
from indicators.services import uploads
from indicators.services.accept import accept_upload
from indicators.services.reading import begin_reading
from indicators.services.uploads import choose_columns, drop_upload, layout_of, move_header, start_upload
from planning.imports.layouts.fields import Column
from planning.models import (
    ColumnMapping,
    Document,
    LineYear,
    Upload,
    UploadRow,
)
from tests.desks.world import build
from tests.planning.layouts.sheets import FLAT, NAMES, SUB, csv, flat, head_for, uploaded, xlsx

pytestmark = pytest.mark.django_db
FIVE = ["Kode", "", "", "", "", "Uraian", "Keluaran", "Satuan", "Target 2027", "Pagu (Rp ribu)", "OPD"]
LIST = [
    FIVE,
    *(
        ["1", "03", "10", "1.01", f"000{no}", NAMES[no - 1], "Panjang", None, f"{no}0 Km", no * 1000, None]
        for no in (1, 2, 3)
    ),
]


@pytest.fixture
def world(db):
    return build(3)


def started(world, rows=None, actor=None, **kw):
    content = rows if isinstance(rows, bytes) else xlsx(rows or [FLAT, flat(1), flat(2), flat(3, pagu="x")])
    return start_upload(actor or world.bappeda, head_for(world, **kw), uploaded(content))


def shown(world, *args, **kw):
    upload = started(world, *args, **kw)
    assert begin_reading(kw.get("actor") or world.bappeda, upload) is None
    return upload


def test_a_list_is_loaded_with_its_file_and_report(world):
    upload = shown(world)
    assert (upload.state, upload.counts, sum(upload.counts.values())) == ("pratinjau", {"diambil": 2, "ditolak": 1}, 3)
    assert Document.objects.count() == 0
    said = accept_upload(world.bappeda, upload)
    made = Document.objects.get()
    assert "versi 1: 2 baris" in said
    assert (made.file_id, upload.document, [line.line_code for line in made.lines.all()]) == (
        upload.file_id,
        made,
        [f"{SUB}1", f"{SUB}2"],
    )
    assert set(LineYear.objects.values_list("target", "amount")) == {("12", 1_500_000)}
    assert (
        UploadRow.objects.get(outcome="ditolak").note
        == "“x” bukan jumlah uang. Tulis misalnya 1.500.000 atau 1,5 miliar."
    )
    with open_stored(made.file) as file:
        assert file.read().startswith(b"PK")
    assert AuditEntry.objects.filter(action="planning.add_document").count() == 1


def test_a_second_click_a_stale_page_and_another_owner_change_nothing(world):
    upload = shown(world)
    stale = Upload.objects.get(pk=upload.pk)
    accept_upload(world.bappeda, upload)
    for act in (accept_upload, drop_upload):
        with pytest.raises(TransitionNotAllowed):
            act(world.bappeda, upload)
        with pytest.raises(TransitionNotAllowed):
            act(world.bappeda, stale)
    with pytest.raises(NotAllowed):
        accept_upload(world.other_bappeda, shown(world, title="Lain", rows=[FLAT, flat(1)]))
    with pytest.raises(NotAllowed):
        started(world, actor=world.other_bappeda)
    assert Document.objects.count() == 1


def test_the_same_file_at_the_same_stage_is_refused_and_stays_open(world):
    content = xlsx([FLAT, flat(1)])
    accept_upload(world.bappeda, shown(world, content))
    again = shown(world, content)
    with pytest.raises(InvalidInput, match="sudah dimuat sebagai versi 1"):
        accept_upload(world.bappeda, again)
    again.refresh_from_db()
    assert (again.state, Document.objects.count()) == ("pratinjau", 1)


def test_thrown_away_leaves_nothing(world):
    upload = shown(world)
    drop_upload(world.bappeda, upload)
    assert (upload.state, upload.file, UploadRow.objects.count(), Document.objects.count()) == ("dibuang", None, 0, 0)
    assert StoredFile.objects.filter(uploads=None, documents=None).exists()  # for the sweeper


def test_a_layout_is_remembered_for_the_institution_kind_and_other_years(world):
    first = started(world, csv(LIST))
    assert not first.remembered
    columns = layout_of(first).columns
    assert [column.field for column in columns][:6] == ["kode_1", "kode_2", "kode_3", "kode_4", "kode_5", "uraian"]
    columns[6] = Column("indikator")
    choose_columns(world.bappeda, first, columns)
    begin_reading(world.bappeda, first)
    assert first.counts == {"diambil": 3}
    assert UploadRow.objects.get(line=2).data.count("Panjang") == 1
    later = [[text.replace("2027", "2028") for text in FIVE], *LIST[1:]]
    second = started(world, csv(later), years=(2028, 2028))
    assert second.remembered
    begin_reading(world.bappeda, second)
    assert '"2028":["10",1000000,"ribu"]' in UploadRow.objects.get(upload=second, line=2).data
    assert not started(world, csv(LIST), actor=world.opd, kind="RENJA_PD", owner=world.dinas_jabar).remembered
    assert ColumnMapping.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({1: "kode"}, "lebih dari satu kolom"), ({0: ""}, "Pilih kolom kode"), ({3: "", 5: ""}, "target atau pagu"), ({2: "target@7"}, "tidak dikenal"),
        ({1: "kode_1"}, "jangan keduanya"),
    ],
)  # fmt: skip
def test_columns_that_cannot_be_read_are_refused(world, changes, words):
    upload = started(world)
    columns = [Column(changes.get(place, column.field)) for place, column in enumerate(layout_of(upload).columns)]
    with pytest.raises(InvalidInput, match=words):
        choose_columns(world.bappeda, upload, columns)
    assert ColumnMapping.objects.count() == 0


def test_another_header_row_and_sheet(world):
    upload = started(world, [["Kode Uraian Pagu"], FLAT, flat(1)])
    assert (upload.header_first, upload.header_last) == (1, 1)
    move_header(world.bappeda, upload, upload.sheet, 1, 1)
    assert layout_of(upload).columns[0].field == "kode"
    with pytest.raises(InvalidInput, match="di luar lembar"):
        move_header(world.bappeda, upload, upload.sheet, 400, 400)


def test_a_long_file_is_read_by_a_job(world, monkeypatch):
    monkeypatch.setattr(uploads, "AT_ONCE", 2)
    monkeypatch.setattr("indicators.services.reading.AT_ONCE", 2)
    upload = started(world)
    job = begin_reading(world.bappeda, upload)
    assert upload.state == "dibaca"
    assert run_job_now(job).error == ""
    upload.refresh_from_db()
    assert (upload.state, upload.counts) == ("pratinjau", {"diambil": 2, "ditolak": 1})


# pages


def test_the_way_through_the_pages(client, world):
    client.force_login(world.bappeda.user)
    body = {"kind": "RKPD", "owner": world.bappeda_jabar.pk, "year_from": 2027, "stage": "ranwal", "title": "RKPD 2027"}
    sent = client.post("/dokumen/unggah/", {**body, "file": uploaded(csv(LIST))})
    upload = Upload.objects.get()
    assert sent["Location"] == f"/dokumen/unggah/{upload.code}/kolom/"
    page = client.get(sent["Location"])
    text = page.content.decode()
    assert "Rekonstruksi Jalan" in text
    chosen = {f"kolom-{place}": column.field for place, column in enumerate(layout_of(upload).columns)}
    units = {f"satuan-{place}": column.unit for place, column in enumerate(layout_of(upload).columns)}
    bad = client.post(sent["Location"], {**chosen, **units, "kolom-5": "kode_1", "lakukan": "lanjut"})
    assert (bad.status_code, "lebih dari satu kolom" in bad.content.decode()) == (422, True)
    seen = client.post(sent["Location"], {**chosen, **units, "satuan-9": "juta", "lakukan": "lihat"}).content.decode()
    assert "Rp1.000.000.000" in seen
    assert Upload.objects.get().columns[9]["unit"] == "ribu"
    on = client.post(sent["Location"], {**chosen, **units, "lakukan": "lanjut"})
    assert on["Location"] == f"/dokumen/unggah/{upload.code}/"
    preview = client.get(on["Location"]).content.decode()
    assert "3 baris dibaca: 3 diambil" in preview
    assert read_rows(client.get(on["Location"], {"format": "xlsx"}).content)[3][2] == f"{SUB}1"
    client.force_login(world.other_bappeda.user)
    assert client.get(on["Location"]).status_code == client.post(f"{on['Location']}muat/").status_code == 404
    assert client.get(f"/berkas/{upload.file.code}/").status_code == 404
    client.force_login(world.bappeda.user)
    done = client.post(f"{on['Location']}muat/")
    made = Document.objects.get()
    assert done["Location"] == f"/dokumen/{made.pk}/"
    assert "Berkas asal" in client.get(done["Location"]).content.decode()
    assert client.post(f"{on['Location']}muat/")["Location"] == on["Location"]
    source = client.get(f"/berkas/{upload.file.code}/")
    assert b"".join(source.streaming_content) == csv(LIST)
    again = client.post("/dokumen/unggah/", {**body, "stage": "rancangan", "file": uploaded(csv(LIST))})
    assert again["Location"] == f"/dokumen/unggah/{Upload.objects.order_by('-pk')[0].code}/"
    refused = client.post("/dokumen/unggah/", {**body, "file": uploaded(b"halo;dunia\n1;2\n", "a.csv")})
    assert (refused.status_code, "Baris judul kolom tidak ditemukan" in refused.content.decode()) == (422, True)
