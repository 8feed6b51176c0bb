"""Rights in the administration: the same `can()` as everywhere, so that being superuser opens no table of the domain."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from accounts.actors import Actor, can


def actor_of(request: HttpRequest) -> Actor | None:
    """For whom the person at the screen speaks; None for an administrator without membership."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor


class ByRight(admin.ModelAdmin):
    """A table whose rights are those of the domain, never Django's model permissions.

    `view_right` opens the table, `change_right` adds and changes; '' means nobody. Stands left of the bases in `core.admin`.
    """

    view_right: ClassVar[str] = "accounts.read_reference"
    change_right: ClassVar[str] = ""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Shown on the first page to those who may look."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever has the right to look."""
        return can(actor_of(request), self.view_right)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever has the right to change."""
        return bool(self.change_right) and can(actor_of(request), self.change_right)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever has the right to change."""
        return bool(self.change_right) and can(actor_of(request), self.change_right)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


class LinesByRight(admin.TabularInline):
    """Lines under a row, under the same rights; nothing is taken away unless `removable`."""

    extra = 0
    change_right: ClassVar[str] = ""
    removable: ClassVar[bool] = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever sees the row sees its lines."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever has the right to change."""
        return bool(self.change_right) and can(actor_of(request), self.change_right)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever has the right to change."""
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only where lines may be taken away."""
        return self.removable and self.has_change_permission(request, obj)
