"""The rows of the Isian as HTML. By hand, as a template tag a cell would cost more than everything else of the page together."""

from __future__ import annotations

from html import escape
from typing import Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from core.templatetags.rakortek import badge
from desks.choices import Applicability
from desks.selectors.figures import Shown
from desks.selectors.isian import APPLICABILITY_LABELS, IsianRow, IsianTable

RESULT_TONES: Final = {"saved": "hijau", "same": "netral", "conflict": "kuning", "ask": "kuning", "refused": "merah"}
_ACTUAL_MISSING: Final = "<small>tidak dipublikasikan</small>"
_MISSING: Final = '<span class="quiet" aria-label="tidak ada">–</span>'


def rows_html(table: IsianTable, *, selectable: frozenset[str]) -> SafeString:
    """The body of the table; rows in a work of `selectable` get a tick box of the form `pindah`."""
    labels = [escape(f"{label} {sub}") for label, sub in table.columns]
    actual = len(table.years)
    badges: dict[str, str] = {}
    item_url = reverse("desks:item", args=["CODE"])
    parts = [_row_html(row, labels, actual, badges, item_url, selectable) for row in table.rows]
    return mark_safe("\n".join(parts))  # noqa: S308 (every text below is escaped)


def _row_html(
    row: IsianRow, labels: list[str], actual: int, badges: dict[str, str], item_url: str, selectable: frozenset[str]
) -> str:
    state = badges.get(row.state)
    if state is None:
        state = badges[row.state] = badge(row.state_label, row.tone)
    cells = [
        _figure(shown, label, _ACTUAL_MISSING if place < actual else _MISSING)
        for place, (shown, label) in enumerate(zip(row.figures, labels, strict=True))
    ]
    pick = ""
    if row.work & selectable:
        pick = (
            f'<input type="checkbox" form="pindah" name="butir" value="{row.code}:{row.version}" data-select-row '
            f'aria-labelledby="n-{row.code}"> '
        )
    css = ' class="pick"' if selectable else ""
    return (
        f'<tr id="i-{row.code}" data-version="{row.version}"><th scope="row"{css}>{pick}'
        f'<a id="n-{row.code}" href="{item_url.replace("CODE", row.code)}">{escape(row.name)}</a></th>'
        f'<td class="text" data-label="Satuan">{escape(row.unit)} {row.direction}</td>'
        f"{''.join(cells)}{_proposal(row)}{_supports(row)}"
        f'<td class="text" data-label="Status"><span>{state}{_applicability(row)}{_request(row)}</span></td></tr>'
    )


def _figure(shown: Shown, label: str, missing: str) -> str:
    if not shown.text:
        return f'<td data-label="{label}">{missing}</td>'
    mark = f"<small>{escape(shown.mark)}</small>" if shown.mark else ""
    return f'<td data-label="{label}" title="{escape(shown.origin)}"><span>{escape(shown.text)}{mark}</span></td>'


def _proposal(row: IsianRow) -> str:
    if not row.editable:
        return f'<td class="agreed" data-label="Usulan"><span>{escape(row.value) or _MISSING}</span></td>'
    bad = ' aria-invalid="true"' if row.result is not None and not row.result.ok else ""
    return (
        f'<td class="edit" data-label="Usulan"><input name="v.{row.code}" value="{escape(row.typed)}" inputmode="decimal" '
        f'autocomplete="off" maxlength="200" aria-labelledby="n-{row.code}" aria-describedby="s-{row.code}"{bad}>'
        f'<input type="hidden" name="d.{row.code}" value="{row.version}|{escape(row.value)}">{_result(row)}</td>'
    )


def _supports(row: IsianRow) -> str:
    count = str(row.supports) if row.supports else _MISSING
    pagu = escape(row.pagu) or _MISSING
    return f'<td data-label="Sub kegiatan">{count}</td><td data-label="Pagu">{pagu}</td>'


def _applicability(row: IsianRow) -> str:
    if row.applicability == Applicability.APPLIES:
        return ""
    return f"<small>{APPLICABILITY_LABELS[row.applicability]}: {escape(row.reason)}</small>"


def _request(row: IsianRow) -> str:
    if not row.request or row.state not in ("returned", "repair"):
        return ""
    return f'<small class="warn">{escape(row.request)}</small>'


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
