"""Berita acara in the search: by number, code or check code, or by words of title and number."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.actors import Actor
from agreements.choices import BA_TONES
from agreements.models import BeritaAcara
from core.codes import normalise_code
from core.dates import short_date
from core.search import Group, Hit, Terms, exact_first, has_words, register_group


def found_ba(actor: Actor, terms: Terms) -> QuerySet[BeritaAcara]:
    """What the actor may open."""
    code = normalise_code(terms.text)
    exact = Q(number__iexact=terms.text) | Q(code=code) | Q(check_code=code)
    rows = BeritaAcara.objects.visible_to(actor).filter(
        exact | has_words(terms, "number", "title", "round__short_name")
    )
    return exact_first(rows.select_related("round"), exact, "-created_at", "-pk")


def _show(row: BeritaAcara) -> Hit:
    where = " · ".join(
        part for part in (row.title, short_date(row.signed_on) if row.signed_on else "", row.round.short_name) if part
    )
    url = reverse("agreements:ba", args=[row.code])
    return Hit(
        row.number or "Draf belum bernomor", url, row.code, where, row.get_state_display(), BA_TONES[row.state].value
    )


register_group(Group("berita_acara", "Berita acara", "berita acara", 40, found_ba, _show))
