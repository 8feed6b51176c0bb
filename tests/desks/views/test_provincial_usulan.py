"""The pages of usulan and the overview in a provincial round: filing, quota, board, workbook, gap, API."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Region
from core.excel import read_rows
from desks.models import Item, UsulanQuota
from desks.services.usulan.aims import AimData
from tests.desks import provincial_world as p
from tests.desks.local_usulan_world import LocalKewil, build_local
from tests.desks.views.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kewil() -> LocalKewil:
    return build_local()


def test_a_kabupaten_files_over_the_form_and_reads_its_quota(kewil: LocalKewil) -> None:
    UsulanQuota.objects.create(round=kewil.made.round, region=Region.objects.get(kode="36.01"), number=1)
    client, url = client_of(kewil.local), reverse("desks:usulan_add", args=[kewil.mejas[0].code])
    page = client.get(url).content.decode()
    assert "Program/sub kegiatan provinsi" in page and "Rincian output" not in page and "Dinas Kesehatan Banten" in page
    typed = {
        "title": "Jalan Ciruas", "program_cari": "jalan", "program": "", "pengampu": kewil.made.dinas[1].institution.pk, "unit": "km",
        "amount_unit": "ribu", "baris": "2", "rinci-0": "Kecamatan Ciruas", "volume-0": "2,5", "alokasi-0": "1.500", "kunci": "k1",
    }  # fmt: skip
    found = client.post(url, typed | {"langkah": "cari"}).content.decode()
    assert kewil.sub.kode in found and kewil.kabkota_sub.kode not in found and kewil.old_sub.kode + " " not in found
    assert 'value="Jalan Ciruas"' in found
    answer = client.post(url, typed | {"langkah": "simpan", "program": kewil.sub.pk})
    item = Item.objects.get(usulan__title="Jalan Ciruas")
    assert answer.status_code == 302 and item.usulan.places.get().region.kode == "36.01"
    kewil.submitted("Sudah diajukan")
    listed = client.get(reverse("desks:isian", args=[kewil.mejas[0].code])).content.decode()
    assert "kuota: 1 dari 1 usulan diajukan" in listed and "tarik salah satu yang sudah diajukan" in listed
    submit = reverse("desks:submit", args=[kewil.mejas[0].code])
    assert "Kuota usulan Kabupaten 1: 1 dari 1 usulan diajukan" in client.get(submit).content.decode()
    said = client.post(
        submit, {"butir": f"draft:{item.code}:{item.version}", "kunci": "k2"}, follow=True
    ).content.decode()
    assert "Kuota Kabupaten 1 1 usulan sudah terpakai semua" in said
    assert client_of(kewil.made.local[1]).get(url).status_code == 404


def test_the_board_speaks_and_filters_in_provincial_words(kewil: LocalKewil) -> None:
    kewil.submitted("Jalan", "Kecamatan Ciruas", "Kecamatan Petir")
    kewil.submitted("Pasar", aim=AimData(grant=True, charge_id=kewil.made.host.pk))
    client = client_of(kewil.made.dinas[1])
    url = reverse("desks:board", args=[kewil.made.round.code, "KW"])
    for query, shown, hidden in (
        ("ro=Bankeu", "Pasar", "Jalan"),
        ("kl=36.1.03", "Jalan", "Pasar"),
        ("q=petir", "Jalan", "Pasar"),
    ):
        page = client.get(f"{url}?{query}").content.decode()
        assert f">{shown}</a>" in page and f">{hidden}</a>" not in page, query
    book = read_rows(client.get(reverse("desks:board_download", args=[kewil.made.round.code, "KW"])).content)
    assert book[3][1:6] == [
        "Kab/kota",
        "Usulan",
        "Perangkat daerah provinsi",
        "Kode program/sub kegiatan",
        "Program/sub kegiatan provinsi",
    ]
    assert [row[7] for row in book[4:]] == ["Kecamatan Ciruas", "Kecamatan Petir", "Kecamatan Ciruas"]


def test_the_api_files_reads_and_submits_within_the_quota(kewil: LocalKewil) -> None:
    UsulanQuota.objects.create(round=kewil.made.round, region=Region.objects.get(kode="00"), number=1)
    client = client_of(kewil.local)
    body = {
        "meja": kewil.mejas[0].code, "title": "Jalan", "program": "1.03.10.1.01.0003", "charge": "opd:36.1.03", "unit": "km",
        "places": [{"region": "36.01", "detail": "Kecamatan Ciruas", "volume": "3", "amount": "900"}],
    }  # fmt: skip

    def post(path: str, content: object, key: str) -> tuple[int, dict[str, Any]]:
        answer = client.post(
            f"/api/v1/{path}/", content, content_type="application/json", headers={"Idempotency-Key": key}
        )
        return answer.status_code, answer.json()

    status, one = post("usulan", body, "a")
    assert (status, one["ro"]["kl"], one["places"][0]["detail"]) == (
        201,
        "Dinas Pekerjaan Umum Banten",
        "Kecamatan Ciruas",
    )
    status, problem = post("usulan", body | {"program": "9.99"}, "b")
    assert status in (400, 422) and "9.99 tidak ada dalam nomenklatur 2027" in problem["detail"]
    _, two = post("usulan", body | {"title": "Kedua", "program": "", "grant": True}, "c")
    assert two["ro"]["code"] == "Bankeu"
    rows = [{"code": row["code"], "version": row["version"]} for row in (one, two)]
    _, moved = post("pindah", {"action": "submit", "rows": rows, "given": {}}, "d")
    assert [row["status"] for row in moved["rows"]] == ["saved", "refused"] and "Kuota Kabupaten 1" in moved["rows"][1][
        "message"
    ]


def test_the_gap_of_a_provincial_round_is_for_the_host_side_only() -> None:
    made = p.build(2)
    p.hand_in(made, made.desks[0])
    url = reverse("desks:national_gap", args=[made.round.code])
    for actor, status in (
        (made.bappeda, 200), (made.dinas[1], 200), (made.secretariat, 200), (made.local[0], 403), (made.local_opd[0], 403), (made.observer, 403),
        (made.outsider, 404),
    ):  # fmt: skip
        assert client_of(actor).get(url).status_code == status, actor
    page = client_of(made.bappeda).get(url).content.decode()
    assert "Selisih terhadap sasaran provinsi" in page and "nasional 2027" not in page
    matrix = (
        client_of(made.bappeda)
        .get(reverse("desks:completeness", args=[made.round.code]), {"susun": "lembaga"})
        .content.decode()
    )
    assert "Perangkat daerah provinsi dan indikator" in matrix and "Dinas Kesehatan Banten" in matrix
    progress = client_of(made.bappeda).get(reverse("desks:overview", args=[made.round.code])).content.decode()
    assert "Per kabupaten/kota" in progress and "tile-map" not in progress
