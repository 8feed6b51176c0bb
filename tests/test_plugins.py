"""The gate on flaky browser tests: one second chance each, at most two tests may use it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.static

ROOT = Path(__file__).resolve().parent.parent
FLAKY = """
import pathlib
import pytest

@pytest.mark.browser
@pytest.mark.parametrize("name", {names})
def test_second_time_lucky(name, request):
    seen = pathlib.Path(__file__).with_name(name)
    first = not seen.exists()
    seen.touch()
    assert not first

def test_plain():
    assert {plain}
"""


@pytest.mark.parametrize(
    ("names", "plain", "workers", "code", "line"),
    [
        (["a", "b"], True, "2", 0, "run twice: 2 tests, at most 2 may be: allowed"),
        (["a", "b", "c"], True, "2", 1, "run twice: 3 tests, at most 2 may be: too many"),
        (["a"], False, "0", 1, "run twice: 1 tests, at most 2 may be: allowed"),
    ],
)
def test_reruns_are_counted(tmp_path, names, plain, workers, code, line):
    (tmp_path / "test_flaky.py").write_text(FLAKY.format(names=names, plain=plain), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser: x\n")
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["tests.plugins"]\n', encoding="utf-8")
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environ.pop("PYTEST_XDIST_WORKER", None)
    loaded = ["-p", "xdist.plugin", "-p", "pytest_rerunfailures", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *loaded, "-n", workers, str(tmp_path)]
    run = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True)
    lines = [found for found in run.stdout.splitlines() if found.startswith("run twice")]
    assert (run.returncode, lines) == (code, [line]), run.stdout
