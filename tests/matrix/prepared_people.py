"""Further people of the prepared world, their keys and sessions, and the jobs and files that belong to some of them."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from accounts import services as people
from accounts.choices import Role
from accounts.models import Delegation, Membership
from core.files import XLSX, store_bytes
from core.jobs import JobRun, job_kind
from core.models import Job, JobState
from desks.exports.targets import targets_workbook
from desks.services.target_upload import keep_upload
from desks.views.targets_excel import target_sheet
from tests.desks import world as w
from tests.factories import make_actor, make_membership, make_user

if TYPE_CHECKING:
    from tests.matrix.prepared import Prepared

KIND = "matrix.idle"


@job_kind(KIND, label="Uji matriks")
def idle(run: JobRun) -> None:
    """Work that is never done here; the rows ask only who may stop it, repeat it and read its file."""


def add_people(made: Prepared) -> None:
    world = made.world
    actors = {**world.actors(), "coordinator": make_actor(Role.KOORDINATOR, world.bappeda_jabar)}
    made.users = {name: actor.user for name, actor in actors.items()}
    made.users["keeper"] = make_membership(
        make_user("penjaga", is_staff=True), world.kemendagri_inst, Role.SEKRETARIAT
    ).user
    made.users["superuser"] = make_user("pengelola", is_staff=True, is_superuser=True)
    made.users["staff"] = make_user("staf", is_staff=True)
    made.users["nobody"] = make_user("tanpa")
    colleague = make_membership(institution=world.bappeda_jabar, role=Role.BAPPEDA)
    until = timezone.now() + dt.timedelta(days=3)
    invited = make_membership(make_user("diundang", password=None), world.bappeda_jabar, Role.VERIFIKATOR)
    made.more |= {
        "colleague": colleague,
        "colleague_membership": colleague,
        "invited": invited,
        "coordinator": Membership.objects.get(user=actors["coordinator"].user),
        "delegation": Delegation.objects.create(giver=world.bappeda.membership, taker=colleague.user, until=until, letter="800/1"),
        "membership": Membership.objects.get(user=world.bappeda.user),
        "foreign": Membership.objects.get(user=world.other_bappeda.user),
    }  # fmt: skip
    for name, actor, scope in (
        ("token_read", world.bappeda, "read"), ("token_write", world.bappeda, "write"), ("token_chair", world.moderator, "write"),
    ):  # fmt: skip
        token, made.keys[name] = people.issue_token(actor, actor.membership, name=name, scope=scope, expires_at=until)
        made.more[name] = token
    for name, user in made.users.items():
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        made.cookies[name] = client.cookies.output(header="", sep=";")


def add_jobs(made: Prepared) -> None:
    person = made.world.bappeda.user
    stored = store_bytes(b"PK berkas uji", name="unduhan.xlsx", type=XLSX, by=person)
    later = timezone.now() + dt.timedelta(days=1)
    made.files["job"] = stored
    made.files["orphan"] = store_bytes(b"PK yatim", name="yatim.xlsx", type=XLSX, by=person)
    made.more["target_workbook"] = _target_workbook(made.world)
    uploaded = SimpleUploadedFile("target.xlsx", made.more["target_workbook"])
    made.jobs["upload"] = keep_upload(made.world.kl, made.world.desk, uploaded)
    made.files["upload"] = made.jobs["upload"].file
    _setup_upload(made)
    made.jobs["done"] = Job.objects.create(
        kind=KIND, key="1", by=person, state=JobState.DONE, file=stored, expires_at=later
    )
    made.jobs["failed"] = Job.objects.create(kind=KIND, key="2", by=person, state=JobState.FAILED, error="gagal")
    made.jobs["queued"] = Job.objects.create(kind=KIND, key="3", by=person, state=JobState.QUEUED)


def _setup_upload(made: Prepared) -> None:
    """The secretariat has uploaded a workbook of the set-up."""
    from tests.desks.setup.test_workbook import DESK, book_of

    person = made.world.secretariat.user
    stored = store_bytes(book_of(Desk=[DESK, ["9.8", "Desk uji"]]), name="siap.xlsx", type=XLSX, by=person)
    made.jobs["setup_upload"] = Job.objects.create(
        kind="desks.setup_upload",
        key=made.world.round.code,
        params_text="{}",
        state=JobState.DONE,
        progress=100,
        file=stored,
        by=person,
    )


def _target_workbook(world: w.World) -> bytes:
    book = load_workbook(BytesIO(targets_workbook(target_sheet(world.kl, world.desk))))
    sheet = book["Target"]
    column = [cell.value for cell in sheet[4]].index("TARGET BARU") + 1
    sheet.cell(row=5, column=column, value=20)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()
