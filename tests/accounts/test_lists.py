"""Saved filters and columns: each person's own, only known parameters, back to the list."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.choices import InstitutionKind, Role
from accounts.lists import LISTS, ListKind, columns, register_list, state_of
from accounts.models import Preference
from accounts.services.lists import (
    MOST,
    choose_columns,
    open_with,
    remove_filter,
    rename_filter,
    save_filter,
)
from core.errors import InvalidInput, NotFound
from core.excel import read_rows
from planning.choices import DocumentKind
from planning.lists import DOCUMENTS
from planning.models import Document
from tests.factories import make_actor, make_institution, make_nation, make_user

pytestmark = pytest.mark.django_db
KIND = ListKind("uji", "Uji", ("tahun", "q"), columns(a="A", b="B"))


@pytest.fixture
def client() -> Client:
    """Somebody of the centre."""
    nation = make_nation()
    institution = make_institution(InstitutionKind.KL, "033", nation, "Kementerian PU")
    actor = make_actor(Role.PEMBAHAS, institution)
    for kind in (DocumentKind.RPJMN, DocumentKind.RKP):
        Document.objects.create(
            kind=kind, owner=institution, year_from=2027, year_to=2027, stage="penetapan", title=f"Dokumen {kind}"
        )
    found = Client()
    found.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    found.person = actor.user  # type: ignore[attr-defined]
    return found


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_filter_is_kept_renamed_made_the_main_one_and_forgotten() -> None:
    user, other = make_user(), make_user()
    saved = save_filter(user, KIND, "  Tahun   ini ", {"tahun": "2027", "halaman": "3", "q": ""})
    assert (saved.name, saved.query) == ("Tahun ini", "tahun=2027")
    assert state_of(other, KIND).saved == ()
    with pytest.raises(NotFound):
        rename_filter(other, KIND, saved.code, "Milik orang")
    again = save_filter(user, KIND, "tahun INI", {"q": "jalan"})
    assert (again.code, [row.query for row in state_of(user, KIND).saved]) == (saved.code, ["q=jalan"])
    second = save_filter(user, KIND, "Lain", {"tahun": "2026"}, main=True)
    open_with(user, KIND, saved.code)
    assert [(row.name, row.main) for row in state_of(user, KIND).saved] == [("Lain", False), ("tahun INI", True)]
    with pytest.raises(InvalidInput, match="sudah dipakai"):
        rename_filter(user, KIND, second.code, "Tahun ini")
    remove_filter(user, KIND, saved.code)
    assert state_of(user, KIND).main is None


@pytest.mark.parametrize(("name", "query"), [("", {"q": "a"}), ("x" * 61, {"q": "a"}), ("Kosong", {"lain": "a"})])
def test_what_cannot_be_kept_is_refused_in_words(name: str, query: dict[str, str]) -> None:
    user = make_user()
    with pytest.raises(InvalidInput):
        save_filter(user, KIND, name, query)
    assert not Preference.objects.filter(user=user).exists()


def test_there_is_an_end_to_filters_and_one_column_stays() -> None:
    user = make_user()
    for no in range(MOST):
        save_filter(user, KIND, f"No {no}", {"q": str(no)})
    with pytest.raises(InvalidInput, match=str(MOST)):
        save_filter(user, KIND, "Satu lagi", {"q": "a"})
    choose_columns(user, KIND, ["b", "tidak ada"])
    assert state_of(user, KIND).hidden == ("a",)
    with pytest.raises(InvalidInput):
        choose_columns(user, KIND, [])


def test_two_lists_cannot_have_one_name() -> None:
    with pytest.raises(ValueError, match="dokumen"):
        register_list(ListKind("dokumen", "Lain", ()))
    assert LISTS["dokumen"] is DOCUMENTS


def test_a_list_opens_with_the_main_filter_and_lets_it_be_taken_away(client: Client) -> None:
    url = reverse("planning:document_list")
    body = {
        "name": "RPJMN saja",
        "query": "jenis=RPJMN&halaman=2&tidakada=1",
        "main": "1",
        "next": f"{url}?jenis=RPJMN",
    }
    answer = client.post(reverse("accounts:filter_save", args=["dokumen"]), body)
    assert answer.url == f"{url}?jenis=RPJMN"
    opened = client.get(url)
    assert opened.url == f"{url}?jenis=RPJMN"
    page = client.get(opened.url).content.decode()
    assert "RPJMN saja" in page
    assert f'href="{url}?simpanan=semua">Hapus saringan' in page
    assert "Dokumen RKP" in client.get(f"{url}?simpanan=semua").content.decode()
    assert client.get(f"{url}?jenis=RKP").status_code == 200
    workbook = client.get(url, {"format": "xlsx", "jenis": "RPJMN"})
    assert len(read_rows(workbook.content)) == 2


def test_a_stale_parameter_or_choice_is_dropped_with_a_word(client: Client) -> None:
    url, user = reverse("planning:document_list"), client.person  # type: ignore[attr-defined]
    saved = save_filter(user, DOCUMENTS, "Lama", {"jenis": "RKP", "tahap": "tahapan_lama"})
    answer = client.get(url, {"simpanan": saved.code})
    assert answer.url == f"{url}?jenis=RKP"
    assert "tahapan tidak dikenal lagi" in said(answer)
    gone = client.get(url, {"simpanan": "ABCDEFGHJK"})
    assert gone.url == f"{url}?simpanan=semua"
    assert "sudah tidak ada" in said(gone)


def test_a_refusal_keeps_the_typed_name(client: Client) -> None:
    body = {"name": "n" * 70, "query": "jenis=RKP", "next": "https://lain.test/"}
    answer = client.post(reverse("accounts:filter_save", args=["dokumen"]), body)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "n" * 70 in page
    assert "lain.test" not in page


def test_columns_are_put_away_on_the_page_and_in_excel(client: Client) -> None:
    url = reverse("planning:document_list")
    choose = reverse("accounts:columns_choose", args=["dokumen"])
    assert client.post(choose, {"kolom": ["kind", "years"], "next": f"{url}?jenis=RKP"}).url == f"{url}?jenis=RKP"
    page = client.get(url).content.decode()
    assert '<th scope="col">Jenis</th>' in page
    assert '<th scope="col">Pemilik</th>' not in page
    assert 'data-label="Pemilik"' not in page
    head, row = read_rows(client.get(url, {"format": "xlsx", "jenis": "RKP"}).content)
    assert head == ["Judul", "Jenis", "Tahun awal", "Tahun akhir", "Sumber"]
    assert row[0] == "Dokumen RKP"
    client.post(choose, {"semua": "1", "next": url})
    assert '<th scope="col">Pemilik</th>' in client.get(url).content.decode()
