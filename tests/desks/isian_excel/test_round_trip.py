"""The Isian goes out as a workbook and comes back: untouched, changed, contested, refused, taken over, answered."""

from __future__ import annotations

import pytest

from core.files import open_stored
from desks.models import Event, IsianUpload, Item, Support
from desks.services.isian_excel.apply import ALL
from desks.services.isian_excel.keep import choose, comparison_of
from desks.services.isian_excel.work import finish_upload
from desks.services.item import RowWrite, save_rows
from desks.services.support import SupportData, add_support
from tests.desks.isian_excel.books import Book, downloaded, sent, statuses
from tests.desks.world import World, fill

pytestmark = pytest.mark.django_db
T, S = "Target", "Sub kegiatan"


def linked(world: World, place: int = 0, item: int = 0) -> Support:
    """A sub kegiatan of a row."""
    row = world.item(item)
    return add_support(
        world.bappeda, row,
        SupportData(world.sub_kegiatan[place].pk, world.dinas_jabar.pk, "12", "Km", (world.kabkota[0].pk,), ((world.sources[0].pk, "1.000.000", "rp"),)),
        seen_version=row.version,
    )  # fmt: skip


def test_an_untouched_workbook_wants_nothing(world: World) -> None:
    fill(world, 2)
    linked(world)
    events = Event.objects.count()
    upload, found = sent(world, downloaded(world))
    assert (upload.state, upload.error, found.rows) == ("ready", "", [])
    assert found.untouched >= 12
    assert choose(upload, ALL)
    finish_upload(world.bappeda, upload)
    assert Event.objects.count() == events


def test_every_kind_of_cell_is_told_and_taken_over_once(world: World) -> None:
    fill(world, 2)
    linked(world)
    book = Book(downloaded(world))
    book.put(T, 5, value=15.25, note="Sesuai RPJMD.")
    book.put(T, 6, value=16)
    book.put(T, 7, applies="Tidak relevan", value="1.234")
    book.put(S, 5, volume=20, pagu=2_500_000, source2="DAU", pagu2="1,5 miliar")
    line = book.blank()
    book.put(
        S,
        line,
        item="1.03.002",
        kode=world.sub_kegiatan[1].kode,
        opd="Dinas Bina Marga Jawa Barat",
        volume=3,
        places="Kabupaten Bandung; 32.01",
    )
    other = world.item(1)
    assert save_rows(world.opd, rows=[RowWrite(other.code, other.version, {"value": "17"})])[0].ok
    upload, found = sent(world, book.bytes())
    assert statuses(found) == {
        (T, 5, "value"): "changed", (T, 5, "proposal_note"): "new", (T, 6, "value"): "conflict", (T, 7, "value"): "refused",
        (T, 7, "applicability"): "refused", (S, 5, "volume"): "changed", (S, 5, "pagu.PAD"): "changed", (S, 5, "pagu.DAU"): "new",
        (S, line, "baris"): "new", (S, line, "volume"): "new", (S, line, "places"): "new",
    }  # fmt: skip
    assert sum(found.counts.values()) == 11
    contested = next(cell for row in found.rows for cell in row.cells if cell.status == "conflict")
    assert "17,00" in contested.message and world.opd.user.full_name in contested.message
    assert choose(upload, ALL)
    finish_upload(world.bappeda, upload)
    after = comparison_of(upload).counts
    assert after == {"saved": 8, "conflict": 1, "refused": 2}
    first, second = world.item(0), world.item(1)
    assert (str(first.value_proposed.min), first.proposal_note) == ("15.2500", "Sesuai RPJMD.")
    assert second.value_proposed.min == 17
    assert sorted(Support.objects.values_list("item__code", "volume", "places__region__kode")) == sorted(
        [(first.code, 20, "32.01"), (second.code, 3, "32.01"), (second.code, 3, "32.04")]
    )
    _answered(upload, world, line)


def _answered(upload, world: World, line: int) -> None:
    with open_stored(upload.answer) as file:
        back = Book(file.read())
    assert back.workbook.sheetnames[:2] == ["Petunjuk", "Hasil"]
    assert back.at(T, 6, "USULAN").value == 16
    assert "Bentrok" in back.at(T, 6, "USULAN").comment.text
    assert back.at(T, 7, "USULAN").value == "1.234"
    assert back.at(T, 5, "USULAN").comment is None
    assert len(list(back.sheet("Hasil").iter_rows(min_row=6))) == 11
    # What came back is compared with what stands now: the contested cell is a wish again, knowingly.
    again, found = sent(world, back.bytes())
    assert statuses(found)[T, 6, "value"] == "changed"
    assert (S, line, "baris") not in statuses(found)


def test_a_second_run_writes_nothing_twice(world: World) -> None:
    book = Book(downloaded(world))
    book.put(T, 5, value=15)
    upload, _ = sent(world, book.bytes())
    assert choose(upload, ALL)
    assert not choose(upload, "0")
    before = IsianUpload.objects.get(pk=upload.pk)
    finish_upload(world.bappeda, upload)
    events, versions = Event.objects.count(), list(Item.objects.values_list("version", flat=True))
    # A worker that was thought dead comes to its end as well, with what it had read.
    finish_upload(world.bappeda, before)
    assert (Event.objects.count(), list(Item.objects.values_list("version", flat=True))) == (events, versions)
