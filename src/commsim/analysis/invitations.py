"""The tree of invitations: who brought whom, how deep it goes, and how many each member brings."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.analysis.detail import table
from commsim.core.arrays import Ints
from commsim.core.view import STRANGER
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd


def invitation_tree(records: Records) -> "pd.DataFrame":
    """Everybody who ever was a member: person, inviter (-1 for none), generation, joined, brought.

    Generation 0 came by themselves or were there from the start; whom they brought is generation 1.
    joined: day, -1 for the start.  brought: members whom the person brought in.  Needs full detail.
    """
    import pandas as pd

    members = table(records, "members")
    ever = members["status"] != STRANGER
    person, inviter = members["person"][ever], members["inviter"][ever]
    known = np.isin(inviter, person)
    inviter = np.where(known, inviter, -1)
    size = int(person.max(initial=-1)) + 1
    brought = np.bincount(inviter[known], minlength=size)[person]
    columns = {"person": person, "inviter": inviter, "generation": _generations(person, inviter, size)}
    return pd.DataFrame({**columns, "joined": members["joined"][ever], "brought": brought})


def _generations(person: Ints, inviter: Ints, size: int) -> Ints:
    """Steps from each person up to somebody who was not invited."""
    above = np.full(size, -1)
    above[person] = inviter
    generation, ancestor = np.zeros(len(person), np.int64), inviter
    while (ancestor >= 0).any():
        generation += ancestor >= 0
        ancestor = np.where(ancestor >= 0, above[ancestor], -1)
    return generation


def generations(tree: "pd.DataFrame") -> "pd.DataFrame":
    """One row per generation of an `invitation_tree`: persons, whom they brought, and K.

    K is the number of members that a person of the generation brought: below 1 the tree dies out.
    """
    found = tree.groupby("generation").agg(persons=("person", "size"), brought=("brought", "sum"))
    found["k"] = found["brought"] / found["persons"]
    return found.reset_index()
