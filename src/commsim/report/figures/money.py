"""From sales to profit, with and without labour."""

from commsim.analysis.closeup import Closeup
from commsim.analysis.economics import waterfall
from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.panels import Figure, Waterfall, spans


def money(case: Case, say: Language) -> list[Figure]:
    """A waterfall per plan, mean over the worlds, all on one scale."""
    steps = [_steps(closeup, say) for closeup in case.closeups]
    ends = [end for one in steps for span in spans(one) for end in span]
    return [
        Waterfall(
            say,
            f"money-{plan + 1}",
            name,
            "yuan",
            say("yuan over the run, mean over the worlds"),
            say("Dark: sums so far. The last two sums are profit without and with labour."),
            steps[plan],
            min(0.0, *ends),
            max(*ends, 1.0),
            plan,
        )
        for plan, name in enumerate(case.names)
    ]


def _steps(closeup: Closeup, say: Language) -> tuple[tuple[str, float, bool], ...]:
    steps = waterfall(closeup.economics)
    rows = zip(steps["step"].tolist(), steps["yuan"].tolist(), steps["sum"].tolist(), strict=True)
    return tuple((say(step), yuan, is_sum) for step, yuan, is_sum in rows)
