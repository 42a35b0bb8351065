"""Group by group: what became of each, and how unlike they are."""

from typing import TYPE_CHECKING

from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

RECENT = 7


def group_table(records: Records) -> "pd.DataFrame":
    """One row per group: members on the first and the last day, activity of the last week, sums of the run.

    Columns: group, name (its number, counted from 1, if it has none), first, members (persons), active
    (share of members looking in on a day, last 7 days), messages (a day, last 7 days), muted (share, at the
    end), left, orders, revenue (yuan).
    """
    import pandas as pd

    days = pd.DataFrame(records.groups)
    last = days["day"].max()
    recent = days[days["day"] > last - RECENT].groupby("group")
    all_days, end = days.groupby("group"), days[days["day"] == last].set_index("group")
    members = recent["members"].sum()
    found = pd.DataFrame(
        {
            "first": all_days["members"].first(),
            "members": end["members"],
            "active": recent["looked"].sum() / members.where(members > 0),
            "messages": recent["messages"].mean(),
            "muted": end["muted"] / end["members"].where(end["members"] > 0),
            "left": all_days["left"].sum(),
            "orders": all_days["orders"].sum(),
            "revenue": all_days["revenue"].sum() / 100,
        }
    )
    found = found.rename_axis("group").reset_index()
    found.insert(1, "name", [records.group_name(group) for group in found["group"]])
    return found
