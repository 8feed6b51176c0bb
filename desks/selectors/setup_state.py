"""How far the set-up of a round is: one line per part, with what stands and what is still missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import Membership
from desks.choices import RoundLevel, StageKind
from desks.filters import NEWER_WORDING
from desks.models import ConsentParty, Desk, DeskIndicator, Item, Meja, Round, Seat, Session, Stage, UsulanQuota
from desks.services.parts import Book
from desks.services.parts.groups import own_scheme
from indicators.choices import Strand
from planning.models import BidangHolder

READY, PARTLY, EMPTY = ("Siap", "hijau"), ("Belum lengkap", "kuning"), ("Belum ada", "netral")


@dataclass(frozen=True)
class StateLine:
    """One part: its slug, what stands, the state in a word with its tone, and what to do next."""

    slug: str
    text: str
    state: tuple[str, str]
    todo: str = ""


def setup_state(book: Book) -> list[StateLine]:
    """All parts in the order of the work; a constant number of queries."""
    round_ = book.round
    desks = Desk.objects.filter(round=round_).aggregate(
        n=Count("pk"), bare=Count("pk", filter=Q(strand=Strand.URUSAN, bidang_rows=None))
    )
    return [
        _stages(round_),
        _groups(book),
        _line(
            "desk",
            desks["n"],
            "desk",
            f"{desks['bare']} desk urusan belum punya bidang urusan." if desks["bare"] else "",
        ),
        _indicators(round_),
        _holders(book),
        _people(book),
        _seats(book),
        _parties(round_, desks["n"]),
        _quotas(round_),
        _openings(book, desks["n"]),
        _sessions(book),
    ]


def _groups(book: Book) -> StateLine:
    own = [name for name in book.groups if book.national or name.startswith(f"{own_scheme(book)}/")]
    return StateLine("kelompok", f"{len(own)} kelompok", READY if own else ("Bila perlu", "netral"))


def _line(slug: str, count: int, what: str, todo: str = "") -> StateLine:
    return StateLine(slug, f"{count} {what}", EMPTY if not count else PARTLY if todo else READY, todo)


def _stages(round_: Round) -> StateLine:
    kinds = set(Stage.objects.filter(round=round_).values_list("kind", flat=True))
    lacking = [
        round_.words.stage(kind)
        for kind in (StageKind.FILLING_KL, StageKind.FILLING_REGION, StageKind.DESK, StageKind.MINUTES)
        if kind not in kinds
    ]
    return _line("tahapan", len(kinds), "tahapan", f"Belum dijadwalkan: {', '.join(lacking)}." if lacking else "")


def _indicators(round_: Round) -> StateLine:
    found = DeskIndicator.objects.filter(round=round_)
    worded = found.filter(indicator__versions__year=round_.plan_year).distinct().count()
    count = found.count()
    bare = Desk.objects.filter(round=round_, indicator_rows=None).exclude(strand=Strand.KEWILAYAHAN).count()
    old = Item.objects.filter(NEWER_WORDING, round=round_, locked_at__isnull=True).count()
    todo = f"{count - worded} indikator belum punya rumusan {round_.plan_year}. " if count > worded else ""
    todo += f"{bare} desk belum punya indikator. " if bare else ""
    todo += f"{old} butir memakai rumusan lama." if old else ""
    return _line("indikator", count, "indikator", todo.strip())


def _holders(book: Book) -> StateLine:
    round_ = book.round
    held = set(
        BidangHolder.objects.filter(year=round_.plan_year, institution__region__kode="00").values_list(
            "bidang__kode", flat=True
        )
    )
    needed = set(
        DeskIndicator.objects.filter(round=round_, desk__strand=Strand.URUSAN)
        .exclude(indicator__bidang=None)
        .values_list("indicator__bidang__kode", flat=True)
    )
    without = sorted(needed - held) if book.national else []
    regions = (
        BidangHolder.objects.filter(year=round_.plan_year, institution__region__kode__in=book.sitting)
        .values("institution__region")
        .distinct()
        .count()
    )
    todo = f"Belum ada K/L pengampu bidang {', '.join(without[:6])}. " if without else ""
    todo += (
        f"{len(book.sitting) - regions} daerah belum punya peta perangkat daerah."
        if regions < len(book.sitting)
        else ""
    )
    return _line("lembaga", len(book.offices), "lembaga", todo.strip())


def _people(book: Book) -> StateLine:
    rows = Membership.objects.current().filter(institution__in=book.institutions().values("pk"))
    counts = rows.order_by().aggregate(
        n=Count("user", distinct=True),
        bappeda=Count(
            "institution__region", distinct=True, filter=Q(role="bappeda", institution__region__kode__in=book.sitting)
        ),
    )
    lacking = len(book.sitting) - counts["bappeda"] if book.round.level != RoundLevel.SECTOR else 0
    return _line("orang", counts["n"], "orang", f"{lacking} daerah belum punya orang Bappeda." if lacking > 0 else "")


def _seats(book: Book) -> StateLine:
    rows = Seat.objects.filter(round=book.round)
    if not rows.exclude(role="sekretariat").exists():
        return StateLine(
            "kursi", "kursi sekretariat saja", EMPTY, "Mulai dari Kursi baku setelah desk dan lembaga terisi."
        )
    moderators = set(rows.filter(role__in=("moderator", "pimpinan_sidang")).values_list("desk__code", flat=True))
    lacking = [] if None in moderators else [code for code in book.desks if code not in moderators]
    todo = (
        f"Belum ada moderator pada desk {', '.join(lacking[:6])}{' dan lainnya' if len(lacking) > 6 else ''}."
        if lacking
        else ""
    )
    return _line("kursi", rows.count(), "kursi", todo)


def _parties(round_: Round, desks: int) -> StateLine:
    strands = set(Desk.objects.filter(round=round_).values_list("strand", flat=True))
    have = set(ConsentParty.objects.filter(round=round_).values_list("strand", flat=True))
    lacking = [Strand(each).label for each in sorted(strands - have)]
    todo = f"Belum ditetapkan bagi {', '.join(lacking).lower()}." if lacking else ""
    return _line("pihak", ConsentParty.objects.filter(round=round_).count(), "pihak", todo if desks else "")


def _quotas(round_: Round) -> StateLine:
    count = UsulanQuota.objects.filter(round=round_).count()
    return StateLine(
        "kuota", f"{count} kuota" if count else "tanpa kuota", READY if count else ("Bila perlu", "netral")
    )


def _openings(book: Book, desks: int) -> StateLine:
    opened = {desk for desk, _ in book.mejas}
    todo = f"{desks - len(opened)} desk belum dibuka bagi satu daerah pun." if desks > len(opened) else ""
    return _line("buka", len(book.mejas), "pasangan desk dan daerah", todo)


def _sessions(book: Book) -> StateLine:
    starts = list(Session.objects.filter(desk__round=book.round).values_list("desk__code", "starts"))
    without = Meja.objects.filter(round=book.round, sessions=None).count()
    twins = sorted({desk for (desk, _), count in Counter(starts).items() if count > 1})
    todo = f"{without} pasangan desk dan daerah belum dijadwalkan. " if without else ""
    todo += f"Dua sesi dimulai pada menit yang sama di desk {', '.join(twins)}." if twins else ""
    return _line("sesi", len(starts), "sesi", todo.strip())
