"""How programs prove who they are."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from accounts import services
from accounts.middleware import SpeakerMiddleware
from accounts.models import ApiToken, Membership
from tests.factories import make_actor, make_institution, make_membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return make_actor(institution=make_institution("bappeda", "32", name="Bappeda Jawa Barat"))


def key(actor, scope="read"):
    expires_at = timezone.now() + timedelta(days=1)
    return services.issue_token(actor, actor.membership, name="x", scope=scope, expires_at=expires_at)


def me(client, text=None, kind="Token"):
    return client.get("/api/v1/saya/", **({"HTTP_AUTHORIZATION": f"{kind} {text}"} if text else {}))


def test_the_anonymous_get_401_with_a_challenge(client):
    response = me(client)
    assert (response.status_code, response["WWW-Authenticate"]) == (401, 'Token realm="api"')
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 401


def test_a_key_speaks_under_its_own_membership_alone(client, actor):
    make_membership(actor.user)
    body = me(client, key(actor)[1]).json()
    assert (body["code"], body["via_token"]) == (actor.user.code, True)
    assert [each["id"] for each in body["memberships"]] == [actor.membership.pk]
    assert body["speaking_as"]["institution"] == {
        "kind": "bappeda",
        "kode": "32",
        "name": "Bappeda Jawa Barat",
        "short_name": "Bappeda Jawa Barat",
        "region": "32",
    }


def test_a_session_speaks_for_the_chosen_membership(client, actor):
    second = make_membership(actor.user)
    client.force_login(actor.user)
    client.post("/ganti-lembaga/", {"membership": second.pk})
    body = me(client).json()
    assert (body["via_token"], body["speaking_as"]["id"]) == (False, second.pk)
    assert [each["id"] for each in body["memberships"]] == [actor.membership.pk, second.pk]


def test_a_key_goes_before_a_session(client, actor):
    client.force_login(make_actor().user)
    assert me(client, key(actor)[1]).json()["code"] == actor.user.code


@pytest.mark.parametrize("text", ["rk_00000000_abc", "rk__", "xx", "rk_1_2_3", "rk_\x00"])
def test_unknown_keys_are_401(client, text):
    assert me(client, text).status_code == 401


def test_a_key_with_another_secret_is_401(client, actor):
    _, text = key(actor)
    assert me(client, text[:-1] + ("0" if text[-1] != "0" else "1")).status_code == 401


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: ApiToken.objects.update(expires_at=timezone.now()),
        lambda token: ApiToken.objects.update(revoked_at=timezone.now()),
        lambda token: Membership.objects.update(until=timezone.now()),
        lambda token: type(token.user).objects.update(is_active=False),
    ],
    ids=["expired", "revoked", "membership ended", "person inactive"],
)
def test_a_key_that_no_longer_holds_is_401(client, actor, spoil):
    token, text = key(actor)
    spoil(token)
    response = me(client, text)
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")


class Write(APIView):
    def post(self, request):
        return Response({"api": request.actor.api, "institution": request.actor.institution.code})


def written(text):
    request = APIRequestFactory().post("/", HTTP_AUTHORIZATION=f"Token {text}")
    return SpeakerMiddleware(Write.as_view())(request)


def test_only_a_key_with_that_scope_writes(actor):
    assert written(key(actor)[1]).status_code == 403
    response = written(key(actor, "write")[1])
    assert (response.status_code, response.data) == (200, {"api": True, "institution": "bappeda:32"})


def test_use_is_noted_at_most_once_a_minute(client, actor):
    token, text = key(actor)
    me(client, text)
    first = ApiToken.objects.get(pk=token.pk).last_used_at
    me(client, text)
    assert ApiToken.objects.get(pk=token.pk).last_used_at == first
    earlier = timezone.now() - timedelta(minutes=2)
    ApiToken.objects.update(last_used_at=earlier)
    me(client, text)
    assert ApiToken.objects.get(pk=token.pk).last_used_at > earlier


def test_a_session_writes_only_with_the_csrf_token(actor, rf):
    answers = []
    for trusted in (False, True):
        request = rf.post("/")
        request.user, request.session, request._dont_enforce_csrf_checks = actor.user, {}, trusted
        answers.append(SpeakerMiddleware(Write.as_view())(request))
    assert [answer.status_code for answer in answers] == [403, 200]
    assert answers[1].data == {"api": False, "institution": "bappeda:32"}


def test_unknown_api_addresses_answer_a_problem(client):
    response = client.get("/api/v1/tiada/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert client.get("/tiada/")["Content-Type"] == "text/html; charset=utf-8"


def test_description_of_the_api_and_its_page(client):
    assert client.get("/api/v1/schema/").status_code == 200
    page = client.get("/api/v1/dokumentasi/")
    assert page.status_code == 200
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    body = page.content.decode()
    assert (body.count("<script>"), body.count("style=")) == (0, 0)
