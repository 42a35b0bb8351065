"""Claims about chains of offers, and about members who become partners."""

from dataclasses import dataclass

from commsim.validation.claims.claim import Claim, Run, Runs
from commsim.validation.claims.contrasts import (
    Gain,
    Minus,
    Ratio,
    alike,
    less,
    more,
    near,
    negative,
    positive,
)
from commsim.validation.claims.measures import Booked, Days, Outcome

_HOLDERS = (
    "days: 180\nstrategies:\n  distributor_rebate: {budget: null}\n"
    "  shareholder: {kind: shareholder, starts: 7, who: {orders: '>=1'}, seats: 100, profit_share: 0.1%s}\n"
)
_PUT_OUT = "behaviour: {shareholders: {buying: 0, friends: 1}}\n"
_PROFIT = Outcome("profit")
_OPEN = "days: 365\nstrategies: {course: {who: null}, dearer: {who: null}, owners: {who: null}}"
_CALENDAR = (
    "days: 365\nstrategies: [{kind: content, staff_minutes: 1.3}, {kind: flash_sale, product: lesson, "
    "discount: 0.15, starts: 5, warm_up: 2, weekdays: [sat], month_days: 1-7, staff_minutes: 5}]"
)

_GROUPS = "days: 180\ncommunity: {group_size: 100}\nstrategies: [%s]"
_AGENTS = "{kind: agents, starts: 3, who: {bought: true}}"
_RETAIL = (
    "{kind: group_rules}, {kind: content, staff_minutes: 3}, "
    "{kind: flash_sale, discount: 0.15, starts: 3, warm_up: 2, weekdays: [tue, thu]}"
)
_TWICE = _RETAIL.replace("staff_minutes: 3", "posts: 2, staff_minutes: 7")
"""As much money in half of the weeks."""
_PATHS = "agency", "retail"
_NO_CONFLICT = "\nbehaviour: {agents: {conflict: 1}}"
_NO_SELLING = "\nbehaviour: {agents: {selling: 0}}"
_HERE = 1, 3, 4, 7, 8, 10, 12, 15, 16, 19, 21, 23, 24
"""Weeks of agency, by the toss of a coin."""
_THERE = 2, 5, 6, 9, 11, 13, 14, 17, 18, 20, 22, 25, 26
"""The other weeks of the half year."""


@dataclass(frozen=True, slots=True)
class EarnedAnOrder:
    """Yuan of profit before staff for each order."""

    def __call__(self, run: Run) -> float:
        return Outcome("profit_before_staff")(run) / max(1.0, Days("orders")(run))


@dataclass(frozen=True, slots=True)
class OverTheBetter:
    """Profit of one plan over that of the better of two others, in the same world."""

    plan: str
    others: tuple[str, str]

    def __call__(self, runs: Runs) -> float:
        return _PROFIT(runs[self.plan]) - max(_PROFIT(runs[other]) for other in self.others)


@dataclass(frozen=True, slots=True)
class OfAll:
    """Yuan of profit of the shop, the supplier and the platform together."""

    def __call__(self, run: Run) -> float:
        return _PROFIT(run) - Booked("operator", ("parties",))(run)


_ALONE = "strategies: []\n"
_CHAINS = {
    "B2C": "parties: null\n",
    "S2B2C": "parties: {supplier: {of_usual: 65%, bears: [goods]}}\n",
    "B2B2C": "parties: {supplier: {of_paid: 80%, bears: [goods]}, "
    "platform: {of_paid: 10%, bears: [envelopes]}}\n",
}


@dataclass(frozen=True, slots=True)
class OverTheMean:
    """Profit of one plan over the mean of two others, in the same world."""

    plan: str
    others: tuple[str, str]

    def __call__(self, runs: Runs) -> float:
        return _PROFIT(runs[self.plan]) - sum(_PROFIT(runs[other]) for other in self.others) / 2


@dataclass(frozen=True, slots=True)
class Spent:
    """By what share one plan spends more on staff and material than another."""

    plan: str
    against: str

    def __call__(self, runs: Runs) -> float:
        one, other = (
            sum(Outcome(f"cost_{account}")(runs[name]) for account in ("staff", "content"))
            for name in (self.plan, self.against)
        )
        return one / other - 1.0


def _by_weeks(strategies: str, weeks: tuple[int, ...]) -> str:
    """The same strategies in some weeks only."""
    return strategies.replace("}", f", weeks: {list(weeks)}}}")


def _agency(weeks: tuple[int, ...]) -> str:
    """Agents in some weeks only."""
    return ", ".join(
        f"{{kind: agents, name: week {week}, starts: {7 * week - 7}, ends: {7 * week - 1}, "
        "who: {bought: true}}"
        for week in weeks
    )


def _over(plan: str) -> OverTheBetter:
    return OverTheBetter(plan, _PATHS)


