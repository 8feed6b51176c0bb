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
