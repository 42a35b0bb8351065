"""Strategies in money: what was booked to each, and what each caused."""

from commsim.analysis.economics import contributions
from commsim.analysis.intervals import Interval
from commsim.core.measures import find
from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.numbers import difference, number
from commsim.report.tables import Grid

_CAUSED = ("profit_before_staff", "profit", "orders", "active", "muted", "members")


def booked(case: Case, say: Language) -> list[Grid]:
    """Per plan: what the books say of each strategy, the shelf and the operator, without and with labour."""
    grids = []
    for name, closeup in zip(case.names, case.closeups, strict=True):
        found, told = contributions(closeup.economics), say.of(closeup.scenario)
        rows = [
            (told.cause(str(cause)), *(number(float(yuan), "yuan", like=1000) for yuan in row))
            for cause, row in zip(found.index, found.to_numpy(), strict=True)
            if row.any()
        ]
        header = (say("Booked to (yuan)"), say("Before staff"), say("Staff"), say("Profit"))
        grids.append(Grid(name, header, tuple(rows)))
    return grids


def caused(case: Case, say: Language) -> list[Grid]:
    """Per plan with strategies: what the plan has by each that it would not have without it."""
    header = (say("Caused by"), *(say(_short(name)) for name in _CAUSED))
    return [
        Grid(
            name,
            header,
            tuple(
                (
                    say.of(closeup.scenario).cause(part),
                    *(_told(closeup.caused(part, m), m, say) for m in _CAUSED),
                )
                for part in closeup.strategies
            ),
        )
        for name, closeup in zip(case.names, case.closeups, strict=True)
        if closeup.strategies
    ]


def _short(name: str) -> str:
    measure = find(name)
    return measure.label.split(" (")[0] + (" (yuan)" if measure.unit == "yuan" else "")


def _told(interval: Interval, measure: str, say: Language) -> str:
    return difference(interval, find(measure).unit, say)
