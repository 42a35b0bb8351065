"""What a plan says of the shop before its strategies: days, community, products, operator, one line each."""

import datetime as dt
from typing import TYPE_CHECKING

from commsim.analysis.unlawful import flags
from commsim.report.cash import told_cash
from commsim.report.contracts import told_parties
from commsim.report.in_several import told_several_groups
from commsim.report.language import ENGLISH, Language
from commsim.report.limits import told_limits
from commsim.report.numbers import plain_yuan
from commsim.report.people import buying, kind_of_groups
from commsim.report.rivals import told_rivals
from commsim.report.shipped import told_shipping
from commsim.report.targets.words import told_target

if TYPE_CHECKING:
    from commsim.scenario.schema import Group, Product, Scenario
    from commsim.scenario.seasons import Season
    from commsim.scenario.touches import OwnTouches, Touches

MOST_SIZES = 8
"""Groups whose sizes are told one by one."""


def plan_header(plan: "Scenario", say: Language = ENGLISH) -> dict[str, str]:
    """Days, community, kind of its groups, how often they buy, products and operator, one line each."""
    last = plan.start + dt.timedelta(days=plan.days - 1)
    more = {"Rivals": told_rivals(plan.rivals, say)} if plan.rivals else {}
    more |= {"Law": say.sentences(map(say, unlawful))} if (unlawful := flags(plan)) else {}
    if plan.goods and plan.goods.shipping:
        more |= {"Parcels": told_shipping(plan.goods.shipping, say)}
    if plan.several_groups:
        more |= {"Several groups": told_several_groups(plan.several_groups, say)}
    more |= {"Cash": told_cash(plan.cash, say)} if plan.cash else {}
    more |= {"Parties": told_parties(plan.parties, say)} if plan.parties else {}
    more |= {"Target": told_target(plan.target, say)} if plan.target.goals else {}
    more |= {"Limits": told_limits(plan, say)} if plan.limits else {}
    return {
        "Days": say("{days}, {first} to {last}", days=plan.days, first=plan.start, last=last),
        "Community": _community(plan, say),
        "Kind": kind_of_groups(plan, say),
        **({"Buying": told} if (told := buying(plan, say)) else {}),
        "Products": say.parts(_product(product, say) for product in plan.products),
        "Operator": _operator(plan, say),
        **({"Seasons": say.parts(_season(one, plan, say) for one in plan.seasons)} if plan.seasons else {}),
    } | more


def _community(plan: "Scenario", say: Language) -> str:
    people = plan.community
    own = [part.file.name for part in people.data.values() if part.file]
    if own:
        return say("{groups}, read from {files}", groups=_groups(plan, say), files=say(" and ").join(own))
    kinds = say.listed(f"{say.called(segment.name)} {segment.share:g}" for segment in people.segments)
    segments = [kinds] if len(people.segments) > 1 else []
    own = [text for group in people.groups or () if (text := _own(group, say))]
    return say.parts((_groups(plan, say), *segments, *own))


def _own(group: "Group", say: Language) -> str:
    """What a group has of its own, ``一群 (interest; gift pack x 1.5)``; empty for others."""
    told = [say(group.kind)] if group.kind else []
    told += [f"{say.called(one.product)} x {one.factor:g}" for one in group.taste]
    total = sum(one.share for one in group.segments)
    told += [f"{say.called(one.segment)} {one.share / total:.0%}" for one in group.segments]
    told += [say("elasticity x {factor}", factor=f"{group.elasticity:g}")] if group.elasticity != 1.0 else []
    return say("{name} ({told})", name=say.called(group.name), told=say.parts(told)) if told else ""


def _groups(plan: "Scenario", say: Language) -> str:
    """How many members are in how many groups, and of which sizes."""
    from commsim.core.errors import InputError
    from commsim.population.listed import groups_at_start

    people = plan.community
    try:
        sizes = groups_at_start(people, plan.start).tolist()
    except InputError:
        return say("members")
    told = "{members:,} members in {groups:,} groups of {size} (at most {cap})"
    return say(told, members=sum(sizes), groups=len(sizes), size=_sizes(sizes, say), cap=people.cap)


def _sizes(sizes: list[int], say: Language) -> str:
    """``200``, ``336 or 337``, ``180, 480, 350``, or where they are many ``12 to 480``."""
    distinct = sorted(set(sizes))
    if len(distinct) <= 2:
        return say(" or ").join(map(str, distinct))
    if len(sizes) <= MOST_SIZES:
        return say.listed(map(str, sizes))
    return say("{low} to {high}", low=distinct[0], high=distinct[-1])


def _product(product: "Product", say: Language) -> str:
    return say(
        "{name} at {price} yuan, cost {cost} yuan (margin {margin:.0%}), for {role}",
        name=_name(product, say),
        price=plain_yuan(product.price),
        cost=plain_yuan(product.unit_cost),
        margin=1 - product.unit_cost / product.price,
        role=say.choice(product.role),
    )


def _name(product: "Product", say: Language) -> str:
    """``coffee``, or of a pack ``three coffees (3 x coffee)``."""
    if product.pack_of is None:
        return say.called(product.name)
    return say(
        "{name} ({told})",
        name=say.called(product.name),
        told=f"{product.pieces} x {say.called(product.pack_of)}",
    )


def _season(season: "Season", plan: "Scenario", say: Language) -> str:
    """``peak: 18 days, buying x 1.4``."""
    dates = (plan.start + dt.timedelta(days=day) for day in range(plan.days))
    told = [say("{days} days", days=sum(map(season.holds, dates)))]
    factors = {"buying x {factor}": season.buying, "looking in x {factor}": season.looking}
    told += [say(text, factor=f"{factor:g}") for text, factor in factors.items() if factor != 1.0]
    return say("{name}: {told}", name=say.called(season.name), told=say.listed(told))


def _operator(plan: "Scenario", say: Language) -> str:
    operator = plan.operator
    told = say(
        "{wage} yuan per hour of staff, {minutes} minutes per group and day besides the strategies",
        wage=plain_yuan(operator.wage_per_hour),
        minutes=f"{operator.minutes_per_group:g}",
    )
    return told if operator.touches is None else say.parts((told, _touches(operator.touches, say)))


def _touches(limits: "Touches", say: Language) -> str:
    told = _spans(limits, say)
    parts = [say("posts in a group: at most {posts}", posts=say.listed(told))] if told else []
    if limits.member is not None:
        parts.append(
            say("touches of a member: at most {posts}", posts=say.listed(_spans(limits.member, say)))
        )
    return say.parts(parts)


def _spans(limits: "Touches | OwnTouches", say: Language) -> list[str]:
    numbers = {"day": limits.per_day, "week": limits.per_week, "month": limits.per_month}
    return [say(f"{{number}} a {time}", number=most) for time, most in numbers.items() if most is not None]
