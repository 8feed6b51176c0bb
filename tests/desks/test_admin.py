"""The administration as secretariats and superusers meet it."""

import re

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from core.models import AuditEntry
from desks.models import ConsentParty, Desk, DeskIndicator, Event, Item, Meja, Position, Round, Seat, Session, Stage
from tests.desks.crowd import crowd
from tests.desks.world import build, fill, submit
from tests.factories import make_actor, make_institution, make_region, make_user

pytestmark = pytest.mark.django_db
OURS = ("planning", "indicators", "desks")
MODELS = [model for model in admin.site._registry if model._meta.app_label in OURS]
ACCOUNTS = [model for model in admin.site._registry if model._meta.app_label == "accounts"]


def address(model, name="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def enter(client, actor, **powers):
    for name, value in {"is_staff": True, **powers}.items():
        setattr(actor.user, name, value)
    actor.user.save()
    client.force_login(actor.user)
    return client


def rows(response):
    return response.context["cl"].result_count


class Undone(Exception):
    """Ends a block whose rows are not wanted."""


def counts(client, n, models):
    """Rows shown and queries asked by the list of each table, in a world of n."""
    found = {}
    try:
        with transaction.atomic():
            world = crowd(n)
            enter(client, world.secretariat, is_superuser=True)
            client.get(address(models[0]))
            for model in models:
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    response = client.get(address(model))
                assert response.status_code == 200, model
                found[model._meta.label] = (rows(response), len(queries))
            raise Undone
    except Undone:
        return found


def test_every_list_asks_the_same_number_of_queries_at_any_length(client):
    models = [*MODELS, *ACCOUNTS]
    few, many = counts(client, 3, models), counts(client, 30, models)
    assert {name: number for name, (_, number) in few.items()} == {name: number for name, (_, number) in many.items()}
    assert [name for name, (length, _) in few.items() if length < 3] == []
    assert [name for name, (length, _) in many.items() if length < 30] == []


def test_pages_of_rows_open(client):
    world = crowd(3)
    enter(client, world.secretariat, is_superuser=True)
    for model in MODELS:
        row = client.get(address(model)).context["cl"].result_list[0]
        assert client.get(address(model, "change", row.pk)).status_code == 200, model
        if admin.site._registry[model].has_add_permission(client.get(address(model)).wsgi_request):
            assert client.get(address(model, "add")).status_code == 200, model


def test_nothing_is_deleted(client):
    world = crowd(3)
    enter(client, world.secretariat, is_superuser=True)
    for model in MODELS:
        row = client.get(address(model)).context["cl"].result_list[0]
        assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403, model
        actions = admin.site._registry[model].get_actions(client.get(address(model)).wsgi_request)
        assert "delete_selected" not in actions, model


RECORDED = [model for model in MODELS if model._meta.model_name in {
    "meja", "item", "position", "stance", "note", "noterevision", "event", "clientwrite", "attendance", "agendaentry", "support",
    "supportfund", "supportplace", "lineage", "figure", "nomenclature", "session", "usulan",
    "usulanplace", "readiness", "correction",
}]  # fmt: skip


def test_recorded_tables_take_no_post(client):
    world = crowd(3)
    enter(client, world.secretariat, is_superuser=True)
    for model in RECORDED:
        row = client.get(address(model)).context["cl"].result_list[0]
        before = model.objects.filter(pk=row.pk).values().get()
        assert client.post(address(model, "change", row.pk), {"state": "agreed", "text": "x"}).status_code == 403, model
        assert model.objects.filter(pk=row.pk).values().get() == before
        if model is not Session:
            assert client.post(address(model, "add"), {}).status_code == 403, model


def test_a_superuser_without_membership_sees_no_table_of_the_domain(client):
    build(1)
    client.force_login(make_user(is_staff=True, is_superuser=True))
    assert {model._meta.label: client.get(address(model)).status_code for model in MODELS} == {
        model._meta.label: 403 for model in MODELS
    }


def test_a_superuser_without_membership_keeps_accounts_only(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    shown = {app["app_label"] for app in client.get(reverse("admin:index")).context["app_list"]}
    assert shown & {*OURS, "accounts"} == {"accounts"}


@pytest.mark.parametrize("who", ["moderator", "bappeda", "kl", "opd", "auditor"])
def test_other_roles_see_no_table_of_the_domain(client, who):
    world = build(1)
    enter(client, getattr(world, who))
    assert [client.get(address(model)).status_code for model in MODELS] == [403] * len(MODELS)


def test_drafts_are_not_shown(client):
    world = build(3)
    fill(world, 2, value="77,7")
    enter(client, world.secretariat)
    assert rows(client.get(address(Item))) == 0
    assert rows(client.get(address(Position))) == 0
    event = Event.objects.filter(action="edit").first()
    assert client.get(address(Event, "change", event.pk)).status_code == 302
    submit(world)
    assert rows(client.get(address(Item))) == 2
    page = client.get(address(Event, "change", event.pk))
    assert page.status_code == 200
    assert "77,7" not in page.content.decode()
    assert "77.7" not in page.content.decode()


def test_only_own_rounds(client):
    world = build(1)
    host = make_institution("bappeda", "36", world.banten)
    other = Round.objects.create(
        forum_name="Banten", short_name="Banten", held_year=2026, plan_year=2027, level="provincial", host=host
    )
    provincial = make_actor("sekretariat", host)
    Seat.objects.create(round=other, institution=host, role="sekretariat")
    enter(client, provincial)
    assert [row.pk for row in client.get(address(Round)).context["cl"].result_list] == [other.pk]
    assert rows(client.get(address(Desk))) == 0
    assert client.get(address(Round, "change", world.round.pk)).status_code == 302
    data = {"round": world.round.pk, "code": "x", "name": "x", "strand": "urusan", "order": 0}
    page = client.post(address(Desk, "add"), data)
    assert page.status_code == 200
    assert list(page.context["errors"])
    from planning.models import FundingSource

    assert client.get(address(FundingSource)).status_code == 200
    assert client.post(address(FundingSource, "add"), {"kode": "X", "name": "X"}).status_code == 403


def test_setup_is_recorded_twice(client):
    world = build(1)
    enter(client, world.secretariat)
    before = world.round.version
    data = {"round": world.round.pk, "code": "9", "name": "Desk baru", "strand": "urusan", "order": 3}
    assert client.post(address(Desk, "add"), data).status_code == 302
    desk = Desk.objects.get(code="9")
    world.round.refresh_from_db()
    assert world.round.version == before + 1
    assert Event.objects.filter(chain=world.round.chain).values_list("action", flat=True).last() == "add_setup"
    assert AuditEntry.objects.last().action == "admin.add_desk"
    data |= {
        "bidang_rows-TOTAL_FORMS": 0, "bidang_rows-INITIAL_FORMS": 0, "indicator_rows-TOTAL_FORMS": 1,
        "indicator_rows-INITIAL_FORMS": 0, "indicator_rows-0-indicator": world.indicators[0].pk, "indicator_rows-0-order": 1,
    }  # fmt: skip
    page = client.post(address(Desk, "change", desk.pk), data)
    assert "sudah menjadi agenda desk 1.03 Pekerjaan Umum" in page.content.decode()
    DeskIndicator.objects.filter(desk=world.desk).delete()
    assert client.post(address(Desk, "change", desk.pk), data).status_code == 302
    assert DeskIndicator.objects.get().desk == desk
    assert AuditEntry.objects.last().action == "admin.change_desk"
    assert Event.objects.filter(chain=world.round.chain).last().action == "change_setup"


def test_a_closed_round_is_only_read(client):
    world = build(1)
    Round.objects.filter(pk=world.round.pk).update(closed_at="2026-01-01T00:00:00Z")
    enter(client, world.secretariat)
    assert client.post(address(Desk, "change", world.desk.pk), {"name": "x"}).status_code == 403


def test_opening_a_round(client):
    host = make_institution("kemendagri", "KDN")
    enter(client, make_actor("sekretariat", host))
    data = {
        "forum_name": "Rakortek", "short_name": "Rakortek 2028", "held_year": 2027, "plan_year": 2028, "level": "national", "host": host.pk,
        "no": 1, "indicator_label": "Indikator", "tz": "Asia/Jakarta", "ba_scope": "session",
    }  # fmt: skip
    assert client.post(address(Round, "add"), data).status_code == 302
    round_ = Round.objects.get()
    assert list(Seat.objects.values_list("round", "institution", "role")) == [(round_.pk, host.pk, "sekretariat")]
    assert list(Event.objects.values_list("chain", "action")) == [
        (round_.chain, "create_round"),
        (round_.chain, "add_setup"),
    ]


def test_a_region_opens_no_national_round(client):
    host = make_institution("bappeda", "32", make_region())
    enter(client, make_actor("sekretariat", host))
    data = {
        "forum_name": "Rakortek", "short_name": "R", "held_year": 2027, "plan_year": 2028, "level": "national", "host": host.pk, "no": 1,
        "indicator_label": "Indikator", "tz": "Asia/Jakarta", "ba_scope": "session",
    }  # fmt: skip
    assert client.post(address(Round, "add"), data).status_code == 200
    assert Round.objects.count() == 0


def test_actions_go_through_services(client):
    world = build(2)
    enter(client, world.secretariat)
    health = Desk.objects.get(code="1.02")
    client.post(address(Desk), {"action": "open_everywhere", "_selected_action": [health.pk]})
    assert sorted(Meja.objects.filter(desk=health).values_list("region__kode", flat=True)) == ["32", "36"]
    stage = Stage.objects.get(kind="desk")
    page = client.post(address(Stage), {"action": "extend", "_selected_action": [stage.pk]})
    assert page["Location"] == f"/penyelenggaraan/{world.round.code}/tahapan/{stage.pk}/perpanjang/"
    seat = Seat.objects.filter(institution=world.kemenkes).get()
    client.post(address(Seat), {"action": "withdraw", "_selected_action": [seat.pk]})
    assert not Seat.objects.filter(institution=world.kemenkes).exists()
    assert Event.objects.filter(chain=world.round.chain).last().action == "withdraw_setup"
    assert ConsentParty.objects.count() == 3


def test_a_session_is_planned_through_its_service(client):
    world = build(1)
    enter(client, world.secretariat)
    data = {
        "desk": world.desk.pk, "regions": [world.jabar.pk], "starts_0": "24/02/2027", "starts_1": "09:00", "ends_0": "24/02/2027",
        "ends_1": "10:30", "tz": "Asia/Jakarta", "mode": "hybrid", "place": "Ruang 4",
    }  # fmt: skip
    assert client.post(address(Session, "add"), data).status_code == 302
    assert list(Session.objects.get().mejas.all()) == [world.meja]
    assert world.meja.events.last().action == "plan_session"
    page = client.post(address(Session, "add"), data | {"regions": [world.jabar.pk], "ends_1": "08:00"})
    assert "Jam selesai harus setelah jam mulai." in page.content.decode()


def test_nobody_changes_an_own_membership(client):
    world = build(1)
    enter(client, world.secretariat, is_superuser=True)
    own = world.secretariat.membership
    assert client.post(address(Membership, "change", own.pk), {"office": "Direktur"}).status_code == 403


def test_autocomplete_finds_institutions_for_a_secretariat_without_permissions(client):
    world = build(1)
    enter(client, world.secretariat)
    query = {"term": "Kesehatan", "app_label": "desks", "model_name": "seat", "field_name": "institution"}
    found = client.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [each["text"] for each in found] == ["Kementerian Kesehatan"]


def test_pages_hold_no_inline_script_or_style(client):
    world = crowd(3)
    enter(client, world.secretariat, is_superuser=True)
    for model in MODELS:
        row = client.get(address(model)).context["cl"].result_list[0]
        for page in (client.get(address(model)), client.get(address(model, "change", row.pk))):
            text = page.content.decode()
            assert (
                re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>|<style|\sstyle=|\son[a-z]+=", text) == []
            ), model
