"""Real processes meeting on one row, one sitting, one chain: exactly one wins, nothing is lost or doubled."""

from __future__ import annotations

from typing import Any

import pytest

from tests.races.conftest import Race

pytestmark = pytest.mark.races


def _at(seeded: dict[str, Any], who: str, place: int = 0, **more: Any) -> dict[str, Any]:
    item = seeded["items"][place]
    return {
        "membership": seeded["people"][who],
        "session": seeded["session"],
        "item": item["code"],
        "version": item["version"],
        **more,
    }


def _split(outcomes: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    return [each for each in outcomes if each["ok"]], [each for each in outcomes if not each["ok"]]


def test_two_settle_one_row(race: Race) -> None:
    seeded = race.seed()
    outcomes = race.run(
        ("settle", _at(seeded, "moderator")),
        ("settle", _at(seeded, "chair", action="agree_noted", conclusion="catatan")),
    )
    won, lost = _split(outcomes)
    assert (len(won), len(lost)) == (1, 1)
    assert lost[0]["code"] in ("stale", "transition_not_allowed")
    after = race.one("facts", meja=seeded["meja"])
    assert after["states"][seeded["items"][0]["code"]] == won[0]["state"]
    assert sum(action in ("agree", "agree_noted") for action in after["actions"]) == 1


def test_the_loser_of_a_save_sees_yours_theirs_and_base(race: Race) -> None:
    seeded = race.seed()
    acts = [("position", _at(seeded, who, text=text)) for who, text in (("kl", "15,5"), ("bappeda", "14,9"))]
    won, lost = _split(race.run(*acts))
    assert (len(won), len(lost)) == (1, 1)
    assert lost[0]["code"] == "stale"
    assert set(lost[0]["details"]) >= {"yours", "theirs", "base"}


@pytest.mark.parametrize("who", ["kl", "bappeda"])
def test_a_position_crosses_a_settlement(race: Race, who: str) -> None:
    seeded = race.seed()
    outcomes = race.run(("settle", _at(seeded, "moderator")), ("position", _at(seeded, who, text="20")))
    won, lost = _split(outcomes)
    assert (len(won), len(lost)) == (1, 1)
    after = race.one("facts", meja=seeded["meja"])
    state = after["states"][seeded["items"][0]["code"]]
    assert state == ("agreed" if "state" in won[0] else "discussed")


def test_an_objection_crosses_a_settlement(race: Race) -> None:
    seeded = race.seed()
    settled, objected = race.run(
        ("settle", _at(seeded, "moderator")), ("stance", _at(seeded, "kl", position=1, kind="keberatan"))
    )
    after = race.one("facts", meja=seeded["meja"])
    state = after["states"][seeded["items"][0]["code"]]
    if settled["ok"]:
        assert (state, objected["status"]) == ("agreed", "refused")
    else:
        assert (state, settled["code"], objected["status"]) == ("discussed", "consent_missing", "saved")


def test_a_closing_session_crosses_a_settlement(race: Race) -> None:
    seeded = race.seed()
    closing = {"membership": seeded["people"]["moderator"], "session": seeded["session"]}
    settled, closed = race.run(("settle", _at(seeded, "chair")), ("close", closing))
    after = race.one("facts", meja=seeded["meja"])
    state = after["states"][seeded["items"][0]["code"]]
    assert closed["ok"] or closed["code"] == "stale"
    if settled["ok"]:
        assert state == "agreed"
    else:
        assert state == "not_discussed"
    if closed["ok"]:
        assert set(after["sessions"].values()) == {"closed"}
        assert "waiting" not in after["outcomes"]


def test_two_close_one_session(race: Race) -> None:
    seeded = race.seed()
    closing = {"session": seeded["session"]}
    outcomes = race.run(
        *[("close", {**closing, "membership": seeded["people"][who]}) for who in ("moderator", "chair")]
    )
    won, lost = _split(outcomes)
    assert (len(won), len(lost)) == (1, 1)
    after = race.one("facts", meja=seeded["meja"])
    assert after["actions"].count("close_session") == 1


def test_one_key_sent_twice_writes_once(race: Race) -> None:
    seeded = race.seed(submitted=False)
    row = seeded["items"][0]
    typed = {
        "membership": seeded["people"]["bappeda"],
        "item": row["code"],
        "version": row["version"],
        "text": "15,25",
        "key": "kunci-1",
    }
    outcomes = race.run(("save", typed), ("save", typed))
    assert [each["status"] for each in outcomes] == ["saved", "saved"]
    assert outcomes[0]["version"] == outcomes[1]["version"]
    after = race.one("facts", meja=seeded["meja"])
    assert after["actions"].count("edit") == 1


def test_200_appends_from_8_processes(race: Race) -> None:
    seeded = race.seed()
    before = race.one("facts", meja=seeded["meja"])
    acts = [
        ("append", {"membership": seeded["people"]["moderator"], "meja": seeded["meja"], "n": 25, "who": str(who)})
        for who in range(8)
    ]
    assert [each["ok"] for each in race.run(*acts)] == [True] * 8
    after = race.one("facts", meja=seeded["meja"])
    assert after["seqs"] == list(range(1, len(before["seqs"]) + 201))
