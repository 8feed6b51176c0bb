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


@pytest.mark.django_db
def test_sources_are_named_to_everybody_and_linked_from_every_page(client):
    page = client.get("/sumber-data/").content.decode()
    assert "<h1>Sumber data</h1>" in page
    assert [
        name for name in ("Sumber: BPS (diolah)", "Permendagri 14/2026", "Perpres 12/2025") if name not in page
    ] == []
    assert '<a href="/sumber-data/">' in client.get("/bantuan/").content.decode()


@pytest.mark.django_db
def test_browsers_find_an_icon(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/img/icon.svg")
