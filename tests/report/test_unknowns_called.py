"""What single unknowns are called in Chinese: every setting of behaviour, and settings of plans."""

import re

import pytest

from commsim.report.language import language
from commsim.report.unknowns import _behaviour, unknown_called
from commsim.scenario.behaviour import Behaviour

ZH = language("zh")


def test_every_setting_of_behaviour_has_a_name_and_no_name_is_left_over():
    settings = {
        f"{section}.{name}"
        for section, field in Behaviour.model_fields.items()
        for name in field.annotation.model_fields
    }
    named = {path for path in _behaviour() if not path.startswith("community.")}
    assert named == settings
    assert all(re.search(r"[\u4e00-\u9fff]", told) for told in _behaviour().values())
    assert len(set(_behaviour().values())) == len(_behaviour())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("buying.touch", "常看群对购买的作用"),
        ("content.quality (news, 0.3)", "内容：每条的价值 (news, 0.3)"),
        ("sources.steps.scan (spring, 0.3)", "渠道：扫码率 (spring, 0.3)"),
        ("community.segments.lapsed", "人群：流失比例"),
        ("no.such", "no.such"),
    ],
)
def test_a_name_is_that_of_what_it_is_of(name, told):
    assert unknown_called(name, ZH) == told
    assert unknown_called(name, language("en")) == name
