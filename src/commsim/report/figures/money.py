"""From sales to profit, with and without labour."""

from commsim.analysis.closeup import Closeup
from commsim.analysis.economics import waterfall
from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.panels import Figure, Waterfall


def money(case: Case, say: Language) -> list[Figure]:
    """A waterfall per plan, mean over the worlds."""
    return [
        Waterfall(
            say,
            f"money-{plan + 1}",
            name,
            "yuan",
            say("yuan over the run, mean over the worlds"),
            say("Dark: sums so far. The last two sums are profit without and with labour."),
            _steps(closeup, say),
            plan,
        )
        for plan, (name, closeup) in enumerate(zip(case.names, case.closeups, strict=True))
    ]


def _steps(closeup: Closeup, say: Language) -> tuple[tuple[str, float, bool], ...]:
    steps = waterfall(closeup.economics)
    rows = zip(steps["step"].tolist(), steps["yuan"].tolist(), steps["sum"].tolist(), strict=True)
    return tuple((say(step), yuan, is_sum) for step, yuan, is_sum in rows)
