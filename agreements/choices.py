"""Words of agreements: states of a berita acara, ways to sign."""

from django.db.models import TextChoices

from core.choices import Tone


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
    """The annexes of an urusan berita acara, in printing order."""

    ATTENDANCE = "1", "Daftar hadir"
    TARGETS = "2", "Target indikator yang disepakati"
    SUPPORTS = "3", "Sub kegiatan pendukung dan pagu indikatif"
    NOT_AGREED = "4", "Butir yang tidak disepakati dan tidak terbahas"
    NOTES = "5", "Catatan desk"
