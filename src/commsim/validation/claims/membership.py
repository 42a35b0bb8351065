"""Claims about rights that bind members: levels, paid memberships, and dearer versions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commsim.analysis.paid_ahead import renewal_rate
from commsim.analysis.upgrades import upgrade_funnel, upgrades_counted
from commsim.records.tables import LEAVE, ORDER
from commsim.validation.claims.claim import Claim, Run
from commsim.validation.claims.contrasts import (
    Change,
    Gain,
    Level,
    Minus,
    Ratio,
    at_least,
    less,
    more,
    positive,
)
from commsim.validation.claims.measures import Days, Outcome

START, LATER = 60, 180
"""Day on which a ladder begins whose levels are known before from what was spent, and days of the run."""
STEPS = 15_000, 45_000
"""Fen within the days before from which each level of the shipped ladder is held."""


@dataclass(frozen=True, slots=True)
class OfLevel:
    """Orders, or persons who left, from `START` on, of those whose spending before gives them a level.

    What was spent before is the same in a twin run without levels: nobody is chosen by what levels did.
    """

    level: int
    kind: int

    def __call__(self, run: Run) -> float:
        events = run.records.events
        happened = events["day"] >= START
        persons = events["person"][happened & (events["kind"] == self.kind)]
        return float(np.isin(persons, self._holders(run)).sum())

    def _holders(self, run: Run) -> NDArray[np.intp]:
        events = run.records.events
        before = (events["day"] < START) & (events["kind"] == ORDER)
        spent = np.bincount(events["person"][before], weights=events["fen"][before])
        return np.flatnonzero(np.searchsorted(STEPS, spent, side="right") == self.level)


@dataclass(frozen=True, slots=True)
class Renewals:
    """Share of the terms that came to an end and were renewed."""

    def __call__(self, run: Run) -> float:
        return renewal_rate(run.records)


@dataclass(frozen=True, slots=True)
class Multiple:
    """How many times as often earlier payers buy a dearer version as others, of those who consider it."""

    def __call__(self, run: Run) -> float:
        counted = upgrades_counted(run.records)
        if counted is None:
            raise ValueError("the plan has no upgrade")
        funnel = upgrade_funnel(counted)
        payers, others = (float(funnel[f"{of}_share"].to_numpy()[-1]) for of in ("payers", "others"))
        return payers / max(others, 1e-9)


@dataclass(frozen=True, slots=True)
class FeesOfIncome:
    """Fees earned as a share of these and revenue."""

    def __call__(self, run: Run) -> float:
        fees, revenue = Outcome("fees")(run), Outcome("revenue")(run)
        return fees / (fees + revenue)


_LADDER = f"days: {LATER}\nstrategies:\n  levels: {{starts: {START}, window: {START}, staff_minutes: 0}}"
_FIRST, _LAST = Days("revenue", 0, 89), Days("revenue", 275)
_HALF_YEAR = "days: 180\nstrategies:\n  membership: {term: 60}\n"
_PAID_GROUPS = _HALF_YEAR + (
    "  split: {kind: split, by: lot, who: {paid_until: '>=30'}, max: 29, starts: 30}\n"
    "  content: {kind: content, who: {paid_until: '>=30'}, starts: 31}"
)
_UPGRADE = "strategies: {upgrade: {payers_first: 0}}"

MEMBERSHIP = (
    Claim(
        "27",
        "Levels with rights bind members, the more the higher; that a level by itself adds to buying is put "
        "in (levels.status).",
        "levels",
        {"levels": _LADDER, "twin": f"days: {LATER}\nstrategies: []"},
        (
            more("Orders of who has the first level", OfLevel(1, ORDER), "levels", "twin"),
            more("Orders of who has the second level", OfLevel(2, ORDER), "levels", "twin"),
            positive(
                "Lift of the second level minus that of the first",
                Minus(Ratio(OfLevel(2, ORDER), "levels", "twin"), Ratio(OfLevel(1, ORDER), "levels", "twin")),
            ),
            less("Of the first level, left", OfLevel(1, LEAVE), "levels", "twin"),
        ),
        full=True,
    ),
    Claim(
        "53",
        "From products to memberships: revenue becomes recurrent; that having paid adds to buying is put in "
        "(membership.belonging).",
        "membership",
        {"membership": "days: 365", "twin": "days: 365\nstrategies: []"},
        (
            at_least("Terms renewed", Level(Renewals(), "membership"), 0.5),
            positive(
                "Fall of revenue over the year, membership minus twin",
                Minus(Change(_LAST, _FIRST, "membership"), Change(_LAST, _FIRST, "twin")),
            ),
            at_least("Fees, of all income", Level(FeesOfIncome(), "membership"), 0.1),
        ),
    ),
    Claim(
        "78",
        "Who paid before buys the dearer version at a multiple of others; a factor of three on their odds is "
        "put in (upgrade.payers).",
        "upgrade",
        {"as shipped": _UPGRADE, "factor put out": _UPGRADE + "\nbehaviour: {upgrade: {payers: 1}}"},
        (
            at_least("Times as often as others", Level(Multiple(), "as shipped"), 2.0),
            at_least("The same, without the factor", Level(Multiple(), "factor put out"), 2.0),
            more(
                "Upgrades of earlier payers by the factor",
                Days("upgraded_payers"),
                "as shipped",
                "factor put out",
            ),
        ),
    ),
    Claim(
        "86",
        "Another kind of group, another path: who pays moves to a group of their own with content of its "
        "own, renews more often, and that pays.",
        "membership",
        {
            "paid groups": _PAID_GROUPS,
            "content for all": _HALF_YEAR + "  content: {kind: content, starts: 31}",
            "one path": _HALF_YEAR,
        },
        (
            more("Terms renewed, over one path", Renewals(), "paid groups", "one path"),
            more("Terms renewed, over content for all", Renewals(), "paid groups", "content for all"),
            positive("Profit over one path", Gain(Outcome("profit"), "paid groups", "one path"), "yuan"),
        ),
    ),
)
