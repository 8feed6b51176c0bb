"""The body of an error as programs read it: problem details (RFC 9457).

Apart from `core.problems`, as logging loads the middleware before the apps that Django REST framework needs.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from core.errors import DomainError
from core.numbers import plain
from core.values import Value

TITLES: Final = {
    400: "Isian belum benar",
    401: "Belum masuk",
    403: "Tidak berwenang",
    404: "Tidak ditemukan",
    405: "Cara permintaan tidak didukung",
    406: "Bentuk jawaban tidak tersedia",
    409: "Keadaan sudah berubah",
    412: "Versi sudah berubah",
    413: "Kiriman terlalu besar",
    415: "Bentuk kiriman tidak didukung",
    422: "Kunci sudah dipakai",
    428: "Versi belum disertakan",
    429: "Terlalu banyak percobaan",
    503: "Layanan sedang tidak tersedia",
}
NOT_LOGGED_IN: Final = "Anda belum masuk, atau sesi Anda sudah berakhir. Masuk lalu ulangi."
_OWN_KEYS: Final = frozenset({"type", "title", "status", "code", "detail"})


def problem(exc: DomainError) -> dict[str, Any]:
    """The body for a domain error: type, title, status, code, detail, then its details under their own names."""
    body = problem_body(exc.status, exc.code, exc.message)
    body.update({key: _plain_data(value) for key, value in exc.details.items() if key not in _OWN_KEYS})
    return body


def not_logged_in() -> dict[str, Any]:
    """The body of a 401."""
    return problem_body(401, "not_authenticated", NOT_LOGGED_IN)


def problem_body(status: int, code: str, detail: str) -> dict[str, Any]:
    """The members every problem has; `detail` is the Indonesian sentence."""
    return {
        "type": f"urn:portal-rakortek:problem:{code}",
        "title": TITLES.get(status, "Permintaan tidak dapat diproses"),
        "status": status,
        "code": code,
        "detail": detail,
    }


def _plain_data(value: Any) -> Any:
    if isinstance(value, Value):
        return value.as_json()
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, dict):
        return {str(key): _plain_data(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_data(part) for part in value]
    return value
