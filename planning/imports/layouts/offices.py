"""Perangkat daerah (or units of a K/L) as files name them: by SIPD code, portal code or name, never guessed."""

from __future__ import annotations

import re
from typing import Final

from accounts.choices import REGIONAL_KINDS
from accounts.models import Institution
from planning.imports.layouts.codes import plain_words

CODE: Final = re.compile(r"([\dxX.\-]{5,})\s*[-–:]?\s*(.*)")


class OfficeBook:
    """The institutions of the owner's region, read once for a file."""

    def __init__(self, owner: Institution) -> None:
        rows = Institution.objects.filter(region_id=owner.region_id, active=True)
        if owner.kind in REGIONAL_KINDS:
            rows = rows.filter(kind__in=REGIONAL_KINDS)
        self.names: dict[str, list[Institution]] = {}
        self.codes: dict[str, Institution] = {}
        for row in rows.select_related("region"):
            self.codes |= {code: row for code in (row.kode, row.kode_skpd) if code}
            place = plain_words(row.region.name)
            for name in {
                plain_words(row.name),
                plain_words(row.short_name),
                plain_words(row.name).removesuffix(place),
            } - {""}:
                self.names.setdefault(name, []).append(row)
        self._found: dict[str, Institution | None] = {}

    def find(self, text: str) -> Institution | None:
        """The institution that the text names; None where none or more than one has that name."""
        if text not in self._found:
            self._found[text] = self._look(text)
        return self._found[text]

    def _look(self, text: str) -> Institution | None:
        if text in self.codes:
            return self.codes[text]
        coded = CODE.fullmatch(text)
        if coded and (row := self.codes.get(coded[1].strip(".-"))):
            return row
        name = plain_words(coded[2] if coded else text)
        known = self.names.get(name, [])
        return known[0] if len(known) == 1 else None
