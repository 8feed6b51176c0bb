"""What a final berita acara agreed, kept as figures: the next forum, the rounds below and the page "Semua angka" read them there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from agreements.models import BeritaAcara
from core.fields import value_names
from desks.chain import Writer
from desks.choices import AGREED_STATES
from desks.levels import AGREED_SOURCE
from desks.models import Item, Meja
from indicators.choices import FigureKind
from indicators.models import Figure

KEY: Final = ["indicator", "region", "year", "period", "source", "line_key"]
STATED: Final = ["kind", "origin", "simulated", "needs_check", "line", *value_names("value")]


def state_figures(writer: Writer, ba: BeritaAcara, mejas: Sequence[Meja], items: Iterable[Item]) -> None:
    """Keep every agreed target of the berita acara as a figure of its round, one for each indicator and region; again is the same.

    The figure names the number of the berita acara, its `line_key` the round. Runs inside the block that makes it final.
    """
    agreed = [item for item in items if _has_figure(item)]
    Figure.objects.bulk_create(
        [_figure(ba, item) for item in agreed], update_conflicts=True, unique_fields=KEY, update_fields=STATED, batch_size=200
    )  # fmt: skip
    _record(writer, ba, mejas, agreed, "state_figures")


def withdraw_figures(writer: Writer, ba: BeritaAcara, mejas: Sequence[Meja], items: Iterable[Item]) -> None:
    """Take the figures of a voided berita acara back; what they were stays in the events. Runs inside the block that voids it."""
    agreed = [item for item in items if _has_figure(item)]
    for meja, rows in _by_meja(agreed).items():
        region = next(each.region_id for each in mejas if each.pk == meja)
        Figure.objects.filter(**_place(ba), region=region, indicator__in=[item.indicator_id for item in rows]).delete()
    _record(writer, ba, mejas, agreed, "withdraw_figures")


def _has_figure(item: Item) -> bool:
    return item.state in AGREED_STATES and item.indicator_id is not None and item.value_agreed is not None


def _place(ba: BeritaAcara) -> dict[str, Any]:
    round_ = ba.round
    return {
        "year": round_.plan_year, "period": "", "kind": FigureKind.AGREEMENT, "source": AGREED_SOURCE[round_.level], "line_key": round_.code,
    }  # fmt: skip


def _figure(ba: BeritaAcara, item: Item) -> Figure:
    figure = Figure(
        indicator=item.indicator, region_id=item.region_id, origin=f"Berita acara {ba.number}, {ba.round.short_name}",
        simulated=ba.round.simulated, **_place(ba),
    )  # fmt: skip
    figure.value = item.value_agreed
    return figure


def _by_meja(items: Iterable[Item]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        found[item.meja_id].append(item)
    return found


def _record(writer: Writer, ba: BeritaAcara, mejas: Sequence[Meja], items: Iterable[Item], action: str) -> None:
    """One event in each meja that has a figure, with every value: the trace that stays when the figures go."""
    rows = _by_meja(items)
    for meja in sorted((each for each in mejas if each.pk in rows), key=lambda each: each.pk):
        stated = [
            {"item": item.code, "indicator": item.indicator.code, "value": item.value_agreed.as_json()}  # type: ignore[union-attr]
            for item in rows[meja.pk]
        ]
        facts = {"ba": ba.code, "year": ba.round.plan_year, "source": AGREED_SOURCE[ba.round.level], "figures": stated}
        writer.record(meja, action, facts)


__all__ = ["state_figures", "withdraw_figures"]
