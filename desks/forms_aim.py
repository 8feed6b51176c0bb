"""Choosing what an usulan is filed against, the same in the form of an usulan and in a correction at the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from desks.choices import CorrectedField
from desks.models import Round, Usulan
from desks.selectors.usulan.charges import charges
from desks.services.usulan.aims import AimData
from planning.selectors.nomenclature import find_programs, provincial_programs
from planning.selectors.outputs import find_outputs, outputs

Typed = Mapping[str, Any]


def aim_context(round_: Round, typed: Typed) -> dict[str, Any]:
    """What the template of the choice reads: `found` by the words searched, `kept` the one chosen now, and the template itself."""
    template, read = PICKS[round_.words.aim.field]
    return {"aim_template": template, "aim": round_.words.aim, **read(round_, typed)}


def _outputs(round_: Round, typed: Typed) -> dict[str, Any]:
    chosen = number(typed.get("ro"))
    kept = outputs().filter(pk=chosen).first() if chosen is not None else None
    words = _text(typed, "ro_cari")
    return {"found": find_outputs(round_.plan_year, words), "kept": kept, "words": words}


def _programs(round_: Round, typed: Typed) -> dict[str, Any]:
    chosen = number(typed.get("program"))
    kept = provincial_programs(round_.plan_year).filter(pk=chosen).first() if chosen is not None else None
    words = _text(typed, "program_cari")
    return {
        "found": find_programs(round_.plan_year, words), "kept": kept, "words": words, "grant": bool(typed.get("bankeu")),
        "charges": charges(round_), "charge": number(typed.get("pengampu")), "province": round_.host.region,
    }  # fmt: skip


PICKS: Final[dict[CorrectedField, tuple[str, Callable[[Round, Typed], dict[str, Any]]]]] = {
    CorrectedField.RO: ("desks/usulan/_aim_output.html", _outputs),
    CorrectedField.PROGRAM: ("desks/usulan/_aim_program.html", _programs),
}


def aim_data(typed: Typed) -> AimData:
    """What was chosen, for the service."""
    return AimData(
        number(typed.get("ro")), number(typed.get("program")), bool(typed.get("bankeu")), number(typed.get("pengampu"))
    )


def aim_initial(usulan: Usulan) -> dict[str, Any]:
    """What stands, under the names of the fields."""
    return {"ro": usulan.ro_id, "program": usulan.program_id, "bankeu": usulan.grant, "pengampu": usulan.charge_id}


def number(text: Any) -> int | None:
    """The key in a field, None where none stands."""
    return int(text) if str(text or "").isdecimal() else None


def _text(typed: Typed, name: str) -> str:
    return str(typed.get(name, "")).strip()
