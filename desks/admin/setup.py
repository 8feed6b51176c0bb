"""Setting up a round: round, stages, desks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.actors import can
from accounts.administration import actor_of
from accounts.models import Institution
from desks.admin.base import LinesOfRound, ReadLines, SetupAdmin, rounds_of, speaking, told
from desks.choices import RoundLevel
from desks.models import (
    ConsentParty,
    Desk,
    DeskBidang,
    DeskIndicator,
    InnerDeadline,
    Round,
    Stage,
    StageException,
)
from desks.rules import levels_hosted
from desks.services.agenda_rows import extend_agenda
from desks.services.setup import create_round, open_mejas, regions_of
from indicators.selectors import latest_name


class Stages(LinesOfRound):
    """The stages of a round; one institution's extension is recorded on the page of the stage."""

    model = Stage
    fields = ("kind", "role", "opens_at", "closes_at", "on_close")


class Parties(LinesOfRound):
    """Whose consent a verdict needs."""

    model = ConsentParty
    fields = ("strand", "desk", "party")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Desks of the rounds that the speaker keeps."""
        if db_field.related_model is Desk:
            kwargs["queryset"] = Desk.objects.filter(round__in=rounds_of(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Round)
class RoundAdmin(SetupAdmin):
    """Rounds. A new one belongs to the institution of whoever opens it; level and host then stay."""

    round_path = ""
    list_display = ("short_name", "plan_year", "held_year", "level", "host", "code", "closed_at")
    list_filter = ("level", "plan_year")
    search_fields = ("code", "short_name", "forum_name")
    list_select_related = ("host",)
    autocomplete_fields = ("parent",)
    inlines = (Stages, Parties)
    readonly_fields = ("code", "closed_at")
    fields = (
        "code", "forum_name", "short_name", "held_year", "plan_year", "level", "host", "no", "parent", "indicator_label", "tz",
        "ba_scope", "opd_step", "silence_is_consent", "simulated", "closed_at",
    )  # fmt: skip
    code_field = "code"

    def view_on_site(self, obj: Round) -> str:
        """The page of the round."""
        return reverse("desks:round", args=[obj.code])

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Every secretariat may open a round of its own."""
        return can(actor_of(request), "desks.host_round")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Also a secretariat that is about to open its first round."""
        return self.has_add_permission(request) or super().has_view_permission(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Stages and parties come once the round is there."""
        return self.inlines if obj is not None else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Whose round it is does not change."""
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, "level", "host", "plan_year", "no") if obj is not None else fixed

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The host is the speaker's own institution."""
        if db_field.name == "host":
            kwargs["queryset"] = Institution.objects.filter(pk=speaking(request).institution.pk)
        if db_field.name == "parent":
            kwargs["queryset"] = Round.objects.all()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only the levels that the speaker's institution may hold."""
        if db_field.name == "level":
            hosted = levels_hosted(speaking(request).institution)
            kwargs["choices"] = [each for each in RoundLevel.choices if each[0] in hosted]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Round, form: ModelForm, change: bool) -> None:
        """A new round begins through its service."""
        if change:
            # Never the whole row: version and head of the chain may have moved since it was read.
            obj.save(update_fields=form.changed_data)
        else:
            create_round(speaking(request), obj)


class Exceptions(ReadLines):
    """Extensions recorded so far."""

    model = StageException
    fields = readonly_fields = ("institution", "until", "reason", "by", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StageException]:
        """With names."""
        return super().get_queryset(request).select_related("institution", "by", "stage")


