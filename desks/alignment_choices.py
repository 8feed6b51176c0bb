"""Words of the uji keselarasan: what is found, and what may be done about it."""

from django.db.models import TextChoices


class FindingKind(TextChoices):
    """What an uji keselarasan finds: where a row and the documents of the region say different things, or one of them says nothing."""

    UNLINKED = "unlinked", "Belum tertaut ke Renja/RKPD"
    UNIT = "unit", "Satuan berbeda"
    TARGET = "target", "Target berbeda"
    NO_PAGU = "no_pagu", "Target tanpa pagu"
    NO_TARGET = "no_target", "Pagu tanpa target"
    NOMENCLATURE = "nomenclature", "Bukan nomenklatur yang berlaku"
    LAST_YEAR = "last_year", "Disepakati tahun lalu, kini tidak ada"

    @property
    def phrase(self) -> str:
        """The kind within a sentence."""
        return f"{self.label[0].lower()}{self.label[1:]}"

    @property
    def advice(self) -> str:
        """What may be done about it."""
        return FINDING_ADVICE[self]


FINDING_ADVICE: dict[str, str] = {
    FindingKind.UNLINKED: "Masukkan ke Renja atau RKPD tahapan berikutnya, atau terima dengan alasan.",
    FindingKind.UNIT: "Samakan satuannya; angka dengan satuan berbeda tidak dapat dibandingkan.",
    FindingKind.TARGET: "Sesuaikan Isian atau dokumen tahapan berikutnya, atau terima dengan alasan.",
    FindingKind.NO_PAGU: "Isi pagu sub kegiatan pendukung; boleh sementara.",
    FindingKind.NO_TARGET: "Isi target atau volume yang hendak dicapai dengan pagu itu.",
    FindingKind.NOMENCLATURE: "Ganti dengan kode dari versi nomenklatur dan jenis pemda yang berlaku.",
    FindingKind.LAST_YEAR: "Cantumkan kembali, atau jelaskan mengapa tidak dilanjutkan.",
}
"""What may be done about each kind, as the page says it."""
