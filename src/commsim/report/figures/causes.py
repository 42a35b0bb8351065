"""What each strategy caused: the plan less the plan without it, in the same worlds."""

from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.panels import Figure, Whiskers


def causes(case: Case, say: Language) -> list[Figure]:
    """Profit that each strategy caused, per plan that has any, all on one scale."""
    found = [
        (plan, [(part, closeup.caused(part, "profit")) for part in closeup.strategies])
        for plan, closeup in enumerate(case.closeups)
        if closeup.strategies
    ]
    every = [interval for _, parts in found for _, interval in parts]
    span = (min(one.low for one in every), max(one.high for one in every)) if every else None
    return [
        Whiskers(
            say,
            f"causes-{plan + 1}",
            case.names[plan],
            "yuan",
            say("profit it caused, yuan"),
            say("The plan less the plan without it, in the same worlds, with 95 % intervals."),
            tuple((say.of(case.scenarios[plan]).cause(part), interval) for part, interval in parts),
            plan,
            span,
        )
        for plan, parts in found
    ]
