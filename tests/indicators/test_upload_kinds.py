"""Other files than lists of sub kegiatan: tables of indicators, the nomenclature, the RO of a K/L."""

from __future__ import annotations

import pytest

from core.errors import NotAllowed
from indicators.models import Figure, IndicatorVersion
from indicators.services.accept import accept_upload
from planning.models import Nomenclature, NomenclatureVersion, RincianOutput
from tests.desks.world import build
from tests.indicators.test_uploads import SUB, shown, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    return build(3)


def test_targets_become_figures_of_the_indicator_with_that_name(world):
    name = IndicatorVersion.objects.get(indicator=world.indicators[0]).name
    head = ["Tujuan", "Indikator", "Satuan", "2025", "2026", "2027"]
    rows = [
        head,
        ["Jalan mantap", name.upper(), "%", "70,1", "71", "72–73"],
        ["Jalan mantap", "Tak dikenal", "%", 1, 2, 3],
        [None, name, "%", "naik", None, None],
    ]
    upload = shown(world, rows, kind="RPJMD", years=(2025, 2027))
    assert upload.counts == {"peringatan": 2, "diambil": 1}
    accept_upload(world.bappeda, upload)
    found = Figure.objects.filter(line__document=upload.document).order_by("year")
    assert [(row.year, row.value_min, row.value_max) for row in found] == [
        (2025, found[0].value_min, found[0].value_max),
        (2026, 71, 71),
        (2027, 72, 73),
    ]
    assert {row.indicator for row in found} == {world.indicators[0]}


SIPD = [
    "JENIS PEMDA",
    "BIDANG",
    "PROGRAM",
    "KEGIATAN",
    "SUBKEGIATAN",
    "KINERJA",
    "INDIKATOR",
    "SATUAN",
    "TAG",
    "DEFINISI OPERASIONAL",
    "PELAKSANA",
    "SPM",
    "JENIS",
    "SUBKEGIATAN SEBELUMNYA",
]


def sipd(level="PROVINSI", no="0001", segment="1", name="Rekonstruksi", **more):
    kegiatan = f"1.03.10.{segment}.01"
    return [level, "1.03 PEKERJAAN UMUM", "1.03.10 PROGRAM JALAN", f"{kegiatan} Kegiatan", f"{kegiatan}.{no} {name}", "Kinerja", "Panjang\njalan", "Km",
            more.get("tag", "[null]"), "", "", "TIDAK", "Layanan", more.get("before", "")]  # fmt: skip


def test_the_nomenclature_as_sipd_exports_it(world):
    rows = [SIPD, sipd(), sipd(no="0002", tag='["ARG","GEOPARK"]', before="1.03.10.1.01.0099 Lama"), sipd("KABKOTA", segment="2"), sipd("KABKOTA", segment="1"),
            sipd(), sipd("DESA"), sipd(no="02"), [*sipd(no="0005")[:3], "1.04.01.1.01 Lain", *sipd(no="0005")[4:]]]  # fmt: skip
    with pytest.raises(NotAllowed):
        started(world, rows, kind="NOMENKLATUR", title="Pemutakhiran 2028")
    upload = shown(
        world, rows, kind="NOMENKLATUR", title="Pemutakhiran 2028", actor=world.secretariat, owner=world.kemendagri_inst
    )
    assert upload.counts == {"diambil": 3, "peringatan": 1, "ditolak": 4}
    assert "8 baru" not in accept_upload(world.secretariat, upload)
    version = NomenclatureVersion.objects.get(code="pemutakhiran-2028")
    assert str(version.valid_from) == "2027-01-01"
    sub = Nomenclature.objects.get(version=version, kode=f"{SUB}2")
    assert (sub.gov_level, sub.predecessor, sub.tags, sub.unit, sub.parent.kode, sub.bidang) == (
        "provinsi", "1.03.10.1.01.0099", "ARG|GEOPARK", "Km", "1.03.10.1.01", world.bidang,
    )  # fmt: skip
    kabkota = Nomenclature.objects.filter(version=version, gov_level="kabkota", level="sub_kegiatan")
    assert {row.kode for row in kabkota} == {"1.03.10.2.01.0001", f"{SUB}1"}
    again = shown(
        world, rows, kind="NOMENKLATUR", title="Pemutakhiran 2028", actor=world.secretariat, owner=world.kemendagri_inst
    )
    assert "0 baru, 0 diubah" in accept_upload(world.secretariat, again)


def test_the_ro_of_a_kl_as_krisna_spells_them(world):
    head = [
        "kddept",
        "kdunit",
        "kdprogram",
        "nmprogram",
        "kdgiat",
        "kdoutput",
        "nmoutput",
        "kdsoutput",
        "nmsoutput",
        "sat",
        "volume",
        "alokasi_total",
    ]
    rows = [head, [33, 4, "GB", "Program", 2409, "RBC", "Jalan", None, None, None, None, None],
            [33, 4, "GB", "Program", 2409, "RBC", "Jalan", 1, "Pembangunan Jalan", "km", "1.234", 5000000],
            [33, 4, "GB", "Program", 2409, "RBC", "Jalan", 1, "Sekali lagi", "km", 1, 1]]  # fmt: skip
    upload = shown(world, rows, kind="RO", owner=world.pu, actor=world.kl, title="RO PU")
    assert upload.counts == {"dilewati": 1, "diambil": 1, "ditolak": 1}
    accept_upload(world.kl, upload)
    row = RincianOutput.objects.get(kl=world.pu)
    assert (row.year, row.code, row.unit, row.volume, row.amount) == (
        2027,
        "033.04.GB.2409.RBC.001",
        "km",
        1234,
        5_000_000,
    )
