"""The login page of a demo installation offers its logins; no other does."""

import pytest

from accounts.demo_logins import LOGINS

pytestmark = pytest.mark.django_db


def test_a_demo_installation_lists_its_logins_with_the_password(client, settings):
    settings.DEMO = True
    response = client.get("/masuk/")
    assert response.context["demo_logins"] == LOGINS
    page = response.content.decode()
    offered = [username for username, _ in LOGINS if f'<a href="?sebagai={username}">{username}</a>' in page]
    assert offered == [username for username, _ in LOGINS]
    assert page.count(settings.DEMO_PASSWORD) == 1


def test_a_link_fills_in_the_name_and_keeps_where_one_wanted_to_go(client, settings):
    settings.DEMO = True
    response = client.get("/masuk/?next=/isian/&sebagai=kl.pu")
    assert response.context["form"]["username"].value() == "kl.pu"
    assert '<a href="?next=%2Fisian%2F&amp;sebagai=notulis">notulis</a>' in response.content.decode()
    assert client.get("/masuk/?sebagai=lain").context["form"]["username"].value() is None


def test_nothing_of_it_elsewhere(client, settings):
    settings.DEMO = False
    response = client.get("/masuk/?sebagai=kl.pu")
    assert (response.context["demo_logins"], response.context["demo_password"]) == ((), "")
    assert response.context["form"]["username"].value() is None
    page = response.content.decode()
    assert (page.count("Akun contoh"), page.count(settings.DEMO_PASSWORD), page.count('kl.pu">')) == (0, 0, 0)
