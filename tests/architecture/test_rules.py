"""What docs/architecture.md promises, read from the sources and models themselves."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import ForeignKey

from core.models import StoredFile
from tests.architecture.sources import APPS, ROOT, name_of, own, python_files, tree_of

pytestmark = pytest.mark.static

ITEM_WRITERS = {"desks/workflow.py"}
BULK = "desks/services/bulk/"
"""Plays whole rounds in memory by the same table of moves; tests/desks/services/test_bulk.py holds it to the services."""
BANNED = ("proposal", "kesepakatan", "ministry", "province", "minutes", "meeting", "decision")
"""Words that the glossary replaces: usulan/proposed, agreed, kl, region, berita acara, session, verdict."""
FAMILIAR = re.compile(r"proposal_note|PROVINCE|MINUTES|kesepakatan$|proposal$|provinces?$|minutes$", re.IGNORECASE)


def test_only_advance_writes_the_state_of_a_row() -> None:
    found = {
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        if name_of(path) not in ITEM_WRITERS and not name_of(path).startswith(BULK)
        for node in ast.walk(tree_of(path))
        if _writes_item_state(node)
    }
    assert sorted(found) == []


def _writes_item_state(node: ast.AST) -> bool:
    """`item.state = …`, `change_item(…, state=…)`, `Item.objects….update(state=…)`, also with `**` spelled out as a dict."""
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(
            isinstance(each, ast.Attribute) and each.attr == "state" and ast.unparse(each.value).endswith("item")
            for each in targets
        )
    if not isinstance(node, ast.Call) or not any(word.arg == "state" for word in node.keywords):
        return False
    called = ast.unparse(node.func)
    return called.endswith("change_item") or ("Item.objects" in called and called.endswith(("update", "create")))


def test_the_one_writer_is_seen_by_this_rule() -> None:
    assert [node for node in ast.walk(tree_of(ROOT / "desks/workflow.py")) if _writes_item_state(node)] != []


def test_foreign_keys_point_down() -> None:
    order = {app: place for place, app in enumerate(APPS)}
    upward = [
        f"{model._meta.label}.{each.name} -> {target._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in order
        for each in model._meta.get_fields()
        if each.concrete and (target := each.related_model) is not None and target._meta.app_label in order
        and order[target._meta.app_label] > order[model._meta.app_label] and target._meta.label != settings.AUTH_USER_MODEL
    ]  # fmt: skip
    assert upward == []


def test_there_are_no_signals() -> None:
    modules = ("django.db.models.signals", "django.dispatch", "django.core.signals")
    found = {
        name_of(path)
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(modules)
        or isinstance(node, ast.Import) and any(each.name.startswith(modules) for each in node.names)
        or isinstance(node, ast.ImportFrom) and node.module == "django.db.models" and any(each.name == "signals" for each in node.names)
    }  # fmt: skip
    assert sorted(found) == []


@pytest.mark.parametrize("path", own("templates/**/*.html"), ids=name_of)
def test_templates_hold_no_script_and_no_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    scripts = [tag for tag in re.findall(r"<script\b[^>]*>", text) if " src=" not in tag]
    assert (scripts, re.findall(r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:|\shx-on", text)) == ([], [])


def test_names_use_the_words_of_the_glossary() -> None:
    found = sorted(
        {
            f"{name_of(path)}: {name}"
            for path in python_files()
            for name in _defined(tree_of(path))
            if any(word in name.lower() for word in BANNED) and not FAMILIAR.search(name)
        }
    )
    assert found == []


def _defined(tree: ast.Module) -> set[str]:
    return {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)
    } | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}  # fmt: skip


def test_files_stay_short() -> None:
    every = own("*/**/*.py", "templates/**/*.html", "static/**/*.css", "static/**/*.js")
    long = {name_of(path): count for path in every if (count := len(path.read_text("utf-8").splitlines())) > 300}
    assert long == {}


def test_a_stored_file_outlives_no_row_that_needs_it() -> None:
    keys = {
        f"{model._meta.label}.{each.name}": each.remote_field.on_delete
        for model in apps.get_models()
        for each in model._meta.get_fields()
        if isinstance(each, ForeignKey) and each.related_model is StoredFile
    }
    assert keys != {}
    assert {name for name, rule in keys.items() if rule is not models.PROTECT} == set()
