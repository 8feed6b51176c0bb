"""Priority trees: loading them, hanging nodes on things, reading chips and branches."""

import pytest

from accounts import imports as accounts
from core.errors import InvalidInput, NotAllowed
from core.imports import FileRefused, read_table
from core.models import AuditEntry
from indicators import imports as indicators
from indicators.models import IndicatorPriority
from indicators.selectors.priorities import (
    choices_for,
    indicator_chips,
    indicators_under,
    sub_kegiatan_under,
    tree_with_counts,
)
from planning import imports as planning
from planning.chips import chips_html
from planning.forms import PriorityField
from planning.imports.priorities import COLUMNS, take_nodes
from planning.models import NomenclaturePriority, PriorityNode
from planning.selectors.priorities import Chip, find_node, with_descendants
from planning.services.priorities import set_tags, tag, untag, untag_rows
from tests.desks.world import build
from tests.facts import DATA, broken_copy

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    return build(3)


def grow(year=2027, tree="PRO-SN"):
    top = PriorityNode.objects.create(tree=tree, year=year, code="03", name="Kesehatan untuk Semua")
    low = PriorityNode.objects.create(tree=tree, year=year, code="03.01", name="Penurunan Stunting", parent=top)
    return top, low


def nodes_file(*rows):
    text = "\n".join([",".join(COLUMNS), *rows])
    return read_table(text.encode(), "simpul.csv", COLUMNS[:4])


def facts():
    accounts.load_provinces(DATA)
    accounts.load_central(DATA)
    planning.load_bidang(DATA)
    planning.load_nomenclature(DATA)
    planning.load_nodes(DATA)
    indicators.load_outcome(DATA)
    indicators.load_macro(DATA)


def test_facts_load_and_a_second_run_changes_nothing():
    facts()
    first, again = indicators.load_priority_tags(DATA).counts, indicators.load_priority_tags(DATA).counts
    assert (first.created, again.created, again.updated, again.unchanged) == (587, 0, 0, 587)
    again = planning.load_nodes(DATA).counts
    assert (again.created, again.updated, again.unchanged) == (0, 0, 119)
    assert PriorityNode.objects.filter(tree="PRO-SN", parent__isnull=False).count() == 21
    assert not PriorityNode.objects.filter(source="").exists()
    stunting = find_node("PRO-SN:2027:03")
    assert "STUNTING" in IndicatorPriority.objects.filter(node__in=with_descendants(stunting)).values_list(
        "indicator__code", flat=True
    )


def test_a_tag_to_an_unknown_code_refuses_the_file(tmp_path):
    facts()
    folder = broken_copy(
        tmp_path, "tautan_prioritas.csv", "ASTA-CITA,2027,1,indikator,,C6-2.16-01", "ASTA-CITA,2027,1,indikator,,C6-X"
    )
    with pytest.raises(FileRefused) as refusal:
        indicators.load_priority_tags(folder)
    assert [str(problem) for problem in refusal.value.problems] == [
        "tautan_prioritas.csv, baris 5: Indikator “C6-X” tidak dikenal."
    ]
    assert IndicatorPriority.objects.count() == NomenclaturePriority.objects.count() == 0


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        (("PN,2027,1,Satu,,", "PN,2027,1,Dua,,"), 3, "Kode 1 sudah ada pada baris 2."),
        (("XX,2027,1,Satu,,",), 2, "Pohon “XX” tidak dikenal."),
        (("PN,dua,1,Satu,,",), 2, "“dua” pada kolom tahun bukan tahun."),
        (("PN,2027,1,,,",), 2, "Nama simpul 1 kosong"),
        (("PN,2027,2,Dua,9,",), 2, "Induk “9” tidak ada pada pohon PN tahun 2027."),
        (("PN,2027,1,Satu,2,", "PN,2027,2,Dua,1,"), 2, "Simpul 1 berada di bawah dirinya sendiri."),
    ],
)
def test_bad_nodes_are_named_and_nothing_is_written(rows, line, reason):
    with pytest.raises(FileRefused) as refusal:
        take_nodes(nodes_file(*rows))
    assert (refusal.value.problems[0].line, reason in refusal.value.problems[0].reason) == (line, True)
    assert PriorityNode.objects.count() == 0


