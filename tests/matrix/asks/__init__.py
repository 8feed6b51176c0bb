"""How each route is asked: one small function a route turns a row of the book into a request, always a complete and sensible one."""

from importlib import import_module
from pkgutil import iter_modules

from tests.matrix.asks.base import HOW, Ask, send

# Every module of this folder registers its routes when imported.
for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["HOW", "Ask", "send"]
