"""Routes of `accounts`, mounted at the root."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts.views import access, institutions, lists, people, profile

app_name = "accounts"
urlpatterns = [
    path("masuk/", access.Login.as_view(), name="login"),
    path("keluar/", LogoutView.as_view(), name="logout"),
    path("masuk-pertama/<uidb64>/<token>/", access.FirstLogin.as_view(), name="first_login"),
    path("lupa-sandi/", access.reset_request, name="password_reset"),
    path("lupa-sandi/terkirim/", access.reset_sent, name="reset_sent"),
    path("atur-sandi/<uidb64>/<token>/", access.ResetConfirm.as_view(), name="reset_confirm"),
    path("ganti-lembaga/", access.speak_as, name="speak_as"),
    path("orang/", people.people, name="people"),
    path("orang/undang/", people.invite, name="invite"),
    path("orang/<int:pk>/akhiri/", people.end_membership, name="end_membership"),
    path("orang/<int:pk>/tautan/", people.resend_link, name="resend_link"),
    path("lembaga/<int:pk>/<slug:act>/", institutions.institution_act, name="institution_act"),
    path("daftar/<slug:key>/saringan/", lists.filter_save, name="filter_save"),
    path("daftar/<slug:key>/saringan/<str:code>/", lists.filter_change, name="filter_change"),
    path("daftar/<slug:key>/kolom/", lists.columns_choose, name="columns_choose"),
    path("profil/", profile.profile, name="profile"),
    path("profil/data-diri/", profile.contact, name="contact"),
    path("profil/kata-sandi/", access.PasswordChange.as_view(), name="password_change"),
    path("profil/delegasi/", profile.delegate, name="delegate"),
    path("profil/delegasi/<int:pk>/akhiri/", profile.end_delegation, name="end_delegation"),
    path("profil/token/", profile.token_new, name="token_new"),
    path("profil/token/<int:pk>/cabut/", profile.token_revoke, name="token_revoke"),
]
