"""What a secretariat types about a round as a whole."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.actors import Actor, can
from accounts.choices import InstitutionKind
from desks.choices import RoundLevel
from desks.models import Round
from desks.scopes import kept_rounds
from desks.services.parts.cells import ZONES

ZONE_CHOICES = [(zone, word) for word, zone in ZONES.items()]


class GeneralForm(forms.ModelForm):
    """Names, rules and clock of a round."""

    tz = forms.ChoiceField(
        label="Zona waktu", choices=ZONE_CHOICES, help_text="Semua batas waktu dibaca pada zona ini."
    )

    class Meta:
        model = Round
        fields = (
            "forum_name",
            "short_name",
            "held_year",
            "plan_year",
            "level",
            "indicator_label",
            "tz",
            "ba_scope",
            "opd_step",
            "silence_is_consent",
        )
        help_texts = {  # noqa: RUF012 - Django's own form
            "forum_name": "Nama lengkap seperti pada berita acara.", "short_name": "Tampil di bilah atas, misalnya Rakortek 2027.",
            "held_year": "Tahun rapatnya.", "plan_year": "Tahun RKPD yang direncanakan.", "ba_scope": "Satu berita acara mencakup apa.",
            "opd_step": "Tanpa centang, Bappeda mengisi sendiri.", "silence_is_consent": "Pihak yang hadir dan tidak menyatakan sikap dianggap setuju.",
            "indicator_label": "Sebutan resmi indikator urusan tahun ini.",
        }  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        national = actor.institution.kind in (InstitutionKind.KEMENDAGRI, InstitutionKind.BAPPENAS)
        level: Any = self.fields["level"]
        level.choices = [each for each in RoundLevel.choices if (each[0] == RoundLevel.NATIONAL) == national]
        if self.instance.pk:
            for name in ("plan_year", "level"):
                self.fields[name].disabled = True
        for name in ("held_year", "plan_year"):
            self.fields[name].widget.attrs["class"] = "w-short"

    def clean(self) -> dict[str, Any]:
        """A plan is made before its year."""
        given = super().clean() or {}
        held, plan = given.get("held_year"), given.get("plan_year")
        if held and plan and not 0 <= plan - held <= 2:
            raise ValidationError(
                {"plan_year": "Tahun rencana biasanya satu tahun setelah tahun penyelenggaraan. Periksa keduanya."}
            )
        return given


class NewRoundForm(GeneralForm):
    """A new round, empty or after an earlier one."""

    source = forms.ModelChoiceField(
        label="Salin penyiapan dari", queryset=Round.objects.none(), required=False, empty_label="— mulai dari kosong —",
        help_text="Desk, indikator, pemegang urusan, kursi, pihak kesepakatan, dan tahapan digeser ke tahun rencana baru.",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        source: Any = self.fields["source"]
        source.queryset = Round.objects.filter(pk__in=kept_rounds(actor)).order_by("-plan_year", "no")

    def clean(self) -> dict[str, Any]:
        """The host is the speaker's institution; the number is the next of the year."""
        given = super().clean()
        round_ = self.instance
        round_.host = self.actor.institution
        round_.level = given.get("level", "")
        if not can(self.actor, "desks.host_round", round_):
            raise ValidationError(
                "Penyelenggaraan nasional dibuka Kemendagri atau Bappenas, yang lain oleh sekretariat daerah."
            )
        last = (
            Round.objects.filter(host=round_.host, plan_year=given.get("plan_year") or 0, level=round_.level)
            .order_by("-no")
            .first()
        )
        round_.no = last.no + 1 if last else 1
        return given


class ReasonForm(forms.Form):
    """A reason that stays in the record."""

    reason = forms.CharField(label="Alasan", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint or "Tercatat dalam riwayat penyelenggaraan."
