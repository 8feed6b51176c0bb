from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Region
from indicators.models import Figure
from planning.models import BidangHolder
from tests.facts import broken_copy

pytestmark = pytest.mark.django_db


def run(**options) -> list[str]:
    out = StringIO()
    call_command("load_reference", stdout=out, **options)
    return out.getvalue().splitlines()


def test_everything_loads_and_a_second_run_changes_nothing():
    run()
    assert (Figure.objects.count(), BidangHolder.objects.count()) == (680 + 76 + 148 + 3413 + 36 + 38, 2 * 1424)
    assert [line for line in run() if ": 0 baru, 0 diubah, " not in line] == []


def test_bad_rows_are_printed_and_stop_the_loading(tmp_path):
    folder = broken_copy(tmp_path, "provinsi.csv", "12,Sumatera Utara", "11,Sumatera Utara")
    err = StringIO()
    with pytest.raises(CommandError, match="Berkas provinsi.csv tidak dimuat: 1 baris bermasalah."):
        call_command("load_reference", folder=str(folder), stdout=StringIO(), stderr=err)
    assert err.getvalue().splitlines() == ["provinsi.csv, baris 3: “11” sudah ada pada baris 2."]
    assert Region.objects.count() == 0
