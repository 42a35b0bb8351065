"""Designs as people write them: every error at its place, and what the short forms mean."""

from pathlib import Path

import pytest

from commsim.core.errors import InputError
from commsim.experiments.design import load_design
from commsim.scenario.errors import ScenarioError

ACTIVE = "name: x\nscenario: active-group\n"
TWO = "name: x\nscenarios: [dead-group, active-group]\n"
MUTED = "uncertainties: {behaviour.look.muted: }\n"
MEASURES = ("profit", "members")


def load(folder: Path, text: str):
    file = folder / "design.yaml"
    file.write_text(text, encoding="utf-8")
    return load_design(file, measures=MEASURES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x\nlevers: {a: [1]}", "1:1: name either a scenario or several"),
        (ACTIVE, "1:1: nothing varies: give levers, uncertainties or several scenarios"),
        (ACTIVE + MUTED, "1:1: say under sampling how uncertainties are varied"),
        (
            ACTIVE + "levers: {strategies.red_envelop.total: [1, 2]}",
            "3:10: levers.strategies.red_envelop.total: there is no 'red_envelop' in "
            "'strategies.red_envelop.total'; did you mean red_envelope? there are: group_rules, content",
        ),
        (
            ACTIVE + "levers: {strategies.red_envelope.totl: [1, 2]}",
            "there is no 'totl' in 'strategies.red_envelope.totl'; did you mean total?",
        ),
        (ACTIVE + "levers: {operator: [1]}", "3:10: levers.operator: 'operator' is a section, not one"),
        (
            ACTIVE + "levers: {'products[3].price': [1]}",
            "there is no 3 in 'products[3].price'; there are: coffee",
        ),
        (ACTIVE + "levers: {products: [1]}", "3:10: products: must be a list, is 1, at point 0"),
        (
            ACTIVE + "levers: {days: [9, 10], length: {path: days, values: [11], when: days == 10}}",
            "3:25: length: another parameter has the same path, at point 1 (days = 10, length = 11); "
            "take one of them out, or let `when` keep them apart",
        ),
        (ACTIVE + "levers: {days.x: [1]}", "there is no 'x' in 'days.x'; there is nothing below it"),
        (
            ACTIVE + "levers: {strategies.red_envelope.total: [1, 500, 600]}",
            "3:10: strategies[4].total: must be 0.01 to 200 yuan, is 500, at point 1 "
            "(strategies.red_envelope.total = 500.0)",
        ),
        (ACTIVE + "levers: {community.members: [5, true]}", "values must be a number, one is true"),
        (ACTIVE + "levers: {community.by_segment: [1, 0]}", "values must be true or false, one is 1"),
        (ACTIVE + "levers: {community.members: [5, 2.5]}", "must be a whole number, is 2.5, at point 1"),
        (ACTIVE + "levers: {community.members: [5, 5]}", "levers.community.members: has a value twice"),
        (ACTIVE + "levers: {community.members: []}", "levers.community.members: values are empty"),
        (
            ACTIVE + "levers: {community.members: {low: 5, hihg: 9}}",
            "3:38: levers.community.members.hihg: unknown key; did you mean high? allowed here: path, values",
        ),
        (ACTIVE + "levers: {community.members: {low: 9, high: 5}}", "low (9) must be below high (5)"),
        (ACTIVE + "levers: {community.muted: {low: 0.7}}", "low (0.7) must be below high (0.6)"),
        (
            ACTIVE + "levers: {community.members: {low: 1, values: [5]}}",
            "give either values, or low and high",
        ),
        (ACTIVE + "levers: {community.members: {low: 1.5, high: 9}}", "low and high must be whole numbers"),
        (ACTIVE + "levers: {community.members: {low: 5, high: .inf}}", "must be a finite number, is inf"),
        (
            ACTIVE + "levers: {days: {values: {unchanged: 7}}}",
            "the label 'unchanged' has a meaning of its own",
        ),
        (
            TWO + "levers: {days: [7]}\nderived: {strategies.group_rules.enforcement: 1 / days}",
            "the scenario dead-group has no such setting; let it follow from a parameter",
        ),
        (ACTIVE + "levers: {start: {low: 1, high: 9}}", "levers.start: this setting has no range"),
        (ACTIVE + "levers: {community.members: }", "nobody says which range of this setting is plausible"),
        (
            ACTIVE + "levers: {behaviour.talk.size: {distribution: log_uniform}}",
            "levers.behaviour.talk.size: log_uniform needs a low above 0",
        ),
        (
            ACTIVE + "levers: {members: [5, 9]}",
            "3:10: levers.members: an outcome has this name; give it another one, with its path under path",
        ),
        (ACTIVE + "levers: {seed: {path: days, values: [5]}}", "levers.seed: a column has this name"),
        (
            ACTIVE + "levers: {days: [5]}\nuncertainties: {days: [6]}\nsampling: {uncertainties: grid}",
            "4:17: uncertainties.days: another setting has this name",
        ),
        (
            ACTIVE + "levers: {days: {values: [40, 50], when: dais > 2}}",
            "'dais > 2' asks for 'dais', which is not declared before it; before it there are: none",
        ),
        (
            ACTIVE + "levers: {days: [40]}\nderived: {community.members: dayz * 2}",
            "4:11: derived.community.members: 'dayz * 2' asks for 'dayz', which is not declared before it; "
            "did you mean days?",
        ),
        (
            ACTIVE + "levers: {days: [40]}\nderived: {community.members: days.real.__class__}",
            "asks for 'days.real.__class__', which is not declared",
        ),
        (
            ACTIVE + "levers: {days: [40]}\nderived: {community.group_size: days * 20}",
            "4:11: community.group_size: must be 2 to 500 persons, is 800, at point 0",
        ),
        (ACTIVE + "levers: {days: [40]}\nderived: {community.members: [7]}", "must be a formula such as"),
        (
            ACTIVE + "levers: {days: [40]}\nderived: {community.group_size: days / 0}",
            "the formula 'days / 0' can't be computed: division by zero, at point 0",
        ),
        (
            ACTIVE + MUTED + "sampling: {uncertainties: {method: sobol, samples: 100}}",
            "4:27: sampling.uncertainties: sobol needs a power of 2",
        ),
        (
            ACTIVE + MUTED + "sampling: {uncertainties: morris}",
            "sampling.uncertainties: morris needs samples",
        ),
        (
            ACTIVE + MUTED + "sampling: {uncertainties: {method: grid, samples: 4}}",
            "grid takes no samples",
        ),
        (ACTIVE + MUTED + "sampling: {uncertainties: gird}", "is 'gird'; did you mean grid?"),
        (
            ACTIVE + MUTED + "sampling: {together: grid, levers: grid}",
            "give either together, or levers and uncertainties",
        ),
        (
            ACTIVE + "levers: {days: [40, 50], community.members: [7]}\nsampling: {levers: list}",
            "4:1: sampling: a list needs values for every parameter, as many for each",
        ),
        (
            ACTIVE + "levers: {days: {low: 1, high: 1000, steps: 1000}, "
            "community.members: {low: 1, high: 2000, steps: 1000}, community.cap: [500, 400]}",
            "that makes 2,000,000 points, more than 1,000,000",
        ),
        (
            ACTIVE + MUTED + "outcomes: [proft]\nsampling: {uncertainties: grid}",
            "4:12: outcomes[0]: there is no measure 'proft'; did you mean profit?",
        ),
        (ACTIVE + MUTED + "repetitions: 0\nsampling: {}", "repetitions: must be 1 to 100,000, is 0"),
        (
            TWO + "levers: {strategies.red_envelope.total: [1, 2]}",
            "in dead-group: there is no 'red_envelope' in 'strategies.red_envelope.total'",
        ),
        (
            TWO + "levers: {t: {path: strategies.red_envelope.total, values: [1], when: scenario != 'x'}}",
            "3:10: t: the scenario dead-group has no such setting; add when: scenario != 'dead-group'",
        ),
        (
            "name: x\nscenario: active-grop\nlevers: {days: [40]}",
            "2:1: scenario: active-grop: there is no such",
        ),
        ("name: x\nscenarios: [dead-group, dead-group]", "2:25: scenarios[1]: two scenarios are called"),
    ],
)
def test_wrong_designs(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path, text)
    assert any(said in str(problem) for problem in caught.value.problems)
    assert all(problem.place.file == tmp_path / "design.yaml" for problem in caught.value.problems)


