"""Every list costs the same number of queries at 3 and at 30 rows; every page that could be a list is one or says why not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.matrix.crowd import Crowd
from tests.matrix.routes import all_routes

pytestmark = pytest.mark.django_db
SIZES = (3, 30)
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
    "desks:announcements": (("secretariat",), nothing),
    "desks:my_reports": (("bappeda",), nothing),
    "desks:report_queue": (("secretariat",), nothing),
    "desks:board": (("kl", "secretariat"), desk),
    "desks:board_download": (("kl",), desk),
    "desks:consent_all": (("kl",), lambda crowd: (crowd.session.code,)),
    "desks:desk_index": (("moderator", "bappeda", "secretariat"), nothing),
    "desks:home": (("bappeda", "opd", "kl", "moderator", "secretariat"), nothing),
    "desks:isian": (("bappeda", "opd"), lambda crowd: (crowd.world.meja.code,)),
    "desks:isian_index": (("bappeda", "kl"), nothing),
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
    "indicators:figures": (("kl", "bappeda"), nothing),
    "planning:output_list": (("kl",), nothing),
    "indicators:priorities": (("kl", "secretariat"), nothing),
    "indicators:story": (("kl", "bappeda"), lambda crowd: (crowd.world.indicators[0].code, "32")),
    "planning:document_list": (("kl",), nothing),
}
"""The lists of the portal: who looks at them, and what their address needs."""

NOT_LISTS = {
    "accounts:contact": "a form", "accounts:delegate": "a form", "accounts:invite": "a form", "accounts:password_change": "a form",
    "desks:round_new": "a form", "accounts:token_new": "a form", "accounts:login": "a form", "accounts:password_reset": "a form",
    "accounts:reset_sent": "a sentence",
    "accounts:logout": "an act", "accounts:speak_as": "an act", "agreements:check_form": "a form", "api:docs": "the description of the API",
    "api:schema": "the description of the API", "api:me": "one person", "api:item_move": "an act", "api:item_save": "an act",
    "indicators:document_add": "a form", "indicators:document_template": "an empty workbook", "indicators:priorities_load": "a form",
    "indicators:priorities_template": "the trees as a workbook", "core:healthz": "signs of life", "desks:board_actions": "an act",
    "agreements:draft_scope": "a form", "agreements:draft_induk": "a form", "desks:board_repair": "an act", "desks:board_seen": "an act",
    "desks:notices_read": "an act",
    "desks:targets_upload": "an act", "help": "fixed pages", "sources": "a fixed page", "favicon": "a picture",
    "desks:search": "a fixed number of groups; tests/agreements/test_search.py counts its queries",
    "api:search": "as the page",
    "api:usulan_create": "an act",
    "desks:announcement_new": "a form", "desks:report_trouble": "a form",
    "core:example": "a sentence while example data load",
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


@pytest.fixture(scope="module")
def costs(django_db_setup, django_db_blocker) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Status and number of queries of each list at each size."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {case: [] for case in CASES}
    with django_db_blocker.unblock():
        for size in SIZES:
            with transaction.atomic():
                crowd = Crowd(size)
                for case in CASES:
                    found[case].append(_cost(crowd, *case))
                found.setdefault(("rows", ""), []).append((size, _poorest()))
                transaction.set_rollback(True)
    return found


def _cost(crowd: Crowd, name: str, who: str) -> tuple[int, int]:
    args = LISTS[name][1](crowd) if name in LISTS else ()
    path, client = reverse(name, args=args), crowd.clients[who]
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
