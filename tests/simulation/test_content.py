"""Content that wears, and is fresh again where it is of another kind."""

import numpy as np
from worlds import plan, world

from commsim.simulation import columns as c

BASE = {"members": 100, "group_size": 50, "days": 60}


def given(*strategies):
    """What the posts of each day are worth to who sees them, in the first group."""
    made, found = world(plan(*strategies, **BASE)), []
    for _ in range(BASE["days"]):
        made.advance()
        found.append(made._today.notices[c.CONTENT, 0])
    return np.array(found)


def test_each_week_is_worth_less_and_another_name_begins_again():
    first = {"kind": "content", "name": "tips", "quality": 0.3, "fresh": 0.0, "half_life": 28, "ends": 34}
    then = first | {"starts": 35, "ends": None}
    weeks = 0.3 * 0.5 ** (np.arange(60) // 7 / 4)
    np.testing.assert_allclose(given(first, then), weeks, rtol=1e-6)
    again = np.concatenate([weeks[:35], weeks[:25]])
    np.testing.assert_allclose(given(first, then | {"name": "shows"}), again, rtol=1e-6)


def test_two_kinds_are_worth_what_each_has_left():
    """The root of the sum of squares, each worn since its own start."""
    tips = {"kind": "content", "name": "tips", "quality": 0.3, "fresh": 0.0, "half_life": 28}
    shows = tips | {"name": "shows", "starts": 14}
    worth = given(tips, shows)
    of_one = 0.3 * 0.5 ** (np.arange(60) // 7 / 4)
    both = np.hypot(of_one[14:], of_one[:46])
    np.testing.assert_allclose(worth[14:], both, rtol=1e-6)
