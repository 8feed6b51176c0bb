"""Whose consent a verdict needs and on what it rests; read after the meja's version was raised, so nothing crosses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.choices import InstitutionKind, RegionLevel
from accounts.models import Institution
from desks.choices import AttendanceMode, Party, RoundLevel, StanceBasis, StanceKind
from desks.models import Attendance, ConsentParty, Item, Position, Session, Stance, Usulan
from indicators.choices import Strand
from indicators.models import IndicatorHolder
from planning.choices import HolderPart
from planning.models import BidangHolder

KIND_OF_PARTY = {
    Party.KEMENDAGRI: InstitutionKind.KEMENDAGRI,
    Party.BAPPENAS: InstitutionKind.BAPPENAS,
    Party.KL: InstitutionKind.KL,
    Party.REGION: InstitutionKind.BAPPEDA,
}
BASIS_WORDS = {
    "own": "menyatakan sendiri",
    "spoken": "lisan, dicatat",
    "silent": "hadir, tidak berkeberatan",
    "absent": "tidak hadir, dicatat pimpinan sidang",
    "": "belum menyatakan sikap",
}


@dataclass
class PartyConsent:
    """One party of one row: who may speak for it, what it said to the newest figure, and on what its consent rests."""

    party: Party
    institutions: list[Institution]
    kind: str = ""
    basis: str = ""
    stance: Stance | None = None

    @property
    def given(self) -> bool:
        """Whether the party stands at setuju, or is silent or absent where that counts."""
        return self.kind == StanceKind.SETUJU or (not self.kind and self.basis in ("silent", "absent"))

    @property
    def blocks(self) -> bool:
        """Whether the party said bahas or keberatan."""
        return self.kind in (StanceKind.BAHAS, StanceKind.KEBERATAN)

    @property
    def name(self) -> str:
        """The party in people's words."""
        if self.party == Party.PROVINCE and self.institutions:
            return " atau ".join(each.short_name for each in self.institutions)
        return self.institutions[0].short_name if len(self.institutions) == 1 else self.party.label

    @property
    def basis_text(self) -> str:
        """On what the consent rests, for screens and the paper."""
        return BASIS_WORDS[self.basis]


