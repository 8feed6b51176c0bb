"""Inviting people, giving them their first link again, ending their membership."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.actors import Actor, can
from accounts.audit import audited
from accounts.choices import ROLES_OF_KIND, EndReason, Role
from accounts.models import ApiToken, Delegation, Institution, Membership, User
from accounts.services.common import require
from accounts.services.mail import invitation_link, post, reset_link
from core.codes import random_code
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed

OWN = "Keanggotaan sendiri tidak dapat Anda ubah sendiri. Minta koordinator lain atau sekretariat."
_LONGEST_USERNAME = 150


@dataclass(frozen=True)
class Invitation:
    """What came of an invitation; `link` is '' where the person can log in already, or only the letter may carry it."""

    membership: Membership
    link: str
    new_person: bool


def invite_person(
    actor: Actor, institution: Institution, *, name: str, email: str, role: str, office: str = ""
) -> Invitation:
    """Make a person speak for `institution` in `role`; a known e-mail address only gets a further membership."""
    if not can(actor, "accounts.enrol_person", institution):
        require(actor, "accounts.invite_person", institution)
    return _invite(actor, institution, name=name, email=email, role=role, office=office)


def invite_as_system(institution: Institution, *, name: str, email: str, role: str, office: str = "") -> Invitation:
    """The same for the command line and the administration, which asked for the right themselves."""
    return _invite(None, institution, name=name, email=email, role=role, office=office)


def resend_link(actor: Actor, membership: Membership) -> Invitation:
    """A fresh link of the first login; the one given before dies. Refused once the person has set a password."""
    require(actor, "accounts.resend_link", membership, OWN if membership.user_id == actor.user.pk else "")
    if not Membership.objects.current().filter(pk=membership.pk).exists():
        raise TransitionNotAllowed("Keanggotaan ini sudah berakhir. Undang kembali orangnya.")
    with transaction.atomic():
        link = _renew(actor, membership.user)
    return Invitation(membership, link if _may_hold_link(actor, membership.user) else "", new_person=False)


def renew_link_as_system(user: User) -> str:
    """The same for the command line and the administration; returns the link."""
    with transaction.atomic():
        return _renew(None, user)


def end_membership(actor: Actor, membership: Membership, reason: str) -> None:
    """End the membership now, with what hangs on it: delegations given and API tokens."""
    own = actor.user.pk == membership.user_id or actor.membership.pk == membership.pk
    require(actor, "accounts.end_membership", membership, OWN if own else "")
    if reason not in EndReason.values:
        raise InvalidInput("Pilih alasan pengakhiran.", field="reason")
    now = timezone.now()
    with transaction.atomic():
        open_still = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=now), pk=membership.pk)
        if not open_still.update(until=now):
            raise TransitionNotAllowed("Keanggotaan ini sudah berakhir.")
        Delegation.objects.filter(giver=membership, ended_at__isnull=True).update(ended_at=now)
        ApiToken.objects.filter(membership=membership, revoked_at__isnull=True).update(revoked_at=now)
        audited(
            actor, "accounts.end_membership", membership, membership.user.code, after=_facts(membership, reason=reason)
        )
    membership.until = now


def change_office(actor: Actor, membership: Membership, office: str) -> None:
    """Correct the jabatan of somebody whom the actor may invite; one's own is kept on the profile page."""
    if not can(actor, "accounts.enrol_person", membership.institution):
        require(actor, "accounts.invite_person", membership.institution)
    if membership.user_id == actor.user.pk:
        raise NotAllowed(OWN)
    with transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(office=office.strip())
        audited(actor, "accounts.change_office", membership, membership.user.code, after=_facts(membership))


def pending_links(actor: Actor, memberships: QuerySet[Membership]) -> list[tuple[Membership, str]]:
    """First-login links of those who have never logged in, for whoever may hold them; earlier links stay good. Recorded."""
    found = []
    with transaction.atomic():
        for membership in memberships.select_related("user", "institution").order_by(
            "institution__kode", "user__full_name"
        ):
            user = membership.user
            if user.has_usable_password() or not user.is_active or not _may_hold_link(actor, user):
                continue
            found.append((membership, invitation_link(user)))
            audited(actor, "accounts.show_link", user, user.code)
    return found


