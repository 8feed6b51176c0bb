"""The workbook as a whole: instructions, targets, sub kegiatan, lists, the outcome of an upload, and the hidden keys."""

from __future__ import annotations

import json
from typing import Any, Final

from core.excel import STYLES, Cell, Sheet, new_workbook, row_height, workbook_bytes
from desks.exports.isian_book.lists import Listed
from desks.exports.isian_book.paper import BACK_TO, Overlay, Paper
from desks.exports.isian_book.supports import write_supports
from desks.exports.isian_book.targets import write_targets
from desks.isian_fields import GUIDE, KEYS, OUTCOME, ROW, SUPPORT
from desks.selectors.isian_book import support_cells

KEY_HEADS: Final = ("Jenis", "Butir", "Sub kegiatan", "Perangkat daerah", "Versi", "Dasar")
_LINES: Final = (
    "Isi sel kuning. Sel abu-abu dan putih terkunci tanpa sandi, hanya untuk dibaca; baris abu-abu sedang tidak dapat diubah (lihat Keterangan).",
    "Angka ditulis sebagai angka Excel. Rentang ditulis 5,3–5,7; batas <5 atau ≥90. Persen ditulis angkanya saja: 14,5.",
    "Tidak relevan atau data belum tersedia: pilih pada kolom Keberlakuan dan tulis alasannya.",
    "Sub kegiatan baru ditulis pada baris kosong lembar Sub kegiatan. Pagu dalam rupiah penuh, satu pasang kolom untuk satu sumber dana.",
    "Sel yang dikosongkan menghapus isinya. Baris atau kolom yang dihapus dari berkas tidak mengubah apa pun di portal.",
    "Baris boleh diurutkan dan disaring. Jangan hapus lembar Kunci yang tersembunyi: dari situ portal tahu sel mana yang Anda ubah.",
    "Unggah kembali di {back}. Portal memperlihatkan setiap sel yang berubah lebih dahulu; yang sementara itu diubah orang lain ditandai bentrok.",
)
_HEADS: Final = (
    "Lembar",
    "Sel",
    "Kode butir",
    "Uraian",
    "Kolom",
    "Saat diunduh",
    "Isian Anda",
    "Tersimpan kini",
    "Hasil",
    "Keterangan",
)
_WIDTHS: Final = (14, 8, 15, 44, 18, 16, 16, 16, 12, 60)


def isian_book_workbook(paper: Paper) -> bytes:
    """Petunjuk, Hasil where something came back, the targets of each strand, Sub kegiatan, Daftar, and the hidden Kunci."""
    workbook = new_workbook(paper.title)
    listed = Listed(paper.book.lists)
    _guide(workbook, paper)
    if paper.overlay is not None:
        _outcome(workbook, paper, paper.overlay)
    for strand in paper.book.columns:
        write_targets(workbook, paper, strand)
    if paper.book.has_supports:
        write_supports(workbook, paper, listed)
        listed.write(workbook)
    _keys(workbook, paper)
    return workbook_bytes(workbook)


def _guide(workbook: Any, paper: Paper) -> None:
    out = Sheet(workbook, GUIDE, widths=(4, 100))
    out.row(["", paper.title], style=[STYLES["line"], STYLES["strong"]])
    out.row(["", f"Diunduh {paper.made} untuk {paper.institution}. {paper.open_until}"], style=STYLES["plain"])
    out.blank()
    for no, line in enumerate(_LINES, start=1):
        text = line.format(back=BACK_TO)
        out.row([f"{no}.", text], style=STYLES["plain"], height=row_height((text, 108)))
    out.blank()
    out.row(["", f"Identitas berkas: {paper.book.scope.mark}"], style=STYLES["note"])
    out.protect()


def _outcome(workbook: Any, paper: Paper, overlay: Overlay) -> None:
    out = Sheet(workbook, OUTCOME, widths=_WIDTHS, landscape=True, header_rows=(5, 5), freeze="D6")
    out.row([f"Hasil unggahan {overlay.source}"], style=STYLES["strong"])
    out.row(["; ".join(f"{count} {label}" for label, count in overlay.summary)], style=STYLES["line"])
    out.row(
        ["Sel yang belum diterima berwarna merah muda pada lembarnya, dengan alasan sebagai komentar. Perbaiki, lalu unggah berkas ini."],
        style=STYLES["note"],
    )  # fmt: skip
    out.blank()
    out.row(_HEADS, style=STYLES["header"], height=30)
    for line in overlay.lines:
        texts = [(str(text), int(width)) for text, width in zip(line, _WIDTHS, strict=True) if text]
        out.row(line, style=STYLES["text"], height=row_height(*texts))
    out.ws.auto_filter.ref = f"A5:{out.last_column(len(_HEADS))}{max(out.row_count, 6)}"


def _keys(workbook: Any, paper: Paper) -> None:
    """What the upload compares with: the version of each row and the text of each editable cell as they stood."""
    out = Sheet(workbook, KEYS, widths=(12, 14, 20, 20, 8, 80))
    out.row([str(paper.book.scope.mark)], style=STYLES["line"])
    out.row(KEY_HEADS, style=STYLES["header"])
    line, version = STYLES["line"], STYLES["line"]
    for row in paper.book.rows:
        code, seen = row.item.code, row.item.version
        out.row([ROW, code, "", "", Cell(seen, version), _packed(row.cells)], style=line)
        for support in row.supports:
            key = [support.nomenclature.kode, support.opd.code]
            out.row([SUPPORT, code, *key, Cell(seen, version), _packed(support_cells(support))], style=line)
    out.ws.sheet_state = "hidden"
    out.protect()


def _packed(cells: dict[str, str]) -> str:
    return json.dumps({name: text for name, text in cells.items() if text}, ensure_ascii=False, sort_keys=True)
