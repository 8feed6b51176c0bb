"""Block tags around the two components that wrap content: {% load ui %} {% panel "Judul" %} … {% endpanel %}."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_block_tag
def panel(
    content: SafeString, title: str = "", note: str = "", id: str = "", level: int = 2, css: str = ""
) -> SafeString:
    """A titled stretch of a page; `note` stands right of the title, `level` is the heading's level."""
    context = {"content": content, "title": title, "note": note, "id": id, "level": level, "class": css}
    return mark_safe(render_to_string("components/panel.html", context))  # noqa: S308 (rendered and escaped by the template)


@register.simple_block_tag
def dialog(content: SafeString, id: str, title: str) -> SafeString:
    """A native dialog, opened by any button with data-dialog-open="<id>"."""
    context = {"content": content, "id": id, "title": title}
    return mark_safe(render_to_string("components/dialog.html", context))  # noqa: S308 (rendered and escaped by the template)
