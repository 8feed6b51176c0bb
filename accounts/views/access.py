"""The way in: login, the one-time link, the forgotten password, and for whom one speaks."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.demo_logins import offered_logins
from accounts.forms import FirstPasswordForm, LoginForm, OwnPasswordForm, ResetForm
from accounts.http import home_url, login_required, safe_next
from accounts.models import Preference
from accounts.selectors import PREFERENCE_KEY, SESSION_KEY, Speaker
from accounts.throttle import client_address, within
from accounts.tokens import invitation_tokens
from core.errors import TooManyAttempts, TransitionNotAllowed

HOUR: Final = 3600
RESETS_PER_CLIENT: Final = 20
RESETS_PER_ADDRESS: Final = 3
BACKEND: Final = "django.contrib.auth.backends.ModelBackend"


class Login(auth_views.LoginView):
    """Log in by user name or e-mail address; one speaks again for whom one last spoke."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm

    def get_initial(self) -> dict[str, Any]:
        """In a demo installation `?sebagai=` fills in one of its user names."""
        wanted = self.request.GET.get("sebagai", "")
        names = [username for username, _ in offered_logins()]
        return {**super().get_initial(), **({"username": wanted} if wanted in names else {})}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the logins of the example, where it is one."""
        logins = offered_logins()
        password = settings.DEMO_PASSWORD if logins else ""
        return super().get_context_data(**kwargs, demo_logins=logins, demo_password=password)

    def get_default_redirect_url(self) -> str:
        """Home, where the address names nothing else."""
        return home_url()

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Begin the session with the membership last spoken under."""
        response = super().form_valid(form)
        last = (
            Preference.objects.filter(user=form.get_user(), key=PREFERENCE_KEY).values_list("value", flat=True).first()
        )
        if last and last.isdigit():
            self.request.session[SESSION_KEY] = int(last)
        return response


class SetByLink(auth_views.PasswordResetConfirmView):
    """Set a password by a one-time link; what holds for both the first login and the forgotten password."""

    form_class = FirstPasswordForm
    template_name = "accounts/set_password.html"
    reset_url_token = "atur"  # noqa: S105 (a part of an address)
    post_reset_login = True
    post_reset_login_backend = BACKEND
    extra_context: dict[str, Any] = {}

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        """Log in at once; a link used at the same moment elsewhere is told so."""
        try:
            response = super().form_valid(form)  # type: ignore[arg-type]
        except TransitionNotAllowed as error:
            form.add_error(None, error.message)
            return self.form_invalid(form)  # type: ignore[arg-type]
        messages.success(self.request, "Kata sandi tersimpan. Selamat datang.")
        return response

    def get_success_url(self) -> str:
        """Home."""
        return home_url()


class FirstLogin(SetByLink):
    """The one-time link of an invitation."""

    token_generator = invitation_tokens
    extra_context = {"first": True}


class ResetConfirm(SetByLink):
    """The one-time link after a forgotten password."""


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordChange(auth_views.PasswordChangeView):
    """Replace one's own password."""

    template_name = "accounts/form.html"
    form_class = OwnPasswordForm
    extra_context = {"heading": "Ganti kata sandi", "verb": "Ganti kata sandi"}

    def get_success_url(self) -> str:
        """Back to the profile, with a word."""
        messages.success(self.request, "Kata sandi diganti. Sesi Anda di perangkat lain sudah berakhir.")
        return reverse("accounts:profile")


@require_http_methods(["GET", "POST"])
def reset_request(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail; the answer is the same whether or not the address is known."""
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not within("reset-client", client_address(request), RESETS_PER_CLIENT, HOUR):
            raise TooManyAttempts("Terlalu banyak permintaan dari jaringan Anda. Coba lagi satu jam lagi.")
        email = form.cleaned_data["email"]
        if within("reset-address", email, RESETS_PER_ADDRESS, HOUR):
            services.send_reset(email)
        return redirect("accounts:reset_sent")
    return render(request, "accounts/reset_request.html", {"form": form})


def reset_sent(request: HttpRequest) -> HttpResponse:
    """What happens next, whoever asked."""
    return render(request, "accounts/reset_sent.html")


@require_POST
@login_required
def speak_as(request: HttpRequest) -> HttpResponseBase:
    """Speak for another of one's institutions from now on; what one may not speak for is not there (404)."""
    wanted = request.POST.get("membership", "")
    speaker: Speaker = request.speaker  # type: ignore[attr-defined]
    chosen = next((each for each in speaker.memberships if str(each.pk) == wanted), None)
    if chosen is None:
        raise Http404
    request.session[SESSION_KEY] = chosen.pk
    services.remember_speaker(speaker.user, chosen)
    messages.info(request, f"Anda sekarang berbicara untuk {chosen.institution.name}.")
    return redirect(safe_next(request, home_url()))
