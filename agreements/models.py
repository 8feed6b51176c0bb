"""What was settled: the berita acara, its frozen snapshot and lines, numbers, signatories and signatures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Institution, Region
from agreements.choices import BaState, Lampiran, PaperScope, SignatureKind, SignMode, SignPrefix
from agreements.querysets import BaQuerySet
from core.codes import check_code, random_code
from core.models import StoredFile
from desks.choices import RoundLevel
from desks.models import Desk, Meja, Round, Session
from indicators.choices import Strand


class Template(models.Model):
    """The wording of a berita acara for a kind of desk and level, by version. Placeholders stand in braces."""

    kind = models.CharField("jenis desk", max_length=12, choices=Strand.choices)
    level = models.CharField("tingkat", max_length=10, choices=RoundLevel.choices)
    version = models.PositiveSmallIntegerField("versi", default=1)
    body = models.TextField("isi (JSON)")
    created_at = models.DateTimeField("dibuat", auto_now_add=True)

    class Meta:
        ordering = ["kind", "level", "-version"]
        constraints = [models.UniqueConstraint(fields=["kind", "level", "version"], name="template_key")]
        verbose_name = "templat berita acara"
        verbose_name_plural = "templat berita acara"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_level_display()} v{self.version}"


class Series(models.Model):
    """A series of numbers of a host in a year; `kind` is '' for one series for everything. The row is the counter."""

    host = models.ForeignKey(Institution, models.PROTECT, related_name="ba_series", verbose_name="penyelenggara")
    year = models.PositiveSmallIntegerField("tahun")
    kind = models.CharField("jenis", max_length=12, choices=Strand.choices, blank=True, default="")
    pattern = models.CharField("pola", max_length=80, default="{no:03d}/BA/RAKORTEK/{bulan_romawi}/{tahun}")
    last = models.PositiveIntegerField("nomor terakhir", default=0)

    class Meta:
        ordering = ["host", "year", "kind"]
        constraints = [models.UniqueConstraint(fields=["host", "year", "kind"], name="series_key")]
        verbose_name = "seri nomor"
        verbose_name_plural = "seri nomor"

    def __str__(self) -> str:
        return f"{self.host} {self.year} {self.kind}".strip()


class BeritaAcara(models.Model):
    """The small mutable header over an insert-only record. Its state can be recomputed from the events."""

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    check_code = models.CharField("kode periksa", max_length=16, unique=True, default=check_code, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="berita_acara", verbose_name="penyelenggaraan")
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="berita_acara", verbose_name="sesi"
    )
    strand = models.CharField("pendekatan", max_length=12, choices=Strand.choices, blank=True, default="")
    scope = models.CharField("cakupan", max_length=8, choices=PaperScope.choices)
    desk = models.ForeignKey(
        Desk, models.PROTECT, null=True, blank=True, related_name="berita_acara", verbose_name="desk"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="berita_acara", verbose_name="wilayah"
    )
    scope_key = models.CharField("kunci cakupan", max_length=80)
    revision = models.PositiveSmallIntegerField("revisi", default=1)
    title = models.CharField("judul", max_length=300)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="berita_acara", verbose_name="seri"
    )
    number = models.CharField("nomor", max_length=120, blank=True, default="")
    state = models.CharField("keadaan", max_length=10, choices=BaState.choices, default=BaState.DRAFT)
    place = models.CharField("tempat", max_length=200, blank=True, default="")
    signed_on = models.DateField("tanggal", null=True, blank=True)
    sign_due = models.DateTimeField("batas tanda tangan", null=True, blank=True)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name="menggantikan"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="disusun oleh"
    )
    created_at = models.DateTimeField("disusun", auto_now_add=True)
    finalised_at = models.DateTimeField("difinalkan", null=True, blank=True)
    void_reason = models.CharField("alasan batal", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField("versi", default=1)
    mejas = models.ManyToManyField(Meja, through="BaMeja", related_name="berita_acara", verbose_name="meja")
    sessions = models.ManyToManyField(
        Session, through="BaSession", related_name="taken_in_by", verbose_name="sesi yang tercakup"
    )

    objects = BaQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], condition=~Q(number=""), name="beritaacara_number"),
            models.UniqueConstraint(fields=["scope_key", "revision"], name="beritaacara_scope"),
            models.CheckConstraint(
                name="beritaacara_final_number", condition=Q(state__in=["draft", "void"]) | ~Q(number="")
            ),
        ]
        verbose_name = "berita acara"
        verbose_name_plural = "berita acara"

    def __str__(self) -> str:
        return self.number or f"Draf {self.title}"

    @property
    def is_draft(self) -> bool:
        """Whether it may still change."""
        return self.state == BaState.DRAFT


class BaMeja(models.Model):
    """A meja that a berita acara covers."""

    ba = models.ForeignKey(BeritaAcara, models.CASCADE, related_name="meja_rows", verbose_name="berita acara")
    meja = models.ForeignKey(Meja, models.PROTECT, related_name="ba_rows", verbose_name="meja")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ba", "meja"], name="bameja_key")]
        verbose_name = "meja berita acara"
        verbose_name_plural = "meja berita acara"

    def __str__(self) -> str:
        return f"{self.ba} · {self.meja}"


class BaSession(models.Model):
    """A sitting whose outcome a berita acara prints; a draft over several sittings gets its rows when it is made final."""

    ba = models.ForeignKey(BeritaAcara, models.CASCADE, related_name="session_rows", verbose_name="berita acara")
    session = models.ForeignKey(Session, models.PROTECT, related_name="ba_rows", verbose_name="sesi")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ba", "session"], name="basession_key")]
        verbose_name = "sesi berita acara"
        verbose_name_plural = "sesi berita acara"

    def __str__(self) -> str:
        return f"{self.ba} · {self.session}"


class BaPart(models.Model):
    """A berita acara that a final BA induk lists."""

    ba = models.ForeignKey(BeritaAcara, models.CASCADE, related_name="part_rows", verbose_name="induk")
    part = models.ForeignKey(BeritaAcara, models.PROTECT, related_name="induk_rows", verbose_name="bagian")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ba", "part"], name="bapart_key")]
        verbose_name = "bagian BA induk"
        verbose_name_plural = "bagian BA induk"

    def __str__(self) -> str:
        return f"{self.ba} · {self.part}"


class Signatory(models.Model):
    """Who is to sign, in what capacity, as it will be printed. The plan as finalised is in the hash; later changes are rows of their own."""

    ba = models.ForeignKey(BeritaAcara, models.CASCADE, related_name="signatories", verbose_name="berita acara")
    order = models.PositiveSmallIntegerField("urutan", default=0)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name="lembaga")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signatory_rows",
        verbose_name="akun",
    )
    prefix = models.CharField("kedudukan", max_length=4, choices=SignPrefix.choices, blank=True, default="")
    principal_office = models.CharField("jabatan yang diwakili", max_length=200, blank=True, default="")
    office = models.CharField("jabatan", max_length=200)
    name = models.CharField("nama", max_length=150)
    rank = models.CharField("pangkat/golongan", max_length=80, blank=True, default="")
    nip = models.CharField("NIP", max_length=18, blank=True, default="")
    chair = models.BooleanField("pimpinan sidang", default=False)
    mode = models.CharField("cara", max_length=6, choices=SignMode.choices, default=SignMode.PORTAL)

    class Meta:
        ordering = ["ba", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ba", "order"], name="signatory_order"),
            models.CheckConstraint(name="signatory_portal_user", condition=~Q(mode="portal") | Q(user__isnull=False)),
        ]
        verbose_name = "penanda tangan"
        verbose_name_plural = "penanda tangan"

    def __str__(self) -> str:
        return f"{self.name}, {self.office}"


class Snapshot(models.Model):
    """The frozen canonical text of a final berita acara with its seals. Insert-only."""

    insert_only = True

    ba = models.OneToOneField(BeritaAcara, models.PROTECT, related_name="snapshot", verbose_name="berita acara")
    canon_version = models.PositiveSmallIntegerField("versi bentuk baku")
    template = models.ForeignKey(
        Template, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="templat"
    )
    canonical = models.TextField("naskah baku")
    sha256 = models.CharField("SHA-256", max_length=64)
    hmac = models.CharField("segel", max_length=64)
    key_id = models.CharField("kunci", max_length=20)
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        verbose_name = "rekaman"
        verbose_name_plural = "rekaman"

    def __str__(self) -> str:
        return self.sha256[:12]


class Line(models.Model):
    """A printed row of a lampiran; `cells` is canonical JSON text. Insert-only."""

    insert_only = True

    ba = models.ForeignKey(BeritaAcara, models.PROTECT, related_name="lines", verbose_name="berita acara")
    lampiran = models.CharField("lampiran", max_length=2, choices=Lampiran.choices)
    order = models.PositiveIntegerField("urutan")
    item_code = models.CharField("kode butir", max_length=10, blank=True, default="")
    cells = models.TextField("sel")

    class Meta:
        ordering = ["ba", "lampiran", "order"]
        constraints = [models.UniqueConstraint(fields=["ba", "lampiran", "order"], name="line_key")]
        indexes = [models.Index(fields=["item_code"])]
        verbose_name = "baris"
        verbose_name_plural = "baris"

    def __str__(self) -> str:
        return f"{self.ba} {self.lampiran}.{self.order}"


class SignatoryChange(models.Model):
    """A change of signatory after finalising, shown on the check page. Insert-only."""

    insert_only = True

    signatory = models.ForeignKey(Signatory, models.PROTECT, related_name="changes", verbose_name="penanda tangan")
    before = models.TextField("semula")
    after = models.TextField("menjadi")
    reason = models.CharField("alasan", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        ordering = ["signatory", "at"]
        verbose_name = "pergantian penanda tangan"
        verbose_name_plural = "pergantian penanda tangan"

    def __str__(self) -> str:
        return f"{self.signatory} · {self.at:%Y-%m-%d}"


class Signature(models.Model):
    """A signing act; it names the hash that was shown. Insert-only."""

    insert_only = True

    signatory = models.ForeignKey(Signatory, models.PROTECT, related_name="signatures", verbose_name="penanda tangan")
    seq = models.PositiveSmallIntegerField("urutan", default=1)
    kind = models.CharField("perbuatan", max_length=10, choices=SignatureKind.choices)
    snapshot_sha256 = models.CharField("SHA-256 naskah", max_length=64)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name="pindaian"
    )
    file_sha256 = models.CharField("SHA-256 pindaian", max_length=64, blank=True, default="")
    reason = models.CharField("alasan", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures", verbose_name="oleh")
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        ordering = ["signatory", "seq"]
        constraints = [models.UniqueConstraint(fields=["signatory", "seq"], name="signature_key")]
        verbose_name = "tanda tangan"
        verbose_name_plural = "tanda tangan"

    def __str__(self) -> str:
        return f"{self.signatory} · {self.get_kind_display()}"
