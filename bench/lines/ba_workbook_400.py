"""The workbook of a final berita acara of 400 rows: from the click to the file through a real worker, and against raw writing of its cells."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.context import Bench
from bench.databases import ROOT
from bench.measure import interleaved
from bench.result import Result, measured, missing
from bench.world import World, build, consent, fill_and_submit, sit

NAME = "ba_workbook_400"
TARGETS, SUPPORTS = 200, 200
CLICK, RATIO = 2.0, 1.6
Sheets = list[tuple[str, dict[int, float], list[list[tuple[Any, Any]]]]]


def run(bench: Bench) -> list[Result]:
    """Seconds from click to file, and ratio to a raw write."""
    name = bench.name(NAME)
    try:
        from agreements.exports.workbook import ba_workbook
        from agreements.selectors.frozen import sheet_of
    except ImportError:
        why = "berita acara have no workbook in this version"
        return [missing(f"{name}.click", "s", CLICK, why), missing(f"{name}.ratio", "× raw", RATIO, why)]
    ba = _final()
    sheet = sheet_of(ba)
    content = ba_workbook(sheet)
    tables, raw = _cells(content)
    count = sum(len(row) for _, _, rows in tables for row in rows)
    pair = interleaved(lambda: lambda: ba_workbook(sheet), lambda: raw, repeats=bench.repeats(4), warm=1)
    note = f"{count} cells, {len(content) / 1024:.0f} KB"
    with _worker(bench.folder):
        clicks = [_click(ba) for _ in range(6)][1:]
    return [
        measured(f"{name}.click", clicks, "s", CLICK, f"{note}; worker warm"),
        measured(
            f"{name}.ratio", pair.ratios, "× raw", RATIO, f"{note}; ours {pair.ours[0]:.2f} s, raw {pair.bare[0]:.2f} s"
        ),
    ]


def _final() -> Any:
    """A final berita acara: 180 targets agreed, 20 left, 200 sub kegiatan agreed, notes on every tenth row."""
    from agreements.services.draft import draft_ba
    from agreements.services.finalise import finalise
    from desks.services.room import close_session, record_attendance
    from desks.services.settle import settle_uncontested

    world = build(provinces=1, indicators=TARGETS)
    region, chair = world.regions[0].kode, world.people["moderator"]
    _add_supports(world, region)
    fill_and_submit(world, region)
    session = sit(world, region)
    for name in ("kemendagri", "kl", "chair"):
        actor = world.people[name]
        record_attendance(
            chair, session, institution=actor.institution, mode="onsite", user=actor.user, office="Pejabat contoh"
        )
    consent(world, region)
    settle_uncontested(chair, session, [(item.code, item.version) for item in world.items(region)[:180]])
    _settle_supports(world, region, session)
    close_session(chair, session, reason="waktu")
    session.refresh_from_db()
    ba = draft_ba(chair, session)
    return finalise(chair, ba, seen_version=ba.version)


def _add_supports(world: World, region: str) -> None:
    from accounts.models import Region
    from desks.services.support import SupportData, add_support
    from desks.services.talk import write_note
    from planning.choices import GovLevel, NomenclatureLevel
    from planning.models import FundingSource, Nomenclature, NomenclatureVersion

    edition = NomenclatureVersion.objects.create(code="uji", name="Nomenklatur uji")
    bidang = world.items(region)[0].indicator.bidang  # type: ignore[union-attr]
    code = Nomenclature.objects.create(
        version=edition, gov_level=GovLevel.PROVINSI, kode="1.03.10.1.01.0001", bidang=bidang, unit="Km", level=NomenclatureLevel.SUB_KEGIATAN,
        name="Rekonstruksi Jalan Provinsi dan Bangunan Pelengkapnya",
    )  # fmt: skip
    source = FundingSource.objects.create(kode="PAD", name="Pendapatan Asli Daerah")
    town = Region.objects.create(
        kode=f"{region}.01",
        name="Kabupaten Contoh Selatan",
        short_name="Contoh Selatan",
        level="kabkota",
        parent=world.regions[0],
    )
    opd = world.opd[region].institution
    for place, item in enumerate(world.items(region)[:SUPPORTS]):
        data = SupportData(code.pk, opd.pk, "12,5", "Km", (town.pk,), ((source.pk, "1.250.000.000", "rp"),))
        add_support(world.bappeda[region], item, data, seen_version=item.version)
        if place % 10 == 0:
            write_note(
                world.people["kl"],
                item.meja,
                item=item,
                text="Pembahasan ruas jalan dan kesiapan lahan. " * 25,
                seen_version=0,
            )


def _settle_supports(world: World, region: str, session: Any) -> None:
    from desks.services.settle import settle_pending_supports

    for item in world.items(region)[:180]:
        settle_pending_supports(world.people["moderator"], session, item, seen_version=item.version)


def _cells(content: bytes) -> tuple[Sheets, Callable[[], bytes]]:
    """The cells of a file as plain tables, and a function that writes just these again with the same styles."""
    from openpyxl import Workbook, load_workbook
    from openpyxl.cell import WriteOnlyCell

    source: Any = load_workbook(io.BytesIO(content))
    tables: Sheets = [
        (ws.title, {no: size.height for no, size in ws.row_dimensions.items() if size.height},
         [[(cell.value, cell._style) for cell in row] for row in ws.iter_rows()])
        for ws in source
    ]  # fmt: skip
    names = ("_fonts", "_fills", "_borders", "_number_formats", "_alignments", "_protections", "_cell_styles")

    def write() -> bytes:
        book: Any = Workbook(write_only=True)
        for name in names:
            setattr(book, name, getattr(source, name))
        for title, heights, rows in tables:
            ws: Any = book.create_sheet(title)
            for no, size in heights.items():
                ws.row_dimensions[no].height = size
            for row in rows:
                cells = []
                for value, style in row:
                    cell: Any = WriteOnlyCell(ws, value)
                    cell._style = style
                    cells.append(cell)
                ws.append(cells)
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return tables, write


@contextmanager
def _worker(folder: Path) -> Iterator[None]:
    """A real worker of the quick queue, as `make run` starts it."""
    for name in ("queue/control", "files"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "celery",
        "-q",
        "-A",
        "rakortek",
        "worker",
        "-Q",
        "cepat",
        "-c",
        "1",
        "-n",
        "cepat@bench",
    ]
    command += ["--without-gossip", "--without-mingle", "-l", "ERROR"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _click(ba: Any) -> float:
    """Ask for the workbook, wait for the job, read the file. The first one also waits for the worker to start."""
    from agreements.files import WORKBOOK
    from core.jobs import enqueue
    from core.models import Job, JobState

    start = time.perf_counter()
    job = enqueue(WORKBOOK, f"bench-{time.monotonic_ns()}", {"ba": ba.code}, ba.created_by)
    while time.perf_counter() - start < 60:
        now = Job.objects.select_related("file").get(pk=job.pk)
        if now.state == JobState.DONE and now.file:
            stored = now.file
            (Path(_files()) / stored.path).read_bytes()
            return time.perf_counter() - start
        if now.state in (JobState.FAILED, JobState.CANCELLED):
            raise RuntimeError(now.error)
        time.sleep(0.02)
    raise RuntimeError("no worker made the workbook within a minute")


def _files() -> str:
    from django.conf import settings

    return str(settings.FILES_DIR)
