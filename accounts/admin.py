"""People, regions and institutions in the administration: by model permission, all recorded, nothing deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import services
from accounts.actors import can
from accounts.administration import actor_of
from accounts.models import ApiToken, Delegation, Institution, Membership, Region, RegionGroup, User
from core.admin import AuditedAdmin, ReadOnlyAdmin
from core.errors import DomainError

POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")


@admin.register(User)
class UserAdmin(AuditedAdmin):
    """People. Passwords are set by their owners alone; a new person gets the link of the first login."""

    list_display = ("full_name", "username", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("full_name", "username", "email", "code")
    fields = (
        "code",
        "username",
        "full_name",
        "email",
        "nip",
        "phone",
        "is_active",
        *POWERS,
        "last_login",
        "date_joined",
    )
    readonly_fields = ("code", "last_login", "date_joined")
    filter_horizontal = ("groups", "user_permissions")
    private_fields = ("username", "full_name", "email", "nip", "phone")
    code_field = "code"
    actions = ("send_first_link",)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Only a superuser hands out powers."""
        fixed = tuple(self.readonly_fields)
        return fixed if request.user.is_superuser else (*fixed, *POWERS)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Own data are kept on the profile page; the data of a superuser only by a superuser."""
        if obj is not None and (obj.pk == request.user.pk or (obj.is_superuser and not request.user.is_superuser)):
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """A new person has no password until the first login."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    @admin.action(description="Kirim tautan masuk pertama lewat surel", permissions=["change"])
    def send_first_link(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Mail a fresh link to those who have no password yet."""
        for user in queryset:
            try:
                services.renew_link_as_system(user)
            except DomainError as error:
                self.message_user(request, f"{user}: {error.message}", messages.WARNING)
            else:
                self.message_user(request, f"{user}: tautan dikirim.", messages.SUCCESS)


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(AuditedAdmin, DjangoGroupAdmin):
    """Bundles of powers in the administration; only a superuser keeps them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A superuser."""
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """A superuser."""
        return request.user.is_superuser


class SharedAdmin(AuditedAdmin):
    """A table that every secretariat reads and chooses from; changed by model permission."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Secretariats too."""
        return can(actor_of(request), "accounts.read_reference") or super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Secretariats too."""
        return self.has_view_permission(request)


@admin.register(Region)
class RegionAdmin(SharedAdmin):
    """Provinces, kabupaten and kota."""

    list_display = ("kode", "name", "level", "parent", "tz", "autonomous")
    list_filter = ("level", "autonomous", "tz")
    search_fields = ("kode", "name")
    list_select_related = ("parent",)
    autocomplete_fields = ("parent", "predecessor")
    code_field = "kode"


@admin.register(RegionGroup)
class RegionGroupAdmin(SharedAdmin):
    """Groupings of regions."""

    list_display = ("scheme", "code", "name")
    list_filter = ("scheme",)
    search_fields = ("code", "name")
    autocomplete_fields = ("regions",)


@admin.register(Institution)
class InstitutionAdmin(SharedAdmin):
    """Parties and participants."""

    list_display = ("kode", "name", "kind", "region", "parent", "active")
    list_filter = ("kind", "active")
    search_fields = ("kode", "name", "short_name", "kode_skpd")
    list_select_related = ("region", "parent")
    autocomplete_fields = ("region", "parent")
    readonly_fields = ("predecessor", "successor", "ended_on")
    code_field = "code"
    actions = ("rename", "merge", "split")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Acts of a secretariat; their pages ask for the right to the institution itself."""
        found = super().get_actions(request)
        return found if can(actor_of(request), "accounts.read_reference") else {}

    def _lead(self, request: HttpRequest, queryset: QuerySet[Institution], act: str) -> HttpResponse | None:
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(request, "Pilih satu lembaga.", messages.ERROR)
            return None
        return redirect("accounts:institution_act", pk=chosen[0].pk, act=act)

    @admin.action(description="Ubah nama", permissions=["view"])
    def rename(self, request: HttpRequest, queryset: QuerySet[Institution]) -> HttpResponse | None:
        """Lead to the page of the new name."""
        return self._lead(request, queryset, "ubah-nama")

    @admin.action(description="Gabungkan ke lembaga lain", permissions=["view"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Institution]) -> HttpResponse | None:
        """Lead to the page of the merger."""
        return self._lead(request, queryset, "gabung")

    @admin.action(description="Pecah menjadi lembaga baru", permissions=["view"])
    def split(self, request: HttpRequest, queryset: QuerySet[Institution]) -> HttpResponse | None:
        """Lead to the page of the split."""
        return self._lead(request, queryset, "pecah")


@admin.register(Membership)
class MembershipAdmin(AuditedAdmin):
    """Who speaks for whom. Nobody edits an own membership, nor gives themselves one."""

    list_display = ("user", "institution", "role", "valid_from", "until")
    list_filter = ("role", "institution__kind")
    search_fields = ("user__full_name", "user__email", "institution__name", "institution__kode")
    list_select_related = ("user", "institution")
    autocomplete_fields = ("user", "institution")
    readonly_fields = ("invited_by",)
    private_fields = ("office",)

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        """Own rows are to be read."""
        if obj is not None and obj.user_id == request.user.pk:
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """Who speaks for whom is fixed once written: another person or institution is another row."""
        fixed = tuple(self.readonly_fields)
        return (*fixed, "user", "institution", "role") if obj is not None else fixed

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The own account is not to choose."""
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.exclude(pk=request.user.pk or 0)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Membership, form: ModelForm, change: bool) -> None:
        """Note who gave it."""
        if not change:
            obj.invited_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)


@admin.register(Delegation)
class DelegationAdmin(ReadOnlyAdmin):
    """Stand-ins by letter; given and ended on the profile page."""

    list_display = ("letter", "giver", "taker", "until", "ended_at")
    search_fields = ("letter", "giver__user__full_name", "taker__full_name")
    list_select_related = ("giver__user", "giver__institution", "taker")


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Keys of programs; made and revoked on the profile page."""

    list_display = ("name", "prefix", "user", "membership", "scope", "expires_at", "revoked_at", "last_used_at")
    list_filter = ("scope",)
    search_fields = ("name", "prefix", "user__full_name")
    exclude = ("sha256",)
    list_select_related = ("user", "membership__user", "membership__institution")
