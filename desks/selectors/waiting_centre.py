"""What waits for the people of the centre and the room: targets to fill, rows to read, stances asked, sittings to run."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.urls import reverse

from accounts.actors import Actor
from accounts.choices import ROOM_ROLES, Role
from core.dates import time_with_zone
from desks.choices import OPEN_FOR_DESK, UNSUBMITTED, AgendaOutcome, ItemState, SessionState, StageKind
from desks.models import AgendaEntry, DeskIndicator, Item, Meja, Round, Session
from desks.scopes import leading, led_rounds, scope_of
from desks.selectors.consent import consent_of
from desks.selectors.home import WaitingGroup, desks_of, open_rounds, own_sessions, register_waiting, windows_of
from desks.selectors.host_targets import agreed_above
from desks.selectors.stages import StageWindow
from desks.services.targets import SOURCES
from indicators.choices import FigureKind
from indicators.models import Figure

EXAMPLES = 3
STANCE_ROLES = (Role.BAPPEDA, Role.PEMBAHAS, Role.MODERATOR)
SPEAKERS = (Role.PEMBAHAS, Role.MODERATOR, Role.PIMPINAN_SIDANG)
MOST_ASKED = 1000


def _closes(windows: Sequence[StageWindow], *kinds: StageKind) -> dt.datetime | None:
    found = [window.closes_at for window in windows if window.stage.kind in kinds]
    return max(found) if found else None


@register_waiting
def targets_waiting(actor: Actor, now: dt.datetime) -> list[WaitingGroup]:
    """National and indicative targets that the K/L in charge has not filled, per desk, in a fixed number of queries."""
    if actor.role not in SPEAKERS or not leading(actor):
        return []
    rounds = open_rounds(actor)
    held = _held_indicators(actor, rounds)
    if not held:
        return []
    done = _targets_done(rounds, held)
    provinces: dict[int, int] = dict(
        Meja.objects.filter(desk_id__in=held).order_by().values_list("desk_id").annotate(n=Count("pk"))
    )
    groups = []
    for round_ in rounds:
        due, words = _closes(windows_of(actor, round_), StageKind.FILLING_KL), round_.words
        places = "provinsi" if round_.national else words.regions
        above = agreed_above(round_, [pk for *_, round_id, pks in held.values() if round_id == round_.pk for pk in pks])
        for desk, (code, name, round_id, indicators) in held.items():
            if round_id != round_.pk:
                continue
            national = sum(pk not in above and not _host_done(done, round_.code, pk) for pk in indicators)
            wanted = len(indicators) * provinces.get(desk, 0)
            indicative = wanted - sum(done[(round_.code, FigureKind.INDICATIVE, pk)] for pk in indicators)
            url = reverse("desks:targets", args=[round_.code, code])
            groups.append(
                WaitingGroup(
                    "Isi", f"{words.host_target.lower()} belum diisi · desk {name}", url, national, due, (), round_.tz
                )
            )
            groups.append(
                WaitingGroup(
                    "Isi", f"target indikatif {places} belum diisi · desk {name}", url, indicative, due, (), round_.tz
                )
            )
    return groups


def _host_done(done: Counter[tuple[str, str, int]], line: str, indicator: int) -> int:
    return done[(line, FigureKind.NATIONAL, indicator)] + done[(line, FigureKind.PROVINCIAL, indicator)]


def _held_indicators(actor: Actor, rounds: Sequence[Round]) -> dict[int, tuple[str, str, int, list[int]]]:
    """Per desk (pk): its code, name, round and the indicators on its agenda that the institution holds."""
    scope = scope_of(actor)
    mine = Q(pk__in=[])
    for round_ in rounds:
        year = round_.plan_year
        mine |= Q(round=round_) & (
            Q(indicator__bidang_id__in=scope.bidang(year)) | Q(indicator_id__in=scope.indicators(year))
        )
    rows = DeskIndicator.objects.filter(mine)
    desks = desks_of(actor, rounds)
    if desks is not None:
        rows = rows.filter(desk_id__in=desks)
    found: dict[int, tuple[str, str, int, list[int]]] = {}
    for desk, code, name, round_id, indicator in rows.order_by("desk__order").values_list(
        "desk_id", "desk__code", "desk__name", "round_id", "indicator_id"
    ):
        found.setdefault(desk, (code, name, round_id, []))[3].append(indicator)
    return found


def _targets_done(
    rounds: Sequence[Round], held: dict[int, tuple[str, str, int, list[int]]]
) -> Counter[tuple[str, str, int]]:
    indicators = [pk for _, _, _, pks in held.values() for pk in pks]
    rows = (
        Figure.objects.filter(
            source__in=SOURCES, line_key__in=[round_.code for round_ in rounds], indicator_id__in=indicators
        )
        .order_by()
        .values_list("line_key", "kind", "indicator_id")
        .annotate(n=Count("pk"))
    )
    return Counter({(line, kind, indicator): n for line, kind, indicator, n in rows})


@register_waiting
def reading_waiting(actor: Actor, now: dt.datetime) -> list[WaitingGroup]:
    """Submitted rows that the centre has to read before the desk, per desk."""
    if actor.role != Role.PEMBAHAS or not leading(actor):
        return []
    rounds = open_rounds(actor)
    rows = (
        Item.objects.visible_to(actor)
        .filter(round__in=rounds, state=ItemState.SUBMITTED)
        .order_by("meja__desk__order")
        .values_list("round_id", "meja__desk__code", "meja__desk__name", "meja__desk__order")
        .annotate(n=Count("pk"), regions=Count("region_id", distinct=True))
    )
    by_round = {round_.pk: round_ for round_ in rounds}
    counted = list(rows)
    due = {pk: _closes(windows_of(actor, by_round[pk]), StageKind.VERIFICATION) for pk in {row[0] for row in counted}}
    return [
        WaitingGroup(
            "Baca",
            f"target diajukan {regions} {by_round[round_id].words.region.lower()} · desk {name}",
            reverse("desks:board", args=[by_round[round_id].code, desk]),
            n,
            due[round_id],
            (),
            by_round[round_id].tz,
        )
        for round_id, desk, name, _, n, regions in counted
    ]


@register_waiting
def stances_waiting(actor: Actor, now: dt.datetime) -> list[WaitingGroup]:
    """Rows on the agenda of a sitting that is open now, on whose newest figure the actor's institution has not spoken."""
    if actor.role not in STANCE_ROLES:
        return []
    left = (AgendaOutcome.WAITING, AgendaOutcome.CURRENT, AgendaOutcome.POSTPONED)
    entries = (
        AgendaEntry.objects.filter(
            session__state=SessionState.OPEN, outcome__in=left, item__state__in=OPEN_FOR_DESK,
            item__in=Item.objects.visible_to(actor),
        )
        .filter(own_region(actor))
        .select_related("session__desk", "item__meja", "item__round", "item__indicator", "item__indicator_version", "item__usulan")
        .order_by("session_id", "order")[:MOST_ASKED]
    )  # fmt: skip
    by_round: dict[int, list[AgendaEntry]] = defaultdict(list)
    for entry in entries:
        by_round[entry.item.round_id].append(entry)
    groups: list[WaitingGroup] = []
    for found in by_round.values():
        groups += _asked(actor, found)
    return groups


