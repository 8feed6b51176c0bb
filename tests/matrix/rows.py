"""The rows of permissions.csv: read, checked for words nobody knows, and spread over the people, places and states they name."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path

from tests.matrix.routes import all_routes

BOOK = Path(__file__).with_name("permissions.csv")
SURFACES = frozenset(["screen", "api", "admin", "list", "export", "file", "job"])
METHODS = frozenset(["GET", "POST", "PATCH", "PUT", "DELETE"])
PEOPLE = frozenset(
    [
        "opd",
        "bappeda",
        "verifikator",
        "kl",
        "moderator",
        "chair",
        "notulis",
        "kemendagri",
        "bappenas",
        "secretariat",
        "auditor",
        "observer",
        "other_bappeda",
        "other_opd",
        "other_kl",
        "outsider",
        "coordinator",
        "anonymous",
        "superuser",
        "keeper",
        "staff",
        "nobody",
        "token_read",
        "token_write",
        "token_chair",
    ]
)
PLACES = frozenset(
    ["own", "other_region", "other_desk", "other_kl", "other_round", "provincial", "closed_round", "closed_stage"]
)
STATES = frozenset(
    [
        "draft",
        "filled",
        "proposed",
        "returned",
        "submitted",
        "repair",
        "discussed",
        "consented",
        "agreed",
        "agreed_noted",
        "declined",
        "not_discussed",
        "withdrawn",
        "discarded",
        "locked",
        "supported",
        "waiting",
        "planned",
        "open",
        "closed",
        "awaiting",
        "complete",
        "void",
    ]
)
ANSWERS = frozenset(
    ["200", "201", "204", "302", "304", "400", "401", "403", "404", "405", "409", "412", "415", "422", "428", "503"]
)
EFFECTS = frozenset(["", "writes", "nothing"])


@dataclass(frozen=True)
class Row:
    """One expected answer: this person at this place asks this, and gets that."""

    line: int
    surface: str
    route: str
    method: str
    who: str
    where: str
    state: str
    variant: str
    expect: int
    effect: str
    shows: str
    note: str

    @property
    def name(self) -> str:
        """How a failing row is called."""
        parts = (self.line, self.route, self.method, self.who, self.where, self.state, self.variant.replace(" ", "_"))
        return "-".join(str(part) for part in parts if part != "")


def read_rows() -> list[Row]:
    """All rows of the book, one for each person, place and state that a line names."""
    with BOOK.open(encoding="utf-8", newline="") as file:
        return [row for line, fields in enumerate(csv.DictReader(file), start=2) for row in _spread(line, fields)]


def _spread(line: int, fields: dict[str, str]) -> Iterator[Row]:
    facts = {name: (content or "").strip() for name, content in fields.items()}
    _check(line, facts)
    one = Row(line=line, **{**facts, "expect": int(facts["expect"])})
    each = (
        _routes(facts["route"]),
        facts["who"].split(),
        facts["where"].split() or [""],
        facts["state"].split() or [""],
    )
    for route, who, where, state in product(*each):
        yield replace(one, route=route, who=who, where=where, state=state)


def _routes(words: str) -> list[str]:
    """The routes named; `*` stands for every table of the administration that fits, so that a new table is asked at once."""
    return [route for word in words.split() for route in (_fitting(word) if "*" in word else [word])]


def _fitting(pattern: str) -> list[str]:
    fitting = [route.name for route in all_routes() if fnmatchcase(route.name, pattern)]
    assert fitting, f"no route fits {pattern}"
    return fitting


def _check(line: int, facts: dict[str, str]) -> None:
    known = {
        "surface": SURFACES, "method": METHODS, "who": PEOPLE, "where": PLACES, "state": STATES, "expect": ANSWERS, "effect": EFFECTS,
    }  # fmt: skip
    for column, words in known.items():
        wrong = [
            word
            for word in (facts[column].split() or [""])
            if word not in words and (word or column in ("who", "expect"))
        ]
        assert not wrong, f"permissions.csv line {line}: {column} does not know {wrong}"
    unsafe = facts["method"] != "GET"
    assert not unsafe or facts["effect"], f"permissions.csv line {line}: an unsafe method says writes or nothing"
    assert facts["expect"] < "400" or facts["effect"] != "writes", (
        f"permissions.csv line {line}: a refusal writes nothing"
    )
