"""Claims about live selling."""

from commsim.validation.claims.claim import Claim, Contrast
from commsim.validation.claims.contrasts import (
    Gain,
    Level,
    Minus,
    alike,
    at_least,
    more,
    positive,
)
from commsim.validation.claims.happenings import Within
from commsim.validation.claims.measures import Booked, Days

_FRIDAYS = "weekdays: [fri], hour: 20, open_hours: 2"
_AFTER = Days("orders", weekdays=(5, 6, 0))


def _stream(more: str) -> str:
    return f"strategies: [{{kind: live, {_FRIDAYS}, {more}}}]"


def _beyond(both: str) -> Contrast:
    """What a stream and a coupon bring together minus what each of them does alone, in orders."""
    orders = Days("orders")
    together = Minus(Gain(orders, both, "silence"), Gain(orders, "stream", "silence"))
    return Minus(together, Gain(orders, "coupon", "silence"))


LIVE_CLAIMS = (
    Claim(
        "61",
        "A stream that is told of the day before sells more than one that is not; a stream and a coupon "
        "together sell more than the sum of both. What a host adds (live.lift), what two reasons take off "
        "each other (live.both) and what comes back (live.returns) are put in.",
        "unmanaged-group",
        {
            "told of": _stream("notice: true"),
            "stream": _stream("notice: false"),
            "coupon": f"strategies: [{{kind: flash_sale, name: live, {_FRIDAYS}, price: 25, scarce: false}}]",
            "stream and coupon": _stream("notice: false, coupon: 5"),
            "nothing taken off": f"behaviour: {{live: {{both: 0}}}}\n{_stream('notice: false, coupon: 5')}",
            "silence": "",
        },
        (
            more("Watched, told of or not", Days("watched"), "told of", "stream"),
            more("Sold live, told of or not", Booked("live", ("sales",)), "told of", "stream"),
            positive("Orders by a stream", Gain(Days("orders"), "stream", "silence"), "orders"),
            positive("Orders by a coupon", Gain(Days("orders"), "coupon", "silence"), "orders"),
            positive("Both minus the sum of the two", _beyond("stream and coupon"), "orders"),
            positive("The same, nothing taken off", _beyond("nothing taken off"), "orders"),
            at_least("Orders in the first half hour of two hours", Level(Within("live", 30), "stream"), 0.45),
            alike("Orders on the three days after", _AFTER, "stream", "silence", within=0.02),
        ),
        full=True,
    ),
)
