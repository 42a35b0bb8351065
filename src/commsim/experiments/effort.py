"""How many worlds are run, how long one run may take, and how sure statements are, where nobody says.

Without imports, since the help of commands tells it too.
"""

BACKTEST_WORLDS = 10
CLAIM_WORLDS = 40
"""Enough to tell effects of a per cent in most claims; see the intervals for the others."""
BEST_WORLDS = 10_000
"""Worlds that the best of several plans is looked for in at most."""
CALIBRATE_RUNS = 5_000
"""Simulations of an operator's own groups from which is learnt what their data say."""
CLOSE_WORLDS = 20
"""Worlds that reports look at closely."""
CONFIDENCE = 0.95
"""Of intervals and statements."""
DISCOVERY_LIMITS = 3
"""Settings that a box of scenario discovery limits at most."""
EXPLAIN_WORLDS = 16
"""Worlds in which a plan is explained: up to 128 runs in each."""
FLIP_WORLDS, FLIP_POINTS = 64, 400
"""Worlds of plans whose lead may turn, and points over the ranges of what nobody knows."""
LEAGUE_WORLDS, LEAGUE_WORLDS_EXPLAINED = 200, 16
"""Worlds in which teams' plans are ranked, and in which each is explained."""
MAX_WORLDS = 400
"""Worlds that a comparison adds at most to reach its precision."""
RUN_SECONDS = 600.0
"""What a run of a sweep may take: ten times what a community of a million takes for a year."""
PAGE_SECONDS = 120.0
"""What a run on the live page may take, where somebody waits for it."""
PLAN_RUNS = 4_000
"""Runs in which a plan is searched for, and what was found is tried."""
PLAN_DOUBTS = 60
"""Points, with all that is unknown otherwise, at which a plan that was found is tried."""
PILOT_WORLDS, PILOT_POINTS = 40, 60
"""Worlds of both arms of a trial, and points over the ranges of what nobody knows."""
PILOT_DAYS, PILOT_BEFORE, PILOT_LIKENESS = (14, 28, 56, 84, 168), 28, (0.01, 0.05)
"""Days of a trial, of its baseline, and correlations within groups that are allowed for."""
