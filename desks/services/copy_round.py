"""Taking last year's set-up over into a new round: desks, agenda, holders, seats, parties, and stages a year later."""

from __future__ import annotations

import datetime as dt

from accounts.actors import Actor
from core.errors import InvalidInput, NotAllowed
from desks.models import Round
from desks.scopes import kept_rounds
from desks.services.parts import BY_SLUG, Applied, Book, Cells, Part, Typed, apply_plan, make_plan
from desks.services.parts.cells import MOMENT, YES_NO
from indicators.models import IndicatorVersion

COPIED = ("tahapan", "desk", "indikator", "lembaga", "kursi", "pihak", "kuota")
"""Mejas and sessions are made anew; people keep their memberships; groups of regions are no year's."""


def copy_round(actor: Actor, source: Round, target: Round) -> Applied:
    """Copy what the target does not have yet; what it has stays as it is. Both rounds are the actor's own."""
    if source.pk not in kept_rounds(actor) or target.pk not in kept_rounds(actor):
        raise NotAllowed("Hanya penyelenggaraan lembaga Anda sendiri yang dapat disalin.")
    if source.pk == target.pk or source.level != target.level:
        raise InvalidInput("Pilih penyelenggaraan lain pada tingkat yang sama.", field="source")
    done = Applied()
    for slug in COPIED:
        part = BY_SLUG[slug]
        typed = [(part, copied_rows(actor, source, target, part))]
        wanted = {
            row.line
            for _, row in make_plan(actor, target, typed).rows("new", "changed")
            if row.status == "new" or slug == "lembaga"
        }
        step = apply_plan(actor, target, [(part, [row for row in typed[0][1] if row[0] in wanted])])
        done.new, done.changed = done.new + step.new, done.changed + step.changed
    return done


def copied_rows(actor: Actor, source: Round, target: Round, part: Part) -> list[Typed]:
    """The rows of a part of the source as the target should have them."""
    records = part.records(Book(source, actor))
    rows = [dict(record.cells) for record in records]
    if part.slug == "tahapan":
        years = target.plan_year - source.plan_year
        rows = [row | {name: later(row[name], years) for name in ("opens", "closes")} for row in rows]
    elif part.slug == "indikator":
        rows = _with_wording_of(target, rows)
    elif part.slug == "lembaga":
        have = {
            record.key
            for record in part.records(Book(target, actor))
            if record.cells["holds"] or record.cells["supports"]
        }
        rows = [row for row in rows if part.key_of(row) not in have and (row["holds"] or row["supports"])]
    return list(enumerate(rows, start=1))


def later(written: str, years: int) -> str:
    """The same day and hour some years later; 29 February becomes the 28th."""
    when = dt.datetime.strptime(written, MOMENT)  # noqa: DTZ007 - the clock of the round
    try:
        return when.replace(year=when.year + years).strftime(MOMENT)
    except ValueError:
        return when.replace(year=when.year + years, day=28).strftime(MOMENT)


def _with_wording_of(target: Round, rows: list[Cells]) -> list[Cells]:
    """A wording that the new plan year already has goes before last year's."""
    codes = [row["code"] for row in rows]
    found = (
        IndicatorVersion.objects.filter(indicator__code__in=codes, year=target.plan_year)
        .select_related("indicator")
        .order_by("no")
    )
    known = {version.indicator.code: version for version in found}
    return [
        row
        | (
            {
                "name": known[row["code"]].name,
                "unit": known[row["code"]].unit,
                "in_words": YES_NO["1" if known[row["code"]].in_words else "0"],
            }
            if row["code"] in known
            else {}
        )
        for row in rows
    ]
