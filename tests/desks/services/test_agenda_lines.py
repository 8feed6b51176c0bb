"""Lines of the host's Renja at a desk of a sector round: who puts them there, who reads them, what is concluded and printed; guests."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import InstitutionKind
from agreements.selectors.frozen import sheet_of
from agreements.services.draft_scope import draft_scope
from core.errors import InvalidInput, NotAllowed, StaleState, TransitionNotAllowed
from core.excel import read_rows
from desks.choices import BaScope, LineOutcome, RoundLevel
from desks.models import AgendaLine, Attendance, Event
from desks.selectors.agenda_lines import candidates
from desks.services.agenda_lines import attach_lines, conclude_line, remove_line
from desks.services.room import close_session
from desks.services.talk import take_stances
from planning.choices import DocumentKind, DocumentStage, GovLevel, LineLevel, NomenclatureLevel
from planning.models import Document, DocumentLine, LineYear, Nomenclature, NomenclatureVersion
from tests.desks import provincial_world as p
from tests.desks.views.clients import client_of

pytestmark = pytest.mark.django_db


def renja(made: p.Provincial, n: int = 3) -> list[DocumentLine]:
    """A draft Renja of the host with n sub kegiatan of the desk's bidang, and one of another bidang."""
    version = NomenclatureVersion.objects.create(code="v", name="v", valid_from=dt.date(2024, 1, 1))
    paper = Document.objects.create(
        kind=DocumentKind.RENJA_PD, owner=made.host, year_from=p.PLAN_YEAR, year_to=p.PLAN_YEAR, stage=DocumentStage.RANCANGAN, title="Renja Dinkes",
    )  # fmt: skip
    bidang = made.desks[0].bidang_rows.get().bidang
    lines = []
    for no in range(1, n + 2):
        code = Nomenclature.objects.create(
            version=version, gov_level=GovLevel.PROVINSI, kode=f"1.02.02.1.01.{no:04}", level=NomenclatureLevel.SUB_KEGIATAN, name=f"Sub {no}",
            bidang=bidang if no <= n else None,
        )  # fmt: skip
        line = DocumentLine.objects.create(
            document=paper,
            line_code=code.kode,
            order=no,
            level=LineLevel.SUB_KEGIATAN,
            text=code.name,
            nomenclature=code,
            unit="orang",
        )
        LineYear.objects.create(line=line, year=p.PLAN_YEAR, target="12", amount=1_000_000 * no)
        lines.append(line)
    return lines


def test_the_host_puts_lines_on_the_agenda_and_all_at_the_desk_read_them():
    made = p.build(2, level=RoundLevel.SECTOR)
    desk, lines = made.desks[0], renja(made)
    assert [row.text for row in candidates(made.secretariat, desk)] == ["Sub 1", "Sub 2", "Sub 3"]
    for actor in (made.local_opd[0], made.observer, made.notulis, made.outsider):
        with pytest.raises(NotAllowed):
            attach_lines(actor, desk, [lines[0].pk])
    assert attach_lines(made.secretariat, desk, [line.pk for line in lines]) == 3
    assert attach_lines(made.moderator, desk, [line.pk for line in lines]) == 0
    row = AgendaLine.objects.filter(desk=desk).order_by("line_code")[0]
    assert (row.target, row.amount, row.source) == ("12", 1_000_000, "Renja Dinkes (Rancangan, versi 1)")
    assert Event.objects.filter(round=made.round, action="attach_lines").count() == 1
    url = reverse("desks:agenda_lines", args=[made.round.code, desk.code])
    for actor, status in ((made.local_opd[1], 200), (made.observer, 200), (made.moderator, 200), (made.outsider, 404)):
        assert client_of(actor).get(url).status_code == status
    page = client_of(made.observer).get(url).content.decode()
    assert "Sub 1" in page and "Keluarkan" not in page and "Tambah dari Renja" not in page
    assert [cell[1] for cell in read_rows(client_of(made.observer).get(f"{url}?format=xlsx").content)[4:]] == [
        "Sub 1",
        "Sub 2",
        "Sub 3",
    ]
    remove_line(made.moderator, row)
    assert AgendaLine.objects.filter(desk=desk).count() == 2


