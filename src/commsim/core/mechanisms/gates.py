"""Strategies that begin or end when a community has come so far, as readers see them."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Event, Mechanism

BEGAN = Event("began", "a strategy begins, since the state that it waits for is reached", kept=True)
ENDED = Event("ended", "a strategy ends, since the state up to which it goes is reached", kept=True)
GATES = Mechanism(
    "gates",
    "Strategies that begin when a community has come so far, or end then.",
    engine="commsim.simulation.mechanisms.gates:Gates",
    events=(BEGAN, ENDED),
    daily=(
        Column("begun", np.int32, "strategies that begin today, since the state they wait for is reached"),
        Column(
            "stopped", np.int32, "strategies that end today, since the state up to which they go is reached"
        ),
        Column("gates_waiting", np.int32, "strategies that still wait for a state"),
    ),
    words={
        "daily.begun": ("Begun on reaching a state", "达到条件开始的活动"),
        "daily.stopped": ("Ended on reaching a state", "达到条件结束的活动"),
        "daily.gates_waiting": ("Waiting for a state", "等待条件的活动"),
        "event.began": ("A strategy began: its state was reached.", "条件达到，活动开始。"),
        "event.ended": ("A strategy ended: its state was reached.", "条件达到，活动结束。"),
        "happened.begun": (
            "{n} strategies begin, as their state is reached.",
            "{n} 个活动达到条件，今天开始。",
        ),
        "happened.stopped": (
            "{n} strategies end, as their state is reached.",
            "{n} 个活动达到条件，今天结束。",
        ),
    },
)
