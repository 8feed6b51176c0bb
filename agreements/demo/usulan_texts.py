"""The usulan of the example. Everything here is invented: titles, volumes, allocations, notes (simulasi)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Sample:
    """An usulan: region, what it is, its RO, volume and allocation (Rp ribu) per location, readiness, and its course."""

    region: str
    title: str
    kl: str
    ro: str
    places: tuple[tuple[str, str], ...]
    course: str
    ready: str = "sbt"
    note: str = ""
    reason: str = ""
    forum: str = ""


JUSTIFY: Final = (
    "Layanan yang ada menjangkau kurang dari separuh penduduk sasaran; usulan ini mendukung prioritas nasional dan sudah masuk RPJMD.",
    "Kerusakan berulang setiap musim hujan memutus angkutan hasil panen. Lahan dan trase sudah ditetapkan dalam RTRW.",
    "Pertumbuhan permintaan lima tahun terakhir melampaui kapasitas terpasang; tanpa penambahan, pelayanan turun pada 2027.",
)
MIXED: Final = (
    (
        "Kesimpulan:\n- Direkomendasikan untuk lokasi pertama dan kedua sesuai kesiapan lahan.\n- Lokasi ketiga belum direkomendasikan; "
        "diarahkan ke DAK karena kewenangan daerah.\nBappeda: dokumen lingkungan disampaikan paling lambat akhir triwulan III.\n"
        "K/L: volume disesuaikan dengan DED.\nBappenas: selaraskan dengan lokasi prioritas RPJMN."
    ),
    "dak",
    "Pra-Musrenbangnas",
)
NOTED: Final = (
    "Dokumen lingkungan dan kesiapan lahan dilengkapi sebelum Pra-Musrenbangnas; volume mengikuti DED.",
    "Lembaga pengelola ditetapkan dan biaya operasi dijamin APBD; pelaksanaan bertahap.",
)
LATER: Final = (NOTED[1], "", "Konsultasi regional K/L")
DECLINED: Final = (
    "Studi kelayakan dan lahan belum ada; diusulkan kembali tahun berikutnya.", "kesiapan", "Rakortekrenbang tahun berikutnya",
)  # fmt: skip
"""Conclusion, reason, next forum."""
FLOOD: Final = (("4,5", "24.500.000"), ("3", "18.000.000"), ("2,2", "9.750.000"))
IRRIGATION: Final = (("1.850", "21.000.000"), ("920", "10.400.000"), ("640", "7.300.000"))
SAMPLES: Final = (
    # Aceh: closed, with a final berita acara
    Sample("11", "SPAM regional pesisir barat", "033", "FC.7691.RBB.001", (("1", "85.000.000"),), "agree", "sss"),
    Sample("11", "Pengendali banjir Krueng Utama", "033", "FD.7694.RBE.003", FLOOD, "mixed", "sbt", *MIXED),
    Sample("11", "Kampung nelayan terpadu", "032", "IA.2350.RBM.002", (("2", "26.000.000"),), "agree_noted", "sb", NOTED[0], "", "Pra-Musrenbangnas"),
    Sample("11", "Rumah sakit tipe C wilayah selatan", "024", "DG.2070.RBP.001", (("1", "165.000.000"),), "decline", "tt", *DECLINED),
    Sample("11", "Bantuan kapal perikanan di bawah 10 GT", "032", "IA.2352.RBO.001", (("12", "5.400.000"),), "leave", "sb"),
    # Sumatera Utara: closed, draft of the berita acara
    Sample("12", "Preservasi jalan nasional lintas tengah", "033", "FB.7693.RBA.002", (("18,4", "46.000.000"), ("11", "27.500.000")), "agree", "ss"),
    Sample("12", "Jembatan gantung antardesa", "033", "FB.7693.RBD.002", (("1", "3.200.000"), ("1", "3.200.000")), "corrected", "sbn", *LATER),
    Sample("12", "Kawasan hortikultura dataran tinggi", "018", "HA.1763.RAL.001", (("250", "3.500.000"),), "leave", "s"),
    # Jawa Barat: sits now
    Sample("32", "TPA regional bagian selatan", "033", "FC.7692.RBC.002", (("1", "128.000.000"),), "agree", "sss"),
    Sample("32", "Rehabilitasi jaringan irigasi pantai utara", "033", "FD.7694.RBE.002", IRRIGATION, "mixed", "sbt", *MIXED),
    Sample("32", "Pengembangan terminal tipe A", "022", "GA.4641.RAB.001", (("1", "30.000.000"),), "open", "sbb"),
    Sample("32", "Penanganan permukiman kumuh bantaran sungai", "pkp", "FE.7811.RBS.001", (("14,5", "10.300.000"), ("8,2", "5.800.000")), "submitted", "bbt"),
    Sample("32", "Puskesmas rawat inap wilayah selatan", "024", "DG.2070.RBP.002", (("3", "9.000.000"),), "submitted", "sss"),
    Sample("32", "Laboratorium kesehatan masyarakat", "024", "DG.2071.RBQ.002", (("1", "13.000.000"),), "repair", "bt"),
    # Jawa Tengah: to sit
    Sample("33", "Pengaman pantai utara", "033", "FD.7694.RBE.004", (("2,4", "32.000.000"), ("1,8", "24.000.000")), "submitted", "sbb"),
    Sample("33", "Jalan usaha tani lereng selatan", "018", "HA.1761.RAJ.002", (("12", "2.600.000"),), "submitted", "sn"),
    Sample("33", "Rumah susun pekerja", "pkp", "FE.7810.RBR.001", (("48", "27.000.000"),), "filled", "sb"),
    Sample("33", "Bus angkutan perkotaan", "022", "GA.4643.RAD.002", (), "draft", ""),
    # Nusa Tenggara Timur, Sulawesi Selatan, Maluku, Papua Pegunungan: the second desk
    Sample("53", "Pelabuhan penyeberangan antarpulau", "022", "GA.4640.RAA.001", (("1", "61.000.000"),), "submitted", "sbb"),
    Sample("53", "SPAM ibu kota kecamatan kering", "033", "FC.7691.RBB.002", (("10", "4.600.000"), ("12,5", "5.700.000")), "submitted", "sss"),
    Sample("73", "Pelabuhan perikanan pantai barat", "032", "IA.2350.RBM.001", (("1", "58.000.000"),), "submitted", "sbt"),
    Sample("73", "Cetak sawah rakyat", "018", "HA.1760.RAI.002", (("900", "28.500.000"),), "withdraw", "tt"),
    Sample("81", "Gudang beku terintegrasi", "032", "IA.2352.RBO.002", (("1", "15.000.000"),), "filled", "sb"),
    Sample("95", "Angkutan udara perintis pegunungan", "022", "GA.4642.RAC.002", (("6", "15.300.000"), ("4", "10.200.000")), "submitted", "sn"),
)  # fmt: skip
"""`ready` by letter: s siap, b siap pada bulan, t belum siap, n tidak perlu; the criteria beyond it stay unanswered."""
SERVES: Final = (
    ("irigasi", ("PRO-SN", "02.01")), ("irigasi", ("ASTA-CITA", "2")), ("sawah", ("PRO-SN", "02.04")), ("nelayan", ("PRO-SN", "02.06")),
    ("rumah sakit", ("PRO-SN", "03.05")), ("rumah sakit", ("ASTA-CITA", "4")), ("puskesmas", ("SPM", "1.02")), ("spam", ("ASTA-CITA", "2")),
    ("jalan nasional", ("PN", "3")), ("pelabuhan", ("PN", "3")), ("tpa", ("ASTA-CITA", "8")), ("banjir", ("ASTA-CITA", "8")),
)  # fmt: skip
"""Which nodes (tree and code) an usulan with this word in its title serves."""
CARRIED: Final = Sample(
    "32", "Jembatan Sungai Cikaso", "033", "FB.7693.RBD.001", (("120", "42.000.000"),), "leave", "sb"
)  # fmt: skip
"""Filed for 2026, not discussed there, taken over and handed in for 2027."""
