"""A plan as the table that operators use: goal, plan, reach, dates (warm-up, formal, closing), cost."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from commsim.analysis.unlawful import flags
from commsim.core.written import LAST
from commsim.report.audience import for_whom
from commsim.report.cash import told_cash
from commsim.report.contracts import told_parties
from commsim.report.gates import gates_of
from commsim.report.in_several import told_several_groups
from commsim.report.language import ENGLISH, Language
from commsim.report.limits import told_limits
from commsim.report.people import buying, kind_of_groups
from commsim.report.rivals import told_rivals
from commsim.report.shipped import told_shipping
from commsim.report.targets.words import told_target

if TYPE_CHECKING:
    from pydantic import BaseModel

    from commsim.scenario.schema import Group, Product, Scenario
    from commsim.scenario.seasons import Season
    from commsim.scenario.touches import OwnTouches, Touches
    from commsim.strategies.base import Strategy

MOST_SIZES = 8
"""Groups whose sizes are told one by one."""
COLUMNS = ("name", "goal", "plan", "reach", "dates", "cost")


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


def plan_rows(plan: "Scenario", say: Language = ENGLISH) -> list[dict[str, str]]:
    """One row per strategy with the keys `COLUMNS`; lines within a cell are separated by line breaks.

    Settings are told as far as the plan gives them.
    """
    return [_row(strategy, plan, say.of(plan)) for strategy in plan.strategies]


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
        price=_yuan(product.price),
        cost=_yuan(product.unit_cost),
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
        wage=_yuan(operator.wage_per_hour),
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


def _row(strategy: "Strategy", plan: "Scenario", say: Language) -> dict[str, str]:
    return {
        "name": strategy.name,
        "goal": strategy.goal or say(strategy.purpose),
        "plan": _words(strategy, say),
        "reach": f"{strategy.reach:.0%}",
        "dates": _dates(strategy, plan, say),
        "cost": _cost(strategy, plan, say),
    }


def _words(strategy: "Strategy", say: Language) -> str:
    """The kind, its own settings as far as they are set, and when it runs."""
    from commsim.strategies.base import Strategy

    own = [name for name in type(strategy).model_fields if name not in Strategy.model_fields]
    instead = hours_of(strategy)
    given = [name for name in own if _is_set(strategy, name) and not (instead and name == "hours")]
    when = _when(strategy, say)
    at = say.listed(f"{hour}:00" for hour in instead or (strategy.hour,))
    settings = [_setting(strategy, name, say) for name in given]
    whom = [told] if (told := for_whom(strategy, say)) else []
    return say.parts([f"{say.kind(strategy.kind)} {when} {at}", *whom, *gates_of(strategy, say), *settings])


def _when(strategy: "Strategy", say: Language) -> str:
    """``daily``, ``tue, thu``, ``on 8, 18 and the last of the month``, ``wed in weeks 2 of 4``."""
    if strategy.is_daily:
        return say("daily")
    parts = [say.listed(say(day) for day in strategy.weekdays)] if len(strategy.weekdays) < 7 else []
    if strategy.month_days:
        days = [say("the last") if day == LAST else str(day) for day in strategy.month_days]
        parts.append(say("on {days} of the month", days=say.listed(days)))
    if strategy.weeks:
        told = "in weeks {weeks} of {cycle}" if strategy.cycle else "in weeks {weeks}"
        parts.append(say(told, weeks=say.listed(map(str, strategy.weeks)), cycle=strategy.cycle))
    return " ".join(parts)


def hours_of(strategy: "Strategy") -> tuple[int, ...]:
    """The hours of a strategy that acts at several, and not at its ``hour``; none of others."""
    from commsim.scenario.fields import card

    field, hours = type(strategy).model_fields.get("hours"), getattr(strategy, "hours", ())
    several = field is not None and card(field).get("unit") == "hours" and isinstance(hours, tuple)
    return hours if several else ()


def _setting(strategy: "Strategy", name: str, say: Language) -> str:
    return f"{say.setting(strategy.kind, name)} {_value(strategy, name, say)}"


def _is_set(strategy: "Strategy", name: str) -> bool:
    return name in strategy.model_fields_set and getattr(strategy, name) not in (None, "", ())


def _value(strategy: "Strategy", name: str, say: Language) -> str:
    from pydantic import BaseModel

    from commsim.scenario.fields import card, choices_of, value_text

    value, dumped = getattr(strategy, name), strategy.model_dump()[name]
    if isinstance(value, bool):
        return say(value_text(value))
    if isinstance(value, tuple) and isinstance(value[0], BaseModel):
        return say.listed(_item(strategy.kind, item, say) for item in value)
    unit = card(type(strategy).model_fields[name]).get("unit")
    if name == "announces":
        return say.cause(str(value))
    if choices_of(type(strategy).model_fields[name].annotation):
        return say.listed(say.choice(str(one)) for one in (value if isinstance(value, tuple) else (value,)))
    if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
        return say.listed(map(say.called, value))
    told = say.called(value) if isinstance(value, str) else say.values(value_text(dumped))
    return say("{amount} yuan", amount=told) if unit == "yuan" else told


def _item(kind: str, item: "BaseModel", say: Language) -> str:
    """``2: 90`` for pairs such as rungs, ``streak 7 points 20`` for larger items."""
    from commsim.scenario.fields import value_text

    given = {
        name: say(value_text(part)) if isinstance(part, bool) else value_text(part)
        for name, part in item.model_dump(exclude_unset=True).items()
    }
    if len(type(item).model_fields) == 2:
        return say.titled(*given.values()) if len(given) == 2 else "".join(given.values())
    return " ".join(f"{say.setting(kind, name)} {part}" for name, part in given.items())


def _dates(strategy: "Strategy", plan: "Scenario", say: Language) -> str:
    if strategy.when is not None:
        days = None if strategy.ends is None else strategy.ends - strategy.starts + 1
        return (
            say("once its state is reached")
            if days is None
            else say("{days} days from its state on", days=days)
        )
    last = strategy.last_day(plan.days)
    spans = [
        ("warm-up", strategy.starts - strategy.warm_up, strategy.starts - 1, strategy.warm_up),
        ("formal", strategy.starts, last, 1),
        ("closing", last - strategy.closing + 1, last, strategy.closing),
    ]
    return "\n".join(f"{say(phase)} {_span(plan, a, b, say)}" for phase, a, b, there in spans if there)


def _span(plan: "Scenario", first: int, last: int, say: Language) -> str:
    start, end = (plan.start + dt.timedelta(days=day) for day in (first, last))
    return f"{start}" if first == last else say("{first} to {last}", first=start, last=end)


def _cost(strategy: "Strategy", plan: "Scenario", say: Language) -> str:
    from commsim.simulation.forecast import forecast

    cost = forecast(strategy, plan)
    if cost is None:
        return say("see run")
    parts = [say("up to {yuan} yuan", yuan=_yuan(cost.things))] if cost.things else []
    parts += [say("staff {yuan} yuan", yuan=_yuan(cost.staff))] if cost.staff else []
    parts += [say("the rest depends on members: see run")] if cost.depends else []
    parts += [say("if it begins on the first day")] if parts and strategy.when is not None else []
    parts += [] if strategy.budget is None else [say("stops at {yuan} yuan", yuan=_yuan(strategy.budget))]
    return "\n".join((*parts, *_pays_from(strategy, plan, say))) or say("nothing")


def _pays_from(strategy: "Strategy", plan: "Scenario", say: Language) -> list[str]:
    """What a robot saves on paper, and from how many groups on that is its cost."""
    from commsim.simulation.forecast import work_saved
    from commsim.strategies.robot import Robot

    minutes = work_saved(strategy, plan) if isinstance(strategy, Robot) else None
    if minutes is None or not isinstance(strategy, Robot):
        return []
    groups = strategy.break_even(minutes, plan.operator.wage_per_hour)
    if groups == float("inf"):
        return [say("saves no work, as there is none in its groups")]
    told = "saves {minutes} minutes a group and day: pays from {groups} groups on"
    return [say(told, minutes=f"{minutes:.1f}", groups=f"{groups:.1f}")]


def _yuan(fen: int) -> str:
    from commsim.core.units import to_yuan
    from commsim.scenario.fields import number

    amount: Any = to_yuan(fen)
    return number(round(amount) if amount > 1000 else amount)
