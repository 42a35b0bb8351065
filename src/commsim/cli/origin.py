"""Where results come from: this command, and the scenario that it was given."""

import sys
from typing import TYPE_CHECKING

from commsim.cli.spoken import OPTION, spoken

if TYPE_CHECKING:
    from commsim.records.store import Origin
    from commsim.scenario.schema import Scenario


def command() -> list[str]:
    """This command, as it was called; the language too, where only the environment says it."""
    given = sys.argv[1:]
    says = any(arg.split("=")[0] == OPTION for arg in given)
    return ["commsim", *given, *([] if says or spoken() == "en" else [OPTION, spoken()])]


def origin_of(scenario: "Scenario") -> "Origin":
    """What a folder of results keeps of a scenario and of this command."""
    from commsim.records.store import Origin
    from commsim.scenario.given import given
    from commsim.scenario.load import dump, scenario_hash

    return Origin(dump(scenario), scenario_hash(scenario), scenario.days, command(), given(scenario))
