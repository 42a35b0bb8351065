"""What must fit together across a scenario's sections; single settings are checked by the schema."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from commsim.core.units import to_yuan
from commsim.scenario import (
    accounts,
    audiences,
    cash,
    channels,
    goods,
    limits,
    parties,
    rivals,
    seasons,
    several_groups,
    unlawful,
)
from commsim.scenario.errors import Finding, SettingPath
from commsim.strategies.base import Strategy
from commsim.strategies.calendar import by_name, formal_days, overlap
from commsim.strategies.live import Live
from commsim.strategies.lottery import Lottery
from commsim.strategies.registry import BUILT_IN

if TYPE_CHECKING:
    from commsim.scenario.community import Community
    from commsim.scenario.schema import Scenario

MAX_PERSONS = 20_000_000
MAX_TIES = 200_000_000
"""Of a generated graph; takes some 5 GB while it is made."""
FIRST_START, LAST_START = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
MOST_CUSTOMER_KINDS = 127
RESERVED = ("operator", "shelf", "total", "*")
"""What tables of the ledger call other causes than a strategy: the operator, the shelf, all together."""


def refuse_misfits(scenario: "Scenario") -> None:
    """Raise a ValidationError that lists all misfits, if there are any."""
    found = [_details(misfit) for misfit in misfits(scenario)]
    if found:
        raise ValidationError.from_exception_data("Scenario", found)


def _details(misfit: Finding) -> InitErrorDetails:
    context = {"what": misfit.what, "remedy": misfit.remedy}
    error = PydanticCustomError("inconsistent", "{what}; {remedy}", context)
    return InitErrorDetails(type=error, loc=misfit.path, input=None)


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """Everything that contradicts something else in a scenario."""
    if not FIRST_START <= scenario.start <= LAST_START:
        yield Finding(("start",), f"{scenario.start} is no day of our time", "write the year in four digits")
    yield from _community(scenario)
    yield from _repeated("products", enumerate(product.name for product in scenario.products))
    yield from _repeated("rivals", enumerate(rival.name for rival in scenario.rivals))
    yield from _repeated("sources", enumerate(channel.name for channel in scenario.sources))
    yield from _clashes(scenario)
    for kind in _ONE_A_DAY:
        yield from _one_a_day(scenario, kind)
    yield from _products(scenario)
    yield from rivals.misfits(scenario)
    yield from seasons.misfits(scenario)
    yield from several_groups.misfits(scenario)
    yield from unlawful.misfits(scenario)
    yield from cash.misfits(scenario)
    yield from parties.misfits(scenario)
    yield from channels.misfits(scenario)
    yield from goods.misfits(scenario)
    yield from accounts.misfits(scenario)
    yield from limits.misfits(scenario)
    for i, strategy in enumerate(scenario.strategies):
        for misfit in _strategy(strategy, scenario):
            yield misfit._replace(path=("strategies", i, *misfit.path))


def _community(scenario: "Scenario") -> Iterator[Finding]:
    people = scenario.community
    if people.groups is None and people.group_size > people.cap:
        yield Finding(
            ("community", "group_size"), f"is over the cap of {people.cap}", "lower it or raise community.cap"
        )
    yield from _groups(people)
    yield from _own_groups(scenario)
    yield from _sizes(people)
    yield from _repeated("community", enumerate(s.name for s in people.segments), "segments")
    if not any(segment.share > 0 for segment in people.segments):
        yield Finding(("community", "segments"), "no segment has a share above 0", "give one a share")
    if (people.graph.kind == "file") != (people.graph.file is not None):
        yield Finding(
            ("community", "graph"), "kind file and the file belong together", "give both or neither"
        )


def _groups(people: "Community") -> Iterator[Finding]:
    """Groups of sizes of their own."""
    if people.groups is None:
        return
    path: SettingPath = ("community", "groups")
    others = [*people.data, *["by_segment"] * people.by_segment]
    if others:
        what = f"{others[0]} says who is in which group"
        yield Finding(path, what, f"take out groups or {others[0]}")
    if not people.groups:
        yield Finding(path, "is empty", "name at least one group, or leave it out")
    for i, group in enumerate(people.groups):
        if group.members > people.cap:
            yield Finding(
                (*path, i),
                f"has {group.members} members, over the cap of {people.cap}",
                "split it or raise community.cap",
            )
    named = ((i, group.name) for i, group in enumerate(people.groups) if group.name)
    yield from _repeated("community", named, "groups")


def _own_groups(scenario: "Scenario") -> Iterator[Finding]:
    """What groups have of their own: tastes for products that there are, mixes of segments that there are."""
    people, products = scenario.community, [product.name for product in scenario.products]
    segments = [segment.name for segment in people.segments]
    kinds = len({group.taste for group in people.groups or ()} | {()}) * len(segments)
    for i, group in enumerate(people.groups or ()):
        for name, thing, wanted, known in (
            ("taste", "product", [one.product for one in group.taste], products),
            ("segments", "segment", [one.segment for one in group.segments], segments),
        ):
            path: SettingPath = ("community", "groups", i, name)
            for k, one in enumerate(wanted):
                if one not in known:
                    yield _unknown((*path, k), thing, one, known)
            yield from _repeated("community", enumerate(wanted), "groups", i, name)
        if group.segments and not any(one.share > 0.0 for one in group.segments):
            path = ("community", "groups", i, "segments")
            yield Finding(path, "no segment has a share above 0", "give one a share")
    if kinds > MOST_CUSTOMER_KINDS:
        what = f"with {len(segments)} segments there would be {kinds} kinds of customers"
        remedy = f"at most {MOST_CUSTOMER_KINDS}: give groups that are alike the same taste"
        yield Finding(("community", "groups"), what, remedy)


def _sizes(people: "Community") -> Iterator[Finding]:
    """Refuse what would not fit into memory, before any is taken."""
    persons = people.members * (1 + people.outside_per_member)
    inside, outside = people.graph.degree / 2, people.graph.outside_degree * people.outside_per_member
    ties = people.members * (inside + outside) if people.graph.kind not in ("none", "file") else 0
    if persons > MAX_PERSONS:
        yield Finding(
            ("community", "members"),
            f"with friends outside there would be {persons:,.0f} persons, more than {MAX_PERSONS:,}",
            "lower members or outside_per_member",
        )
    elif ties > MAX_TIES:
        yield Finding(
            ("community", "graph"),
            f"there would be {ties:,.0f} ties between friends, more than {MAX_TIES:,}",
            "lower a degree or members",
        )


def _products(scenario: "Scenario") -> Iterator[Finding]:
    if not scenario.products:
        yield Finding(("products",), "is empty", "name at least one product")
    known = [segment.name for segment in scenario.community.segments]
    for i, product in enumerate(scenario.products):
        for k, name in enumerate(product.segments):
            if name not in known:
                yield _unknown(("products", i, "segments", k), "segment", name, known)


def _strategy(strategy: Strategy, scenario: "Scenario") -> Iterator[Finding]:
    products = [product.name for product in scenario.products]
    product = getattr(strategy, "product", "")
    if product and product not in products:
        yield _unknown(("product",), "product", product, products)
    named = getattr(strategy, "products", ())
    for k, name in enumerate(
        named if isinstance(named, tuple) else ()
    ):  # another's setting may have the name
        if name not in products:
            yield _unknown(("products", k), "product", str(name), products)
    yield from _versions(strategy, scenario)
    if strategy.name in RESERVED:
        yield Finding(("name",), f"{strategy.name!r} has a meaning of its own in the ledger", "rename it")
    yield from audiences.misfits(strategy, scenario)
    yield from _announced(strategy, scenario)
    yield from _given_away(strategy, scenario)
    yield from _coupon_of_stream(strategy, scenario)
    yield from _dates(strategy, scenario.days)


def _given_away(strategy: Strategy, scenario: "Scenario") -> Iterator[Finding]:
    """What is bargained down is a gift: to the cost of it at most."""
    if strategy.kind == "bargain" and scenario.products:
        named = [one for one in scenario.products if one.name == getattr(strategy, "product", "")]
        product, to = (*named, scenario.products[0])[0], getattr(strategy, "to", 0)
        if to > product.unit_cost:
            what = (
                f"{to_yuan(to)} yuan is above the cost of {product.name}, {to_yuan(product.unit_cost)} yuan"
            )
            yield Finding(("to",), what, "lower it; for a lower price to all, use a flash_sale")


def _coupon_of_stream(strategy: Strategy, scenario: "Scenario") -> Iterator[Finding]:
    """A coupon of a stream comes off the price there, and something is left to pay."""
    if not isinstance(strategy, Live) or not strategy.coupon or not scenario.products:
        return
    named = [one for one in scenario.products if one.name == strategy.product]
    price = (*named, scenario.products[0])[0].price if strategy.price is None else strategy.price
    if strategy.coupon >= price:
        what = f"takes {to_yuan(strategy.coupon)} yuan off a price of {to_yuan(price)} yuan in the stream"
        remedy = f"write less than {to_yuan(price)}, or sell a dearer product"
        yield Finding(("coupon",), what, remedy)


def _announced(strategy: Strategy, scenario: "Scenario") -> Iterator[Finding]:
    """What an advert announces: sales of a strategy of this plan."""
    name = getattr(strategy, "announces", "")
    if not name or not isinstance(name, str):  # another's setting may have the name
        return
    named = [other for other in scenario.strategies if other.name == name]
    sellers = sorted({other.name for other in scenario.strategies if other.holds_sales})
    remedy = (
        f"name one of: {', '.join(sellers)}"
        if sellers
        else "add a flash_sale or group_buying, or leave it out"
    )
    if not named:
        yield Finding(("announces",), f"there is no strategy {name!r}", remedy)
    elif not named[0].holds_sales:
        what = f"{name!r} is of kind {named[0].kind}, which holds no sales"
        cls = type(named[0])
        own = f"{cls.__module__}:{cls.__name__}" not in BUILT_IN
        declare = f"say holds_sales = True in {cls.__name__} if it does, or " if own else ""
        yield Finding(("announces",), what, declare + remedy)


def _dates(strategy: Strategy, days: int) -> Iterator[Finding]:
    last = strategy.last_day(days)
    if strategy.starts >= days:
        yield Finding(
            ("starts",), f"day {strategy.starts} is after the run of {days} days", f"at most {days - 1}"
        )
    elif last >= days:
        yield Finding(
            ("ends",), f"day {last} is after the run of {days} days", f"at most {days - 1}, or leave it out"
        )
    if last < strategy.starts < days:
        what = f"day {last} is before it starts (day {strategy.starts})"
        over = strategy.weeks and (strategy.ends is None or strategy.ends > last)
        yield (
            Finding(("weeks",), f"end on day {last}: {what}", "name later ones")
            if over
            else Finding(("ends",), what, "swap them")
        )
    elif strategy.closing > last - strategy.starts + 1 > 0:
        yield Finding(
            ("closing",), "is longer than the formal period", f"at most {last - strategy.starts + 1}"
        )
    if strategy.cycle and (not strategy.weeks or max(strategy.weeks) > strategy.cycle):
        what = f"has {strategy.cycle} weeks, and `weeks` names {'a later one' if strategy.weeks else 'none'}"
        yield Finding(("cycle",), what, f"name weeks from 1 to {strategy.cycle}, or leave it out")
    repeated = [day for day, times in Counter(strategy.weekdays).items() if times > 1]
    if repeated or not strategy.weekdays:
        what = f"{', '.join(repeated)} twice" if repeated else "is empty: it would never run"
        yield Finding(("weekdays",), what, "name each weekday once")


def _clashes(scenario: "Scenario") -> Iterator[Finding]:
    """Strategies that share a name, unless they are one whose settings change: of one kind, in turn."""
    place = {id(strategy): i for i, strategy in enumerate(scenario.strategies)}
    for entries in by_name(scenario.strategies).values():
        for early, late in pairwise(entries):
            if late.kind != early.kind or overlap(early, late, scenario.start, scenario.days):
                first, second = sorted((place[id(early)], place[id(late)]))
                yield Finding(
                    ("strategies", second),
                    f"the name {late.name!r} is taken by number {first + 1}",
                    "give it a name of its own, or let it begin after that one has ended",
                )


_ONE_A_DAY = {
    "check_in": ("opens a check-in", "has one open", "a community has one"),
    "levels": ("gives levels of membership", "gives them already", "a community has one ladder"),
    "lottery": ("holds a lottery", "holds one", "a community has one at a time"),
    "stored_value": ("sells top-ups", "sells them already", "a member has one card"),
}


def _one_a_day(scenario: "Scenario", kind: str) -> Iterator[Finding]:
    """What a community has one of on a day; one with a budget counts until its end, as it may last."""
    does, has, why = _ONE_A_DAY[kind]
    opened: dict[int, Strategy] = {}
    for i, strategy in enumerate(scenario.strategies):
        if strategy.kind != kind:
            continue
        days = formal_days(strategy, scenario.start, scenario.days)
        if isinstance(strategy, Lottery):  # a later entry of a name goes on with the draws of the first
            goes_on = any(other.name == strategy.name for other in opened.values())
            days = [] if goes_on else strategy.held(days, scenario.days)
        day = next((day for day in days if day in opened and opened[day].name != strategy.name), None)
        if day is not None:
            yield Finding(
                ("strategies", i),
                f"{strategy.name!r} {does} on day {day}, when {opened[day].name!r} {has}",
                f"{why}: put them together, or give them other weekdays or dates",
            )
        opened |= dict.fromkeys(days, strategy)


def _versions(strategy: Strategy, scenario: "Scenario") -> Iterator[Finding]:
    """An upgrade is from one product to a dearer one."""
    if strategy.kind != "upgrade":
        return
    prices = {product.name: product.price for product in scenario.products}
    earlier, later = str(getattr(strategy, "of", "")), str(getattr(strategy, "product", ""))
    if earlier not in prices:
        yield _unknown(("of",), "product", earlier, list(prices))
    elif later in prices and prices[later] <= prices[earlier]:
        what = f"{later!r} is not dearer than {earlier!r}, from which it is an upgrade"
        yield Finding(("product",), what, "raise its price, or name another product")


def _repeated(section: str, names: Iterable[tuple[int, str]], *more: str | int) -> Iterator[Finding]:
    """Names, each with its position, that are there already."""
    seen: dict[str, int] = {}
    for i, name in names:
        first = seen.setdefault(name, i)
        if first != i:
            path: SettingPath = (section, *more, i)
            yield Finding(
                path, f"the name {name!r} is taken by number {first + 1}", "give it a name of its own"
            )


def _unknown(path: SettingPath, thing: str, name: str, known: list[Any]) -> Finding:
    return Finding(path, f"there is no {thing} {name!r}", f"there are: {', '.join(known)}")
