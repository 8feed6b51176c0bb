"""Who has logged in and speaks for no institution: a page that explains, and no links that lead nowhere."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_membership, make_user

pytestmark = pytest.mark.django_db

PAGES = ("/", "/isian/", "/desk/", "/berita-acara/", "/dokumen/")


def page(client: Client, url: str, status: int) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == status, url
    return answer.content.decode()


@pytest.mark.parametrize("url", PAGES)
def test_an_administrator_is_led_to_the_administration(client: Client, url: str) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))
    text = page(client, url, 403)
    assert "Anda belum mewakili lembaga mana pun." in text
    assert '<a class="btn btn-main" href="/admin/">Buka administrasi</a>' in text
    assert not [dead for dead in PAGES[1:] if f'href="{dead}"' in text]


def test_a_person_of_no_institution_is_told_whom_to_ask(client: Client) -> None:
    client.force_login(make_user())
    text = page(client, "/isian/", 403)
    assert "Minta koordinator lembaga Anda" in text
    assert "/admin/" not in text
    assert 'href="/desk/"' not in text


def test_who_speaks_for_an_institution_keeps_the_navigation(client: Client) -> None:
    client.force_login(make_membership().user)
    assert 'href="/isian/"' in page(client, "/profil/", 200)
