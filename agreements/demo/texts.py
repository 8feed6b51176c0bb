"""Sentences that people at a desk would write. Invented."""

from __future__ import annotations

from typing import Final

PROPOSED_NOTES: Final = (
    "Target mengikuti tren capaian tiga tahun terakhir dan kemampuan pagu.",
    "Disesuaikan dengan RPJMD dan rancangan Renstra perangkat daerah.",
    "Kenaikan bertumpu pada sub kegiatan pendukung yang sudah masuk rancangan awal RKPD.",
    "Memperhitungkan kondisi wilayah kepulauan dan akses yang terbatas.",
    "",
    "",
)
RETURNS: Final = (
    "Mohon sesuaikan dengan RPJMD dan lengkapi penjelasan sumber data.",
    "Sub kegiatan pendukung belum sejalan dengan indikator; periksa kembali.",
)
REPAIRS: Final = (
    "Usulan di bawah capaian tahun terakhir. Sampaikan dasar perhitungannya.",
    "Mohon lengkapi lokasi dan volume sub kegiatan pendukung.",
    "Metode penghitungan belum sesuai metadata indikator; perbaiki sebelum desk.",
)
COUNTERS: Final = (
    "K/L menawarkan angka sesuai target indikatif agar target nasional tercapai.",
    "Angka disesuaikan dengan kontribusi daerah terhadap target nasional.",
    "Tren dua tahun terakhir memungkinkan target yang lebih tinggi.",
)
KL_NOTES: Final = (
    "Capaian daerah berada di atas rata-rata nasional. K/L mendorong target yang lebih progresif dan meminta data triwulanan disampaikan tepat waktu.",
    "Perlu penguatan validasi data bersama unit teknis di daerah. K/L akan memberi pendampingan pada semester kedua.",
    "Dukungan dana alokasi khusus bersifat usulan dan menunggu penetapan; daerah diminta menyiapkan kriteria kesiapan.",
)
REGION_NOTES: Final = (
    "Daerah menyanggupi dengan catatan dukungan program pusat berlanjut pada tahun rencana.",
    "Keterbatasan fiskal membuat sebagian sub kegiatan dialihkan ke perubahan RKPD.",
    "Data masih menggunakan rilis tahun lalu; pemutakhiran disampaikan setelah publikasi resmi.",
)
CONCLUSIONS: Final = (
    "Disepakati; daerah menyampaikan pemutakhiran data sebelum rancangan akhir RKPD.",
    "Disepakati dengan catatan sub kegiatan pendukung dipertajam lokusnya bersama K/L pengampu.",
    "Disepakati pada angka yang dibacakan; selisih terhadap target indikatif ditinjau pada forum tahun berikutnya.",
)
DECLINES: Final = (
    ("metodologi", "Para pihak memakai metode penghitungan yang berbeda; angka belum dapat disepakati."),
    ("tidak_sepakat", "Daerah bertahan pada usulan semula, K/L pada target indikatif; tidak tercapai kesepakatan."),
    ("anggaran", "Target tidak didukung pagu yang memadai pada tahun rencana."),
)
OBJECTIONS: Final = (
    "Daerah berkeberatan: angka K/L melampaui kemampuan pagu dan tren capaian.",
    "Daerah meminta data dasar diverifikasi terlebih dahulu.",
)
NOT_RELEVANT: Final = (
    ("not_relevant", "Tidak ada kawasan atau kewenangan yang diukur indikator ini di daerah."),
    ("no_data", "Data dasar belum tersedia; survei dijadwalkan tahun berjalan."),
)
WITHDRAWALS: Final = ("Ditarik untuk digabungkan dengan butir lain pada forum perangkat daerah.",)
SUPPORT_NOTES: Final = (
    "Lokus dipertajam pada kabupaten/kota prioritas.",
    "Pagu menunggu kepastian sumber dana.",
)
SUPPORT_EXCLUDED: Final = ("Dikeluarkan: tidak mendukung langsung capaian indikator.",)
ABSENCE: Final = "Penugasan lain; tidak ada surat kuasa sampai sesi ditutup."
