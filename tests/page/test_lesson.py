"""The lesson: ten steps with plans, words in both languages, a fact each and how well it was measured."""

import numpy as np
import pytest

from commsim.core.source import Source
from commsim.page import lesson
from commsim.page.taught import taught
from commsim.validation.sources import SOURCES

PARTS = ("title", "intro", "guess", "a", "b", "c", "reveal", "moral", "fact", "say", "discuss", "unknown")
NAMES = ["dead", "rules", "value", "rhythm", "envelopes", "price", "teams", "bait", "long", "headline"]


def test_there_are_ten_steps_with_two_plans_of_as_many_days():
    assert [step.name for step in lesson.steps()] == NAMES
    for step in lesson.steps():
        left, right = lesson.plans(step)
        assert left.days == right.days, step.name
        assert left.name != right.name, step.name


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_step_has_all_its_words(lang):
    told = lesson.told(lang)
    assert list(told) == NAMES
    for name, parts in told.items():
        assert set(parts) == set(PARTS), name
        assert len(parts["discuss"]) >= 2, name
        assert all(text.strip() for part, text in parts.items() if part != "discuss")


def test_the_page_is_not_told_what_only_the_trainer_says():
    words = lesson.words("en")
    of_steps = [key for key in words if not key.startswith("lesson.study.")]
    assert len(of_steps) == len(NAMES) * (len(PARTS) - 3)
    assert "lesson.dead.fact" in words
    assert not [key for key in words if key.endswith((".say", ".discuss", ".unknown"))]


def test_studies_have_chinese_names_where_they_are_no_citations():
    words = lesson.words("zh")
    assert words["lesson.study.China Youth Daily 2020"] == "中国青年报 2020"
    assert words["lesson.study.WeCom groups"] == "企业微信群"
    assert words["lesson.study.Lally et al. 2010"] == "Lally et al. 2010"


def test_a_fact_names_studies_that_are_known_and_no_better_than_they_are():
    known = {source.name for source in SOURCES}
    for step in lesson.steps():
        assert known.issuperset(step.sources), step.name
    grades = {step["name"]: [grade for _, grade in step["sources"]] for step in lesson.for_page()}
    assert grades["dead"] == ["B", "C"]
    assert grades["value"] == ["A", "B"]
    assert grades["long"] == ["D", "D"]
    assert grades["headline"] == []


@pytest.mark.parametrize(
    ("kinds", "grade"),
    [
        (("randomised experiment", "natural experiment"), "A"),
        (("meta-analysis", "observational data", "refit of public data"), "B"),
        (("survey", "small study", "company figures"), "C"),
        (("operators' practice", "tuned", "assumed", "rule", "choice"), "D"),
    ],
)
def test_a_study_of_every_kind_has_its_grade(kinds, grade):
    assert {lesson.grade(Source("somebody", kind, "somewhere")) for kind in kinds} == {grade}


def test_a_guess_can_be_made_within_the_scale_and_the_answers_are_known():
    for step in lesson.steps():
        scale = step.scale
        assert scale["low"] <= 0 < scale["high"], step.name
        assert 0 < lesson.least(step) <= 2 * scale["step"], step.name
        assert step.point in ("a", "b", "c"), step.name
        assert not step.drawn or step.measure in ("looks", "ringing", "own"), step.name


def test_what_is_asked_is_counted_from_the_daily_table():
    days = 14  # no day like another, so that each counts where it should
    daily = {
        "members": np.repeat([50, 40], 7),
        "looked": np.arange(days) ** 2,
        "messages": np.arange(days) ** 2,
        "muted": np.arange(days),
        "joined": np.array([6, 0, 4] + [0] * (days - 3)),
        "revenue": np.full(days, 1000),
    }
    found = taught(daily, np.linspace(0, 80, days), groups=2, members=40)
    last = sum(day**2 for day in range(7, 14))
    assert found["looks"] == round(100 * last / (7 * 40), 4)
    assert found["messages"] == round(last / 7 / 2, 4)
    assert found["ringing"] == 100 * (40 - 13) / 40
    assert found["own"] == 2.0
    assert found["came"] == 25.0
    assert found["spent"] == pytest.approx(140 / ((40 * 14 + 6 * 14 + 4 * 12) / 365), abs=1e-3)
