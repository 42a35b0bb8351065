"""Claims about where members come from: channels, the steps to a group, accounts."""

from dataclasses import dataclass

from commsim.analysis.channels import channels_counted, with_shares
from commsim.validation.claims.claim import Claim, Run
from commsim.validation.claims.contrasts import (
    Gain,
    Level,
    Minus,
    Ratio,
    alike,
    at_most,
    less,
    more,
    near,
    positive,
)
from commsim.validation.claims.happenings import EarlyLeavers
from commsim.validation.claims.measures import Days, Outcome


@dataclass(frozen=True, slots=True)
class Of:
    """A number of newcomers by some channels, as in the table of channels: their sum over these."""

    column: str
    channels: tuple[str, ...]

    def __call__(self, run: Run) -> float:
        frame = channels_counted(run.records)
        if frame is None:
            return 0.0
        frame = with_shares(frame)
        known = [name for name in self.channels if name in frame.index]
        return float(frame.loc[known, self.column].sum())


@dataclass(frozen=True, slots=True)
class OfFans:
    """Per fan of the plan's pools: who joined; or yuan paid a year and member, or fan."""

    what: str

    def __call__(self, run: Run) -> float:
        frame = channels_counted(run.records)
        fans = sum(channel.fans or 0 for channel in run.scenario.sources)
        if frame is None or not fans:
            return 0.0
        row = frame.sum()
        screened, paid = float(row["joined"]) / fans, float(row["paid"]) / float(row["years"])
        return {"joined": screened, "paid": paid, "paid by fans": screened * paid}[self.what]


@dataclass(frozen=True, slots=True)
class FriendsAtEnd:
    """Friends of the shop's accounts on the last day."""

    def __call__(self, run: Run) -> float:
        return float(run.records.daily["friends"][-1])


_TILL = "{kind: store, per_day: 30}"
_STREET = "{kind: outdoor, per_day: 200, per_join: 8}"
_PLATFORMS = "".join(f"{{name: {one}, kind: official, per_day: 400}}, " for one in ("wechat", "weibo", "qq"))
_THREE = "wechat", "weibo", "qq"
_PLACES = "store", "outdoor"
_AS_MANY = "sources: [{kind: %s, per_day: 60}]"
_ALL_ALIKE = (
    "\nbehaviour: {sources: {store_value: 1, store_trust: 0, store_leave: 1, store_muted: 0, "
    "outdoor_value: 1, outdoor_trust: 0, outdoor_leave: 1, outdoor_muted: 0}}"
)
_FIRST_WEEK, _FORTNIGHT = EarlyLeavers(7), EarlyLeavers(14)
_CROWD = "days: 60\nsources: [{kind: store, per_day: 700}]\naccounts: {cap: 500, number: %d}"
_BATCH = "days: 120\nsources: [{kind: batch, per_day: %d}]\naccounts: {number: 2, safe: 40}"
_FUNNEL = "sources: [{kind: parcel, per_day: 300}]\n"
_DESK = "strategies: [{kind: service, questions: [], hours: 0.5, welcome: 1}]"

