"""Strategies, actions and sentences of the makro desk as people would write them. Invented (simulasi)."""

from __future__ import annotations

from typing import Final

Said = tuple[str, str]
"""A text and the code of its owner: of a K/L for the centre, of a bidang urusan ('' for the Bappeda) for the region."""

ACTIONS: Final[dict[str, dict[str, list[Said]]]] = {
    "PE": {
        "pusat": [
            (
                "Percepatan penyelesaian ruas jalan logistik dan akses kawasan industri yang masuk RKP. (simulasi)",
                "033",
            ),
            ("Fasilitasi investasi hilirisasi melalui pendampingan perizinan satu pintu pusat. (simulasi)", "055"),
        ],
        "daerah": [
            (
                "Penyederhanaan izin usaha kabupaten/kota di {daerah} menjadi paling lama lima hari kerja. (simulasi)",
                "2.18",
            ),
            ("Pengadaan pemerintah daerah bagi produk UMK paling sedikit 40 persen belanja barang. (simulasi)", "2.17"),
            ("Penguatan rantai pasok komoditas unggulan {daerah} melalui pasar lelang. (simulasi)", "3.30"),
        ],
    },
    "TK": {
        "pusat": [
            ("Penajaman sasaran bantuan sosial dengan data tunggal sosial ekonomi. (simulasi)", "055"),
            ("Perluasan padat karya tunai infrastruktur dasar di desa miskin. (simulasi)", "033"),
        ],
        "daerah": [
            ("Verifikasi dan validasi keluarga miskin tiap triwulan sampai tingkat desa. (simulasi)", "1.06"),
            ("Perbaikan rumah tidak layak huni bagi keluarga miskin ekstrem. (simulasi)", "1.04"),
            ("Bantuan modal kelompok usaha bersama di kantong kemiskinan. (simulasi)", "1.06"),
        ],
    },
    "TPT": {
        "pusat": [
            ("Penyelarasan kurikulum pelatihan dengan kebutuhan industri setempat. (simulasi)", "055"),
            ("Pemagangan lulusan pendidikan vokasi pada proyek strategis. (simulasi)", "033"),
        ],
        "daerah": [
            (
                "Pelatihan berbasis kompetensi di balai latihan kerja {daerah} bagi pencari kerja muda. (simulasi)",
                "2.07",
            ),
            ("Bursa kerja daring bulanan bersama perusahaan setempat. (simulasi)", "2.07"),
            ("Pendampingan wirausaha pemula bagi lulusan SMK. (simulasi)", "2.17"),
        ],
    },
    "GINI": {
        "pusat": [
            ("Penguatan layanan dasar di daerah tertinggal melalui transfer berbasis kinerja. (simulasi)", "055")
        ],
        "daerah": [
            ("Pengendalian harga pangan pokok melalui cadangan pangan daerah. (simulasi)", "2.09"),
            ("Prioritas belanja layanan dasar pada kecamatan dengan pengeluaran terendah. (simulasi)", ""),
        ],
    },
    "IPM": {
        "pusat": [("Afirmasi penempatan guru dan tenaga kesehatan di wilayah sulit. (simulasi)", "055")],
        "daerah": [
            ("Pengembalian anak tidak sekolah melalui beasiswa dan pusat kegiatan belajar. (simulasi)", "1.01"),
            ("Penguatan puskesmas dan posyandu di kecamatan terjauh. (simulasi)", "1.02"),
        ],
    },
    "IMM": {
        "pusat": [("Pemantauan gizi ibu hamil dan balita terpadu lintas kementerian. (simulasi)", "055")],
        "daerah": [
            ("Intervensi gizi spesifik pada desa lokus stunting di {daerah}. (simulasi)", "1.02"),
            ("Pendampingan literasi dan numerasi kelas awal. (simulasi)", "1.01"),
        ],
    },
    "GRK": {
        "pusat": [("Insentif energi terbarukan bagi bangunan publik daerah. (simulasi)", "055")],
        "daerah": [
            ("Pengelolaan sampah di tempat pemrosesan akhir dengan penangkapan gas metana. (simulasi)", "2.11"),
            ("Konversi penerangan jalan dan gedung pemerintah ke listrik surya. (simulasi)", "3.29"),
        ],
    },
    "IKLH": {
        "pusat": [("Pemulihan daerah aliran sungai prioritas bersama pemerintah daerah. (simulasi)", "033")],
        "daerah": [
            ("Pengawasan baku mutu air limbah usaha di sepanjang sungai utama {daerah}. (simulasi)", "2.11"),
            ("Penambahan ruang terbuka hijau perkotaan. (simulasi)", "2.11"),
        ],
    },
}
DESK_ACTIONS: Final = (
    "Rapat pemantauan triwulanan pencapaian target bersama daerah. (simulasi)",
    "Penyediaan data proyeksi kabupaten/kota paling lambat akhir semester pertama. (simulasi)",
)
PROPOSED: Final = (
    "Proyeksi mengikuti RPJMD dan tren tiga tahun terakhir.",
    "Disusun bersama BPS provinsi dengan memperhitungkan perlambatan belanja daerah.",
    "Menyesuaikan kerangka ekonomi makro daerah dalam rancangan awal RKPD.",
)
REPAIRS: Final = (
    "Usulan berada di bawah lintasan RPJMN. Sampaikan dasar proyeksi dan aksi daerah yang mendukung.",
    "Strategi dan aksi daerah belum menyebut lokasi dan waktu. Mohon dilengkapi.",
)
COUNTERS: Final = (
    "Bappenas menawarkan angka pada lintasan menuju target RPJMN 2029.",
    "Angka disesuaikan agar kontribusi daerah sejalan dengan rentang nasional.",
)
NOTES: Final = (
    "Capaian perlu dijaga dengan belanja daerah yang lebih cepat pada semester pertama; data triwulanan disampaikan kepada Bappenas.",
    "Pusat dan daerah menyepakati pemantauan bersama; daerah menyampaikan proyeksi kabupaten/kota.",
)
CONCLUSIONS: Final = (
    "Disepakati pada rentang yang dibacakan; ditinjau kembali setelah rilis BPS semester pertama.",
    "Disepakati; strategi dan aksi daerah dimasukkan ke rancangan RKPD.",
)
