"""Whether the page "Semua angka" shows what the tables hold: figures read by SQL of our own, the page read as text."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from django.db import connection
from django.test import Client
from lxml import html

from accounts.models import User

GROUPS = {
    "actual": "Capaian", "document": "Dokumen", "national": "Target nasional", "provincial": "Target provinsi",
    "indicative": "Target indikatif", "agreement": "Kesepakatan",
}  # fmt: skip
SOURCES = {
    "bps": "BPS", "kemendagri": "Kemendagri", "kl_nasional": "K/L pengampu", "kl_indikatif": "K/L pengampu", "simulasi": "Simulasi",
    "pd_provinsi": "Perangkat daerah provinsi", "pd_indikatif": "Perangkat daerah provinsi", "rakortek": "Kesepakatan nasional",
    "rakor_provinsi": "Kesepakatan provinsi", "rakor_sektor": "Kesepakatan sektor",
}  # fmt: skip
STAGES = {
    "ranwal": "Rancangan awal", "rancangan": "Rancangan", "rancangan_akhir": "Rancangan akhir", "penetapan": "Penetapan",
}  # fmt: skip
FIGURES = """
    SELECT f.kind, f.source, f.origin, f.year, f.period, f.simulated, f.needs_check, f.value_kind, f.value_min, f.value_max, f.value_text,
           f.value_decimals, r.kode, d.title, d.stage, d.version
    FROM indicators_figure f
    JOIN indicators_indicator i ON i.id = f.indicator_id
    JOIN accounts_region r ON r.id = f.region_id
    LEFT JOIN planning_documentline l ON l.id = f.line_id
    LEFT JOIN planning_document d ON d.id = l.document_id
    WHERE i.code = %s AND r.kode IN (%s, '00')
"""
PAIRS = """
    SELECT i.code, r.kode, COUNT(DISTINCT l.document_id)
    FROM indicators_figure f
    JOIN indicators_indicator i ON i.id = f.indicator_id
    JOIN accounts_region r ON r.id = f.region_id
    LEFT JOIN planning_documentline l ON l.id = f.line_id
    WHERE r.kode <> '00'
    GROUP BY i.code, r.kode
    ORDER BY 1, 2
"""
UNREAD = """
    SELECT d.title, l.line_code, y.year, y.target
    FROM planning_documentline l
    JOIN planning_document d ON d.id = l.document_id
    JOIN planning_lineyear y ON y.line_id = l.id AND y.target <> ''
    WHERE EXISTS (
        SELECT 1 FROM indicators_figure f JOIN indicators_indicator i ON i.id = f.indicator_id
        JOIN accounts_region r ON r.id = f.region_id
        WHERE f.line_id = l.id AND i.code = %s AND r.kode IN (%s, '00')
    ) AND NOT EXISTS (SELECT 1 FROM indicators_figure f WHERE f.line_id = l.id AND f.year = y.year)
"""


def query(statement: str, *params: Any) -> list[dict[str, Any]]:
    """The rows of a statement by the names of their columns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def ten_pairs(seed: int) -> list[tuple[str, str]]:
    """Ten indicator × region pairs: five among those of which several documents speak, five among all."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS)
        rows = cursor.fetchall()
    random = Random(seed)  # noqa: S311 - printed, so that a failure can be played again
    written = [(code, kode) for code, kode, documents in rows if documents > 1]
    return random.sample(written, 5) + random.sample([(code, kode) for code, kode, _ in rows], 5)


def missing_on_page(client: Client, indicator: str, region: str) -> tuple[int, list[str]]:
    """How many figures the tables hold for a pair, and those that the page does not show under their kind, source, stage, version and year."""
    page = html.fromstring(client.get(f"/angka/{indicator}/{region}/").content.decode())
    shown = list(_lines(page))
    figures = query(FIGURES, indicator, region)
    lost = [str(figure) for figure in figures if not any(_stands(figure, region, *line) for line in shown)]
    cells = sum(len(cell) for _, _, across in shown for cell in across.values())
    lost += [f"{cells} angka di halaman, {len(figures)} dalam tabel"] * (cells != len(figures))
    return len(figures), lost + [str(row) for row in query(UNREAD, indicator, region)]


def _lines(page: Any) -> Any:
    for table in page.xpath("//div[contains(@class, 'story')]//table"):
        years = [int(head.text_content()) for head in table.xpath("./thead//th")[1:]]
        for body in table.xpath("./tbody"):
            first, *rows = body.xpath("./tr")
            for row in rows:
                source = _text(row.xpath("./th")[0])
                cells = [[_text(div) for div in cell.xpath("./div")] for cell in row.xpath("./td")]
                yield _text(first), source, dict(zip(years, cells, strict=True))


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _stands(figure: dict[str, Any], region: str, group: str, source: str, across: dict[int, list[str]]) -> bool:
    if group != GROUPS[figure["kind"]] or ("(nasional)" in source) != (figure["kode"] == "00" != region):
        return False
    if figure["title"]:
        told = f"{STAGES[figure['stage']]}, versi {figure['version']}"
        if figure["title"] not in source or told not in source:
            return False
    elif SOURCES.get(figure["source"], figure["source"].upper()) not in source:
        return False
    if figure["origin"] and " ".join(figure["origin"].split()).casefold() not in source.casefold():
        return False
    marks = [
        figure["period"],
        *(["simulasi"] * bool(figure["simulated"])),
        *(["perlu verifikasi"] * bool(figure["needs_check"])),
    ]
    return any(all(part in cell for part in [*_printed(figure), *marks]) for cell in across.get(figure["year"], []))


def _printed(figure: dict[str, Any]) -> list[str]:
    """What must stand in the cell: each number as Indonesians write it, or the text as written."""
    numbers = [figure[name] for name in ("value_min", "value_max") if figure[name] is not None]
    if not numbers:
        return [figure["value_text"]]
    return [_written(Decimal(str(number)), figure["value_decimals"]) for number in numbers]


def _written(number: Decimal, decimals: int) -> str:
    """At least the decimals of the unit, and every digit that counts."""
    digits = f"{number:f}".partition(".")[2].rstrip("0")
    return f"{number:,.{max(decimals, len(digits))}f}".translate(str.maketrans(",.", ".,"))


def reader(username: str, client: Client | None = None) -> Client:
    """A client under the login of somebody."""
    found = client or Client()
    found.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return found
