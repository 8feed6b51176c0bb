"""A lost link loses nothing: what was typed waits in the browser, survives tab and login, and is applied exactly once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor, screenshot
from tests.browser.queue_desk import Desk
from tests.browser.staging import Wardrobe, staged
from tests.browser.steps import press, told
from tests.browser.weak_link import Behind, weak_link

pytestmark = pytest.mark.browser

MODEL = Path(__file__).with_name("queue_model.js").read_text(encoding="utf-8")
PASTE = """(cell, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', text);
    cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}"""
NO_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, wardrobe: Wardrobe) -> Iterator[Behind]:
    """One portal behind a weak link; each test has rows of its own."""
    folder = tmp_path_factory.mktemp("portal")
    with staged(folder, wardrobe, "tests.browser.seed", jobs=False) as made, weak_link(made) as behind:
        yield behind


@pytest.fixture
def desk(visitor: Callable[..., Visitor], stage: Behind) -> Iterator[Callable[..., Desk]]:
    """`desk("opd")` in a browser of their own; the link is well again afterwards."""
    made: list[Desk] = []

    def enter(who: str = "opd") -> Desk:
        made.append(Desk(stage, visitor(who, at="")))
        return made[-1]

    yield enter
    stage.link.saves = "well"
    for each in made:
        each.quiet()


def test_a_lost_answer_a_closed_tab_and_an_expired_login(desk: Callable[..., Desk], stage: Behind) -> None:
    opd = desk()
    opd.open()
    stage.link.saves = "unanswered"
    opd.type(0, "71,5")
    opd.says(0, "menunggu sambungan")
    assert opd.edits(0) == 1
    stage.link.saves = "lost"
    opd.type(1, "88,25")
    expect(opd.guest.page.locator("[data-queue]")).to_have_text("2 ketikan menunggu")
    page = opd.again()
    opd.expire()
    opd.open()
    expect(page).to_have_url(re.compile("/masuk/"))
    stage.link.saves = "well"
    sent = len(stage.link.sent)
    page.wait_for_timeout(300)
    assert len(stage.link.sent) == sent
    opd.guest.log_in("opd")
    opd.guest.go("/")
    opd.emptied()
    assert (opd.edits(0), opd.edits(1)) == (1, 1)
    # The tab that came later sent the same bytes under the same key.
    assert len({sent for sent in stage.link.sent if opd.items[0].encode() in sent[1]}) == 1


def test_an_expired_login_is_said_and_the_other_tab_sends(desk: Callable[..., Desk], stage: Behind) -> None:
    opd = desk()
    page = opd.open()
    opd.expire()
    opd.type(2, "64")
    opd.says(2, "sesi berakhir")
    expect(page.locator("[data-queue]")).to_have_text("1 ketikan menunggu · masuk lagi")
    opd.guest.log_in("bappeda")
    page.evaluate("dispatchEvent(new Event('online'))")
    opd.says(2, "orang lain kini masuk")
    sent = len(stage.link.sent)
    page.evaluate("dispatchEvent(new Event('online'))")
    opd.type(2, "64,5")
    opd.says(2, "orang lain kini masuk")
    assert (len(stage.link.sent), opd.edits(2)) == (sent, 0)
    opd.guest.log_in("opd")
    other = page.context.new_page()
    other.goto(f"{stage.url}/")
    opd.saved(2)
    expect(page.locator("[data-queue]")).to_have_text(re.compile("^1 ketikan tersimpan$"))
    assert (opd.edits(2), opd.text(2)) == (2, "64,5")


def test_a_conflict_shows_three_versions_and_both_choices_work(desk: Callable[..., Desk]) -> None:
    opd, bappeda = desk(), desk("bappeda")
    page = opd.open()
    # What the other did not touch is no conflict: a note of theirs lets a figure of ours pass.
    note = bappeda.guest.go(f"/butir/{opd.items[5]}/")
    note.locator("[name=proposal_note]").fill("Sumber: data dasar 2025 (simulasi).")
    press(note, "Simpan usulan")
    told(note, "Tersimpan.")
    opd.type(5, "12")
    opd.saved(5)
    bappeda.open()
    for row, text in ((3, "40"), (4, "50")):
        bappeda.type(row, text)
        bappeda.saved(row)
    for row, text in ((3, "41"), (4, "51")):
        opd.type(row, text)
        opd.says(
            row,
            f"ketikan Anda {text}",
            f"kini {text[0]}0,00 oleh Nama",
            "(Bappeda Jawa Barat)",
            "WIB",
            "saat Anda buka kosong",
        )
    expect(page.locator("[data-queue]")).to_have_text("2 bentrok")
    press(page.locator(f"#s-{opd.items[3]}"), "Pakai ketikan saya")
    opd.saved(3)
    page = opd.guest.go("/antrean/")
    told(page, "Punya Anda", "51", "Di server", "50,00", "(Bappeda Jawa Barat)", "Dasar", "kosong")
    assert (opd.guest.serious(), opd.guest.overflow()) == ([], 0)
    screenshot(page, "antrean-bentrok")
    press(page, "Pakai yang di server")
    told(page, "Tidak ada yang menunggu.")
    assert [(opd.edits(row), opd.text(row)) for row in (3, 4)] == [(2, "41"), (1, "50")]


@pytest.mark.parametrize("locks", [True, False], ids=["locks", "lease"])
def test_two_tabs_send_once(desk: Callable[..., Desk], stage: Behind, locks: bool) -> None:
    opd, row = desk(), 6 if locks else 7
    if not locks:
        opd.guest.page.context.add_init_script(NO_LOCKS)
    first = opd.open()
    second = first.context.new_page()
    second.goto(first.url)
    stage.link.saves = "unanswered"
    opd.type(row, "13")
    opd.says(row, "menunggu sambungan")
    opd.says(row, "menunggu sambungan", page=second)
    stage.link.saves = "well"
    second.evaluate("dispatchEvent(new Event('online'))")
    opd.saved(row)
    opd.saved(row, second)
    opd.type(row, "14", page=second)
    opd.saved(row, second)
    sent = [(key, body) for key, body in stage.link.sent if opd.items[row].encode() in body]
    # Over a broken connection the browser itself may send once more, which is why the key is needed.
    assert len({key for key, _ in sent}) == len(set(sent)) == opd.edits(row) == 2
    assert (opd.text(row), len([body for _, body in sent if b'"14"' in body])) == ("14", 1)


def test_logging_out_asks_and_nobody_else_sends(desk: Callable[..., Desk], stage: Behind) -> None:
    opd = desk()
    page = opd.open()
    stage.link.saves = "lost"
    opd.type(8, "90–95")
    opd.says(8, "menunggu sambungan")
    opd.log_out()
    told(page, "1 ketikan Anda belum diterima server", "Hanya Anda yang dapat melihat dan mengirimnya")
    assert opd.guest.serious() == []
    screenshot(page, "keluar")
    press(page, "Kirim sekarang lalu keluar")
    told(page, "Anda belum keluar")
    press(page, "Simpan di komputer ini lalu keluar")
    page.wait_for_url("**/masuk/**")
    stage.link.saves = "well"
    sent = len(stage.link.sent)
    opd.guest.log_in("bappeda")
    opd.open()
    opd.guest.go("/antrean/")
    told(page, "Tidak ada yang menunggu.", "ketikan milik orang lain")
    expect(page.locator("main")).not_to_contain_text("90")
    opd.log_out()
    page.wait_for_url("**/masuk/**")
    assert (len(stage.link.sent), opd.edits(8)) == (sent, 0)
    opd.guest.log_in("opd")
    opd.open()
    opd.saved(8)
    assert opd.edits(8) == 1
    stage.link.saves = "lost"
    opd.type(8, "99")
    opd.says(8, "menunggu sambungan")
    opd.log_out()
    press(page, "Buang lalu keluar")
    page.wait_for_url("**/masuk/**")
    stage.link.saves = "well"
    opd.guest.log_in("opd")
    opd.open()
    expect(page.locator(f"[name='v.{opd.items[8]}']")).to_have_value("90,00–95,00")
    opd.emptied()
    assert opd.edits(8) == 1


def test_one_question_for_a_paste_one_refusal_for_a_row(desk: Callable[..., Desk], stage: Behind) -> None:
    opd = desk()
    page = opd.open()
    cells = [page.locator(f"[name='v.{opd.items[row]}']") for row in (0, 1, 2)]
    cells[0].evaluate(PASTE, "1.250\n2.500\n3,,4")
    told(page, "Jawaban berlaku untuk 2 angka")
    opd.says(2, "3,,4")
    expect(page.locator("[data-queue]")).to_have_text("1 ditolak · 2 perlu jawaban")
    page = opd.again()
    opd.open()
    expect(page.locator(f"[name='v.{opd.items[0]}']")).to_have_value("1.250")
    press(page, "Ribuan: 1250")
    opd.saved(0)
    opd.saved(1)
    expect(page.locator("#tanya")).to_be_hidden()
    page = opd.guest.go("/antrean/")
    told(page, "Ditolak", "3,,4")
    assert opd.guest.serious() == []
    press(page, "Buang")
    told(page, "Tidak ada yang menunggu.")
    assert [opd.text(row) for row in (0, 1)] == ["1.250", "2.500"]


def test_a_hotels_login_page_is_no_answer_and_a_bad_row_spoils_no_other(
    desk: Callable[..., Desk], stage: Behind
) -> None:
    opd = desk()
    page = opd.open()
    page.route(
        "**/api/v1/simpan/", lambda route: route.fulfill(body="<h1>Selamat datang</h1>", content_type="text/html")
    )
    opd.type(7, "21")
    opd.says(7, "menunggu sambungan")
    rows = [{"code": "x" * 30, "version": 1, "changes": {"value": "1"}, "base": {}, "label": "Baris rusak"}]
    rows.append(
        {"code": opd.items[8], "version": 0, "changes": {"proposal_note": "Catatan."}, "base": {"proposal_note": ""}}
    )
    page.evaluate(
        "async rows => { const { queue } = await import('/static/js/queue.js'); rows.forEach(row => queue.put('butir', row)) }",
        rows,
    )
    page.unroute("**/api/v1/simpan/")
    opd.saved(7)
    expect(page.locator("[data-queue]")).to_have_text("1 ditolak")
    note = "SELECT proposal_note FROM desks_item WHERE code = ?"
    assert opd.ask(note, opd.items[8]) == [("Catatan.",)]
    page = opd.guest.go("/antrean/")
    told(page, "Baris rusak")
    press(page, "Buang")
    told(page, "Tidak ada yang menunggu.")


def test_what_an_older_page_left_is_taken_over(desk: Callable[..., Desk], stage: Behind) -> None:
    opd = desk()
    page = opd.guest.go("/bantuan/")
    left = {
        f"isian:{page.locator('body').get_attribute('data-user')}:{opd.items[row]}": text
        for row, text in ((5, "15"), (6, "16"))
    }
    page.evaluate(
        "left => Object.entries(left).forEach(([key, value]) => localStorage.setItem(key, JSON.stringify({ value, version: 1 })))",
        left,
    )
    # The Isian takes its own rows as before; anywhere else nobody knows whether they were typed to the end, so they wait for a word.
    page = opd.guest.go("/antrean/")
    told(page, "halaman versi lama", "15", "16")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('isian:'))") == []
    press(page.locator(".queue-row", has_text="15"), "Kirim lagi")
    expect(page.locator(".queue-row", has_text="15")).to_contain_text("Pakai ketikan saya")
    press(page, "Pakai ketikan saya")
    expect(page.locator(".queue-row")).to_have_count(1)
    press(page, "Buang")
    told(page, "Tidak ada yang menunggu.")
    assert opd.text(5) == "15"


def test_the_rules_hold_against_a_model_of_the_server(desk: Callable[..., Desk], stage: Behind) -> None:
    page = desk().guest.go("/bantuan/")
    played = page.evaluate(MODEL[MODEL.index("async (seeds)") :], list(range(1, 41)))
    assert played["wrong"] == []
    assert min(played["total"][name] for name in ("saved", "conflict", "replayed")) > 300
