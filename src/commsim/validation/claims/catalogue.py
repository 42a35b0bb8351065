"""All claims, in the order of their numbers."""

import difflib
from collections.abc import Sequence

from commsim.core.errors import InputError
from commsim.validation.claims.activity import ACTIVITY
from commsim.validation.claims.aiming import AIMING
from commsim.validation.claims.care import CARE
from commsim.validation.claims.cash import CASH_CLAIMS
from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contacts import CONTACT_CLAIMS
from commsim.validation.claims.coupons import COUPON_CLAIMS, COUPON_READINGS
from commsim.validation.claims.decided import DECIDED
from commsim.validation.claims.doing import DOING
from commsim.validation.claims.draws import DRAWS
from commsim.validation.claims.goods import GOODS_CLAIMS
from commsim.validation.claims.growth import GROWTH
from commsim.validation.claims.leaders import LEADERS
from commsim.validation.claims.live import LIVE_CLAIMS
from commsim.validation.claims.membership import MEMBERSHIP
from commsim.validation.claims.missing import MISSING
from commsim.validation.claims.partners import PARTNERS
from commsim.validation.claims.people import PEOPLE
from commsim.validation.claims.planning import PLANNING, READINGS
from commsim.validation.claims.rhythm import RHYTHM
from commsim.validation.claims.rivals import RIVALS
from commsim.validation.claims.selling import SELLING
from commsim.validation.claims.service import SERVICE
from commsim.validation.claims.shills import SHILL_CLAIMS
from commsim.validation.claims.sources import SOURCE_CLAIMS
from commsim.validation.claims.stages import STAGES
from commsim.validation.claims.wants import WANTS_CLAIMS

CLAIMS: tuple[Claim, ...] = (
    *sorted(
        (
            *(
                *PEOPLE,
                *DECIDED,
                *ACTIVITY,
                *CARE,
                *AIMING,
                *SELLING,
                *GROWTH,
                *COUPON_CLAIMS,
                *DRAWS,
                *MEMBERSHIP,
                *PLANNING,
            ),
            *(*RIVALS, *SERVICE, *SHILL_CLAIMS, *LIVE_CLAIMS, *STAGES, *PARTNERS),
            *CONTACT_CLAIMS,
            *CASH_CLAIMS,
            *GOODS_CLAIMS,
            *DOING,
            *RHYTHM,
            *SOURCE_CLAIMS,
            *WANTS_CLAIMS,
        ),
        key=lambda claim: int(claim.id),
    ),
    *READINGS,
    *COUPON_READINGS,
    *LEADERS,
)


def find(ids: Sequence[str]) -> tuple[Claim, ...]:
    """The claims of these ids, such as ``49``, ``#49`` or ``R1``, in the order of `CLAIMS`; all if none.

    Raises `InputError` for an id that is none, or that the model does not express.
    """
    known = {claim.id: claim for claim in CLAIMS}
    wanted = [one.strip().removeprefix("#").upper() for one in ids]
    for one in wanted:
        if one not in known:
            raise _unknown(one, list(known))
    return tuple(claim for claim in CLAIMS if not wanted or claim.id in wanted)


def _unknown(one: str, known: list[str]) -> InputError:
    if one in MISSING:
        remedy = "`commsim claims --list` shows which it does"
        return InputError(
            f"the model does not express this claim: {MISSING[one].why}", where=one, remedy=remedy
        )
    close = difflib.get_close_matches(one, known, n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    return InputError("there is no such claim", where=one, remedy=f"{hint}`commsim claims --list` shows all")
