"""Words of accounts: levels of government, kinds of institution, roles."""

from django.db.models import TextChoices


class RegionLevel(TextChoices):
    """Where a region stands; the nation is the region with code 00."""

    NATION = "nation", "Nasional"
    PROVINCE = "province", "Provinsi"
    KABKOTA = "kabkota", "Kabupaten/Kota"


class InstitutionKind(TextChoices):
    """What an institution is to the forum; it decides for which party it can speak."""

    KEMENDAGRI = "kemendagri", "Kemendagri"
    BAPPENAS = "bappenas", "Kementerian PPN/Bappenas"
    KL = "kl", "Kementerian/Lembaga"
    BAPPEDA = "bappeda", "Bappeda"
    OPD = "opd", "Perangkat daerah"
    OTHER = "other", "Lainnya"


class Role(TextChoices):
    """What a person does for an institution (Membership) and what a Seat lets it do."""

    SEKRETARIAT = "sekretariat", "Sekretariat"
    MODERATOR = "moderator", "Moderator"
    PIMPINAN_SIDANG = "pimpinan_sidang", "Pimpinan sidang"
    NOTULIS = "notulis", "Notulis"
    PEMBAHAS = "pembahas", "Pembahas"
    KOORDINATOR = "koordinator", "Koordinator"
    BAPPEDA = "bappeda", "Bappeda"
    VERIFIKATOR = "verifikator", "Verifikator"
    OPD = "opd", "Perangkat daerah"
    PENANDATANGAN = "penandatangan", "Penanda tangan"
    PENGAMAT = "pengamat", "Pengamat"
    AUDITOR = "auditor", "Auditor"


CENTRAL_KINDS = (InstitutionKind.KEMENDAGRI, InstitutionKind.BAPPENAS, InstitutionKind.KL)
REGIONAL_KINDS = (InstitutionKind.BAPPEDA, InstitutionKind.OPD)
ROOM_ROLES = (Role.MODERATOR, Role.PIMPINAN_SIDANG, Role.NOTULIS)

_ROOM = (Role.MODERATOR, Role.PIMPINAN_SIDANG, Role.NOTULIS, Role.KOORDINATOR, Role.PENANDATANGAN, Role.PENGAMAT)
ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    InstitutionKind.KEMENDAGRI: (Role.SEKRETARIAT, Role.PEMBAHAS, *_ROOM, Role.AUDITOR),
    InstitutionKind.BAPPENAS: (Role.SEKRETARIAT, Role.PEMBAHAS, *_ROOM, Role.AUDITOR),
    InstitutionKind.KL: (Role.PEMBAHAS, *_ROOM, Role.AUDITOR),
    InstitutionKind.BAPPEDA: (Role.SEKRETARIAT, Role.BAPPEDA, Role.VERIFIKATOR, Role.PEMBAHAS, *_ROOM),
    InstitutionKind.OPD: (Role.SEKRETARIAT, Role.OPD, Role.PEMBAHAS, *_ROOM),
    InstitutionKind.OTHER: (Role.KOORDINATOR, Role.PENANDATANGAN, Role.PENGAMAT, Role.AUDITOR),
}
"""The roles an institution of a kind may give its people. What a role opens is decided by the institution's seats."""


class EndReason(TextChoices):
    """Why a membership ended; a word from this list, so that the trail of audit holds nothing personal."""

    REPLACED = "diganti", "Diganti orang lain"
    MOVED = "pindah", "Pindah tugas"
    FINISHED = "selesai", "Tugas selesai"
    MISTAKE = "keliru", "Keliru diundang"
