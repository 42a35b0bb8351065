"""What the evidence behind a result is worth: the grades of the settings that it rests on."""

from collections import Counter

from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.tables import Grid
from commsim.scenario.behaviour.buying import Buying
from commsim.scenario.fields import card
from commsim.scenario.group_kinds import BY_KIND
from commsim.validation.evidence import NO_GRADE, Evidence, evidence

_MEANING = {
    "A": "randomised or natural experiments",
    "B": "large observational data, meta-analyses",
    "C": "small studies, company figures, other contexts",
    "D": "assumptions",
}
MOST = 40
"""Assumptions that are listed by name."""


def _rests_on(case: Case) -> list[Evidence]:
    """Settings about people that the plans use: how members behave, and the strategies that are in them."""
    used = {"behaviour", "community"} | {one.kind for plan in case.scenarios for one in plan.strategies}
    others = set(BY_KIND) - {plan.community.kind for plan in case.scenarios}
    return [
        one
        for one in evidence()
        if one.grade != NO_GRADE
        and (parts := one.setting.path.split("."))[0] in used
        and not (parts[:2] == ["community", "kind"] and parts[2] in others)
    ]


def grade_rows(case: Case, say: Language) -> Grid:
    """How many of the settings have which grade."""
    counts = Counter(one.grade for one in _rests_on(case))
    total = sum(counts.values())
    rows = [
        (grade, say(meaning), str(counts[grade]), f"{counts[grade] / max(1, total):.0%}")
        for grade, meaning in _MEANING.items()
    ]
    return Grid(
        "", (say("Grade"), say("The number rests on"), say("Settings"), say("Share")), tuple(rows), fixed=2
    )


def put_in(case: Case, say: Language) -> list[str]:
    """What the plans assume that a run group adds to buying by itself, a sentence for each size of it."""
    low, high = card(Buying.model_fields["touch"])["plausible"]
    sizes = dict.fromkeys(plan.behaviour.buying.touch for plan in case.scenarios)
    return [
        say(
            "Being in touch with a run group adds {size} to buying here. This is put in, not found: evidence "
            "goes from {low} to {high} (behaviour.buying.touch).",
            size=f"{size:.3g} %",
            low=f"{100 * low:.3g} %",
            high=f"{100 * high:.3g} %",
        )
        for size in (100 * size for size in sizes)
    ]


def weakest(case: Case, say: Language) -> Grid:
    """The assumptions by name, with the range that is plausible: what to vary first."""
    rows = [
        (
            one.setting.path,
            one.setting.about,
            one.setting.default,
            one.setting.plausible or one.setting.allowed,
        )
        for one in _rests_on(case)
        if one.grade == "D"
    ]
    header = (say("Setting"), say("Meaning"), say("Default"), say("Range"))
    return Grid(say("Assumptions (grade D)"), header, tuple(rows[:MOST]), fixed=4)
