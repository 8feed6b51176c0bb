"""Agenda rows and their supporting sub kegiatan in the search, each within what the actor sees.

Words are looked up in the small tables of names first; the large tables of rows are only asked for their keys.
"""

from __future__ import annotations

import operator
from functools import reduce

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Institution, Region
from core.search import Group, Hit, Terms, exact_first, is_code, register_group
from desks.choices import STATE_TONES
from desks.disclosure import BEING_TYPED
from desks.models import Desk, Item, Support, Usulan, UsulanPlace
from desks.scopes import OWNER_ROLES
from indicators.models import Indicator, IndicatorVersion
from planning.models import Nomenclature


def found_items(actor: Actor, terms: Terms) -> QuerySet[Item]:
    """By code of row or indicator; or every word in the indicator's name or code, the region or the desk."""
    named = reduce(operator.and_, (_of_item(word, "") for word in terms.words))
    seen = Item.objects.visible_to(actor).filter(_item_code(terms) | named, indicator__isnull=False)
    return _in_order(seen, terms)


def all_items(terms: Terms) -> QuerySet[Item]:
    """All rows in the order of results."""
    return _in_order(Item.objects.all(), terms)


def _in_order(rows: QuerySet[Item], terms: Terms) -> QuerySet[Item]:
    named = rows.select_related("round", "region", "meja__desk", "indicator", "indicator_version")
    return exact_first(named, _item_code(terms), "-round__plan_year", "indicator__code", "region__kode", "pk")


def _item_code(terms: Terms) -> Q:
    return is_code(terms, "code", "indicator__code")


def _of_item(word: str, path: str) -> Q:
    """The word stands in what a row is called; `path` leads to the row."""
    names = {
        "indicator_version__in": IndicatorVersion.objects.filter(name__icontains=word).values("pk"),
        "indicator__in": Indicator.objects.filter(code__istartswith=word).values("pk"),
        "region__in": Region.objects.filter(name__icontains=word).values("pk"),
        "meja__desk__in": Desk.objects.filter(name__icontains=word).values("pk"),
    }
    return reduce(operator.or_, (Q(**{f"{path}{name}": keys}) for name, keys in names.items()))


def _item(row: Item) -> Hit:
    title = row.indicator_version.name if row.indicator_version else str(row.indicator)
    where = f"{row.region.name} · Desk {row.meja.desk.name} · {row.round.short_name}"
    tone = STATE_TONES[row.state].value
    return Hit(title, reverse("desks:item", args=[row.code]), row.code, where, row.get_state_display(), tone)


def found_supports(actor: Actor, terms: Terms) -> QuerySet[Support]:
    """By code or beginning of a code; or every word in the name, the OPD or the row. What a region is changing only it sees."""
    seen = Q(item__in=Item.objects.visible_to(actor).values("pk"))
    handed_in = ~Q(item__state__in=BEING_TYPED)
    seen &= handed_in | Q(item__region_id=actor.region_id) if actor.role in OWNER_ROLES else handed_in
    named = reduce(operator.and_, (_of_support(word) for word in terms.words))
    return all_supports(terms).filter(seen, is_code(terms, "nomenclature__kode") | named)


def all_supports(terms: Terms) -> QuerySet[Support]:
    """All supporting sub kegiatan in the order of results."""
    rows = Support.objects.select_related(
        "nomenclature", "opd", "item__region", "item__round", "item__indicator_version"
    )
    order = ("-item__round__plan_year", "nomenclature__kode", "item__region__kode", "pk")
    return exact_first(rows, is_code(terms, "nomenclature__kode"), *order)


def _of_support(word: str) -> Q:
    called = Q(name__icontains=word) | Q(kode__istartswith=word)
    own = Q(nomenclature__in=Nomenclature.objects.filter(called).values("pk"))
    return own | Q(opd__in=Institution.objects.filter(name__icontains=word).values("pk")) | _of_item(word, "item__")


def found_usulan(actor: Actor, terms: Terms) -> QuerySet[Usulan]:
    """By code of the row, of the rincian output or of the program; or every word in the title, the RO or program, a location, the region or the desk.

    What a region is typing anew only it sees.
    """
    seen = Q(item__in=Item.objects.visible_to(actor).values("pk"))
    handed_in = ~Q(item__state__in=BEING_TYPED)
    seen &= handed_in | Q(item__region_id=actor.region_id) if actor.role in OWNER_ROLES else handed_in
    named = reduce(operator.and_, (_of_usulan(word) for word in terms.words))
    return all_usulan(terms).filter(seen, _usulan_code(terms) | named)


def all_usulan(terms: Terms) -> QuerySet[Usulan]:
    """All usulan in the order of results."""
    rows = Usulan.objects.select_related("ro", "program", "item__region", "item__round", "item__meja__desk")
    return exact_first(rows, _usulan_code(terms), "-item__round__plan_year", "item__region__kode", "title", "pk")


def _usulan_code(terms: Terms) -> Q:
    return is_code(terms, "item__code", "ro__code", "program__kode")


def _of_usulan(word: str) -> Q:
    places = UsulanPlace.objects.filter(Q(region__name__icontains=word) | Q(detail__icontains=word)).values("usulan")
    own = Q(title__icontains=word) | Q(ro__name__icontains=word) | Q(program__name__icontains=word) | Q(pk__in=places)
    return own | _of_item(word, "item__")


def _usulan(row: Usulan) -> Hit:
    item = row.item
    code = f"RO {row.ro.code} · " if row.ro else f"{row.program.kode} · " if row.program else ""
    where = f"{code}{item.region.name} · Desk {item.meja.desk.name} · {item.round.short_name}"
    tone = STATE_TONES[item.state].value
    return Hit(row.title, reverse("desks:item", args=[item.code]), item.code, where, item.get_state_display(), tone)


def _support(row: Support) -> Hit:
    version = row.item.indicator_version
    where = f"{row.opd.name} · {row.item.region.name} · {version.name if version else row.item.code}"
    return Hit(row.nomenclature.name, reverse("desks:item", args=[row.item.code]), row.nomenclature.kode, where)


register_group(Group("butir", "Butir agenda", "butir", 10, found_items, _item, all_items))
register_group(Group("usulan", "Usulan", "usulan", 20, found_usulan, _usulan, all_usulan))
register_group(
    Group("sub_kegiatan", "Sub kegiatan pendukung", "sub kegiatan", 30, found_supports, _support, all_supports)
)
