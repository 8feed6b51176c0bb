"""The rows of the Isian as HTML. By hand, as a template tag a cell would cost more than everything else of the page together."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, Final
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from core.dates import date_with_time
from core.templatetags.rakortek import badge
from desks.choices import Applicability
from desks.selectors.figures import Shown
from desks.selectors.isian import APPLICABILITY_LABELS, IsianRow, IsianTable
from desks.views.isian_help import about_html, slips_html
from planning.chips import chips_html

RESULT_TONES: Final = {"saved": "hijau", "same": "netral", "conflict": "kuning", "ask": "kuning", "refused": "merah"}
_ACTUAL_MISSING: Final = "<small>tidak dipublikasikan</small>"
_MISSING: Final = '<span class="quiet" aria-label="tidak ada">–</span>'


@dataclass(frozen=True)
class Ticks:
    """Which rows get a tick box of the form `pindah`: those in a work of `now`; those of `later`, once their value is saved."""

    now: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()

    def any(self, rows: Iterable[IsianRow]) -> bool:
        """Whether a box stands anywhere in the table."""
        return any(self.box(row) for row in rows)

    def box(self, row: IsianRow) -> str:
        """The box of a row, '' where it has none; one that waits for a value is off until the row is saved with one."""
        waits = bool(row.work & self.later) and row.editable
        if not waits and not row.work & self.now:
            return ""
        needs = f" data-needs-value{' disabled' if waits else ''}" if self.later else ""
        return (
            f'<input type="checkbox" form="pindah" name="butir" value="{row.code}:{row.version}" data-select-row{needs} '
            f'aria-labelledby="n-{row.code}"> '
        )


GROUPS = {
    "rpjmn": "documents",
    "rpjmd": "documents",
    "rkpd": "documents",
    "rpjmn_group": "documents",
    "previous": "agreement",
}
"""Figures that are put away together with another."""


def without_figures(table: IsianTable, hidden: Collection[str]) -> None:
    """Leave out the figures that the reader has put away, from the table and each row."""
    names = ["actual" if column.actual else GROUPS.get(column.key, column.key) for column in table.columns]
    keep = [no for no, name in enumerate(names) if name not in hidden]
    table.columns = [table.columns[no] for no in keep]
    for row in table.rows:
        row.figures = [row.figures[no] for no in keep]


def rows_html(table: IsianTable, *, ticks: Ticks | None, hidden: frozenset[str] = frozenset()) -> SafeString:
    """The body of the table; without `ticks` no column leaves room for boxes; `hidden` columns are left out."""
    labels = [escape(f"{column.label} {column.sub}") for column in table.columns]
    actual = sum(column.actual for column in table.columns)
    heads = [] if "details" in hidden else [escape(head) for head in table.detail_heads]
    badges: dict[str, str] = {}
    item_url = reverse("desks:item", args=["CODE"])
    trees = reverse("indicators:priorities")
    stories = reverse("indicators:story", args=["CODE", table.meja.region.kode])
    parts = [
        _row_html(
            row, labels, heads, actual, badges, _urls(row, item_url, trees, stories, table.meja.round.tz), ticks, hidden
        )
        for row in table.rows
    ]
    return mark_safe("\n".join(parts))  # noqa: S308 (every text below is escaped)


def _urls(row: IsianRow, item_url: str, trees: str, stories: str, tz: str) -> tuple[str, str, str, str]:
    """The pages a row leads to: itself, the priority trees, all figures of its indicator; and the zone of its moments."""
    return item_url, trees, stories.replace("CODE", quote(row.indicator, safe="")) if row.indicator else "", tz


def _row_html(
    row: IsianRow, labels: list[str], heads: list[str], actual: int, badges: dict[str, str], urls: tuple[str, str, str, str],
    ticks: Ticks | None, hidden: frozenset[str],
) -> str:  # fmt: skip
    item_url, trees, story, tz = urls
    state = badges.get(row.state)
    if state is None:
        state = badges[row.state] = badge(row.state_label, row.tone)
    cells = [
        _figure(shown, label, _ACTUAL_MISSING if place < actual else _MISSING, story)
        for place, (shown, label) in enumerate(zip(row.figures, labels, strict=True))
    ]
    pick = ticks.box(row) if ticks else ""
    css = ' class="pick"' if ticks else ""
    unit = "" if "unit" in hidden else f'<td class="text" data-label="Satuan">{escape(row.unit)} {row.direction}</td>'
    status = f'<td class="text" data-label="Status"><span>{state}{_applicability(row)}{_request(row)}{_moved(row, tz)}</span></td>'
    return (
        f'<tr id="i-{row.code}" data-version="{row.version}"><th scope="row"{css}>{pick}'
        f'<a id="n-{row.code}" href="{item_url.replace("CODE", row.code)}">{escape(row.name)}</a>{about_html(row)} {chips_html(row.chips, trees)}</th>'
        f"{unit}{''.join(cells)}{_proposal(row)}{_details(row, heads)}{'' if 'status' in hidden else status}</tr>"
    )


def _figure(shown: Shown, label: str, missing: str, story: str) -> str:
    if not shown.text:
        return f'<td class="none" data-label="{label}">{missing}</td>'
    mark = f"<small>{escape(shown.mark)}</small>" if shown.mark else ""
    text = f'<a class="plain" href="{story}">{escape(shown.text)}</a>' if story else escape(shown.text)
    return f'<td data-label="{label}" title="{escape(shown.origin)}"><span>{text}{mark}</span></td>'


def _proposal(row: IsianRow) -> str:
    if not row.editable:
        return f'<td class="agreed" data-label="Usulan"><span>{escape(row.value) or _MISSING}</span>{slips_html(row) if row.warnings else ""}</td>'
    bad = ' aria-invalid="true"' if row.result is not None and not row.result.ok else ""
    return (
        f'<td class="edit" data-label="Usulan"><input name="v.{row.code}" value="{escape(row.typed)}" inputmode="decimal" '
        f'autocomplete="off" maxlength="200" aria-labelledby="n-{row.code}" aria-describedby="s-{row.code}"{bad}>'
        f'<input type="hidden" name="d.{row.code}" value="{row.version}|{escape(row.value)}">{_result(row)}{slips_html(row)}</td>'
    )


def _details(row: IsianRow, heads: list[str]) -> str:
    cells = (row.details or ("",) * len(heads))[: len(heads)]
    return "".join(_detail(head, text) for head, text in zip(heads, cells, strict=True))


def _detail(head: str, text: str) -> str:
    return (
        f'<td data-label="{head}">{escape(text)}</td>'
        if text
        else f'<td class="none" data-label="{head}">{_MISSING}</td>'
    )


def _applicability(row: IsianRow) -> str:
    if row.applicability == Applicability.APPLIES:
        return ""
    return f"<small>{APPLICABILITY_LABELS[row.applicability]}: {escape(row.reason)}</small>"


def _request(row: IsianRow) -> str:
    if not row.request or row.state not in ("returned", "repair"):
        return ""
    return f'<small class="warn">{escape(row.request)}</small>'


def _moved(row: IsianRow, tz: str) -> str:
    """What changed beside the row since it was filled; gone once its owner has answered."""
    said = '<small class="warn">definisi berubah</small>' if "definisi" in row.work else ""
    if row.moved is None:
        return said
    by = f"{escape(row.moved.institution)}, {date_with_time(row.moved.when, tz)}" if row.moved.when else ""
    lines = "; ".join(escape(line) for line in row.moved.lines)
    return f'{said}<small class="warn" data-target-moved>{lines}<br>{by}</small>'


def _result(row: IsianRow) -> str:
    result = row.result
    if result is None:
        return f'<output class="saved" id="s-{row.code}"></output>'
    return f'<output class="saved inset tone-{RESULT_TONES[result.status]}" id="s-{row.code}">{escape(words_of(result))}</output>'


def words_of(result: Any) -> str:
    """What became of a row, in words."""
    if result.status == "saved":
        return "tersimpan"
    if result.status == "same":
        return "sama, tidak ada yang berubah"
    if result.status == "ask":
        return f"belum disimpan: “{result.details.get('text', '')}” belum jelas"
    if result.status == "conflict":
        theirs, base = result.details.get("theirs", {}), result.details.get("base", {})
        by = theirs.get("by") or {}
        who = f" oleh {by['name']} ({by['institution']})" if by else ""
        return (
            f"bentrok: kini {_or_empty(theirs)}{who}; saat Anda buka {_or_empty(base)}. "
            "Ketikan Anda masih di kolom; simpan lagi untuk memakainya."
        )
    return str(result.message)


def _or_empty(facts: dict[str, Any]) -> str:
    return facts.get("value_proposed") or "kosong"
