"""Runs the check: one berita acara with its chains, or everything there is."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.models import BeritaAcara
from agreements.verify.chains import check_chain, check_rows, events_of, rows_of
from agreements.verify.faults import Report
from agreements.verify.papers import check_ba
from desks.models import Event, Meja, Round

AT_ONCE = 150


def verify_one(ba: BeritaAcara) -> Report:
    """One berita acara, the chains of its mejas and every row they vouch for."""
    report = Report()
    chains: dict[int, list[Event]] = {}
    mejas = list(ba.mejas.order_by("pk"))
    events, found = events_of(mejas), rows_of(mejas)
    for meja in mejas:
        chains[meja.pk] = events[meja.chain]
        check_chain(meja, chains[meja.pk], report)
        check_rows(found[meja.pk], chains[meja.pk], report)
    check_ba(ba, chains, report)
    return report


def verify_all() -> Report:
    """Every chain, every recorded row and every berita acara, some mejas at a time to keep memory small."""
    report = Report()
    for round_ in Round.objects.order_by("pk"):
        check_chain(round_, events_of([round_])[round_.chain], report)
    last: dict[int, list[BeritaAcara]] = {}
    for ba in BeritaAcara.objects.prefetch_related("mejas").order_by("pk"):
        last.setdefault(max((meja.pk for meja in ba.mejas.all()), default=0), []).append(ba)
    for ba in last.pop(0, []):
        report.fault("BaMeja", ba.code, "tidak mencakup meja mana pun")
    for mejas in _parts():
        events, found = events_of(mejas), rows_of(mejas)
        for meja in mejas:
            check_chain(meja, events[meja.chain], report)
            check_rows(found[meja.pk], events[meja.chain], report)
            for ba in last.get(meja.pk, []):
                check_ba(ba, _chains(ba, meja, events[meja.chain]), report)
    known = {*(f"meja:{code}" for code in Meja.objects.values_list("code", flat=True)),
             *(f"round:{code}" for code in Round.objects.values_list("code", flat=True))}  # fmt: skip
    for chain in Event.objects.order_by().values_list("chain", flat=True).distinct():
        if chain not in known:
            report.fault("Event", chain, "rantai tanpa meja atau penyelenggaraan")
    return report


def _parts() -> Iterator[list[Meja]]:
    """All mejas in ascending key, some at a time."""
    last = 0
    while mejas := list(Meja.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield mejas
        last = mejas[-1].pk


def _chains(ba: BeritaAcara, meja: Meja, events: list[Event]) -> dict[int, list[Event]]:
    others = list(ba.mejas.exclude(pk=meja.pk).order_by("pk"))
    chains = events_of(others)
    return {meja.pk: events, **{each.pk: chains[each.chain] for each in others}}
