"""Words of agreements: states of a berita acara, ways to sign."""

from django.db.models import TextChoices

from core.choices import Tone
from desks.choices import BaScope


class BaState(TextChoices):
    """A berita acara; *final* is every state after draft except void."""

    DRAFT = "draft", "Draf"
    AWAITING = "awaiting", "Menunggu tanda tangan"
    COMPLETE = "complete", "Lengkap"
    VOID = "void", "Batal"
    SUPERSEDED = "superseded", "Digantikan"


NOT_DRAFT = (BaState.AWAITING, BaState.COMPLETE, BaState.VOID, BaState.SUPERSEDED)
FINAL_STATES = (BaState.AWAITING, BaState.COMPLETE, BaState.SUPERSEDED)

BA_TONES: dict[str, Tone] = {
    BaState.DRAFT: Tone.NETRAL,
    BaState.AWAITING: Tone.BIRU,
    BaState.COMPLETE: Tone.HIJAU,
    BaState.VOID: Tone.MERAH,
    BaState.SUPERSEDED: Tone.ABU,
}


class PaperScope(TextChoices):
    """What one berita acara covers: the rules of a round (`BaScope`), and the induk that lists others."""

    SESSION = BaScope.SESSION.value, BaScope.SESSION.label
    REGION = BaScope.REGION.value, BaScope.REGION.label
    DESK = BaScope.DESK.value, BaScope.DESK.label
    ROUND = BaScope.ROUND.value, BaScope.ROUND.label
    INDUK = "induk", "Induk dari beberapa berita acara"


class SignPrefix(TextChoices):
    """How an office signs."""

    SELF = "", "—"
    AN = "an", "a.n."
    PLT = "plt", "Plt."
    PLH = "plh", "Plh."
    PJ = "pj", "Pj."


class SignMode(TextChoices):
    """Where a signatory signs."""

    PORTAL = "portal", "Konfirmasi di portal"
    PAPER = "paper", "Cetak, tanda tangan basah, unggah pindaian"


class SignatureKind(TextChoices):
    """What a signing act was."""

    CONFIRMED = "confirmed", "Dikonfirmasi di portal"
    SCANNED = "scanned", "Pindaian diunggah"
    REFUSED = "refused", "Ditolak"
    EXCUSED = "excused", "Ditutup dengan alasan"


CLOSING_KINDS = (SignatureKind.CONFIRMED, SignatureKind.SCANNED, SignatureKind.EXCUSED)


class Lampiran(TextChoices):
    """The annexes of a berita acara; which a strand prints, and in what order, stands in `exports/annexes.py`."""

    ATTENDANCE = "1", "Daftar hadir"
    TARGETS = "2", "Target indikator yang disepakati"
    SUPPORTS = "3", "Sub kegiatan pendukung dan pagu indikatif"
    ACTIONS = "3m", "Strategi dan aksi pusat dan daerah"
    NOT_AGREED = "4", "Butir yang tidak disepakati dan tidak terbahas"
    NOTES = "5", "Catatan desk"
    PAPERS = "P", "Berita acara yang tercakup"
