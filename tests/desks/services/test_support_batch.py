"""The batch of sub kegiatan: one rule with the single form, each row by itself, the version once per row of the agenda."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import InvalidInput, KeyReused
from desks.choices import SupportVerdict
from desks.models import Event, Position, Support
from desks.services.item import RowResult, RowWrite, save_rows
from desks.services.support import SupportData, add_support
from desks.services.support_batch import SupportWrite, save_supports
from planning.choices import GovLevel
from tests.desks.world import World, build, fill, submit

OPD = "opd:32-PU"
FULL = {"volume": "12,5", "places": "32.01", "pagu.PAD": "1,5", "pagu.DAU": "0,25", "unit": "miliar"}


def kode(no: int) -> str:
    return f"1.03.10.1.01.000{no}"


def write(world: World, changes: dict[str, str] | None = None, *, place: int = 0, no: int = 1, **more) -> SupportWrite:
    item = world.item(place)
    facts = {"version": item.version, "nomenclature": kode(no), "opd": OPD, **more}
    return SupportWrite(item=item.code, changes=FULL if changes is None else changes, **facts)


def save(world: World, *rows: SupportWrite, who: str = "opd", key: str = "") -> list[RowResult]:
    return save_supports(getattr(world, who), rows=rows, key=key)


def amounts(support: Support) -> dict[str, tuple[int | None, str]]:
    return {fund.source.kode: (fund.proposed, fund.proposed_unit) for fund in support.funds.all()}


def test_what_looks_like_thousands_is_said_at_its_own_row(world: World):
    typed = {"pagu.PAD": "182.400", "unit": "Rp"}
    warned, plain = save(world, write(world, typed), write(world, {**typed, "pagu.PAD": "182.400.000"}, no=2))
    assert [(each["kind"], each["suggestion"]) for each in warned.warnings] == [("money", "182.400.000")]
    assert plain.warnings == []


def test_new_ones_are_the_same_as_from_the_form(world: World):
    results = save(world, write(world), write(world, {}, no=2))
    item = world.item()
    assert [(row.code, row.status, row.version) for row in results] == [
        (f"{item.code}|{kode(1)}|{OPD}", "saved", 2),
        (f"{item.code}|{kode(2)}|{OPD}", "saved", 2),
    ]
    assert results[0].shown == {
        "volume": "12,5", "volume_unit": "Km", "places": "32.01", "pagu.PAD": "1,5", "pagu.DAU": "0,25", "total": "Rp1.750.000.000",
    }  # fmt: skip
    pad, dau = world.sources
    twin = world.item(1)
    funds = ((pad.pk, "1,5", "miliar"), (dau.pk, "0,25", "miliar"))
    typed = SupportData(world.sub_kegiatan[0].pk, world.dinas_jabar.pk, "12,5", "", (world.kabkota[0].pk,), funds)
    alone, one = add_support(world.opd, twin, typed, seen_version=1), item.supports.first()
    assert (one.volume, one.volume_unit, amounts(one)) == (alone.volume, alone.volume_unit, amounts(alone))
    events = [json.loads(event.payload) for event in Event.objects.filter(action="add_support").order_by("seq")]
    assert (events[0]["after"], events[0]["item_version"]) == (events[2]["after"], 2)


def test_what_is_not_typed_stays_and_units_are_kept(world: World):
    save(world, write(world))
    Support.objects.update(verdict=SupportVerdict.EXCLUDED)
    (result,) = save(world, write(world, {"pagu.DAU": "300", "unit": "juta"}))
    support = Support.objects.get()
    assert (result.status, result.version, support.verdict) == ("saved", 3, SupportVerdict.PENDING)
    assert amounts(support) == {"PAD": (1_500_000_000, "miliar"), "DAU": (300_000_000, "juta")}
    assert ([place.region for place in support.places.all()], support.volume) == ([world.kabkota[0]], Decimal("12.5"))
    save(world, write(world, {"pagu.PAD": "", "places": "kabupaten bogor, 32.04", "volume": ""}))
    support = Support.objects.get()
    assert (amounts(support), support.volume, support.places.count()) == ({"DAU": (300_000_000, "juta")}, None, 2)


def test_the_same_again_writes_nothing(world: World):
    save(world, write(world))
    before = world.meja.__class__.objects.get(pk=world.meja.pk).version
    again = save(world, write(world, {**FULL, "volume": " 12,50"}, version=1), write(world, {}, no=3, delete=True))
    assert [(row.status, row.version) for row in again] == [("same", 2), ("same", 2)]
    assert (world.meja.__class__.objects.get(pk=world.meja.pk).version, world.item().version) == (before, 2)


def test_removing_leaves_its_event_and_not_what_was_discussed(world: World):
    save(world, write(world), write(world, no=2))
    first, second = Support.objects.all()
    Position.objects.create(support=second, seq=1, institution=world.pu, actor=world.kl.user, reason="Kurang.")
    removed = save(world, write(world, {}, delete=True))
    assert (removed[0].status, list(Support.objects.all())) == ("saved", [second])
    assert json.loads(Event.objects.get(action="remove_support").payload)["before"]["kode"] == first.nomenclature.kode
    (kept,) = save(world, write(world, {}, no=2, delete=True))
    assert (kept.status, kept.problem, Support.objects.count()) == ("refused", "transition_not_allowed", 1)
    assert kept.shown["volume"] == "12,5"


def test_every_broken_cell_is_named_and_other_rows_go_on(world: World):
    wrong = {"volume": "dua", "places": "Kota Serang", "pagu.PAD": "1,500,000", "pagu.XYZ": "1", "pagu.DAU": "-5"}
    results = save(
        world,
        write(world, wrong),
        write(world, no=2),
        write(world, no=9),
        write(world, no=3, opd="opd:36-PU"),
        write(world, {"warna": "biru"}, no=3),
        SupportWrite("NOTTHERE00", 1, kode(1), OPD, {}),
    )
    assert [row.status for row in results] == ["refused", "saved", "refused", "refused", "refused", "refused"]
    assert set(results[0].details["fields"]) == set(wrong)
    assert "tidak dikenal: Kota Serang" in results[0].details["fields"]["places"]
    assert results[2].message == f"Kode sub kegiatan {kode(9)} tidak ada dalam nomenklatur provinsi."
    assert [row.details.get("field") for row in results[2:5]] == ["nomenclature", "opd", "warna"]
    assert (results[5].problem, Support.objects.count(), world.item().version) == ("not_found", 1, 2)


def test_a_code_of_another_bidang_or_level_is_refused(world: World):
    other = world.sub_kegiatan[0]
    other.bidang = None
    other.save()
    world.sub_kegiatan[1].gov_level = GovLevel.KABKOTA
    world.sub_kegiatan[1].save()
    results = save(world, write(world), write(world, no=2))
    assert "bidang urusan butir ini" in results[0].message
    assert results[1].details["field"] == "nomenclature"


def test_a_stale_row_gets_yours_theirs_and_base_in_its_own_fields(world: World):
    save(world, write(world))
    seen = world.item().version
    save(world, write(world, {"volume": "13"}), who="bappeda")
    mine, other = save(
        world, write(world, {"volume": "14", "unit": "miliar"}, version=seen), write(world, no=2, version=seen)
    )
    assert (mine.status, mine.problem, mine.version) == ("conflict", "stale", 3)
    theirs, base = mine.details["theirs"], mine.details["base"]
    assert (mine.details["yours"]["volume"], theirs["volume"], base["volume"]) == ("14", "13", "12,5")
    assert (theirs["pagu.PAD"], base["pagu.PAD"], theirs["version"], base["version"]) == ("1,5", "1,5", 3, 2)
    assert theirs["by"]["institution"] == "Bappeda Jawa Barat"
    assert (other.status, other.details["theirs"]["volume"], other.details["base"]["volume"]) == ("conflict", "", "")
    assert (Support.objects.get().volume, Event.objects.filter(action="change_support").count()) == (Decimal(13), 1)


def test_one_key_one_effect(world: World):
    rows = (write(world), write(world, no=2))
    first, again = save(world, *rows, key="k"), save(world, *rows, key="k")
    assert (again, Support.objects.count(), world.item().version) == (first, 2, 2)
    with pytest.raises(KeyReused):
        save(world, rows[0], key="k")
    with pytest.raises(InvalidInput):
        save(world, rows[0], rows[0])


@pytest.mark.parametrize(
    ("who", "problem"),
    [("other_opd", "not_found"), ("kl", "not_found"), ("outsider", "not_found"), ("verifikator", "not_allowed")],
)
def test_only_the_owners(world: World, who: str, problem: str):
    (result,) = save(world, write(world), who=who)
    assert (result.status, result.problem, result.shown.get("total", "")) == ("refused", problem, "")
    assert not Support.objects.exists()


def test_a_returned_row_becomes_a_draft_and_a_submitted_one_is_closed(world: World):
    from desks.services.item import move_rows

    fill(world, 2)
    item = world.item()
    move_rows(world.opd, "propose", [(item.code, item.version)])
    item = world.item()
    move_rows(world.bappeda, "return", [(item.code, item.version)], given={"note": "Lengkapi."})
    (result,) = save(world, write(world))
    assert (result.status, world.item().state) == ("saved", "draft")
    submit(world)
    (closed,) = save(world, write(world, no=2), who="bappeda")
    assert (closed.status, closed.problem) == ("refused", "transition_not_allowed")


def test_it_goes_along_with_a_target_typed_meanwhile(world: World):
    save(world, write(world))
    item = world.item()
    save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "7"})])
    (result,) = save(world, write(world, {"volume": "9"}, version=item.version))
    details = result.details
    assert (result.status, details["theirs"]["volume"]) == ("conflict", details["base"]["volume"])


def test_the_cost_does_not_grow_with_the_rows(db: None):
    world = build(30)

    save(world, write(world, place=29))
    counts = []
    for places in (range(3), range(3, 29)):
        batch = [write(world, place=place) for place in places]
        with CaptureQueriesContext(connection) as queries:
            results = save(world, *batch)
        assert {row.status for row in results} == {"saved"}
        own = sum('UPDATE "desks_item"' in query["sql"] for query in queries)
        assert own == len(batch)
        counts.append(len(queries) - own)
    assert counts[0] == counts[1]
