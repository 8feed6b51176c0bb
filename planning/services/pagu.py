"""Spending ceilings of a region's OPD: set row by row from a sheet, or whole from a file. They inform; nothing waits for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction

from accounts.actors import Actor, can
from accounts.models import Institution
from core.audit import record_audit
from core.errors import InvalidInput, NotAllowed
from core.money import Unit, format_rupiah, parse_money
from planning.models import BidangUrusan, Pagu

LONGEST: Final = 300


@dataclass(frozen=True)
class PaguWrite:
    """A ceiling as typed, in the unit of its sheet; an empty amount takes it away. `version` is the one seen, 0 where none stood."""

    institution: int
    bidang: int
    amount: str | int | float
    provisional: bool = True
    source: str = ""
    dated: dt.date | None = None
    version: int = 0


@dataclass(frozen=True)
class PaguResult:
    """What became of a row: saved, same, conflict or refused, with words for the last two."""

    write: PaguWrite
    status: str
    message: str = ""

    @property
    def ok(self) -> bool:
        """Whether the row stands as wanted."""
        return self.status in ("saved", "same")


def set_pagu(actor: Actor, year: int, writes: Sequence[PaguWrite], unit: Unit) -> list[PaguResult]:
    """Write the rows of a sheet, each accepted or refused by itself; every change goes into the audit trail."""
    if not can(actor, "planning.set_pagu"):
        raise NotAllowed("Pagu perangkat daerah ditetapkan oleh Bappeda.")
    own = Institution.objects.filter(region_id=actor.region_id, active=True)
    offices = {row.pk: row for row in own.filter(pk__in={write.institution for write in writes})}
    fields = {row.pk: row for row in BidangUrusan.objects.filter(pk__in={write.bidang for write in writes})}
    with transaction.atomic():
        rows = Pagu.objects.select_for_update().filter(year=year, institution__in=offices).order_by("pk")
        known = {(row.institution_id, row.bidang_id): row for row in rows}
        results = []
        for write in writes:
            office, field_ = offices.get(write.institution), fields.get(write.bidang)
            if office is None or field_ is None or not can(actor, "planning.set_pagu", office):
                results.append(
                    PaguResult(write, "refused", "Perangkat daerah atau bidang ini bukan milik daerah Anda.")
                )
                continue
            before = known.get((office.pk, field_.pk))
            results.append(_set(actor, year, write, unit, office, field_, before))
    return results


def read_amount(write: PaguWrite, unit: Unit) -> tuple[int, str] | None:
    """Whole rupiah and the unit it was written in; None for an empty cell. InvalidInput in words."""
    if isinstance(write.amount, str) and write.amount.strip() in ("", "-", "–"):
        return None
    money = parse_money(write.amount, unit)
    if money.rupiah < 0:
        raise InvalidInput("Pagu tidak boleh negatif.")
    return money.rupiah, money.unit.value


def _set(
    actor: Actor, year: int, write: PaguWrite, unit: Unit, office: Institution, field_: BidangUrusan, before: Pagu | None
) -> PaguResult:  # fmt: skip
    name = f"{office.short_name}, {field_.kode}"
    try:
        amount = read_amount(write, unit)
        if len(write.source) > LONGEST:
            raise InvalidInput(f"Dasar paling panjang {LONGEST} huruf.")
    except InvalidInput as error:
        return PaguResult(write, "refused", f"{name}: {error.message}")
    wanted = _facts(amount, write) if amount else None
    there = _stored(before) if before else None
    if _meaning(wanted) == _meaning(there):
        return PaguResult(write, "same")
    if write.version != (before.version if before else 0):
        now = f"kini {format_rupiah(before.amount)}" if before else "kini kosong"
        return PaguResult(
            write, "conflict", f"{name}: sudah diubah orang lain, {now}. Muat ulang halaman lalu isi lagi."
        )
    try:
        with transaction.atomic():
            _write(year, office, field_, before, wanted)
    except IntegrityError:
        return PaguResult(write, "conflict", f"{name}: baru saja diisi orang lain. Muat ulang halaman lalu isi lagi.")
    record_audit(
        "planning.set_pagu", model="planning.pagu", object_code=f"{year}/{office.code}/{field_.kode}", before=there and _plain(there),
        after=wanted and _plain(wanted), actor=actor.user.code, inst_text=actor.institution.code,
    )  # fmt: skip
    return PaguResult(write, "saved")


def _write(
    year: int, office: Institution, field_: BidangUrusan, before: Pagu | None, wanted: dict[str, Any] | None
) -> None:
    if wanted is None:
        assert before is not None
        before.delete()
    elif before is None:
        Pagu.objects.create(year=year, institution=office, bidang=field_, **wanted)
    else:
        for name, content in wanted.items():
            setattr(before, name, content)
        before.version += 1
        before.save()


def _facts(amount: tuple[int, str], write: PaguWrite) -> dict[str, Any]:
    return {
        "amount": amount[0], "amount_unit": amount[1], "provisional": write.provisional, "source": " ".join(write.source.split()),
        "dated": write.dated, "simulated": False,
    }  # fmt: skip


def _stored(row: Pagu) -> dict[str, Any]:
    return {
        "amount": row.amount, "amount_unit": row.amount_unit, "provisional": row.provisional, "source": row.source, "dated": row.dated,
        "simulated": row.simulated,
    }  # fmt: skip


def _meaning(facts: dict[str, Any] | None) -> tuple[Any, ...] | None:
    """What a ceiling says; the unit of the sheet it was typed in, and whether it was an example's, say nothing else."""
    return tuple(facts[name] for name in ("amount", "provisional", "source", "dated")) if facts else None


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {**facts, "dated": facts["dated"].isoformat() if facts["dated"] else ""}
