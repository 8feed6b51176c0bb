"""Keeping an uploaded workbook of the Isian and what was decided about it, from the first byte to the answer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from accounts.actors import Actor
from accounts.choices import Role
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound, TransitionNotAllowed
from core.excel import check_workbook
from core.files import UNKNOWN, XLSX, open_stored, store_bytes, store_upload
from core.models import StoredFile
from desks.imports.isian_book import Choices, Reading, read_isian_book
from desks.models import IsianUpload, UploadState
from desks.selectors.isian_book import BookScope, book_items, lists_of
from desks.selectors.stages import require_stage
from desks.services.isian_excel.compare import compare
from desks.services.isian_excel.comparison import Comparison
from desks.services.item import REPAIR_STAGES

WRITERS = (Role.BAPPEDA, Role.OPD)
DOTS = ("ask", "thousands", "decimal")
Progress = Callable[[float, str], None]


def quiet(percent: float, note: str) -> None:
    """Nobody waits for the progress."""


def require_isian_work(actor: Actor, scope: BookScope) -> None:
    """NotAllowed or StageClosed unless the actor may fill rows of the scope now; each row is asked again when it is written."""
    if actor.role not in WRITERS or actor.region_id != scope.region.pk:
        raise NotAllowed(f"Isian diisi oleh {scope.round.words.submitter} dan {scope.round.words.opd}.")
    if scope.round.closed_at is not None:
        raise TransitionNotAllowed(f"{scope.round.short_name} sudah ditutup; isiannya hanya dapat dibaca.")
    require_stage(scope.round, actor, REPAIR_STAGES)


def keep_upload(actor: Actor, scope: BookScope, uploaded: UploadedFile) -> IsianUpload:
    """Store the file as it was sent, with who sent it for what. What is no workbook of Excel is refused in words."""
    require_isian_work(actor, scope)
    if 0 < (uploaded.size or 0) <= settings.UPLOAD_LIMIT:
        check_workbook(uploaded)  # type: ignore[arg-type]
    stored = store_upload(uploaded, allowed=(XLSX,), by=actor.user)
    return IsianUpload.objects.create(
        round=scope.round, region=scope.region, meja=scope.meja, by=actor.user, membership=actor.membership, file=stored
    )


def upload_of(actor: Actor, code: str) -> IsianUpload:
    """An own upload under the present membership; NotFound for everybody else's."""
    related = ("round", "region", "meja__desk", "file", "comparison", "answer")
    found = (
        IsianUpload.objects.select_related(*related)
        .filter(code=code, by=actor.user, membership=actor.membership)
        .first()
    )
    if found is None:
        raise NotFound("Unggahan ini tidak ada.")
    return found


def scope_of_upload(upload: IsianUpload) -> BookScope:
    """For which rows it was uploaded."""
    return BookScope(upload.round, upload.region, upload.meja)


def choices_of(actor: Actor, scope: BookScope) -> Choices:
    """What the names in a workbook of the scope may stand for."""
    lists = lists_of(scope.region)
    items: dict[str, str] = {}
    twice: set[str] = set()
    for code, indicator in book_items(actor, scope).order_by().values_list("code", "indicator__code"):
        items[code.casefold()] = code
        name = (indicator or "").casefold()
        twice |= {name} if name in items else set()
        items.setdefault(name, code)
    offices: dict[str, str] = {}
    for office in reversed(lists.offices):
        names = (office.name, office.short_name, office.kode, office.code, f"{office.name} ({office.kode})")
        offices |= {name.casefold(): office.code for name in names if name}
    places = {
        name: place.kode
        for place in lists.places
        for name in (place.kode, place.name.casefold(), place.short_name.casefold())
    }
    sources = {name.casefold(): source.kode for source in lists.sources for name in (source.name, source.kode)}
    return Choices({name: code for name, code in items.items() if name and name not in twice}, offices, sources, places)


