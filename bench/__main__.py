"""`python -m bench`: measure, print the table, write bench/latest.json. QUICK=1 takes ≤ 3 minutes, ONLY=name one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.context import LINES
from bench.databases import ROOT, database, end_cleanly, environment, kinds
from bench.result import shown

LATEST = ROOT / "bench" / "latest.json"
LIMIT = 40 * 60  # seconds for one line; none needs a quarter of it


def main() -> int:
    """Run the lines; 1 where a budget is missed."""
    end_cleanly()
    only, quick = os.environ.get("ONLY", ""), os.environ.get("QUICK", "") == "1"
    if only and only not in LINES:
        print(f"ONLY={only}: no such line. There are: {', '.join(LINES)}", file=sys.stderr)
        return 2
    rows: list[dict[str, Any]] = []
    for name in (only,) if only else LINES:
        for kind in (one for one in LINES[name] if one in ("", *kinds())):
            start = time.monotonic()
            rows += _run(name, kind, quick)
            print(f"{name} {kind} took {time.monotonic() - start:.0f} s", file=sys.stderr)
    _write(rows, only=bool(only))
    _print(rows)
    return 0 if all(row["ok"] for row in rows) else 1


def _run(name: str, kind: str, quick: bool) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="bench-") as text:
        folder = Path(text)
        command = [sys.executable, "-m", "bench.child", name, kind, text, "1" if quick else "0"]
        try:
            if not kind:
                return _child(command, environment("", folder))
            with database(kind, folder) as env:
                return _child(command, env)
        except (subprocess.SubprocessError, ValueError, OSError) as error:
            note = f"not measured: {type(error).__name__}: {error}"[:300]
            return [
                {
                    "name": f"{name}.{kind}".rstrip("."),
                    "value": None,
                    "unit": "",
                    "budget": 0,
                    "ok": False,
                    "note": note,
                }
            ]


def _child(command: list[str], env: dict[str, str]) -> list[dict[str, Any]]:
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, timeout=LIMIT, check=True)
    rows: list[dict[str, Any]] = json.loads(done.stdout.strip().splitlines()[-1])
    return rows


def _write(rows: list[dict[str, Any]], *, only: bool) -> None:
    """One line alone replaces its own rows on the databases it ran on and leaves the others."""
    kept = json.loads(LATEST.read_text(encoding="utf-8")) if only and LATEST.exists() else []
    new = [_place(row) for row in rows]
    everything = sorted(
        [row for row in kept if _place(row) not in new] + rows, key=lambda row: list(LINES).index(_line(row))
    )
    LATEST.write_text(json.dumps(everything, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _place(row: dict[str, Any]) -> list[str]:
    """Line and database."""
    return str(row["name"]).split(".")[:2]


def _line(row: dict[str, Any]) -> str:
    return str(row["name"]).split(".")[0]


def _print(rows: list[dict[str, Any]]) -> None:
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        verdict = "ok" if row["ok"] else "NOT OK"
        print(
            f"{row['name']:<{width}}  {shown(row['value']):>7} ≤ {shown(row['budget']):<5} {row['unit']:<8} {verdict:<7} {row['note']}"
        )


if __name__ == "__main__":
    sys.exit(main())
