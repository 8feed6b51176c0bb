"""Who may manage people: sentences over (actor, object), combined at the foot into the table of permissions."""

from __future__ import annotations

from typing import Any

import rules

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import ApiToken, Delegation, Institution, Membership


@rules.predicate
def in_person(actor: Actor, obj: Any) -> bool:
    """The act comes from a person at the screen, not from a program with a token."""
    return not actor.api


@rules.predicate
def coordinates(actor: Actor, obj: Any) -> bool:
    """The actor is koordinator; of the object's institution or its parent, where there is an object."""
    if actor.role != Role.KOORDINATOR:
        return False
    institution = _institution_of(obj)
    return obj is None or (institution is not None and actor.institution.pk in (institution.pk, institution.parent_id))


@rules.predicate
def own(actor: Actor, obj: Any) -> bool:
    """The membership, delegation or token is the actor's own."""
    if isinstance(obj, Membership | ApiToken):
        return obj.user_id == actor.user.pk
    if isinstance(obj, Delegation):
        return actor.user.pk in (obj.giver.user_id, obj.taker_id)
    return False


@rules.predicate
def spoken_for(actor: Actor, obj: Any) -> bool:
    """The membership is the one the actor stands in for."""
    return isinstance(obj, Membership) and obj.pk == actor.membership.pk


@rules.predicate
def keeps_rounds(actor: Actor, obj: Any) -> bool:
    """The actor works in a secretariat, in person."""
    return actor.role == Role.SEKRETARIAT and not actor.api


def _institution_of(obj: Any) -> Institution | None:
    if isinstance(obj, Institution):
        return obj
    if isinstance(obj, Membership):
        return obj.institution
    if isinstance(obj, ApiToken):
        return obj.membership.institution
    if isinstance(obj, Delegation):
        return obj.giver.institution
    return None


rules.add_perm("accounts.view_people", coordinates)
rules.add_perm("accounts.invite_person", in_person & coordinates)
rules.add_perm("accounts.end_membership", in_person & coordinates & ~own & ~spoken_for)
rules.add_perm("accounts.resend_link", in_person & coordinates & ~own)
rules.add_perm("accounts.delegate_membership", in_person & own)
rules.add_perm("accounts.end_delegation", in_person & (own | coordinates))
rules.add_perm("accounts.issue_token", in_person & own)
rules.add_perm("accounts.revoke_token", in_person & (own | coordinates))
rules.add_perm("accounts.read_reference", keeps_rounds)
