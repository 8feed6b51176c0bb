"""Who acts: a person speaking for one institution in one role. Every service and every question of right takes an Actor."""

from __future__ import annotations

from dataclasses import dataclass

import rules

from accounts.choices import CENTRAL_KINDS, Role
from accounts.models import Institution, Membership, User


@dataclass(frozen=True)
class Actor:
    """A user under one membership. `on_behalf` is set when the record is for somebody else's word (spoken, or a moderator's act)."""

    user: User
    membership: Membership
    api: bool = False

    @property
    def institution(self) -> Institution:
        """The institution spoken for."""
        return self.membership.institution

    @property
    def role(self) -> str:
        """The role held there."""
        return self.membership.role

    @property
    def region_id(self) -> int:
        """The region of the institution; the nation for K/L."""
        return self.membership.institution.region_id

    @property
    def central(self) -> bool:
        """Whether the institution belongs to the centre (K/L, Bappenas, Kemendagri)."""
        return self.institution.kind in CENTRAL_KINDS

    def has_role(self, *roles: Role) -> bool:
        """Whether the role spoken in is one of `roles`."""
        return self.role in roles


def can(actor: Actor | None, action: str, obj: object = None) -> bool:
    """Whether `actor` may do `action` (`app.verb_noun`) to `obj`. Knows no superuser: an administrator without membership decides nothing."""
    return actor is not None and rules.has_perm(action, actor, obj)
