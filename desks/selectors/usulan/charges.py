"""Who may be in charge of an usulan that names the province's own program."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.choices import InstitutionKind
from accounts.models import Institution
from desks.models import Round


def charges(round_: Round) -> QuerySet[Institution]:
    """The perangkat daerah of the host's province, its Bappeda included."""
    kinds = (InstitutionKind.OPD, InstitutionKind.BAPPEDA)
    rows = Institution.objects.filter(region_id=round_.host.region_id, kind__in=kinds, active=True)
    return rows.order_by("name")
