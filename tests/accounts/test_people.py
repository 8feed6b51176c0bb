"""Inviting, ending, sending links again: services and the koordinator's pages."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts import services
from accounts.choices import InstitutionKind, Role
from accounts.models import ApiToken, Delegation, Membership, User
from accounts.tokens import invitation_tokens
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from core.models import AuditEntry
from tests.factories import make_actor, make_institution, make_membership, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def bappeda():
    return make_institution("bappeda", "32")


@pytest.fixture
def dinas(bappeda):
    return make_institution("opd", "32.1.02", parent=bappeda)


@pytest.fixture
def koordinator(bappeda):
    return make_actor(Role.KOORDINATOR, bappeda)


def invite(actor, institution, email="baru@contoh.test", role=Role.BAPPEDA, **kw):
    return services.invite_person(actor, institution, name=kw.pop("name", "Orang  Baru"), email=email, role=role, **kw)


def test_invitation_makes_a_person_without_password_and_one_link(
    koordinator, bappeda, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite(koordinator, bappeda, email="Baru@Contoh.test", office="Perencana")
    user = User.objects.get(email="baru@contoh.test")
    assert (user.full_name, user.has_usable_password(), invitation.new_person) == ("Orang Baru", False, True)
    assert invitation_tokens.check_token(user, invitation.link.rstrip("/").rsplit("/", 1)[1]) is True
    assert (mail.outbox[0].to, invitation.link in mail.outbox[0].body) == (["baru@contoh.test"], True)
    membership = user.memberships.get()
    held = (membership.institution, membership.role, membership.office, membership.invited_by)
    assert held == (bappeda, "bappeda", "Perencana", koordinator.user)


def test_the_trail_holds_codes_and_nothing_personal(koordinator, bappeda):
    invitation = invite(koordinator, bappeda)
    entry = AuditEntry.objects.get()
    user = invitation.membership.user
    named = (entry.action, entry.actor, entry.inst_text, entry.object_code)
    assert named == ("accounts.invite_person", koordinator.user.code, "bappeda:32", user.code)
    assert entry.after == (
        f'{{"institution":"bappeda:32","membership":{invitation.membership.pk},"new":true,"role":"bappeda"}}'
    )


def test_a_known_address_gets_a_further_membership_and_no_link(koordinator, bappeda):
    known = make_user("rina")
    invitation = invite(koordinator, bappeda, email="RINA@contoh.test", name="")
    assert (invitation.membership.user, invitation.link, invitation.new_person) == (known, "", False)


def test_the_same_role_twice_is_refused(koordinator, bappeda):
    invite(koordinator, bappeda)
    with pytest.raises(InvalidInput, match="sudah tercatat sebagai Bappeda"):
        invite(koordinator, bappeda)
    assert Membership.objects.filter(user__email="baru@contoh.test").count() == 1


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (InstitutionKind.OPD, Role.BAPPEDA),
        (InstitutionKind.BAPPEDA, Role.OPD),
        (InstitutionKind.KL, Role.SEKRETARIAT),
    ],
)
def test_a_role_foreign_to_the_kind_is_refused(kind, role):
    institution = make_institution(kind)
    with pytest.raises(InvalidInput) as refused:
        invite(make_actor(Role.KOORDINATOR, institution), institution, role=role)
    assert refused.value.details == {"field": "role"}


def test_a_koordinator_looks_after_the_own_institution_and_those_below(koordinator, dinas):
    assert invite(koordinator, dinas, role=Role.OPD).membership.institution == dinas
    with pytest.raises(NotAllowed):
        invite(koordinator, make_institution("opd", "33.1"), role=Role.OPD)
    with pytest.raises(NotAllowed):
        invite(make_actor(Role.KOORDINATOR, dinas), dinas.parent)


def test_only_a_koordinator_in_person_invites(bappeda, koordinator):
    from dataclasses import replace

    for actor in (make_actor(Role.BAPPEDA, bappeda), replace(koordinator, api=True)):
        with pytest.raises(NotAllowed):
            invite(actor, bappeda)


def test_nobody_edits_an_own_membership(koordinator, bappeda):
    with pytest.raises(NotAllowed, match="Keanggotaan sendiri"):
        invite(koordinator, bappeda, email=koordinator.user.email, role=Role.SEKRETARIAT)
    with pytest.raises(NotAllowed, match="Keanggotaan sendiri"):
        services.end_membership(koordinator, koordinator.membership, "selesai")
    with pytest.raises(NotAllowed, match="Keanggotaan sendiri"):
        services.resend_link(koordinator, koordinator.membership)


def test_a_stand_in_does_not_end_the_membership_stood_in_for(koordinator, bappeda):
    from dataclasses import replace

    stand_in = replace(koordinator, user=make_user())
    with pytest.raises(NotAllowed):
        services.end_membership(stand_in, koordinator.membership, "selesai")


def test_ending_takes_delegations_and_keys_along(koordinator, bappeda):
    actor = make_actor(Role.BAPPEDA, bappeda)
    later = timezone.now() + timedelta(days=1)
    delegation = Delegation.objects.create(giver=actor.membership, taker=koordinator.user, letter="1", until=later)
    token, _ = services.issue_token(actor, actor.membership, name="x", scope="read", expires_at=later)
    services.end_membership(koordinator, actor.membership, "pindah")
    assert Membership.objects.current().filter(pk=actor.membership.pk).exists() is False
    assert Delegation.objects.get(pk=delegation.pk).ended_at is not None
    assert ApiToken.objects.get(pk=token.pk).revoked_at is not None
    with pytest.raises(TransitionNotAllowed):
        services.end_membership(koordinator, actor.membership, "pindah")
    with pytest.raises(InvalidInput):
        services.end_membership(koordinator, make_membership(institution=bappeda), "alasan bebas")


def test_an_ended_person_may_be_invited_again(koordinator, bappeda):
    first = invite(koordinator, bappeda).membership
    services.end_membership(koordinator, first, "keliru")
    assert invite(koordinator, bappeda).membership.pk != first.pk


def test_a_link_is_sent_again_only_before_the_first_login(koordinator, bappeda):
    invitation = invite(koordinator, bappeda)
    again = services.resend_link(koordinator, invitation.membership)
    assert again.link not in ("", invitation.link)
    services.set_first_password(User.objects.get(pk=invitation.membership.user_id), "kata-sandi-baru-1")
    with pytest.raises(TransitionNotAllowed, match="sudah pernah masuk"):
        services.resend_link(koordinator, Membership.objects.get(pk=invitation.membership.pk))


def test_the_link_of_a_person_of_other_institutions_goes_by_mail_alone(
    koordinator, bappeda, django_capture_on_commit_callbacks
):
    other = make_institution("bappeda", "33")
    invite(make_actor(Role.KOORDINATOR, other), other)
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite(koordinator, bappeda)
        again = services.resend_link(koordinator, invitation.membership)
    assert (invitation.link, again.link) == ("", "")
    assert ["/masuk-pertama/" in letter.body for letter in mail.outbox] == [True, True]


# --- pages -------------------------------------------------------------------------------


def seen_by(client, actor):
    client.force_login(actor.user)
    return client


def test_people_page_is_for_koordinators(client, koordinator, bappeda):
    assert client.get("/orang/")["Location"] == "/masuk/?next=/orang/"
    assert client.get("/orang/", HTTP_ACCEPT="application/json").status_code == 401
    assert client.get("/orang/", HTTP_HX_REQUEST="true").status_code == 401
    assert seen_by(client, make_actor(Role.BAPPEDA, bappeda)).get("/orang/").status_code == 403
    client.force_login(make_user())
    assert client.get("/orang/").status_code == 403
    assert seen_by(client, koordinator).get("/orang/").status_code == 200


def rows(response):
    return [row["membership"].user.full_name for row in response.context["rows"]]


def test_people_page_shows_own_and_lower_institutions_filtered(client, koordinator, bappeda, dinas):
    make_membership(make_user(full_name="Ani"), bappeda)
    make_membership(make_user(full_name="Budi"), dinas, Role.OPD)
    make_membership(make_user(full_name="Cici"), bappeda, until=timezone.now() - timedelta(days=1))
    make_membership(make_user(full_name="Dedi"), make_institution("bappeda", "33"))
    invite(koordinator, bappeda, name="Euis")
    page = seen_by(client, koordinator)
    own = koordinator.user.full_name
    assert rows(page.get("/orang/")) == ["Ani", "Euis", own, "Budi"]
    assert rows(page.get("/orang/", {"q": "bud"})) == ["Budi"]
    assert rows(page.get("/orang/", {"institution": dinas.pk})) == ["Budi"]
    assert rows(page.get("/orang/", {"role": "opd"})) == ["Budi"]
    assert rows(page.get("/orang/", {"status": "belum"})) == ["Euis"]
    assert rows(page.get("/orang/", {"status": "berakhir"})) == ["Cici"]
    assert rows(page.get("/orang/", {"status": "semua"})) == ["Ani", "Cici", "Euis", own, "Budi"]


def test_the_workbook_is_the_list_as_filtered(client, koordinator, bappeda, dinas):
    import io

    from openpyxl import load_workbook

    make_membership(make_user(full_name="=Budi"), dinas, Role.OPD)
    response = seen_by(client, koordinator).get("/orang/", {"role": "opd", "format": "xlsx"})
    sheet = load_workbook(io.BytesIO(response.content)).active
    cells = [[cell.value for cell in row[:6]] for row in sheet.iter_rows()]
    assert cells[0] == ["Nama", "Surel", "Jabatan", "Lembaga", "Kode lembaga", "Peran"]
    assert [(row[0], row[4], row[5]) for row in cells[1:]] == [("=Budi", "32.1.02", "Perangkat daerah")]
    assert sheet["A2"].data_type == "s"


def test_people_page_costs_the_same_at_3_and_30_rows(client, koordinator, bappeda, dinas):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page = seen_by(client, koordinator)
    counts = []
    for total in (3, 30):
        while Membership.objects.count() < total:
            make_membership(institution=dinas, role=Role.OPD)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert len(rows(page.get("/orang/"))) == total
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[0] <= 8  # one of them for what the person keeps of the list


def test_invite_page_shows_the_link_once_uncached(client, koordinator, bappeda):
    words = {"institution": bappeda.pk, "name": "Orang Baru", "email": "baru@contoh.test", "role": "bappeda"}
    response = seen_by(client, koordinator).post("/orang/undang/", words)
    assert response.context["invitation"].link in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    again = client.post("/orang/undang/", words)
    assert again.context["form"].errors["email"] == ["Orang Baru sudah tercatat sebagai Bappeda Bappeda 32."]


def test_invite_page_does_not_know_foreign_institutions(client, koordinator):
    foreign = make_institution("bappeda", "33")
    words = {"institution": foreign.pk, "name": "Orang Baru", "email": "baru@contoh.test", "role": "bappeda"}
    response = seen_by(client, koordinator).post("/orang/undang/", words)
    assert list(response.context["form"].errors) == ["institution"]
    assert User.objects.filter(email="baru@contoh.test").exists() is False


@pytest.mark.parametrize("act", ["akhiri", "tautan"])
def test_outsiders_get_404_and_insiders_403(client, koordinator, bappeda, act):
    target = make_membership(institution=bappeda)
    outsider = make_actor(Role.KOORDINATOR, make_institution("bappeda", "33"))
    insider = make_actor(Role.BAPPEDA, bappeda)
    address = f"/orang/{target.pk}/{act}/"
    statuses = [
        seen_by(client, actor).post(address, {"reason": "selesai"}).status_code for actor in (outsider, insider)
    ]
    assert statuses == [404, 403]
    target.refresh_from_db()
    assert target.until is None


def test_end_page_asks_first_then_ends(client, koordinator, bappeda):
    target = make_membership(institution=bappeda)
    page = seen_by(client, koordinator)
    assert page.get(f"/orang/{target.pk}/akhiri/").status_code == 200
    assert page.post(f"/orang/{target.pk}/akhiri/", {"reason": ""}).status_code == 200
    assert page.post(f"/orang/{target.pk}/akhiri/", {"reason": "selesai"})["Location"] == "/orang/"
    assert page.post(f"/orang/{target.pk}/akhiri/", {"reason": "selesai"}).status_code == 409
    assert page.get(f"/orang/{koordinator.membership.pk}/akhiri/").status_code == 403
