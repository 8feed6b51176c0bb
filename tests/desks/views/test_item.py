"""The page of one row: proposal, moves, sub kegiatan, who sees which part of its life."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from core.values import format_value
from desks.models import Note, Support
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.support import SupportData, add_support
from desks.services.talk import put_position, write_note
from tests.desks.world import World, build, fill, ready, submit


def page(item) -> str:
    return reverse("desks:item", args=[item.code])


def body(item, **typed) -> dict[str, str]:
    facts = {
        "value": format_value(item.value_proposed), "proposal_note": item.proposal_note, "applicability": item.applicability,
        "applicability_reason": item.applicability_reason, "versi": str(item.version), "kunci": "k",
    }  # fmt: skip
    return {**facts, **typed}


def test_the_proposal_is_saved_and_the_page_comes_back(client_of, world: World):
    item = world.item()
    response = client_of(world.opd).post(page(item), body(item, value="14,5", proposal_note="Sesuai RPJMD."))
    assert (response.status_code, response["Location"]) == (302, page(item))
    now = world.item()
    assert (format_value(now.value_proposed), now.proposal_note) == ("14,50", "Sesuai RPJMD.")


def test_a_conflict_shows_yours_theirs_and_base(client_of, world: World):
    item = world.item()
    save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "14"})])
    response = client_of(world.opd).post(page(item), body(item, value="15"))
    assert response.status_code == 409
    assert response.context["conflict"] == [{"label": "Usulan", "yours": "15", "theirs": "14,00", "base": ""}]
    assert (response.context["form"]["value"].value(), response.context["item"].version) == ("15", 2)


def test_an_ambiguous_number_is_asked_about(client_of, world: World):
    item = world.item()
    client = client_of(world.opd)
    response = client.post(page(item), body(item, value="1.234"))
    assert (response.status_code, response.context["asked"]["as_decimal"]) == (422, "1,234")
    assert client.post(page(item), body(item, value="1.234", titik="decimal")).status_code == 302
    assert format_value(world.item().value_proposed) == "1,234"


def test_a_missing_reason_stands_at_its_field(client_of, world: World):
    item = world.item()
    response = client_of(world.opd).post(page(item), body(item, applicability="not_relevant"))
    assert response.status_code == 422
    assert response.context["form"].errors == {"applicability_reason": ["Tuliskan alasan “Tidak relevan”."]}


def test_without_a_version_nothing_is_written(client_of, world: World):
    item = world.item()
    facts = body(item, value="1")
    del facts["versi"]
    assert client_of(world.opd).post(page(item), facts).status_code == 400
    assert world.item().version == 1


@pytest.mark.parametrize(
    ("who", "draft", "submitted"),
    [("opd", 200, 200), ("bappeda", 200, 200), ("verifikator", 200, 200), ("kl", 404, 200), ("secretariat", 404, 200),
     ("other_opd", 404, 404), ("other_bappeda", 404, 404), ("outsider", 404, 404)],
)  # fmt: skip
def test_who_sees_a_row(client_of, world: World, who, draft, submitted):
    client = client_of(getattr(world, who))
    assert client.get(page(world.item())).status_code == draft
    fill(world, 1)
    submit(world)
    assert client.get(page(world.item())).status_code == submitted


def test_an_insider_without_the_right_meets_403(client_of, world: World):
    item = world.item()
    assert client_of(world.verifikator).post(page(item), body(item, value="1")).status_code == 403


def test_a_row_out_of_the_owners_hands_meets_409(client_of, world: World):
    fill(world, 1)
    submit(world)
    item = world.item()
    response = client_of(world.opd).post(page(item), body(item, value="1"))
    assert (response.status_code, response.context["refusal"]) == (
        409, "Butir berstatus Diajukan dan tidak dapat diubah lagi di isian.",
    )  # fmt: skip


def test_the_centre_sees_the_life_from_the_submission_on(client_of, world: World):
    fill(world, 1)
    submit(world)
    titles = {
        who: [line.title for line in client_of(getattr(world, who)).get(page(world.item())).context["story"]]
        for who in ("opd", "kl")
    }
    assert titles["kl"] == [
        "Bappeda Jawa Barat menyatakan setuju pada angka ke-1",
        "Bappeda Jawa Barat menaruh angka 14,50 % di meja",
        "Bappeda Jawa Barat mengajukan",
    ]
    assert titles["opd"] == [*titles["kl"], "Bappeda Jawa Barat mengisi usulan 14,50"]


def test_a_change_is_told_in_words(client_of, world: World):
    for value in ("14", "14,5"):
        item = world.item()
        save_rows(world.opd, rows=[RowWrite(item.code, item.version, {"value": value})])
    story = client_of(world.opd).get(page(world.item())).context["story"]
    assert story[0].title == "Dinas Bina Marga Jawa Barat mengubah usulan dari 14,00 menjadi 14,50"
    assert story[0].stamp.endswith(" WIB")


def test_internal_notes_stay_in_their_institution(client_of, world: World):
    fill(world, 1)
    submit(world)
    item = world.item()
    write_note(world.kl, item.meja, item=item, text="Hanya untuk kami.", seen_version=0, kind="internal")
    write_note(world.kl, item.meja, item=item, text="Untuk semua.", seen_version=0)
    assert Note.objects.count() == 2
    seen = {
        who: [note.text for note in client_of(getattr(world, who)).get(page(item)).context["notes"]]
        for who in ("kl", "bappeda")
    }
    assert seen == {"kl": ["Hanya untuk kami.", "Untuk semua."], "bappeda": ["Untuk semua."]}


def test_the_thread_shows_the_newest_figure_first_with_its_stances(client_of, world: World):
    fill(world, 1)
    submit(world)
    item = world.item()
    put_position(world.kl, item, text="16", reason="Target nasional 16.", seen_version=item.version)
    newest, first = client_of(world.bappeda).get(page(item)).context["offers"]
    assert (newest["value"], newest["newest"], newest["reason"]) == ("16,00", True, "Target nasional 16.")
    assert [stance["label"] for stance in first["stances"]] == ["Setuju"]


def offered(client, item) -> list[str]:
    return [form.action for form in client.get(page(item)).context["move_forms"]]


def test_actions_are_those_of_the_workflow(client_of, world: World):
    fill(world, 1)
    item = world.item()
    assert offered(client_of(world.opd), item) == ["propose"]
    assert offered(client_of(world.bappeda), item) == ["submit", "withdraw"]
    assert client_of(world.bappeda).get(page(world.item(1))).context["blocked"][0][1] == "Target belum diisi."
    submit(world)
    assert offered(client_of(world.kl), item) == ["repair"]
    assert offered(client_of(world.bappeda), item) == ["withdraw"]


def test_a_repair_is_asked_with_note_due_and_owner(client_of, world: World):
    fill(world, 1)
    submit(world)
    item = world.item()
    client = client_of(world.kl)
    facts = {
        "tindakan": "repair",
        "versi": str(item.version),
        "kunci": "k",
        "note": "Periksa.",
        "owner": str(world.dinas_jabar.pk),
    }
    past = client.post(page(item) + "pindah/", {**facts, "due": "2020-01-01T10:00"})
    assert past.status_code == 422
    (form,) = past.context["move_forms"]
    assert (form.errors["due"], form["note"].value()) == (
        ["Batas waktu sudah lewat. Pilih waktu yang akan datang."],
        "Periksa.",
    )
    due = (timezone.now() + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(page(item) + "pindah/", {**facts, "due": due}).status_code == 302
    assert (world.item().state, world.item().request_owner) == ("repair", world.dinas_jabar)


def test_a_move_on_an_old_version_is_409_with_what_was_typed(client_of, world: World):
    fill(world, 1)
    item = world.item()
    facts = {"tindakan": "withdraw", "versi": "1", "kunci": "k", "note": "Salah agenda."}
    response = client_of(world.bappeda).post(page(item) + "pindah/", facts)
    kept = {form.action: form for form in response.context["move_forms"]}["withdraw"]
    assert (response.status_code, kept["note"].value(), world.item().state) == (409, "Salah agenda.", "draft")


@pytest.mark.parametrize(
    ("who", "action", "status"), [("opd", "submit", 403), ("bappeda", "return", 409), ("bappeda", "agree", 400)]
)
def test_moves_that_are_not_there(client_of, world: World, who, action, status):
    fill(world, 1)
    item = world.item()
    response = client_of(getattr(world, who)).post(
        page(item) + "pindah/", {"tindakan": action, "versi": str(item.version)}
    )
    assert response.status_code == status


def support_body(world: World, item, **typed) -> dict[str, object]:
    pad = world.sources[0].pk
    facts = {
        "nomenclature": world.sub_kegiatan[0].pk, "opd": world.dinas_jabar.pk, "volume": "12", "volume_unit": "",
        "places": [world.kabkota[0].pk], f"dana-{pad}": "1,5", f"satuan-{pad}": "miliar", "versi": item.version,
    }  # fmt: skip
    return {**facts, **typed}


def test_a_sub_kegiatan_is_added_changed_and_removed(client_of, world: World):
    item = world.item()
    client = client_of(world.opd)
    assert client.post(page(item) + "sub-kegiatan/", support_body(world, item)).status_code == 302
    support = Support.objects.get()
    assert support.funds.get().proposed == 1_500_000_000
    item = world.item()
    url = f"{page(item)}sub-kegiatan/{support.pk}/"
    assert client.get(url).context["form"].fund_rows()[1]["amount"] in ("", "1.500.000.000")
    assert client.post(url, support_body(world, item, volume="13")).status_code == 302
    assert Support.objects.get().volume == 13
    assert client.post(url + "hapus/", {"versi": world.item().version}).status_code == 302
    assert not Support.objects.exists()


def test_a_refused_sub_kegiatan_stays_on_the_screen(client_of, world: World):
    item = world.item()
    client = client_of(world.opd)
    response = client.post(page(item) + "sub-kegiatan/", support_body(world, item, volume="dua belas"))
    assert (response.status_code, response.context["form"]["volume"].value()) == (422, "dua belas")
    stale = client.post(page(item) + "sub-kegiatan/", support_body(world, item, versi=9))
    assert stale.status_code == 409
    assert not Support.objects.exists()


def test_the_search_answers_choices_of_the_desks_bidang(client_of, world: World):
    item = world.item()
    url = reverse("desks:nomenclature", args=[item.code])
    response = client_of(world.opd).get(url, {"cari": "jalan pelebaran"}, headers={"HX-Request": "true"})
    assert [row.name for row in response.context["found"]] == ["Pelebaran Jalan"]
    assert [template.name for template in response.templates][0] == "desks/_nomenclature.html"
    assert [row.kode for row in client_of(world.opd).get(url, {"cari": "1.03.10.1.01.0002"}).context["found"]] == [
        "1.03.10.1.01.0002"
    ]
    assert client_of(world.verifikator).get(url).status_code == 403
    assert client_of(world.other_opd).get(url).status_code == 404


def test_the_page_costs_the_same_whatever_hangs_on_the_row(client_of, django_assert_max_num_queries, db):
    world = build(1)
    ready(world)
    client = client_of(world.kl)
    item = world.item()
    client.get(page(item))
    with django_assert_max_num_queries(40) as few:
        client.get(page(item))
    for text in ("15", "16", "17"):
        put_position(world.kl, world.item(), text=text, reason="", seen_version=world.item().version)
    with django_assert_max_num_queries(40) as many:
        client.get(page(item))
    assert len(few.captured_queries) == len(many.captured_queries)


def test_other_rows_sub_kegiatan_are_not_reached_through_a_row(client_of, world: World):
    item = world.item()
    data = SupportData(world.sub_kegiatan[0].pk, world.dinas_jabar.pk)
    support = add_support(world.opd, item, data, seen_version=item.version)
    other = world.item(1)
    assert client_of(world.opd).get(f"{page(other)}sub-kegiatan/{support.pk}/").status_code == 404


def test_a_withdrawn_draft_is_still_the_regions_to_read(client_of, world: World):
    item = world.item()
    move_rows(world.bappeda, "withdraw", [(item.code, item.version)], given={"note": "Salah agenda."})
    assert client_of(world.opd).get(page(item)).status_code == 200
    assert client_of(world.kl).get(page(item)).status_code == 404
