"""Warnings about members who become partners: what the law has limits for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commsim.core.units import to_fen
from commsim.scenario.errors import Finding
from commsim.strategies.base import Strategy
from commsim.strategies.shareholder import Shareholder

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

MOST_HOLDERS = 50
"""Shareholders of a limited company, by China's Company Law."""
PUBLIC, PUBLIC_FEN = 150, to_fen(1_000_000)
"""People, or what they pay in, from which to promise it back is a crime (court interpretation of 2022)."""


def partners(strategy: Strategy, scenario: "Scenario") -> Iterator[Finding]:
    """Seats beyond what a company may have or collect."""
    if not isinstance(strategy, Shareholder):
        return
    if strategy.seats > MOST_HOLDERS:
        what = f"{strategy.seats} seats: a limited company has at most {MOST_HOLDERS} shareholders"
        yield Finding(("seats",), what, "sell fewer, or a right that is no share")
    raised = strategy.seats * strategy.price
    if strategy.returned and (strategy.seats >= PUBLIC or raised >= PUBLIC_FEN):
        yield Finding(
            ("returned",),
            f"who promises money back to {PUBLIC} people or for a million yuan raises funds from the public,"
            " which is a crime without a licence",
            "ask a lawyer; the simulator only counts the money",
        )
