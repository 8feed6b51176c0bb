"""The lists of the desks that people keep filters and columns of."""

from __future__ import annotations

from typing import Final

from accounts.lists import ListKind, columns, register_list
from desks.filters_board import BoardFilter
from desks.selectors.alignment import PARAMS
from desks.selectors.overview.rows import NAMES
from desks.selectors.usulan.board import UsulanFilter

BOARD: Final = register_list(ListKind(
    "papan-desk", "Papan desk", tuple(BoardFilter.base_filters), columns(
        newest="Usulan terbaru", indicative="Target indikatif", national="Target nasional", rpjmn="RPJMN", actual="Capaian terakhir",
        agreement="Kesepakatan tahun lalu", gap_actual="Selisih capaian", gap_rpjmn="Selisih RPJMN", gap_agreement="Selisih kesepakatan",
        details="Strategi dan aksi", status="Status",
    ),
))  # fmt: skip
USULAN_BOARD: Final = register_list(ListKind(
    "papan-usulan", "Usulan desk", tuple(UsulanFilter.base_filters), columns(
        region="Daerah", ro="Rincian output", places="Lokasi", volume="Volume", amount="Alokasi", ready="Kesiapan", status="Status",
    ),
))  # fmt: skip
ISIAN: Final = register_list(ListKind(
    "isian", "Isian", ("saring", "prioritas", "lewat"), columns(
        unit="Satuan", actual="Capaian", documents="Target RPJMN, RPJMD dan RKPD", national="Target nasional", indicative="Target indikatif",
        agreement="Kesepakatan atau target tahun lalu", details="Rincian pendukung", status="Status",
    ),
))  # fmt: skip
ALIGNMENT: Final = register_list(ListKind("keselarasan", "Uji keselarasan", PARAMS))
USULAN: Final = register_list(ListKind(
    "usulan", "Usulan", ("saring", "prioritas"), columns(
        ro="Rincian output", places="Lokasi", volume="Volume", amount="Alokasi", ready="Kesiapan", status="Status",
    ),
))  # fmt: skip
ROWS: Final = register_list(ListKind(
    "daftar-butir", "Daftar butir", NAMES, columns(region="Daerah", desk="Desk", value="Nilai", unit="Satuan", status="Status"),
))  # fmt: skip
PROGRESS: Final = register_list(ListKind("kemajuan", "Kemajuan", NAMES))
COMPLETENESS: Final = register_list(ListKind("keterisian", "Keterisian", (*NAMES, "susun", "urut")))
GAP: Final = register_list(ListKind("selisih-nasional", "Selisih nasional", NAMES))
SESSIONS: Final = register_list(
    ListKind("sesi", "Sesi desk", ("penyelenggaraan", "desk", "daerah", "keadaan", "bagian"))
)
REPORTS: Final = register_list(ListKind("laporan", "Laporan kendala", ("status", "penyelenggaraan", "q")))
TARGETS: Final = register_list(ListKind("target", "Target", ("prioritas",)))
SETUP: Final = register_list(ListKind("penyiapan", "Penyiapan", ("q",)))
