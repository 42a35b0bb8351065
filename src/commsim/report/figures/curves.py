"""The way from the first day to the last: what sums over the run hide."""

import numpy as np

from commsim.analysis.closeup import Closeup
from commsim.core.arrays import Floats
from commsim.core.columns import Column
from commsim.core.measures import Unit
from commsim.report.case import Case
from commsim.report.figures.bands import Curve, of_plans, over_days, share, weekly
from commsim.report.language import Language
from commsim.report.panels import Figure


def curves(case: Case, say: Language) -> list[Figure]:
    """Looking, members, talk and orders, day by day; then what mechanisms count."""
    return [*over_days(case, say, *_ALWAYS), *_of_mechanisms(case, say)]


def _by_members(closeup: Closeup) -> Floats:
    """Members' share of messages; 0 while nobody writes."""
    messages = weekly(closeup.curve("messages"))
    return np.asarray(messages / np.maximum(1.0, messages + weekly(closeup.curve("operator_messages"))))


_ALWAYS = (
    Curve(
        "curves-looking",
        "Look in on a day",
        "share",
        "share of members, 7-day mean",
        "Who does not look can't be reached by anything.",
        lambda closeup: weekly(share(closeup, "looked")),
    ),
    Curve(
        "curves-members",
        "Members",
        "persons",
        "persons",
        "Newcomers less those who left.",
        lambda closeup: closeup.curve("members"),
        zero=False,
    ),
    Curve(
        "curves-messages",
        "Messages of members",
        "messages",
        "messages a day in all groups, 7-day mean",
        "Talk is a means, not income.",
        lambda closeup: weekly(closeup.curve("messages")),
    ),
    Curve(
        "curves-by-members",
        "Of all messages, by members",
        "share",
        "share of messages, 7-day mean",
        "The rest is the operator's: a post is made of several messages.",
        _by_members,
    ),
    Curve(
        "curves-orders",
        "Orders",
        "orders",
        "orders a day, 7-day mean",
        "Most are habit: they would come from the shelf without the group.",
        lambda closeup: weekly(closeup.curve("orders")),
    ),
)


def _of_mechanisms(case: Case, say: Language) -> list[Figure]:
    """What mechanisms count every day, of the plans that use them; what is nought every day is left out."""
    columns = {column.name: column for closeup in case.closeups for column in closeup.added}
    figures = (_counted(case, say, column) for column in columns.values())
    return [figure for figure in figures if figure is not None]


def _counted(case: Case, say: Language, column: Column) -> Figure | None:
    unit = _unit(column)
    curve = Curve(
        f"curves-{column.name}",
        say.daily(column.name),
        unit,
        "yuan, each day" if unit == "yuan" else "each day",
        "Counted only where a plan has it.",
        lambda closeup: closeup.curve(column.name),
    )
    plans = [
        (name, plan, values)
        for plan, (name, closeup) in enumerate(zip(case.names, case.closeups, strict=True))
        if column in closeup.added and (values := curve.read(closeup)).any()
    ]
    return of_plans(case, say, curve, plans) if plans else None


def _unit(column: Column) -> Unit:
    return "yuan" if column.money else "share" if column.range == "0 to 1" else "persons"
