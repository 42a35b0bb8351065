"""Growth of the community, day by day."""

from typing import TYPE_CHECKING

from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd


def growth(records: Records) -> "pd.DataFrame":
    """One row per day: members, joined, invited, left, net gain, and the share of newcomers invited."""
    import pandas as pd

    frame = pd.DataFrame(
        {name: records.daily[name] for name in ("day", "members", "joined", "invited", "left")}
    )
    frame["net"] = frame["joined"] - frame["left"]
    frame["invited_share"] = frame["invited"] / frame["joined"].where(frame["joined"] > 0)
    return frame
