"""Reports of trouble: sent from any page, answered by the secretariat."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from accounts.actors import Actor, can
from accounts.audit import audited
from accounts.models import Notice, User
from accounts.throttle import within
from core.errors import InvalidInput, NotAllowed, StaleState, TooManyAttempts
from desks.helpdesk_choices import ReportStatus
from desks.models import Item, Report
from desks.selectors.context import running_round
from desks.selectors.reports import page_of_report
from desks.services.idempotency import keyed

MOST_TEXT = 4000
PER_HOUR = 10


@dataclass(frozen=True)
class Sender:
    """Who reports: a person, who may speak for nobody yet."""

    user: User
    actor: Actor | None


@dataclass(frozen=True)
class ReportData:
    """What is reported; `page` is an address of the portal, `width` the browser's in CSS pixels."""

    text: str
    page: str = ""
    item_code: str = ""
    request_id: str = ""
    agent: str = ""
    width: int | None = None


@keyed(lambda report: report.code, lambda code: Report.objects.get(code=code))
@transaction.atomic
def send_report(sender: Sender, data: ReportData, *, key: str = "") -> Report:
    """Put a report into the queue of the secretariat of the row's round, else of the sender's running round.

    Raises InvalidInput for an empty text or a row that the sender cannot see, TooManyAttempts beyond PER_HOUR.
    """
    text = data.text.strip()
    if not text:
        raise InvalidInput("Tuliskan apa yang terjadi.", field="text")
    if len(text) > MOST_TEXT:
        raise InvalidInput(f"Laporan paling panjang {MOST_TEXT} huruf.", field="text")
    page, found = page_of_report(data.page)
    item = _row(sender.actor, data.item_code.strip().upper(), found)
    if not within("lapor", sender.user.code, PER_HOUR, 3600):
        raise TooManyAttempts(
            "Anda sudah mengirim banyak laporan dalam satu jam ini. Tunggu sebentar, lalu kirim lagi."
        )
    round_ = item.round if item else (running_round(sender.actor) if sender.actor else None)
    return Report.objects.create(
        round=round_, user=sender.user, institution=sender.actor.institution if sender.actor else None, page=page,
        item_code=item.code if item else "", text=text, request_id=data.request_id[:64], agent=data.agent[:300], width=data.width,
    )  # fmt: skip


def _row(actor: Actor | None, typed: str, found: str) -> Item | None:
    """The row that was typed, else the one the page is about; only what the sender sees."""
    code = typed or found
    item = Item.objects.visible_to(actor).select_related("round").filter(code=code).first() if code else None
    if typed and item is None:
        raise InvalidInput(
            f"Baris {typed} tidak ditemukan. Periksa kodenya, atau kosongkan isian ini.", field="item_code"
        )
    return item


@transaction.atomic
def answer_report(actor: Actor, report: Report, *, status: str, answer: str, seen_version: int) -> Report:
    """Say where a report stands and what is to be said to the sender, who gets a notice.

    Raises NotAllowed, InvalidInput where an end is given without an answer, StaleState when a colleague was quicker.
    """
    if not can(actor, "desks.answer_report", report):
        raise NotAllowed()
    answer = answer.strip()
    if status not in ReportStatus.values:
        raise InvalidInput("Pilih status.", field="status")
    if status in (ReportStatus.DONE, ReportStatus.NO_TROUBLE) and not answer:
        raise InvalidInput("Tuliskan jawaban bagi pengirim sebelum laporan ditutup.", field="answer")
    before = Report.objects.values("status", "answer", "version").get(pk=report.pk)
    if (before["status"], before["answer"]) == (status, answer):
        return report
    moved = Report.objects.filter(pk=report.pk, version=seen_version).update(
        status=status, answer=answer, answered_by=actor.user, version=F("version") + 1
    )
    if not moved:
        raise StaleState(yours=answer, theirs=before["answer"], field="answer")
    report.refresh_from_db()
    _tell(actor, report)
    audited(
        actor, "desks.answer_report", report, report.code, before={"status": before["status"]}, after={"status": status}
    )
    return report


def _tell(actor: Actor, report: Report) -> None:
    if report.user_id == actor.user.pk:
        return
    Notice.objects.create(
        user=report.user, kind="laporan", object_code=report.code, url=reverse("desks:report", args=[report.code]),
        text=f"Laporan kendala {report.code}: {report.get_status_display().lower()}.",
    )  # fmt: skip
