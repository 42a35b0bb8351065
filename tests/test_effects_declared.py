"""Each effect has all that belongs to it: who carries it out, limits, its word in both languages."""

import json
from collections import Counter
from importlib.resources import files
from typing import Annotated

import numpy as np
import pytest

from commsim.core.arrays import Ints
from commsim.core.declare import NOTHING, Cost, Effect, effect
from commsim.core.effects import Announce, Award, Pay, Redeem, Spend, Work
from commsim.core.faults import fault, too_late
from commsim.core.limits import Persons, Within
from commsim.core.mechanism import words
from commsim.core.mechanisms.bait import Lure
from commsim.core.mechanisms.envelopes import Envelope
from commsim.testing import FakeView
from declared import EFFECTS, carried_out

WORDS = {
    language: json.loads((files("commsim.page") / "static" / f"{language}.json").read_text(encoding="utf-8"))
    | words(language)
    for language in ("en", "zh")
}
ONE = np.array([1])


@effect(evening=True, cost=NOTHING)
class Promote(Effect):
    """An effect of somebody else's."""

    persons: Persons
    levels: Annotated[Ints, Within(0, 9)]

    def mismatch(self, view):
        return "nobody rises twice" if np.unique(self.persons).size < len(self.persons) else None


class Bonus(Pay):
    """Not declared as an effect itself."""


def test_the_walk_finds_effects():
    assert {Announce, Pay, Work} < set(EFFECTS)
    assert len(EFFECTS) == len(set(EFFECTS)) >= 15


def test_one_method_of_the_engine_carries_out_each_effect():
    assert Counter(carried_out()) == Counter(EFFECTS)


@pytest.mark.parametrize("kind", EFFECTS)
def test_an_effect_says_all_about_itself(kind):
    terms = kind.terms
    assert (kind.__doc__ or "").strip()
    assert terms.evening or not terms.settles
    assert isinstance(terms.cost, Cost) or callable(terms.cost)
    for setting in kind.settings:
        assert setting.limits or not setting.number


@pytest.mark.parametrize("language", WORDS)
def test_the_page_has_each_effects_word(language):
    told = {kind.terms.word for kind in EFFECTS if kind.terms.word} | {"preview"}
    assert len(told) > 5
    words = {key.removeprefix("story.deed.") for key in WORDS[language] if key.startswith("story.deed.")}
    assert words == told


def test_numbers_without_limits_are_no_effect():
    with pytest.raises(TypeError, match=r"Prize\.fen needs limits"):

        @effect(cost=NOTHING)
        class Prize(Effect):
            """Has no limits."""

            persons: Persons
            fen: Ints


def test_the_rules_of_the_evening_stand_at_the_effects():
    evening = {kind.__name__ for kind in EFFECTS if kind.terms.evening}
    assert evening == {"Pay", "Spend", "Award", "Redeem", "Recruit", "Lure"}
    assert {kind for kind in EFFECTS if kind.terms.settles} == {Pay, Award, Redeem, Spend, Lure}
    assert too_late(Announce(20), "react") == "Announce can't be answered in the evening; use act"
    assert too_late(Announce(20), "act") is None


def test_costs_on_paper():
    assert Envelope.terms.cost(Envelope(20, 500, 5, 0.0, 0.0), 3) == Cost(fen=1500)
    assert Work.terms.cost(Work(2.5), 4) == Cost(minutes=10.0)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (Promote(ONE, ONE), None),
        (Promote(ONE, np.array([10])), "Promote: levels must be finite and between 0 and 9"),
        (Promote(ONE, np.array([1.5])), "Promote: levels must be whole"),
        (Promote(np.array([99]), ONE), "Promote: persons must be row numbers of people who exist"),
        (Promote(ONE, np.array([1, 2])), "Promote: levels needs one value per person"),
        (Promote(np.array([1, 1]), np.array([1, 2])), "Promote: nobody rises twice"),
        (Bonus(None, ONE, ONE), "is not an effect"),
        (Effect(), "is not an effect"),
        (Pay, "is not an effect"),
    ],
)
def test_limits_are_read_off_the_declaration(given, text):
    found = fault(given, FakeView())
    assert found == text if text is None else text in found
