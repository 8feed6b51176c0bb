"""Berita acara that are not done when a round is closed."""

from __future__ import annotations

from django.urls import reverse

from agreements.choices import BaState
from agreements.models import BeritaAcara
from desks.models import Round
from desks.services.close_round import Left, register_left


@register_left
def papers_left(round_: Round) -> list[Left]:
    """Drafts and those without all signatures; two queries."""
    url = reverse("agreements:ba_list")
    drafts = BeritaAcara.objects.filter(round=round_, state=BaState.DRAFT)
    waiting = BeritaAcara.objects.filter(round=round_, state=BaState.AWAITING)
    return [
        Left("berita acara masih draf", drafts.count(), url=url),
        Left(
            "berita acara menunggu tanda tangan",
            waiting.count(),
            tuple(waiting.order_by("number").values_list("number", flat=True)[:3]),
            url=url,
        ),
    ]
