"""Who reads and answers reports of trouble, and who may announce."""

from __future__ import annotations

from typing import Any

import rules

from accounts.actors import Actor
from desks.rules import person_not_program
from desks.scopes import kept_rounds


@rules.predicate
def keeps_its_round(actor: Actor, obj: Any) -> bool:
    """Secretariat of the round of a report or announcement; where it has none, a secretariat of the centre. None asks for any round."""
    kept = kept_rounds(actor)
    if not kept or obj is None:
        return bool(kept)
    return obj.round_id in kept if obj.round_id is not None else actor.central


@rules.predicate
def sent_it(actor: Actor, obj: Any) -> bool:
    """The actor's person sent the report."""
    return obj is not None and obj.user_id == actor.user.pk


rules.add_perm("desks.view_report", sent_it | keeps_its_round)
rules.add_perm("desks.answer_report", person_not_program & keeps_its_round)
rules.add_perm("desks.announce", person_not_program & keeps_its_round)
