"""Doors, people, profile, jobs and files."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from tests.factories import PASSWORD
from tests.matrix.asks.base import Ask, how, option
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


def _tomorrow() -> str:
    return (timezone.localdate() + dt.timedelta(days=2)).isoformat()


@how("accounts:login")
def login(made: Prepared, row: Row) -> Ask:
    return Ask(data={"username": made.users["kl"].username, "password": option(row, "password", PASSWORD)})


@how("accounts:first_login", "accounts:reset_confirm")
def by_link(made: Prepared, row: Row) -> Ask:
    return Ask(("MQ", "palsu-123"), data={"new_password1": "Sandi-baru-99", "new_password2": "Sandi-baru-99"})


@how("accounts:password_reset")
def reset(made: Prepared, row: Row) -> Ask:
    return Ask(data={"email": option(row, "email", "tidak-ada@contoh.test")})


@how("accounts:speak_as")
def speak_as(made: Prepared, row: Row) -> Ask:
    return Ask(data={"membership": made.more[option(row, "membership", "membership")].pk})


@how("accounts:people")
def people(made: Prepared, row: Row) -> Ask:
    institution = option(row, "institution")
    query = f"institution={getattr(made.world, institution).pk}" if institution else ""
    return Ask(query=query + ("&format=xlsx" if option(row, "format") else ""))


@how("accounts:invite")
def invite(made: Prepared, row: Row) -> Ask:
    institution = getattr(made.world, option(row, "institution", "bappeda_jabar"))
    words = {
        "institution": institution.pk,
        "name": "Orang Baru",
        "role": option(row, "role", "bappeda"),
        "office": "Staf",
    }
    return Ask(data={**words, "email": "baru@contoh.test"})


@how("accounts:end_membership", "accounts:resend_link")
def of_member(made: Prepared, row: Row) -> Ask:
    return Ask(
        (made.more[option(row, "membership", "colleague_membership")].pk,),
        data={"reason": option(row, "reason", "pindah")},
    )


@how("accounts:contact")
def contact(made: Prepared, row: Row) -> Ask:
    return Ask(data={"nip": "199001012020011001", "phone": "081234567890"})


@how("accounts:password_change")
def password(made: Prepared, row: Row) -> Ask:
    new = {"new_password1": "Ombak-hijau-77", "new_password2": "Ombak-hijau-77"}
    return Ask(data={"old_password": option(row, "password", PASSWORD), **new})


@how("accounts:delegate")
def delegate(made: Prepared, row: Row) -> Ask:
    taker = made.users[option(row, "taker")] if option(row, "taker") else made.users["coordinator"]
    return Ask(data={"taker": taker.pk, "letter": "800/2", "until": _tomorrow()})


@how("accounts:end_delegation")
def end_delegation(made: Prepared, row: Row) -> Ask:
    return Ask((made.more["delegation"].pk,), data={})


@how("accounts:token_new")
def token_new(made: Prepared, row: Row) -> Ask:
    return Ask(data={"name": "uji", "scope": option(row, "scope", "read"), "expires_at": _tomorrow()})


@how("accounts:token_revoke")
def token_revoke(made: Prepared, row: Row) -> Ask:
    return Ask((made.more["token_write"].pk,), data={})


@how("core:job", "core:job-cancel", "core:job-retry")
def job(made: Prepared, row: Row) -> Ask:
    return Ask((made.jobs[option(row, "job", "done")].code,), data={})


@how("core:file")
def file(made: Prepared, row: Row) -> Ask:
    return Ask((made.files[option(row, "file", "job")].code,))
