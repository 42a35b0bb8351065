"""Who writes how much: posters in 178 real chats beside posters in simulated groups.

    python docs/examples/participation.py

Reads irc_user_message_counts.csv beside this file: see docs/real-data.md.
"""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd

from commsim import Scenario, simulate
from commsim.analysis.participation import Participation, participation, written_by_group
from commsim.scenario.length import with_days
from commsim.validation.facts.plans import changed, of_kind

HERE = Path(__file__).parent
DAYS, WORLDS, FEWEST, SIZE = 30, 10, 300, 200
"""Groups count with as many messages as the chats have at least."""
LABELS = {
    "posters": "people who wrote",
    "messages": "messages",
    "gini": "Gini among them",
    "top_tenth": "share by their top tenth",
    "once": "wrote once only",
    "shape": "negative binomial shape",
}


def chats():
    """The statistics of every chat."""
    table = pd.read_csv(HERE / "irc_user_message_counts.csv")
    return [participation(chat.to_numpy()) for _, chat in table.groupby("episode")["messages"]]


def groups(spread):
    """The statistics of the lively groups of an interest, tended, for a spread of talk rates."""
    people = {"group_size": SIZE, "groups": None}
    plan = of_kind(with_days(Scenario.load("active-group"), DAYS), "interest")
    plan = changed(plan, {"community": people, "behaviour": {"talk": {"spread": spread}}})
    found = []
    for seed in range(WORLDS):
        written = written_by_group(simulate(plan, seed, detail="full"))
        found += [participation(messages) for messages in written if messages.sum() >= FEWEST]
    return found


def main():
    """Print the table: medians, and the range of the middle 80 %."""
    columns = {"chats": chats(), "groups": groups(1.8), "groups, talk.spread 1.5": groups(1.5)}
    print(f"{'':28}" + "".join(f"{f'{len(found)} {name}':30}" for name, found in columns.items()).rstrip())
    for field in fields(Participation):
        cells = []
        for found in columns.values():
            low, middle, high = np.quantile([getattr(one, field.name) for one in found], [0.1, 0.5, 0.9])
            digits = 0 if field.type is int else 2
            cells.append(f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})")
        print(f"{LABELS[field.name]:28}" + "".join(f"{cell:30}" for cell in cells).rstrip())


if __name__ == "__main__":
    main()
