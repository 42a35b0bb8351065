"""Claims about chains of offers, and about members who become partners."""

from dataclasses import dataclass

from commsim.validation.claims.claim import Claim, Run, Runs
from commsim.validation.claims.contrasts import Gain, Minus, Ratio, alike, less, more, negative, positive
from commsim.validation.claims.measures import Booked, Days, Outcome

_HOLDERS = (
    "days: 180\nstrategies:\n  distributor_rebate: {budget: null}\n"
    "  shareholder: {kind: shareholder, starts: 7, who: {orders: '>=1'}, seats: 100, profit_share: 0.1%s}\n"
)
_PUT_OUT = "behaviour: {shareholders: {buying: 0, friends: 1}}\n"
_PROFIT = Outcome("profit")
_OPEN = "days: 365\nstrategies: {course: {who: null}, dearer: {who: null}, owners: {who: null}}"
_CALENDAR = (
    "days: 365\nstrategies: [{kind: flash_sale, product: lesson, discount: 0.15, starts: 5, warm_up: 2, "
    "weekdays: [sat], month_days: 1-7, staff_minutes: 5}]"
)

_GROUPS = "days: 180\ncommunity: {group_size: 100}\nstrategies: [%s]"
_AGENTS = "{kind: agents, starts: 3, who: {bought: true}}"
_RETAIL = (
    "{kind: group_rules}, {kind: content, staff_minutes: 3}, "
    "{kind: flash_sale, discount: 0.15, starts: 3, warm_up: 2, weekdays: [tue, thu]}"
)


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
        "order, more orders; that active agents sell is put in (agents.selling).",
        "unmanaged-group",
        {"agents": _GROUPS % _AGENTS, "own work": _GROUPS % _RETAIL},
        (
            less("Cost of staff", Outcome("cost_staff"), "agents", "own work"),
            less("Earned on an order before staff", EarnedAnOrder(), "agents", "own work"),
            more("Orders", Days("orders"), "agents", "own work"),
        ),
    ),
    Claim(
        "8",
        "Retail or agency: a shop that sells to its agents' customers itself loses to the better of the two; "
        "that agents resent it is put in (agents.conflict).",
        "unmanaged-group",
        {
            "agency": _GROUPS % _AGENTS,
            "retail": _GROUPS % _RETAIL,
            "both at once": _GROUPS % f"{_AGENTS}, {_RETAIL}",
        },
        (
            negative(
                "Profit of both over the better path",
                OverTheBetter("both at once", ("agency", "retail")),
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
        "calendar of sales for the same work, and the same offers to everybody.",
        "pipeline",
        {
            "chain": "days: 365",
            "calendar": _CALENDAR,
            "open to all": _OPEN,
            "nothing": "days: 365\nstrategies: []",
        },
        (
            positive("Profit over the calendar", Gain(_PROFIT, "chain", "calendar"), "yuan"),
            positive("Profit over the same open to all", Gain(_PROFIT, "chain", "open to all"), "yuan"),
            positive("Profit over doing nothing", Ratio(_PROFIT, "chain", "nothing")),
        ),
    ),
)
