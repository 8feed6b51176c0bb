"""Who may speak: regions, institutions, people, memberships and what belongs to a person."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.choices import InstitutionKind, RegionLevel, Role
from core.codes import random_code


class Region(models.Model):
    """A province, kabupaten or kota by its Kemendagri code; the nation is '00'.

    A split or renamed region is a new row that names its predecessor. DKI Jakarta's six kota/kabupaten are not autonomous and are no party.
    """

    kode = models.CharField("kode", max_length=13, unique=True)
    name = models.CharField("nama", max_length=120)
    short_name = models.CharField("nama singkat", max_length=60)
    level = models.CharField("tingkat", max_length=10, choices=RegionLevel.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="induk"
    )
    tz = models.CharField("zona waktu", max_length=40, default="Asia/Jakarta")
    autonomous = models.BooleanField("otonom", default=True)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="pendahulu"
    )
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    kode_bps = models.CharField("kode BPS", max_length=10, blank=True, default="")

    class Meta:
        ordering = ["kode"]
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"

    def __str__(self) -> str:
        return self.name


class RegionGroup(models.Model):
    """A grouping of regions under a scheme (RPJMN islands, Bappenas Regional I–III, wilayah pengembangan)."""

    scheme = models.CharField("skema", max_length=40)
    code = models.CharField("kode", max_length=40)
    name = models.CharField("nama", max_length=120)
    regions = models.ManyToManyField(Region, related_name="groups", verbose_name="wilayah")

    class Meta:
        ordering = ["scheme", "code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="regiongroup_scheme_code")]
        verbose_name = "kelompok wilayah"
        verbose_name_plural = "kelompok wilayah"

    def __str__(self) -> str:
        return self.name


class Institution(models.Model):
    """A party or participant: ministry, Bappeda, perangkat daerah. K/L belong to the nation's region '00'."""

    kind = models.CharField("jenis", max_length=12, choices=InstitutionKind.choices)
    kode = models.CharField("kode", max_length=40)
    name = models.CharField("nama", max_length=200)
    short_name = models.CharField("nama singkat", max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, related_name="institutions", verbose_name="wilayah")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="induk"
    )
    kode_skpd = models.CharField("kode SKPD (SIPD)", max_length=40, blank=True, default="")
    address = models.CharField("alamat", max_length=300, blank=True, default="")
    active = models.BooleanField("aktif", default=True)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="split_off", verbose_name="pecahan dari"
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_in", verbose_name="digabung ke"
    )
    ended_on = models.DateField("berakhir", null=True, blank=True)

    class Meta:
        ordering = ["kind", "kode"]
        constraints = [models.UniqueConstraint(fields=["kind", "kode"], name="institution_kind_kode")]
        verbose_name = "lembaga"
        verbose_name_plural = "lembaga"

    def __str__(self) -> str:
        return self.short_name

    @property
    def code(self) -> str:
        """How records name this institution: kind and code, never its (changing) name."""
        return f"{self.kind}:{self.kode}"


class User(AbstractUser):
    """One person, one account; `code` stands for the person in every record."""

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    full_name = models.CharField("nama lengkap", max_length=150)
    nip = models.CharField("NIP", max_length=18, blank=True, default="")
    phone = models.CharField("telepon", max_length=30, blank=True, default="")
    email = models.EmailField("surel", blank=True)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name"]
        verbose_name = "orang"
        verbose_name_plural = "orang"

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The name as it is shown."""
        return self.full_name

    def get_short_name(self) -> str:
        """The first word of the name."""
        return self.full_name.split(" ")[0] if self.full_name else self.username


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Vocabulary of memberships."""

    def current(self, now: dt.datetime | None = None) -> MembershipQuerySet:
        """Those that hold now."""
        now = now or timezone.now()
        return self.filter(Q(until__isnull=True) | Q(until__gt=now), valid_from__lte=now)


class Membership(models.Model):
    """A person speaks for an institution in one role, from a day until a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name="orang")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="memberships", verbose_name="lembaga")
    role = models.CharField("peran", max_length=16, choices=Role.choices)
    office = models.CharField("jabatan", max_length=200, blank=True, default="")
    valid_from = models.DateTimeField("sejak", default=timezone.now)
    until = models.DateTimeField("sampai", null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="diundang oleh"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["institution", "role", "pk"]
        indexes = [models.Index(fields=["user", "until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "institution", "role"], condition=Q(until__isnull=True), name="membership_once"
            ),
        ]
        verbose_name = "keanggotaan"
        verbose_name_plural = "keanggotaan"

    def __str__(self) -> str:
        return f"{self.user} · {self.institution} · {self.get_role_display()}"


class Delegation(models.Model):
    """A stand-in by letter; it ends by itself."""

    giver = models.ForeignKey(Membership, models.PROTECT, related_name="delegations_given", verbose_name="pemberi")
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_taken", verbose_name="penerima"
    )
    until = models.DateTimeField("sampai")
    letter = models.CharField("nomor surat", max_length=120)
    ended_at = models.DateTimeField("diakhiri", null=True, blank=True)
    created_at = models.DateTimeField("dibuat", auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "pendelegasian"
        verbose_name_plural = "pendelegasian"

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"


class ApiToken(models.Model):
    """A named, scoped, expiring key for programs. Only its hash is kept; it can neither sign nor finalise."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens", verbose_name="orang")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="api_tokens", verbose_name="keanggotaan")
    name = models.CharField("nama", max_length=80)
    prefix = models.CharField("awalan", max_length=12, unique=True)
    sha256 = models.CharField("sidik", max_length=64)
    scope = models.CharField(
        "cakupan", max_length=8, choices=[("read", "Baca"), ("write", "Baca dan tulis")], default="read"
    )
    expires_at = models.DateTimeField("berlaku sampai")
    revoked_at = models.DateTimeField("dicabut", null=True, blank=True)
    last_used_at = models.DateTimeField("terakhir dipakai", null=True, blank=True)
    created_at = models.DateTimeField("dibuat", auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "token API"
        verbose_name_plural = "token API"

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """A line on somebody's Home: something happened to a thing they care for."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="orang")
    kind = models.CharField("jenis", max_length=40)
    object_code = models.CharField("kode objek", max_length=60)
    text = models.CharField("isi", max_length=300)
    url = models.CharField("alamat", max_length=200, blank=True, default="")
    at = models.DateTimeField("waktu", default=timezone.now)
    read_at = models.DateTimeField("dibaca", null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["user", "read_at"])]
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"

    def __str__(self) -> str:
        return self.text


class Preference(models.Model):
    """What a person chose or last saw (membership spoken for, filters, last look at a desk)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences", verbose_name="orang")
    key = models.CharField("kunci", max_length=80)
    value = models.TextField("isi", default="")
    at = models.DateTimeField("waktu", auto_now=True)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="preference_user_key")]
        verbose_name = "preferensi"
        verbose_name_plural = "preferensi"

    def __str__(self) -> str:
        return self.key
