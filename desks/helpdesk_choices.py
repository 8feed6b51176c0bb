"""Words of reports of trouble and of announcements."""

from __future__ import annotations

from django.db.models import TextChoices

from core.choices import Tone


class ReportStatus(TextChoices):
    """Where a report of trouble stands."""

    NEW = "new", "Baru"
    TAKEN = "taken", "Ditangani"
    DONE = "done", "Selesai"
    NO_TROUBLE = "no_trouble", "Bukan kendala"


OPEN_REPORTS = (ReportStatus.NEW, ReportStatus.TAKEN)
REPORT_TONES: dict[str, Tone] = {
    ReportStatus.NEW: Tone.KUNING,
    ReportStatus.TAKEN: Tone.BIRU,
    ReportStatus.DONE: Tone.HIJAU,
    ReportStatus.NO_TROUBLE: Tone.ABU,
}


class AnnouncementLevel(TextChoices):
    """How loud an announcement is."""

    INFO = "info", "Informasi"
    IMPORTANT = "important", "Penting"
    TROUBLE = "trouble", "Gangguan"


LEVEL_TONES: dict[str, Tone] = {
    AnnouncementLevel.INFO: Tone.BIRU,
    AnnouncementLevel.IMPORTANT: Tone.KUNING,
    AnnouncementLevel.TROUBLE: Tone.MERAH,
}
