"""Which lines of the host's documents a desk of a sector round has on its agenda, and which it could have."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.actors import Actor
from desks.choices import RoundLevel, SessionState
from desks.models import AgendaLine, Desk, Session
from desks.rules import roles_at
from planning.choices import DocumentKind, LineLevel
from planning.models import Document, DocumentLine, LineYear


def has_lines(level: str) -> bool:
    """Whether desks of a level of rounds have lines on their agenda: those of one sector."""
    return level == RoundLevel.SECTOR


def may_read(actor: Actor, desk: Desk) -> bool:
    """Whoever sits at the desk reads what lies on its table, guests too."""
    return has_lines(desk.round.level) and bool(roles_at(actor, desk))


def lines_at(desk: Desk) -> QuerySet[AgendaLine]:
    """The lines on the agenda by code."""
    return AgendaLine.objects.filter(desk=desk).select_related("session").order_by("line_code", "pk")


def candidates(actor: Actor, desk: Desk, words: str = "") -> QuerySet[DocumentLine]:
    """Sub kegiatan of the newest Renja PD of the host and RKPD of its region that the actor may read, for the plan year and the desk's
    bidang, not on the agenda yet."""
    host, year = desk.round.host, desk.round.plan_year
    own = Q(kind=DocumentKind.RENJA_PD, owner=host) | Q(kind=DocumentKind.RKPD, owner__region=host.region_id)
    newer = Document.objects.filter(
        kind=OuterRef("kind"), owner=OuterRef("owner"), year_from=OuterRef("year_from")
    ).order_by("-version")
    papers = Document.objects.visible_to(actor).filter(own, year_from__lte=year, year_to__gte=year)
    newest = papers.filter(pk=Subquery(newer.values("pk")[:1]))
    bidang = Q(nomenclature__bidang__desk_rows__desk=desk)
    rows = DocumentLine.objects.filter(bidang, document__in=newest, level=LineLevel.SUB_KEGIATAN)
    for word in words.split():
        rows = rows.filter(Q(text__icontains=word) | Q(line_code__startswith=word))
    taken = AgendaLine.objects.filter(desk=desk, line__isnull=False).values("line")
    return (
        rows.exclude(pk__in=taken).select_related("document").order_by("document__kind", "line_code", "pk").distinct()
    )


def on_agenda(desk: Desk, line: DocumentLine) -> AgendaLine:
    """The line as it goes on the agenda, with what it says of the plan year."""
    said = LineYear.objects.filter(line=line, year=desk.round.plan_year).first()
    paper = line.document
    return AgendaLine(
        desk=desk, line=line, source=f"{paper.title} ({paper.get_stage_display()}, versi {paper.version})"[:360], line_code=line.line_code,
        text=line.text, indicator=line.indicator_text, unit=line.unit, target=said.target if said else "", amount=said.amount if said else None,
    )  # fmt: skip


def open_sitting(desk: Desk) -> Session | None:
    """The sitting of the desk that runs now."""
    return (
        Session.objects.filter(desk=desk, state=SessionState.OPEN)
        .select_related("desk__round")
        .order_by("-starts")
        .first()
    )
