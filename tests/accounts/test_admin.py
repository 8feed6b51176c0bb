"""The administration: recorded, without deletes, nobody edits what is their own."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Institution, Membership, Region, User
from core.models import AuditEntry
from tests.factories import make_institution, make_membership, make_region, make_user

pytestmark = pytest.mark.django_db

JABAR = {"kode": "32", "name": "Jawa Barat", "short_name": "Jawa Barat", "level": "province", "tz": "Asia/Jakarta"}
TABLES = ["user", "region", "regiongroup", "institution", "membership", "delegation", "apitoken"]


@pytest.fixture
def chief():
    return make_user("pengelola", is_staff=True, is_superuser=True)


@pytest.fixture
def admin(client, chief):
    client.force_login(chief)
    return client


def test_one_door(client):
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/masuk/?next=%2Fadmin%2F"
    client.force_login(make_user())
    assert client.get("/admin/login/?next=/admin/").status_code == 403
    assert client.get("/admin/password_change/")["Location"] == "/profil/kata-sandi/"


@pytest.mark.parametrize("table", TABLES)
def test_lists_open_and_nothing_is_deleted(admin, table):
    make_membership()
    assert admin.get(f"/admin/accounts/{table}/").status_code == 200
    assert admin.post(f"/admin/accounts/{table}/1/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("table", ["institution", "membership", "region", "user"])
def test_lists_cost_the_same_at_3_and_30_rows(admin, table):
    counts = []
    for total in (3, 30):
        while Membership.objects.count() < total:
            number = Membership.objects.count()
            region = make_region(f"9{number}", f"Wilayah {number}", parent=make_region())
            make_membership(institution=make_institution(region=region, parent=make_institution("bappeda", "32")))
        with CaptureQueriesContext(connection) as captured:
            admin.get(f"/admin/accounts/{table}/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_change_is_recorded_with_before_and_after(admin, chief):
    region = make_region()
    words = {**JABAR, "autonomous": "on", "short_name": "Jabar"}
    assert admin.post(f"/admin/accounts/region/{region.pk}/change/", words).status_code == 302
    assert Region.objects.get(pk=region.pk).short_name == "Jabar"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.object_code) == ("admin.change_region", chief.code, "32")
    assert json.loads(entry.before) == {"short_name": "Jawa Barat"}
    assert json.loads(entry.after) == {"short_name": "Jabar"}


def test_saving_without_change_records_nothing(admin):
    region = make_region()
    assert admin.post(f"/admin/accounts/region/{region.pk}/change/", {**JABAR, "autonomous": "on"}).status_code == 302
    assert AuditEntry.objects.count() == 0


def test_a_new_person_has_no_password_and_the_record_no_name(admin):
    words = {"username": "rina", "full_name": "Rina", "email": "rina@contoh.test", "is_active": "on"}
    assert admin.post("/admin/accounts/user/add/", words).status_code == 302
    user = User.objects.get(username="rina")
    assert user.has_usable_password() is False
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_code) == ("admin.add_user", user.code)
    after = json.loads(entry.after)
    assert [after[name] for name in ("username", "full_name", "email")] == ["(pribadi)"] * 3


def test_first_link_by_the_action(admin, mailoutbox, django_capture_on_commit_callbacks):
    user = User.objects.create_user("baru", "baru@contoh.test", None, full_name="Baru")
    words = {"action": "send_first_link", "_selected_action": [user.pk, make_user().pk]}
    with django_capture_on_commit_callbacks(execute=True):
        admin.post("/admin/accounts/user/", words)
    assert [letter.to for letter in mailoutbox] == [["baru@contoh.test"]]


def test_nobody_edits_an_own_membership_or_account(admin, chief):
    own, other = make_membership(chief), make_membership()
    assert admin.post(f"/admin/accounts/membership/{own.pk}/change/", {"office": "x"}).status_code == 403
    assert admin.post(f"/admin/accounts/user/{chief.pk}/change/", {}).status_code == 403
    words = {"office": "Perencana", "valid_from_0": "2026-01-01", "valid_from_1": "00:00:00"}
    assert admin.post(f"/admin/accounts/membership/{other.pk}/change/", words).status_code == 302
    institution = make_institution()
    add = "/admin/accounts/membership/add/"
    words = {**words, "institution": institution.pk, "role": "bappeda"}
    assert admin.post(add, {**words, "user": chief.pk}).status_code == 200
    assert Membership.objects.filter(user=chief).count() == 1
    assert admin.post(add, {**words, "user": make_user().pk}).status_code == 302
    assert Membership.objects.get(institution=institution).invited_by == chief


def test_staff_hand_out_no_powers(client):
    from django.contrib.auth.models import Permission

    staff, other = make_user(is_staff=True), make_user()
    staff.user_permissions.set(Permission.objects.filter(codename__in=["change_user", "view_user"]))
    client.force_login(staff)
    words = {"username": other.username, "full_name": "Baru", "email": "", "is_active": "on", "is_superuser": "on"}
    assert client.post(f"/admin/accounts/user/{other.pk}/change/", words).status_code == 302
    other.refresh_from_db()
    assert (other.full_name, other.is_superuser) == ("Baru", False)
    chief = make_user(is_superuser=True)
    assert client.post(f"/admin/accounts/user/{chief.pk}/change/", words).status_code == 403
    assert client.get("/admin/accounts/institution/").status_code == 403
    assert client.get("/admin/auth/group/add/").status_code == 403
    assert Institution.objects.count() == 0
