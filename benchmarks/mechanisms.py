"""What mechanisms cost in time: a plan with many of them beside one with few.

    python benchmarks/mechanisms.py

`fruit-shop` has membership, a service desk, coupons for an audience, a check-in, a lottery and a rival;
`active-group` has none of these.  Both at their shipped sizes, and both with about 20,000 members.
"""

from collections.abc import Callable

from timing import interleaved, print_table

from commsim import Scenario, build_population
from commsim.simulation.world import World

SEED = 3
TURNS, LARGE_TURNS = 25, 5


def larger(plan: Scenario, times: int) -> Scenario:
    """The plan with so many times its members, in so many times its groups."""
    community = plan.community
    groups = None
    if community.groups is not None:
        groups = tuple(
            group.model_copy(update={"name": f"{group.name} {k}"})
            for group in community.groups
            for k in range(times)
        )
    update = {"members": community.members * times, "groups": groups}
    return plan.model_copy(update={"community": community.model_copy(update=update)})


def living(plan: Scenario) -> Callable[[], None]:
    """What lives all days of a plan, with people that are there already and code that is compiled."""
    people = build_population(plan.community, plan.behaviour, SEED, today=plan.start)

    def live() -> None:
        world = World(plan, people, SEED)
        for _ in range(plan.days):
            world.advance()

    live()
    return live


def beside(many: Scenario, few: Scenario, turns: int) -> list[tuple[str, str]]:
    """Rows of both: microseconds a day, nanoseconds a member and day, and the ratio of these."""
    seconds = interleaved([living(many), living(few)], turns)
    rows, each = [], []
    for plan, took in zip((many, few), seconds, strict=True):
        members, day = plan.community.members, took / plan.days
        each.append(day / members)
        name = f"{plan.name}, {members:,} members"
        rows.append((f"{name}, a day", f"{1e6 * day:,.0f} us"))
        rows.append((f"{name}, a member and day", f"{1e9 * each[-1]:,.0f} ns"))
    return [*rows, ("ratio by member and day", f"{each[0] / each[1]:.1f}")]


if __name__ == "__main__":
    shop, active = Scenario.load("fruit-shop"), Scenario.load("active-group")
    title = "Processor time of a day, warm, median"
    print_table(f"{title}: as shipped", beside(shop, active, TURNS))
    print_table(f"{title}: large", beside(larger(shop, 20), larger(active, 10), LARGE_TURNS))
