"""For tests of strategies and mechanisms: a community on paper, and the promises that all of them keep."""

from typing import TYPE_CHECKING, Any

from commsim.testing.promises import check_strategy
from commsim.testing.view import FakeProduct, FakeView, nothing_happened, occurred

if TYPE_CHECKING:
    from commsim.testing.mechanism import check_mechanism

__all__ = ["FakeProduct", "FakeView", "check_mechanism", "check_strategy", "nothing_happened", "occurred"]


def __getattr__(name: str) -> Any:
    """The check of mechanisms needs the engine, which tests of strategies do without."""
    if name == "check_mechanism":
        from commsim.testing.mechanism import check_mechanism

        return check_mechanism
    raise AttributeError(name)
