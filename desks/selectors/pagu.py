"""The pagu of a region's OPD against what the sub kegiatan on their Isian ask for. Tells, never stops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Sum
from django.db.models.functions import Coalesce

from accounts.actors import Actor
from core.choices import Tone
from desks.choices import ItemState, SupportVerdict
from desks.models import Item, Round, SupportFund
from desks.scopes import OWNER_ROLES
from planning.models import Pagu


@dataclass
class PaguLine:
    """An OPD and bidang: the ceiling (None where nobody has set it) and what its sub kegiatan ask for together."""

    opd: str
    bidang: str
    amount: int | None = None
    provisional: bool = True
    simulated: bool = False
    asked: int = 0
    count: int = 0

    @property
    def over(self) -> int:
        """By how much it is passed; 0 where it is not."""
        return max(self.asked - self.amount, 0) if self.amount is not None else 0

    @property
    def left(self) -> int:
        """What is still free; 0 where nothing is."""
        return max(self.amount - self.asked, 0) if self.amount is not None else 0

    @property
    def tone(self) -> str:
        """The tone that goes with the words."""
        if self.amount is None:
            return Tone.NETRAL.value
        return Tone.MERAH.value if self.over else Tone.HIJAU.value


@dataclass
class PaguPanel:
    """The lines of a region, by OPD and bidang, and per OPD where it has several bidang."""

    lines: list[PaguLine] = field(default_factory=list)
    totals: list[PaguLine] = field(default_factory=list)

    @property
    def passed(self) -> list[PaguLine]:
        """The lines whose ceiling is passed."""
        return [line for line in self.lines if line.over]

    @property
    def over(self) -> int:
        """How many they are."""
        return len(self.passed)


def pagu_of_region(actor: Actor, round_: Round, bidang: Collection[int] | None = None) -> PaguPanel:
    """Ceilings of the actor's region against the sub kegiatan of all its desks, in two queries; `bidang` keeps those of a desk.

    Only for the region itself: the Bappeda sees every OPD, an OPD its own. A sub kegiatan that supports several rows counts once, with the
    largest pagu written for it, as it is one piece of work with one budget.
    """
    if actor.role not in OWNER_ROLES:
        return PaguPanel()
    lines: dict[tuple[int, int], PaguLine] = {}
    ceilings = Pagu.objects.visible_to(actor).filter(year=round_.plan_year, institution__region_id=actor.region_id)
    for row in ceilings.select_related("institution", "bidang"):
        lines[row.institution_id, row.bidang_id] = PaguLine(
            row.institution.short_name, str(row.bidang), row.amount, row.provisional, row.simulated
        )
    for (opd, field_), (name, words, asked, count) in _asked(actor, round_).items():
        line = lines.setdefault((opd, field_), PaguLine(name, words))
        line.asked, line.count = asked, count
    kept = {key: line for key, line in lines.items() if bidang is None or key[1] in bidang}
    return PaguPanel(_sorted(kept), _totals(kept))


def _asked(actor: Actor, round_: Round) -> dict[tuple[int, int], tuple[str, str, int, int]]:
    """By OPD and bidang (0 for the general programmes of every OPD): names, pagu together, number of sub kegiatan."""
    rows = Item.objects.visible_to(actor).filter(round=round_, region_id=actor.region_id).exclude(
        state__in=[ItemState.WITHDRAWN, ItemState.DECLINED]
    )  # fmt: skip
    funds = SupportFund.objects.filter(support__item__in=rows).exclude(support__verdict=SupportVerdict.EXCLUDED)
    found = (
        funds.order_by()
        .values_list(
            "support_id", "support__opd_id", "support__opd__short_name", "support__nomenclature__bidang_id",
            "support__nomenclature__bidang__kode", "support__nomenclature__bidang__short_name", "support__nomenclature__kode",
        )
        .annotate(total=Sum(Coalesce("agreed", "proposed")))
    )  # fmt: skip
    once: dict[tuple[int, int, str], tuple[str, str, int]] = {}
    for _, opd, name, bidang, kode, words, code, total in found:
        key = (opd, bidang or 0, code)
        shown = f"{kode} {words}" if bidang else "program penunjang"
        if key not in once or once[key][2] < (total or 0):
            once[key] = (name, shown, total or 0)
    sums: dict[tuple[int, int], tuple[str, str, int, int]] = {}
    for (opd, bidang, _), (name, shown, total) in once.items():
        _, _, before, count = sums.get((opd, bidang), (name, shown, 0, 0))
        sums[opd, bidang] = (name, shown, before + total, count + 1)
    return sums


def _sorted(lines: dict[tuple[int, int], PaguLine]) -> list[PaguLine]:
    """By OPD and bidang; what is passed stands first."""
    return sorted(lines.values(), key=lambda line: (not line.over, line.opd, line.bidang))


def _totals(lines: dict[tuple[int, int], PaguLine]) -> list[PaguLine]:
    """Per OPD with several bidang; its ceiling is known only where that of each is."""
    groups: dict[int, list[PaguLine]] = defaultdict(list)
    for (opd, _), line in lines.items():
        groups[opd].append(line)
    found = []
    for rows in groups.values():
        if len(rows) > 1:
            known = [row.amount for row in rows if row.amount is not None]
            amount = sum(known) if len(known) == len(rows) else None
            total = PaguLine(rows[0].opd, "semua bidang", amount, any(row.provisional for row in rows))
            total.asked, total.count = sum(row.asked for row in rows), sum(row.count for row in rows)
            found.append(total)
    return sorted(found, key=lambda line: line.opd)
