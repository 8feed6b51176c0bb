"""Who may read the file that a document was loaded from: whoever reads the document, and whoever loads for its owner."""

from __future__ import annotations

from typing import Any

from accounts.actors import Actor, can
from accounts.models import Membership
from core.files import file_right
from core.models import StoredFile
from planning.models import Document, Upload


@file_right
def reads_source(user: Any, stored: StoredFile) -> bool | None:
    """The original of a document is read with it; one that waits, by those who load it."""
    documents = list(Document.objects.filter(file=stored).values_list("pk", flat=True))
    uploads = list(Upload.objects.filter(file=stored).select_related("owner"))
    if not documents and not uploads:
        return None
    members = Membership.objects.current().filter(user=user).select_related("institution")
    actors = [Actor(user, member) for member in members]
    if any(Document.objects.visible_to(actor).filter(pk__in=documents).exists() for actor in actors):
        return True
    return any(can(actor, "planning.write_document", upload) for actor in actors for upload in uploads)
