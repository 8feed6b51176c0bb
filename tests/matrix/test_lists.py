"""Every list costs the same number of queries at 3 and at 30 rows; every page that could be a list is one or says why not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.excel import read_rows
from core.files import XLSX
from tests.matrix.crowd import Crowd
from tests.matrix.routes import all_routes

pytestmark = pytest.mark.django_db
SIZES = (3, 30)
Answer = tuple[bool, int, str, bytes]
"""Whether the page offers Excel; status, type and content of the answer."""
Args = Callable[[Crowd], tuple[object, ...]]


def nothing(crowd: Crowd) -> tuple[object, ...]:
    """An address without arguments."""
    return ()


def macro_desk(crowd: Crowd) -> tuple[object, ...]:
    """Round and makro desk."""
    return crowd.world.round.code, crowd.macro.desk.code


def desk(crowd: Crowd) -> tuple[object, ...]:
    """Round and desk."""
    return crowd.world.round.code, crowd.world.desk.code


LISTS: dict[str, tuple[tuple[str, ...], Args]] = {
    "accounts:people": (("coordinator",), nothing),
    "accounts:profile": (("bappeda",), nothing),
    "agreements:ba_list": (("moderator", "bappeda", "other_bappeda"), nothing),
    "api:berita_acara-list": (("moderator", "bappeda"), nothing),
    "api:alignment": (("bappeda", "kl"), nothing),
    "api:changes": (("bappeda", "kl"), nothing),
    "api:document_list": (("kl", "bappeda"), nothing),
    "api:document_lines": (("kl",), lambda crowd: (crowd.document.pk,)),
    "api:figures": (("kl", "bappeda"), nothing),
    "api:indicator_list": (("kl",), nothing),
    "api:node_list": (("kl",), nothing),
    "api:desk_list": (("bappeda", "kl"), nothing),
    "api:round_list": (("bappeda", "kl"), nothing),
    "api:item_list": (("bappeda", "kl", "other_bappeda"), nothing),
    "api:session_list": (("moderator", "bappeda"), nothing),
    "api:session_detail": (("kl",), lambda crowd: (crowd.session.code,)),
    "desks:agree_all": (("moderator",), lambda crowd: (crowd.session.code,)),
    "desks:attendance": (("notulis",), lambda crowd: (crowd.session.code,)),
    "desks:alignment": (("bappeda", "opd"), lambda crowd: (crowd.world.meja.code,)),
    "desks:alignment_desk": (("kl",), desk),
    "desks:alignment_region": (("bappeda",), nothing),
    "desks:beside": (("bappeda",), lambda crowd: (crowd.world.meja.code,)),
    "desks:beside_region": (("bappeda",), nothing),
    "desks:alignment_document": (("bappeda",), lambda crowd: (crowd.plan.pk,)),
    "desks:announcements": (("secretariat",), nothing),
    "desks:my_reports": (("bappeda",), nothing),
    "desks:report_queue": (("secretariat",), nothing),
    "desks:bahan": (("kl", "bappeda"), lambda crowd: (crowd.world.round.code,)),
    "desks:board": (("kl", "secretariat"), desk),
    "desks:board_download": (("kl",), desk),
    "desks:consent_all": (("kl",), lambda crowd: (crowd.session.code,)),
    "desks:desk_index": (("moderator", "bappeda", "secretariat"), nothing),
    "desks:home": (("bappeda", "opd", "kl", "moderator", "secretariat"), nothing),
    "desks:isian": (("bappeda", "opd"), lambda crowd: (crowd.world.meja.code,)),
    "desks:isian_index": (("bappeda", "kl"), nothing),
    "desks:isian_book": (("bappeda", "opd"), lambda crowd: (crowd.world.round.code,)),
    "desks:isian_excel": (("bappeda",), lambda crowd: (crowd.world.round.code,)),
    "desks:grid": (("bappeda", "opd"), lambda crowd: (crowd.world.meja.code,)),
    "desks:grid_round": (("bappeda", "opd"), lambda crowd: (crowd.world.round.code,)),
    "desks:round": (("secretariat", "bappeda"), lambda crowd: (crowd.world.round.code,)),
    "desks:setup": (("secretariat",), lambda crowd: (crowd.world.round.code,)),
    "desks:setup_close": (("secretariat",), lambda crowd: (crowd.world.round.code,)),
    "desks:setup_download": (("secretariat",), lambda crowd: (crowd.world.round.code,)),
    "desks:setup_part": (("secretariat",), lambda crowd: (crowd.world.round.code, "sesi")),
    "desks:setup_usual_seats": (("secretariat",), lambda crowd: (crowd.world.round.code,)),
    "desks:setup_versions": (("secretariat",), lambda crowd: (crowd.world.round.code,)),
    "desks:overview": (("secretariat", "bappeda"), lambda crowd: (crowd.world.round.code,)),
    "desks:completeness": (("secretariat", "kl", "bappeda"), lambda crowd: (crowd.world.round.code,)),
    "desks:overview_rows": (("secretariat", "kl", "bappeda"), lambda crowd: (crowd.world.round.code,)),
    "desks:national_gap": (("secretariat", "kl"), lambda crowd: (crowd.world.round.code,)),
    "desks:session": (("moderator", "bappeda"), lambda crowd: (crowd.session.code,)),
    "desks:session_close": (("moderator",), lambda crowd: (crowd.session.code,)),
    "desks:session_plan": (("secretariat",), desk),
    "desks:session_versions": (("kl",), lambda crowd: (crowd.session.code,)),
    "desks:submit": (("other_bappeda",), lambda crowd: (crowd.world.other_meja.code,)),
    "desks:submit_region": (("other_bappeda",), nothing),
    "desks:targets": (("kl",), desk),
    "desks:targets_download": (("kl",), desk),
    "indicators:document": (("kl",), lambda crowd: (crowd.document.pk,)),
    "indicators:document_compare": (("kl",), lambda crowd: (crowd.document.pk,)),
    "desks:in_document": (("bappeda", "kl"), lambda crowd: (crowd.renja.pk,)),
    "indicators:upload": (("bappeda",), lambda crowd: (crowd.upload.code,)),
    "indicators:figures": (("kl", "bappeda"), nothing),
    "planning:output_list": (("kl",), nothing),
    "planning:pagu_list": (("bappeda", "opd", "kl"), nothing),
    "indicators:priorities": (("kl", "secretariat"), nothing),
    "indicators:story": (("kl", "bappeda"), lambda crowd: (crowd.world.indicators[0].code, "32")),
    "planning:document_list": (("kl",), nothing),
}
"""The lists of the portal: who looks at them, and what their address needs."""

QUERY: dict[str, str | Callable[[Crowd], str]] = {
    "desks:bahan": "?desk=1.03",
    "api:alignment": lambda crowd: f"?meja={crowd.world.meja.code}",
}
"""What has to be asked for so that the list is there."""
ITSELF = frozenset({"desks:isian_book", "desks:board_download", "desks:targets_download", "desks:setup_download"})
"""Routes that are a workbook."""
BESIDE = {"desks:board": "desks:board_download", "desks:targets": "desks:targets_download"}
"""Lists whose workbook has a route of its own."""
NO_EXCEL = {
    "accounts:profile": "one's own few settings", "desks:agree_all": "a confirmation of rows of the sitting",
    "desks:consent_all": "a confirmation of rows of the sitting", "desks:session_close": "a form", "desks:session_plan": "a form",
    "desks:grid": "the rows of the Isian, whose workbook is that of `desks:isian`",
    "desks:grid_round": "the rows of the Isian of each desk",
    "desks:home": "what waits for the person; each line leads to its list", "desks:session_versions": "versions for polling",
    "desks:session": "the room; its rows are taken away as bahan desk and as berita acara",
    "desks:beside": "beside the Isian; the findings are a list of their own, and so is the pagu",
    "desks:beside_region": "beside the Isian; the findings are a list of their own, and so is the pagu",
    "desks:alignment_document": "a part of the page of a document; the list of findings has the workbook",
    "desks:bahan": "the workbook is asked for by POST; tests/desks/test_bahan.py opens it",
    "desks:isian_excel": "what was sent lately; the workbook is `isian_book`",
    "desks:setup": "the checklist; the workbook of the set-up is `setup_download`",
    "desks:setup_usual_seats": "a preview; the seats are a list of the set-up with its workbook",
    "indicators:document_compare": "a comparison, with a workbook where there are two versions; tests/indicators/views opens it",
}  # fmt: skip
"""Lists without a workbook, and why; lists of the API answer programs."""
NOT_LISTS = {
    "accounts:contact": "a form", "accounts:delegate": "a form", "accounts:invite": "a form", "accounts:password_change": "a form",
    "desks:round_new": "a form", "accounts:token_new": "a form", "accounts:login": "a form", "accounts:password_reset": "a form",
    "accounts:reset_sent": "a sentence",
    "accounts:logout": "an act", "accounts:speak_as": "an act", "agreements:check_form": "a form", "api:docs": "the description of the API",
    "api:schema": "the description of the API", "api:me": "one person", "api:item_move": "an act", "api:item_save": "an act",
    "indicators:upload_add": "a form; at most twenty files that wait stand above it",
    "indicators:document_add": "a form", "indicators:document_template": "an empty workbook", "indicators:priorities_load": "a form",
    "indicators:priorities_template": "the trees as a workbook", "core:healthz": "signs of life", "desks:board_actions": "an act",
    "agreements:draft_scope": "a form", "agreements:draft_induk": "a form", "desks:board_repair": "an act", "desks:board_seen": "an act",
    "desks:notices_read": "an act", "desks:queue": "a frame without data",
    "desks:bahan_download": "an act: the papers as a workbook",
    "desks:targets_upload": "an act", "desks:isian_upload": "an act", "help": "fixed pages", "sources": "a fixed page", "favicon": "a picture",
    "planning:pagu_upload": "an act",
    "desks:search": "a fixed number of groups; tests/agreements/test_search.py counts its queries",
    "api:search": "as the page",
    "api:usulan_create": "an act", "api:support_save": "an act",
    "desks:announcement_new": "a form", "desks:report_trouble": "a form",
    "core:example": "a sentence while example data load",
    "desks:agenda_lines": "of a sector round only; tests/desks/services/test_agenda_lines.py counts its queries",
    "desks:lines_attach": "an act",
    "desks:macro_ahead": "a line for each region; tests/desks/services/test_macro_prepare.py counts its queries",
}  # fmt: skip
ADMIN = re.compile(r"admin:(?P<app>[a-z]+)_(?P<model>[a-z]+)_changelist")
OTHER_ADMIN = re.compile(r"admin[:/].*")  # forms and doors; the changelists are all asked
NATURALLY_FEW = {
    "auth.group": "bundles of powers, kept by hand", "axes.accessattempt": "failed logins", "axes.accesslog": "logins",
    "axes.accessfailurelog": "failed logins",
}  # fmt: skip


def _admin_lists() -> dict[str, str]:
    names = (ADMIN.fullmatch(route.name) for route in all_routes())
    return {match[0]: f"{match['app']}.{match['model']}" for match in names if match}


CASES = [(name, who) for name, (people, _) in LISTS.items() for who in people] + [
    (name, "keeper" if label.split(".")[0] in ("planning", "indicators", "desks", "agreements") else "superuser")
    for name, label in _admin_lists().items()
]


WITH_EXCEL = sorted(name for name in LISTS if name not in NO_EXCEL and not name.startswith("api:"))


@pytest.fixture(scope="module")
def measured(
    django_db_setup, django_db_blocker
) -> tuple[dict[tuple[str, str], list[tuple[int, int]]], dict[str, Answer]]:
    """Status and number of queries of each list at each size, and the workbook of each."""
    workbooks: dict[str, Answer] = {}
    found: dict[tuple[str, str], list[tuple[int, int]]] = {case: [] for case in CASES}
    with django_db_blocker.unblock():
        for size in SIZES:
            with transaction.atomic():
                crowd = Crowd(size)
                for case in CASES:
                    found[case].append(_cost(crowd, *case))
                if size == SIZES[0]:
                    workbooks = {name: _workbook(crowd, name) for name in WITH_EXCEL}
                found.setdefault(("rows", ""), []).append((size, _poorest()))
                transaction.set_rollback(True)
    return found, workbooks


@pytest.fixture(scope="module")
def costs(measured) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Status and number of queries of each list at each size."""
    return measured[0]


