"""The public test kit: the built-in strategies pass, and each broken promise is found by its name."""

import random
from typing import ClassVar, Literal

import numpy as np
import pytest
from pydantic import BaseModel

from commsim.core.columns import SEEN
from commsim.core.effects import Account, Announce, Offer, Pay, Recruit, Redeem, Spend
from commsim.core.mechanisms.check_in import CheckIn
from commsim.core.mechanisms.envelopes import Envelope
from commsim.core.units import Fen, param
from commsim.strategies.base import Phase, Strategy
from commsim.strategies.registry import kinds
from commsim.testing import FakeView, check_strategy
from commsim.testing.effects import fault
from commsim.testing.rehearsal import rehearse

SETTINGS = {
    "flash_sale": {"discount": 0.15, "stock": 20},
    "group_buying": {"ladder": [{"size": 2, "price": 90}, {"size": 3, "price": 85}]},
    "check_in": {"prizes": [{"streak": 2, "points": 10, "gift": 1}], "redeem_at": 10},
    "distributor_rebate": {"reward": 10, "gift": 2},
    "content": {"cost": 50},
    "coupon": {"face": 5, "share": {"friends": 2}},
    "upgrade": {"of": "coffee", "product": "cup"},
}


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_built_in_strategy_keeps_the_promises(kind):
    strategy = kinds()[kind]
    check_strategy(strategy, **SETTINGS.get(kind, {}))


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_the_rehearsal_makes_every_hook_answer(kind):
    strategy = kinds()[kind](**SETTINGS.get(kind, {}))
    hooks = {answer.hook for answer in rehearse(strategy, 28, 0)[0] if answer.effects}
    assert hooks == ({"act", "react"} if type(strategy).react is not Strategy.react else {"act"})


class Good(Strategy):
    """Says hello."""

    kind: Literal["good"] = "good"
    purpose: ClassVar = "activity"

    def act(self, view, memory):
        return [Announce(self.hour)]


class NoKind(Good):
    """Has a kind of no one value."""

    kind: str = "anything"


class NoPurpose(Strategy):
    """Does not say what it is for."""

    kind: Literal["no_purpose"] = "no_purpose"


class NoWords(Good):
    kind: Literal["no_words"] = "no_words"


NoWords.__doc__ = None


class Thawed(Good):
    """Can be changed in a run."""

    model_config: ClassVar = {"frozen": False}
    kind: Literal["thawed"] = "thawed"


class Lenient(Good):
    """Takes any setting."""

    model_config: ClassVar = {"extra": "allow"}
    kind: Literal["lenient"] = "lenient"


class Undescribed(Good):
    """Has a field without a card."""

    kind: Literal["undescribed"] = "undescribed"
    depth: int = 3


class NoSource(Good):
    """Has a number from nowhere."""

    kind: Literal["no_source"] = "no_source"
    depth: int = param(3, "How deep", unit="m", source="", grade="D")


class Wanting(Good):
    """Can't be made without a setting."""

    kind: Literal["wanting"] = "wanting"
    price: Fen = param(..., "Price", unit="yuan", source="-", grade="D")


class Forgetful(Good):
    """Loads other than it dumps."""

    kind: Literal["forgetful"] = "forgetful"
    hour: int = param(20, "Hour", unit="hour", source="-", grade="D")

    def model_dump(self, **options):
        return super().model_dump(**options) | {"hour": 9}


class Jar(Good):
    """Remembers what can't go to another process."""

    kind: Literal["jar"] = "jar"

    def start(self, view):
        return lambda: view


class Random(Good):
    """Draws from a generator of its own."""

    kind: Literal["random"] = "random"

    def act(self, view, memory):
        return [Announce(random.randrange(24))]


class Ghost(Good):
    """Pays people who don't exist."""

    kind: Literal["ghost"] = "ghost"

    def act(self, view, memory):
        return [Pay(Account.GIFTS, np.array([view.n_persons]), np.array([100]))]


class Outsider(Good):
    """Pays people who are not members."""

    kind: Literal["outsider"] = "outsider"

    def act(self, view, memory):
        return [Pay(Account.GIFTS, np.flatnonzero(view.status == 0), np.full((view.status == 0).sum(), 100))]


class Thief(Good):
    """Takes money from members."""

    kind: Literal["thief"] = "thief"

    def react(self, happened, view, memory):
        return [Pay(Account.GIFTS, happened.lookers, np.full(happened.lookers.size, -100))]


class Splitter(Good):
    """Pays parts of a fen."""

    kind: Literal["splitter"] = "splitter"

    def act(self, view, memory):
        return [Spend(Account.TOOLS, 0.5)]


class Chatterer(Good):
    """Answers with words."""

    kind: Literal["chatterer"] = "chatterer"

    def act(self, view, memory):
        return ["hello"]


class Meddler(Good):
    """Changes what it sees."""

    kind: Literal["meddler"] = "meddler"

    def act(self, view, memory):
        view.trust[:] = 1.0
        return []


