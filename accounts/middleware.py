"""Who speaks in this request, and that it is the person whom the page was drawn for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final, cast

from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.utils.functional import cached_property

from accounts.actors import Actor
from accounts.models import User
from accounts.selectors import SESSION_KEY, Speaker
from core.errors import OtherPerson, OtherSpeaker
from core.middleware import answer_to

PERSON_HEADER: Final = "X-Person"
PERSON_FIELD: Final = "pengisi"
SPEAKER_HEADER: Final = "X-Speaker"


class SpeakingRequest(HttpRequest):
    """What the middleware adds to a request: `speaker` and `actor`, read when first asked, None for the unknown.

    Both may be set from outside: a program's token speaks for itself.
    """

    session: Any

    @cached_property
    def speaker(self) -> Speaker | None:
        """For whom the person of the session speaks, None for the anonymous."""
        user = getattr(self, "user", None)
        if user is None or not user.is_authenticated:
            return None
        chosen = self.session.get(SESSION_KEY)
        return Speaker(cast(User, user), chosen if isinstance(chosen, int) else None)

    @cached_property
    def actor(self) -> Actor | None:
        """The person under the membership chosen; None without one that holds now."""
        return self.speaker.actor if self.speaker else None


@cache
def _speaking(kind: type[HttpRequest]) -> type[HttpRequest]:
    # A lazy object would not be `None` where there is no actor; a property on the request's own class is.
    return type(f"Speaking{kind.__name__}", (kind, SpeakingRequest), {})


class SpeakerMiddleware:
    """Gives each request its lazily read speaker and actor; costs no query where nobody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.__class__ = _speaking(type(request))  # type: ignore[arg-type]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuse what a page left open by another person sends, or by the same one for another institution: it was not said for this one."""
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return None
        drawn_for = request.headers.get(PERSON_HEADER) or request.POST.get(PERSON_FIELD)
        user: Any = request.user
        if not user.is_authenticated:
            return None
        if drawn_for and user.code != drawn_for:
            return answer_to(request, OtherPerson())
        spoken_for, speaker = request.headers.get(SPEAKER_HEADER), getattr(request, "speaker", None)
        if spoken_for and speaker is not None and speaker.key != spoken_for:
            return answer_to(request, OtherSpeaker())
        return None
