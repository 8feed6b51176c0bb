"""Documents: loading from the template, tree with totals, versions side by side, who reads drafts."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.excel import read_rows
from core.models import AuditEntry
from indicators.models import Figure
from indicators.selectors import figures_seen_by
from indicators.selectors.compare import compare
from indicators.selectors.story import story_of
from indicators.services import remove_document, take_document
from planning.models import Document, DocumentLine, LineYear
from planning.selectors import documents, tree_of_lines
from planning.services.documents import DocumentHead, move_stage
from tests.desks.world import build

pytestmark = pytest.mark.django_db

HEAD = "kode baris;kode induk;jenjang;uraian;kode nomenklatur;kode pelaksana;lokasi;kode indikator;indikator;satuan;target 2027;pagu 2027 (juta)"
ROWS = (
    "A;;Program;Program jalan;;;;;;;;999",
    "A.1;A;Kegiatan;Kegiatan jalan;;;;;;;;",
    "A.1.1;;;Rekonstruksi;1.03.10.1.01.0001;{opd};Kab. Bogor;;Panjang;Km;12;1.500",
    "A.1.2;;;Pemeliharaan;1.03.10.1.01.0002;;Kab. Bandung;;Panjang;Km;7;500",
    "S;;Sasaran;Kemantapan jalan;;;;1.03.001;Kemantapan;%;71,5;",
)


@pytest.fixture
def world(db):
    return build(3)


def head(world, stage="ranwal", **kw):
    return DocumentHead(
        **{
            "kind": "RKPD",
            "owner": world.bappeda_jabar,
            "year_from": 2027,
            "year_to": 2027,
            "stage": stage,
            "title": "RKPD Jawa Barat 2027",
            **kw,
        }
    )


def content(world, *rows):
    return "\n".join([HEAD, *(row.replace("{opd}", world.dinas_jabar.kode) for row in rows or ROWS)]).encode()


def load(world, *rows, actor=None, stage="ranwal", **kw):
    return take_document(actor or world.bappeda, head(world, stage, **kw), content(world, *rows), "rkpd.csv")


def test_lines_figures_and_totals(world):
    made = load(world)
    assert (made.version, made.lines.count(), LineYear.objects.count()) == (1, 5, 4)
    line = made.lines.get(line_code="A.1.1")
    assert (line.nomenclature, line.institution, line.level) == (
        world.sub_kegiatan[0],
        world.dinas_jabar,
        "sub_kegiatan",
    )
    assert line.years.get().amount == 1_500_000_000
    figure = Figure.objects.get(line__document=made)
    assert (figure.indicator.code, figure.region, figure.source, figure.value_min) == (
        "1.03.001",
        world.jabar,
        "rkpd",
        Decimal("71.5"),
    )
    top = tree_of_lines(made, 2027)[0]
    assert (top.total, top.stated, top.leaves) == (2_000_000_000, 999_000_000, 2)
    assert [child.code for child in top.children[0].children] == ["A.1.1", "A.1.2"]
    assert AuditEntry.objects.filter(action="planning.add_document").count() == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A.1;;;Dua kali;;;;;;;;", "Kode baris A.1 sudah ada pada baris 3."),
        ("B;X;;Tanpa induk;;;;;;;;", "Kode induk “X” tidak ada"),
        ("B;B;;Sendiri;;;;;;;;", "di bawah dirinya sendiri"),
        (";;;Tanpa kode;;;;;;;;", "Kode baris dan uraian harus diisi."),
        ("B;;;Nomenklatur;9.99;;;;;;;", "Kode nomenklatur “9.99” tidak ada."),
        ("B;;;Pelaksana;;xx;;;;;;", "Kode pelaksana “xx” tidak dikenal."),
        ("B;;Puncak;Jenjang;;;;;;;;", "Jenjang “Puncak” tidak dikenal."),
        ("B;;;Indikator;;;;9.9;;;5;", "Kode indikator “9.9” tidak dikenal."),
        ("B;;;Kata;;;;1.03.002;;%;meningkat;", "“meningkat” pada kolom target 2027 bukan angka"),
        ("B;;;Uang;;;;;;;;banyak", "“banyak” bukan jumlah uang."),
        ("B;;;Uang;;;;;;;;-5", "negatif"),
    ],
)
def test_a_bad_row_refuses_the_whole_file(world, row, reason):
    from core.imports import FileRefused

    with pytest.raises(FileRefused) as refusal:
        load(world, *ROWS, row)
    assert [reason in problem.reason for problem in refusal.value.problems] == [True], refusal.value.problems
    assert refusal.value.problems[0].line == 7
    assert Document.objects.count() == DocumentLine.objects.count() == 0


def test_years_outside_the_document_and_foreign_owners_are_refused(world):
    with pytest.raises(Exception, match="Berkas rkpd.csv tidak dimuat"):
        load(world, year_from=2028, year_to=2028)
    with pytest.raises(Exception, match="mencakup satu tahun"):
        load(world, year_to=2029)
    with pytest.raises(Exception, match="tidak dapat dimiliki"):
        take_document(world.secretariat, head(world, owner=world.pu), content(world), "a.csv")
    with pytest.raises(Exception, match="dimuat oleh pemiliknya"):
        load(world, actor=world.other_bappeda)
    assert Document.objects.count() == 0


def test_the_same_file_twice_is_a_second_click(world):
    load(world)
    with pytest.raises(Exception, match="sudah dimuat sebagai versi 1"):
        load(world)
    assert load(world, stage="rancangan").version == 2


def test_drafts_are_read_by_their_owner_and_the_centre(world):
    made = load(world)
    figure = Figure.objects.get(line__document=made)
    may = {name for name, actor in world.actors().items() if documents(actor).filter(pk=made.pk).exists()}
    assert may & {"bappeda", "opd", "kl", "kemendagri", "secretariat", "bappenas"} == {
        "bappeda",
        "opd",
        "kl",
        "kemendagri",
        "secretariat",
        "bappenas",
    }
    assert may & {"other_bappeda", "other_opd"} == set()
    assert figures_seen_by(world.bappeda).filter(pk=figure.pk).exists()
    assert not figures_seen_by(world.other_bappeda).filter(pk=figure.pk).exists()
    move_stage(world.bappeda, made, "penetapan")
    assert documents(world.other_bappeda).filter(pk=made.pk).exists()
    assert figures_seen_by(world.other_bappeda).filter(pk=figure.pk).exists()


def test_a_draft_of_an_opd_stays_with_it_and_its_bappeda(world):
    made = load(world, kind="RENJA_PD", owner=world.dinas_jabar, actor=world.opd)
    assert documents(world.bappeda).filter(pk=made.pk).exists()
    assert not documents(world.other_opd).filter(pk=made.pk).exists()


def test_stages_go_forward_and_what_is_set_stays(world):
    made = load(world, stage="rancangan")
    with pytest.raises(Exception, match="hanya dapat maju"):
        move_stage(world.bappeda, made, "ranwal")
    with pytest.raises(Exception, match="diubah oleh pemiliknya"):
        move_stage(world.other_bappeda, made, "penetapan")
    move_stage(world.bappeda, made, "penetapan")
    with pytest.raises(Exception, match="tidak dihapus"):
        remove_document(world.bappeda, made)
    draft = load(world, stage="rancangan_akhir")
    remove_document(world.bappeda, draft)
    assert list(Document.objects.all()) == [made]


def test_compare_names_added_removed_and_changed(world):
    old = load(world)
    rows = [row.replace("12;1.500", "14;1.250") for row in ROWS if not row.startswith("A.1.2")]
    new = load(
        world, *(row.replace("71,5", "72") for row in rows), "A.1.3;;;Pelebaran;;;;;;Km;3;100", stage="rancangan"
    )
    found = compare(world.bappeda, old, new)
    assert ([line.code for line in found.added], [line.code for line in found.removed], found.same) == (
        ["A.1.3"],
        ["A.1.2"],
        2,
    )
    changed = {row.code: row.cells for row in found.changed}
    assert changed["A.1.1"] == [("Target 2027", "12", "14"), ("Pagu 2027", "Rp1.500.000.000", "Rp1.250.000.000")]
    assert changed["S"] == [("Target 2027", "71,5", "72")]


def test_a_line_with_another_code_is_found_by_what_it_is_tied_to(world):
    old = load(world)
    new = load(world, *(row.replace("A.1.1;", "A.1.9;") for row in ROWS), stage="rancangan")
    found = compare(world.bappeda, old, new)
    assert (found.added, found.removed) == ([], [])
    assert [row.cells for row in found.changed] == [[("Kode baris", "A.1.1", "A.1.9")]]


def test_all_figures_of_an_indicator_in_a_region(world):
    made = load(world)
    story = story_of(world.bappeda, world.indicators[0], world.jabar)
    groups = dict(story.groups)
    assert story.years == [2023, 2024, 2025, 2027]
    assert [cell.text for _, cells in groups["Capaian"][0].across for cell in cells] == ["11,00", "12,00", "13,00"]
    stated = {row.source: (row.stage, row.edition, row.published) for row in groups["Dokumen"]}
    assert stated[made.title] == ("Rancangan awal", 1, False)
    other = dict(story_of(world.other_bappeda, world.indicators[0], world.jabar).groups)
    assert made.title not in {row.source for row in other["Dokumen"]}


# pages


def test_pages_of_a_document(client, world):
    made = load(world)
    client.force_login(world.bappeda.user)
    tree = client.get(f"/dokumen/{made.pk}/").content.decode()
    assert "Rp2.000.000.000" in tree
    assert "tertulis Rp999.000.000" in tree
    table = client.get(f"/dokumen/{made.pk}/", {"tampilan": "tabel", "q": "rekon"})
    assert [row["line"].line_code for row in table.context["lines"]] == ["A.1.1"]
    below = client.get(f"/dokumen/{made.pk}/", {"induk": "A.1"})
    assert [row["line"].line_code for row in below.context["lines"]] == ["A.1", "A.1.1", "A.1.2"]
    story = client.get("/angka/1.03.001/32/").content.decode()
    assert "belum ditetapkan" in story
    client.force_login(world.other_bappeda.user)
    assert client.get(f"/dokumen/{made.pk}/").status_code == 404
    assert "belum ditetapkan" not in client.get("/angka/1.03.001/32/").content.decode()
    assert client.get("/angka/9/32/").status_code == 404


def test_what_is_taken_home_can_be_loaded_again(client, world):
    made = load(world)
    client.force_login(world.bappeda.user)
    book = client.get(f"/dokumen/{made.pk}/", {"format": "xlsx"}).content
    assert read_rows(book, "Baris")[0][:2] == ["Kode baris", "Kode induk"]
    again = take_document(world.bappeda, head(world, "rancangan"), book, "rkpd.xlsx")
    found = compare(world.bappeda, made, again)
    assert (found.added, found.removed, found.changed, found.same) == ([], [], [], 5)
    only = client.get(f"/dokumen/{made.pk}/", {"format": "xlsx", "q": "rekon"}).content
    assert [row[0] for row in read_rows(only, "Baris")] == ["Kode baris", "A.1.1"]


def test_loading_by_page(client, world):
    client.force_login(world.bappeda.user)
    body = {"kind": "RKPD", "owner": world.bappeda_jabar.pk, "year_from": 2027, "stage": "ranwal", "title": "RKPD 2027"}
    bad = client.post(
        "/dokumen/muat/", {**body, "file": SimpleUploadedFile("a.csv", content(world, "A;;;Uang;;;;;;;;x"))}
    )
    assert (bad.status_code, Document.objects.count()) == (422, 0)
    text = bad.content.decode()
    assert "a.csv, baris 2: “x” bukan jumlah uang" in text
    assert 'value="RKPD 2027"' in text
    good = client.post("/dokumen/muat/", {**body, "file": SimpleUploadedFile("a.csv", content(world))})
    made = Document.objects.get()
    assert good["Location"] == f"/dokumen/{made.pk}/"
    picture = SimpleUploadedFile("a.xlsx", b"\x89PNG\r\n\x1a\n")
    assert "bukan .xlsx atau .csv" in client.post("/dokumen/muat/", {**body, "file": picture}).content.decode()
    assert client.post(f"/dokumen/{made.pk}/tahapan/", {"stage": "rancangan"}).status_code == 302
    assert client.get(f"/dokumen/{made.pk}/banding/").status_code == 200
    assert client.post(f"/dokumen/{made.pk}/hapus/").status_code == 302
    assert Document.objects.count() == 0
    template = client.get("/dokumen/templat/").content
    assert read_rows(template, "Baris")[0][0] == "Kode baris"


def test_the_comparison_as_a_workbook(client, world):
    old = load(world)
    new = load(world, *ROWS[:-1], stage="rancangan")
    client.force_login(world.kl.user)
    page = client.get(f"/dokumen/{new.pk}/banding/").content.decode()
    assert "1 dihapus" in page
    rows = read_rows(client.get(f"/dokumen/{new.pk}/banding/", {"dengan": old.pk, "format": "xlsx"}).content, "Banding")
    assert rows[3][:3] == ["Dihapus", "S", "Kemantapan jalan"]
    assert client.get(f"/dokumen/{new.pk}/banding/", {"dengan": "999"}).status_code == 404


def test_pages_cost_the_same_at_any_length(client, world):
    client.force_login(world.bappeda.user)

    def cost(pk):
        found = []
        for url in (
            f"/dokumen/{pk}/",
            f"/dokumen/{pk}/?tampilan=tabel",
            f"/dokumen/{pk}/banding/",
            "/angka/1.03.001/32/",
            "/prioritas/",
        ):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(url).status_code == 200
            found.append(len(seen))
        return found

    first = load(world)
    few = load(world, stage="rancangan")
    counts = cost(few.pk)
    more = [f"A.1.{no};;;Baris {no};1.03.10.1.01.0003;;;;;Km;{no};{no}" for no in range(10, 40)]
    many = load(world, *ROWS, *more, stage="rancangan_akhir")
    assert cost(many.pk) == counts
    assert max(counts) <= 16  # one of them for the filters that the person keeps
    assert first.version == 1
