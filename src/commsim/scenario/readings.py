"""Two readings of what members do where operators' guides and evidence contradict each other.

The default follows the evidence.  ``reading: guides`` in a plan sets other defaults, which the plan's own
settings still override.  What the guides say is a direction; its size is assumed.
"""

from typing import Any, Literal

Reading = Literal["evidence", "guides"]

BEHAVIOUR: dict[str, dict[str, Any]] = {
    # Group buying makes people invite: who joins asks on like who launched.  On Groupon's clickstream a
    # deal that tips raises no referrals (Hu, Man and Winer).
    "invite": {"spread_effort": 1.0},
    # Coupons to share bring friends, who use them like their own.  Shared ones are redeemed less than direct
    # ones (Fang et al. 2022), and who can share buys less (Sun et al. 2021).
    "coupons": {"shared": 1.0, "shareable": 0.0, "pass_on": 0.2},
}
"""What ``guides`` sets of the members' behaviour, section by section."""
STRATEGIES: dict[str, dict[str, Any]] = {
    # As above: who launches asks twice as many friends.
    "group_buying": {"asks": 12},
    # Envelopes are a cost.  In 174,131 groups who received sent on 0.18 per yuan (Yuan et al. 2024).
    "red_envelope": {"preset": "none"},
}
"""What it sets of strategies, kind by kind."""
