"""Words of the desks: levels, stages, states, verdicts, reasons. Stored in English, shown in Indonesian."""

from django.db.models import TextChoices

from core.choices import Tone


class RoundLevel(TextChoices):
    """Who hosts a round."""

    NATIONAL = "national", "Nasional"
    PROVINCIAL = "provincial", "Provinsi"
    SECTOR = "sector", "Sektor"


class StageKind(TextChoices):
    """Stages of a round; they open and close per role."""

    PREPARATION = "preparation", "Penyiapan"
    PRE = "pre", "Pra-Rakortek"
    FILLING_KL = "filling_kl", "Pengisian K/L"
    FILLING_REGION = "filling_region", "Pengisian Daerah"
    VERIFICATION = "verification", "Verifikasi"
    DESK = "desk", "Desk"
    MINUTES = "minutes", "Berita Acara"
    FOLLOW_UP = "follow_up", "Tindak Lanjut"


class BaScope(TextChoices):
    """What one berita acara covers."""

    SESSION = "session", "Per sesi desk"
    REGION = "region", "Per daerah, semua desk"
    DESK = "desk", "Per desk, semua daerah"
    ROUND = "round", "Seluruh penyelenggaraan"


class Party(TextChoices):
    """A party whose consent a verdict needs."""

    KEMENDAGRI = "kemendagri", "Kemendagri"
    BAPPENAS = "bappenas", "Bappenas"
    KL = "kl", "K/L pengampu"
    REGION = "region", "Daerah"
    PROVINCE = "province", "Provinsi (Bappeda atau perangkat daerah)"


class ItemState(TextChoices):
    """The states of an agenda row (design 4)."""

    DRAFT = "draft", "Draf"
    PROPOSED = "proposed", "Diusulkan"
    RETURNED = "returned", "Dikembalikan"
    SUBMITTED = "submitted", "Diajukan"
    REPAIR = "repair", "Perbaikan"
    DISCUSSED = "discussed", "Dibahas"
    AGREED = "agreed", "Disepakati"
    AGREED_NOTED = "agreed_noted", "Disepakati dengan catatan"
    DECLINED = "declined", "Tidak disepakati"
    NOT_DISCUSSED = "not_discussed", "Tidak terbahas"
    WITHDRAWN = "withdrawn", "Ditarik"


UNSUBMITTED = (ItemState.DRAFT, ItemState.PROPOSED, ItemState.RETURNED)
AGREED_STATES = (ItemState.AGREED, ItemState.AGREED_NOTED)
SETTLED = (*AGREED_STATES, ItemState.DECLINED)
VERDICTS = (*SETTLED, ItemState.NOT_DISCUSSED)
OPEN_FOR_DESK = (ItemState.SUBMITTED, ItemState.DISCUSSED)

STATE_TONES: dict[str, Tone] = {
    ItemState.DRAFT: Tone.NETRAL,
    ItemState.PROPOSED: Tone.NETRAL,
    ItemState.RETURNED: Tone.KUNING,
    ItemState.SUBMITTED: Tone.BIRU,
    ItemState.REPAIR: Tone.KUNING,
    ItemState.DISCUSSED: Tone.BIRU,
    ItemState.AGREED: Tone.HIJAU,
    ItemState.AGREED_NOTED: Tone.HIJAU_KUNING,
    ItemState.DECLINED: Tone.MERAH,
    ItemState.NOT_DISCUSSED: Tone.ABU,
    ItemState.WITHDRAWN: Tone.NETRAL,
}


STRAND_STATES: dict[str, dict[str, str]] = {
    "kewilayahan": {
        ItemState.AGREED: "Direkomendasikan",
        ItemState.AGREED_NOTED: "Direkomendasikan dengan catatan",
        ItemState.DECLINED: "Tidak direkomendasikan",
    },
}
"""Where a strand has its own words for a state."""


def state_label(state: str, strand: str = "") -> str:
    """The state as people of the strand call it."""
    return STRAND_STATES.get(strand, {}).get(state) or ItemState(state).label


