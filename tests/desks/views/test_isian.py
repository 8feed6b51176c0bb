"""The Isian without JavaScript: index, table, submitting, moves of many rows, the inner date."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from core.values import format_value
from desks.models import InnerDeadline, Round, Seat, Stage
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.support import SupportData, add_support
from tests.desks.world import World, build, fill, submit


def table(world: World) -> str:
    return reverse("desks:isian", args=[world.meja.code])


def posted(world: World, **typed: str) -> dict[str, str]:
    """The body of the table's form as the page showed it, with some fields typed into (by place, v0 = the first)."""
    body = {"kunci": "k"}
    for place, item in enumerate(world.items()):
        shown = format_value(item.value_proposed)
        body[f"v.{item.code}"] = typed.get(f"v{place}", shown)
        body[f"d.{item.code}"] = f"{item.version}|{shown}"
    return body


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_index_counts_the_rows_of_each_desk(client_of, world: World):
    fill(world, 2)
    submit(world)
    response = client_of(world.bappeda).get("/isian/")
    (row,) = response.context["desks"]
    assert (row.name, row.done, row.total) == ("1.03 Pekerjaan Umum", 2, 3)
    assert row.counts == [("kosong", 1, "netral"), ("diajukan", 2, "biru")]
    assert row.url == table(world)


def test_the_index_of_the_centre_leads_to_desks(client_of, world: World):
    response = client_of(world.kl).get("/isian/")
    assert (response.context["fills"], response.context["desks"]) == (False, [])
    assert [name for name, _ in response.context["links"]] == ["1.03 Pekerjaan Umum"]


def test_several_rounds_the_running_one_first(client_of, world: World):
    old = Round.objects.create(
        forum_name="Lama", short_name="Rakortek 2028", held_year=2027, plan_year=2028, level="national",
        host=world.kemendagri_inst, closed_at=timezone.now(),
    )  # fmt: skip
    Seat.objects.create(round=old, institution=world.bappeda_jabar, region=world.jabar, role="bappeda")
    client = client_of(world.bappeda)
    assert client.get("/isian/").context["rounds"] == [world.round, old]
    assert client.get(f"/isian/?ronde={old.code}").context["round"] == old
    assert client.get("/isian/?ronde=NOTTHERE00").status_code == 404


def test_the_table_shows_figures_proposal_and_pagu(client_of, world: World):
    item = world.item()
    source = world.sources[0].pk
    data = SupportData(world.sub_kegiatan[0].pk, world.dinas_jabar.pk, funds=((source, "2", "juta"),))
    add_support(world.opd, item, data, seen_version=item.version)
    item = world.item()
    add_support(world.opd, item, SupportData(world.sub_kegiatan[1].pk, world.dinas_jabar.pk), seen_version=item.version)
    item = world.item(1)
    add_support(world.opd, item, SupportData(world.sub_kegiatan[1].pk, world.dinas_jabar.pk), seen_version=item.version)
    rows = client_of(world.bappeda).get(table(world)).context["table"].rows
    assert [shown.text for shown in rows[0].figures] == ["11,00", "12,00", "13,00", "", "15,00", "14,00", "", ""]
    assert [row.details for row in rows] == [
        ("2", "Rp2.000.000 · 1 tanpa pagu"), ("1", "pagu belum ditetapkan"), (),
    ]  # fmt: skip


def test_chips_count_and_filter(client_of, world: World):
    fill(world, 1)
    client = client_of(world.bappeda)
    response = client.get(table(world) + "?saring=kosong")
    chips = {chip["label"]: chip["count"] for chip in response.context["chips"]}
    assert chips == {
        "semua": 3, "kosong": 2, "perlu perbaikan": 0, "dikembalikan": 0, "menunggu pemeriksaan": 0, "siap diajukan": 1,
    }  # fmt: skip
    assert len(response.context["table"].rows) == 2


def test_changed_rows_are_saved_and_the_page_comes_back(client_of, world: World):
    response = client_of(world.opd).post(table(world), posted(world, v0="14,5", v2="<5"))
    assert (response.status_code, response["Location"]) == (302, table(world))
    assert said(response) == ["2 baris tersimpan."]
    assert [format_value(item.value_proposed) for item in world.items()] == ["14,50", "", "<5,00"]


def test_posting_the_same_form_twice_writes_once(client_of, world: World):
    body = posted(world, v0="14,5")
    client = client_of(world.opd)
    for _ in range(2):
        assert said(client.post(table(world), body))[-1] == "1 baris tersimpan."
    assert world.item().version == 2


def test_a_conflict_keeps_what_was_typed_beside_theirs(client_of, world: World):
    body = posted(world, v0="15", v1="7")
    item = world.item()
    save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "14"})])
    client = client_of(world.opd)
    response = client.post(table(world), body)
    assert response.status_code == 409
    first, second, _ = response.context["table"].rows
    assert (first.result.status, first.typed, first.value, first.version) == ("conflict", "15", "14,00", 2)
    assert (second.result.status, second.value) == ("saved", "7,00")
    # Posting the page as it now stands is a knowing overwrite.
    body |= {f"v.{first.code}": "15", f"d.{first.code}": f"{first.version}|{first.value}"}
    body |= {f"v.{second.code}": "7,00", f"d.{second.code}": "2|7,00"}
    assert client.post(table(world), body).status_code == 302
    assert format_value(world.item().value_proposed) == "15,00"


