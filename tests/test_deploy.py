"""The container files agree with the code: every variable is read somewhere, every command exists, no cycle."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

pytestmark = pytest.mark.static

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service.get("image") == "rakortek"}


def test_every_variable_is_read_by_the_settings():
    read = "".join(
        (ROOT / path).read_text(encoding="utf-8") for path in ("rakortek/settings.py", "deploy/gunicorn_production.py")
    )
    names = {name.removesuffix("_FILE") for service in OURS.values() for name in service["environment"]}
    assert {name for name in names if f'"{name}"' not in read} == set()


def test_services_start_in_an_order_that_exists():
    graph = {name: set(service.get("depends_on", {})) for name, service in SERVICES.items()}
    order = list(TopologicalSorter(graph).static_order())
    assert set(order) == set(SERVICES)


def test_every_service_but_prepare_is_watched():
    assert [name for name, service in SERVICES.items() if "healthcheck" not in service] == ["prepare"]


@pytest.mark.parametrize("name", sorted(OURS))
def test_commands_name_what_exists(name):
    words = [*OURS[name]["command"], *OURS[name].get("healthcheck", {}).get("test", [])]
    files = [word for word in words if "/" in word]
    assert [word for word in files if not (ROOT / word).exists()] == []
    commands = [after for before, after in zip(words, words[1:], strict=False) if before == "manage.py"]
    assert [word for word in commands if word not in get_commands()] == []


def test_secrets_and_volumes_are_declared_and_used():
    used = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])
    named = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert {volume for volume in named if not volume.startswith(".")} == set(COMPOSE["volumes"])
    made = re.search(r"for name in ([a-z_ ]+);", (ROOT / "deploy/make-secrets").read_text(encoding="utf-8"))
    assert set(made.group(1).split()) == used


def test_image_fits_the_python_of_the_lists():
    assert (ROOT / "Dockerfile").read_text(encoding="utf-8").count("FROM python:3.11-slim-bookworm") == 1
