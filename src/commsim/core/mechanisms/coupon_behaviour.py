"""How members take coupons, beside the price that these give them."""

from typing import Any

from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import param


def _chance(
    default: float,
    about: str,
    plausible: tuple[float, float],
    source: str,
    grade: Any,
    neutral: float | None = None,
) -> Any:
    return param(
        default,
        about,
        unit="chance",
        low=0.0,
        high=1.0,
        plausible=plausible,
        source=source,
        grade=grade,
        neutral=neutral,
    )


class CouponBehaviour(Part):
    """Forgetting and remembering coupons, holding them, passing them on."""

    memory: float = param(
        3.0,
        "Days after which a coupon in hand still comes to mind on 37 of 100 days",
        unit="days",
        low=0.1,
        high=1000.0,
        plausible=(1.0, 10.0),
        source="most are redeemed soon after they are issued (Inman & McAlister 1994); length assumed",
        grade="D",
    )
    last_days: float = _chance(
        0.4,
        "Least chance that it comes to mind on each of its last two days",
        (0.2, 0.6),
        "a second peak of redemptions before coupons expire (Inman & McAlister 1994); height assumed",
        "D",
    )
    reminded: float = _chance(
        0.8, "The same for who is reminded", (0.5, 0.95), "assumed: most read such a message", "D"
    )
    exposure: float = param(
        0.0,
        "Log of a factor on the rate of buying while one is held; its sign is put in, not found",
        unit="log",
        low=-2.0,
        high=2.0,
        plausible=(-0.18, 0.1),
        source="being sent coupons sells more than redeeming them does (Venkatesan & Farris 2012); holders "
        "who don't redeem bought up to 16 % less (coupons at a marketplace); signs conflict, so 0",
        grade="A",
        neutral=0.0,
    )
    take: float = _chance(
        0.6, "Chance that who reads of a posted coupon takes it", (0.2, 1.0), "assumed", "D"
    )
    shareable: float = param(
        -0.05,
        "Log of a factor on the rate of buying of who holds one that can be passed on; its sign is put in",
        unit="log",
        low=-2.0,
        high=2.0,
        plausible=(-0.2, 0.0),
        source="a code to share makes own purchases fewer (Sun et al. 2021); size assumed",
        grade="D",
        neutral=0.0,
    )
    pass_on: float = _chance(
        0.06, "Chance that who gets one that can be passed on does so", (0.01, 0.2), "assumed", "D", 0.0
    )
    joins: float = _chance(
        0.15,
        "Chance that a friend outside joins for a coupon that is passed on to them",
        (0.05, 0.3),
        "assumed, as of who helps a friend to a lower price",
        "D",
    )
    shared: float = param(
        0.7,
        "Factor on how often a coupon from a friend comes to mind; below 1 is put in, not found",
        unit="factor",
        low=0.0,
        high=10.0,
        plausible=(0.3, 1.0),
        source="shared coupons are redeemed less than direct ones (Fang et al. 2022); size assumed",
        grade="D",
        neutral=1.0,
        pathway="friends",
    )
    together: float = param(
        1.2,
        "The same for one that friends have made together; above 1 is put in, not found",
        unit="factor",
        low=0.0,
        high=10.0,
        plausible=(1.0, 1.5),
        source="coupons earned together are redeemed more than direct ones (Fang et al. 2022); size assumed",
        grade="D",
        neutral=1.0,
        pathway="friends",
    )


SOURCES = (
    Source(
        "Fang et al. 2022",
        "randomised experiment",
        "Fang et al.: We Earned the Coupon Together: The Missing Link of Experience Cocreation in Shared "
        "Coupons. Journal of Marketing, doi 10.1177/00222429221126990. Abstract read",
    ),
    Source(
        "Inman & McAlister 1994",
        "observational data",
        "Inman, McAlister: Do coupon expiration dates affect consumer behavior? Journal of Marketing "
        "Research 31(3), 423-428. Abstract read",
    ),
    Source(
        "Sun et al. 2021",
        "randomised experiment",
        "Sun et al.: sharing of promotion codes in a field experiment. MIS Quarterly, doi "
        "10.25300/MISQ/2021/15352. Abstract read",
    ),
    Source(
        "Venkatesan & Farris 2012",
        "natural experiment",
        "Venkatesan, Farris: Measuring and managing returns from retailer-customized coupon campaigns. "
        "Journal of Marketing 76(1), 76-94, doi 10.1509/jm.10.0162. Abstract read",
    ),
    Source(
        "coupons at a marketplace",
        "randomised experiment",
        "Redemption, exposure, spillover: two field experiments with coupons on an online marketplace. SSRN "
        "3187330. Abstract read",
    ),
)
