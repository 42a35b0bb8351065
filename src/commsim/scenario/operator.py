"""Who runs the groups: wages, minutes, what newcomers cost, limits of the platform, how well it is done."""

from commsim.core.part import Part
from commsim.core.units import Day, Fen, described, param
from commsim.scenario.execution import Execution
from commsim.scenario.touches import Touches


class Operator(Part):
    """Who runs the groups, and what that costs."""

    wage_per_hour: Fen = param(
        46,
        "Cost of an hour of staff",
        unit="yuan",
        low=0,
        plausible=(29, 86),
        source="job adverts: 8,000 yuan a month, 174 hours",
        grade="C",
    )
    minutes_per_group: float = param(
        0.0,
        "Staff time per group and day besides the strategies",
        unit="minutes",
        low=0.0,
        high=1440.0,
        source="-",
        grade="D",
    )
    messages_per_post: float = param(
        3.0,
        "Messages of which a post of the operator is made: text, picture, link",
        unit="messages",
        low=1.0,
        high=20.0,
        source="assumed from operators' practice",
        grade="D",
    )
    minutes_per_answer: float = param(
        1.0,
        "Staff time per answer to a member (see talk.answered)",
        unit="minutes",
        low=0.0,
        high=60.0,
        source="assumed",
        grade="D",
    )
    tools_per_group: Fen = param(
        0, "Tools per group and day", unit="yuan", low=0, plausible=(0.5, 3), source="assumed", grade="D"
    )
    acquisition: Fen = param(
        20,
        "Cost of a newcomer whom nobody invited",
        unit="yuan",
        low=0,
        plausible=(5, 100),
        source="fission 10-40 a head (lore)",
        grade="C",
    )
    acquisition_rise: float = param(
        0.0,
        "Share by which such a newcomer is dearer after a year, day by day; puts in that traffic gets dearer",
        unit="share",
        low=-0.9,
        high=10.0,
        plausible=(0.0, 0.4),
        source="operators' lore: bought contacts rose by a third a year from 2020 to 2023",
        grade="D",
    )
    delivery_days: int = param(
        2, "Days from order to delivery", unit="days", low=1, high=30, source="assumed", grade="D"
    )
    touches: Touches | None = described(
        None, "Limits of the platform on posts in a group; none if empty", unit="section"
    )
    execution: Execution | None = described(
        None, "How well the plan is carried out; as written if empty", unit="section"
    )
    hands_off: Day | None = param(
        None,
        "Day from which on the operator does nothing any more: no strategy, staff or tools; never if empty",
        unit="day",
        source="operator's choice",
        grade="D",
    )

    def leaves(self, day: int) -> bool:
        """Whether the groups are left to themselves on a day."""
        return self.hands_off is not None and day >= self.hands_off
