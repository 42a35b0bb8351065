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
    looking = over_days(
        case,
        say,
        Curve(
            "curves-looking",
            say("Look in on a day"),
            "share",
            say("share of members, 7-day mean"),
            say("Who does not look can't be reached by anything."),
        ),
        lambda closeup: weekly(share(closeup, "looked")),
    )
    members = over_days(
        case,
        say,
        Curve(
            "curves-members",
            say("Members"),
            "persons",
            say("persons"),
            say("Newcomers less those who left."),
            zero=False,
        ),
        lambda closeup: closeup.curve("members"),
    )
    messages = over_days(
        case,
        say,
        Curve(
            "curves-messages",
            say("Messages of members"),
            "messages",
            say("messages a day in all groups, 7-day mean"),
            say("Talk is a means, not income."),
        ),
        lambda closeup: weekly(closeup.curve("messages")),
    )
    by_members = over_days(
        case,
        say,
        Curve(
            "curves-by-members",
            say("Of all messages, by members"),
            "share",
            say("share of messages, 7-day mean"),
            say("The rest is the operator's: a post is made of several messages."),
        ),
        _by_members,
    )
    orders = over_days(
        case,
        say,
        Curve(
            "curves-orders",
            say("Orders"),
            "orders",
            say("orders a day, 7-day mean"),
            say("Most are habit: they would come from the shelf without the group."),
        ),
        lambda closeup: weekly(closeup.curve("orders")),
    )
    return [looking, members, messages, by_members, orders, *_of_mechanisms(case, say)]


def _by_members(closeup: Closeup) -> Floats:
    """Members' share of messages; 0 while nobody writes."""
    messages = weekly(closeup.curve("messages"))
    return np.asarray(messages / np.maximum(1.0, messages + weekly(closeup.curve("operator_messages"))))


def _unit(column: Column) -> Unit:
    return "yuan" if column.money else "share" if column.range == "0 to 1" else "persons"


def _of_mechanisms(case: Case, say: Language) -> list[Figure]:
    """What mechanisms count every day, of the plans that use them; what is nought every day is left out."""
    found = {column.name: column for closeup in case.closeups for column in closeup.added}
    plans = [*enumerate(zip(case.names, case.closeups, strict=True))]
    figures: list[Figure] = []
    for name, column in found.items():
        of_each = [
            (plan, number, closeup.curve(name))
            for number, (plan, closeup) in plans
            if column in closeup.added and closeup.curve(name).any()
        ]
        unit = _unit(column)
        measured = say("yuan, each day") if unit == "yuan" else say("each day")
        note = say("Counted only where a plan has it.")
        if of_each:
            curve = Curve(f"curves-{name}", say.daily(name), unit, measured, note)
            figures.append(of_plans(case, say, curve, of_each))
    return figures
