"""The queue of what was typed and has not reached the server: the page is a frame, its content never leaves the browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.login import login_required


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits on this computer, what is bentrok, what was refused. Also for whoever speaks for nobody any more: what they typed is theirs."""
    return render(request, "desks/queue.html")
