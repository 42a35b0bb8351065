"""What each strategy caused: the plan less the plan without it, in the same worlds."""

from commsim.analysis.closeup import ALL
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
            tuple((cause_name(part, say), closeup.caused(part, "profit")) for part in closeup.strategies),
            plan,
        )
        for plan, (name, closeup) in enumerate(zip(case.names, case.closeups, strict=True))
        if closeup.strategies
    ]


def cause_name(name: str, say: Language) -> str:
    """A strategy's name for people; all of them together have one too."""
    return say("all together") if name == ALL else say.kind(name)
