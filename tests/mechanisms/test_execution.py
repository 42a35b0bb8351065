"""How well a plan is carried out: the plain twin, and the laws."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtri
from test_equal_bits import ALL, both, differing, of_few
from worlds import differing as differing_runs
from worlds import plan, run

from commsim.core import luck
from commsim.core.effects import Content
from commsim.core.maths import exp
from commsim.population.quantiles import at, normal
from commsim.scenario.load import dump, loads
from commsim.scenario.schema import Operator

SLOPPY = {"forgets": 0.2, "late": 0.3, "late_days": 2, "spread": 0.4}


def a_draw(model, what, day, cause):
    """Luck of one strategy on one day."""
    stream = luck.key(model.seed, luck.purpose(f"execution, {what}"), day, model.salts[cause])
    return luck.uniform(stream, 0)


class PlainExecution:
    """The rules once more, strategy by strategy."""

    def __init__(self, model):
        self.model, self.by, self.later = model, model.plan.operator.execution, []
        causes = range(len(model.strategies))
        scores = at(np.array([a_draw(model, "how well it is done", 0, c) for c in causes]), normal())
        self.well = [exp(self.by.spread * float(score)) for score in scores]

    def morning(self):
        self.moving, self.had, self.turns = True, set(), {}
        self.counts = {"forgotten": 0, "late": 0}

    def admit(self, effect, cause):
        if not self.moving or not self.model.strategies[cause].by_hand:
            return [effect]
        day = self.model.day
        if cause not in self.turns:
            forgets = a_draw(self.model, "what is forgotten", day, cause) < self.by.forgets
            late = a_draw(self.model, "what comes late", day, cause) < self.by.late
            when = day + self.by.lag + self.by.late_days * late
            self.turns[cause] = None if forgets else when
            self.counts["forgotten"] += forgets
        when = self.turns[cause]
        if when == day:
            self.had.add(cause)
            return [self.made(effect, cause)]
        if when is not None:
            self.later.append((when, day, cause, effect))
        return []

    def made(self, effect, cause):
        well = self.well[cause]
        if isinstance(effect, Content):
            trust = min(1.0, max(-1.0, effect.trust * well))
            return replace(effect, value=effect.value * well, topics=effect.topics * well, trust=trust)
        if well < 1.0 and hasattr(effect, "reach"):
            return replace(effect, reach=effect.reach * well)
        return effect

    def postponed(self):
        self.moving = False
        now = [one for one in self.later if one[0] == self.model.day and one[2] not in self.had]
        for cause in sorted({one[2] for one in now}):
            last = max(one[1] for one in now if one[2] == cause)
            self.counts["late"] += 1
            for _, meant, of, effect in now:
                if of == cause and meant == last:
                    yield cause, self.made(effect, cause)

    def dial(self):
        pass

    def told(self):
        return {}

    def close(self):
        pass

    def numbers(self):
        return self.counts


@pytest.mark.parametrize(
    "execution",
    [SLOPPY, pytest.param({"lag": 3, "late": 0.5, "late_days": 1, "forgets": 0.1}, marks=pytest.mark.slow)],
    ids=["sloppy", "with a lag"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(execution):
    made = of_few("active-group", operator=Operator(execution=execution), members=150, days=14)
    if "lag" in execution:
        made = of_few("unmanaged-group", *ALL, operator=Operator(execution=execution), members=150, days=14)
    engine, plain = both(made, PlainExecution)
    assert differing(engine, plain) == []
    assert engine.records().daily["forgotten"].sum() > 0
    assert engine.records().daily["late"].sum() > 0


POST = {"kind": "content", "cost": 5, "staff_minutes": 2}
SALE = {"kind": "flash_sale", "discount": 0.3, "weekdays": ["tue"], "stock": None, "scarce": False}


def test_a_plan_done_as_written_changes_no_byte():
    perfect = run(plan(POST, SALE))
    assert differing_runs(perfect, run(plan(POST, SALE, operator={"execution": {"forgets": 1e-12}}))) == []
    assert "execution" not in dump(plan(POST))
    kept = plan(POST, operator={"execution": SLOPPY})
    assert loads(dump(kept)) == kept


def test_what_is_forgotten_is_not_posted_not_paid_and_counted():
    records = run(plan(POST, days=200, members=60, operator={"execution": {"forgets": 0.25}}))
    posts, forgotten = records.daily["operator_posts"] > 0, records.daily["forgotten"]
    assert (posts == (forgotten == 0)).all()
    assert forgotten.mean() == pytest.approx(0.25, abs=0.09)
    staff = records.ledger["account"] == records.accounts.index("staff")
    assert set(records.ledger["day"][staff].tolist()) == set(np.flatnonzero(posts).tolist())


def test_a_lag_is_the_same_plan_later():
    """With the calendar shifted by hand, the same bytes."""
    later = run(plan({**POST, "starts": 4, "ends": 12}, operator={"execution": {"lag": 3}}))
    shifted = run(plan({**POST, "starts": 7, "ends": 15, "fresh": 1.0}))
    lagged = run(plan({**POST, "starts": 4, "ends": 12, "fresh": 1.0}, operator={"execution": {"lag": 3}}))
    assert np.flatnonzero(later.daily["operator_posts"]).tolist() == list(range(7, 16))
    assert differing_runs(shifted, lagged) == []


def test_what_comes_late_is_left_out_when_the_next_turn_comes_first():
    """A daily post that is late is one post less; a weekly sale that is late is held later."""
    late = {"execution": {"late": 1.0, "late_days": 2}}
    daily = run(plan(POST, days=20, operator=late)).daily
    assert daily["operator_posts"][:2].sum() == 0
    assert (daily["late"][2:] == 1).all()
    sale = run(plan(SALE, days=20, operator=late)).daily
    assert np.flatnonzero(sale["operator_posts"]).tolist() == [3, 10, 17]  # a Monday is the first day


def test_how_well_it_is_done_is_drawn_once_a_run_and_lognormal():
    from commsim.simulation.world import World

    scores = []
    for seed in range(40):
        from commsim.population.build import build

        made = plan(POST, members=20, operator={"execution": {"spread": 0.5}})
        people = build(made.community, made.behaviour, seed, today=made.start)
        engine = World(made, people, seed).mechanisms.all[0]
        stream = luck.key(seed, luck.purpose("execution, how well it is done"), 0, luck.salt("content"))
        assert engine._well[0] == pytest.approx(np.exp(0.5 * ndtri(luck.uniform(stream, 0))), rel=1e-3)
        scores.append(np.log(engine._well[0]))
    assert np.std(scores) == pytest.approx(0.5, abs=0.15)


def test_a_section_that_changes_nothing_is_refused():
    with pytest.raises(ValueError, match="changes nothing; give forgets, late, lag or spread"):
        plan(operator={"execution": {"late_days": 5}})
