"""The API against its own description: whatever the description allows to be sent, no route answers with a server error."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case
from schemathesis.checks import not_a_server_error

from tests.contract.conftest import key_for
from tests.desks.world import World, ready

pytestmark = pytest.mark.django_db
EXAMPLES = 12
LEFT_OUT = {"/api/v1/schema/"}
"""The description itself, written by a library from the code."""


def test_no_route_fails_whatever_is_sent(world: World, application: Any) -> None:
    session, item = ready(world, 2), world.item()
    codes = {"/butir/": item.code, "/sesi/": session.code}
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    headers = {"Authorization": f"Token {key_for(world.bappeda)}"}
    operations = [found.ok() for found in schema.get_all_operations()]
    asked = [operation for operation in operations if operation.path not in LEFT_OUT]
    for operation in asked:
        real = next((code for part, code in codes.items() if part in operation.path), "")
        _ask_often(operation, real, headers)
    assert len(asked) > 15


def _ask_often(operation: APIOperation[Any, Any, Any, Any], real: str, headers: dict[str, str]) -> None:
    """Send what the description allows; half of the time with the code of a row or sitting that exists."""

    @seed(20_261_122)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), known=st.booleans())
    def ask(case: Case, known: bool) -> None:
        if known and real and "code" in (case.path_parameters or {}):
            case.path_parameters["code"] = real
        case.call_and_validate(headers=headers, checks=[not_a_server_error])

    ask()