SOURCE_CLAIMS = (
    Claim(
        "6",
        "1.8 million fans screened to 10,000 members who spend 20 million yuan a year. (An anecdote, put in: "
        "steps and price were set so that it comes out; tested is that a plan can say it, at full size.)",
        "fans-to-members",
        {"the tale": ""},
        (
            near("Joined of all fans", Level(OfFans("joined"), "the tale"), 0.00556, 0.00055),
            near("Paid by a member a year", Level(OfFans("paid"), "the tale"), 2000.0, 200.0, "yuan"),
            near("Paid by a fan a year", Level(OfFans("paid by fans"), "the tale"), 11.0, 1.5, "yuan"),
        ),
        full=True,
    ),
    Claim(
        "10",
        "Three platforms bring four fifths of the traffic. (How many each reaches is put in. So it is of "
        "members where all have the same steps, and not where the store's let more through.)",
        "unmanaged-group",
        {
            "same steps": f"sources: [{_PLATFORMS}{{name: store, kind: official, per_day: 300}}]",
            "a store": f"sources: [{_PLATFORMS}{{kind: store, per_day: 300}}]",
        },
        (
            near("Share of the three, same steps", Level(Of("share", _THREE), "same steps"), 0.8, 0.05),
            at_most("Share of the three beside a store", Level(Of("share", _THREE), "a store"), 0.8),
        ),
        full=True,
    ),
    Claim(
        "17",
        "Of as many who pass by, those in the store who join are fewer and better. (That all of them are "
        "customers and none of the street's, and that they buy more, trust more and leave less, is put in by "
        "sources.store_value, store_trust and store_leave.)",
        "unmanaged-group",
        {
            "store": _AS_MANY % "store",
            "street": _AS_MANY % "outdoor",
            "store, put out": _AS_MANY % "store" + _ALL_ALIKE,
            "street, put out": _AS_MANY % "outdoor" + _ALL_ALIKE,
        },
        (
            less("Newcomers", Days("sourced"), "store", "street"),
            positive(
                "Have ordered, of who joined",
                Gain(Of("buyers", _PLACES), "store", "street"),
            ),
            positive(
                "Earned from each",
                Gain(Of("earned", _PLACES), "store", "street"),
                "yuan",
            ),
            less("Gone in two weeks", _FORTNIGHT, "store", "street"),
            positive(
                "Earned from each, by more than being customers",
                Minus(
                    Gain(Of("earned", _PLACES), "store", "street"),
                    Gain(Of("earned", _PLACES), "store, put out", "street, put out"),
                ),
                "yuan",
            ),
        ),
        full=True,
    ),
    Claim(
        "18",
        "Who joins in the street is many, of whom time screens out more; each is worth less than the "
        "store's. (Put in by sources.outdoor_value and outdoor_leave, and by none of them being a customer.)",
        "unmanaged-group",
        {
            "street": f"days: 180\nsources: [{_STREET}]",
            "store": f"days: 180\nsources: [{_TILL}]",
            "street, put out": f"days: 180\nsources: [{_STREET}]{_ALL_ALIKE}",
            "store, put out": f"days: 180\nsources: [{_TILL}]{_ALL_ALIKE}",
        },
        (
            more("Newcomers", Days("sourced"), "street", "store"),
            less("Still there at the end", Of("stayed", _PLACES), "street", "store"),
            less("Earned from each", Of("earned", _PLACES), "street", "store"),
            positive(
                "Still there at the end, store minus street, by what is put in",
                Minus(
                    Gain(Of("stayed", _PLACES), "store", "street"),
                    Gain(Of("stayed", _PLACES), "store, put out", "street, put out"),
                ),
            ),
            positive("Profit against the store", Gain(Outcome("profit"), "street", "store"), "yuan"),
        ),
        full=True,
    ),
    Claim(
        "20",
        "Several accounts lock customers in: what is reached is full at accounts x cap.",
        "unmanaged-group",
        {str(number): _CROWD % number for number in (1, 2, 40, 80)},
        (
            near("Friends of one account", Level(FriendsAtEnd(), "1"), 500.0, 0.5, "persons"),
            near("Friends of two", Level(FriendsAtEnd(), "2"), 1000.0, 0.5, "persons"),
            more("Friends of forty", FriendsAtEnd(), "40", "2"),
            alike("Friends of eighty", FriendsAtEnd(), "80", "40", within=0.001),
        ),
    ),
    Claim(
        "21",
        "Adding people in bulk gets accounts blocked: above a rate fewer can be reached. (The rate of being "
        "blocked is put in by sources.block.)",
        "unmanaged-group",
        {
            "35 a day": _BATCH % 35,
            "70 a day": _BATCH % 70,
            "200 a day": _BATCH % 200,
            "200 a day, never blocked": _BATCH % 200 + "\nbehaviour: {sources: {block: 0}}",
        },
        (
            more("Friends at the end, 70 a day against 35", FriendsAtEnd(), "70 a day", "35 a day"),
            more(
                "The same, 200 never blocked",
                FriendsAtEnd(),
                "200 a day, never blocked",
                "70 a day",
            ),
            more("Added in four days", Days("added", last=3), "200 a day", "70 a day"),
            less("Friends at the end", FriendsAtEnd(), "200 a day", "70 a day"),
            less("Newcomers in 120 days", Days("sourced"), "200 a day", "70 a day"),
        ),
    ),
    Claim(
        "22",
        "Each step to the group loses people; without a welcome fewer join, and fewer stay to day 7. (Both "
        "are put in, by sources.welcomed and service.welcomed.)",
        "unmanaged-group",
        {
            "welcome": _FUNNEL + _DESK,
            "none": _FUNNEL,
            "put out": _FUNNEL + _DESK + "\nbehaviour: {sources: {welcomed: 1}, service: {welcomed: 1}}",
        },
        (
            at_most("Scanned, of those reached", Level(Days("scanned", per="reached"), "none"), 0.5),
            at_most("Joined, of those added", Level(Days("sourced", per="added"), "none"), 0.9),
            less("Newcomers", Days("sourced"), "none", "welcome"),
            positive("Gone in a week", Gain(_FIRST_WEEK, "none", "welcome")),
            near(
                "Newcomers, put out against none",
                Ratio(Days("sourced"), "put out", "none"),
                0.0,
                0.01,
            ),
            near("Gone in a week, put out minus none", Gain(_FIRST_WEEK, "put out", "none"), 0.0, 0.01),
        ),
        full=True,
    ),
)
