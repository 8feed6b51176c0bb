"""Words of indicators: strand, direction, rule of aggregation, kind of figure."""

from django.db.models import TextChoices


class Strand(TextChoices):
    """The three strands of the forum."""

    URUSAN = "urusan", "Urusan"
    MAKRO = "makro", "Indikator makro"
    KEWILAYAHAN = "kewilayahan", "Kewilayahan"


class Direction(TextChoices):
    """Which way is better; empty where nobody has said."""

    UP = "up", "naik lebih baik"
    DOWN = "down", "turun lebih baik"


class Aggregation(TextChoices):
    """How regional values become a national one."""

    SUM = "sum", "jumlah"
    MEAN = "mean", "rata-rata"
    WEIGHTED = "weighted", "rata-rata tertimbang"
    NONE = "none", "tidak diagregasi"


class FigureKind(TextChoices):
    """What a figure is."""

    ACTUAL = "actual", "Capaian"
    DOCUMENT = "document", "Target dokumen"
    NATIONAL = "national", "Target nasional"
    PROVINCIAL = "provincial", "Target provinsi"
    INDICATIVE = "indicative", "Target indikatif"
    AGREEMENT = "agreement", "Kesepakatan"
