"""The slip catcher: what looks mistyped about one target, said in a sentence. Pure: figures in, at most one warning out, nothing read or written."""

from indicators.slips.catch import slip_of
from indicators.slips.facts import Kind, Known, Peers, Role, SlipWarning, TypedRow
from indicators.slips.money import MoneyRow, money_slip

__all__ = ["Kind", "Known", "MoneyRow", "Peers", "Role", "SlipWarning", "TypedRow", "money_slip", "slip_of"]