def test_nodes_in_any_order_and_named_by_label():
    counts = take_nodes(
        nodes_file("Pro-SN,2028,1.1,Sekolah Rakyat,1,uji", "Pro-SN,2028,1,Pengentasan Kemiskinan,,uji")
    ).counts
    assert (counts.created, counts.updated, counts.unchanged) == (2, 0, 0)
    assert find_node("PRO-SN:2028:1.1").parent.code == "1"


def test_tag_untag_and_set(world):
    top, low = grow()
    other, _ = grow(2028)
    row = world.indicators[0]
    assert tag(IndicatorPriority, row, [low]).added == ("PRO-SN:2027:03.01",)
    assert not tag(IndicatorPriority, row, [low])
    tag(IndicatorPriority, row, [other])
    assert set_tags(IndicatorPriority, row, [top], year=2027).removed == ("PRO-SN:2027:03.01",)
    assert set(row.priorities.values_list("node__year", flat=True)) == {2027, 2028}
    with pytest.raises(InvalidInput, match="pohon tahun 2027"):
        set_tags(IndicatorPriority, row, [other], year=2027)
    assert untag(IndicatorPriority, row, [top, low]).removed == ("PRO-SN:2027:03",)


def test_only_the_keeper_takes_tags_of_reference_data_off(world):
    _, low = grow()
    tag(NomenclaturePriority, world.sub_kegiatan[0], [low])
    with pytest.raises(NotAllowed):
        untag_rows(world.bappeda, NomenclaturePriority, NomenclaturePriority.objects.all())
    assert untag_rows(world.secretariat, NomenclaturePriority, NomenclaturePriority.objects.all()) == 1
    assert AuditEntry.objects.get().action == "planning.untag_nomenclature"


def test_a_node_finds_what_hangs_below_it(world):
    top, low = grow()
    tag(IndicatorPriority, world.indicators[1], [low])
    tag(NomenclaturePriority, world.sub_kegiatan[0], [low])
    assert list(indicators_under(top.key).values_list("indicator", flat=True)) == [world.indicators[1].pk]
    assert list(sub_kegiatan_under(top.key).values_list("nomenclature", flat=True)) == [world.sub_kegiatan[0].pk]
    assert list(indicators_under("PRO-SN:2027:99")) == list(indicators_under("asal")) == []
    branch = tree_with_counts("PRO-SN", 2027)[0]
    assert (branch.counts, branch.children[0].counts) == ((1, 1), (1, 1))
    used = choices_for(2027, [world.indicators[1].pk], [])
    assert [key for key, _ in used] == [top.key, low.key]
    assert choices_for(2027, [world.indicators[0].pk], []) == []


def test_chips_are_one_word_and_more_on_opening(world):
    _, low = grow()
    spm = PriorityNode.objects.create(tree="SPM", year=2027, code="1.02", name="SPM <Kesehatan>")
    tag(IndicatorPriority, world.indicators[0], [spm, low])
    chips = indicator_chips([row.pk for row in world.indicators], 2027)
    assert [chip.short for chip in chips[world.indicators[0].pk]] == ["Pro-SN 03.01", "SPM 1.02"]
    html = chips_html(chips[world.indicators[0].pk])
    assert "Pro-SN 03.01 +1</summary>" in html
    assert "SPM &lt;Kesehatan&gt;" in html
    assert chips_html([]) == ""
    assert Chip("a", "b", "c") == Chip("a", "b", "c")


def test_the_field_offers_one_year_and_gives_nodes(world):
    _, low = grow()
    grow(2028)
    field = PriorityField()
    field.offer(2027)
    assert [key for key, _ in field.choices] == ["PRO-SN:2027:03", "PRO-SN:2027:03.01"]
    assert field.clean([low.key]) == [low]
    assert field.clean([]) == []


def test_excel_numbers_that_lost_a_zero_are_refused():
    from core.excel import new_workbook, workbook_bytes

    book = new_workbook("x")
    sheet = book.create_sheet("Simpul")
    sheet.append(list(COLUMNS))
    sheet.append(["PN", 2027, 3.1, "Nama", None, None])
    with pytest.raises(FileRefused) as refusal:
        take_nodes(read_table(workbook_bytes(book), "pohon.xlsx", COLUMNS[:4], sheet="Simpul"))
    assert "nol di ujungnya mungkin hilang" in refusal.value.problems[0].reason
