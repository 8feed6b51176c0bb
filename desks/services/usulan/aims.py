"""What somebody chose to file an usulan against, checked for the level of the round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from accounts.models import Institution
from core.errors import InvalidInput
from desks.aims import Aim
from desks.choices import CorrectedField
from desks.models import Meja, Round
from desks.selectors.usulan.charges import charges
from planning.models import RincianOutput
from planning.selectors.nomenclature import provincial_programs


@dataclass(frozen=True)
class AimData:
    """What an usulan is filed against, as chosen: an RO, or a program of the province or its Bantuan Keuangan with who is in charge."""

    ro_id: int | None = None
    program_id: int | None = None
    grant: bool = False
    charge_id: int | None = None


def read_aim(meja: Meja, chosen: AimData) -> Aim:
    """What was chosen, if the round knows it. Raises InvalidInput at the field."""
    return READERS[meja.round.words.aim.field](meja.round, chosen)


def _read_output(round_: Round, chosen: AimData) -> Aim:
    """An RO of the catalogue of the plan year."""
    if chosen.ro_id is None:
        return Aim()
    found = RincianOutput.objects.select_related("kl").filter(pk=chosen.ro_id, year=round_.plan_year).first()
    if found is None:
        raise InvalidInput(f"Pilih rincian output dari katalog {round_.plan_year}.", field="ro")
    return Aim(ro=found)


def _read_program(round_: Round, chosen: AimData) -> Aim:
    """A program or sub kegiatan of the province, or its Bantuan Keuangan, and who is in charge of it."""
    program = None
    if chosen.program_id is not None:
        if chosen.grant:
            raise InvalidInput(
                "Pilih salah satu: program/sub kegiatan provinsi atau Bantuan Keuangan.", field="program"
            )
        program = provincial_programs(round_.plan_year).filter(pk=chosen.program_id).first()
        if program is None:
            raise InvalidInput(
                f"Pilih program atau sub kegiatan provinsi dari nomenklatur {round_.plan_year}.", field="program"
            )
    charge: Institution | None = None
    if chosen.charge_id is not None:
        charge = charges(round_).filter(pk=chosen.charge_id).first()
        if charge is None:
            raise InvalidInput(f"Pilih perangkat daerah {round_.host.region.name}.", field="charge")
    return Aim(program=program, grant=chosen.grant, charge=charge)


READERS: Final[dict[CorrectedField, Callable[[Round, AimData], Aim]]] = {
    CorrectedField.RO: _read_output,
    CorrectedField.PROGRAM: _read_program,
}
"""By what a level of rounds files usulan against (`desks/levels.py`)."""


def aim_this_year(round_: Round, old: Aim) -> Aim:
    """What an usulan of an earlier round was filed against, as this round's year knows it; what it does not know is left to choose."""
    ro = old.ro and RincianOutput.objects.filter(year=round_.plan_year, kl=old.ro.kl, code=old.ro.code).first()
    if round_.words.aim.field == CorrectedField.RO:
        return Aim(ro=ro)
    program = old.program and provincial_programs(round_.plan_year).filter(kode=old.program.kode).first()
    charge = old.charge and charges(round_).filter(pk=old.charge.pk).first()
    return Aim(program=program, grant=old.grant, charge=charge)
