"""The rows of the board as HTML: plain strings joined once, as 354 × 13 cells are too many for a template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.choices import TONE_ICONS, Tone
from core.templatetags.rakortek import icon
from desks.selectors.board import BoardRow, Gap
from desks.selectors.figures import Shown
from desks.workflow import TRANSITIONS

COLUMNS: Final = 11
_FIGURES: Final = ("indicative", "national", "rpjmn", "actual", "agreement")
_WORD_TONE: Final = {"lebih baik": " delta-better", "lebih buruk": " delta-worse", "": "", "sama": ""}
ASKABLE: Final = TRANSITIONS["repair"].sources
_EMPTY: Final = "<td></td>"


def table_body(rows: Iterable[BoardRow], *, base: str, grouped: bool, pick: bool) -> SafeString:
    """All lines; `base` is the address of the board, `grouped` puts the indicator in a line of its own, `pick` offers ticking."""
    icons = {tone.value: icon(TONE_ICONS[tone]) for tone in Tone}
    parts: list[str] = []
    last = ""
    for row in rows:
        if grouped and row.indicator_code != last:
            last = row.indicator_code
            parts.append(_group(row))
        parts.append(_line(row, base, "" if grouped else _indicator(row), pick, icons))
    return mark_safe("".join(parts))  # noqa: S308 (every piece below is escaped)


def _group(row: BoardRow) -> str:
    facts = " · ".join(part for part in (row.unit, row.direction_text) if part)
    return format_html(
        '<tr class="group"><th colspan="{}" scope="rowgroup"><span class="held">{} <span class="quiet">{}</span></span></th></tr>',
        COLUMNS, row.indicator, facts,
    )  # fmt: skip


def _indicator(row: BoardRow) -> str:
    return f' <span class="unit">{escape(row.indicator)} ({escape(row.unit)})</span>'


def _line(row: BoardRow, base: str, indicator: str, pick: bool, icons: Mapping[str, str]) -> str:
    region = escape(row.region)
    box = (
        f'<input type="checkbox" name="pilih" value="{row.code}:{row.version}" data-select-row aria-label="Pilih {region}"> '
        if pick and row.state in ASKABLE
        else ""
    )
    mark = ' <span class="changed">berubah</span>' if row.changed else ""
    by = f'<span class="unit">{escape(row.by)}</span>' if row.by else ""
    due = f'<span class="unit">{escape(row.request)}</span>' if row.request else ""
    return "".join(
        (
            f'<tr id="b-{row.code}" data-version="{row.version}"><th class="pick" scope="row">{box}'
            f'<a href="{base}butir/{row.code}/">{region}</a>{mark}{indicator}</th>',
            f'<td class="{"agreed" if row.agreed else "strong"}">{escape(row.newest_text)}{by}</td>',
            *(_figure(row.figures.get(name)) for name in _FIGURES),
            *(_gap(gap) for gap in row.gaps),
            f'<td class="text"><span class="badge tone-{row.tone}">{icons[row.tone]}{row.state_label}</span>{due}</td></tr>',
        )
    )


def _figure(shown: Shown | None) -> str:
    if shown is None:
        return _EMPTY
    mark = f'<span class="unit">{escape(shown.mark)}</span>' if shown.mark else ""
    return f"<td>{escape(shown.text)}{mark}</td>"


def _gap(gap: Gap) -> str:
    if not gap.text:
        return _EMPTY
    word = f'<span class="unit{_WORD_TONE[gap.word]}">{gap.word}</span>' if gap.word else ""
    return f"<td>{gap.text}{word}</td>"
