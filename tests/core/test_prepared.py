"""The rules of a prepared read itself; that each one answers as the plain one does is tested beside its owner (tests/desks)."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet

from core.prepared import MOST, Prepared
from desks.models import Item

pytestmark = pytest.mark.django_db


def test_a_parameter_that_the_query_does_not_use_is_an_error() -> None:
    def build(*, code: str) -> QuerySet[Item]:
        return Item.objects.filter(state="draft")

    with pytest.raises(TypeError, match="code"):
        Prepared(build, code=str)(code="x")


def test_a_parameter_that_changes_the_sql_is_an_error() -> None:
    def build(*, code: str) -> QuerySet[Item]:
        rows = Item.objects.filter(code=code)
        return rows.filter(state=code) if code.endswith("0\u2403") else rows

    with pytest.raises(TypeError, match="shape"):
        Prepared(build, code=str)(code="x")


def test_nothing_to_see_is_an_empty_answer() -> None:
    def build(*, code: str) -> QuerySet[Item]:
        return Item.objects.filter(pk__in=[], code=code)

    assert Prepared(build, code=str)(code="x") == []


def test_the_number_of_shapes_is_bounded() -> None:
    def build(limit: int, *, code: str) -> QuerySet[Item]:
        return Item.objects.filter(code=code, version=limit)

    read = Prepared(build, code=str)
    for limit in range(MOST + 5):
        assert read(limit, code="x") == []
    assert len(read._compiled) <= MOST
