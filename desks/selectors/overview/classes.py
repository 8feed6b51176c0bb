"""Into which one class of completeness each row of a round falls. Who may not see drafts gets one class for all that is not submitted."""

from __future__ import annotations

from typing import Final

from django.db.models import Case, CharField, Q, TextChoices, Value, When

from core.choices import Tone
from desks.choices import AGREED_STATES, UNSUBMITTED, Applicability, ItemState
from desks.disclosure import BEING_TYPED


class Standing(TextChoices):
    """The classes as the field counts them; each row is in exactly one. `SISA` is what others than the owners see of the first two."""

    EMPTY = "kosong", "Kosong"
    FILLED = "terisi", "Terisi, belum diajukan"
    SISA = "belum", "Belum diajukan"
    SUBMITTED = "diajukan", "Diajukan"
    REPAIR = "perbaikan", "Perbaikan"
    DISCUSSED = "dibahas", "Dibahas"
    AGREED = "disepakati", "Disepakati"
    OTHER = "tanpa", "Tanpa kesepakatan"
    NOT_RELEVANT = "tidak_relevan", "Tidak relevan"


TONES: Final[dict[str, Tone]] = {
    Standing.EMPTY: Tone.ABU, Standing.FILLED: Tone.NETRAL, Standing.SISA: Tone.NETRAL, Standing.SUBMITTED: Tone.BIRU, Standing.REPAIR: Tone.KUNING,
    Standing.DISCUSSED: Tone.BIRU, Standing.AGREED: Tone.HIJAU, Standing.OTHER: Tone.MERAH, Standing.NOT_RELEVANT: Tone.NETRAL,
}  # fmt: skip
HINTS: Final[dict[str, str]] = {
    Standing.EMPTY: "draf tanpa nilai", Standing.FILLED: "terisi atau dinyatakan tidak relevan, masih pada daerah",
    Standing.SISA: "masih pada daerah", Standing.SUBMITTED: "menunggu pembahasan", Standing.REPAIR: "diminta diperbaiki oleh K/L, Bappenas, atau sekretariat",
    Standing.DISCUSSED: "sedang di desk", Standing.AGREED: "disepakati, juga dengan catatan",
    Standing.OTHER: "tidak disepakati, tidak terbahas, atau ditarik", Standing.NOT_RELEVANT: "tidak relevan atau data belum tersedia",
}  # fmt: skip

OWNER_CLASSES: Final = tuple(each for each in Standing if each != Standing.SISA)
OTHERS_CLASSES: Final = tuple(each for each in Standing if each not in (Standing.EMPTY, Standing.FILLED))
NOT_HANDED_IN: Final = frozenset({Standing.EMPTY, Standing.FILLED, Standing.SISA})


def classes_for(owner: bool) -> tuple[Standing, ...]:
    """The classes that somebody is shown, in the order of a row's life."""
    return OWNER_CLASSES if owner else OTHERS_CLASSES


def standing_of(owner: bool) -> Case:
    """The class of a row as an expression. Owners and others count the same rows as not submitted; only owners see which of them are empty.

    `Tidak relevan` is counted apart once it is handed in: until then it is the region's own matter, and still to be submitted.
    """
    empty = Q(
        state=ItemState.DRAFT, applicability=Applicability.APPLIES, indicator__isnull=False, value_proposed_kind=""
    )
    return Case(
        *([When(empty, then=_said(Standing.EMPTY))] if owner else []),
        When(state__in=UNSUBMITTED, then=_said(Standing.FILLED if owner else Standing.SISA)),
        When(~Q(applicability=Applicability.APPLIES) & ~Q(state__in=BEING_TYPED), then=_said(Standing.NOT_RELEVANT)),
        When(state=ItemState.SUBMITTED, then=_said(Standing.SUBMITTED)),
        When(state=ItemState.REPAIR, then=_said(Standing.REPAIR)),
        When(state=ItemState.DISCUSSED, then=_said(Standing.DISCUSSED)),
        When(state__in=AGREED_STATES, then=_said(Standing.AGREED)),
        default=_said(Standing.OTHER),
        output_field=CharField(),
    )


def _said(kelas: Standing) -> Value:
    return Value(kelas.value, output_field=CharField())


def members(kelas: str, owner: bool) -> tuple[str, ...]:
    """The classes that a filter word names: `belum` is for the owners all that is not submitted; their finer words are `belum` to others."""
    if owner:
        return (Standing.EMPTY, Standing.FILLED) if kelas == Standing.SISA else (kelas,)
    return (Standing.SISA,) if kelas in NOT_HANDED_IN else (kelas,)
