"""Writing: drafts, numbers, finalising, signing."""

from agreements.services.draft import draft_ba, edit_ba
from agreements.services.draft_scope import draft_induk, draft_scope
from agreements.services.finalise import finalise, void_ba
from agreements.services.sign import change_signatory, confirm, excuse_signature, refuse, upload_scan
from agreements.services.signatories import SignatoryData, remove_signatory, save_signatory

__all__ = [
    "SignatoryData", "change_signatory", "confirm", "draft_ba", "draft_induk", "draft_scope", "edit_ba", "excuse_signature", "finalise", "refuse",
    "remove_signatory",
    "save_signatory", "upload_scan", "void_ba",
]  # fmt: skip
