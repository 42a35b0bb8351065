"""What each strategy caused: the plan less the plan without it, in the same worlds."""

from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.panels import Figure, Whiskers


def causes(case: Case, say: Language) -> list[Figure]:
    """Profit that each strategy caused, per plan that has any."""
    return [
        Whiskers(
            say,
            f"causes-{plan + 1}",
            name,
            "yuan",
            say("profit it caused, yuan"),
            say("The plan less the plan without it, in the same worlds, with 95 % intervals."),
            tuple(
                (say.of(closeup.scenario).cause(part), closeup.caused(part, "profit"))
                for part in closeup.strategies
            ),
            plan,
        )
        for plan, (name, closeup) in enumerate(zip(case.names, case.closeups, strict=True))
        if closeup.strategies
    ]
