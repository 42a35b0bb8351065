"""In which worlds a plan loses: what that comes to in a few sentences, and tables."""

from commsim.analysis.discovery import Discovery
from commsim.analysis.discovery.boxes import Found
from commsim.analysis.discovery.robustness import Criterion
from commsim.report.html.statement import Statement
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell, labelled, percent
from commsim.report.panels import Bars, Series
from commsim.report.tables import Grid

MOST_SCORES, MOST_POLICIES = 15, 8
"""Settings and policies that tables show, the first; data hold all."""


def discovery_verdict(found: Discovery, say: Language = ENGLISH) -> str:
    """How often the plan loses, where, how surely that is more than luck, and whether criteria agree."""
    cases = len(found.cases.wanted)
    sentences = [
        say(
            "In {share} of {cases} cases {question}.",
            share=percent(found.share, say),
            cases=f"{cases:,}",
            question=say(found.question),
        )
    ]
    for number, box in enumerate(found.told):
        sentence = (
            "Most of all so where {limits}: {coverage} of them lie there, and {density} there are such "
            "(in halves not searched {elsewhere} and {there})."
            if (number == 0)
            else "Then where {limits}: {coverage} of them lie there, and {density} there are such (in halves "
            "not searched {elsewhere} and {there})."
        )
        sentences.append(
            say(
                sentence,
                limits=_limits(found, box, say),
                coverage=percent(box.measures.coverage, say),
                density=percent(box.measures.density, say),
                elsewhere=percent(box.elsewhere.coverage, say),
                there=percent(box.elsewhere.density, say),
            )
        )
    if not found.told:
        sentences.append(say(_nothing(found)))
    if found.robustness:
        sentences.append(_agreement(found, say))
    return say(" ").join(sentences)


def _nothing(found: Discovery) -> str:
    hits = int(found.cases.wanted.sum())
    if hits == 0:
        return "So there is nothing to look for."
    if hits == len(found.cases.wanted):
        return "So no limits can tell where."
    return "No limits tell where, more surely than luck would."


def _limits(found: Discovery, box: Found, say: Language) -> str:
    return say(" and ").join(told(found, box, place, say) for place in range(len(box.box)))


def told(found: Discovery, box: Found, place: int, say: Language) -> str:
    """One limit of a box, such as ``elasticity at most 2.9``."""
    limits = box.box[place]
    axis = found.axis(limits.setting)
    if limits.kept is not None:
        names = [str(axis.choices[int(at)][0]) for at in sorted(limits.kept)]
        return say("{name} is {values}", name=axis.name, values=say(" or ").join(names))
    low, high = found.ends(limits)
    if low and high:
        return say("{name} is {low} to {high}", name=axis.name, low=low, high=high)
    if low:
        return say("{name} is at least {low}", name=axis.name, low=low)
    return say("{name} is at most {high}", name=axis.name, high=high)


def _agreement(found: Discovery, say: Language) -> str:
    chosen = {one.best for one in found.robustness if one.best is not None}
    if not chosen:
        return say("No criterion of robustness tells the policies apart.")
    if len(chosen) == 1:
        return say("Every criterion of robustness chooses {policy}.", policy=found.policies[chosen.pop()])
    told = [
        say("{policy} by {criteria}", policy=found.policies[place], criteria=_names(found, place, say))
        for place in sorted(chosen)
    ]
    return say("The criteria of robustness do not agree: {choices}.", choices=say.parts(told))


def _names(found: Discovery, place: int, say: Language) -> str:
    return say.listed(say(one.about) for one in found.robustness if one.best == place)


def discovery_grids(found: Discovery, say: Language = ENGLISH) -> list[Grid]:
    """Boxes limit by limit, the settings that decide most, and how robust the policies are."""
    grids = [_box(found, box, number, say) for number, box in enumerate(found.boxes, start=1)]
    if found.scores:
        grids.append(_scores(found, say))
    return [*grids, _robustness(found, say)] if found.robustness else grids


def _box(found: Discovery, box: Found, number: int, say: Language) -> Grid:
    one = box.measures
    title = say(
        "Box {number}: coverage {coverage}, density {density}, support {support}; in halves not searched "
        "{elsewhere}, {there}; chance by luck {chance}",
        number=number,
        coverage=percent(one.coverage, say),
        density=percent(one.density, say),
        support=percent(one.support, say),
        elsewhere=percent(box.elsewhere.coverage, say),
        there=percent(box.elsewhere.density, say),
        chance=f"{box.chance:.3f}",
    )
    if not box.passes:
        title += say(" (not more than luck)")
    rows = tuple(
        (told(found, box, k, say), f"{box.quasi[k]:.2g}", percent(box.again[k], say))
        for k in range(len(box.box))
    )
    return Grid(title, (say("Limit"), say("Quasi-p-value"), say("Limited again in halves")), rows)


def _scores(found: Discovery, say: Language) -> Grid:
    rows = [
        (found.axis(one.setting).name, cell(one.share, "share"), f"{one.chance:.3f}")
        for one in found.scores[:MOST_SCORES]
    ]
    if found.pair:
        names = say(" and ").join(found.axis(one).name for one in found.pair.settings)
        pair = say("{names}, beyond each alone", names=names)
        rows.append((pair, cell(found.pair.share, "share"), f"{found.pair.chance:.3f}"))
    title = say("Feature scores: share of the variance of what is asked for")
    return Grid(title, (say("Setting"), say("Share by itself"), say("Chance by luck")), tuple(rows))


def _robustness(found: Discovery, say: Language) -> Grid:
    names = found.policies[:MOST_POLICIES]
    rows = tuple(
        (
            say(one.about),
            *(_value(found, one, k) for k in range(len(names))),
            "-"
            if one.best is None
            else say("{policy} ({share})", policy=found.policies[one.best], share=percent(one.firm, say)),
        )
        for one in found.robustness
    )
    title = say(
        "Robustness over {worlds} worlds ({measure}; satisfied from {threshold})",
        worlds=found.cases.values.shape[1],
        measure=labelled(found.measure, say),
        threshold=cell(found.cases.satisfies, found.measure.unit),
    )
    return Grid(title, (say("Criterion"), *names, say("Chooses (in resampled worlds)")), rows)


def _value(found: Discovery, one: Criterion, place: int) -> str:
    return cell(float(one.values[place]), "share" if one.is_share else found.measure.unit)


def discovery_statement(found: Discovery, say: Language = ENGLISH) -> Statement:
    """The page of it."""
    facts = (
        say("{cases} cases", cases=f"{len(found.cases.wanted):,}"),
        say("{count} settings vary", count=len(found.cases.axes)),
    )
    return Statement(
        kicker=say("Scenario discovery"),
        name=found.name,
        facts=facts,
        verdict=discovery_verdict(found, say),
        heading=say("Which settings decide"),
        figures=[_drawn(found, say)] if found.scores else [],
        grids=discovery_grids(found, say),
        paired=False,
    )


def _drawn(found: Discovery, say: Language) -> Bars:
    import numpy as np

    shown = found.scores[:MOST_SCORES]
    shares = np.array([max(0.0, one.share) for one in shown])
    title = say("Feature scores: share of the variance of what is asked for")
    return Bars(
        say=say,
        key="scores",
        title=title,
        unit="share",
        measured=say("Share by itself"),
        note=say(
            "Between parts of equal numbers of cases, less what luck gives; marked what luck hardly gives."
        ),
        labels=tuple(found.axis(one.setting).name for one in shown),
        series=(Series(say("Share by itself"), 0, shares),),
        notes=(tuple("*" if one.is_sure else "" for one in shown),),
    )
