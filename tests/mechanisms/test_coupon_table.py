"""What a run tells of its coupons."""

import re

from worlds import plan, run

from commsim.analysis.counts import counts
from commsim.report.coupons import coupon_grids
from commsim.report.language import language


def test_what_became_of_coupons_adds_up():
    coupon = {"kind": "coupon", "face": 8, "again": 7, "weekdays": ["mon"], "share": {"friends": 2}}
    behaviour = {"coupons": {"pass_on": 0.5}}
    records = run(plan(coupon, members=400, days=20, behaviour=behaviour))
    (grid,) = coupon_grids(counts(records))
    issued = int(re.sub(r"[^0-9]", "", grid.title))
    numbers = {label: float(number.replace(",", "")) for label, number, _ in grid.rows}
    shares = {label: float(share.removesuffix(" %")) for label, _, share in grid.rows}
    kept = ("Redeemed", "Expired unused", "Still in hand")
    assert issued == records.daily["coupons_issued"].sum() == sum(numbers[label] for label in kept)
    assert abs(sum(shares[label] for label in kept) - 100) < 0.2
    assert numbers["Passed on by friends"] > numbers["Passed on and redeemed"]
    anyway = "Redeemed, would have been bought that day anyway"
    assert 30 < shares[anyway] < 60
    chinese = coupon_grids(counts(records), language("zh"))[0]
    assert not any(re.search("[A-Za-z]", cell) for row in chinese.rows for cell in row)


def test_other_runs_have_no_such_table():
    assert coupon_grids(counts(run(plan(members=50, days=2)))) == []