def send_reset(email: str) -> None:
    """Mail a one-time link to whoever has this address; silent where nobody has, so that the answer tells nothing."""
    for user in User.objects.filter(email__iexact=email.strip(), is_active=True).order_by("pk"):
        if user.has_usable_password():
            post("reset", "Atur ulang kata sandi Portal Rakortek", user, link=reset_link(user))
        else:
            post(
                "invitation", "Tautan masuk pertama Portal Rakortek", user, link=invitation_link(user), membership=None
            )


def _invite(
    actor: Actor | None, institution: Institution, *, name: str, email: str, role: str, office: str
) -> Invitation:
    email, name = email.strip().lower(), " ".join(name.split())
    if role not in ROLES_OF_KIND.get(institution.kind, ()):
        raise InvalidInput(f"{institution.short_name} tidak memiliki peran itu.", field="role")
    with transaction.atomic():
        user, new_person = _person(name, email)
        if actor is not None and user.pk == actor.user.pk:
            raise NotAllowed(OWN)
        membership = _join(actor, user, institution, role, office)
        link = "" if user.has_usable_password() else invitation_link(user)
        subject = f"Anda mewakili {institution.short_name} di Portal Rakortek"
        post("invitation", subject, user, link=link, membership=membership)
        audited(actor, "accounts.invite_person", membership, user.code, after=_facts(membership, new=new_person))
    shown = link if actor is None or _may_hold_link(actor, user) else ""
    return Invitation(membership, shown, new_person)


def _person(name: str, email: str) -> tuple[User, bool]:
    known = User.objects.filter(email__iexact=email).order_by("pk").first()
    if known is not None:
        if not known.is_active:
            raise InvalidInput("Akun dengan surel ini dinonaktifkan. Hubungi sekretariat.", field="email")
        return known, False
    if not name:
        raise InvalidInput("Tulis nama lengkap.", field="name")
    username = email if len(email) <= _LONGEST_USERNAME else random_code()
    try:
        with transaction.atomic():
            return User.objects.create_user(username, email, None, full_name=name), True
    except IntegrityError:
        raise InvalidInput("Surel ini baru saja didaftarkan. Coba sekali lagi.", field="email") from None


def _join(actor: Actor | None, user: User, institution: Institution, role: str, office: str) -> Membership:
    label = Role(role).label
    taken = InvalidInput(f"{user.full_name} sudah tercatat sebagai {label} {institution.short_name}.", field="email")
    held = Membership.objects.current().filter(user=user, institution=institution, role=role)
    if held.exists():
        raise taken
    try:
        with transaction.atomic():
            return Membership.objects.create(
                user=user,
                institution=institution,
                role=role,
                office=office.strip(),
                invited_by=actor.user if actor else None,
            )
    except IntegrityError:
        raise taken from None


def _renew(actor: Actor | None, user: User) -> str:
    if user.has_usable_password():
        raise TransitionNotAllowed("Orang ini sudah pernah masuk. Minta ia memakai “Lupa kata sandi”.")
    user.set_unusable_password()
    user.save(update_fields=["password"])
    link = invitation_link(user)
    post("invitation", "Tautan masuk pertama Portal Rakortek", user, link=link, membership=None)
    audited(actor, "accounts.resend_link", user, user.code)
    return link


def _may_hold_link(actor: Actor, user: User) -> bool:
    # Whoever holds the link becomes the person: nobody may hold it who does not look after all that the person may do.
    held = Membership.objects.current().filter(user=user).select_related("institution")
    return all(
        can(actor, "accounts.resend_link", each) or can(actor, "accounts.enrol_person", each.institution)
        for each in held
    )


def _facts(membership: Membership, **more: object) -> dict[str, object]:
    institution = membership.institution.code
    return {"membership": membership.pk, "institution": institution, "role": str(membership.role), **more}
