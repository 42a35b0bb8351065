"""A validation for people: a table of facts, what was left out, and what it comes to."""

from math import inf, isnan

from commsim.analysis.intervals import Interval
from commsim.report.tables import Grid
from commsim.validation.facts.fact import Fact, Statistic
from commsim.validation.facts.validate import Validation
from commsim.validation.facts.verdict import Finding

_HEADER = ("Fact", "What is measured", "Band", "Median (95 %)", "Verdict")
_ABOUT = ("Fact", "What it says", "Gate", "Grade", "Source")


def validation_grids(found: Validation) -> list[Grid]:
    """The facts statistic by statistic, what they say and who says so, and those that were left out."""
    facts = [finding.fact for finding in found.findings]
    rows = [row for finding in found.findings for row in _rows(finding)]
    said = [(starred(fact), fact.claim, fact.gate, fact.grade, fact.source) for fact in facts]
    left_out = [(fact.id, fact.claim, fact.reason) for fact in found.left_out]
    title = f"{found.scenario}: medians over {found.effort.worlds} worlds with 95 % limits"
    grids = (
        Grid(title, _HEADER, tuple(rows), fixed=2),
        Grid("", _ABOUT, tuple(said), fixed=len(_ABOUT)),
        Grid("", ("Fact", "Left out", "Why"), tuple(left_out), fixed=3),
    )
    return [grid for grid in grids if grid.rows]


def _rows(finding: Finding) -> list[tuple[str, ...]]:
    fact = finding.fact
    rows: list[tuple[str, ...]] = []
    for k, statistic in enumerate(fact.statistics):
        measured = measured_text(finding.intervals[k], statistic)
        what = statistic.label, band_text(statistic), measured, finding.verdicts[k]
        rows.append((starred(fact) if k == 0 else "", *what))
    return rows


def starred(fact: Fact) -> str:
    """The id, with a star if the model was tuned on the fact."""
    return f"{fact.id}*" if fact.tuned else fact.id


def band_text(statistic: Statistic) -> str:
    """``60 to 90 %``, ``above 0.7``."""
    percent = " %" if statistic.share else ""
    low, high = (_number(limit, statistic.share) for limit in (statistic.low, statistic.high))
    if statistic.high == inf:
        return f"above {low}{percent}"
    return f"below {high}{percent}" if statistic.low == -inf else f"{low} to {high}{percent}"


def measured_text(interval: Interval, statistic: Statistic) -> str:
    """``84.2 % (82.1 to 85.0)``."""
    if isnan(interval.mean):
        return "no world tells"
    mean, low, high = (_number(x, statistic.share) for x in (interval.mean, interval.low, interval.high))
    return f"{mean}{' %' if statistic.share else ''} ({low} to {high})"


def _number(value: float, share: bool) -> str:
    """Three digits that count, shares in per cent."""
    shown = f"{100 * value if share else value:.3g}"
    return "0" if float(shown) == 0.0 else shown


def validation_verdict(found: Validation) -> str:
    """How many facts hold, what fails, and on which the model was tuned."""
    verdicts = [finding.verdict for finding in found.findings]
    counts = f"{verdicts.count('holds')} of {len(verdicts)} facts hold"
    open_ones = [finding for finding in found.findings if finding.verdict == "undecided"]
    failing = [finding for finding in found.findings if finding.verdict == "fails"]
    parts = [counts, *_listed("undecided", open_ones), *_listed("failing", failing)]
    gates = f"Gates that fail: {', '.join(found.failed_gates)}." if found.failed_gates else "No gate fails."
    return f"{'; '.join(parts)}. {gates} (* the model was tuned on it; the others were held out.)"


def _listed(word: str, findings: list[Finding]) -> list[str]:
    return [f"{len(findings)} {word}: {', '.join(f.fact.id for f in findings)}"] if findings else []
