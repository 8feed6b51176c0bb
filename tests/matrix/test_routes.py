"""No route without an expected answer: the resolver is walked and every route looked up in the book."""

from __future__ import annotations

from tests.matrix.routes import all_routes
from tests.matrix.rows import read_rows

EXEMPT = {
    "admin/login/": "leads to the one login; tests/accounts/test_admin.py::test_one_door",
    "admin:login": "hidden behind admin/login/ of ours",
    "admin/password_change/": "leads to the portal's own page; tests/accounts/test_admin.py::test_one_door",
    "admin:password_change": "hidden behind admin/password_change/ of ours",
    "admin:password_change_done": "Django's own page after a change that never happens there",
    "admin:jsi18n": "Django's catalogue of words for its scripts",
    "admin:view_on_site": "Django's redirect to get_absolute_url, which no model of ours has",
}
EXEMPT_PATTERNS = {
    r"admin/(?P<url>.*)$": "Django's answer to unknown addresses below /admin/",
    **{
        route.name: "Django's old address of a form, which leads to the form itself"
        for route in all_routes()
        if route.name.startswith("admin/") and route.name.endswith("/<path:object_id>/")
    },
}
"""Routes of third parties without an answer of ours, each with its reason."""


def test_every_route_stands_in_the_book() -> None:
    known = {row.route for row in read_rows()} | set(EXEMPT) | set(EXEMPT_PATTERNS)
    assert [route.name for route in all_routes() if route.name not in known] == []


def test_the_book_names_no_route_that_is_gone() -> None:
    names = {route.name for route in all_routes()}
    assert sorted({row.route for row in read_rows()} - names) == []
    assert sorted(set(EXEMPT) - names) == []
