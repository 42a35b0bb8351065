"""Other shops of a plan, in a line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from commsim.core.units import WEEKDAYS
from commsim.core.written import LAST
from commsim.report.language import Language

if TYPE_CHECKING:
    from commsim.scenario.rivals import Rival, RivalSale


def told_rivals(rivals: Sequence["Rival"], say: Language) -> str:
    """What each fills of the need, and when its prices are others: ``app fills 70 % (20 % off)``."""
    return say.parts(_rival(rival, say) for rival in rivals)


def _rival(rival: "Rival", say: Language) -> str:
    told = [say("{segment} {share}", segment=name, share=_percent(of)) for name, of in rival.segments.items()]
    told += [_sale(sale, say) for sale in rival.sales]
    told += [say("its pool grows by {share} a month", share=_percent(rival.growth))] if rival.growth else []
    fills = say("{name} fills {share} of the need", name=say.called(rival.name), share=_percent(rival.share))
    return say("{name} ({told})", name=fills, told=say.parts(told)) if told else fills


def _sale(sale: "RivalSale", say: Language) -> str:
    words = "{share} off" if sale.discount >= 0.0 else "{share} dearer"
    told = [say(words, share=_percent(abs(sale.discount)))]
    if sale.days is not None:
        told.append(say("days {first} to {last}", first=sale.starts, last=sale.starts + sale.days - 1))
    elif sale.starts or not (sale.month_days or sale.weekdays != WEEKDAYS):
        told.append(say("from day {first}", first=sale.starts))
    if sale.weekdays != WEEKDAYS:
        told.append(say.sentences(say(day) for day in sale.weekdays))
    if sale.month_days:
        days = [say("the last") if day == LAST else str(day) for day in sale.month_days]
        told.append(say("on {days} of the month", days=say.listed(days)))
    return say.listed(told)


def _percent(share: float) -> str:
    return f"{100 * share:g} %"
