"""How each route is asked: one small function a route turns a row of the book into a request, always a complete and sensible one."""

from tests.matrix.asks import accounts, administration, agreements, api, board, isian, room
from tests.matrix.asks.base import HOW, Ask, send

__all__ = ["HOW", "Ask", "accounts", "administration", "agreements", "api", "board", "isian", "room", "send"]
