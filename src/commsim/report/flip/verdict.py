"""What would turn a comparison round, as sentences."""

from commsim.analysis.flip import Flip
from commsim.analysis.flip.joint import Joint
from commsim.analysis.flip.turns import Turn
from commsim.report.flip.words import called, rival, value
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import amount, limits, percent

MOST_NAMED = 5
_OF_RANGES = (
    "Over all ranges at once {first} is ahead in {share} of {points} points ({low} to {high}), and nine in "
    "ten leads are {limits}: a share of the ranges, no probability."
)
_OF_DRAWS = (
    "Over draws of the calibration, and the ranges of the rest at once, {first} is ahead in {share} of "
    "{points} points ({low} to {high}), and nine in ten leads are {limits}: of the rest a share of the "
    "ranges, no probability."
)


def flip_verdict(found: Flip, say: Language = ENGLISH) -> str:
    """The lead, what turns it alone and together, the share of the ranges, and what is worth measuring."""
    if found.is_same:
        sentence = "{first} and {second} come to the same in every world, whatever is supposed."
        return say(sentence, first=found.plans[0], second=rival(found, say))
    told = (*_alone(found, say), _joint(found.joint, say), _ranges(found, say), *_worth(found, say))
    return say.sentences((_lead(found, say), *told))


def _lead(found: Flip, say: Language) -> str:
    sentence = "Over {days} days luck does not tell {first} from {second}: {lead} ({limits}; {measure})."
    if found.lead.excludes_zero:
        sentence = "{first} is {lead} {side} {second} over {days} days ({limits} by luck alone; {measure})."
    unit = found.measure.unit
    lead = abs(found.lead.mean) if found.lead.excludes_zero else found.lead.mean
    around = found.lead if lead == found.lead.mean else found.lead.reversed()
    return say(
        sentence,
        first=found.plans[0],
        second=rival(found, say),
        side=say("ahead of") if found.lead.mean > 0 else say("behind"),
        days=found.days,
        lead=amount(lead, unit, say),
        limits=limits(around, unit, say),
        measure=say(found.measure.label),
    )


def _alone(found: Flip, say: Language) -> list[str]:
    counts = found.counts
    sentence = (
        "Of {all} things that nobody knows, each moved over its range by itself, {flips} turn that, {keeps} "
        "do not, and {open} can't be told ({confidence:.4g} % confidence in all of it together)."
    )
    told = [say(sentence, all=len(found.found.ends), confidence=100 * found.confidence, **counts)]
    turns = [turn for one in found.ranked for turn in found.turns_of(one)]
    told += [_turn(turn, say) for turn in turns[:MOST_NAMED]]
    return told


def _turn(turn: Turn, say: Language) -> str:
    return say(
        "{name} turns it at {value} ({low} to {high}; it is {now}, grade {grade}).",
        name=called(turn.unknown, say),
        value=value(turn.value.mean),
        low=value(turn.value.low),
        high=value(turn.value.high),
        now=value(turn.unknown.value),
        grade=turn.unknown.grade,
    )


def _joint(joint: Joint | None, say: Language) -> str:
    if joint is None:
        return say("No point within the ranges was found where several of them turn it together.")
    steps = [
        say(
            "{name} from {now} to {value}",
            name=called(step.unknown, say), now=value(step.unknown.value), value=value(step.value),
        )
        for step in joint.steps
    ]  # fmt: skip
    sentence = (
        "The nearest point that was found where it is gone: {steps}; that is {distance:.2f} of a whole way "
        "to the end of a range."
    )
    return say(sentence, steps=say.listed(steps), distance=joint.distance)


def _ranges(found: Flip, say: Language) -> str:
    unit, doubt = found.measure.unit, found.doubt
    return say(
        _OF_DRAWS if found.drawn else _OF_RANGES,
        first=found.plans[0],
        share=percent(doubt.ahead.mean, say),
        points=f"{doubt.points:,}",
        low=percent(doubt.ahead.low, say),
        high=percent(doubt.ahead.high, say),
        limits=limits(doubt.range, unit, say),
    )


def _worth(found: Flip, say: Language) -> list[str]:
    if found.worths is None:
        return []
    told, unit = found.worths.told, found.measure.unit
    if not told:
        return [
            say("No single one of them is worth more to know than a number that does nothing seems to be.")
        ]
    names = [
        say(
            "{name}, {worth} ({limits})", name=called(one.unknown, say),
            worth=amount(one.worth.mean, unit, say), limits=limits(one.worth, unit, say),
        )
        for one in told[:MOST_NAMED]
    ]  # fmt: skip
    sentence = "Worth knowing before choosing: {names}; everything at once: {all} at most."
    return [say(sentence, names=say.parts(names), all=amount(found.worths.everything, unit, say))]
