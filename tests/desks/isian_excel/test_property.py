"""The round trip through the database over random typing of the region and of others: nothing typed is lost, nothing untouched moves."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desks.exports.isian_book import supports
from desks.models import Event
from desks.services.isian_excel.apply import ALL
from desks.services.isian_excel.keep import choose, comparison_of
from desks.services.isian_excel.work import finish_upload
from desks.services.item import RowWrite, save_rows
from desks.services.support_batch import SupportWrite, save_supports
from tests.desks.isian_excel.books import Book, downloaded, sent
from tests.desks.world import World

pytestmark = pytest.mark.django_db
T, S = "Target", "Sub kegiatan"
TARGETS = st.dictionaries(st.integers(0, 2), st.sampled_from(["5", "6", "7,5", "salah tulis"]))
LINKS = st.dictionaries(st.integers(0, 2), st.sampled_from(["1", "2", "hapus", "minus"]))


def others(world: World, targets: dict[int, str], links: dict[int, str]) -> None:
    """Somebody of the same region types on screen."""
    rows = world.items()
    save_rows(
        world.opd, rows=[RowWrite(rows[no].code, rows[no].version, {"value": text}) for no, text in targets.items()]
    )
    seen = world.item(0)
    save_supports(world.opd, rows=[
        SupportWrite(
            seen.code, seen.version, world.sub_kegiatan[no].kode, world.dinas_jabar.code,
            {} if text == "hapus" else {"volume": "-1" if text == "minus" else text}, text == "hapus",
        )
        for no, text in links.items()
    ])  # fmt: skip


def typed(world: World, content: bytes, targets: dict[int, str], links: dict[int, str]) -> tuple[bytes, int]:
    """The workbook after typing, and in how many cells something was typed that did not stand there."""
    book, count, item = Book(content), 0, world.item(0).code
    for no, text in targets.items():
        cell = book.at(T, 5 + no, "USULAN")
        count += str(cell.value or "").replace(".", ",") != text
        cell.value = text
    standing = {book.at(S, line, "Kode sub kegiatan").value: line for line in range(5, book.blank())}
    for no, text in links.items():
        kode = world.sub_kegiatan[no].kode
        line = standing.get(kode) or book.blank()
        if kode not in standing:
            book.put(S, line, item=item, kode=kode, opd=world.dinas_jabar.name)
            count += 1
        if text == "hapus":
            book.put(S, line, hapus="hapus")
            count += 1
        else:
            cell = book.at(S, line, "Volume")
            count += str(cell.value or "") != text
            cell.value = text
    return book.bytes(), count


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.tuples(TARGETS, LINKS, TARGETS, LINKS, TARGETS, LINKS))
def test_every_typed_cell_ends_somewhere(world: World, monkeypatch: pytest.MonkeyPatch, people: Any) -> None:
    monkeypatch.setattr(supports, "SPARE", 4)
    with transaction.atomic():
        _one(world, *people)
        transaction.set_rollback(True)


def _one(
    world: World, before: Any, before_links: Any, mine: Any, mine_links: Any, theirs: Any, their_links: Any
) -> None:
    others(world, before, before_links)
    content, count = typed(world, downloaded(world), mine, mine_links)
    untouched = downloaded(world)
    others(world, theirs, their_links)
    now = [(item.code, item.version, item.value_proposed) for item in world.items()]
    upload, found = sent(world, content)
    assert sum(found.counts.values()) == count, found.counts
    assert set(found.counts) <= {"new", "changed", "same", "conflict", "refused"}
    assert now == [(item.code, item.version, item.value_proposed) for item in world.items()], "comparing wrote"
    choose(upload, ALL)
    finish_upload(world.bappeda, upload)
    after = comparison_of(upload).counts
    assert (sum(after.values()), set(after) <= {"saved", "same", "conflict", "refused"}) == (count, True), after
    events = Event.objects.count()
    again, found = sent(world, untouched)
    assert (found.rows, again.state) == ([], "ready")
    choose(again, ALL)
    finish_upload(world.bappeda, again)
    assert Event.objects.count() == events
