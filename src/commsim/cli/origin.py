"""Where results come from: this command, and the scenario that it was given."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commsim.records.store import Origin
    from commsim.scenario.schema import Scenario


def command() -> list[str]:
    """This command, as it was called."""
    return ["commsim", *sys.argv[1:]]


def origin_of(scenario: "Scenario") -> "Origin":
    """What a folder of results keeps of a scenario and of this command."""
    from commsim.records.store import Origin
    from commsim.scenario.given import given
    from commsim.scenario.load import dump, scenario_hash

    return Origin(dump(scenario), scenario_hash(scenario), scenario.days, command(), given(scenario))
