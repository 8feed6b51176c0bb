"""The one family of errors that services raise and every surface (page, htmx, API, import) answers in its own form."""

from __future__ import annotations

from typing import Any, ClassVar


class DomainError(Exception):
    """A rule of the field said no.

    `code` is a stable English slug for programs, `message` an Indonesian sentence (what, where, how to mend),
    `status` the HTTP status, `details` extra facts a client may use; they must be serialisable as JSON.
    """

    code: str = "error"
    status: ClassVar[int] = 400
    default_message: ClassVar[str] = "Permintaan tidak dapat diproses."

    def __init__(self, message: str = "", *, code: str | None = None, **details: Any) -> None:
        self.message = message or self.default_message
        if code is not None:
            self.code = code
        self.details: dict[str, Any] = details
        super().__init__(self.message)


class InvalidInput(DomainError):
    """What was typed or sent cannot be understood or breaks a rule of form."""

    code = "invalid"
    default_message = "Isian belum benar. Periksa kembali lalu simpan lagi."


class AmbiguousNumber(InvalidInput):
    """`1.234` in a unit with decimals; details hold both readings: `text`, `as_thousands`, `as_decimal`."""

    code = "ambiguous_number"
    default_message = "Tanda titik dapat berarti ribuan atau desimal. Pilih salah satu."


class NotAllowed(DomainError):
    """An insider without the right for this act."""

    code = "not_allowed"
    status = 403
    default_message = "Anda tidak berwenang melakukan tindakan ini."


class NotFound(DomainError):
    """Nothing here for this person; also the answer to outsiders."""

    code = "not_found"
    status = 404
    default_message = "Yang Anda cari tidak ditemukan."


class TransitionNotAllowed(DomainError):
    """The row is in a state from which this move does not exist."""

    code = "transition_not_allowed"
    status = 409
    default_message = "Tindakan ini tidak tersedia pada status sekarang."


class StageClosed(DomainError):
    """The stage of the round is not open for this role and no extension applies."""

    code = "stage_closed"
    status = 409
    default_message = "Tahapan ini sudah ditutup. Hubungi sekretariat bila perlu perpanjangan."


class StaleState(DomainError):
    """Somebody else changed the row first; details may hold `yours`, `theirs`, `base`."""

    code = "stale"
    status = 409
    default_message = "Isian ini sudah diubah orang lain. Bandingkan lalu pilih nilai yang dipakai."


class PreconditionFailed(DomainError):
    """The version in If-Match is no longer the current one."""

    code = "precondition_failed"
    status = 412
    default_message = "Versi yang Anda kirim bukan lagi versi terbaru. Muat ulang lalu kirim kembali."


class KeyReused(DomainError):
    """The same idempotency key came with another body."""

    code = "key_reused"
    status = 422
    default_message = "Kunci permintaan ini sudah dipakai untuk isi yang berbeda."


class OtherPerson(DomainError):
    """A page left open by one person sends under the login of another."""

    code = "other_person"
    status = 409
    default_message = "Halaman ini dibuka oleh orang lain, sedangkan yang kini masuk adalah Anda. Tidak ada yang disimpan. Muat ulang halaman."


class OtherSpeaker(DomainError):
    """What was typed for one institution is sent while its author speaks for another."""

    code = "other_speaker"
    status = 409
    default_message = "Ini diketik atas nama lembaga lain, sedangkan Anda kini berbicara untuk lembaga yang berbeda. Tidak ada yang disimpan."


class PreconditionRequired(DomainError):
    """A write without the version it was based on."""

    code = "precondition_required"
    status = 428
    default_message = "Sertakan versi yang menjadi dasar perubahan (If-Match)."


class TooManyAttempts(DomainError):
    """Slow down: too many tries in a short time."""

    code = "too_many_attempts"
    status = 429
    default_message = "Terlalu banyak percobaan. Tunggu beberapa menit lalu coba lagi."


class Unavailable(DomainError):
    """A part of the system needed for this act is not there now."""

    code = "unavailable"
    status = 503
    default_message = "Layanan ini sedang tidak tersedia. Coba lagi beberapa saat lagi."