def own_region(actor: Actor) -> Q:
    """A region speaks on its own rows only, whatever else it may read."""
    return Q() if actor.central else Q(item__region_id=actor.region_id) | Q(item__round__in=led_rounds(actor))


def _asked(actor: Actor, entries: list[AgendaEntry]) -> list[WaitingGroup]:
    consents = consent_of([entry.item for entry in entries])
    asked: dict[int, list[AgendaEntry]] = defaultdict(list)
    for entry in entries:
        consent = consents[entry.item_id]
        mine = [party for party in consent.parties if actor.institution.pk in {each.pk for each in party.institutions}]
        if consent.position is not None and any(party.stance is None for party in mine):
            asked[entry.session_id].append(entry)
    return [
        WaitingGroup(
            "Nyatakan sikap", f"angka menunggu sikap {actor.institution.short_name} · desk {rows[0].session.desk.name}",
            reverse("desks:session", args=[rows[0].session.code]), len(rows), rows[0].session.ends,
            tuple(_name(row.item) for row in rows[:EXAMPLES]), rows[0].session.tz,
        )
        for rows in asked.values()
    ]  # fmt: skip


def _name(item: Item) -> str:
    return item.subject


@register_waiting
def sittings_waiting(actor: Actor, now: dt.datetime) -> list[WaitingGroup]:
    """For moderator, pimpinan sidang and notulis: sittings to open today, running ones, and those past their hour to close."""
    if actor.role not in ROOM_ROLES:
        return []
    rows = (
        Session.objects.filter(own_sessions(actor, open_rounds(actor)))
        .filter(Q(state=SessionState.OPEN) | Q(state=SessionState.PLANNED, starts__lt=now + dt.timedelta(days=1)))
        .select_related("desk")
        .distinct()
        .order_by("starts")
    )
    groups = []
    for row in rows:
        day = row.starts.astimezone(ZoneInfo(row.tz)).date()
        if row.state == SessionState.PLANNED and day > now.astimezone(ZoneInfo(row.tz)).date():
            continue
        groups.append(_sitting(row, now))
    return groups


