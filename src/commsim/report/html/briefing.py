"""Page one for who decides: what to do, what to drop, what that should bring, at what risk and cost."""

from collections.abc import Iterator
from typing import NamedTuple

from commsim.analysis.closeup import ALL
from commsim.analysis.comparison import Comparison
from commsim.analysis.intervals import Interval
from commsim.core.measures import Measure, Unit, find
from commsim.report.advice import leading, listed, naming, perhaps_to_drop
from commsim.report.case import Case
from commsim.report.html.prospects import Chosen, expected, later, risks, spent
from commsim.report.language import Language
from commsim.report.numbers import amount, limits
from commsim.report.verdict import undecided


class Line(NamedTuple):
    """A question of who decides, and the answer in a few words."""

    label: str
    text: str


def briefing(case: Case, say: Language) -> list[Line]:
    """The lines of page one, in the reader's language."""
    comparison = case.comparison
    found = _of_one(case, say) if comparison is None else _of_several(case, comparison, say)
    return [Line(say(label), text) for label, text in found if text]


def _of_several(case: Case, comparison: Comparison, say: Language) -> Iterator[tuple[str, str]]:
    acting = leading(comparison)
    plan = comparison.best if acting is None else acting
    one = _chosen(comparison, plan)
    do, drop = _choice(comparison, plan, one.gain, say), _dropped(case, comparison, say)
    yield "Do", do
    yield "Drop", drop if do == one.name or not drop else say("of {plan}: {told}", plan=one.name, told=drop)
    yield "Expect", expected(one, say, alone=do != one.name)
    yield "Risk", say.sentences(risks(one, say))
    yield "Spend", spent(one, say)
    yield "Later", later(comparison, plan, say)


def _chosen(comparison: Comparison, plan: int) -> Chosen:
    """A plan of a comparison; against doing nothing if it does something."""
    against = len(comparison.alone) > 0 and plan in comparison.acting
    return Chosen(
        name=comparison.plans[plan],
        measure=comparison.measure,
        days=comparison.days[plan],
        of=lambda name: comparison.of(name)[plan],
        alone=comparison.alone[plan, :, comparison.column] if against else None,
        gain=comparison.beyond[comparison.metric][plan] if against else None,
        spent=comparison.spent[plan] if len(comparison.spent) else comparison.spent,
        kept=comparison.limits[plan] if comparison.limits else (),
        doubt=comparison.doubt(plan, None) if against else None,
    )


def _choice(comparison: Comparison, plan: int, gain: Interval | None, say: Language) -> str:
    name = comparison.plans[plan]
    if gain is not None and gain.high < 0:
        return _nothing(comparison, say)
    rivals = undecided(comparison) if plan == comparison.best else []
    open_to_nothing = gain is not None and not gain.excludes_zero
    if open_to_nothing:  # a plan that does nothing is no rival besides
        rivals = [rival for rival in rivals if rival in comparison.acting]
    if rivals:
        words = "{plan}, or {others}: they can't be told apart"
        if open_to_nothing:
            words = "{plan}, or {others}: they can't be told apart, nor {plan} from doing nothing"
        return say(words, plan=name, others=listed([comparison.plans[rival] for rival in rivals], say))
    return say("{plan}, which can't be told apart from doing nothing", plan=name) if open_to_nothing else name


def _nothing(comparison: Comparison, say: Language) -> str:
    """That doing nothing is best; of every plan only if that is sure of every one."""
    beyond = comparison.beyond[comparison.metric]
    if not all(beyond[plan].high < 0 for plan in comparison.acting):
        return say("nothing: no plan is surely ahead of the shop left alone")
    return _all_behind(comparison.measure, len(comparison.acting) > 1, say)


def _all_behind(measure: Measure, several: bool, say: Language) -> str:
    if measure.name != "profit":
        return say(
            'nothing: in "{measure}" the shop left alone is ahead of every plan', measure=say(measure.label)
        )
    if several:
        return say("nothing: every plan earns less than the shop left alone")
    return say("nothing: the shop left alone earns more")


def _dropped(case: Case, comparison: Comparison, say: Language) -> str:
    """What to drop; nothing is said where nothing was tried without a strategy.

    As the command line tells it: what surely costs, or where worlds were too few for that, what explaining
    the plan has found.
    """
    if not comparison.gains and case.explained is None:
        return ""
    unit, named = comparison.measure.unit, naming(comparison, say)
    sure = [
        (named.cause(one.strategy), one.interval) for one in comparison.gains if one.is_sure and one.interval
    ]
    why = case.explained
    if why is not None and why.to_drop is not None and not sure:
        named = say.of(case.scenarios[case.names.index(case.explained_plan)])
        sure = [(named.cause(why.strategies[why.to_drop]), why.taken_out[why.to_drop].reversed())]
    seems = perhaps_to_drop(comparison)
    if seems is not None and seems.interval is not None and not sure:
        gain = _gain(seems.interval, unit, say)
        return say(
            "nothing surely; perhaps {strategy} ({gain})", strategy=named.cause(seems.strategy), gain=gain
        )
    return _to_drop(sure, comparison.gain_together, unit, say)


def _to_drop(sure: list[tuple[str, Interval]], together: Interval | None, unit: Unit, say: Language) -> str:
    told = [
        say("{strategy} (dropping it brings {gain})", strategy=name, gain=_gain(own, unit, say))
        for name, own in sure
    ]
    if not told:
        return say("nothing that surely costs more than it brings")
    if together is None:
        return listed(told, say)
    return say("{one}; {other}", one=listed(told, say), other=_together(together, unit, say))


def _together(gain: Interval, unit: Unit, say: Language) -> str:
    return say("all of that together: {gain}", gain=_gain(gain, unit, say))


def _gain(own: Interval, unit: Unit, say: Language) -> str:
    return say("{amount}, {limits}", amount=amount(own.mean, unit, say), limits=limits(own, unit, say))


def _of_one(case: Case, say: Language) -> Iterator[tuple[str, str]]:
    closeup, measure = case.closeups[0], find("profit")
    does = bool(closeup.strategies)
    gain = (
        closeup.caused(ALL if ALL in closeup.strategies else closeup.strategies[0], "profit")
        if does
        else None
    )
    one = Chosen(
        name=case.names[0],
        measure=measure,
        days=closeup.scenario.days,
        of=closeup.outcome,
        alone=closeup.alone("profit") if does else None,
        gain=gain,
        spent=closeup.spent,
    )
    do = one.name
    if gain is not None:
        if not gain.excludes_zero:
            do = say("{plan}, which can't be told apart from doing nothing", plan=one.name)
        elif gain.high < 0:
            do = _all_behind(measure, False, say)
        yield "Do", do
        costs, named = closeup.costs("profit"), say.of(closeup.scenario)
        yield (
            "Drop",
            _to_drop([] if costs is None else [(named.cause(costs[0]), costs[1])], None, "yuan", say),
        )
    yield "Expect", expected(one, say, alone=do != one.name)
    yield "Risk", say.sentences(risks(one, say))
    yield "Spend", spent(one, say)
