"""What a trial can count in each group, day by day, and what of it is kept of a run."""

from dataclasses import dataclass

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.core.measures import Unit
from commsim.core.units import FEN_PER_YUAN
from commsim.records.records import Records


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that is counted in a group: stable name, label for people, unit.

    fewer: less of it is better.  unseen: the owner of a group in WeChat does not see it.  Looks are members
    times days on which they look in.
    """

    name: str
    label: str
    unit: Unit
    fewer: bool = False
    unseen: bool = False


OUTCOMES = (
    Outcome("profit", "Profit", "yuan"),
    Outcome("revenue", "Revenue", "yuan"),
    Outcome("orders", "Orders", "orders"),
    Outcome("left", "Leavers", "persons", fewer=True),
    Outcome("messages", "Messages", "messages"),
    Outcome("looked", "Looks", "persons", unseen=True),
)
NAMES = tuple(one.name for one in OUTCOMES)


def find(name: str) -> Outcome:
    """The outcome of a name; `InputError` if there is none."""
    if name not in NAMES:
        raise InputError(f"a trial has no outcome {name!r}", remedy=f"choose one of: {', '.join(NAMES)}")
    return OUTCOMES[NAMES.index(name)]


def by_group(records: Records, sizes: Floats) -> Floats:
    """Outcomes of a run: outcomes x days x groups of the start, as if each had the mean of the sizes.

    sizes: members at the start.  What belongs to no group, such as the wages of who runs them all, and what
    happens in groups that open later is shared evenly by those of the start.
    """
    days, groups = records.days, len(sizes)
    found = np.zeros((len(OUTCOMES), days, groups))
    table = records.groups
    for k, outcome in enumerate(OUTCOMES):
        if outcome.name == "profit":
            entries = records.entries
            found[k] = _shared(entries["day"], entries["group"], entries["fen"], days, groups)
        else:
            found[k] = _shared(table["day"], table["group"], table[outcome.name], days, groups)
        if outcome.unit == "yuan":
            found[k] /= FEN_PER_YUAN
    return np.asarray(found * (sizes.mean() / sizes))


def _shared(day: Floats, group: Floats, amount: Floats, days: int, groups: int) -> Floats:
    """Sums, days x groups; of other groups, and of none, evenly by all."""
    ours = (group >= 0) & (group < groups)
    place = np.where(ours, day.astype(np.int64) * groups + group, days * groups + day)
    sums = np.bincount(place, weights=amount.astype(np.float64), minlength=days * groups + days)
    return np.asarray(sums[: days * groups].reshape(days, groups) + sums[days * groups :, None] / groups)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an arm in a world.

    before: mean and variance of the baseline of each outcome (outcomes x 2).  after: mean, variance and
    covariance with the baseline, by length (outcomes x lengths x 3).  Variances are those between groups.
    """

    before: Floats
    after: Floats

    def flat(self) -> tuple[float, ...]:
        """As one row of numbers."""
        return (*self.before.ravel().tolist(), *self.after.ravel().tolist())

    @classmethod
    def of(cls, row: Floats, lengths: int) -> "Kept":
        """What `flat` gave."""
        count = 2 * len(OUTCOMES)
        return cls(row[:count].reshape(-1, 2), row[count:].reshape(len(OUTCOMES), lengths, 3))


def keep(by_day: Floats, before: int, lengths: tuple[int, ...]) -> Kept:
    """Means over groups, and how unlike they are; the first days of `by_group` are the baseline."""
    base = by_day[:, :before].sum(axis=1)
    after = np.stack([by_day[:, before : before + days].sum(axis=1) for days in lengths], axis=1)
    free = max(1, base.shape[1] - 1)
    off = base - base.mean(axis=1, keepdims=True)
    apart = after - after.mean(axis=2, keepdims=True)
    return Kept(
        np.stack([base.mean(axis=1), (off**2).sum(axis=1) / free], axis=1),
        np.stack(
            [
                after.mean(axis=2),
                (apart**2).sum(axis=2) / free,
                (apart * off[:, None]).sum(axis=2) / free,
            ],
            axis=2,
        ),
    )
