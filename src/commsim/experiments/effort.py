"""How many worlds are run where nobody says; without imports, since the help of commands tells it too."""

BACKTEST_WORLDS = 10
CLAIM_WORLDS = 40
"""Enough to tell effects of a per cent in most claims; see the intervals for the others."""
CLOSE_WORLDS = 20
"""Worlds that reports look at closely."""
MAX_WORLDS = 400
"""Worlds that a comparison adds at most to reach its precision."""
