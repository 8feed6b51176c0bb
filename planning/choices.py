"""Words of planning: levels of nomenclature, kinds and stages of documents."""

from django.db.models import TextChoices

from accounts.choices import InstitutionKind


class GovLevel(TextChoices):
    """At which level of government a nomenclature row or indicator applies."""

    PROVINSI = "provinsi", "Provinsi"
    KABKOTA = "kabkota", "Kabupaten/Kota"


class NomenclatureLevel(TextChoices):
    """The five levels of Kepmendagri 900.1.15.5-3406/2024."""

    URUSAN = "urusan", "Urusan"
    BIDANG = "bidang_urusan", "Bidang urusan"
    PROGRAM = "program", "Program"
    KEGIATAN = "kegiatan", "Kegiatan"
    SUB_KEGIATAN = "sub_kegiatan", "Sub kegiatan"


class HolderPart(TextChoices):
    """How an institution holds a bidang urusan or an indicator."""

    PENANGGUNG_JAWAB = "penanggung_jawab", "Penanggung jawab"
    PENDUKUNG = "pendukung", "Pendukung"


class DocumentKind(TextChoices):
    """Kinds of planning and budget documents."""

    RPJMN = "RPJMN", "RPJMN"
    RKP = "RKP", "RKP"
    RENSTRA_KL = "RENSTRA_KL", "Renstra K/L"
    RENJA_KL = "RENJA_KL", "Renja K/L"
    RPJMD = "RPJMD", "RPJMD"
    RKPD = "RKPD", "RKPD"
    RENSTRA_PD = "RENSTRA_PD", "Renstra PD"
    RENJA_PD = "RENJA_PD", "Renja PD"
    APBN = "APBN", "APBN"
    APBD = "APBD", "APBD"


class UploadKind(TextChoices):
    """What a file may be that is no document: reference data in the layout of its own system."""

    NOMENKLATUR = "NOMENKLATUR", "Nomenklatur (ekspor SIPD)"
    RO = "RO", "Rincian output K/L"


class UploadState(TextChoices):
    """How far an uploaded file has come; what is loaded or thrown away stays so."""

    COLUMNS = "kolom", "Menunggu susunan kolom"
    READING = "dibaca", "Sedang dibaca"
    PREVIEW = "pratinjau", "Menunggu keputusan"
    ACCEPTED = "dimuat", "Dimuat"
    DROPPED = "dibuang", "Dibuang"


class RowOutcome(TextChoices):
    """What became of a row of an uploaded file, the weightiest of its remarks."""

    TAKEN = "diambil", "Diambil"
    REPAIRED = "diperbaiki", "Diperbaiki"
    WARNED = "peringatan", "Diperingatkan"
    REFUSED = "ditolak", "Ditolak"
    SKIPPED = "dilewati", "Dilewati"


class DocumentStage(TextChoices):
    """How far a document has come."""

    RANWAL = "ranwal", "Rancangan awal"
    RANCANGAN = "rancangan", "Rancangan"
    RANCANGAN_AKHIR = "rancangan_akhir", "Rancangan akhir"
    PENETAPAN = "penetapan", "Penetapan"


class PriorityTree(TextChoices):
    """The trees of priorities; each has its own nodes in each year."""

    PN = "PN", "Prioritas Nasional"
    PRO_SN = "PRO-SN", "Pro-SN"
    ASTA_CITA = "ASTA-CITA", "Asta Cita"
    TEMATIK = "TEMATIK", "Tematik"
    SPM = "SPM", "SPM"
    KRISNA = "KRISNA", "Tema KRISNA"
    MAJOR_PROJECT = "MP", "Major Project"
    TAG_SIPD = "TAG-SIPD", "Tag SIPD"


PRIORITY_LETTERS: dict[str, str] = {
    PriorityTree.PN: "PN",
    PriorityTree.PRO_SN: "Pro-SN",
    PriorityTree.ASTA_CITA: "Asta Cita",
    PriorityTree.TEMATIK: "Tematik",
    PriorityTree.SPM: "SPM",
    PriorityTree.KRISNA: "KRISNA",
    PriorityTree.MAJOR_PROJECT: "MP",
    PriorityTree.TAG_SIPD: "Tag",
}
"""The short word on a chip."""


class LineLevel(TextChoices):
    """What a line of a document is; amounts of the lowest lines add up to those above."""

    MISI = "misi", "Misi"
    TUJUAN = "tujuan", "Tujuan"
    SASARAN = "sasaran", "Sasaran"
    URUSAN = "urusan", "Urusan"
    BIDANG = "bidang_urusan", "Bidang urusan"
    PROGRAM = "program", "Program"
    KEGIATAN = "kegiatan", "Kegiatan"
    SUB_KEGIATAN = "sub_kegiatan", "Sub kegiatan"
    KRO = "kro", "KRO"
    RO = "ro", "RO"
    OTHER = "lain", "Lainnya"


MULTI_YEAR = (DocumentKind.RPJMN, DocumentKind.RENSTRA_KL, DocumentKind.RPJMD, DocumentKind.RENSTRA_PD)
"""Kinds that cover several years; the others state one."""

_CENTRAL = (InstitutionKind.KL, InstitutionKind.BAPPENAS, InstitutionKind.KEMENDAGRI)
_REGIONAL = (InstitutionKind.BAPPEDA, InstitutionKind.OPD)
OWNER_KINDS: dict[str, tuple[InstitutionKind, ...]] = {
    DocumentKind.RPJMN: (InstitutionKind.BAPPENAS,),
    DocumentKind.RKP: (InstitutionKind.BAPPENAS,),
    DocumentKind.RENSTRA_KL: _CENTRAL,
    DocumentKind.RENJA_KL: _CENTRAL,
    DocumentKind.APBN: _CENTRAL,
    DocumentKind.RPJMD: (InstitutionKind.BAPPEDA,),
    DocumentKind.RKPD: (InstitutionKind.BAPPEDA,),
    DocumentKind.RENSTRA_PD: _REGIONAL,
    DocumentKind.RENJA_PD: _REGIONAL,
    DocumentKind.APBD: _REGIONAL,
}
"""Whose documents a kind can be."""


REGIONAL_DOCUMENTS = (DocumentKind.RPJMD, DocumentKind.RKPD, DocumentKind.RENSTRA_PD, DocumentKind.RENJA_PD)
"""Kinds that a region's rows are held against and that the region owns."""
