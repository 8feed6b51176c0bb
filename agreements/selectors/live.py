"""The sheet of a draft, read from the rows of its sittings as they stand now."""

from __future__ import annotations

from typing import Any

from accounts.models import Institution
from agreements.choices import PaperScope, SignMode
from agreements.models import BeritaAcara, Signatory
from agreements.selectors.facts import facts_of, regions_of
from agreements.selectors.material import Material, gather
from agreements.selectors.rows import attendance_rows, left_rows, note_rows, paper_rows, sitting_rows
from agreements.selectors.sheet import BaSheet, Section, SignBlock
from agreements.selectors.strand_rows import indicator_label, strand_parts
from agreements.wording import LABELS, Wording, wording_for
from core.dates import plain_date


def live_sheet(ba: BeritaAcara, found: Material | None = None) -> BaSheet:
    """The sheet of a draft."""
    found = found or gather(ba)
    wording = wording_for(ba.strand, ba.round.level, ba.scope)
    regions = regions_of(found)
    signers = sign_blocks(ba)
    facts = facts_of(found, regions, signers)
    return BaSheet(
        code=ba.code, check_code=ba.check_code, revision=ba.revision, heading=ba.title, kop=_kop(ba.round.host),
        regions=tuple(regions), signers=signers, **_texts(wording, facts),
        signed_place=ba.place, signed_on=plain_date(ba.signed_on) if ba.signed_on else "",
        plan_year=ba.round.plan_year, indicator_label=indicator_label(ba.round, ba.strand), **_content(found),
        template_version=wording.version, simulated=ba.round.simulated, mark="DRAF" if ba.is_draft else "",
        area=ba.round.words.area,
    )  # fmt: skip


def _content(found: Material) -> dict[str, Any]:
    """The lampiran: of one desk, of each desk of several, or the list of papers of an induk."""
    if found.ba.scope == PaperScope.INDUK:
        return {"scope": found.ba.scope, "papers": paper_rows(found)}
    if found.session is not None:
        return _rows(found)
    sections = tuple(
        Section(
            part=part.mejas[0].desk.code, part_name=part.mejas[0].desk.name, indicator_label=indicator_label(found.ba.round, part.strand),
            regions=tuple(regions_of(part)), **{"strand": part.strand, **_rows(part)},
        )
        for part in found.parts
    )  # fmt: skip
    return {
        "scope": found.ba.scope,
        "sittings": sitting_rows(found),
        "sections": sections,
        "unsubmitted": found.unsubmitted,
    }


def _rows(found: Material) -> dict[str, Any]:
    return {
        "left": left_rows(found), **strand_parts(found), "attendance": attendance_rows(found), "unsubmitted": found.unsubmitted,
        "notes": note_rows(found),
    }  # fmt: skip


def _texts(wording: Wording, facts: dict[str, str]) -> dict[str, Any]:
    names = ("opening", "legal_heading", "parties", "agree_heading", "closing", "chair_heading", "signers_heading")
    texts: dict[str, Any] = {name: wording.line(name, facts) for name in names}
    texts["title"] = wording.lines("title", facts)
    texts["legal"] = wording.lines("legal", facts)
    texts["agreements"] = tuple(zip(LABELS, wording.lines("agreements", facts), strict=False))
    return texts


def _kop(host: Institution) -> tuple[str, ...]:
    return tuple(line for line in (host.name.upper(), host.address) if line)


def sign_blocks(ba: BeritaAcara) -> tuple[SignBlock, ...]:
    """The signatory plan as it will be printed."""
    return tuple(
        sign_block(row)
        for row in Signatory.objects.filter(ba=ba).select_related("institution", "user").order_by("order")
    )


def sign_block(row: Signatory) -> SignBlock:
    """One signatory as printed."""
    return SignBlock(
        order=row.order, institution=row.institution.name, institution_code=row.institution.code, office=row.office, name=row.name,
        prefix=row.prefix, principal_office=row.principal_office, rank=row.rank, nip=row.nip, chair=row.chair,
        mode=SignMode(row.mode).value, person=row.user.code if row.user else "",
    )  # fmt: skip
