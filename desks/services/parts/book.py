"""What the rows of a set-up may name: desks, bidang, institutions, regions, indicators of one round, read once for a whole workbook."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet

from accounts.actors import Actor, can
from accounts.choices import CENTRAL_KINDS, InstitutionKind
from accounts.models import Institution, Region, RegionGroup, User
from desks.choices import RoundLevel, SessionMode, SessionState
from desks.models import Desk, DeskIndicator, Item, Meja, Round, Session
from desks.services.definitions import filled_rows
from desks.services.parts.base import refuse
from desks.services.parts.cells import ALL, joined, pieces, written
from desks.services.parts.slots import Slot
from desks.services.setup import regions_of
from indicators.models import Indicator
from planning.models import BidangUrusan

LOST_ZERO = "Periksa apakah angka nol di depan atau belakang hilang, lalu format selnya sebagai Teks."


@dataclass(frozen=True)
class Office:
    """An institution as rows name it; `pk` is 0 while it comes with the same workbook."""

    kind: str
    kode: str
    name: str
    region: str
    pk: int = 0


@dataclass
class Book:
    """The round and all that its rows may name."""

    round: Round
    actor: Actor | None = None

    @property
    def national(self) -> bool:
        """Whether it is the round of the whole country."""
        return self.round.level == RoundLevel.NATIONAL

    @cached_property
    def desks(self) -> dict[str, tuple[str, str]]:
        """Name and strand of each desk by code."""
        return {
            code: (name, strand)
            for code, name, strand in Desk.objects.filter(round=self.round)
            .order_by("order", "code")
            .values_list("code", "name", "strand")
        }

    @cached_property
    def bidang(self) -> dict[str, str]:
        """Names of bidang urusan by code."""
        return dict(BidangUrusan.objects.order_by("kode").values_list("kode", "short_name"))

    @cached_property
    def regions(self) -> dict[str, str]:
        """Names of all regions by code."""
        return dict(Region.objects.order_by("kode").values_list("kode", "short_name"))

    @cached_property
    def sitting(self) -> list[str]:
        """Codes of the regions that sit in the round."""
        return [region.kode for region in regions_of(self.round)]

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """Codes of regions by group, named `skema/kode`."""
        found: dict[str, list[str]] = defaultdict(list)
        rows = RegionGroup.objects.order_by("scheme", "code", "regions__kode")
        for scheme, code, kode in rows.values_list("scheme", "code", "regions__kode"):
            found[f"{scheme}/{code}"] += [kode] if kode else []
        return dict(found)

    @cached_property
    def offices(self) -> dict[str, Office]:
        """The institutions that belong to the round, by the code that rows use: kode, or jenis:kode where two kinds share it."""
        found = list(self.institutions().values_list("kind", "kode", "name", "region__kode", "pk"))
        count: dict[str, int] = defaultdict(int)
        for _, kode, *_rest in found:
            count[kode] += 1
        return {
            (kode if count[kode] == 1 else f"{kind}:{kode}"): Office(kind, kode, name, region, pk)
            for kind, kode, name, region, pk in found
        }

    def institutions(self) -> QuerySet[Institution]:
        """The institutions that a round of this host may name."""
        rows = Institution.objects.filter(active=True).order_by("kind", "kode")
        if self.national:
            return rows
        host = self.round.host.region
        return rows.filter(region=host) | rows.filter(region__parent=host) | rows.filter(kind__in=CENTRAL_KINDS)

    @cached_property
    def _offices_by_word(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for code, office in self.offices.items():
            for word in (code, office.kode, f"{office.kind}:{office.kode}", office.name):
                found[word.casefold()].add(code)
        return found

    @cached_property
    def office_codes(self) -> dict[int, str]:
        """The code that rows use, by primary key."""
        return {office.pk: code for code, office in self.offices.items()}

    @cached_property
    def desks_with_indicators(self) -> set[str]:
        """Codes of desks whose agenda has at least one indicator."""
        return set(DeskIndicator.objects.filter(round=self.round).values_list("desk__code", flat=True))

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its code in small letters."""
        return {row.code.casefold(): row for row in Indicator.objects.select_related("bidang")}

    @cached_property
    def filled(self) -> dict[int, int]:
        """How many rows of the round are filled, by indicator."""
        return dict(filled_rows(self.round).order_by().values_list("indicator_id").annotate(n=Count("pk")))

    @cached_property
    def with_rows(self) -> set[int]:
        """Indicators that have rows in the round."""
        return set(
            Item.objects.filter(round=self.round, indicator__isnull=False)
            .order_by()
            .values_list("indicator_id", flat=True)
            .distinct()
        )

    @cached_property
    def may_word(self) -> bool:
        """Whether the actor may word indicators and change reference data."""
        return self.actor is not None and can(self.actor, "indicators.edit_reference")

    def forget_indicators(self) -> None:
        """Read indicators anew, after some were made."""
        self.__dict__.pop("indicators", None)

    @cached_property
    def mejas(self) -> set[tuple[str, str]]:
        """Desk and region of every meja that is open."""
        return set(Meja.objects.filter(round=self.round).values_list("desk__code", "region__kode"))

    def forget_offices(self) -> None:
        """Read institutions anew, after some were made."""
        for name in ("offices", "_offices_by_word", "office_codes"):
            self.__dict__.pop(name, None)

    @cached_property
    def _skpd(self) -> dict[str, tuple[str, str]]:
        rows = self.institutions().exclude(kode_skpd="").values_list("kode_skpd", "kode", "name")
        return {skpd.casefold(): (kode, name) for skpd, kode, name in rows}

    def skpd_taken(self, skpd: str, kode: str) -> str:
        """The name of another institution that has this code of SIPD; '' of none. From now on it is taken by `kode`."""
        owner, name = self._skpd.get(skpd.casefold(), ("", ""))
        if owner and owner != kode:
            return name
        self._skpd[skpd.casefold()] = (kode, f"lembaga {kode}")
        return ""

    @cached_property
    def names_by_email(self) -> dict[str, tuple[str, bool]]:
        """Name and whether active of everybody with an account, by e-mail address in small letters."""
        return {
            email.lower(): (name, active)
            for email, name, active in User.objects.exclude(email="").values_list("email", "full_name", "is_active")
        }

    def may_enrol(self, office: Office) -> bool:
        """Whether the actor may invite people of the institution (one that comes with the workbook is the actor's own doing)."""
        if office.pk == 0 or self.national:
            return True
        host = self.round.host.region.kode
        return office.region == host or office.region.startswith(f"{host}.")

    @cached_property
    def sittings(self) -> list[Slot]:
        """Every sitting that is not over."""
        rows = (
            Session.objects.filter(desk__round=self.round)
            .exclude(state=SessionState.CLOSED)
            .select_related("desk")
            .prefetch_related("mejas__region")
            .order_by("starts", "pk")
        )
        return [
            Slot(
                (row.desk.code.casefold(), written(row.starts, row.tz).casefold()), row.desk.code,
                {meja.region.kode for meja in row.mejas.all()}, row.starts, row.ends, row.place, row.mode == SessionMode.ONLINE,
            )
            for row in rows
        ]  # fmt: skip

    def sits(self, slot: Slot) -> None:
        """A sitting of the same workbook: it takes the place of the one that stands under its name."""
        self.sittings[:] = [each for each in self.sittings if each.key != slot.key] + [slot]

    def add_office(self, office: Office) -> None:
        """An institution that comes with the same workbook."""
        if f"{office.kind}:{office.kode}".casefold() in self._offices_by_word:
            return
        code = office.kode if office.kode not in self.offices else f"{office.kind}:{office.kode}"
        self.offices[code] = office
        for word in (code, f"{office.kind}:{office.kode}", office.name):
            self._offices_by_word[word.casefold()].add(code)

    def read_office(self, typed: str) -> str:
        """The code of an institution named by code or by its full name."""
        found = " ".join(typed.split())
        if not found:
            return ""
        codes = self._offices_by_word.get(found.casefold(), set())
        if not codes:
            raise refuse(f"Lembaga “{found}” tidak dikenal. Tulis kode pada lembar Lembaga. {LOST_ZERO}")
        if len(codes) > 1:
            raise refuse(
                f"“{found}” menunjuk lebih dari satu lembaga: {', '.join(sorted(codes))}. Tulis salah satunya."
            )
        return next(iter(codes))

    def read_desk(self, typed: str) -> str:
        """The code of a desk named by code or name; Semua for all, '' for nothing."""
        found = " ".join(typed.split())
        if not found or found.casefold() == ALL.casefold():
            return ALL if found else ""
        for code, (name, _) in self.desks.items():
            if found.casefold() in (code.casefold(), name.casefold()):
                return code
        raise refuse(f"Desk “{found}” tidak ada pada penyelenggaraan ini. Tulis kode desk. {LOST_ZERO}")

    def read_bidang(self, typed: str) -> str:
        """Codes of bidang urusan."""
        codes = pieces(typed)
        for each in codes:
            if each not in self.bidang:
                raise refuse(f"Bidang urusan “{each}” tidak dikenal. {LOST_ZERO}")
        return joined(sorted(codes))

    def read_region(self, typed: str) -> str:
        """The code of one region, by code or short name."""
        found = " ".join(typed.split())
        if not found or found in self.regions:
            return found
        named = [kode for kode, name in self.regions.items() if name.casefold() == found.casefold()]
        if len(named) == 1:
            return named[0]
        raise refuse(f"Wilayah “{found}” tidak dikenal. {LOST_ZERO}")

    def read_regions(self, typed: str) -> str:
        """Codes of regions that sit in the round; Semua and names of groups spread into their regions."""
        wanted: set[str] = set()
        for each in pieces(typed):
            if each.casefold() == ALL.casefold():
                wanted |= set(self.sitting)
            elif group := self._group(each):
                wanted |= set(group)
            else:
                wanted.add(self.read_region(each))
        outside = sorted(wanted - set(self.sitting))
        if outside:
            raise refuse(f"Wilayah {', '.join(outside)} bukan peserta penyelenggaraan ini.")
        return ALL if wanted and wanted == set(self.sitting) else joined(sorted(wanted))

    def spread(self, cell: str) -> list[str]:
        """The codes of regions that a read cell means."""
        return list(self.sitting) if cell == ALL else pieces(cell)

    def _group(self, word: str) -> list[str] | None:
        word = word.removeprefix("kelompok:").strip()
        exact = {name.casefold(): codes for name, codes in self.groups.items()}
        if word.casefold() in exact:
            return [kode for kode in exact[word.casefold()] if kode in self.sitting]
        short = [codes for name, codes in self.groups.items() if name.split("/")[1].casefold() == word.casefold()]
        return [kode for kode in short[0] if kode in self.sitting] if len(short) == 1 else None


REGIONAL = (InstitutionKind.BAPPEDA, InstitutionKind.OPD)
