"""Rename everything behind a final berita acara: institutions and indicators in the admin, what it may not or is many by SQL.

`python -m tests.browser.tamper BA`
"""

from __future__ import annotations

import sys
from typing import Any

import django

MANY = 4  # of each table, as many as show that the administration's own way is no way in


def posted(context: Any) -> dict[str, Any]:
    """What a change form of the admin would send back unchanged."""
    data: dict[str, Any] = {}
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                data[bound.html_name] = value
    return data


def main() -> None:
    """Change every name and value that the paper shows."""
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment
    from django.urls import reverse

    from accounts.models import Institution, Membership, User
    from agreements.models import BeritaAcara
    from indicators.models import Indicator

    setup_test_environment()
    secretary = Membership.objects.filter(role="sekretariat").select_related("user")[0].user
    User.objects.filter(pk=secretary.pk).update(is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(User.objects.get(pk=secretary.pk), backend="django.contrib.auth.backends.ModelBackend")
    renamed = 0
    for model, name in ((Institution, "name"), (Indicator, None)):
        for row in model.objects.order_by("-pk")[:MANY]:
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
            page = client.get(address)
            assert page.status_code == 200, (address, page.status_code)
            data = posted(page.context)
            for key in [key for key in data if key == name or (name is None and key.endswith("-name"))]:
                data[key] = f"DIUBAH {data[key]}"
            answer = client.post(address, data)
            if answer.status_code == 403:  # the secretariat of a province reads institutions of others
                continue
            assert answer.status_code == 302, (address, answer.status_code, data)
            renamed += 1
    assert renamed
    ba = BeritaAcara.objects.get(code=sys.argv[1])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_signatory SET name = 'DIUBAH' WHERE ba_id = %s", [ba.pk])
        cursor.execute("UPDATE accounts_user SET full_name = 'DIUBAH'")
        for table in ("accounts_institution", "indicators_indicatorversion"):
            cursor.execute(f"UPDATE {table} SET name = 'DIUBAH ' || name WHERE name NOT LIKE 'DIUBAH%%'")  # noqa: S608
        cursor.execute(
            "UPDATE desks_item SET value_agreed_min = 1, value_agreed_max = 1, conclusion = 'DIUBAH' WHERE value_agreed_kind = 'point'"
        )


if __name__ == "__main__":
    main()
