"""Two small plans with names and texts that mean harm to pages and tables."""

from commsim.scenario.schema import Scenario

HARM = "<script>alert(1)</script>"
QUOTES = "\"><img src=x onerror='alert(2)'>"
LONG = "long \u202e words " * 900
"""Ten thousand characters with a mark that turns the direction of writing."""
FORMULA = "=cmd|' /C calc'!A0"


def plan(name: str, *strategies: dict) -> Scenario:
    return Scenario.model_validate(
        {
            "name": name,
            "about": LONG,
            "days": 16,
            "community": {"members": 90, "group_size": 30, "arrivals_per_day": 1.0},
            "products": [{"name": QUOTES, "price": 30, "unit_cost": 15}],
            "strategies": strategies,
        }
    )


REBATE = {"kind": "distributor_rebate", "base": 3.0, "goal": FORMULA}
SALE = {"kind": "flash_sale", "discount": 0.2, "name": HARM, "goal": LONG, "warm_up": 2, "starts": 4}
BUSY, QUIET = plan(HARM, SALE, REBATE), plan("=1+1", {"kind": "content", "ends": 9})
