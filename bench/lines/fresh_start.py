"""A fresh machine: clone of HEAD, empty HOME, no venv; `make run` until the first page answers, and until the login page is drawn."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.context import Bench
from bench.databases import ROOT
from bench.result import Result, measured

NAME = "fresh_start"
BUDGET = 180
FULL, QUICK = 3, 1
KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR")


def run(bench: Bench) -> list[Result]:
    """Seconds from the command to the page. Quick: once."""
    times = [_once() for _ in range(QUICK if bench.quick else FULL)]
    return [measured(NAME, times, "s", BUDGET, "make run in a clean clone, packages from the configured index")]


def _once() -> float:
    folder = Path(tempfile.mkdtemp(prefix="bench-fresh-"))
    try:
        return _start(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> float:
    clone, home, port = folder / "portal", folder / "home", _free_port()
    home.mkdir()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    env = {name: os.environ[name] for name in os.environ if name in KEPT or name.startswith(("PIP_", "SSL_"))}
    env |= {"HOME": str(home), "PORT": str(port)}
    with (folder / "out.txt").open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(["make", "run"], cwd=clone, env=env, stdout=out, stderr=out, start_new_session=True)
        try:
            while not _answers(port):
                if process.poll() is not None or time.perf_counter() - start > 3 * BUDGET:
                    raise RuntimeError((folder / "out.txt").read_text("utf-8", "replace")[-800:])
                time.sleep(0.1)
            return time.perf_counter() - start
        finally:
            _stop(process)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            return answer.status == 200 and b"</html>" in answer.read()
    except (urllib.error.URLError, OSError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """The portal stops its children itself; what is left of the group after that goes with it."""
    for sig, patience in ((signal.SIGTERM, 30), (signal.SIGKILL, 10)):
        try:
            os.killpg(process.pid, sig)
            process.wait(timeout=patience)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