@dataclass
class ItemConsent:
    """The parties of a row and its newest position."""

    item: Item
    position: Position | None = None
    parties: list[PartyConsent] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether a verdict of agreement may be given."""
        return self.position is not None and all(party.given for party in self.parties)

    @property
    def missing(self) -> list[PartyConsent]:
        """The parties that still withhold consent."""
        return [party for party in self.parties if not party.given]

    def facts(self) -> list[dict[str, str]]:
        """Per party what its consent rests on, in codes, for the event."""
        return [{"party": party.party.value, "stance": party.kind, "basis": party.basis} for party in self.parties]


def consent_of(items: Iterable[Item], session: Session | None = None) -> dict[int, ItemConsent]:
    """The consent of rows of one round (items with meja, round and indicator at hand), in a fixed number of queries."""
    rows = list(items)
    if not rows:
        return {}
    result = {item.pk: ItemConsent(item) for item in rows}
    for position in newest_positions(result):
        result[position.item_id].position = position  # type: ignore[index]
    members = _Members(rows)
    parties = _parties(rows)
    stances = _latest_stances([entry.position for entry in result.values() if entry.position])
    absent, present = _attendance(session)
    for item in rows:
        entry = result[item.pk]
        wanted = parties.get(("desk", item.meja.desk_id)) or parties.get(("strand", item.strand), [])
        for party in wanted:
            entry.parties.append(
                _party(
                    party,
                    members.of(party, item),
                    entry.position,
                    stances,
                    absent,
                    present,
                    item.round.silence_is_consent,
                )
            )
    return result


def newest_positions(item_ids: Iterable[int]) -> list[Position]:
    """The newest position of each row."""
    newest: dict[int, Position] = {}
    for position in (
        Position.objects.filter(item_id__in=list(item_ids))
        .select_related("institution", "on_behalf")
        .order_by("item_id", "seq")
    ):
        newest[position.item_id] = position  # type: ignore[index]
    return list(newest.values())


def _party(
    party: Party, institutions: list[Institution], position: Position | None, stances: dict[tuple[int, int], Stance],
    absent: set[int], present: set[int], silence: bool,
) -> PartyConsent:  # fmt: skip
    result = PartyConsent(party, institutions)
    spoken = [stances[key] for each in institutions if position and (key := (position.pk, each.pk)) in stances]
    blocking = [stance for stance in spoken if stance.kind != StanceKind.SETUJU]
    if spoken:
        result.stance = (blocking or spoken)[0]
        result.kind = result.stance.kind
        result.basis = "own" if result.stance.basis == StanceBasis.OWN else "spoken"
    elif institutions and all(each.pk in absent for each in institutions):
        result.basis = "absent"
    elif silence and any(each.pk in present for each in institutions):
        result.basis = "silent"
    return result


def _parties(items: list[Item]) -> dict[tuple[str, object], list[Party]]:
    found: dict[tuple[str, object], list[Party]] = defaultdict(list)
    for row in ConsentParty.objects.filter(round_id=items[0].round_id).order_by("pk"):
        found[("desk", row.desk_id) if row.desk_id else ("strand", row.strand)].append(Party(row.party))
    return found


def _latest_stances(positions: list[Position]) -> dict[tuple[int, int], Stance]:
    found: dict[tuple[int, int], Stance] = {}
    for stance in (
        Stance.objects.filter(position__in=positions).select_related("institution", "recorded_by").order_by("seq")
    ):
        found[(stance.position_id, stance.institution_id)] = stance
    return found


def _attendance(session: Session | None) -> tuple[set[int], set[int]]:
    absent: set[int] = set()
    present: set[int] = set()
    for row in Attendance.objects.filter(session=session) if session else ():
        if row.mode == AttendanceMode.ABSENT:
            if row.lifted_at is None:
                absent.add(row.institution_id)
        elif row.left_at is None:
            present.add(row.institution_id)
    return absent - present, present


class _Members:
    """Which institutions can speak for a party of a row: central ones by kind, the K/L by holding or by the RO, the province by its OPD in
    charge or its Bappeda, the region by its Bappeda."""

    def __init__(self, items: list[Item]) -> None:
        self.central: dict[str, list[Institution]] = defaultdict(list)
        self.region: dict[int, list[Institution]] = defaultdict(list)
        for institution in Institution.objects.filter(
            kind__in=[InstitutionKind.KEMENDAGRI, InstitutionKind.BAPPENAS, InstitutionKind.BAPPEDA],
            active=True, region_id__in={item.region_id for item in items} | self._nation(),
            seats__round_id=items[0].round_id,
        ).distinct():  # fmt: skip
            target = (
                self.region[institution.region_id]
                if institution.kind == InstitutionKind.BAPPEDA
                else self.central[institution.kind]
            )
            target.append(institution)
        self.opd: dict[tuple[int, int], list[Institution]] = defaultdict(list)
        self.host_region, self.sector = 0, items[0].round.level == RoundLevel.SECTOR
        if items[0].round.level != RoundLevel.NATIONAL:
            self._read_regional(items)
            return
        year = items[0].round.plan_year
        self.bidang: dict[int, list[Institution]] = defaultdict(list)
        bidang = {item.indicator.bidang_id for item in items if item.indicator}
        for row in BidangHolder.objects.filter(
            year=year,
            bidang_id__in=bidang,
            part=HolderPart.PENANGGUNG_JAWAB,
            institution__region__level=RegionLevel.NATION,
        ).select_related("institution"):
            self.bidang[row.bidang_id].append(row.institution)
        self.single: dict[int, list[Institution]] = defaultdict(list)
        for held in IndicatorHolder.objects.filter(
            year=year, indicator_id__in={item.indicator_id for item in items}, part=HolderPart.PENANGGUNG_JAWAB,
            institution__region__level=RegionLevel.NATION,
        ).select_related("institution"):  # fmt: skip
            self.single[held.indicator_id].append(held.institution)
        usulan = [item.pk for item in items if item.strand == Strand.KEWILAYAHAN]
        rows = Usulan.objects.filter(item__in=usulan, ro__isnull=False).select_related("ro__kl") if usulan else ()
        self.of_ro = {row.item_id: row.ro.kl for row in rows if row.ro}

    def _read_regional(self, items: list[Item]) -> None:
        """Bappeda and the OPD in charge of the host's region and, in a round of one sector, the dinas of each region; seated ones only."""
        round_ = items[0].round
        self.host_region = round_.host.region_id
        regions = {self.host_region} | ({item.region_id for item in items} if self.sector else set())
        seated = Institution.objects.filter(active=True, region_id__in=regions, seats__round_id=round_.pk).distinct()
        self.region[self.host_region] = list(seated.filter(kind=InstitutionKind.BAPPEDA, region_id=self.host_region))
        holders = BidangHolder.objects.filter(
            year=round_.plan_year, bidang_id__in={item.indicator.bidang_id for item in items if item.indicator},
            part=HolderPart.PENANGGUNG_JAWAB, institution__in=seated.filter(kind=InstitutionKind.OPD),
        )  # fmt: skip
        for row in holders.select_related("institution").order_by("institution__kode"):
            self.opd[(row.institution.region_id, row.bidang_id)].append(row.institution)
        usulan = [item.pk for item in items if item.strand == Strand.KEWILAYAHAN]
        named = Usulan.objects.filter(item__in=usulan, charge__in=seated).select_related("charge") if usulan else ()
        self.charged = {row.item_id: [row.charge] for row in named if row.charge}

    def _of_level(self, party: Party, item: Item) -> list[Institution]:
        """The institutions of a party where the host is a province or one of its dinas; the OPD in charge goes before the Bappeda."""
        bidang = (item.indicator.bidang_id or 0) if item.indicator else 0
        if party == Party.PROVINCE:
            charged = self.charged.get(item.pk) or self.opd.get((self.host_region, bidang), [])
            plan = self.region.get(self.host_region, [])
            return charged + [each for each in plan if each not in charged]
        if party == Party.REGION and self.sector:
            return self.opd.get((item.region_id, bidang), []) or self.region.get(item.region_id, [])
        return self.region.get(item.region_id, []) if party == Party.REGION else []

    @staticmethod
    def _nation() -> set[int]:
        from accounts.models import Region

        return set(Region.objects.filter(level=RegionLevel.NATION).values_list("pk", flat=True))

    def of(self, party: Party, item: Item) -> list[Institution]:
        """The institutions that may speak for the party on this row."""
        if self.host_region:
            return self._of_level(party, item)
        if party == Party.REGION:
            return self.region.get(item.region_id, [])
        if party == Party.KL and item.strand == Strand.KEWILAYAHAN:
            return [self.of_ro[item.pk]] if item.pk in self.of_ro else []
        if party == Party.KL:
            single = self.single.get(item.indicator_id or 0, [])
            return single or self.bidang.get(item.indicator.bidang_id or 0, []) if item.indicator else []
        return self.central.get(KIND_OF_PARTY[party], [])


def parties_spoken_for(item: Item, institution: Institution) -> list[Party]:
    """The parties of the row for which the institution can speak."""
    return [
        entry.party
        for entry in consent_of([item])[item.pk].parties
        if institution.pk in {each.pk for each in entry.institutions}
    ]
