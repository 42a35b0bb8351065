"""A strategy in words: its kind, when it runs, for whom, and its own settings as far as they are set."""

from typing import TYPE_CHECKING

from commsim.core.written import LAST
from commsim.report.audience import for_whom
from commsim.report.gates import gates_of
from commsim.report.language import Language

if TYPE_CHECKING:
    from pydantic import BaseModel

    from commsim.strategies.base import Strategy


def in_words(strategy: "Strategy", say: Language) -> str:
    """``flash sale tue, thu 20:00; product coffee; discount 0.15``."""
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
