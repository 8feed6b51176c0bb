"""Real processes meeting on a berita acara: one finalises, numbers follow each other, a state changes once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.races.conftest import Race

pytestmark = pytest.mark.races


def _act(seeded: dict[str, Any], who: str, place: int = 0, **more: Any) -> dict[str, Any]:
    return {"membership": seeded["people"][who], **seeded["drafts"][place], **more}


def _split(outcomes: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    return [each for each in outcomes if each["ok"]], [each for each in outcomes if not each["ok"]]


def _facts(race: Race, seeded: dict[str, Any]) -> dict[str, Any]:
    after = race.one("ba_facts", mejas=seeded["mejas"])
    assert after["faults"] == []
    return after


def test_two_finalise_one_berita_acara(race: Race) -> None:
    seeded = race.seed("seed_ba", two=True, number=6)
    code, version = seeded["drafts"][0]["ba"], seeded["drafts"][0]["version"]
    won, lost = _split(race.run(*[("finalise", _act(seeded, who)) for who in ("moderator", "chair")]))
    assert (len(won), [each["code"] for each in lost]) == (1, ["stale"])
    theirs = {"version": version + 1, "state": "Menunggu tanda tangan"}
    assert lost[0]["details"] == {"yours": {"version": version}, "theirs": theirs}
    after = _facts(race, seeded)
    assert (after["counters"], after["snapshots"]) == ([7], 1)
    assert after["numbers"] == {code: won[0]["number"]}
    assert after["actions"][str(seeded["mejas"][0])].count("finalise_ba") == 1


@pytest.mark.parametrize("start", [None, 6], ids=["first of the year", "running series"])
def test_two_rooms_finalise_into_one_series(race: Race, start: int | None) -> None:
    seeded = race.seed("seed_ba", two=True, number=start)
    outcomes = race.run(*[("finalise", _act(seeded, "moderator", place)) for place in (0, 1)])
    assert [each["ok"] for each in outcomes] == [True, True], outcomes
    first = (start or 0) + 1
    numbers = sorted(int(each["number"].split("/")[0]) for each in outcomes)
    assert numbers == [first, first + 1]
    after = _facts(race, seeded)
    assert (after["counters"], after["snapshots"]) == ([first + 1], 2)
    assert sorted(after["numbers"].values()) == sorted(each["number"] for each in outcomes)


def test_two_rooms_type_one_number(race: Race) -> None:
    seeded = race.seed("seed_ba", two=True, number=None)
    acts = [("finalise", _act(seeded, "moderator", place, number="000.7/12/BA")) for place in (0, 1)]
    won, lost = _split(race.run(*acts))
    assert (len(won), len(lost)) == (1, 1)
    assert lost[0]["details"] == {"field": "number"}
    after = _facts(race, seeded)
    assert (list(after["numbers"].values()), after["snapshots"], after["counters"]) == (["000.7/12/BA"], 1, [0])
    assert sorted(after["states"].values()) == ["awaiting", "draft"]


def test_a_void_crosses_a_signature(race: Race) -> None:
    seeded = race.seed("seed_ba", final=True, leave=2)
    code = seeded["drafts"][0]["ba"]
    before = _facts(race, seeded)
    signed, voided = race.run(("sign", {"ba": code, **seeded["waiting"][0]}), ("void", _act(seeded, "moderator")))
    assert voided["ok"], voided
    assert signed["ok"] or signed["code"] == "transition_not_allowed"
    after = _facts(race, seeded)
    assert (after["states"], after["locked"]) == ({code: "void"}, 0)
    assert after["signatures"] == before["signatures"] + signed["ok"]
    acts = after["actions"][str(seeded["mejas"][0])]
    assert acts[-2:] == (["sign_ba", "void_ba"] if signed["ok"] else [acts[-2], "void_ba"])


def test_a_void_crosses_the_last_signature(race: Race) -> None:
    seeded = race.seed("seed_ba", final=True, leave=1)
    code = seeded["drafts"][0]["ba"]
    signed, voided = race.run(("sign", {"ba": code, **seeded["waiting"][0]}), ("void", _act(seeded, "moderator")))
    won, lost = _split([signed, voided])
    assert (len(won), len(lost)) == (1, 1), (signed, voided)
    after = _facts(race, seeded)
    assert after["states"] == {code: "complete" if signed["ok"] else "void"}
    assert lost[0]["code"] == ("stale" if signed["ok"] else "transition_not_allowed")


def test_the_last_two_sign_at_once(race: Race) -> None:
    seeded = race.seed("seed_ba", final=True, leave=2)
    code = seeded["drafts"][0]["ba"]
    outcomes = race.run(*[("sign", {"ba": code, **each}) for each in seeded["waiting"]])
    assert [each["ok"] for each in outcomes] == [True, True], outcomes
    after = _facts(race, seeded)
    assert after["states"] == {code: "complete"}
    acts = after["actions"][str(seeded["mejas"][0])]
    assert (acts[-3:], acts.count("complete_ba")) == (["sign_ba", "sign_ba", "complete_ba"], 1)
