"""The Renja PD of the dinas that hosts Babel's rakor, on the agenda of its desks (simulasi)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from accounts.actors import Actor
from accounts.models import Institution
from agreements.demo.world import PLAN_YEAR
from desks.choices import LineOutcome
from desks.models import AgendaLine, Desk
from desks.services.bulk import BulkChain, BulkRows, BulkSession
from planning.choices import DocumentKind, DocumentStage, GovLevel, LineLevel, NomenclatureLevel
from planning.models import BidangUrusan, Document, DocumentLine, LineYear, Nomenclature

LINES: Final = 6
OUTCOMES: Final = (
    (LineOutcome.FITS, ""),
    (LineOutcome.NOTED, "Kabupaten/kota menyesuaikan jumlah sasaran pada Renjanya paling lambat forum perangkat daerah."),
    (LineOutcome.FITS, ""),
    (LineOutcome.UNFIT, "Lokasi tumpang tindih dengan kegiatan kabupaten; dibahas lagi bersama Bappeda masing-masing."),
    (LineOutcome.FITS, ""),
)  # fmt: skip
"""By line in order; the last one is not reached."""


def host_paper(rows: BulkRows, host: Institution) -> Document:
    """The draft Renja of the host."""
    return rows.add(
        Document(
            kind=DocumentKind.RENJA_PD, owner=host, year_from=PLAN_YEAR, year_to=PLAN_YEAR, stage=DocumentStage.RANCANGAN, simulated=True,
            title=f"Rancangan Renja {host.short_name} {PLAN_YEAR} (simulasi)",
        )
    )  # fmt: skip


def add_lines(
    rows: BulkRows, chain: BulkChain, paper: Document, desk: Desk, bidang: BidangUrusan, actor: Actor
) -> list[AgendaLine]:
    """The lines of a bidang in the Renja, on the desk's agenda."""
    host = desk.round.host
    codes = Nomenclature.objects.filter(
        gov_level=GovLevel.PROVINSI, level=NomenclatureLevel.SUB_KEGIATAN, bidang=bidang
    ).order_by("kode")[:LINES]
    made = []
    for order, code in enumerate(codes, start=1):
        line = rows.add(
            DocumentLine(
                document=paper, line_code=code.kode, order=desk.order * 100 + order, level=LineLevel.SUB_KEGIATAN, text=code.name, nomenclature=code,
                institution=host,
                indicator_text=code.indicator, unit=code.unit or "dokumen",
            )
        )  # fmt: skip
        year = rows.add(LineYear(line=line, year=PLAN_YEAR, target=str(order * 3), amount=order * 175_000_000))
        made.append(
            rows.add(
                AgendaLine(
                    desk=desk, line=line, source=f"{paper.title} (rancangan, versi {paper.version})", line_code=line.line_code, text=line.text,
                    indicator=line.indicator_text, unit=line.unit, target=year.target, amount=year.amount,
                )
            )
        )  # fmt: skip
    if made:
        chain.record(actor, "attach_lines", {"desk": desk.code, "lines": [row.line_code for row in made]})
    return made


def conclude_lines(stage: BulkSession, notulis: Actor, lines: Sequence[AgendaLine]) -> None:
    """What the meeting said of each line (see `agenda_lines.conclude_line`)."""
    for row, (outcome, conclusion) in zip(lines, OUTCOMES, strict=False):
        before = {"outcome": row.outcome, "conclusion": row.conclusion}
        row.outcome, row.conclusion, row.session, row.version = outcome, conclusion, stage.session, row.version + 1
        after = {"outcome": outcome, "conclusion": conclusion}
        for book in stage.books:
            facts = {"session": stage.session.code, "line": row.line_code, "before": before, "after": after}
            book.record(notulis, "conclude_line", facts)


__all__ = ["add_lines", "conclude_lines", "host_paper"]
