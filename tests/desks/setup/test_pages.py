"""The pages of the set-up: the secretariat sets up, everybody else stays out, and every step answers."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import Membership, User
from core.models import AuditEntry, Job
from desks.models import ConsentParty, Desk, Event, Round, Seat, Session, Stage
from desks.services.parts import PARTS
from tests.desks import world as w
from tests.desks.setup.test_workbook import DESK, PERSON, book_of, exported
from tests.desks.world import World

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def office(world: World) -> Client:
    return client_of(world.secretariat)


def url(world: World, name: str = "setup", *args: object) -> str:
    return reverse(f"desks:{name}", args=[world.round.code, *args])


def test_the_checklist_says_what_is_missing(world: World, office: Client) -> None:
    body = office.get(url(world)).content.decode()
    assert "Penyiapan" in body
    assert "1.02" in body  # the desk without moderator
    for part in PARTS:
        assert part.title in body


@pytest.mark.parametrize("who", ["moderator", "kl", "bappeda", "opd"])
def test_only_the_secretariat_sets_up(world: World, who: str) -> None:
    assert client_of(getattr(world, who)).get(url(world)).status_code == 403
    assert client_of(world.outsider).get(url(world)).status_code == 404


@pytest.mark.parametrize("part", [part.slug for part in PARTS])
def test_every_part_has_a_list_and_a_form(world: World, office: Client, part: str) -> None:
    w.plan(world)
    assert office.get(url(world, "setup_part", part)).status_code == 200
    assert office.get(url(world, "setup_add", part)).status_code == 200
    answer = office.post(url(world, "setup_add", part), {})
    assert answer.status_code == 422
    assert "wajib diisi" in answer.content.decode()


def test_a_desk_is_added_changed_and_removed_on_the_screen(world: World, office: Client) -> None:
    given = {"code": "9.1", "name": "Desk Baru", "strand": "Urusan", "order": "", "bidang": "1.03"}
    assert office.post(url(world, "setup_add", "desk"), given).status_code == 302
    desk = Desk.objects.get(round=world.round, code="9.1")
    again = office.post(url(world, "setup_add", "desk"), given)
    assert "sudah ada" in again.content.decode()
    office.post(url(world, "setup_change", "desk", desk.pk), {**given, "name": "Desk Lain"})
    desk.refresh_from_db()
    assert desk.name == "Desk Lain"
    office.post(url(world, "setup_remove", "desk", desk.pk))
    assert not Desk.objects.filter(pk=desk.pk).exists()
    assert list(Event.objects.filter(chain=world.round.chain).values_list("action", flat=True))[-3:] == [
        "set_up",
        "set_up",
        "remove_setup",
    ]
    assert AuditEntry.objects.filter(action="desks.remove_desk").exists()


def test_an_opened_desk_stays(world: World, office: Client) -> None:
    answer = office.post(url(world, "setup_remove", "desk", world.desk.pk), follow=True)
    assert "sudah dibuka bagi daerah" in answer.content.decode()
    assert Desk.objects.filter(pk=world.desk.pk).exists()


def test_seats_and_parties_are_withdrawn_by_a_record(world: World, office: Client) -> None:
    seat = Seat.objects.get(round=world.round, institution=world.kemenkes)
    office.post(url(world, "setup_remove", "kursi", seat.pk))
    assert not Seat.objects.filter(pk=seat.pk).exists()
    own = Seat.objects.get(round=world.round, role=Role.SEKRETARIAT)
    assert "sendiri" in office.post(url(world, "setup_remove", "kursi", own.pk), follow=True).content.decode()
    party = ConsentParty.objects.filter(round=world.round).first()
    office.post(url(world, "setup_remove", "pihak", party.pk))
    assert not ConsentParty.objects.filter(pk=party.pk).exists()


def test_a_session_is_planned_moved_and_called_off(world: World, office: Client) -> None:
    given = {
        "desk": "1.03",
        "regions": "32",
        "starts": "2026-03-02T08:00",
        "ends": "2026-03-02T12:00",
        "zone": "WIB",
        "mode": "Daring",
        "place": "",
    }
    assert office.post(url(world, "setup_add", "sesi"), given).status_code == 302
    session = Session.objects.get(desk=world.desk)
    moved = {key: value for key, value in given.items() if key not in ("desk",)} | {
        "ends": "2026-03-02T14:00",
        "regions": "32; 36",
    }
    assert office.post(url(world, "setup_change", "sesi", session.pk), moved).status_code == 302
    session.refresh_from_db()
    assert session.mejas.count() == 2
    office.post(url(world, "setup_remove", "sesi", session.pk))
    assert not Session.objects.filter(pk=session.pk).exists()
    assert Event.objects.filter(chain=world.meja.chain, action="cancel_session").exists()


def test_upload_preview_apply(world: World, office: Client) -> None:
    people = [
        ["Ani Simulasi", "ani@contoh.test", "033", "Pembahas", "Analis"],
        ["Budi", "bukan surel", "033", "Pembahas", ""],
    ]
    content = book_of(Desk=[DESK, ["9.1", "A"]], Orang=[PERSON, *people])
    answer = office.post(url(world, "setup_upload"), {"berkas": SimpleUploadedFile("siap.xlsx", content)})
    preview = office.get(answer["Location"])
    body = preview.content.decode()
    assert "Terapkan 2 baris" in body
    assert "bukan alamat surel" in body
    assert not Desk.objects.filter(code="9.1").exists()
    job = Job.objects.get()
    applied = office.post(url(world, "setup_accept", job.code), {"tampil": preview.context["shown"]})
    assert "/masuk/" in applied.content.decode() or "pertama" in applied.content.decode()
    assert "no-store" in applied["Cache-Control"]
    member = Membership.objects.get(user__email="ani@contoh.test")
    assert (member.institution, member.role, member.office) == (world.pu, "pembahas", "Analis")
    assert not member.user.has_usable_password()
    assert Job.objects.get().file is None
    assert office.post(url(world, "setup_accept", job.code), {}).status_code == 404
    payloads = " ".join(Event.objects.filter(chain=world.round.chain).values_list("payload", flat=True))
    assert "ani@contoh.test" not in payloads
    assert "Ani Simulasi" not in payloads


def test_what_moved_since_the_preview_is_shown_again(world: World, office: Client) -> None:
    answer = office.post(
        url(world, "setup_upload"), {"berkas": SimpleUploadedFile("siap.xlsx", book_of(Desk=[DESK, ["9.1", "A"]]))}
    )
    shown = office.get(answer["Location"]).context["shown"]
    Desk.objects.create(round=world.round, code="9.1", name="Lain", strand="urusan")
    applied = office.post(url(world, "setup_accept", Job.objects.get().code), {"tampil": shown}, follow=True)
    assert "Penyiapan berubah sejak" in applied.content.decode()
    assert Desk.objects.get(code="9.1").name == "Lain"


def test_a_bad_file_is_refused_and_not_kept(world: World, office: Client) -> None:
    answer = office.post(url(world, "setup_upload"), {"berkas": SimpleUploadedFile("siap.xlsx", b"apa saja")})
    assert answer.status_code == 422
    answer = office.post(
        url(world, "setup_upload"), {"berkas": SimpleUploadedFile("siap.xlsx", book_of(Lain=[["a"], ["b"]]))}
    )
    assert answer.status_code == 422
    assert not Job.objects.exclude(file=None).exists()


def test_the_workbook_of_one_part_and_of_all(world: World, office: Client) -> None:
    assert office.get(url(world, "setup_download")).status_code == 200
    assert office.get(url(world, "setup_download"), {"bagian": "sesi"}).status_code == 200
    assert office.get(url(world, "setup_download"), {"bagian": "apa"}).status_code == 404
    assert len(exported(world)) > 5000


def test_usual_seats_follow_from_holders(world: World, office: Client) -> None:
    Seat.objects.filter(round=world.round, institution__in=[world.dinas_jabar, world.pu]).delete()
    shown = office.get(url(world, "setup_usual_seats")).context["shown"]
    office.post(url(world, "setup_usual_seats"), {"tampil": shown})
    assert Seat.objects.filter(
        round=world.round, institution=world.dinas_jabar, role=Role.OPD, region=world.jabar
    ).exists()
    assert Seat.objects.filter(round=world.round, institution=world.pu, role=Role.PEMBAHAS, desk=world.desk).exists()
    assert not Seat.objects.filter(round=world.round, institution=world.kemenpar).exists()


def test_links_are_for_those_who_never_came(world: World, office: Client) -> None:
    person = User.objects.create_user("baru", "baru@contoh.test", None, full_name="Orang Baru")
    Membership.objects.create(user=person, institution=world.pu, role=Role.PEMBAHAS)
    answer = office.post(url(world, "setup_links"))
    assert answer.status_code == 200
    assert AuditEntry.objects.filter(action="accounts.show_link", object_code=person.code).count() == 1


def test_a_round_is_opened_and_last_years_copied(world: World, office: Client) -> None:
    given = {
        "forum_name": "Rakortek 2027", "short_name": "Rakortek 2028", "held_year": 2027, "plan_year": 2028, "level": "national",
        "indicator_label": "Indikator", "tz": "Asia/Jakarta", "ba_scope": "session", "source": world.round.pk,
    }  # fmt: skip
    answer = office.post(reverse("desks:round_new"), given, follow=True)
    made = Round.objects.get(plan_year=2028)
    assert answer.redirect_chain[-1][0] == reverse("desks:setup_changes", args=[made.code])
    assert set(made.desks.values_list("code", flat=True)) == {"1.02", "1.03"}
    assert made.indicator_rows.count() == 3
    assert world.indicators[0].versions.get(year=2028).name == world.indicators[0].versions.get(year=2027).name
    assert world.pu.bidang_held.filter(year=2028).exists()
    old, new = Stage.objects.get(round=world.round, kind="desk"), Stage.objects.get(round=made, kind="desk")
    assert new.opens_at.year == old.opens_at.year + 1
    assert made.seats.count() == world.round.seats.count()
    Desk.objects.filter(round=made, code="1.02").update(name="Kesehatan dan Keluarga")
    body = office.get(reverse("desks:setup_changes", args=[made.code])).content.decode()
    assert "Kesehatan dan Keluarga" in body
    again = office.post(reverse("desks:setup_copy", args=[made.code]), {"dari": world.round.code}, follow=True)
    assert "0 baris disalin" in again.content.decode()


def test_rules_of_a_round_change_but_not_its_year(world: World, office: Client) -> None:
    given = {
        "forum_name": "Nama baru", "short_name": "Baru", "held_year": 2026, "plan_year": 2031, "level": "sector", "indicator_label": "IKU",
        "tz": "Asia/Makassar", "ba_scope": "region", "opd_step": "on",
    }  # fmt: skip
    assert office.post(url(world, "setup_general"), given).status_code == 302
    world.round.refresh_from_db()
    assert (world.round.short_name, world.round.plan_year, world.round.level, world.round.tz) == (
        "Baru",
        2027,
        "national",
        "Asia/Makassar",
    )


def test_closing_lists_what_is_left_and_can_be_taken_back(world: World, office: Client) -> None:
    session = w.ready(world)
    body = office.get(url(world, "setup_close")).content.decode()
    assert "butir diajukan belum dibahas" in body
    assert "Menahan penutupan" in body
    assert office.post(url(world, "setup_close"), {"reason": "selesai"}).status_code == 409
    Session.objects.filter(pk=session.pk).update(state="closed", closed_at=timezone.now())
    assert office.post(url(world, "setup_close"), {"reason": ""}).status_code == 422
    assert office.post(url(world, "setup_close"), {"reason": "selesai"}).status_code == 302
    world.round.refresh_from_db()
    assert world.round.closed_at is not None
    assert office.post(url(world, "setup_add", "desk"), {"code": "9.1", "name": "A"}).status_code == 409
    office.post(url(world, "setup_close"), {"reason": "keliru", "buka": "1"})
    world.round.refresh_from_db()
    assert world.round.closed_at is None
