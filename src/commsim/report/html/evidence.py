"""What the evidence behind a result is worth: the grades of the settings that it rests on."""

import re
from collections import Counter
from functools import reduce

from commsim.core.mechanism import mechanisms
from commsim.report.case import Case
from commsim.report.evidence import in_words
from commsim.report.language import Language
from commsim.report.tables import Grid
from commsim.scenario.fields import value_text
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


_PUT_IN = re.compile(r"\bputs? in\b")
"""What a setting says of itself that puts in the sign of an answer."""


def _rests_on(case: Case) -> list[Evidence]:
    """Settings about people that the plans use: how members behave, and the strategies that are in them."""
    used = {"behaviour", "community"} | {one.kind for plan in case.scenarios for one in plan.strategies}
    idle = {one.name for one in mechanisms()} - {
        one.name for plan in case.scenarios for one in plan.mechanisms
    }
    others = set(BY_KIND) - {plan.community.kind for plan in case.scenarios}
    return [
        one
        for one in evidence()
        if one.grade != NO_GRADE
        and (parts := one.setting.path.split("."))[0] in used
        and not (parts[:2] == ["community", "kind"] and parts[2] in others)
        and not (parts[0] == "behaviour" and parts[1] in idle)
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


def put_in(case: Case, say: Language) -> Grid:
    """Settings that the plans use and that put in the sign of an answer, with their values and range."""
    rows = [
        (
            one.setting.path,
            in_words(one.setting.about, say),
            say.listed(_values(case, one)),
            in_words(one.setting.plausible, say),
        )
        for one in _rests_on(case)
        if _PUT_IN.search(one.setting.about)
    ]
    return Grid("", (say("Setting"), say("Meaning"), say("Value"), say("Range")), tuple(rows), fixed=4)


def _values(case: Case, one: Evidence) -> list[str]:
    """What a setting is in the plans, each value once; the default where nothing of a plan has it."""
    first, *path = one.setting.path.split(".")
    found = [
        value_text(reduce(getattr, path, owner))
        for plan in case.scenarios
        for owner in ((plan.behaviour,) if first == "behaviour" else plan.strategies)
        if first == "behaviour" or getattr(owner, "kind", "") == first
    ]
    return list(dict.fromkeys(value for value in found if value != "-")) or [one.setting.default]


def weakest(case: Case, say: Language) -> Grid:
    """The assumptions by name, with the range that is plausible: what to vary first."""
    rows = [
        (
            one.setting.path,
            in_words(one.setting.about, say),
            say.values(one.setting.default),
            in_words(say.values(one.setting.plausible or one.setting.allowed), say),
        )
        for one in _rests_on(case)
        if one.grade == "D"
    ]
    header = (say("Setting"), say("Meaning"), say("Default"), say("Range"))
    return Grid(say("Assumptions (grade D)"), header, tuple(rows[:MOST]), fixed=4)
