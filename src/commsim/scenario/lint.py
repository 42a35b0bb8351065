"""Warnings: plans that run but that operators know, or evidence says, to go wrong."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from pydantic import BaseModel

from commsim.core.units import WEEKDAYS, to_yuan
from commsim.scenario.audiences import empty_at_first, on_paper
from commsim.scenario.cash import thin
from commsim.scenario.data_files import missing
from commsim.scenario.errors import Finding, Problem, SettingPath
from commsim.scenario.fields import card, number, range_text
from commsim.scenario.group_kinds import BY_KIND, Default
from commsim.scenario.lint_draws import draws
from commsim.scenario.lint_partners import partners
from commsim.scenario.load import Plan
from commsim.scenario.parties import for_nothing
from commsim.scenario.schema import Product, Scenario
from commsim.scenario.seasons import never
from commsim.scenario.touches import beyond_on_paper
from commsim.scenario.unlawful import allowed
from commsim.strategies.base import Strategy
from commsim.strategies.calendar import formal_days
from commsim.strategies.check_in import CheckIn
from commsim.strategies.coupon import Coupon
from commsim.strategies.levels import Levels
from commsim.strategies.robot import Robot

SMALL_POOL = 400
"""Members below which chance decides more than the plan (operators' guides)."""
MANY_ADVERTS = 3
LOW_REACH = 0.3
NEEDS_NO_WARM_UP = "advert", "agents", "coupon", "shareholder", "split", "story", "upgrade"
OPEN_ENDED = "distributor_rebate"
AWAKE = range(8, 23)
"""Hours in which anybody looks in (those with attention in `commsim.simulation.clock`)."""


def lint(plan: Plan) -> list[Problem]:
    """All warnings about a plan, in the order of its file."""
    found = [
        Problem(plan.tree.at(path).place, plan.tree.told(path), what, remedy)
        for path, what, remedy in findings(plan.scenario)
    ]
    return sorted(found, key=lambda p: (str(p.place.file), p.place.sheet, p.place.line, p.place.column))


def findings(scenario: Scenario) -> Iterator[Finding]:
    """All warnings about a scenario."""
    yield from _community(scenario)
    yield from _prices(scenario)
    yield from _posts(scenario)
    yield from allowed(scenario)
    yield from beyond_on_paper(scenario)
    yield from never(scenario)
    yield from thin(scenario)
    yield from for_nothing(scenario)
    for i, strategy in enumerate(scenario.strategies):
        for finding in _strategy(strategy, scenario):
            yield finding._replace(path=("strategies", i, *finding.path))
    yield from _points(scenario)
    yield from _target(scenario)
    kind = BY_KIND[scenario.community.kind]
    yield from _implausible(scenario, (), {("behaviour", *at.split(".")): sets for at, sets in kind.items()})


def _community(scenario: Scenario) -> Iterator[Finding]:
    people = scenario.community
    own_list = people.roster or people.history
    coming = sum(channel.seats(scenario) for channel in scenario.sources)
    if not own_list and people.members + coming < SMALL_POOL:
        yield Finding(
            ("community", "members"),
            f"a pool below {SMALL_POOL}: chance may decide more than the plan",
            "compare on many worlds, or enlarge the pool first",
        )
    for key in missing(scenario):
        what = f"there is no file {people.data[key].file}"
        yield Finding(("community", key, "file"), what, "mend the path before a run")


def _target(scenario: Scenario) -> Iterator[Finding]:
    """Goals that no run can reach, or that every run does."""
    if scenario.target.relative and not scenario.strategies:
        yield Finding(
            ("target",),
            "is against doing nothing, and that is what the plan does",
            "add strategies, or take the target out of this plan with target: null",
        )


def _prices(scenario: Scenario) -> Iterator[Finding]:
    for i, product in enumerate(scenario.products):
        yield from _under_cost(("products", i, "price"), product.price, product)
    for i, strategy in enumerate(scenario.strategies):
        product = product_of(strategy, scenario)
        if sale_price := getattr(strategy, "sale_price", None):
            setting = "coupon" if getattr(strategy, "coupon", None) else "price"
            yield from _under_cost(("strategies", i, setting), sale_price(product.price), product)
        for k, rung in enumerate(getattr(strategy, "ladder", ())):
            yield from _under_cost(("strategies", i, "ladder", k, "price"), rung.price, product)
        if isinstance(strategy, Coupon):
            yield from _coupon(strategy, i, scenario)
        for k, level in enumerate(strategy.at if isinstance(strategy, Levels) else ()):
            for sold in scenario.products:
                price = round(sold.price * (1.0 - level.discount))
                yield from _under_cost(("strategies", i, "at", k, "discount"), price, sold)


def _coupon(coupon: Coupon, i: int, scenario: Scenario) -> Iterator[Finding]:
    """A coupon that sells under cost, or holds for nothing."""
    sold = [
        product for product in scenario.products if not coupon.products or product.name in coupon.products
    ]
    good = [product for product in sold if product.price >= coupon.minimum]
    if sold and not good:
        dearest = number(to_yuan(max(product.price for product in sold)))
        yield Finding(
            ("strategies", i, "minimum"),
            f"no product that it holds for costs so much; the dearest is {dearest} yuan",
            "an order is one piece of one product: lower it",
        )
    for product in good:
        price = product.price - (coupon.face or round(product.price * (coupon.discount or 0.0)))
        yield from _under_cost(("strategies", i, "face" if coupon.face else "discount"), price, product)


def product_of(strategy: Strategy, scenario: Scenario) -> Product:
    """The product that a strategy sells; the first if it names none."""
    name = getattr(strategy, "product", "")
    return next((product for product in scenario.products if product.name == name), scenario.products[0])


def _under_cost(path: SettingPath, price: int, product: Product) -> Iterator[Finding]:
    if price < product.unit_cost:
        loss = to_yuan(product.unit_cost - price)
        yield Finding(
            path,
            f"sells {product.name} under its cost of {number(to_yuan(product.unit_cost))} yuan:"
            f" {number(loss)} yuan lost on each",
            "raise the price, or be sure that it brings buyers of something else",
        )


def _posts(scenario: Scenario) -> Iterator[Finding]:
    for i, total in _adverts_a_day(scenario):
        if total > MANY_ADVERTS:
            yield Finding(
                ("strategies", i, "posts"),
                f"{total} adverts a day and group: members tire, mute and leave",
                f"post {MANY_ADVERTS} or fewer, or content instead",
            )
            break
    left_alone = not scenario.strategies and "strategies" in scenario.model_fields_set
    if not left_alone and not any(
        s.kind == "group_rules" and getattr(s, "enforced", True) for s in scenario.strategies
    ):
        yield Finding(
            ("strategies",),
            "no group rules are enforced: members' adverts spread",
            "add a strategy of kind group_rules, if the community is meant to last",
        )


def _adverts_a_day(scenario: Scenario) -> Iterator[tuple[int, int]]:
    """Each advert with the posts of all that run when it starts, weekday by weekday."""
    adverts = [(i, s) for i, s in enumerate(scenario.strategies) if s.kind == "advert"]
    for i, begun in adverts:
        running = [s for _, s in adverts if s.starts <= begun.starts <= s.last_day(scenario.days)]
        for weekday in WEEKDAYS:
            yield (
                i,
                sum(getattr(s, "posts", 0) for s in running if weekday in s.weekdays and not s.month_days),
            )


def _strategy(strategy: Strategy, scenario: Scenario) -> Iterator[Finding]:
    if strategy.purpose in ("conversion", "fission") and strategy.kind not in NEEDS_NO_WARM_UP:
        yield from _warm_up(strategy)
    yield from draws(strategy, scenario)
    yield from partners(strategy, scenario)
    yield from empty_at_first(strategy)
    yield from _announces(strategy, scenario)
    yield from _at_night(strategy)
    if strategy.reach < LOW_REACH:
        yield Finding(("reach",), f"reaches {strategy.reach:.0%} of members only", "good plans fail by reach")
    if getattr(strategy, "stock", None) == 0:
        yield Finding(("stock",), "there is nothing to sell", "leave stock out for no limit")
    if strategy.kind == OPEN_ENDED and strategy.budget is None:
        yield Finding(("budget",), "what it pays out has no limit", "set a budget in yuan")
    if isinstance(strategy, Robot):
        yield from _robots(strategy, scenario)
    yield from _never(strategy, scenario)


def _robots(robot: Robot, scenario: Scenario) -> Iterator[Finding]:
    """More groups than robots can manage."""
    groups = int(np.count_nonzero(on_paper(robot, scenario)))
    if groups > robot.most:
        what = f"{robot.robots} x {robot.manages} groups are managed of {groups}: the others have no robot"
        yield Finding(("robots",), what, f"hire {-(-groups // robot.manages)}, or name the groups (groups)")


def _never(strategy: Strategy, scenario: Scenario) -> Iterator[Finding]:
    """A calendar with no day in it, or with none in the days of closing."""
    days = formal_days(strategy, scenario.start, scenario.days)
    if not days:
        setting = next((name for name in ("weeks", "month_days") if getattr(strategy, name)), "weekdays")
        if setting == "weekdays":
            what = f"no {', '.join(strategy.weekdays)} lies between its first and last day"
        else:
            what = "no day between its first and last is in its weeks, weekdays and days of the month"
        yield Finding((setting,), what, "it would never run")
    elif strategy.closing and days[-1] <= strategy.last_day(scenario.days) - strategy.closing:
        what = f"it does not run on its last {strategy.closing} days: nobody hears a last call"
        yield Finding(("closing",), what, f"its last day is day {days[-1]}: end it there (ends)")


def _at_night(strategy: Strategy) -> Iterator[Finding]:
    """A sale in hours in which nobody looks in; it ends with the day."""
    closes = strategy.hour + getattr(strategy, "open_hours", 24)
    if strategy.holds_sales and (strategy.hour >= AWAKE.stop or closes <= AWAKE.start):
        remedy = f"open it from {AWAKE.start}:00 to {AWAKE.stop - 1}:00"
        yield Finding(("hour",), "nobody looks in while it is open, so that it sells nothing", remedy)


def _announces(strategy: Strategy, scenario: Scenario) -> Iterator[Finding]:
    """An advert that never comes before the sale it announces."""
    announced = [one for one in scenario.strategies if one.name == getattr(strategy, "announces", "")]
    opens = {day: one.hour for one in announced for day in formal_days(one, scenario.start, scenario.days)}
    if announced and not opens:
        what = f"{announced[0].name!r} never sells: no day is in its calendar"
        yield Finding(("announces",), what, "mend its days, or announce another")
    if not announced or not opens:
        return
    first = min(getattr(strategy, "hours", ()) or (strategy.hour,))
    days = formal_days(strategy, scenario.start, scenario.days)
    if not any(opens.get(day, -1) > first or day + 1 in opens for day in days):
        yield Finding(
            ("announces",),
            f"no post comes before a sale of {announced[0].name!r}, on its day or the day before",
            "post at an earlier hour than the sale, or on the day before",
        )


def _points(scenario: Scenario) -> Iterator[Finding]:
    """Points that are given at one worth and handed in at another."""
    check_ins = [(i, s) for i, s in enumerate(scenario.strategies) if isinstance(s, CheckIn)]
    for i, taking in check_ins:
        others = (s for _, s in check_ins if s.gives_points and s.point_value != taking.point_value)
        if taking.redeem_chance and (giving := next(others, None)):
            yield Finding(
                ("strategies", i, "point_value"),
                f"points that {giving.name} gives at {number(giving.point_value)} fen"
                f" are handed in here at {number(taking.point_value)} fen",
                f"what they cost beyond {number(giving.point_value)} fen is paid here; give both one worth"
                if giving.point_value < taking.point_value
                else "members get less than they were promised; give both one worth",
            )


def _warm_up(strategy: Strategy) -> Iterator[Finding]:
    if strategy.warm_up == 0 and not getattr(strategy, "notice", False):  # a stream is told of each time
        yield Finding(
            ("warm_up",),
            "no warm-up: fewer members know of it in time",
            "preview it for 1 to 3 days (warm_up), starting after the first day of the run",
        )
    elif strategy.when is None and strategy.warm_up > strategy.starts:
        yield Finding(
            ("warm_up",),
            f"{strategy.warm_up - strategy.starts} of {strategy.warm_up} days lie before the run",
            f"start on day {strategy.warm_up} or later",
        )


def _implausible(
    part: BaseModel, path: SettingPath, kind: Mapping[SettingPath, Default]
) -> Iterator[Finding]:
    """Every number of the user's that lies outside what evidence allows, wherever it is.

    kind: what the kind of groups sets, with evidence of its own.
    """
    for name, field in type(part).model_fields.items():
        about = {"value": field.default, **card(field)}
        for where, item in _items(getattr(part, name), (*path, name)):
            if isinstance(item, BaseModel):
                yield from _implausible(item, where, kind)
            elif isinstance(item, int | float):
                here = kind[where]._asdict() if where in kind else {}
                yield from _unusual(item, where, {**about, **here})


def _unusual(item: float, where: SettingPath, about: Mapping[str, Any]) -> Iterator[Finding]:
    shown = to_yuan(int(item)) if about.get("unit") == "yuan" else item
    low, high = about.get("plausible", (shown, shown))
    if shown != about["value"] and not low <= shown <= high:
        what = f"{number(shown)} is unusual; usual: {range_text(low, high, about['unit'])}"
        yield Finding(where, what, f"fine if you know it from your own data ({about['source']})")


def _items(value: object, path: SettingPath) -> Iterator[tuple[SettingPath, object]]:
    if isinstance(value, tuple):
        yield from (((*path, i), item) for i, item in enumerate(value))
    else:
        yield path, value
