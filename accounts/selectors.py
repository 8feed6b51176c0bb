"""Reading about people: for whom a person may speak, whom a koordinator looks after, what a profile shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import ApiToken, Delegation, Institution, Membership, User
from core.errors import NotAllowed
from core.prepared import Prepared

SESSION_KEY = "membership"
PREFERENCE_KEY = "membership"


def running_delegations(now: dt.datetime | None = None) -> QuerySet[Delegation]:
    """Delegations that hold now; whether the giver's membership does is asked of the membership."""
    return Delegation.objects.filter(ended_at__isnull=True, until__gt=now or timezone.now())


def speakable(user: User | int, now: dt.datetime | None = None) -> QuerySet[Membership]:
    """The memberships a person may speak under: own ones and those given by letter, own and oldest first; one query."""
    delegated = running_delegations(now).filter(taker=user).values("giver")
    return (
        Membership.objects.current(now)
        .filter(Q(user=user) | Q(pk__in=delegated, user__is_active=True))
        .select_related("institution__region")
        .order_by("pk")
    )


SPEAKABLE: Final = Prepared(speakable, user=int, now=dt.datetime)
"""Asked by every request of a person who is logged in."""


def speaker_again(user: User | None, membership: int) -> Actor:
    """The person under the membership that asked for a job; NotAllowed where it no longer holds."""
    found = speakable(user).filter(pk=membership).first() if user else None
    if user is None or found is None:
        raise NotAllowed("Keanggotaan yang meminta pekerjaan ini sudah tidak berlaku.")
    return Actor(user, found)


@dataclass
class Speaker:
    """For whom a logged-in person speaks, and for whom else they could; reads the database once, when asked."""

    user: User
    chosen: int | None

    @cached_property
    def memberships(self) -> list[Membership]:
        """All memberships to choose from, own ones first."""
        found: list[Membership] = SPEAKABLE(user=self.user.pk, now=timezone.now())
        return sorted(found, key=lambda each: (each.user_id != self.user.pk, each.pk))

    @cached_property
    def membership(self) -> Membership | None:
        """The chosen membership where it still holds, else the first."""
        by_key = {each.pk: each for each in self.memberships}
        return by_key.get(self.chosen or 0) or next(iter(self.memberships), None)

    @property
    def actor(self) -> Actor | None:
        """The actor, None without a membership that holds."""
        return Actor(self.user, self.membership) if self.membership else None

    @property
    def institution(self) -> Institution | None:
        """The institution spoken for."""
        return self.membership.institution if self.membership else None

    @property
    def key(self) -> str:
        """Institution and role in short, the same after a membership is renewed; what was typed under it is sent under it."""
        return f"{self.membership.institution_id}-{self.membership.role}" if self.membership else ""

    @property
    def delegated(self) -> bool:
        """Whether the person stands in for somebody else."""
        return self.membership is not None and self.membership.user_id != self.user.pk

    @property
    def role_label(self) -> str:
        """The role on the screen, with a word on standing in."""
        if self.membership is None:
            return ""
        label = Role(self.membership.role).label
        return f"{label}, atas pendelegasian" if self.delegated else label


def coordinated_institutions(actor: Actor) -> QuerySet[Institution]:
    """The koordinator's own institution and those below it."""
    own = actor.institution.pk
    return Institution.objects.filter(Q(pk=own) | Q(parent_id=own), active=True)


def people_of(actor: Actor) -> QuerySet[Membership]:
    """Memberships in the actor's institution; a koordinator also sees the institutions below."""
    own = actor.institution.pk
    seen = Q(institution_id=own)
    if actor.role == Role.KOORDINATOR:
        seen |= Q(institution__parent_id=own)
    return Membership.objects.filter(seen).select_related("user", "institution")


def delegates_for(membership: Membership) -> QuerySet[User]:
    """Who may stand in: active people of the same institution or of one directly above or below it."""
    institution = membership.institution
    near = Q(institution=institution) | Q(institution__parent=institution)
    if institution.parent_id:
        near |= Q(institution_id=institution.parent_id)
    holders = Membership.objects.current().filter(near).values("user")
    return User.objects.filter(pk__in=holders, is_active=True).exclude(pk=membership.user_id).order_by("full_name")


def delegations_of(user: User) -> QuerySet[Delegation]:
    """Delegations given or taken by the person, newest first."""
    return Delegation.objects.filter(Q(giver__user=user) | Q(taker=user)).select_related(
        "giver__user", "giver__institution", "taker"
    )


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The person's API tokens, newest first."""
    return ApiToken.objects.filter(user=user).select_related("membership__institution")