class Applicability(TextChoices):
    """Whether the row applies to the region."""

    APPLIES = "applies", "Relevan"
    NOT_RELEVANT = "not_relevant", "Tidak relevan"
    NO_DATA = "no_data", "Data belum tersedia"


class ReasonCode(TextChoices):
    """Why a row was declined or not discussed."""

    TIME = "waktu", "Waktu pembahasan habis"
    PARTY_ABSENT = "pihak_tidak_hadir", "Pihak yang diperlukan tidak hadir"
    DATA = "data_belum_lengkap", "Data pendukung belum lengkap"
    AUTHORITY = "bukan_kewenangan", "Bukan kewenangan daerah"
    BUDGET = "anggaran", "Keterbatasan anggaran"
    NO_AGREEMENT = "tidak_sepakat", "Para pihak tidak bersepakat"
    METHOD = "metodologi", "Perbedaan metodologi atau sumber data"
    OTHER = "lainnya", "Lainnya"
    READINESS = "kesiapan", "Kriteria kesiapan belum lengkap"
    WRONG_RO = "ro_tidak_sesuai", "Rincian output tidak sesuai"
    GEOTAG = "titik_lokasi", "Titik lokasi belum ada atau belum pasti"
    DAK = "dak", "Diarahkan ke DAK atau APBD (kewenangan daerah)"
    OTHER_FUNDS = "pembiayaan_lain", "Diarahkan ke KPBU, SBSN, atau pinjaman"
    PHASED = "bertahap", "Dilaksanakan bertahap pada tahun berikutnya"
    WAIT_BUDGET = "tunggu_anggaran", "Menunggu ketersediaan anggaran atau Inpres"
    WRONG_PROGRAM = "program_tidak_sesuai", "Program atau perangkat daerah provinsi tidak sesuai"
    LOCAL_BUDGET = "apbd_kabkota", "Diarahkan ke APBD kabupaten/kota (kewenangan kabupaten/kota)"


_R = ReasonCode
GENERAL_REASONS = (_R.TIME, _R.PARTY_ABSENT, _R.DATA, _R.AUTHORITY, _R.BUDGET, _R.NO_AGREEMENT, _R.METHOD, _R.OTHER)
STRAND_REASONS: dict[str, tuple[ReasonCode, ...]] = {
    "kewilayahan": (
        _R.READINESS, _R.WRONG_RO, _R.GEOTAG, _R.AUTHORITY, _R.DAK, _R.OTHER_FUNDS, _R.PHASED, _R.WAIT_BUDGET, _R.BUDGET, _R.TIME,
        _R.PARTY_ABSENT, _R.NO_AGREEMENT, _R.OTHER,
    ),
}  # fmt: skip


LOCAL_REASONS: dict[str, tuple[ReasonCode, ...]] = {
    "kewilayahan": (
        _R.READINESS, _R.WRONG_PROGRAM, _R.GEOTAG, _R.LOCAL_BUDGET, _R.PHASED, _R.BUDGET, _R.TIME, _R.PARTY_ABSENT, _R.NO_AGREEMENT, _R.OTHER,
    ),
}  # fmt: skip
"""Where the regions of a round are kabupaten/kota."""


def reasons_of(strand: str, *, national: bool = True) -> list[tuple[str, str]]:
    """The reason codes that a desk of this strand chooses from: value and label."""
    own = STRAND_REASONS if national else STRAND_REASONS | LOCAL_REASONS
    return [(reason.value, reason.label) for reason in own.get(strand, GENERAL_REASONS)]


class SupportVerdict(TextChoices):
    """How a supporting sub kegiatan ended."""

    PENDING = "pending", "Belum diputuskan"
    AGREED = "agreed", "Disepakati"
    AGREED_NOTED = "agreed_noted", "Disepakati dengan catatan"
    EXCLUDED = "excluded", "Dikeluarkan"


class SessionState(TextChoices):
    """A sitting of a desk."""

    PLANNED = "planned", "Terjadwal"
    OPEN = "open", "Berlangsung"
    CLOSED = "closed", "Ditutup"


class SessionMode(TextChoices):
    """How people come together."""

    HYBRID = "hybrid", "Hibrida"
    ONSITE = "onsite", "Tatap muka"
    ONLINE = "online", "Daring"


