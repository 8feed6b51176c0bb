"""What the overview counts: each row in exactly one class, drafts as one number, and every number equal to the list behind it."""

from __future__ import annotations

from random import Random

import pytest
from django.http import QueryDict

from accounts.actors import Actor
from desks.choices import UNSUBMITTED
from desks.models import Item
from desks.selectors.overview.choices import class_counts
from desks.selectors.overview.classes import Standing
from desks.selectors.overview.lists import held_rows, listed, listed_rows
from desks.selectors.overview.matrix import LAYOUTS, REGIONS, matrix_of
from desks.selectors.overview.progress import progress_of
from desks.selectors.overview.rows import Book, Narrow, book_for, submitted_part
from tests.desks.selectors.overview.scenes import READERS, scene
from tests.desks.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return scene()[0]


def book(world: World, who: str | Actor, **narrow: str) -> Book:
    actor = getattr(world, who) if isinstance(who, str) else who
    return book_for(actor, world.round, Narrow(**narrow))


def classes(found: Book) -> dict[str, int]:
    return {name: n for name, _, n in class_counts(found) if n}


def opened(found: Book, query: str) -> int:
    """How many rows the list of an address holds, counted row by row."""
    again = Book(found.actor, found.round, found.owner, Narrow.from_query(QueryDict(query)))
    return len(listed(again, listed_rows(again))) + sum(row.n for row in held_rows(again))


def test_each_row_stands_in_one_class(world: World) -> None:
    assert classes(book(world, "bappeda")) == {
        "": 8, "belum": 3, "kosong": 1, "terisi": 2, "diajukan": 1, "perbaikan": 1, "dibahas": 1, "disepakati": 1, "tidak_relevan": 1,
    }  # fmt: skip


def test_a_region_and_the_centre_agree_on_what_is_missing(world: World) -> None:
    own = book(world, "bappeda", kelas="belum").rows().count()
    assert own == book(world, "secretariat", kelas="belum", daerah="32").rows().count() == 3
    assert progress_of(book(world, "bappeda")).total.held == 3


def test_others_see_one_number_of_what_is_not_submitted(world: World) -> None:
    everybody = {"": 16, "belum": 11, "diajukan": 1, "perbaikan": 1, "dibahas": 1, "disepakati": 1, "tidak_relevan": 1}
    for who in ("secretariat", "kl", "moderator", "auditor", "observer"):
        assert classes(book(world, who)) == everybody
    assert classes(book(world, "other_bappeda")) == {"": 8, "belum": 8, "kosong": 8}
    assert classes(book(world, "other_kl")) == {}


def test_a_filter_tells_no_draft_apart(world: World) -> None:
    for asked in ("kosong", "terisi", "belum"):
        found = book(world, "secretariat", kelas=asked)
        assert found.rows().count() == 11
        assert listed(found, listed_rows(found)) == []
        assert [(row.region, row.n) for row in held_rows(found)] == [("32", 3), ("36", 8)]
    assert book(world, "secretariat", putusan="draft").rows().count() == 0


def test_what_is_being_typed_stays_in_the_region(world: World) -> None:
    said = [row.value_text for row in listed(book(world, "kl"), listed_rows(book(world, "kl")))]
    assert (said.count("14,50"), "99,00" in said, "88,00" in said) == (1, False, False)
    own = [row.value_text for row in listed(book(world, "bappeda"), listed_rows(book(world, "bappeda")))]
    assert {"99,00", "88,00"} <= set(own)


def test_the_lists_hold_all_and_only_what_may_be_seen(world: World) -> None:
    for who in READERS:
        _holds(world, who)


def _holds(world: World, who: str) -> None:
    found = book(world, who)
    actor = getattr(world, who)
    seen = Item.objects.visible_to(actor).filter(round=world.round)
    seen = seen.filter(region_id=actor.region_id) if found.owner else seen.exclude(state__in=UNSUBMITTED)
    assert set(submitted_part(found).values_list("code", flat=True)) == set(seen.values_list("code", flat=True))


def test_every_cell_equals_the_list_it_opens(world: World) -> None:
    for who in READERS:
        _walk(world, who)


def _walk(world: World, who: str) -> None:
    chance = Random(who)  # noqa: S311 - a fixed seed is the point
    for layout in LAYOUTS:
        for narrow in (
            Narrow(),
            Narrow(daerah="32"),
            Narrow(kelas="disepakati"),
            Narrow(pendekatan="urusan", desk="1.03"),
        ):
            found = book(world, who)
            found = Book(found.actor, found.round, found.owner, narrow)
            made = matrix_of(found, layout)
            rows, columns = {line.key: line for line in made.rows}, {line.key: line for line in made.columns}
            measure = narrow.but(kelas=(narrow.kelas or "belum") if layout == REGIONS else "")
            for place in chance.sample(sorted(made.cells), min(4, len(made.cells))):
                query = measure.query(**rows[place[0]].filters, **columns[place[1]].filters)
                assert made.cells[place][0] == opened(found, query), (layout, place, query)


def test_unknown_words_narrow_to_nothing(world: World) -> None:
    for words in (
        {"desk": "9.99"},
        {"kelompok": "x"},
        {"putusan": "apa"},
        {"kelas": "apa"},
        {"indikator": "apa"},
        {"opd": "apa"},
    ):
        assert book(world, "secretariat", **words).rows().count() == 0, words


def test_holders_are_named_and_rows_without_one_are_not_lost(world: World) -> None:
    made = matrix_of(book(world, "bappeda"), "opd")
    assert [(line.label, made.row_total(line.key)[0]) for line in made.rows] == [("Dinas Bina Marga Jawa Barat", 8)]
    nation = matrix_of(book(world, "secretariat"), "lembaga")
    assert {line.group for line in nation.rows} == {"Kementerian PU"}
    assert nation.total() == (16, 16)
    from planning.models import BidangHolder

    BidangHolder.objects.all().delete()
    alone = matrix_of(book(world, "secretariat"), "lembaga")
    assert {line.group for line in alone.rows} == {"Tanpa K/L pengampu"}
    assert book(world, "secretariat", lembaga="-").rows().count() == 16


def test_offices_of_a_region_need_the_region(world: World) -> None:
    assert matrix_of(book(world, "secretariat"), "opd").need
    made = matrix_of(book(world, "secretariat", daerah="32"), "opd")
    assert made.total() == (8, 8)


def test_progress_adds_up(world: World) -> None:
    for who in READERS:
        found = progress_of(book(world, who))
        totals = {sum(line.total for line in lines) for lines in (found.desks, found.regions, found.strands)}
        assert len(totals) == 1, who
    secretariat = progress_of(book(world, "secretariat"))
    assert (secretariat.total.total, secretariat.total.held, secretariat.total.percent) == (16, 11, 31)
    assert secretariat.verdicts == [("agreed", "Disepakati", 1)]
    assert [(line.label, line.held) for line in secretariat.regions] == [("Jawa Barat", 3), ("Banten", 8)]


def test_the_order_puts_the_most_first(world: World) -> None:
    rows = matrix_of(book(world, "secretariat"), REGIONS, order="jumlah").rows
    assert [line.key for line in rows] == ["36", "32"]
    assert Standing.SISA in Standing