class Crasher(Good):
    """Divides by nothing."""

    kind: Literal["crasher"] = "crasher"

    def act(self, view, memory):
        return [Announce(1 // 0)]


class Late(Good):
    """Posts when everybody is asleep."""

    kind: Literal["late"] = "late"

    def react(self, happened, view, memory):
        return [Announce(22)]


class Sleepless(Good):
    """Spends every day, whatever its dates."""

    kind: Literal["sleepless"] = "sleepless"

    def react(self, happened, view, memory):
        return [Spend(Account.TOOLS, 100)]


class Timeless(Good):
    """Makes its own calendar."""

    kind: Literal["timeless"] = "timeless"

    def phase(self, view):
        return Phase.FORMAL


class Idle(Good):
    """Never does anything."""

    kind: Literal["idle"] = "idle"

    def act(self, view, memory):
        return []


class Counting(Good):
    """Says that it goes by the calendar, and posts more every day."""

    kind: Literal["counting"] = "counting"
    by_calendar = True

    def act(self, view, memory):
        return [Announce(self.hour, view.day + 1)]


@pytest.mark.parametrize(
    ("strategy", "broken"),
    [
        (NoKind, "needs a kind"),
        (NoPurpose, "purpose must be one of activity, retention, fission, conversion"),
        (NoWords, "needs a docstring"),
        (Thawed, "must be frozen"),
        (Lenient, "must forbid unknown settings"),
        (Undescribed, "field `depth` has no description"),
        (NoSource, "field `depth` has no source"),
        (Wanting, "give check_strategy the settings it needs"),
        (Forgetful, "does not load to an equal strategy"),
        (Jar, "what it remembers can't be pickled"),
        (Random, "the same seed gives other effects .act, day"),
        (Ghost, "Pay: persons must be row numbers of people who exist .in act on day 0"),
        (Outsider, "Pay: it reaches people who are not members"),
        (Thief, "Pay: fen must be finite and between 0 and inf .in react"),
        (Splitter, "Spend: fen must be whole"),
        (Chatterer, "'hello' is not an effect"),
        (Meddler, "changes what it sees"),
        (Crasher, "fails while it runs: ZeroDivisionError"),
        (Late, "Announce can't be answered in the evening"),
        (Sleepless, "answers with Spend on day 0, outside its dates"),
        (Timeless, "acts on day 0, outside its dates"),
        (Idle, "does nothing between its dates"),
        (Counting, "acts otherwise on day 1 than on day 0, so it is not `by_calendar`"),
    ],
)
def test_each_broken_promise_is_found_and_named(strategy, broken):
    with pytest.raises(AssertionError, match=f"^{strategy.__name__}: .*{broken}"):
        check_strategy(strategy)


def test_a_strategy_of_the_class_body_can_be_checked_as_an_instance():
    check_strategy(Good(hour=9))
    with pytest.raises(AssertionError, match=r"Local.*pickled"):
        check_strategy(_local())


def _local():
    class Local(Good):
        """Lives in a function, where no other process finds it."""

        kind: Literal["local"] = "local"

    return Local()


NOBODY = np.zeros(0, dtype=np.int64)
ONE = np.array([1])


@pytest.mark.parametrize(
    ("effect", "text"),
    [
        (Announce(24), "hour must be finite and between 0 and 23"),
        (Announce(20, reach=float("nan")), "reach must be finite"),
        (Announce(20, groups=np.array([True])), "one yes or no for each of the 2 groups"),
        (Announce(20, groups=np.array([0, 1])), "one yes or no"),
        (Envelope(20, 5, 10, 0.0, 0.0), "each share needs at least one fen"),
        (Offer(1, 100, 20, 2.0), "product 1 is not sold"),
        (Offer(0, 99.5, 20, 2.0), "price must be whole"),
        (CheckIn(0.3, np.zeros(3)), "one value per person of the community"),
        (Pay(Account.GIFTS, ONE, np.array([1, 2])), "fen needs one value per person"),
        (Redeem(ONE, ONE, 1.0), "more points than they have"),
        (Recruit(ONE, ONE, ONE), "not strangers"),
        (Recruit(np.array([9]), np.array([8]), ONE), "not members"),
        (Spend(Account.TOOLS, "5"), "not a number"),
        (Spend(Account.TOOLS, np.array([5, 5])), "fen must be one number"),
        (Announce(20, reach=(0.5, 0.5)), "reach must be one number"),
    ],
)
def test_faults_of_effects(effect, text):
    assert text in (fault(effect, FakeView()) or "")


@pytest.mark.parametrize(
    "effect",
    [
        Announce(20, groups=np.array([True, False])),
        Offer(0, 2550, 20, 2.0, stock=None),
        Pay(Account.GIFTS, NOBODY, NOBODY),
        Recruit(np.array([9]), np.array([-1]), ONE),
    ],
)
def test_sound_effects_have_no_fault(effect):
    assert fault(effect, FakeView()) is None


def test_a_view_on_paper_has_every_column_that_strategies_see():
    view = FakeView()
    for column in SEEN:
        assert len(getattr(view, column.name)) == view.n_persons


def test_money_may_have_parts_of_a_yuan_by_default():
    class Paid(BaseModel):
        cost: Fen = param(0.5, "Cost of each", unit="yuan", low=0.1, source="-", grade="D")

    assert Paid().cost == 50
    with pytest.raises(ValueError, match="greater than or equal to 10"):
        Paid(cost=0.05)
