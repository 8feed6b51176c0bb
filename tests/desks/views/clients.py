"""Logged-in clients of the people of a world."""

from __future__ import annotations

from django.test import Client

from accounts.actors import Actor


def client_of(actor: Actor) -> Client:
    """A browser in which this person is logged in."""
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client
