"""What stands beside a field of the Isian: the help about its indicator and the warnings about what was typed, as HTML by hand."""

from __future__ import annotations

from html import escape

from django.urls import reverse

from desks.selectors.isian import IsianRow
from desks.selectors.slips import Warned


def about_html(row: IsianRow) -> str:
    """The ⓘ of a row: opens what its indicator is, by keyboard and without a script."""
    if row.about is None:
        return ""
    facts = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in row.about.facts)
    return (
        f'<details class="about"><summary title="Tentang indikator ini"><span class="about-mark" aria-hidden="true">i</span>'
        f'<span class="visually-hidden">Tentang {escape(row.name)}</span></summary><dl class="about-body">{facts}</dl></details>'
    )


def slips_html(row: IsianRow) -> str:
    """The open warnings under the field; without a script each leads to the page of the row, where it is answered."""
    page, url = reverse("desks:item", args=[row.code]), reverse("api:item_warning", args=[row.code])
    told = "".join(_slip(row, each, page) for each in row.warnings)
    return f'<div class="slips" id="w-{row.code}" data-slips="{row.code}" data-url="{url}">{told}</div>'


def _slip(row: IsianRow, warned: Warned, page: str) -> str:
    verb = f"pakai {warned['suggestion']} atau tulis alasan" if warned["suggestion"] else "tulis alasan"
    facts = "".join(f' data-{name}="{escape(warned[name])}"' for name in ("kind", "shown", "suggestion", "subject"))
    where = "#sub-kegiatan" if warned["subject"] else "#peringatan"
    act = f'<a class="slip-link" href="{page}{where}">{escape(verb)}</a>' if row.editable else ""
    return f'<p class="slip"{facts}><span>{escape(warned["text"])}</span> {act}</p>'
