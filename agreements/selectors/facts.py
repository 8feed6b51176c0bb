"""What stands in the braces of the wording: when, where, who, about what."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from agreements.choices import PaperScope
from agreements.selectors.material import Material
from agreements.selectors.scopes import called
from agreements.selectors.sheet import SignBlock
from agreements.selectors.strand_rows import indicator_label
from core.dates import date_in_words, span_in_words, time_with_zone
from desks.choices import SessionMode
from desks.models import Session

MODE_WORDS = {
    SessionMode.HYBRID: "secara hibrida",
    SessionMode.ONLINE: "secara daring",
    SessionMode.ONSITE: "secara tatap muka",
}
FEW = 3


def regions_of(found: Material) -> list[str]:
    """The regions of the mejas, by code, as the paper calls them."""
    places = {meja.region.kode: meja.region for meja in found.mejas}
    return list(dict.fromkeys(called(places[kode]) for kode in sorted(places)))


def facts_of(found: Material, regions: list[str], signers: tuple[SignBlock, ...]) -> dict[str, str]:
    """The placeholders of a template with their contents."""
    round_ = found.ba.round
    desks = list({meja.desk_id: meja.desk.name for meja in found.mejas}.values())
    desk = listed(desks) if len(desks) <= FEW else f"{len(desks)} desk"
    where = listed(regions) if len(regions) <= FEW else f"{len(regions)} {round_.words.regions}"
    about = scope_name(found)
    return {
        "forum": round_.forum_name, "forum_kapital": round_.forum_name.upper(), "tahun": str(round_.held_year),
        "tahun_rencana": str(round_.plan_year), "desk": desk, "desk_kapital": desk.upper(),
        "daerah": where, "daerah_kapital": where.upper(), "lingkup": about, "lingkup_kapital": about.upper(), **_when_and_where(found),
        "sebutan_indikator": indicator_label(round_, found.ba.strand).lower(),
        "para_pihak": listed(list(dict.fromkeys(block.institution for block in signers if not block.chair))) or "para pihak",
    }  # fmt: skip


def scope_name(found: Material) -> str:
    """What it is about as a whole: the host's area, one region, one desk."""
    ba = found.ba
    if ba.desk is not None:
        return f"Desk {ba.desk.name}"
    return (
        called(ba.region)
        if ba.region is not None
        else "nasional"
        if ba.round.national
        else called(ba.round.host.region)
    )


def _when_and_where(found: Material) -> dict[str, str]:
    """Day, hours, place and manner over all sittings; of one sitting its own."""
    sessions = found.sessions
    if not sessions:
        return {"hari_tanggal": _written(found), "waktu": "", "tempat": "", "cara": ""}
    first, last = min(_days(session)[0] for session in sessions), max(_days(session)[1] for session in sessions)
    day = date_in_words(first).removeprefix("Pada ") if first == last else span_in_words(first, last)
    places, modes = {session.place for session in sessions}, {session.mode for session in sessions}
    place = places.pop() if len(places) == 1 else None
    where = f"bertempat di {place}" if place else "tanpa tempat pertemuan fisik"
    return {
        "hari_tanggal": day, "waktu": _hours(sessions[0]) if len(sessions) == 1 else "",
        "tempat": "bertempat sesuai jadwal sesi" if place is None else where,
        "cara": MODE_WORDS[SessionMode(modes.pop())] if len(modes) == 1 else MODE_WORDS[SessionMode.HYBRID],
    }  # fmt: skip


def _written(found: Material) -> str:
    """The day of a paper that records no sitting of its own."""
    on = found.ba.signed_on
    return date_in_words(on).removeprefix("Pada ") if on and found.ba.scope == PaperScope.INDUK else "hari ini"


def _days(session: Session) -> tuple[dt.date, dt.date]:
    zone = ZoneInfo(session.tz)
    return session.starts.astimezone(zone).date(), session.ends.astimezone(zone).date()


def _hours(session: Session) -> str:
    until = time_with_zone(session.ends, session.tz)
    return f"{time_with_zone(session.starts, session.tz).rpartition(' ')[0]} sampai dengan {until}"


def listed(names: list[str]) -> str:
    """`A`, `A dan B`, `A, B, dan C`."""
    if len(names) < FEW:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"
