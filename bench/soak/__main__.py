"""`python -m bench.soak`: MINUTES= (default 10, at most 45) over SQLite and, where a server is named, PostgreSQL; SEED= repeats a run's choices."""

from __future__ import annotations

import json
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.databases import ROOT, database, end_cleanly, kinds
from bench.soak.report import write_report

SLOTS = 4
KILL_EVERY = (1.0, 4.0)
CALM = 5.0  # seconds without kills at the end, so that every slot answers its last act
SEEDING = "import django; django.setup(); from bench.world import build; build(provinces=3, indicators=6)"


@dataclass
class Run:
    """One database's share of a soak run."""

    kind: str
    seed: str
    env: dict[str, str]
    folder: Path
    seconds: float
    kills: int = 0
    crashes: list[str] = field(default_factory=list)
    born: int = 0
    sizes: dict[int, int] = field(default_factory=dict)

    def play(self) -> None:
        """Keep all slots acting until the time is over, killing one now and then."""
        pick, until = random.Random(self.seed), time.time() + self.seconds
        slots = [self._start(slot, until) for slot in range(SLOTS)]
        kill_at = time.time() + pick.uniform(*KILL_EVERY) + 2
        try:
            while time.time() < until:
                time.sleep(0.05)
                for slot, process in enumerate(slots):
                    if process.poll() is not None and time.time() < until - 1:
                        self._ended(slot, process)
                        slots[slot] = self._start(slot, until)
                acting = [slot for slot in range(SLOTS) if self._size(slot) > self.sizes.get(slot, 0)]
                if acting and kill_at < time.time() < until - CALM:
                    slots[pick.choice(acting)].send_signal(signal.SIGKILL)
                    self.kills += 1
                    kill_at = time.time() + pick.uniform(*KILL_EVERY)
            for slot, process in enumerate(slots):
                process.wait(timeout=60)
                self._ended(slot, process)
        finally:
            for process in slots:
                process.kill()
                process.wait()

    def _log(self, slot: int) -> Path:
        return self.folder / f"slot{slot}.log"

    def _size(self, slot: int) -> int:
        return self._log(slot).stat().st_size if self._log(slot).exists() else 0

    def _start(self, slot: int, until: float) -> subprocess.Popen[bytes]:
        self.born += 1
        self.sizes[slot] = self._size(slot)  # only a process that has begun to act is worth killing
        command = [
            sys.executable,
            "-m",
            "bench.soak.actor",
            str(slot),
            f"{self.seed}{self.born}",
            str(until),
            str(self.folder / f"slot{slot}.log"),
        ]
        with (self.folder / f"slot{slot}.err").open("wb") as errors:
            return subprocess.Popen(command, cwd=ROOT, env=self.env, stderr=errors)

    def _ended(self, slot: int, process: subprocess.Popen[bytes]) -> None:
        if process.returncode not in (0, -signal.SIGKILL):
            text = (self.folder / f"slot{slot}.err").read_text("utf-8", "replace")
            self.crashes.append(f"exit {process.returncode}: {text.strip()[-1500:]}")

    def verify(self) -> dict[str, Any]:
        """Check what stands in the database against what the actors were told."""
        logs = [str(path) for path in sorted(self.folder.glob("slot*.log"))]
        command = [sys.executable, "-m", "bench.soak.verify", *logs]
        done = subprocess.run(command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True, check=True)
        answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return answer


def main() -> int:
    """Run on every database, write docs/soak.md; 1 where a promise was broken or a process crashed."""
    end_cleanly()
    minutes = min(45.0, float(os.environ.get("MINUTES") or 10))
    seed = os.environ.get("SEED") or secrets.token_hex(3)
    print(f"seed {seed}, {minutes:g} minutes over {', '.join(kinds())}", flush=True)
    outcomes = []
    for kind in kinds():
        with tempfile.TemporaryDirectory(prefix="soak-") as text, database(kind, Path(text)) as env:
            subprocess.run([sys.executable, "-c", SEEDING], cwd=ROOT, env=env, check=True)
            run = Run(kind, seed, env, Path(text), minutes * 60 / len(kinds()))
            run.play()
            outcomes.append(
                {"kind": kind, "kills": run.kills, "crashes": run.crashes, "seconds": run.seconds, **run.verify()}
            )
        print(json.dumps(outcomes[-1], indent=1), flush=True)
    write_report(outcomes, seed=seed, minutes=minutes)
    return 1 if any(one["problems"] or one["crashes"] for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
