"""Red envelopes: F15, F16, F17 and F18."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.core.units import WEEKDAYS
from commsim.scenario.schema import Scenario
from commsim.simulation.mechanisms.envelopes import RESENT_FEN
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.plans import MONTH, QUARTER, bare, of_kind
from commsim.validation.facts.ratio import ratio

BUDGET = 70
"""Yuan per group and week, whatever the number of envelopes."""
HOURS: dict[int, tuple[tuple[str, ...], list[int]]] = {
    1: (("wed",), [20]),
    3: (("mon", "wed", "fri"), [20]),
    7: (WEEKDAYS, [20]),
    21: (WEEKDAYS, [10, 15, 20]),
}
"""Envelopes a week: weekdays, and hours of the day."""
BEST = ("1", "3", "7")


def _presets(scenario: Scenario) -> dict[str, Scenario]:
    return {
        preset: bare(scenario, MONTH, {"kind": "red_envelope", "preset": preset})
        for preset in ("social", "commercial")
    }


PRESETS = Setup("envelopes", "an envelope of 10 yuan in 20 shares every evening, 30 days", _presets)


def _budgets(scenario: Scenario) -> dict[str, Scenario]:
    fortnightly = [_envelope(2 * BUDGET, name=f"day {day}", starts=day, ends=day) for day in range(2, 90, 14)]
    plans = {"0": bare(scenario, QUARTER), "0.5": bare(scenario, QUARTER, *fortnightly)}
    for number, (weekdays, hours) in HOURS.items():
        strategy = _envelope(round(BUDGET / number, 2), weekdays=weekdays, hours=hours)
        plans[str(number)] = bare(scenario, QUARTER, strategy)
    return plans


def _envelope(total: float, **settings: Any) -> dict[str, Any]:
    return {"kind": "red_envelope", "total": total, **settings}


BUDGETS = Setup(
    "envelope budgets", "70 yuan a week per group in one envelope a fortnight to 21 a week, 90 days", _budgets
)


SENT, EVENING, LATER = (4, 11, 18, 25), 20, 2
"""Days and hour of envelopes, and days after which talk is looked at again."""


def _hours(scenario: Scenario) -> dict[str, Scenario]:
    talking = of_kind(scenario, "interest")
    sent = [
        {"kind": "red_envelope", "name": f"day {day}", "starts": day, "ends": day, "hour": EVENING}
        for day in SENT
    ]
    return {"none": bare(talking, MONTH), "sent": bare(talking, MONTH, *sent)}


TALK = Setup(
    "talk by hour",
    "an envelope at 20 h in groups of an interest, on four days of a month, or none",
    _hours,
)


def _livelier(runs: Runs) -> tuple[float, float]:
    """Messages in the hour of an envelope over those of the same hour without, and two days later."""
    at = {name: _messages(run, 0) for name, run in runs.items()}
    after = {name: _messages(run, LATER) for name, run in runs.items()}
    return ratio(at["sent"], at["none"]), ratio(after["sent"], after["none"])


def _messages(run: Run, later: int) -> int:
    hours = run.records.hours
    counted = np.isin(hours["day"], [day + later for day in SENT]) & (hours["hour"] == EVENING)
    return int(hours["messages"][counted].sum())


def _catches(run: Run) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Of every share caught: number of the envelope, fen, and whether the catcher sends one on."""
    envelope, fen, again, before = [], [], [], 0
    for caught in run.world.catches:
        envelope.append(caught[:, 2] + before)
        fen.append(caught[:, 1])
        again.append(caught[:, 3] > 0)
        before += int(caught[:, 2].max(initial=-1)) + 1
    return np.concatenate(envelope), np.concatenate(fen), np.concatenate(again)


def _slope(run: Run) -> float:
    """Fen sent on per fen received, from the random split within each envelope."""
    envelope, fen, again = _catches(run)
    sizes = np.maximum(1, np.bincount(envelope))

    def within(values: NDArray[Any]) -> NDArray[np.float64]:
        return np.asarray(values - (np.bincount(envelope, values) / sizes)[envelope])

    received, sent = within(fen), within(RESENT_FEN * again)
    return ratio(np.vdot(received, sent), np.vdot(received, received))


def _luckiest(runs: Runs) -> tuple[float]:
    """Chance to send one on for the largest share of an envelope, over that of all other shares."""
    envelope, fen, again = _catches(runs["social"])
    largest = np.zeros(int(envelope.max(initial=-1)) + 1, np.int64)
    np.maximum.at(largest, envelope, fen)
    lucky = fen == largest[envelope]
    return (ratio(ratio(again[lucky].sum(), lucky.sum()), ratio(again[~lucky].sum(), (~lucky).sum())),)


def _per_yuan(runs: Runs) -> tuple[float, float]:
    """Looks gained per yuan at the rarest and at the most frequent envelopes, over those at the best."""
    looks = {name: int(run.records.daily["looked"].sum()) for name, run in runs.items()}
    gain = {name: ratio(looks[name] - looks["0"], _spent(run)) for name, run in runs.items()}
    best = max(gain[name] for name in BEST)
    return ratio(gain["0.5"], best), ratio(gain["21"], best)


def _spent(run: Run) -> int:
    """Fen put into envelopes and caught."""
    ledger = run.records.ledger
    return -int(ledger["fen"][ledger["account"] == run.records.accounts.index("envelopes")].sum())


FACTS = (
    Fact(
        "F15",
        "Who receives more sends more on",
        PRESETS,
        (
            Statistic("yuan sent on per yuan received, social", 0.13, 0.23),
            Statistic("the same, commercial", 0.01, 0.10),
        ),
        lambda runs: (_slope(runs["social"]), _slope(runs["commercial"])),
        "gate",
        "Yuan et al. 2024 (36 M envelopes)",
        "A",
        tuned=True,
    ),
    Fact(
        "F16",
        "The luckiest sends one on more often",
        PRESETS,
        (Statistic("chance to send one on, luckiest over others", 1.2, 2.0),),
        _luckiest,
        "warn",
        "Yuan et al. 2024",
        "A",
    ),
    Fact(
        "F17",
        "An envelope livens the hour and no more",
        TALK,
        (
            Statistic("messages in its hour over the hour without", 2.0, 8.0),
            Statistic("the same two days later", high=1.15),
        ),
        _livelier,
        "warn",
        "Yuan et al. 2017 (sign)",
        "C",
    ),
    Fact(
        "F18",
        "Envelopes pay best at one to seven a week",
        BUDGETS,
        (
            Statistic("looks per yuan, one a fortnight over the best", high=1.0),
            Statistic("looks per yuan, 21 a week over the best", high=1.0),
        ),
        _per_yuan,
        "warn",
        "operators' figures (shape)",
        "D",
    ),
)
