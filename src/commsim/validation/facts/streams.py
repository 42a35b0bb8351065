"""What a stream sells on its day, after it, and in its first half hour: F60 to F62."""

import numpy as np

from commsim.records.tables import ORDER
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.plans import changed, fewer
from commsim.validation.facts.ratio import ratio
from commsim.validation.facts.rush import HALF_HOUR

DAYS, FRIDAY = 60, 4
"""Days of the run, and the weekday of the streams, counted from that of the first day."""


def _streams(scenario: Scenario) -> dict[str, Scenario]:
    base = fewer(scenario)
    kept = base.model_dump(mode="json")["strategies"]
    first = (FRIDAY - base.start.weekday()) % 7
    stream = {"kind": "live", "name": "the stream", "weekdays": ["fri"], "starts": first, "open_hours": 2}
    return {
        "none": changed(base, {"days": DAYS}),
        "stream": changed(base, {"days": DAYS, "strategies": [*kept, stream]}),
    }


STREAMS = Setup(
    "streams",
    f"the plan itself, and with a stream of two hours at the usual price every Friday, {DAYS} days",
    _streams,
    events=True,
)


def _orders(run: Run, on_fridays: bool) -> int:
    start = run.world.scenario.start.weekday()
    fridays = (np.arange(run.days) + start) % 7 == FRIDAY
    return int(run.records.daily["orders"][fridays == on_fridays].sum())


def _that_day(runs: Runs) -> tuple[float]:
    return (ratio(_orders(runs["stream"], True), _orders(runs["none"], True)),)


def _other_days(runs: Runs) -> tuple[float]:
    return (ratio(_orders(runs["stream"], False), _orders(runs["none"], False)),)


def _rush(runs: Runs) -> tuple[float, float]:
    """Share of orders in the first half hour of a stream; and the busiest later one over it."""
    run = runs["stream"]
    events = run.records.events
    sold = (events["kind"] == ORDER) & (events["cause"] == run.records.causes.index("the stream"))
    first, *later = np.bincount(events["minute"][sold] // HALF_HOUR, minlength=2).tolist()
    return ratio(first, np.count_nonzero(sold)), ratio(max(later), first)


FACTS = (
    Fact(
        "F60",
        "A stream adds a fifth to what is sold on its day",
        STREAMS,
        (Statistic("orders on a stream's day over without it", 1.11, 1.46),),
        _that_day,
        "warn",
        "two studies of brands: +22.9 % a video, +21.8 % by adopting; half to double of that",
        "B",
        tuned=True,
    ),
    Fact(
        "F61",
        "A stream sells nothing on the days after",
        STREAMS,
        (Statistic("orders on other days over without streams", 0.97, 1.03),),
        _other_days,
        "warn",
        "Deng 2025 (a natural experiment); give or take three per cent",
        "A",
    ),
    Fact(
        "F62",
        "Half of a stream's orders come in its first half hour",
        STREAMS,
        (
            Statistic("orders in the first half hour of two", 0.45, 0.85, share=True),
            Statistic("the busiest later half hour over it", high=1.0),
        ),
        _rush,
        "warn",
        "vendor figures, as for F22",
        "C",
        tuned=True,
    ),
)
