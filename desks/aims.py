"""What an usulan is filed against: an RO of a K/L, or in a provincial round a program of the province or its Bantuan Keuangan together
with the perangkat daerah provinsi in charge. Everything that names it asks here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from accounts.models import Institution
from planning.models import Nomenclature, RincianOutput

if TYPE_CHECKING:
    from desks.models import Usulan

GRANT_CODE: Final = "Bankeu"
GRANT_NAME: Final = "Bantuan Keuangan Provinsi"
RELATED: Final = ("ro__kl", "program", "charge")
"""The relations of an usulan that its aim reads."""


@dataclass(frozen=True)
class Aim:
    """What an usulan is filed against, as far as it was chosen."""

    ro: RincianOutput | None = None
    program: Nomenclature | None = None
    grant: bool = False
    charge: Institution | None = None

    @property
    def complete(self) -> bool:
        """Whether it may be submitted."""
        return self.ro is not None or (self.charge is not None and (self.grant or self.program is not None))

    @property
    def owner(self) -> Institution | None:
        """Who answers for it beside the region: the K/L of the RO, or the perangkat daerah provinsi."""
        return self.ro.kl if self.ro else self.charge

    @property
    def code(self) -> str:
        """The code of the RO or of the program; Bantuan Keuangan has a word instead."""
        return self.ro.code if self.ro else self.program.kode if self.program else GRANT_CODE if self.grant else ""

    @property
    def name(self) -> str:
        """Its name without the owner."""
        return self.ro.name if self.ro else self.program.name if self.program else GRANT_NAME if self.grant else ""

    @property
    def unit(self) -> str:
        """The unit in which it is counted, '' where it has none."""
        return self.ro.unit if self.ro else self.program.unit if self.program else ""

    @property
    def key(self) -> str:
        """How events name it, in codes."""
        owner = self.owner.code if self.owner else ""
        return f"{owner}/{self.code}" if owner or self.code else ""

    @property
    def words(self) -> str:
        """`Kementerian PU · FC.7691.RBB.001 Pembangunan SPAM regional`."""
        owner = self.owner.short_name if self.owner else ""
        return " · ".join(part for part in (owner, f"{self.code} {self.name}".strip()) if part)[:560] or "belum dipilih"

    def facts(self) -> dict[str, Any] | None:
        """As lists and programs read it; None where nothing was chosen."""
        if not self.owner and not self.code:
            return None
        owner = self.owner.short_name if self.owner else ""
        return {"kl": owner, "code": self.code, "name": self.name, "simulated": bool(self.ro and self.ro.simulated)}

    def write(self, usulan: Usulan) -> tuple[str, ...]:
        """Put it on the usulan; the columns that hold it."""
        usulan.ro, usulan.program, usulan.grant, usulan.charge = self.ro, self.program, self.grant, self.charge
        return ("ro", "program", "grant", "charge")

    def columns(self) -> dict[str, Any]:
        """The columns of a new usulan that hold it."""
        return {"ro": self.ro, "program": self.program, "grant": self.grant, "charge": self.charge}
