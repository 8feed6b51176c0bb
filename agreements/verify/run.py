"""Runs the check: one berita acara with its chains, or everything there is."""

from __future__ import annotations

from agreements.models import BeritaAcara
from agreements.verify.chains import check_chain, check_rows
from agreements.verify.faults import Report
from agreements.verify.papers import check_ba
from desks.models import Event, Meja, Round


def verify_one(ba: BeritaAcara) -> Report:
    """One berita acara, the chains of its mejas and every row they vouch for."""
    report = Report()
    chains: dict[int, list[Event]] = {}
    for meja in ba.mejas.select_related("desk", "region").order_by("pk"):
        chains[meja.pk] = check_chain(meja, report)
        check_rows(meja, chains[meja.pk], report)
    check_ba(ba, chains, report)
    return report


def verify_all() -> Report:
    """Every chain, every recorded row and every berita acara, a desk's meja at a time to keep memory small."""
    report = Report()
    for round_ in Round.objects.order_by("pk"):
        check_chain(round_, report)
    last: dict[int, list[BeritaAcara]] = {}
    for ba in BeritaAcara.objects.prefetch_related("mejas").order_by("pk"):
        last.setdefault(max((meja.pk for meja in ba.mejas.all()), default=0), []).append(ba)
    for ba in last.pop(0, []):
        report.fault("BaMeja", ba.code, "tidak mencakup meja mana pun")
    for meja in Meja.objects.order_by("pk").iterator(chunk_size=200):
        events = check_chain(meja, report)
        check_rows(meja, events, report)
        for ba in last.get(meja.pk, []):
            check_ba(ba, _chains(ba, meja, events), report)
    known = {*(f"meja:{code}" for code in Meja.objects.values_list("code", flat=True)),
             *(f"round:{code}" for code in Round.objects.values_list("code", flat=True))}  # fmt: skip
    for chain in Event.objects.order_by().values_list("chain", flat=True).distinct():
        if chain not in known:
            report.fault("Event", chain, "rantai tanpa meja atau penyelenggaraan")
    return report


def _chains(ba: BeritaAcara, meja: Meja, events: list[Event]) -> dict[int, list[Event]]:
    rows = Event.objects.select_related("item", "actor", "on_behalf", "institution").order_by("seq")
    return {
        each.pk: events if each.pk == meja.pk else list(rows.filter(chain=each.chain))
        for each in ba.mejas.order_by("pk")
    }  # fmt: skip