def _sitting(row: Session, now: dt.datetime) -> WaitingGroup:
    hours = f"{time_with_zone(row.starts, row.tz)[:5]}–{time_with_zone(row.ends, row.tz)}"
    url = reverse("desks:session", args=[row.code])
    if row.state == SessionState.PLANNED:
        return WaitingGroup("Buka", f"sesi desk {row.desk.name} · {hours}", url, 1, row.starts, (), row.tz)
    if row.ends < now:
        return WaitingGroup(
            "Tutup", f"sesi desk {row.desk.name} yang lewat waktu · {hours}", url, 1, row.ends, (), row.tz
        )
    return WaitingGroup(
        "Pimpin", f"sesi desk {row.desk.name} sedang berlangsung · {hours}", url, 1, row.ends, (), row.tz
    )


@register_waiting
def secretariat_waiting(actor: Actor, now: dt.datetime) -> list[WaitingGroup]:
    """For the secretariat: what the regions have not submitted while the stage is open, and mejas without a sitting."""
    if actor.role != Role.SEKRETARIAT:
        return []
    rounds = open_rounds(actor)
    late: dict[int, Counter[str]] = defaultdict(Counter)
    for round_id, region, n in (
        Item.objects.filter(round__in=rounds, state__in=UNSUBMITTED)
        .order_by()
        .values_list("round_id", "region__short_name")
        .annotate(n=Count("pk"))
    ):
        late[round_id][region] += n
    unplanned: dict[int, int] = dict(
        Meja.objects.filter(round__in=rounds, sessions__isnull=True)
        .order_by()
        .values_list("round_id")
        .annotate(n=Count("pk"))
    )
    groups = []
    for round_ in rounds:
        windows = windows_of(actor, round_)
        counts = late[round_.pk]
        examples = tuple(f"{region} {n}" for region, n in counts.most_common(EXAMPLES))
        label = f"target belum diajukan oleh {len(counts)} daerah · {round_.short_name}"
        groups.append(
            WaitingGroup(
                "Ingatkan", label, reverse("desks:desk_index"), sum(counts.values()), _closes(windows, StageKind.FILLING_REGION), examples,
                round_.tz,
            )
        )  # fmt: skip
        label = f"desk × daerah belum punya jadwal sesi · {round_.short_name}"
        groups.append(
            WaitingGroup(
                "Jadwalkan",
                label,
                reverse("desks:desk_index"),
                unplanned.get(round_.pk, 0),
                _closes(windows, StageKind.DESK),
                (),
                round_.tz,
            )
        )
    return groups
