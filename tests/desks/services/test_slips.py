"""Warnings in the answer of a save, accepting one with a reason, and who may read the reason."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache

from agreements.verify.chains import check_chain, check_rows, events_of, rows_of
from agreements.verify.faults import Report
from core.errors import InvalidInput, NotAllowed, StaleState, TransitionNotAllowed
from desks.models import Event, SlipAcceptance
from desks.selectors.slips_accepted import accepted_of
from desks.selectors.slips_supports import support_warnings_of
from desks.selectors.story import life_story
from desks.services.item import RowResult, RowWrite, save_rows
from desks.services.slips import accept_warning
from desks.services.support import SupportData, add_support
from indicators.choices import Direction, FigureKind
from indicators.models import Figure, Indicator, IndicatorVersion
from planning.models import Pagu
from tests.desks.world import PLAN_YEAR, World, submit

WHY = "angka dari pendataan ulang 2026"


@pytest.fixture(autouse=True)
def fresh_peers() -> None:
    cache.clear()


def type_in(world: World, *texts: str, key: str = "") -> list[RowResult]:
    rows = [
        RowWrite(item.code, item.version, {"value": text}) for item, text in zip(world.items(), texts, strict=False)
    ]
    return save_rows(world.bappeda, rows=rows, key=key)


def accept(world: World, value: str = "145,00", kind: str = "magnitude", reason: str = WHY, **more) -> bool:
    return accept_warning(more.pop("actor", world.bappeda), world.item(), kind=kind, value=value, reason=reason, **more)


def test_a_save_tells_what_looks_mistyped_and_saves_it_all_the_same(world: World) -> None:
    wrong, right = type_in(world, "145", "14,5")
    assert (wrong.status, right.status, right.warnings) == ("saved", "saved", [])
    (warned,) = wrong.warnings
    assert (warned["kind"], warned["suggestion"], warned["shown"]) == ("magnitude", "14,50", "145,00")
    assert warned["text"] == "145,00 kira-kira 10 kali capaian BPS 2025 (13,00). Maksud Anda 14,50?"


def test_a_repeated_save_says_it_again_and_a_refused_row_says_nothing(world: World) -> None:
    first = type_in(world, "145", key="k")
    again = save_rows(world.bappeda, rows=[RowWrite(world.item().code, 1, {"value": "145"})], key="k")
    assert again[0].warnings == first[0].warnings != []
    assert type_in(world, "seratus")[0].warnings == []


@pytest.mark.parametrize(
    ("text", "kind", "named"),
    [
        ("1450", "magnitude", "capaian BPS 2025 (13,00)"),
        ("220", "percent", "target RPJMD 2027 (15,00)"),
        ("≤14", "direction", "capaian BPS 2025 (13,00)"),
        ("12", "worse", "target RPJMD 2027 (15,00)"),
    ],
)
def test_each_kind_names_the_figure_it_compares_with(world: World, text: str, kind: str, named: str) -> None:
    Indicator.objects.update(direction=Direction.UP)
    (warned,) = type_in(world, text)[0].warnings
    assert warned["kind"] == kind
    assert named in warned["text"]


def test_below_the_indicative_target_and_another_unit(world: World) -> None:
    first, second, _ = world.items()
    figure = Figure(
        indicator=first.indicator, region=first.region, year=PLAN_YEAR, kind=FigureKind.INDICATIVE, source="kl_indikatif",
        line_key=world.round.code,
    )  # fmt: skip
    figure.value = first.indicator.figures.first().value.__class__.point(16, unit="%")
    figure.save()
    (below,), _ = (row.warnings for row in type_in(world, "14", "14"))
    assert (below["kind"], "target indikatif K/L 2027 (16" in below["text"]) == ("below", True)
    IndicatorVersion.objects.filter(pk=second.indicator_version_id).update(unit="km")
    type_in(world, "14", "15 km")
    IndicatorVersion.objects.filter(pk=second.indicator_version_id).update(unit="%")
    row = world.item(1)
    (other,) = save_rows(world.bappeda, rows=[RowWrite(row.code, row.version, {"proposal_note": "catatan"})])[
        0
    ].warnings
    assert (other["kind"], "tertulis dalam km" in other["text"]) == ("unit", True)


def test_an_accepted_value_stays_silent_and_another_one_does_not(world: World) -> None:
    type_in(world, "145")
    assert accept(world) is True
    assert accept(world) is False
    row = SlipAcceptance.objects.get()
    assert (row.kind, row.value, row.reason, row.institution, row.actor) == (
        "magnitude", "145,00", WHY, world.bappeda.institution, world.bappeda.user,
    )  # fmt: skip
    item = world.item()
    assert item.version == 2, "accepting changes nothing of the row"
    assert type_in(world, "145")[0].warnings == []
    assert type_in(world, "1450")[0].warnings[0]["kind"] == "magnitude"
    assert type_in(world, "145")[0].warnings == []


def test_the_reason_stands_in_the_chain_and_is_verified(world: World) -> None:
    type_in(world, "145")
    accept(world, key="k")
    accept(world, key="k")
    event = Event.objects.get(action="accept_warning")
    facts = json.loads(event.payload)
    assert (facts["kind"], facts["value"], facts["reason"], facts["subject"]) == ("magnitude", "145,00", WHY, "")
    world.meja.refresh_from_db()
    report = Report()
    check_chain(world.meja, events_of([world.meja])[world.meja.chain], report)
    rows = rows_of([world.meja])[world.meja.pk]
    check_rows(rows, events_of([world.meja])[world.meja.chain], report)
    assert (report.faults, len(rows["SlipAcceptance"])) == ([], 1)
    check_rows({**rows, "SlipAcceptance": []}, events_of([world.meja])[world.meja.chain], report)
    assert [fault.table for fault in report.faults] == ["SlipAcceptance"]
    assert "menerima peringatan dengan alasan" in life_story(world.bappeda, world.item())[0].title


def test_what_cannot_be_accepted(world: World) -> None:
    type_in(world, "145")
    with pytest.raises(InvalidInput, match="Tuliskan alasannya"):
        accept(world, reason="  ")
    with pytest.raises(InvalidInput, match="500"):
        accept(world, reason="x" * 501)
    with pytest.raises(StaleState):
        accept(world, value="14,50")
    with pytest.raises(InvalidInput, match="Tidak ada peringatan"):
        accept(world, kind="unit")
    with pytest.raises(NotAllowed):
        accept(world, actor=world.verifikator)
    submit(world)
    with pytest.raises(TransitionNotAllowed):
        accept(world)
    assert (SlipAcceptance.objects.count(), Event.objects.filter(action="accept_warning").count()) == (0, 0)


def test_others_read_the_reason_only_with_the_value_that_was_handed_in(world: World) -> None:
    type_in(world, "145")
    accept(world)
    assert [each.reason for each in accepted_of(world.opd, [world.item()])[world.item().pk]] == [WHY]
    assert accepted_of(world.kl, [world.item()]) == {}
    submit(world)
    assert [each.reason for each in accepted_of(world.kl, [world.item()])[world.item().pk]] == [WHY]
    assert "menerima peringatan" not in str(life_story(world.kl, world.item()))


def test_pagu_in_thousands_against_the_row_and_the_ceiling(world: World) -> None:
    item = world.item()

    def link(place: int, text: str) -> None:
        data = SupportData(
            world.sub_kegiatan[place].pk, world.dinas_jabar.pk, "1", "Km", (), ((world.sources[0].pk, text, "rp"),)
        )
        add_support(world.bappeda, world.item(), data, seen_version=world.item().version)

    link(0, "1.500.000.000")
    assert support_warnings_of([item]) == {}
    link(1, "182.400")
    (warned,) = support_warnings_of([item])[item.pk]
    assert (warned["kind"], warned["suggestion"], warned["shown"]) == ("money", "182.400.000", "Rp182.400")
    assert warned["text"].startswith(f"Pagu {world.sub_kegiatan[1].kode}: Rp182.400 kurang dari Rp1.000.000.")
    assert accept(world, value="Rp182.400", kind="money", subject=warned["subject"]) is True
    assert support_warnings_of([item]) == {}
    Pagu.objects.create(year=PLAN_YEAR, institution=world.dinas_jabar, bidang=world.bidang, amount=900_000_000)
    (over,) = support_warnings_of([item])[item.pk]
    assert "pagu Dinas PU" in over["text"] or world.dinas_jabar.short_name in over["text"]


def test_one_row_and_three_hundred_cost_a_fixed_number_of_queries(world: World, django_assert_max_num_queries) -> None:
    item = world.item()
    with django_assert_max_num_queries(15) as honest:
        save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "14,5"})], key="a")
    item = world.item()
    with django_assert_max_num_queries(15) as struck:
        assert save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "145"})], key="b")[0].warnings
    assert len(struck) - len(honest) <= 1
    with django_assert_max_num_queries(20):
        found = type_in(world, "1450", "1450", "1450", key="c")
    assert [len(row.warnings) for row in found] == [1, 1, 1]
