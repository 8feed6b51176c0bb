"""`manage.py describe_workflow`: write the table of moves to docs/workflow.md; `--check` only says whether it is current."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from desks.selectors.workflow_words import move_words, state_words

PATH = Path(settings.BASE_DIR) / "docs" / "workflow.md"


class Command(BaseCommand):
    """Documentation that cannot differ from the code."""

    help = "Tulis docs/workflow.md dari tabel perpindahan status butir."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only looking."""
        parser.add_argument("--check", action="store_true", help="gagal bila berkas tidak sesuai tabel")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, or compare."""
        text = describe()
        if not options["check"]:
            PATH.write_text(text, encoding="utf-8")
        elif not PATH.exists() or PATH.read_text(encoding="utf-8") != text:
            raise CommandError("docs/workflow.md tidak sesuai tabel; jalankan manage.py describe_workflow.")


def describe() -> str:
    """The document."""
    lines = [
        "# Moves of an agenda row",
        "",
        "Written by `manage.py describe_workflow` from `desks/workflow.py`; a test fails when it is stale. Do not edit.",
        "",
        "| action | button | from | to | who | needs |",
        "|---|---|---|---|---|---|",
    ]
    for move in move_words():
        cells = (move.action, move.label, ", ".join(move.sources), move.target, move.who, move.needs or "–")
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "| state | shown | ways out |", "|---|---|---|"]
    for state in state_words():
        ways = ", ".join(move.label for move in state.leaves) or "–"
        lines.append(f"| {state.code} | {state.label} | {ways} |")
    return "\n".join(lines) + "\n"
