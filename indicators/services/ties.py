"""Which indicator of the portal a row of an uploaded document states, by code or by its whole name, and its targets as figures."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import InvalidInput
from core.values import Kind, Value, parse_value
from indicators.models import Indicator, IndicatorVersion
from planning.imports.layouts.codes import plain_words


class IndicatorTie:
    """The catalogue of indicators, read once for a file."""

    def __init__(self) -> None:
        self.rows = {row.pk: row for row in Indicator.objects.filter(simulated=False)}
        self.codes = {row.code: row.pk for row in self.rows.values()}
        self.in_words: set[int] = set()
        names: dict[str, set[int]] = {}
        for pk, name, in_words in IndicatorVersion.objects.values_list("indicator_id", "name", "in_words"):
            if pk in self.rows:
                names.setdefault(plain_words(name), set()).add(pk)
            if in_words:
                self.in_words.add(pk)
        self.names = {name: next(iter(pks)) for name, pks in names.items() if len(pks) == 1}

    def find(self, code: str, name: str) -> tuple[int, str] | None:
        """By code where one stands; else by the name, letter for letter, where one indicator alone has it."""
        if code:
            if code not in self.codes:
                raise InvalidInput(f"Kode indikator “{code}” tidak dikenal. Kosongkan selnya bila belum ada di portal.")
            return self.codes[code], ""
        pk = self.names.get(name) if name else None
        return None if pk is None else (pk, f"Dikaitkan dengan indikator {self.rows[pk].code} karena namanya sama.")

    def objection(self, indicator: int, targets: dict[int, str]) -> str:
        """Why the targets are no figures of the indicator."""
        try:
            self.values(indicator, targets)
        except InvalidInput as error:
            return f"Target tidak dikaitkan dengan indikator {self.rows[indicator].code}: {error.message}"
        return ""

    def values(self, indicator: int, targets: Mapping[int, str]) -> dict[int, Value]:
        """The targets as values of the indicator. InvalidInput where one cannot be read or is a word where numbers belong."""
        row, found = self.rows[indicator], {}
        for year, text in targets.items():
            value = parse_value(text, unit=row.unit, decimals=row.decimals)
            if value is not None and value.kind == Kind.TEXT and indicator not in self.in_words:
                raise InvalidInput(f"“{text[:40]}” bukan angka.")
            if value is not None:
                found[year] = value
        return found
