"""What a search found, in plain sentences: by how much, how surely, and what to be careful with."""

from commsim.analysis.intervals import Interval
from commsim.analysis.planning.planned import Planned
from commsim.core.measures import find
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import amount, limits, percent
from commsim.report.planned.words import lever, nine_in_ten

_ENDED = {
    "seconds": "The search ended when its time was over; more may be found with more.",
    "interrupted": "The search was interrupted; more may be found.",
    "cut short": "It was interrupted in its last part: not all was tried of what it found.",
}
_AT_POINTS = (
    "Where what nobody knows is otherwise it is ahead in {share} of {points} points ({range} in nine of ten "
    "of them)."
)
_AT_DRAWS = (
    "Where what nobody knows is as draws of the calibration have it, and the rest otherwise, it is ahead in "
    "{share} of {points} points ({range} in nine of ten of them)."
)


def planned_verdict(found: Planned, say: Language = ENGLISH) -> str:
    """What was found, by how much it is ahead, how sure that is, and what to be careful with."""
    sentences = [_found(found, say)]
    if found.scenario is not None and found.changes:
        sentences += [_over_nothing(found, say), *_near_the_best(found, say), *_in_doubt(found, say)]
        sentences += [_edges(found, say)] if found.edges else []
    sentences += _worth_nothing(found, say)
    if found.stopped in _ENDED:
        sentences.append(say(_ENDED[found.stopped]))
    return say.sentences(sentences)


def _found(found: Planned, say: Language) -> str:
    if found.scenario is None:
        return say(
            "No plan was found that keeps the limits, nor does {plan}: raise a limit, or give more choices.",
            plan=found.base,
        )
    if not found.changes:
        return say(
            "Nothing better than {plan} was found. That does not make it the best: look at other choices, or "
            "allow more runs.",
            plan=found.base,
        )
    sentence = (
        "The plan that was found is {amount} ahead of {plan} ({limits}, {measure}, {days} days)."
        if found.is_better
        else "The plan that was found can't be told from {plan}: {amount} ahead ({limits}, {measure}, {days} "
        "days)."
    )
    return say(sentence, plan=found.base, days=found.days, **_told(found, found.lead, say))


def _told(found: Planned, interval: Interval, say: Language) -> dict[str, str]:
    measure = find(found.metric)
    return {
        "amount": amount(interval.mean, measure.unit, say),
        "limits": limits(interval, measure.unit, say),
        "measure": say(measure.label),
    }


def _over_nothing(found: Planned, say: Language) -> str:
    if found.over_nothing.is_nothing:
        return say("In every world it comes to the same as doing nothing.")
    if found.over_nothing.high < 0:
        told = _told(found, found.over_nothing.reversed(), say)
        return say("Doing nothing is {amount} ahead of it ({limits}).", **told)
    sentence = (
        "It is {amount} ahead of doing nothing ({limits})."
        if found.over_nothing.low > 0
        else "It is not surely ahead of doing nothing: {amount} ({limits})."
    )
    return say(sentence, **_told(found, found.over_nothing, say))


def _near_the_best(found: Planned, say: Language) -> list[str]:
    if found.race is None:
        return []
    race = found.race
    if race.within == 0:
        sentence = "Of {count} finalists none is better, with {confidence:.4g} % confidence."
        return [say(sentence, count=len(race.plans), confidence=100 * race.confidence)]
    return [
        say(
            "Of {count} finalists it is the best, or within {within} of the best, with {confidence:.4g} % "
            "confidence.",
            count=len(race.plans),
            within=amount(race.within, find(found.metric).unit, say),
            confidence=100 * race.confidence,
        )
    ]


def _in_doubt(found: Planned, say: Language) -> list[str]:
    if found.doubt is None:
        return []
    return [
        say(
            _AT_DRAWS if found.drawn else _AT_POINTS,
            share=percent(found.doubt.ahead.mean, say),
            points=found.doubt.points,
            range=nine_in_ten(found, found.doubt, say),
        )
    ]


def _edges(found: Planned, say: Language) -> str:
    return say(
        "At the edge of what there was to choose: {names}. Beyond it may be better, and there the model may "
        "not know what happens.",
        names=say.listed(lever(one, say) for one in found.edges),
    )


def _worth_nothing(found: Planned, say: Language) -> list[str]:
    """Choices that can as well be left as they were."""
    idle = [
        lever(one, say)
        for one in found.changes
        if one.worth is not None and one.worth.low <= 0 and not one.needed
    ]
    told = "Not surely worth anything, so they can stay as in {plan}: {names}."
    return [say(told, plan=found.base, names=say.listed(idle))] if idle else []