class InnerDeadlines(ReadLines):
    """Earlier dates that Bappedas set for their OPD."""

    model = InnerDeadline
    fields = readonly_fields = ("region", "closes_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[InnerDeadline]:
        """With names."""
        return super().get_queryset(request).select_related("region", "stage")


@admin.register(Stage)
class StageAdmin(SetupAdmin):
    """Stages with their extensions; extending is an act of its own, with a reason."""

    list_display = ("kind", "role", "round", "opens_at", "closes_at", "on_close")
    list_filter = ("kind", "role", ("round", admin.RelatedOnlyFieldListFilter))
    search_fields = ("round__short_name", "round__code")
    list_select_related = ("round",)
    inlines = (Exceptions, InnerDeadlines)
    actions = ("extend",)

    @admin.action(description="Perpanjang bagi satu lembaga", permissions=["change"])
    def extend(self, request: HttpRequest, queryset: QuerySet[Stage]) -> HttpResponse | None:
        """Lead to the form, where institution, time and reason are given."""
        stages = list(queryset.select_related("round")[:2])
        if len(stages) != 1:
            self.message_user(request, "Pilih satu tahapan.", messages.ERROR)
            return None
        return redirect(reverse("desks:extend_stage", args=[stages[0].round.code, stages[0].pk]))


class BidangLines(LinesOfRound):
    """The bidang urusan that a desk covers."""

    model = DeskBidang
    autocomplete_fields = ("bidang",)


class IndicatorForm(forms.ModelForm):
    """A row of the agenda: an indicator stands at one desk of a round."""

    class Meta:
        model = DeskIndicator
        fields = ("indicator", "order")

    def clean(self) -> dict[str, Any] | None:
        """Refuse an indicator that another desk of the round has."""
        cleaned = super().clean()
        desk, indicator = self.instance.desk, (cleaned or {}).get("indicator")
        if self.instance.pk and indicator is not None and indicator.pk != self.initial.get("indicator"):
            raise ValidationError(
                {
                    "indicator": "Indikator pada baris ini tetap. Tambahkan baris lain; menghapus dilakukan pada halaman Penyiapan."
                }
            )
        if indicator is not None:
            elsewhere = DeskIndicator.objects.filter(round_id=desk.round_id, indicator=indicator).exclude(
                pk=self.instance.pk
            )
            if (other := elsewhere.select_related("desk").first()) is not None:
                raise ValidationError({"indicator": f"Indikator ini sudah menjadi agenda desk {other.desk}."})
        self.instance.round_id = desk.round_id
        return cleaned


class OnceEach(forms.BaseInlineFormSet):
    """Lines in which an indicator stands once."""

    def clean(self) -> None:
        """Refuse the second line of an indicator."""
        super().clean()
        seen: set[Any] = set()
        for form in self.forms:
            indicator = form.cleaned_data.get("indicator") if hasattr(form, "cleaned_data") else None
            if indicator is not None and indicator.pk in seen:
                raise ValidationError(f"Indikator {indicator} ditulis dua kali.")
            seen |= {indicator.pk} if indicator else set()


class IndicatorLines(LinesOfRound):
    """The indicators on the agenda of a desk; regions for which it is open get a row for each. Taken away on the page of the set-up."""

    model = DeskIndicator
    form = IndicatorForm
    formset = OnceEach
    autocomplete_fields = ("indicator",)
    fields = ("indicator", "name", "order")
    readonly_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeskIndicator]:
        """With names."""
        rows = super().get_queryset(request).select_related("indicator", "desk")
        return rows.annotate(latest_name=latest_name("indicator_id"))

    @admin.display(description="nama")
    def name(self, row: DeskIndicator) -> str:
        """The latest wording."""
        return getattr(row, "latest_name", "") or ""


@admin.register(Desk)
class DeskAdmin(SetupAdmin):
    """Desks with what they cover; mejas are opened from here."""

    list_display = ("code", "name", "strand", "round", "order")
    list_filter = ("strand", ("round", admin.RelatedOnlyFieldListFilter))
    search_fields = ("code", "name")
    list_select_related = ("round",)
    inlines = (BidangLines, IndicatorLines)
    actions = ("open_everywhere",)
    code_field = "code"

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Lines come once the desk is there."""
        return self.inlines if obj is not None else ()

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: Any, change: bool) -> None:
        """Regions for which the desk is open get the rows of what comes on its agenda."""
        super().save_formset(request, form, formset, change)
        if formset.model is not DeskIndicator:
            return
        if formset.new_objects:
            extend_agenda(speaking(request), form.instance)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Desk], search_term: str) -> Any:
        """To choose from are only desks of rounds that are not closed: the same desk comes every year."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        if request.path == reverse("admin:autocomplete"):
            found = found.filter(round__closed_at__isnull=True)
        return found, duplicates

    @admin.action(description="Buka meja bagi semua daerah", permissions=["change"])
    @told
    def open_everywhere(self, request: HttpRequest, queryset: QuerySet[Desk]) -> None:
        """Open the mejas that are still missing, with a draft row for each indicator."""
        made = 0
        for desk in queryset.select_related("round__host__region"):
            made += len(open_mejas(speaking(request), desk, regions_of(desk.round)))
        self.message_user(request, f"{made} meja dibuka; yang sudah ada tetap.", messages.SUCCESS)
