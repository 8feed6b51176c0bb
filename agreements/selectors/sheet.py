"""The sheet: everything a berita acara prints, in plain frozen values. Paper, workbook and snapshot have this one source."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Final

from agreements.choices import PaperScope
from agreements.selectors.macro_sheet import ActionRow
from agreements.selectors.plain import plain
from agreements.selectors.scope_sheet import PaperRow, SittingRow
from agreements.selectors.usulan_sheet import IF_ANY, CorrectionRow, UsulanLeftRow, UsulanRow
from core.canonical import canonical, sha256_hex
from core.values import Value, format_value
from indicators.choices import Strand


@dataclass(frozen=True)
class SignBlock:
    """Who signs, as printed. `order` ties it to its Signatory row, `person` is the code of the account that may confirm."""

    order: int
    institution: str
    institution_code: str
    office: str
    name: str
    prefix: str = ""
    principal_office: str = ""
    rank: str = ""
    nip: str = ""
    chair: bool = False
    mode: str = "portal"
    person: str = ""

    @property
    def office_lines(self) -> tuple[str, ...]:
        """The office above the signature: `a.n. Gubernur` and below it the own office, or `Plt. Kepala …`."""
        if self.prefix == "an":
            return (f"a.n. {self.principal_office}", self.office)
        word = {"plt": "Plt. ", "plh": "Plh. ", "pj": "Pj. "}.get(self.prefix, "")
        return (f"{word}{self.office}",)

    @property
    def nip_text(self) -> str:
        """`19800101 200501 1 001`; a NIP of another length as it was written."""
        digits = self.nip
        if len(digits) != 18:
            return digits
        return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


@dataclass(frozen=True)
class AttendanceRow:
    """A person present, or a party recorded absent."""

    no: int
    name: str
    office: str
    institution: str
    mode: str
    remark: str = ""


@dataclass(frozen=True)
class TargetRow:
    """An agreed target."""

    no: int
    item: str
    region_code: str
    region: str
    indicator_code: str
    indicator: str
    unit: str
    national: Value | None
    proposed: Value | None
    agreed: Value | None
    state: str
    status: str
    basis: str
    note: str = ""
    applies: bool = True
    actual: str = field(default="", metadata=IF_ANY)
    rpjmn: str = field(default="", metadata=IF_ANY)
    rpjmd: str = field(default="", metadata=IF_ANY)
    no_data: bool = field(default=False, metadata=IF_ANY)

    @property
    def agreed_text(self) -> str:
        """The agreed target as printed."""
        if self.no_data:
            return "data belum tersedia"
        return format_value(self.agreed) or ("" if self.applies else "tidak relevan")


@dataclass(frozen=True)
class FundRow:
    """The pagu of one sumber dana, whole rupiah."""

    source_code: str
    source: str
    proposed: int | None
    agreed: int | None


@dataclass(frozen=True)
class SupportRow:
    """An agreed sub kegiatan with its pagu."""

    no: int
    item: str
    region_code: str
    region: str
    indicator: str
    code: str
    name: str
    opd_code: str
    opd: str
    volume: str
    volume_unit: str
    places: str
    place_codes: str
    status: str
    note: str = ""
    added: bool = False
    funds: tuple[FundRow, ...] = ()

    @property
    def agreed(self) -> int:
        """The agreed pagu of all sources."""
        return sum(fund.agreed or 0 for fund in self.funds)


@dataclass(frozen=True)
class TotalRow:
    """A sum of agreed pagu: of one sumber dana, or of all ('Jumlah')."""

    label: str
    amount: int


@dataclass(frozen=True)
class LeftRow:
    """What was not agreed or not discussed, and why."""

    no: int
    item: str
    region_code: str
    region: str
    kind: str
    code: str
    subject: str
    unit: str
    proposed: Value | None
    state: str
    status: str
    reason: str
    conclusion: str = ""
    objection: str = ""


@dataclass(frozen=True)
class NoteRow:
    """What one institution wrote on a row, or on the desk as a whole."""

    no: int
    item: str
    region: str
    subject: str
    institution: str
    text: str


@dataclass(frozen=True)
class HeadRow:
    """Where the event chain of a meja stood when the text was frozen."""

    meja: str
    title: str
    seq: int
    hash: str


@dataclass(frozen=True)
class Section:
    """The lampiran of one desk in a berita acara over several desks."""

    part: str
    part_name: str
    strand: str
    indicator_label: str
    regions: tuple[str, ...] = ()
    attendance: tuple[AttendanceRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    supports: tuple[SupportRow, ...] = ()
    totals: tuple[TotalRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    left: tuple[LeftRow, ...] = ()
    unsubmitted: int = 0
    notes: tuple[NoteRow, ...] = ()
    usulan: tuple[UsulanRow, ...] = field(default=(), metadata=IF_ANY)
    usulan_left: tuple[UsulanLeftRow, ...] = field(default=(), metadata=IF_ANY)
    corrections: tuple[CorrectionRow, ...] = field(default=(), metadata=IF_ANY)


@dataclass(frozen=True)
class BaSheet:
    """A berita acara as it is printed. Nothing in it is looked up again after it was frozen."""

    code: str
    check_code: str
    revision: int
    heading: str
    kop: tuple[str, ...]
    title: tuple[str, ...]
    opening: str
    legal_heading: str
    legal: tuple[str, ...]
    parties: str
    agree_heading: str
    agreements: tuple[tuple[str, ...], ...]
    closing: str
    chair_heading: str
    signers_heading: str
    signed_place: str
    signed_on: str
    plan_year: int
    indicator_label: str
    regions: tuple[str, ...]
    signers: tuple[SignBlock, ...] = ()
    attendance: tuple[AttendanceRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    supports: tuple[SupportRow, ...] = ()
    totals: tuple[TotalRow, ...] = ()
    left: tuple[LeftRow, ...] = ()
    unsubmitted: int = 0
    notes: tuple[NoteRow, ...] = ()
    number: str = ""
    heads: tuple[HeadRow, ...] = ()
    template_version: int = 0
    simulated: bool = False
    strand: str = field(default=str(Strand.URUSAN), metadata=IF_ANY)
    actions: tuple[ActionRow, ...] = field(default=(), metadata=IF_ANY)
    scope: str = field(default=str(PaperScope.SESSION), metadata=IF_ANY)
    area: str = field(default="nasional", metadata=IF_ANY)
    sittings: tuple[SittingRow, ...] = field(default=(), metadata=IF_ANY)
    sections: tuple[Section, ...] = field(default=(), metadata=IF_ANY)
    papers: tuple[PaperRow, ...] = field(default=(), metadata=IF_ANY)
    part: str = field(default="", metadata={"frozen": False})
    part_name: str = field(default="", metadata={"frozen": False})
    usulan: tuple[UsulanRow, ...] = field(default=(), metadata=IF_ANY)
    usulan_left: tuple[UsulanLeftRow, ...] = field(default=(), metadata=IF_ANY)
    corrections: tuple[CorrectionRow, ...] = field(default=(), metadata=IF_ANY)
    sha256: str = field(default="", metadata={"frozen": False})
    mark: str = field(default="", metadata={"frozen": False})
    changes: tuple[str, ...] = field(default=(), metadata={"frozen": False})

    @property
    def many_regions(self) -> bool:
        """Whether rows of several regions stand in it, so that each row names its own."""
        return len(self.regions) > 1

    @property
    def parts(self) -> tuple[BaSheet, ...]:
        """The sheets whose lampiran are printed: itself, or one for each desk of a berita acara over several desks."""
        if not self.sections:
            return (self,)
        names = [each.name for each in dataclasses.fields(Section)]
        return tuple(
            dataclasses.replace(self, sections=(), **{name: getattr(section, name) for name in names})
            for section in self.sections
        )

    @property
    def every_attendance(self) -> int:
        """How many lines of attendance stand in it."""
        return sum(len(part.attendance) for part in self.parts)

    @property
    def chairs(self) -> tuple[SignBlock, ...]:
        """The pimpinan sidang."""
        return tuple(block for block in self.signers if block.chair)

    @property
    def consenting(self) -> tuple[SignBlock, ...]:
        """Those who sign for the parties."""
        return tuple(block for block in self.signers if not block.chair)

    def frozen(self) -> dict[str, Any]:
        """What goes into the snapshot: everything but the marks put on it later."""
        return {name: content for name, content in plain(self).items() if name not in NOT_FROZEN}

    def digest(self) -> str:
        """A fingerprint of what is shown, for saying later that it was this."""
        return sha256_hex(canonical([self.frozen(), self.mark, list(self.changes)]))


NOT_FROZEN: Final = {each.name for each in dataclasses.fields(BaSheet) if not each.metadata.get("frozen", True)}
