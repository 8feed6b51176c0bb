"""The lists of accounts that people keep filters of."""

from __future__ import annotations

from typing import Final

from accounts.forms import PeopleFilter
from accounts.lists import ListKind, register_list

PEOPLE: Final = register_list(ListKind("orang", "Orang", tuple(PeopleFilter.base_fields)))
