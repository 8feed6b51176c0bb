"""Rows against documents: a missing link, another unit, another target; and targets and pagu that want each other."""

from __future__ import annotations

from collections.abc import Iterator

from core.money import format_rupiah
from desks.alignment_choices import FindingKind
from desks.models import Item, Support
from desks.selectors.alignment.cells import same_unit, same_value, shown, volumes
from desks.selectors.alignment.documents import OF_OPD, USES, Library, SubLine, source_of
from desks.selectors.alignment.found import Finding, Source, finding
from desks.selectors.alignment.rows import Rows, applies, pagu_of, place_of, place_of_support
from desks.strands import Detail, form_of
from planning.choices import DocumentKind
from planning.models import Document

ISIAN = Source("Isian", "ISIAN")
NOT_STATED = "belum ditetapkan"


def against_documents(rows: Rows, library: Library) -> Iterator[Finding]:
    """Every row against every document that speaks of its kind."""
    for item in rows.items:
        documents = library.of_region(item.region_id)
        for document in documents:
            yield from _target(item, document, library)
        for row in rows.supports.get(item.pk, ()) if applies(item) else ():
            for document in documents:
                yield from _support(item, row, document, library)


def _target(item: Item, document: Document, library: Library) -> Iterator[Finding]:
    value = item.value_proposed
    if value is None or not applies(item) or document.pk not in library.with_targets:
        return
    assert item.indicator is not None
    bidang = item.indicator.bidang_id
    if document.kind in OF_OPD and (document.owner_id, bidang) not in library.held:
        return
    unit, source, place = item.subject_unit, source_of(document), place_of(item)
    stated = library.figures.get((document.pk, item.indicator.pk, item.region_id))
    if stated is None:
        if USES[document.kind].link:
            yield finding(
                FindingKind.UNLINKED, place, source, shown(value, unit), "target indikator ini tidak tercantum"
            )
    elif not same_unit(unit, stated.unit):
        yield finding(FindingKind.UNIT, place, source, shown(value, unit), shown(stated.value, stated.unit))
    elif stated.value is not None and not same_value(value, stated.value):
        yield finding(FindingKind.TARGET, place, source, shown(value, unit), shown(stated.value, unit))


def _support(item: Item, row: Support, document: Document, library: Library) -> Iterator[Finding]:
    if document.pk not in library.with_lines or document.kind == DocumentKind.RKP:
        return
    if document.kind in OF_OPD and document.owner_id != row.opd_id:
        return
    source, place = source_of(document), place_of_support(item, row)
    here = shown(row.volume, row.volume_unit) or "tercantum tanpa volume"
    lines = library.lines.get((document.pk, row.nomenclature.kode), [])
    lines = [line for line in lines if line.opd in (None, row.opd_id)] or lines
    if not lines:
        if USES[document.kind].link:
            yield finding(FindingKind.UNLINKED, place, source, here, "sub kegiatan ini tidak tercantum")
        return
    fitting = [line for line in lines if same_unit(row.volume_unit, line.unit)]
    if not fitting:
        there = "; ".join(f"{line.target} {line.unit}".strip() for line in lines)
        yield finding(FindingKind.UNIT, place, source, here, there)
    elif row.volume is not None and (there := _other_volume(row, fitting)):
        yield finding(FindingKind.TARGET, place, source, here, there)


def _other_volume(row: Support, lines: list[SubLine]) -> str:
    """What the lines say instead; '' where one of them, or all together, say the same, or none says a number."""
    numbers = volumes((line.target for line in lines), row.volume_unit)
    if not numbers or row.volume in numbers or row.volume == sum(numbers):
        return ""
    unit = next((line.unit for line in lines if line.unit), row.volume_unit)
    return " + ".join(shown(number, unit) for number in numbers)


def targets_and_pagu(rows: Rows) -> Iterator[Finding]:
    """A target without pagu, pagu without a target: of each sub kegiatan, and of a row as a whole."""
    for item in rows.items:
        if not applies(item) or form_of(item.strand).detail != Detail.SUPPORTS:
            continue
        said = list(_of_supports(item, rows.supports.get(item.pk, [])))
        yield from said
        total = sum(pagu_of(row) for row in rows.supports.get(item.pk, ()))
        if item.value_proposed is not None and not total and not said:
            here, there = shown(item.value_proposed, item.subject_unit), "belum ada sub kegiatan pendukung dengan pagu"
            yield finding(FindingKind.NO_PAGU, place_of(item), ISIAN, here, there)
        if item.value_proposed is None and total:
            here, there = "target kosong", f"sub kegiatan pendukung {format_rupiah(total)}"
            yield finding(FindingKind.NO_TARGET, place_of(item), ISIAN, here, there)


def _of_supports(item: Item, supports: list[Support]) -> Iterator[Finding]:
    for row in supports:
        place, pagu = place_of_support(item, row), pagu_of(row)
        if row.volume is not None and not pagu:
            volume = shown(row.volume, row.volume_unit)
            yield finding(FindingKind.NO_PAGU, place, ISIAN, volume, f"pagu {NOT_STATED}")
        if row.volume is None and pagu:
            yield finding(FindingKind.NO_TARGET, place, ISIAN, "volume kosong", f"pagu {format_rupiah(pagu)}")


__all__ = ["against_documents", "targets_and_pagu"]
