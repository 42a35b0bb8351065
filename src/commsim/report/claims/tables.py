"""Claims for people: what came out, what was measured, and which claims there are."""

from collections import Counter
from collections.abc import Sequence
from math import inf

from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.report.tables import Grid
from commsim.validation.claims.claim import Claim, Expectation, Verdict
from commsim.validation.claims.lines import lines
from commsim.validation.claims.missing import MISSING
from commsim.validation.claims.trial import Trial


def claims_grids(trials: Sequence[Trial]) -> list[Grid]:
    """The claims with their verdicts, and what each was measured by."""
    said = tuple((trial.claim.id, trial.claim.says, trial.verdict) for trial in trials)
    measured = tuple(row for trial in trials for row in _rows(trial))
    title = _titled(trials, f"of operators, each plan in the same {len(trials[0].seeds)} worlds")
    header = ("Claim", "What is measured", "Expected", f"Found ({100 * CONFIDENCE:.0f} %)", "So")
    return [
        Grid(title, ("Claim", "What it says", "Verdict"), said, fixed=3),
        Grid("", header, measured, fixed=len(header)),
    ]


def _rows(trial: Trial) -> list[tuple[str, ...]]:
    parts = zip(trial.claim.expects, trial.intervals, trial.verdicts, strict=True)
    return [
        (trial.claim.id if k == 0 else "", it.label, expected_text(it), found_text(it, interval), verdict)
        for k, (it, interval, verdict) in enumerate(parts)
    ]


def expected_text(it: Expectation) -> str:
    """Where the mean must lie: ``above 0 %``, ``-2 to 2 %``."""
    low, high = (f"{_scaled(limit, it) + 0.0:,.6g}" for limit in (it.low, it.high))
    if it.high == inf:
        return f"above {low}{_unit(it)}"
    return f"below {high}{_unit(it)}" if it.low == -inf else f"{low} to {high}{_unit(it)}"


def found_text(it: Expectation, interval: Interval) -> str:
    """The mean and its limits with the digits that the interval leaves: ``8.9 % (8.2 to 9.7)``."""
    half = _scaled(interval.half_width, it)
    digits = 0 if half >= 10 else 1 if half >= 1 else 2
    ends = (interval.mean, interval.low, interval.high)
    mean, low, high = (f"{round(_scaled(end, it), digits) + 0.0:,.{digits}f}" for end in ends)
    return f"{mean}{_unit(it)}" if interval.is_exact else f"{mean}{_unit(it)} ({low} to {high})"


def _scaled(value: float, it: Expectation) -> float:
    return 100 * value if it.unit == "share" else value


def _unit(it: Expectation) -> str:
    return " %" if it.unit == "share" else f" {it.unit}"


def claims_verdict(trials: Sequence[Trial]) -> str:
    """How many claims hold, and which do not."""
    count = Counter(trial.verdict for trial in trials)
    sentences = [f"{count[Verdict.HOLDS]} of {len(trials)} claims hold."]
    for verdict, words in ((Verdict.DOES_NOT, "Not so"), (Verdict.UNDECIDED, "Undecided")):
        named = ", ".join(trial.claim.id for trial in trials if trial.verdict is verdict)
        sentences += [f"{words}: {named}."] if named else []
    return " ".join(sentences)


def list_grids(claims: Sequence[Claim], *, everything: bool) -> list[Grid]:
    """What is tested, without running it; and, if it is all of that, what can't be."""
    rows = tuple((claim.id, claim.says, lines()[claim.id]) for claim in claims)
    tested = Grid(_titled(rows, "to test"), ("Claim", "What it says", "How a plan says it"), rows, fixed=3)
    if not everything:
        return [tested]
    missing = tuple((number, left.says, left.why) for number, left in MISSING.items())
    title = _titled(missing, "that the model does not express")
    return [tested, Grid(title, ("Claim", "What it says", "Why not"), missing, fixed=3)]


def _titled(rows: Sequence[object], what: str) -> str:
    return f"{len(rows)} claim{'' if len(rows) == 1 else 's'} {what}"
