"""docs/soak.md: what the last run did and found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bench.databases import ROOT
from bench.result import machine

HEAD = """# Soak run

Written by `make soak` (see bench/README.md). Several real processes act at random through the services on one small round; one of them is
killed with SIGKILL every few seconds and its successor sends again what was never answered. Afterwards every chain must verify, no seq be
missing or doubled, every row equal the replay of its events, no acknowledged write be lost, no resent one applied twice, no refused one
leave a trace. Refusals are part of the run; crashes and broken promises are not.
"""


def write_report(outcomes: list[dict[str, Any]], *, seed: str, minutes: float) -> None:
    """Write the page of one run."""
    day = dt.datetime.now(dt.UTC).date().isoformat()
    parts = [HEAD, f"\nDate {day} · machine {machine()} · seed `{seed}` · {minutes:g} minutes in all\n"]
    for one in outcomes:
        parts.append(f"\n## {one['kind']}, {one['seconds'] / 60:.1f} minutes\n\n")
        facts = {
            "processes killed": one["kills"],
            "crashes": len(one["crashes"]),
            "broken promises": len(one["problems"]),
            **one["counts"],
        }
        parts.append(
            "| what | count |\n|---|---:|\n" + "".join(f"| {name} | {count} |\n" for name, count in facts.items())
        )
        for text in [*one["problems"][:20], *one["crashes"][:5]]:
            parts.append(f"\n```\n{text}\n```\n")
    (ROOT / "docs" / "soak.md").write_text("".join(parts), encoding="utf-8")
