"""Who speaks in a request: memberships, delegations, the choice of the session."""

from datetime import timedelta

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from accounts.context import speaker as speaker_context
from accounts.middleware import SpeakerMiddleware
from accounts.models import Delegation, Preference
from tests.factories import PASSWORD, make_institution, make_membership, make_user

pytestmark = pytest.mark.django_db


def answered(user, **session):
    """The request as the view sees it."""
    request = RequestFactory().get("/")
    request.user, request.session = user, session
    seen = []
    SpeakerMiddleware(lambda each: seen.append(each))(request)
    return seen[0]


def delegation(giver, taker, **kw):
    kw.setdefault("until", timezone.now() + timedelta(days=1))
    return Delegation.objects.create(giver=giver, taker=taker, letter="090/1/2026", **kw)


def test_without_membership_the_actor_is_none():
    assert answered(make_user()).actor is None


def test_first_membership_unless_another_was_chosen():
    user = make_user()
    first, second = make_membership(user), make_membership(user)
    assert answered(user).actor.membership == first
    assert answered(user, membership=second.pk).actor.membership == second


def test_a_choice_that_no_longer_holds_falls_back():
    user = make_user()
    first = make_membership(user)
    ended = make_membership(user, until=timezone.now() - timedelta(seconds=1))
    foreign = make_membership()
    assert answered(user, membership=ended.pk).actor.membership == first
    assert answered(user, membership=foreign.pk).actor.membership == first
    assert answered(user, membership="x").actor.membership == first


def test_expired_and_future_memberships_are_never_used():
    user = make_user()
    make_membership(user, until=timezone.now() - timedelta(seconds=1))
    make_membership(user, valid_from=timezone.now() + timedelta(days=1))
    assert answered(user).actor is None


def test_delegation_lets_the_taker_speak_under_the_givers_membership():
    giver, taker = make_membership(), make_user()
    delegation(giver, taker)
    request = answered(taker)
    assert (request.actor.user, request.actor.membership) == (taker, giver)
    assert request.speaker.delegated is True
    assert request.speaker.role_label == "Bappeda, atas pendelegasian"


def test_own_membership_comes_before_a_delegated_older_one():
    giver, taker = make_membership(), make_user()
    own = make_membership(taker)
    delegation(giver, taker)
    assert answered(taker).speaker.memberships == [own, giver]


@pytest.mark.parametrize("change", [{"until": -1}, {"ended_at": -1}])
def test_delegation_ends_by_its_day_or_by_hand(change):
    giver, taker = make_membership(), make_user()
    delegation(giver, taker, **{key: timezone.now() + timedelta(hours=hours) for key, hours in change.items()})
    assert answered(taker).actor is None


def test_delegation_ends_with_the_givers_membership():
    giver, taker = make_membership(until=timezone.now() - timedelta(seconds=1)), make_user()
    delegation(giver, taker)
    assert answered(taker).actor is None


def test_a_page_that_does_not_ask_costs_no_query(django_assert_num_queries):
    user = make_user()
    make_membership(user)
    with django_assert_num_queries(0):
        speaker_context(answered(user))


def test_the_whole_menu_costs_one_query(django_assert_num_queries):
    user = make_user()
    make_membership(user), make_membership(user)
    template = engines["django"].from_string(
        "{{ speaker.institution.name }} {{ speaker.institution.region.name }} {{ speaker.role_label }}"
        "{% for each in speaker.memberships %}{{ each.institution.name }}{% endfor %}"
    )
    request = answered(user)
    with django_assert_num_queries(1):
        template.template.render(_context(request))
        assert request.actor.institution.region.kode == "32"


def _context(request):
    from django.template import Context

    return Context(speaker_context(request))


def test_speaker_is_falsy_for_the_anonymous(client):
    context = client.get("/masuk/").context
    assert (bool(context["speaker"]), context["portal"]["round"]) == (False, None)


def test_speak_as_switches_and_is_remembered_at_the_next_login(client):
    user = make_user("rina")
    make_membership(user)
    second = make_membership(user)
    client.force_login(user)
    response = client.post("/ganti-lembaga/", {"membership": second.pk, "next": "/profil/"})
    assert (response.status_code, response["Location"]) == (302, "/profil/")
    assert client.session["membership"] == second.pk
    assert Preference.objects.get(user=user, key="membership").value == str(second.pk)
    client.logout()
    client.post("/masuk/", {"username": "rina", "password": PASSWORD})
    assert client.session["membership"] == second.pk


def test_speak_as_needs_post_an_own_membership_and_a_safe_next(client):
    user = make_user()
    own, foreign = make_membership(user), make_membership(institution=make_institution())
    client.force_login(user)
    assert client.get("/ganti-lembaga/").status_code == 405
    assert client.post("/ganti-lembaga/", {"membership": foreign.pk}).status_code == 404
    away = client.post("/ganti-lembaga/", {"membership": own.pk, "next": "https://contoh.test/"})
    assert away["Location"] != "https://contoh.test/"
