"""What the tables of a round share: only rounds that the speaker keeps, rights from `can()`, changes in the chain of the round."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.actors import Actor, can
from accounts.administration import ByRight, LinesByRight, actor_of
from core.admin import AuditedAdmin, ReadOnlyAdmin
from core.errors import DomainError
from desks.models import Desk, Item, Round
from desks.scopes import kept_rounds
from desks.services.setup import record_setup

KEEP = "desks.keep_rounds"
Action = Callable[[Any, HttpRequest, QuerySet[Any]], None]


def rounds_of(request: HttpRequest) -> frozenset[int]:
    """The rounds that the speaker keeps."""
    actor = actor_of(request)
    return kept_rounds(actor) if actor else frozenset()


def speaking(request: HttpRequest) -> Actor:
    """The actor of a request that a right has let in."""
    actor = actor_of(request)
    assert actor is not None
    return actor


def told(action: Action) -> Action:
    """An action whose refusal is told to the person in words."""

    @wraps(action)
    def run(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        try:
            action(model_admin, request, queryset)
        except DomainError as error:
            model_admin.message_user(request, error.message, messages.ERROR)

    return run


class OfRound(ByRight):
    """A table of rounds: `round_path` leads from a row to its round."""

    round_path: ClassVar[str] = "round"
    view_right = KEEP
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Rows of the rounds that the speaker keeps."""
        lookup = f"{self.round_path}__in" if self.round_path else "pk__in"
        return super().get_queryset(request).filter(**{lookup: rounds_of(request)})

    def round_of(self, row: Any) -> Round:
        """The round of a row."""
        for part in filter(None, self.round_path.split("__")):
            row = getattr(row, part)
        assert isinstance(row, Round)
        return row

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Rounds and desks to choose are those the speaker keeps."""
        if db_field.related_model is Round:
            kwargs.setdefault("queryset", Round.objects.filter(pk__in=rounds_of(request), closed_at__isnull=True))
        if db_field.related_model is Desk:
            kwargs.setdefault("queryset", Desk.objects.filter(round__in=rounds_of(request)))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SetupAdmin(OfRound, AuditedAdmin):
    """A table of setup: changed by the secretariat of a round that is not closed, recorded in audit and in the chain of the round."""

    change_right = KEEP

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The secretariat of the row's round, until the round is closed."""
        if obj is None:
            return super().has_change_permission(request)
        round_ = self.round_of(obj)
        return round_.closed_at is None and can(actor_of(request), "desks.manage_round", round_)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """A row stays in its round."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        return (*fixed, "round") if obj is not None and self.round_path == "round" else fixed

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Record in the chain of the round as well."""
        super().save_related(request, form, formsets, change)
        lines = self._lines(formsets)
        if change and not form.changed_data and not lines:
            return
        row = form.instance
        moved = form.changed_data if change else list(form.cleaned_data)
        facts = {
            "table": row._meta.model_name,
            "key": row.pk,
            "after": self._content(moved, form.cleaned_data),
            **lines,
        }
        record_setup(speaking(request), self.round_of(row), "change_setup" if change else "add_setup", facts)


class RecordAdmin(OfRound, ReadOnlyAdmin):
    """A recorded table: read, never changed; acts on it go through the pages of the portal."""


class LinesOfRound(LinesByRight):
    """Lines under a row of setup, open as long as the row is."""

    change_right = KEEP

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The secretariat of the round, until it is closed."""
        round_ = obj if isinstance(obj, Round) else getattr(obj, "round", None)
        if round_ is None:
            return super().has_add_permission(request, obj)
        return round_.closed_at is None and can(actor_of(request), "desks.manage_round", round_)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for changing."""
        return self.has_change_permission(request, obj)


class ReadLines(LinesByRight):
    """Lines that are only read."""

    can_delete = False


def items_seen(request: HttpRequest) -> QuerySet[Item]:
    """The agenda rows that the speaker may read, in the rounds that the speaker keeps."""
    return Item.objects.visible_to(actor_of(request)).filter(round__in=rounds_of(request))