def test_only_rounds_of_one_sector_have_such_lines():
    made = p.build(1)
    with pytest.raises(NotAllowed):
        attach_lines(made.secretariat, made.desks[0], [])
    url = reverse("desks:agenda_lines", args=[made.round.code, made.desks[0].code])
    assert client_of(made.moderator).get(url).status_code == 404


def test_what_the_meeting_concludes_is_recorded_and_printed_and_guests_settle_nothing():
    made = p.build(2, level=RoundLevel.SECTOR, scope=BaScope.DESK)
    desk, lines = made.desks[0], renja(made)
    attach_lines(made.secretariat, desk, [line.pk for line in lines])
    p.hand_in(made, desk, by=made.local_opd)
    session = p.sit(made, desk, settled=0, close=False)
    one, two, three = AgendaLine.objects.filter(desk=desk).order_by("line_code")
    for actor in (made.observer, made.local_opd[0], made.dinas[0]):
        with pytest.raises(NotAllowed):
            conclude_line(actor, session, one, LineOutcome.FITS, seen_version=1)
    # The guest is recorded present by the notulis, and is no party of any row.
    assert Attendance.objects.filter(
        session=session, institution__kind=InstitutionKind.OTHER, recorded_by=made.notulis.user
    ).exists()
    assert not take_stances(made.observer, [(made.items(desk)[0].code, 1)], kind="setuju")[0].ok
    conclude_line(made.notulis, session, one, LineOutcome.FITS, seen_version=1)
    with pytest.raises(InvalidInput, match="Tuliskan kesimpulan"):
        conclude_line(made.notulis, session, two, LineOutcome.NOTED, seen_version=1)
    conclude_line(made.moderator, session, two, LineOutcome.NOTED, conclusion="Sasaran disesuaikan", seen_version=1)
    with pytest.raises(StaleState):
        conclude_line(made.moderator, session, two, LineOutcome.UNFIT, conclusion="x", seen_version=1)
    with pytest.raises(TransitionNotAllowed, match="sudah tercatat"):
        remove_line(made.moderator, AgendaLine.objects.get(pk=one.pk))
    assert Event.objects.filter(action="conclude_line").count() == 2 * len(made.places)
    code = AgendaLine.objects.get(pk=three.pk).code
    url = reverse("desks:line_act", args=[made.round.code, desk.code, code])
    client = client_of(made.notulis)
    refused = client.post(url, {"hasil": "unfit", "kesimpulan": "", "versi": "1", "kunci": "k"})
    assert refused.status_code == 422 and "Tuliskan kesimpulan" in refused.content.decode()
    assert (
        client.post(url, {"hasil": "unfit", "kesimpulan": "Tumpang tindih", "versi": "1", "kunci": "k2"}).status_code
        == 302
    )
    close_session(made.moderator, session, reason="waktu")
    with pytest.raises(TransitionNotAllowed):
        conclude_line(made.moderator, session, AgendaLine.objects.get(pk=one.pk), LineOutcome.FITS, seen_version=2)
    sheet = sheet_of(draft_scope(made.chair, made.round, desk=desk))
    printed = [(row.subject, row.text) for part in sheet.parts for row in part.notes]
    assert printed == [
        ("Renja: 1.02.02.1.01.0001 Sub 1", "Selaras."),
        ("Renja: 1.02.02.1.01.0002 Sub 2", "Selaras dengan catatan. Sasaran disesuaikan."),
        ("Renja: 1.02.02.1.01.0003 Sub 3", "Belum selaras. Tumpang tindih."),
    ]


def test_the_list_asks_the_same_however_long_it_is():
    made, counts = p.build(1, level=RoundLevel.SECTOR), []
    desk = made.desks[0]
    for n in (3, 30):
        AgendaLine.objects.bulk_create(
            AgendaLine(desk=desk, source="R", line_code=f"{n}.{no}", text=f"S{no}") for no in range(n)
        )
        client, url = client_of(made.local_opd[0]), reverse("desks:agenda_lines", args=[made.round.code, desk.code])
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 25
