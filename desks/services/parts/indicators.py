"""Part Indikator: what stands on the agenda of which desk, with this year's wording, and who holds single indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from accounts.actors import Actor, can
from accounts.models import Institution
from desks.models import Desk, DeskIndicator
from desks.services.agenda_rows import drop_rows, extend_agenda
from desks.services.definitions import Wording, set_wording
from desks.services.parts.base import Applied, Cells, Column, Part, Planned, Record, refuse
from desks.services.parts.book import Book
from desks.services.parts.cells import ALL, YES, YES_NO, choice, code, joined, listed, pieces, stored, text, whole
from indicators.choices import Direction, Strand
from indicators.models import Indicator, IndicatorHolder, IndicatorVersion
from planning.choices import GovLevel, HolderPart
from planning.models import BidangUrusan

DIRECTIONS = {"": "", **dict(Direction.choices)}
WORDING = ("name", "unit", "decimals", "in_words", "direction", "bidang")


def _read_holders(book: Book, typed: str) -> str:
    return joined(sorted({book.read_office(each) for each in pieces(typed)}))


class Indicators(Part):
    """The agenda of the desks, named by the code of the indicator."""

    slug, title, sheet = "indikator", "Indikator", "Indikator"
    about = "Indikator pada agenda setiap desk dengan rumusan tahun rencana. Rumusan yang diubah setelah ada isian menandai isian itu."
    key = ("code",)
    removable = True
    columns = (
        Column("desk", "Kode desk", Book.read_desk, required=True, choices=lambda book: list(book.desks)),
        Column("code", "Kode indikator", code(40), hint="Tetap dari tahun ke tahun.", required=True, fixed=True),
        Column("order", "Urutan", whole(0, 9999), empty="0", width=9),
        Column("name", "Nama indikator", text(500), hint="Boleh kosong bila kode sudah dikenal portal.", width=60, kind="long"),
        Column("unit", "Satuan", text(60)),
        Column("decimals", "Desimal", whole(0, 4), hint="0 sampai 4.", empty="2", width=9),
        Column("in_words", "Dinyatakan dengan kata", choice(YES_NO), hint="Ya untuk predikat atau opini, misalnya WTP.", choices=listed(YES_NO), empty="Tidak"),
        Column("direction", "Arah", choice(DIRECTIONS), choices=listed(DIRECTIONS), width=20),
        Column("bidang", "Bidang urusan", Book.read_bidang, hint="Satu kode bidang."),
        Column("holders", "Pengampu khusus", _read_holders, hint="Kode K/L bila berbeda dari pengampu bidang.", width=22, kind="codes"),
    )  # fmt: skip

    def records(self, book: Book) -> list[Record]:
        """In the order of desks and agenda; four queries."""
        rows = (
            DeskIndicator.objects.filter(round=book.round)
            .select_related("desk", "indicator__bidang")
            .order_by("desk__order", "desk__code", "order", "indicator__code")
        )
        year = book.round.plan_year
        versions: dict[int, IndicatorVersion] = {}
        for version in IndicatorVersion.objects.filter(indicator__desk_rows__round=book.round, year__lte=year).order_by(
            "year", "no"
        ):
            versions[version.indicator_id] = version
        holders: dict[int, list[str]] = defaultdict(list)
        for pk, office in IndicatorHolder.objects.filter(indicator__desk_rows__round=book.round, year=year).values_list(
            "indicator_id", "institution_id"
        ):
            if office in book.office_codes:
                holders[pk].append(book.office_codes[office])
        return [self._record(row, versions.get(row.indicator_id), holders[row.indicator_id], book) for row in rows]

    def _record(self, row: DeskIndicator, version: IndicatorVersion | None, holders: list[str], book: Book) -> Record:
        indicator = row.indicator
        cells = {
            "desk": row.desk.code, "code": indicator.code, "order": str(row.order), "name": version.name if version else "",
            "unit": version.unit if version else indicator.unit, "decimals": str(indicator.decimals),
            "in_words": YES_NO["1" if version and version.in_words else "0"], "direction": DIRECTIONS[indicator.direction or ""],
            "bidang": indicator.bidang.kode if indicator.bidang else "", "holders": joined(sorted(holders)),
        }  # fmt: skip
        filled = book.filled.get(indicator.pk, 0)
        return Record(self.key_of(cells), cells, row.pk, f"{filled} butir terisi" if filled else "")

    def kept_when_blank(self, name: str) -> bool:
        """Wording is never emptied, only changed."""
        return name in WORDING

    def known(self, book: Book, row: Cells) -> Cells:
        """An indicator that other years or rounds have brings its wording along."""
        indicator = book.indicators.get(row["code"].casefold())
        if indicator is None:
            return {}
        version = indicator.versions.filter(year__lte=book.round.plan_year).order_by("year", "no").last()
        return {
            "name": version.name if version else "", "unit": version.unit if version else indicator.unit, "decimals": str(indicator.decimals),
            "in_words": YES_NO["1" if version and version.in_words else "0"], "direction": DIRECTIONS[indicator.direction or ""],
            "bidang": indicator.bidang.kode if indicator.bidang else "",
        }  # fmt: skip

    def check(self, book: Book, row: Cells, before: Record | None) -> str:
        """An indicator stays at the desk that has its rows; a wording that moves under filled rows is told."""
        if row["desk"] == ALL:
            raise refuse("Tulis satu kode desk.", "desk")
        for name in ("name", "unit"):
            if not row[name]:
                raise refuse(f"Kolom {self.column(name).head} wajib diisi.", name)
        if len(pieces(row["bidang"])) > 1:
            raise refuse("Tulis satu kode bidang.", "bidang")
        known = book.indicators.get(row["code"].casefold())
        if known is not None:
            self._check_known(book, row, before, known)
        elif not book.may_word:
            raise refuse("Indikator baru ditambahkan sekretariat penyelenggaraan nasional.", "code")
        elif book.desks[row["desk"]][1] == Strand.URUSAN and not row["bidang"]:
            raise refuse("Indikator baru pada desk urusan memerlukan kode bidang urusan.", "bidang")
        moved = before is not None and any(
            row[name] != before.cells[name] for name in ("name", "unit", "decimals", "in_words")
        )
        if moved and not book.may_word:
            raise refuse("Rumusan indikator diubah sekretariat penyelenggaraan nasional.", "name")
        filled = book.filled.get(known.pk, 0) if known and moved else 0
        if filled:
            return f"{filled} butir sudah terisi dengan rumusan lama: akan ditandai dan pengisinya diberi tahu."
        opened = sum(desk == row["desk"] for desk, _ in book.mejas)
        if opened and (known is None or known.pk not in book.with_rows):
            return f"Desk ini sudah dibuka bagi {opened} daerah: butirnya dibuat di sana dan pengisinya diberi tahu."
        return ""

    def _check_known(self, book: Book, row: Cells, before: Record | None, known: Indicator) -> None:
        if known.bidang is not None and row["bidang"] != known.bidang.kode:
            raise refuse(
                f"Indikator ini milik bidang {known.bidang.kode}. Bidang lain berarti indikator baru dengan kode baru.",
                "bidang",
            )
        if known.strand != book.desks[row["desk"]][1]:
            raise refuse(f"Indikator {Strand(known.strand).label.lower()} tidak dapat menjadi agenda desk ini.", "desk")
        if before is not None and before.cells["desk"] != row["desk"] and known.pk in book.with_rows:
            raise refuse(f"Butirnya sudah ada pada desk {before.cells['desk']}; tidak dapat dipindahkan lagi.", "desk")

    def coming(self, book: Book, row: Cells) -> None:
        """The desk can be opened."""
        book.desks_with_indicators.add(row["desk"])

    def apply(self, actor: Actor, book: Book, rows: Sequence[Planned], done: Applied) -> None:
        """Write agenda, wording and holders."""
        desks = {desk.code: desk for desk in Desk.objects.filter(round=book.round).select_related("round")}
        bidang = dict(BidangUrusan.objects.values_list("kode", "pk"))
        for row in rows:
            cells, desk = row.cells, desks[row.cells["desk"]]
            indicator = self._indicator(book, cells, desk, bidang)
            DeskIndicator.objects.update_or_create(
                round=book.round, indicator=indicator, defaults={"desk": desk, "order": int(cells["order"])}
            )
            if can(actor, "indicators.edit_reference"):
                wording = Wording(
                    cells["name"],
                    cells["unit"],
                    int(cells["decimals"]),
                    cells["in_words"] == YES,
                    stored(DIRECTIONS, cells["direction"]),
                )
                set_wording(actor, book.round, indicator, wording)
                self._hold(book, indicator, pieces(cells["holders"]))
        for opened in sorted({row.cells["desk"] for row in rows} & {desk for desk, _ in book.mejas}):
            extend_agenda(actor, desks[opened])
        book.forget_indicators()

    def _indicator(self, book: Book, cells: Cells, desk: Desk, bidang: dict[str, int]) -> Indicator:
        known = book.indicators.get(cells["code"].casefold())
        if known is not None:
            return known
        level = GovLevel.PROVINSI if book.national else GovLevel.KABKOTA
        return Indicator.objects.create(
            code=cells["code"], strand=desk.strand, bidang_id=bidang.get(cells["bidang"]), unit=cells["unit"],
            decimals=int(cells["decimals"]), gov_levels=level,
        )  # fmt: skip

    def _hold(self, book: Book, indicator: Indicator, offices: list[str]) -> None:
        year, wanted = book.round.plan_year, {book.offices[each].pk for each in offices}
        held = IndicatorHolder.objects.filter(indicator=indicator, year=year)
        held.filter(institution__in=set(book.office_codes) - wanted).delete()
        have = set(held.values_list("institution_id", flat=True))
        part = HolderPart.PENANGGUNG_JAWAB
        new = Institution.objects.filter(pk__in=wanted - have)
        IndicatorHolder.objects.bulk_create(
            IndicatorHolder(indicator=indicator, year=year, institution=each, part=part) for each in new
        )

    def remove(self, actor: Actor, book: Book, record: Record) -> None:
        """An indicator leaves the agenda with its rows as long as they are empty; its wording stays."""
        row = DeskIndicator.objects.select_related("desk__round", "indicator").get(round=book.round, pk=record.pk)
        drop_rows(actor, row.desk, row.indicator)
        row.delete()
