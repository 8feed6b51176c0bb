"""What the services of the berita acara share: the compare-and-set on the header and its events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.actors import Actor, can
from agreements.choices import BaState
from agreements.models import BeritaAcara
from core.errors import NotAllowed, StaleState, TransitionNotAllowed
from desks.chain import Writer
from desks.models import Meja, Round, Session

RELATED = ("round__host__region", "session__desk__round", "desk", "region")
"""What every page and act of a berita acara reads along with it."""
NOT_IN_CLOSED_ROUND = ("draft_ba", "finalise_ba", "void_ba")
"""Acts that would move rows of a round; signatures may still come after it was closed."""


def require(actor: Actor, action: str, obj: object) -> None:
    """NotAllowed unless the actor may."""
    if not can(actor, f"agreements.{action}", obj):
        raise NotAllowed()
    round_ = _round_of(obj)
    if action in NOT_IN_CLOSED_ROUND and round_ is not None and round_.closed_at is not None:
        raise TransitionNotAllowed(f"{round_.short_name} sudah ditutup.")


def _round_of(obj: object) -> Round | None:
    if isinstance(obj, Session):
        return obj.desk.round
    return obj.round if isinstance(obj, BeritaAcara) else None


def mejas_of(ba: BeritaAcara) -> list[Meja]:
    """The mejas it covers, in ascending key."""
    return list(ba.mejas.select_related("desk", "region").order_by("pk"))


def record_all(writer: Writer, mejas: Iterable[Meja], ba: BeritaAcara, action: str, **payload: Any) -> None:
    """One event in the chain of every meja concerned."""
    for meja in sorted(mejas, key=lambda row: row.pk):
        writer.record(meja, action, {"ba": ba.code, **payload})


def change_header(ba: BeritaAcara, seen_version: int, *states: str, **columns: Any) -> None:
    """Set columns of the header if it still has the version seen and one of the states; else StaleState and nothing written."""
    rows = BeritaAcara.objects.filter(pk=ba.pk, version=seen_version, state__in=states)
    if not rows.update(version=seen_version + 1, **columns):
        now = BeritaAcara.objects.get(pk=ba.pk)
        if now.version == seen_version:
            raise TransitionNotAllowed(
                f"Berita acara ini {now.get_state_display().lower()}; tindakan ini tidak tersedia lagi.",
                state=now.state,
            )
        raise StaleState(
            f"Berita acara ini sudah diubah orang lain (kini {now.get_state_display().lower()}). Muat ulang halaman lalu periksa lagi.",
            yours={"version": seen_version}, theirs={"version": now.version, "state": now.get_state_display()},
        )  # fmt: skip
    ba.version = seen_version + 1
    for name, content in columns.items():
        setattr(ba, name, content)


def require_open(ba: BeritaAcara) -> None:
    """Signing acts need a final berita acara that still waits for signatures."""
    state = BeritaAcara.objects.values_list("state", flat=True).get(pk=ba.pk)
    if state != BaState.AWAITING:
        raise TransitionNotAllowed(
            f"Berita acara ini {BaState(state).label.lower()}; tidak menunggu tanda tangan.", state=state
        )