class AttendanceMode(TextChoices):
    """How somebody attends, or that a party does not."""

    ONSITE = "onsite", "Hadir di tempat"
    ONLINE = "online", "Hadir daring"
    DELEGATE = "delegate", "Diwakili dengan surat"
    ABSENT = "absent", "Tidak hadir"


class AgendaOutcome(TextChoices):
    """What became of a row in one sitting; 'ditunda' is an outcome of the sitting, not a state of the row."""

    WAITING = "waiting", "Menunggu"
    CURRENT = "current", "Sedang dibahas"
    SETTLED = "settled", "Diputuskan"
    POSTPONED = "postponed", "Ditunda"
    NOT_REACHED = "not_reached", "Tidak terbahas"


class StanceKind(TextChoices):
    """What a party says to a figure. Bahas and keberatan block a verdict."""

    SETUJU = "setuju", "Setuju"
    BAHAS = "bahas", "Bahas"
    KEBERATAN = "keberatan", "Keberatan"


class StanceBasis(TextChoices):
    """How a stance was given."""

    OWN = "own", "Dinyatakan sendiri"
    SPOKEN = "spoken", "Lisan, dicatat"


class NoteKind(TextChoices):
    """Who a note is for."""

    DESK = "desk", "Catatan desk"
    INTERNAL = "internal", "Catatan internal lembaga"
    REGION = "region", "Catatan daerah sebelum diajukan"


class ActionSide(TextChoices):
    """Who acts for the target of a macro indicator; K/L, Bappenas and Kemendagri are the centre. Stored as the form says it."""

    PUSAT = "pusat", "Pusat"
    DAERAH = "daerah", "Daerah"


class PlaceVerdict(TextChoices):
    """How one location of an usulan ended."""

    PENDING = "pending", "Belum diputuskan"
    AGREED = "agreed", "Direkomendasikan"
    AGREED_NOTED = "agreed_noted", "Direkomendasikan dengan catatan"
    DECLINED = "declined", "Tidak direkomendasikan"
    NOT_DISCUSSED = "not_discussed", "Tidak terbahas"
    WITHDRAWN = "withdrawn", "Ditarik daerah"
    MOVED = "moved", "Dipindah ke usulan lain"


RECOMMENDED = (PlaceVerdict.AGREED, PlaceVerdict.AGREED_NOTED)
OPEN_PLACES = (PlaceVerdict.PENDING, PlaceVerdict.NOT_DISCUSSED)
GONE_PLACES = (PlaceVerdict.WITHDRAWN, PlaceVerdict.MOVED)
OUT_OF_PACKAGE = (PlaceVerdict.DECLINED, *GONE_PLACES)

PLACE_TONES: dict[str, Tone] = {
    PlaceVerdict.PENDING: Tone.BIRU,
    PlaceVerdict.AGREED: Tone.HIJAU,
    PlaceVerdict.AGREED_NOTED: Tone.HIJAU_KUNING,
    PlaceVerdict.DECLINED: Tone.MERAH,
    PlaceVerdict.NOT_DISCUSSED: Tone.ABU,
    PlaceVerdict.WITHDRAWN: Tone.NETRAL,
    PlaceVerdict.MOVED: Tone.NETRAL,
}


class LineOutcome(TextChoices):
    """What a meeting concluded on a line of the host's Renja."""

    PENDING = "pending", "Belum dibahas"
    FITS = "fits", "Selaras"
    NOTED = "noted", "Selaras dengan catatan"
    UNFIT = "unfit", "Belum selaras"


class ReadinessStatus(TextChoices):
    """How far a readiness criterion is."""

    READY = "ready", "Siap"
    PLANNED = "planned", "Siap pada bulan"
    NOT_READY = "not_ready", "Belum siap"
    NOT_NEEDED = "not_needed", "Tidak perlu"


class CorrectedField(TextChoices):
    """What the desk sets right."""

    RO = "ro", "Rincian output"
    PROGRAM = "prog", "Program atau perangkat daerah provinsi"
    UNIT = "unit", "Satuan"
    PLACE = "place", "Lokasi"
