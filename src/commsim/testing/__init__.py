"""For tests of strategies: a community on paper, and the promises that every strategy keeps."""

from commsim.testing.promises import check_strategy
from commsim.testing.view import FakeProduct, FakeView, nothing_happened, occurred

__all__ = ["FakeProduct", "FakeView", "check_strategy", "nothing_happened", "occurred"]