def test_ambiguous_numbers_are_asked_about_once(client_of, world: World):
    body = posted(world, v0="1.234", v1="5.678")
    client = client_of(world.opd)
    response = client.post(table(world), body)
    assert response.status_code == 422
    assert response.context["asked"][0] == {"text": "1.234", "as_thousands": "1234", "as_decimal": "1,234"}
    assert [row.typed for row in response.context["table"].rows] == ["1.234", "5.678", ""]
    assert client.post(table(world), {**body, "titik": "thousands"}).status_code == 302
    assert [format_value(item.value_proposed) for item in world.items()] == ["1.234,00", "5.678,00", ""]


def test_a_refused_row_keeps_its_text_and_says_why(client_of, world: World):
    response = client_of(world.opd).post(table(world), posted(world, v0="3,,4"))
    row = response.context["table"].rows[0]
    assert (response.status_code, row.typed, row.result.status) == (422, "3,,4", "refused")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("opd", 200),
        ("bappeda", 200),
        ("verifikator", 200),
        ("other_opd", 404),
        ("other_bappeda", 404),
        ("kl", 404),
        ("outsider", 404),
    ],
)
def test_who_sees_the_table(client_of, world: World, who, status):
    assert client_of(getattr(world, who)).get(table(world)).status_code == status


def test_the_anonymous_are_led_to_the_login(client, world: World):
    response = client.get(table(world))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/masuk/")


def test_the_verifikator_has_no_fields(client_of, world: World):
    response = client_of(world.verifikator).get(table(world))
    assert [row.editable for row in response.context["table"].rows] == [False] * 3


def test_after_the_stage_nothing_is_editable(client_of, world: World):
    Stage.objects.filter(kind="filling_region").update(closes_at=timezone.now() - dt.timedelta(hours=1))
    found = client_of(world.bappeda).get(table(world)).context["table"]
    assert [row.editable for row in found.rows] == [False] * 3
    assert found.deadline.open is False


@pytest.mark.parametrize("actor", ["bappeda", "opd"])
def test_the_table_costs_the_same_at_any_number_of_rows(client_of, django_assert_max_num_queries, db, actor):
    few, many = build_counts(client_of, django_assert_max_num_queries, actor)
    assert few == many


def build_counts(client_of, django_assert_max_num_queries, actor: str) -> tuple[int, int]:
    world = build(30)
    client = client_of(getattr(world, actor))
    client.get(table(world))
    with django_assert_max_num_queries(15) as many:
        client.get(table(world))
    keep = world.items()[:3]
    type(keep[0]).objects.filter(meja=world.meja).exclude(pk__in=[item.pk for item in keep]).delete()
    with django_assert_max_num_queries(15) as few:
        client.get(table(world))
    return len(few.captured_queries), len(many.captured_queries)


def test_an_empty_row_of_the_opd_has_a_box_that_waits_for_its_value(client_of, world: World):
    fill(world, 1)
    page = client_of(world.opd).get(table(world)).content.decode()
    full, empty = world.item(0).code, world.item(1).code
    assert f'value="{full}:{world.item(0).version}" data-select-row data-needs-value aria' in page
    assert f'value="{empty}:{world.item(1).version}" data-select-row data-needs-value disabled' in page
    assert "data-needs-value" not in client_of(world.bappeda).get(table(world)).content.decode()


def test_the_opd_proposes_ticked_rows(client_of, world: World):
    fill(world, 2)
    rows = [f"{item.code}:{item.version}" for item in world.items()[:2]]
    response = client_of(world.opd).post(table(world) + "pindah/", {"tindakan": "propose", "butir": rows, "kunci": "k"})
    assert said(response) == ["2 butir diusulkan kepada Bappeda."]
    assert [item.state for item in world.items()] == ["proposed", "proposed", "draft"]


def test_the_bappeda_returns_ticked_rows_with_a_note(client_of, world: World):
    fill(world, 1)
    item = world.item()
    move_rows(world.opd, "propose", [(item.code, item.version)])
    body = {"tindakan": "return", "butir": [f"{item.code}:{item.version + 1}"], "kunci": "k"}
    client = client_of(world.bappeda)
    response = client.post(table(world) + "pindah/", body)
    assert said(response) == ["1 butir tidak diproses. Tuliskan catatan: apa yang perlu diketahui pihak lain."]
    client.post(table(world) + "pindah/", {**body, "catatan": "Lampirkan sumber."})
    assert (world.item().state, world.item().request_text) == ("returned", "Lampirkan sumber.")


def test_no_other_move_goes_through_the_table(client_of, world: World):
    body = {"tindakan": "withdraw", "butir": []}
    assert client_of(world.bappeda).post(table(world) + "pindah/", body).status_code == 404


def test_the_bappeda_sets_the_date_of_its_opd(client_of, world: World):
    wanted = (
        (timezone.now() + dt.timedelta(days=2)).astimezone(ZoneInfo("Asia/Jakarta")).replace(second=0, microsecond=0)
    )
    url = reverse("desks:inner_deadline", args=[world.round.code])
    client = client_of(world.bappeda)
    response = client.post(url, {"closes_at": wanted.strftime("%Y-%m-%dT%H:%M")})
    assert response.status_code == 302
    assert InnerDeadline.objects.get().closes_at == wanted
    shown = client_of(world.opd).get("/isian/").context["deadline"]
    assert (shown.closes_at, shown.why) == (wanted, "batas bagi perangkat daerah dari Bappeda")
    late = (wanted + dt.timedelta(days=30)).strftime("%Y-%m-%dT%H:%M")
    refused = client.post(url, {"closes_at": late})
    assert (refused.status_code, refused.context["form"]["closes_at"].value()) == (422, late)
    assert client_of(world.opd).post(url, {"closes_at": late}).status_code == 403
