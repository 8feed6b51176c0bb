"""What an actor does next, and doing it: acts are plain JSON, so that a process that starts after a kill can send them again."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import asdict
from typing import Any, Final

from accounts.actors import Actor
from accounts.models import Institution, Membership
from desks.models import Desk, Item, Meja, Note, Position, Session
from desks.selectors.deadlines import latest_answer
from desks.services import room, settle, talk
from desks.services.item import RowWrite, load_item, move_rows, save_rows

Act = dict[str, Any]
FILL: Final = {
    "draft": ("save", "save", "submit", "propose"),
    "returned": ("save", "propose"),
    "proposed": ("submit", "return", "save"),
}
TALK: Final = (
    "position",
    "stance",
    "stance",
    "stance",
    "call",
    "settle",
    "settle",
    "settle_many",
    "note",
    "postpone",
    "repair",
)
BY_STATE: Final[dict[str, tuple[str, ...]]] = {
    **FILL, "repair": ("save", "answer", "answer"), "submitted": TALK, "discussed": TALK, "agreed": ("reopen", "note"),
    "agreed_noted": ("reopen", "note"), "declined": ("reopen", "note"), "not_discussed": ("call", "call", "note"), "withdrawn": ("note",),
}  # fmt: skip
ANY: Final = ("save", "submit", "withdraw", *TALK)
REASONS: Final = ("waktu", "anggaran", "metodologi")


class Chooser:
    """Looks at the round as it stands and picks an act that mostly fits; some are meant to be refused."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.codes = list(Item.objects.order_by("pk").values_list("code", flat=True))
        self.mejas = list(Meja.objects.order_by("pk").values_list("pk", "region__kode"))

    def choose(self, key: str) -> Act:
        """The next act under a key."""
        if self.random.random() < 0.07:
            return self._room(key)
        item = Item.objects.select_related("region").get(code=self.random.choice(self.codes))
        fitting = BY_STATE[item.state] if self.random.random() < 0.9 else ANY
        act = self._on_row(self.random.choice(fitting), item, key)
        if self.random.random() < 0.04:
            act["version"] = act["version"] - 1
        return act

    def _on_row(self, op: str, item: Item, key: str) -> Act:
        pick, region = self.random, item.region.kode
        rows = [item.code]
        act: Act = {"op": op, "key": key, "item": item.code, "meja": item.meja_id, "version": item.version}
        act["who"] = self._who(op, region)
        act["number"] = f"{pick.randint(1, 99)},{pick.randint(0, 9)}"
        act["other_number"] = pick.random() < 0.3
        act["session"] = self._session(item.meja_id)
        if op in ("stance", "settle_many"):
            near = [code for code in self.codes if code != item.code]
            rows += pick.sample(near, min(len(near), pick.randint(0, 4)))
        act["rows"] = self._seen(rows, positions=op == "stance")
        act["kind"] = pick.choice(("setuju", "setuju", "setuju", "bahas", "keberatan"))
        act["verdict"] = pick.choice(("agree", "agree", "agree_noted", "decline", "leave"))
        act["reason"] = pick.choice(REASONS)
        act["spoken"] = ["kemendagri:KDN", "kl:033", f"bappeda:{region}"] if pick.random() < 0.7 else []
        if op == "note":
            institution = Membership.objects.get(user__username=act["who"]).institution_id
            found = (
                Note.objects.filter(item=item, institution=institution, kind="desk")
                .values_list("version", flat=True)
                .first()
            )
            act["version"] = found or 0
        return act

    def _who(self, op: str, region: str) -> str:
        bappeda, opd = f"bappeda-{region}", f"opd-{region}"
        by_op = {
            "save": (bappeda, opd), "propose": (opd,), "repair": ("kl", "moderator"), "position": (bappeda, "kl", "kemendagri"),
            "stance": (bappeda, "kl", "kemendagri"), "note": ("notulis", "kl", bappeda),
        }  # fmt: skip
        region_only = ("submit", "return", "withdraw", "answer")
        return self.random.choice(by_op.get(op, (bappeda,) if op in region_only else ("moderator", "chair")))

    def _session(self, meja: int) -> str:
        found = Session.objects.filter(mejas=meja).order_by("-pk").values_list("code", flat=True).first()
        return found or ""

    def _seen(self, codes: list[str], *, positions: bool) -> list[list[Any]]:
        if not positions:
            return [
                list(row) for row in Item.objects.filter(code__in=codes).order_by("pk").values_list("code", "version")
            ]
        newest: dict[str, int] = dict.fromkeys(codes, 0)
        newest |= dict(Position.objects.filter(item__code__in=codes).order_by("seq").values_list("item__code", "seq"))
        return [list(row) for row in newest.items()]

    def _room(self, key: str) -> Act:
        pick = self.random
        meja, region = pick.choice(self.mejas)
        last = Session.objects.filter(mejas=meja).order_by("-pk").first()
        act: Act = {
            "key": key,
            "who": pick.choice(("moderator", "chair")),
            "meja": meja,
            "session": last.code if last else "",
        }
        act["institution"] = pick.choice(("kemendagri:KDN", "kl:033", f"bappeda:{region}"))
        act["reason"] = pick.choice(REASONS)
        state = last.state if last else ""
        ops = {
            "": ("plan",),
            "planned": ("open",),
            "closed": ("plan", "reopen_session"),
            "open": ("close", "refresh", "attend", "attend", "absent"),
        }
        return {**act, "op": pick.choice(ops[state])}


