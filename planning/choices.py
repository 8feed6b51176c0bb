"""Words of planning: levels of nomenclature, kinds and stages of documents."""

from django.db.models import TextChoices


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


class DocumentStage(TextChoices):
    """How far a document has come."""

    RANWAL = "ranwal", "Rancangan awal"
    RANCANGAN = "rancangan", "Rancangan"
    RANCANGAN_AKHIR = "rancangan_akhir", "Rancangan akhir"
    PENETAPAN = "penetapan", "Penetapan"