def read_upload(actor: Actor, upload: IsianUpload, progress: Progress = quiet) -> Reading:
    """The typed cells of the stored file. InvalidInput where it is no workbook for this scope."""
    scope = scope_of_upload(upload)
    path = Path(settings.FILES_DIR) / upload.file.path
    with open_stored(upload.file):
        pass  # says in words where the content is gone
    return read_isian_book(
        path,
        mark=scope.mark,
        choices=choices_of(actor, scope),
        progress=lambda percent: progress(percent * 0.6, "Membaca berkas"),
    )


def compare_upload(actor: Actor, upload: IsianUpload, reading: Reading, progress: Progress = quiet) -> Comparison:
    """Compare with what stands now and keep the outcome for the decision."""
    found = compare(actor, reading, upload.dot, lambda percent: progress(60 + percent * 0.35, "Membandingkan isian"))
    keep_comparison(upload, found, UploadState.READY, before=(UploadState.READING, UploadState.READY))
    return found


def keep_comparison(upload: IsianUpload, found: Comparison, state: str, *, before: Collection[str]) -> None:
    """Put the comparison beside the file, unless the upload has moved on meanwhile."""
    name = f"perbandingan-{upload.code}.json"
    stored = store_bytes(found.dump(), name=name, type=UNKNOWN, by=upload.by)
    moved = IsianUpload.objects.filter(pk=upload.pk, state__in=before).update(comparison=stored, state=state)
    if moved:
        upload.comparison, upload.state = stored, state


def process_upload(
    actor: Actor, upload: IsianUpload, progress: Progress = quiet, reading: Reading | None = None
) -> None:
    """Read and compare; a file that cannot be used stays stored with the reason, and nothing changes."""
    try:
        compare_upload(actor, upload, reading or read_upload(actor, upload, progress), progress)
    except InvalidInput as error:
        refuse_upload(upload, error)


def refuse_upload(upload: IsianUpload, error: DomainError) -> None:
    """Write down why the file as a whole cannot be used."""
    IsianUpload.objects.filter(pk=upload.pk).update(state=UploadState.REFUSED, error=error.message)
    upload.state, upload.error = UploadState.REFUSED, error.message


def comparison_of(upload: IsianUpload) -> Comparison:
    """The kept comparison; empty where there is none yet."""
    if upload.comparison is None:
        return Comparison([])
    with open_stored(upload.comparison) as file:
        return Comparison.load(file.read())


def answer_dot(upload: IsianUpload, dot: str) -> None:
    """Say once for the whole file what a dot means; it is compared again afterwards."""
    if dot not in DOTS:
        raise InvalidInput("Pilih arti titik: ribuan atau desimal.")
    IsianUpload.objects.filter(pk=upload.pk, state=UploadState.READY).update(dot=dot)
    upload.dot = dot


def choose(upload: IsianUpload, chosen: str) -> bool:
    """Freeze what is accepted, once; False where it was decided before."""
    taken = IsianUpload.objects.filter(pk=upload.pk, state=UploadState.READY)
    if not taken.update(state=UploadState.APPLYING, chosen=chosen):
        upload.refresh_from_db(fields=["state", "chosen", "comparison", "answer"])
        return False
    upload.state, upload.chosen = UploadState.APPLYING, chosen
    return True


def drop(upload: IsianUpload) -> None:
    """Let go of an upload that was not wanted; its file stays, as the record of what was sent."""
    IsianUpload.objects.filter(pk=upload.pk, state__in=[UploadState.READY, UploadState.READING]).update(
        state=UploadState.DROPPED
    )


def finish(upload: IsianUpload, found: Comparison, answer: StoredFile) -> None:
    """Keep the outcome of every cell and the workbook that goes back."""
    keep_comparison(upload, found, UploadState.DONE, before=(UploadState.APPLYING,))
    IsianUpload.objects.filter(pk=upload.pk).update(answer=answer)
    upload.answer = answer
