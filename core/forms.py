"""The one way every form of the portal is drawn."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """Draws forms and fields with the portal's own templates; widgets come from `django.forms`, an installed app."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
