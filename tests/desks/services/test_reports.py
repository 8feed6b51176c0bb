"""Reports of trouble: what is kept of a page, whose queue gets it, what the sender is told."""

import pytest

from accounts.actors import can
from accounts.choices import Role
from accounts.models import Notice
from core.errors import InvalidInput, NotAllowed, StaleState, TooManyAttempts
from core.models import AuditEntry
from desks.models import Report
from desks.selectors.reports import page_of_report, report_queue, reports_of, reports_waiting
from desks.services.reports import PER_HOUR, ReportData, Sender, answer_report, send_report
from tests.desks import world as w
from tests.factories import make_actor, make_user

pytestmark = pytest.mark.django_db


def send(actor, text="Tombol tidak menjawab", **more):
    return send_report(Sender(actor.user, actor), ReportData(text, **more))


@pytest.fixture(autouse=True)
def _counted_anew():
    from django.core.cache import cache

    cache.clear()


def test_a_report_goes_to_the_secretariat_of_the_round_with_its_row(world):
    w.fill(world)
    item = world.item()
    made = send(world.bappeda, page=f"/butir/{item.code}/?q=nama", request_id="abc12345", width=1366)
    assert (made.round, made.item_code, made.page) == (world.round, item.code, f"/butir/{item.code}/")
    assert (made.institution, made.width, made.status) == (world.bappeda_jabar, 1366, "new")
    assert list(report_queue(world.secretariat)) == [made]
    assert list(report_queue(world.kl)) == list(report_queue(world.moderator)) == []
    assert list(reports_of(world.bappeda.user)) == [made]
    assert [group.count for group in reports_waiting(world.secretariat, made.created_at)] == [1]


@pytest.mark.parametrize(
    "address", ["https://lain.test/", "//lain.test/a", "javascript:alert(1)", "\\\\lain", "isian/", "/\\lain"]
)
def test_only_pages_of_the_portal_are_named(address):
    with pytest.raises(InvalidInput):
        page_of_report(address)


def test_a_link_that_opens_an_account_is_not_kept():
    assert page_of_report("/atur-sandi/MQ/rahasia-123/") == ("/masuk/", "")


def test_a_row_that_the_sender_cannot_see_is_refused_when_typed_and_left_out_when_not(world):
    code = world.item().code  # a draft of Jawa Barat
    assert send(world.kl, page=f"/butir/{code}/").item_code == ""
    with pytest.raises(InvalidInput, match="tidak ditemukan"):
        send(world.kl, item_code=code)


def test_somebody_who_speaks_for_nobody_reaches_the_centre(world):
    user = make_user("tanpa-lembaga")
    made = send_report(Sender(user, None), ReportData("Saya belum terdaftar"))
    assert (made.round, made.institution) == (None, None)
    assert list(report_queue(world.secretariat)) == [made]
    bappeda_secretariat = make_actor(Role.SEKRETARIAT, world.bappeda_jabar)
    assert list(report_queue(bappeda_secretariat)) == []


def test_the_sender_reads_status_and_answer_and_is_told(world):
    made = send(world.bappeda)
    answer_report(world.secretariat, made, status="done", answer="Sudah diperbaiki.", seen_version=1)
    made.refresh_from_db()
    assert (made.status, made.answer, made.version) == ("done", "Sudah diperbaiki.", 2)
    notice = Notice.objects.get(user=world.bappeda.user)
    assert (notice.url, made.code in notice.text, "selesai" in notice.text) == (f"/laporan/{made.code}/", True, True)
    entry = AuditEntry.objects.get(action="desks.answer_report")
    assert "diperbaiki" not in entry.after + entry.before


def test_an_answer_is_refused_where_it_must_be(world):
    made = send(world.bappeda)
    with pytest.raises(NotAllowed):
        answer_report(world.bappeda, made, status="done", answer="x", seen_version=1)
    with pytest.raises(InvalidInput, match="jawaban"):
        answer_report(world.secretariat, made, status="no_trouble", answer=" ", seen_version=1)
    answer_report(world.secretariat, made, status="taken", answer="Kami periksa.", seen_version=1)
    with pytest.raises(StaleState) as stale:
        answer_report(world.secretariat, made, status="done", answer="Selesai.", seen_version=1)
    assert stale.value.details["theirs"] == "Kami periksa."
    assert not can(world.moderator, "desks.answer_report", made)


def test_a_repeated_click_sends_once(world):
    sender, data = Sender(world.bappeda.user, world.bappeda), ReportData("Sekali saja")
    assert send_report(sender, data, key="k1") == send_report(sender, data, key="k1")
    assert Report.objects.count() == 1


def test_a_flood_is_stopped(world):
    for no in range(PER_HOUR):
        send(world.bappeda, f"laporan {no}")
    with pytest.raises(TooManyAttempts):
        send(world.bappeda)
    assert send(world.kl).pk
