"""The long lists at 1,000,000 rows against 10,000, for two people who are concerned with one row of 38: the moderator of a desk, the Bappeda of a province."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client

from bench.context import Bench
from bench.databases import database
from bench.lists_world import build, people
from bench.result import Result, measured
from desks.models import Item, Round
from rakortek.env import database_from

NAME = "list_1m"
SMALL, LARGE, PART = 10_000, 1_000_000, 20
RATIO, SEARCH = 1.5, 1.0
RUNS = 5
BUTIR = {
    "pertama": "", "halaman 5": "halaman=5", "desk": "desk=1.19", "daerah": "daerah=30", "kelompok": "kelompok=kawasan:timur",
    "pendekatan": "pendekatan=urusan",
    "diajukan": "kelas=diajukan", "belum": "kelas=belum", "putusan": "putusan=agreed", "indikator": "indikator={indicator}", "lembaga": "lembaga=01.19",
    "tanpa lembaga": "lembaga=-", "opd": "opd=30.1.19", "tanpa opd": "opd=-", "prioritas": "prioritas=PN:2027:01",
}  # fmt: skip
API = {
    "pertama": "", "ronde": "ronde={round}", "desk": "desk=1.19", "daerah": "daerah=30", "bidang": "bidang=1.19", "indikator": "indikator={indicator}",
    "keadaan": "keadaan=agreed", "siap": "saring=siap", "belum": "saring=belum", "definisi": "saring=definisi", "perbaikan": "saring=perbaikan",
    "kata": "q=stunting", "kata tanpa hasil": "q=xyzzy", "prioritas": "prioritas=PN:2027:01",
}  # fmt: skip
WORDS = (
    "q=stunting",
    "q=jalan+contoh",
    "q=A0000005000",
    "q=xyzzyx",
    "q=pemeliharaan&kelompok=sub_kegiatan",
    "q=stunting&kelompok=butir",
)


@dataclass
class Place:
    """One of the two databases: its settings, its addresses, and the people logged in there."""

    settings: dict[str, Any]
    rows: int = 0
    words: dict[str, str] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    cursor: dict[str, str] = field(default_factory=dict)

    def enter(self) -> None:
        """Work on this database from here on."""
        if connection.settings_dict["NAME"] != self.settings["NAME"]:
            connection.close()
            connection.settings_dict.update(self.settings)

    def fill(self, rows: int) -> None:
        """Write the rows, log in, and find a page by cursor."""
        self.enter()
        self.rows = build(rows)
        at_desk = Item.objects.filter(meja__desk__code="1.19").order_by("-pk").values_list("indicator__code", flat=True)
        self.words = {"round": Round.objects.get().code, "indicator": at_desk[0]}
        for user in people():
            client = self.clients[user.username] = Client(headers={"Accept-Encoding": "gzip"})
            client.force_login(user)
            answer = client.get("/api/v1/butir/", headers={"Accept-Encoding": "identity"})
            self.cursor[user.username] = answer.json()["next"]

    def path(self, base: str, query: str) -> str:
        """An address in the words of this database."""
        return f"{base}?{query}".format(**self.words)


def run(bench: Bench) -> list[Result]:
    """Ratios of the 95th percentiles, the worst view of each list told by name; and the slowest search in seconds."""
    large = LARGE // PART if bench.quick else LARGE
    folder = bench.folder / "large"
    folder.mkdir()
    with database(bench.kind, folder) as env:
        places = [Place(dict(connection.settings_dict)), Place({**connection.settings_dict, **_name(env)})]
        places[0].fill(SMALL)
        places[1].fill(large)
        note = f"{places[1].rows} against {places[0].rows} rows"
        try:
            if not bench.quick:
                _counted(places[1])
            found = [
                _list(bench, places, "butir", "/ikhtisar/{round}/butir/", BUTIR, note),
                _list(bench, places, "api", "/api/v1/butir/", {**API, "kursor": "kursor"}, note),
            ]
            places[1].enter()
            return [*found, _search(bench, places[1])]
        finally:
            connection.close()
            connection.settings_dict.update(places[0].settings)


def _name(env: dict[str, str]) -> dict[str, Any]:
    return {"NAME": database_from(env["DATABASE_URL"])["NAME"]}


def _counted(place: Place) -> None:
    """More than ten thousand rows are said to be more than ten thousand."""
    for name, client in place.clients.items():
        answer = client.get(place.path("/ikhtisar/{round}/butir/", ""), headers={"Accept-Encoding": "identity"})
        if b"lebih dari 10.000 butir" not in answer.content:
            raise RuntimeError(f"{name}: the list of {place.rows} rows does not say that there are more than 10.000")


def _list(bench: Bench, places: list[Place], name: str, base: str, views: dict[str, str], note: str) -> Result:
    found: dict[str, list[float]] = {}
    for who in places[0].clients:
        for view, query in views.items():
            size = _rows_of_page(places[0], who, base, query) if name == "api" else ""
            ours = [_getter(place, who, base, query, size) for place in places]
            found[f"{who} {view}"] = _ratios(bench, places, ours)
    worst = max(found, key=lambda view: statistics.median(found[view]))
    over = [view for view, ratios in found.items() if max(ratios) > RATIO]
    told = f"{note}; worst of {len(found)}: {worst}; {len(over)} above the budget in at least one run"
    return measured(f"{bench.name(NAME)}.{name}", found[worst], "× p95", RATIO, told, extrapolated=bench.quick)


def _rows_of_page(place: Place, who: str, base: str, query: str) -> str:
    """Both answer pages of as many rows as the small database has: otherwise rows written would be compared, not rows found."""
    place.enter()
    path = place.cursor[who] if query == "kursor" else place.path(base, query)
    answer = place.clients[who].get(path, headers={"Accept-Encoding": "identity"})
    return f"page_size={max(len(answer.json()['results']), 1)}"


def _getter(place: Place, who: str, base: str, query: str, size: str = "") -> Callable[[], None]:
    path = place.cursor[who] if query == "kursor" else place.path(base, query)
    path += f"{'&' if '?' in path else '?'}{size}" if size else ""

    def get() -> None:
        answer = place.clients[who].get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")

    return get


def _ratios(bench: Bench, places: list[Place], getters: list[Callable[[], None]]) -> list[float]:
    """Run by run the 95th percentile of the large database over that of the small one, block by block in turns."""
    ratios = []
    for _ in range(1 if bench.quick else RUNS):
        ends = []
        for place, get in zip(places, getters, strict=True):
            place.enter()
            get()
            ends.append(_p95(get, 3 if bench.quick else 12))
        ratios.append(ends[1] / ends[0])
    return ratios


def _p95(get: Callable[[], None], times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        get()
        taken.append(time.perf_counter() - start)
    return sorted(taken)[round(0.95 * (times - 1))]


def _search(bench: Bench, place: Place) -> Result:
    """The budget is PostgreSQL's; what SQLite takes is told against the same number."""
    worst: list[float] = []
    told = ""
    for who in place.clients:
        for query in WORDS:
            get = _getter(place, who, "/cari/", query)
            get()
            taken = [_p95(get, 1) for _ in range(bench.repeats(RUNS))]
            if not worst or statistics.median(taken) > statistics.median(worst):
                worst, told = taken, f"{place.rows} rows; slowest of {2 * len(WORDS)}: {who} {query}"
    return measured(f"{bench.name(NAME)}.search", worst, "s", SEARCH, told, extrapolated=bench.quick)
