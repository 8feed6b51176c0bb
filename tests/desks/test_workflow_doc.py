"""The table of moves in words: help and docs cannot differ from it."""

import pytest
from django.core.management import CommandError, call_command

from desks.choices import ItemState
from desks.management.commands import describe_workflow
from desks.selectors.workflow_words import NEEDS, WHO, move_words, state_words
from desks.workflow import TRANSITIONS


def test_the_document_is_current():
    call_command("describe_workflow", "--check")


def test_a_stale_document_fails(tmp_path, monkeypatch):
    path = tmp_path / "workflow.md"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(describe_workflow, "PATH", path)
    with pytest.raises(CommandError):
        call_command("describe_workflow", "--check")
    call_command("describe_workflow")
    call_command("describe_workflow", "--check")


def test_every_move_and_need_has_words():
    assert [move.action for move in move_words()] == list(TRANSITIONS)
    assert {move.permission for move in TRANSITIONS.values()} == set(WHO)
    assert {need for move in TRANSITIONS.values() for need in move.needs} == set(NEEDS)
    assert [state.code for state in state_words()] == list(ItemState)
