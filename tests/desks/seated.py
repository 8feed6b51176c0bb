"""Who takes part in the world of tests: institutions, people, seats."""

from __future__ import annotations

from accounts.actors import Actor
from accounts.choices import InstitutionKind, Role
from accounts.models import Institution, Region
from desks.models import Desk, Round, Seat
from indicators.choices import Strand
from tests.factories import make_actor, make_institution


def make_institutions(jabar: Region, banten: Region) -> dict[str, Institution]:
    """The institutions of the world by the name of its field."""
    kind = InstitutionKind
    return {
        "kemendagri_inst": make_institution(kind.KEMENDAGRI, "KDN", name="Kemendagri"),
        "bappenas_inst": make_institution(kind.BAPPENAS, "PPN", name="Bappenas"),
        "pu": make_institution(kind.KL, "033", name="Kementerian PU"),
        "kemenkes": make_institution(kind.KL, "024", name="Kementerian Kesehatan"),
        "kemenpar": make_institution(kind.KL, "040", name="Kementerian Pariwisata"),
        "bappeda_jabar": make_institution(kind.BAPPEDA, "32", jabar, name="Bappeda Jawa Barat"),
        "dinas_jabar": make_institution(kind.OPD, "32-PU", jabar, name="Dinas Bina Marga Jawa Barat"),
        "bappeda_banten": make_institution(kind.BAPPEDA, "36", banten, name="Bappeda Banten"),
        "dinas_banten": make_institution(kind.OPD, "36-PU", banten, name="Dinas PUPR Banten"),
    }


def make_people(inst: dict[str, Institution]) -> dict[str, Actor]:
    """One person per role by the name of its field."""
    wanted = {
        "opd": (Role.OPD, "dinas_jabar"),
        "bappeda": (Role.BAPPEDA, "bappeda_jabar"),
        "verifikator": (Role.VERIFIKATOR, "bappeda_jabar"),
        "kl": (Role.PEMBAHAS, "pu"),
        "moderator": (Role.MODERATOR, "kemendagri_inst"),
        "chair": (Role.PIMPINAN_SIDANG, "pu"),
        "notulis": (Role.NOTULIS, "kemendagri_inst"),
        "kemendagri": (Role.PEMBAHAS, "kemendagri_inst"),
        "bappenas": (Role.PEMBAHAS, "bappenas_inst"),
        "secretariat": (Role.SEKRETARIAT, "kemendagri_inst"),
        "auditor": (Role.AUDITOR, "kemendagri_inst"),
        "observer": (Role.PENGAMAT, "bappenas_inst"),
        "other_bappeda": (Role.BAPPEDA, "bappeda_banten"),
        "other_opd": (Role.OPD, "dinas_banten"),
        "other_kl": (Role.PEMBAHAS, "kemenkes"),
        "outsider": (Role.PEMBAHAS, "kemenpar"),
    }
    return {name: make_actor(role, inst[place]) for name, (role, place) in wanted.items()}


def make_seats(round_: Round, desk: Desk, inst: dict[str, Institution]) -> None:
    """Where each institution sits, one of them at another desk only."""
    everywhere = {
        "kemendagri_inst": (Role.SEKRETARIAT, Role.AUDITOR, Role.PEMBAHAS),
        "bappenas_inst": (Role.PEMBAHAS, Role.PENGAMAT),
        "bappeda_jabar": (Role.BAPPEDA, Role.VERIFIKATOR),
        "bappeda_banten": (Role.BAPPEDA,),
        "dinas_jabar": (Role.OPD,),
        "dinas_banten": (Role.OPD,),
    }
    at_desk = {"kemendagri_inst": (Role.MODERATOR, Role.NOTULIS), "pu": (Role.PEMBAHAS, Role.PIMPINAN_SIDANG)}
    for name, roles in everywhere.items():
        regional = inst[name].kind in (InstitutionKind.BAPPEDA, InstitutionKind.OPD)
        region = inst[name].region if regional else None
        Seat.objects.bulk_create(Seat(round=round_, institution=inst[name], region=region, role=role) for role in roles)
    for name, roles in at_desk.items():
        Seat.objects.bulk_create(Seat(round=round_, desk=desk, institution=inst[name], role=role) for role in roles)
    elsewhere = Desk.objects.create(round=round_, code="1.02", name="Kesehatan", strand=Strand.URUSAN)
    Seat.objects.create(round=round_, desk=elsewhere, institution=inst["kemenkes"], role=Role.PEMBAHAS)
