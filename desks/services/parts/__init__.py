"""The set-up of a round in parts, each the same on the screen and in Excel, in the order in which they lean on each other."""

from __future__ import annotations

from desks.services.parts.base import Applied, Cells, Column, Part, Planned, Record
from desks.services.parts.book import Book
from desks.services.parts.desks import Desks, Openings
from desks.services.parts.groups import Groups
from desks.services.parts.indicators import Indicators
from desks.services.parts.offices import Offices
from desks.services.parts.people import People
from desks.services.parts.quotas import Quotas
from desks.services.parts.run import Plan, Typed, apply_plan, make_plan, remove_row, require_keeper
from desks.services.parts.seats import Parties, Seats
from desks.services.parts.sittings import Sittings
from desks.services.parts.stages import Stages

PARTS: tuple[Part, ...] = (
    Stages(), Groups(), Desks(), Indicators(), Offices(), People(), Seats(), Parties(), Quotas(), Openings(), Sittings(),
)  # fmt: skip
BY_SLUG = {part.slug: part for part in PARTS}

__all__ = [
    "BY_SLUG", "PARTS", "Applied", "Book", "Cells", "Column", "Part", "Plan", "Planned", "Record", "Typed", "apply_plan", "make_plan",
    "remove_row", "require_keeper",
]  # fmt: skip