def _workbook(crowd: Crowd, name: str) -> Answer:
    """How the list is offered and answered as Excel, to the first of its people."""
    people, args = LISTS[name]
    client, route = crowd.clients[people[0]], BESIDE.get(name, name)
    offered = name in ITSELF or "Unduh Excel" in client.get(reverse(name, args=args(crowd))).content.decode()
    response = client.get(
        reverse(route, args=args(crowd)), {} if route in (*ITSELF, *BESIDE.values()) else {"format": "xlsx"}
    )
    return offered, response.status_code, response.get("Content-Type", ""), response.content


def _cost(crowd: Crowd, name: str, who: str) -> tuple[int, int]:
    args = LISTS[name][1](crowd) if name in LISTS else ()
    asked = QUERY.get(name, "")
    path = reverse(name, args=args) + (asked if isinstance(asked, str) else asked(crowd))
    client = crowd.clients[who]
    client.get(path)  # what is read once a process or once a visit is read now
    with CaptureQueriesContext(connection) as seen:
        response = client.get(path)
    return response.status_code, len(seen)


def _poorest() -> int:
    labels = set(_admin_lists().values()) - set(NATURALLY_FEW)
    return min(apps.get_model(label)._base_manager.count() for label in labels)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_a_list_costs_the_same_at_3_and_30_rows(costs, case) -> None:
    few, many = costs[case]
    assert few[0] == many[0] == 200
    assert few[1] == many[1], f"{case[0]} as {case[1]}: {few[1]} queries at 3 rows, {many[1]} at 30"


@pytest.mark.parametrize("name", WITH_EXCEL)
def test_a_list_is_taken_away_as_excel(measured, name) -> None:
    offered, status, kind, content = measured[1][name]
    assert offered, f"{name} offers no Excel"
    assert (status, kind) == (200, XLSX)
    assert len(read_rows(content)) > 1


def test_what_has_no_excel_is_a_list_and_says_why() -> None:
    assert sorted(set(NO_EXCEL) - set(LISTS)) == []
    assert all(NO_EXCEL.values())


def test_every_table_had_enough_rows(costs) -> None:
    (few, poorest_few), (many, poorest_many) = costs["rows", ""]
    assert (poorest_few >= few, poorest_many >= many) == (True, True)


def test_every_page_is_a_list_or_says_why_not() -> None:
    plain = {
        route.name for route in all_routes() if not re.sub(r"<str:(round|desk)_code>", "", route.pattern).count("<")
    }
    undecided = {
        name for name in plain if name not in LISTS and name not in NOT_LISTS and not OTHER_ADMIN.fullmatch(name)
    }
    assert sorted(undecided) == []
