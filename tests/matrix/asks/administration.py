"""The administration: every table's list, form, history and deletion, asked for the first row there."""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin

from tests.matrix.asks.base import HOW, Ask, how, option
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row

ACTS = ("change", "delete", "history")


def _object(made: Prepared, row: Row) -> Ask:
    label, _, act = row.route.removeprefix("admin:").rpartition("_")
    app, _, model = label.partition("_")
    rows = apps.get_model(app, model)._base_manager.order_by("pk")
    if option(row, "of") and model == "item":
        return Ask((made.item(row.where, option(row, "of")).pk,), data={})
    if option(row, "pick") == "own":
        rows = rows.filter(**{"pk" if model == "user" else "user": made.users[row.who].pk})
    return Ask((rows.values_list("pk", flat=True).first() or 1,), data={"post": "yes"} if act == "delete" else {})


def _list(made: Prepared, row: Row) -> Ask:
    return Ask(query=option(row, "query").replace("~", "="), data={})


for _model in admin.site._registry:
    _label = f"admin:{_model._meta.app_label}_{_model._meta.model_name}"
    for _act in ACTS:
        HOW[f"{_label}_{_act}"] = _object
    HOW[f"{_label}_changelist"] = _list
    HOW[f"{_label}_add"] = lambda made, row: Ask(data={})


@how("admin:app_list")
def app_list(made: Prepared, row: Row) -> Ask:
    return Ask((option(row, "app", "accounts"),))


@how(
    "admin:jsi18n",
    "admin:index",
    "admin:logout",
    "admin:login",
    "admin:password_change",
    "admin:password_change_done",
    "admin:autocomplete",
)
def bare(made: Prepared, row: Row) -> Ask:
    app, _, rest = option(row, "field").partition(".")
    model, _, name = rest.partition(".")
    return Ask(data={}, query=f"app_label={app}&model_name={model}&field_name={name}&term=a" if app else "")


@how("admin:view_on_site")
def view_on_site(made: Prepared, row: Row) -> Ask:
    return Ask((1, 1))
