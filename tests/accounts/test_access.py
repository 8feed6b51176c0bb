"""The way in: login, lock, one-time links, forgotten passwords."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from accounts import services
from accounts.http import home_url
from accounts.models import User
from accounts.services.mail import invitation_link, reset_link
from accounts.tokens import InvitationTokenGenerator, invitation_tokens
from core.models import AuditEntry
from tests.factories import PASSWORD, make_institution, make_membership, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def lock(settings):
    """The lock, which the other tests go without."""
    settings.AXES_ENABLED = True


def log_in(client, username, password=PASSWORD, **extra):
    return client.post("/masuk/", {"username": username, "password": password, "next": "/profil/"}, **extra)


def path_of(link):
    return re.sub(r"^https?://[^/]+", "", link)


def test_login_by_user_name_and_by_mail_address(client):
    make_user("rina", email="Rina@contoh.test")
    for name in ("rina", "rina@contoh.test", "RINA@CONTOH.TEST"):
        response = log_in(client, name)
        assert (response.status_code, response["Location"]) == (302, "/profil/")
        client.logout()


def test_an_address_that_two_people_share_opens_nothing(client):
    make_user("satu", email="sama@contoh.test")
    make_user("dua", email="sama@contoh.test")
    assert log_in(client, "sama@contoh.test").status_code == 200


def test_login_never_leads_away(client):
    make_user("rina")
    response = client.post("/masuk/", {"username": "rina", "password": PASSWORD, "next": "https://contoh.test/"})
    assert response["Location"].startswith("/")


def test_logout_is_a_post(client):
    client.force_login(make_user())
    assert client.get("/keluar/").status_code == 405
    assert client.post("/keluar/")["Location"] == "/masuk/"
    assert "_auth_user_id" not in client.session


def test_too_many_wrong_passwords_lock_the_name_from_that_address(client, lock):
    make_user("rina")
    make_user("budi")
    for _ in range(4):
        assert log_in(client, "rina", "salah").status_code == 200
    locked = log_in(client, "rina@contoh.test", "salah")
    assert (locked.status_code, locked["Retry-After"]) == (429, "900")
    assert "Tunggu 15 menit" in locked.content.decode()
    assert log_in(client, "rina").status_code == 429
    assert log_in(client, "budi").status_code == 302
    client.logout()
    assert log_in(client, "rina", REMOTE_ADDR="203.0.113.9").status_code == 302


def test_programs_read_the_lock_as_a_problem(client, lock):
    make_user("rina")
    for _ in range(5):
        response = log_in(client, "rina", "salah", HTTP_ACCEPT="application/json")
    assert (response.status_code, response["Content-Type"]) == (429, "application/problem+json")
    assert (response.json()["code"], response.json()["wait"]) == ("too_many_attempts", 900)


def pending(**kw):
    return User.objects.create_user("baru@contoh.test", "baru@contoh.test", None, full_name="Orang Baru", **kw)


def test_first_link_sets_the_password_logs_in_and_dies(client):
    user = pending()
    link = path_of(invitation_link(user))
    form = client.get(link)
    assert form.status_code == 302
    words = {"new_password1": "kata-sandi-baru-1", "new_password2": "kata-sandi-baru-1"}
    done = client.post(form["Location"], words)
    assert (done.status_code, done["Location"]) == (302, home_url())
    assert client.session["_auth_user_id"] == str(user.pk)
    assert list(AuditEntry.objects.values_list("action", "object_code")) == [
        ("accounts.set_password_by_link", user.code)
    ]
    client.logout()
    again = client.get(link)
    assert again.status_code == 200
    assert again.context["validlink"] is False


def test_of_two_uses_at_once_one_holds(client):
    user = pending()
    form = client.get(path_of(invitation_link(user)))["Location"]
    twin = User.objects.get(pk=user.pk)
    services.set_first_password(twin, "kata-sandi-pertama")
    response = client.post(form, {"new_password1": "kata-sandi-kedua", "new_password2": "kata-sandi-kedua"})
    assert response.status_code == 200
    assert User.objects.get(pk=user.pk).check_password("kata-sandi-pertama")
    with pytest.raises(Exception, match="sudah dipakai"):
        services.set_first_password(user, "kata-sandi-ketiga")


class Later(InvitationTokenGenerator):
    """The clock so many days later."""

    def __init__(self, **later):
        super().__init__()
        self.later = timedelta(**later)

    def _now(self):
        return super()._now() + self.later


def test_first_link_holds_seven_days_and_for_one_person():
    user, other = pending(), User.objects.create_user("lain", "lain@contoh.test", None, full_name="Lain")
    token = invitation_tokens.make_token(user)
    assert Later(days=6, hours=23).check_token(user, token) is True
    assert Later(days=7, minutes=1).check_token(user, token) is False
    assert invitation_tokens.check_token(other, token) is False
    assert [invitation_tokens.check_token(user, text) for text in ("", None, "x", "!-x")] == [False] * 4


def test_a_newer_link_kills_the_older(django_capture_on_commit_callbacks):
    user = pending()
    old = invitation_tokens.make_token(user)
    with django_capture_on_commit_callbacks(execute=True):
        link = services.renew_link_as_system(user)
    user.refresh_from_db()
    assert invitation_tokens.check_token(user, old) is False
    assert link in mail.outbox[0].body


def test_reset_answers_the_same_and_mails_only_the_known(client, django_capture_on_commit_callbacks):
    make_user("rina")
    answers = []
    for address in ("rina@contoh.test", "tiada@contoh.test"):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post("/lupa-sandi/", {"email": address})
        answers.append((response.status_code, response["Location"], response.content))
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [["rina@contoh.test"]]


def test_reset_link_works_once(client):
    user = make_user("rina")
    link = path_of(reset_link(user))
    words = {"new_password1": "kata-sandi-baru-1", "new_password2": "kata-sandi-baru-1"}
    assert client.post(client.get(link)["Location"], words).status_code == 302
    client.logout()
    assert client.get(link).context["validlink"] is False
    assert log_in(client, "rina", "kata-sandi-baru-1").status_code == 302


def test_reset_of_somebody_never_here_mails_the_first_link(client, django_capture_on_commit_callbacks):
    user = pending()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/lupa-sandi/", {"email": user.email})
    assert "/masuk-pertama/" in mail.outbox[0].body


def test_reset_is_slowed_per_address_and_per_client(client, django_capture_on_commit_callbacks):
    make_user("rina")
    with django_capture_on_commit_callbacks(execute=True):
        statuses = [client.post("/lupa-sandi/", {"email": "rina@contoh.test"}).status_code for _ in range(21)]
    assert statuses == [302] * 20 + [429]
    assert len(mail.outbox) == 3


def test_password_change_keeps_this_session(client):
    user = make_user("rina")
    make_membership(user)
    client.force_login(user)
    words = {"old_password": PASSWORD, "new_password1": "kata-sandi-baru-1", "new_password2": "kata-sandi-baru-1"}
    assert client.post(reverse("accounts:password_change"), words)["Location"] == "/profil/"
    assert client.get("/profil/").status_code == 200
    assert User.objects.get(pk=user.pk).check_password("kata-sandi-baru-1")


def test_command_invites_the_first_koordinator(capsys):
    from django.core.management import call_command

    make_institution("bappeda", "32")
    call_command("undang", "baru@contoh.test", "--nama=Orang Baru", "--lembaga=bappeda:32")
    user = User.objects.get(email="baru@contoh.test")
    assert [(each.role, each.institution.code) for each in user.memberships.all()] == [("koordinator", "bappeda:32")]
    assert "/masuk-pertama/" in capsys.readouterr().out


def test_an_inactive_person_does_not_get_in(client):
    make_user("rina", is_active=False)
    assert log_in(client, "rina").status_code == 200
    assert User.objects.get(username="rina").last_login is None


@pytest.mark.parametrize(
    ("password", "refusals"),
    [
        ("pendek-1", ["Kata sandi terlalu pendek, paling sedikit 10 huruf atau angka."]),
        ("918273645546372819", ["Kata sandi tidak boleh angka saja."]),
        ("baru@contoh.test", ["Kata sandi terlalu mirip dengan nama atau surel Anda."]),
    ],
)
def test_a_weak_password_is_refused_in_our_words(client, password, refusals):
    user = pending()
    form = client.get(path_of(invitation_link(user)))["Location"]
    response = client.post(form, {"new_password1": password, "new_password2": password})
    assert response.context["form"].errors == {"new_password1": refusals}
    mismatch = client.post(form, {"new_password1": "kata-sandi-baru-1", "new_password2": "kata-sandi-baru-2"})
    assert mismatch.context["form"].errors == {"new_password2": ["Kedua kata sandi tidak sama."]}
