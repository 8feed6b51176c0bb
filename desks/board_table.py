"""The rows of the board as HTML: plain strings joined once, as 354 × 13 cells are too many for a template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Final
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.choices import TONE_ICONS, Tone
from core.templatetags.rakortek import icon
from desks.selectors.board import BoardRow
from desks.selectors.figures import Shown
from desks.selectors.gaps import Gap
from desks.workflow import TRANSITIONS
from planning.chips import chips_html
from planning.selectors.priorities import Chip

_FIGURES: Final = ("indicative", "national", "rpjmn", "actual", "agreement")
_WORD_TONE: Final = {"lebih baik": " delta-better", "lebih buruk": " delta-worse", "": "", "sama": ""}
ASKABLE: Final = TRANSITIONS["repair"].sources
_EMPTY: Final = "<td></td>"


_GAPS: Final = ("gap_actual", "gap_rpjmn", "gap_agreement")
REASON: Final = 120
LAST_YEAR: Final = frozenset({"agreement", "gap_agreement"})
"""Columns that a board without any agreement of last year leaves out."""


@dataclass(frozen=True)
class BoardColumns:
    """Which columns stand: how many count detail rows, and the names of those left out."""

    details: int = 0
    hidden: frozenset[str] = frozenset()

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """The figures beside the newest one."""
        return tuple(name for name in _FIGURES if name not in self.hidden)

    @cached_property
    def gaps(self) -> tuple[int, ...]:
        """The distances, by their places."""
        return tuple(no for no, name in enumerate(_GAPS) if name not in self.hidden)

    @cached_property
    def counted(self) -> int:
        """How many columns count detail rows."""
        return 0 if "details" in self.hidden else self.details

    @cached_property
    def newest(self) -> bool:
        """Whether the newest figure stands."""
        return "newest" not in self.hidden

    @cached_property
    def status(self) -> bool:
        """Whether the state stands."""
        return "status" not in self.hidden

    @cached_property
    def total(self) -> int:
        """How many columns there are in all."""
        return 1 + self.newest + len(self.figures) + len(self.gaps) + self.counted + self.status


def table_body(
    rows: Iterable[BoardRow], *, base: str, grouped: bool, pick: bool, columns: BoardColumns | None = None, chips: Mapping[str, Sequence[Chip]] | None = None
) -> SafeString:  # fmt: skip
    """All lines; `base` is the address of the board, `grouped` puts the indicator in a line of its own with its `chips`, `pick` offers ticking,
    `columns` says which columns there are beside the usual ones."""
    columns = columns or BoardColumns()
    chips, trees = chips or {}, reverse("indicators:priorities")
    stories = reverse("indicators:story", args=["INDICATOR", "REGION"])
    icons = {tone.value: icon(TONE_ICONS[tone]) for tone in Tone}
    parts: list[str] = []
    last = ""
    for row in rows:
        if grouped and row.indicator_code != last:
            last = row.indicator_code
            parts.append(_group(row, columns.total, chips_html(chips.get(last, ()), trees)))
        story = stories.replace("INDICATOR", quote(row.indicator_code, safe="")).replace("REGION", row.region_code)
        parts.append(_line(row, base, "" if grouped else _indicator(row), pick, icons, columns, story))
    return mark_safe("".join(parts))  # noqa: S308 (every piece below is escaped)


def _group(row: BoardRow, columns: int, chips: SafeString) -> str:
    facts = " · ".join(part for part in (row.unit, row.direction_text) if part)
    return format_html(
        '<tr class="group"><th colspan="{}" scope="rowgroup"><span class="held">{} <span class="quiet">{}</span> {}</span></th></tr>',
        columns, row.indicator, facts, chips,
    )  # fmt: skip


def _indicator(row: BoardRow) -> str:
    return f' <span class="unit">{escape(row.indicator)} ({escape(row.unit)})</span>'


def _line(
    row: BoardRow, base: str, indicator: str, pick: bool, icons: Mapping[str, str], columns: BoardColumns, story: str
) -> str:
    region = escape(row.region)
    box = (
        f'<input type="checkbox" name="pilih" value="{row.code}:{row.version}" data-select-row aria-label="Pilih {region}"> '
        if pick and row.state in ASKABLE
        else ""
    )
    # One link a row leads to all figures: 354 rows times five would weigh more than the numbers.
    linked = next((name for name in ("actual", *_FIGURES) if name in row.figures and name not in columns.hidden), "")
    mark = ' <span class="changed">berubah</span>' if row.changed else ""
    return "".join(
        (
            f'<tr id="b-{row.code}" data-version="{row.version}"><th class="pick" scope="row">{box}'
            f'<a href="{base}butir/{row.code}/">{region}</a>{mark}{indicator}</th>',
            _newest(row) if columns.newest else "",
            *(_figure(row.figures.get(name), story if name == linked else "") for name in columns.figures),
            *(_gap(row.gaps[no]) for no in columns.gaps),
            *(f"<td>{len(texts) or ''}</td>" for texts in (row.details or ((),) * columns.details)[: columns.counted]),
            _status(row, icons) if columns.status else "",
            "</tr>",
        )
    )


def _newest(row: BoardRow) -> str:
    by = f'<span class="unit">{escape(row.by)}</span>' if row.by else ""
    why = (
        f'<span class="unit accepted">diterima dengan alasan: {escape(shortened(row.accepted))}</span>'
        if row.accepted
        else ""
    )
    return f'<td class="{"agreed" if row.agreed else "strong"}">{escape(row.newest_text)}{by}{why}</td>'


def shortened(reason: str) -> str:
    """A reason as the board has room for it; the page of the row has all of it."""
    return reason if len(reason) <= REASON else f"{reason[: REASON - 1]}…"


def _status(row: BoardRow, icons: Mapping[str, str]) -> str:
    due = f'<span class="unit">{escape(row.request)}</span>' if row.request else ""
    return f'<td class="text"><span class="badge tone-{row.tone}">{icons[row.tone]}{row.state_label}</span>{due}</td>'


def _figure(shown: Shown | None, story: str = "") -> str:
    if shown is None:
        return _EMPTY
    mark = f'<span class="unit">{escape(shown.mark)}</span>' if shown.mark else ""
    text = f'<a class="plain" href="{story}">{escape(shown.text)}</a>' if story else escape(shown.text)
    return f"<td>{text}{mark}</td>"


def _gap(gap: Gap) -> str:
    if not gap.text:
        return _EMPTY
    word = f'<span class="unit{_WORD_TONE[gap.word]}">{gap.word}</span>' if gap.word else ""
    return f"<td>{gap.text}{word}</td>"
