"""What a check found, named so that somebody can go and look."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """One thing that is not as recorded: the table, the key of the row, what is wrong."""

    table: str
    key: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {self.what}"


@dataclass
class Report:
    """All faults, what could not be checked, and how much was looked at."""

    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def fault(self, table: str, key: object, what: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(table, str(key), what))

    def count(self, what: str, number: int = 1) -> None:
        """Note how much was looked at."""
        self.counts[what] = self.counts.get(what, 0) + number

    def summary(self) -> str:
        """One line of counts."""
        return (
            "Diperiksa: "
            + (", ".join(f"{number} {what}" for what, number in self.counts.items()) or "tidak ada catatan")
            + "."
        )
