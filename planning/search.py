"""Documents and the nomenclature of sub kegiatan in the search."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from accounts.actors import Actor
from core.search import Group, Hit, Terms, exact_first, has_words, is_code, register_group
from planning.choices import NomenclatureLevel
from planning.models import Document, Nomenclature
from planning.selectors import documents


def found_documents(actor: Actor, terms: Terms) -> QuerySet[Document]:
    """By words of title, owner, region or kind, or the first year they cover."""
    rows = documents(actor).filter(has_words(terms, "title", "kind", "owner__name", "owner__region__name", "year_from"))
    return rows.order_by("-year_from", "title", "pk")


def _document(row: Document) -> Hit:
    years = str(row.year_from) if row.year_from == row.year_to else f"{row.year_from}–{row.year_to}"
    where = f"{row.get_kind_display()} · {row.owner.name} · {years} · {row.get_stage_display()}"
    return Hit(row.title, reverse("indicators:document", args=[row.pk]), where=where)


def found_nomenclature(actor: Actor, terms: Terms) -> QuerySet[Nomenclature]:
    """By code, by the beginning of a code, or by words of the name."""
    exact = is_code(terms, "kode")
    named = Q(kode__istartswith=terms.text) | has_words(terms, "name", codes=("kode",))
    rows = Nomenclature.objects.filter(exact | named, level=NomenclatureLevel.SUB_KEGIATAN).select_related(
        "bidang", "version"
    )
    return exact_first(rows, exact, "kode", "gov_level", "pk")


def _nomenclature(row: Nomenclature) -> Hit:
    where = f"{row.get_gov_level_display()} · {row.bidang or '–'} · {row.version.name}"
    url = f"{reverse('desks:search')}?{urlencode({'q': row.kode, 'kelompok': 'sub_kegiatan'})}"
    return Hit(row.name, url, row.kode, where)


register_group(Group("dokumen", "Dokumen", "dokumen", 60, found_documents, _document))
register_group(Group("nomenklatur", "Nomenklatur sub kegiatan", "sub kegiatan", 70, found_nomenclature, _nomenclature))
