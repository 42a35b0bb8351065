"""Rivals of a plan in a line, in both languages."""

from commsim.report.language import language
from commsim.report.plan_header import plan_header
from commsim.scenario.load import load, loads

TWO = """
extends: rival
name: two
rivals:
  - name: app
    share: 0.4
    growth: 0.05
    segments: {all: 0.3}
    sales:
      - {discount: 0.2, month_days: [18, last]}
      - {starts: 9, discount: -0.1}
      - {discount: 8折, weekdays: [mon]}
  - {name: market, share: 0.1}
"""


def test_a_plan_tells_of_its_rivals_and_of_none_where_it_has_none():
    assert "Rivals" not in plan_header(load("unmanaged-group"))
    assert plan_header(loads(TWO))["Rivals"] == (
        "app fills 40 % of the need (all 30 %; 20 % off, on 18, the last of the month; "
        "10 % dearer, from day 9; 20 % off, mon; its pool grows by 5 % a month); "
        "market fills 10 % of the need"
    )
    assert plan_header(load("rival"), language("zh"))["Rivals"] == (
        "街对面的店占同类消费的 70 %（降价 20 %、第 21 至 27 天）"
    )
