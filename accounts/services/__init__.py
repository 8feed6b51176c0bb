"""Writing about people: invitations and memberships, delegations, keys of programs, passwords."""

from accounts.services.access import change_contact, remember_speaker, set_first_password, set_password
from accounts.services.delegations import delegate, end_delegation
from accounts.services.institutions import merge_institution, rename_institution, split_institution
from accounts.services.keys import issue_token, revoke_token, touch_token
from accounts.services.people import (
    Invitation,
    change_office,
    end_membership,
    invite_as_system,
    invite_person,
    pending_links,
    renew_link_as_system,
    resend_link,
    send_reset,
)

__all__ = [
    "Invitation",
    "change_contact",
    "change_office",
    "delegate",
    "end_delegation",
    "end_membership",
    "invite_as_system",
    "invite_person",
    "issue_token",
    "merge_institution",
    "pending_links",
    "remember_speaker",
    "rename_institution",
    "renew_link_as_system",
    "resend_link",
    "revoke_token",
    "send_reset",
    "set_first_password",
    "set_password",
    "split_institution",
    "touch_token",
]