PARTNERS = (
    Claim(
        "15",
        "Who pays whom differs between B2C, S2B2C and B2B2C: of the same trade, with the same work, the shop "
        "keeps ever less, and its work earns it less, too; the contracts are put in (parties).",
        "active-group",
        _CHAINS | {f"{name}, no work": text + _ALONE for name, text in _CHAINS.items()},
        (
            alike("Orders in S2B2C", Days("orders"), "S2B2C", "B2C", within=1e-9),
            alike("Profit of all in S2B2C", OfAll(), "S2B2C", "B2C", within=1e-9),
            alike("Profit of all in B2B2C", OfAll(), "B2B2C", "B2C", within=1e-9),
            less("Profit in S2B2C", _PROFIT, "S2B2C", "B2C"),
            less("Profit in B2B2C", _PROFIT, "B2B2C", "S2B2C"),
            *(
                negative(
                    f"What the work earns in {name}, over B2C",
                    Minus(
                        Gain(_PROFIT, name, f"{name}, no work"),
                        Gain(_PROFIT, "B2C", "B2C, no work"),
                    ),
                    "yuan",
                )
                for name in ("S2B2C", "B2B2C")
            ),
        ),
    ),
    Claim(
        "7",
        "Twenty agents with groups of their own replace the firm's work: less staff, less earned on an "
        "order, and more people reached, who order more; that active agents sell is put in (agents.selling), "
        "and nothing makes their groups livelier.",
        "unmanaged-group",
        {
            "agents": _GROUPS % _AGENTS,
            "own work": _GROUPS % _RETAIL,
            "agents who sell nothing": _GROUPS % _AGENTS + _NO_SELLING,
        },
        (
            less("Cost of staff", Outcome("cost_staff"), "agents", "own work"),
            less("Earned on an order before staff", EarnedAnOrder(), "agents", "own work"),
            more("Reached on a day", Outcome("active"), "agents", "own work"),
            more("Members at the end", Outcome("members"), "agents", "own work"),
            more("Orders", Days("orders"), "agents", "own work"),
            more("Orders, by what is put in", Days("orders"), "agents", "agents who sell nothing"),
            more("Orders, nothing put in", Days("orders"), "agents who sell nothing", "own work"),
        ),
    ),
    Claim(
        "8",
        "Retail or agency: a shop that goes here and there, both at once or one week so and the next so, "
        "loses to the better of the two for about the same money.  That agents resent it is put in "
        "(agents.conflict); what the margin takes from customers whom the shop has anyway is not.",
        "unmanaged-group",
        {
            "agency": _GROUPS % _AGENTS,
            "retail": _GROUPS % _RETAIL,
            "both at once": _GROUPS % f"{_AGENTS}, {_RETAIL}",
            "both, nobody minds": _GROUPS % f"{_AGENTS}, {_RETAIL}" + _NO_CONFLICT,
            "here and there": _GROUPS % f"{_agency(_HERE)}, {_by_weeks(_TWICE, _THERE)}",
        },
        (
            near("Money spent, here and there against retail", Spent("here and there", "retail"), 0.0, 0.15),
            negative("Profit of here and there over the better", _over("here and there"), "yuan"),
            negative("The same over the mean of both", OverTheMean("here and there", _PATHS), "yuan"),
            negative("Profit of both at once over the better", _over("both at once"), "yuan"),
            negative("The same where no agent minds", _over("both, nobody minds"), "yuan"),
            negative(
                "Profit of both at once, by their minding",
                Gain(_PROFIT, "both at once", "both, nobody minds"),
                "yuan",
            ),
        ),
    ),
    Claim(
        "54",
        "Members become shareholders and promoters: they bring more friends, and the margin shrinks; that "
        "they bring and buy more is put in (shareholders.friends, shareholders.buying).",
        "distributor-rebate",
        {
            "shareholders": _HOLDERS % "",
            "no shareholders": "days: 180\nstrategies: {distributor_rebate: {budget: null}}",
            "put out": _HOLDERS % "" + _PUT_OUT,
        },
        (
            more("Joined", Days("joined"), "shareholders", "no shareholders"),
            more("Orders", Days("orders"), "shareholders", "no shareholders"),
            less("Profit", _PROFIT, "shareholders", "no shareholders"),
            positive(
                "Joined, by what is put in",
                Minus(
                    Gain(Days("joined"), "shareholders", "no shareholders"),
                    Gain(Days("joined"), "put out", "no shareholders"),
                ),
                "persons",
            ),
        ),
    ),
    Claim(
        "91",
        "The chain from one yuan to shareholders, each offer for who took the one before, beats a plain "
        "calendar of content and sales for the same work, and the same offers to everybody.",
        "pipeline",
        {
            "chain": "days: 365",
            "calendar": _CALENDAR,
            "open to all": _OPEN,
            "nothing": "days: 365\nstrategies: []",
        },
        (
            alike(
                "Cost of staff, against the calendar", Outcome("cost_staff"), "chain", "calendar", within=0.1
            ),
            positive("Profit over the calendar", Gain(_PROFIT, "chain", "calendar"), "yuan"),
            positive("Profit over the same open to all", Gain(_PROFIT, "chain", "open to all"), "yuan"),
            positive("Profit over doing nothing", Ratio(_PROFIT, "chain", "nothing")),
        ),
    ),
)
