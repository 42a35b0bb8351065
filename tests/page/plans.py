"""Small plans for tests of the page."""

from commsim.scenario.schema import Scenario


def small(name="small", members=120, days=20, strategies=(), **more):
    """Two groups of sixty, a fortnight and a bit."""
    return Scenario.model_validate(
        {
            "name": name,
            "days": days,
            "community": {"members": members, "group_size": min(60, members), "arrivals_per_day": 1.0},
            "products": [{"name": "coffee", "price": 30, "unit_cost": 15}],
            "strategies": strategies,
            **more,
        }
    )


ADVERTS = {"kind": "advert", "posts": 3, "hours": [10, 15, 20]}
SALE = {"kind": "flash_sale", "discount": 0.2, "reach": 0.7}
ENVELOPE = {"kind": "red_envelope", "total": 10}
REBATE = {"kind": "distributor_rebate", "base": 2.0, "reward": 5, "reward_on": "join"}
LIVELY = small("lively", strategies=[ADVERTS, SALE, ENVELOPE, REBATE, {"kind": "check_in"}])
LEVELLED = small(
    "levelled", strategies=[{"kind": "levels", "window": 5, "at": [{"spent": 30, "discount": 0.05}]}]
)
