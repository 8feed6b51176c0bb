"""Bantuan: open to everybody, every page there, the page of states as the table has it."""

import pytest
from django.urls import reverse

from core.help import PAGES
from desks.choices import ItemState


@pytest.mark.django_db
def test_index_and_every_page_open_without_login(client):
    assert reverse("help") == "/bantuan/"
    assert client.get("/bantuan/").status_code == 200
    for slug, (title, _) in PAGES.items():
        page = client.get(f"/bantuan/{slug}/")
        assert page.status_code == 200, slug
        assert f"<h1>{title}</h1>" in page.content.decode()
    assert client.get("/bantuan/tidak-ada/").status_code == 404


@pytest.mark.django_db
def test_states_come_from_the_table(client):
    text = client.get("/bantuan/status/").content.decode()
    assert [state.label for state in ItemState if state.label not in text] == []
    assert "Syarat: sesi desk berlangsung; semua pihak setuju pada angka terbaru" in text
