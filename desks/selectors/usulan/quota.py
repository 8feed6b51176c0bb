"""How many usulan a region may file in a round, and how many it has."""

from __future__ import annotations

from dataclasses import dataclass

from desks.choices import ItemState
from desks.models import Item, Meja
from indicators.choices import Strand


@dataclass(frozen=True)
class Quota:
    """The quota of a region in a round; what was withdrawn or added at the desk does not count."""

    limit: int
    used: int

    @property
    def left(self) -> int:
        """How many may still be filed."""
        return self.limit - self.used

    @property
    def text(self) -> str:
        """`3 dari 10 usulan terpakai`."""
        return f"{self.used} dari {self.limit} usulan terpakai"


def quota_of(meja: Meja) -> Quota | None:
    """The quota of the meja's region, None where the round sets none. At most one query."""
    limit = meja.round.usulan_quota
    if limit is None:
        return None
    rows = Item.objects.filter(round_id=meja.round_id, region_id=meja.region_id, strand=Strand.KEWILAYAHAN)
    used = rows.exclude(state=ItemState.WITHDRAWN).filter(usulan__added_at_desk=False).count()
    return Quota(limit, used)
