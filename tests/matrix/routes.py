"""All routes that the portal answers, from the resolver itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """A route by its full name (its pattern where it has none) and whether its address needs arguments."""

    name: str
    pattern: str
    has_arguments: bool


def all_routes() -> list[Route]:
    """Every route, each name once."""
    found = {route.name: route for route in _walk(get_resolver(), "", "", False)}
    return sorted(found.values(), key=lambda route: route.name)


def _walk(resolver: URLResolver, prefix: str, path: str, arguments: bool) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        more = arguments or bool(entry.pattern.converters) or "(" in str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(prefix + entry.name if entry.name else here, here, more)
        else:
            yield from _walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix, here, more)
