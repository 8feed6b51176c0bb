"""Slowing down what strangers may ask for, by the address they come from or ask about."""

from __future__ import annotations

import hashlib

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address the request comes from, behind the trusted proxies."""
    return get_client_ip_address(request) or ""


def within(kind: str, what: str, limit: int, seconds: int) -> bool:
    """Count one more try of `kind` for `what`; False once more than `limit` came within `seconds`."""
    key = f"throttle:{kind}:{hashlib.sha256(what.lower().encode()).hexdigest()[:32]}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return cache.incr(key) <= limit
    except ValueError:
        # It ran out between the two calls: this is the first try of a new stretch.
        cache.set(key, 1, seconds)
        return True
