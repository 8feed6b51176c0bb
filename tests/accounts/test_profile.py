"""One's own page: delegations, keys of programs, contact."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services
from accounts.choices import Role
from accounts.models import ApiToken, Delegation, Notice, User
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from core.models import AuditEntry
from tests.factories import make_actor, make_institution, make_membership, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def bappeda():
    return make_institution("bappeda", "32")


@pytest.fixture
def actor(bappeda):
    return make_actor(Role.BAPPEDA, bappeda)


@pytest.fixture
def colleague(bappeda):
    return make_membership(institution=bappeda).user


def in_days(days):
    return timezone.now() + timedelta(days=days)


def delegate(actor, taker, **kw):
    given = {"letter": "090/12/2026", "until": in_days(3), **kw}
    return services.delegate(actor, actor.membership, taker=taker, **given)


def test_delegation_is_recorded_and_the_taker_told(actor, colleague):
    delegation = delegate(actor, colleague)
    assert Notice.objects.get(user=colleague).kind == "delegation"
    assert AuditEntry.objects.get().object_code == str(delegation.pk)
    with pytest.raises(InvalidInput, match="sudah menerima"):
        delegate(actor, colleague)


@pytest.mark.parametrize(
    ("wrong", "field"), [({"letter": " "}, "letter"), ({"until": -1}, "until"), ({"until": 400}, "until")]
)
def test_delegation_needs_a_letter_and_an_end_within_a_year(actor, colleague, wrong, field):
    wrong = {key: in_days(value) if key == "until" else value for key, value in wrong.items()}
    with pytest.raises(InvalidInput) as refused:
        delegate(actor, colleague, **wrong)
    assert refused.value.details == {"field": field}


def test_delegation_goes_to_people_nearby(actor, bappeda):
    below = make_membership(institution=make_institution("opd", "32.1", parent=bappeda), role=Role.OPD).user
    assert delegate(actor, below).taker == below
    far = make_membership(institution=make_institution("bappeda", "33")).user
    gone = make_membership(institution=bappeda, until=in_days(-1)).user
    for taker in (far, gone, actor.user, make_user()):
        with pytest.raises(InvalidInput):
            delegate(actor, taker)


def test_delegation_does_not_outlive_the_membership(bappeda, colleague):
    short = make_actor(Role.BAPPEDA, bappeda, until=in_days(1))
    with pytest.raises(InvalidInput, match="akhir keanggotaan"):
        delegate(short, colleague)


def test_what_was_delegated_is_not_delegated_further_nor_made_a_key(actor, colleague):
    stand_in = replace(actor, user=colleague)
    with pytest.raises(NotAllowed):
        delegate(stand_in, make_membership(institution=actor.institution).user)
    with pytest.raises(NotAllowed):
        services.issue_token(stand_in, actor.membership, name="x", scope="read", expires_at=in_days(1))


def test_giver_taker_and_koordinator_end_a_delegation_others_not(actor, colleague, bappeda):
    enders = [actor, make_actor(institution=bappeda), make_actor(Role.KOORDINATOR, bappeda)]
    for ender, allowed in zip(enders, (True, False, True), strict=True):
        delegation = delegate(actor, colleague)
        if allowed:
            services.end_delegation(ender, delegation)
        else:
            with pytest.raises(NotAllowed):
                services.end_delegation(ender, delegation)
            services.end_delegation(replace(ender, user=colleague), delegation)
        assert Delegation.objects.get(pk=delegation.pk).ended_at is not None
    with pytest.raises(TransitionNotAllowed):
        services.end_delegation(actor, delegation)


def test_key_is_shown_once_and_kept_as_a_hash(actor):
    token, text = services.issue_token(actor, actor.membership, name="SIPD", scope="write", expires_at=in_days(365))
    assert text.split("_")[:2] == ["rk", token.prefix]
    assert len(token.sha256) == 64
    assert [text in str(value) for value in ApiToken.objects.values_list()] == [False]
    assert text not in AuditEntry.objects.get().after


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"scope": "all"}, "scope"),
        ({"expires_at": 400}, "expires_at"),
        ({"expires_at": 0}, "expires_at"),
    ],
)
def test_key_needs_name_scope_and_an_end_within_a_year(actor, wrong, field):
    wrong = {key: in_days(value) if key == "expires_at" else value for key, value in wrong.items()}
    with pytest.raises(InvalidInput) as refused:
        services.issue_token(
            actor, actor.membership, **{"name": "x", "scope": "read", "expires_at": in_days(1), **wrong}
        )
    assert refused.value.details == {"field": field}


# --- pages -------------------------------------------------------------------------------


@pytest.fixture
def mine(client, actor):
    client.force_login(actor.user)
    return client


def day(days):
    return in_days(days).date().isoformat()


def test_profile_opens_also_without_membership(client):
    assert client.get("/profil/")["Location"] == "/masuk/?next=/profil/"
    client.force_login(make_user())
    assert client.get("/profil/").status_code == 200
    assert client.get("/profil/token/").status_code == 403


def test_profile_costs_the_same_with_many_rows(mine, actor, bappeda, django_assert_max_num_queries):
    for _ in range(8):
        delegate(actor, make_membership(institution=bappeda).user)
        services.issue_token(actor, actor.membership, name="x", scope="read", expires_at=in_days(1))
        make_membership(actor.user)
    with django_assert_max_num_queries(8):
        mine.get("/profil/")


def test_delegating_from_the_page(mine, actor, colleague):
    words = {"taker": colleague.pk, "letter": "090/12/2026", "until": day(3)}
    assert mine.post("/profil/delegasi/", words)["Location"] == "/profil/"
    delegation = Delegation.objects.get()
    assert timezone.localtime(delegation.until).strftime("%H.%M") == "23.59"
    assert mine.post("/profil/delegasi/", words).context["form"].errors["taker"] == [
        "Orang ini sudah menerima pendelegasian yang masih berlaku."
    ]
    assert mine.post(f"/profil/delegasi/{delegation.pk}/akhiri/")["Location"] == "/profil/"
    assert mine.post(f"/profil/delegasi/{delegation.pk}/akhiri/").status_code == 409


def test_foreign_delegations_and_keys_are_not_there(client, actor, colleague):
    delegation = delegate(actor, colleague)
    token, _ = services.issue_token(actor, actor.membership, name="x", scope="read", expires_at=in_days(1))
    client.force_login(make_actor(institution=make_institution("bappeda", "33")).user)
    assert client.post(f"/profil/delegasi/{delegation.pk}/akhiri/").status_code == 404
    assert client.post(f"/profil/token/{token.pk}/cabut/").status_code == 404


def test_key_from_the_page_works_until_revoked(mine, actor):
    response = mine.post("/profil/token/", {"name": "SIPD", "scope": "read", "expires_at": day(30)})
    text = response.context["text"]
    assert text in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert text not in mine.get("/profil/").content.decode()
    token = ApiToken.objects.get()
    header = {"HTTP_AUTHORIZATION": f"Token {text}"}
    mine.logout()
    assert mine.get("/api/v1/saya/", **header).status_code == 200
    mine.force_login(actor.user)
    assert mine.post(f"/profil/token/{token.pk}/cabut/")["Location"] == "/profil/"
    mine.logout()
    assert mine.get("/api/v1/saya/", **header).status_code == 401


def test_contact_is_kept_and_the_trail_says_only_that(mine, actor):
    nip = "1" * 18
    assert mine.post("/profil/data-diri/", {"nip": nip, "phone": "022 1234567"})["Location"] == "/profil/"
    user = User.objects.get(pk=actor.user.pk)
    assert (user.nip, user.phone) == (nip, "022 1234567")
    assert AuditEntry.objects.get().after == '{"changed":["nip","phone"]}'
    mine.post("/profil/data-diri/", {"nip": nip, "phone": "022 1234567"})
    assert AuditEntry.objects.count() == 1
    assert list(mine.post("/profil/data-diri/", {"nip": "12"}).context["form"].errors) == ["nip"]
