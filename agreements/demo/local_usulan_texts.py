"""The usulan of Banten's kabupaten and kota. Everything here is invented (simulasi)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class LocalSample:
    """An usulan: who files it, what it is, against which program ('' for Bantuan Keuangan), in charge of whom (bidang urusan), its places
    with volume and allocation (Rp ribu), and its course."""

    region: str
    title: str
    program: str
    charge: str
    unit: str
    places: tuple[tuple[str, str, str], ...]
    course: str
    ready: str = "sb"
    note: str = ""
    reason: str = ""
    forum: str = ""


SAMPLES: Final = (
    LocalSample(
        "36.01", "Rehabilitasi ruas jalan penghubung kawasan wisata pantai barat", "1.03.10.1.01.0030", "1.03", "km",
        (("Kecamatan Labuan", "4,2", "12.600.000"), ("Kecamatan Carita", "3,1", "9.300.000")), "mixed", "ssb",
        "Kesimpulan:\n- Ruas di Kecamatan Labuan direkomendasikan sesuai status jalan provinsi.\n- Ruas di Kecamatan Carita berstatus jalan "
        "kabupaten; diarahkan ke APBD kabupaten.\nDinas PUPR: volume mengikuti DED.", "apbd_kabkota", "Musrenbang RKPD provinsi",
    ),
    LocalSample(
        "36.01", "Puskesmas rawat inap wilayah selatan", "", "1.02", "unit", (("Kecamatan Cikeusik", "1", "6.500.000"),), "agree_noted", "sb",
        "Bantuan Keuangan direkomendasikan; sertifikat lahan diserahkan sebelum Musrenbang RKPD provinsi.", "", "Musrenbang RKPD provinsi",
    ),
    LocalSample(
        "36.02", "Rekonstruksi jalan akses sentra pertanian Lebak selatan", "1.03.10.1.01.0031", "1.03", "km",
        (("Kecamatan Malingping", "5", "21.000.000"),), "agree", "sss",
    ),
    LocalSample(
        "36.02", "Rehabilitasi sekolah luar biasa pascabencana", "", "1.01", "unit", (("Kecamatan Cipanas", "2", "4.800.000"),), "agree_noted",
        "sbb", "Bantuan Keuangan direkomendasikan bertahap; data kerusakan dilengkapi bersama Dinas Pendidikan.", "", "Forum perangkat daerah provinsi",
    ),
    LocalSample("36.02", "Sarana air bersih desa rawan kekeringan", "", "1.03", "unit", (("Kecamatan Cirinten", "6", "2.400.000"),), "full", "bt"),
    LocalSample(
        "36.03", "Optimalisasi SPAM lintas Kabupaten dan Kota Tangerang", "1.03.03.1.01.0020", "1.03", "liter/detik",
        (("Kecamatan Pasar Kemis", "120", "18.000.000"),), "agree", "ssn",
    ),
    LocalSample(
        "36.04", "Peningkatan jalan akses kawasan industri timur", "1.03.10.1.01.0031", "1.03", "km", (("Kecamatan Cikande", "3,5", "15.750.000"),),
        "decline", "bt", "Ruas belum ditetapkan sebagai jalan provinsi; diusulkan kembali setelah penetapan status.", "kesiapan",
        "Rakortek provinsi tahun berikutnya",
    ),
    LocalSample("36.04", "Rumah singgah rehabilitasi sosial", "1.06.04", "1.06", "unit", (("Kecamatan Ciruas", "1", "3.200.000"),), "leave", "sb"),
    LocalSample(
        "36.72", "Penanganan banjir perkotaan hilir sungai", "1.03.02", "1.03", "km", (("Kecamatan Ciwandan", "2,4", "14.000.000"),), "agree", "sbn"
    ),
    LocalSample("36.73", "Revitalisasi kawasan pasar induk", "", "1.03", "paket", (("Kecamatan Serang", "1", "7.500.000"),), "leave", "bb"),
    LocalSample("36.74", "Pengolahan sampah regional bersama", "1.03.04", "1.03", "ton/hari", (("Kecamatan Serpong", "60", "11.000.000"),), "repair", "bt"),
    LocalSample("36.71", "Drainase perbatasan kota", "1.03.02", "1.03", "km", (("Kecamatan Karang Tengah", "1,8", "8.100.000"),), "draft", "t"),
)  # fmt: skip
"""`full` is a draft that the quota of its kabupaten keeps back; `ready` by letter as for the national desks."""
JUSTIFY: Final = (
    "Kebutuhan layanan lintas kecamatan yang belum terjangkau APBD kabupaten/kota; mendukung prioritas RKPD provinsi.",
    "Diusulkan dalam Musrenbang kabupaten/kota dan sudah masuk RPJMD; dokumen pendukung sedang dilengkapi.",
)
