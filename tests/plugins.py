"""Rules of the test run: a browser test gets one second chance, few may need it, and emptying passes the triggers."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.template import copy_for_django, drop_template, run_folder

MOST_RERUNS = 2
_rerun: set[str] = set()


def pytest_collection_modifyitems(config, items):
    once = config.getoption("reruns", None) == 0
    for item in items:
        if item.get_closest_marker("browser") and not once:
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_runtest_logreport(report):
    if report.outcome == "rerun":
        _rerun.add(report.nodeid)


def pytest_unconfigure(config):
    factory = getattr(config, "_tmp_path_factory", None)
    if factory is not None and factory._basetemp is not None and not hasattr(config, "workerinput"):
        drop_template(factory.getbasetemp())


def pytest_sessionfinish(session):
    if len(_rerun) > MOST_RERUNS and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if _rerun:
        verdict = "too many" if len(_rerun) > MOST_RERUNS else "allowed"
        terminalreporter.write_line(f"run twice: {len(_rerun)} tests, at most {MOST_RERUNS} may be: {verdict}")
        for nodeid in sorted(_rerun):
            terminalreporter.write_line(f"  {nodeid}")


@pytest.fixture(autouse=True)
def nothing_announced():
    """What one test announces is not shown in the next, and no page of a test begins by asking."""
    from django.apps import apps

    if not apps.ready:  # a run without the portal, as tests/test_plugins.py makes one
        return
    from desks.selectors import announcements

    announcements.remember([])


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory):
    """The folder that all workers of the run share."""
    return run_folder(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, shared_folder, monkeypatch_session):
    """Each worker's database begins as a copy of the run's template."""
    creation = connection.creation
    monkeypatch_session.setattr(creation, "_create_test_db", copy_for_django(shared_folder, creation._create_test_db))


@pytest.fixture(scope="session")
def monkeypatch_session():
    """Patches that last as long as the run."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """Emptying the tables between transactional tests is the one act that may pass the insert-only triggers."""
    from core.triggers import triggers_disabled

    empty = connection.ops.execute_sql_flush

    def empty_past_triggers(sql_list):
        with triggers_disabled(connection):
            empty(sql_list)

    connection.ops.execute_sql_flush = empty_past_triggers
