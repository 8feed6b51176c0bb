"""A sitting as its people see it: coming in, speaking, settling, closing. One set of steps for every strand and kind of round."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.browser.steps import Company, press, told


class Sitting:
    """The room of a session, run by `chair`."""

    def __init__(self, company: Company, code: str, chair: str = "moderator") -> None:
        self.company = company
        self.code = code
        self.chair = chair

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/sesi/{self.code}/"

    def open(self) -> Page:
        """The chair opens it."""
        page = self.company.at(self.chair, self.path)
        press(page, "Buka sesi")
        told(page, "berlangsung")
        return page

    def absent(self, name: str, reason: str) -> None:
        """The chair records that a party does not come."""
        page = self.company.at(self.chair, f"{self.path}hadir/")
        row = page.locator("tbody tr", has_text=name).first
        row.locator("summary", has_text="Catat tidak hadir").click()
        row.locator("[name=alasan_absen]").fill(reason)
        press(row, "Catat tidak hadir")
        told(page, reason)

    def present(self, *names: str, by: str = "") -> Page:
        """Somebody of each institution is recorded present."""
        page = self.company.at(by or self.chair, f"{self.path}hadir/")
        for name in names:
            row = page.locator("tbody tr", has_text=name).first
            row.locator("summary", has_text="Catat hadir").click()
            row.locator("[name=nama]").fill(f"Wakil {name} (simulasi)")
            row.locator("[name=jabatan]").fill("Kepala Bidang")
            press(row, "Catat hadir")
            expect(page.locator("tbody tr", has_text=name).first).to_contain_text("Hadir")
        return page

    def row(self, who: str, item: str) -> Page:
        """A row in the room."""
        return self.company.at(who, f"{self.path}?butir={item}")

    def call(self, item: str) -> Page:
        """The chair calls the row."""
        page = self.row(self.chair, item)
        page.get_by_role("button", name=re.compile("Bahas (butir|usulan) ini")).click()
        told(page, "sedang dibahas")
        return page

    def stance(self, who: str, item: str, name: str, text: str = "") -> None:
        """A party says its stance on its own screen."""
        page = self.row(who, item)
        if text:
            page.locator("#keterangan").fill(text)
        press(page.locator("form.voice"), name)
        expect(page.locator("ol.offers li").first).to_contain_text(f": {name.lower()}")

    def consent_all(self, who: str, *, but: Sequence[str] = ()) -> None:
        """A party agrees in one act to everything that waits for it, beside some rows."""
        page = self.company.at(who, f"{self.path}setuju/")
        for item in but:
            page.locator(f"[name=butir][value^='{item}:']").uncheck()
        press(page, "Setujui yang dicentang")
        told(page, "setuju")

    def settle_all(self, *, but: Sequence[str] = ()) -> Page:
        """The chair settles in one act what nobody disputes."""
        page = self.company.at(self.chair, f"{self.path}sepakati/")
        for item in but:
            page.locator(f"[name=butir][value^='{item}:']").uncheck()
        press(page, "Sepakati yang dicentang")
        return page

    def decline(self, page: Page, reason: str, conclusion: str) -> None:
        """Refused with a reason and a conclusion."""
        page.locator("#kesimpulan").fill(conclusion)
        page.locator("#putusan summary", has_text="tidak terbahas").click()
        page.locator("[name=kode_alasan]").select_option(reason)
        verdict(page, "decline")

    def reopen(self, page: Page, reason: str) -> None:
        """A wrongly settled row comes back to the table."""
        page.locator("summary", has_text=re.compile("Buka kembali (butir|usulan) ini")).click()
        page.locator("[name=alasan_buka]").fill(reason)
        press(page, "Buka kembali", exact=True)
        told(page, f"Dibuka kembali: {reason}")

    def close(self, left: int) -> float:
        """What is left gets one reason; how many seconds it took."""
        page = self.company.at(self.chair, f"{self.path}tutup/")
        told(page, f"{left} butir ini menjadi tidak terbahas" if left else "Semua butir sudah diputuskan.")
        if left:
            page.locator("[name=kode_alasan]").select_option("waktu")
        began = time.monotonic()
        press(page, "Tutup sesi")
        told(page, "ditutup")
        return time.monotonic() - began

    def follow_up(self, titles: list[str]) -> Page:
        """The rows left undiscussed stand on the agenda of the follow-up, planned for tomorrow and opened."""
        page = self.company.at(self.chair, f"{self.path}lanjutan/")
        tomorrow = dt.date.today() + dt.timedelta(days=1)
        for field, text in (("day", f"{tomorrow}"), ("begins", "09:00"), ("ends", "11:00")):
            page.locator(f"[name={field}]").fill(text)
        press(page, "Jadwalkan")
        press(page, "Buka sesi")
        told(page, "berlangsung")
        names = page.locator("ol.agenda .agenda-name")
        expect(names).to_have_count(len(titles))
        assert sorted(re.sub(r"^\d+\. ", "", name) for name in names.all_inner_texts()) == sorted(titles)
        return page


def speak_for_all(page: Page) -> None:
    """Every party that has not spoken says yes by word of mouth, as the chair records."""
    for box in page.locator("[name=lisan]").all():
        box.check()


def verdict(page: Page, action: str) -> None:
    """The chair settles the row."""
    page.locator(f"button[name=putusan][value={action}]").click()
    expect(page.locator("[data-settled]")).to_be_visible()
