"""What each warning says: the figure compared with, its year and source, and what was probably meant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.values import Value, parse_value
from indicators.slips import Kind, Known, MoneyRow, Peers, Role, SlipWarning, TypedRow, money_slip, slip_of

ACTUALS = (
    Known(Role.ACTUAL, Value.point(Decimal("15.9")), 2024, "capaian BPS 2024"),
    Known(Role.ACTUAL, Value.point(Decimal("21.7")), 2023, "capaian BPS 2023"),
)
INDICATIVE = Known(Role.INDICATIVE, Value.point(14), 2027, "target indikatif K/L 2027")
PEERS = Peers(Decimal("8.7"), Decimal(40), 37, "capaian BPS 2024 di 37 daerah lain")


def asked(
    text: str, *, unit: str = "%", direction: str | None = "down", known: tuple[Known, ...] = ACTUALS, peers: Peers | None = None,
    decimals: int = 2, read_in: str | None = None,
) -> SlipWarning | None:  # fmt: skip
    value = parse_value(text, unit=unit if read_in is None else read_in, decimals=decimals, dot="thousands")
    assert value is not None
    return slip_of(TypedRow(value, unit, decimals, direction, 2027, known, peers))


def told(text: str, **more: object) -> tuple[Kind, str, str]:
    found = asked(text, **more)  # type: ignore[arg-type]
    assert found is not None, f"nothing said about {text}"
    return found.kind, found.text, found.suggestion


@pytest.mark.parametrize("text", ["14,5", "15,9", "10–12", "<14", "≤14,5", "16", "0", "8"])
def test_a_plausible_target_is_left_alone(text: str) -> None:
    assert asked(text) is None


@pytest.mark.parametrize(
    ("text", "times", "meant"),
    [
        ("145", "10 kali", "14,50"),
        ("1450", "100 kali", "14,50"),
        ("14500", "1.000 kali", "14,50"),
        ("1,45", "sepersepuluh", "14,50"),
        ("0,145", "seperseratus", "14,50"),
        ("0,0145", "seperseribu", "14,50"),
        ("145–150", "10 kali", "14,50–15,00"),
        ("<145", "10 kali", "<14,50"),
    ],
)
def test_a_comma_in_the_wrong_place_names_the_last_achievement(text: str, times: str, meant: str) -> None:
    kind, said, suggestion = told(text)
    assert (kind, suggestion) == (Kind.MAGNITUDE, meant)
    assert f"{times} capaian BPS 2024 (15,90)" in said
    assert said.endswith(f"Maksud Anda {meant}?")


def test_without_own_figures_the_other_regions_are_named() -> None:
    kind, said, suggestion = told("230", known=(), peers=PEERS)
    assert (kind, suggestion) == (Kind.MAGNITUDE, "23,00")
    assert "capaian BPS 2024 di 37 daerah lain (8,70–40,00)" in said
    assert asked("38", known=(), peers=PEERS) is None
    assert asked("230", known=(), peers=Peers(Decimal(9), Decimal(40), 3, "tiga daerah")) is not None, (
        "over 100 per cent"
    )


def test_a_series_through_zero_says_nothing_about_sizes() -> None:
    through = tuple(
        Known(Role.ACTUAL, Value.point(Decimal(number)), year, f"capaian BPS {year}")
        for year, number in ((2024, "0.5"), (2023, "-2.1"), (2022, "5.1"))
    )
    assert asked("0,05", direction="up", known=through) is None


def test_over_a_hundred_per_cent_unless_it_was_there_before() -> None:
    high = Known(Role.ACTUAL, Value.point(Decimal("88.2")), 2024, "capaian BPS 2024")
    kind, said, _ = told("104", direction="up", known=(high,))
    assert (kind, "capaian BPS 2024 (88,2" in said) == (Kind.PERCENT, True)
    above = Known(Role.AGREEMENT, Value.point(101), 2026, "kesepakatan 2026")
    assert asked("104", direction="up", known=(high, above)) is None
    assert asked("104", direction="up", known=(high,), unit="indeks") is None


def test_thousands_of_rupiah_in_a_unit_of_rupiah() -> None:
    spent = (Known(Role.ACTUAL, Value.point(10_937_000, decimals=0), 2024, "capaian BPS 2024"),)
    kind, said, suggestion = told("11.200", unit="Rp/orang/tahun", direction="up", known=spent, decimals=0)
    assert (kind, suggestion) == (Kind.MONEY, "11.200.000")
    assert "seperseribu capaian BPS 2024 (10.937.000)" in said


def test_another_unit_than_the_indicators() -> None:
    kind, said, _ = told("14,5", unit="%", read_in="Orang")
    assert kind == Kind.UNIT
    assert "Satuan indikator ini %" in said and "Orang" in said
    assert told("14,5 unit", unit="%", read_in="")[0] == Kind.UNIT
    assert asked("14,5 persen") is None


def test_a_bound_against_the_direction() -> None:
    kind, said, suggestion = told(">14")
    assert (kind, suggestion) == (Kind.DIRECTION, "<14,00")
    assert "turun lebih baik" in said and "capaian BPS 2024 (15,9" in said
    assert asked(">14", direction=None) is None


def test_worse_than_reached_while_the_plan_aims_for_better() -> None:
    kind, said, _ = told("17", known=(*ACTUALS, INDICATIVE))
    assert kind == Kind.WORSE
    assert "capaian BPS 2024 (15,9" in said and "target indikatif K/L 2027 (14" in said
    assert asked("17") is None, "nobody aims anywhere, and the series moves by more"


def test_below_the_indicative_target_in_the_direction_of_the_indicator() -> None:
    kind, said, _ = told("15", known=(*ACTUALS, INDICATIVE))
    assert (kind, "di atas target indikatif K/L 2027 (14" in said) == (Kind.BELOW, True)
    assert asked("13", known=(*ACTUALS, INDICATIVE)) is None
    assert asked("13–15", known=(*ACTUALS, INDICATIVE)) is None, "the range reaches it"


@pytest.mark.parametrize(
    ("row", "suggestion"),
    [
        (MoneyRow(182_400), "182.400.000"),
        (MoneyRow(2_400_000, (1_500_000_000, 3_000_000_000), "pagu sub kegiatan lain"), "2.400.000.000"),
        (MoneyRow(2_000_000_000_000, (1_500_000_000, 3_000_000_000), "pagu sub kegiatan lain"), "2.000.000.000"),
        (MoneyRow(9_000_000_000_000, (), "", 80_000_000_000, "pagu Dinas Kesehatan 2027"), "9.000.000.000"),
    ],
)
def test_pagu_in_thousands(row: MoneyRow, suggestion: str) -> None:
    found = money_slip(row)
    assert found is not None
    assert (found.kind, found.suggestion) == (Kind.MONEY, suggestion)
    assert (row.others_name or "Rp") in found.text


def test_a_plausible_pagu_is_left_alone() -> None:
    assert money_slip(MoneyRow(150_000_000, (1_500_000_000, 3_000_000_000), "lain", 80_000_000_000, "pagu")) is None
    assert money_slip(MoneyRow(0)) is None
