"""Who the people of a plan are, in words: what their groups are for, and how often they buy."""

from typing import TYPE_CHECKING

from commsim.report.language import ENGLISH, Language

if TYPE_CHECKING:
    from commsim.scenario.community import Segment
    from commsim.scenario.schema import Scenario

_FOR = {
    "coupon": "coupon: a shop's offers",
    "interest": "interest: something in common",
    "service": "service: help with what was bought",
}
_SETS = {
    "talk.level": "members write {value} times as much as where they share an interest",
    "activity.deal": "a real deal seen adds {value} to activity",
    "talk.answered": "staff answer {value} of the messages",
}
"""What kinds set, in words; what is not here is told by its path."""
_SHARES = {"talk.answered"}
_TOLD = {"name", "share", "orders_per_week", "buyers", "lapsed"}
"""Settings of a segment that have words of their own."""


def kind_of_groups(plan: "Scenario", say: Language = ENGLISH) -> str:
    """What the groups are for, and what holds of all that kinds set: by the kind, or by the plan itself."""
    from commsim.scenario.defaults import by_kind
    from commsim.scenario.fields import value_text
    from commsim.scenario.group_kinds import SET

    told = [say(_FOR.get(plan.community.kind, plan.community.kind))]
    for path in SET:
        section, name = path.split(".")
        value = getattr(getattr(plan.behaviour, section), name)
        shown = f"{100 * value:.4g} %" if path in _SHARES else value_text(value)
        own = "" if value == by_kind(plan, path) else say(" (by the plan)")
        told.append(say(_SETS.get(path, path + " {value}"), value=shown) + own)
    return say.parts(told)


def buying(plan: "Scenario", say: Language = ENGLISH) -> str:
    """How often people order by themselves, and what else a segment has that is unlike others.

    Empty where that is estimated from files of the user's.
    """
    people = plan.community
    if people.roster is not None or people.history is not None:
        return ""
    several = len(people.segments) > 1
    return say.parts(_segment(segment, several, say) for segment in people.segments)


def _segment(segment: "Segment", several: bool, say: Language) -> str:
    told = say(
        "who buys orders {rate} times a week; {buyers} have bought before, {lapsed} of them have lapsed",
        rate=f"{segment.orders_per_week:g}",
        buyers=f"{100 * segment.buyers:.4g} %",
        lapsed=f"{100 * segment.lapsed:.4g} %",
    )
    told = say.listed((told, *_unlike(segment, say)))
    return say.titled(say.called(segment.name), told) if several else told


def _unlike(segment: "Segment", say: Language) -> list[str]:
    """What else a segment has of its own: ``looking x 3``, ``paid for 90 %``."""
    from commsim.scenario.fields import card

    told = []
    for name, field in type(segment).model_fields.items():
        value = getattr(segment, name)
        if name not in _TOLD and value != field.default:
            unit, label = card(field)["unit"], say.setting("segment", name)
            amount = f"{100 * value:.4g} %" if unit == "share" else f"{value:g}"
            told.append(
                say("{name} x {factor}" if unit == "factor" else "{name} {factor}", name=label, factor=amount)
            )
    return told
