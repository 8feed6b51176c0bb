from decimal import Decimal

import pytest

from accounts import imports as accounts
from core.imports import FileRefused
from core.values import format_value
from indicators import imports as indicators
from indicators.models import Figure, GroupFigure, Indicator, IndicatorCode, IndicatorVersion
from planning import imports as planning
from tests.facts import DATA, broken_copy

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(db):
    accounts.load_provinces(DATA)
    accounts.load_central(DATA)
    planning.load_bidang(DATA)
    for load in (indicators.load_outcome, indicators.load_macro, indicators.load_crosswalk):
        load(DATA)


def test_outcome_indicators(ground):
    outcome = Indicator.objects.filter(strand="urusan")
    assert outcome.count() == 67
    assert outcome.values("bidang").distinct().count() == 33
    assert set(outcome.filter(direction__isnull=True).values_list("code", flat=True)) == {"C6-1.03-07", "C6-3.30-02"}
    assert IndicatorVersion.objects.filter(indicator__in=outcome, year=2027).count() == 67
    assert IndicatorVersion.objects.filter(indicator__in=outcome, year=2026).count() == 67


def test_codes_of_other_sources_meet_in_one_indicator(ground):
    meant = dict(IndicatorCode.objects.filter(scheme="bps").values_list("code", "indicator__code"))
    assert (meant["lpe"], meant["kemiskinan"], meant["tpt"]) == ("PE", "TK", "TPT")
    assert IndicatorCode.objects.get(scheme="rpjmn", code="ikp").indicator.code == "C6-2.09-01"


def test_rpjmn_targets_as_lines_of_the_document(ground):
    indicators.load_rpjmn(DATA)
    figures = Figure.objects.filter(source="rpjmn")
    assert figures.filter(indicator__strand="makro").count() == 680
    assert figures.filter(indicator__code="C6-2.11-02").count() == 76
    assert figures.filter(needs_check=True, indicator__strand="makro").count() == 26
    assert not figures.filter(line__isnull=True).exists()
    poverty = figures.get(region__kode="13", indicator__code="TK", year=2029)
    assert (format_value(poverty.value), poverty.simulated) == ("2,40–3,40", False)


def test_rpjmn_targets_of_island_groups(ground):
    accounts.load_groups(DATA)
    assert indicators.load_rpjmn_groups(DATA).counts.created == 7 * 10
    poverty = GroupFigure.objects.get(group__code="jawa", indicator__code="TK", year=2029)
    assert format_value(poverty.value) == "3,79–4,79"
    assert GroupFigure.objects.filter(indicator__code="PE", group__code="papua").exclude(period="").get().year == 2025
    assert indicators.load_rpjmn_groups(DATA).counts.created == 0


def test_bps_actuals_by_period_and_kemendagri_code(ground):
    indicators.load_bps(DATA)
    figures = Figure.objects.filter(source="bps")
    assert figures.count() == 3413
    assert figures.filter(simulated=True).count() == 0
    both = figures.filter(indicator__code="GINI", year=2024, region__kode="00").values_list("period", flat=True)
    assert sorted(both) == ["Maret", "September"]
    growth = figures.get(indicator__code="PE", region__kode="96", year=2024)
    assert growth.region.kode_bps == "92"


def test_nothing_is_made_up_for_outcome_indicators(ground):
    indicators.load_rpjmn(DATA)
    indicators.load_national(DATA)
    indicators.load_bps(DATA)
    provincial = Figure.objects.filter(indicator__strand="urusan").exclude(region__kode="00")
    assert set(provincial.values_list("indicator__code", flat=True)) == {"C6-2.11-02"}
    assert not Figure.objects.filter(simulated=True).exists()


def test_national_targets_with_remarks_are_marked(ground):
    indicators.load_national(DATA)
    growth = Figure.objects.get(indicator__code="PE", year=2026, source="apbn")
    assert (growth.value.number, growth.needs_check, growth.origin) == (
        Decimal("5.4"), True, "RPJMN Bab II 2.3; pers (APBN 2026)",
    )  # fmt: skip
    inflation = Figure.objects.get(indicator__code="INFLASI", year=2029, source="rpjmn")
    assert format_value(inflation.value) == "1,50–3,50"
    assert format_value(Figure.objects.get(indicator__code="TPT", year=2026, source="rkp").value) == "4,44–4,96"


@pytest.mark.parametrize(
    "name", ["load_outcome", "load_macro", "load_crosswalk", "load_rpjmn", "load_national", "load_bps"]
)
def test_second_run_changes_nothing(ground, name):
    load = getattr(indicators, name)
    load(DATA)
    before = list(Figure.objects.order_by("pk").values())
    again = load(DATA).counts
    assert (again.created, again.updated) == (0, 0)
    assert list(Figure.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("11,gini,2011,", "1,gini,2011,", "Kode “1” pada kolom kode_provinsi tidak lengkap; mungkin angka nol hilang."),
        ("11,gini,2011,", "11,ginni,2011,", "Kode indikator “ginni” tidak ada dalam padanan."),
        ("11,gini,2011,September,", "11,gini,20x1,September,", "“20x1” pada kolom tahun bukan tahun."),
        ("11,gini,2011,September,0", "11,gini,2011,September,o", "“o.326” pada kolom nilai bukan angka."),
    ],
)
def test_bad_row_refuses_the_file(ground, tmp_path, old, new, reason):
    with pytest.raises(FileRefused) as refusal:
        indicators.load_bps(broken_copy(tmp_path, "capaian_bps.csv", old, new))
    assert [problem.reason for problem in refusal.value.problems] == [reason]
    assert Figure.objects.count() == 0