def actor_of(username: str) -> Actor:
    """The person of this login as a request would find them."""
    membership = Membership.objects.select_related("user", "institution__region").get(user__username=username)
    return Actor(membership.user, membership)


def perform(act: Act) -> Any:
    """Do it through the services, under its key; answers what the client is told."""
    return OPS[act["op"]](actor_of(act["who"]), act)


def _text(act: Act) -> str:
    return f"Uji panjang {act['key']}"


def _save(actor: Actor, act: Act) -> Any:
    row = RowWrite(act["item"], act["version"], {"value": act["number"], "proposal_note": _text(act)})
    return [asdict(result) for result in save_rows(actor, rows=[row], key=act["key"])]


def _move(actor: Actor, act: Act) -> Any:
    given: dict[str, Any] = {}
    if act["op"] in ("return", "repair", "withdraw"):
        given["note"] = _text(act)
    if act["op"] == "repair":
        given["due"] = latest_answer(Meja.objects.select_related("round").get(pk=act["meja"]).round)
        given["owner"] = Institution.objects.get(kind="bappeda", region__mejas=act["meja"])
    results = move_rows(actor, act["op"], [(act["item"], act["version"])], given=given, key=act["key"])
    return [asdict(result) for result in results]


def _position(actor: Actor, act: Act) -> Any:
    item = load_item(actor, act["item"])
    return talk.put_position(
        actor, item, text=act["number"], reason=_text(act), seen_version=act["version"], key=act["key"]
    ).pk


def _stance(actor: Actor, act: Act) -> Any:
    rows = [(code, seen) for code, seen in act["rows"]]
    return [
        asdict(result) for result in talk.take_stances(actor, rows, kind=act["kind"], text=_text(act), key=act["key"])
    ]


def _note(actor: Actor, act: Act) -> Any:
    item = load_item(actor, act["item"])
    return talk.write_note(
        actor, item.meja, item=item, text=_text(act) * 40, seen_version=act["version"], key=act["key"]
    ).pk


def _sitting(act: Act) -> Session:
    return Session.objects.select_related("desk__round").get(code=act["session"])


def _call(actor: Actor, act: Act) -> Any:
    return room.call_item(
        actor, _sitting(act), load_item(actor, act["item"]), seen_version=act["version"], key=act["key"]
    ).code


def _postpone(actor: Actor, act: Act) -> Any:
    room.postpone_item(actor, _sitting(act), load_item(actor, act["item"]), key=act["key"])


def _settle(actor: Actor, act: Act) -> Any:
    spoken = [Institution.objects.get(kind=code.split(":")[0], kode=code.split(":")[1]) for code in act["spoken"]]
    result = settle.settle(
        actor, _sitting(act), load_item(actor, act["item"]), act["verdict"], seen_version=act["version"], conclusion=_text(act),
        reason=act["reason"] if act["verdict"] in ("decline", "leave") else "", text=act["number"] if act["other_number"] else "",
        spoken=spoken, key=act["key"],
    )  # fmt: skip
    return [asdict(result)]


def _settle_many(actor: Actor, act: Act) -> Any:
    rows = [(code, version) for code, version in act["rows"]]
    return [asdict(result) for result in settle.settle_uncontested(actor, _sitting(act), rows, key=act["key"])]


def _reopen(actor: Actor, act: Act) -> Any:
    item = load_item(actor, act["item"])
    return [
        asdict(settle.reopen(actor, _sitting(act), item, seen_version=act["version"], note=_text(act), key=act["key"]))
    ]


def _plan(actor: Actor, act: Act) -> Any:
    meja = Meja.objects.select_related("desk__round").get(pk=act["meja"])
    now = dt.datetime(2030, 1, 2, tzinfo=dt.UTC)
    desk = Desk.objects.select_related("round").get(pk=meja.desk_id)
    return room.plan_session(
        actor, desk, [meja], starts=now, ends=now + dt.timedelta(hours=2), tz="Asia/Jakarta", mode="hybrid", place=_text(act), key=act["key"]
    ).code  # fmt: skip


def _attend(actor: Actor, act: Act) -> Any:
    kind, kode = act["institution"].split(":")
    institution = Institution.objects.get(kind=kind, kode=kode)
    sitting, key = _sitting(act), act["key"]
    if act["op"] == "absent":
        return room.record_absent(actor, sitting, institution, _text(act), key=key).pk
    return room.record_attendance(actor, sitting, institution=institution, mode="onsite", name=_text(act), key=key).pk


OPS: Final = {
    "save": _save, "position": _position, "stance": _stance, "note": _note, "call": _call, "postpone": _postpone, "settle": _settle,
    "settle_many": _settle_many, "reopen": _reopen, "plan": _plan, "attend": _attend, "absent": _attend,
    **dict.fromkeys(("propose", "return", "submit", "answer", "repair", "withdraw"), _move),
    "open": lambda actor, act: room.open_session(actor, _sitting(act), key=act["key"]).code,
    "close": lambda actor, act: room.close_session(actor, _sitting(act), reason=act["reason"], key=act["key"]),
    "refresh": lambda actor, act: room.refresh_agenda(actor, _sitting(act), key=act["key"]),
    "reopen_session": lambda actor, act: room.reopen_session(actor, _sitting(act), note=_text(act), key=act["key"]).code,
}  # fmt: skip
