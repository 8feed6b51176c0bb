"""Filters and tags of every template: numbers, dates, icons and badges, as builtins."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

from core import dates
from core.choices import TONE_ICONS, Tone
from core.money import format_rupiah
from core.numbers import format_number, format_percent
from core.values import Value, format_value

register = template.Library()


@register.filter
def angka(value: Decimal | int | str | None, decimals: int | None = None) -> str:
    """`1.234.567,89`; the argument fixes the number of decimals; nothing for None and ''."""
    return format_number(value, decimals) if isinstance(value, Decimal | int) else ""


@register.filter
def persen(value: Decimal | int | str | None) -> str:
    """`71%`; nothing for None and ''."""
    return format_percent(value) if isinstance(value, Decimal | int) else ""


@register.filter
def nilai(value: Value | str | None) -> str:
    """A value as printed, without unit; nothing for None and ''."""
    return format_value(value) if isinstance(value, Value) else ""


@register.filter
def rupiah(value: int | str | None) -> str:
    """`Rp81.592.294.466.063`; nothing for None and ''."""
    return format_rupiah(value) if isinstance(value, int) else ""


@register.filter
def tanggal(value: dt.date | str | None) -> str:
    """`Selasa, 15 April 2025`; nothing for None and ''."""
    return dates.long_date(value) if isinstance(value, dt.date) else ""


@register.filter
def tanggal_pendek(value: dt.date | str | None) -> str:
    """`15 Apr 2025`; nothing for None and ''."""
    return dates.short_date(value) if isinstance(value, dt.date) else ""


@register.filter
def waktu(value: dt.datetime | str | None, tz: str | None = None) -> str:
    """`15 Apr 2025 13.00 WIB` on the clock of `tz`, WIB where none is given; nothing for None and ''."""
    return dates.date_with_time(value, tz or "Asia/Jakarta") if isinstance(value, dt.datetime) else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the lucide set as inline SVG, silent for screen readers: a word always stands beside it."""
    return _svg(str(name))


@lru_cache(maxsize=256)
def _svg(name: str) -> SafeString:
    drawn = lucide(name, size=None, **{"class": "icon", "aria-hidden": "true"})
    return SafeString(re.sub(r">\s+<", "><", drawn).replace(" />", "/>"))


@register.simple_tag
def badge(label: str, tone: str = Tone.NETRAL, icon: str = "") -> SafeString:
    """A state as word, icon and tone; without `icon` the tone's own."""
    known = Tone(str(tone))
    return format_html(
        '<span class="badge tone-{}">{}{}</span>', known.value, _svg(str(icon) or TONE_ICONS[known]), label
    )


@register.simple_tag
def url_with(request: HttpRequest, **changes: Any) -> str:
    """The present page with other query values, `?…`; None or '' takes a key away."""
    query = request.GET.copy()
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"