def test_all_errors_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = ACTIVE + "levers: {days: [40, x], community.memers: [7]}\nuncertainties: {behaviour.lok.muted: }\n"
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path, text + "sampling: {uncertainties: grid}\n")
    assert [problem.path for problem in caught.value.problems] == [
        "levers.community.memers",
        "uncertainties.behaviour.lok.muted",
    ]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such design; did you mean five-plans"):
        load_design(tmp_path / "five-plan.yaml")


def test_an_empty_entry_stands_for_the_plausible_range(tmp_path: Path) -> None:
    design = load(tmp_path, ACTIVE + MUTED + "sampling: {uncertainties: grid}")
    values = [point.values["behaviour.look.muted"] for point in design.points()]
    assert values == pytest.approx([0.1, 0.175, 0.25, 0.325, 0.4])


def test_scenarios_are_found_beside_the_design(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("extends: dead-group\nname: mine\ndays: 9\n")
    design = load(tmp_path, "name: x\nscenarios: [mine.yaml, dead-group]\n")
    points = design.points()
    assert [point.values for point in points] == [{"scenario": "mine"}, {"scenario": "dead-group"}]
    assert [design.scenario(point).days for point in points] == [9, 60]


def test_two_of_one_name_go_by_number(tmp_path: Path) -> None:
    (tmp_path / "twice.yaml").write_text(
        "extends: unmanaged-group\nname: twice\nstrategies:\n"
        "  - {kind: advert, posts: 1, ends: 9}\n  - {kind: advert, posts: 2, starts: 10}\n"
    )
    text = "name: x\nscenario: twice.yaml\nlevers: {strategies.advert.posts: [3, 4]}"
    with pytest.raises(ScenarioError, match=r"several are called 'advert' .*; give a number: \[0\], \[1\]"):
        load(tmp_path, text)
    design = load(tmp_path, text.replace("strategies.advert.posts", "'strategies[1].posts'"))
    plan = design.scenario(design.points()[1])
    assert [strategy.model_dump()["posts"] for strategy in plan.strategies] == [1, 4]
