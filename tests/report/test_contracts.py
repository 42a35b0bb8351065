"""What a plan shows of who is paid."""

from commsim.report.language import language
from commsim.report.plan_header import plan_header
from commsim.scenario.load import load


def test_what_each_party_gets_and_bears_is_shown():
    assert "Parties" not in plan_header(load("active-group"))
    told = "Supplier: 80 % of what is paid; bears goods. Platform: 10 % of what is paid; bears envelopes"
    assert plan_header(load("b2b2c"))["Parties"] == told
    assert (
        plan_header(load("s2b2c"), language("zh"))["Parties"]
        == "供应商：供货价为每单原价的 65 %；承担的费用：商品"
    )
