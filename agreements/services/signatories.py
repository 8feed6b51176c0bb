"""The signatory plan of a draft: proposed from seats and attendance, then edited by hand."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db.models import Max, Q

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import Institution, Membership, User
from agreements.choices import BaState, SignMode, SignPrefix
from agreements.models import BeritaAcara, Signatory
from agreements.selectors.scopes import taken_in
from agreements.services.common import change_header, mejas_of, record_all, require
from core.errors import InvalidInput, NotFound
from desks.chain import writing
from desks.choices import AttendanceMode, Party
from desks.models import AgendaEntry, Attendance, Seat
from desks.selectors.consent import consent_of

PARTY_ORDER = (Party.KEMENDAGRI, Party.KL, Party.BAPPENAS, Party.PROVINCE, Party.REGION)
SPEAKING = (Role.PENANDATANGAN, Role.PEMBAHAS, Role.BAPPEDA, Role.OPD)
CHAIRING = (Role.PIMPINAN_SIDANG, Role.MODERATOR)


@dataclass(frozen=True)
class SignatoryData:
    """A signatory as typed. `user_id` is the account that may confirm in the portal; without one the paper is signed."""

    institution_id: int
    office: str
    name: str
    prefix: str = ""
    principal_office: str = ""
    rank: str = ""
    nip: str = ""
    chair: bool = False
    mode: str = SignMode.PAPER
    user_id: int | None = None


def propose_signatories(ba: BeritaAcara) -> list[Signatory]:
    """The plan a draft starts with: the pimpinan sidang, then one person for each party, as seats and attendance know them."""
    rows = [_proposal(ba, institution, CHAIRING, chair=True) for institution in _chair_institution(ba)]
    rows += [_proposal(ba, institution, SPEAKING) for institution in _parties(ba)]
    for order, row in enumerate(rows, start=1):
        row.order = order
    return Signatory.objects.bulk_create(rows)


def _chair_institution(ba: BeritaAcara) -> list[Institution]:
    # A seat without a desk sits at every desk.
    desk = ba.session.desk if ba.session is not None else ba.desk
    here = Q(desk=desk) | Q(desk=None) if desk is not None else Q(desk=None)
    seats = Seat.objects.filter(here, round=ba.round, role__in=CHAIRING).select_related("institution")
    found = sorted(seats, key=lambda seat: (CHAIRING.index(Role(seat.role)), seat.pk))
    return [found[0].institution] if found else []


def _parties(ba: BeritaAcara) -> list[Institution]:
    """One institution for each party of each row: who attended goes first, each once, in the order of the forum."""
    sessions = taken_in(ba)
    mejas = ba.mejas.all()
    entries = AgendaEntry.objects.filter(session__in=sessions, item__meja__in=mejas).select_related(
        "item__meja__desk", "item__round__host", "item__indicator"
    )
    present = set(
        Attendance.objects.filter(session__in=sessions)
        .exclude(mode=AttendanceMode.ABSENT)
        .values_list("institution_id", flat=True)
    )
    found: dict[Party, dict[int, Institution]] = {party: {} for party in PARTY_ORDER}
    for consent in consent_of([entry.item for entry in entries.order_by("item__region__kode", "order")]).values():
        for party in consent.parties:
            wanted = sorted(party.institutions, key=lambda each: each.pk not in present)[:1]
            found[party.party].update({each.pk: each for each in wanted})
    return list({pk: each for party in PARTY_ORDER for pk, each in found[party].items()}.values())


def _proposal(ba: BeritaAcara, institution: Institution, roles: tuple[Role, ...], *, chair: bool = False) -> Signatory:
    member = _member(ba, institution, roles)
    if member is None:
        return Signatory(
            ba=ba,
            institution=institution,
            office=f"Wakil {institution.short_name}",
            name="",
            chair=chair,
            mode=SignMode.PAPER,
        )
    return Signatory(
        ba=ba, institution=institution, user=member.user, office=member.office or f"Wakil {institution.short_name}",
        name=member.user.full_name, nip=member.user.nip, chair=chair, mode=SignMode.PORTAL,
    )  # fmt: skip


def _member(ba: BeritaAcara, institution: Institution, roles: tuple[Role, ...]) -> Membership | None:
    rows = (
        Membership.objects.current()
        .filter(institution=institution, role__in=roles, user__is_active=True)
        .select_related("user")
    )
    came = Attendance.objects.filter(session__in=taken_in(ba), user__isnull=False)
    present = set(came.values_list("user_id", flat=True))
    return min(
        rows,
        key=lambda row: (row.role != roles[0], row.user_id not in present, roles.index(Role(row.role)), row.pk),
        default=None,
    )


def save_signatory(
    actor: Actor, ba: BeritaAcara, data: SignatoryData, *, seen_version: int, order: int | None = None
) -> Signatory:
    """Add a signatory to a draft, or change the one with this order. Raises NotAllowed, InvalidInput, StaleState."""
    require(actor, "draft_ba", ba)
    columns = checked(data)
    mejas = mejas_of(ba)
    with writing(actor, mejas=mejas) as writer:
        change_header(ba, seen_version, BaState.DRAFT)
        if order is None:
            order = (ba.signatories.aggregate(last=Max("order"))["last"] or 0) + 1
            row = Signatory.objects.create(ba=ba, order=order, **columns)
        else:
            row = find(ba, order)
            Signatory.objects.filter(pk=row.pk).update(**columns)
            row.refresh_from_db()
        record_all(writer, mejas, ba, "plan_signatory", order=order, of=row.institution.code, office=row.office)
    return row


def remove_signatory(actor: Actor, ba: BeritaAcara, order: int, *, seen_version: int) -> None:
    """Take a signatory out of a draft."""
    require(actor, "draft_ba", ba)
    mejas = mejas_of(ba)
    with writing(actor, mejas=mejas) as writer:
        change_header(ba, seen_version, BaState.DRAFT)
        row = find(ba, order)
        row.delete()
        record_all(writer, mejas, ba, "drop_signatory", order=order, of=row.institution.code)


def find(ba: BeritaAcara, order: int) -> Signatory:
    """The signatory with this place, else NotFound."""
    row = (
        Signatory.objects.filter(ba=ba, order=order)
        .select_related("ba__round", "ba__session__desk", "institution", "user")
        .first()
    )
    if row is None:
        raise NotFound("Penanda tangan tidak ditemukan.")
    return row


def checked(data: SignatoryData) -> dict[str, object]:
    """The columns of a typed signatory; InvalidInput where something needed is missing or wrong."""
    typed = {name: text.strip() if isinstance(text, str) else text for name, text in asdict(data).items()}
    if not typed["name"]:
        raise InvalidInput("Isi nama penanda tangan.", field="name")
    if not typed["office"]:
        raise InvalidInput("Isi jabatan penanda tangan.", field="office")
    if typed["prefix"] not in SignPrefix.values or typed["mode"] not in SignMode.values:
        raise InvalidInput("Pilih kedudukan dan cara tanda tangan dari daftar.", field="prefix")
    if typed["prefix"] == SignPrefix.AN and not typed["principal_office"]:
        raise InvalidInput("Isi jabatan yang diwakili (a.n. siapa).", field="principal_office")
    if not Institution.objects.filter(pk=data.institution_id, active=True).exists():
        raise InvalidInput("Pilih lembaga penanda tangan.", field="institution")
    typed["nip"] = read_nip(str(typed["nip"]))
    if typed["mode"] == SignMode.PORTAL:
        _require_member(data)
    elif data.user_id is not None and not User.objects.filter(pk=data.user_id).exists():
        raise InvalidInput("Akun tidak ditemukan.", field="user")
    return typed


def _require_member(data: SignatoryData) -> None:
    people = Membership.objects.current().filter(
        institution_id=data.institution_id, user_id=data.user_id or 0, user__is_active=True
    )
    if data.user_id is None or not people.exists():
        raise InvalidInput(
            "Konfirmasi di portal memerlukan akun dari lembaga itu. Pilih akunnya, atau pilih tanda tangan di kertas.",
            field="user",
        )


def read_nip(text: str) -> str:
    """18 digits, however spaced; '' where none is given."""
    digits = "".join(text.split()).replace(".", "").replace("-", "")
    if digits and (len(digits) != 18 or not digits.isdecimal()):
        raise InvalidInput("NIP terdiri atas 18 angka; kosongkan bila tidak ada.", field="nip")
    return digits
