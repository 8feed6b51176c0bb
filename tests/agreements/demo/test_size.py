"""Sizes as typed, and where they are refused; loading them is tested with the example that they stand on."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from agreements.demo.size import read_shape
from core.errors import InvalidInput
from desks.models import Round
from tests.factories import make_institution


def test_sizes_as_typed():
    assert str(read_shape("nasional")) == "nasional 38 × 354"
    assert str(read_shape("provinsi")) == "provinsi 514 × 273"
    assert str(read_shape("provinsi:3x5")) == "provinsi 3 × 5"
    for text in ("besar", "nasional:0x5", "nasional:39x5", "provinsi:2x", "provinsi:2x0", ""):
        with pytest.raises(InvalidInput, match=r"nasional|target paling sedikit"):
            read_shape(text)


@pytest.mark.django_db
def test_refused_beside_real_rounds_even_when_forced(settings):
    settings.DEMO = True
    real = Round.objects.create(
        forum_name="Rakortek", short_name="Rakortek", held_year=2026, plan_year=2027, level="national", host=make_institution()
    )  # fmt: skip
    for options in ({}, {"force": True}):
        with pytest.raises(CommandError, match="bukan simulasi"):
            call_command("load_demo", size=["nasional:2x5"], **options)
    with pytest.raises(CommandError, match="bukan ukuran"):
        real.delete()
        call_command("load_demo", size=["raksasa"])
    assert User.objects.count() == 0
