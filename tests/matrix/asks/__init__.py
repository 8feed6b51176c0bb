"""How each route is asked: one small function a route turns a row of the book into a request, always a complete and sensible one."""

from tests.matrix.asks import accounts, administration, api, board, isian
from tests.matrix.asks.base import HOW, Ask, send

__all__ = ["HOW", "Ask", "accounts", "administration", "api", "board", "isian", "send"]
